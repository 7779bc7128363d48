"""The tables of an official paper as a workbook to go on counting with: ``xlsx(document)``. Same paper, same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from itertools import zip_longest
from typing import Any

from sochihoi.reports import fonts
from sochihoi.reports import layout as layouts
from sochihoi.reports.annexes import is_landscape
from sochihoi.reports.document import (
    Align,
    BarChart,
    Block,
    BulletList,
    CheckBoxes,
    Column,
    FigureTable,
    Heading,
    OfficialDocument,
    PageBreak,
    Paragraph,
    Row,
    RowKind,
)
from sochihoi.reports.text import plain
from sochihoi.reports.wording import word
from sochihoi.reports.workbook import SHARE, TENTHS, WHOLE, header_format, lines_of, on_paper, opened, row_height

_LONGEST_NAME = 31  # Excel takes no longer name of a sheet, nor these letters
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_UPRIGHT_DIGITS, _TURNED_DIGITS = 84.0, 124.0  # as wide as the paper, in letters of this size
_ALIGN = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}
_SIZE = 12
_TO_POINT = str.maketrans({".": "", ",": ".", "\u00a0": "", " ": "", "−": "-", "/": "x"})  # "5/6" is no number here
_ROUNDED = Fraction(1, 20)  # papers have one decimal


@dataclass(frozen=True, slots=True)
class _Sheet:
    title: str
    about: str
    table: FigureTable
    landscape: bool


def xlsx(document: OfficialDocument) -> bytes:
    """One sheet for each table of the body and of the annexes; without any the words of the body on one sheet.

    Numbers are numbers, totals are formulas where their column adds up. Rows go to disk as they are written.
    Raises ``LookupError`` when no usable font is installed: which annex is turned is measured with it.
    """
    out = BytesIO()
    book = opened(out, plain(document.title), plain(document.author), document.made_on, _SIZE)
    try:
        taken: set[str] = set()
        for one in _sheets(document) or [_words(document)]:
            _Writer(book, book.add_worksheet(_name(one.title, taken)), document, one).write()
    finally:
        book.close()  # also after a fault: its temporary files go
    return out.getvalue()


def _sheets(document: OfficialDocument) -> list[_Sheet]:
    layout, face = layouts.shipped(), fonts.typeface()
    subject = " ".join((document.kind_title, *document.subject_lines))
    found = [
        _Sheet(title, subject, table, landscape=False) for title, table in _titled(document.body, document.kind_title)
    ]
    for annex in document.annexes:
        turned = is_landscape(annex, layout, face)
        about = document.annex_line or subject
        found += [_Sheet(title, about, table, turned) for title, table in _titled(annex.body, annex.title)]
    return found


def _titled(blocks: tuple[Block, ...], title: str) -> Iterator[tuple[str, FigureTable]]:
    """Each table with its caption, else with what stands above it: a chart's title, a heading, the annex's title."""
    for block in blocks:
        if isinstance(block, Heading):
            title = block.text
        elif isinstance(block, BarChart):
            title = block.caption or block.data.title
        elif isinstance(block, FigureTable):
            yield block.caption or title, block


def _words(document: OfficialDocument) -> _Sheet:
    lines = [line for block in document.body for line in _lines(block) if line]
    table = FigureTable((Column(document.kind_title, 1),), tuple(Row((line,)) for line in lines))
    return _Sheet(document.kind_title, " ".join(document.subject_lines), table, landscape=False)


def _lines(block: Block) -> list[str]:
    match block:
        case Heading():
            return [block.text]
        case Paragraph():
            return f"{block.lead} {block.text}".strip().split("\n")
        case BulletList():
            return list(block.items)
        case CheckBoxes():
            return [text for text, _ticked in block.choices]
        case BarChart() | FigureTable() | PageBreak():
            return []


def _name(title: str, taken: set[str]) -> str:
    """A name of a sheet that Excel takes and no other sheet has; whole words where they fit."""
    whole = " ".join(plain(title).translate(_NOT_IN_NAMES).split()).strip("'") or "Biểu"
    for number in range(1, 10_000):
        end = f" ({number})" if number > 1 else ""
        room = _LONGEST_NAME - len(end)
        short = whole
        if len(whole) > room:
            short = whole[: room + 1].rpartition(" ")[0] or whole[:room]
        name = short.rstrip(" ,;:.'-") + end
        if name.casefold() not in taken and name.casefold() != "history":  # a word that Excel keeps for itself
            taken.add(name.casefold())
            return name
    raise ValueError(title)


def _widths(one: _Sheet) -> list[float]:
    """By share of the paper's width, but no number and no word of a title is cut."""
    table = one.table
    whole = sum(column.share for column in table.columns)
    digits = _TURNED_DIGITS if one.landscape else _UPRIGHT_DIGITS
    widths = []
    for at, column in enumerate(table.columns):
        longest = max((len(part) for part in plain(column.title).split()), default=0)
        if column.align is not Align.LEFT:
            cells = (row.cells[at] for row in table.rows if row.kind is not RowKind.GROUP)
            longest = max([longest, *(len(cell) for cell in cells)])
        widths.append(max(digits * column.share / whole, longest * 1.15 + 2))
    return widths


