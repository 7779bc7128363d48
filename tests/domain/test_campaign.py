"""The family campaign: verdicts, rounds, which set belongs to which year."""

from __future__ import annotations

from datetime import date

import pytest

from sochihoi.domain.campaign import (
    PASS_GOAL,
    Assessment,
    CampaignYear,
    CellsMissing,
    CriteriaSet,
    NotApplicableNotAllowed,
    Result,
    Round,
    RoundBeforeDone,
    SetAlreadyUsed,
    UnknownCriterion,
    WrongYearSet,
    check_choice,
    check_round,
    default_set,
    fail_counts,
    judge,
    newly_passing,
    sets_for,
)
from sochihoi.services.definitions import load

SHIPPED = load()
NOW = SHIPPED.criteria_set("5K3S3A-2026")
OLD = SHIPPED.criteria_set("5K3S-2014")


def results(criteria: CriteriaSet, **changed: Result | None) -> dict[str, Result]:
    marks = {code: changed.get(code, Result.PASS) for code in criteria.codes}
    return {code: mark for code, mark in marks.items() if mark is not None}


def test_all_criteria_must_be_met() -> None:
    assert judge(NOW, results(NOW)).passed is True
    verdict = judge(NOW, results(NOW, S1=Result.FAIL))
    assert (verdict.passed, verdict.failed, verdict.met, verdict.out_of) == (False, ("S1",), 10, 11)


def test_not_applicable_counts_as_met_only_where_allowed() -> None:
    assert judge(NOW, results(NOW, K4=Result.NA)).passed is True
    assert judge(OLD, results(OLD, K5=Result.NA)).passed is True
    with pytest.raises(NotApplicableNotAllowed) as caught:
        judge(NOW, results(NOW, K1=Result.NA))
    assert caught.value.codes == ("K1",)


def test_while_cells_are_missing_there_is_no_verdict() -> None:
    verdict = judge(NOW, results(NOW, A3=None, K1=Result.FAIL))
    assert (verdict.passed, verdict.missing, verdict.failed, verdict.met) == (None, ("A3",), ("K1",), 9)


def test_a_criterion_of_another_set_is_refused() -> None:
    with pytest.raises(UnknownCriterion):
        judge(OLD, {"A1": Result.PASS})
    with pytest.raises(UnknownCriterion):
        OLD.criterion("A1")
    assert NOW.criterion("A1").code == "A1"


def test_the_set_follows_the_year() -> None:
    chosen = {year: default_set(SHIPPED.criteria_sets, year) for year in (2013, 2014, 2025, 2026, 2030)}
    codes = [one.code if one else None for one in chosen.values()]
    assert codes == [None, "5K3S-2014", "5K3S-2014", "5K3S3A-2026", "5K3S3A-2026"]
    assert [one.code for one in sets_for(SHIPPED.criteria_sets, 2026)] == ["5K3S3A-2026", "5C3S-2022"]
    assert sets_for(SHIPPED.criteria_sets, 2013) == ()


def test_a_year_is_never_rescored_with_another_set() -> None:
    cells = {code: {"mark": "PASS", "note": ""} for code in OLD.codes}
    then = Assessment("1", "h", 2025, OLD.code, OLD.version, results=cells)
    assert then.check_done(OLD).passed is True
    with pytest.raises(WrongYearSet):
        then.verdict(NOW)


def test_an_unfinished_round_cannot_be_done() -> None:
    cells = {"K1": {"mark": "FAIL", "note": "Đang xây lại nhà"}, "K2": {"mark": ""}}
    begun = Assessment("1", "h", 2026, NOW.code, NOW.version, results=cells)
    assert begun.marks == {"K1": Result.FAIL}
    assert (begun.note("K1"), begun.note("K2"), begun.note("A1")) == ("Đang xây lại nhà", "", "")
    with pytest.raises(CellsMissing) as caught:
        begun.check_done(NOW)
    assert len(caught.value.codes) == 10


def test_rounds_come_one_after_the_other() -> None:
    check_round(Round.SELF, [])
    check_round(Round.COMMUNE_CONFIRM, [Round.SELF, Round.BRANCH_REVIEW])
    with pytest.raises(RoundBeforeDone) as caught:
        check_round(Round.COMMUNE_CONFIRM, [Round.SELF])
    assert caught.value.waiting_for is Round.BRANCH_REVIEW


def test_the_set_of_a_year_is_chosen_before_its_first_assessment() -> None:
    current = CampaignYear("1", 2026, NOW.code, NOW.version, chosen_on=date(2026, 1, 5))
    other = SHIPPED.criteria_set("5C3S-2022")
    check_choice(2026, None, other, assessed=0)
    check_choice(2026, current, other, assessed=0)
    check_choice(2026, current, NOW, assessed=9)
    with pytest.raises(SetAlreadyUsed):
        check_choice(2026, current, other, assessed=1)


def test_newly_passing_were_not_confirmed_last_year() -> None:
    assert newly_passing(["a", "b"], ["b", "c"]) == {"a"}


def test_failures_are_counted_for_every_criterion() -> None:
    verdicts = [judge(NOW, results(NOW, S1=Result.FAIL)), judge(NOW, results(NOW, S1=Result.FAIL, K1=Result.FAIL))]
    counts = fail_counts(NOW, verdicts)
    assert (counts["S1"], counts["K1"], counts["A3"], list(counts)) == (2, 1, 0, list(NOW.codes))


def test_groups_are_the_bands_above_the_grid() -> None:
    assert [(group.vi, len(criteria)) for group, criteria in NOW.groups] == [("5 không", 5), ("3 sạch", 3), ("3 an", 3)]
    assert len(OLD) == 8


def test_exactly_85_percent_is_not_over() -> None:
    assert not PASS_GOAL.meets(850, 1000)
    assert PASS_GOAL.meets(870, 1000)
