"""What the first page is told: facts, no words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING

from sochihoi.domain.campaign import CriteriaSet
from sochihoi.domain.exchange import TrustedKey
from sochihoi.domain.periods import Period
from sochihoi.domain.targets import Goal

if TYPE_CHECKING:
    from sochihoi.domain.study_records import CampaignView
    from sochihoi.services.unit_trees import NamedChange


class DueKind(Enum):
    """What has a day."""

    ANSWER = "answer"
    CLOSE = "close"
    SEND = "send"
    STUDY = "study"
    BACKUP = "backup"
    ACKNOWLEDGE = "acknowledge"  # a request about personal data: to say that it came in
    REQUEST = "request"  # to answer it
    INCIDENT = "incident"
    TICKET = "ticket"
    CORRECT = "correct"  # the level above asks to look at figures
    TREE = "tree"  # a pack changes the units, and this one is named in it
    KEY = "key"  # the level above has not put the key of this PC into its register


@dataclass(frozen=True, slots=True)
class Due:
    """One thing with a day. ``count`` proposals of ``branches``, of one branch at its meeting of ``held_on``; the study
    campaign of ``title`` with its ``view``; ``count`` requests or incidents about personal data; ``period`` the month
    to close or send; ``last`` when it was done before (and with ``receipt``, whether the level above confirmed it);
    ``figure``: the first that is asked about; ``change`` of units."""

    kind: DueKind
    on: date
    period: Period | None = None
    branches: tuple[str, ...] = ()
    held_on: date | None = None
    count: int = 0
    view: CampaignView | None = None
    last: date | None = None
    receipt: bool = False
    figure: str = ""
    change: NamedChange | None = None

    def days_left(self, today: date) -> int:
        """Days from today; below 0 it is overdue."""
        return (self.on - today).days


class MissingKind(Enum):
    """What a month still lacks."""

    MEETINGS = "meetings"
    MINUTES = "minutes"
    MARKS = "marks"
    HOUSEHOLDS = "households"


@dataclass(frozen=True, slots=True)
class Missing:
    """``count`` branches, meetings, persons or households; ``names`` with the day of their meeting where it has one.

    ``meeting_id`` when it is all in one meeting; ``meetings`` in how many.
    """

    kind: MissingKind
    count: int
    names: tuple[tuple[str, date | None], ...] = ()
    meeting_id: str = ""
    meetings: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """A numerator and a denominator with whose they are."""

    label: str
    numerator: int
    denominator: int

    @property
    def ratio(self) -> Fraction | None:
        """Exact; ``None`` when there is nobody to count."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None


@dataclass(frozen=True, slots=True)
class Glance:
    """Everything that the first page shows of a month.

    ``met`` of ``due_branches`` held their meeting; ``open_checks`` errors and unreasoned warnings before closing;
    ``attendance`` of six months, the last one this; ``lowest`` branches of the share of passing member households.
    """

    period: Period
    branches: int
    members: int
    households: int
    met: int
    due_branches: int
    open_checks: int
    closed_on: date | None
    numbered: bool
    sent_on: date | None
    due: tuple[Due, ...]
    missing: tuple[Missing, ...]
    attendance: tuple[tuple[Period, Share], ...]
    attendance_goal: Goal | None
    lowest: tuple[Share, ...]
    passing_goal: Goal | None
    criteria: CriteriaSet | None

    @property
    def begun(self) -> bool:
        """Whether there is anybody in the book: before that, first things come first."""
        return self.members > 0


@dataclass(frozen=True, slots=True)
class Below:
    """What a level above sees of a month: who sent, who did not, and the newest day on which anything came.

    ``keys``: names of units whose key waits to be approved, ``changes`` of units that packs told and whose day is still
    to come, ``late_tickets`` of members on their way that are open for too long: whatever the month. ``lowest``: the
    units with the lowest attendance.
    """

    period: Period
    sent: tuple[TrustedKey, ...]
    missing: tuple[TrustedKey, ...]
    members: int | None = None
    attendance: Share | None = None
    passing: Share | None = None
    newest: date | None = None
    keys: tuple[str, ...] = ()
    changes: tuple[NamedChange, ...] = ()
    late_tickets: int = 0
    lowest: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new commune has done of the first things."""

    branches: int
    members: int
    households: int
    backup_place: bool
    parent_known: bool
