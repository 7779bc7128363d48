"""Months, quarters, half-years and years, and the windows of days that figures are counted over.

The Union reports by month, quarter, half-year and year (Sóc Trăng action programme, 2021).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import total_ordering

from sochihoi.domain.errors import UserError

FIRST_YEAR = 1930  # the year the Union was founded: an earlier period is a slip of the finger
LAST_YEAR = 2199


class PeriodKind(Enum):
    """How long a period is; the value is its length in months."""

    MONTH = 1
    QUARTER = 3
    HALF = 6
    YEAR = 12


@dataclass(eq=False)
class BadPeriod(UserError):
    """A text is no period. ``text`` is what was given."""

    text: str


@dataclass(eq=False)
class FuturePeriod(UserError):
    """The period has not begun yet, so it holds nothing to count. ``today`` is the day that was asked."""

    period: str
    today: date


@dataclass(frozen=True, slots=True)
class Window:
    """Days from ``start`` to ``end``, both counted."""

    start: date
    end: date

    def contains(self, day: date | None) -> bool:
        """Whether the day lies in the window; an unknown day does not."""
        return day is not None and self.start <= day <= self.end


_SHAPES = (
    (PeriodKind.MONTH, re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)),
    (PeriodKind.QUARTER, re.compile(r"(\d{4})-Q([1-4])", re.ASCII)),
    (PeriodKind.HALF, re.compile(r"(\d{4})-H([12])", re.ASCII)),
    (PeriodKind.YEAR, re.compile(r"(\d{4})", re.ASCII)),
)


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """One calendar period. ``index`` counts from 1 within the year. Ordered by first day, the shorter first."""

    kind: PeriodKind
    year: int
    index: int

    def __post_init__(self) -> None:
        """Raises ``BadPeriod`` when the year or the index is out of range."""
        if not (FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.index <= 12 // self.kind.value):
            raise BadPeriod(f"{self.year}/{self.index}")

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """The month of that year, 1 to 12."""
        return cls(PeriodKind.MONTH, year, month)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        """The quarter of that year, 1 to 4."""
        return cls(PeriodKind.QUARTER, year, quarter)

    @classmethod
    def half(cls, year: int, half: int) -> Period:
        """The half of that year, 1 or 2."""
        return cls(PeriodKind.HALF, year, half)

    @classmethod
    def whole_year(cls, year: int) -> Period:
        """That year."""
        return cls(PeriodKind.YEAR, year, 1)

    @classmethod
    def month_of(cls, day: date) -> Period:
        """The month that the day lies in."""
        return cls.month(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Period:
        """``2026-10``, ``2026-Q3``, ``2026-H1`` or ``2026``. Raises ``BadPeriod`` for anything else."""
        for kind, shape in _SHAPES:
            found = shape.fullmatch(text)
            if found:
                year, index = (int(part) for part in (*found.groups(), "1")[:2])
                if not FIRST_YEAR <= year <= LAST_YEAR:
                    break
                return cls(kind, year, index)
        raise BadPeriod(text)

    @property
    def code(self) -> str:
        """The text that ``parse`` reads."""
        if self.kind is PeriodKind.YEAR:
            return f"{self.year:04}"
        if self.kind is PeriodKind.MONTH:
            return f"{self.year:04}-{self.index:02}"
        return f"{self.year:04}-{'Q' if self.kind is PeriodKind.QUARTER else 'H'}{self.index}"

    @property
    def first_month(self) -> int:
        """The number of its first month, 1 to 12."""
        return (self.index - 1) * self.kind.value + 1

    @property
    def last_month(self) -> int:
        """The number of its last month, 1 to 12."""
        return self.index * self.kind.value

    @property
    def start(self) -> date:
        """The first day."""
        return date(self.year, self.first_month, 1)

    @property
    def end(self) -> date:
        """The last day."""
        after = date(self.year + 1, 1, 1) if self.last_month == 12 else date(self.year, self.last_month + 1, 1)
        return after - timedelta(days=1)

    @property
    def window(self) -> Window:
        """From the first to the last day."""
        return Window(self.start, self.end)

    def year_to_date(self) -> Window:
        """From 1 January of the year to the last day of the period."""
        return Window(date(self.year, 1, 1), self.end)

    def previous(self) -> Period:
        """The period of the same kind before this one. Raises ``BadPeriod`` before ``FIRST_YEAR``."""
        return self.shifted(-1)

    def next(self) -> Period:
        """The period of the same kind after this one. Raises ``BadPeriod`` after ``LAST_YEAR``."""
        return self.shifted(1)

    def shifted(self, steps: int) -> Period:
        """The period of the same kind ``steps`` later, earlier when negative."""
        in_year = 12 // self.kind.value
        years, index = divmod(self.index - 1 + steps, in_year)
        return Period(self.kind, self.year + years, index + 1)

    def months(self) -> tuple[Period, ...]:
        """Its months in order; a month is its own only month."""
        return tuple(Period.month(self.year, number) for number in range(self.first_month, self.last_month + 1))

    def months_of_year_so_far(self) -> tuple[Period, ...]:
        """January to its last month."""
        return tuple(Period.month(self.year, number) for number in range(1, self.last_month + 1))

    def contains(self, day: date | None) -> bool:
        """Whether the day lies in the period; an unknown day does not."""
        return self.window.contains(day)

    def is_future(self, today: date) -> bool:
        """Whether the period has not begun by ``today``."""
        return self.start > today

    def __lt__(self, other: Period) -> bool:
        return (self.start, self.kind.value) < (other.start, other.kind.value)


def month_range(first: Period, last: Period) -> Iterator[Period]:
    """Every period from ``first`` to ``last``, both included, of the kind of ``first``."""
    current = first
    while current <= last:
        yield current
        current = current.next()
