"""The figures of a period: counted from the records while it is open, as they were frozen once it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sochihoi.domain.boundaries import on_boundaries
from sochihoi.domain.campaign import CriteriaSet
from sochihoi.domain.errors import NotFound
from sochihoi.domain.facts import Facts
from sochihoi.domain.indicators import Display, Figure, Indicator, IndicatorSet, Items, Row, items_of, statement
from sochihoi.domain.joining import strangers
from sochihoi.domain.months import Closing, NothingRecorded
from sochihoi.domain.parted_facts import on_its_own
from sochihoi.domain.parting import parted
from sochihoi.domain.periods import FuturePeriod, Period, PeriodKind
from sochihoi.domain.units import Unit

if TYPE_CHECKING:
    from sochihoi.services.entering import Entering
    from sochihoi.services.figure_lists import Line, Why
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

_Stand = tuple[int, date]  # what a count rests on: the version of the book, and the day it looks at
_SHEETS, _SNAPSHOTS = 16, 4  # kept at once: a year with its months, and what was just looked at


@dataclass(frozen=True, slots=True)
class FigureSheet:
    """All figures of a period.

    ``closing`` is the edition they are frozen in, ``None`` while they are counted anew each time; ``branches`` those
    of the last day, in Vietnamese order.
    """

    period: Period
    definitions: IndicatorSet
    branches: tuple[Unit, ...]
    cells: Mapping[tuple[str, str | None], Row] = field(repr=False)
    closing: Closing | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every indicator for the commune, in the order of the definitions."""
        return tuple(self.row(one.code) for one in self.definitions.indicators)

    def row(self, code: str, branch: str | None = None) -> Row:
        """One indicator, for the commune or a branch. Raises ``NotFound``."""
        found = self.cells.get((code, branch))
        if found is None:
            raise NotFound("indicator", code)
        return found

    def split(self, code: str) -> tuple[tuple[Unit, Row], ...]:
        """One indicator for every branch."""
        return tuple((unit, self.cells[code, unit.id]) for unit in self.branches if (code, unit.id) in self.cells)


