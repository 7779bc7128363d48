"""What a commune decided about its branches and cells: merged, split, renamed from a day, a cell moved.

The old units end on that day and new ones begin that name them as predecessors: what was recorded before stays under
the old unit and its old name. ``domain.succession`` works out what follows from a plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import TypeVar

from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.domain.members import Household, Placement, Position
from sochihoi.domain.units import Unit
from sochihoi.domain.vietnamese import nfc


class Kind(Enum):
    """What happens."""

    MERGE = "merge"  # two branches or more become one
    SPLIT = "split"  # one branch becomes two or more
    RENAME = "rename"  # a branch or cell has another name from a day
    MOVE_CELL = "move_cell"  # a cell belongs to another branch from a day
    PART = "part"  # it goes whole to a new commune: said of stays only, planned by ``domain.parting``


_REORGANISED = "reorganised:"


def stay_reason(kind: Kind, decision: str) -> str:
    """The reason of a stay that a reorganisation began (``reorganised:move_cell 12/QĐ``): nobody was transferred, came
    or went. ``decision`` may be empty."""
    return f"{_REORGANISED}{kind.value} {nfc(decision)}".strip()


def reorganised_by(reason: str) -> tuple[Kind | None, str]:
    """What a stay came of and by which decision; ``None`` and the text itself for a reason that a person typed."""
    if not reason.startswith(_REORGANISED):
        return None, reason
    kind, _space, decision = reason.removeprefix(_REORGANISED).partition(" ")
    known = {one.value: one for one in Kind}
    return (known[kind], decision) if kind in known else (None, reason)


class By(Enum):
    """By what it is said who goes where; what stands first wins."""

    MEMBER = "member"  # a membership's id
    CELL = "cell"  # a cell's id
    HAMLET = "hamlet"  # the hamlet where she lives, folded
    HOUSEHOLD = "household"  # a household's id: only where no member living there says it


@dataclass(frozen=True, slots=True)
class Goes:
    """Whom ``key`` names goes to the part of that number (from 0, in the order of ``Plan.names``)."""

    by: By
    key: str
    part: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A reorganisation. ``on`` is the first day of the new units.

    ``sources``: the branches that end (a cell for ``MOVE_CELL``). ``names``: of the new units, one for a merger or a
    renaming, two or more for a split, none for a move. ``target``: the branch that a cell moves to. ``goes`` and
    ``rest`` say who goes where in a split; ``rest`` is the part of everyone whom ``goes`` does not name.
    ``decision``: number of the paper that decided it; it stands with every stay that begins (``stay_reason``).
    """

    kind: Kind
    on: date
    sources: tuple[str, ...]
    names: tuple[str, ...] = ()
    target: str | None = None
    goes: tuple[Goes, ...] = ()
    rest: int | None = None
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Of a membership what a plan asks for."""

    name: str
    person_id: str
    hamlet: str = ""
    household_id: str | None = None
    left_on: date | None = None


@dataclass(frozen=True)
class Roll:
    """The register that a plan is worked out on. ``closed``: months (``2026-10``) with the day of closing."""

    units: tuple[Unit, ...]
    members: Mapping[str, Enrolled]  # by membership
    placements: tuple[Placement, ...]
    positions: tuple[Position, ...] = ()
    households: tuple[Household, ...] = ()
    closed: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What follows from a plan: records to save, records to add, and who has no place yet.

    ``parts`` are the new branches (the target of a move), in the order of the plan. ``ended`` units and stays carry
    the day; ``moved`` stays began on the day or later, so that they are in the new unit altogether.
    """

    plan: Plan
    parts: tuple[Unit, ...]
    ended: tuple[Unit, ...]
    begun: tuple[Unit, ...]
    stays_ended: tuple[Placement, ...] = ()
    stays_begun: tuple[Placement, ...] = ()
    stays_moved: tuple[Placement, ...] = ()
    positions_ended: tuple[Position, ...] = ()
    positions_begun: tuple[Position, ...] = ()
    households: tuple[Household, ...] = ()
    unplaced: tuple[str, ...] = ()  # memberships
    unplaced_households: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether everyone has a place."""
        return not self.unplaced and not self.unplaced_households

    def check_whole(self) -> None:
        """Raises ``StillUnplaced``."""
        if not self.whole:
            raise StillUnplaced(len(self.unplaced), len(self.unplaced_households))

    def carried_out(self, roll: Roll) -> Roll:
        """The register as it is afterwards."""
        return replace(
            roll,
            units=_with(roll.units, self.ended, self.begun),
            placements=_with(roll.placements, (*self.stays_ended, *self.stays_moved), self.stays_begun),
            positions=_with(roll.positions, self.positions_ended, self.positions_begun),
            households=_with(roll.households, self.households, ()),
        )


R = TypeVar("R", Unit, Placement, Position, Household)


def _with(records: tuple[R, ...], changed: tuple[R, ...], new: tuple[R, ...]) -> tuple[R, ...]:
    anew = {one.id: one for one in changed}
    kept: tuple[R, ...] = tuple(anew.get(one.id, one) for one in records)
    return kept + new


@dataclass(eq=False)
class UnitNameEmpty(FieldProblem):
    """A new unit without a name. ``field`` is ``name`` and the number of the part."""


@dataclass(eq=False)
class UnitNameTaken(FieldProblem):
    """Another unit beside it has that name on that day."""


@dataclass(eq=False)
class TooFewUnits(UserError):
    """A merger of fewer than two branches, a split into fewer than two."""

    kind: Kind


@dataclass(eq=False)
class NotThatDay(UserError):
    """A unit of the plan does not exist on its day, or ends already afterwards."""

    name: str
    on: date


@dataclass(eq=False)
class DayToCome(FieldProblem):
    """The day has not come yet: until then members may still move."""


@dataclass(eq=False)
class GoesRoundInRing(UserError):
    """A unit would become part of itself, or stay where it is."""

    name: str


@dataclass(eq=False)
class StillUnplaced(UserError):
    """Members or households have no place in what would be."""

    members: int
    households: int


@dataclass(eq=False)
class RecordsFromThen(UserError):
    """Meetings of an old branch were held on the day or later: the branch cannot have ended before them."""

    name: str
    on: date
    newest: date
