"""Dates of which perhaps only the year is known."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.people import DateProblem, PartialDate, Precision

TODAY = date(2026, 11, 22)
calm = settings(deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("8/3/71", "1971-03-08"),
        ("08031971", "1971-03-08"),
        ("8031971", "1971-03-08"),
        ("080371", "1971-03-08"),
        ("031971", "1971-03"),
        ("19710308", "1971-03-08"),
        ("1971", "1971"),
        ("15-08-1965", "1965-08-15"),
        ("15.8.1965", "1965-08-15"),
        (" 15 / 8 / 1965 ", "1965-08-15"),
        ("15 8 1965", "1965-08-15"),
        ("3/1971", "1971-03"),
        ("1971-03-08", "1971-03-08"),
        ("1971/3/8", "1971-03-08"),
        ("ngày 8 tháng 3 năm 1971", "1971-03-08"),
        ("Tháng 3 năm 1971", "1971-03"),
        ("Sinh năm 1971", "1971"),
        ("08/03/26", "2026-03-08"),
        ("08/03/27", "1927-03-08"),
        ("29/02/2024", "2024-02-29"),
    ],
)
def test_typed_dates(typed: str, iso: str) -> None:
    assert str(PartialDate.parse(typed, TODAY)) == iso


@pytest.mark.parametrize(
    "typed",
    ["31/02/1980", "32/1/1980", "1/13/1980", "00/00/1971", "29/02/2023", "1671", "13/1971", "99999999", "0/1/71"],
)
def test_impossible_dates(typed: str) -> None:
    with pytest.raises(FieldProblem) as refused:
        PartialDate.parse(typed, TODAY, "birth")
    assert (refused.value.field, refused.value.problem, refused.value.value) == ("birth", DateProblem.IMPOSSIBLE, typed)


@pytest.mark.parametrize("typed", ["không rõ", "71", "8/3", "12345", "1971?", "1/2/3/4", "٣/١٩٧١"])
def test_what_is_no_date(typed: str) -> None:
    with pytest.raises(FieldProblem) as refused:
        PartialDate.parse(typed, TODAY)
    assert refused.value.problem == DateProblem.NOT_UNDERSTOOD


def test_an_empty_field() -> None:
    with pytest.raises(FieldProblem) as refused:
        PartialDate.parse("  ", TODAY)
    assert refused.value.problem == DateProblem.EMPTY


def test_precision_and_bounds() -> None:
    year, month, day = PartialDate(1972), PartialDate(1972, 2), PartialDate(1972, 2, 8)
    assert [one.precision for one in (year, month, day)] == [Precision.YEAR, Precision.MONTH, Precision.DAY]
    assert (year.earliest(), year.latest()) == (date(1972, 1, 1), date(1972, 12, 31))
    assert (month.earliest(), month.latest()) == (date(1972, 2, 1), date(1972, 2, 29))
    assert (day.earliest(), day.latest()) == (date(1972, 2, 8), date(1972, 2, 8))
    assert (year.exact(), month.exact(), day.exact()) == (None, None, date(1972, 2, 8))


def test_parts_that_no_calendar_has_are_a_mistake_of_ours() -> None:
    for parts in ((1899, None, None), (1971, None, 8), (1971, 13, None), (1971, 2, 30)):
        with pytest.raises(ValueError, match="1"):
            PartialDate(*parts)
    with pytest.raises(ValueError, match="71"):
        PartialDate.from_iso("8/3/71")


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
@calm
def test_text_form_and_typed_forms_come_back(day: date) -> None:
    whole = PartialDate.of(day)
    assert PartialDate.from_iso(str(whole)) == whole
    assert whole.exact() == day
    for form in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d%m%Y", "%Y-%m-%d"):
        assert PartialDate.parse(day.strftime(form), TODAY) == whole
    for part in (PartialDate(day.year), PartialDate(day.year, day.month)):
        assert PartialDate.from_iso(str(part)) == part
        assert part.earliest() <= day <= part.latest()
