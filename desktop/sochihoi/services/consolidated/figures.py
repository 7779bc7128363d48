"""The figures of a level above: what the units below sent, each unit in the place of a branch.

A total is the sum over the units that sent; a share is the sum of numerators over the sum of denominators; what nobody
counted stays unknown.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sochihoi.domain.errors import NotFound
from sochihoi.domain.indicators import Figure, Indicator, Items, Row
from sochihoi.domain.months import Closing, NotEntered, NothingRecorded
from sochihoi.domain.periods import Period
from sochihoi.domain.units import Level, Unit
from sochihoi.services.consolidated.units import part_id, parts
from sochihoi.services.figure_lists import Line
from sochihoi.services.figures import Figures, FigureSheet
from sochihoi.services.received_figures import Found, Received, added
from sochihoi.services.received_months import needed
from sochihoi.services.received_tickets import MEMBERS, Overlaps

if TYPE_CHECKING:
    from sochihoi.storage.work import Work

UNITS = "units"
"""Where a closing keeps the units that it stands on, each with the file that its figures came in."""


class ConsolidatedFigures(Figures):
    """As ``Figures``, of all units below together; nothing is entered here."""

    # ------------------------------------------------------------------ which period

    def default_period(self) -> Period:
        with self._office.read() as work:
            found = max(work.months.closed(), default="") or work.sync.newest_period()
        if not found:
            raise NothingRecorded
        return Period.parse(found)

    def open_period(self) -> Period:
        with self._office.read() as work:
            closed, newest = work.months.ever_closed(), work.sync.newest_period()
        if closed and (not newest or max(closed) >= newest):
            return Period.parse(max(closed))
        if not newest:
            raise NothingRecorded
        return Period.parse(max(closed)).next() if closed else Period.parse(newest)

    def last_day(self, work: Work) -> date:
        if not self._office.demo:
            return self._office.today
        newest = work.sync.newest_period()
        return max(self._office.today, Period.parse(newest).end) if newest else self._office.today

    # ------------------------------------------------------------------ figures

    def live(self, work: Work, period: Period) -> FigureSheet:
        """The figures as the files say that count now."""
        definitions, day = self._definitions(work, period), self.last_day(work)
        need = needed(period, day)
        came = Received(work, definitions, day)
        columns = (came.over(period), came.over(period.previous()), came.so_far(period))
        units = parts(work, came.months.whole(need))
        summed = [_by_code(column) for column in columns]
        overlaps, last = Overlaps(work), need.last
        before = needed(period.previous(), day).last
        for column, found, month in zip(summed, columns, (last, before, last), strict=True):
            column.setdefault(MEMBERS, []).extend(overlaps.taken_off(found, month))
        cells: dict[tuple[str, str | None], Row] = {}
        for one in definitions.indicators:
            totals = (added(column.get(one.code, ()), one.code, one.unit) for column in summed)
            cells[one.code, None] = Row(one, None, *totals)
            for unit in units:
                row = Row(one, unit.id, *(_of_unit(one, unit, column) for column in columns))
                cells[one.code, unit.id] = row
        return FigureSheet(period, definitions, units, cells)

    def _frozen(self, work: Work, period: Period, closing: Closing) -> FigureSheet:
        """With the units of then, however they are called now."""
        found = super()._frozen(work, period, closing)
        return FigureSheet(period, found.definitions, units_of(closing), found.cells, closing)

    # ------------------------------------------------------------------ what is behind

    def list_behind(self, code: str, period: Period, branch: str | None = None) -> tuple[Line, ...]:
        """The units and what each adds. Raises ``NotFound``, ``FuturePeriod``."""
        sheet = self.of(period)
        sheet.row(code, branch)
        units = [unit for unit in sheet.branches if branch in (None, unit.id)]
        rows = [(unit, sheet.row(code, unit.id).now) for unit in units]
        return tuple(
            Line(
                noun="below",
                id=unit.code or "",
                title=unit.name,
                code=unit.code or "",
                on=None,
                period=period.code,
                branch=unit.id,
                branch_name=unit.name,
                counted=True,
                weight=(now.value if now.value is not None else now.numerator) or 0,
                out_of=now.denominator,
            )
            for unit, now in rows
            if now.known
        )

    def items(self, work: Work, indicator: Indicator, period: Period, branch: str | None = None) -> Items:
        """There are no records here: only sums came up."""
        raise NotFound("indicator", indicator.code)

    def enter(
        self, code: str, period: Period, unit: str | None, value: int | None, denominator: int | None = None
    ) -> None:
        """Nothing is entered at a level above. Raises ``NotEntered``."""
        raise NotEntered(code)


def units_of(closing: Closing) -> tuple[Unit, ...]:
    """The units that a consolidated closing stands on, in its order."""
    return tuple(
        Unit(part_id(one["code"]), Level[one["level"]], one["name"], code=one["code"])
        for one in closing.definitions.get(UNITS, ())
    )


def _by_code(column: Found) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for (_unit, code), one in column.items():
        found.setdefault(code, []).append(one)
    return found


def _of_unit(indicator: Indicator, unit: Unit, column: Found) -> Figure:
    found = column.get((unit.code or "", indicator.code))
    if found is None:
        return Figure(indicator.code, unit.id, indicator.unit, None)
    return Figure(indicator.code, unit.id, indicator.unit, found.value, found.numerator, found.denominator)
