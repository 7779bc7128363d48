"""Lists as XLSX and CSV: numbers as numbers, dates as dates, everything else as text that never becomes a formula."""

from __future__ import annotations

import csv as writing
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from sochihoi.reports.workbook import DAY, WHOLE, header_format, lines_of, midnight, on_paper, opened, row_height

_SIZE = 11
Cell = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class ListColumn:
    """``width`` in characters; ``number_format`` as Excel writes it ("0.0"), "" = whole numbers with a separator."""

    title: str
    width: float = 14
    number_format: str = ""


@dataclass(frozen=True, slots=True)
class ListBook:
    """One sheet. ``title`` and ``about`` (filter and count) stand above the header; ``made_on`` is the only date."""

    title: str
    about: str
    columns: tuple[ListColumn, ...]
    rows: Iterable[Sequence[Cell]]
    author: str
    made_on: date
    sheet_name: str = "Danh sách"
    landscape: bool = True


def xlsx(book: ListBook, step: Callable[[int], None] | None = None) -> bytes:
    """The list as a workbook, written row by row (bounded memory). ``step`` hears the number of rows after each
    hundred and may raise ``Cancelled``. Raises ``ValueError`` for a row longer than the columns.
    """
    out = BytesIO()
    workbook = opened(out, book.title, book.author, book.made_on, _SIZE)
    try:
        _fill(workbook, book, step)
    finally:
        workbook.close()  # also when stopped: its temporary files go
    return out.getvalue()


def xlsx_of(books: Sequence[ListBook]) -> bytes:
    """Several lists as the sheets of one workbook; title, author and day are those of the first. Raises as ``xlsx``,
    ``ValueError`` without any."""
    if not books:
        raise ValueError
    out = BytesIO()
    workbook = opened(out, books[0].title, books[0].author, books[0].made_on, _SIZE)
    try:
        for book in books:
            _fill(workbook, book, None)
    finally:
        workbook.close()
    return out.getvalue()


_ACTIVE = ("=", "+", "-", "@", "\t", "\r")


def csv(book: ListBook) -> bytes:
    """The same rows as Excel opens them on a Vietnamese PC: UTF-8 with its mark, semicolons, dates as dd/mm/yyyy; only
    the header above them.

    A text that Excel would take for a formula gets an apostrophe in front, which an import takes off again.
    """
    out = StringIO(newline="")
    writer = writing.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.title for column in book.columns])
    for row in book.rows:
        writer.writerow([_written(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell.day:02}/{cell.month:02}/{cell.year:04}"
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.lstrip("'").startswith(_ACTIVE) else text


def _fill(workbook: Any, book: ListBook, step: Callable[[int], None] | None) -> None:
    sheet = workbook.add_worksheet(book.sheet_name[:31])
    plain = workbook.add_format({"text_wrap": True, "valign": "top"})
    day = workbook.add_format({"num_format": DAY, "valign": "top", "align": "center"})
    header = header_format(workbook)
    numbers = [
        workbook.add_format({"num_format": column.number_format or WHOLE, "valign": "top"}) for column in book.columns
    ]
    for at, column in enumerate(book.columns):
        sheet.set_column(at, at, column.width)
    sheet.write_string(0, 0, book.title, workbook.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, book.about, workbook.add_format({"italic": True}))
    first = 3
    sheet.set_row(
        first - 1,
        row_height(max((lines_of(one.title, one.width - 1, bold=True) for one in book.columns), default=1), _SIZE),
    )
    for at, column in enumerate(book.columns):
        sheet.write_string(first - 1, at, column.title, header)
    on_paper(sheet, landscape=book.landscape, header_row=first - 1, margins_mm=(15, 10, 15, 15))
    sheet.set_footer("&R&P/&N")
    last = first - 1
    for last, row in enumerate(book.rows, first):
        if len(row) > len(book.columns):
            raise ValueError(row)
        texts = ((cell, book.columns[at].width - 1) for at, cell in enumerate(row) if isinstance(cell, str))
        lines = max((lines_of(text, width) for text, width in texts), default=1)
        if lines > 1:
            sheet.set_row(last, row_height(lines, _SIZE))
        for at, cell in enumerate(row):
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                sheet.write_string(last, at, cell, plain)
            elif isinstance(cell, date):
                sheet.write_datetime(last, at, midnight(cell), day)
            else:
                sheet.write_number(last, at, cell, numbers[at])
        if step is not None and (last - first) % 100 == 99:
            step(last - first + 1)
    if last >= first and book.columns:
        sheet.autofilter(first - 1, 0, last, len(book.columns) - 1)
