"""What the lists of the family campaign show: the grid of a branch, households of a year, results by branch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import reduce

from sochihoi.domain.campaign import PASS_GOAL, Assessment, CriteriaSet, Result, Round, Verdict, judge
from sochihoi.domain.errors import UserError


@dataclass(eq=False)
class SetNotForYear(UserError):
    """A set was chosen for a year that lies outside its time."""

    year: int
    set_code: str


@dataclass(eq=False)
class RoundDone(UserError):
    """A mark would change in a round that is finished. ``household`` is the name of its head."""

    household: str
    round: Round
    done_on: date


@dataclass(eq=False)
class RoundIncomplete(UserError):
    """A round would be finished while households have cells without a mark.

    ``half`` are heads of households with some marks, ``blank`` of those with none; the first are never left out.
    """

    round: Round
    half: tuple[str, ...]
    blank: tuple[str, ...]


@dataclass(eq=False)
class NothingAssessed(UserError):
    """A round would be finished in a branch where no household is complete."""

    round: Round


@dataclass(eq=False)
class LaterRoundBegun(UserError):
    """A finished round would be opened again while the round after it stands on it."""

    round: Round
    later: Round


@dataclass(eq=False)
class NotConfirmed(UserError):
    """A plaque would go to a household that the commune did not confirm as meeting all criteria."""

    household: str
    year: int


@dataclass(frozen=True, slots=True)
class YearSets:
    """The sets of a year. ``chosen``: somebody chose, or an assessment fixed it; ``assessed``: households judged."""

    year: int
    own: CriteriaSet
    beside: CriteriaSet | None = None
    chosen: bool = False
    assessed: int = 0
    choices: tuple[CriteriaSet, ...] = ()

    @property
    def in_use(self) -> tuple[CriteriaSet, ...]:
        """The year's own set, then the one scored beside it."""
        return (self.own,) if self.beside is None else (self.own, self.beside)

    def pick(self, code: str | None) -> CriteriaSet:
        """The set in use of that code, the own one when none is named. Raises ``SetNotForYear``."""
        for one in self.in_use:
            if code in (None, one.code):
                return one
        raise SetNotForYear(self.year, str(code))


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One household of the grid as storage reads it. ``member``: a member of the Union lives there."""

    household_id: str
    code: str
    head: str
    member: bool
    registered: bool
    former_done: bool
    assessment: Assessment | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of the grid, judged with the set of the sheet."""

    number: int
    line: SheetLine
    marks: Mapping[str, Result]
    verdict: Verdict

    @classmethod
    def of(cls, number: int, line: SheetLine, criteria: CriteriaSet) -> SheetRow:
        """Judge a line."""
        if line.assessment is None:
            return cls(number, line, {}, judge(criteria, {}))
        return cls(number, line, line.assessment.marks, line.assessment.verdict(criteria))

    @property
    def household_id(self) -> str:
        """The household."""
        return self.line.household_id

    @property
    def done_on(self) -> date | None:
        """The day on which this round was finished for it."""
        return None if self.line.assessment is None else self.line.assessment.done_on

    @property
    def complete(self) -> bool:
        """Every criterion has a mark."""
        return not self.verdict.missing

    @property
    def blank(self) -> bool:
        """No criterion has one."""
        return not self.marks

    def note(self, code: str) -> str:
        """The note of a cell."""
        return "" if self.line.assessment is None else self.line.assessment.note(code)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The grid of one branch in one round of a year."""

    year: int
    criteria: CriteriaSet
    round: Round
    branch_id: str
    branch: str
    rows: tuple[SheetRow, ...]

    @property
    def complete(self) -> int:
        """Households with a mark in every cell."""
        return sum(row.complete for row in self.rows)

    @property
    def half(self) -> tuple[SheetRow, ...]:
        """Households with some marks."""
        return tuple(row for row in self.rows if not row.complete and not row.blank)

    @property
    def blank(self) -> tuple[SheetRow, ...]:
        """Households with none."""
        return tuple(row for row in self.rows if row.blank)

    @property
    def begun(self) -> bool:
        """Somebody was assessed, or the round was started from the one before."""
        return any(row.line.assessment is not None for row in self.rows)

    @property
    def to_finish(self) -> tuple[SheetRow, ...]:
        """Complete, and not finished yet."""
        return tuple(row for row in self.rows if row.complete and row.done_on is None)

    @property
    def finished(self) -> tuple[SheetRow, ...]:
        """Households for which this round is done."""
        return tuple(row for row in self.rows if row.done_on is not None)

    @property
    def startable(self) -> tuple[SheetRow, ...]:
        """Households that finished the round before and are not yet in this one; the first round needs no start."""
        if self.round.before is None:
            return ()
        return tuple(row for row in self.rows if row.line.former_done and row.line.assessment is None)

    def check_finish(self, *, leave_out: bool) -> tuple[SheetRow, ...]:
        """The rows that finishing closes. Raises ``NothingAssessed``, ``RoundIncomplete``.

        ``leave_out``: households without any mark stay out of this round; those with some never do.
        """
        if not any(row.complete for row in self.rows):
            raise NothingAssessed(self.round)
        if self.half or (self.blank and not leave_out):
            heads = tuple(row.line.head for row in self.half), tuple(row.line.head for row in self.blank)
            raise RoundIncomplete(self.round, *heads)
        return self.to_finish


@dataclass(frozen=True, slots=True)
class HouseholdLine:
    """A household in a year of the campaign. ``round`` is the furthest one finished, ``passed`` what it said.

    ``begun``: it has marks, in whatever round.
    """

    household_id: str
    code: str
    head: str
    sort_key: str
    search_key: str
    branch_id: str
    branch: str
    branch_key: str
    member: bool
    registered_on: date | None = None
    mobilised_on: date | None = None
    plaque_no: str = ""
    plaque_on: date | None = None
    round: Round | None = None
    passed: bool | None = None
    failed: tuple[str, ...] = ()
    newly: bool = False
    begun: bool = False

    @property
    def confirmed(self) -> bool:
        """The commune confirmed that it meets all criteria."""
        return self.round is Round.COMMUNE_CONFIRM and bool(self.passed)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a branch, or the commune, stands in a year. All but ``registered`` count member households only.

    ``registered`` counts every registered household, as the indicator of that name does.
    """

    branch_id: str = ""
    branch: str = ""
    households: int = 0
    registered: int = 0
    mobilised: int = 0
    assessed: int = 0
    self_done: int = 0
    reviewed: int = 0
    confirmed: int = 0
    passed: int = 0
    newly: int = 0
    plaques: int = 0
    begun: int = 0

    def __add__(self, other: Standing) -> Standing:
        return Standing(
            "",
            "",
            self.households + other.households,
            self.registered + other.registered,
            self.mobilised + other.mobilised,
            self.assessed + other.assessed,
            self.self_done + other.self_done,
            self.reviewed + other.reviewed,
            self.confirmed + other.confirmed,
            self.passed + other.passed,
            self.newly + other.newly,
            self.plaques + other.plaques,
            self.begun + other.begun,
        )

    @classmethod
    def of(cls, branch_id: str, branch: str, lines: Iterable[HouseholdLine]) -> Standing:
        """Count the households of a branch."""
        every = tuple(lines)
        members = tuple(line for line in every if line.member)

        def beyond(least: Round) -> int:
            return sum(line.round is not None and line.round.value >= least.value for line in members)

        return cls(
            branch_id,
            branch,
            len(members),
            sum(line.registered_on is not None for line in every),
            sum(line.mobilised_on is not None for line in members),
            sum(line.round is not None for line in members),
            beyond(Round.SELF),
            beyond(Round.BRANCH_REVIEW),
            beyond(Round.COMMUNE_CONFIRM),
            sum(line.confirmed for line in members),
            sum(line.newly for line in members),
            sum(line.plaque_on is not None for line in members),
            sum(line.begun for line in members),
        )

    @property
    def share(self) -> Fraction | None:
        """Confirmed member households out of all member households (Khánh Hòa plan, 2021); ``None`` of nobody."""
        return Fraction(self.passed, self.households) if self.households else None

    @property
    def over(self) -> bool | None:
        """Whether the share is strictly over 85 %; ``None`` of nobody."""
        return PASS_GOAL.meets(self.passed, self.households) if self.households else None

    @property
    def still_needed(self) -> int:
        """How many more households would take the share over the goal."""
        return max(PASS_GOAL.fewest(self.households) - self.passed, 0) if self.households else 0


@dataclass(frozen=True, slots=True)
class YearResults:
    """A year of the campaign by branch, with how many member households failed each criterion in their last round."""

    sets: YearSets
    branches: tuple[Standing, ...]
    failed: Mapping[str, int] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The year."""
        return self.sets.year

    @property
    def total(self) -> Standing:
        """The commune."""
        return reduce(Standing.__add__, self.branches, Standing())

    @property
    def most_failed(self) -> tuple[tuple[str, int], ...]:
        """Criteria that somebody failed, the most frequent first, otherwise in the order of the set."""
        found = [(code, count) for code, count in self.failed.items() if count]
        return tuple(sorted(found, key=lambda pair: -pair[1]))
