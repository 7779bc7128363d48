"""What is kept of a branch meeting: the meeting, its minutes, the rows of its roster, opinions and who follows them up.

A meeting announces its theme, has a chair and a secretary, calls the roll, looks back at the last one, discusses, votes
where it must, collects the fee, concludes and says what comes next; minutes are mandatory (guidance on branch meetings
of the Women's Union, X congress).

Honorary members stand on the roster and count in its attendance: they have every right of a member but voting and
standing for election (charter of the XIII congress, 2022). They are left out where votes are counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sochihoi.domain.attendance import NotHeldYet
from sochihoi.domain.errors import UserError
from sochihoi.domain.meetings import Mark, MeetingKind, MeetingState, Tally, tally
from sochihoi.domain.minutes import BLANK_MINUTES, Minutes, read_time
from sochihoi.domain.vietnamese import nfc


class MeetingLack(StrEnum):
    """What a closed meeting should still have: a warning, never a refusal."""

    TOPIC = "TOPIC"
    MINUTES = "MINUTES"


@dataclass(eq=False)
class MeetingFixed(UserError):
    """The roster is frozen (or the meeting closed), so it cannot be moved or called off any more."""

    code: str
    closed: bool


@dataclass(eq=False)
class RosterNotFrozen(UserError):
    """Somebody is to be marked, or a sheet printed, before the roster is frozen."""

    code: str


@dataclass(eq=False)
class MeetingClosed(UserError):
    """A mark of a closed meeting would change: it has to be reopened first."""

    code: str


@dataclass(eq=False)
class MeetingNotClosed(UserError):
    """A meeting that is open already is to be reopened."""

    code: str


@dataclass(eq=False)
class NobodyOnRoster(UserError):
    """The branch has no member on the day of the meeting."""

    branch: str
    held_on: date


@dataclass(eq=False)
class AlreadyPlanned(UserError):
    """These branches have a meeting on that day already."""

    branches: tuple[str, ...]
    held_on: date


@dataclass(eq=False)
class RosterHasMarks(UserError):
    """A frozen roster would be given up although somebody has a mark on it."""

    count: int


@dataclass(eq=False)
class NotOnRoster(UserError):
    """A mark or a note is for a row that the roster of this meeting has not."""

    code: str


@dataclass(eq=False)
class AlreadyOnRoster(UserError):
    """She stands on the roster already."""

    name: str
    row_number: int


@dataclass(eq=False)
class NotOfTheBranch(UserError):
    """She is no member of the branch on the day of the meeting: a guest, not a row of the roster."""


@dataclass(eq=False)
class MinutesIncomplete(UserError):
    """The minutes are called done while these fields are empty (names of fields)."""

    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of one branch. Times are ``14:00`` or empty; ``guests`` is a head-count and is in no rate."""

    id: str
    code: str  # SH-0012, printed on the sheet
    branch_id: str
    held_on: date
    starts_at: str = ""
    ends_at: str = ""
    place: str = ""
    kind: MeetingKind = MeetingKind.REGULAR
    topic: str = ""
    state: MeetingState = MeetingState.PLANNED
    frozen_on: date | None = None
    closed_on: date | None = None
    unmarked_meaning: Mark | None = None
    guests: int = 0
    guest_note: str = ""
    chair: str = ""
    secretary: str = ""
    minutes: Minutes = BLANK_MINUTES
    minutes_done_on: date | None = None

    def ensure_planned(self) -> None:
        """Raises ``MeetingFixed`` once the roster is frozen."""
        if self.state is not MeetingState.PLANNED:
            raise MeetingFixed(self.code, self.state is MeetingState.CLOSED)

    def ensure_marking(self) -> None:
        """Raises ``RosterNotFrozen`` before, ``MeetingClosed`` after the time in which people are marked."""
        if self.state is MeetingState.PLANNED:
            raise RosterNotFrozen(self.code)
        if self.state is MeetingState.CLOSED:
            raise MeetingClosed(self.code)

    def is_ahead(self, today: date) -> bool:
        """Whether its day is to come: the sheet can be printed, nobody can be marked."""
        return self.held_on > today

    def check_held(self, today: date) -> None:
        """Raises ``NotHeldYet`` before its day."""
        if self.is_ahead(today):
            raise NotHeldYet(self.held_on)

    def ensure_open(self) -> None:
        """Raises ``MeetingClosed``."""
        if self.state is MeetingState.CLOSED:
            raise MeetingClosed(self.code)

    def lacks(self) -> tuple[MeetingLack, ...]:
        """What it should still have."""
        found = []
        if not self.topic:
            found.append(MeetingLack.TOPIC)
        if self.minutes.said_nothing:
            found.append(MeetingLack.MINUTES)
        return tuple(found)

    def missing_in_minutes(self) -> tuple[str, ...]:
        """Fields without which minutes cannot be signed: both signers, and something said."""
        names = [name for name in ("chair", "secretary") if not getattr(self, name)]
        return (*names, *(("conclusion",) if self.minutes.said_nothing else ()))


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """What is known when a meeting is planned; the same for every branch that it is planned for."""

    held_on: date
    starts_at: str = ""
    place: str = ""
    kind: MeetingKind = MeetingKind.REGULAR
    topic: str = ""

    def cleaned(self) -> MeetingPlan:
        """NFC, times as ``14:00``. Raises ``FieldProblem``."""
        return MeetingPlan(
            self.held_on, read_time(self.starts_at, "starts_at"), nfc(self.place), self.kind, nfc(self.topic)
        )


