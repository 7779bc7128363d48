"""A month: what is checked before it is closed, and the figures that are frozen by closing it.

A month may be closed before it is over (a warning wants a reason), never before it has begun. Months are closed in
order: once one is closed, the next must not leave out a month between, because "from January" is frozen with each.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from sochihoi.domain.errors import UserError
from sochihoi.domain.indicators import Figure, UnitType
from sochihoi.domain.periods import Period

Frozen = Mapping[str, Mapping[str, list[int | None]]]
"""``{branch id, "" for the commune: {code: [value, numerator, denominator]}}``"""


class CheckLevel(Enum):
    """An error must be mended, a warning needs a reason, a note is only said."""

    ERROR = 1
    WARNING = 2
    NOTE = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found. ``facts`` are what a sentence needs; ``page`` and ``args`` where it is mended.

    ``code`` names the check (``branches.no_meeting``), with what it is about where one check finds several
    (``jump/org.members``). ``reason`` is what the officer wrote for a warning.
    """

    code: str
    level: CheckLevel
    facts: Mapping[str, Any] = field(default_factory=dict)
    page: str = ""
    args: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""

    @property
    def check(self) -> str:
        """Which check found it."""
        return self.code.partition("/")[0]

    @property
    def wants_reason(self) -> bool:
        """A warning without one."""
        return self.level is CheckLevel.WARNING and not self.reason.strip()


@dataclass(frozen=True, slots=True)
class CheckSheet:
    """What all checks said of a month; ``passed`` is how many of them found nothing."""

    findings: tuple[Finding, ...]
    passed: int

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What must be mended."""
        return tuple(one for one in self.findings if one.level is CheckLevel.ERROR)

    @property
    def unreasoned(self) -> tuple[Finding, ...]:
        """Warnings that nobody gave a reason for."""
        return tuple(one for one in self.findings if one.wants_reason)


@dataclass(frozen=True, slots=True)
class Closing:
    """One edition of a closed month. The first is 1; a supplement makes the next, the old one stays."""

    id: str
    period: str
    edition: int
    closed_on: date
    closed_by: str = ""
    reason: str = ""
    checks: tuple[Mapping[str, Any], ...] = ()
    figures: Frozen = field(default_factory=dict)
    previous: Frozen = field(default_factory=dict)
    year_to_date: Frozen = field(default_factory=dict)
    definitions: Mapping[str, Any] = field(default_factory=dict)
    report_number: str = ""
    report_date: date | None = None
    sha256: str = ""

    def figure(self, code: str, branch: str | None, unit: UnitType) -> Figure:
        """A frozen figure; an unknown one where the code was not counted then."""
        return thawed(self.figures, code, branch, unit)

    def before(self, code: str, branch: str | None, unit: UnitType) -> Figure:
        """The figure of the month before, as it was when this one was closed."""
        return thawed(self.previous, code, branch, unit)

    def so_far(self, code: str, branch: str | None, unit: UnitType) -> Figure:
        """The frozen figure from 1 January."""
        return thawed(self.year_to_date, code, branch, unit)


@dataclass(frozen=True, slots=True)
class Entered:
    """A figure that an officer entered for a month; ``branch_id`` absent: what belongs to no branch."""

    id: str
    code: str
    period: str
    branch_id: str | None
    value: int | None
    denominator: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReportText:
    """What the officer wrote over the draft of a section, and the draft that it replaced.

    ``unit_id``: the branch whose report it is, empty for the commune's.
    """

    period: str
    form: str
    section: str
    content: str
    drafted: str
    unit_id: str = ""


@dataclass(eq=False)
class WordsOut(UserError):
    """The words of a closed month's report after it was printed or saved: they no longer change."""

    period: str
    edition: int


@dataclass(eq=False)
class MonthAlreadyClosed(UserError):
    """The month is closed and no supplement is under way."""

    period: str
    closed_on: date


@dataclass(eq=False)
class MonthNotClosed(UserError):
    """What is asked for needs a closed month."""

    period: str


@dataclass(eq=False)
class NotAMonth(UserError):
    """Only months are closed; ``period`` is a longer one."""

    period: str


@dataclass(eq=False)
class ChecksFailed(UserError):
    """Something must be mended before the month is closed."""

    period: str
    findings: tuple[Finding, ...]


@dataclass(eq=False)
class ReasonsWanted(UserError):
    """Warnings without a reason stand against closing the month."""

    period: str
    findings: tuple[Finding, ...]


@dataclass(eq=False)
class SupplementUnderWay(UserError):
    """A supplement of the month was begun already."""

    period: str


@dataclass(eq=False)
class NoSupplement(UserError):
    """No supplement of the month is under way."""

    period: str


@dataclass(eq=False)
class SupplementHasChanges(UserError):
    """A supplement would be given up although figures differ from the closed edition. ``codes``: indicators."""

    period: str
    codes: tuple[str, ...]


@dataclass(eq=False)
class SupplementReason(UserError):
    """A supplement was asked for without saying why."""

    period: str


@dataclass(eq=False)
class NothingRecorded(UserError):
    """There is no month with records yet."""


@dataclass(eq=False)
class NotEntered(UserError):
    """A figure that is counted from records would be entered by hand."""

    code: str


def freeze(figures: Iterable[Figure]) -> dict[str, dict[str, list[int | None]]]:
    """Figures as a closing keeps them."""
    kept: dict[str, dict[str, list[int | None]]] = {}
    for one in figures:
        kept.setdefault(one.branch or "", {})[one.code] = [one.value, one.numerator, one.denominator]
    return kept


def thawed(frozen: Frozen, code: str, branch: str | None, unit: UnitType) -> Figure:
    """Back to a figure."""
    value, numerator, denominator = frozen.get(branch or "", {}).get(code, (None, None, None))
    return Figure(code, branch, unit, value, numerator, denominator)


def digest(figures: Frozen, year_to_date: Frozen) -> str:
    """SHA-256 of the canonical JSON of what is frozen: equal figures, equal digest."""
    body = {"figures": figures, "year_to_date": year_to_date}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def differences(before: Frozen, now: Frozen) -> tuple[str, ...]:
    """Codes of indicators of which any figure differs, sorted. An indicator that nobody counted before is none."""
    known = {code for figures in before.values() for code in figures}
    codes: set[str] = set()
    for branch in before.keys() | now.keys():
        old, new = before.get(branch, {}), now.get(branch, {})
        codes |= {code for code in known if old.get(code) != new.get(code)}
    return tuple(sorted(codes))


def left_out(period: Period, closed: Iterable[str]) -> Period | None:
    """The earliest month that closing ``period`` would leave open between closed ones; ``None`` when there is none."""
    before = sorted(Period.parse(code) for code in closed if Period.parse(code) < period)
    if not before:
        return None
    following = before[-1].next()
    return following if following < period else None
