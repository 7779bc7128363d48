"""From rows to ciphertext and back: lines, gzip, age. Each layer has a cap and one spelling."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from sochihoi.sync.canonical import NotCanonical, canon, parse
from sochihoi.sync.container import PAYLOAD_CAP
from sochihoi.sync.errors import MOST_ROWS, Code, Refused, WrongRow
from sochihoi.sync.identity import Identity
from sochihoi.sync.manifest import Draft, Manifest, Payload
from sochihoi.sync.member_rows import check_columns
from sochihoi.sync.rows import PROFILE, WITH_MEMBERS, Row, check_together, decode, encode, key_of
from sochihoi.sync.shapes import NAME, UUID, Fields

PLAINTEXT_CAP = 64 * 1024 * 1024
ROW_CAP = 400_000
LINE_CAP = 8 * 1024
SALT = 16

_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"  # deflate, no name, no time, best, no operating system
_AGE_HEAD = b"age-encryption.org/v1\n"


def text_of(draft: Draft, key: str, salt: bytes, rows: Iterable[Row], columns: Iterable[str] = ()) -> bytes:
    """Header and sorted lines. The header repeats what the manifest says, so a ciphertext serves one manifest only.
    ``columns``: of members, for a file of profile ``danh-sach``; it is one also where no member is listed.

    Raises ``Refused`` (ROW, SCHEMA) for rows that a reader would refuse: better at home than at the level above.
    """
    ordered = sorted(rows, key=key_of)
    listed = sorted(columns)
    check_together(ordered, draft.period, listed)
    lines = [_line(encode(row, draft.unit)) for row in ordered]
    for line in lines:
        decode(parse(line), draft.unit)
    counts = Counter(key_of(row)[0] for row in ordered)
    header = _binding(draft, key) | {"t": "hdr", "profile": PROFILE, "salt": salt.hex(), "rows": dict(counts)}
    if listed:
        header |= {"profile": WITH_MEMBERS, "columns": listed}
    return b"".join(line + b"\n" for line in (canon(header), *lines))


def rows_of(text: bytes, manifest: Manifest) -> tuple[Row, ...]:
    """Steps 10 and 11: the header names this manifest, and every line keeps its schema and its unit.

    Raises ``Refused``: BINDING; SCOPE or ROW, with the lines that are wrong.
    """
    lines = text.split(b"\n")
    if lines.pop() != b"" or not lines:
        raise Refused(Code.ROW, "last line")
    if len(lines) > ROW_CAP:
        raise Refused(Code.TOO_BIG, "rows")
    header = _parse(lines[0])
    if type(header) is not dict:
        raise Refused(Code.ROW, "hdr")
    counts, salt = header.pop("rows", None), header.pop("salt", None)
    profile = {"profile": PROFILE}
    columns: tuple[str, ...] = ()
    if header.get("profile") == WITH_MEMBERS:
        columns = check_columns(header.pop("columns", None))
        profile = {"profile": WITH_MEMBERS}
    if canon(header) != canon(_binding(manifest.draft, manifest.key) | {"t": "hdr"} | profile):
        raise Refused(Code.BINDING, "hdr")
    if type(salt) is not str or len(salt) != 2 * SALT or not set(salt) <= set("0123456789abcdef"):
        raise Refused(Code.ROW, "hdr.salt")
    rows = _rows(lines, manifest.unit)
    if type(counts) is not dict or canon(counts) != canon(dict(Counter(key_of(row)[0] for row in rows))):
        raise Refused(Code.BINDING, "hdr.rows")
    check_together(rows, manifest.period, columns)
    return rows


def seal(text: bytes, recipients: Sequence[str]) -> tuple[bytes, Payload]:
    """Ciphertext and its measures. ``recipients``: ``age1…``. The file key and nonce of age come from the system."""
    import pyrage

    if len(text) > PLAINTEXT_CAP:
        raise Refused(Code.TOO_BIG, "text")
    packed = gzip_of(text)
    ciphertext: bytes = pyrage.encrypt(packed, [pyrage.x25519.Recipient.from_str(key) for key in recipients])
    if len(ciphertext) > PAYLOAD_CAP:
        raise Refused(Code.TOO_BIG, "payload")
    return ciphertext, Payload(len(ciphertext), sha256(ciphertext), len(packed), len(text), sha256(text))


def check_outside(ciphertext: bytes, payload: Payload) -> None:
    """Step 6, which needs no key: length and hash. Raises ``Refused`` (PAYLOAD_HASH)."""
    if len(ciphertext) != payload.ct_len or sha256(ciphertext) != payload.ct_sha256:
        raise Refused(Code.PAYLOAD_HASH)


def open_text(ciphertext: bytes, payload: Payload, identity: Identity) -> bytes:
    """Steps 8 and 9: decrypt the whole, then unpack no more than was signed for.

    Raises ``Refused``: TOO_BIG, DECRYPT, PLAINTEXT_HASH.
    """
    if payload.pt_len > PLAINTEXT_CAP:
        raise Refused(Code.TOO_BIG, "text")
    return unpack(_decrypt(ciphertext, identity), payload)


def unpack(packed: bytes, payload: Payload) -> bytes:
    """Step 9: no more than was signed for. Raises ``Refused``: TOO_BIG, PLAINTEXT_HASH."""
    if payload.pt_len > PLAINTEXT_CAP:
        raise Refused(Code.TOO_BIG, "text")
    if len(packed) != payload.gz_len:
        raise Refused(Code.PLAINTEXT_HASH, "gzip length")
    text = _gunzip(packed, payload.pt_len)
    if len(text) != payload.pt_len or sha256(text) != payload.pt_sha256:
        raise Refused(Code.PLAINTEXT_HASH, "text")
    return text


def gzip_of(text: bytes) -> bytes:
    """Level 9 with a fixed header: no time, no name, no operating system, the same everywhere."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return _GZIP_HEAD + packer.compress(text) + packer.flush() + _gzip_tail(text)


