"""The outside of a file: a ZIP archive that any tool opens and that has only one spelling.

Stored members in a fixed order, one date, nothing between or after them. The reader takes the members out, builds the
archive anew and compares the bytes, so no field of the ZIP can carry or hide anything.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from enum import StrEnum

from sochihoi.sync.errors import Code, Refused, Why

MANIFEST_CAP = 64 * 1024
SIGNATURE_CAP = 4 * 1024
PAYLOAD_CAP = 64 * 1024 * 1024
FILE_CAP = MANIFEST_CAP + SIGNATURE_CAP + PAYLOAD_CAP + 1024
BACKUP_CAP = 1024 * 1024 * 1024  # a whole book, which is handed over once in years
HANDOVER_CAP = FILE_CAP - PAYLOAD_CAP + BACKUP_CAP


class Form(StrEnum):
    """What the third member is; it bears the name."""

    AGE = "payload.age"  # for its addressees only
    GZIP = "payload.gz"  # for everybody below: signed, not secret
    BACKUP = "payload.hpnbak"  # a book under its own key


_NAMES = (b"manifest.json", b"manifest.json.sig")
_CAPS = {Form.AGE: PAYLOAD_CAP, Form.GZIP: PAYLOAD_CAP, Form.BACKUP: BACKUP_CAP}
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_VERSION = 20
_DATE = 0x21  # 1980-01-01, the first day that the format knows
_KEY_FILE = b'{"age":'


@dataclass(frozen=True, slots=True)
class Members:
    """The bytes inside. A receipt has no ``payload``."""

    manifest: bytes
    signature: bytes
    payload: bytes | None = None
    form: Form = Form.AGE

    def listed(self) -> tuple[bytes, ...]:
        """In the order of the file."""
        head = (self.manifest, self.signature)
        return head if self.payload is None else (*head, self.payload)

    def named(self) -> tuple[tuple[bytes, int], ...]:
        """Name and cap of each member; the third may be absent."""
        return (
            (_NAMES[0], MANIFEST_CAP),
            (_NAMES[1], SIGNATURE_CAP),
            (self.form.value.encode("ascii"), _CAPS[self.form]),
        )


def build(members: Members) -> bytes:
    """The one archive of these members. Raises ``Refused`` (TOO_BIG) when a member is above its cap."""
    out, directory = bytearray(), bytearray()
    listed = members.listed()
    for (name, cap), data in zip(members.named(), listed, strict=False):
        if len(data) > cap:
            raise Refused(Code.TOO_BIG, name.decode())
        at, crc, size = len(out), zlib.crc32(data), len(data)
        out += _LOCAL.pack(b"PK\3\4", _VERSION, 0, 0, 0, _DATE, crc, size, size, len(name), 0) + name + data
        directory += _CENTRAL.pack(
            b"PK\1\2", _VERSION, _VERSION, 0, 0, 0, _DATE, crc, size, size, len(name), 0, 0, 0, 0, 0, at
        )
        directory += name
    end = _END.pack(b"PK\5\6", 0, 0, len(listed), len(listed), len(directory), len(out), 0)
    return bytes(out + directory + end)


def is_ours(data: bytes) -> bool:
    """Whether the bytes begin as a file of ours does: whatever is wrong further on, it is no wrapping."""
    name = _NAMES[0]
    return data[_LOCAL.size : _LOCAL.size + len(name)] == name


def parse(data: bytes, cap: int = FILE_CAP) -> Members:
    """The members of an archive that ``build`` would write byte for byte.

    Raises ``Refused``: TOO_BIG, and CONTAINER with a ``Why`` that says what is wrong as far as bytes can tell.
    """
    if len(data) > cap:
        raise Refused(Code.TOO_BIG, "file")
    manifest, at = _member(data, 0, len(_NAMES[0]), MANIFEST_CAP)
    signature, at = _member(data, at, len(_NAMES[1]), SIGNATURE_CAP)
    members = Members(manifest, signature)
    if data[at : at + 4] != b"PK\1\2":  # else a receipt
        form = _form(data, at)
        members = Members(manifest, signature, _member(data, at, len(form.value), _CAPS[form])[0], form)
    whole = build(members)
    if whole == data:
        return members
    if data.startswith(whole):
        raise Refused(Code.CONTAINER, Why.LONGER)
    raise Refused(Code.CONTAINER, Why.CUT if whole.startswith(data) else _wrong(data))


def _form(data: bytes, at: int) -> Form:
    body = at + _LOCAL.size
    for form in Form:
        if data[body : body + len(form.value)] == form.value.encode("ascii"):
            return form
    raise Refused(Code.CONTAINER, _wrong(data))


def _member(data: bytes, at: int, name: int, cap: int) -> tuple[bytes, int]:
    """The bytes of the member that begins here, and where it ends. Its name is judged when all is built anew."""
    body = at + _LOCAL.size + name
    if len(data) < body or data[at : at + 4] != b"PK\3\4":
        raise Refused(Code.CONTAINER, _wrong(data))
    size = _LOCAL.unpack_from(data, at)[8]
    if size > cap or body + size > len(data):
        raise Refused(Code.CONTAINER, _wrong(data))
    return data[body : body + size], body + size


def _wrong(data: bytes) -> Why:
    """The likeliest fault of bytes that are no file of ours; a guess that only chooses a sentence."""
    if not data:
        return Why.EMPTY
    if data.startswith(_KEY_FILE):
        return Why.KEY_FILE
    if not is_ours(data):
        # a copy that broke off within the first bytes still begins as ours
        begun = len(data) < _LOCAL.size + len(_NAMES[0]) and data.startswith(b"PK\3\4")
        return Why.CUT if begun else Why.NOT_OURS
    if b"PK\5\6" not in data[-_END.size - 64 :]:
        return Why.CUT
    fixed = (_VERSION, 0, 0, 0, _DATE)
    return Why.CHANGED if _LOCAL.unpack_from(data, 0)[1:6] == fixed else Why.REPACKED
