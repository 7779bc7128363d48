"""The outside of a file: a ZIP archive that any tool opens and that has only one spelling.

Stored members in a fixed order, one date, nothing between or after them. The reader takes the members out, builds the
archive anew and compares the bytes, so no field of the ZIP can carry or hide anything.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from sochihoi.sync.errors import Code, Refused

MANIFEST_CAP = 64 * 1024
SIGNATURE_CAP = 4 * 1024
PAYLOAD_CAP = 64 * 1024 * 1024
FILE_CAP = MANIFEST_CAP + SIGNATURE_CAP + PAYLOAD_CAP + 1024

_NAMES = (b"manifest.json", b"manifest.json.sig", b"payload.age")
_CAPS = (MANIFEST_CAP, SIGNATURE_CAP, PAYLOAD_CAP)
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_VERSION = 20
_DATE = 0x21  # 1980-01-01, the first day that the format knows
_WRAP_ENTRIES = 16
_SUFFIX = ".hpn"


@dataclass(frozen=True, slots=True)
class Members:
    """The bytes inside. A receipt has no ``payload``."""

    manifest: bytes
    signature: bytes
    payload: bytes | None = None

    def listed(self) -> tuple[bytes, ...]:
        """In the order of the file."""
        head = (self.manifest, self.signature)
        return head if self.payload is None else (*head, self.payload)


def build(members: Members) -> bytes:
    """The one archive of these members. Raises ``Refused`` (TOO_BIG) when a member is above its cap."""
    out, directory = bytearray(), bytearray()
    listed = members.listed()
    for name, data, cap in zip(_NAMES, listed, _CAPS, strict=False):
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


def parse(data: bytes) -> Members:
    """The members of an archive that ``build`` would write byte for byte. Raises ``Refused`` (CONTAINER, TOO_BIG)."""
    if len(data) > FILE_CAP:
        raise Refused(Code.TOO_BIG, "file")
    found: list[bytes] = []
    at = 0
    for name, cap in zip(_NAMES, _CAPS, strict=True):
        if len(found) == 2 and data[at : at + 4] == b"PK\1\2":
            break  # a receipt
        body = at + _LOCAL.size + len(name)
        if len(data) < body or data[at : at + 4] != b"PK\3\4":
            raise Refused(Code.CONTAINER, "member")
        size = _LOCAL.unpack_from(data, at)[8]
        if size > cap or body + size > len(data):
            raise Refused(Code.CONTAINER, "length")
        found.append(data[body : body + size])
        at = body + size
    members = Members(found[0], found[1], found[2] if len(found) == 3 else None)
    if build(members) != data:
        raise Refused(Code.CONTAINER, "spelling")
    return members


def unwrap(data: bytes) -> bytes:
    """The ``.hpn`` inside a ZIP that a messenger put around it; any other bytes come back as they are.

    Chat programs wrap unknown endings. Only a ZIP with exactly one member, whose name ends in ``.hpn``, counts as a
    wrapping; it may be stored or deflated, and is read up to the cap of a file. Raises ``Refused``: CONTAINER when the
    wrapping is damaged, TOO_BIG when it holds more.
    """
    first_name = data[_LOCAL.size : _LOCAL.size + len(_NAMES[0])]
    if not data.startswith(b"PK\3\4") or first_name == _NAMES[0]:
        return data
    if len(data) > FILE_CAP:
        raise Refused(Code.TOO_BIG, "file")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist()[: _WRAP_ENTRIES + 1] if not entry.is_dir()]
            if len(entries) != 1 or not entries[0].filename.lower().endswith(_SUFFIX):
                raise Refused(Code.CONTAINER, "wrapping: not one file")
            entry = entries[0]
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or entry.flag_bits & 1:
                raise Refused(Code.CONTAINER, "wrapping: method")
            with archive.open(entry) as inner:
                found = inner.read(FILE_CAP + 1)
    except Refused:
        raise
    except Exception:  # noqa: BLE001 - zipfile fails in many ways on hostile bytes; each of them is a damaged wrapping
        raise Refused(Code.CONTAINER, "wrapping: damaged") from None
    if len(found) > FILE_CAP:
        raise Refused(Code.TOO_BIG, "wrapping")
    return found
