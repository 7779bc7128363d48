"""Files that are neither report nor receipt: seal one, look at one, open one. Pure; randomness comes in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from sochihoi.sync import carried_rows, container, payload, sshsig, wrapping
from sochihoi.sync.canonical import NotCanonical, canon, parse
from sochihoi.sync.carried_rows import Line
from sochihoi.sync.container import FILE_CAP, HANDOVER_CAP, Form, Members
from sochihoi.sync.errors import Code, Refused, Why
from sochihoi.sync.identity import Identity, PublicKeys, Register
from sochihoi.sync.manifest import Kind, Payload, kind_of, manifest_hash, read_document
from sochihoi.sync.shapes import FINGERPRINT, UNIT
from sochihoi.sync.statement import FORMS, NAMESPACES, Statement

RandomBytes = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Carried:
    """A proven file. ``rows``: its lines without the header; ``body``: the book of a hand-over, else empty.

    ``content``: the exact bytes without any wrapping.
    """

    statement: Statement
    manifest_hash: str
    rows: tuple[Line, ...]
    body: bytes
    signer: PublicKeys
    content: bytes


def seal(
    identity: Identity,
    statement: Statement,
    random_bytes: RandomBytes,
    *,
    rows: Iterable[Line] = (),
    recipients: Sequence[PublicKeys] = (),
    body: bytes = b"",
) -> bytes:
    """One ``.hpn``, signed by ``identity``; ``recipients`` exactly for encrypted kinds, ``body`` for hand-overs.

    Raises ``Refused``: ROW, SCHEMA, TOO_BIG for facts that a reader would refuse, DEMO when demonstration and real
    keys would mix.
    """
    if any(one.demo != statement.demo for one in recipients):
        raise Refused(Code.DEMO, "recipient", statement.unit)
    form = FORMS[statement.kind]
    draft = replace(statement, key=identity.fingerprint)
    if form is Form.BACKUP:
        digest = payload.sha256(body)
        content, measures = body, Payload(len(body), digest, len(body), len(body), digest)
    else:
        text = _text_of(draft, random_bytes(payload.SALT), rows)
        if form is Form.AGE:
            to_keys = tuple(sorted({one.age_key for one in recipients}))
            draft = replace(draft, to=tuple(sorted({one.unit for one in recipients})), to_keys=to_keys)
            content, measures = payload.seal(text, to_keys)
        else:
            content = payload.gzip_of(text)
            packed = payload.sha256(content)
            measures = Payload(len(content), packed, len(content), len(text), payload.sha256(text))
    signed = replace(draft, payload=measures).to_bytes()
    signature = sshsig.sign(identity.sign_seed, signed, NAMESPACES[statement.kind])
    return container.build(Members(signed, signature, content, form))


def open_(
    data: bytes,
    kind: Kind,
    register: Register,
    *,
    demo: bool,
    me: PublicKeys | None = None,
    identity: Identity | None = None,
) -> Carried:
    """Container, canonical manifest, a key that ``register`` knows, signature, schema, payload, rows; in this order.

    ``me`` and ``identity`` are needed for kinds that are encrypted. Raises ``Refused`` with the code of the first step
    that fails; INTERNAL for a fault of ours.
    """
    try:
        return _open(data, kind, register, demo=demo, me=me, identity=identity)
    except Refused:
        raise
    except Exception as fault:  # the boundary: hostile bytes end in a sentence
        raise Refused(Code.INTERNAL, type(fault).__name__) from fault


def looked_at(members: Members, document: dict[str, object]) -> Statement:
    """What a file says that needs no key to be read: schema, length and hash of the payload, open lines.

    The signature was checked before. Raises ``Refused``.
    """
    statement = Statement.from_document(document)
    measures, content = _payload(statement, members)
    payload.check_outside(content, measures)
    if members.form is Form.GZIP:
        _rows_of(_text(statement, content, measures, None), statement)
    return statement


def kept(content: bytes) -> tuple[Statement, tuple[Line, ...]]:
    """What a file says that was proven when it was kept here; only of kinds that are not encrypted.

    Raises ``Refused``.
    """
    members = container.parse(content)
    statement = Statement.from_document(read_document(members.manifest))
    measures, packed = _payload(statement, members)
    return statement, _rows_of(_text(statement, packed, measures, None), statement)


def _open(
    data: bytes, kind: Kind, register: Register, *, demo: bool, me: PublicKeys | None, identity: Identity | None
) -> Carried:
    handed = kind is Kind.HANDOVER
    content = data if handed and container.is_ours(data) else wrapping.unwrap(data)
    members = container.parse(content, HANDOVER_CAP if handed else FILE_CAP)
    document = read_document(members.manifest)
    if kind_of(document) is not kind:
        raise Refused(Code.MANIFEST, Why.OTHER_KIND)
    unit, key = document.get("unit"), document.get("key")
    if type(unit) is not str or not UNIT.fullmatch(unit) or type(key) is not str or not FINGERPRINT.fullmatch(key):
        raise Refused(Code.MANIFEST, "unit or key")
    entry = register.find(unit, key)
    if entry is None:
        raise Refused(Code.KEY_UNKNOWN, "", unit)
    if entry.revoked:
        raise Refused(Code.KEY_REVOKED, "", unit)
    sshsig.verify(members.signature, members.manifest, NAMESPACES[kind], entry.keys.sign_key)
    statement = Statement.from_document(document)
    measures, ciphertext = _payload(statement, members)
    payload.check_outside(ciphertext, measures)
    if members.form is Form.AGE and me is not None:
        if me.unit not in statement.to:
            raise Refused(Code.NOT_FOR_ME, "unit", unit)
        if me.age_key not in statement.to_keys and not (identity and identity.opens(statement.to_keys)):
            raise Refused(Code.NOT_FOR_ME, "key", unit)
    if not statement.demo == demo == entry.keys.demo:
        raise Refused(Code.DEMO, "", unit)
    mh = manifest_hash(members.manifest)
    if members.form is Form.BACKUP:
        return Carried(statement, mh, (), ciphertext, entry.keys, content)
    rows = _rows_of(_text(statement, ciphertext, measures, identity), statement)
    return Carried(statement, mh, rows, b"", entry.keys, content)


def _payload(statement: Statement, members: Members) -> tuple[Payload, bytes]:
    if members.payload is None or members.form is not FORMS[statement.kind] or statement.payload is None:
        raise Refused(Code.CONTAINER, "payload", statement.unit)
    return statement.payload, members.payload


def _text(statement: Statement, content: bytes, measures: Payload, identity: Identity | None) -> bytes:
    if FORMS[statement.kind] is Form.GZIP:
        return payload.unpack(content, measures)
    if identity is None:
        raise Refused(Code.DECRYPT, "no identity", statement.unit)
    return payload.open_text(content, measures, identity)


def _text_of(statement: Statement, salt: bytes, rows: Iterable[Line]) -> bytes:
    lines = carried_rows.ordered(rows)
    packed = []
    for line in lines:
        packed.append(_line(line, statement.kind))
        carried_rows.check(statement.kind, parse(packed[-1]))
    carried_rows.check_together(statement.kind, lines)
    header = _binding(statement) | {"salt": salt.hex(), "rows": _count(lines)}
    return b"".join(line + b"\n" for line in (canon(header), *packed))


def _rows_of(text: bytes, statement: Statement) -> tuple[Line, ...]:
    lines = text.split(b"\n")
    if lines.pop() != b"" or not lines:
        raise Refused(Code.ROW, "last line")
    if len(lines) > payload.ROW_CAP:
        raise Refused(Code.TOO_BIG, "rows")
    header = _parse(lines[0], statement.kind)
    if type(header) is not dict:
        raise Refused(Code.ROW, "hdr")
    told, salt = header.pop("rows", None), header.pop("salt", None)
    if canon(header) != canon(_binding(statement)):
        raise Refused(Code.BINDING, "hdr")
    if type(salt) is not str or len(salt) != 2 * payload.SALT or not set(salt) <= set("0123456789abcdef"):
        raise Refused(Code.ROW, "hdr.salt")
    rows = tuple(carried_rows.check(statement.kind, _parse(line, statement.kind)) for line in lines[1:])
    if type(told) is not dict or canon(told) != canon(_count(rows)):
        raise Refused(Code.BINDING, "hdr.rows")
    carried_rows.check_together(statement.kind, rows)
    return rows


def _binding(statement: Statement) -> dict[str, object]:
    return {
        "t": "hdr",
        "file_id": statement.file_id,
        "unit": statement.unit,
        "number": statement.number,
        "key": statement.key,
    }


def _count(rows: Iterable[Line]) -> dict[str, int]:
    return dict(Counter(row["t"] for row in rows))


def _line(line: Line, kind: Kind) -> bytes:
    try:
        packed = canon(dict(line))
    except NotCanonical:
        raise Refused(Code.ROW, "not canonical") from None
    if len(packed) > carried_rows.line_cap(kind):
        raise Refused(Code.ROW, "length")
    return packed


def _parse(line: bytes, kind: Kind) -> object:
    if len(line) > carried_rows.line_cap(kind):
        raise Refused(Code.ROW, "length")
    try:
        found: object = parse(line)
    except NotCanonical:
        raise Refused(Code.ROW, "not canonical") from None
    return found
