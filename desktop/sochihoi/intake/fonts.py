"""The fonts of cells, where they are fonts of before Unicode: they tell what the letters are."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from pathlib import Path

from sochihoi.intake.legacy import Encoding, of_font

Fonts = Mapping[tuple[int, int], str]
"""(Row, column) from 0 to the font's name; only cells in a font of before Unicode."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_NAMED = re.compile(rb"""["'](?:\.vn|vni-)""", re.IGNORECASE)


def old_fonts(path: Path) -> Mapping[str, Fonts]:
    """Sheets to the cells in old fonts; a file that keeps no fonts, or whose looks cannot be read, has none.

    ``path`` was read as a list before, so that it is whole and within bounds (``read_workbook``).
    """
    with path.open("rb") as stream:
        start = stream.read(4)
    try:
        found = _of_xlsx(path) if start == _ZIP else _of_xls(path) if start == _OLE else ()
        return {name: fonts for name, fonts in found if fonts}
    except Exception:  # noqa: BLE001 - only looks are read here: the readers of looks break in many ways on odd files
        return {}  # then the words tell


def _of_xlsx(path: Path) -> Iterator[tuple[str, Fonts]]:
    from openpyxl import load_workbook

    with zipfile.ZipFile(path) as archive:
        styles = [name for name in archive.namelist() if name == "xl/styles.xml"]
        if not any(_NAMED.search(archive.read(name)) for name in styles):
            return
    book = load_workbook(path, read_only=True)
    try:
        for sheet in book.worksheets:
            cells = (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str))
            named = ((cell.row - 1, cell.column - 1, cell.font.name or "") for cell in cells)
            yield sheet.title, {(row, column): name for row, column, name in named if _is_old(name)}
    finally:
        book.close()


def _of_xls(path: Path) -> Iterator[tuple[str, Fonts]]:
    import xlrd

    with redirect_stdout(io.StringIO()):  # it prints what it finds odd
        book = xlrd.open_workbook(str(path), formatting_info=True, on_demand=True, ragged_rows=True)
        names = [font.name for font in book.font_list]
        if not any(map(_is_old, names)):
            return
        for title in book.sheet_names():
            sheet = book.sheet_by_name(title)
            fonts = {}
            for row in range(sheet.nrows):
                for column in range(sheet.row_len(row)):
                    name = names[book.xf_list[sheet.cell_xf_index(row, column)].font_index]
                    if _is_old(name) and isinstance(sheet.cell_value(row, column), str):
                        fonts[row, column] = name
            book.unload_sheet(title)
            yield title, fonts


def _is_old(name: str) -> bool:
    return of_font(name)[0] is not Encoding.UNICODE
