"""The lines inside registers, packs and tickets: strict shapes, one kind of line each."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sochihoi.sync import sshsig
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.manifest import MAX_EPOCH, MAX_SEQ, Kind
from sochihoi.sync.shapes import AGE_KEY, FINGERPRINT, HASH, NAME, UNIT, UUID, Fields, is_plain
from sochihoi.sync.statement import counts

Line = Mapping[str, Any]

ROLES = ("ABOVE", "RECOVERY", "SENDER")
"""Of a key in a register: the level above's working key, its recovery key that lies in a safe, a unit below."""
MAX_VALUES = 80
_NAME_LIMIT, _WORDS_LIMIT, _TEXT_LIMIT = 200, 500, 256 * 1024
_PATH = re.compile(r"[a-z]{1,32}/[0-9A-Za-z_.\-]{1,80}\.(?:toml|csv)", re.ASCII)
_LINE_CAPS = {Kind.DEFPACK: 1024 * 1024}
_LINE_CAP = 16 * 1024
_KINDS = {Kind.REGISTER: "key", Kind.DEFPACK: "file", Kind.TRANSFER: "member"}


def line_cap(kind: Kind) -> int:
    """Bytes of one line; a file of definitions stands in one."""
    return _LINE_CAPS.get(kind, _LINE_CAP)


def check(kind: Kind, raw: object) -> dict[str, Any]:
    """One line as it is, when every key fits. Raises ``Refused`` (ROW)."""
    fields = Fields(raw, Code.ROW, kind.value)
    fields.exactly("t", _KINDS[kind])
    match kind:
        case Kind.REGISTER:
            _key(fields)
        case Kind.DEFPACK:
            _file(fields)
        case _:
            _member(fields)
    fields.done()
    assert type(raw) is dict  # noqa: S101 - Fields said so
    return raw


def check_together(kind: Kind, lines: Sequence[Line]) -> None:
    """Sorted by id, none twice; a ticket carries one woman. Raises ``Refused`` (ROW)."""
    ids = [line["id"] for line in lines]
    if ids != sorted(set(ids)) or not ids:
        raise Refused(Code.ROW, "order")
    if kind is Kind.TRANSFER and len(ids) != 1:
        raise Refused(Code.ROW, "one member")


def ordered(lines: Iterable[Line]) -> list[Line]:
    """As they stand in a file."""
    return sorted(lines, key=lambda line: str(line["id"]))


def _key(fields: Fields) -> None:
    """``key``: who may sign what. ``scope``: the codes that begin so are its own; absent: its own unit alone."""
    said, unit = fields.words("id", 120), fields.match("unit", UNIT)
    fields.words("name", _NAME_LIMIT)
    fields.match("level", NAME)
    try:
        key = sshsig.key_of_line(fields.words("sign", 100))
    except ValueError:
        raise fields.bad("sign") from None
    if said != f"{unit}/{sshsig.fingerprint(key)}":
        raise fields.bad("id")
    fields.match("age", AGE_KEY)
    fields.match("installation", UUID)
    if fields.match("role", NAME) not in ROLES:
        raise fields.bad("role")
    fields.maybe_match("scope", UNIT)
    fields.maybe_match("replaces", FINGERPRINT)
    since = fields.integer("from_version", 1, MAX_SEQ)
    revoked = fields.maybe_integer("revoked_version", since, MAX_SEQ)
    epoch = fields.maybe_integer("last_epoch_no", 1, MAX_EPOCH)
    seq = fields.maybe_integer("last_seq", 0, MAX_SEQ)
    why = fields.maybe_words("why", _WORDS_LIMIT)
    if (epoch is None) != (seq is None) or (revoked is None and (epoch is not None or why)):
        raise fields.bad("revoked_version")


def _file(fields: Fields) -> None:
    """``file``: one file of definitions, whole; its id is the folder and the name."""
    fields.match("id", _PATH)
    said, text = fields.match("sha256", HASH), fields.rest()
    if set(text) != {"text"} or type(text["text"]) is not str or not _is_text(text["text"]):
        raise fields.bad("text")
    if hashlib.sha256(text["text"].encode("utf-8")).hexdigest() != said:
        raise fields.bad("sha256")


def _member(fields: Fields) -> None:
    """``member``: the id of a woman's membership, and what is known of her: code to text, number, or ``true``."""
    fields.match("id", UUID)
    values = fields.child("values").rest()
    if not 1 <= len(values) <= MAX_VALUES:
        raise fields.bad("values")
    for code, value in values.items():
        text = type(value) is str and 1 <= len(value) <= _WORDS_LIMIT and is_plain(value)
        if not NAME.fullmatch(code) or not (text or counts(value) or value is True):
            raise fields.bad("values")


def _is_text(text: str) -> bool:
    unseen = {letter for letter in set(text) if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")}
    return 0 < len(text) <= _TEXT_LIMIT and unseen <= {"\n", "\t"} and unicodedata.normalize("NFC", text) == text
