"""The signed file: seal it, look at it, open it. Pure: no database, no clock; randomness comes in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sochihoi.sync import carried, container, payload, sshsig, wrapping
from sochihoi.sync.container import Form, Members
from sochihoi.sync.errors import Code, Refused, Why
from sochihoi.sync.identity import Entry, Identity, PublicKeys, RandomBytes, Register
from sochihoi.sync.manifest import MAX_EPOCH, MAX_SEQ, Draft, Kind, Manifest, kind_of, manifest_hash, read_document
from sochihoi.sync.receipt import Receipt, check_payload
from sochihoi.sync.rows import Row
from sochihoi.sync.shapes import FINGERPRINT, UNIT
from sochihoi.sync.sshsig import Namespace
from sochihoi.sync.statement import FORMS, NAMESPACES, Statement

T = TypeVar("T")
_NAMESPACES = {Kind.REPORT: Namespace.REPORT, Kind.RECEIPT: Namespace.RECEIPT, **NAMESPACES}


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a whole file says, without opening it. ``known``: a register knows this key for this unit.

    Without ``known`` the file is whole and signed by *some* key, but from whom is not proven.
    """

    kind: Kind
    manifest: Manifest | None
    receipt: Receipt | None
    manifest_hash: str
    fingerprint: str
    known: bool
    revoked: bool
    name: str = ""  # the unit's name as the register has it
    statement: Statement | None = None

    @property
    def unit(self) -> str:
        """The signer: the commune of a report, the receiving unit of a receipt."""
        if self.manifest is not None:
            return self.manifest.unit
        if self.statement is not None:
            return self.statement.unit
        return self.receipt.signer if self.receipt is not None else ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that passed steps 0 to 11. ``content``: the exact bytes without any wrapping, for the ledger."""

    manifest: Manifest
    manifest_hash: str
    rows: tuple[Row, ...]
    sender: PublicKeys
    content: bytes


@dataclass(slots=True)
class _Said:
    """What the file says of itself so far, for the refusal."""

    unit: str = ""
    period: str = ""
    seq: int | None = None


def namespace_of(kind: Kind) -> Namespace:
    """What a signature on this kind of file is for."""
    return _NAMESPACES[kind]


def seal(
    identity: Identity,
    draft: Draft,
    rows: Iterable[Row],
    recipients: Sequence[PublicKeys],
    random_bytes: RandomBytes,
    columns: Iterable[str] = (),
) -> bytes:
    """One ``.hpn``, signed by ``identity`` and encrypted to every recipient; inspected before it is returned.
    ``columns``: those that its rows of members may have; none for figures only.

    ``random_bytes(16)`` gives the salt. The bytes differ each time: age draws its own keys. Raises ``Refused``: ROW,
    SCHEMA or TOO_BIG for facts that a reader would refuse, DEMO when demonstration and real keys would mix.
    """
    if not recipients:
        raise Refused(Code.SCHEMA, "manifest.to", draft.unit, draft.period.code, draft.seq)
    if any(recipient.demo != draft.demo for recipient in recipients):
        raise Refused(Code.DEMO, "recipient", draft.unit, draft.period.code, draft.seq)
    fingerprint = identity.fingerprint
    text = payload.text_of(draft, fingerprint, random_bytes(payload.SALT), rows, columns)
    to_keys = tuple(sorted({recipient.age_key for recipient in recipients}))
    ciphertext, measures = payload.seal(text, to_keys)
    manifest = Manifest(draft, tuple(sorted({one.unit for one in recipients})), to_keys, fingerprint, measures)
    signed = manifest.to_bytes()
    signature = sshsig.sign(identity.sign_seed, signed, Namespace.REPORT)
    data = container.build(Members(signed, signature, ciphertext))
    inspect(data)
    return data


def inspect(data: bytes, register: Register | None = None) -> Inspection:
    """Container, canonical manifest, strict schema, signature by the key named in it, length and hash of the payload.

    Needs no decryption key. Raises ``Refused`` as ``open_`` does, without the codes of steps 3 and 7 to 11.
    """
    return _boundary(lambda said: _inspect(data, register, said))


def open_(data: bytes, register: Register, me: PublicKeys, identity: Identity) -> Opened:
    """Steps 0 to 11 of the import, in this order; nothing of a file is used before the step that proves it.

    Raises ``Refused`` with the code of the first step that fails, and with INTERNAL for any fault of ours: nothing
    else leaves this function.
    """
    return _boundary(lambda said: _open(data, register, me, identity, said))


def _inspect(data: bytes, register: Register | None, said: _Said) -> Inspection:
    # a book that is handed over is larger than all else, and goes from hand to hand without wrapping
    content = data if container.is_ours(data) else wrapping.unwrap(data)
    members = container.parse(content, container.HANDOVER_CAP)
    if members.form is not Form.BACKUP and len(content) > container.FILE_CAP:
        raise Refused(Code.TOO_BIG, "file")
    document = read_document(members.manifest)
    kind = kind_of(document)
    namespace = _NAMESPACES[kind]
    key = sshsig.signer(members.signature, namespace)
    if sshsig.fingerprint(key) != document.get("key"):
        raise Refused(Code.SIG_FORMAT, "signature: key")
    sshsig.verify(members.signature, members.manifest, namespace, key)
    manifest, receipt, statement = None, None, None
    if kind in FORMS:
        statement = carried.looked_at(members, document)
        said.unit, said.seq = statement.unit, statement.number
    elif kind is Kind.REPORT:
        manifest = Manifest.from_document(document)
        said.unit, said.period, said.seq = manifest.unit, manifest.period.code, manifest.seq
        payload.check_outside(_ciphertext(members), manifest.payload)
    else:
        receipt = Receipt.from_document(document)
        said.unit, said.period, said.seq = receipt.unit, receipt.period.code, receipt.seq
        check_payload(receipt, members)
    signer = document["from"] if kind is Kind.RECEIPT else document["unit"]
    entry = register.find(signer, document["key"]) if register is not None else None
    return Inspection(
        kind=kind,
        manifest=manifest,
        receipt=receipt,
        manifest_hash=manifest_hash(members.manifest),
        fingerprint=document["key"],
        known=entry is not None,
        revoked=entry is not None and entry.refuses(*_place(manifest, receipt)),
        name=entry.keys.name if entry is not None else "",
        statement=statement,
    )


def _open(data: bytes, register: Register, me: PublicKeys, identity: Identity, said: _Said) -> Opened:
    content = wrapping.unwrap(data)  # 0: caps
    members = container.parse(content)  # 1
    document = read_document(members.manifest)  # 2
    if kind_of(document) is not Kind.REPORT:
        raise Refused(Code.MANIFEST, Why.RECEIPT if kind_of(document) is Kind.RECEIPT else Why.OTHER_KIND)
    entry = _sender(document.get("unit"), document.get("key"), register, said)  # 3
    sshsig.verify(members.signature, members.manifest, Namespace.REPORT, entry.keys.sign_key)  # 4
    manifest = Manifest.from_document(document)  # 5
    said.period, said.seq = manifest.period.code, manifest.seq
    if entry.refuses(manifest.draft.epoch_no, manifest.seq):  # 3 again, now that the number is proven
        raise Refused(Code.KEY_REVOKED)
    ciphertext = _ciphertext(members)
    payload.check_outside(ciphertext, manifest.payload)  # 6
    if me.unit not in manifest.to:  # 7
        raise Refused(Code.NOT_FOR_ME, "unit")
    if me.age_key not in manifest.to_keys and not identity.opens(manifest.to_keys):
        raise Refused(Code.NOT_FOR_ME, "key")
    if not manifest.draft.demo == me.demo == entry.keys.demo:
        raise Refused(Code.DEMO)
    text = payload.open_text(ciphertext, manifest.payload, identity)  # 8, 9
    rows = payload.rows_of(text, manifest)  # 10, 11
    return Opened(manifest, manifest_hash(members.manifest), rows, entry.keys, content)


def _sender(unit: object, key: object, register: Register, said: _Said) -> Entry:
    """Step 3. The two strings are looked at for their shape only; whether they are true is step 4."""
    if type(unit) is not str or not UNIT.fullmatch(unit) or type(key) is not str or not FINGERPRINT.fullmatch(key):
        raise Refused(Code.MANIFEST, "unit or key")
    said.unit = unit
    entry = register.find(unit, key)
    if entry is None:
        raise Refused(Code.KEY_UNKNOWN, Why.WAITS if register.waits(unit, key) else "")
    if entry.revoked and entry.last_trusted is None:
        raise Refused(Code.KEY_REVOKED)
    return entry


def _place(manifest: Manifest | None, receipt: Receipt | None) -> tuple[int, int]:
    """Epoch number and seq, for the rule of revoked keys; a receipt of a revoked key never counts."""
    if manifest is None or receipt is not None:
        return MAX_EPOCH, MAX_SEQ
    return manifest.draft.epoch_no, manifest.seq


def _ciphertext(members: Members) -> bytes:
    if members.payload is None or members.form is not Form.AGE:
        raise Refused(Code.CONTAINER, "report without payload")
    return members.payload


def _boundary(work: Callable[[_Said], T]) -> T:
    said = _Said()
    try:
        return work(said)
    except Refused as refusal:
        raise Refused(refusal.code, refusal.detail, said.unit, said.period, said.seq, refusal.rows) from None
    except Exception as fault:  # one file of hundreds must not stop the others
        raise Refused(Code.INTERNAL, type(fault).__name__, said.unit, said.period, said.seq) from fault
