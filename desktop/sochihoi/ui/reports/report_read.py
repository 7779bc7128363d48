"""What the view of a report shows, read at one moment. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sochihoi.domain.periods import BadPeriod, Period, PeriodKind
from sochihoi.i18n import _, number, short_date
from sochihoi.services.reporting.issuing import is_with_month
from sochihoi.services.reporting.narrative import SectionText
from sochihoi.services.reporting.report import Report
from sochihoi.ui.words.month import in_language
from sochihoi.ui.words.reports import span_name

if TYPE_CHECKING:
    from sochihoi.domain.months import Closing
    from sochihoi.services.office import Office
    from sochihoi.services.report_forms import ReportForm


@dataclass(frozen=True, slots=True)
class Asked:
    """Which report is shown. ``unit``: id of a branch, or ""."""

    form: str
    span: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ReportRead:
    """``report`` as it stands or was issued; ``sections``: of an issued one as they were printed.

    ``closing``: of a closed month. ``open_months``: what must be closed before it gets its number. ``kept``: how many
    of its files are in the archive.
    """

    asked: Asked
    report: Report
    sections: tuple[SectionText, ...]
    closing: Closing | None
    open_months: tuple[str, ...]
    is_over: bool
    kept: int

    @property
    def with_month(self) -> bool:
        """Whether closing its month issues it."""
        return is_with_month(self.report.form, self.report.span)

    @property
    def is_final(self) -> bool:
        """Whether its words stand as they were issued."""
        return self.report.issue is not None and not self.with_month

    def as_draft(self) -> ReportRead:
        """The same report once more before it is issued: for a further edition."""
        fresh = replace(self.report, issue=None)
        return replace(self, report=fresh, sections=fresh.sections)


def read_report(office: Office, asked: Asked) -> ReportRead:
    """Everything of a report: seconds for a year. Raises ``NotFound``, ``WrongSpan``, ``FuturePeriod``."""
    reports = office.reports
    span = reports.span(asked.span)
    report = reports.report(asked.form, span, asked.unit or None)
    closing: Closing | None = None
    waiting: tuple[str, ...] = ()
    if is_with_month(report.form, span):
        editions = office.months.editions(span.period)
        closing = editions[-1] if editions and not report.is_draft else None
    else:
        waiting = reports.issuing.open_months(span)
    with office.read() as work:
        is_over = span.is_term or span.end <= office.figures.last_day(work)
    kept = len(reports.issuing.kept(asked.form, span, asked.unit or None)) if report.issue else 0
    sections = report.sections
    if report.issue is not None and report.issue.id:
        stored = reports.issuing.editions(asked.form, span, asked.unit or None)[-1]
        sections = _as_issued(report.form, stored.content["json"]["sections"])
    return ReportRead(asked, report, sections, closing, waiting, is_over, kept)


def _as_issued(form: ReportForm, stored: list[dict[str, Any]]) -> tuple[SectionText, ...]:
    known = {one.code: one for one in form.sections}
    return tuple(
        SectionText(known[one["code"]], one["heading"], one["numeral"], one["text"], one["text"], False, False)  # noqa: FBT003
        for one in stored
        if one["code"] in known
    )


def title_of(report: Report) -> str:
    """Báo cáo quý 3/2026; of a special report its own name."""
    period = span_name(report.span.code)
    if report.form.code == report.span.kind.value:
        words = _("Report of {period}").format(period=period)
    else:
        words = _("{report}, {period}").format(report=in_language(report.form.name), period=period)
    return words if report.unit is None else _("{report}, {period}").format(report=words, period=report.unit.name)


def state_words(read: ReportRead) -> str:
    """What the bar above a report says that has its number; "" for a draft."""
    report = read.report
    if report.issue is None:
        return ""
    if read.with_month:
        return _("Its month is closed: the figures of this report no longer change. Its words still can.")
    said = _("This report was issued on {day} as edition {edition}. Its words and figures no longer change.")
    if report.number:
        said = _(
            "This report was issued on {day} with number {number}, edition {edition}. "
            "Its words and figures no longer change."
        )
    return said.format(day=short_date(report.on), number=report.number, edition=number(report.edition))


def is_slow(span: str) -> bool:
    """Whether putting it together takes more than a second: everything that is longer than a month."""
    try:
        return Period.parse(span).kind is not PeriodKind.MONTH
    except BadPeriod:
        return True  # a term
