"""Targets: where each stands, what the commune set itself, and the figures that nothing computes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.facts import Facts
from sochihoi.domain.indicators import Figure, Indicator, Items, YearToDate, figure_of, items_of
from sochihoi.domain.periods import FuturePeriod, Period, Window
from sochihoi.domain.targets import (
    Direction,
    Goal,
    Level,
    Light,
    Measured,
    MoreThanAll,
    Standing,
    Target,
    TargetPeriod,
    TargetSetting,
    Term,
    own_value,
    period_of,
    standing,
)
from sochihoi.domain.vietnamese import nfc

if TYPE_CHECKING:
    from sochihoi.services.figure_lists import Line
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

LARGEST = 1_000_000_000
OURS = (Level.ALL, Level.BRANCH, Level.COMMUNE)  # what a commune reports unless it chooses otherwise
_SHOWN = "targets.shown"
_Settings = dict[tuple[str, str], TargetSetting]
_Change = Callable[[TargetSetting], TargetSetting]


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target as the list shows it.

    ``period`` is the code its setting is kept under (``2026`` or ``2025-2030``), ``window`` the days that were
    counted, ``goal`` what applies here (``None`` while the commune's own share is not set). ``indicator`` computes
    it; ``None``: entered by hand.
    """

    target: Target
    period: str
    window: Window
    goal: Goal | None
    standing: Standing
    light: Light
    over: bool
    shown: bool
    setting: TargetSetting
    term: Term
    indicator: Indicator | None = None

    @property
    def own_goal(self) -> bool:
        """Whether the commune set the value or the direction itself."""
        return self.setting.value is not None or self.setting.direction is not None


