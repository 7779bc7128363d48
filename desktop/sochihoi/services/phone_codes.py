"""The code of ten letters that is read over the telephone while the receipt is still on its way.

It proves that the level above counts exactly this file, which so is acknowledged: by telephone. It is weaker than the
receipt: it is heard, not signed, names no number and proves nothing for a new beginning; what a receipt said holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sochihoi.domain import paper_codes
from sochihoi.domain.custody import Act
from sochihoi.domain.errors import UserError
from sochihoi.domain.exchange import Direction, Outcome, SentFile, SentState

if TYPE_CHECKING:
    from sochihoi.services.office import Office

_LOOKED_THROUGH = 60


@dataclass(eq=False)
class NotACode(UserError):
    """What was typed cannot be a code of ten letters."""

    typed: str


@dataclass(eq=False)
class CodeOfNoFile(UserError):
    """The code is that of no file that was made here."""

    typed: str


@dataclass(eq=False)
class NotCounted(UserError):
    """A code was asked for of a file that does not count here."""

    file_name: str


class PhoneCodes:
    """Told at the level above, checked at the commune."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def tell(self, line_id: str) -> str:
        """``ABCDE-FGHJK`` for a file that counts here. Raises ``NotCounted``, ``NotFound``."""
        from sochihoi.services.sending import own_keys
        from sochihoi.sync import container, phone
        from sochihoi.sync.identity import PublicKeys
        from sochihoi.sync.manifest import Manifest

        with self._office.read() as work:
            line = work.sync.received_one(line_id)
            if line.verdict is not Outcome.STORED:
                raise NotCounted(line.file_name)
            identity, _me = own_keys(self._office, work)
            told = Manifest.from_bytes(container.parse(work.sync.received_content(line_id)).manifest)
            senders = [PublicKeys.from_bytes(one.keys) for one in work.sync.trusted(Direction.SENDER, revoked=True)]
        sender = next((one for one in senders if one.unit == line.unit_code and one.fingerprint == told.key), None)
        mine = next((one for one in identity.every() if one.age_key in told.to_keys), None)  # as the file was locked
        if sender is None or mine is None:
            raise NotCounted(line.file_name)
        return paper_codes.shown(phone.code(mine, sender.age_key, line.sha256, line.manifest_hash))

    def check(self, typed: str) -> SentFile:
        """The file made here that the level above counts: acknowledged by telephone, and a step on its way; one that a
        receipt tells of stays as that says.

        Raises ``NotACode``, ``CodeOfNoFile``.
        """
        from sochihoi.services.custody import note
        from sochihoi.services.sending import own_keys
        from sochihoi.sync import container, phone
        from sochihoi.sync.manifest import Manifest

        wanted = paper_codes.read(typed)
        if not wanted:
            raise NotACode(typed)
        with self._office.read() as work:
            identity, _keys = own_keys(self._office, work)
            for file in work.sync.sent()[:_LOOKED_THROUGH]:
                to = Manifest.from_bytes(container.parse(work.sync.sent_content(file.id)).manifest).to_keys
                codes = (
                    phone.code(one, key, file.sha256, file.manifest_hash) for one in identity.every() for key in to
                )
                if wanted in codes:
                    break
            else:
                raise CodeOfNoFile(typed)
        with self._office.write("sync.phone") as work:
            note(self._office, work, file.sha256, file.file_name, Act.PHONED, person=self._office.commune.above_name)
            if file.state in (SentState.PREPARED, SentState.WRITTEN):
                work.sync.change_sent(file.id, SentState.PHONED)
            return work.sync.sent_one(file.id)
