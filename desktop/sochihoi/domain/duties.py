"""Requests of those whose data are kept, and incidents: what is owed, and until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum


class RequestKind(Enum):
    """What she may ask for (Law 91/2025/QH15, rights of the data subject)."""

    ACCESS = "ACCESS"
    CORRECT = "CORRECT"
    DELETE = "DELETE"
    WITHDRAW = "WITHDRAW"
    RESTRICT = "RESTRICT"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do after an incident."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Duties:
    """The rules of a time. ``days``: of the calendar, for each kind of request; ``paper``: words of the sheet."""

    valid_from: date
    source: str
    acknowledge_working_days: int
    incident_hours: int
    days: Mapping[RequestKind, int]
    steps: tuple[Step, ...]
    paper: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """One request. ``person_id``: of somebody in the book, else ``name`` says who asked."""

    id: str
    kind: RequestKind
    asked_on: date
    person_id: str = ""
    name: str = ""
    note: str = ""
    acknowledged_on: date | None = None
    done_on: date | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """Until when a request is to be acknowledged and answered, and how many days are left (negative: late)."""

    acknowledge_by: date
    answer_by: date
    days_left: int
    acknowledge_late: bool


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident. ``known_at``: when somebody here knew of it, UTC; ``done``: keys of the steps that were taken."""

    id: str
    known_at: datetime
    what: str
    data: str = ""
    people: int | None = None
    told: str = ""
    notified_at: datetime | None = None
    done: frozenset[str] = field(default_factory=frozenset)
    closed_on: date | None = None


def in_force(rules: Sequence[Duties], day: date) -> Duties:
    """The newest rules that have begun; the first ones on a day before all."""
    begun = [one for one in rules if one.valid_from <= day]
    return max(begun, key=lambda one: one.valid_from) if begun else min(rules, key=lambda one: one.valid_from)


@dataclass(frozen=True, slots=True)
class Holidays:
    """Public holidays: ``fixed`` days (month, day) of every year, ``dated`` ones of one year. A fixed one that falls on
    a Saturday or Sunday is made up for on the next working day (Labour Code 45/2019/QH14, articles 111 and 112).
    """

    code: str = ""
    fixed: frozenset[tuple[int, int]] = frozenset()
    dated: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Whether it is a working day."""
        if day.weekday() >= _SATURDAY or self._is_holiday(day):
            return False
        monday = day - timedelta(days=day.weekday())
        fell = sum(self._is_fixed(monday - timedelta(days=back)) for back in (1, 2))
        week = [monday + timedelta(days=on) for on in range(_SATURDAY)]
        return day not in [one for one in week if not self._is_holiday(one)][:fell]

    def _is_fixed(self, day: date) -> bool:
        return (day.month, day.day) in self.fixed

    def _is_holiday(self, day: date) -> bool:
        return self._is_fixed(day) or day in self.dated


_SATURDAY = 5


def working_days_after(day: date, count: int, holidays: Holidays = Holidays()) -> date:
    """So many working days later; Saturday, Sunday and public holidays are none."""
    while count:
        day += timedelta(days=1)
        count -= holidays.works(day)
    return day


def due(request: Request, rules: Duties, today: date, holidays: Holidays = Holidays()) -> Due:
    """What is owed for a request on a day."""
    acknowledge = working_days_after(request.asked_on, rules.acknowledge_working_days, holidays)
    answer = request.asked_on + timedelta(days=rules.days[request.kind])
    waiting = request.acknowledged_on is None and request.done_on is None
    return Due(acknowledge, answer, (answer - today).days, waiting and today > acknowledge)


def notify_by(incident: Incident, rules: Duties) -> datetime:
    """Until when the authority is to be told."""
    return incident.known_at + timedelta(hours=rules.incident_hours)


def hours_left(incident: Incident, rules: Duties, now: datetime) -> int:
    """Whole hours until then, rounded down; negative when it is over."""
    return (notify_by(incident, rules) - now) // timedelta(hours=1)


def years_before(day: date, years: int) -> date:
    """The same day so many years ago; the 28th for a 29 February that is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things are kept, in years; ``None``: for ever. Nothing happens by itself: what is due is a list."""

    attendance_years: int | None = None
    left_years: int | None = None
    study_years: int | None = None
