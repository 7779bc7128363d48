"""Running numbers of the papers that the unit issues: one row of numbers, begun anew with each year or each term."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from sochihoi.domain.issued import BadNumber

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

_SUFFIXED = re.compile(r"(\d{1,6})([a-zđ]?)", re.ASCII | re.IGNORECASE)


class Reset(Enum):
    """When numbers begin at 1 again. Offices number by year (Decree 30/2020/NĐ-CP) or, as the Party does, by term."""

    YEAR = "YEAR"
    TERM = "TERM"


def series(office: Office, day: date) -> str:
    """Under which name the last number is kept: ``2026``, or the term ``2025-2030``."""
    if office.commune.numbering_reset == Reset.TERM.value:
        return office.definitions.term_on(day).code
    return str(day.year)


def last(office: Office, work: Work, day: date) -> int:
    """The highest number given so far; 0 for none."""
    found = work.settings.get(f"report.number.{series(office, day)}", 0)
    return found if isinstance(found, int) else 0


def read(said: str) -> tuple[int, str]:
    """``8`` or ``8a`` as number and letter: a letter puts a paper between two others. Raises ``BadNumber``."""
    found = _SUFFIXED.fullmatch(said.strip())
    if found is None or not int(found[1]):
        raise BadNumber(said.strip())
    return int(found[1]), found[2].lower()


def take(office: Office, work: Work, day: date, type_code: str, chosen: int | str | None = None) -> tuple[str, int]:
    """The number of a new paper as text and as number: the one chosen (``8``, ``8a``), else the next one.

    Raises ``BadNumber``.
    """
    before = last(office, work, day)
    value, letter = (before + 1, "") if chosen is None else read(str(chosen))
    work.settings.set(f"report.number.{series(office, day)}", max(value, before))
    return text(office.commune.number_pattern, value, type_code, letter), value


def text(pattern: str, number: int, type_code: str = "BC", suffix: str = "") -> str:
    """``05/BC-BTV``, ``291-KH/BTV``, ``08a/BC-BTV``; the pattern has the places ``{number}`` and ``{type}``.

    A pattern that cannot be filled gives the plain number: a slip in the settings stops nothing.
    """
    try:
        made = pattern.format(number=number, type=type_code)
    except (KeyError, IndexError, ValueError):
        return f"{number}{suffix}"
    if not suffix:
        return made
    found = re.search(r"\d+", made)
    return made if found is None else f"{made[: found.end()]}{suffix}{made[found.end() :]}"


def typed(pattern: str, said: str, type_code: str = "BC") -> str:
    """A number that somebody typed (``8``, ``8a``) in the unit's pattern; anything else stays as typed."""
    try:
        number, letter = read(said)
    except BadNumber:
        return said
    return text(pattern, number, type_code, letter)
