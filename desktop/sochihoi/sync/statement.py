"""The signed statement of a file that is neither report nor receipt: a register, a pack, a ticket, a hand-over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sochihoi.sync.canonical import MAX_INTEGER, canon, parse
from sochihoi.sync.container import Form
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.manifest import (
    FORMAT,
    MAX_EPOCH,
    MAX_RECIPIENTS,
    MAX_SEQ,
    SCHEMA,
    Kind,
    Payload,
    audit_head,
)
from sochihoi.sync.shapes import AGE_KEY, FINGERPRINT, HASH, NAME, UNIT, UUID, VERSION, Fields
from sochihoi.sync.sshsig import Namespace

FORMS: Mapping[Kind, Form] = {
    Kind.REGISTER: Form.GZIP,
    Kind.DEFPACK: Form.GZIP,
    Kind.TRANSFER: Form.AGE,
    Kind.HANDOVER: Form.BACKUP,
}
"""What the third member of each kind is."""

NAMESPACES: Mapping[Kind, Namespace] = {
    Kind.REGISTER: Namespace.REGISTER,
    Kind.DEFPACK: Namespace.DEFPACK,
    Kind.TRANSFER: Namespace.TRANSFER,
    Kind.HANDOVER: Namespace.HANDOVER,
}
_CHAINED = (Kind.REGISTER, Kind.DEFPACK)


@dataclass(frozen=True, slots=True)
class Statement:
    """``manifest.json`` of such a file.

    ``unit``: the signer. ``number`` counts from 1 for each kind and signer; ``prev``: the manifest hash of the number
    before, of registers and packs exactly when ``number`` is above 1, else never. ``created``: information only.
    ``about``: what the kind adds, see ``_about``. ``to`` and ``to_keys`` stand exactly in files that are encrypted.
    ``key`` and ``payload`` are filled in when it is sealed.
    """

    kind: Kind
    file_id: str
    unit: str
    installation: str
    number: int
    created: str
    app: str
    about: Mapping[str, Any] = field(default_factory=dict)
    prev: str | None = None
    to: tuple[str, ...] = ()
    to_keys: tuple[str, ...] = ()
    demo: bool = False
    key: str = ""
    payload: Payload | None = None

    def to_bytes(self) -> bytes:
        """Canonical bytes, read back before they are returned. Raises ``Refused`` (SCHEMA)."""
        data = canon(self._document())
        Statement.from_document(parse(data))
        return data

    @classmethod
    def from_document(cls, document: object) -> Statement:
        """Strict schema. Raises ``Refused`` (SCHEMA)."""
        fields = Fields(document, Code.SCHEMA, "manifest")
        fields.exactly("fmt", FORMAT)
        fields.exactly("schema", SCHEMA)
        kind = fields.match("kind", NAME)
        if kind not in {item.value for item in FORMS}:
            raise fields.bad("kind")
        secret = FORMS[Kind(kind)] is Form.AGE
        statement = cls(
            kind=Kind(kind),
            file_id=fields.match("file_id", UUID),
            unit=fields.match("unit", UNIT),
            installation=fields.match("installation", UUID),
            number=fields.integer("number", 1, MAX_SEQ),
            created=fields.time("created"),
            app=fields.match("app", VERSION),
            about=_about(Kind(kind), fields.child("about")),
            prev=fields.maybe_match("prev", HASH),
            to=fields.texts("to", UNIT, 1, MAX_RECIPIENTS) if secret else (),
            to_keys=fields.texts("to_keys", AGE_KEY, 1, MAX_RECIPIENTS) if secret else (),
            demo=fields.flag("demo"),
            key=fields.match("key", FINGERPRINT),
            payload=Payload.read(fields),
        )
        fields.done()
        if (statement.prev is not None) != (statement.kind in _CHAINED and statement.number > 1):
            raise fields.bad("prev")
        if statement.payload is not None and not _measures_agree(FORMS[statement.kind], statement.payload):
            raise fields.bad("payload")
        return statement

    def _document(self) -> dict[str, Any]:
        if self.payload is None:
            raise Refused(Code.SCHEMA, "manifest.payload", self.unit)
        document: dict[str, Any] = {
            "fmt": FORMAT,
            "kind": self.kind.value,
            "schema": SCHEMA,
            "file_id": self.file_id,
            "unit": self.unit,
            "installation": self.installation,
            "number": self.number,
            "created": self.created,
            "app": self.app,
            "about": dict(self.about),
            "key": self.key,
            "payload": self.payload.spelled(),
        }
        if FORMS[self.kind] is Form.AGE:
            document |= {"to": list(self.to), "to_keys": list(self.to_keys)}
        if self.prev is not None:
            document["prev"] = self.prev
        return document | {"demo": True} if self.demo else document


def _measures_agree(form: Form, said: Payload) -> bool:
    """Of a payload that is not encrypted the gzip is what lies there; of a book, all three are the same bytes."""
    if form is Form.BACKUP and (said.pt_len, said.pt_sha256) != (said.ct_len, said.ct_sha256):
        return False
    return form is Form.AGE or said.gz_len == said.ct_len


def _about(kind: Kind, fields: Fields) -> dict[str, Any]:
    """What each kind states of itself.

    ``register``: nothing. ``defpack``: ``id`` (code), ``effective`` (day), ``expires``? (day). ``transfer``: ``ticket``
    (uuid). ``handover``: ``epoch``, ``epoch_no``, ``seq`` (0 before the first file), ``mh``? (manifest hash of that
    file), ``audit`` (newest row of the journal), ``into``? (installation that takes over).
    """
    told: dict[str, Any] = {}
    if kind is Kind.DEFPACK:
        told["id"] = fields.match("id", NAME)
        told["effective"] = fields.day("effective").isoformat()
        if fields.has("expires"):
            told["expires"] = fields.day("expires").isoformat()
    elif kind is Kind.TRANSFER:
        told["ticket"] = fields.match("ticket", UUID)
    elif kind is Kind.HANDOVER:
        told["epoch"] = fields.match("epoch", UUID)
        told["epoch_no"] = fields.integer("epoch_no", 1, MAX_EPOCH)
        told["seq"] = fields.integer("seq", 0, MAX_SEQ)
        for name, shape in (("mh", HASH), ("into", UUID)):
            if fields.has(name):
                told[name] = fields.match(name, shape)
        if ("mh" in told) != (told["seq"] > 0):
            raise fields.bad("mh")
        head = audit_head(fields)
        told["audit"] = {"n": head.n, "head": head.head}
    fields.done()
    return told


def counts(value: object) -> bool:
    """Whether a number may stand in a row."""
    return type(value) is int and abs(value) <= MAX_INTEGER
