"""What follows from a plan of reorganisation: a pure function from the register to the records that end and begin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from sochihoi.domain.errors import MonthClosed
from sochihoi.domain.members import Household, Placement, Position
from sochihoi.domain.reorganisation import (
    By,
    DayToCome,
    GoesRoundInRing,
    Kind,
    NotThatDay,
    Outcome,
    Plan,
    Roll,
    TooFewUnits,
    UnitNameEmpty,
    UnitNameTaken,
    stay_reason,
)
from sochihoi.domain.units import Level, Unit
from sochihoi.domain.vietnamese import fold, nfc

NewId = Callable[[], str]


def work_out(plan: Plan, roll: Roll, today: date, new_id: NewId) -> Outcome:
    """What ends and begins on the day of a plan, and who has no place yet (nobody is lost: who is not placed is named).

    Raises ``DayToCome``, ``MonthClosed`` (the day's month or a later one is closed), ``NotThatDay``, ``TooFewUnits``,
    ``UnitNameEmpty``, ``UnitNameTaken``, ``GoesRoundInRing``.
    """
    if plan.on > today:
        raise DayToCome("on", "IN_THE_FUTURE", plan.on.isoformat())
    later = [month for month in roll.closed if month >= f"{plan.on.year:04}-{plan.on.month:02}"]
    if later:
        raise MonthClosed(min(later), roll.closed[min(later)])
    return _Working(plan, roll, new_id).outcome()


class _Working:
    def __init__(self, plan: Plan, roll: Roll, new_id: NewId) -> None:
        self._plan, self._roll, self._new_id = plan, roll, new_id
        self._units = {one.id: one for one in roll.units}
        self._sources = self._checked_sources()
        self._moving = plan.kind is Kind.MOVE_CELL or self._sources[0].level is Level.CELL
        self._parts = self._new_parts()
        self._cells: dict[tuple[str, int], Unit] = {}  # old cell and part -> the cell that it becomes there
        self._named: dict[int, set[str]] = defaultdict(set)  # names of the cells of each part
        self._goes: dict[tuple[By, str], int] = {(one.by, one.key): one.part for one in plan.goes}

    # ------------------------------------------------------------------ what the plan says

    def _checked_sources(self) -> tuple[Unit, ...]:
        plan = self._plan
        found = []
        for source in dict.fromkeys(plan.sources):
            unit = self._units.get(source)
            if unit is None or not unit.valid_on(plan.on) or unit.valid_to is not None:
                raise NotThatDay(unit.name if unit else "", plan.on)
            if unit.valid_from == plan.on:
                raise NotThatDay(unit.name, plan.on)  # it would have lived no day
            found.append(unit)
        wanted = 2 if plan.kind is Kind.MERGE else 1
        if len(found) < wanted or (plan.kind is not Kind.MERGE and len(found) > 1):
            raise TooFewUnits(plan.kind)
        if plan.kind is Kind.SPLIT and len(plan.names) < 2:
            raise TooFewUnits(plan.kind)
        return tuple(found)

    def _new_parts(self) -> tuple[Unit, ...]:
        plan, first = self._plan, self._sources[0]
        if plan.kind is Kind.MOVE_CELL:
            return (self._target(first),)
        ending = {one.id for one in self._sources}
        beside = {
            fold(u.name)
            for u in self._roll.units
            if u.parent_id == first.parent_id
            and u.level is first.level
            and u.id not in ending
            # also those that begin later: from then on both would be there
            and (u.valid_to is None or u.valid_to > plan.on)
        }
        parts = []
        for at, name in enumerate(plan.names):
            told = nfc(name)
            if not told:
                raise UnitNameEmpty(f"name{at}", "empty")
            if fold(told) in beside or (plan.kind is Kind.RENAME and told == first.name):
                raise UnitNameTaken(f"name{at}", "taken", told)
            beside.add(fold(told))
            parts.append(
                Unit(
                    self._new_id(),
                    first.level,
                    told,
                    code=first.code if plan.kind is Kind.RENAME else None,
                    parent_id=first.parent_id,
                    valid_from=plan.on,
                    predecessor_ids=tuple(one.id for one in self._sources),
                )
            )
        if not parts:
            raise UnitNameEmpty("name0", "empty")
        return tuple(parts)

    def _target(self, cell: Unit) -> Unit:
        target = self._units.get(self._plan.target or "")
        if target is None or not target.valid_on(self._plan.on) or target.valid_to is not None:
            raise NotThatDay(target.name if target else "", self._plan.on)
        above: str | None = target.id
        seen: set[str] = set()
        while above is not None and above not in seen:
            if above == cell.id:
                raise GoesRoundInRing(cell.name)
            seen.add(above)
            above = self._units[above].parent_id if above in self._units else None
        if target.id == cell.parent_id or target.level is not Level.BRANCH:
            raise GoesRoundInRing(cell.name)
        return target

    # ------------------------------------------------------------------ who goes where

    def _part_of(self, stay: Placement) -> int | None:
        if len(self._parts) == 1:
            return 0
        who = self._roll.members[stay.membership_id]
        keys = ((By.MEMBER, stay.membership_id), (By.CELL, stay.cell_id or ""), (By.HAMLET, fold(who.hamlet)))
        told = next((self._goes[key] for key in keys if key[1] and key in self._goes), self._plan.rest)
        return told if told is not None and 0 <= told < len(self._parts) else None

    def _cell_in(self, cell_id: str | None, part: int) -> str | None:
        """The cell that an old cell becomes in a part; made when it is first wanted."""
        if cell_id is None or cell_id not in self._units:
            return None
        if (cell_id, part) not in self._cells:
            old, branch = self._units[cell_id], self._parts[part]
            taken = self._named[part] or {
                fold(u.name)
                for u in self._roll.units
                if u.parent_id == branch.id and (u.valid_to is None or u.valid_to > self._plan.on)
            }
            name = old.name
            if fold(name) in taken and old.parent_id in self._units:
                name = f"{old.name} ({self._units[old.parent_id].name})"
            self._named[part] = taken | {fold(name)}
            self._cells[cell_id, part] = Unit(
                self._new_id(),
                Level.CELL,
                name,
                parent_id=branch.id,
                valid_from=self._plan.on,
                predecessor_ids=(cell_id,),
            )
        return self._cells[cell_id, part].id

    def _new_place(self, stay: Placement, part: int) -> tuple[str, str | None]:
        """The branch and cell of a stay afterwards."""
        if self._plan.kind is Kind.MOVE_CELL:
            return self._parts[0].id, self._cell_in(stay.cell_id, 0)
        if self._moving:  # a cell renamed: the branch stays
            return stay.branch_id, self._parts[0].id
        return self._parts[part].id, self._cell_in(stay.cell_id, part)

    def _lasting(self) -> list[tuple[Placement, date | None]]:
        """Stays in an ending unit that last on the day or begin later, each with its true end."""
        ending = {one.id for one in self._sources}
        found = []
        for stay in self._roll.placements:
            who = self._roll.members.get(stay.membership_id)
            if who is None or (stay.cell_id if self._moving else stay.branch_id) not in ending:
                continue
            ends = min((day for day in (stay.to_on, who.left_on) if day is not None), default=None)
            if (ends is None or ends > self._plan.on) and (ends is None or ends != stay.from_on):
                found.append((stay, stay.to_on))
        return found

    # ------------------------------------------------------------------ what follows

    def outcome(self) -> Outcome:
        plan = self._plan
        stays_ended, stays_begun, stays_moved = [], [], []
        unplaced: list[str] = []
        where: dict[str, int] = {}  # the part of each membership after her last stay
        for empty in self._cells_without_members():
            for told in [0] if len(self._parts) == 1 else self._told_parts(empty):
                self._cell_in(empty.id, told)
        for stay, ends in self._lasting():
            part = self._part_of(stay)
            if part is None:
                unplaced.append(stay.membership_id)
                continue
            where[stay.membership_id] = part
            branch, cell = self._new_place(stay, part)
            if stay.from_on is not None and stay.from_on >= plan.on:
                stays_moved.append(replace(stay, branch_id=branch, cell_id=cell))
                continue
            stays_ended.append(replace(stay, to_on=plan.on))
            why = stay_reason(plan.kind, plan.decision)
            stays_begun.append(Placement(self._new_id(), stay.membership_id, branch, cell, plan.on, ends, why))
        households, homeless = self._households(where)
        heirs = self._heirs()
        over, anew = self._positions(heirs, where)
        begun = [] if plan.kind is Kind.MOVE_CELL else list(self._parts)
        return Outcome(
            plan,
            self._parts,
            tuple(
                replace(one, valid_to=max(plan.on, one.valid_from or plan.on))
                for one in (*self._sources, *self._cells_ending())
            ),
            (*begun, *self._cells.values()),
            tuple(stays_ended),
            tuple(stays_begun),
            tuple(stays_moved),
            over,
            anew,
            households,
            tuple(dict.fromkeys(unplaced)),
            homeless,
        )

    def _cells_ending(self) -> tuple[Unit, ...]:
        """The cells of ending branches that last."""
        ending = {one.id for one in self._sources}
        return tuple(
            u for u in self._roll.units if u.level is Level.CELL and u.parent_id in ending and u.valid_to is None
        )

    def _cells_without_members(self) -> tuple[Unit, ...]:
        """Cells that go on though nobody is placed there; a moved cell among them."""
        lived_in = {stay.cell_id for stay, _ends in self._lasting()}
        moved = self._sources if self._plan.kind is Kind.MOVE_CELL else ()
        return tuple(one for one in (*moved, *self._cells_ending()) if one.id not in lived_in)

    def _told_parts(self, cell: Unit) -> list[int]:
        told = self._goes.get((By.CELL, cell.id), self._plan.rest)
        return [] if told is None else [told]

    def _heirs(self) -> dict[str, str]:
        """Old unit -> the one that goes on with it and with nothing else: those keep their officers."""
        heirs = {}
        if self._plan.kind is Kind.RENAME:
            heirs[self._sources[0].id] = self._parts[0].id
        by_cell: dict[str, list[str]] = defaultdict(list)
        for (old, _part), new in self._cells.items():
            by_cell[old].append(new.id)
        return heirs | {old: new[0] for old, new in by_cell.items() if len(new) == 1}

    def _positions(
        self, heirs: Mapping[str, str], where: Mapping[str, int]
    ) -> tuple[tuple[Position, ...], tuple[Position, ...]]:
        """Offices in ending units end; where one unit goes on as one, its officers who go with it keep theirs."""
        ending = {one.id for one in (*self._sources, *self._cells_ending())}
        over, anew = [], []
        for held in self._roll.positions:
            if held.unit_id not in ending or (held.to_on is not None and held.to_on <= self._plan.on):
                continue
            last = held.from_on if held.from_on is not None and held.from_on > self._plan.on else self._plan.on
            over.append(replace(held, to_on=last))
            if held.unit_id in heirs and held.membership_id in where:
                anew.append(
                    replace(held, id=self._new_id(), unit_id=heirs[held.unit_id], from_on=last, to_on=held.to_on)
                )
        return tuple(over), tuple(anew)

    def _households(self, where: Mapping[str, int]) -> tuple[tuple[Household, ...], tuple[str, ...]]:
        """Households follow the members who live there; where these part, the head; else what the plan says."""
        if self._sources[0].level is Level.CELL and self._plan.kind is not Kind.MOVE_CELL:
            return (), ()
        branches = {one.parent_id if self._moving else one.id for one in self._sources}
        living: dict[str, dict[str, int | None]] = defaultdict(dict)  # household -> person -> part
        for stay in self._roll.placements:
            who = self._roll.members.get(stay.membership_id)
            if who is None or who.household_id is None or stay.branch_id not in branches:
                continue
            if stay.to_on is None and who.left_on is None:
                living[who.household_id][who.person_id] = where.get(stay.membership_id)
        moved, homeless = [], []
        for home in self._roll.households:
            if home.branch_id not in branches:
                continue
            part = self._home_part(home, living.get(home.id, {}))
            if part is not None:
                moved.append(replace(home, branch_id=self._parts[part].id))
            elif not self._moving and None not in living.get(home.id, {}).values():
                homeless.append(home.id)  # where she who lives there has no place yet, it goes with her
        return tuple(moved), tuple(homeless)

    def _home_part(self, home: Household, living: Mapping[str, int | None]) -> int | None:
        parts = set(living.values())
        if self._moving:  # it leaves the branch only with everyone
            return 0 if parts == {0} else None
        if len(self._parts) == 1:
            return 0
        if len(parts) == 1 and None not in parts:
            return parts.pop()
        with_head = living.get(home.head_id) if home.head_id is not None else None
        if with_head is not None:
            return with_head
        told = self._goes.get((By.HOUSEHOLD, home.id), self._plan.rest if not parts else None)
        return told if told is not None and 0 <= told < len(self._parts) else None
