"""From facts to figures: this month, the month before, the year to date, for the commune and for each branch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sochihoi.domain.boundaries import on_boundaries, split_parts
from sochihoi.domain.facts import Facts
from sochihoi.domain.indicators.definition import Indicator, IndicatorSet, Kind, YearToDate
from sochihoi.domain.indicators.items import Items, Quantity, UnitMismatch, UnitType
from sochihoi.domain.indicators.parameters import Parameters
from sochihoi.domain.indicators.sources import SOURCES
from sochihoi.domain.periods import Period, Window


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of one indicator. ``branch`` is absent for the whole commune.

    A number has ``value``; a share has ``numerator`` and ``denominator`` and no ``value``. Entered figures that
    nobody entered have ``value`` ``None``: not known is not 0.
    """

    code: str
    branch: str | None
    unit: UnitType
    value: int | None
    numerator: int | None = None
    denominator: int | None = None

    @property
    def ratio(self) -> Fraction | None:
        """The exact share; ``None`` when there is nobody to count."""
        if self.numerator is None or not self.denominator:
            return None
        return Fraction(self.numerator, self.denominator)

    @property
    def measure(self) -> Fraction | None:
        """What rubrics and blocking conditions compare: percent points of a share, else the number."""
        if self.value is not None:
            return Fraction(self.value)
        return None if self.ratio is None else self.ratio * 100

    @property
    def known(self) -> bool:
        """Whether there is anything to show."""
        return self.value is not None or self.ratio is not None

    def plus(self, other: Figure) -> Figure:
        """The same indicator of two communes or branches together; shares add numerators and denominators.

        Raises ``UnitMismatch`` for another indicator or unit type.
        """
        if self.code != other.code:
            raise UnitMismatch(f"{self.code} + {other.code}")

        def both(mine: int | None, theirs: int | None) -> int | None:
            if mine is None or theirs is None:
                return theirs if mine is None else mine
            return (Quantity(self.unit, mine) + Quantity(other.unit, theirs)).amount

        return Figure(
            self.code,
            None,
            self.unit,
            both(self.value, other.value),
            both(self.numerator, other.numerator),
            both(self.denominator, other.denominator),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator as the month's list shows it."""

    indicator: Indicator
    branch: str | None
    now: Figure
    previous: Figure
    year_to_date: Figure

    @property
    def change(self) -> Fraction | None:
        """This month less the month before: a number, or a difference of shares; ``None`` where one is not known."""
        if self.indicator.is_share:
            mine, theirs = self.now.ratio, self.previous.ratio
            return None if mine is None or theirs is None else mine - theirs
        if self.now.value is None or self.previous.value is None:
            return None
        return Fraction(self.now.value - self.previous.value)


def items_of(indicator: Indicator, facts: Facts, window: Window) -> Items:
    """The list behind a figure: exactly the records that were counted."""
    parameters = Parameters({"code": indicator.code, **indicator.parameters})
    return SOURCES[indicator.source](facts, window, parameters)


def figure_of(indicator: Indicator, items: Items, branch: str | None = None) -> Figure:
    """Count the items; ``branch`` only names whose they are."""
    if indicator.is_share:
        return Figure(indicator.code, branch, indicator.unit, None, items.above, items.below)
    unknown = indicator.kind is Kind.ENTERED and not items.numerator
    return Figure(indicator.code, branch, indicator.unit, None if unknown else items.above)


def compute(definitions: IndicatorSet, facts: Facts, window: Window) -> tuple[Figure, ...]:
    """All figures of a window: each for the commune first, then for every branch that exists on its last day.

    The commune is counted as it was day by day; branches hold what those did that they came of.
    """
    here = on_boundaries(facts, window.end)
    branches = [branch.id for branch in here.branches_on(window.end)]
    if here is facts:
        return _count(definitions.indicators, facts, window, branches)
    whole = _count(definitions.indicators, facts, window, [])
    return (*whole, *(one for one in _count(definitions.indicators, here, window, branches) if one.branch is not None))


def _count(
    indicators: Iterable[Indicator], facts: Facts, window: Window, branches: Sequence[str]
) -> tuple[Figure, ...]:
    figures: list[Figure] = []
    for indicator in indicators:
        items = items_of(indicator, facts, window)
        figures.append(figure_of(indicator, items))
        split = items.by_branch(branches)
        figures.extend(figure_of(indicator, split[branch], branch) for branch in branches)
    return tuple(figures)


def statement(
    definitions: IndicatorSet, facts: Facts, period: Period, *, previous: tuple[Figure, ...] | None = None
) -> tuple[Row, ...]:
    """This period, the one before and the year to date, commune and branches.

    ``previous`` are frozen figures of the period before, when it is closed; otherwise they are counted again. Branches
    that merged, parted or were renamed since January compare with the same records on their own boundaries.
    """
    now = compute(definitions, facts, period.window)
    before = previous if previous is not None else compute(definitions, facts, period.previous().window)
    # a state at the end of the period is the same seen from January: only what adds up is counted again
    adding = [one for one in definitions.indicators if one.year_to_date is not YearToDate.AT_END]
    since_january = period.year_to_date()
    here = on_boundaries(facts, period.end)
    mine = [branch.id for branch in here.branches_on(period.end)]
    earlier = {**_by_key(_compared(definitions, facts, period)), **_by_key(before)}
    so_far: dict[tuple[str, str | None], Figure] = {}
    if since_january != period.window:
        so_far |= _by_key(_count(adding, here, since_january, mine))
        if here is not facts:  # the commune as it was in each month: a branch that is no more was due then
            so_far |= _by_key(_count(adding, facts, since_january, []))
    return tuple(
        Row(
            definitions.by_code[one.code],
            one.branch,
            one,
            earlier.get((one.code, one.branch)) or Figure(one.code, one.branch, one.unit, None),
            so_far.get((one.code, one.branch), one),
        )
        for one in now
    )


def on_other_boundaries(
    definitions: IndicatorSet, facts: Facts, window: Window, day: date, branches: Sequence[str]
) -> tuple[Figure, ...]:
    """Figures of a window for branches of another day, as if these had been there then.

    Of a part of a branch only what is told person by person or household by household.
    """
    here, parts = on_boundaries(facts, day), split_parts(facts, day)
    whole = _count(definitions.indicators, here, window, [one for one in branches if one not in parts])
    told = [one for one in definitions.indicators if one.source in _OF_PERSONS]
    shared = _count(told, here, window, [one for one in branches if one in parts])
    return tuple(figure for figure in (*whole, *shared) if figure.branch is not None)


def _compared(definitions: IndicatorSet, facts: Facts, period: Period) -> tuple[Figure, ...]:
    """The period before, of branches that did not exist then: what they came of, on their own boundaries."""
    here, earlier = on_boundaries(facts, period.end), period.previous().window
    new = [b.id for b in here.branches_on(period.end) if not _stood(facts, b.id, earlier)]
    if here is facts or not new:
        return ()
    return on_other_boundaries(definitions, facts, earlier, period.end, new)


def _stood(facts: Facts, branch: str, window: Window) -> bool:
    return any(one.id == branch and one.exists(window.end) for one in facts.branches)


# sources that count persons or households, each in one branch: what is theirs goes where they go
_OF_PERSONS = frozenset(
    (
        *("members", "members_share", "joined", "left", "net_growth", "studied", "studied_persons"),
        *("member_households", "registered", "mobilised", "plaques", "assessed", "passing", "passing_share"),
        *("newly_passing", "failed"),
    )
)


def _by_key(figures: tuple[Figure, ...]) -> Mapping[tuple[str, str | None], Figure]:
    return {(figure.code, figure.branch): figure for figure in figures}
