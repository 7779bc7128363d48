"""The answer of the level above to one file: signed; what it asks to correct is encrypted to the sender.

The same container, without the third member when nothing is to be corrected. It states what the receiver now holds of
the sender, so that the sender can show "received" and "returned" from proof, and can begin a new epoch after a loss.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sochihoi.domain.corrections import Correction
from sochihoi.domain.movements import Confirmed, Standing
from sochihoi.domain.periods import Period
from sochihoi.sync import answered, container, corrections, payload, sshsig, wrapping
from sochihoi.sync.answered import Answered
from sochihoi.sync.canonical import canon, parse
from sochihoi.sync.container import Form, Members
from sochihoi.sync.errors import Code, Refused, Why
from sochihoi.sync.identity import Identity, PublicKeys, RandomBytes, Register
from sochihoi.sync.manifest import (
    FORMAT,
    MAX_EPOCH,
    MAX_SEQ,
    SCHEMA,
    AuditHead,
    Kind,
    Payload,
    audit_head,
    kind_of,
    manifest_hash,
    read_document,
)
from sochihoi.sync.shapes import AGE_KEY, FINGERPRINT, HASH, NAME, UNIT, UUID, Fields
from sochihoi.sync.sshsig import Namespace

_WARNING = re.compile(r"[A-Z][A-Z_]{0,31}", re.ASCII)
_MAX_WARNINGS = 32
MAX_TICKETS = 300


class Answer(StrEnum):
    """What became of the file."""

    APPLIED = "APPLIED"
    RETURNED = "RETURNED"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a sender's stream: epoch, number within it, and the hash of the manifest there."""

    epoch: str
    epoch_no: int
    seq: int
    mh: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """One answer.

    ``signer``: the receiving unit; ``key``: its fingerprint (filled in when signed). ``unit``, ``file_id``, ``period``,
    ``place``: the file that is answered. ``rows``: lines stored, 0 when returned. ``code``: the refusal of a returned
    file. ``receipt_no`` counts from 1 for each sender; ``prev_receipt`` is the manifest hash of the one before.
    ``last_accepted``: the newest file of this sender that counts here; ``None`` when there is none yet.
    ``received``: ``YYYY-MM-DDThh:mm:ssZ``, information only. ``to_keys`` and ``payload`` stand exactly when the receipt
    asks for corrections: the age keys of the sender, lengths and hashes of what is encrypted to them. ``tickets``: what
    is confirmed of the sender's transfer tickets, by ticket. ``answered``: what was answered before to its other files
    and the sender is not proven to know, by number.
    """

    signer: str
    unit: str
    file_id: str
    period: Period
    place: Place
    answer: Answer
    rows: int
    receipt_no: int
    received: str
    audit: AuditHead
    last_accepted: Place | None
    prev_receipt: str | None = None
    warnings: tuple[str, ...] = ()
    code: Code | None = None
    register_version: int = 0
    defpack_version: int = 0
    demo: bool = False
    key: str = ""
    to_keys: tuple[str, ...] = ()
    payload: Payload | None = None
    tickets: tuple[Confirmed, ...] = ()
    answered: tuple[Answered, ...] = ()

    @property
    def seq(self) -> int:
        """The number of the answered file."""
        return self.place.seq

    @classmethod
    def from_document(cls, document: object) -> Receipt:
        """Strict schema. Raises ``Refused`` (SCHEMA)."""
        fields = Fields(document, Code.SCHEMA, "receipt")
        fields.exactly("fmt", FORMAT)
        fields.exactly("kind", Kind.RECEIPT.value)
        fields.exactly("schema", SCHEMA)
        answer = fields.match("answer", NAME)
        said = fields.maybe_match("code", _WARNING)
        if answer not in {item.value for item in Answer} or (said is None) != (answer == Answer.APPLIED.value):
            raise fields.bad("answer")
        if said is not None and said not in {item.value for item in Code}:
            raise fields.bad("code")
        accepted = fields.maybe_child("last_accepted")
        receipt = cls(
            signer=fields.match("from", UNIT),
            unit=fields.match("unit", UNIT),
            file_id=fields.match("file_id", UUID),
            period=fields.period("period"),
            place=_place(fields),
            answer=Answer(answer),
            rows=fields.integer("rows", 0, MAX_SEQ),
            receipt_no=fields.integer("receipt_no", 1, MAX_SEQ),
            received=fields.time("received"),
            audit=audit_head(fields),
            last_accepted=_place(accepted) if accepted is not None else None,
            prev_receipt=fields.maybe_match("prev_receipt", HASH),
            warnings=fields.texts("warnings", _WARNING, 0, _MAX_WARNINGS),
            code=Code(said) if said is not None else None,
            register_version=fields.integer("register_version", 0, MAX_SEQ),
            defpack_version=fields.integer("defpack_version", 0, MAX_SEQ),
            demo=fields.flag("demo"),
            key=fields.match("key", FINGERPRINT),
            to_keys=fields.texts("to_keys", AGE_KEY, 1, 1) if fields.has("to_keys") else (),
            payload=Payload.read(fields) if fields.has("payload") else None,
            tickets=_tickets(fields) if fields.has("tickets") else (),
            answered=answered.read(fields) if fields.has("answered") else (),
        )
        if accepted is not None:
            accepted.done()
        fields.texts("rejected", NAME, 0, 0)  # a file with one bad row is refused whole
        fields.done()
        receipt._agree(fields)
        return receipt

    def to_bytes(self) -> bytes:
        """Canonical bytes, read back before they are returned. Raises ``Refused`` (SCHEMA)."""
        data = canon(self._document())
        Receipt.from_document(parse(data))
        return data

    def _agree(self, fields: Fields) -> None:
        """What must fit together: the first receipt has none before it; what was applied is what counts now."""
        if (self.prev_receipt is None) != (self.receipt_no == 1):
            raise fields.bad("prev_receipt")
        if self.answer is Answer.APPLIED and self.last_accepted != self.place:
            raise fields.bad("last_accepted")
        if self.answer is Answer.RETURNED and self.rows:
            raise fields.bad("rows")
        if self.tickets and self.answer is Answer.RETURNED:
            raise fields.bad("tickets")
        if not answered.fits(self.answered, self.receipt_no, self.place.mh):
            raise fields.bad("answered")
        if bool(self.to_keys) != (self.payload is not None):
            raise fields.bad("payload")

    def binding(self) -> dict[str, Any]:
        """What the header of the corrections repeats: a ciphertext serves one receipt only."""
        return {"file_id": self.file_id, "unit": self.unit, "no": self.receipt_no, "key": self.key}

    def _document(self) -> dict[str, Any]:
        document: dict[str, Any] = {
            "fmt": FORMAT,
            "kind": Kind.RECEIPT.value,
            "schema": SCHEMA,
            "from": self.signer,
            "key": self.key,
            "unit": self.unit,
            "file_id": self.file_id,
            "period": self.period.code,
            **_spelled(self.place),
            "answer": self.answer.value,
            "rows": self.rows,
            "rejected": [],
            "warnings": sorted(set(self.warnings)),
            "receipt_no": self.receipt_no,
            "received": self.received,
            "audit": {"n": self.audit.n, "head": self.audit.head},
            "register_version": self.register_version,
            "defpack_version": self.defpack_version,
        }
        if self.last_accepted is not None:
            document["last_accepted"] = _spelled(self.last_accepted)
        if self.prev_receipt is not None:
            document["prev_receipt"] = self.prev_receipt
        if self.code is not None:
            document["code"] = self.code.value
        if self.payload is not None:
            document |= {"to_keys": list(self.to_keys), "payload": self.payload.spelled()}
        if self.tickets:
            document["tickets"] = [
                {"id": one.ticket, "state": one.standing.value, "day": one.day.isoformat()} for one in self.tickets
            ]
        if self.answered:
            document["answered"] = answered.spelled(self.answered)
        if self.demo:
            document["demo"] = True
        return document


