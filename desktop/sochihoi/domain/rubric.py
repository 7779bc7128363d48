"""Scoring of branches for "Chi hội phụ nữ mẫu": a rubric is data, points are exact, every difference has a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final

from sochihoi.domain.errors import UserError
from sochihoi.domain.targets import Direction, Goal, Standing, reckon
from sochihoi.domain.wording import Words

OUTSTANDING_GOAL: Final = Goal.percent(Direction.AT_LEAST, 20)
"""Outstanding model branches among the existing model branches of a commune (Khánh Hòa plan, 2021)."""


class Rule(Enum):
    """THRESHOLD gives all points or none; LINEAR gives a share between ``zero`` and ``full``; MANUAL proposes none."""

    THRESHOLD = "threshold"
    LINEAR = "linear"
    MANUAL = "manual"


class Combine(Enum):
    """How several measures of one criterion become one: the worst of them, or their mean."""

    LOWEST = "lowest"
    MEAN = "mean"


class Title(Enum):
    """The two titles. The second is open only to branches that hold the first."""

    MODEL = 1
    MODEL_OUTSTANDING = 2


@dataclass(eq=False)
class BadPoints(UserError):
    """Points outside 0 to the maximum, or with more than one decimal."""

    criterion: str
    given: str
    maximum: int


@dataclass(frozen=True, slots=True)
class Part:
    """One measure of a criterion. ``source`` is an indicator code; its figure for the branch and the year is taken.

    ``full`` is where all points are given, ``zero`` where none are (linear rules). In percent points for ratios.
    """

    source: str
    full: Fraction
    zero: Fraction = Fraction(0)

    def share(self, value: Fraction, rule: Rule) -> Fraction:
        """The share of the points, 0 to 1. ``full`` below ``zero`` means: the fewer, the better."""
        rising = self.full >= self.zero
        if value >= self.full if rising else value <= self.full:
            return Fraction(1)
        if rule is not Rule.LINEAR:
            return Fraction(0)
        return max(Fraction(0), (value - self.zero) / (self.full - self.zero))


@dataclass(frozen=True, slots=True)
class RubricCriterion:
    """One line of the score sheet."""

    code: str
    group: Words
    order: int
    label: Words
    guidance: Words
    max_points: int
    rule: Rule
    combine: Combine
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A blocking condition: where it is met the branch is not considered. ``enabled`` is its switch.

    ``source`` is an indicator code when the records can answer: it is met when the figure is below ``minimum`` or
    above ``maximum``; without a source the officer answers.
    """

    code: str
    label: Words
    enabled: bool = True
    source: str | None = None
    minimum: int | None = None
    maximum: int | None = None

    def answer(self, value: Fraction | int | None) -> Answer | None:
        """What the records say; ``None`` when they cannot."""
        if self.source is None or value is None:
            return None
        below = self.minimum is not None and value < self.minimum
        above = self.maximum is not None and value > self.maximum
        return Answer.MET if below or above else Answer.NOT_MET


class Answer(Enum):
    """Whether a blocking condition has come true (MET: the branch is not considered)."""

    MET = 1
    NOT_MET = 0


@dataclass(frozen=True, slots=True)
class Band:
    """A grade from so many points upwards."""

    code: str
    label: Words
    at_least: int


@dataclass(frozen=True, slots=True)
class Rubric:
    """A dated score sheet. ``suggested`` is true for the one that is nobody's regulation."""

    code: str
    version: str
    valid_from: date
    valid_to: date | None
    title: Words
    source: str
    suggested: bool
    criteria: tuple[RubricCriterion, ...]
    conditions: tuple[Condition, ...]
    bands: tuple[Band, ...]

    @property
    def max_points(self) -> int:
        """All points together."""
        return sum(criterion.max_points for criterion in self.criteria)

    def band(self, points: Decimal) -> Band:
        """The grade for a total; the lowest band begins at 0."""
        return next(band for band in self.bands if points >= band.at_least)

    def covers(self, year: int) -> bool:
        """Whether the sheet may be used for that year."""
        return self.valid_from.year <= year and (self.valid_to is None or year <= self.valid_to.year)


