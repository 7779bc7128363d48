"""Attendance: everybody on the frozen roster gets a mark, typed as row numbers, and the marks are counted exactly.

``1-25, 28`` present, ``!7`` absent, ``?12`` excused. What is stated more narrowly is an exception to what is stated
more widely: in ``1-25, !7`` number 7 was absent. Two statements of the same width, or the same mark twice for one
number, are a slip of the pen and are refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from sochihoi.domain.errors import UserError
from sochihoi.domain.vietnamese import nfc

Person = TypeVar("Person", bound=Hashable)


class Mark(StrEnum):
    """What stands beside a name on the frozen roster: có mặt, vắng có phép, vắng không phép. No mark is no ``Mark``."""

    PRESENT = "PRESENT"
    EXCUSED = "EXCUSED"
    ABSENT = "ABSENT"


@dataclass(eq=False)
class NotHeldYet(UserError):
    """Attendance of a day to come: nobody was there yet."""

    held_on: date


@dataclass(eq=False)
class UnmarkedNotStated(UserError):
    """A meeting is to be closed while some on the roster have no mark and nobody said what that means."""

    count: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Persons on one frozen roster by mark, or attendances when several rosters are added up."""

    present: int = 0
    excused: int = 0
    absent: int = 0
    unmarked: int = 0

    @property
    def roster(self) -> int:
        """Everybody on the roster: the denominator."""
        return self.present + self.excused + self.absent + self.unmarked

    @property
    def rate(self) -> Fraction | None:
        """Present out of the roster, exactly; excused, absent and unmarked are all not present. None for nobody."""
        return Fraction(self.present, self.roster) if self.roster else None

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.present + other.present,
            self.excused + other.excused,
            self.absent + other.absent,
            self.unmarked + other.unmarked,
        )


def tally(marks: Iterable[Mark | None]) -> Tally:
    """Count the marks of one roster; None is not marked yet."""
    counts = dict.fromkeys([*Mark, None], 0)
    for mark in marks:
        counts[mark] += 1
    return Tally(counts[Mark.PRESENT], counts[Mark.EXCUSED], counts[Mark.ABSENT], counts[None])


def mean_attendance(tallies: Iterable[Tally]) -> Tally:
    """Several closed meetings as one: its ``rate`` is all present over all on the rosters, not a mean of rates."""
    return sum(tallies, Tally())


def close_marks(marks: Mapping[Person, Mark | None], unmarked_as: Mark | None) -> dict[Person, Mark]:
    """The marks with which a meeting is closed; those without one get ``unmarked_as``.

    Raises ``UnmarkedNotStated`` when there are such rows and no meaning was stated.
    """
    closed: dict[Person, Mark] = {}
    missing = 0
    for person, mark in marks.items():
        final = mark or unmarked_as
        if final is None:
            missing += 1
        else:
            closed[person] = final
    if missing:
        raise UnmarkedNotStated(missing)
    return closed


_SIGNS = {"": Mark.PRESENT, "!": Mark.ABSENT, "?": Mark.EXCUSED}
_DASHES = re.compile(r"\s*[-‐‑‒–—−~]\s*")
_AFTER_SIGN = re.compile(r"([!?])\s+")
_BETWEEN = re.compile(r"[,;、\s]+")
_TOKEN = re.compile(r"([!?]?)(\d+)(?:-(\d+))?", re.ASCII)
_NAMED_AT_MOST = 20
_LONGEST_NUMBER = 9


@dataclass(eq=False)
class MarksNotUnderstood(UserError):
    """Something typed is neither a number, nor a range from low to high, with ``!`` or ``?`` at most before it."""

    text: str


@dataclass(eq=False)
class NumberOutsideRoster(UserError):
    """Numbers that no row of the roster has (the first of them, when there are many)."""

    numbers: tuple[int, ...]
    roster: int


@dataclass(eq=False)
class NumberContradictory(UserError):
    """Numbers that were given two different marks by statements of which neither is an exception to the other."""

    numbers: tuple[int, ...]


