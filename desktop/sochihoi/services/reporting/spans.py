"""The time that a report looks at: a month, a quarter, half a year, a year, or a term; and what a paper calls it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sochihoi.domain.periods import BadPeriod, Period, PeriodKind
from sochihoi.services.form_parts import SpanKind

if TYPE_CHECKING:
    from sochihoi.domain.targets import Term

_TERM = re.compile(r"(\d{4})-(\d{4})", re.ASCII)
_KINDS = {
    PeriodKind.MONTH: SpanKind.MONTH,
    PeriodKind.QUARTER: SpanKind.QUARTER,
    PeriodKind.HALF: SpanKind.HALF,
    PeriodKind.YEAR: SpanKind.YEAR,
}
_QUARTERS = ("I", "II", "III", "IV")
_HALVES = ("6 tháng đầu năm", "6 tháng cuối năm")


@dataclass(frozen=True, slots=True)
class Span:
    """What one report looks at. ``period`` is the one whose figures it shows: of a term its newest year.

    ``parts``: the months of it, of a term the years (half a year where the term begins in July or ends in June); those
    that have not begun by ``today`` are left out.
    """

    code: str
    kind: SpanKind
    period: Period
    parts: tuple[Period, ...]
    start: date
    end: date

    @property
    def is_term(self) -> bool:
        """Whether it is a term of several years."""
        return self.kind is SpanKind.TERM

    @property
    def begins_year(self) -> bool:
        """Whether the time so far this year is the time itself: January, the first quarter and half, a year."""
        return not self.is_term and (self.start.month, self.start.day) == (1, 1)


def span_of(period: Period, today: date) -> Span:
    """The span of a calendar period."""
    parts = tuple(one for one in period.months() if not one.is_future(today))
    return Span(period.code, _KINDS[period.kind], period, parts, period.start, period.end)


def parse(text: str, terms: Sequence[Term], today: date) -> Span:
    """``2026-10``, ``2026-Q3``, ``2026-H1``, ``2026``, or a term such as ``2025-2030``. Raises ``BadPeriod``."""
    if _TERM.fullmatch(text):
        for term in terms:
            if term.code == text:
                return span_of_term(term, today)
        raise BadPeriod(text)
    return span_of(Period.parse(text), today)


def span_of_term(term: Term, today: date) -> Span:
    """The span of a term, with its years so far. Raises ``BadPeriod`` for one that has not begun."""
    whole = (_year_of(term, year) for year in range(term.starts.year, term.ends.year + 1))
    years = tuple(one for one in whole if not one.is_future(today))
    if not years:
        raise BadPeriod(term.code)
    return Span(term.code, SpanKind.TERM, years[-1], years, term.starts, term.ends)


def _year_of(term: Term, year: int) -> Period:
    """What of a year belongs to the term, as near as a calendar period comes to it."""
    if year == term.starts.year and term.starts.month > 6:
        return Period.half(year, 2)
    if year == term.ends.year and term.ends.month < 7:
        return Period.half(year, 1)
    return Period.whole_year(year)


def name(span: Span) -> str:
    """``tháng 10 năm 2026``, ``quý III năm 2026``, ``6 tháng đầu năm 2026``, ``năm 2026``, ``nhiệm kỳ 2025–2030``."""
    if span.is_term:
        return f"nhiệm kỳ {span.code.replace('-', '–')}"
    return period_name(span.period)


def period_name(period: Period) -> str:
    """The same of a calendar period."""
    match period.kind:
        case PeriodKind.MONTH:
            return f"tháng {period.index} năm {period.year}"
        case PeriodKind.QUARTER:
            return f"quý {_QUARTERS[period.index - 1]} năm {period.year}"
        case PeriodKind.HALF:
            return f"{_HALVES[period.index - 1]} {period.year}"
        case PeriodKind.YEAR:
            return f"năm {period.year}"


def short_name(period: Period) -> str:
    """The title of a column: ``Tháng 10``, ``Quý III``, ``6 tháng đầu năm``, ``Năm 2026``."""
    match period.kind:
        case PeriodKind.MONTH:
            return f"Tháng {period.index}"
        case PeriodKind.QUARTER:
            return f"Quý {_QUARTERS[period.index - 1]}"
        case PeriodKind.HALF:
            return _HALVES[period.index - 1]
        case PeriodKind.YEAR:
            return f"Năm {period.year}"


def beside(period: Period, other: Period) -> str:
    """The title of a column beside that of another period: with its year where that is another one.

    ``Tháng 12/2025``, ``Quý IV/2025``, ``6 tháng cuối năm 2025``.
    """
    if period.year == other.year or period.kind is PeriodKind.YEAR:
        return short_name(period)
    return f"{short_name(period)}{' ' if period.kind is PeriodKind.HALF else '/'}{period.year}"


def column_name(period: Period) -> str:
    """The title of a narrow column in a table of a term: ``2026``, ``6 tháng cuối năm 2025``."""
    return str(period.year) if period.kind is PeriodKind.YEAR else period_name(period)


def before_words(period: Period) -> str:
    """What a change is compared with: ``tháng trước``, ``quý trước``, ``6 tháng cuối năm 2025``, ``năm 2025``."""
    match period.kind:
        case PeriodKind.MONTH:
            return "tháng trước"
        case PeriodKind.QUARTER:
            return "quý trước"
        case _:
            return period_name(period.previous())


def words(span: Span) -> dict[str, str | int]:
    """What fills ``{period}``, ``{in_period}`` and the like in the texts of a form."""
    period, following = span.period, span.period.next()
    known: dict[str, str | int] = {
        "period": name(span),
        "in_period": {
            SpanKind.MONTH: "Trong tháng",
            SpanKind.QUARTER: "Trong quý",
            SpanKind.HALF: f"Trong {name(span)}",
            SpanKind.YEAR: "Trong năm",
            SpanKind.TERM: "Từ đầu nhiệm kỳ",
        }[span.kind],
        "this_period": {
            SpanKind.MONTH: "trong tháng",
            SpanKind.QUARTER: "trong quý",
            SpanKind.HALF: "trong 6 tháng",
            SpanKind.YEAR: "trong năm",
            SpanKind.TERM: "từ đầu nhiệm kỳ",
        }[span.kind],
        "since": {SpanKind.YEAR: "Trong năm", SpanKind.TERM: "Từ đầu nhiệm kỳ"}.get(span.kind, "Từ đầu năm"),
        "next_period": "thời gian tới" if span.is_term else period_name(following),
        "month": period.last_month,
        "year": period.year,
        "next_month": following.first_month,
        "next_year": following.year,
    }
    return known