@dataclass(frozen=True, slots=True)
class MinutesForm:
    """Everything that the minutes page writes, in one piece."""

    topic: str = ""
    starts_at: str = ""
    ends_at: str = ""
    place: str = ""
    chair: str = ""
    secretary: str = ""
    guests: int = 0
    guest_note: str = ""
    minutes: Minutes = BLANK_MINUTES


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting as a list shows it. ``tally`` counts persons on its roster; a planned meeting has none."""

    id: str
    code: str
    branch_id: str
    branch: str
    held_on: date
    starts_at: str
    place: str
    kind: MeetingKind
    topic: str
    state: MeetingState
    tally: Tally
    guests: int
    has_minutes: bool
    minutes_done_on: date | None
    open_proposals: int


@dataclass(frozen=True, slots=True)
class BranchLine:
    """A branch in a month: one of its meetings, or none yet. ``due``: it should meet in this month."""

    branch_id: str
    branch: str
    meeting: MeetingRow | None = None
    due: bool = True


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A row of the frozen roster. ``birth`` is an ISO text as far as known; ``mark`` ``None`` = not marked."""

    id: str
    membership_id: str
    row_number: int
    full_name: str
    search_key: str
    birth: str
    cell: str
    honorary: bool
    mark: Mark | None
    note: str


@dataclass(frozen=True, slots=True)
class BranchMember:
    """Somebody who may stand on a roster of her branch on a day."""

    branch_id: str
    membership_id: str
    full_name: str
    cell: str
    honorary: bool
    name_order: str
    cell_order: str


def roster_order(members: Sequence[BranchMember], *, by_cell: bool) -> list[BranchMember]:
    """The order of the row numbers: by given name, or cell by cell and by given name within; no cell comes last."""

    def place(one: BranchMember) -> tuple[bool, str, str, str]:
        cell = (not one.cell, one.cell_order) if by_cell else (False, "")
        return (*cell, one.name_order, one.membership_id)

    return sorted(members, key=place)


@dataclass(frozen=True, slots=True)
class Attended:
    """One line of a person's attendance: a closed meeting on whose roster she stood."""

    meeting_id: str
    held_on: date
    branch: str
    kind: MeetingKind
    topic: str
    mark: Mark
    note: str


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """A meeting with its roster: what the attendance page shows."""

    meeting: Meeting
    branch: str
    rows: tuple[RosterRow, ...]
    month_closed_on: date | None  # the month of the meeting was closed on this day: nothing changes any more

    @property
    def tally(self) -> Tally:
        """Persons on the roster by mark."""
        return tally(row.mark for row in self.rows)


@dataclass(frozen=True, slots=True)
class Closed:
    """A meeting that was closed: its figures, and what it still lacks (warnings)."""

    tally: Tally
    lacks: tuple[MeetingLack, ...]
