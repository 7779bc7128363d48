"""The signed files that carry tickets and their answers: sealed, kept, written, opened."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi import __version__
from sochihoi.domain.custody import Act
from sochihoi.domain.tickets import NotATicket, Ticket, TicketWay
from sochihoi.services import custody

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work
    from sochihoi.sync.carried import Carried
    from sochihoi.sync.identity import PublicKeys


class TicketFiles:
    """Files of kind transfer. ``random_bytes(count)``: a cryptographic source."""

    def __init__(self, office: Office, random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self._office = office
        self._random = random_bytes

    def write(self, ticket: Ticket, out: Path, *, overwrite: bool = False) -> None:
        """Write the ticket of an outgoing one, or the answer of an incoming one; it is read back and compared.

        Raises ``FileExists``, ``DiskFull``, ``CannotWrite``, ``NotFound``.
        """
        from sochihoi.storage.files import write_whole

        row = self._file(ticket)
        write_whole(out, bytes(row["content"]), overwrite=overwrite)
        with self._office.write("ticket.send") as work:
            place = custody.place_words(out)
            custody.note(self._office, work, row["sha256"], row["file_name"], Act.COPIED, place=place)

    def file_name(self, ticket: Ticket) -> str:
        """How that file is called. Raises ``NotFound``."""
        return str(self._file(ticket)["file_name"])

    def _file(self, ticket: Ticket) -> Any:
        from sochihoi.storage import tickets

        with self._office.read() as work:
            if ticket.direction is TicketWay.OUT:
                return tickets.carried(work, ticket.carried_id)
            return tickets.answer_of(work, ticket.ticket)

    def seal(self, work: Work, ticket: str, row: dict[str, Any], recipient: PublicKeys, word: str) -> str:
        """Seal and keep one file within an act; the id under which it is kept. ``word``: the middle of its name."""
        from sochihoi.services.sending import own_keys
        from sochihoi.storage import tickets
        from sochihoi.sync import carried
        from sochihoi.sync.envelope import inspect
        from sochihoi.sync.manifest import Kind
        from sochihoi.sync.statement import Statement

        office = self._office
        identity, keys = own_keys(office, work)
        number = tickets.next_number(work, tickets.TRANSFER)
        statement = Statement(
            Kind.TRANSFER,
            office.new_id(),
            keys.unit,
            keys.installation,
            number,
            f"{office.now:%Y-%m-%dT%H:%M:%SZ}",
            __version__,
            about={"ticket": ticket},
            demo=office.demo,
        )
        content = carried.seal(identity, statement, self._random, rows=[row], recipients=(recipient,))
        kept = {
            "id": office.new_id(),
            "kind": tickets.TRANSFER,
            "direction": tickets.OUT,
            "unit_code": recipient.unit,
            "number": number,
            "file_id": statement.file_id,
            "file_name": f"HPN_{keys.unit}_{word}_{number:04}.hpn",
            "manifest_hash": inspect(content).manifest_hash,
            "sha256": hashlib.sha256(content).hexdigest(),
            "state": "PREPARED",
            "facts": {"ticket": ticket},
            "content": content,
            "on_day": office.today,
        }
        tickets.keep(work, kept)
        custody.note(office, work, str(kept["sha256"]), str(kept["file_name"]), Act.PREPARED)
        return str(kept["id"])

    def open(self, data: bytes) -> Carried:
        """A proven file of this kind for this unit. Raises ``Refused``, ``NotATicket``."""
        from sochihoi.services.registering import known_units
        from sochihoi.services.sending import own_keys
        from sochihoi.sync import carried
        from sochihoi.sync.envelope import inspect
        from sochihoi.sync.manifest import Kind

        if inspect(data).kind is not Kind.TRANSFER:
            raise NotATicket
        with self._office.read() as work:
            register = known_units(work)
            identity, me = own_keys(self._office, work)
        return carried.open_(data, Kind.TRANSFER, register, demo=self._office.demo, me=me, identity=identity)
