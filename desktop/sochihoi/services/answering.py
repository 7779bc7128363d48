"""Receipts: what a level above answers to a file, numbered for each sender, none ever lost."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sochihoi.domain.exchange import Stream

if TYPE_CHECKING:
    from sochihoi.domain.corrections import Correction
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work
    from sochihoi.sync.errors import Code
    from sochihoi.sync.identity import Identity, PublicKeys
    from sochihoi.sync.manifest import Manifest


class Answers:
    """Makes receipts in a unit of work. ``identity`` and ``me``: the keys of this level above."""

    def __init__(
        self,
        office: Office,
        identity: Identity,
        me: PublicKeys,
        random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self._random = random_bytes
        self._office = office
        self._identity = identity
        self._me = me

    def make(
        self,
        work: Work,
        manifest: Manifest,
        mh: str,
        stream: Stream,
        *,
        rows: int = 0,
        code: Code | None = None,
        warnings: Sequence[str] = (),
        corrections: Sequence[Correction] = (),
        to: PublicKeys | None = None,
    ) -> bytes:
        """The receipt with the number ``stream.receipt_no``. ``code``: why the file is returned.

        ``corrections`` go encrypted to the sender's key ``to``. Raises ``Refused`` (SCHEMA).
        """
        from sochihoi.services.received_tickets import confirmed_for
        from sochihoi.storage.keys import register_number
        from sochihoi.storage.packs import newest_made
        from sochihoi.sync.manifest import AuditHead
        from sochihoi.sync.receipt import Answer, Place, Receipt, build_receipt

        if to is not None and to.unit != manifest.unit:
            corrections = ()  # a key that signs for several units: what is encrypted, another would open
        draft = manifest.draft
        receipt = Receipt(
            signer=self._me.unit,
            unit=manifest.unit,
            file_id=draft.file_id,
            period=manifest.period,
            place=Place(draft.epoch, draft.epoch_no, draft.seq, mh),
            answer=Answer.APPLIED if code is None else Answer.RETURNED,
            rows=rows if code is None else 0,
            receipt_no=stream.receipt_no,
            received=f"{self._office.now:%Y-%m-%dT%H:%M:%SZ}",
            audit=AuditHead(*work.sync.audit_head()),
            last_accepted=Place(stream.epoch, stream.epoch_no, stream.seq, stream.manifest_hash)
            if stream.begun
            else None,
            prev_receipt=self._before(work, manifest.unit, stream.receipt_no),
            warnings=tuple(warnings),
            register_version=register_number(work),
            defpack_version=newest_made(work),
            code=code,
            demo=self._office.demo,
            tickets=confirmed_for(work, manifest.unit) if code is None else (),
        )
        return build_receipt(self._identity, receipt, corrections, to, self._random)

    def put(self, work: Work, line_id: str, receipt: bytes) -> None:
        """Make it the answer of a line; the one that stood there is kept beside."""
        self.set_aside(work, line_id)
        from sochihoi.storage import ledger

        ledger.change_line(work, line_id, {"receipt": receipt})

    def set_aside(self, work: Work, line_id: str) -> None:
        """Keep the receipt of a line before another takes its place: whoever was given it may ask for it again."""
        import hashlib

        from sochihoi.storage import ledger
        from sochihoi.sync.envelope import inspect

        before = ledger.receipt_of(work, line_id)
        seen = None if before is None else inspect(before)
        if before is None or seen is None or seen.receipt is None:
            return
        ledger.keep_carried(
            work,
            self._office.new_id(),
            before,
            kind=ledger.RECEIPT,
            direction=ledger.OUT,
            unit=seen.receipt.unit,
            number=seen.receipt.receipt_no,
            sha256=hashlib.sha256(before).hexdigest(),
            on=self._office.today,
            manifest_hash=seen.manifest_hash,
            state="REPLACED",
            facts={"line": line_id},
        )

    def _before(self, work: Work, unit: str, number: int) -> str | None:
        """The manifest hash of the receipt before ``number``; ``None`` for the first."""
        from sochihoi.storage import ledger
        from sochihoi.sync.envelope import inspect

        if number == 1:
            return None
        # every receipt was the newest once, and only a newer one takes its place: the number before is on a line
        for content in work.sync.receipts(unit).values():
            seen = inspect(content)
            if seen.receipt is not None and seen.receipt.receipt_no == number - 1:
                return seen.manifest_hash
        for row in ledger.carried(work, ledger.RECEIPT, ledger.OUT, unit=unit):
            if row["number"] == number - 1:
                return str(row["manifest_hash"])
        raise LookupError("receipt")
