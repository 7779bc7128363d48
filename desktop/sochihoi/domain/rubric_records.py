"""The score sheet of a branch as it is shown, corrections, and titles of years before the program was used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sochihoi.domain.errors import UserError
from sochihoi.domain.indicators import Figure, Indicator
from sochihoi.domain.rubric import (
    Answer,
    Condition,
    Rubric,
    RubricCriterion,
    Tally,
    Title,
    blocked_by,
    unanswered,
)
from sochihoi.domain.scoring import BranchScore, Holdings, Line, ScoreState, WrongScoreState
from sochihoi.domain.targets import Standing

OWN, VERIFIED = "self", "verified"  # the two columns of points, as they are stored


@dataclass(eq=False)
class SheetBegun(UserError):
    """Points stand on the sheet of a branch, so its registration is not simply taken back."""

    branch: str


@dataclass(eq=False)
class TitleFromSheet(UserError):
    """The title of that year was decided by a score sheet; it is not typed over."""

    branch: str
    year: int


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """One criterion of a sheet. ``figures`` and ``indicators``: one a part, in order; none of a manual criterion.

    ``proposed`` is ``None`` where it is scored by hand. ``evidence`` is what an officer wrote.
    """

    criterion: RubricCriterion
    indicators: tuple[Indicator, ...]
    figures: tuple[Figure, ...]
    proposed: Decimal | None
    line: Line
    evidence: str = ""

    @property
    def code(self) -> str:
        """The criterion's code."""
        return self.criterion.code

    @property
    def known(self) -> bool:
        """Whether the records say anything."""
        return any(one.known for one in self.figures)


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One blocking condition: what the officer answered, and what the records say (``figure`` is what they show)."""

    condition: Condition
    told: Answer | None
    from_records: Answer | None = None
    figure: Figure | None = None

    @property
    def answer(self) -> Answer | None:
        """The officer's answer before that of the records; ``None`` while nobody knows."""
        return self.told or self.from_records


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """Everything on the sheet of a branch for a year. ``until`` is the last day that the proposals look at.

    ``held`` is the title that the branch had before this year's decision.
    """

    branch_id: str
    branch: str
    until: date
    rubric: Rubric
    score: BranchScore
    lines: tuple[ProposedLine, ...]
    conditions: tuple[ConditionLine, ...]
    own: Tally
    verified: Tally
    held: Title | None = None

    @property
    def column(self) -> str | None:
        """The column that is being scored: the branch's own, then the commune's; ``None`` once it is settled."""
        if self.score.read_only:
            return None
        return OWN if self.score.state is ScoreState.REGISTERED else VERIFIED

    @property
    def shown(self) -> Tally:
        """The tally of the column being scored, or of the settled points."""
        return self.own if self.column == OWN else self.verified

    @property
    def answers(self) -> dict[str, Answer]:
        """Every condition that somebody or the records answered."""
        return {one.condition.code: one.answer for one in self.conditions if one.answer is not None}

    @property
    def blocked(self) -> tuple[str, ...]:
        """Conditions that keep the branch from being considered."""
        return blocked_by(self.rubric, self.answers)

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Conditions that nobody answered."""
        return unanswered(self.rubric, self.answers)

    @property
    def silent(self) -> tuple[str, ...]:
        """Criteria that differ from the branch's own points without a reason."""
        return tuple(one.code for one in self.lines if one.line.needs_reason)

    def line(self, code: str) -> ProposedLine | None:
        """One line."""
        return next((one for one in self.lines if one.code == code), None)


@dataclass(frozen=True, slots=True)
class BranchLine:
    """One branch in the list of a year; ``score`` and ``tally`` are absent while it is not registered."""

    branch_id: str
    branch: str
    score: BranchScore | None
    tally: Tally | None = None
    band: str | None = None
    held: Title | None = None
    blocked: bool = False

    @property
    def title(self) -> Title | None:
        """What it holds now: this year's decision, else what it held before."""
        score = self.score
        if score is not None and score.recognised_on is not None:
            return score.title
        return self.held


@dataclass(frozen=True, slots=True)
class YearList:
    """The branches of a year, and the share of outstanding ones among the existing model branches."""

    year: int
    rubric: Rubric
    lines: tuple[BranchLine, ...]
    holdings: Holdings
    outstanding: Standing

    @property
    def registered(self) -> int:
        """How many branches are scored this year."""
        return sum(one.score is not None for one in self.lines)


def figure_text(figure: Figure) -> str:
    """A measure as the sheet keeps it: ``427/520``, ``10``, or nothing when it was not known."""
    if figure.value is not None:
        return str(figure.value)
    return f"{figure.numerator}/{figure.denominator}" if figure.ratio is not None else ""


def figure_read(indicator: Indicator, branch: str, text: str) -> Figure:
    """The measure that ``figure_text`` wrote."""
    above, slash, below = text.partition("/")
    if slash:
        return Figure(indicator.code, branch, indicator.unit, None, int(above), int(below))
    return Figure(indicator.code, branch, indicator.unit, int(above) if above else None)


def with_evidence(score: BranchScore, lines: tuple[ProposedLine, ...], until: date) -> BranchScore:
    """The sheet with what the records said when it was settled: proposals, measures, and the last day looked at."""
    rows: dict[str, Mapping[str, str]] = dict(score.rows)
    for one in lines:
        told = {
            "proposed": "" if one.proposed is None else str(one.proposed),
            "measures": ";".join(figure_text(figure) for figure in one.figures),
            "until": until.isoformat(),
        }
        rows[one.code] = {**rows.get(one.code, {}), **told}
    return replace(score, rows=rows)


def with_text(score: BranchScore, code: str, name: str, text: str) -> BranchScore:
    """The sheet with a text of a line: its ``reason`` or its ``evidence``."""
    return replace(score, rows={**score.rows, code: {**score.rows.get(code, {}), name: text}})


def back_to_own(score: BranchScore) -> BranchScore:
    """The branch scores on; the commune's points stay on the sheet. Raises ``WrongScoreState``."""
    if score.state is not ScoreState.SELF_SCORED:
        raise WrongScoreState(score.state, ScoreState.REGISTERED)
    return replace(score, state=ScoreState.REGISTERED)


def corrected(score: BranchScore, reason: str, on: date) -> BranchScore:
    """Open a verified sheet again: band and title fall, the reason and its day stay on the sheet as a trace.

    Raises ``WrongScoreState`` before it is verified and after it was reported.
    """
    if score.state not in (ScoreState.COMMUNE_VERIFIED, ScoreState.RECOGNISED, ScoreState.NOT_RECOGNISED):
        raise WrongScoreState(score.state, ScoreState.SELF_SCORED)
    trace = "\n".join(part for part in (score.note, f"{on.isoformat()} {reason}") if part)
    return replace(
        score,
        state=ScoreState.SELF_SCORED,
        band=None,
        title=None,
        verified_on=None,
        recognised_on=None,
        note=trace,
    )


def corrections(score: BranchScore) -> tuple[tuple[date, str], ...]:
    """When the sheet was opened again, and why."""
    told = (line.partition(" ") for line in score.note.splitlines() if line)
    return tuple((date.fromisoformat(day), reason) for day, _blank, reason in told)


def earlier_title(score_id: str, branch_id: str, year: int, rubric: Rubric, title: Title) -> BranchScore:
    """A title from before the program was used: a reported sheet without points, of the last day of its year."""
    day = date(year, 12, 31)
    return BranchScore(
        score_id,
        branch_id,
        year,
        rubric.code,
        rubric.version,
        ScoreState.REPORTED,
        title=title,
        registered_on=day,
        recognised_on=day,
    )