class _Writer:
    """Writes one sheet, from the first row down: rows above are on disk already."""

    def __init__(self, book: Any, sheet: Any, document: OfficialDocument, one: _Sheet) -> None:
        self._book, self._sheet, self._document, self._one = book, sheet, document, one
        self._formats: dict[tuple[str, str, bool], Any] = {}
        self._widths = _widths(one)
        self._at = 0

    def write(self) -> None:
        """Head, titles of columns, rows."""
        one, columns = self._one, self._one.table.columns
        for at, width in enumerate(self._widths):
            self._sheet.set_column(at, at, width)
        self._sheet.set_default_row(row_height(1, _SIZE))
        self._head()
        header = header_format(self._book)
        self._page(header_row=self._at)
        self._high([column.title for column in columns], bold=True)
        for at, column in enumerate(columns):
            self._sheet.write_string(self._at, at, plain(column.title), header)
        first = self._at + 1
        begin, adding = first, _Sums(len(columns))
        for self._at, row in enumerate(one.table.rows, first):
            self._row(row, begin, adding)
            if row.kind is RowKind.TOTAL:
                begin, adding = self._at + 1, _Sums(len(columns))
        # "1" in the first column is a text, and means no mistake
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{self._at + 1}"})

    def _head(self) -> None:
        document = self._document
        marks = " · ".join(plain(text) for text in (document.draft_mark, document.watermark) if text)
        lines = (
            (document.author, {"bold": True}),
            (self._one.title, {"bold": True, "font_size": _SIZE + 2, "align": "center"}),
            (self._one.about, {"italic": True, "align": "center"}),
            (marks, {"bold": True, "align": "center"}),
            (_proof(document), {"italic": True, "align": "center"}),
        )
        for text, look in lines:
            if not text:
                continue
            own = self._book.add_format({"text_wrap": True, "valign": "vcenter", **look})
            text = plain(text)
            high = row_height(lines_of(text, sum(self._widths), bold=True), _SIZE + 2)
            self._sheet.set_row(self._at, high)  # merged cells do not grow by themselves
            self._across(text, own)
            self._at += 1

    def _across(self, text: str, own: Any) -> None:
        last = len(self._one.table.columns) - 1
        if last:
            self._sheet.merge_range(self._at, 0, self._at, last, text, own)
        else:
            self._sheet.write_string(self._at, 0, text, own)

    def _page(self, header_row: int) -> None:
        layout, document = layouts.shipped(), self._document
        margins = (layout.sheet_left_mm, layout.sheet_right_mm, layout.sheet_top_mm + 5, layout.sheet_bottom_mm + 5)
        on_paper(self._sheet, landscape=self._one.landscape, header_row=header_row, margins_mm=margins)
        page = word(document.language, "paper.page", page="&P")
        self._sheet.set_footer(f"&L{_in_margin(self._one.title)}&R{page}&N")
        marks = " · ".join(text for text in (document.draft_mark, document.watermark) if text)
        if marks:
            self._sheet.set_header(f"&R{_in_margin(marks)}")

    def _format(self, number: str, align: str, *, bold: bool) -> Any:
        key = number, align, bold
        if key not in self._formats:
            look = {"border": 1, "valign": "vcenter", "text_wrap": not number, "align": align, "bold": bold}
            self._formats[key] = self._book.add_format(look | ({"num_format": number} if number else {}))
        return self._formats[key]

    def _row(self, row: Row, begin: int, adding: _Sums) -> None:
        if row.kind is RowKind.GROUP:
            self._across(plain(row.cells[0]), self._format("", "left", bold=True))
            return
        bold = row.kind is RowKind.TOTAL
        self._high(row.cells, bold=bold)
        for at, (text, value) in enumerate(zip_longest(row.cells, row.values[: len(row.cells)])):
            column = self._one.table.columns[at]
            number = None if value is None else _number_format(value, text, column)
            own = self._format(number or "", _ALIGN[column.align], bold=bold)
            if value is None or number is None:
                self._text(at, plain(text), own)
            elif bold and adding.gives(at, value):
                self._sheet.write_formula(self._at, at, _sum(at, begin, self._at - 1), own, int(value))
            else:
                self._sheet.write_number(self._at, at, float(value) if isinstance(value, Fraction) else value, own)
                if row.kind is RowKind.FIGURES:
                    adding.take(at, value)

    def _high(self, texts: Sequence[str], *, bold: bool) -> None:
        """The row as high as its longest text needs."""
        lines = max(
            (lines_of(text, width - 1, bold=bold) for text, width in zip(texts, self._widths, strict=False)), default=1
        )
        if lines > 1:
            self._sheet.set_row(self._at, row_height(lines, _SIZE))

    def _text(self, at: int, text: str, own: Any) -> None:
        if text:
            self._sheet.write_string(self._at, at, text, own)
        else:
            self._sheet.write_blank(self._at, at, None, own)


