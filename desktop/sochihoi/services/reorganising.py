"""Branches merge, split, are renamed, cells move: worked out, rehearsed on a copy of the book, then done as one act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from sochihoi.domain.members import Placement
from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.domain.reorganisation import By, Kind, NotThatDay, Outcome, Plan, RecordsFromThen, Roll, TooFewUnits
from sochihoi.domain.succession import work_out
from sochihoi.domain.units import Level, Unit, forward
from sochihoi.domain.vietnamese import fold, text_key

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.services.rehearsing import Rehearsal
    from sochihoi.storage.work import Work

ACTS: Final[Mapping[Kind, str]] = {
    Kind.MERGE: "unit.merge",
    Kind.SPLIT: "unit.split",
    Kind.RENAME: "unit.renamed_from",
    Kind.MOVE_CELL: "unit.move_cell",
}
_NOBODY: Final = Unwatched()


@dataclass(frozen=True, slots=True)
class Group:
    """A way to say who goes where: a cell, a hamlet or one member of a branch, and how many members that is."""

    by: By
    key: str
    name: str
    members: int
    cell: str = ""
    hamlet: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a branch came of, and since when it is there. ``part``: others came of the same."""

    on: date
    names: tuple[str, ...]
    part: bool


class Reorganising:
    """Reorganisations of the branches and cells of a commune."""

    def __init__(self, office: Office) -> None:
        self._office = office

    # ------------------------------------------------------------------ asking

    def forward(self, unit_id: str, day: date) -> tuple[Unit, ...]:
        """Who stands for a unit on a day: itself, its successors later, what it came of earlier."""
        with self._office.read() as work:
            return forward(work.units.all(), unit_id, day)

    def came_of(self, branch_id: str, since: date) -> Origin | None:
        """What a branch came of that began on ``since`` or later; ``None`` for any other branch."""
        with self._office.read() as work:
            units = {one.id: one for one in work.units.all()}
        one = units.get(branch_id)
        if one is None or one.valid_from is None or one.valid_from < since or not one.predecessor_ids:
            return None
        before = [units[i] for i in one.predecessor_ids if i in units]
        part = any(set(one.predecessor_ids) & set(u.predecessor_ids) for u in units.values() if u.id != one.id)
        return Origin(one.valid_from, tuple(u.name for u in before), part=part) if before else None

    def groups(self, branch_id: str, on: date, by: By) -> tuple[Group, ...]:
        """The cells, hamlets or members of a branch, with the members placed there on the day or later."""
        with self._office.read() as work:
            roll = self.roll(work, [branch_id], on)
        units = {one.id: one.name for one in roll.units}
        stays = list(_last_stays(roll).values())
        if by is By.CELL:
            placed_in = Counter(stay.cell_id for stay in stays)
            cells = [u for u in roll.units if u.level is Level.CELL and u.parent_id == branch_id and u.valid_on(on)]
            return tuple(Group(by, one.id, one.name, placed_in[one.id]) for one in cells)
        if by is By.HAMLET:
            told: dict[str, str] = {}
            for stay in stays:
                hamlet = roll.members[stay.membership_id].hamlet
                told.setdefault(fold(hamlet), hamlet)
            living = Counter(fold(roll.members[stay.membership_id].hamlet) for stay in stays)
            found = [Group(by, key, name, living[key]) for key, name in told.items() if key]
            return tuple(sorted(found, key=lambda one: text_key(one.name)))
        placed = {stay.membership_id: stay for stay in stays}
        return tuple(
            Group(by, one, who.name, 1, units.get(placed[one].cell_id or "", ""), who.hamlet)
            for one, who in roll.members.items()
            if one in placed
        )

    def work_out(self, plan: Plan) -> Outcome:
        """What would follow, without writing anything. Raises ``RecordsFromThen`` and as ``succession``."""
        with self._office.read() as work:
            return self._outcome(work, plan)

    def rehearse(self, plan: Plan, progress: Progress = _NOBODY) -> Rehearsal:
        """Do it on a copy of the book in a temporary folder, look at both, take the copy away; any thread.

        Nothing in the book changes. Raises as ``work_out``, ``DatabaseDamaged``, ``DiskFull``, ``Cancelled``.
        """
        from sochihoi.services.rehearsing import rehearse

        return rehearse(self._office, plan, progress)

    # ------------------------------------------------------------------ doing

    def commit(self, plan: Plan, *, whole: bool = True) -> Outcome:
        """One act, one batch, which can be taken back. Raises as ``work_out``, ``StillUnplaced``, ``NotAllowed``.

        Without ``whole`` who has no place stays where she is: only a rehearsal does that.
        """
        from sochihoi.storage import rolls

        with self._office.write(ACTS[plan.kind], dates=[plan.on]) as work:
            outcome = self._outcome(work, plan)
            if whole:
                outcome.check_whole()
            off = self.called_off(work, plan)
            rolls.carry_out(work, outcome)
            if plan.kind is Kind.RENAME:
                rolls.rename(work, plan.sources[0], outcome.parts[0].id, plan.on)
            for meeting in off:
                work.meetings.remove(meeting, self._office.today)
            return outcome

    def called_off(self, work: Work, plan: Plan) -> tuple[str, ...]:
        """Planned meetings of branches that are no more: nobody can say which of the new ones would meet."""
        from sochihoi.storage import rolls

        ends = plan.kind in (Kind.MERGE, Kind.SPLIT)
        return rolls.planned(work, plan.sources, plan.on) if ends else ()

    # ------------------------------------------------------------------ inside

    def roll(self, work: Work, sources: Sequence[str], on: date) -> Roll:
        """The register of some branches, or of the branches of some cells, from a day on."""
        from sochihoi.storage import rolls

        units = {one.id: one for one in work.units.all()}
        named = [units[one] for one in sources if one in units]
        branches = [one.id if one.level is Level.BRANCH else one.parent_id or "" for one in named]
        below = [one.id for one in units.values() if one.level is Level.CELL and one.parent_id in branches]
        return rolls.roll(work, branches, [*sources, *below], on)

    def _outcome(self, work: Work, plan: Plan) -> Outcome:
        from sochihoi.storage import rolls

        if not plan.sources:
            raise TooFewUnits(plan.kind) if plan.kind is Kind.MERGE else NotThatDay("", plan.on)
        roll = self.roll(work, plan.sources, plan.on)
        outcome = work_out(plan, roll, self._office.today, self._office.new_id)
        if plan.kind in (Kind.MERGE, Kind.SPLIT):
            for source in plan.sources:
                newest = rolls.newest_held(work, source, plan.on)
                if newest is not None:
                    raise RecordsFromThen(work.units.get(source).name, plan.on, newest)
        return outcome


def _last_stays(roll: Roll) -> dict[str, Placement]:
    """The last stay of everyone who has not left."""
    return {
        stay.membership_id: stay
        for stay in roll.placements
        if stay.membership_id in roll.members
        and stay.to_on is None
        and roll.members[stay.membership_id].left_on is None
    }
