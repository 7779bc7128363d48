"""Where a woman was who is entered late."""

from __future__ import annotations

from datetime import date

import pytest

from sochihoi.domain.late_records import SeveralThen, Stretch, as_it_was, staying_put
from sochihoi.domain.reorganisation import NotThatDay
from sochihoi.domain.units import Level, Unit

MARCH, JUNE, OCTOBER = date(2026, 3, 1), date(2026, 6, 1), date(2026, 10, 1)


def test_before_her_branch_was_and_nothing_came_before_it_she_is_in_it() -> None:
    founded = Unit("a", Level.BRANCH, "Ấp Mới", valid_from=JUNE)
    assert staying_put({"a": founded}, "a", None, MARCH) == (Stretch("a", None, MARCH, None),)


def test_a_merged_branch_cannot_say_in_which_of_both_she_was() -> None:
    old = [Unit(key, Level.BRANCH, key, valid_to=JUNE) for key in ("a", "b")]
    new = Unit("c", Level.BRANCH, "C", valid_from=JUNE, predecessor_ids=("a", "b"))
    known = {one.id: one for one in (*old, new)}
    assert staying_put(known, "c", None, MARCH) == (Stretch("c", None, MARCH, None),)
    told = staying_put(known, "a", None, MARCH)
    assert told == (Stretch("a", None, MARCH, JUNE), Stretch("c", None, JUNE, None))


def test_a_late_record_is_of_the_one_unit_that_stood_then() -> None:
    old = [Unit(key, Level.BRANCH, f"Ấp {key}", valid_to=JUNE) for key in ("a", "b")]
    new = Unit("c", Level.BRANCH, "Ấp c", valid_from=JUNE, predecessor_ids=("a", "b"))
    units = (*old, new)
    assert as_it_was(units, "a", OCTOBER) is new
    with pytest.raises(SeveralThen) as told:
        as_it_was(units, "c", MARCH)
    assert (told.value.name, told.value.on, set(told.value.names)) == ("Ấp c", MARCH, {"Ấp a", "Ấp b"})
    founded = Unit("d", Level.BRANCH, "Ấp d", valid_from=JUNE)
    with pytest.raises(NotThatDay):
        as_it_was((founded,), "d", MARCH)


def test_a_branch_that_was_and_is_still_is_asked_nothing() -> None:
    lasting = Unit("a", Level.BRANCH, "Ấp a")
    assert staying_put({"a": lasting}, "a", "t", MARCH) == (Stretch("a", "t", MARCH, None),)
    assert staying_put({}, "a", None, MARCH) == (Stretch("a", None, MARCH, None),)
