"""The destination of a ticket: who she may be already, accepting her, or sending her back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.members import MemberDetails, NewMember, StillAMember
from sochihoi.domain.people import HasDied, JoinKind, LeaveReason, MembershipProblem, PartialDate
from sochihoi.domain.tickets import (
    AcceptedTooEarly,
    Ticket,
    TicketClosed,
    TicketState,
    TicketWay,
    details_in,
    moving_day,
)
from sochihoi.domain.vietnamese import nfc
from sochihoi.services.enrolment import enrol
from sochihoi.services.tickets import ACCEPTED, DAY, REASON, REFUSED, Tickets

if TYPE_CHECKING:
    from sochihoi.domain.member_lists import Likeness
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work


class TicketAnswers:
    """What is done with a ticket that waits here."""

    def __init__(self, office: Office, tickets: Tickets | None = None) -> None:
        self._office = office
        self._tickets = tickets or Tickets(office)

    def like(self, ticket: Ticket) -> tuple[Likeness, ...]:
        """Who of the register she may be already, the likeliest first."""
        return self._office.duplicates.like(details_in(ticket.content["values"]))

    def accept(
        self,
        ticket_id: str,
        branch_id: str,
        cell_id: str | None = None,
        *,
        on: date | None = None,
        person_id: str | None = None,
        distinct_from: Sequence[str] = (),
    ) -> str:
        """She is a member here from a day; the answer is sealed in the same act. Her membership's id.

        ``person_id``: she is known here and is entered once; what the book says of her stays. ``distinct_from``: they
        look like her and are other women. Raises ``TicketClosed``, ``StillAMember``, ``HasDied``,
        ``AcceptedTooEarly``, ``FieldProblem`` (``on``), ``MonthClosed``, ``Refused``.
        """
        from sochihoi.storage import tickets

        office, day = self._office, on or self._office.today
        if day > office.today:
            raise FieldProblem("on", MembershipProblem.IN_THE_FUTURE, day.isoformat())
        with office.write("ticket.accept", dates=[day]) as work:
            ticket = self._waiting(work, ticket_id)
            values = ticket.content["values"]
            details, since, code = details_in(values), moving_day(values), ""
            if since is not None and day < since <= office.today:
                raise AcceptedTooEarly(details.full_name, since)
            if person_id is not None:
                details, code = self._known(work, person_id, day)
            told = replace(
                details,
                joined=PartialDate.of(day),
                join_kind=JoinKind.TRANSFER_IN,
                joined_from=str(ticket.content["from_name"]),
                note=details.note or _before(details),
            )
            (made,) = enrol(office, work, [NewMember(told, branch_id, cell_id, person_id=person_id, code=code)])
            office.duplicates.remember(work, made.person_id, distinct_from)
            self._answer(work, ticket, {ACCEPTED: True, DAY: day.isoformat()})
            accepted = replace(ticket, state=TicketState.ACCEPTED, membership_id=made.id, accepted_on=day)
            tickets.put(work, accepted)
            return made.id

    def refuse(self, ticket_id: str, reason: str) -> None:
        """She is not taken; the answer says why. Raises ``TicketClosed``, ``FieldProblem`` (``reason``)."""
        from sochihoi.storage import tickets

        why = nfc(reason)[:300]
        if not why:
            raise FieldProblem("reason", "EMPTY")
        with self._office.write("ticket.refuse") as work:
            ticket = self._waiting(work, ticket_id)
            self._answer(work, ticket, {REFUSED: True, REASON: why})
            refused = replace(ticket, state=TicketState.REFUSED, content={**ticket.content, REASON: why})
            tickets.put(work, refused)

    def _waiting(self, work: Work, ticket_id: str) -> Ticket:
        from sochihoi.storage import tickets

        ticket = tickets.one(work, ticket_id)
        if ticket.direction is not TicketWay.IN or not ticket.is_open:
            raise TicketClosed(str(ticket.content.get("values", {}).get("full_name", "")), ticket.state)
        return ticket

    def _known(self, work: Work, person_id: str, day: date) -> tuple[MemberDetails, str]:
        """Someone who stands in this book: her details as they are, and the code that she had before."""
        from sochihoi.domain.members import details_of

        who = work.people.person(person_id)
        before = work.people.memberships_of(person_id)
        if any(old.left_reason is LeaveReason.DECEASED for old in before):
            raise HasDied(who.full_name)
        for old in before:
            if old.left_on is None or old.left_on > day:
                row = work.people.row(old.id, self._office.today)
                raise StillAMember(who.full_name, row.branch if row is not None else "")
        return replace(details_of(who, before[0] if before else None), decision_no=""), before[0].code if before else ""

    def _answer(self, work: Work, ticket: Ticket, values: dict[str, Any]) -> None:
        """Locked for the key that signed the ticket: only that PC closes her membership."""
        from sochihoi.storage import tickets

        signer = self._tickets.files.open(bytes(tickets.carried(work, ticket.carried_id)["content"])).signer
        row = {"t": "member", "id": ticket.content["id"], "values": values}
        self._tickets.files.seal(work, ticket.ticket, row, signer, "NHAN")


def _before(details: MemberDetails) -> str:
    """Since when she is in the Union: here she counts from the day on which she was accepted."""
    return "" if details.joined is None else f"Vào Hội: {details.joined}"
