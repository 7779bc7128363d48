"""Targets: computed or entered, with the commune's own values, met, behind or missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from sochihoi.domain.errors import FieldProblem, NotFound
from sochihoi.domain.members import MemberDetails, NewMember
from sochihoi.domain.partial_dates import PartialDate
from sochihoi.domain.periods import FuturePeriod, Period
from sochihoi.domain.targets import BadGoal, Direction, Light, MoreThanAll
from sochihoi.services.office import Office
from sochihoi.services.target_words import goal_words
from tests import campaign_data
from tests.offices import make_office
from tests.people_data import add_branch

OCTOBER = Period.month(2026, 10)
DECEMBER = Period.month(2026, 12)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def year_end(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "late", moment=datetime(2026, 12, 31, 3, 0, tzinfo=UTC))
    yield made
    made.close()


def test_a_commune_sees_its_own_targets_and_may_switch_others_on(office: Office) -> None:
    ids = {row.target.id for row in office.targets.rows(OCTOBER)}
    assert {"hh_pass_pct", "supervision_base_n", "officer_trained_pct"} <= ids
    assert not {"supervision_upper_n", "stunting_u5_pct", "member_net_growth_n"} & ids
    assert len(office.targets.rows(OCTOBER, everything=True)) == len(office.definitions.targets)
    office.targets.show("member_net_growth_n", on=True)
    office.targets.show("hh_pass_pct", on=False)
    ids = {row.target.id for row in office.targets.rows(OCTOBER)}
    assert "member_net_growth_n" in ids
    assert "hh_pass_pct" not in ids
    assert office.targets.row("hh_pass_pct", OCTOBER).shown is False
    office.history.undo(office.targets.last_batch)
    assert office.targets.row("hh_pass_pct", OCTOBER).shown is True


def test_a_computed_target_counts_the_records_and_says_how_many_are_missing(office: Office) -> None:
    branch, homes = campaign_data.add_households(office, count=20)
    campaign_data.confirm(office, branch, homes, dict.fromkeys(homes[:3], "K1"))
    row = office.targets.row("hh_pass_pct", OCTOBER)
    assert (row.standing.numerator, row.standing.denominator) == (17, 20)
    assert (row.standing.met, row.standing.needed, row.light) == (False, 1, Light.BEHIND)  # 85.0 % is not over 85 %
    assert row.indicator is not None
    assert row.window.end == date(2026, 10, 31)
    behind = office.targets.list_behind("hh_pass_pct", OCTOBER)
    assert [line.counted for line in behind].count(True) == 17
    assert len(behind) == 20
    assert office.targets.list_behind("victim_support_pct", OCTOBER) == ()


def test_nobody_to_count_is_not_known(office: Office) -> None:
    row = office.targets.row("hh_pass_pct", OCTOBER)
    assert (row.standing.numerator, row.standing.met, row.light) == (None, None, Light.UNKNOWN)


def test_what_nothing_computes_is_entered_for_the_term(office: Office) -> None:
    office.targets.enter("victim_support_pct", OCTOBER, 4, 5, "theo sổ của công an xã")
    row = office.targets.row("victim_support_pct", OCTOBER)
    assert (row.period, row.standing.ratio, row.light) == ("2025-2030", Fraction(4, 5), Light.MET)
    assert row.setting.note == "theo sổ của công an xã"
    assert office.targets.row("victim_support_pct", Period.month(2026, 3)).standing.numerator == 4  # the same term
    office.targets.enter("victim_support_pct", OCTOBER, None)
    assert office.targets.row("victim_support_pct", OCTOBER).light is Light.UNKNOWN
    office.targets.enter("special_group_model_n", OCTOBER, 2)
    assert office.targets.row("special_group_model_n", OCTOBER).standing.met is True


@pytest.mark.parametrize(
    ("numerator", "denominator", "problem"),
    [(-1, 5, FieldProblem), (3, None, FieldProblem), (3, 0, FieldProblem), (6, 5, MoreThanAll)],
)
def test_what_cannot_be_is_refused(
    office: Office, numerator: int, denominator: int | None, problem: type[Exception]
) -> None:
    with pytest.raises(problem):
        office.targets.enter("victim_support_pct", OCTOBER, numerator, denominator)


def test_a_computed_target_is_not_entered_here(office: Office) -> None:
    with pytest.raises(FieldProblem):
        office.targets.enter("hh_pass_pct", OCTOBER, 1, 2)
    with pytest.raises(FieldProblem):
        office.targets.enter("special_group_model_n", OCTOBER, 2_000_000_000)
    with pytest.raises(NotFound):
        office.targets.enter("unknown", OCTOBER, 1)


def test_the_commune_sets_its_own_value_for_a_year_or_a_term(office: Office) -> None:
    assert office.targets.row("hh_escape_poverty_n", OCTOBER).goal is None  # the province's number is not the commune's
    office.targets.enter("hh_escape_poverty_n", OCTOBER, 10)
    assert office.targets.row("hh_escape_poverty_n", OCTOBER).light is Light.UNKNOWN
    office.targets.set_goal("hh_escape_poverty_n", OCTOBER, 12)
    row = office.targets.row("hh_escape_poverty_n", OCTOBER)
    assert (row.standing.met, row.standing.needed, row.own_goal) == (False, 2, True)
    office.targets.set_goal("supervision_base_n", OCTOBER, 3, Direction.OVER)
    row = office.targets.row("supervision_base_n", OCTOBER)
    assert row.goal is not None
    assert (row.goal.value, row.goal.direction, row.period) == (3, Direction.OVER, "2026")
    assert office.targets.row("supervision_base_n", Period.month(2025, 5)).own_goal is False
    office.targets.set_goal("supervision_base_n", OCTOBER, None, Direction.AT_LEAST)
    assert office.targets.row("supervision_base_n", OCTOBER).own_goal is False
    for impossible in (101, Decimal("37.125"), Decimal("NaN")):
        with pytest.raises(BadGoal):
            office.targets.set_goal("victim_support_pct", OCTOBER, impossible)
    with pytest.raises(BadGoal):
        office.targets.set_goal("supervision_base_n", OCTOBER, Decimal("1.5"))  # half a policy


def test_an_own_value_may_have_decimals_and_is_compared_exactly(office: Office) -> None:
    office.targets.set_goal("victim_support_pct", OCTOBER, Decimal("37.5"))
    office.targets.enter("victim_support_pct", OCTOBER, 3, 8)
    row = office.targets.row("victim_support_pct", OCTOBER)
    assert row.goal is not None
    assert (row.goal.value, row.setting.value, row.standing.met) == (Fraction(75, 2), Decimal("37.5"), True)
    office.targets.set_goal("victim_support_pct", OCTOBER, Decimal("37.51"))
    row = office.targets.row("victim_support_pct", OCTOBER)
    assert (row.setting.value, row.standing.met, row.standing.needed) == (Decimal("37.51"), False, 1)
    office.history.undo(office.targets.last_batch)
    assert office.targets.row("victim_support_pct", OCTOBER).setting.value == Decimal("37.5")
    office.history.undo()
    assert office.targets.row("victim_support_pct", OCTOBER).setting.value == Decimal("37.5")


def test_what_a_report_compares_with_is_the_communes_own_value_and_direction(office: Office) -> None:
    office.targets.set_goal("hh_pass_pct", OCTOBER, Decimal("92.5"), Direction.AT_LEAST)  # a target of the term
    with office.read() as work:
        target, goal = office.targets.goals(work, OCTOBER)["household.passing_pct"]
    assert (target.id, goal.value, goal.direction) == ("hh_pass_pct", Fraction(185, 2), Direction.AT_LEAST)
    assert goal_words(goal) == "từ 92,5\u00a0% trở lên"


def test_no_policy_supervised_is_red_at_the_end_of_the_year(year_end: Office) -> None:
    year_end.figures.enter("party.supervision", DECEMBER, None, 0)
    row = year_end.targets.row("supervision_base_n", DECEMBER)
    assert (row.light, row.over, row.standing.needed) == (Light.MISSED, True, 1)
    year_end.figures.enter("party.supervision", OCTOBER, None, 1)
    assert year_end.targets.row("supervision_base_n", DECEMBER).light is Light.MET
    assert year_end.targets.row("victim_support_pct", DECEMBER).over is False  # its term runs on


def test_before_the_end_of_the_year_it_is_only_behind(office: Office) -> None:
    office.figures.enter("party.supervision", OCTOBER, None, 0)
    assert office.targets.row("supervision_base_n", OCTOBER).light is Light.BEHIND


def test_net_growth_counts_the_whole_term(office: Office) -> None:
    branch, _cells = add_branch(office)
    for name, joined in (("Lâm Thị Hoa", PartialDate(2025, 8, 2)), ("Lý Thị Sen", PartialDate(2026, 5, 2))):
        office.people.add_many([NewMember(MemberDetails(name, birth=PartialDate(1980), joined=joined), branch)])
    row = office.targets.row("member_net_growth_n", OCTOBER)
    assert row.standing.numerator == 2
    assert row.window.start == date(2025, 7, 1)


def test_a_month_that_has_not_begun_is_refused(office: Office) -> None:
    with pytest.raises(FuturePeriod):
        office.targets.rows(DECEMBER)
