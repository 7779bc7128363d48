"""What the records say about each branch for its score sheet: measures with the list behind each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from sochihoi.domain.indicators import Figure, Indicator, Items, figure_of, items_of
from sochihoi.domain.periods import FuturePeriod, Period
from sochihoi.domain.rubric import Rubric

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

_NOTHING = Items(())
_NO_SHARE = Items((), ())


@dataclass(frozen=True, slots=True)
class YearMeasures:
    """Measures from 1 January to the end of ``until``. ``items``: indicator -> branch -> the records counted."""

    until: Period
    indicators: Mapping[str, Indicator]
    items: Mapping[str, Mapping[str, Items]] = field(repr=False)

    def behind(self, source: str, branch: str) -> Items:
        """The records behind one measure of a branch."""
        empty = _NO_SHARE if self.indicators[source].is_share else _NOTHING
        return self.items[source].get(branch, empty)

    def figure(self, source: str, branch: str) -> Figure:
        """One measure of a branch."""
        return figure_of(self.indicators[source], self.behind(source, branch), branch)


class MeasureBook:
    """Measures of all branches, counted once until a record changes that is no score sheet."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._known: dict[tuple[int, str, str], tuple[int, YearMeasures]] = {}

    def until(self, work: Work, year: int) -> Period:
        """The last month looked at: the one of today, or December of a year gone by. Raises ``FuturePeriod``."""
        today = self._office.figures.last_day(work)
        if year > today.year:
            raise FuturePeriod(f"{year:04}", today)
        return Period.month_of(today) if year == today.year else Period.month(year, 12)

    def of_today(self) -> Period:
        """The month that lies at hand."""
        with self._office.read() as work:
            return Period.month_of(self._office.figures.last_day(work))

    def of(self, work: Work, rubric: Rubric, year: int) -> YearMeasures:
        """The measures that a sheet of a year asks for."""
        key = year, rubric.code, rubric.version
        version = work.months.version()
        found = self._known.get(key)
        if found is None or found[0] != version or found[1].until != self.until(work, year):
            found = version, self._count(work, rubric, self.until(work, year))
            self._known = {key: found}
        return found[1]

    def kept(self, before: int, after: int) -> None:
        """Only score sheets changed between two versions of the book: what was counted stays so.

        Typing a point must not count the whole year anew.
        """
        self._known = {
            key: (after if version == before else version, one) for key, (version, one) in self._known.items()
        }

    def _count(self, work: Work, rubric: Rubric, until: Period) -> YearMeasures:
        definitions = self._office.figures.definitions(until)
        facts = self._office.figures.facts(work, until)
        branches = [branch.id for branch in facts.branches_on(until.end)]
        wanted = {part.source for criterion in rubric.criteria for part in criterion.parts}
        wanted |= {condition.source for condition in rubric.conditions if condition.source is not None}
        indicators = {source: definitions.by_code[source] for source in wanted}
        window = until.year_to_date()
        items = {source: items_of(one, facts, window).by_branch(branches) for source, one in indicators.items()}
        return YearMeasures(until, indicators, items)


def last_day_of(until: Period, today: date) -> date:
    """The day up to which measures speak: the end of the month, not later than today."""
    return min(until.end, max(today, until.start))
