"""Study of resolutions and themes: who ought to be reached, who was, and how many are still missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from fractions import Fraction

from sochihoi.domain.attendance import NotHeldYet
from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.domain.minutes import read_time
from sochihoi.domain.targets import Direction, Goal, Standing, reckon
from sochihoi.domain.vietnamese import nfc


class TargetGroup(Enum):
    """Whom a campaign wants to reach (Nam Định plan on the congress resolution, 2022; Sóc Trăng programme, 2021).

    The value tells whether attendance is marked by person (they stand in the register) or given as a head-count.
    """

    MEMBERS = "person", 1
    CORE_MEMBERS = "person", 2
    BRANCH_HEADS = "person", 3
    COMMITTEE = "person", 4
    STANDING_BOARD = "person", 5
    OFFICERS = "person", 6
    STAFF = "head-count", 7
    WOMEN = "head-count", 8
    AFFILIATED = "head-count", 9
    OTHERS = "head-count", 10

    @property
    def by_person(self) -> bool:
        """Whether attendance is marked by name; otherwise it is a head-count."""
        return self.value[0] == "person"


class DocumentKind(Enum):
    """What is studied (Sóc Trăng plan on learning from Uncle Hồ, 2021; Nam Định plan, 2022)."""

    RESOLUTION = "party resolution"
    CONGRESS_RESOLUTION = "resolution of a women's congress"
    CONCLUSION = "conclusion"
    REGULATION = "regulation"
    DIRECTIVE = "directive"
    THEME = "theme of learning from Uncle Hồ"
    LAW = "law or policy"
    COMMUNICATION = "communication without a document"

    @property
    def is_resolution_study(self) -> bool:
        """Whether its sessions count as study of resolutions in the monthly report."""
        return self not in (DocumentKind.THEME, DocumentKind.LAW, DocumentKind.COMMUNICATION)


class SessionForm(Enum):
    """How a session is held (Nam Định plan, 2022)."""

    IN_PERSON = "in person"
    ONLINE = "online"
    MIXED = "mixed"


class Channel(Enum):
    """Channels of communication, in the order of the plans (Sóc Trăng plans, 2021)."""

    PARTY_CELL = "party cell meeting"
    BRANCH_MEETING = "meeting of branch or cell"
    SPEAKERS_CONFERENCE = "conference of speakers"
    OPINION_COLLABORATORS = "collaborators on public opinion"
    LOUDSPEAKER = "loudspeaker"
    LOCAL_TELEVISION = "local television"
    WEBSITE = "website"
    SOCIAL_MEDIA = "Facebook, Zalo"
    PRINT = "bulletin, leaflet, book"
    MEDIA_PIECE = "video, article, banner, message"
    ARTS = "arts exchange"
    TRAINING = "training"
    THEMED_TALK = "themed talk"
    SEMINAR = "seminar, workshop"
    STORYTELLING = "stories about Uncle Hồ"


class CampaignState(Enum):
    """A campaign takes sessions while it is open."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(eq=False)
class HeadcountForRegistered(UserError):
    """A group whose people stand in the register was given as a head-count."""

    group: TargetGroup


@dataclass(eq=False)
class NotEligible(UserError):
    """Persons were marked who do not stand on the list: of the campaign, or of this session. ``ids``: memberships."""

    ids: tuple[str, ...]


@dataclass(eq=False)
class CampaignClosed(UserError):
    """A session would be added to a campaign that is closed."""

    title: str


@dataclass(eq=False)
class SessionBeforeStart(UserError):
    """A session lies before the campaign's first day."""

    held_on: date
    starts_on: date


@dataclass(frozen=True, slots=True)
class StudyCampaign:
    """A wave of study: one document, its target groups, a deadline."""

    id: str
    title: str
    kind: DocumentKind = DocumentKind.RESOLUTION
    document_title: str = ""
    document_number: str = ""
    issuer: str = ""
    document_date: date | None = None
    starts_on: date | None = None
    deadline: date | None = None
    frozen_on: date | None = None
    state: CampaignState = CampaignState.OPEN
    note: str = ""

    def cleaned(self) -> StudyCampaign:
        """The same in NFC. Raises ``FieldProblem`` (title, deadline)."""
        clean = replace(
            self,
            title=nfc(self.title),
            document_title=nfc(self.document_title),
            document_number=nfc(self.document_number),
            issuer=nfc(self.issuer),
            note=nfc(self.note),
        )
        if not clean.title:
            raise FieldProblem("title", "EMPTY")
        if clean.starts_on is not None and clean.deadline is not None and clean.deadline < clean.starts_on:
            raise FieldProblem("deadline", "BEFORE_START", clean.deadline.isoformat())
        return clean

    def check_session(self, held_on: date) -> None:
        """Raises ``CampaignClosed`` or ``SessionBeforeStart`` when no session may be held on that day."""
        if self.state is CampaignState.CLOSED:
            raise CampaignClosed(self.title)
        if self.starts_on is not None and held_on < self.starts_on:
            raise SessionBeforeStart(held_on, self.starts_on)

    def days_left(self, today: date) -> int | None:
        """Days to the deadline, negative when overdue, ``None`` without one."""
        return None if self.deadline is None else (self.deadline - today).days


