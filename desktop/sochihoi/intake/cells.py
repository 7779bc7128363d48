"""One cell at a time: as text, as a date, as yes or no."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sochihoi.domain.partial_dates import LATEST_YEAR, PartialDate
from sochihoi.domain.vietnamese import nfc, nfc_lines
from sochihoi.intake.workbook import Cell

_EXCEL_DAY_ZERO = date(1899, 12, 30)
_LAST_SERIAL = 73_050
"""31/12/2099 as Excel counts days: a bare number between a year and this is a date whose format was lost."""


def cell_text(cell: Cell) -> str:
    """One line as it would be read aloud: 783815533.0 is "783815533", a date is dd/mm/yyyy."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return f"{cell.day:02d}/{cell.month:02d}/{cell.year:04d}"
    return nfc(str(cell))


def cell_lines(cell: Cell) -> str:
    """The same, with the line breaks of a text kept."""
    return nfc_lines(cell) if isinstance(cell, str) else cell_text(cell)


def cell_date(cell: Cell, today: date, field: str) -> PartialDate | None:
    """A date cell, a year, a typed date; None for an empty cell. Raises what ``PartialDate.parse`` raises."""
    if isinstance(cell, datetime):
        return _checked(cell.date(), today, field)
    if isinstance(cell, date):
        return _checked(cell, today, field)
    text = cell_text(cell)
    if not text:
        return None
    if isinstance(cell, int | float) and text.isdigit() and LATEST_YEAR < int(text) <= _LAST_SERIAL:
        return _checked(_EXCEL_DAY_ZERO + timedelta(days=int(text)), today, field)
    return PartialDate.parse(text, today, field)


def _checked(day: date, today: date, field: str) -> PartialDate:
    """Through the same door as typed text: Excel shows the year 1071 as well as any other."""
    return PartialDate.parse(cell_text(day), today, field)
