"""The score sheet of one branch for one year: from registration to the report, one state after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import Enum

from sochihoi.domain.errors import UserError
from sochihoi.domain.rubric import Answer, Rubric, Title, blocked_by, check_points, tally, unanswered


class ScoreState(Enum):
    """The states in order; recognition ends one way or the other before the report."""

    REGISTERED = 1
    SELF_SCORED = 2
    COMMUNE_VERIFIED = 3
    RECOGNISED = 4
    NOT_RECOGNISED = 5
    REPORTED = 6


_ALLOWED = {
    ScoreState.REGISTERED: (ScoreState.SELF_SCORED,),
    ScoreState.SELF_SCORED: (ScoreState.COMMUNE_VERIFIED,),
    ScoreState.COMMUNE_VERIFIED: (ScoreState.RECOGNISED, ScoreState.NOT_RECOGNISED),
    ScoreState.RECOGNISED: (ScoreState.REPORTED,),
    ScoreState.NOT_RECOGNISED: (ScoreState.REPORTED,),
    ScoreState.REPORTED: (),
}


@dataclass(eq=False)
class WrongScoreState(UserError):
    """The sheet cannot go from the state it is in to the one asked for."""

    state: ScoreState
    wanted: ScoreState


@dataclass(eq=False)
class ScoresMissing(UserError):
    """Criteria without points."""

    codes: tuple[str, ...]


@dataclass(eq=False)
class ReasonsMissing(UserError):
    """The commune's points differ from the branch's own and nobody wrote why."""

    codes: tuple[str, ...]


@dataclass(eq=False)
class ConditionsOpen(UserError):
    """Blocking conditions that nobody answered."""

    codes: tuple[str, ...]


@dataclass(eq=False)
class BlockedFromTitle(UserError):
    """A branch would be recognised though a blocking condition is met."""

    codes: tuple[str, ...]


@dataclass(eq=False)
class NotYetModel(UserError):
    """The outstanding title is only for a branch that is a model branch already."""

    branch_id: str


@dataclass(eq=False)
class ScoresReadOnly(UserError):
    """The commune has verified: the points no longer change."""

    state: ScoreState


@dataclass(eq=False)
class NoSuchLine(UserError):
    """The sheet has no criterion of that code."""

    code: str


@dataclass(frozen=True, slots=True)
class Line:
    """The points on one criterion; ``None`` where nobody scored yet."""

    own: Decimal | None = None
    verified: Decimal | None = None
    reason: str = ""

    @property
    def needs_reason(self) -> bool:
        """Whether both scored and they differ without a word why."""
        both = self.own is not None and self.verified is not None
        return both and self.own != self.verified and not self.reason.strip()


@dataclass(frozen=True, slots=True)
class BranchScore:
    """One sheet as it is stored; ``rows``: ``{criterion: {"self", "verified", "reason", …}}``, points as text."""

    id: str
    branch_id: str
    year: int
    rubric_code: str
    rubric_version: str
    state: ScoreState = ScoreState.REGISTERED
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    blocking: Mapping[str, str] = field(default_factory=dict)
    band: str | None = None
    title: Title | None = None
    registered_on: date | None = None
    verified_on: date | None = None
    recognised_on: date | None = None
    note: str = ""

    @property
    def read_only(self) -> bool:
        """Points are settled once the commune has verified."""
        return self.state not in (ScoreState.REGISTERED, ScoreState.SELF_SCORED)

    def line(self, code: str) -> Line:
        """The points on one criterion."""
        row = self.rows.get(code, {})
        own, verified = (Decimal(row[key]) if row.get(key) else None for key in ("self", "verified"))
        return Line(own, verified, row.get("reason", ""))

    def points(self, column: str) -> dict[str, Decimal]:
        """Criterion -> points of the column ``self`` or ``verified``, only those scored."""
        return {code: Decimal(row[column]) for code, row in self.rows.items() if row.get(column)}

    @property
    def answers(self) -> dict[str, Answer]:
        """Blocking condition -> answer, only those answered."""
        return {code: Answer[name] for code, name in self.blocking.items() if name}

    def with_cell(
        self, rubric: Rubric, code: str, column: str, points: Decimal | None, reason: str = ""
    ) -> BranchScore:
        """Write points into ``self`` or ``verified``; ``None`` empties the cell.

        Raises ``ScoresReadOnly``, ``NoSuchLine`` or ``BadPoints``.
        """
        if self.read_only:
            raise ScoresReadOnly(self.state)
        criterion = next((one for one in rubric.criteria if one.code == code), None)
        if criterion is None:
            raise NoSuchLine(code)
        text = "" if points is None else str(check_points(criterion, points))
        row = {**self.rows.get(code, {}), column: text, "reason": reason or self.line(code).reason}
        return replace(self, rows={**self.rows, code: row})

    def with_answer(self, code: str, answer: Answer | None) -> BranchScore:
        """Answer a blocking condition; ``None`` takes the answer back. Raises ``ScoresReadOnly``."""
        if self.read_only:
            raise ScoresReadOnly(self.state)
        others = {key: name for key, name in self.blocking.items() if key != code}
        return replace(self, blocking=others if answer is None else {**others, code: answer.name})

    def self_scored(self, rubric: Rubric) -> BranchScore:
        """The branch has finished its own scoring. Raises ``WrongScoreState`` or ``ScoresMissing``."""
        self._check_step(ScoreState.SELF_SCORED)
        self._check_complete(rubric, "self")
        return replace(self, state=ScoreState.SELF_SCORED)

    def verified(self, rubric: Rubric, on: date) -> BranchScore:
        """The commune has finished its own points, reasons and answers.

        Raises ``WrongScoreState``, ``ScoresMissing``, ``ReasonsMissing`` or ``ConditionsOpen``.
        """
        self._check_step(ScoreState.COMMUNE_VERIFIED)
        self._check_complete(rubric, "verified")
        silent = tuple(c.code for c in rubric.criteria if self.line(c.code).needs_reason)
        if silent:
            raise ReasonsMissing(silent)
        still_open = unanswered(rubric, self.answers)
        if still_open:
            raise ConditionsOpen(still_open)
        band = rubric.band(tally(rubric, self.points("verified")).total)
        return replace(self, state=ScoreState.COMMUNE_VERIFIED, band=band.code, verified_on=on)

    def recognised(self, rubric: Rubric, title: Title, on: date, *, already_model: bool) -> BranchScore:
        """The commune gives a title. Raises ``WrongScoreState``, ``BlockedFromTitle`` or ``NotYetModel``."""
        self._check_step(ScoreState.RECOGNISED)
        blocked = blocked_by(rubric, self.answers)
        if blocked:
            raise BlockedFromTitle(blocked)
        if title is Title.MODEL_OUTSTANDING and not already_model:
            raise NotYetModel(self.branch_id)
        return replace(self, state=ScoreState.RECOGNISED, title=title, recognised_on=on)

    def not_recognised(self, on: date) -> BranchScore:
        """The commune gives no title. Raises ``WrongScoreState``."""
        self._check_step(ScoreState.NOT_RECOGNISED)
        return replace(self, state=ScoreState.NOT_RECOGNISED, title=None, recognised_on=on)

    def reported(self) -> BranchScore:
        """The result went to the level above. Raises ``WrongScoreState``."""
        self._check_step(ScoreState.REPORTED)
        return replace(self, state=ScoreState.REPORTED)

    def _check_step(self, wanted: ScoreState) -> None:
        if wanted not in _ALLOWED[self.state]:
            raise WrongScoreState(self.state, wanted)

    def _check_complete(self, rubric: Rubric, column: str) -> None:
        missing = tally(rubric, self.points(column)).open_criteria
        if missing:
            raise ScoresMissing(missing)


@dataclass(frozen=True, slots=True)
class Holdings:
    """Branches that hold a title; every outstanding branch is a model branch too."""

    model: frozenset[str]
    outstanding: frozenset[str]


def holdings(decisions: Iterable[tuple[int, str, Title | None]]) -> Holdings:
    """Who holds what after the decisions ``(year, branch, title or None)``: the newest decision of a branch stands.

    A branch that was not considered in a year keeps what it holds; one that was refused no longer holds a title.
    """
    latest = {branch: title for _year, branch, title in sorted(decisions, key=lambda decision: decision[0])}
    return Holdings(
        frozenset(branch for branch, title in latest.items() if title is not None),
        frozenset(branch for branch, title in latest.items() if title is Title.MODEL_OUTSTANDING),
    )
