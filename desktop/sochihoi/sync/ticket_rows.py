"""Lines about transfer tickets, in a report: the number of the ticket, the other commune, how it stands, days. No name.

``{t: "ticket", id, unit, way, other, state, issued, accepted?, left?}``; ``id`` is the uuid of the ticket.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sochihoi.domain.tickets import TicketState, TicketWay
from sochihoi.sync.shapes import NAME, UNIT, UUID, Fields

TICKET = "ticket"
_STATES = {
    TicketWay.OUT: (TicketState.ISSUED, TicketState.CONFIRMED, TicketState.REFUSED, TicketState.CANCELLED),
    TicketWay.IN: (TicketState.ISSUED, TicketState.ACCEPTED, TicketState.REFUSED),
}
_WITH_DAY = (TicketState.ACCEPTED, TicketState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One ticket of the sender. ``other``: the unit at its other end. ``accepted``: from when the destination has her;
    ``left``: from when she no longer counts with the sender.
    """

    id: str
    way: TicketWay
    other: str
    state: TicketState
    issued: date
    accepted: date | None = None
    left: date | None = None


def read(fields: Fields, unit: str) -> TicketRow:
    """The rest of a line of ``unit``. Raises ``Refused`` (ROW) through ``fields``."""
    way = fields.match("way", NAME)
    if way not in TicketWay.__members__:
        raise fields.bad("way")
    state = fields.match("state", NAME)
    if state not in {one.name for one in _STATES[TicketWay[way]]}:
        raise fields.bad("state")
    row = TicketRow(
        id=fields.match("id", UUID),
        way=TicketWay[way],
        other=fields.match("other", UNIT),
        state=TicketState[state],
        issued=fields.day("issued"),
        accepted=fields.day("accepted") if fields.has("accepted") else None,
        left=fields.day("left") if fields.has("left") else None,
    )
    if row.other == unit:
        raise fields.bad("other")
    # one that was taken back may be accepted all the same; otherwise the day stands with the acceptance alone
    if row.state is not TicketState.CANCELLED and (row.accepted is not None) != (row.state in _WITH_DAY):
        raise fields.bad("accepted")
    if row.left is not None and row.way is TicketWay.IN and row.state is not TicketState.ACCEPTED:
        raise fields.bad("left")
    return row


def encode(row: TicketRow) -> dict[str, Any]:
    """The keys of a line; what is not known is left out."""
    days = {"issued": row.issued, "accepted": row.accepted, "left": row.left}
    said = {name: day.isoformat() for name, day in days.items() if day is not None}
    return {"way": row.way.name, "other": row.other, "state": row.state.name, **said}
