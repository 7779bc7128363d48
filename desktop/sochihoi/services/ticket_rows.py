"""A commune's transfer tickets as its reports tell them: number, other commune, how it stands, days. No name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sochihoi.domain.exchange import SentState
from sochihoi.domain.movements import Standing, above_said
from sochihoi.domain.periods import Period
from sochihoi.domain.tickets import Ticket, TicketState
from sochihoi.sync.ticket_rows import TicketRow

if TYPE_CHECKING:
    from collections.abc import Collection

    from sochihoi.storage.work import Work


def rows_of(work: Work, codes: Collection[str], period: Period) -> tuple[TicketRow, ...]:
    """Every ticket that is open, that the level above did not confirm as settled, or that can touch a figure of the
    two years that the file of ``period`` speaks of. ``codes``: of this unit.
    """
    from sochihoi.storage import tickets

    since = date(period.year - 1, 1, 1)
    found = tickets.every(work)
    members = work.people.memberships({one.membership_id for one in found if one.membership_id})
    made = []
    for one in found:
        other = one.to_unit if one.from_unit in codes else one.from_unit
        if one.issued_on is None or other in codes:
            continue
        member = members.get(one.membership_id)
        left = None if member is None else member.left_on
        days = [day for day in (one.issued_on, one.accepted_on, one.confirmed_on, left) if day is not None]
        if max(days) >= since or _unsettled(one):
            accepted = one.accepted_on
            made.append(TicketRow(one.ticket, one.direction, other, one.state, one.issued_on, accepted, left))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class GoesWith:
    """The month whose file tells the level above of a ticket; ``made``: the newest month whose file was made."""

    month: Period
    made: Period | None


def goes_with(work: Work, one: Ticket, today: date) -> GoesWith | None:
    """Which file tells of a ticket that was made or accepted here; ``None`` once a file was made since. Ids are in the
    order of time, also where the clock was not.
    """
    if one.state not in (TicketState.ISSUED, TicketState.ACCEPTED):
        return None
    since = one.id if one.state is TicketState.ISSUED else one.membership_id
    files = [file for file in work.sync.sent() if file.state is not SentState.RETURNED]
    if any(file.id > since for file in files):
        return None
    made = max((Period.parse(file.period) for file in files), default=None, key=lambda month: month.start)
    return GoesWith(Period.month_of(today).previous() if made is None else made.next(), made)


def _unsettled(one: Ticket) -> bool:
    if one.state is TicketState.REFUSED or (one.state is TicketState.CANCELLED and not one.disputed):
        return False
    told = above_said(one)
    return told is None or told.standing is not Standing.SETTLED
