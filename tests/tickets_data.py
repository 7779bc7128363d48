"""Two communes that know each other's keys, as a signed register would tell them, and a member who moves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sochihoi.services import registering
from sochihoi.services.office import Office
from sochihoi.services.ticket_answers import TicketAnswers
from sochihoi.services.tickets import Tickets
from tests.exchange_data import MOMENT, commune, introduce
from tests.offices import make_above
from tests.people_data import add_branch, add_members


@dataclass
class Moving:
    """``member``: the membership at the source; ``branch``: where she may go at the destination."""

    root: Path
    source: Office
    destination: Office
    above: Office
    member: str
    branch: str

    @property
    def out(self) -> Tickets:
        """Of the source."""
        return Tickets(self.source)

    @property
    def into(self) -> Tickets:
        """Of the destination."""
        return Tickets(self.destination)

    @property
    def answers(self) -> TicketAnswers:
        """Of the destination."""
        return TicketAnswers(self.destination)

    def send(self, name: str = "ticket.hpn") -> bytes:
        """Issue a ticket and write it; its bytes."""
        ticket = self.out.issue(self.member, "99002")
        self.out.files.write(ticket, self.root / name)
        return (self.root / name).read_bytes()

    def answer(self, name: str = "answer.hpn") -> bytes:
        """The bytes of the answer to the newest ticket."""
        self.into.files.write(self.into.every()[0], self.root / name)
        return (self.root / name).read_bytes()

    def close(self) -> None:
        """Give all folders back."""
        for office in (self.source, self.destination, self.above):
            office.close()


def in_one_register(above: Office, *communes: Office) -> None:
    """The level above vouches for the communes, and each of them takes its register in."""
    for office in communes:
        introduce(office, above)
    register = registering.made_here(above).content
    for office in communes:
        registering.apply(office, register)


def make_moving(root: Path) -> Moving:
    """Hòa Phú with three members of one branch, Tân Lập with two of another; no month is closed."""
    source, destination = commune(root / "source"), commune(root / "destination", "99002", "Tân Lập")
    member = add_members(source, "Ấp An Hòa", 3)[0]
    branch = add_branch(destination, "Ấp Mới")[0]
    above = make_above(root / "above", moment=MOMENT)
    in_one_register(above, source, destination)
    return Moving(root, source, destination, above, member, branch)
