"""Transfer tickets: a member goes from one commune to another with a signed file, and counts once all the way.

She counts at the source until its program has read the answer. The destination accepts her from a day; the answer, a
ticket back, closes her membership at the source on that day.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sochihoi.domain.access import Look
from sochihoi.domain.consent import ConsentState, Purpose, standings
from sochihoi.domain.errors import NotFound
from sochihoi.domain.member_columns import MOVING
from sochihoi.domain.members import Membership, NotAMember
from sochihoi.domain.people import LeaveReason
from sochihoi.domain.tickets import (
    MOVING_ON,
    AnswerUnknown,
    NoKeyOfUnit,
    Ticket,
    TicketClosed,
    TicketDisputed,
    TicketState,
    TicketToSelf,
    TicketUnderWay,
    TicketWay,
    values_of,
)
from sochihoi.domain.vietnamese import nfc
from sochihoi.services.ticket_files import TicketFiles

if TYPE_CHECKING:
    from sochihoi.domain.members import Person
    from sochihoi.services.office import Office
    from sochihoi.services.ticket_rows import GoesWith
    from sochihoi.storage.journal import Entry
    from sochihoi.storage.work import Work
    from sochihoi.sync.carried import Carried
    from sochihoi.sync.identity import PublicKeys

ACCEPTED, REFUSED, DAY, REASON = "accepted", "refused", "day", "reason"
"""The values of an answer."""
ISSUE = "ticket.issue"
_TICKET = "transfer_ticket"


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was taken in. ``answer``: it closes a ticket of this book; otherwise a ticket that waits here.
    ``new``: false when it was taken in before, and nothing changed."""

    ticket: Ticket
    answer: bool
    new: bool