def build_receipt(
    identity: Identity,
    receipt: Receipt,
    asked: Sequence[Correction] = (),
    to: PublicKeys | None = None,
    random_bytes: RandomBytes | None = None,
) -> bytes:
    """The receipt file. Without corrections the same receipt and key give the same bytes.

    ``asked`` are encrypted to the age key of ``to``; ``random_bytes(16)`` gives the salt, and the bytes differ each
    time. Raises ``Refused``: SCHEMA when the facts do not fit together, ROW for a correction out of shape, DEMO.
    """
    named, ciphertext = replace(receipt, key=identity.fingerprint), None
    if asked:
        if to is None or random_bytes is None or to.unit != receipt.unit:
            raise Refused(Code.SCHEMA, "receipt.to_keys")
        if to.demo != receipt.demo:
            raise Refused(Code.DEMO, "recipient")
        text = corrections.text_of(named.binding(), random_bytes(payload.SALT), asked)
        ciphertext, measures = payload.seal(text, (to.age_key,))
        named = replace(named, to_keys=(to.age_key,), payload=measures)
    signed = named.to_bytes()
    return container.build(Members(signed, sshsig.sign(identity.sign_seed, signed, Namespace.RECEIPT), ciphertext))


def open_receipt(data: bytes, register: Register, unit: str, *, demo: bool = False) -> tuple[Receipt, str]:
    """A receipt for ``unit`` by a key that its register knows, and its manifest hash. Corrections stay closed.

    Raises ``Refused``: CONTAINER, MANIFEST, KEY_UNKNOWN, KEY_REVOKED, SIG_FORMAT, SIG_BAD, SCHEMA, PAYLOAD_HASH,
    NOT_FOR_ME, DEMO; INTERNAL for a fault of ours.
    """
    receipt, mh, _asked = open_answer(data, register, unit, demo=demo)
    return receipt, mh


