"""Looks at a workbook from outside before anything reads it: a list from a stick must not fill the memory of the PC.

At most 50 MB, 200 parts, a ratio of 100, no document types or entities. The parts are unpacked here against a cap,
since the sizes written in the archive can lie. What is painted and empty is not counted: see ``painted``.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from sochihoi.intake.bounds import MAX_CELLS, cells_of_sheet, shared_uses, too_much_in_ods, too_much_text
from sochihoi.intake.errors import FileTrouble, ListNotRead
from sochihoi.intake.painted import MAX_PAINTED, PAINTED_FROM, pieces, whole_rows, without_empty

MAX_BYTES = 50_000_000
MAX_MEMBERS = 200
MAX_RATIO = 100
RATIO_MATTERS_FROM = 1_000_000
"""Below this size a part does no harm, and empty styled rows may honestly shrink more than a hundredfold."""

_DECLARATIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LOCAL_HEADER = struct.Struct("<4sHHHHHIIIHH")


def check_archive(path: Path) -> bytes | None:
    """Raise ``ListNotRead`` for an archive (.xlsx, .ods) that is damaged, locked, too large, or built to harm.

    Returns the archive without the empty cells of its sheets where it has too many of them to be read as it is: a list
    that is painted down to the last row of the sheet. Else ``None``.
    """
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as raw:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise ListNotRead(path.name, FileTrouble.TOO_MANY_PARTS)
            if sum(member.file_size for member in members) > MAX_PAINTED:
                raise ListNotRead(path.name, FileTrouble.TOO_LARGE)
            parts: dict[str, bytes] = {}
            left, cells, painted = MAX_BYTES, 0, False
            uses: Counter[int] = Counter()
            for member in members:
                sheet = member.filename.startswith("xl/worksheets/")
                lean = sheet and member.file_size > PAINTED_FROM and member.compress_type == zipfile.ZIP_DEFLATED
                content = (_unpack_rows if lean else _unpack)(raw, member, left, path)
                left -= len(content)
                plain = content.replace(b"\0", b"") if b"\0" in content[:4] else content  # UTF-16 must hide nothing
                _check_content(member.filename, plain, path)
                if sheet:
                    uses.update(shared_uses(plain))
                    many = cells_of_sheet(plain)
                    if cells + many > MAX_CELLS and not lean:
                        content, lean = without_empty(plain), True
                        many = cells_of_sheet(content)
                    cells += many
                    if cells > MAX_CELLS:
                        raise ListNotRead(path.name, FileTrouble.TOO_LARGE)
                parts[member.filename] = content
                painted = painted or lean
            shared = next((content for name, content in parts.items() if name.lower() == "xl/sharedstrings.xml"), b"")
            if too_much_text(shared, uses):
                raise ListNotRead(path.name, FileTrouble.TOO_LARGE)
            return _packed(parts) if painted else None
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError) as error:
        raise ListNotRead(path.name, FileTrouble.DAMAGED) from error


def _packed(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def _go_to(raw: BinaryIO, member: zipfile.ZipInfo, path: Path) -> None:
    """To the first byte of a part as it is packed."""
    if member.flag_bits & 0x1:
        raise ListNotRead(path.name, FileTrouble.LOCKED)
    raw.seek(member.header_offset)
    header = _LOCAL_HEADER.unpack(raw.read(_LOCAL_HEADER.size))
    raw.seek(header[9] + header[10], 1)


def _unpack(raw: BinaryIO, member: zipfile.ZipInfo, left: int, path: Path) -> bytes:
    _go_to(raw, member, path)
    packed = raw.read(member.compress_size)
    if member.compress_type == zipfile.ZIP_STORED:
        content = packed
    elif member.compress_type == zipfile.ZIP_DEFLATED:
        content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, left + 1)
    else:
        raise ListNotRead(path.name, FileTrouble.DAMAGED)
    if len(content) >= RATIO_MATTERS_FROM and len(content) > MAX_RATIO * len(packed):
        raise ListNotRead(path.name, FileTrouble.TOO_COMPRESSED)
    if len(content) > left:
        raise ListNotRead(path.name, FileTrouble.TOO_LARGE)
    if len(content) != member.file_size:
        raise ListNotRead(path.name, FileTrouble.DAMAGED)
    return content


def _unpack_rows(raw: BinaryIO, member: zipfile.ZipInfo, left: int, path: Path) -> bytes:
    """A sheet's part without its empty cells; the whole of it never stands in memory."""
    _go_to(raw, member, path)
    if member.file_size > MAX_RATIO * member.compress_size:
        raise ListNotRead(path.name, FileTrouble.TOO_COMPRESSED)
    unpacked, kept = 0, bytearray()
    for rows in whole_rows(pieces(raw, member.compress_size)):
        unpacked += len(rows)
        kept += without_empty(rows)
        if unpacked > member.file_size:
            raise ListNotRead(path.name, FileTrouble.DAMAGED)
        if len(kept) > left:
            raise ListNotRead(path.name, FileTrouble.TOO_LARGE)
    if unpacked != member.file_size:
        raise ListNotRead(path.name, FileTrouble.DAMAGED)
    return bytes(kept)


def _check_content(name: str, content: bytes, path: Path) -> None:
    if _DECLARATIONS.search(content):
        raise ListNotRead(path.name, FileTrouble.ENTITIES)
    if name == "content.xml" and too_much_in_ods(content):
        raise ListNotRead(path.name, FileTrouble.TOO_LARGE)
