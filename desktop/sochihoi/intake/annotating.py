"""The same workbook again, with what is to be mended coloured and said: rows untouched otherwise, letters in Unicode.

An .xlsx keeps its looks; every other kind becomes an .xlsx with its cells. Text stays text, also where it begins with
a sign that a spreadsheet would reckon with.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sochihoi.intake.columns import SheetMapping, is_ours
from sochihoi.intake.draft import Verdict
from sochihoi.intake.legacy import Encoding, of_font
from sochihoi.intake.looks import Merged
from sochihoi.intake.signs import is_of_signs
from sochihoi.intake.workbook import Sheet, Workbook

if TYPE_CHECKING:
    import openpyxl
    from openpyxl.worksheet.worksheet import Worksheet

COLOURS: Final = {Verdict.REFUSED: "FFF4B6B6", Verdict.DOUBTFUL: "FFFFE08A", Verdict.NEW: "FFD6E8F7"}
"""Of a cell that keeps its row out, of one to be looked at, of one that was put right."""

_FONT: Final = "Times New Roman"  # in place of a font that draws other letters than Unicode's
_MOST_COMMENTS: Final = 3_000  # a comment is a drawing: more would take minutes to write, and the last column says it
_WIDTH: Final = 46
_WIDEST, _NARROW, _PAPER = 40, 14, 130  # letters of a column, of one with several lines, of A4 beside the remarks
_LINE_HEIGHT: Final = 16
_MEASURED, _LINE = 200, 3  # rows that tell how wide a column is: those of the table, not the titles above it
_MOST_MERGED: Final = 100_000
_SIGNS: Final = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class CellNote:
    """A reason at a cell: Excel's row, column from 0 (None: the cell with the name). ``beside``: it stands in the last
    column too, though it is only a note."""

    sheet: str
    row: int
    column: int | None
    verdict: Verdict
    text: str
    beside: bool = False


def annotated(
    path: Path, workbook: Workbook, mappings: Sequence[SheetMapping], notes: Sequence[CellNote], title: str
) -> bytes:
    """The file as .xlsx bytes. ``workbook`` is what was read of it, in Unicode; ``title`` names the last column, where
    the doubtful and refused rows say why."""
    kept = _kept(path, workbook)
    book = kept or _made(workbook)
    pages = dict(zip((sheet.name for sheet in workbook.sheets), _pages(book, workbook), strict=True))
    by_sheet: dict[str, list[CellNote]] = {}
    for note in notes:
        by_sheet.setdefault(note.sheet, []).append(note)
    left = _MOST_COMMENTS
    widest = {name: _widest(page) for name, page in pages.items()}  # before a column is added
    for mapping in mappings:
        page, header = pages[mapping.header.sheet], mapping.header
        here = [note for note in by_sheet.get(header.sheet, []) if header.holds(note.row - 1)]
        if kept is None and page.print_title_rows is None:
            page.print_title_rows = f"{header.first + 1}:{header.last + 1}"
        left -= _mark(page, mapping, here, left)
        _last_column(page, mapping, here, title, widest[header.sheet])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


# ---------------------------------------------------------------------- the workbook


def _pages(book: openpyxl.Workbook, workbook: Workbook) -> list[Worksheet]:
    """The pages of the sheets that were read, in their order; charts are none."""
    names = {sheet.name for sheet in workbook.sheets}
    pages: list[Any] = list(book.worksheets)
    named = [page for page in pages if page.title in names]
    return named if len(named) == len(workbook.sheets) else pages


def _kept(path: Path, workbook: Workbook) -> openpyxl.Workbook | None:
    """The workbook as it is, with its letters in Unicode; None for another kind of file."""
    import openpyxl

    if not zipfile.is_zipfile(path) or any(_too_wide(area) for sheet in workbook.sheets for area in sheet.looks.merged):
        return None
    try:
        book = openpyxl.load_workbook(path if workbook.painted is None else io.BytesIO(workbook.painted))
    except Exception:  # noqa: BLE001 - stricter than what read the cells: then the cells are written anew
        return None
    for sheet in workbook.sheets:
        if sheet.name not in book.sheetnames:
            return None
        _put_letters(book[sheet.name], sheet)
    return book


def _too_wide(area: Merged) -> bool:
    """Whether more cells are merged than any sheet has: the writer makes each of them."""
    top, first, bottom, last = area
    return (bottom - top + 1) * (last - first + 1) > _MOST_MERGED


def _put_letters(page: Worksheet, sheet: Sheet) -> None:
    fonts: dict[int, Any] = {}
    for cell in _cells(page):
        if cell.value is None or is_of_signs(cell.font.name or ""):
            continue
        if of_font(cell.font.name or "")[0] is not Encoding.UNICODE:
            style = cell._style.fontId
            if style not in fonts:
                fonts[style] = copy.copy(cell.font)
                fonts[style].name = _FONT
            cell.font = fonts[style]
        at, place = cell.row - 1, cell.column - 1
        now = sheet.rows[at][place] if at < len(sheet.rows) and place < len(sheet.rows[at]) else None
        if cell.data_type == "s" and isinstance(now, str) and now and now != cell.value:
            _put(cell, now)


def _cells(page: Worksheet) -> list[Any]:
    """The cells that the file has. Going through rows and columns would make every other one up to the farthest,
    which may be a painted corner of the sheet."""
    return list(page._cells.values())


def _made(workbook: Workbook) -> openpyxl.Workbook:
    import openpyxl
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in workbook.sheets:
        page: Worksheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", sheet.name)[:31])
        for at, row in enumerate(sheet.rows, 1):
            for place, value in enumerate(row, 1):
                if value != "":
                    _put(page.cell(at, place), value)
        widths = _widths(sheet)
        for place, width in enumerate(widths, 1):
            page.column_dimensions[get_column_letter(place)].width = width
        if _NARROW in widths:  # else the letters on paper would be too small to read
            for at, cells in enumerate(page.iter_rows(), 1):
                for cell in cells:
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
                high = max(
                    (len(str(v)) // (width - 2) for v, width in zip(sheet.rows[at - 1], widths, strict=False)),
                    default=0,
                )
                page.row_dimensions[at].height = _LINE_HEIGHT * (1 + high)
        _on_paper(page)
        for place in sheet.looks.hidden_columns:
            page.column_dimensions[get_column_letter(place + 1)].hidden = True
        for at in sheet.looks.hidden_rows:
            page.row_dimensions[at + 1].hidden = True
        for top, first, bottom, last in (area for area in sheet.looks.merged if not _too_wide(area)):
            page.merge_cells(start_row=top + 1, start_column=first + 1, end_row=bottom + 1, end_column=last + 1)
        page.sheet_state = "hidden" if sheet.hidden else "visible"
    return book


def _widths(sheet: Sheet) -> list[int]:
    """In letters, as wide as what stands in a column; where that is more than a sheet of paper holds, long texts get
    several lines."""
    lines = [row for row in sheet.rows[:_MEASURED] if sum(value != "" for value in row) >= _LINE]
    widths = [
        max(6, max((len(str(row[place])) for row in lines if place < len(row)), default=0) + 2)
        for place in range(max(map(len, sheet.rows), default=0))
    ]
    most = _WIDEST if sum(min(width, _WIDEST) for width in widths) <= _PAPER else _NARROW
    return [min(width, most) for width in widths]


def _on_paper(page: Worksheet) -> None:
    """Across, and as wide as the paper: the remarks stand on the same page as what they are about."""
    from openpyxl.worksheet.properties import PageSetupProperties

    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins.left = page.page_margins.right = 0.4


def _put(cell: Any, value: object) -> None:
    """Write a value; text is text, whatever it begins with."""
    if isinstance(value, str):
        cell.value = None
        cell.data_type = "s"
        cell._value = value
        if value.startswith(_SIGNS):
            cell.quotePrefix = True
        return
    cell.value = value
    if isinstance(value, date) and not isinstance(value, datetime):
        cell.number_format = "DD/MM/YYYY"
    elif isinstance(value, timedelta):
        cell.number_format = "[h]:mm"


# ---------------------------------------------------------------------- what is said


def _mark(page: Worksheet, mapping: SheetMapping, notes: Sequence[CellNote], most: int) -> int:
    """Colour the cells and comment them, the gravest first; how many comments were made. Earlier marks go."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    for cell in _cells(page):
        ours = cell.has_style and cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb in COLOURS.values()
        if ours and mapping.header.holds(cell.row - 1):
            cell.fill = PatternFill()
            cell.comment = None
    fills = {verdict: PatternFill("solid", fgColor=colour) for verdict, colour in COLOURS.items()}
    at_cell: dict[tuple[int, int], list[CellNote]] = {}
    home = _home(mapping)
    for note in notes:
        at_cell.setdefault((note.row, home if note.column is None else note.column), []).append(note)
    order = [Verdict.REFUSED, Verdict.DOUBTFUL, Verdict.NEW]
    made = 0
    for (at, place), here in sorted(at_cell.items(), key=lambda one: min(order.index(n.verdict) for n in one[1])):
        cell = _visible(page, at, place + 1)
        cell.fill = fills[min((note.verdict for note in here), key=order.index)]
        if made < most:
            text = "\n".join(note.text for note in here)
            cell.comment = Comment(text, "Sổ Chi hội", width=280, height=40 + 18 * (len(text) // 36 + len(here)))
            made += 1
    return made


def _home(mapping: SheetMapping) -> int:
    """The column of the name, else the first one."""
    from sochihoi.intake.columns import Field

    found = (mapping.columns.get(field) for field in (Field.NAME, Field.GIVEN_NAME, Field.FAMILY_NAME))
    return next((place for place in found if place is not None), 0)


def _visible(page: Worksheet, at: int, column: int) -> Any:
    """The cell, or the one that it is merged into."""
    for area in page.merged_cells.ranges:
        if area.min_row <= at <= area.max_row and area.min_col <= column <= area.max_col:
            return page.cell(area.min_row, area.min_col)
    return page.cell(at, column)


def _last_column(page: Worksheet, mapping: SheetMapping, notes: Sequence[CellNote], title: str, widest: int) -> None:
    """Why a row is doubtful or refused, beside it; a column of an earlier time is written anew."""
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    labels = mapping.header.labels
    ours = next((place for place, label in enumerate(labels) if is_ours(label)), None)
    filled = max((place + 1 for place, label in enumerate(labels) if label), default=0)
    column = (max(filled, widest) if ours is None else ours) + 1
    head: Any = page.cell(mapping.header.first + 1, column)
    _put(head, title)
    if ours is None:
        head._style = copy.copy(_visible(page, mapping.header.first + 1, max(column - 1, 1))._style)
        if mapping.header.last > mapping.header.first:
            page.merge_cells(
                start_row=mapping.header.first + 1,
                start_column=column,
                end_row=mapping.header.last + 1,
                end_column=column,
            )
    for cell in _cells(page) if ours is not None else ():
        if cell.column == column and mapping.header.holds(cell.row - 1):
            cell.value = None
    told: dict[int, list[str]] = {}
    for note in notes:
        if note.beside or note.verdict is not Verdict.NEW:
            told.setdefault(note.row, []).append(note.text)
    for at, texts in told.items():
        cell = page.cell(at, column)
        text = "; ".join(dict.fromkeys(texts))
        _put(cell, text)
        line = page.row_dimensions[at]
        line.hidden = False  # what is to be mended is seen, all of it
        line.height = max(line.height or 0, _LINE_HEIGHT * (1 + len(text) // _WIDTH))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    page.column_dimensions[get_column_letter(column)].width = _WIDTH


def _widest(page: Worksheet) -> int:
    """The last column that something stands in."""
    return max((cell.column for cell in _cells(page) if cell.value is not None), default=0)
