"""How a workbook looks where looks tell something: what is hidden, merged, or bold alone in its row."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from sochihoi.intake.bounds import MAX_CELLS, MAX_TEXT
from sochihoi.intake.errors import FileTrouble, ListNotRead
from sochihoi.intake.parts import fonts_of_styles, sheet_parts

Merged = tuple[int, int, int, int]
"""First row, first column, last row, last column, all from 0."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What a sheet shows of itself; rows and columns from 0. ``bold``: rows of one to three filled cells, the first of
    them bold."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Merged, ...] = ()
    bold: frozenset[int] = frozenset()


PLAIN: Final = Looks()
_ZIP = b"PK\x03\x04"
_FEW = 3
_BOLD = 700  # the weight of a font
_WITHOUT_VALUE = (0, 6)  # how xlrd calls a cell that is not there, and one that has looks only
_FARTHEST = 2_000
"""Hidden columns and rows that nothing stands in are told by formats up to their last one."""


def looks_of(path: Path, painted: bytes | None = None) -> Mapping[str, Looks]:
    """Sheets to their looks. Empty for a file whose looks cannot be read: then the texts alone tell.

    ``path`` is within bounds (``guard.check_archive``; ``painted`` as it returns it), or an .xls. Raises
    ``ListNotRead`` for an .xls that would be more than any list once it is read.
    """
    try:
        with path.open("rb") as stream:
            packed = stream.read(4) == _ZIP
        if not packed:
            return dict(_of_xls(path))
        with zipfile.ZipFile(path if painted is None else io.BytesIO(painted)) as archive:
            return dict(_of_xlsx(archive) if "xl/workbook.xml" in archive.namelist() else _of_ods(archive))
    except ListNotRead:
        raise
    except Exception:  # noqa: BLE001 - only looks are read here: what reads them breaks in many ways on odd files
        return {}


# ---------------------------------------------------------------------- .xlsx

_ROW: Final = re.compile(rb"<(?:\w+:)?row(?=[\s/>])")
_HIDDEN: Final = re.compile(rb'\bhidden="(?:1|true)"')
_NUMBER: Final = re.compile(rb'\br="(\d+)"')
_STYLE: Final = re.compile(rb'\bs="(\d+)"')
_COLUMN: Final = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_SPAN: Final = re.compile(rb'\b(min|max)="(\d+)"')
_MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')


def _of_xlsx(archive: zipfile.ZipFile) -> Iterator[tuple[str, Looks]]:
    marks = [font.find("{*}b") for font in fonts_of_styles(archive)]
    bold = [mark is not None and mark.get("val", "1") not in {"0", "false"} for mark in marks]
    heavy = frozenset(style for style, is_bold in enumerate(bold) if is_bold)
    for name, content in sheet_parts(archive):
        yield name, _of_part(content, heavy)


def _of_part(content: bytes, bold: frozenset[int]) -> Looks:
    head, _found, rest = content.partition(b"sheetData")
    hidden_columns: set[int] = set()
    for column in _COLUMN.findall(head):
        if _HIDDEN.search(column):
            span = {key: int(value) for key, value in _SPAN.findall(column)}
            hidden_columns.update(range(span[b"min"] - 1, min(span[b"max"], _FARTHEST)))
    hidden_rows, bold_rows, number = set(), set(), 0
    for piece in _ROW.split(rest.partition(b"sheetData>")[0])[1:]:
        about, _end, inside = piece.partition(b">")
        stated = _NUMBER.search(about)
        number = int(stated[1]) if stated else number + 1
        if about.endswith(b"/"):
            continue
        if not inside.startswith(b"</") and _HIDDEN.search(about):
            hidden_rows.add(number - 1)
        filled = list(islice(_filled(inside), _FEW + 1))
        if 0 < len(filled) <= _FEW and filled[0] in bold:
            bold_rows.add(number - 1)
    merged = tuple(
        (int(top) - 1, _place(left), int(bottom) - 1, _place(right))
        for left, top, right, bottom in _MERGED.findall(rest)
    )
    return Looks(frozenset(hidden_rows), frozenset(hidden_columns), merged, frozenset(bold_rows))