class Tickets:
    """What a commune does with tickets. ``random_bytes(count)``: a cryptographic source."""

    def __init__(self, office: Office, random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self._office = office
        self.files = TicketFiles(office, random_bytes)

    # ------------------------------------------------------------------ looking

    def every(self) -> tuple[Ticket, ...]:
        """All, the newest first."""
        from sochihoi.storage import tickets

        with self._office.read() as work:
            return tickets.every(work)

    def late(self) -> tuple[Ticket, ...]:
        """Those that wait for more than 60 days, and those that were cancelled here and accepted there."""
        return tuple(one for one in self.every() if one.is_late(self._office.today))

    def goes_with(self, ticket: Ticket) -> GoesWith | None:
        """Which file tells the level above of it; ``None`` once one did."""
        from sochihoi.services import ticket_rows

        with self._office.read() as work:
            return ticket_rows.goes_with(work, ticket, self._office.today)

    def name_of(self, ticket: Ticket) -> str:
        """Whose ticket it is."""
        if ticket.membership_id:
            return self._office.people.detail(ticket.membership_id).person.full_name
        return str(ticket.content["values"].get("full_name", ""))

    def destinations(self) -> tuple[tuple[str, str], ...]:
        """Code and name of every unit whose key stands in the signed register, this one left out; by name."""
        from sochihoi.services import registering

        with self._office.read() as work:
            known = registering.units_in(work)
        mine = self._office.commune.codes
        return tuple(sorted(((c, n) for c, n in known if c not in mine), key=lambda pair: pair[1]))

    # ------------------------------------------------------------------ the source

    def issue(self, membership_id: str, to_unit: str, *, on: date | None = None) -> Ticket:
        """A ticket for a member to a unit whose key stands in the signed register; she counts here as before.

        Raises ``NotAMember``, ``TicketToSelf``, ``NoKeyOfUnit``, ``TicketUnderWay``, ``FieldProblem``, ``Refused``.
        """
        from sochihoi.services import registering
        from sochihoi.storage import tickets

        code = nfc(to_unit)
        if code in self._office.commune.codes:
            raise TicketToSelf(code)
        with self._office.read() as work:
            key = registering.keys_of(work, code)
            if key is None:
                raise NoKeyOfUnit(code)
            member, person = _current(work, membership_id)
            under_way = next((one for one in tickets.of_membership(work, membership_id) if one.is_open), None)
            if under_way is not None:
                raise TicketUnderWay(person.full_name, under_way.to_unit)
        with self._office.write(ISSUE) as work:
            if member.moving_on is None:
                self._office.moves.begin_in(work, membership_id, key.name, on=on)
            member, person = _current(work, membership_id)
            row: dict[str, Any] = {"t": "member", "id": membership_id, "values": self._values(work, person, member)}
            ticket = self._office.new_id()
            carried_id = self.files.seal(work, ticket, row, key, "CHUYEN")
            made = Ticket(
                id=self._office.new_id(),
                ticket=ticket,
                direction=TicketWay.OUT,
                from_unit=self._office.commune.code,
                to_unit=code,
                membership_id=membership_id,
                state=TicketState.ISSUED,
                content={},
                carried_id=carried_id,
                issued_on=self._office.today,
            )
            tickets.put(work, made)
        told = self._office.privacy.access
        told.left(Look.MEMBERS, 1, "hpn", title=key.name, which=person.full_name, fields=row["values"])
        return made

    def _values(self, work: Work, person: Person, member: Membership) -> dict[str, Any]:
        """The columns of the profile; sensitive ones only where she agreed to it."""
        profile = self._office.packs.profile_in(work, MOVING)
        if profile is None:  # it comes with the program
            raise NotFound("profile", MOVING)
        held = standings(work.consents.of([person.id])).get(person.id)
        agreed = held is not None and held.state(Purpose.SENSITIVE) is ConsentState.GIVEN
        columns = tuple(one for one in profile.columns if agreed or one not in profile.sensitive)
        on = {} if member.moving_on is None else {MOVING_ON: member.moving_on.isoformat()}
        return values_of(person, member, columns) | on

    def cancel(self, ticket_id: str) -> None:
        """Take a ticket back: she stays. Raises ``TicketClosed``, ``NotFound``."""
        from sochihoi.storage import tickets

        with self._office.read() as work:
            ticket = tickets.one(work, ticket_id)
            if ticket.direction is not TicketWay.OUT or not ticket.is_open:
                raise TicketClosed(self.name_of(ticket), ticket.state)
            moving = work.people.membership(ticket.membership_id)
        if moving.moving_on is not None and moving.left_on is None:
            self._office.moves.stay(ticket.membership_id)  # which takes her open tickets back
            return
        with self._office.write("ticket.cancel") as work:
            tickets.put(work, replace(ticket, state=TicketState.CANCELLED))

    # ------------------------------------------------------------------ taking in

    def take(self, data: bytes) -> Taken:
        """A ticket for this unit, or the answer to one of ours; the same file twice changes nothing.

        Raises ``Refused`` (NOT_FOR_ME for another unit's, KEY_UNKNOWN), ``NotATicket``, ``AnswerUnknown``,
        ``TicketDisputed``, ``MonthClosed``.
        """
        opened = self.files.open(data)
        row = opened.rows[0]
        if ACCEPTED in row["values"] or REFUSED in row["values"]:
            return self._answered(opened, row)
        return self._arrived(opened, row)

    def _arrived(self, opened: Carried, row: Any) -> Taken:
        from sochihoi.storage import tickets

        office, statement = self._office, opened.statement
        ticket = statement.about["ticket"]
        with office.read() as work:
            known = tickets.by_ticket(work, ticket, tickets.IN)
        if known is not None:
            return Taken(known, answer=False, new=False)
        sha256 = hashlib.sha256(opened.content).hexdigest()
        with office.write("ticket.arrive") as work:
            carried_id = office.new_id()
            kept = {
                "id": carried_id,
                "kind": tickets.TRANSFER,
                "direction": tickets.IN,
                "unit_code": statement.unit,
                "number": statement.number,
                "file_id": statement.file_id,
                "file_name": f"HPN_{statement.unit}_CHUYEN_{statement.number:04}.hpn",
                "manifest_hash": opened.manifest_hash,
                "sha256": sha256,
                "state": "TAKEN",
                "facts": {"ticket": ticket},
                "content": opened.content,
                "on_day": office.today,
            }
            tickets.keep(work, kept)
            made = Ticket(
                id=office.new_id(),
                ticket=ticket,
                direction=TicketWay.IN,
                from_unit=statement.unit,
                to_unit=office.commune.code,
                membership_id="",
                state=TicketState.ISSUED,
                content={"id": row["id"], "from_name": opened.signer.name, "values": dict(row["values"])},
                carried_id=carried_id,
                issued_on=office.today,
            )
            tickets.put(work, made)
            return Taken(made, answer=False, new=True)

    def _answered(self, opened: Carried, row: Any) -> Taken:
        from sochihoi.storage import tickets

        statement, values = opened.statement, row["values"]
        with self._office.read() as work:
            ticket = tickets.by_ticket(work, statement.about["ticket"], tickets.OUT)
        if ticket is None or (ticket.to_unit, ticket.membership_id) != (opened.signer.unit, row["id"]):
            raise AnswerUnknown(opened.signer.unit)
        if ticket.state in (TicketState.CONFIRMED, TicketState.REFUSED):
            return Taken(ticket, answer=True, new=False)
        if ACCEPTED not in values:
            refused = replace(ticket, state=TicketState.REFUSED, content={REASON: str(values.get(REASON, ""))})
            with self._office.write("ticket.refused") as work:
                tickets.put(work, refused)
            return Taken(refused, answer=True, new=True)
        return self._confirm(ticket, opened.signer, _day(values.get(DAY)) or self._office.today)

    def _last_day(self, work: Work, ticket: Ticket, day: date) -> date:
        """The day that the other commune said, within what is sure: not before she was on her way, nor before
        her stay began, and not later than today unless this PC's clock is doubtful."""
        stays = work.people.placements_of([ticket.membership_id])
        known = [one.from_on for one in stays if one.from_on is not None and one.to_on is None]
        moving_on = work.people.membership(ticket.membership_id).moving_on or ticket.issued_on
        if moving_on is not None:
            known.append(moving_on)
        since = max(known, default=day)
        if not self._office.store.clock_suspect():
            day = min(day, max(self._office.today, since))
        return _first_open(work, max(day, since))

    def _confirm(self, ticket: Ticket, signer: PublicKeys, day: date) -> Taken:
        """She is a member there from that day: here she is one until then, or until the last closed month."""
        from sochihoi.storage import tickets

        office = self._office
        if ticket.state is TicketState.CANCELLED:
            name = self.name_of(ticket)
            with office.write("ticket.disputed") as work:
                tickets.put(work, replace(ticket, accepted_on=day))
            raise TicketDisputed(name, signer.name, day)
        with office.write("ticket.confirm") as work:
            member = work.people.membership(ticket.membership_id)
            if member.left_on is None:
                _leave(work, member, self._last_day(work, ticket, day), signer.name)
            done = replace(ticket, state=TicketState.CONFIRMED, accepted_on=day, confirmed_on=office.today)
            tickets.put(work, done)
        return Taken(done, answer=True, new=True)


def take_back(work: Work, batch: str, entries: Sequence[Entry]) -> None:
    """Undo the issue of a ticket: the slip is taken back with it where both were made at once, the ticket is cancelled.
    The file that was made stays known: it may have left. Raises ``UndoConflict`` once the ticket was answered.
    """
    from sochihoi.storage import tickets
    from sochihoi.storage.errors import UndoConflict

    made = next(one for one in entries if one.noun == _TICKET)
    ticket = tickets.one(work, made.record_id)
    if not ticket.is_open:
        raise UndoConflict(((_TICKET, ticket.id),))
    work.revert(batch, leaving=(_TICKET, "carried_file", "custody_step"))
    tickets.put(work, replace(ticket, state=TicketState.CANCELLED))


def _current(work: Work, membership_id: str) -> tuple[Membership, Person]:
    member = work.people.membership(membership_id)
    person = work.people.person(member.person_id)
    if member.left_on is not None:
        raise NotAMember(person.full_name)
    return member, person


def _leave(work: Work, member: Membership, day: date, to: str) -> None:
    """She is no member here from a day: no clock is asked, the other commune has said it."""
    stays = [one for one in work.people.placements_of([member.id]) if one.to_on is None or one.to_on > day]
    held = [one for one in work.people.positions_of([member.id]) if one.to_on is None or one.to_on > day]
    work.people.save(
        memberships=[replace(member, left_on=day, left_reason=LeaveReason.TRANSFER_OUT, left_to=to)],
        placements=[replace(one, to_on=day) for one in stays],
        positions=[replace(one, to_on=day) for one in held],
    )


def _first_open(work: Work, day: date) -> date:
    """The day, or the first one after the closed months that it lies in: what was reported stays."""
    closed = work.months.closed()
    while f"{day.year:04}-{day.month:02}" in closed:
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return day


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
