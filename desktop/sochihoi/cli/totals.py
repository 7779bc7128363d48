"""``totals``: the figures and targets of all units together, by unit, in two periods, as Excel; ``board`` beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.cli import board
from sochihoi.cli.frame import DONE, Call, Commands, period_option
from sochihoi.i18n import _, number

if TYPE_CHECKING:
    from sochihoi.services.office import Office

EVERY_NAME = 10_000  # on the command line nobody is left out
NEW, OLD = "new", "old"


def register(commands: Commands) -> None:
    """Hang the command."""
    totals = commands.add("totals", _totals, _("the figures of all units together"))
    totals.add_argument("--period", metavar=_("P"), type=period_option, required=True, help=_("such as 2026-10"))
    totals.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))
    totals.add_argument("--code", metavar=_("CODE"), help=_("one figure, unit by unit, with the file of each"))
    totals.add_argument("--unit", metavar=_("U"), help=_("with --code: the branches of one unit, by its code"))
    other = _("with --code: another period to compare it with, unit by unit")
    totals.add_argument("--compare", metavar=_("P"), type=period_option, help=other)
    lines = _("with --compare: a line a unit of the later period (new) or of the earlier one (old)")
    totals.add_argument("--boundaries", choices=(NEW, OLD), default=NEW, help=lines)
    totals.add_argument("--out", metavar=_("FILE"), help=_("everything of the period as an Excel file"))
    totals.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))
    board.register(commands)


def _totals(call: Call) -> int:
    from sochihoi.domain.exchange import NotAReceiver

    options = call.options
    with call.office() as office:
        if not office.is_receiver:
            raise NotAReceiver
        office.receiving.totals.check_begun(options.period)
        if options.out:
            _workbook(call, office)
        if options.compare is not None and options.code:
            return _compared(call, office)
        if options.code:
            return _split(call, office)
        return _every(call, office)


def _workbook(call: Call, office: Office) -> None:
    from sochihoi.services.consolidated.workbook import save
    from sochihoi.storage.errors import FileExists

    target = Path(call.options.out)
    if target.exists() and not call.options.force:
        raise FileExists(str(target))
    save(office, call.options.period, target)
    call.say(_("Written: {file}").format(file=target))


def _every(call: Call, office: Office) -> int:
    from sochihoi.services.figures import is_fraction
    from sochihoi.ui.words import upper
    from sochihoi.ui.words.month import figure_text, in_language, period_name
    from sochihoi.ui.words.movements import twice_words

    period = call.options.period
    totals = office.receiving.totals.of(period)
    if call.options.json:
        call.json(office.receiving.totals.as_json(period, totals))
        return DONE
    name = period_name(period)
    sent = _("{period}: {sent} of {known} units have sent.")
    call.say(sent.format(period=name[:1].upper() + name[1:], sent=number(len(totals.sent)), known=number(totals.known)))
    for line in upper.missing_units(totals, most=EVERY_NAME):
        call.say(line)
    for row in totals.rows:
        if not row.now.known:
            continue
        share = row.indicator.is_share and not is_fraction(row.indicator)
        above, below = number(row.now.numerator or 0), number(row.now.denominator or 0)
        call.say(
            f"{in_language(row.indicator.label)}: {figure_text(row.indicator, row.now)}"
            + (f" ({above}/{below})" if share else "")
        )
    if totals.twice:
        more = _("Figures of some of the members may have them twice: no ticket says who they are.")
        call.say(f"{twice_words(totals.twice)} {more}")
    if totals.targets:
        call.say(_("Targets:"))
    for target in totals.targets:
        call.say(upper.target_line(target))
    return DONE


def _split(call: Call, office: Office) -> int:
    """One figure by unit, or of one unit by branch, down to the signed file."""
    from sochihoi.services.consolidated.parts import behind
    from sochihoi.ui.words import consolidated as words

    options = call.options
    shares = office.receiving.totals.split(options.code, options.period)
    indicator = office.receiving.totals.definitions(options.period).by_code.get(options.code)
    if options.unit:
        found = behind(office, options.code, options.period, options.unit)
        if options.json:
            call.json(words.behind_json(found))
            return DONE
        for line in words.file_lines(found.file, found.edition):
            call.say(line)
        for part in found.parts:
            call.say(f"{part.name}: {words.measured(indicator, part.now)}")
        return DONE
    if options.json:
        call.json([words.share_json(one) for one in shares])
        return DONE
    for one in shares:
        call.say(f"{one.unit_code} {one.unit_name}: {words.measured(indicator, one.now)} ({one.file.file_name})")
    return DONE


def _compared(call: Call, office: Office) -> int:
    from sochihoi.services.consolidated.comparing import Boundaries, as_json, compare
    from sochihoi.ui.words import consolidated as words

    options = call.options
    made = compare(office, options.code, options.period, options.compare, Boundaries(options.boundaries))
    if options.json:
        call.json(as_json(made))
        return DONE
    for line in words.compared_lines(made):
        call.say(line)
    return DONE
