"""What every workbook of ours shares: letters, properties, paper, and cells that never become formulas by chance."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from functools import cache
from io import BytesIO
from typing import Any, Final

FONT: Final = "Times New Roman"
WHOLE, TENTHS, SHARE, DAY = "#,##0", "#,##0.0", "0.0\\ %", "dd/mm/yyyy"
_WIDE = 2.0  # no letter is wider, in widths of a digit
_SAFE: Final = {
    "constant_memory": True,  # rows go to disk as they are written
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def opened(out: BytesIO, title: str, author: str, made_on: date, size: float = 11) -> Any:
    """A workbook whose letters are ours. ``made_on`` is the only date in it: same cells in, same bytes out."""
    import xlsxwriter

    letters = {"font_name": FONT, "font_size": size}
    workbook = xlsxwriter.Workbook(out, {**_SAFE, "default_format_properties": letters})
    workbook.set_properties({"title": title[:255], "author": author[:255], "created": midnight(made_on)})
    return workbook


def midnight(day: date) -> datetime:
    """Excel knows no days, only moments."""
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - nor does it know zones


def header_format(workbook: Any) -> Any:
    """Of the titles of columns."""
    return workbook.add_format(
        {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1, "bg_color": "#EEEEEE"}
    )


def on_paper(sheet: Any, *, landscape: bool, header_row: int, margins_mm: tuple[float, float, float, float]) -> None:
    """A4, as wide as the paper, the row of titles frozen and on every page. Margins: left, right, top, bottom."""
    sheet.freeze_panes(header_row + 1, 0)
    sheet.repeat_rows(header_row)
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(*(mm / 25.4 for mm in margins_mm))
    sheet.fit_to_pages(1, 0)


def lines_of(text: str, width: float, *, bold: bool = False) -> int:
    """How many lines a text takes in a column so many digits wide; rather one too many than a word cut.

    Excel measures rows when it opens a workbook, LibreOffice does not when it prints one: rows of more than one line
    have to say how high they are.
    """
    if len(text) * _WIDE <= width and "\n" not in text:
        return 1
    font = "Times-Bold" if bold else "Times-Roman"
    return sum(_broken(line, width, font) for line in text.split("\n"))


def _broken(line: str, width: float, font: str) -> int:
    count, used = 1, 0.0
    for word in line.split(" "):
        long = sum(_digits(letter, font) for letter in word)
        if used and used + 0.5 + long > width:
            count, used = count + 1, 0.0
        used += long + (0.5 if used else 0)
        while used > width:  # a word longer than a line
            count, used = count + 1, used - width
    return count


@cache
def _digits(letter: str, font: str) -> float:
    """The width of a letter of Times New Roman in widths of a digit, without marks above and below."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    parts = unicodedata.normalize("NFD", {"đ": "d", "Đ": "D"}.get(letter, letter))
    horn = 0.3 if "\u031b" in parts else 0  # of ơ and ư
    return stringWidth(parts[0], font, 1) / 0.5 + horn if parts[0].isascii() else _WIDE


def row_height(lines: int, size: float) -> float:
    """Points for so many lines."""
    return lines * size * 1.22 + 3
