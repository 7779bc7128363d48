"""Study: who is reached, who is missing, what a campaign refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sochihoi.domain.attendance import NotHeldYet
from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.study import (
    CampaignClosed,
    CampaignState,
    Coverage,
    DocumentKind,
    HeadcountForRegistered,
    NotEligible,
    SessionBeforeStart,
    StudyCampaign,
    StudyHeadcount,
    StudySession,
    StudyTarget,
    TargetGroup,
    check_eligible,
    coverage,
    coverage_by_headcount,
    missing_by_branch,
)
from sochihoi.domain.targets import Direction, Goal

ALL_95 = Goal.percent(Direction.AT_LEAST, 95)
IDS = st.lists(st.sampled_from([f"m{number}" for number in range(12)]))


def test_two_sessions_of_one_woman_count_once() -> None:
    assert coverage(["a", "a", "b", "stranger"], ["a", "b", "c"]) == Coverage(2, 3)


def test_exactly_95_percent_passes() -> None:
    assert Coverage(19, 20).meets(ALL_95) is True
    assert Coverage(18, 20).meets(ALL_95) is False
    assert Coverage(18, 20).needed(ALL_95) == 1
    assert Coverage(19, 20).needed(ALL_95) == 0


def test_nobody_eligible_is_not_known() -> None:
    nobody = Coverage(0, 0)
    assert (nobody.ratio, nobody.meets(ALL_95), nobody.needed(ALL_95)) == (None, None, None)
    assert Coverage(1, 4).ratio == Fraction(1, 4)


def test_missing_are_named_by_branch() -> None:
    roll = {"a": "north", "b": "north", "c": "south"}
    assert missing_by_branch(["a"], roll) == {"north": ("b",), "south": ("c",)}


def test_strangers_are_refused_all_at_once() -> None:
    check_eligible(["a"], ["a"])
    with pytest.raises(NotEligible) as caught:
        check_eligible(["x", "a", "b", "x"], ["a"])
    assert caught.value.ids == ("b", "x")


def test_registered_groups_are_never_head_counts() -> None:
    assert StudyHeadcount("1", "s", TargetGroup.WOMEN, 40).people == 40
    with pytest.raises(HeadcountForRegistered):
        StudyHeadcount("1", "s", TargetGroup.MEMBERS, 40)


def test_head_counts_never_show_more_than_all() -> None:
    assert coverage_by_headcount(120, 100) == Coverage(100, 100)
    assert coverage_by_headcount(20, None) is None


def test_a_campaign_takes_sessions_while_open_and_begun() -> None:
    campaign = StudyCampaign("1", "Nghị quyết", starts_on=date(2026, 3, 1), deadline=date(2026, 3, 31))
    campaign.check_session(date(2026, 3, 1))
    StudyCampaign("2", "Khác").check_session(date(2020, 1, 1))
    with pytest.raises(SessionBeforeStart):
        campaign.check_session(date(2026, 2, 28))
    with pytest.raises(CampaignClosed):
        StudyCampaign("3", "Xong", state=CampaignState.CLOSED).check_session(date(2026, 3, 1))
    assert campaign.days_left(date(2026, 4, 3)) == -3
    assert StudyCampaign("4", "Không hạn").days_left(date(2026, 4, 3)) is None


def test_a_target_is_an_exact_goal() -> None:
    wanted = StudyTarget("1", "c", TargetGroup.MEMBERS, 95)
    assert wanted.goal == ALL_95


def test_themes_are_no_resolution_study() -> None:
    assert DocumentKind.CONCLUSION.is_resolution_study
    assert not DocumentKind.THEME.is_resolution_study


@settings(deadline=None, derandomize=True)
@given(IDS, IDS)
def test_coverage_never_depends_on_order_or_repetition(came: list[str], roll: list[str]) -> None:
    found = coverage(came, roll)
    assert found == coverage([*reversed(came), *came], list(reversed(roll)))
    assert found.reached == len(set(came) & set(roll))
    missing = missing_by_branch(came, dict.fromkeys(roll, "one"))
    assert found.reached + sum(len(ids) for ids in missing.values()) == found.eligible


def test_a_campaign_has_a_title_and_ends_after_it_began() -> None:
    kept = StudyCampaign("1", "  Nghị   quyết ", issuer=" Hội ", starts_on=date(2026, 3, 1), deadline=date(2026, 3, 1))
    assert (kept.cleaned().title, kept.cleaned().issuer) == ("Nghị quyết", "Hội")
    for wrong, field in ((replace(kept, title=" "), "title"), (replace(kept, deadline=date(2026, 2, 1)), "deadline")):
        with pytest.raises(FieldProblem) as told:
            wrong.cleaned()
        assert told.value.field == field


def test_a_session_is_for_its_branches_or_for_the_whole_commune() -> None:
    typed = StudySession("1", "c", ("b", "a", "b"), date(2026, 3, 5), "14h", place="  Nhà   văn hoá ")
    kept = typed.cleaned()
    assert (kept.branches, kept.starts_at, kept.place) == (("b", "a"), "14:00", "Nhà văn hoá")
    assert [kept.is_for(branch) for branch in "abc"] == [True, True, False]
    assert replace(kept, branches=()).is_for("c")
    with pytest.raises(FieldProblem):
        replace(typed, starts_at="sáng").cleaned()


def test_nobody_came_to_a_session_whose_day_is_to_come() -> None:
    session = StudySession("1", "c", held_on=date(2026, 3, 5))
    assert [session.is_ahead(date(2026, 3, day)) for day in (4, 5)] == [True, False]
    session.check_held(date(2026, 3, 5))
    with pytest.raises(NotHeldYet):
        session.check_held(date(2026, 3, 4))
    undated = replace(session, held_on=None)
    undated.check_held(date(2026, 3, 4))
    assert not undated.is_ahead(date(2026, 3, 4))
