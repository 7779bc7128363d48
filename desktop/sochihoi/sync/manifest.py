"""The signed statement of a report file: who, to whom, which period, which place in the chain, which payload."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from sochihoi.domain.periods import Period
from sochihoi.sync.canonical import MAX_INTEGER, NotCanonical, canon, parse
from sochihoi.sync.container import MANIFEST_CAP
from sochihoi.sync.errors import Code, Refused, Why
from sochihoi.sync.shapes import AGE_KEY, FINGERPRINT, HASH, NAME, UNIT, UUID, VERSION, Fields

FORMAT = "hpn-sync/1"
SCHEMA = 1
MAX_EPOCH = 1_000_000
MAX_SEQ = 999_999_999
MAX_RECIPIENTS = 8
MAX_PARENTS = 8


class Kind(StrEnum):
    """What a file is."""

    REPORT = "report"
    RECEIPT = "receipt"
    REGISTER = "register"  # the keys below, from the level above
    DEFPACK = "defpack"  # definitions, from the level above
    TRANSFER = "transfer"  # one moving member, from commune to commune
    HANDOVER = "handover"  # the whole book, from one PC of a unit to another


class Mode(StrEnum):
    """``FINAL`` is the last file of a unit that ends (merged, split)."""

    SNAPSHOT = "snapshot"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The newest row of the journal: its number and its hash (64 hex digits). Anchors the journal in every file."""

    n: int
    head: str


@dataclass(frozen=True, slots=True)
class DefinitionPack:
    """The definitions that the figures were made with."""

    id: str
    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ReceiptSeen:
    """The newest receipt that the sender has applied: its number and the sha256 of its manifest."""

    number: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Payload:
    """Lengths in bytes and SHA-256 (64 hex digits): the ciphertext, the gzip inside, the text inside that."""

    ct_len: int
    ct_sha256: str
    gz_len: int
    pt_len: int
    pt_sha256: str

    @classmethod
    def read(cls, fields: Fields) -> Payload:
        """The object under ``payload``. Raises ``Refused``."""
        payload = fields.child("payload")
        found = cls(
            ct_len=payload.integer("ct_len", 1, MAX_INTEGER),
            ct_sha256=payload.match("ct_sha256", HASH),
            gz_len=payload.integer("gz_len", 1, MAX_INTEGER),
            pt_len=payload.integer("pt_len", 1, MAX_INTEGER),
            pt_sha256=payload.match("pt_sha256", HASH),
        )
        payload.done()
        return found

    def spelled(self) -> dict[str, Any]:
        """As it stands in a manifest."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the sender states; keys, recipients and payload follow when the file is sealed.

    ``created``: ``YYYY-MM-DDThh:mm:ssZ``, information only, no rule reads it. ``prev``: manifest hash of ``seq - 1``
    in the same epoch, absent exactly when ``seq`` is 1. ``parent``: for epochs after the first, the manifest hash that
    the last receipt named. ``parents``: the heads of the lives that were put together in this epoch, sorted; a head is
    the manifest hash of the newest file that was made in it.
    """

    file_id: str
    unit: str
    installation: str
    epoch: str
    epoch_no: int
    seq: int
    created: str
    period: Period
    app: str
    audit: AuditHead
    prev: str | None = None
    parent: str | None = None
    parents: tuple[str, ...] = ()
    mode: Mode = Mode.SNAPSHOT
    defpack: DefinitionPack | None = None
    last_receipt: ReceiptSeen | None = None
    clock_suspect: bool = False
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """``manifest.json`` of a report. ``to``: unit codes; ``to_keys``: ``age1…`` recipients; ``key``: the signer's."""

    draft: Draft
    to: tuple[str, ...]
    to_keys: tuple[str, ...]
    key: str
    payload: Payload

    @property
    def unit(self) -> str:
        """The sender's code."""
        return self.draft.unit

    @property
    def period(self) -> Period:
        """The period that the file was sent for."""
        return self.draft.period

    @property
    def seq(self) -> int:
        """Number within the epoch, from 1."""
        return self.draft.seq

    def to_bytes(self) -> bytes:
        """Canonical bytes, read back before they are returned. Raises ``Refused`` (SCHEMA) for facts out of range."""
        data = canon(self._document())
        Manifest.from_document(parse(data))
        return data

    @classmethod
    def from_bytes(cls, data: bytes) -> Manifest:
        """Raises ``Refused``: MANIFEST when not canonical, SCHEMA when any key is missing, unknown or out of range."""
        return cls.from_document(read_document(data))

    @classmethod
    def from_document(cls, document: object) -> Manifest:
        """The same from a parsed object. Raises ``Refused`` (SCHEMA)."""
        fields = Fields(document, Code.SCHEMA, "manifest")
        fields.exactly("fmt", FORMAT)
        fields.exactly("kind", Kind.REPORT.value)
        fields.exactly("schema", SCHEMA)
        draft = _draft(fields)
        manifest = cls(
            draft=draft,
            to=fields.texts("to", UNIT, 1, MAX_RECIPIENTS),
            to_keys=fields.texts("to_keys", AGE_KEY, 1, MAX_RECIPIENTS),
            key=fields.match("key", FINGERPRINT),
            payload=Payload.read(fields),
        )
        fields.done()
        if (draft.prev is None) != (draft.seq == 1):
            raise fields.bad("prev")
        if draft.parent is not None and draft.epoch_no == 1:
            raise fields.bad("parent")
        if draft.parents and draft.epoch_no == 1:
            raise fields.bad("parents")
        return manifest

    def _document(self) -> dict[str, Any]:
        draft = self.draft
        document: dict[str, Any] = {
            "fmt": FORMAT,
            "kind": Kind.REPORT.value,
            "schema": SCHEMA,
            "file_id": draft.file_id,
            "unit": draft.unit,
            "installation": draft.installation,
            "epoch": draft.epoch,
            "epoch_no": draft.epoch_no,
            "seq": draft.seq,
            "to": list(self.to),
            "to_keys": list(self.to_keys),
            "created": draft.created,
            "period": draft.period.code,
            "mode": draft.mode.value,
            "app": draft.app,
            "audit": {"n": draft.audit.n, "head": draft.audit.head},
            "key": self.key,
            "payload": self.payload.spelled(),
        }
        chain = {"prev": draft.prev, "parent": draft.parent}
        marks = {"clock_suspect": draft.clock_suspect, "demo": draft.demo}
        document |= {key: value for key, value in chain.items() if value is not None}
        document |= {key: True for key, said in marks.items() if said}
        if draft.parents:
            document["parents"] = list(draft.parents)
        if draft.defpack is not None:
            pack = draft.defpack
            document["defpack"] = {"id": pack.id, "ver": pack.version, "sha256": pack.sha256}
        if draft.last_receipt is not None:
            document["last_receipt"] = {"no": draft.last_receipt.number, "sha256": draft.last_receipt.sha256}
        return document


