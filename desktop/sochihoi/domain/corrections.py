"""What a level above decides about files, and what it asks a unit to correct."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from sochihoi.domain.errors import UserError
from sochihoi.domain.exchange import Measure
from sochihoi.domain.unusual import Finding

BY_PERSON = "PERSON"
"""The rule of a correction that somebody wrote."""

WRONG_LINE, FOREIGN_LINE = "ROW", "SCOPE"
"""Rules of a line that a whole file was refused for: not in its right form; of another unit."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing to look at, at its place: a period, and an indicator where it is about one.

    ``branch``: a branch's id, empty for the unit as a whole. ``rule``: ``BY_PERSON``, or the rule that found it.
    ``said``: her sentence; of a line its number, and after a blank the kind and key in it. ``percent``, ``before``,
    ``after``, ``earlier``: what the rule found (``unusual.Finding``).
    """

    period: str
    indicator: str = ""
    branch: str = ""
    rule: str = BY_PERSON
    said: str = ""
    percent: int | None = None
    earlier: str = ""
    before: Measure | None = None
    after: Measure | None = None

    @classmethod
    def of_finding(cls, one: Finding) -> Self:
        """What a rule found, as a question to the unit."""
        return cls(
            period=one.period,
            indicator=one.indicator,
            rule=one.rule,
            percent=one.percent,
            earlier=one.earlier,
            before=one.before,
            after=one.after,
        )

    @property
    def of_line(self) -> bool:
        """Whether it names a line of a refused file: no figure is to be mended, another file is to be made."""
        return self.rule in (WRONG_LINE, FOREIGN_LINE)

    def to_json(self) -> dict[str, Any]:
        """As a book keeps it: what says nothing is left out."""
        told: dict[str, Any] = {
            "period": self.period,
            "indicator": self.indicator,
            "branch": self.branch,
            "rule": self.rule,
            "said": self.said,
            "percent": self.percent,
            "earlier": self.earlier,
            "before": _packed(self.before),
            "after": _packed(self.after),
        }
        return {key: value for key, value in told.items() if value not in ("", None)}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """The same again."""
        measures = {key: Measure(*told[key]) for key in ("before", "after") if key in told}
        return cls(**{**told, **measures})


def _packed(one: Measure | None) -> list[int | None] | None:
    return None if one is None else [one.numerator, one.denominator, one.scale]


@dataclass(eq=False)
class ReasonMissing(UserError):
    """A file was to be returned, or a correction asked for, without a word that says why."""


@dataclass(eq=False)
class NotHeld(UserError):
    """A decision was asked for on a file that waits for none."""

    file_name: str


@dataclass(eq=False)
class NoSuchFile(UserError):
    """No file that came in bears this name or number."""

    asked: str


@dataclass(eq=False)
class SeveralFiles(UserError):
    """Several files that came in bear this name; ``numbers`` tells them apart."""

    asked: str
    numbers: tuple[str, ...]


@dataclass(eq=False)
class BuiltUpon(UserError):
    """A file cannot be taken back: a newer one of the same unit, ``by``, stands on it."""

    file_name: str
    by: str


@dataclass(eq=False)
class NothingToTakeBack(UserError):
    """None of the files counts, so there is nothing to take back."""


@dataclass(eq=False)
class CannotRebuild(UserError):
    """A file that stood before cannot be opened any more, so nothing was taken back."""

    file_name: str


@dataclass(eq=False)
class NothingCounts(UserError):
    """A correction was asked for from a unit of which no file counts here."""

    unit: str
