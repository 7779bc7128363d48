"""How much a workbook would be once it is read: small files can name one long text, or one cell, without end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from sochihoi.intake.parts import filled_cells

MAX_CELLS: Final = 6_000_000
"""Of all sheets together. Readers keep a sheet as one rectangle: a single cell in the farthest corner would ask for 17
thousand million."""
MAX_TEXT: Final = 100_000_000
"""Letters of all cells together: every cell that names a shared text becomes a text of its own."""

_SHARED_CELL: Final = re.compile(rb'<(?:\w+:)?c\b[^<>]*\bt="s"[^<>]*>\s*<(?:\w+:)?v>(\d+)<')
_SHARED: Final = re.compile(rb"<(?:\w+:)?si(?=[\s/>])")
_TIMES: Final = re.compile(rb'number-(?:columns|rows)-repeated="([0-9]+)"')


def cells_of_sheet(content: bytes) -> int:
    """Cells of the rectangle of an .xlsx sheet, from A1 to the last row and the last column that anything stands in."""
    rows = columns = 0
    for cell in filled_cells(content):
        rows = max(rows, cell.row + 1)
        columns = max(columns, cell.column + 1)
    return rows * columns


def shared_uses(content: bytes) -> Mapping[int, int]:
    """How often a sheet names each shared text."""
    uses: dict[int, int] = {}
    for digits in _SHARED_CELL.findall(content):
        uses[int(digits)] = uses.get(int(digits), 0) + 1
    return uses


def too_much_text(shared: bytes, uses: Mapping[int, int]) -> bool:
    """Whether the shared texts, each as often as cells name it, are more than any list."""
    return sum(len(one) * uses.get(at, 0) for at, one in enumerate(_SHARED.split(shared)[1:])) > MAX_TEXT


def too_much_in_ods(content: bytes) -> bool:
    """Whether the sheets of an .ods are more than any list: rows and cells say how often they are repeated."""
    every = text = 0
    for table in content.split(b"<table:table ")[1:]:
        height = width = last = 0
        for row_times, cells in _ods_rows(table):
            height += row_times
            place = filled = 0
            for times, size in cells:
                place += times
                if size:
                    filled = place
                    text += size * times * row_times
            if filled:
                last, width = height, max(width, filled)
            if every + last * width > MAX_CELLS or text > MAX_TEXT:
                return True
        every += last * width
    return False


def _ods_rows(table: bytes) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Each row as how often it is repeated, and its cells as (how often, bytes of what stands there)."""
    for row in table.split(b"<table:table-row")[1:]:
        about, _end, inside = row.partition(b">")
        cells = []
        for piece in re.split(rb"<table:(?:covered-)?table-cell(?=[\s/>])", inside)[1:]:
            said, _end, text = piece.partition(b">")
            valued = b"value-type" in said or (not said.endswith(b"/") and b"<text:" in text)
            cells.append((_times(said), len(piece) if valued else 0))
        yield _times(about), cells


def _times(about: bytes) -> int:
    found = _TIMES.search(about)
    return int(found[1]) if found else 1
