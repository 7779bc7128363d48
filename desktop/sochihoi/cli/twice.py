"""``twice``: women whom two communes list under one identification number, at a level above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sochihoi.cli.frame import DONE, Call, Commands
from sochihoi.i18n import _, ngettext, number

if TYPE_CHECKING:
    from sochihoi.domain.cross_duplicates import Pair, Side


def register(commands: Commands) -> None:
    """Hang the command."""
    twice = commands.add("twice", _twice, _("women on the lists of two units, at a level above"))
    what = twice.add_mutually_exclusive_group()
    what.add_argument("--ask", metavar=_("KEY"), help=_("ask both units about this pair"))
    what.add_argument("--distinct", metavar=_("KEY"), help=_("they are two women: never asked about again"))
    twice.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))


def _twice(call: Call) -> int:
    from sochihoi.ui.words.leaving import pair_words

    options = call.options
    with call.office() as office:
        service = office.cross_duplicates
        if options.ask is not None:
            service.ask(service.find(options.ask))
            call.say(_("Both units are asked in a new receipt."))
        elif options.distinct is not None:
            service.say_distinct(service.find(options.distinct))
            call.say(_("Remembered: they are two women."))
        found = service.pairs()
    for one in found:
        names = {side.unit_code: side.unit_name for side in (one.one, one.other)}
        told = ", ".join(names[unit] for unit in one.units if unit in one.told)
        more = _("Told in its receipt: {units}.").format(units=told) if told else _("Nobody was told yet.")
        call.say(f"{one.key}  {pair_words(one)} {more}")
    call.say(ngettext("{count} pair", "{count} pairs", len(found)).format(count=number(len(found))))
    if options.json:
        call.json([_json(one) for one in found])
    return DONE


def _json(pair: Pair) -> dict[str, Any]:
    return {"key": pair.key, "entries": [_side(pair.one), _side(pair.other)], "told": sorted(pair.told)}


def _side(one: Side) -> dict[str, Any]:
    return {
        "unit": one.unit_code,
        "unit_name": one.unit_name,
        "code": one.code,
        "full_name": one.full_name,
        "birth": one.birth or None,
        "branch": one.branch or None,
    }
