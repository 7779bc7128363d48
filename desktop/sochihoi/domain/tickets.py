"""A member on her way from one commune to another: one ticket, one answer, counted once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.domain.member_columns import COLUMNS, Shape
from sochihoi.domain.members import MemberDetails, Membership, Person, details_of
from sochihoi.domain.partial_dates import PartialDate

LONGEST = timedelta(days=60)
"""An open ticket older than that is listed on both sides: somebody has to ask."""


class TicketWay(Enum):
    """Which side this book is."""

    OUT = 1
    IN = 2


class TicketState(Enum):
    """Of an outgoing one: issued, then confirmed, refused or cancelled. Of an incoming one: issued (it waits here),
    then accepted or refused."""

    ISSUED = 1
    ACCEPTED = 2
    CONFIRMED = 3
    REFUSED = 4
    CANCELLED = 5


@dataclass(frozen=True, slots=True)
class Ticket:
    """``membership_id``: hers in this book; empty on the incoming side until she is accepted. ``content``: on that side
    ``id`` (her membership at the source), ``from_name`` and the ``values`` that the ticket carries; once refused,
    ``reason``. A cancelled one with ``accepted_on``: the other commune accepted her all the same.
    """

    id: str
    ticket: str
    direction: TicketWay
    from_unit: str
    to_unit: str
    membership_id: str
    state: TicketState
    content: Mapping[str, Any]
    carried_id: str
    issued_on: date | None
    accepted_on: date | None = None
    confirmed_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state is TicketState.ISSUED

    @property
    def disputed(self) -> bool:
        """Cancelled here, and accepted there."""
        return self.state is TicketState.CANCELLED and self.accepted_on is not None

    def is_late(self, today: date) -> bool:
        """Whether it has been open for more than 60 days, or is disputed."""
        waits = self.is_open and self.issued_on is not None and today - self.issued_on > LONGEST
        return waits or self.disputed


def values_of(person: Person, membership: Membership, columns: tuple[str, ...]) -> dict[str, Any]:
    """What a ticket carries of these columns: texts and ``True``; what is not known is absent."""
    told: dict[str, Any] = {}
    for code in columns:
        column = COLUMNS[code]
        value = getattr(membership if hasattr(membership, code) else person, code, None)
        if column.shape is Shape.FLAG:
            if value:
                told[code] = True
        elif value not in (None, ""):
            text = value.name if isinstance(value, Enum) else str(value)
            told[code] = text[: column.limit or None]
    return told


MOVING_ON = "moving_on"
"""Beside the columns a ticket carries the day from which she is on her way: before it she counts at the source."""


def moving_day(values: Mapping[str, Any]) -> date | None:
    """That day; ``None`` where a ticket does not say it."""
    try:
        return date.fromisoformat(str(values.get(MOVING_ON, "")))
    except ValueError:
        return None


def details_in(values: Mapping[str, Any]) -> MemberDetails:
    """What a ticket says, as a form shows it. Values of a wrong shape are left out: the other side checked them too."""
    person, membership = Person("", str(values.get("full_name", ""))), Membership("", "", "")
    told: dict[str, Any] = {}
    for code, value in values.items():
        column = COLUMNS.get(code)
        if column is None or code not in MemberDetails.__dataclass_fields__:
            continue
        if column.shape is Shape.FLAG:
            told[code] = value is True
        elif column.shape is Shape.DAY and isinstance(value, str):
            try:
                told[code] = PartialDate.from_iso(value)
            except (ValueError, FieldProblem):
                continue
        elif column.shape in (Shape.TEXT, Shape.DIGITS) and isinstance(value, str):
            told[code] = value
    from dataclasses import replace

    return replace(details_of(person, membership), **told)


@dataclass(eq=False)
class NoKeyOfUnit(UserError):
    """A ticket for a unit whose key nobody vouched for: it could not be locked for it."""

    unit: str


@dataclass(eq=False)
class TicketToSelf(UserError):
    """A ticket to the very unit that makes it."""

    unit: str


@dataclass(eq=False)
class TicketUnderWay(UserError):
    """A second ticket for a member who has an open one."""

    name: str
    unit: str


@dataclass(eq=False)
class TicketClosed(UserError):
    """The act asks for a ticket that waits, and this one was answered or taken back."""

    name: str
    state: TicketState


@dataclass(eq=False)
class TicketDisputed(UserError):
    """The other commune accepted her, and the ticket was taken back here before: she would count twice."""

    name: str
    unit: str
    accepted_on: date


@dataclass(eq=False)
class AcceptedTooEarly(UserError):
    """She would be accepted from a day on which she was a member elsewhere, and count twice."""

    name: str
    since: date


@dataclass(eq=False)
class AnswerUnknown(UserError):
    """An answer to a ticket that this book never made, or that another unit than the one asked gave."""

    unit: str


@dataclass(eq=False)
class NotATicket(UserError):
    """A transfer ticket was expected; the file is a whole file of another kind."""
