"""``figures``, ``close``, ``report``: the month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochihoi.cli.frame import DONE, Call, Commands, period_option
from sochihoi.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sochihoi.domain.months import Finding
    from sochihoi.domain.periods import Period, PeriodKind
    from sochihoi.services.office import Office


def register(commands: Commands) -> None:
    """Hang the commands."""
    shown = commands.add("figures", _figures, _("the figures of a period"))
    shown.add_argument("--period", type=period_option, metavar=_("P"), help=_("2026-10, 2026-Q3, 2026-H1 or 2026"))
    shown.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))
    close = commands.add("close", _close, _("check a month, then freeze its figures; give a longer report its number"))
    periods = _("a month, such as 2026-10; a longer period or term for its report")
    close.add_argument("--period", type=span_option, metavar=_("P"), required=True, help=periods)
    why = _("why the month is closed although checks warned, or why a report is made again")
    close.add_argument("--reason", metavar=_("TEXT"), help=why)
    close.add_argument("--form", metavar=_("F"), help=_("which report; otherwise the general one of the period"))
    numbers = _("the number on the paper, such as 8 or 8a; otherwise the next one")
    close.add_argument("--number", metavar="N", help=numbers)


def span_option(text: str) -> str:
    """An argparse type: a period, or a term such as ``2025-2030``."""
    import re

    return text if re.fullmatch(r"[0-9]{4}-[0-9]{4}", text) else period_option(text).code


def _figures(call: Call) -> int:
    from sochihoi.services.figures import as_json
    from sochihoi.ui.words.month import change_text, figure_text, in_language, period_name

    with call.office() as office:
        sheet = office.figures.of(_period(call, office))
    if call.options.json:
        call.json(as_json(sheet))
        return DONE
    call.say(_("Figures of the {period}").format(period=period_name(sheet.period)))
    for group in sheet.definitions.groups:
        rows = [row for row in sheet.rows if row.indicator.group == group.code]
        call.say("" if not rows else in_language(group.label))
        for row in rows:
            one = row.indicator
            cells = (figure_text(one, row.now), figure_text(one, row.previous), change_text(row))
            so_far = figure_text(one, row.year_to_date)
            call.say(f"  {in_language(one.label):60} {cells[0]:>14} {cells[1]:>14} {cells[2]:>12} {so_far:>14}")
    return DONE


def _period(call: Call, office: Office) -> Period:
    """The one named, else the last closed month, else the newest with records. Raises ``NothingRecorded``."""
    named: Period | None = call.options.period
    return named if named is not None else office.figures.default_period()


def _close(call: Call) -> int:
    from sochihoi.domain.months import ChecksFailed, ReasonsWanted
    from sochihoi.domain.periods import Period, PeriodKind
    from sochihoi.ui.words.month import period_name

    options = call.options
    usual = period_kind(options.period)
    if usual is not PeriodKind.MONTH or options.form not in (None, "month", "above"):
        return _issue(call)
    with call.office() as office:
        try:
            closing = office.months.close_again(Period.parse(options.period), options.reason, options.number)
        except (ChecksFailed, ReasonsWanted) as problem:
            say_findings(call, problem.findings)
            if isinstance(problem, ReasonsWanted):
                call.say(_("With --reason TEXT the month is closed and the reason is kept."))
            raise
    told = _("Closed: {period}, edition {edition}, report {number}. Figures: SHA-256 {digest}.")
    call.say(
        told.format(
            period=period_name(closing.period),
            edition=closing.edition,
            number=closing.report_number,
            digest=closing.sha256,
        )
    )
    return DONE


def period_kind(code: str) -> PeriodKind | None:
    """The kind of a calendar period; ``None`` for a term."""
    from sochihoi.domain.periods import BadPeriod, Period

    try:
        return Period.parse(code).kind
    except BadPeriod:
        return None


def _issue(call: Call) -> int:
    """Give a report over more than a month, or a thematic one, its number."""
    from sochihoi.domain.paper_codes import shown

    options = call.options
    with call.office() as office:
        reports = office.reports
        span = reports.span(options.period)
        report = reports.report(options.form or reports.usual_form(span.kind), span)
        made = reports.issuing.issue(report, number=options.number, reason=options.reason or "")
    told = _("Issued: {number}, edition {edition}. Code of the figures: {code}.")
    call.say(told.format(number=made.number, edition=made.edition, code=shown(made.code)))
    return DONE


def say_findings(call: Call, findings: Iterable[Finding]) -> None:
    """A line each: how serious, what, and what can be done."""
    from sochihoi.ui.words.month import finding_hint, finding_text, level_name

    for one in findings:
        call.say(f"{level_name(one.level)}: {finding_text(one)} {finding_hint(one)}".rstrip())
