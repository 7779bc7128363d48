"""What figures are counted from: one frozen snapshot of a commune's records, without names.

A snapshot covers the year to date, the month before, and the assessments of the year before.
"First day no longer" is how ends are kept: a member who left on the 31st is not counted on the 31st.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from sochihoi.domain.campaign import Assessment, CriteriaSet, Round
from sochihoi.domain.periods import Period, Window
from sochihoi.domain.scoring import BranchScore, ScoreState
from sochihoi.domain.study import Channel, DocumentKind
from sochihoi.domain.units import Level, Unit, forward


def within(day: date, start: date | None, end: date | None) -> bool:
    """Whether ``day`` lies from ``start`` to the day before ``end``; an unknown side is open."""
    return (start is None or start <= day) and (end is None or day < end)


@dataclass(frozen=True, slots=True)
class PlacementFact:
    """A stay in a branch. ``to_on`` is the first day no longer there."""

    branch: str
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class MemberFact:
    """One membership.

    ``joined_on`` only when the whole date is known: a joining year alone makes nobody new in a month.
    ``counts_from`` is the day from which she is counted (``None``: always); ``left_on`` the first day no longer.
    """

    membership: str
    person: str
    placements: tuple[PlacementFact, ...]
    joined_on: date | None = None
    counts_from: date | None = None
    left_on: date | None = None
    join_kind: str = ""
    left_reason: str = ""
    household: str | None = None
    honorary: bool = False
    core: bool = False
    party: bool = False
    ethnic_minority: bool = False
    religious: bool = False
    excluded_from_growth: bool = False
    bhyt: bool = False

    def is_member(self, day: date) -> bool:
        """Whether she is a member at the end of that day."""
        return within(day, self.counts_from, self.left_on)

    def branch_on(self, day: date) -> str | None:
        """The branch she is in on that day, else the nearest one before, else her first."""
        current = [p.branch for p in self.placements if within(day, p.from_on, p.to_on)]
        if current:
            return current[-1]
        earlier = [p.branch for p in self.placements if p.from_on is None or p.from_on <= day]
        return earlier[-1] if earlier else (self.placements[0].branch if self.placements else None)

    @property
    def last_day(self) -> date | None:
        """The last day as a member."""
        return None if self.left_on is None else self.left_on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PositionFact:
    """A post held. ``title`` is the code of the post, such as ``BRANCH_HEAD``; ``to_on`` the first day no longer."""

    id: str
    membership: str
    unit: str
    title: str
    from_on: date | None = None
    to_on: date | None = None
    trained_on: date | None = None


@dataclass(frozen=True, slots=True)
class BranchFact:
    """A branch or a cell with its life. A cell names its branch as ``parent``; ``predecessors`` are what it came of."""

    id: str
    valid_from: date | None = None
    valid_to: date | None = None
    parent: str | None = None
    predecessors: tuple[str, ...] = ()

    def exists(self, day: date) -> bool:
        """Whether the unit exists on that day."""
        return within(day, self.valid_from, self.valid_to)


@dataclass(frozen=True, slots=True)
class MeetingFact:
    """A meeting with its frozen roster. ``closed`` means that every row has a mark and the meeting is finished."""

    id: str
    branch: str
    held_on: date
    closed: bool
    roster: int
    present: int
    kind: str = "REGULAR"
    has_topic: bool = True
    has_minutes: bool = True


@dataclass(frozen=True, slots=True)
class SessionFact:
    """A study session. ``branches``: those it was held for, none for the whole commune. ``attendees`` are memberships;
    ``headcounts`` are pairs of group name and people.
    """

    id: str
    campaign: str
    kind: DocumentKind
    held_on: date
    branches: tuple[str, ...] = ()
    attendees: tuple[str, ...] = ()
    headcounts: tuple[tuple[str, int], ...] = ()
    channels: tuple[Channel, ...] = ()

    @property
    def attendances(self) -> int:
        """Lượt người: everyone at this session, counted again at the next."""
        return len(self.attendees) + sum(people for _group, people in self.headcounts)


@dataclass(frozen=True, slots=True)
class RegistrationFact:
    """What a household did in one year of the campaign."""

    year: int
    registered_on: date | None = None
    mobilised_on: date | None = None
    plaque_on: date | None = None


@dataclass(frozen=True, slots=True)
class HouseholdFact:
    """A household. Whether it is a member household follows from the members who live there."""

    id: str
    branch: str | None
    registrations: tuple[RegistrationFact, ...] = ()

    def in_year(self, year: int) -> RegistrationFact:
        """Its registration of that year, an empty one when there is none."""
        return next((one for one in self.registrations if one.year == year), RegistrationFact(year))


@dataclass(frozen=True, slots=True)
class AssessmentFact:
    """A finished round of one household, judged with the set that it was made with."""

    household: str
    year: int
    set_code: str
    round: Round
    done_on: date
    passed: bool
    failed: tuple[str, ...] = ()

    @classmethod
    def of(cls, assessment: Assessment, criteria: CriteriaSet) -> AssessmentFact | None:
        """Judge a record. ``None`` while it is not finished. Raises ``WrongYearSet`` for another set."""
        if assessment.done_on is None:
            return None
        verdict = assessment.check_done(criteria)
        return cls(
            assessment.household_id,
            assessment.year,
            assessment.set_code,
            assessment.round,
            assessment.done_on,
            passed=bool(verdict.passed),
            failed=verdict.failed,
        )


@dataclass(frozen=True, slots=True)
class ScoreFact:
    """The score sheet of a branch: its band once verified, its title once decided. ``title`` is empty without one."""

    id: str
    branch: str
    year: int
    state: str
    band: str | None = None
    title: str | None = None
    verified_on: date | None = None
    decided_on: date | None = None

    @classmethod
    def of(cls, score: BranchScore) -> ScoreFact:
        """From the record."""
        decided = score.state in (ScoreState.RECOGNISED, ScoreState.NOT_RECOGNISED, ScoreState.REPORTED)
        return cls(
            score.id,
            score.branch_id,
            score.year,
            score.state.name,
            score.band,
            score.title.name if score.title else None,
            score.verified_on,
            score.recognised_on if decided else None,
        )


@dataclass(frozen=True, slots=True)
class EnteredFact:
    """A figure that an officer entered for a month.

    With a branch it is the branch's own; without, what belongs to the commune itself and to no branch. ``of``: the
    earlier branch that entered it, when it is seen on later boundaries; ``heirs``: those that came of that one.
    """

    code: str
    branch: str | None
    period: Period
    value: int
    denominator: int | None = None
    of: str | None = None
    heirs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """Everything that the figures of a month are counted from. ``set_codes``: year -> code of the set chosen for it.

    ``studied_before``: sessions of another commune's time: only who came to them is known here.
    ``due_until``: what falls due after that day is not due yet; later than the last day when all of it is.
    ``stand_ins``: of women whose names were taken out of the study of old years; they are in no other figure.
    """

    members: tuple[MemberFact, ...] = ()
    positions: tuple[PositionFact, ...] = ()
    branches: tuple[BranchFact, ...] = ()
    cells: tuple[BranchFact, ...] = ()
    meetings: tuple[MeetingFact, ...] = ()
    sessions: tuple[SessionFact, ...] = ()
    households: tuple[HouseholdFact, ...] = ()
    assessments: tuple[AssessmentFact, ...] = ()
    scores: tuple[ScoreFact, ...] = ()
    entered: tuple[EnteredFact, ...] = ()
    set_codes: Mapping[int, str] = field(default_factory=dict)
    studied_before: tuple[SessionFact, ...] = ()
    due_until: date = date.max
    stand_ins: tuple[MemberFact, ...] = ()

    @cached_property
    def member_of(self) -> Mapping[str, MemberFact]:
        """Membership id -> member, or who stands for her."""
        return {member.membership: member for member in (*self.members, *self.stand_ins)}

    @cached_property
    def _days(self) -> dict[date, tuple[MemberFact, ...]]:
        return {}  # one snapshot is asked about the same three days some hundred times

    @cached_property
    def bounded(self) -> dict[date, Facts]:
        """What ``boundaries`` worked out already: the same records on the boundaries of a day."""
        return {}

    @cached_property
    def _heirs(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for branch in self.branches:
            for before in branch.predecessors:
                found.setdefault(before, []).append(branch.id)
        return {before: tuple(after) for before, after in found.items()}

    def came_of(self, branch: str) -> tuple[str, ...]:
        """Every branch that came of one, through all mergers and splits."""
        found: dict[str, None] = {}
        waiting = list(self._heirs.get(branch, ()))
        while waiting:
            one = waiting.pop(0)
            if one not in found and one != branch:
                found[one] = None
                waiting.extend(self._heirs.get(one, ()))
        return tuple(found)

    def standing(self, branch: str, day: date) -> tuple[str, ...]:
        """Who stands for a branch on a day: itself, later what came of it, earlier what it came of."""
        known = self._branch_of.get(branch)
        if known is None or known.exists(day):
            return (branch,)
        return tuple(one.id for one in forward(self._tree, branch, day))

    def only_renamed(self, branch: str) -> tuple[str, ...]:
        """The branches that are this one under later names."""
        names: list[str] = []
        while len(after := self._heirs.get(branch, ())) == 1 and after[0] not in names:
            if len(self._branch_of[after[0]].predecessors) != 1:
                break
            branch = after[0]
            names.append(branch)
        return tuple(names)

    @cached_property
    def _tree(self) -> tuple[Unit, ...]:
        return tuple(
            Unit(
                one.id,
                Level.BRANCH,
                "",
                valid_from=one.valid_from,
                valid_to=one.valid_to,
                predecessor_ids=one.predecessors,
            )
            for one in self.branches
        )

    @cached_property
    def _branch_of(self) -> dict[str, BranchFact]:
        return {branch.id: branch for branch in self.branches}

    def members_on(self, day: date) -> tuple[MemberFact, ...]:
        """Members at the end of that day."""
        known = self._days.get(day)
        if known is None:
            known = self._days[day] = tuple(member for member in self.members if member.is_member(day))
        return known

    def branches_on(self, day: date) -> tuple[BranchFact, ...]:
        """Branches that exist on that day."""
        return tuple(branch for branch in self.branches if branch.exists(day))

    def member_households(self, day: date) -> tuple[HouseholdFact, ...]:
        """Households in which at least one member lives on that day."""
        lived_in = {member.household for member in self.members_on(day)}
        return tuple(household for household in self.households if household.id in lived_in)

    def closed_meetings(self, window: Window) -> tuple[MeetingFact, ...]:
        """Finished meetings of the window."""
        return tuple(m for m in self.meetings if m.closed and window.contains(m.held_on))
