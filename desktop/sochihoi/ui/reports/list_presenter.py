"""Which reports the working month asks for: what is due, what is still running, what has its number. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from sochihoi.domain.errors import UserError
from sochihoi.domain.periods import Period
from sochihoi.i18n import _, day_month, ngettext, number, short_date
from sochihoi.services.form_parts import SpanKind
from sochihoi.services.report_forms import ABOVE, Scope
from sochihoi.services.reporting.issuing import is_with_month
from sochihoi.ui.words.month import day_words, in_language
from sochihoi.ui.words.reports import span_name

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.services.report_forms import ReportForm
    from sochihoi.services.reporting.spans import Span

NOW, YEAR = "now", "year"
LOOK_BACK = 92  # days: what an earlier year left open is work of now for so long


class Stage(Enum):
    """Where a report stands; in the order in which they are listed."""

    OVER = "over"  # it is due and has no number
    RUNNING = "running"
    WANTED = "wanted"  # made only where somebody asks for it
    ISSUED = "issued"


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report, or (without ``form``) the band above reports of one stage.

    ``branches``: of how many branches it is made, 0 for a report of the commune; ``issued``: how many of these are.
    ``days``: from today until it is due, negative when that is past.
    """

    key: str
    stage: Stage
    form: ReportForm | None = None
    span: Span | None = None
    due: date | None = None
    days: int = 0
    number: str = ""
    on: date | None = None
    edition: int = 0
    branches: int = 0
    issued: int = 0

    @property
    def band(self) -> str | None:
        """The words of a band; ``None`` for a report."""
        if self.form is not None:
            return None
        return {
            Stage.OVER: _("To be made now"),
            Stage.RUNNING: _("Still running: a draft can be printed"),
            Stage.WANTED: _("Where it is asked for"),
            Stage.ISSUED: _("Issued"),
        }[self.stage]

    @property
    def name(self) -> str:
        """Báo cáo quý."""
        return in_language(self.form.name) if self.form else ""

    @property
    def period(self) -> str:
        """quý 3/2026."""
        return span_name(self.span.code) if self.span else ""

    @property
    def state(self) -> tuple[str, str]:
        """Words and tone of its badge."""
        if self.stage is Stage.ISSUED:
            return (_("issued"), "ok") if self.edition < 2 else (self.edition_words, "ok")
        if self.stage in (Stage.RUNNING, Stage.WANTED):
            return _("draft"), "none"
        return (_("overdue"), "bad") if self.days < 0 else (_("due"), "warn")

    @property
    def edition_words(self) -> str:
        """bản lần 2."""
        return _("edition {edition}").format(edition=number(self.edition))

    @property
    def paper(self) -> str:
        """Its number and day; of reports of branches how many have theirs."""
        if self.branches:
            return _("{issued} of {count} branches").format(issued=number(self.issued), count=number(self.branches))
        if self.number and self.on is not None:
            return _("{number}, {day}").format(number=self.number, day=short_date(self.on))
        return self.number or "—"

    @property
    def due_words(self) -> str:
        """05/10, còn 4 ngày; with its year when it is another than this one."""
        if self.due is None or self.stage is Stage.ISSUED:
            return "—"
        this_year = (self.due - timedelta(days=self.days)).year
        day = day_month(self.due) if self.due.year == this_year else short_date(self.due)
        return day if self.stage is Stage.WANTED else f"{day}, {day_words(self.days)}"