def rubric_of(rubrics: Sequence[Rubric], year: int) -> Rubric | None:
    """The sheet of that year: a regulation before a suggestion, then newest start, newest version."""
    found = [one for one in rubrics if one.covers(year)]
    return max(found, key=lambda one: (not one.suggested, one.valid_from, one.version), default=None)


def to_points(value: Fraction) -> Decimal:
    """Round half up to one decimal, exactly."""
    tenths = (value.numerator * 20 + value.denominator) // (2 * value.denominator)
    return Decimal(tenths).scaleb(-1)


def check_points(criterion: RubricCriterion, points: Decimal) -> Decimal:
    """The points with one decimal. Raises ``BadPoints``."""
    finite = points.is_finite()
    if not finite or not 0 <= points <= criterion.max_points or points != points.quantize(Decimal("0.1")):
        raise BadPoints(criterion.code, str(points), criterion.max_points)
    return points.quantize(Decimal("0.1"))


def propose(criterion: RubricCriterion, measures: Sequence[Fraction | None]) -> Decimal | None:
    """Points from the records: one measure per part, percent points for ratios.

    ``None`` for a manual criterion and when a measure is not known: the officer scores by hand from the evidence.
    """
    known = [measure for measure in measures if measure is not None]
    if criterion.rule is Rule.MANUAL or len(known) != len(criterion.parts):
        return None
    shares = [part.share(value, criterion.rule) for part, value in zip(criterion.parts, known, strict=True)]
    share = min(shares) if criterion.combine is Combine.LOWEST else sum(shares, Fraction(0)) / len(shares)
    return to_points(share * criterion.max_points)


@dataclass(frozen=True, slots=True)
class Tally:
    """Where a sheet stands: points so far, out of those already scored; lowest and highest total still possible."""

    total: Decimal
    scored_max: int
    lowest: Decimal
    highest: Decimal
    open_criteria: tuple[str, ...]
    band: Band | None

    @property
    def complete(self) -> bool:
        """Whether every criterion has points."""
        return not self.open_criteria


def tally(rubric: Rubric, points: Mapping[str, Decimal]) -> Tally:
    """Add up. ``band`` is the grade of a complete sheet, else the one that is certain already, else ``None``.

    Raises ``BadPoints`` for points that cannot be.
    """
    scored = [c for c in rubric.criteria if c.code in points]
    total = sum((check_points(c, points[c.code]) for c in scored), Decimal("0.0"))
    scored_max = sum(c.max_points for c in scored)
    highest = total + (rubric.max_points - scored_max)
    low, high = rubric.band(total), rubric.band(highest)
    missing = tuple(c.code for c in rubric.criteria if c.code not in points)
    return Tally(total, scored_max, total, highest, missing, low if low is high else None)


def blocked_by(rubric: Rubric, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Codes of the switched-on conditions that are met: with one of them a branch is not considered."""
    return tuple(c.code for c in rubric.conditions if c.enabled and answers.get(c.code) is Answer.MET)


def unanswered(rubric: Rubric, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Codes of the switched-on conditions that nobody answered yet."""
    return tuple(c.code for c in rubric.conditions if c.enabled and c.code not in answers)


def outstanding_share(model: frozenset[str], outstanding: frozenset[str]) -> Standing:
    """Outstanding model branches among the EXISTING model branches, not among all branches (Khánh Hòa plan, 2021).

    An outstanding branch holds the first title too, so it stands in both sets. ``met`` is ``None`` without a model.
    """
    existing = model | outstanding
    if not existing:
        return Standing(0, 0, None)
    return reckon(OUTSTANDING_GOAL, len(outstanding), len(existing))
