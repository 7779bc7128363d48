"""The family campaign (5 không, 3 sạch and its successors): criteria sets by year, three rounds, exact verdicts.

A year is judged with the set that was in force in that year and never again with another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Final

from sochihoi.domain.errors import UserError
from sochihoi.domain.targets import Direction, Goal
from sochihoi.domain.wording import Words

PASS_GOAL: Final = Goal.percent(Direction.OVER, 85)
"""Member households that meet the criteria: over 85 % (Khánh Hòa plan, 2021); exactly 85 % is not over."""


class Result(Enum):
    """What was found on one criterion; the value is the digit that marks it in the grid."""

    PASS = 1
    FAIL = 0
    NA = 2


class Round(Enum):
    """The household judges itself, the branch reviews, the commune confirms. Only the last one counts."""

    SELF = 1
    BRANCH_REVIEW = 2
    COMMUNE_CONFIRM = 3

    @property
    def before(self) -> Round | None:
        """The round that must be done first."""
        return None if self is Round.SELF else Round(self.value - 1)


@dataclass(eq=False)
class UnknownCriterion(UserError):
    """A result names a criterion that the set does not have."""

    set_code: str
    codes: tuple[str, ...]


@dataclass(eq=False)
class NotApplicableNotAllowed(UserError):
    """A criterion that applies to every household was marked as not applicable."""

    set_code: str
    codes: tuple[str, ...]


@dataclass(eq=False)
class RoundBeforeDone(UserError):
    """A round would begin before the round ahead of it is done."""

    round: Round
    waiting_for: Round


@dataclass(eq=False)
class CellsMissing(UserError):
    """A round would be finished with criteria that nobody judged."""

    codes: tuple[str, ...]


@dataclass(eq=False)
class WrongYearSet(UserError):
    """An assessment would be judged with a set that is not the one it was made with."""

    made_with: str
    asked: str


@dataclass(eq=False)
class SetAlreadyUsed(UserError):
    """The set of a year would change after the first assessment of that year."""

    year: int
    set_code: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion. ``guidance`` is empty where no source was found; the screen says so."""

    code: str
    group: Words
    order: int
    label: Words
    short: Words
    guidance: Words
    na_allowed: bool = False
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """A dated set. A household passes only when every criterion is met."""

    code: str
    version: str
    valid_from: date
    valid_to: date | None
    title: Words
    name: Words
    source: str
    criteria: tuple[Criterion, ...]
    on_request: bool = False

    def __len__(self) -> int:
        return len(self.criteria)

    @property
    def codes(self) -> tuple[str, ...]:
        """Criterion codes in order."""
        return tuple(criterion.code for criterion in self.criteria)

    def criterion(self, code: str) -> Criterion:
        """The criterion of that code. Raises ``UnknownCriterion``."""
        for criterion in self.criteria:
            if criterion.code == code:
                return criterion
        raise UnknownCriterion(self.code, (code,))

    @property
    def groups(self) -> tuple[tuple[Words, tuple[Criterion, ...]], ...]:
        """Groups in order, each with its criteria: the bands above a grid."""
        bands: dict[Words, list[Criterion]] = {}
        for criterion in self.criteria:
            bands.setdefault(criterion.group, []).append(criterion)
        return tuple((group, tuple(members)) for group, members in bands.items())

    def covers(self, year: int) -> bool:
        """Whether the set may be used for that year."""
        return self.valid_from.year <= year and (self.valid_to is None or year <= self.valid_to.year)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the results of one round say. ``passed`` is ``None`` while cells are missing."""

    passed: bool | None
    failed: tuple[str, ...]
    missing: tuple[str, ...]
    met: int
    out_of: int


def judge(criteria: CriteriaSet, results: Mapping[str, Result]) -> Verdict:
    """Judge one household: it passes only when all criteria are met.

    Not applicable counts as met, and only where the set allows it (a household without a child of that age).
    Raises ``UnknownCriterion`` and ``NotApplicableNotAllowed``.
    """
    strangers = tuple(sorted(results.keys() - set(criteria.codes)))
    if strangers:
        raise UnknownCriterion(criteria.code, strangers)
    wrong = tuple(c.code for c in criteria.criteria if results.get(c.code) is Result.NA and not c.na_allowed)
    if wrong:
        raise NotApplicableNotAllowed(criteria.code, wrong)
    failed = tuple(code for code in criteria.codes if results.get(code) is Result.FAIL)
    missing = tuple(code for code in criteria.codes if code not in results)
    met = len(criteria) - len(failed) - len(missing)
    passed = None if missing else not failed
    return Verdict(passed, failed, missing, met, len(criteria))


def default_set(sets: Iterable[CriteriaSet], year: int) -> CriteriaSet | None:
    """The set of that year: newest start, newest version; sets that stand beside it only on request are left out."""
    found = [one for one in sets if one.covers(year) and not one.on_request]
    return max(found, key=lambda one: (one.valid_from, one.version), default=None)


def sets_for(sets: Iterable[CriteriaSet], year: int) -> tuple[CriteriaSet, ...]:
    """All sets that the commune may choose for that year, the default one first."""
    every = tuple(sets)
    first = default_set(every, year)
    others = sorted((s for s in every if s.covers(year) and s is not first), key=lambda s: (s.code, s.version))
    return ((first,) if first else ()) + tuple(others)


@dataclass(frozen=True, slots=True)
class CampaignYear:
    """Which set the commune judges a year with. ``beside`` is 1 for a second set scored beside the year's own."""

    id: str
    year: int
    set_code: str
    set_version: str
    beside: int = 0
    chosen_on: date | None = None


