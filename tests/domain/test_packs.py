"""Packs of one line: each after the one before, none twice, none of another line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sochihoi.domain.packs import Pack, PackForked, PackOfAnother, PackOlder, follows, newest_begun


def pack(number: int, sha256: str = "", code: str = "line") -> Pack:
    day = date(2026, 12, 1)
    return Pack(f"p{number}", "92", code, number, sha256 or f"h{number}", day, None, (), day, own=False)


def test_the_first_may_have_any_number() -> None:
    assert follows(pack(1), None, ()) == 0
    assert follows(pack(4), "h3", ()) == 3


def test_a_later_one_says_what_it_follows() -> None:
    line = (pack(2), pack(1))
    assert follows(pack(3), "h2", line) == 0
    assert follows(pack(5), "h4", line) == 2
    with pytest.raises(PackForked):
        follows(pack(3), "other", line)


def test_older_other_and_forked_ones_do_not_follow() -> None:
    line = (pack(2), pack(1))
    with pytest.raises(PackOlder):
        follows(pack(1), None, line)
    with pytest.raises(PackForked):
        follows(pack(1, "another"), None, line)
    with pytest.raises(PackOfAnother):
        follows(pack(3, code="other"), "h2", line)


def test_the_newest_whose_day_has_come_is_in_force_and_a_last_day_counts() -> None:
    day = date(2026, 10, 1)
    first, second = replace(pack(1), effective=day), replace(pack(2), effective=date(2026, 11, 1))
    assert newest_begun([first, second], date(2026, 10, 31)) is first
    assert newest_begun([second, first], date(2026, 11, 1)) is second
    assert newest_begun([second], day) is None
    assert [replace(first, expires=day).has_expired(date(2026, 10, n)) for n in (1, 2)] == [False, True]
    assert not replace(first, expires=None).has_expired(date(2099, 1, 1))
