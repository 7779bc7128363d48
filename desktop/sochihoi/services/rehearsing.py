"""A reorganisation tried on a copy of the book: what was, what would be, and who has no place yet."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochihoi.domain.errors import UserError
from sochihoi.domain.indicators import Figure, Indicator
from sochihoi.domain.indicators.compute import on_other_boundaries
from sochihoi.domain.periods import Period
from sochihoi.domain.progress import Progress
from sochihoi.domain.reorganisation import By, Kind, Outcome, Plan, Roll
from sochihoi.domain.units import Level

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

COMPARED: Final = (
    "org.members",
    "org.joined",
    "org.meetings",
    "org.attendance_pct",
    "study.resolution_pct",
    "household.members",
    "household.registered",
    "household.passing",
)
"""What a rehearsal shows of the last closed month, as far as the indicators of that month have it."""
_STEPS: Final = 5


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A branch or cell on one side of a rehearsal: members placed there today, households, cells."""

    id: str
    name: str
    members: int
    households: int
    cells: int


@dataclass(frozen=True, slots=True)
class Placeless:
    """Someone (``By.MEMBER``) or a household (``By.HOUSEHOLD``) without a place: who, in which cell, which hamlet."""

    by: By
    key: str
    name: str
    cell: str = ""
    hamlet: str = ""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a plan would do, found by doing it on a copy of the book.

    ``figures``: of ``period`` (the last closed month, else the one before the day), each indicator with the old units'
    values and the new units' on their own boundaries (``None``: nobody can say). ``all_before`` and ``all_after``:
    members of the whole commune.
    """

    plan: Plan
    before: tuple[UnitLine, ...]
    after: tuple[UnitLine, ...]
    all_before: int
    all_after: int
    unplaced: tuple[Placeless, ...]
    offices: tuple[tuple[str, str, str], ...]  # name, title's code, unit of offices that end
    planned: int  # meetings that are only planned and are called off
    period: Period | None = None
    figures: tuple[tuple[Indicator, tuple[Figure | None, ...], tuple[Figure | None, ...]], ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it can be done."""
        return not self.unplaced and self.all_before == self.all_after


def rehearse(mine: Office, plan: Plan, progress: Progress) -> Rehearsal:
    """See ``Reorganising.rehearse``."""
    from sochihoi.services.office import Office
    from sochihoi.storage.folder import DataFolder
    from sochihoi.storage.inspection import copy_checked
    from sochihoi.storage.store import Store

    mine.setup.reorganising.work_out(plan)  # what is refused is refused before the copy is made
    progress.step(0, _STEPS)
    with tempfile.TemporaryDirectory(prefix="sochihoi-rehearsal-") as made:
        folder = DataFolder(Path(made) / "book")
        folder.path.mkdir()
        copy_checked(mine.store.folder.database, mine.store.key, folder.database)
        progress.step(1, _STEPS)
        store = Store(folder, mine.store.key, now=mine.store.now, ids=mine.store.new_id, demo=mine.demo)
        try:
            return _try(Office(store, mine.account), plan, progress)
        finally:
            store.close()


def _try(office: Office, plan: Plan, progress: Progress) -> Rehearsal:
    """On the copy: look, do, look again."""
    from sochihoi.storage.glance import branches as counted

    desk = office.setup.reorganising
    seen = _seen(office, plan)
    with office.read() as work:
        roll = desk.roll(work, seen, plan.on)
        all_before = sum(one.members for one in counted(work, office.today))
        planned = len(desk.called_off(work, plan))
    period = _last_month(office, plan.on)
    sheet = None if period is None or plan.kind is Kind.MOVE_CELL else _sheet(office, period)
    progress.step(2, _STEPS)
    outcome = desk.commit(plan, whole=False)
    progress.step(3, _STEPS)
    new = [*(one.id for one in outcome.parts), *(one for one in seen if one in _lasting(roll, outcome))]
    new = list(dict.fromkeys(new))
    with office.read() as work:
        after = desk.roll(work, new, plan.on)
        all_after = sum(one.members for one in counted(work, office.today))
        figures = () if sheet is None or period is None else _figures(office, work, plan, period, sheet, outcome)
    progress.step(_STEPS, _STEPS)
    names = {one.id: one.name for one in roll.units}
    return Rehearsal(
        plan,
        _lines(roll, seen, office.today),
        _lines(after, new, office.today),
        all_before,
        all_after,
        _placeless(roll, outcome),
        tuple(
            (roll.members[p.membership_id].name, p.title.name, names.get(p.unit_id, ""))
            for p in outcome.positions_ended
            if p.membership_id in roll.members and not _kept(p.membership_id, p.title.name, outcome)
        ),
        planned,
        period if figures else None,
        figures,
    )


