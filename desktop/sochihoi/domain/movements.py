"""What communes tell a level above of their transfer tickets, and what follows: a member on her way counts once.

No row says who she is: the number of the ticket, the other commune, how it stands, and days.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sochihoi.domain.tickets import LONGEST, Ticket, TicketState, TicketWay


@dataclass(frozen=True, slots=True)
class Told:
    """What one unit says of one ticket. ``other``: the code of the unit at its other end. ``issued``: made there, or
    arrived here. ``accepted``: the day from which the destination has her. ``left``: from when she no longer counts in
    this unit.
    """

    unit: str
    ticket: str
    way: TicketWay
    other: str
    state: TicketState
    issued: date
    accepted: date | None = None
    left: date | None = None

    def counts_on(self, day: date) -> bool:
        """Whether this unit counts her among its members on a day."""
        if self.left is not None and self.left <= day:
            return False
        if self.way is TicketWay.OUT:
            return True
        return self.state is TicketState.ACCEPTED and self.accepted is not None and self.accepted <= day


class Hitch(Enum):
    """Why a ticket is still open."""

    NOT_ARRIVED = 1  # only the source tells of it
    WAITS_THERE = 2  # the destination has it and has not answered
    NOT_CLOSED = 3  # accepted there, and the source has not read the answer
    STAYS = 4  # not taken there, and the source has not read the answer
    TAKEN_BACK = 5  # the source took it back, and it waits at the destination
    NOT_TOLD = 6  # accepted there, and the source tells of no such ticket
    DISPUTED = 7  # taken back at the source, accepted at the destination


@dataclass(frozen=True, slots=True)
class Movement:
    """One ticket as both ends tell it; one of them may be silent."""

    ticket: str
    from_unit: str
    to_unit: str
    source: Told | None
    destination: Told | None

    @property
    def issued(self) -> date:
        """When it was made; when it arrived, where the source is silent."""
        told = self.source or self.destination
        if told is None:
            raise ValueError("movement")
        return told.issued

    @property
    def accepted(self) -> date | None:
        """From when the destination has her."""
        return None if self.destination is None else self.destination.accepted

    @property
    def settled(self) -> bool:
        """Whether both ends agree that she moved."""
        return self.accepted is not None and self.source is not None and self.source.left is not None

    def hitch(self) -> Hitch | None:
        """What it waits for; ``None`` once it waits for nothing."""
        here, there = self.source, self.destination
        made = here is not None and here.state is TicketState.ISSUED and here.left is None
        if there is None:
            return Hitch.NOT_ARRIVED if made else None
        if there.state is TicketState.ACCEPTED:
            if here is None:
                return Hitch.NOT_TOLD
            if here.left is not None:
                return None
            return Hitch.NOT_CLOSED if made else Hitch.DISPUTED
        if there.state is TicketState.REFUSED:
            return Hitch.STAYS if made else None
        taken_back = here is not None and here.state is TicketState.CANCELLED
        if taken_back:
            return Hitch.TAKEN_BACK
        return Hitch.WAITS_THERE if here is None or made else None

    def is_late(self, today: date) -> bool:
        """Whether it has been open for more than 60 days, or both ends say otherwise."""
        hitch = self.hitch()
        return hitch is not None and (hitch is Hitch.DISPUTED or today - self.issued > LONGEST)

    def counted_twice(self, day: date, units: Collection[str]) -> bool:
        """Whether two of these units count her on a day."""
        both = self.source is not None and self.destination is not None
        if not both or self.from_unit not in units or self.to_unit not in units:
            return False
        return all(one is not None and one.counts_on(day) for one in (self.source, self.destination))


def matched(told: Iterable[Told]) -> tuple[Movement, ...]:
    """Tickets with both their ends, the oldest first. An end that names another unit belongs to another ticket."""
    ends: dict[tuple[str, str, str], dict[TicketWay, Told]] = {}
    for one in told:
        units = (one.unit, one.other) if one.way is TicketWay.OUT else (one.other, one.unit)
        ends.setdefault((one.ticket, *units), {})[one.way] = one
    found = (Movement(*key, both.get(TicketWay.OUT), both.get(TicketWay.IN)) for key, both in ends.items())
    return tuple(sorted(found, key=lambda one: (one.issued, one.ticket)))


class Standing(Enum):
    """What a level above confirms of a ticket to both its ends."""

    ACCEPTED = "ACCEPTED"  # the destination has her; the source counts her too, and the totals take her off once
    SETTLED = "SETTLED"  # both agree


@dataclass(frozen=True, slots=True)
class Confirmed:
    """One ticket in the answer of a level above. ``day``: from when she counts at the destination."""

    ticket: str
    standing: Standing
    day: date


ABOVE = "above"
"""Under which a commune's ticket keeps what the level above confirmed: ``no`` of the receipt, ``standing``, ``day``."""


def above_said(ticket: Ticket) -> Confirmed | None:
    """What the level above confirmed of a commune's own ticket; ``None`` before it did."""
    told = ticket.content.get(ABOVE)
    if told is None:
        return None
    return Confirmed(ticket.ticket, Standing(told["standing"]), date.fromisoformat(told["day"]))


def confirmed(movements: Iterable[Movement], unit: str) -> tuple[Confirmed, ...]:
    """What one unit is told, by ticket: those of its tickets that both ends tell of and the destination accepted."""
    mine = [
        Confirmed(one.ticket, Standing.SETTLED if one.settled else Standing.ACCEPTED, one.accepted)
        for one in movements
        if unit in (one.from_unit, one.to_unit) and one.source is not None and one.accepted is not None
    ]
    return tuple(sorted(mine, key=lambda one: one.ticket))
