"""Issuing: a report over more than a month gets its number and never changes again; a further edition says why.

The report of a month gets its number when the month is closed, and its figures are frozen there.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sochihoi.domain import paper_codes
from sochihoi.domain.issued import (
    ArchivedPaper,
    EditionReason,
    IssuedReport,
    IssuedWithItsMonth,
    MonthsOpen,
    NothingChanged,
    NotOverYet,
    PaperKind,
)
from sochihoi.domain.months import Closing, Frozen, freeze
from sochihoi.domain.periods import Period, month_range
from sochihoi.domain.vietnamese import nfc_lines
from sochihoi.services import numbering
from sochihoi.services.form_parts import SpanKind
from sochihoi.services.letterheads import own_numbers
from sochihoi.services.report_forms import ABOVE, MONTH, ReportForm, Scope
from sochihoi.services.reporting.freezing import frozen
from sochihoi.services.reporting.paper import document
from sochihoi.services.reporting.report import Issue, Report
from sochihoi.services.reporting.spans import Span

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

REASON_LIMIT = 500
_GENERAL = (MONTH, ABOVE)


def is_with_month(form: ReportForm, span: Span) -> bool:
    """Whether closing the month issues it: the monthly report, and every sheet of a branch over a month."""
    return span.kind is SpanKind.MONTH and (form.code in _GENERAL or form.scope is Scope.BRANCH)


def issue_of(office: Office, form: ReportForm, span: Span, unit_id: str | None = None) -> Issue | None:
    """What makes a report a paper, the newest edition; ``None`` while it is a draft."""
    if is_with_month(form, span):
        closing = office.figures.of(span.period).closing
        return None if closing is None else of_closing(office, closing, form, unit_id)
    with office.read() as work:
        found = work.reports.newest(form.code, unit_id or office.commune.unit_id, span.code)
    return None if found is None else of_issued(found)


def of_issued(one: IssuedReport) -> Issue:
    """As the paper shows it."""
    return Issue(one.edition, one.number, one.issued_on, one.sha256, one.code, one.reason, one.id)


def of_closing(office: Office, closing: Closing, form: ReportForm, unit_id: str | None = None) -> Issue:
    """As the paper of a closed month shows it; the code is made of the frozen figures of its unit."""
    on = closing.report_date or closing.closed_on
    sha256 = proof_of(office, closing.figures, form.code, closing.period, closing.edition, unit_id, on)
    return Issue(
        closing.edition,
        closing.report_number,
        on,
        sha256,
        paper_codes.code_of(sha256),
        closing.reason if closing.edition > 1 else "",
    )


def proof_of(
    office: Office, figures: Frozen, form: str, period: str, edition: int, unit_id: str | None, on: date
) -> str:
    """SHA-256 of the canonical figures of a paper. ``unit_id``: a branch, ``None`` = the commune, as it was ``on``
    the day of issue."""
    of_branch = unit_id if unit_id not in (None, office.commune.unit_id) else None
    found = paper_codes.numbers(figures, of_branch or "")
    unit = office.commune.on(on).code
    return paper_codes.digest(paper_codes.canonical(unit, form, period, edition, found, of_branch or ""))


class Issuing:
    """Numbers, editions and the archive."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def numbered(self, form: str, span: Span) -> frozenset[str]:
        """Units whose report over a time has its number."""
        with self._office.read() as work:
            return work.reports.units(form, span.code)

    def open_months(self, span: Span) -> tuple[str, ...]:
        """The months that must be closed first: of a term those that are over; none before the book began."""
        with self._office.read() as work:
            return self._open_months(work, span)

    def _open_months(self, work: Work, span: Span) -> tuple[str, ...]:
        today = self._office.figures.last_day(work)
        newest = work.months.ever_closed()
        if not newest:
            return tuple(one.code for one in span.period.months()[:1])
        begun = Period.parse(min(newest))
        first = max(begun, Period.month_of(span.start))
        last = Period.month_of(min(span.end, today)) if span.is_term else Period.month_of(span.end)
        if span.is_term and last.end > today:
            last = last.previous()
        closed = work.months.closed()
        return tuple(one.code for one in month_range(first, last) if one.code not in closed)

    def issue(
        self, report: Report, *, number: int | str | None = None, reason: str = "", on: date | None = None
    ) -> Issue:
        """Give a draft its number (``8``, ``8a``; the next one), or make a further edition of what was issued, from
        words and figures as they are now.

        Raises ``BadNumber``, ``IssuedWithItsMonth``, ``NotOverYet``, ``MonthsOpen``, ``EditionReason``,
        ``NothingChanged``, ``NotAllowed``.
        """
        office, form, span = self._office, report.form, report.span
        if is_with_month(form, span):
            raise IssuedWithItsMonth(form.code)
        if report.issue is not None:
            report = office.reports.draft(form.code, span, report.branch_id)
        unit = report.branch_id or office.commune.unit_id
        clean = nfc_lines(reason)[:REASON_LIMIT].strip()
        with office.write("report.issue") as work:
            today = office.figures.last_day(work)
            if span.end > today and not span.is_term:
                raise NotOverYet(span.code)
            waiting = self._open_months(work, span)
            if waiting:
                raise MonthsOpen(span.code, waiting)
            before = work.reports.newest(form.code, unit, span.code)
            if before is not None and not clean:
                raise EditionReason(span.code, form.code)
            made = self._made(work, report, before, number, clean, on or today)
            if before is not None and _says_same(before, made):
                raise NothingChanged(span.code, form.code)
            work.reports.add(made)
        return of_issued(made)

    def _made(
        self, work: Work, report: Report, before: IssuedReport | None, number: int | str | None, reason: str, on: date
    ) -> IssuedReport:
        office, form, span = self._office, report.form, report.span
        unit = report.branch_id or office.commune.unit_id
        edition = 1 if before is None else before.edition + 1
        said, value = numbering.take(office, work, on, form.type_code, number) if report.has_number else ("", 0)
        figures = freeze(row.now for row in report.sheet.cells.values())
        sha256 = proof_of(office, figures, form.code, span.code, edition, report.branch_id, on)
        issue = Issue(edition, said, on, sha256, paper_codes.code_of(sha256), reason if before else "")
        from sochihoi.services.reporting.as_json import as_json

        final = replace(report, commune=office.commune.on(on), issue=issue, before=before.figures if before else {})
        return IssuedReport(
            id=office.new_id(),
            form=form.code,
            form_version=form.version,
            unit_id=unit,
            period=span.code,
            edition=edition,
            number=said,
            number_value=value,
            issued_on=on,
            issued_by=office.account.name,
            reason=reason,
            content={
                "document": frozen(document(final)),
                "json": as_json(final),
                "layout": own_numbers(office.commune),
            },
            figures=figures,
            sha256=sha256,
            code=issue.code,
        )

    # ------------------------------------------------------------------ the archive

    def keep(self, report: Report, kind: PaperKind, content: bytes, signature: dict[str, object] | None = None) -> None:
        """Put a file of an issued report into the archive; the same bytes once. A draft is not kept."""
        if report.issue is None:
            return
        office = self._office
        paper = ArchivedPaper(
            id=office.new_id(),
            form=report.form.code,
            unit_id=report.branch_id or office.commune.unit_id,
            period=report.span.code,
            edition=report.issue.edition,
            kind=kind,
            file_name=report.file_name("pdf" if kind is PaperKind.SIGNED_PDF else kind.value),
            sha256=hashlib.sha256(content).hexdigest(),
            made_on=office.today,
            made_by=office.account.name,
            signature=signature or {},
        )
        with office.write("report.archive") as work:
            work.reports.archive(paper, content)

    def kept(self, form: str, span: Span, unit_id: str | None = None) -> tuple[ArchivedPaper, ...]:
        """What was printed or saved of a report, the newest first."""
        with self._office.read() as work:
            return work.reports.archived(form, unit_id or self._office.commune.unit_id, span.code)

    def kept_file(self, paper_id: str) -> tuple[ArchivedPaper, bytes]:
        """A kept file, exactly as it was. Raises ``NotFound``."""
        with self._office.read() as work:
            return work.reports.paper(paper_id)

    def editions(self, form: str, span: Span, unit_id: str | None = None) -> tuple[IssuedReport, ...]:
        """Every edition that was issued, the first one first."""
        with self._office.read() as work:
            return work.reports.editions(form, unit_id or self._office.commune.unit_id, span.code)


def _says_same(before: IssuedReport, now: IssuedReport) -> bool:
    """Whether a new edition would have the same words and figures."""
    words = [
        [(one["code"], one["heading"], one["text"]) for one in edition.content["json"]["sections"]]
        for edition in (before, now)
    ]
    tables = [edition.content["json"]["tables"] for edition in (before, now)]
    return words[0] == words[1] and tables[0] == tables[1] and dict(before.figures) == dict(now.figures)
