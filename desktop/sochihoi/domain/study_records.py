"""What lists of study show: a campaign with its coverage, a session with who came, who is still to be reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sochihoi.domain.errors import UserError
from sochihoi.domain.people import PartialDate
from sochihoi.domain.study import Coverage, StudyCampaign, StudySession, StudyTarget, TargetGroup


@dataclass(eq=False)
class NobodyEligible(UserError):
    """The list would be frozen on a day on which the commune has no member."""

    on: date


@dataclass(eq=False)
class ListNotFrozen(UserError):
    """Attendance by person is entered before anybody said who ought to be reached."""

    title: str


@dataclass(eq=False)
class CampaignHasSessions(UserError):
    """A campaign would be taken off the list although sessions were held."""

    sessions: int


@dataclass(eq=False)
class SessionHasMarks(UserError):
    """A session would be for other branches although people are marked on its roster: their numbers would move."""

    count: int


@dataclass(frozen=True, slots=True)
class EligibleMember:
    """Somebody on the frozen list. ``row_number`` is hers on the printed list of her branch. ``groups`` beside
    MEMBERS that she belonged to on the day of the freeze; ``attended`` = sessions of the campaign that she came to."""

    membership_id: str
    code: str
    full_name: str
    birth: PartialDate | None
    phone: str
    branch_id: str
    branch: str
    cell: str
    row_number: int
    groups: frozenset[TargetGroup]
    attended: int

    @property
    def reached(self) -> bool:
        """Whether she came to any session: two count once."""
        return self.attended > 0


@dataclass(frozen=True, slots=True)
class GroupCoverage:
    """One target group: how far it is. ``coverage`` is ``None`` while its size was not entered."""

    target: StudyTarget
    coverage: Coverage | None

    @property
    def needed(self) -> int | None:
        """How many more persons the target takes."""
        return None if self.coverage is None else self.coverage.needed(self.target.goal)

    @property
    def met(self) -> bool | None:
        """Whether the target is met; ``None`` when nobody is eligible or known."""
        return None if self.coverage is None else self.coverage.meets(self.target.goal)


@dataclass(frozen=True, slots=True)
class BranchCoverage:
    """One branch: persons reached out of those of it on the frozen list."""

    branch_id: str
    branch: str
    coverage: Coverage

    @property
    def missing(self) -> int:
        """Who is still to be reached."""
        return self.coverage.eligible - self.coverage.reached


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as lists show it. ``branches``: names, none for the whole commune. ``members`` are attendances of
    members, ``others`` a head-count: never added.
    """

    session: StudySession
    branches: tuple[str, ...]
    members: int
    others: int


@dataclass(frozen=True, slots=True)
class CampaignView:
    """One campaign whole. ``outsiders``: members who came and are not on the frozen list; they are in no rate.
    ``forgotten``: the first and last year of the span in which nobody is named any more."""

    campaign: StudyCampaign
    groups: tuple[GroupCoverage, ...]
    branches: tuple[BranchCoverage, ...]
    sessions: tuple[SessionRow, ...]
    outsiders: int
    forgotten: tuple[int, int] | None = None

    @property
    def members(self) -> Coverage:
        """All members on the list, whether or not a target names them."""
        return Coverage(sum(b.coverage.reached for b in self.branches), sum(b.coverage.eligible for b in self.branches))

    @property
    def member_goal(self) -> GroupCoverage | None:
        """The target for members, when there is one."""
        return next((g for g in self.groups if g.target.target_group is TargetGroup.MEMBERS), None)
