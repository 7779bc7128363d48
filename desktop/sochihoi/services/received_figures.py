"""The figures of every unit below over a period, from the months that came up. Percents are never added.

A longer period is known of a unit when all its months are here: what happened in them adds up, a state is that of the
last one. From January on the unit's own count "so far this year" says it, and its last month is enough: it also tells
what cannot be added up month by month. A unit that began or ended meanwhile tells the months in which it lived: what it
did then counts, how it stood then does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sochihoi.domain.exchange import Measure, ReceivedMeasure
from sochihoi.domain.indicators import Figure, IndicatorSet, UnitType
from sochihoi.domain.indicators.definition import Indicator, YearToDate
from sochihoi.domain.periods import Period, PeriodKind
from sochihoi.services.received_months import Months, Needed, needed

if TYPE_CHECKING:
    from sochihoi.storage.work import Work

Found = dict[tuple[str, str], Figure]
"""(unit code, indicator's code) to figure."""


class Received:
    """What came up, every month read once. ``code``: of one indicator only."""

    def __init__(self, work: Work, definitions: IndicatorSet, last_day: date, code: str = "") -> None:
        self._work, self._definitions, self._last_day, self._code = work, definitions, last_day, code
        self._measures: dict[Period, tuple[ReceivedMeasure, ...]] = {}
        self.months = Months(work)

    def _read(self, months: Sequence[Period]) -> list[ReceivedMeasure]:
        """Of these months, each figure under the code under which it counts."""
        missing = [month for month in months if month not in self._measures]
        if missing:
            found = self._work.sync.measures([month.code for month in missing], code=self._code)
            for month in missing:
                places = self.months.told_as(month)
                mine = (one for one in found if one.period == month.code and one.unit_code in places)
                self._measures[month] = tuple(
                    one if places[one.unit_code] == one.unit_code else replace(one, unit_code=places[one.unit_code])
                    for one in mine
                )
        return [one for month in months for one in self._measures[month]]

    def over(self, period: Period) -> Found:
        """Every figure of a period. Of a month every code that came; of a longer period those that are defined."""
        definitions, need = self._definitions, needed(period, self._last_day)
        if period.kind is PeriodKind.MONTH:
            return {(one.unit_code, one.code): figure_of(one, definitions) for one in self._read(need.months)}
        whole = self.months.whole(need)
        parts: dict[tuple[str, str], list[ReceivedMeasure]] = {}
        for month in self.months.wanted(need):
            for one in self._read([month]):
                if month in whole.get(one.unit_code, ()) and one.code in definitions.by_code:
                    parts.setdefault((one.unit_code, one.code), []).append(one)
        made = {key: _over(definitions.by_code[key[1]], several, definitions, need) for key, several in parts.items()}
        return {key: figure for key, figure in made.items() if figure is not None}

    def so_far(self, period: Period) -> Found:
        """The same from January to the end of the period. A state is not told of a unit that is no more at the end."""
        need = Needed((needed(period, self._last_day).last,), to_date=True)
        at_end = {one.code for one in self._definitions.indicators if one.year_to_date is YearToDate.AT_END}
        return {
            (one.unit_code, one.code): figure_of(one, self._definitions, to_date=True)
            for month in self.months.wanted(need)
            for one in self._read([month])
            if one.measure.to_date is not None
            and (month == need.last or (month in self.months.of_unit(one.unit_code, need) and one.code not in at_end))
        }


def _over(
    indicator: Indicator, months: Sequence[ReceivedMeasure], definitions: IndicatorSet, need: Needed
) -> Figure | None:
    counted = months
    if indicator.year_to_date is YearToDate.AT_END:
        counted = [one for one in months if one.period == need.last.code]
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