def read_document(data: bytes) -> dict[str, Any]:
    """The object of a manifest of any kind: canonical, ours. Raises ``Refused`` (MANIFEST); nothing is trusted yet."""
    if len(data) > MANIFEST_CAP:
        raise Refused(Code.MANIFEST, "length")
    try:
        document = parse(data)
    except NotCanonical:
        raise Refused(Code.MANIFEST, "not canonical") from None
    said = document.get("fmt") if type(document) is dict else None
    if type(document) is not dict or said != FORMAT:
        newer = type(said) is str and said.startswith(FORMAT.partition("/")[0] + "/")
        raise Refused(Code.MANIFEST, Why.NEWER if newer else "fmt")
    return document


def kind_of(document: dict[str, Any]) -> Kind:
    """What the file says it is. Raises ``Refused`` (MANIFEST) for a kind that this program does not read."""
    said = document.get("kind")
    if type(said) is not str or said not in {kind.value for kind in Kind}:
        raise Refused(Code.MANIFEST, Why.NEWER)  # a kind of this format that was thought of later
    return Kind(said)


def manifest_hash(data: bytes) -> str:
    """``mh``: SHA-256 of the bytes of ``manifest.json``, 64 hex digits. What ``prev`` and ``parent`` name."""
    return hashlib.sha256(data).hexdigest()


def audit_head(fields: Fields) -> AuditHead:
    """The anchor of a journal, in reports and receipts alike."""
    audit = fields.child("audit")
    found = AuditHead(audit.integer("n", 0, MAX_INTEGER), audit.match("head", HASH))
    audit.done()
    return found


def _draft(fields: Fields) -> Draft:
    mode = fields.match("mode", NAME)
    if mode not in {item.value for item in Mode}:
        raise fields.bad("mode")
    return Draft(
        file_id=fields.match("file_id", UUID),
        unit=fields.match("unit", UNIT),
        installation=fields.match("installation", UUID),
        epoch=fields.match("epoch", UUID),
        epoch_no=fields.integer("epoch_no", 1, MAX_EPOCH),
        seq=fields.integer("seq", 1, MAX_SEQ),
        created=fields.time("created"),
        period=fields.period("period"),
        app=fields.match("app", VERSION),
        audit=audit_head(fields),
        prev=fields.maybe_match("prev", HASH),
        parent=fields.maybe_match("parent", HASH),
        parents=fields.texts("parents", HASH, 1, MAX_PARENTS) if fields.has("parents") else (),
        mode=Mode(mode),
        defpack=_pack(fields.maybe_child("defpack")),
        last_receipt=_receipt_seen(fields.maybe_child("last_receipt")),
        clock_suspect=fields.flag("clock_suspect"),
        demo=fields.flag("demo"),
    )


def _pack(fields: Fields | None) -> DefinitionPack | None:
    if fields is None:
        return None
    pack = DefinitionPack(fields.match("id", NAME), fields.integer("ver", 1, MAX_SEQ), fields.match("sha256", HASH))
    fields.done()
    return pack


def _receipt_seen(fields: Fields | None) -> ReceiptSeen | None:
    if fields is None:
        return None
    seen = ReceiptSeen(fields.integer("no", 1, MAX_SEQ), fields.match("sha256", HASH))
    fields.done()
    return seen
