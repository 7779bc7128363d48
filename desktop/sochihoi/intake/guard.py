"""Looks at a workbook from outside before anything reads it: a list from a stick must not fill the memory of the PC.

At most 50 MB, 200 parts, a ratio of 100, no document types or entities. The parts are unpacked here against a cap,
since the sizes written in the archive can lie.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from typing import BinaryIO

from sochihoi.intake.bounds import MAX_CELLS, cells_of_sheet, shared_uses, too_much_in_ods, too_much_text
from sochihoi.intake.errors import FileTrouble, ListNotRead

MAX_BYTES = 50_000_000
MAX_MEMBERS = 200
MAX_RATIO = 100
RATIO_MATTERS_FROM = 1_000_000
"""Below this size a part does no harm, and empty styled rows may honestly shrink more than a hundredfold."""

_DECLARATIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LOCAL_HEADER = struct.Struct("<4sHHHHHIIIHH")


def check_archive(path: Path) -> None:
    """Raise ``ListNotRead`` for an archive (.xlsx, .ods) that is damaged, locked, too large, or built to harm."""
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as raw:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise ListNotRead(path.name, FileTrouble.TOO_MANY_PARTS)
            left, shared, cells = MAX_BYTES, b"", 0
            uses: Counter[int] = Counter()
            for member in members:
                content = _unpack(raw, member, left, path)
                left -= len(content)
                content = content.replace(b"\0", b"") if b"\0" in content[:4] else content  # UTF-16 must hide nothing
                _check_content(member.filename, content, path)
                if member.filename.startswith("xl/worksheets/"):
                    uses.update(shared_uses(content))
                    cells += cells_of_sheet(content)
                    if cells > MAX_CELLS:
                        raise ListNotRead(path.name, FileTrouble.TOO_LARGE)
                elif member.filename.lower() == "xl/sharedstrings.xml":
                    shared = content
            if too_much_text(shared, uses):
                raise ListNotRead(path.name, FileTrouble.TOO_LARGE)
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError) as error:
        raise ListNotRead(path.name, FileTrouble.DAMAGED) from error


def _unpack(raw: BinaryIO, member: zipfile.ZipInfo, left: int, path: Path) -> bytes:
    if member.flag_bits & 0x1:
        raise ListNotRead(path.name, FileTrouble.LOCKED)
    raw.seek(member.header_offset)
    header = _LOCAL_HEADER.unpack(raw.read(_LOCAL_HEADER.size))
    raw.seek(header[9] + header[10], 1)
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


def _check_content(name: str, content: bytes, path: Path) -> None:
    if _DECLARATIONS.search(content):
        raise ListNotRead(path.name, FileTrouble.ENTITIES)
    if name == "content.xml" and too_much_in_ods(content):
        raise ListNotRead(path.name, FileTrouble.TOO_LARGE)
