"""Receipts: what a level above answers to a file, numbered for each sender, none ever lost."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from sochihoi.domain.corrections import Correction
from sochihoi.domain.exchange import Stream
from sochihoi.services.ending import gone_on

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work
    from sochihoi.sync.answered import Answered
    from sochihoi.sync.envelope import Opened
    from sochihoi.sync.errors import Code
    from sochihoi.sync.identity import Identity, PublicKeys
    from sochihoi.sync.manifest import Manifest
    from sochihoi.sync.receipt import Receipt


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

        ``corrections`` go encrypted to the sender's key ``to``. What the unit is not proven to know of answers before
        goes along: which files they were of, and with a returned file what is still asked of the one that counts.
        Raises ``Refused`` (SCHEMA).
        """
        from sochihoi.services.received_tickets import confirmed_for
        from sochihoi.storage.keys import register_number
        from sochihoi.storage.packs import newest_made
        from sochihoi.sync.manifest import AuditHead
        from sochihoi.sync.receipt import Answer, Place, Receipt, build_receipt

        draft = manifest.draft
        if code is None:  # its own word, and it is the newest that counts
            known = 0 if draft.last_receipt is None else draft.last_receipt.number
        else:
            known = proven(work, stream)
            corrections = _together(_owed(work, stream, known), corrections)
        if to is None or to.unit != manifest.unit:
            corrections = ()  # a key that signs for several units: what is encrypted, another would open
        before = _receipts(work, manifest.unit)
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
            prev_receipt=self._before(work, manifest, stream.receipt_no, before),
            warnings=tuple(warnings),
            register_version=register_number(work),
            defpack_version=newest_made(work),
            code=code,
            demo=self._office.demo,
            tickets=confirmed_for(work, manifest.unit) if code is None else (),
            answered=_answered(before, known, mh),
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

    def _before(self, work: Work, manifest: Manifest, number: int, before: Sequence[tuple[Receipt, str]]) -> str | None:
        """The manifest hash of the receipt before ``number``; ``None`` for the first."""
        if number == 1:
            return None
        found = _numbered(work, manifest.unit, number - 1, before)
        if found is None:  # the first under this code: the one before went to the code of before
            earlier = gone_on(work, manifest)
            if earlier is not None:
                found = _numbered(work, earlier.id, number - 1, _receipts(work, earlier.id))
        if found is None:
            raise LookupError("receipt")
        return found


def proven(work: Work, stream: Stream | None) -> int:
    """The newest receipt that a unit is proven to have: the one that its newest file that counts names; 0 for none."""
    from sochihoi.sync import container
    from sochihoi.sync.manifest import Manifest

    line = None
    if stream is not None and stream.begun:
        line = work.sync.received_by_manifest(stream.id, stream.manifest_hash)
    if line is None:
        return 0
    seen = Manifest.from_bytes(container.parse(work.sync.received_content(line.id)).manifest).draft.last_receipt
    return 0 if seen is None else seen.number


def with_still_asked(
    work: Work, stream: Stream | None, opened: Opened, asked: Sequence[Correction]
) -> tuple[Correction, ...]:
    """``asked`` of a file that is taken in, with what the answer to the one before it asks, where the sender did not
    have that answer and the month does not come in a new edition. Pairs of women are told anew each time.
    """
    from sochihoi.domain.cross_duplicates import SAME_WOMAN
    from sochihoi.sync.rows import Closing

    seen = opened.manifest.draft.last_receipt
    owed = () if stream is None else _owed(work, stream, 0 if seen is None else seen.number)
    coming = {row.period.code: row.edition for row in opened.rows if isinstance(row, Closing)}
    periods = {one.period for one in owed}
    parts = {period: work.sync.partition(opened.manifest.unit, period) for period in periods}
    here = {period: max((row["edition"] for row in rows), default=0) for period, rows in parts.items()}
    stays = [one for one in owed if one.rule != SAME_WOMAN and coming.get(one.period, 0) <= here[one.period]]
    return _together(stays, asked)


def _owed(work: Work, stream: Stream, known: int) -> tuple[Correction, ...]:
    """What is asked of the newest file that counts, in a receipt above ``known``."""
    from sochihoi.storage import ledger

    line = work.sync.received_by_manifest(stream.id, stream.manifest_hash) if stream.begun else None
    content = None if line is None else ledger.receipt_of(work, line.id)
    if line is None or content is None or _read(content)[0].receipt_no <= known:
        return ()
    return tuple(Correction.from_json(told) for told in line.facts.get("corrections", ()))


def _together(first: Iterable[Correction], then: Iterable[Correction]) -> tuple[Correction, ...]:
    """Both, none twice; the last ones where there are too many for a receipt."""
    from sochihoi.sync.corrections import MAX_CORRECTIONS

    return tuple(dict.fromkeys((*first, *then)))[-MAX_CORRECTIONS:]


def _answered(before: Iterable[tuple[Receipt, str]], known: int, mh: str) -> tuple[Answered, ...]:
    """The answers to other files than ``mh`` that the unit is not proven to have, each file's newest, by number."""
    from sochihoi.sync.answered import MAX_ANSWERED, Answered

    newest: dict[str, Receipt] = {}
    for receipt, _hash in sorted(before, key=lambda pair: pair[0].receipt_no):
        newest[receipt.place.mh] = receipt
    told = [
        Answered(one.receipt_no, name, one.code)
        for name, one in newest.items()
        if one.receipt_no > known and name != mh
    ]
    return tuple(sorted(told, key=lambda one: one.number)[-MAX_ANSWERED:])


def _numbered(work: Work, unit: str, number: int, receipts: Iterable[tuple[Receipt, str]]) -> str | None:
    """The manifest hash of a receipt: every one was the newest once, and only a newer one takes its place."""
    from sochihoi.storage import ledger

    for receipt, manifest_hash in receipts:
        if receipt.receipt_no == number:
            return manifest_hash
    for row in ledger.carried(work, ledger.RECEIPT, ledger.OUT, unit=unit):
        if row["number"] == number:
            return str(row["manifest_hash"])
    return None


def _receipts(work: Work, unit: str) -> list[tuple[Receipt, str]]:
    """The newest receipt of each file of a unit, and its manifest hash."""
    return [_read(content) for content in work.sync.receipts(unit).values()]


def _read(content: bytes) -> tuple[Receipt, str]:
    """A receipt of our own: nobody doubts its signature."""
    from sochihoi.sync import container
    from sochihoi.sync.manifest import manifest_hash, read_document
    from sochihoi.sync.receipt import Receipt

    signed = container.parse(content).manifest
    return Receipt.from_document(read_document(signed)), manifest_hash(signed)
