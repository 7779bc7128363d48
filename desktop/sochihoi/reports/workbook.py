"""What every workbook of ours shares: letters, properties, paper, and cells that never become formulas by chance."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

FONT: Final = "Times New Roman"
WHOLE, TENTHS, SHARE, DAY = "#,##0", "#,##0.0", "0.0\\ %", "dd/mm/yyyy"
_WIDE = 1.6  # a capital, in widths of a digit
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


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column so many digits wide; rather one too many than a word cut.

    Excel measures rows when it opens a workbook, LibreOffice does not when it prints one: rows of more than one line
    have to say how high they are.
    """
    if len(text) * _WIDE <= width and "\n" not in text:
        return 1
    return sum(_broken(line, width) for line in text.split("\n"))


def _broken(line: str, width: float) -> int:
    count, used = 1, 0.0
    for word in line.split(" "):
        long = sum(map(_digits, word))
        if used and used + 0.5 + long > width:
            count, used = count + 1, 0.0
        used += long + (0.5 if used else 0)
        while used > width:  # a word longer than a line
            count, used = count + 1, used - width
    return count


def _digits(letter: str) -> float:
    """The width of a letter of Times New Roman, bold, in widths of a digit."""
    if letter in "ijltfrI.,;:()'/-":
        return 0.7
    return _WIDE if letter.isupper() or letter in "mw%" else 1.1


def row_height(lines: int, size: float) -> float:
    """Points for so many lines."""
    return lines * size * 1.22 + 3
