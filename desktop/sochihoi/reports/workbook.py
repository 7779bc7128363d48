"""What every workbook of ours shares: letters, properties, paper, and cells that never become formulas by chance."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any, Final

FONT: Final = "Times New Roman"
WHOLE, TENTHS, SHARE, DAY = "#,##0", "#,##0.0", "0.0\\ %", "dd/mm/yyyy"
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