class TargetService:
    """Targets of the year and of the term. ``last_batch`` is the batch of the newest act here, for its undo."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.last_batch = ""
        self._facts: tuple[int, Period, Facts] | None = None

    @contextmanager
    def _writing(self, act: str) -> Iterator[Work]:
        with self._office.write(act) as work:
            yield work
        self.last_batch = work.batch

    # ------------------------------------------------------------------ where they stand

    def rows(self, until: Period, *, everything: bool = False) -> tuple[TargetRow, ...]:
        """Where every target stands at the end of a month; ``everything``: also those that are switched off.

        Raises ``FuturePeriod``.
        """
        with self._office.read() as work:
            today = self._office.figures.last_day(work)
            if until.is_future(today):
                raise FuturePeriod(until.code, today)
            chosen = self._chosen(work)
            settings = self._settings(work, until)
            wanted = [t for t in self._office.definitions.targets if everything or _is_shown(t, chosen)]
            return tuple(self._row(work, t, settings, until, today, chosen) for t in wanted)

    def row(self, target_id: str, until: Period) -> TargetRow:
        """One target. Raises ``NotFound``, ``FuturePeriod``."""
        self._office.definitions.target(target_id)
        return next(one for one in self.rows(until, everything=True) if one.target.id == target_id)

    def list_behind(self, target_id: str, until: Period) -> tuple[Line, ...]:
        """The records behind a computed target; nothing for one that is entered here. Raises ``NotFound``."""
        from sochihoi.services.figure_lists import lines

        target = self._office.definitions.target(target_id)
        indicator = self._indicator(target, until)
        if indicator is None:
            return ()
        with self._office.read() as work:
            items, _window = self._items(work, target, indicator, until)
            return lines(work, indicator, items)

    def _row(
        self,
        work: Work,
        target: Target,
        settings: _Settings,
        until: Period,
        today: date,
        chosen: dict[str, bool],
    ) -> TargetRow:
        term = self._term(until)
        period = period_of(target.period, until.year, term)
        setting = settings.get((target.id, period)) or TargetSetting("", target.id, period)
        indicator = self._indicator(target, until)
        window = _window(target, until, term)
        if indicator is not None:
            items, window = self._items(work, target, indicator, until)
            numerator, denominator = _numbers(figure_of(indicator, items))
        else:
            numerator, denominator = setting.numerator, setting.denominator
        found = standing(target, numerator, denominator, value=setting.value, direction=setting.direction)
        over = today >= (date(until.year, 12, 31) if target.period is TargetPeriod.ANNUAL else term.ends)
        return TargetRow(
            target,
            period,
            window,
            target.goal_here(setting.value, setting.direction),
            found,
            found.light(period_over=over),
            over,
            _is_shown(target, chosen),
            setting,
            term,
            indicator,
        )

    def goals(self, work: Work, until: Period) -> dict[str, tuple[Target, Goal]]:
        """Indicator to the first target that is computed from it, with the goal that applies in the commune."""
        settings, term = self._settings(work, until), self._term(until)
        found: dict[str, tuple[Target, Goal]] = {}
        for target in self._office.definitions.targets:
            own = settings.get((target.id, period_of(target.period, until.year, term)))
            goal = target.goal_here() if own is None else target.goal_here(own.value, own.direction)
            if target.computed_from is not None and goal is not None:
                found.setdefault(target.computed_from, (target, goal))
        return found

    def _term(self, until: Period) -> Term:
        return self._office.definitions.term_on(until.end)

    def _settings(self, work: Work, until: Period) -> _Settings:
        term = self._term(until)
        return work.targets.of(period_of(one, until.year, term) for one in TargetPeriod)

    def _indicator(self, target: Target, until: Period) -> Indicator | None:
        if target.computed_from is None:
            return None
        return self._office.figures.definitions(until).by_code.get(target.computed_from)

    def _items(self, work: Work, target: Target, indicator: Indicator, until: Period) -> tuple[Items, Window]:
        """A state is counted on the last day; what adds up, over the year or over the term so far."""
        window = until.year_to_date()
        if target.period is TargetPeriod.TERM and indicator.year_to_date is not YearToDate.AT_END:
            window = _window(target, until, self._term(until))
        return items_of(indicator, self._snapshot(work, until), window), window

    def _snapshot(self, work: Work, until: Period) -> Facts:
        """The records of the whole term, read once until any of them changes."""
        from sochihoi.storage import facts

        version = work.months.version()
        if self._facts is None or self._facts[:2] != (version, until):
            definitions = self._office.definitions
            first = min(self._term(until).starts.year, until.year)
            sets = {year: definitions.criteria_sets_for(year) for year in range(first - 1, until.year + 1)}
            made = facts.load(
                work,
                date(first, 1, 1),
                until.end,
                commune_id=self._office.commune.unit_id,
                criteria=definitions.criteria_set,
                default_sets={year: s[0].code for year, s in sets.items() if s and not s[0].on_request},
            )
            self._facts = version, until, made
        return self._facts[2]

    # ------------------------------------------------------------------ what the commune sets and enters

    def set_goal(
        self, target_id: str, until: Period, value: Decimal | int | None, direction: Direction | None = None
    ) -> None:
        """The commune's own value (37.5 is 37,5 %) and direction, in the year or the term; ``None``: the paper's.

        Raises ``NotFound``, ``BadGoal``.
        """
        target = self._office.definitions.target(target_id)
        told = None if value is None else own_value(target, value)
        own = None if direction is target.goal.direction else direction
        self._change("target.goal", target, until, lambda old: replace(old, value=told, direction=own))

    def enter(
        self, target_id: str, until: Period, numerator: int | None, denominator: int | None = None, note: str = ""
    ) -> None:
        """What was reached, of a target that nothing computes; ``None`` takes it away.

        Raises ``FieldProblem`` (``numerator``, ``denominator``), ``MoreThanAll``, ``NotFound``.
        """
        target = self._office.definitions.target(target_id)
        if target.computed_from is not None:
            raise FieldProblem("numerator", "COMPUTED", target.id)
        share = target.goal.measured is Measured.PERCENT
        _check(numerator, denominator, share=share)
        below = denominator if share and numerator is not None else None
        told = nfc(note)
        self._change(
            "target.enter", target, until, lambda old: replace(old, numerator=numerator, denominator=below, note=told)
        )

    def show(self, target_id: str, *, on: bool) -> None:
        """Switch a target on or off in this unit's list. Raises ``NotFound``."""
        self._office.definitions.target(target_id)
        with self._writing("target.show") as work:
            work.settings.set(_SHOWN, {**self._chosen(work), target_id: on})

    def _chosen(self, work: Work) -> dict[str, bool]:
        return dict(work.settings.get(_SHOWN) or {})

    def _change(self, act: str, target: Target, until: Period, change: _Change) -> None:
        period = period_of(target.period, until.year, self._term(until))
        with self._writing(act) as work:
            known = work.targets.of([period]).get((target.id, period))
            work.targets.put(change(known or TargetSetting(self._office.new_id(), target.id, period)))


def _is_shown(target: Target, chosen: dict[str, bool]) -> bool:
    return chosen.get(target.id, target.level in OURS)


def _window(target: Target, until: Period, term: Term) -> Window:
    """From the first day of the target's year or term to the end of the month; before the first term, of the year."""
    if target.period is TargetPeriod.ANNUAL or until.end < term.starts:
        return until.year_to_date()
    return Window(term.starts, until.end)


def _numbers(figure: Figure) -> tuple[int | None, int | None]:
    """Numerator and denominator; of a share of nobody, nothing."""
    if figure.value is not None:
        return figure.value, None
    return (figure.numerator, figure.denominator) if figure.ratio is not None else (None, None)


def _check(numerator: int | None, denominator: int | None, *, share: bool) -> None:
    if numerator is None:
        return
    if not -LARGEST <= numerator <= LARGEST or (share and numerator < 0):
        raise FieldProblem("numerator", "RANGE", str(numerator))
    if not share:
        return
    if denominator is None or not 0 < denominator <= LARGEST:
        raise FieldProblem("denominator", "EMPTY" if denominator is None else "RANGE", str(denominator or ""))
    if numerator > denominator:
        raise MoreThanAll(numerator, denominator)