def _seen(office: Office, plan: Plan) -> tuple[str, ...]:
    """Which units the side before shows."""
    if plan.kind is not Kind.MOVE_CELL:
        return plan.sources
    with office.read() as work:
        parent = work.units.get(plan.sources[0]).parent_id
    return tuple(one for one in (parent, plan.target) if one is not None)


def _last_month(office: Office, on: date) -> Period | None:
    """The last closed month, else the one before the day; ``None`` where nothing was recorded by then."""
    with office.read() as work:
        closed = work.months.closed()
        begun = work.months.newest_record(on)
    if closed:
        return Period.parse(max(closed))
    return None if begun is None else Period.month_of(on).previous()


def _sheet(office: Office, period: Period) -> Mapping[tuple[str, str | None], Figure]:
    try:
        sheet = office.figures.of(period)
    except UserError:  # nothing to compare with is no reason not to go on
        return {}
    return {key: row.now for key, row in sheet.cells.items()}


def _figures(
    office: Office,
    work: Work,
    plan: Plan,
    period: Period,
    old: Mapping[tuple[str, str | None], Figure],
    outcome: Outcome,
) -> tuple[tuple[Indicator, tuple[Figure | None, ...], tuple[Figure | None, ...]], ...]:
    if any(one.level is not Level.BRANCH for one in outcome.parts):
        return ()
    figures = office.figures
    definitions = figures.definitions(period)
    wanted = [one for one in definitions.indicators if one.code in COMPARED]
    parts = [one.id for one in outcome.parts]
    cut = replace(definitions, indicators=tuple(wanted))
    found = on_other_boundaries(cut, figures.facts(work, period), period.window, plan.on, parts)
    new = {(one.code, one.branch): one for one in found}
    return tuple(
        (
            one,
            tuple(old.get((one.code, source)) for source in plan.sources),
            tuple(new.get((one.code, part)) for part in parts),
        )
        for one in wanted
    )


def _lines(roll: Roll, unit_ids: Sequence[str], today: date) -> tuple[UnitLine, ...]:
    units = {one.id: one for one in roll.units}
    found = []
    for unit_id in unit_ids:
        of_cell = units[unit_id].level is Level.CELL
        members = [
            stay
            for stay in roll.placements
            if (stay.cell_id if of_cell else stay.branch_id) == unit_id
            and stay.membership_id in roll.members
            and (stay.from_on is None or stay.from_on <= today)
            and (stay.to_on is None or today < stay.to_on)
            and ((left := roll.members[stay.membership_id].left_on) is None or today < left)
        ]
        homes = sum(home.branch_id == unit_id for home in roll.households)
        cells = sum(one.parent_id == unit_id and one.level is Level.CELL and one.valid_to is None for one in roll.units)
        found.append(UnitLine(unit_id, units[unit_id].name, len(members), homes, cells))
    return tuple(found)


def _lasting(roll: Roll, outcome: Outcome) -> set[str]:
    return {one.id for one in roll.units} - {one.id for one in outcome.ended}


def _kept(membership_id: str, title: str, outcome: Outcome) -> bool:
    return any((one.membership_id, one.title.name) == (membership_id, title) for one in outcome.positions_begun)


def _placeless(roll: Roll, outcome: Outcome) -> tuple[Placeless, ...]:
    cells = {one.id: one.name for one in roll.units}
    at = {stay.membership_id: cells.get(stay.cell_id or "", "") for stay in roll.placements}
    homes = {one.id: one for one in roll.households}
    names = {who.person_id: who.name for who in roll.members.values()}
    waiting = set(outcome.unplaced)
    people = [
        Placeless(By.MEMBER, one, who.name, at.get(one, ""), who.hamlet)
        for one, who in roll.members.items()
        if one in waiting
    ]
    rest = [
        Placeless(By.HOUSEHOLD, one, homes[one].head_name or names.get(homes[one].head_id or "", "") or homes[one].code)
        for one in outcome.unplaced_households
    ]
    return (*people, *rest)
