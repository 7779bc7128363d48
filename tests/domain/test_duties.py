"""What is owed after a request and an incident: days of the calendar, working days, hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sochihoi.domain.duties import (
    Duties,
    Holidays,
    Incident,
    Request,
    RequestKind,
    due,
    hours_left,
    in_force,
    notify_by,
    working_days_after,
    years_before,
)

MONDAY, FRIDAY = date(2026, 10, 26), date(2026, 10, 23)
MOMENT = datetime(2026, 10, 26, 8, tzinfo=UTC)
RULES = Duties(date(2026, 1, 1), "Luật mẫu", 2, 72, dict.fromkeys(RequestKind, 10), (), {})
ASKED = Request("", RequestKind.ACCESS, date(2026, 10, 19), name="Lê Thị Mẫu")


def test_days_run_over_weekends_and_an_acknowledgement_does_not() -> None:
    told = due(replace(ASKED, asked_on=FRIDAY), RULES, MONDAY)
    assert (told.answer_by, told.days_left) == (FRIDAY + timedelta(days=10), 7)
    assert told.acknowledge_by == date(2026, 10, 27)
    assert not told.acknowledge_late
    assert due(ASKED, RULES, date(2026, 10, 30)).days_left == -1


def test_an_acknowledgement_is_late_only_while_it_is_owed() -> None:
    assert due(ASKED, RULES, MONDAY).acknowledge_late
    assert not due(replace(ASKED, acknowledged_on=MONDAY), RULES, MONDAY).acknowledge_late
    assert not due(replace(ASKED, done_on=MONDAY), RULES, MONDAY).acknowledge_late


@settings(deadline=None, derandomize=True, max_examples=60, phases=[Phase.generate])
@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(0, 30))
def test_working_days_are_never_at_a_weekend(day: date, count: int) -> None:
    found = working_days_after(day, count)
    assert count == 0 or found.weekday() < 5
    between = (day + timedelta(days=n) for n in range(1, (found - day).days + 1))
    assert sum(one.weekday() < 5 for one in between) == count


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 9, 2), False),  # a Wednesday, every year
        (date(2026, 2, 17), False),  # that year alone
        (date(2027, 2, 17), True),
        (date(2027, 5, 3), False),  # 1 May fell on the Saturday before
        (date(2027, 5, 4), True),
        (date(2033, 5, 2), False),  # 30 April and 1 May fell on Saturday and Sunday
        (date(2033, 5, 3), False),
        (date(2033, 5, 4), True),
        (date(2026, 10, 24), False),
    ],
)
def test_a_fixed_holiday_at_a_weekend_is_made_up_for(day: date, *, works: bool) -> None:
    off = Holidays("mau", frozenset({(9, 2), (4, 30), (5, 1)}), frozenset({date(2026, 2, 17)}))
    assert off.works(day) is works
    assert working_days_after(day - timedelta(days=1), 1, off) == day or not works


def test_the_hours_run_from_the_moment_that_it_was_known() -> None:
    one = Incident("", MOMENT, "Mất máy")
    assert notify_by(one, RULES) == MOMENT + timedelta(hours=72)
    assert hours_left(one, RULES, MOMENT + timedelta(minutes=1)) == 71
    assert hours_left(one, RULES, MOMENT + timedelta(hours=72)) == 0
    assert hours_left(one, RULES, MOMENT + timedelta(hours=72, minutes=1)) == -1


def test_the_newest_rules_that_have_begun_else_the_first() -> None:
    later = replace(RULES, valid_from=date(2027, 1, 1))
    assert in_force([later, RULES], date(2026, 12, 31)) is RULES
    assert in_force([RULES, later], date(2027, 1, 1)) is later
    assert in_force([later, RULES], date(2020, 1, 1)) is RULES


def test_years_before_a_leap_day() -> None:
    assert years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)
    assert years_before(date(2026, 10, 26), 5) == date(2021, 10, 26)
