"""When a copy is due, and which copies stay: few enough for a stick, and never the wrong ones taken away."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sochihoi.domain.copies import KEPT, Copy, is_due, to_keep

HERE = timezone(timedelta(hours=7))
START = datetime(2026, 1, 1, 7, 30, tzinfo=HERE)
MINUTES = st.integers(min_value=0, max_value=3 * 366 * 24 * 60)


@pytest.mark.parametrize(
    ("changes", "minutes", "due"),
    [
        (0, 0, False),
        (0, 10_000, False),
        (1, 29.9, False),
        (1, 30, True),
        (49, 0, False),
        (50, 0, True),
        (1, -1, True),
        (0, -1, False),
    ],
)
def test_a_copy_is_due_after_fifty_acts_or_half_an_hour(changes: int, minutes: float, due: bool) -> None:
    assert is_due(changes, timedelta(minutes=minutes)) is due


def _made(minutes: list[int]) -> list[Copy]:
    return [Copy(str(n), START + timedelta(minutes=m), n) for n, m in enumerate(sorted(minutes))]


def test_a_year_of_half_hours() -> None:
    copies = _made(list(range(0, 400 * 24 * 60, 30)))
    keep = to_keep(copies)
    left = [one for one in copies if one.name in keep]
    newest = copies[-1].made_at
    assert copies[-1].name in keep
    assert len({one.made_at.strftime("%m/%Y") for one in left}) == 12
    assert sum(newest - one.made_at < timedelta(hours=24) for one in left) == 24
    for back in range(14):
        day = (newest - timedelta(days=back)).date()
        last = max((one for one in copies if one.made_at.date() == day), key=lambda one: one.made_at)
        assert last.name in keep
    for back in range(8):
        week = (newest - timedelta(weeks=back)).isocalendar()[:2]
        last = max((one for one in copies if one.made_at.isocalendar()[:2] == week), key=lambda one: one.made_at)
        assert last.name in keep
    assert len(keep) < 24 + 14 + 8 + 12


def test_no_copies() -> None:
    assert to_keep([]) == frozenset()


@settings(deadline=None, derandomize=True, max_examples=120)
@given(st.lists(MINUTES, max_size=120))
def test_the_newest_stays_and_there_are_never_more_than_the_sum(minutes: list[int]) -> None:
    copies = _made(minutes)
    keep = to_keep(copies)
    assert keep <= {one.name for one in copies}
    assert len(keep) <= sum(most for most, _span in KEPT)
    assert not copies or copies[-1].name in keep
    if len({one.made_at.strftime("%Y%m%d%H") for one in copies}) == len(copies) <= 24:
        assert len(keep) == len(copies)


@settings(deadline=None, derandomize=True, max_examples=150)
@given(st.lists(MINUTES, max_size=90))
def test_thinning_after_every_copy_keeps_what_thinning_once_keeps(minutes: list[int]) -> None:
    copies = _made(minutes)
    standing: list[Copy] = []
    for one in copies:
        keep = to_keep([*standing, one])
        standing = [two for two in [*standing, one] if two.name in keep]
    assert {one.name for one in standing} == to_keep(copies)
    assert to_keep(standing) == to_keep(copies)


@settings(deadline=None, derandomize=True, max_examples=150)
@given(st.lists(MINUTES, max_size=60), st.randoms(use_true_random=False))
def test_the_order_of_a_folder_does_not_matter(minutes: list[int], source: object) -> None:
    copies = _made(minutes)
    mixed = list(copies)
    source.shuffle(mixed)  # type: ignore[attr-defined] # a Random
    assert to_keep(mixed) == to_keep(copies)
