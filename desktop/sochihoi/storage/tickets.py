"""Tickets of members who move, and the signed files that carry them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from sochihoi.domain.errors import NotFound
from sochihoi.domain.tickets import Ticket
from sochihoi.storage.mapping import from_row, from_rows, to_row
from sochihoi.storage.schema import carried_file, transfer_ticket
from sochihoi.storage.work import Row, Work

TRANSFER, HANDOVER = "TRANSFER", "HANDOVER"
OUT, IN = "OUT", "IN"


def every(work: Work) -> tuple[Ticket, ...]:
    """All tickets, the newest first."""
    query = select(transfer_ticket).where(transfer_ticket.c.deleted_on.is_(None))
    return from_rows(Ticket, work.rows(query.order_by(transfer_ticket.c.id.desc())))


def one(work: Work, ticket_id: str) -> Ticket:
    """By the id of its row. Raises ``NotFound``."""
    return from_row(Ticket, work.get(transfer_ticket, ticket_id))


def by_ticket(work: Work, ticket: str, direction: str) -> Ticket | None:
    """By the id that both sides know."""
    query = select(transfer_ticket).where(transfer_ticket.c.ticket == ticket, transfer_ticket.c.direction == direction)
    found = work.rows(query)
    return from_row(Ticket, found[0]) if found else None


def of_membership(work: Work, membership_id: str) -> tuple[Ticket, ...]:
    """Tickets made for a membership, the newest first."""
    query = select(transfer_ticket).where(
        transfer_ticket.c.membership_id == membership_id, transfer_ticket.c.direction == OUT
    )
    return from_rows(Ticket, work.rows(query.order_by(transfer_ticket.c.id.desc())))


def put(work: Work, ticket: Ticket) -> None:
    """A ticket as it stands now."""
    work.put(transfer_ticket, [to_row(ticket)])


def next_number(work: Work, kind: str) -> int:
    """The number of the next file of a kind that is made here, from 1."""
    last = select(func.max(carried_file.c.number)).where(carried_file.c.kind == kind, carried_file.c.direction == OUT)
    return int(work.value(last) or 0) + 1


def keep(work: Work, row: Row) -> None:
    """Keep a carried file: the columns of ``carried_file``."""
    work.put(carried_file, [row])


def carried(work: Work, carried_id: str) -> Row:
    """A carried file with its bytes. Raises ``NotFound``."""
    return work.get(carried_file, carried_id)


def answer_of(work: Work, ticket: str) -> dict[str, Any]:
    """The answer that was made here for a ticket, with its bytes. Raises ``NotFound``."""
    query = select(carried_file).where(carried_file.c.kind == TRANSFER, carried_file.c.direction == OUT)
    for row in work.rows(query.order_by(carried_file.c.id.desc())):
        if row["facts"].get("ticket") == ticket:
            return dict(row)
    raise NotFound("carried_file", ticket)
