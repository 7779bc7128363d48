"""A date of which perhaps only the year is known, as the books of a branch hold them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.vietnamese import nfc

EARLIEST_YEAR = 1900
LATEST_YEAR = 2100


class Precision(StrEnum):
    """How much of a date is known."""

    YEAR = "YEAR"
    MONTH = "MONTH"
    DAY = "DAY"


class DateProblem(StrEnum):
    """Codes of ``FieldProblem.problem`` for a typed date."""

    EMPTY = "DATE_EMPTY"
    NOT_UNDERSTOOD = "DATE_NOT_UNDERSTOOD"
    IMPOSSIBLE = "DATE_IMPOSSIBLE"


_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/. ](\d{4})", re.ASCII)
_WORDS = re.compile(r"\s*\b(?:ngày|tháng|năm|sinh)\b\s*")
_SPACED_SEPARATOR = re.compile(r"\s*([-/.])\s*")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, perhaps a month, perhaps a day. ``str()`` gives ``1971``, ``1971-03`` or ``1971-03-08``.

    Raises ``ValueError`` when made of parts that no calendar has: typed text goes through ``parse``.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not _exists(self.year, self.month, self.day):
            raise ValueError((self.year, self.month, self.day))

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def precision(self) -> Precision:
        """How much is known."""
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    def exact(self) -> date | None:
        """The date when the day is known, else None."""
        return self.earliest() if self.day is not None else None

    def earliest(self) -> date:
        """The first day that it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """The last day that it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """A date of which everything is known."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def from_iso(cls, text: str) -> PartialDate:
        """Back from ``str()``. Raises ``ValueError`` for anything else: this reads our own records, not typing."""
        match = _ISO.fullmatch(text)
        if match is None:
            raise ValueError(text)
        return cls(*(int(part) if part else None for part in match.groups()))  # type: ignore[arg-type]

    @classmethod
    def parse(cls, text: str, today: date, field: str = "date") -> PartialDate:
        """What an officer typed: ``8/3/71``, ``08031971``, ``1971``, ``15-08-1965``, ``15.8.1965``, ``3/1971``, ISO,
        ``ngày 8 tháng 3 năm 1971``.

        A two-digit year is the latest one that is not after ``today``. Raises ``FieldProblem`` on ``field`` with a
        ``DateProblem``: nothing there, not a date in form, or a day that no calendar has (31/2, the year 1671).
        """
        typed = _SPACED_SEPARATOR.sub(r"\1", _WORDS.sub("/", nfc(text).lower())).strip("/ ")
        if not typed:
            raise FieldProblem(field, DateProblem.EMPTY, text)
        readings = _readings(typed, today)
        if not readings:
            raise FieldProblem(field, DateProblem.NOT_UNDERSTOOD, text)
        for year, month, day in readings:
            if _exists(year, month, day):
                return cls(year, month, day)
        raise FieldProblem(field, DateProblem.IMPOSSIBLE, text)


_Parts = tuple[int, int | None, int | None]


def _readings(typed: str, today: date) -> list[_Parts]:
    """Year, month, day in every order that the form allows, the usual Vietnamese one first."""
    if typed.isascii() and typed.isdigit():
        return _from_digits(typed, today)
    if match := _YEAR_FIRST.fullmatch(typed):
        return [(int(match[1]), int(match[3]), int(match[4]))]
    if match := _DAY_FIRST.fullmatch(typed):
        return [(_year(match[3], today), int(match[2]), int(match[1]))]
    if match := _MONTH_YEAR.fullmatch(typed):
        return [(int(match[2]), int(match[1]), None)]
    return []


def _from_digits(digits: str, today: date) -> list[_Parts]:
    """``1971``, ``031971``, ``080371``, ``08031971``, ``19710308``; seven digits have lost the 0 of the day."""
    if len(digits) == 4:
        return [(int(digits), None, None)]
    if len(digits) == 6:
        short = (_year(digits[4:], today), int(digits[2:4]), int(digits[:2]))
        return [short, (int(digits[2:]), int(digits[:2]), None)]
    if len(digits) in {7, 8}:
        full = digits.zfill(8)
        day_first = (int(full[4:]), int(full[2:4]), int(full[:2]))
        return [day_first, (int(full[:4]), int(full[4:6]), int(full[6:]))]
    return []


def _year(digits: str, today: date) -> int:
    """Two digits are the latest such year that is not after today's."""
    if len(digits) > 2:
        return int(digits)
    year = today.year // 100 * 100 + int(digits)
    return year if year <= today.year else year - 100


def _exists(year: int, month: int | None, day: int | None) -> bool:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR or (month is None and day is not None):
        return False
    if month is None:
        return True
    if not 1 <= month <= 12:
        return False
    return day is None or 1 <= day <= calendar.monthrange(year, month)[1]