class _Sums:
    """What the rows above a total add up to, column by column; only whole numbers are added."""

    def __init__(self, columns: int) -> None:
        self._sums: list[int | None] = [None] * columns
        self._shares: set[int] = set()

    def take(self, at: int, value: int | Fraction) -> None:
        """One number more, as it stands in the sheet."""
        if isinstance(value, Fraction):
            self._shares.add(at)
        else:
            self._sums[at] = (self._sums[at] or 0) + value

    def gives(self, at: int, total: int | Fraction) -> bool:
        """Whether a column adds up to its total."""
        return isinstance(total, int) and at not in self._shares and self._sums[at] == total


def _number_format(value: int | Fraction, text: str, column: Column) -> str | None:
    """How a number is written so that it reads as on the paper. ``None``: the paper does not show the number itself
    ("5/6"), its text stands in the cell. A share has % in its cell or in the title of its column; points have none.
    """
    digits = text.translate(_TO_POINT).removesuffix("%")
    try:
        shown = Fraction(digits)
    except ValueError:
        return None
    if "%" in text or (isinstance(value, Fraction) and "%" in column.title):
        return SHARE if abs(shown - value * 100) <= _ROUNDED else None
    if isinstance(value, int):
        return WHOLE if shown == value else None
    return TENTHS if abs(shown - value) <= _ROUNDED else None


def _proof(document: OfficialDocument) -> str:
    """The code that proves the figures, of a paper that has one."""
    return f"{word(document.language, 'paper.code')} {document.code.shown}" if document.code is not None else ""


def _sum(column: int, first: int, last: int) -> str:
    from xlsxwriter.utility import xl_range

    return f"=SUM({xl_range(first, column, last, column)})"


def _in_margin(text: str) -> str:
    """In headers and footers a lone & begins a command; Excel takes 255 letters for all three parts."""
    return plain(text)[:150].replace("&", "&&")
