"""``server``: where the records of a level above are; trying an address, and keeping another one."""

from __future__ import annotations

from pathlib import Path

from sochihoi.cli.frame import DONE, Call, Commands
from sochihoi.i18n import _


def register(commands: Commands) -> None:
    """Hang the command."""
    server = commands.add("server", _server, _("the PostgreSQL server of a level above: see it, try one, move to one"))
    way = server.add_mutually_exclusive_group()
    way.add_argument("--try", dest="tried", metavar=_("URL"), help=_("only say what answers there"))
    way.add_argument(
        "--take-keys", metavar=_("FILE"), help=_("the keys that a colleague renewed: identity.sealed of her folder")
    )
    way.add_argument("--keep", metavar=_("URL"), help=_("the same book has this address from now on"))


def _server(call: Call) -> int:
    from sochihoi.services.serving import keep_address, look_at
    from sochihoi.services.shared_keys import take, trouble
    from sochihoi.ui.words.servers import at_rest, seen_words, unproven

    if call.options.tried:
        call.say(seen_words(look_at(call.options.tried)))
        return DONE
    with call.office(call.options.keep or "") as office:  # the kept address may be dead
        if call.options.keep:
            seen = keep_address(office, call.options.keep)
            call.say(seen_words(seen) + " " + _("The address is kept."))
        elif call.options.take_keys:
            take(office, Path(call.options.take_keys))
            call.say(_("The keys of this unit were taken over; this PC signs and opens files with them."))
        elif office.store.server:
            call.say(_("Its records are on {server}.").format(server=office.store.server) + " " + at_rest())
            if not office.store.book.proven:
                call.say(unproven())
            problem = trouble(office)
            if problem is not None:
                raise problem
        else:
            call.say(_("The records are in the folder {folder}, encrypted.").format(folder=call.data))
    return DONE
