"""Attendance by row numbers, counts, and what closing asks."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sochihoi.domain.meetings import (
    Mark,
    Marks,
    MarksNotUnderstood,
    MeetingKind,
    MeetingState,
    NumberContradictory,
    NumberOutsideRoster,
    NumberTwice,
    Tally,
    UnmarkedNotStated,
    close_marks,
    compact,
    mean_attendance,
    parse_absentees,
    parse_marks,
    tally,
)

calm = settings(deadline=None, derandomize=True)


def test_the_example_of_the_attendance_page() -> None:
    marks = parse_marks("1-25, 28, !7, ?12", 45)
    assert compact(marks.present) == "1–6, 8–11, 13–25, 28"
    assert (marks.absent, marks.excused) == ((7,), (12,))
    assert marks.tally(45) == Tally(present=24, excused=1, absent=1, unmarked=19)


@pytest.mark.parametrize(
    "typed",
    [
        "1-3,!7,?9",
        "1 – 3; ! 7  ？9",
        "1—3 、！7\n?9",
        "１-３，!7;;?9,",
        "?9 !7 3 2 1",
        "1−3 !7-7 ?9",
    ],
)
def test_separators_and_wide_signs(typed: str) -> None:
    assert parse_marks(typed, 10) == Marks(present=(1, 2, 3), excused=(9,), absent=(7,))


def test_nothing_typed_marks_nobody() -> None:
    assert parse_marks(" ,; ", 10) == Marks()
    assert Marks().by_number() == {}


def test_the_narrower_statement_is_the_exception() -> None:
    assert parse_marks("!1-10, 4", 10).present == (4,)
    assert parse_marks("1-25, !5-10, 7", 25).by_number()[7] is Mark.PRESENT
    assert parse_marks("1-25, !5-10, 7", 25).absent == (5, 6, 8, 9, 10)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [("7, !7", (7,)), ("!7, ?7", (7,)), ("1-3, !1-3", (1, 2, 3)), ("1-5, !4-8", (4, 5)), ("1-9, ?7, !7", (7,))],
)
def test_contradictions_name_the_numbers(typed: str, numbers: tuple[int, ...]) -> None:
    with pytest.raises(NumberContradictory) as refused:
        parse_marks(typed, 10)
    assert refused.value.numbers == numbers


@pytest.mark.parametrize(
    ("typed", "numbers"), [("7, 7", (7,)), ("1-5, 4", (4,)), ("!1-5, !5-6", (5,)), ("?2 ?2", (2,))]
)
def test_twice_names_the_numbers(typed: str, numbers: tuple[int, ...]) -> None:
    with pytest.raises(NumberTwice) as refused:
        parse_marks(typed, 10)
    assert refused.value.numbers == numbers


def test_numbers_outside_the_roster_are_named() -> None:
    with pytest.raises(NumberOutsideRoster) as refused:
        parse_marks("46, 0, 44-47", 45)
    assert (refused.value.numbers, refused.value.roster) == ((0, 46, 47), 45)


def test_an_enormous_range_is_refused_at_once() -> None:
    with pytest.raises(NumberOutsideRoster) as refused:
        parse_marks("1-999999999", 45)
    assert refused.value.numbers == tuple(range(46, 66))


@pytest.mark.parametrize("typed", ["abc", "7x", "25-1", "1-2-3", "!", "!!7", "-7", "1234567890", "1-1234567890", "7."])
def test_what_is_not_understood_is_repeated(typed: str) -> None:
    with pytest.raises(MarksNotUnderstood) as refused:
        parse_marks(f"1, {typed}", 10)
    assert refused.value.text == typed


def test_absent_only_marks_all_the_others_present() -> None:
    marks = parse_absentees("2, !3, ?5", 6)
    assert marks == Marks(present=(1, 4, 6), excused=(5,), absent=(2, 3))
    assert parse_absentees("", 2) == Marks(present=(1, 2))
    with pytest.raises(NumberTwice):
        parse_absentees("2, !2", 6)


def test_numbers_are_written_as_ranges() -> None:
    assert compact([]) == ""
    assert compact([3, 1, 2, 5, 6, 9, 9]) == "1–3, 5, 6, 9"


def test_the_rate_is_present_out_of_the_roster() -> None:
    counted = tally([Mark.PRESENT, Mark.PRESENT, Mark.EXCUSED, Mark.ABSENT, None])
    assert counted == Tally(2, 1, 1, 1)
    assert counted.roster == 5
    assert counted.rate == Fraction(2, 5)
    assert tally([]).rate is None


def test_mean_attendance_is_a_sum_over_a_sum() -> None:
    mean = mean_attendance([Tally(present=10), Tally(present=10, absent=80)])
    assert mean.rate == Fraction(20, 100)
    assert mean_attendance([]).rate is None


def test_closing_asks_what_unmarked_means() -> None:
    marks = {"a": Mark.PRESENT, "b": None, "c": None}
    with pytest.raises(UnmarkedNotStated) as refused:
        close_marks(marks, None)
    assert refused.value.count == 2
    assert close_marks(marks, Mark.ABSENT) == {"a": Mark.PRESENT, "b": Mark.ABSENT, "c": Mark.ABSENT}
    assert close_marks({"a": Mark.EXCUSED}, None) == {"a": Mark.EXCUSED}


def test_states_and_kinds() -> None:
    assert list(MeetingState) == ["PLANNED", "ROSTER_FROZEN", "CLOSED"]
    assert list(MeetingKind) == ["REGULAR", "THEMED", "FESTIVAL", "CULTURAL"]


@given(st.dictionaries(st.integers(1, 60), st.sampled_from(Mark)))
@calm
def test_marks_typed_one_by_one_come_back(wanted: dict[int, Mark]) -> None:
    sign = {Mark.PRESENT: "", Mark.ABSENT: "!", Mark.EXCUSED: "?"}
    marks = parse_marks(" ".join(f"{sign[mark]}{number}" for number, mark in wanted.items()), 60)
    assert marks.by_number() == dict(sorted(wanted.items()))
    assert marks.tally(60).roster == 60


@given(st.sets(st.integers(1, 80)))
@calm
def test_what_compact_writes_can_be_typed(numbers: set[int]) -> None:
    assert set(parse_marks(compact(numbers), 80).present) == numbers


@given(st.text(alphabet="0123456789-!?, ", max_size=30), st.integers(0, 50))
@calm
def test_any_typing_gives_marks_on_the_roster_or_a_typed_refusal(typed: str, roster: int) -> None:
    try:
        marks = parse_marks(typed, roster).by_number()
    except (MarksNotUnderstood, NumberOutsideRoster, NumberContradictory, NumberTwice):
        return
    assert all(1 <= number <= roster for number in marks)
