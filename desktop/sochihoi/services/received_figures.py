"""The figures of every unit below over a period, from the months that came up. Percents are never added.

A longer period is known of a unit when all its months are here: what happened in them adds up, a state is that of the
last one. From January on the unit's own count "so far this year" says it, and its last month is enough: it also tells
what cannot be added up month by month.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sochihoi.domain.exchange import Measure, ReceivedMeasure
from sochihoi.domain.indicators import Figure, IndicatorSet, UnitType
from sochihoi.domain.indicators.definition import Indicator, YearToDate
from sochihoi.domain.periods import Period, PeriodKind

if TYPE_CHECKING:
    from sochihoi.storage.work import Work

Found = dict[tuple[str, str], Figure]
"""(unit code, indicator's code) to figure."""


@dataclass(frozen=True, slots=True)
class Needed:
    """Which months a period rests on. ``to_date``: the count since January of the last of them says it all."""

    months: tuple[Period, ...]
    to_date: bool

    @property
    def last(self) -> str:
        """The code of the last month: whose file leads to the figures."""
        return self.months[-1].code


def needed(period: Period, last_day: date) -> Needed:
    """The months that must be here. A period that begins in January and goes on ends with the last month that is over
    by ``last_day``."""
    months = period.months()
    if period.kind is PeriodKind.MONTH or period.first_month != 1:
        return Needed(months, to_date=False)
    over = [month for month in months if month.end <= last_day]
    return Needed((over[-1] if over else months[0],), to_date=True)


def units_with(work: Work, need: Needed) -> set[str]:
    """Units that have every month that is needed."""
    from sochihoi.storage import consolidated

    return set.intersection(*(set(consolidated.standing(work, month.code)) for month in need.months))


class Received:
    """What came up, every month read once. ``code``: of one indicator only."""

    def __init__(self, work: Work, definitions: IndicatorSet, last_day: date, code: str = "") -> None:
        self._work, self._definitions, self._last_day, self._code = work, definitions, last_day, code
        self._months: dict[str, tuple[ReceivedMeasure, ...]] = {}

    def _read(self, months: Sequence[str]) -> list[ReceivedMeasure]:
        missing = [month for month in months if month not in self._months]
        if missing:
            found = self._work.sync.measures(missing, code=self._code)
            for month in missing:
                self._months[month] = tuple(one for one in found if one.period == month)
        return [one for month in months for one in self._months[month]]

    def over(self, period: Period) -> Found:
        """Every figure of a period. Of a month every code that came; of a longer period those that are defined."""
        definitions, need = self._definitions, needed(period, self._last_day)
        found = self._read([month.code for month in need.months])
        if period.kind is PeriodKind.MONTH:
            return {(one.unit_code, one.code): figure_of(one, definitions) for one in found}
        whole = units_with(self._work, need)
        parts: dict[tuple[str, str], list[ReceivedMeasure]] = {}
        for one in found:
            if one.unit_code in whole and one.code in definitions.by_code:
                parts.setdefault((one.unit_code, one.code), []).append(one)
        made = {key: _over(definitions.by_code[key[1]], several, definitions, need) for key, several in parts.items()}
        return {key: figure for key, figure in made.items() if figure is not None}

    def so_far(self, period: Period) -> Found:
        """The same from January to the end of the period."""
        return {
            (one.unit_code, one.code): figure_of(one, self._definitions, to_date=True)
            for one in self._read([needed(period, self._last_day).last])
            if one.measure.to_date is not None
        }


def _over(
    indicator: Indicator, months: Sequence[ReceivedMeasure], definitions: IndicatorSet, need: Needed
) -> Figure | None:
    counted = months
    if indicator.year_to_date is YearToDate.AT_END:
        counted = [one for one in months if one.period == need.last]
    elif need.to_date:
        return next(
            (figure_of(one, definitions, to_date=True) for one in months if one.measure.to_date is not None), None
        )
    return added((figure_of(one, definitions) for one in counted), indicator.code, indicator.unit) if counted else None


def figure_of(one: ReceivedMeasure, definitions: IndicatorSet, *, to_date: bool = False) -> Figure:
    """A figure that came; one that is not defined here counts something that this version has no word for."""
    indicator = definitions.by_code.get(one.code)
    return of_measure(one.code, one.measure, UnitType.COUNT if indicator is None else indicator.unit, to_date=to_date)


def of_measure(code: str, measure: Measure, kind: UnitType, *, to_date: bool = False) -> Figure:
    """The same of a bare measure."""
    above: int | None = measure.numerator
    below = measure.denominator
    if to_date:
        above, below = measure.to_date, measure.to_date_denominator
    if below is None:
        return Figure(code, None, kind, above)
    return Figure(code, None, kind, None, above, below)


def added(figures: Iterable[Figure], code: str, kind: UnitType | None) -> Figure:
    """The sum; unknown when nobody counted."""
    total = Figure(code, None, kind or UnitType.COUNT, None)
    for one in figures:
        total = total.plus(one)
    return total
