"""Which units compare with which over mergers, partings and new names."""

from __future__ import annotations

from datetime import date

from sochihoi.domain.unit_changes import Group, UnitChange, groups

SINCE, UNTIL = date(2026, 6, 30), date(2026, 10, 31)


def change(kind: str, before: str, after: str, day: date = date(2026, 7, 1)) -> UnitChange:
    return UnitChange(f"{kind}{before}{after}", day, kind, tuple(before.split()), tuple(after.split()))


def test_units_that_nothing_happened_to_compare_with_themselves() -> None:
    assert groups((), ("1", "2"), ("2", "3"), SINCE, UNTIL) == (
        Group(("1",), ()),
        Group(("2",), ("2",)),
        Group((), ("3",)),
    )


def test_what_merged_is_together_and_what_parted_is_one_group() -> None:
    changes = (change("MERGED", "1 2", "9"), change("SPLIT", "3", "7 8"), change("RENAMED", "4", "5"))
    assert groups(changes, ("1", "2", "3", "4"), ("5", "7", "8", "9"), SINCE, UNTIL) == (
        Group(("4",), ("5",)),
        Group(("3",), ("7", "8")),
        Group(("1", "2"), ("9",)),
    )


def test_changes_follow_one_another_and_only_those_between_the_days_count() -> None:
    first, second = change("MERGED", "1 2", "5"), change("MERGED", "5 3", "9", date(2026, 9, 1))
    assert groups((second, first), ("1", "2", "3"), ("9",), SINCE, UNTIL) == (Group(("1", "2", "3"), ("9",)),)
    late = change("MERGED", "1 2", "9", date(2026, 11, 1))
    early = change("MERGED", "1 2", "9", SINCE)
    for outside in (late, early):
        assert groups((outside,), ("1",), ("2",), SINCE, UNTIL) == (Group((), ("2",)), Group(("1",), ()))[::-1]