def codes_of(day: date, kind: SpanKind, office: Office) -> str:
    """The code of the time of a kind that a day lies in."""
    match kind:
        case SpanKind.MONTH:
            return Period.month_of(day).code
        case SpanKind.QUARTER:
            return Period.quarter(day.year, (day.month + 2) // 3).code
        case SpanKind.HALF:
            return Period.half(day.year, (day.month + 5) // 6).code
        case SpanKind.YEAR:
            return Period.whole_year(day.year).code
        case SpanKind.TERM:
            return office.definitions.term_on(day).code


def spans_of_year(office: Office, year: int, kind: SpanKind) -> tuple[Span, ...]:
    """The times of a kind in a year that have begun, the newest first."""
    if kind is SpanKind.TERM:
        days = [date(year, 12, 31)]
    elif kind is SpanKind.YEAR:
        days = [date(year, 1, 1)]
    else:
        step = {SpanKind.MONTH: 1, SpanKind.QUARTER: 3, SpanKind.HALF: 6}[kind]
        days = [date(year, month, 1) for month in range(13 - step, 0, -step)]
    found = (_span(office, codes_of(day, kind, office)) for day in days)
    return tuple(one for one in found if one is not None)


def _span(office: Office, code: str) -> Span | None:
    """``None`` for one that has not begun."""
    try:
        return office.reports.span(code)
    except UserError:
        return None


class _Books:
    """What several reports ask for, looked up once."""

    def __init__(self, office: Office) -> None:
        self.standing = cache(office.months.standing)
        self.branches = cache(office.setup.branches)


def read_list(office: Office, period: Period, which: str) -> tuple[ReportRow, ...]:
    """The reports that the working month asks for (``NOW``), or all of its year; without bands."""
    with office.read() as work:
        today = office.figures.last_day(work)
        begun = min(work.months.ever_closed(), default="")
    spans: dict[str, Span] = {}
    for kind in SpanKind:
        if which == YEAR:
            found: tuple[Span | None, ...] = spans_of_year(office, period.year, kind)
        else:
            found = _around(office, period, kind, begun)
        spans.update((one.code, one) for one in found if one is not None)
    books = _Books(office)
    rows = (_row(office, form, span, today, books) for span in spans.values() for form in office.reports.forms(span))
    if which == YEAR:
        return tuple(rows)
    return tuple(one for one in rows if _is_of(one, period) or _is_left(one, period, today))


def _is_of(row: ReportRow, period: Period) -> bool:
    return row.span is not None and row.span.start <= period.start and period.end <= row.span.end


def _is_left(row: ReportRow, period: Period, today: date) -> bool:
    """Of an earlier time only what ought to be issued and is not."""
    if row.stage is not Stage.OVER or row.span is None:
        return False
    return row.span.end.year == period.year or (today - row.span.end).days <= LOOK_BACK


def _around(office: Office, period: Period, kind: SpanKind, begun: str) -> tuple[Span | None, ...]:
    """The time that the month lies in, and the one before when the book goes back to it."""
    now = _span(office, codes_of(period.start, kind, office))
    if now is None or now.is_term or not begun:
        return (now,)
    before = _span(office, now.period.previous().code)
    return (now, before) if before is not None and before.end >= Period.parse(begun).start else (now,)


def _row(office: Office, form: ReportForm, span: Span, today: date, books: _Books) -> ReportRow:
    due = span.end + timedelta(days=form.due_days)
    stage = Stage.OVER if span.end < today or due <= today else Stage.RUNNING
    if len(form.spans) > 1 and form.code != ABOVE:  # one over any time is made where somebody asks for it
        stage = Stage.WANTED
    made = ReportRow(f"{form.code}/{span.code}", stage, form, span, due, (due - today).days)
    changes: dict[str, Any] = {}
    branches = books.branches(span.period.end) if form.scope is Scope.BRANCH else ()
    if is_with_month(form, span):
        standing = books.standing(span.period)
        closing = standing.closing
        if closing is not None and not standing.is_open:
            changes = {
                "stage": Stage.ISSUED,
                "number": closing.report_number,
                "on": closing.report_date or closing.closed_on,
                "edition": closing.edition,
                "issued": len(branches),
            }
    elif branches:
        issued = len(office.reports.issuing.numbered(form.code, span).intersection(unit.id for unit in branches))
        changes = {"issued": issued, **({"stage": Stage.ISSUED} if issued == len(branches) else {})}
    elif (issue := office.reports.issue(form.code, span)) is not None:
        changes = {"stage": Stage.ISSUED, "number": issue.number, "on": issue.on, "edition": issue.edition}
    return replace(made, branches=len(branches), **changes)


def banded(rows: tuple[ReportRow, ...], form: str = "") -> list[ReportRow]:
    """The rows of one form or of all under their bands, what is due first at the top."""
    out: list[ReportRow] = []
    for stage in Stage:
        mine = [one for one in rows if one.stage is stage and (not form or (one.form and one.form.code == form))]
        if mine:
            out.append(ReportRow(f"band/{stage.value}", stage))
            out += sorted(mine, key=_order)
    return out


def _order(row: ReportRow) -> tuple[object, ...]:
    order = row.form.order if row.form else 0
    scope = row.form is not None and row.form.scope is Scope.BRANCH
    if row.stage is Stage.ISSUED:
        return (-(row.span.end.toordinal() if row.span else 0), scope, order)
    return (row.due or date.max, scope, order)


def note(rows: tuple[ReportRow, ...]) -> str:
    """3 báo cáo cần lập, 1 quá hạn."""
    over = [one for one in rows if one.stage is Stage.OVER]
    if not over:
        return ""
    said = ngettext("{count} report to be made", "{count} reports to be made", len(over)).format(
        count=number(len(over))
    )
    late = sum(one.days < 0 for one in over)
    if not late:
        return said
    more = ngettext("{count} of them overdue", "{count} of them overdue", late).format(count=number(late))
    return f"{said}, {more}"
