"""Targets: exact comparison, what is still needed, when a light turns red."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sochihoi.domain.targets import (
    BadGoal,
    Direction,
    Goal,
    Level,
    Light,
    Measured,
    MoreThanAll,
    NetGrowth,
    Target,
    TargetPeriod,
    TargetSetting,
    Term,
    own_value,
    period_of,
    reckon,
    standing,
    term_on,
)
from sochihoi.domain.wording import Source, Words

WORDS = Words("chữ", "words")


def target(goal: Goal, *, own_value: bool = False) -> Target:
    below = WORDS if goal.measured is Measured.PERCENT else None
    paper = Source("kế hoạch", 2021)
    return Target("t", WORDS, WORDS, below, TargetPeriod.TERM, Level.COMMUNE, goal, paper, own_value=own_value)


@pytest.mark.parametrize(
    ("direction", "percent", "numerator", "denominator", "met"),
    [
        (Direction.OVER, 85, 850, 1000, False),
        (Direction.OVER, 85, 851, 1000, True),
        (Direction.AT_LEAST, 95, 19, 20, True),
        (Direction.AT_LEAST, 95, 18, 20, False),
        (Direction.EXACTLY, 100, 7, 7, True),
        (Direction.EXACTLY, 100, 6, 7, False),
        (Direction.UNDER, Fraction(17, 2), 84, 1000, True),
        (Direction.UNDER, Fraction(17, 2), 85, 1000, False),
    ],
)
def test_a_percent_is_compared_exactly(
    direction: Direction, percent: int | Fraction, numerator: int, denominator: int, *, met: bool
) -> None:
    assert Goal.percent(direction, percent).meets(numerator, denominator) is met
    assert standing(target(Goal.percent(direction, percent)), numerator, denominator).met is met


@settings(deadline=None, derandomize=True)
@given(st.integers(0, 2000), st.integers(1, 2000), st.integers(0, 100), st.sampled_from(Direction))
def test_needed_is_the_smallest_number_that_helps(reached: int, whole: int, percent: int, direction: Direction) -> None:
    reached = min(reached, whole)
    goal = Goal.percent(direction, percent)
    found = reckon(goal, reached, whole)
    assert found.met is goal.meets(reached, whole)
    if found.needed:
        assert goal.fewest(whole) == reached + found.needed
        if direction is not Direction.EXACTLY:
            assert goal.meets(reached + found.needed, whole)
            assert not goal.meets(reached + found.needed - 1, whole)
    if found.too_many and direction is Direction.UNDER and reached >= found.too_many:
        assert goal.meets(reached - found.too_many, whole)
        assert not goal.meets(reached - found.too_many + 1, whole)


def test_what_cannot_be_reached_needs_nothing() -> None:
    over_all = reckon(Goal.percent(Direction.OVER, 100), 10, 10)
    assert (over_all.met, over_all.needed) == (False, None)
    no_whole_person = reckon(Goal.percent(Direction.EXACTLY, 50), 2, 3)
    assert (no_whole_person.met, no_whole_person.needed, no_whole_person.too_many) == (False, None, None)


def test_a_count_says_how_many_are_needed_or_too_many() -> None:
    assert reckon(Goal.count(Direction.AT_LEAST, 3), 1).needed == 2
    assert reckon(Goal.count(Direction.EXACTLY, 0), 2).too_many == 2
    assert reckon(Goal.count(Direction.EXACTLY, 0), 0).met is True
    assert reckon(Goal.count(Direction.OVER, 3), 3).needed == 1


def test_nobody_to_count_is_not_known() -> None:
    goal = target(Goal.percent(Direction.AT_LEAST, 95))
    assert standing(goal, 0, 0).met is None
    assert standing(goal, None, 5).met is None
    assert standing(goal, None).ratio is None
    assert standing(goal, 1, 4).ratio == Fraction(1, 4)


def test_more_than_all_is_refused() -> None:
    with pytest.raises(MoreThanAll) as caught:
        standing(target(Goal.percent(Direction.AT_LEAST, 95)), 11, 10)
    assert (caught.value.numerator, caught.value.denominator) == (11, 10)


def test_a_target_of_a_whole_province_waits_for_the_commune_s_share() -> None:
    province = target(Goal.count(Direction.AT_LEAST, 9000), own_value=True)
    assert standing(province, 13).met is None
    assert standing(province, 13, value=Fraction(10)).met is True
    assert standing(province, 10, value=Fraction(10), direction=Direction.OVER).met is False


def test_a_goal_outside_its_range_is_refused() -> None:
    with pytest.raises(BadGoal):
        Goal.percent(Direction.AT_LEAST, 101)
    with pytest.raises(BadGoal):
        Goal.count(Direction.AT_LEAST, -1)


def test_the_light_is_red_only_when_the_period_is_over() -> None:
    supervision = target(Goal.count(Direction.AT_LEAST, 1))
    assert standing(supervision, 0).light(period_over=False) is Light.BEHIND
    assert standing(supervision, 0).light(period_over=True) is Light.MISSED
    assert standing(supervision, 1).light(period_over=True) is Light.MET
    assert standing(supervision, None).light(period_over=True) is Light.UNKNOWN


def test_net_growth_keeps_both_figures() -> None:
    growth = NetGrowth(joined=30, left=12, joined_excluded=5, left_excluded=0)
    assert (growth.plain, growth.counted) == (18, 13)


@pytest.mark.parametrize(
    ("goal", "value", "fits"),
    [
        (Goal.percent(Direction.AT_LEAST, 95), Decimal("97.25"), True),
        (Goal.percent(Direction.AT_LEAST, 95), Decimal("97.255"), False),
        (Goal.percent(Direction.AT_LEAST, 95), 101, False),
        (Goal.percent(Direction.AT_LEAST, 95), Decimal("NaN"), False),
        (Goal.count(Direction.AT_LEAST, 3), 4, True),
        (Goal.count(Direction.AT_LEAST, 3), Decimal("4.5"), False),
        (Goal.count(Direction.AT_LEAST, 3), -1, False),
    ],
)
def test_an_own_value_is_as_fine_as_what_it_replaces(goal: Goal, value: Decimal | int, *, fits: bool) -> None:
    if fits:
        assert own_value(target(goal), value) == value
    else:
        with pytest.raises(BadGoal):
            own_value(target(goal), value)


def test_a_term_goes_on_until_the_next_is_defined() -> None:
    first = Term("2025-2030", WORDS, date(2025, 7, 1), date(2030, 6, 30), "")
    later = Term("2030-2035", WORDS, date(2030, 9, 12), date(2035, 9, 11), "")
    days = (date(2020, 1, 1), date(2030, 9, 11), date(2030, 9, 12), date(2040, 1, 1))
    assert [term_on((later, first), day) for day in days] == [first, first, later, later]
    with pytest.raises(ValueError, match="2026"):
        term_on((), date(2026, 1, 1))
    assert (period_of(TargetPeriod.ANNUAL, 2026, first), period_of(TargetPeriod.TERM, 2026, first)) == (
        "2026",
        "2025-2030",
    )


def test_a_setting_says_something_or_nothing() -> None:
    assert TargetSetting("1", "t", "2026").empty
    assert not TargetSetting("1", "t", "2026", numerator=0).empty
    assert not TargetSetting("1", "t", "2026", note="theo đại hội").empty
