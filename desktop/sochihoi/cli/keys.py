"""``key``, ``trust``, ``enrol``, ``approve``, ``register``, ``renew-keys``: keys through their life."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi.cli.frame import DONE, Call, Commands
from sochihoi.i18n import _

if TYPE_CHECKING:
    from sochihoi.domain.exchange import TrustedKey
    from sochihoi.services.office import Office
    from sochihoi.services.trusting import Offer
    from sochihoi.sync.identity import PublicKeys


def register(commands: Commands) -> None:
    """Hang the commands."""
    key = commands.add("key", _key, _("write the public keys of this unit"))
    enrol = commands.add("enrol", _enrol, _("write the key file of this unit and the paper that proves it"))
    renew = commands.add("renew-keys", _renew, _("make new keys for this PC, which the old ones sign for"))
    for one in (key, enrol, renew):
        one.add_argument("--out", metavar=_("FILE"), required=True, help=_("where it goes"))
        one.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))
    renew.add_argument(
        "--stolen", action="store_true", help=_("somebody else may have the old keys: they vouch for nothing")
    )
    trust = commands.add("trust", _trust, _("accept the key of a sender, or of the level above"))
    trust.add_argument("--yes", action="store_true", help=_("the 12 groups of digits were compared and agree"))
    approve = commands.add("approve", _approve, _("approve the key of a unit below; where two work, two approve"))
    approve.add_argument("--user", metavar=_("NAME"), default=argparse.SUPPRESS, help=_("whose password is given"))
    approve.add_argument(
        "--scope", metavar=_("CODE"), help=_("what the codes of further units that it signs for begin with")
    )
    for one in (trust, approve):
        one.add_argument("file", metavar=_("FILE"))
        one.add_argument(
            "--digits", metavar=_("TEXT"), help=_("the 12 groups as the paper has them; the program compares")
        )
    for one in (key, enrol, renew, trust, approve):
        one.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))


# ---------------------------------------------------------------------- own keys


def _key(call: Call) -> int:
    with call.office() as office:
        office.sending.write_keys(Path(call.options.out), overwrite=call.options.force)
        return _key_written(call, office, Path(call.options.out))


def _key_written(call: Call, office: Office, file: Path, **more: str) -> int:
    keys = office.sending.keys()
    call.say(_("Key file of {name} written: {file}").format(name=keys.name, file=file))
    say_digits(call, keys)
    if call.options.json:
        call.json({"file": str(file), **more, **key_json(keys)})
    return DONE


def _enrol(call: Call) -> int:
    from sochihoi.services.enrolling import write_pair

    with call.office() as office:
        file, paper = write_pair(office, Path(call.options.out), overwrite=call.options.force)
        call.say(_("Paper to sign and stamp: {file}").format(file=paper))
        return _key_written(call, office, file, paper=str(paper))


def _renew(call: Call) -> int:
    from sochihoi.services.enrolling import places, write_pair
    from sochihoi.services.renewing import renew
    from sochihoi.storage.errors import FileExists
    from sochihoi.ui.words.keys import for_the_others

    with call.office() as office:
        out = Path(call.options.out)
        for one in places(office, out):
            if one.exists() and not call.options.force:
                raise FileExists(str(one))
        renew(office, stolen=call.options.stolen)
        file, paper = write_pair(office, out, overwrite=True)
        call.say(_("New keys made. Hand this key file over before the next report file goes."))
        if office.store.server:
            call.say(for_the_others(str(office.store.folder.identity)))
        return _key_written(call, office, file, paper=str(paper))


def say_digits(call: Call, keys: PublicKeys) -> None:
    """The 12 groups, four on a line."""
    call.say(_("12 groups of digits, to compare on paper or by telephone:"))
    for row in range(0, 12, 4):
        call.say("  " + "  ".join(keys.digits[row : row + 4]))


def key_json(keys: PublicKeys) -> dict[str, Any]:
    """Public keys for a program."""
    return {
        "unit": keys.unit,
        "name": keys.name,
        "level": keys.level,
        "digits": list(keys.digits),
        "key": keys.fingerprint,
        "demo": keys.demo,
    }


# ---------------------------------------------------------------------- keys of others


def _trust(call: Call) -> int:
    from sochihoi.domain.exchange import KeyNotConfirmed
    from sochihoi.services import trusting

    with call.office() as office:
        data, offered = _offered(call, office)
        if call.options.digits is not None:
            trusting.check_digits(offered, call.options.digits)
        elif not (offered.known or offered.vouched or call.options.yes or _confirmed(call)):
            raise KeyNotConfirmed
        return _accepted(call, office, offered, trusting.accept(office, data))


def _approve(call: Call) -> int:
    from sochihoi.domain.exchange import Direction, NotAReceiver
    from sochihoi.services import trusting

    with call.office() as office:
        data, offered = _offered(call, office)
        if offered.direction is not Direction.SENDER:
            raise NotAReceiver
        if call.options.digits is not None:
            trusting.check_digits(offered, call.options.digits)
        key = trusting.accept(office, data, scope=call.options.scope, again=False)
        return _accepted(call, office, offered, key)


def _offered(call: Call, office: Office) -> tuple[bytes, Offer]:
    from sochihoi.services import trusting
    from sochihoi.services.enrolling import key_file_of
    from sochihoi.storage.files import read_bytes
    from sochihoi.ui.words.sync import level_words

    data = read_bytes(key_file_of(Path(call.options.file)))
    offered = trusting.offer(office, data)
    keys = offered.keys
    told = _("Key file of {name}, code {unit}, level {level}.")
    call.say(told.format(name=keys.name, unit=keys.unit, level=level_words(keys.level)))
    say_digits(call, keys)
    if offered.vouched:
        call.say(_("The key accepted before signed for it: these are its new keys."))
    if offered.replaces is not None:
        call.say(_("It takes the place of the key accepted before; that one will no longer count."))
    return data, offered


def _accepted(call: Call, office: Office, offered: Offer, key: TrustedKey) -> int:
    from sochihoi.domain.keys import KeyState

    if key.state is KeyState.ACTIVE:
        call.say(_("Accepted: {name}.").format(name=key.unit_name))
    else:
        told = _("First approval of the key of {name}. It counts once another person approves it too.")
        call.say(told.format(name=key.unit_name))
    if call.options.json:
        names = {one.id: one.name for one in office.setup.accounts()}
        approved = [names.get(one, one) for one in key.approved_by]
        facts = {"direction": offered.direction.name, "known": offered.known, "state": key.state.name}
        call.json({**facts, "approved_by": approved, **key_json(offered.keys)})
    return DONE


def _confirmed(call: Call) -> bool:
    """Ask at a terminal; without one nobody is asked and nothing is confirmed."""
    if not sys.stdin.isatty():
        return False
    call.say(_("Do they agree with the digits of the other side? [y/N]"))
    return sys.stdin.readline().strip().lower() in ("y", "yes", "c", "co", "có")