def _filled(row: bytes) -> Iterator[int]:
    """The styles of the cells of a row that something stands in."""
    for piece in re.split(rb"<(?:\w+:)?c\b", row)[1:]:
        about, _end, inside = piece.partition(b">")
        if not about.endswith(b"/") and b"<" in inside and not inside.startswith(b"</"):
            style = _STYLE.search(about)
            yield int(style[1]) if style else 0


def _place(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


# ---------------------------------------------------------------------- .xls


def _of_xls(path: Path) -> Iterator[tuple[str, Looks]]:
    import xlrd

    with redirect_stdout(io.StringIO()):  # it prints what it finds odd
        book = xlrd.open_workbook(str(path), formatting_info=True, on_demand=True, ragged_rows=True)
        heavy = [font.bold or font.weight >= _BOLD for font in book.font_list]
        cells = letters = 0
        for title in book.sheet_names():
            sheet = book.sheet_by_name(title)
            bold = set()
            widest = last = 0
            for row in range(sheet.nrows):
                letters += sum(len(str(value)) for value in sheet.row_values(row))
                kept = [place for place, kind in enumerate(sheet.row_types(row)) if kind not in _WITHOUT_VALUE]
                if kept:
                    last, widest = row + 1, max(widest, kept[-1] + 1)
                if cells + last * widest > MAX_CELLS or letters > MAX_TEXT:
                    raise ListNotRead(path.name, FileTrouble.TOO_LARGE)
                filled = [place for place, value in enumerate(sheet.row_values(row)) if value not in ("", None)]
                style = sheet.cell_xf_index(row, filled[0]) if 0 < len(filled) <= _FEW else None
                if style is not None and heavy[book.xf_list[style].font_index]:
                    bold.add(row)
            yield (
                title,
                Looks(
                    frozenset(row for row, about in sheet.rowinfo_map.items() if about.hidden),
                    frozenset(place for place, about in sheet.colinfo_map.items() if about.hidden),
                    tuple((top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells),
                    frozenset(bold),
                ),
            )
            cells += last * widest
            book.unload_sheet(title)


# ---------------------------------------------------------------------- .ods


def _of_ods(archive: zipfile.ZipFile) -> Iterator[tuple[str, Looks]]:
    tree = ET.fromstring(archive.read("content.xml"))  # noqa: S314 - no entities: guarded
    heavy = {
        _said(style, "name")
        for style in tree.iterfind(".//{*}automatic-styles/{*}style")
        if any(_said(about, "font-weight") == "bold" for about in style.iterfind("{*}text-properties"))
    }
    for table in tree.iterfind(".//{*}spreadsheet/{*}table"):
        yield _said(table, "name"), _of_table(table, heavy)


def _of_table(table: ET.Element, heavy: set[str]) -> Looks:
    hidden_columns: set[int] = set()
    hidden_rows: set[int] = set()
    bold: set[int] = set()
    merged: list[Merged] = []
    column = row = 0
    for one in table.iter():
        kind = one.tag.rpartition("}")[2]
        if kind == "table-column":
            until = column + int(_said(one, "number-columns-repeated") or 1)
            if _said(one, "visibility") in {"collapse", "filter"}:
                hidden_columns.update(range(column, min(until, _FARTHEST)))
            column = until
        elif kind == "table-row":
            times = int(_said(one, "number-rows-repeated") or 1)
            if times < _FARTHEST and _said(one, "visibility") in {"collapse", "filter"}:
                hidden_rows.update(range(row, row + times))
            merged += _spans(one, row)
            filled = [_said(cell, "style-name") for cell in one if len(cell)]
            if 0 < len(filled) <= _FEW and filled[0] in heavy:
                bold.add(row)
            row += times
    return Looks(frozenset(hidden_rows), frozenset(hidden_columns), tuple(merged), frozenset(bold))


def _spans(row: ET.Element, place: int) -> Iterator[Merged]:
    column = 0
    for cell in row:
        wide, high = (int(_said(cell, f"number-{way}-spanned") or 1) for way in ("columns", "rows"))
        if wide > 1 or high > 1:
            yield place, column, place + high - 1, column + wide - 1
        column += int(_said(cell, "number-columns-repeated") or 1)


def _said(element: ET.Element, name: str) -> str:
    return next((value for key, value in element.items() if key.endswith(f"}}{name}")), "")
