"""On her way to another commune: she asked, the paper slip was made, and she counts here until she has left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.members import NotAMember
from sochihoi.domain.people import MembershipProblem, NotMoving
from sochihoi.domain.tickets import TicketState
from sochihoi.domain.vietnamese import nfc
from sochihoi.services import numbering

if TYPE_CHECKING:
    from sochihoi.domain.members import Membership
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

TYPE_CODE = "GGT"
"""Giấy giới thiệu, among the kinds of papers of Decree 30/2020/NĐ-CP."""


class Moves:
    """The state ``moving`` of a membership. Leaving and coming are acts of ``PeopleService``."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def begin(self, membership_id: str, to: str, *, on: date | None = None, number: str = "") -> str:
        """She moves to another commune from a day on; nothing that counts changes. The slip's number: the one given
        (``8``, ``8a``, or as written), else the next of the year.

        Raises ``NotAMember``, ``FieldProblem`` (``moving_to``, ``moving_on``), ``NotFound``.
        """
        with self._office.write("member.moving") as work:
            return self.begin_in(work, membership_id, to, on=on, number=number)

    def begin_in(self, work: Work, membership_id: str, to: str, *, on: date | None = None, number: str = "") -> str:
        """``begin`` within a unit of work."""
        day = on or self._office.today
        if day > self._office.today:
            raise FieldProblem("moving_on", MembershipProblem.IN_THE_FUTURE, day.isoformat())
        if not nfc(to):
            raise FieldProblem("moving_to", "EMPTY")
        member = self._current(work, membership_id)
        told = nfc(number) or member.moving_no
        text = numbering.typed(self._pattern(), told, TYPE_CODE) if told else self._next(work, day)
        work.people.save(memberships=[replace(member, moving_on=day, moving_to=nfc(to), moving_no=text)])
        return text

    def stay(self, membership_id: str) -> None:
        """She stays after all; a ticket that waits for an answer is taken back. Raises ``NotMoving``, ``NotFound``."""
        from sochihoi.storage import tickets

        with self._office.write("member.stays") as work:
            member = work.people.membership(membership_id)
            if member.moving_on is None or member.left_on is not None:
                raise NotMoving(work.people.person(member.person_id).full_name)
            work.people.save(memberships=[replace(member, moving_on=None, moving_to="", moving_no="")])
            for ticket in tickets.of_membership(work, membership_id):
                if ticket.is_open:
                    tickets.put(work, replace(ticket, state=TicketState.CANCELLED))

    def _current(self, work: Work, membership_id: str) -> Membership:
        member = work.people.membership(membership_id)
        if member.left_on is not None:
            raise NotAMember(work.people.person(member.person_id).full_name)
        return member

    def _next(self, work: Work, day: date) -> str:
        """The next number of this kind of paper: they have a row of their own."""
        key = f"moving.number.{numbering.series(self._office, day)}"
        last = work.settings.get(key, 0)
        number = (last if isinstance(last, int) else 0) + 1
        work.settings.set(key, number)
        return numbering.text(self._pattern(), number, TYPE_CODE)

    def _pattern(self) -> str:
        """The unit's pattern with a place for the kind of paper, where it names the report's."""
        pattern = self._office.commune.number_pattern
        return pattern if "{type}" in pattern else pattern.replace("BC", "{type}", 1)
