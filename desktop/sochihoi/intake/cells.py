"""One cell at a time: as text, as a date, as yes or no."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from sochihoi.domain.partial_dates import EARLIEST_YEAR, LATEST_YEAR, PartialDate
from sochihoi.domain.vietnamese import nfc, nfc_lines
from sochihoi.intake.workbook import Cell

_EXCEL_DAY_ZERO = date(1899, 12, 30)
_LAST_SERIAL = 73_050
"""31/12/2099 as Excel counts days: a bare number between a year and this is a date whose format was lost."""
_NOTHING, _HIDDEN = ("—", "–", "-"), "••••"
_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00(?:\.0+)?)?$")
_NO_MONTH = re.compile(r"[0?_.…]{1,8}[-/.][0?_.…]{1,8}[-/.](\d{4})")
_NO_DAY = re.compile(r"(?:0{1,2}|[?_.…]{1,3})[-/.](\d{1,2}[-/.]\d{4})")
_YEAR_AS_NUMBER = re.compile(r"(\d)[. ]?(\d{3})(?:\.0+)?")
_MONTH_WORD = re.compile(r"^t\.?(?=\d{1,2}/\d{4}$)", re.IGNORECASE)
_YEAR_WORD = re.compile(r"^(?:sn|s\.n\.?|s/n|ns|n\.s\.?)\s*[:.]?\s*(?=\d)", re.IGNORECASE)
_ALL_IN_BRACKETS = re.compile(r"^\(([^()]*)\)$")
_REMARK = re.compile(r"\s*\([^()]*\)$")
_SAID_TO_BE_TEXT = re.compile(r"^'\s*(?=\w)")
_SERIAL = re.compile(r"[1-7]\d{4}(?:[.,]0+)?")


def cell_text(cell: Cell) -> str:
    """One line as it would be read aloud: 783815533.0 is "783815533", a date is dd/mm/yyyy. An apostrophe before a
    number or word says that it is a text."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return f"{cell.day:02d}/{cell.month:02d}/{cell.year:04d}"
    return _said(_SAID_TO_BE_TEXT.sub("", nfc(str(cell))))


def _said(text: str) -> str:
    """Without what our own lists write for a reader: a dash for nothing, dots that hide a number."""
    return "" if text in _NOTHING or _HIDDEN in text else text


def cell_lines(cell: Cell) -> str:
    """The same, with the line breaks of a text kept."""
    return _said(nfc_lines(cell)) if isinstance(cell, str) else cell_text(cell)


def cell_date(cell: Cell, today: date, field: str) -> PartialDate | None:
    """A date cell, a year, a typed date; None for an empty cell. Raises what ``PartialDate.parse`` raises."""
    if (year := was_year(cell)) is not None:
        return PartialDate.parse(str(year), today, field)
    if isinstance(cell, datetime):
        return _checked(cell.date(), today, field)
    if isinstance(cell, date):
        return _checked(cell, today, field)
    text = cell_text(cell)
    if not text:
        return None
    counted = isinstance(cell, int | float) or _SERIAL.fullmatch(text)
    if counted and LATEST_YEAR < _days(text) <= _LAST_SERIAL:
        return _checked(_EXCEL_DAY_ZERO + timedelta(days=_days(text)), today, field)
    return PartialDate.parse(_typed(text), today, field)


def was_year(cell: Cell) -> int | None:
    """A year that was typed into a cell made for dates: Excel keeps 1965 and shows 18/05/1905."""
    if not isinstance(cell, date):
        return None
    day = cell.date() if isinstance(cell, datetime) else cell
    days = (day - _EXCEL_DAY_ZERO).days
    return days if EARLIEST_YEAR <= days <= LATEST_YEAR else None


def _days(text: str) -> int:
    whole = text.replace(",", ".").partition(".")[0]
    return int(whole) if whole.isascii() and whole.isdigit() else 0


def _typed(text: str) -> str:
    """Without an apostrophe, the midnight of a date cell, ``SN`` before and a remark in brackets behind, and parts that
    somebody did not know (``00/00/1965``), the year as a number (``1965.0``,
    ``1.965``), a full stop at the end; commas between the parts are points."""
    bare = _MIDNIGHT.sub("", _REMARK.sub("", _ALL_IN_BRACKETS.sub(r"\1", text.lstrip("'’`").strip())))
    bare = _YEAR_WORD.sub("", bare).rstrip(" .,;?").replace(",", ".").replace("\\", "/").replace("|", "/")
    bare = _MONTH_WORD.sub("", _NO_MONTH.sub(r"\1", bare))
    if year := _YEAR_AS_NUMBER.fullmatch(bare):
        return year[1] + year[2]
    return _NO_DAY.sub(r"\1", bare) if _NO_DAY.fullmatch(bare) else bare


def _checked(day: date, today: date, field: str) -> PartialDate:
    """Through the same door as typed text: Excel shows the year 1071 as well as any other."""
    return PartialDate.parse(cell_text(day), today, field)
