"""Model branches: proposed points, totals, bands, blocking conditions and the states of a sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from sochihoi.domain.rubric import (
    Answer,
    BadPoints,
    Rubric,
    Title,
    blocked_by,
    check_points,
    outstanding_share,
    propose,
    rubric_of,
    tally,
    to_points,
    unanswered,
)
from sochihoi.domain.scoring import (
    BlockedFromTitle,
    BranchScore,
    ConditionsOpen,
    NoSuchLine,
    NotYetModel,
    ReasonsMissing,
    ScoresMissing,
    ScoresReadOnly,
    ScoreState,
    WrongScoreState,
    holdings,
)
from sochihoi.services.definitions import load

RUBRIC = load().rubric_for(2026)
LINES = {criterion.code: criterion for criterion in RUBRIC.criteria}
DAY = date(2026, 12, 5)


@pytest.mark.parametrize(
    ("code", "measures", "points"),
    [
        ("1", [10, 100], "10.0"),
        ("1", [10, 75], "0.0"),
        ("1", [3, 100], "0.0"),
        ("2", [90], "9.0"),
        ("3", [80], "15.0"),
        ("3", [65], "7.5"),
        ("3", [50], "0.0"),
        ("3", [40], "0.0"),
        ("8", [92, 100], "9.2"),
        ("10", [2, 0], "5.0"),
        ("10", [1, 1], "2.5"),
        ("10", [0, 5], "0.0"),
    ],
)
def test_points_are_proposed_from_the_records(code: str, measures: list[int], points: str) -> None:
    assert propose(LINES[code], [Fraction(measure) for measure in measures]) == Decimal(points)


def test_nothing_is_proposed_without_a_measure() -> None:
    assert propose(LINES["9"], []) is None
    assert propose(LINES["8"], [Fraction(92), None]) is None


def test_points_round_half_up_to_one_decimal() -> None:
    assert to_points(Fraction(1, 20)) == Decimal("0.1")
    assert to_points(Fraction(49, 1000)) == Decimal("0.0")


@pytest.mark.parametrize("points", ["-0.1", "10.1", "9.25", "NaN", "Infinity"])
def test_impossible_points_are_refused(points: str) -> None:
    with pytest.raises(BadPoints) as caught:
        check_points(LINES["1"], Decimal(points))
    assert caught.value.maximum == 10


def test_the_tally_says_what_is_still_possible() -> None:
    given = {"1": "10", "2": "9", "3": "15", "4": "8.5", "5": "10", "6": "5", "7": "15"}
    found = tally(RUBRIC, {code: Decimal(points) for code, points in given.items()})
    assert (found.total, found.scored_max, found.highest) == (Decimal("72.5"), 75, Decimal("97.5"))
    assert found.open_criteria == ("8", "9", "10")
    assert (found.complete, found.band) == (False, None)
    full = tally(RUBRIC, {code: Decimal(line.max_points) for code, line in LINES.items()})
    assert full.complete
    assert full.band is not None
    assert full.band.code == "XS"


@pytest.mark.parametrize(("total", "band"), [("90", "XS"), ("89.9", "TOT"), ("70", "KHA"), ("50", "TB"), ("0", "YEU")])
def test_bands_begin_at_their_points(total: str, band: str) -> None:
    assert RUBRIC.band(Decimal(total)).code == band


def test_conditions_answer_from_the_records_where_they_can() -> None:
    few, quarter, head = RUBRIC.conditions[:3]
    assert few.answer(3) is Answer.MET
    assert few.answer(4) is Answer.NOT_MET
    assert quarter.answer(Fraction(75)) is Answer.MET
    assert few.answer(None) is None
    assert head.answer(1) is None
    assert replace(few, minimum=None, maximum=0).answer(1) is Answer.MET


def test_switched_off_conditions_neither_block_nor_wait() -> None:
    answers = {condition.code: Answer.NOT_MET for condition in RUBRIC.conditions[1:]}
    assert unanswered(RUBRIC, answers) == ("few_meetings",)
    off = replace(RUBRIC, conditions=(replace(RUBRIC.conditions[0], enabled=False), *RUBRIC.conditions[1:]))
    assert unanswered(off, answers) == ()
    met = {"few_meetings": Answer.MET}
    assert (blocked_by(RUBRIC, met), blocked_by(off, met)) == (("few_meetings",), ())


def test_a_regulation_comes_before_a_suggestion() -> None:
    regulation = replace(RUBRIC, code="own", suggested=False, valid_from=date(2020, 1, 1), valid_to=date(2026, 12, 31))
    assert rubric_of([RUBRIC, regulation], 2026) is regulation
    assert rubric_of([RUBRIC, regulation], 2027) is RUBRIC
    assert rubric_of([RUBRIC], 2014) is None


def test_outstanding_is_counted_among_existing_models() -> None:
    assert outstanding_share(frozenset(), frozenset()).met is None
    found = outstanding_share(frozenset("abcdefgh"), frozenset("ab"))
    assert (found.ratio, found.met) == (Fraction(1, 4), True)


def sheet(rubric: Rubric = RUBRIC) -> BranchScore:
    return BranchScore("1", "north", 2026, rubric.code, rubric.version)


def filled(score: BranchScore, column: str) -> BranchScore:
    for code, line in LINES.items():
        score = score.with_cell(RUBRIC, code, column, Decimal(line.max_points))
    return score


def answered(score: BranchScore, answer: Answer = Answer.NOT_MET) -> BranchScore:
    for condition in RUBRIC.conditions:
        score = score.with_answer(condition.code, answer)
    return score


def verified(answer: Answer = Answer.NOT_MET) -> BranchScore:
    own = filled(sheet(), "self").self_scored(RUBRIC)
    return answered(filled(own, "verified"), answer).verified(RUBRIC, DAY)


def test_a_sheet_goes_through_its_states() -> None:
    done = verified().recognised(RUBRIC, Title.MODEL, DAY, already_model=False)
    assert (done.state, done.band, done.title) == (ScoreState.RECOGNISED, "XS", Title.MODEL)
    assert done.reported().state is ScoreState.REPORTED
    refused = verified().not_recognised(DAY)
    assert (refused.state, refused.title) == (ScoreState.NOT_RECOGNISED, None)
    assert refused.reported().state is ScoreState.REPORTED


def test_states_are_not_skipped() -> None:
    with pytest.raises(WrongScoreState):
        sheet().verified(RUBRIC, DAY)
    with pytest.raises(WrongScoreState):
        sheet().reported()
    with pytest.raises(ScoresMissing) as caught:
        sheet().self_scored(RUBRIC)
    assert len(caught.value.codes) == 10


def test_a_difference_needs_a_reason() -> None:
    own = filled(sheet(), "self").self_scored(RUBRIC)
    both = answered(filled(own, "verified")).with_cell(RUBRIC, "2", "verified", Decimal(9))
    with pytest.raises(ReasonsMissing) as caught:
        both.verified(RUBRIC, DAY)
    assert caught.value.codes == ("2",)
    reasoned = both.with_cell(RUBRIC, "2", "verified", Decimal(9), "Buổi 12/9 chưa có biên bản")
    again = reasoned.with_cell(RUBRIC, "2", "verified", Decimal("8.5"))
    assert again.line("2").reason == "Buổi 12/9 chưa có biên bản"
    assert reasoned.verified(RUBRIC, DAY).state is ScoreState.COMMUNE_VERIFIED


def test_every_condition_is_answered_before_verification() -> None:
    own = filled(filled(sheet(), "self").self_scored(RUBRIC), "verified")
    taken_back = answered(own).with_answer("no_report", None)
    with pytest.raises(ConditionsOpen) as caught:
        taken_back.verified(RUBRIC, DAY)
    assert caught.value.codes == ("no_report",)


def test_a_blocked_branch_is_not_recognised() -> None:
    with pytest.raises(BlockedFromTitle):
        verified(Answer.MET).recognised(RUBRIC, Title.MODEL, DAY, already_model=False)


def test_outstanding_is_open_only_to_model_branches() -> None:
    with pytest.raises(NotYetModel):
        verified().recognised(RUBRIC, Title.MODEL_OUTSTANDING, DAY, already_model=False)
    title = verified().recognised(RUBRIC, Title.MODEL_OUTSTANDING, DAY, already_model=True).title
    assert title is Title.MODEL_OUTSTANDING


def test_points_do_not_change_after_verification() -> None:
    with pytest.raises(ScoresReadOnly):
        verified().with_cell(RUBRIC, "1", "verified", Decimal(1))
    with pytest.raises(ScoresReadOnly):
        verified().with_answer("no_report", Answer.MET)


def test_cells_are_checked_and_can_be_emptied() -> None:
    with pytest.raises(NoSuchLine):
        sheet().with_cell(RUBRIC, "99", "self", Decimal(1))
    with pytest.raises(BadPoints):
        sheet().with_cell(RUBRIC, "1", "self", Decimal(11))
    emptied = sheet().with_cell(RUBRIC, "1", "self", Decimal(1)).with_cell(RUBRIC, "1", "self", None)
    assert emptied.line("1").own is None
    assert emptied.points("self") == {}


def test_the_newest_decision_of_a_branch_stands() -> None:
    held = holdings(
        [
            (2026, "a", Title.MODEL_OUTSTANDING),
            (2025, "a", Title.MODEL),
            (2025, "b", Title.MODEL),
            (2024, "c", Title.MODEL),
            (2025, "c", None),
        ]
    )
    assert (held.model, held.outstanding) == ({"a", "b"}, {"a"})
