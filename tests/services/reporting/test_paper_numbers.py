"""Numbers and dates of papers: Babel's Vietnamese, the exact rounding of the figures, the layout of the decree."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from sochihoi import i18n
from sochihoi.services.paper_numbers import MINUS, NBSP, exact, grouped, long_date, plain_date, share, tenths

WHOLE = st.integers(-(10**13), 10**13)


@given(WHOLE)
def test_whole_numbers_are_grouped_as_babel_groups_them(value: int) -> None:
    assert grouped(value).replace(MINUS, "-") == format_decimal(value, locale="vi_VN")


@given(st.fractions(-(10**9), 10**9, max_denominator=10**4))
def test_tenths_are_rounded_exactly_half_away_from_nought(value: Fraction) -> None:
    said = Fraction(tenths(value).replace(MINUS, "-").replace(".", "").replace(",", "."))
    assert abs(said - value) <= Fraction(1, 20)
    if abs(said - value) == Fraction(1, 20):
        assert abs(said) > abs(value)
    assert tenths(-value) == (f"{MINUS}{tenths(value)}" if said > 0 else tenths(value).removeprefix(MINUS))


@given(st.dates(date(1930, 1, 1), date(2199, 12, 31)))
def test_dates_are_babels_with_the_noughts_of_the_decree(day: date) -> None:
    assert plain_date(day) == format_date(day, "dd/MM/yyyy", locale="vi_VN")
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    assert long_date(day) == f"ngày {day.day:02} tháng {month} năm {day.year}"


@pytest.mark.parametrize(
    ("value", "said"),
    [(Fraction(85), "85"), (Fraction(75, 2), "37,5"), (Fraction(33, 4), "8,25"), (Fraction(-33, 4), f"{MINUS}8,25")],
)
def test_a_goal_keeps_the_decimals_that_it_has(value: Fraction, said: str) -> None:
    assert exact(value) == said


def test_nothing_breaks_over_lines_and_nothing_is_less_than_nought() -> None:
    assert share(Fraction(1, 3)) == f"33,3{NBSP}%"
    assert tenths(Fraction(-1, 100)) == "0,0"


def test_the_language_of_the_screen_changes_no_paper() -> None:
    before = i18n.language()
    try:
        for language in i18n.LANGUAGES:
            i18n.set_language(language)
            assert (grouped(1234567), share(Fraction(821, 1000))) == ("1.234.567", f"82,1{NBSP}%")
            assert plain_date(date(2026, 3, 1) + timedelta(days=1)) == "02/03/2026"
    finally:
        i18n.set_language(before)