@dataclass(eq=False)
class NumberTwice(UserError):
    """Numbers that were given the same mark twice."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """Row numbers (from 1) by mark, each sorted, none in two."""

    present: tuple[int, ...] = ()
    excused: tuple[int, ...] = ()
    absent: tuple[int, ...] = ()

    def by_number(self) -> dict[int, Mark]:
        """The mark of every number that was stated, in the order of the roster."""
        marks = dict.fromkeys(self.present, Mark.PRESENT)
        marks |= dict.fromkeys(self.excused, Mark.EXCUSED)
        marks |= dict.fromkeys(self.absent, Mark.ABSENT)
        return dict(sorted(marks.items()))

    def tally(self, roster_size: int) -> Tally:
        """The counts on a roster of ``roster_size`` rows."""
        present, excused, absent = len(self.present), len(self.excused), len(self.absent)
        return Tally(present, excused, absent, roster_size - present - excused - absent)


@dataclass(frozen=True, slots=True)
class _Statement:
    first: int
    last: int
    mark: Mark

    def is_inside(self, other: _Statement) -> bool:
        """Strictly narrower and wholly within."""
        return (
            other.first <= self.first and self.last <= other.last and self.last - self.first < other.last - other.first
        )


def parse_marks(text: str, roster_size: int) -> Marks:
    """What was typed, for a roster numbered 1 to ``roster_size``. Nothing typed gives no marks.

    Commas, semicolons and spaces separate; long dashes and full-width signs are accepted. Raises, in this order,
    ``MarksNotUnderstood``, ``NumberOutsideRoster``, ``NumberContradictory`` or ``NumberTwice``.
    """
    return _marks(_resolve(_statements(text, roster_size)))


def parse_absentees(text: str, roster_size: int) -> Marks:
    """The mode "absent only": ``7`` or ``!7`` absent, ``?12`` excused, everybody else on the roster present.

    Raises the same errors as ``parse_marks``.
    """
    statements = [
        _Statement(one.first, one.last, Mark.ABSENT if one.mark is Mark.PRESENT else one.mark)
        for one in _statements(text, roster_size)
    ]
    stated = _resolve(statements)
    return _marks({number: stated.get(number, Mark.PRESENT) for number in range(1, roster_size + 1)})


def compact(numbers: Iterable[int]) -> str:
    """Numbers as a person writes them: ``1–6, 8, 9, 13–25``. Two in a row stay two numbers. "" for none."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def _statements(text: str, roster_size: int) -> list[_Statement]:
    plain = nfc(unicodedata.normalize("NFKC", text))
    plain = _AFTER_SIGN.sub(r"\1", _DASHES.sub("-", plain))
    statements = [_statement(token) for token in _BETWEEN.split(plain) if token]
    outside = sorted({number for one in statements for number in _outside(one, roster_size)})
    if outside:
        raise NumberOutsideRoster(tuple(outside[:_NAMED_AT_MOST]), roster_size)
    return statements


def _statement(token: str) -> _Statement:
    match = _TOKEN.fullmatch(token)
    if match is None or any(len(digits or "") > _LONGEST_NUMBER for digits in match.group(2, 3)):
        raise MarksNotUnderstood(token)
    first = int(match[2])
    last = int(match[3] or first)
    if last < first:
        raise MarksNotUnderstood(token)
    return _Statement(first, last, _SIGNS[match[1]])


def _outside(one: _Statement, roster_size: int) -> Iterable[int]:
    low = range(one.first, min(one.last, 0) + 1)
    beyond = max(one.first, roster_size + 1)
    return [*low, *range(beyond, min(one.last, beyond + _NAMED_AT_MOST) + 1)]


def _resolve(statements: list[_Statement]) -> dict[int, Mark]:
    """The mark of each number: the narrowest statement wins; each must be an exception to the next wider one."""
    marks: dict[int, Mark] = {}
    contradictory: list[int] = []
    twice: list[int] = []
    for number in sorted({number for one in statements for number in range(one.first, one.last + 1)}):
        said = sorted(
            (one for one in statements if one.first <= number <= one.last), key=lambda one: one.last - one.first
        )
        marks[number] = said[0].mark
        for narrow, wide in pairwise(said):
            if narrow.mark is wide.mark:
                twice.append(number)
            elif not narrow.is_inside(wide):
                contradictory.append(number)
    if contradictory:
        raise NumberContradictory(tuple(dict.fromkeys(contradictory)))
    if twice:
        raise NumberTwice(tuple(dict.fromkeys(twice)))
    return marks


def _marks(marks: dict[int, Mark]) -> Marks:
    chosen = {mark: tuple(sorted(number for number, own in marks.items() if own is mark)) for mark in Mark}
    return Marks(chosen[Mark.PRESENT], chosen[Mark.EXCUSED], chosen[Mark.ABSENT])
