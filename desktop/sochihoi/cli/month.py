"""``figures``, ``close``, ``report``: the month."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.cli.frame import DONE, Call, Commands, period_option
from sochihoi.i18n import _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sochihoi.domain.months import Finding
    from sochihoi.domain.periods import Period
    from sochihoi.services.office import Office
    from sochihoi.services.reporting.spans import Span
    from sochihoi.services.reports import Reports

FORMATS = ("pdf", "docx", "xlsx", "json")


def register(commands: Commands) -> None:
    """Hang the commands."""
    shown = commands.add("figures", _figures, _("the figures of a period"))
    shown.add_argument("--period", type=period_option, metavar=_("P"), help=_("2026-10, 2026-Q3, 2026-H1 or 2026"))
    shown.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))
    close = commands.add("close", _close, _("check a month, then freeze its figures"))
    close.add_argument("--period", type=month_option, metavar=_("P"), required=True, help=_("a month, such as 2026-10"))
    close.add_argument("--reason", metavar=_("TEXT"), help=_("why the month is closed although checks warned"))
    report = commands.add("report", _report, _("the report of a period as a file"))
    report.add_argument("--form", metavar=_("F"), help=_("which report; otherwise the general one of the period"))
    spans = _("2026-10, 2026-Q3, 2026-H1, 2026 or 2025-2030")
    report.add_argument("--period", type=span_option, metavar=_("P"), help=spans)
    report.add_argument("--format", choices=FORMATS, required=True, help=_("what kind of file"))
    report.add_argument("--out", metavar=_("FILE"), required=True, help=_("where it goes"))
    of_branches = report.add_mutually_exclusive_group()
    of_branches.add_argument("--unit", metavar=_("U"), help=_("the sheet of one branch, by its name or id"))
    every = _("the sheets of all branches, one file each into the folder --out")
    of_branches.add_argument("--all", action="store_true", help=every)
    report.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))


def month_option(text: str) -> Period:
    """An argparse type: ``2026-10``; anything else, a quarter or year too, is wrong usage."""
    import argparse

    from sochihoi.domain.periods import PeriodKind

    period = period_option(text)
    if period.kind is not PeriodKind.MONTH:
        raise argparse.ArgumentTypeError(_("“{text}” is not a month such as 2026-10").format(text=text))
    return period


def _figures(call: Call) -> int:
    from sochihoi.services.figures import as_json
    from sochihoi.ui.words.month import change_text, figure_text, in_language, period_name

    with call.records() as office:
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
    from sochihoi.ui.words.month import period_name

    with call.records() as office:
        try:
            closing = office.months.close(call.options.period, call.options.reason)
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


def say_findings(call: Call, findings: Iterable[Finding]) -> None:
    """A line each: how serious, what, and what can be done."""
    from sochihoi.ui.words.month import finding_hint, finding_text, level_name

    for one in findings:
        call.say(f"{level_name(one.level)}: {finding_text(one)} {finding_hint(one)}".rstrip())


def span_option(text: str) -> str:
    """An argparse type: a period, or a term such as ``2025-2030``."""
    import re

    return text if re.fullmatch(r"[0-9]{4}-[0-9]{4}", text) else period_option(text).code


def _report(call: Call) -> int:
    from sochihoi.services.report_forms import Scope
    from sochihoi.storage.errors import FileExists
    from sochihoi.storage.files import write_whole

    options = call.options
    out = Path(options.out)
    with call.records() as office:
        reports = office.reports
        span = reports.span(options.period or office.figures.default_period().code)
        form = reports.form(_form(call, reports, span), span.period.end)
        if options.all:
            return _every_branch(call, office, form.code, span, out)
        if out.exists() and not options.force:  # said before the work, not after it
            raise FileExists(str(out))
        branch = None
        if form.scope is Scope.BRANCH:
            branch = reports.branch(span, options.unit or "").id
        report = reports.report(form.code, span, branch)
        write_whole(out, reports.content(report, options.format), overwrite=options.force)
    call.say(_("Report written: {file}").format(file=options.out))
    _say_draft(call, is_draft=report.is_draft)
    return DONE


def _form(call: Call, reports: Reports, span: Span) -> str:
    """The form named, else the general one; with a branch the sheet of the branch stands for the commune's form."""
    from sochihoi.services.reports import BRANCH_SHEET

    usual = reports.usual_form(span.kind)
    named: str = call.options.form or usual
    of_branches = call.options.unit is not None or call.options.all
    return BRANCH_SHEET if of_branches and named == usual else named


def _every_branch(call: Call, office: Office, form: str, span: Span, folder: Path) -> int:
    options, reports = call.options, office.reports
    written = reports.write_all(
        form, span, folder, kind=options.format, overwrite=options.force, progress=_Sheets(call)
    )
    count = len(written)
    told = ngettext("{count} sheet written to {folder}", "{count} sheets written to {folder}", count)
    call.say(told.format(count=number(count), folder=options.out))
    _say_draft(call, is_draft=reports.issue(span) is None)
    return DONE


def _say_draft(call: Call, *, is_draft: bool) -> None:
    if is_draft:
        call.say(_("The period is still open: the report is marked as a draft."))


class _Sheets:
    """A line a branch: a large commune is not silent."""

    def __init__(self, call: Call) -> None:
        self._call = call

    def step(self, done: int, total: int) -> None:
        """Nothing stops it here."""
        if done < total:
            self._call.say(_("Branch {number} of {total}…").format(number=number(done + 1), total=number(total)))
