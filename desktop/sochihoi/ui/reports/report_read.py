"""What the view of a report shows, read at one moment. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sochihoi.domain.periods import BadPeriod, Period, PeriodKind
from sochihoi.i18n import _, number, short_date
from sochihoi.services.reporting.build import BRANCH_FACTS
from sochihoi.services.reporting.issuing import is_with_month
from sochihoi.services.reporting.narrative import SectionText, is_printed
from sochihoi.services.reporting.report import Report
from sochihoi.ui.words.month import in_language
from sochihoi.ui.words.reports import span_name

if TYPE_CHECKING:
    from sochihoi.domain.months import Closing
    from sochihoi.services.office import Office


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
    of its files are in the archive. ``is_printed``: of a closed month, whether this edition went out of the program.
    """

    asked: Asked
    report: Report
    sections: tuple[SectionText, ...]
    closing: Closing | None
    open_months: tuple[str, ...]
    is_over: bool
    kept: int
    is_printed: bool = False

    @property
    def with_month(self) -> bool:
        """Whether closing its month issues it."""
        return is_with_month(self.report.form, self.report.span)

    @property
    def is_final(self) -> bool:
        """Whether its words stand as they were issued."""
        return self.report.issue is not None and not self.with_month

    @property
    def is_fixed(self) -> bool:
        """Whether its words no longer change."""
        return self.is_final or self.is_printed

    @property
    def lacks(self) -> str:
        """What was not kept when it was closed or issued: ``figures``, ``facts``; empty when nothing is lacking."""
        if self.is_final and not self.report.sheet.cells:
            return "figures"
        of_branch = self.closing is not None and self.report.unit is not None
        return "facts" if of_branch and self.closing and BRANCH_FACTS not in self.closing.definitions else ""


def read_report(office: Office, asked: Asked, *, again: bool = False) -> ReportRead:
    """Everything of a report: seconds for a year. ``again``: the draft of a further edition instead of what is issued.

    Raises ``NotFound``, ``WrongSpan``, ``FuturePeriod``.
    """
    reports = office.reports
    span, unit = reports.span(asked.span), asked.unit or None
    report = (reports.draft if again else reports.report)(asked.form, span, unit)
    closing: Closing | None = None
    waiting: tuple[str, ...] = ()
    if is_with_month(report.form, span):
        editions = office.months.editions(span.period)
        closing = editions[-1] if editions and not report.is_draft else None
    else:
        waiting = reports.issuing.open_months(span)
    with office.read() as work:
        is_over = span.is_term or span.end <= office.figures.last_day(work)
        is_out = is_printed(office, work, report.form, span, asked.unit)
    kept = len(reports.issuing.kept(asked.form, span, unit))
    return ReportRead(asked, report, report.sections, closing, waiting, is_over, kept, is_out)


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
        said = _(
            "Its month is closed: its figures no longer change. Its words can be mended until it is printed or saved."
        )
        if read.is_printed:
            said = _(
                "This report was printed or saved: its words and figures no longer change. "
                "To mend it, open its month for a supplement."
            )
        lacking = _("Opinions and planned meetings in it are those of today: this closing did not keep them.")
        return f"{said} {lacking}" if read.lacks else said
    said = _("This report was issued on {day} as edition {edition}. Its words and figures no longer change.")
    if report.number:
        said = _(
            "This report was issued on {day} with number {number}, edition {edition}. "
            "Its words and figures no longer change."
        )
    said = said.format(day=short_date(report.on), number=report.number, edition=number(report.edition))
    lacking = _("The figures behind its sentences were not kept with it; its pages show them as they were issued.")
    return f"{said} {lacking}" if read.lacks else said


def is_slow(span: str) -> bool:
    """Whether putting it together takes more than a second: everything that is longer than a month."""
    try:
        return Period.parse(span).kind is not PeriodKind.MONTH
    except BadPeriod:
        return True  # a term
