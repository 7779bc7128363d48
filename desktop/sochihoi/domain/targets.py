"""Targets (chỉ tiêu): what the Union set itself to reach, and where the commune stands. All arithmetic is exact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from sochihoi.domain.errors import UserError
from sochihoi.domain.wording import Source, Words


class Direction(Enum):
    """How a value is compared with the goal. "Trên 85 %" is OVER: 85.0 % itself does not pass."""

    AT_LEAST = "at_least"
    OVER = "over"
    EXACTLY = "exactly"
    UNDER = "under"


class Measured(Enum):
    """A share of a whole, or a plain number of things."""

    PERCENT = "percent"
    COUNT = "count"


class TargetPeriod(Enum):
    """Every year anew, or by the end of the term."""

    ANNUAL = "annual"
    TERM = "term"


class Level(Enum):
    """Who reports the target: every level, the branch upwards, the commune, the level above, or a state office."""

    ALL = "all"
    BRANCH = "branch"
    COMMUNE = "commune"
    ABOVE = "above"
    OUTSIDE = "outside"


class Light(Enum):
    """What a list shows: met; not met with time left; not met and the period is over; nothing known."""

    MET = "met"
    BEHIND = "behind"
    MISSED = "missed"
    UNKNOWN = "unknown"


@dataclass(eq=False)
class BadGoal(UserError):
    """A goal is below nothing, a percent above 100 or finer than two decimals, or a count that is not whole.

    ``value`` is what was given.
    """

    value: str


@dataclass(eq=False)
class MoreThanAll(UserError):
    """Of a whole, more than the whole was reached: one of the two figures is wrong."""

    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Goal:
    """A direction and a value: percent points (95 means 95 %) or a count."""

    direction: Direction
    value: Fraction
    measured: Measured = Measured.PERCENT

    def __post_init__(self) -> None:
        """Raises ``BadGoal`` when the value cannot be a goal."""
        if self.value < 0 or (self.measured is Measured.PERCENT and self.value > 100):
            raise BadGoal(str(self.value))

    @classmethod
    def percent(cls, direction: Direction, value: int | Fraction) -> Goal:
        """A goal in percent points."""
        return cls(direction, Fraction(value), Measured.PERCENT)

    @classmethod
    def count(cls, direction: Direction, value: int) -> Goal:
        """A goal in things."""
        return cls(direction, Fraction(value), Measured.COUNT)

    def line(self, denominator: int) -> Fraction:
        """The number that the numerator is compared with: exact, perhaps not whole."""
        return self.value * denominator / 100 if self.measured is Measured.PERCENT else self.value

    def meets(self, numerator: int, denominator: int = 1) -> bool:
        """Exact comparison, without division: 850 of 1,000 is not over 85 %. A count ignores the denominator."""
        line = self.line(denominator)
        match self.direction:
            case Direction.AT_LEAST:
                return numerator >= line
            case Direction.OVER:
                return numerator > line
            case Direction.UNDER:
                return numerator < line
            case _:
                return numerator == line

    def fewest(self, denominator: int = 1) -> int:
        """The smallest numerator that meets an upward goal or hits an exact one (rounded up where it is not whole)."""
        line = self.line(denominator)
        if self.direction is Direction.OVER:
            return line.numerator // line.denominator + 1
        return -(-line.numerator // line.denominator)


@dataclass(frozen=True, slots=True)
class Target:
    """One target of a plan.

    ``value`` is what the paper says. Where ``own_value`` is true the paper set it for a whole province and the
    commune enters its own share. ``computed_from`` is the code of an indicator; ``None``: the officer enters it.
    """

    id: str
    title: Words
    numerator: Words
    denominator: Words | None
    period: TargetPeriod
    level: Level
    goal: Goal
    source: Source
    computed_from: str | None = None
    own_value: bool = False

    def goal_here(self, value: Decimal | Fraction | None = None, direction: Direction | None = None) -> Goal | None:
        """The goal that applies in the commune: its own setting first. ``None`` while a share was not yet given."""
        if value is None and self.own_value:
            return None
        chosen = self.goal.value if value is None else Fraction(value)
        return Goal(direction or self.goal.direction, chosen, self.goal.measured)


@dataclass(frozen=True, slots=True)
class TargetSetting:
    """What the commune itself set or entered for a target in a year or a term.

    ``value`` (percent points with at most two decimals, or a whole count) and ``direction`` replace the paper's;
    ``numerator`` and ``denominator`` are entered where nothing computes them.
    """

    id: str
    code: str
    period: str
    value: Decimal | None = None
    direction: Direction | None = None
    numerator: int | None = None
    denominator: int | None = None
    note: str = ""

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        return (self.value, self.direction, self.numerator, self.denominator, self.note) == (None,) * 4 + ("",)


def own_value(target: Target, value: Decimal | int) -> Decimal:
    """The commune's own value of a target, checked. Raises ``BadGoal``."""
    told = Decimal(value)
    finest = 100 if target.goal.measured is Measured.PERCENT else 1
    if not told.is_finite() or told * finest % 1:
        raise BadGoal(str(value))
    Goal(target.goal.direction, Fraction(told), target.goal.measured)
    return told