def sha256(data: bytes) -> str:
    """64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def _decrypt(ciphertext: bytes, identity: Identity) -> bytes:
    import pyrage

    if not ciphertext.startswith(_AGE_HEAD):
        raise Refused(Code.DECRYPT, "age")
    secrets = [pyrage.x25519.Identity.from_str(one.age_secret) for one in identity.every()]
    try:
        packed: bytes = pyrage.decrypt(ciphertext, secrets)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001 - a panic of the Rust library is no Exception, and hostile bytes must not end us
        raise Refused(Code.DECRYPT) from None
    return packed


def _gunzip(packed: bytes, limit: int) -> bytes:
    if not packed.startswith(_GZIP_HEAD):
        raise Refused(Code.PLAINTEXT_HASH, "gzip header")
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        text = unpacker.decompress(packed[len(_GZIP_HEAD) : -8], limit + 1)
    except zlib.error:
        raise Refused(Code.PLAINTEXT_HASH, "gzip") from None
    if not unpacker.eof or unpacker.unused_data or unpacker.unconsumed_tail or packed[-8:] != _gzip_tail(text):
        raise Refused(Code.PLAINTEXT_HASH, "gzip end")
    return text


def _gzip_tail(text: bytes) -> bytes:
    return struct.pack("<II", zlib.crc32(text), len(text) & 0xFFFFFFFF)


def _binding(draft: Draft, key: str) -> dict[str, object]:
    return {
        "file_id": draft.file_id,
        "unit": draft.unit,
        "seq": draft.seq,
        "epoch": draft.epoch,
        "key": key,
    }


def _line(document: object) -> bytes:
    try:
        line = canon(document)
    except NotCanonical:
        raise Refused(Code.ROW, "not canonical") from None
    if len(line) > LINE_CAP:
        raise Refused(Code.ROW, "length")
    return line


def _rows(lines: Sequence[bytes], unit: str) -> tuple[Row, ...]:
    """The lines below the header; the refusal is that of the first wrong one and names the others too."""
    rows: list[Row] = []
    wrong: list[WrongRow] = []
    code = Code.ROW
    for number, line in enumerate(lines[1:], 2):
        try:
            rows.append(decode(_parse(line), unit))
        except Refused as refusal:
            code = code if wrong else refusal.code
            wrong.append(_wrong(number, line, refusal.detail))
            if len(wrong) == MOST_ROWS:
                break
    if wrong:
        raise Refused(code, wrong[0].place, rows=tuple(wrong))
    return tuple(rows)


def _wrong(number: int, line: bytes, place: str) -> WrongRow:
    try:
        fields = Fields(_parse(line), Code.ROW, "row")
    except Refused:
        return WrongRow(number, place)

    def said(read: Callable[[], str]) -> str:
        try:
            return read()
        except Refused:
            return ""

    return WrongRow(
        number,
        place,
        said(lambda: fields.period("period").code),
        said(lambda: fields.match("branch", UUID)),
        said(lambda: fields.match("code", NAME)),
    )


def _parse(line: bytes) -> object:
    if len(line) > LINE_CAP:
        raise Refused(Code.ROW, "length")
    try:
        found: object = parse(line)
    except NotCanonical:
        raise Refused(Code.ROW, "not canonical") from None
    return found