class Figures:
    """Indicators of a period, why each is what it is, the list behind it, and those that are entered by hand."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._sheets: dict[str, tuple[_Stand, FigureSheet]] = {}
        self._snapshots: dict[str, tuple[_Stand, date, Facts]] = {}  # with the first day

    @cached_property
    def entering(self) -> Entering:
        """Figures that nobody lists person by person."""
        from sochihoi.services.entering import Entering

        return Entering(self._office)

    # ------------------------------------------------------------------ which period

    def default_period(self) -> Period:
        """The last closed month, else the newest with records. Raises ``NothingRecorded``."""
        with self._office.read() as work:
            closed = work.months.closed()
            if closed:
                return Period.parse(max(closed))
            newest = work.months.newest_to_close(self.last_day(work))
        if newest is None:
            raise NothingRecorded
        return Period.month_of(newest)

    def open_period(self) -> Period:
        """The month whose turn it is to be closed: one with a supplement under way, else the one after the last closed
        one, else the first month that the settings name, else the newest with records.

        Raises ``NothingRecorded`` when there is none or it has not begun.
        """
        first = self._office.commune.first_month
        with self._office.read() as work:
            supplements = work.months.supplements()
            closed = work.months.ever_closed()
            today = self.last_day(work)
            newest = work.months.newest_to_close(today)
        if supplements:
            return Period.parse(min(supplements))
        if closed:
            following = Period.parse(max(closed)).next()
            if not following.is_future(today):
                return following
            newest = None
        if newest is None:
            raise NothingRecorded
        if first and not closed and not Period.parse(first).is_future(today):
            return Period.parse(first)
        return Period.month_of(newest)

    def last_day(self, work: Work) -> date:
        """Today; in a demonstration the newest day of its records, because no clock has a say there."""
        if not self._office.demo:
            return self._office.today
        return max(self._office.today, work.months.newest_record(date.max) or date.min)

    def seen(self, work: Work, period: Period) -> date:
        """The day that figures of a period look at: its last one, or today while it goes on."""
        return min(period.end, self.last_day(work))

    def check_begun(self, period: Period) -> None:
        """Raises ``FuturePeriod``."""
        with self._office.read() as work:
            today = self.last_day(work)
        if period.is_future(today):
            raise FuturePeriod(period.code, today)

    # ------------------------------------------------------------------ definitions

    def definitions(self, period: Period) -> IndicatorSet:
        """The indicators of a period, by the criteria set that the commune chose and its own rhythm of meetings."""
        with self._office.read() as work:
            return self._definitions(work, period)

    def criteria_set(self, year: int) -> CriteriaSet | None:
        """The criteria set of a year: the one chosen, else the default one; ``None`` before there was any."""
        with self._office.read() as work:
            return self._criteria(work, year)

    def _criteria(self, work: Work, year: int) -> CriteriaSet | None:
        from sochihoi.storage.facts import chosen_sets

        code = chosen_sets(work).get(year) or self._default_sets(year, year).get(year)
        return None if code is None else self._office.definitions.criteria_set(code)

    def _default_sets(self, first: int, last: int) -> dict[int, str]:
        found = {year: self._office.definitions.criteria_sets_for(year) for year in range(first, last + 1)}
        return {year: sets[0].code for year, sets in found.items() if sets and not sets[0].on_request}

    def _definitions(self, work: Work, period: Period) -> IndicatorSet:
        found = self._office.definitions.indicators_for(period, self._criteria(work, period.year))
        every = max(self._office.commune.meeting_every_months, 1)
        own = tuple(
            replace(one, parameters={**one.parameters, "every": every}) if one.source == "meetings_due" else one
            for one in found.indicators
        )
        return IndicatorSet(found.code, found.version, found.title, found.groups, own)

    # ------------------------------------------------------------------ figures

    def of(self, period: Period) -> FigureSheet:
        """The figures of a period: frozen ones of a closed month, otherwise counted now. Raises ``FuturePeriod``."""
        self.check_begun(period)
        with self._office.read() as work:
            stand = self._stand(work, period)
            known = self._sheets.get(period.code)
            if known is None or known[0] != stand:
                closing = self._standing_closing(work, period)
                known = stand, self._frozen(work, period, closing) if closing else self.live(work, period)
                _keep(self._sheets, period.code, known, _SHEETS)
        return known[1]

    def _stand(self, work: Work, period: Period) -> _Stand:
        return work.months.version(), self.seen(work, period)

    def knows(self, period: Period) -> bool:
        """Whether ``of`` has nothing to count."""
        with self._office.read() as work:
            return period.code in self._sheets and self._sheets[period.code][0] == self._stand(work, period)

    def _standing_closing(self, work: Work, period: Period) -> Closing | None:
        """The newest edition, unless a supplement is under way."""
        if period.kind is not PeriodKind.MONTH or period.code not in work.months.closed():
            return None
        return work.months.newest(period.code, period.code).get(period.code)

    def live(self, work: Work, period: Period) -> FigureSheet:
        """The figures counted from the records as they are now, also of a closed month.

        In a writing unit of work only before anything is written: a snapshot must not outlive a rollback.
        """
        definitions, facts = self._definitions(work, period), self.facts(work, period)
        before = self._frozen_before(work, period, definitions)
        rows = statement(definitions, facts, period, previous=before)
        ids = {branch.id for branch in facts.branches_on(period.end)}
        branches = tuple(unit for unit in work.units.all() if unit.id in ids)
        return FigureSheet(period, definitions, branches, {(r.indicator.code, r.branch): r for r in rows})

    def _frozen(self, work: Work, period: Period, closing: Closing) -> FigureSheet:
        definitions = self._definitions(work, period)
        ids = [branch or None for branch in closing.figures]
        cells = {
            (one.code, branch): Row(
                one,
                branch,
                closing.figure(one.code, branch, one.unit),
                closing.before(one.code, branch, one.unit),
                closing.so_far(one.code, branch, one.unit),
            )
            for one in definitions.indicators
            for branch in [None, *(i for i in ids if i)]
        }
        branches = tuple(unit for unit in work.units.all() if unit.id in ids)
        return FigureSheet(period, definitions, branches, cells, closing)

    def _frozen_before(self, work: Work, period: Period, definitions: IndicatorSet) -> tuple[Figure, ...] | None:
        before = period.previous()
        closing = self._standing_closing(work, before)
        units, root = work.units.all(), self._office.commune.unit_id
        if closing is None and parted(units, root, before.end) != parted(units, root, period.end):
            return tuple(row.now for row in self.live(work, before).cells.values())
        if closing is None or strangers(units, root, before.end) != strangers(units, root, period.end):
            return None  # a commune joined: compared with what both did, not with what this one closed
        return tuple(
            closing.figure(one.code, branch or None, one.unit)
            for branch in closing.figures
            for one in definitions.indicators
        )

    def facts(self, work: Work, period: Period) -> Facts:
        """The records that the figures of a period, of the one before and of its year are counted from.

        What is on the calendar was not held yet. A month asks for all that falls due in it; a longer time that goes
        on, for what is due by now.
        """
        from sochihoi.storage import facts as storage

        stand = self._stand(work, period)
        known = self._snapshots.get(period.code)
        if known is None or known[0] != stand:
            first = date(period.previous().year, 1, 1)
            units, root = work.units.all(), self._office.commune.unit_id
            made = (None if parted(units, root, date.max) else self._wider(stand, first)) or storage.load(
                work,
                first,
                stand[1],
                commune_id=self._office.commune.unit_id,
                criteria=self._office.definitions.criteria_set,
                default_sets=self._default_sets(first.year - 1, period.year),
            )
            due = period.end if period.kind is PeriodKind.MONTH else stand[1]
            mine = on_its_own(made, units, root, stand[1])
            known = stand, first, replace(mine, due_until=due)
            _keep(self._snapshots, period.code, known, _SNAPSHOTS)
        return known[2]

    def _wider(self, stand: _Stand, since: date) -> Facts | None:
        """Records that are read already and hold these days too: the months of a year need not be read each."""
        for (version, until), first, facts in self._snapshots.values():
            if version == stand[0] and first <= since and until >= stand[1]:
                return facts
        return None

    # ------------------------------------------------------------------ why

    def why(self, code: str, period: Period, branch: str | None = None) -> Why:
        """What a figure means and what it is made of. Raises ``NotFound``, ``FuturePeriod``."""
        from sochihoi.services.figure_lists import explain

        return explain(self.of(period), code, branch)

    def list_behind(self, code: str, period: Period, branch: str | None = None) -> tuple[Line, ...]:
        """Exactly the records that were counted, and for a share those it was counted from.

        Raises ``NotFound``, ``FuturePeriod``.
        """
        from sochihoi.services.figure_lists import lines

        indicator = self.of(period).row(code, branch).indicator
        with self._office.read() as work:
            return lines(work, indicator, self.items(work, indicator, period, branch))

    def items(self, work: Work, indicator: Indicator, period: Period, branch: str | None = None) -> Items:
        """The records behind one indicator, of the commune, or of a branch and those that it came of."""
        facts = self.facts(work, period)
        if branch is None:
            return items_of(indicator, facts, period.window)
        return items_of(indicator, on_boundaries(facts, period.end), period.window).by_branch([branch])[branch]

    # ------------------------------------------------------------------ entered by hand

    def enter(
        self, code: str, period: Period, unit: str | None, value: int | None, denominator: int | None = None
    ) -> None:
        """Enter a figure of a branch, or of the commune itself (``None``); ``value`` ``None`` takes it away.

        Raises ``NotEntered``, ``NotAMonth``, ``FieldProblem``, ``MonthClosed``.
        """
        self.entering.put(code, period, {unit: (value, denominator)})


def _keep(kept: dict[str, Any], key: str, value: object, most: int) -> None:
    kept.pop(key, None)
    kept[key] = value
    while len(kept) > most:
        kept.pop(next(iter(kept)))


def plain(figure: Figure) -> int | float | None:
    """One number for a program: the number itself; of a share the percent with one decimal, half rounded up.

    ``None`` when nothing is known. The exact share is its numerator and denominator.
    """
    if figure.value is not None or figure.ratio is None:
        return figure.value
    percent = figure.ratio * 100
    rounded = (Decimal(percent.numerator) / percent.denominator).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return float(rounded)


def json_row(code: str, label: str, row: tuple[Figure, Figure | None, Figure | None]) -> dict[str, Any]:
    """One figure in the shape of the command ``figures``: now, previous, year to date."""
    now, previous, so_far = row
    return {
        "code": code,
        "label": label,
        "value": plain(now),
        "numerator": now.numerator,
        "denominator": now.denominator,
        "previous": None if previous is None else plain(previous),
        "year_to_date": None if so_far is None else plain(so_far),
    }


def as_json(sheet: FigureSheet) -> dict[str, Any]:
    """The figures of the commune as the command ``figures --json`` gives them; labels are those of the report."""
    rows = [json_row(r.indicator.code, r.indicator.label.vi, (r.now, r.previous, r.year_to_date)) for r in sheet.rows]
    return {"period": sheet.period.code, "figures": rows}


def is_fraction(indicator: Indicator) -> bool:
    """Whether it is written "31/34"."""
    return indicator.display is Display.FRACTION
