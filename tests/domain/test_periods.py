"""Periods: what they are called, where they begin and end, which comes before which."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sochihoi.domain.periods import BadPeriod, Period, PeriodKind, Window, month_range

PERIODS = st.one_of(
    st.builds(Period.month, st.integers(1940, 2150), st.integers(1, 12)),
    st.builds(Period.quarter, st.integers(1940, 2150), st.integers(1, 4)),
    st.builds(Period.half, st.integers(1940, 2150), st.integers(1, 2)),
    st.builds(Period.whole_year, st.integers(1940, 2150)),
)


@pytest.mark.parametrize(
    ("code", "kind", "start", "end", "months"),
    [
        ("2026-10", PeriodKind.MONTH, date(2026, 10, 1), date(2026, 10, 31), 1),
        ("2028-02", PeriodKind.MONTH, date(2028, 2, 1), date(2028, 2, 29), 1),
        ("2026-12", PeriodKind.MONTH, date(2026, 12, 1), date(2026, 12, 31), 1),
        ("2026-Q3", PeriodKind.QUARTER, date(2026, 7, 1), date(2026, 9, 30), 3),
        ("2026-H1", PeriodKind.HALF, date(2026, 1, 1), date(2026, 6, 30), 6),
        ("2026", PeriodKind.YEAR, date(2026, 1, 1), date(2026, 12, 31), 12),
    ],
)
def test_a_code_names_its_days(code: str, kind: PeriodKind, start: date, end: date, months: int) -> None:
    period = Period.parse(code)
    assert (period.kind, period.start, period.end, period.code) == (kind, start, end, code)
    assert len(period.months()) == months
    assert period.year_to_date() == Window(date(period.year, 1, 1), end)


@pytest.mark.parametrize(
    "text",
    ["", "2026-13", "2026-00", "2026-1", "2026-Q5", "2026-H3", "10/2026", "1900-01", "2026-10 ", "２０２６", "9999"],
)
def test_anything_else_is_refused_with_what_was_given(text: str) -> None:
    with pytest.raises(BadPeriod) as caught:
        Period.parse(text)
    assert caught.value.text == text


def test_an_index_out_of_range_is_refused() -> None:
    with pytest.raises(BadPeriod):
        Period.month(2026, 13)
    with pytest.raises(BadPeriod):
        Period.half(2026, 0)


def test_december_is_followed_by_january() -> None:
    assert Period.month(2026, 12).next() == Period.month(2027, 1)
    assert Period.month(2026, 1).previous() == Period.month(2025, 12)
    assert Period.month(2026, 10).shifted(-22) == Period.month(2024, 12)


def test_a_month_that_has_begun_is_not_future() -> None:
    october = Period.month(2026, 10)
    assert october.is_future(date(2026, 9, 30))
    assert not october.is_future(date(2026, 10, 1))
    assert october.contains(date(2026, 10, 31))
    assert not october.contains(date(2026, 11, 1))
    assert not october.contains(None)
    assert Period.month_of(date(2026, 10, 5)) == october
    assert len(october.months_of_year_so_far()) == 10


def test_shorter_periods_come_first() -> None:
    year = Period.whole_year(2026)
    assert max(year, Period.half(2026, 1), Period.quarter(2026, 1), Period.month(2026, 1)) == year
    assert Period.month(2026, 2) > year
    assert [month.code for month in month_range(Period.month(2025, 12), Period.month(2026, 2))] == [
        "2025-12",
        "2026-01",
        "2026-02",
    ]


@settings(deadline=None, derandomize=True)
@given(PERIODS)
def test_neighbours_touch_and_codes_read_back(period: Period) -> None:
    assert Period.parse(period.code) == period
    assert period.next().previous() == period
    assert (period.next().start - period.end).days == 1
    assert period.months()[0].start == period.start
    assert period.months()[-1].end == period.end
