"""Which months of a unit are missing above, as ten letters that are read over the telephone.

Fifty bits: 10 of the first month (counted from January 2015), 24 of which of it and the 23 months after it are
missing, 16 of a check over these and the unit, so that a slip of the ear or another unit's code is noticed. It proves
nothing: it only asks for files that go to the level above anyway.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sochihoi.domain import paper_codes
from sochihoi.domain.errors import UserError
from sochihoi.domain.paper_codes import LENGTH, LETTERS
from sochihoi.domain.periods import Period

SPAN: Final = 24
_FIRST_YEAR: Final = 2015
_MONTHS: Final = 1 << 10
_CHECK: Final = 16


@dataclass(eq=False)
class BadGapCode(UserError):
    """What was typed is no code of missing months of this unit."""

    typed: str


def spelled(unit: str, months: Iterable[Period]) -> str:
    """``ABCDE-FGHJK`` for months within 24 in a row. Raises ``ValueError`` for none and for more."""
    numbers = sorted({_number(month) for month in months})
    if not numbers or numbers[-1] - numbers[0] >= SPAN or not 0 <= numbers[0] < _MONTHS:
        raise ValueError("months")
    mask = sum(1 << (number - numbers[0]) for number in numbers)
    said = numbers[0] << SPAN | mask
    value = said << _CHECK | _check(unit, said)
    letters = (LETTERS[value >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))
    return paper_codes.shown("".join(letters))


def months_of(unit: str, typed: str) -> tuple[Period, ...]:
    """The months that a code names, in order. Raises ``BadGapCode``."""
    code = paper_codes.read(typed)
    value = 0
    for letter in code:
        value = value << 5 | LETTERS.index(letter)
    said, mask = value >> _CHECK, value >> _CHECK & ((1 << SPAN) - 1)
    if not code or value & ((1 << _CHECK) - 1) != _check(unit, said) or not mask & 1:
        raise BadGapCode(typed)
    first = said >> SPAN
    return tuple(_month(first + place) for place in range(SPAN) if mask >> place & 1)


def _number(month: Period) -> int:
    return (month.year - _FIRST_YEAR) * 12 + month.index - 1


def _month(number: int) -> Period:
    return Period.month(_FIRST_YEAR + number // 12, number % 12 + 1)


def _check(unit: str, said: int) -> int:
    return int.from_bytes(hashlib.sha256(f"hpn-gap/1;{unit};{said}".encode()).digest()[:2], "big")
