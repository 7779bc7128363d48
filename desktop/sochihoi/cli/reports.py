"""``report``, ``verify-paper``: periodic reports as files, and the proof of a paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.cli.frame import DONE, Call, Commands
from sochihoi.cli.month import span_option
from sochihoi.i18n import _, ngettext, number

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.services.reporting.spans import Span
    from sochihoi.services.reports import Reports

FORMATS = ("pdf", "docx", "xlsx", "json")


def register(commands: Commands) -> None:
    """Hang the commands."""
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
    verify = commands.add("verify-paper", _verify_paper, _("which report a paper's short code belongs to"))
    verify.add_argument("code", metavar=_("CODE"), help=_("the ten letters on the paper, or what its square code says"))
    verify.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))


def _report(call: Call) -> int:
    from sochihoi.services.report_forms import Scope
    from sochihoi.storage.errors import FileExists
    from sochihoi.storage.files import write_whole

    options = call.options
    out = Path(options.out)
    with call.office() as office:
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
        write_whole(out, reports.export(report, options.format), overwrite=options.force)
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
    _say_draft(call, is_draft=reports.issue(form, span) is None)
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


def _verify_paper(call: Call) -> int:
    from sochihoi.services.certificates import proven
    from sochihoi.services.reporting.proving import prove
    from sochihoi.ui.words.reports import proof_lines
    from sochihoi.ui.words.rubric import certificate_words

    with call.office() as office:
        fact = proven(office, call.options.code)
        if fact is not None:
            if call.options.json:
                call.json({"certificate": {"kind": fact.kind, "year": fact.year, "name": fact.name}})
            else:
                call.say(certificate_words(fact))
            return DONE
        proof = prove(office, call.options.code)
        figures = office.figures.definitions(office.reports.newest_period(proof.period))
        form = office.reports.form(proof.form)
    if call.options.json:
        call.json(
            {
                "code": proof.code,
                "unit": {"code": proof.unit_code, "name": proof.unit_name},
                "branch": proof.branch,
                "form": proof.form,
                "period": proof.period,
                "edition": proof.edition,
                "newest": proof.newest,
                "number": proof.number,
                "date": proof.on.isoformat() if proof.on else None,
                "received": proof.received,
                "figures": [
                    {"code": code, "numerator": number, "denominator": whole}
                    for code, (number, whole) in sorted(proof.figures.items())
                ],
            }
        )
        return DONE
    for line in proof_lines(proof, form, figures):
        call.say(line)
    return DONE
