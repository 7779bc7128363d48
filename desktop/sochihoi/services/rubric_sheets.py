"""A stored score sheet and the measures of the records, put together as the page and the paper show it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sochihoi.domain.indicators import Figure
from sochihoi.domain.rubric import Condition, Rubric, RubricCriterion, Title, blocked_by, propose, tally
from sochihoi.domain.rubric_records import (
    OWN,
    VERIFIED,
    BranchLine,
    ConditionLine,
    ProposedLine,
    ScoreSheet,
    figure_read,
)
from sochihoi.domain.scoring import BranchScore, Holdings, ScoreState
from sochihoi.domain.units import Unit

if TYPE_CHECKING:
    from sochihoi.services.rubric_measures import YearMeasures


def sheet_of(
    unit: Unit, score: BranchScore, rubric: Rubric, measures: YearMeasures, held: Title | None, day: date
) -> ScoreSheet:
    """The sheet of one branch; a settled one shows what the records said when it was settled."""
    settled = [row["until"] for row in score.rows.values() if row.get("until")] if score.read_only else []
    return ScoreSheet(
        unit.id,
        unit.name,
        date.fromisoformat(settled[0]) if settled else day,
        rubric,
        score,
        tuple(_line(one, score, measures) for one in rubric.criteria),
        tuple(_condition(one, score, measures) for one in rubric.conditions if one.enabled),
        tally(rubric, score.points(OWN)),
        tally(rubric, score.points(VERIFIED)),
        held,
    )


def branch_line(
    unit: Unit, score: BranchScore | None, rubric: Rubric, measures: YearMeasures, held: Title | None
) -> BranchLine:
    """One branch in the list of the year; the band of points that are not settled only once it is certain."""
    if score is None:
        return BranchLine(unit.id, unit.name, None, held=held)
    told = [_condition(one, score, measures) for one in rubric.conditions]
    answers = {one.condition.code: one.answer for one in told if one.answer is not None}
    counted = tally(rubric, score.points(OWN if score.state is ScoreState.REGISTERED else VERIFIED))
    band = score.band or (counted.band.code if counted.band is not None and counted.complete else None)
    return BranchLine(unit.id, unit.name, score, counted, band, held, bool(blocked_by(rubric, answers)))


def title_held(held: Holdings, branch_id: str) -> Title | None:
    """The title of one branch."""
    if branch_id in held.outstanding:
        return Title.MODEL_OUTSTANDING
    return Title.MODEL if branch_id in held.model else None


def _line(criterion: RubricCriterion, score: BranchScore, measures: YearMeasures) -> ProposedLine:
    row = score.rows.get(criterion.code, {})
    indicators = tuple(measures.indicators[part.source] for part in criterion.parts)
    settled = row.get("measures") if score.read_only else None
    figures: tuple[Figure, ...]
    if settled is not None:
        told = settled.split(";") if criterion.parts else []
        figures = tuple(figure_read(one, score.branch_id, text) for one, text in zip(indicators, told, strict=True))
        proposed = Decimal(row["proposed"]) if row.get("proposed") else None
    else:
        figures = tuple(measures.figure(part.source, score.branch_id) for part in criterion.parts)
        proposed = propose(criterion, [figure.measure for figure in figures])
    return ProposedLine(criterion, indicators, figures, proposed, score.line(criterion.code), row.get("evidence", ""))


def _condition(condition: Condition, score: BranchScore, measures: YearMeasures) -> ConditionLine:
    told = score.answers.get(condition.code)
    if condition.source is None:
        return ConditionLine(condition, told)
    figure = measures.figure(condition.source, score.branch_id)
    return ConditionLine(condition, told, condition.answer(figure.measure), figure)
