"""``figures``, ``close``, ``report``: the month."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.cli.frame import DONE, Call, Commands, period_option
from sochihoi.i18n import _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sochihoi.domain.months import Finding
    from sochihoi.domain.periods import Period
    from sochihoi.services.office import Office

FORMS = ("month",)
FORMATS = ("pdf", "json")


def register(commands: Commands) -> None:
    """Hang the commands."""
    shown = commands.add("figures", _figures, _("the figures of a period"))
    shown.add_argument("--period", type=period_option, metavar=_("P"), help=_("2026-10, 2026-Q3, 2026-H1 or 2026"))
    shown.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))
    close = commands.add("close", _close, _("check a month, then freeze its figures"))
    close.add_argument("--period", type=month_option, metavar=_("P"), required=True, help=_("a month, such as 2026-10"))
    close.add_argument("--reason", metavar=_("TEXT"), help=_("why the month is closed although checks warned"))
    report = commands.add("report", _report, _("the report of a month as a file"))
    report.add_argument("--form", choices=FORMS, default="month", help=_("which report"))
    report.add_argument("--period", type=month_option, metavar=_("P"), help=_("a month, such as 2026-10"))
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


def _report(call: Call) -> int:
    from sochihoi.services import branch_papers
    from sochihoi.storage.errors import FileExists
    from sochihoi.storage.files import write_whole

    options = call.options
    out = Path(options.out)
    with call.records() as office:
        if options.all:
            return _every_branch(call, office, out)
        if out.exists() and not options.force:  # said before the work, not after it
            raise FileExists(str(out))
        period = _period(call, office)
        if options.unit is not None:
            data = branch_papers.content(office, branch_papers.sheet_of(office, period, options.unit), options.format)
        elif options.format == "json":
            body = office.papers.monthly_report_json(period)
            data = (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()
        else:
            data = office.papers.monthly_report(period)
        write_whole(out, data, overwrite=options.force)
        is_draft = office.months.standing(period).is_open
    call.say(_("Report written: {file}").format(file=options.out))
    _say_draft(call, is_draft=is_draft)
    return DONE


def _every_branch(call: Call, office: Office, folder: Path) -> int:
    from sochihoi.services import branch_papers

    options = call.options
    period = _period(call, office)
    written = branch_papers.write_all(
        office, period, folder, kind=options.format, overwrite=options.force, progress=_Sheets(call)
    )
    count = len(written)
    told = ngettext("{count} sheet written to {folder}", "{count} sheets written to {folder}", count)
    call.say(told.format(count=number(count), folder=options.out))
    _say_draft(call, is_draft=office.months.standing(period).is_open)
    return DONE


def _say_draft(call: Call, *, is_draft: bool) -> None:
    if is_draft:
        call.say(_("The month is still open: the report is marked as a draft."))


class _Sheets:
    """A line a branch: a large commune is not silent."""

    def __init__(self, call: Call) -> None:
        self._call = call

    def step(self, done: int, total: int) -> None:
        """Nothing stops it here."""
        if done < total:
            self._call.say(_("Branch {number} of {total}…").format(number=number(done + 1), total=number(total)))
