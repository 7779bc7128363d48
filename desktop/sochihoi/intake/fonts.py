"""The fonts of cells, where they tell what the letters are: fonts of before Unicode, and fonts of signs."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from itertools import product
from pathlib import Path
from xml.etree import ElementTree as ET

from sochihoi.intake.legacy import Encoding, of_font
from sochihoi.intake.parts import filled_cells, fonts_of_runs, fonts_of_styles, sheet_parts
from sochihoi.intake.signs import is_of_signs

Fonts = Mapping[tuple[int, int], str]
"""(Row, column) from 0 to the font's name; only cells in a font of before Unicode or of signs."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_FARTHEST = 2_000  # columns: the last one is repeated to the edge of the sheet
_NAMED = re.compile(rb"""(?:["']|&apos;|&quot;)(?:\.vn|vni-|wingdings|webdings|marlett|symbol)""", re.IGNORECASE)


def old_fonts(path: Path, painted: bytes | None = None) -> Mapping[str, Fonts]:
    """Sheets to the cells in such fonts; a file that keeps no fonts, or whose looks cannot be read, has none.

    ``path`` was read as a list before, so that it is whole and within bounds (``read_workbook``; ``painted`` as the
    workbook has it).
    """
    with path.open("rb") as stream:
        start = stream.read(4)
    try:
        found = (
            _of_zip(path if painted is None else io.BytesIO(painted))
            if start == _ZIP
            else _of_xls(path)
            if start == _OLE
            else ()
        )
        return {name: fonts for name, fonts in found if fonts}
    except Exception:  # noqa: BLE001 - only looks are read here: the readers of looks break in many ways on odd files
        return {}  # then the words tell


def _of_zip(source: Path | io.BytesIO) -> Iterator[tuple[str, Fonts]]:
    with zipfile.ZipFile(source) as archive:
        styles = {"xl/styles.xml", "xl/sharedStrings.xml", *_ODF}.intersection(archive.namelist())
        if not any(_NAMED.search(archive.read(name)) for name in styles):
            return
        if "xl/styles.xml" in styles:
            yield from _of_xlsx(archive)
        else:
            yield from _of_ods([archive.read(name) for name in _ODF if name in styles])


def _of_xlsx(archive: zipfile.ZipFile) -> Iterator[tuple[str, Fonts]]:
    named = [font.find("{*}name") for font in fonts_of_styles(archive)]
    told = {style: name for style, one in enumerate(named) if one is not None and _tells(name := one.get("val", ""))}
    runs = {place: name for place, name in fonts_of_runs(archive).items() if _tells(name)}
    for title, content in sheet_parts(archive):
        cells = (cell for cell in filled_cells(content) if cell.text)
        fonts = ((cell, runs.get(cell.shared) or told.get(cell.style)) for cell in cells)
        yield title, {(cell.row, cell.column): name for cell, name in fonts if name}


def _of_xls(path: Path) -> Iterator[tuple[str, Fonts]]:
    import xlrd

    with redirect_stdout(io.StringIO()):  # it prints what it finds odd
        book = xlrd.open_workbook(str(path), formatting_info=True, on_demand=True, ragged_rows=True)
        names = [font.name for font in book.font_list]
        if not any(map(_tells, names)):
            return
        for title in book.sheet_names():
            sheet = book.sheet_by_name(title)
            fonts = {}
            for row in range(sheet.nrows):
                for column in range(sheet.row_len(row)):
                    name = names[book.xf_list[sheet.cell_xf_index(row, column)].font_index]
                    if _tells(name) and isinstance(sheet.cell_value(row, column), str):
                        fonts[row, column] = name
            book.unload_sheet(title)
            yield title, fonts


_ODF = ("styles.xml", "content.xml")


def _of_ods(parts: Sequence[bytes]) -> Iterator[tuple[str, Fonts]]:
    """A cell's own style, else its row's or its column's; a style says a font or what it is made from."""
    trees = [ET.fromstring(part) for part in parts]  # noqa: S314 - no entities: guarded
    every = [one for tree in trees for one in tree.iter()]
    faces = {_said(one, "name"): _said(one, "font-family") for one in every if _kind(one) == "font-face"}
    named: dict[str, str] = {}
    made_from: dict[str, str] = {}
    for style in (one for one in every if _kind(one) in ("style", "default-style")):
        name = _said(style, "name")
        made_from[name] = _said(style, "parent-style-name")
        for about in style.iterfind("{*}text-properties"):
            said = _said(about, "font-name")
            named[name] = (faces.get(said, said) or _said(about, "font-family")).strip("'\" ")

    def font(*styles: str) -> str:
        for style in filter(None, styles):
            seen: set[str] = set()
            while style and style not in seen:
                if named.get(style):
                    return named[style]
                seen.add(style)
                style = made_from.get(style, "")
        return ""

    for table in trees[-1].iterfind(".//{*}spreadsheet/{*}table"):
        yield _said(table, "name"), dict(_old_in(table, font))


def _old_in(table: ET.Element, font: Callable[..., str]) -> Iterator[tuple[tuple[int, int], str]]:
    columns: list[str] = []
    row = 0
    for one in table.iter():
        if _kind(one) == "table-column":
            columns += [_said(one, "default-cell-style-name")] * min(_times(one, "columns"), _FARTHEST)
        elif _kind(one) == "table-row":
            rows, column = _times(one, "rows"), 0
            for cell in one:
                wide = _times(cell, "columns")
                if _said(cell, "value-type") == "string":
                    run = next((_said(span, "style-name") for span in cell.iterfind("{*}p/{*}span")), "")
                    below = columns[column] if column < len(columns) else ""
                    name = font(run, _said(cell, "style-name"), _said(one, "default-cell-style-name"), below)
                    places = product(range(row, row + rows), range(column, column + wide)) if _tells(name) else ()
                    yield from ((place, name) for place in places)
                column += wide
            row += rows


def _times(element: ET.Element, what: str) -> int:
    return int(_said(element, f"number-{what}-repeated") or 1)


def _kind(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _said(element: ET.Element, name: str) -> str:
    return next((value for key, value in element.items() if key.endswith(f"}}{name}")), "")


def _tells(name: str) -> bool:
    return of_font(name)[0] is not Encoding.UNICODE or is_of_signs(name)