@dataclass(frozen=True, slots=True)
class Term:
    """A term (nhiệm kỳ) of the commune Union, from ``starts`` to ``ends``, both counted. ``code``: ``2025-2030``."""

    code: str
    name: Words
    starts: date
    ends: date
    source: str


def term_on(terms: Iterable[Term], day: date) -> Term:
    """The term of a day. A term goes on until the next one is defined; days before the first belong to the first.

    Raises ``ValueError`` when no term is defined at all.
    """
    in_order = sorted(terms, key=lambda one: one.starts)
    if not in_order:
        raise ValueError(day)
    return next((one for one in reversed(in_order) if one.starts <= day), in_order[0])


def period_of(period: TargetPeriod, year: int, term: Term) -> str:
    """The code that a setting is kept under: ``2026``, or ``2025-2030``."""
    return f"{year:04}" if period is TargetPeriod.ANNUAL else term.code


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a target stands.

    ``met`` is ``None`` when nobody is to be counted, nothing was entered or the goal is not set. ``needed`` is how
    many more persons or things it takes, 0 when met; ``too_many`` how many it takes fewer (goals with a ceiling).
    """

    numerator: int | None
    denominator: int | None
    met: bool | None
    needed: int | None = None
    too_many: int | None = None

    @property
    def ratio(self) -> Fraction | None:
        """The share reached; ``None`` when there is no whole or nothing known."""
        if self.numerator is None or not self.denominator:
            return None
        return Fraction(self.numerator, self.denominator)

    def light(self, *, period_over: bool) -> Light:
        """What a list shows; red only once the period is over, because until then it can still be reached."""
        if self.met is None:
            return Light.UNKNOWN
        if self.met:
            return Light.MET
        return Light.MISSED if period_over else Light.BEHIND


def standing(
    target: Target,
    numerator: int | None,
    denominator: int | None = None,
    *,
    value: Decimal | Fraction | None = None,
    direction: Direction | None = None,
) -> Standing:
    """Where the target stands, exactly.

    ``value`` and ``direction`` are the commune's own setting. Raises ``MoreThanAll`` for a share above the whole,
    ``BadGoal`` for a setting that cannot be one.
    """
    goal = target.goal_here(value, direction)
    share = target.goal.measured is Measured.PERCENT
    if share and numerator is not None and denominator is not None and numerator > denominator:
        raise MoreThanAll(numerator, denominator)
    if goal is None or numerator is None or (share and not denominator):
        return Standing(numerator, denominator, None)
    return reckon(goal, numerator, denominator)


def reckon(goal: Goal, numerator: int, denominator: int | None = None) -> Standing:
    """Compare with a goal and say how far it is. A percent needs a denominator above 0."""
    whole = denominator or 1
    if goal.meets(numerator, whole):
        return Standing(numerator, denominator, met=True, needed=0)
    fewest = goal.fewest(whole)
    if goal.direction is Direction.UNDER:
        return Standing(numerator, denominator, met=False, too_many=numerator - fewest + 1)
    if numerator > fewest:
        return Standing(numerator, denominator, met=False, too_many=numerator - fewest)
    if goal.measured is Measured.PERCENT and (fewest > whole or numerator == fewest):
        # over 100 %, or exactly a share that no whole number of persons makes: unreachable with this many persons
        return Standing(numerator, denominator, met=False)
    return Standing(numerator, denominator, met=False, needed=fewest - numerator)


@dataclass(frozen=True, slots=True)
class NetGrowth:
    """Members gained and lost, both with and without those who do not count for the target."""

    joined: int
    left: int
    joined_excluded: int
    left_excluded: int

    @property
    def plain(self) -> int:
        """All who joined less all who left."""
        return self.joined - self.left

    @property
    def counted(self) -> int:
        """Without members of trade unions, the armed forces and member organisations, on both sides.

        Source: Sóc Trăng action programme, 2021, footnote on net growth. Both figures are kept.
        """
        return (self.joined - self.joined_excluded) - (self.left - self.left_excluded)