@dataclass(frozen=True, slots=True)
class HouseholdRegistration:
    """A household that registered for a year, was told of the campaign, was given its plaque."""

    id: str
    household_id: str
    year: int
    registered_on: date | None = None
    mobilised_on: date | None = None
    plaque_no: str = ""
    plaque_on: date | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """One round of one household. ``results`` is ``{"K1": {"mark": "PASS", "note": ""}}``, as it is stored."""

    id: str
    household_id: str
    year: int
    set_code: str
    set_version: str
    round: Round = Round.SELF
    assessed_on: date | None = None
    assessor: str = ""
    results: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    done_on: date | None = None

    @property
    def marks(self) -> dict[str, Result]:
        """Criterion -> result, only those judged."""
        return {code: Result[cell["mark"]] for code, cell in self.results.items() if cell.get("mark")}

    def note(self, code: str) -> str:
        """The note on a criterion, empty when there is none."""
        return self.results.get(code, {}).get("note", "")

    def verdict(self, criteria: CriteriaSet) -> Verdict:
        """Judge with the set it was made with. Raises ``WrongYearSet`` for any other."""
        made_with, asked = (self.set_code, self.set_version), (criteria.code, criteria.version)
        if made_with != asked:
            raise WrongYearSet(" ".join(made_with), " ".join(asked))
        return judge(criteria, self.marks)

    def check_done(self, criteria: CriteriaSet) -> Verdict:
        """The verdict of a complete round. Raises ``CellsMissing`` when a criterion was not judged."""
        verdict = self.verdict(criteria)
        if verdict.missing:
            raise CellsMissing(verdict.missing)
        return verdict


def check_round(wanted: Round, done: Iterable[Round]) -> None:
    """Raises ``RoundBeforeDone`` when the round before ``wanted`` is not among those done."""
    before = wanted.before
    if before is not None and before not in frozenset(done):
        raise RoundBeforeDone(wanted, before)


def check_choice(year: int, current: CampaignYear | None, wanted: CriteriaSet, assessed: int) -> None:
    """The commune chooses its set before the first assessment of the year. Raises ``SetAlreadyUsed`` afterwards."""
    if current is None or not assessed:
        return
    if (current.set_code, current.set_version) != (wanted.code, wanted.version):
        raise SetAlreadyUsed(year, current.set_code)


def newly_passing(this_year: Iterable[str], last_year: Iterable[str]) -> frozenset[str]:
    """Households confirmed this year and not confirmed last year."""
    return frozenset(this_year) - frozenset(last_year)


def fail_counts(criteria: CriteriaSet, verdicts: Sequence[Verdict]) -> dict[str, int]:
    """How many households failed each criterion, in the order of the set, zeros included."""
    return {code: sum(code in verdict.failed for verdict in verdicts) for code in criteria.codes}
