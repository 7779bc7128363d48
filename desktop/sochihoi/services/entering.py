"""Figures that nobody lists person by person: entered for a month, by branch or for the commune itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sochihoi.domain.errors import FieldProblem, NotFound
from sochihoi.domain.indicators import Indicator, Kind
from sochihoi.domain.months import Entered, NotAMonth, NotEntered
from sochihoi.domain.periods import Period, PeriodKind
from sochihoi.domain.units import Level

if TYPE_CHECKING:
    from sochihoi.services.office import Office

LARGEST = 10**15  # đồng: a thousand times the budget of a province


@dataclass(frozen=True, slots=True)
class Entry:
    """What a branch (``None``: the commune itself) entered, and in which month; carried on from an earlier month when
    the figure is a state and nothing was entered in this one."""

    branch: str | None
    name: str
    value: int | None
    denominator: int | None
    period: str
    carried: bool


@dataclass(frozen=True, slots=True)
class EntrySheet:
    """One entered indicator in a month, branch by branch, the commune itself last."""

    indicator: Indicator
    period: Period
    entries: tuple[Entry, ...]

    @property
    def missing(self) -> tuple[Entry, ...]:
        """Branches that never entered anything; none once the commune entered the whole for itself."""
        if self.entries[-1].value is not None:
            return ()
        return tuple(one for one in self.entries[:-1] if one.value is None)

    @property
    def by_branch(self) -> bool:
        """Whether branches entered it, so that the commune's own part is only the rest."""
        return any(one.value is not None for one in self.entries[:-1])


class Entering:
    """Entered figures of a month."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def sheet(self, code: str, period: Period) -> EntrySheet:
        """What was entered so far. Raises ``NotEntered``, ``NotAMonth``."""
        indicator = self._indicator(code, period)
        is_state = indicator.source != "entered"
        own = self._office.commune.unit_id
        with self._office.read() as work:
            told: dict[str, Entered] = {}
            for one in work.months.entered(code):
                in_time = one.period <= period.code if is_state else one.period == period.code
                if in_time and one.branch_id:
                    told[one.branch_id] = one
            branches = work.units.of_level(Level.BRANCH, period.end)
        named: list[tuple[str | None, str, str]] = [(b.id, b.name, b.id) for b in branches]
        return EntrySheet(
            indicator,
            period,
            tuple(_entry(branch, name, told.get(key), period) for branch, name, key in [*named, (None, "", own)]),
        )

    def put(self, code: str, period: Period, values: Mapping[str | None, tuple[int | None, int | None]]) -> None:
        """Enter the figure of several branches in one act: ``{branch or None: (value, denominator)}``.

        Raises ``NotEntered``, ``NotAMonth``, ``FieldProblem`` (``value`` or ``denominator``), ``NotFound``,
        ``MonthClosed``.
        """
        indicator = self._indicator(code, period)
        share = "share" in indicator.source
        for value, denominator in values.values():
            _check(value, denominator, share=share)
        own = self._office.commune.unit_id
        with self._office.write("figure.enter", dates=[period.start]) as work:
            branches = {unit.id for unit in work.units.of_level(Level.BRANCH, period.end)}
            for branch in values:
                if branch is not None and branch not in branches:
                    raise NotFound("unit", branch)
            rows = [
                Entered("", code, period.code, branch or own, value, denominator if share else None)
                for branch, (value, denominator) in values.items()
            ]
            work.months.put_entered(rows, new_id=self._office.new_id)

    def _indicator(self, code: str, period: Period) -> Indicator:
        if period.kind is not PeriodKind.MONTH:
            raise NotAMonth(period.code)
        found = self._office.figures.definitions(period).by_code.get(code)
        if found is None:
            raise NotFound("indicator", code)
        if not is_entered(found):
            raise NotEntered(code)
        return found


def is_entered(indicator: Indicator) -> bool:
    """Whether an officer enters it by hand."""
    return indicator.kind is Kind.ENTERED or indicator.source.startswith("entered")


def _entry(branch: str | None, name: str, told: Entered | None, period: Period) -> Entry:
    if told is None:
        return Entry(branch, name, None, None, period.code, carried=False)
    return Entry(branch, name, told.value, told.denominator, told.period, carried=told.period != period.code)


def _check(value: int | None, denominator: int | None, *, share: bool) -> None:
    if value is None:
        return
    if not 0 <= value <= LARGEST:
        raise FieldProblem("value", "RANGE", str(value))
    if share and (denominator is None or not 0 < denominator <= LARGEST):
        raise FieldProblem("denominator", "EMPTY" if denominator is None else "RANGE", str(denominator or ""))
    if share and denominator is not None and value > denominator:
        raise FieldProblem("value", "MORE_THAN_ALL", str(value))
