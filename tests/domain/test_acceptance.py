"""The acceptance cases that follow from the provinces' plans, each in its own words and numbers."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from sochihoi.domain.campaign import Result, judge
from sochihoi.domain.facts import BranchFact, Facts, HouseholdFact, MemberFact, PlacementFact, ScoreFact
from sochihoi.domain.indicators import figure_of, items_of
from sochihoi.domain.periods import Period
from sochihoi.domain.rubric import outstanding_share
from sochihoi.domain.study import coverage
from sochihoi.domain.targets import Light, NetGrowth, standing
from sochihoi.services.definitions import load

SHIPPED = load()
YEAR = Period.whole_year(2026)
INDICATORS = SHIPPED.indicators_for(YEAR)


def value_of(code: str, facts: Facts) -> tuple[int | None, int | None, int | None]:
    indicator = INDICATORS.by_code[code]
    figure = figure_of(indicator, items_of(indicator, facts, YEAR.window))
    return figure.value, figure.numerator, figure.denominator


def test_case_1_outstanding_branches_among_the_model_branches() -> None:
    names = [f"b{number:02}" for number in range(20)]
    scores = [
        ScoreFact(f"s{name}", name, 2025, "REPORTED", "XS", "MODEL", date(2025, 12, 1), date(2025, 12, 10))
        for name in names[:8]
    ]
    scores += [
        ScoreFact(f"t{name}", name, 2026, "RECOGNISED", "XS", "MODEL_OUTSTANDING", date(2026, 12, 1), date(2026, 12, 9))
        for name in names[:2]
    ]
    facts = Facts(branches=tuple(BranchFact(name) for name in names), scores=tuple(scores))
    assert value_of("org.outstanding_pct", facts) == (None, 2, 8)
    found = standing(SHIPPED.target("top_model_branch_pct"), 2, 8)
    assert (found.ratio, found.met) == (Fraction(25, 100), True)
    assert standing(SHIPPED.target("top_model_branch_pct"), 2, 20).met is False  # the error of the denominator: 10 %
    assert outstanding_share(frozenset(names[:8]), frozenset(names[:2])).met is True


def test_case_2_households_must_be_over_85_percent() -> None:
    target = SHIPPED.target("hh_pass_pct")
    assert standing(target, 870, 1000).met is True
    exactly = standing(target, 850, 1000)
    assert (exactly.met, exactly.needed) == (False, 1)


def test_case_3_exactly_95_percent_of_distinct_members_passes() -> None:
    roll = [f"m{number}" for number in range(20)]
    came = [*roll[:19], *roll[:19]]  # everyone of them at two sessions
    found = coverage(came, roll)
    assert (found.reached, found.eligible) == (19, 20)
    target = SHIPPED.target("study_member_pct")
    assert standing(target, found.reached, found.eligible).met is True
    assert standing(target, 18, 20).needed == 1


def test_case_4_net_growth_leaves_out_on_both_sides() -> None:
    def member(number: int, joined: date | None, left: date | None, *, union: bool) -> MemberFact:
        return MemberFact(
            f"m{number}",
            f"p{number}",
            (PlacementFact("north"),),
            joined_on=joined,
            counts_from=joined,
            left_on=left,
            excluded_from_growth=union,
        )

    new = [member(number, date(2026, 5, 2), None, union=number < 5) for number in range(30)]
    gone = [member(100 + number, None, date(2026, 8, 1), union=False) for number in range(12)]
    facts = Facts(members=(*new, *gone), branches=(BranchFact("north"),))
    assert value_of("org.joined", facts)[0] == 30
    assert value_of("org.left", facts)[0] == 12
    assert value_of("org.net", facts)[0] == 18
    assert value_of("org.net_counted", facts)[0] == 13
    assert NetGrowth(30, 12, 5, 0).counted == 13


def test_case_5_eleven_criteria() -> None:
    criteria = SHIPPED.criteria_set_for(2026)
    all_met = dict.fromkeys(criteria.codes, Result.PASS)
    assert judge(criteria, {**all_met, "K5": Result.FAIL}).passed is False
    assert judge(criteria, {**all_met, "K4": Result.NA}).passed is True


def test_case_6_no_policy_supervised_is_red_at_the_end_of_the_year() -> None:
    target = SHIPPED.target("supervision_base_n")
    assert standing(target, 0).light(period_over=True) is Light.MISSED
    assert standing(target, 0).light(period_over=False) is Light.BEHIND
    assert standing(target, 1).light(period_over=True) is Light.MET


def test_a_household_without_a_member_is_in_no_share() -> None:
    facts = Facts(households=(HouseholdFact("h", "north"),))
    assert value_of("household.passing_pct", facts) == (None, 0, 0)