def open_answer(
    data: bytes, register: Register, unit: str, *, demo: bool = False, identity: Identity | None = None
) -> tuple[Receipt, str, tuple[Correction, ...]]:
    """The same, and what it asks to correct, opened with ``identity``; none without it.

    Raises ``Refused`` as ``open_receipt`` does, and with ``identity`` DECRYPT, TOO_BIG, PLAINTEXT_HASH, BINDING, ROW.
    """
    try:
        return _open(data, register, unit, demo=demo, identity=identity)
    except Refused:
        raise
    except Exception as fault:  # the boundary: hostile bytes end in a sentence
        raise Refused(Code.INTERNAL, type(fault).__name__) from fault


def _open(
    data: bytes, register: Register, unit: str, *, demo: bool, identity: Identity | None
) -> tuple[Receipt, str, tuple[Correction, ...]]:
    members = container.parse(wrapping.unwrap(data))
    document = read_document(members.manifest)
    if kind_of(document) is not Kind.RECEIPT:
        raise Refused(Code.MANIFEST, Why.REPORT)
    sender, key = document.get("from"), document.get("key")
    if type(sender) is not str or type(key) is not str:
        raise Refused(Code.MANIFEST, "from or key")
    entry = register.find(sender, key)
    if entry is None:
        raise Refused(Code.KEY_UNKNOWN)
    if entry.revoked:
        raise Refused(Code.KEY_REVOKED)
    sshsig.verify(members.signature, members.manifest, Namespace.RECEIPT, entry.keys.sign_key)
    receipt = Receipt.from_document(document)
    if receipt.unit != unit:
        raise Refused(Code.NOT_FOR_ME, "unit", receipt.unit, receipt.period.code, receipt.seq)
    if not receipt.demo == demo == entry.keys.demo:
        raise Refused(Code.DEMO, "", receipt.unit, receipt.period.code, receipt.seq)
    check_payload(receipt, members)
    asked: tuple[Correction, ...] = ()
    if receipt.payload is not None and members.payload is not None and identity is not None:
        if not identity.opens(receipt.to_keys):
            raise Refused(Code.NOT_FOR_ME, "key", receipt.unit, receipt.period.code, receipt.seq)
        text = payload.open_text(members.payload, receipt.payload, identity)
        asked = corrections.corrections_of(text, receipt.binding())
    return receipt, manifest_hash(members.manifest), asked


def check_payload(receipt: Receipt, members: Members) -> None:
    """The third member is there exactly when the receipt says so, and is the one it names.

    Raises ``Refused``: CONTAINER, PAYLOAD_HASH.
    """
    if (members.payload is None) != (receipt.payload is None) or members.form is not Form.AGE:
        raise Refused(Code.CONTAINER, "receipt and payload")
    if members.payload is not None and receipt.payload is not None:
        payload.check_outside(members.payload, receipt.payload)


def _place(fields: Fields) -> Place:
    return Place(
        epoch=fields.match("epoch", UUID),
        epoch_no=fields.integer("epoch_no", 1, MAX_EPOCH),
        seq=fields.integer("seq", 1, MAX_SEQ),
        mh=fields.match("mh", HASH),
    )


def _tickets(fields: Fields) -> tuple[Confirmed, ...]:
    """1 to ``MAX_TICKETS``, by ticket, none twice."""
    told = fields.children("tickets", 1, MAX_TICKETS)
    found = tuple(_ticket(one) for one in told)
    ids = [one.ticket for one in found]
    if ids != sorted(set(ids)):
        raise fields.bad("tickets")
    return found


def _ticket(fields: Fields) -> Confirmed:
    state = fields.match("state", NAME)
    if state not in Standing.__members__:
        raise fields.bad("state")
    found = Confirmed(fields.match("id", UUID), Standing(state), fields.day("day"))
    fields.done()
    return found


def _spelled(place: Place) -> dict[str, Any]:
    return {"epoch": place.epoch, "epoch_no": place.epoch_no, "seq": place.seq, "mh": place.mh}
