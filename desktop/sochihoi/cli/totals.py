"""``totals``: the figures and targets of all units together; ``board`` beside it."""

from __future__ import annotations

from sochihoi.cli import board
from sochihoi.cli.frame import DONE, Call, Commands, period_option
from sochihoi.i18n import _, number

EVERY_NAME = 10_000  # on the command line nobody is left out


def register(commands: Commands) -> None:
    """Hang the command."""
    totals = commands.add("totals", _totals, _("the figures of all units together"))
    totals.add_argument("--period", metavar=_("P"), type=period_option, required=True, help=_("such as 2026-10"))
    totals.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))
    board.register(commands)


def _totals(call: Call) -> int:
    from sochihoi.domain.exchange import NotAReceiver
    from sochihoi.services.figures import is_fraction
    from sochihoi.ui.words import upper
    from sochihoi.ui.words.month import figure_text, in_language, period_name

    period = call.options.period
    with call.office() as office:
        if not office.is_receiver:
            raise NotAReceiver
        office.receiving.totals.check_begun(period)
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
    if totals.targets:
        call.say(_("Targets:"))
    for target in totals.targets:
        call.say(upper.target_line(target))
    return DONE
