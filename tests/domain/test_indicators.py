"""Figures of a small commune, counted by hand here and by the definitions there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from sochihoi.domain.facts import BranchFact, EnteredFact, Facts, MeetingFact, MemberFact, SessionFact
from sochihoi.domain.indicators import (
    Figure,
    Item,
    Items,
    Parameters,
    Quantity,
    UnitMismatch,
    UnitType,
    compute,
    items_of,
    statement,
)
from sochihoi.domain.indicators.sources import SOURCES
from sochihoi.domain.periods import Period
from sochihoi.domain.study import DocumentKind
from tests.domain.commune_facts import FACTS, INDICATORS, OCTOBER, SEPTEMBER, at, behind, figures

NOW = figures()


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("org.members", 4),  # the one who left on the 31st is gone, the one who joins in November is not there yet
        ("org.joined", 1),
        ("org.left", 1),
        ("org.net", 0),
        ("org.net_counted", 0),
        ("org.honorary", 1),
        ("org.core", 1),
        ("org.party", 1),
        ("org.ethnic_minority", 1),
        ("org.religious", 1),
        ("org.women_18", 5),
        ("org.branches", 2),
        ("org.cells", 1),
        ("org.meetings", 2),
        ("org.graded.XS", 1),
        ("org.graded.YEU", 0),
        ("org.models", 1),
        ("study.sessions", 2),
        ("study.attendances", 4),
        ("study.resolution_sessions", 1),
        ("study.resolution_persons", 3),
        ("study.channel.TRAINING", 0),
        ("household.members", 3),
        ("household.registered", 1),
        ("household.assessed", 3),
        ("household.passing", 2),
        ("household.newly_passing", 1),
        ("household.failed.S1", 1),
        ("household.failed.K1", 0),
        ("household.plaques", 1),
        ("dues.collected_vnd", 150_000),
        ("works.done", None),
    ],
)
def test_numbers(code: str, value: int | None) -> None:
    assert NOW[code, None].value == value


@pytest.mark.parametrize(
    ("code", "numerator", "denominator"),
    [
        ("org.core_pct", 1, 4),
        ("org.gathering_pct", 1, 5),  # only the branch that entered its women; without the honorary member
        ("org.branches_met", 1, 2),
        ("org.on_schedule_pct", 1, 2),
        ("org.attendance_pct", 40, 60),
        ("org.documented_pct", 1, 2),
        ("org.heads_party_pct", 1, 2),
        ("org.heads_trained_pct", 1, 2),
        ("org.outstanding_pct", 0, 1),
        ("org.quarters_met", 0, 0),  # the quarter is not over in October
        ("study.resolution_pct", 3, 4),
        ("study.members_pct", 4, 4),
        ("household.mobilised_pct", 1, 3),
        ("household.passing_pct", 2, 3),
        ("household.passing_of_assessed_pct", 2, 3),
        ("welfare.bhyt_pct", 1, 4),
        ("dues.paid_pct", 3, 4),  # the entry without a whole cannot be part of a share
    ],
)
def test_shares(code: str, numerator: int, denominator: int) -> None:
    found = NOW[code, None]
    assert (found.value, found.numerator, found.denominator) == (None, numerator, denominator)


def test_branches_are_cut_from_the_same_list() -> None:
    assert (NOW["org.members", "north"].value, NOW["org.members", "south"].value) == (2, 2)
    assert NOW["org.attendance_pct", "south"].ratio is None  # no finished meeting is not 0 %
    assert NOW["org.left", "south"].value == 1
    assert NOW["dues.collected_vnd", "north"].value == 120_000
    assert NOW["dues.collected_vnd", "south"].value is None
    assert figures(period=SEPTEMBER)["org.members", "north"].value == 3
    assert ("org.members", "old") not in NOW


def test_the_list_behind_is_what_was_counted() -> None:
    assert behind("org.joined") == (Item("south", "m3"),)
    assert {item.record for item in behind("household.newly_passing")} == {"h2"}
    assert [item.record for item in behind("org.net")] == ["+m3", "-m4"]
    assert behind("study.channel.TRAINING", SEPTEMBER) == (Item("north", "s1"),)
    assert behind("study.channel.WEBSITE", SEPTEMBER) == ()


def test_attendances_of_a_channel_are_those_of_its_sessions() -> None:
    row = next(
        row
        for row in statement(INDICATORS, FACTS, OCTOBER)
        if (row.indicator.code, row.branch) == ("study.attendances.TRAINING", None)
    )
    assert (row.now.value, row.previous.value, row.year_to_date.value) == (0, 8, 8)  # three members, five women
    assert behind("study.attendances.TRAINING", SEPTEMBER) == (Item("north", "s1", 8),)
    assert behind("study.attendances.WEBSITE", SEPTEMBER) == ()
    # through two channels: counted under each, and once in the whole
    assert figures(period=SEPTEMBER)["study.attendances.LOUDSPEAKER", None].value == 8
    assert figures(period=SEPTEMBER)["study.attendances", None].value == 8


def test_year_to_date_follows_the_definition() -> None:
    rows = {(row.indicator.code, row.branch): row for row in statement(INDICATORS, FACTS, OCTOBER)}
    assert rows["org.members", None].year_to_date.value == 4
    assert rows["study.attendances", None].year_to_date.value == 12
    assert rows["dues.collected_vnd", None].year_to_date.value == 450_000
    met = rows["org.branches_met", None].year_to_date
    # three branches until September, two in October
    assert (met.numerator, met.denominator) == (2, 9 * 3 - 0 + 2)
    quarters = rows["org.quarters_met", "south"].year_to_date
    assert (quarters.numerator, quarters.denominator) == (1, 3)


def test_changes_are_differences_of_numbers_and_of_shares() -> None:
    rows = {(row.indicator.code, row.branch): row for row in statement(INDICATORS, FACTS, OCTOBER)}
    assert rows["org.members", None].change == 0
    assert rows["org.attendance_pct", None].change == Fraction(40, 60) - Fraction(1, 2)
    assert rows["org.attendance_pct", "south"].change is None
    assert rows["works.done", None].change is None


def test_frozen_figures_of_the_month_before_are_taken_as_they_are() -> None:
    frozen = (Figure("org.members", None, UnitType.PERSON, 99),)
    rows = statement(INDICATORS, FACTS, OCTOBER, previous=frozen)
    first = next(row for row in rows if row.indicator.code == "org.members" and row.branch is None)
    other = next(row for row in rows if row.indicator.code == "org.joined" and row.branch is None)
    assert (first.previous.value, first.change) == (99, Fraction(-95))
    assert not other.previous.known


def test_one_figure_of_the_commune_itself_makes_the_gathering_rate_whole() -> None:
    whole = replace(FACTS, entered=(EnteredFact("org.women_18", None, OCTOBER, 10),))
    found = figures(whole)["org.gathering_pct", None]
    assert (found.numerator, found.denominator) == (3, 10)


def test_a_person_with_two_memberships_is_one_person() -> None:
    again = MemberFact("m9", "p1", FACTS.members[0].placements)
    found = figures(replace(FACTS, members=(*FACTS.members, again)))
    assert found["org.members", None].value == 4


def test_a_member_without_a_place_counts_for_the_commune_alone() -> None:
    assert MemberFact("m", "p", ()).branch_on(date(2026, 1, 1)) is None
    moved = FACTS.members[4]
    assert (moved.branch_on(date(2026, 9, 30)), moved.branch_on(date(2026, 10, 1))) == ("north", "south")
    ended = replace(moved, placements=moved.placements[:1])
    assert ended.branch_on(date(2026, 12, 1)) == "north"
    later = replace(moved, placements=moved.placements[1:])
    assert later.branch_on(date(2026, 1, 1)) == "south"


def test_meetings_due_every_quarter_belong_to_its_last_month() -> None:
    facts = Facts(
        branches=(BranchFact("north"),),
        meetings=(MeetingFact("g", "north", date(2026, 7, 1), closed=True, roster=1, present=1),),
    )
    due = SOURCES["meetings_due"]
    every = Parameters({"every": 3})
    assert due(facts, Period.month(2026, 8).window, every) == Items((), ())
    september = due(facts, SEPTEMBER.window, every)
    assert (september.above, september.below) == (1, 1)


def test_a_turn_that_goes_on_is_due_only_of_those_who_met() -> None:
    facts = Facts(
        branches=(BranchFact("north"), BranchFact("south")),
        meetings=(MeetingFact("g", "north", date(2026, 10, 3), closed=True, roster=1, present=1),),
        due_until=date(2026, 10, 20),
    )
    year = Period.whole_year(2026).window
    found = SOURCES["meetings_due"](facts, year, Parameters())
    assert (found.above, found.below) == (1, 2 * 9 + 1)
    quarters = SOURCES["quarters_met"](facts, year, Parameters())
    assert (quarters.above, quarters.below) == (1, 2 * 3 + 1)


def test_months_add_up_to_the_year() -> None:
    code = INDICATORS.by_code["org.branches_met"]
    months = [items_of(code, FACTS, month.window) for month in OCTOBER.months_of_year_so_far()]
    year = items_of(code, FACTS, OCTOBER.year_to_date())
    assert sum(one.above for one in months) == year.above
    assert sum(one.below or 0 for one in months) == year.below


def test_units_are_never_mixed() -> None:
    assert Quantity(UnitType.PERSON, 2) + Quantity(UnitType.PERSON, 3) == Quantity(UnitType.PERSON, 5)
    with pytest.raises(UnitMismatch):
        Quantity(UnitType.PERSON, 2) + Quantity(UnitType.ATTENDANCE, 3)
    persons = Figure("org.members", "a", UnitType.PERSON, 2)
    with pytest.raises(UnitMismatch):
        persons.plus(Figure("study.attendances", "b", UnitType.ATTENDANCE, 3))
    with pytest.raises(UnitMismatch):
        persons.plus(Figure("org.members", "b", UnitType.MEMBERSHIP, 3))


def test_communes_add_up_by_numerator_and_denominator() -> None:
    mine = Figure("org.attendance_pct", None, UnitType.ATTENDANCE, None, 40, 60)
    theirs = Figure("org.attendance_pct", None, UnitType.ATTENDANCE, None, 10, 40)
    assert mine.plus(theirs).ratio == Fraction(1, 2)
    unknown = Figure("works.done", None, UnitType.COUNT, None)
    assert unknown.plus(replace(unknown, value=4)).value == 4
    assert unknown.plus(unknown).value is None
    assert replace(unknown, value=4).plus(unknown).value == 4


def test_measures_for_rubrics_are_percent_points_or_numbers() -> None:
    assert NOW["org.core_pct", None].measure == 25
    assert NOW["org.meetings", None].measure == 2
    assert NOW["org.quarters_met", None].measure is None


def test_a_share_is_never_more_than_the_whole() -> None:
    loose = {"dues.paid_pct", "dues.cards_pct", "org.gathering_pct"}  # their whole is entered, not counted
    for figure in compute(INDICATORS, FACTS, OCTOBER.window):
        if figure.numerator is not None and figure.denominator is not None and figure.code not in loose:
            assert 0 <= figure.numerator <= figure.denominator, figure


def test_wrong_parameters_are_faults_of_the_file() -> None:
    wrong = Parameters({"flag": 1, "every": "x"})
    for ask in (lambda: wrong.text("flag"), lambda: wrong.number("every", 1), lambda: Parameters().text("title")):
        with pytest.raises(KeyError):
            ask()


def test_criteria_and_bands_need_their_definitions() -> None:
    from sochihoi.services.definitions import load

    bare = load().indicator_sets[0].indicators.expanded(None, None)
    assert not [one for one in bare.indicators if one.code.startswith(("household.failed", "org.graded"))]


def test_in_january_the_year_to_date_is_the_month_itself() -> None:
    rows = statement(INDICATORS, FACTS, Period.month(2026, 1))
    assert rows
    assert all(row.year_to_date == row.now for row in rows)


def test_who_went_with_her_branch_left_nobody() -> None:
    gone = MemberFact("m9", "p9", at("south"), left_on=date(2026, 10, 20), left_reason="WITH_BRANCH")
    now = figures(replace(FACTS, members=(*FACTS.members, gone)))
    assert (now["org.left", None], now["org.net", None]) == (NOW["org.left", None], NOW["org.net", None])
    resigned = replace(gone, left_reason="RESIGNED")
    assert figures(replace(FACTS, members=(*FACTS.members, resigned)))["org.left", None].value == 2


def test_whose_name_is_forgotten_still_studied_once_and_the_whole_is_as_large() -> None:
    held = SessionFact("s", "w", DocumentKind.RESOLUTION, date(2026, 10, 5), (), ("x1", "x1", "m1"))
    facts = replace(FACTS, sessions=(held,), stand_ins=(MemberFact("x1", "q1", at("south")),))
    told = SOURCES["studied"](facts, OCTOBER.window, Parameters({"code": "study"}))
    assert (told.above, told.below) == (2, 4)
    assert sorted(item.branch or "" for item in told.denominator or ()) == ["north", "north", "south", "south"]
