"""Sheets that are painted, or filled with formulas that say nothing, down to their last row: what stands in them is
read without holding the rest."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

PAINTED_FROM: Final = 20_000_000
"""Bytes of a sheet's part from which it is unpacked piece by piece, without its empty cells."""
MAX_PAINTED: Final = 600_000_000
"""Bytes of all such parts together before that: a million rows of twenty painted cells."""

_PIECE: Final = 4_000_000
_COUNTED_FROM_IT: Final = rb'(?!\s*<(?:\w+:)?%s(?=[\s/>])(?![^<>]{0,300}?\sr="))'
_EMPTY_CELL: Final = re.compile(
    rb'<(?P<p>\w+:)?c(?=\s)[^<>]{0,300}?\sr="[A-Z]+\d+"[^<>]{0,300}?'
    rb"(?:/>|>\s*(?:<(?P=p)?f\b[^<>]*?(?:/>|>[^<>]*</(?P=p)?f>)\s*)?"
    rb"(?:<(?P=p)?v\s*/>|<(?P=p)?v>\s*</(?P=p)?v>|<(?P=p)?is>\s*<(?P=p)?t\b[^<>]*?(?:/>|>\s*</(?P=p)?t>)\s*</(?P=p)?is>)?"
    rb"\s*</(?P=p)?c>)" + _COUNTED_FROM_IT % b"c"
)
_EMPTY_ROW: Final = re.compile(
    rb'<(?:\w+:)?row(?=\s)[^<>]{0,300}?\sr="\d+"[^<>]{0,300}?(?:/>|>\s*</(?:\w+:)?row>)' + _COUNTED_FROM_IT % b"row"
)


def without_empty(content: bytes) -> bytes:
    """A sheet's part, or whole rows of it, without the cells that nothing stands in and the rows that have no other.
    What does not say where it stands is kept, and what that counts from."""
    return _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", content))


def pieces(packed: BinaryIO, size: int) -> Iterator[bytes]:
    """What the next ``size`` bytes of a deflated stream unpack to, piece by piece. Raises ``zlib.error``."""
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    left, rest = size, b""
    while not unpacking.eof:
        if not rest:
            rest = packed.read(min(_PIECE, left))
            left -= len(rest)
        piece = unpacking.decompress(rest, _PIECE)
        if not piece and not rest:
            raise zlib.error  # it ends before its end
        rest = unpacking.unconsumed_tail
        yield piece


def whole_rows(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, cut where a row begins, or a cell in a row that is longer than a piece."""
    held = b""
    for part in parts:
        held += part
        cut = max(held.rfind(b"<row "), 0) or max(held.rfind(b"<c "), 0) or len(held)
        yield held[:cut]
        held = held[cut:]
    yield held