@dataclass(frozen=True, slots=True)
class StudyTarget:
    """The share of one group that a campaign wants to reach. ``eligible_count`` is entered for head-count groups."""

    id: str
    campaign_id: str
    target_group: TargetGroup
    percent: int
    direction: Direction = Direction.AT_LEAST
    eligible_count: int | None = None

    @property
    def goal(self) -> Goal:
        """The goal as an exact share."""
        return Goal.percent(self.direction, self.percent)


@dataclass(frozen=True, slots=True)
class StudyEligible:
    """A membership that was on the list on the freeze date, with the branch it stood in."""

    id: str
    campaign_id: str
    membership_id: str
    branch_id: str


@dataclass(frozen=True, slots=True)
class StudySession:
    """One session of a campaign. ``branches`` are the units it is for; none means the whole commune."""

    id: str
    campaign_id: str
    branches: tuple[str, ...] = ()
    held_on: date | None = None
    starts_at: str = ""
    form: SessionForm = SessionForm.IN_PERSON
    place: str = ""
    venue_nodes: int = 0
    speaker: str = ""
    material: str = ""
    channels: tuple[Channel, ...] = ()
    note: str = ""

    def cleaned(self) -> StudySession:
        """The same in NFC, the time as ``14:00``, each branch once. Raises ``FieldProblem``."""
        return replace(
            self,
            branches=tuple(dict.fromkeys(self.branches)),
            starts_at=read_time(self.starts_at, "starts_at"),
            place=nfc(self.place),
            speaker=nfc(self.speaker),
            material=nfc(self.material),
            note=nfc(self.note),
        )

    def is_for(self, branch_id: str) -> bool:
        """Whether the members of a branch belong to it."""
        return not self.branches or branch_id in self.branches

    def is_ahead(self, today: date) -> bool:
        """Whether its day is to come: the sheet can be printed, nobody can be marked."""
        return self.held_on is not None and self.held_on > today

    def check_held(self, today: date) -> None:
        """Raises ``NotHeldYet`` before its day."""
        if self.held_on is not None and self.held_on > today:
            raise NotHeldYet(self.held_on)


@dataclass(frozen=True, slots=True)
class StudyAttendance:
    """One member at one session: an attendance, not a person."""

    id: str
    session_id: str
    membership_id: str


@dataclass(frozen=True, slots=True)
class StudyHeadcount:
    """How many of a group that nobody lists came to a session. Raises ``HeadcountForRegistered`` for listed groups."""

    id: str
    session_id: str
    target_group: TargetGroup
    people: int

    def __post_init__(self) -> None:
        if self.target_group.by_person:
            raise HeadcountForRegistered(self.target_group)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Distinct eligible persons reached, out of those eligible."""

    reached: int
    eligible: int

    @property
    def ratio(self) -> Fraction | None:
        """The share, ``None`` when nobody is eligible: no data is not 0 %."""
        return Fraction(self.reached, self.eligible) if self.eligible else None

    def meets(self, goal: Goal) -> bool | None:
        """Exact integer comparison (850/1000 is not "over 85 %"). ``None`` when nobody is eligible."""
        return goal.meets(self.reached, self.eligible) if self.eligible else None

    def needed(self, goal: Goal) -> int | None:
        """How many more persons it takes, 0 when met; ``None`` when nobody is eligible or it cannot be reached."""
        return self.standing(goal).needed

    def standing(self, goal: Goal) -> Standing:
        """The same as a standing of targets."""
        if not self.eligible:
            return Standing(self.reached, self.eligible, None)
        return reckon(goal, self.reached, self.eligible)


def reached(attendances: Iterable[str], eligible: Collection[str]) -> frozenset[str]:
    """The distinct eligible ids among attendances: two sessions of the same woman count once.

    Source: Sóc Trăng action programme, 2021 (its percentages are of persons, not of attendances).
    """
    allowed = frozenset(eligible)
    return frozenset(one for one in attendances if one in allowed)


def coverage(attendances: Iterable[str], eligible: Collection[str]) -> Coverage:
    """Coverage of the eligible ids by the attendances."""
    everyone = frozenset(eligible)
    return Coverage(len(reached(attendances, everyone)), len(everyone))


def coverage_by_headcount(people: int, eligible_count: int | None) -> Coverage | None:
    """Coverage of a group that nobody lists; ``None`` until its size was entered.

    Head-counts of several sessions may hold the same woman twice, so more than all is shown as all.
    """
    return None if eligible_count is None else Coverage(min(people, eligible_count), eligible_count)


def missing_by_branch(attendances: Iterable[str], branch_of: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Who is still to be reached: branch -> ids in the order given. ``branch_of`` is the frozen list with branches."""
    there = reached(attendances, branch_of.keys())
    found: dict[str, list[str]] = {}
    for one, branch in branch_of.items():
        if one not in there:
            found.setdefault(branch, []).append(one)
    return {branch: tuple(ids) for branch, ids in found.items()}


def check_eligible(attendances: Iterable[str], eligible: Collection[str]) -> None:
    """Raises ``NotEligible`` with everyone marked who is not on the frozen list."""
    allowed = frozenset(eligible)
    strangers = tuple(sorted({one for one in attendances if one not in allowed}))
    if strangers:
        raise NotEligible(strangers)
