"""Facts from records: only what is finished and decided counts."""

from __future__ import annotations

from datetime import date

from sochihoi.domain.campaign import Assessment, Round
from sochihoi.domain.facts import AssessmentFact, BranchFact, Facts, ScoreFact
from sochihoi.domain.rubric import Title
from sochihoi.domain.scoring import BranchScore, ScoreState
from sochihoi.services.definitions import load

CRITERIA = load().criteria_set_for(2026)


def test_an_unfinished_round_is_no_fact() -> None:
    cells = {code: {"mark": "PASS"} for code in CRITERIA.codes}
    begun = Assessment("1", "h", 2026, CRITERIA.code, CRITERIA.version, Round.SELF, results=cells)
    assert AssessmentFact.of(begun, CRITERIA) is None


def test_a_finished_round_is_judged_with_its_own_set() -> None:
    cells = {code: {"mark": "PASS"} for code in CRITERIA.codes} | {"S1": {"mark": "FAIL"}}
    done = Assessment(
        "1", "h", 2026, CRITERIA.code, CRITERIA.version, Round.COMMUNE_CONFIRM, results=cells, done_on=date(2026, 9, 1)
    )
    fact = AssessmentFact.of(done, CRITERIA)
    assert fact is not None
    assert (fact.passed, fact.failed, fact.round) == (False, ("S1",), Round.COMMUNE_CONFIRM)


def test_a_title_counts_once_it_is_decided() -> None:
    score = BranchScore("1", "b", 2026, "r", "1", band="XS", verified_on=date(2026, 12, 1), recognised_on=None)
    assert ScoreFact.of(score).title is None
    day = date(2026, 12, 9)
    decided = BranchScore(
        "1", "b", 2026, "r", "1", ScoreState.RECOGNISED, title=Title.MODEL, verified_on=day, recognised_on=day
    )
    fact = ScoreFact.of(decided)
    assert (fact.title, fact.decided_on) == ("MODEL", day)


def test_branches_that_name_one_another_in_a_ring_do_not_turn_for_ever() -> None:
    facts = Facts(branches=(BranchFact("a", predecessors=("b",)), BranchFact("b", predecessors=("a",))))
    assert facts.came_of("a") == ("b",)
