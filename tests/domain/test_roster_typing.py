"""Typed row numbers beside the marks that a roster has already."""

from __future__ import annotations

import pytest

from sochihoi.domain.meetings import Mark, NumberOutsideRoster, Tally
from sochihoi.domain.roster_typing import understand

PRESENT, EXCUSED, ABSENT = Mark


def test_only_what_becomes_another_mark_is_a_change() -> None:
    told = understand("1-3, !4", {1: PRESENT, 2: None, 3: ABSENT, 4: None, 5: EXCUSED})
    assert told.changes == {2: PRESENT, 3: PRESENT, 4: ABSENT}
    assert told.overwritten == (3,)
    assert told.after == Tally(present=3, excused=1, absent=1)


def test_who_asked_for_leave_last_week_does_not_become_present() -> None:
    marks = {1: None, 2: EXCUSED, 3: ABSENT, 4: PRESENT, 5: None}
    told = understand("5", marks, absent_only=True)
    assert told.changes == {1: PRESENT, 5: ABSENT}
    assert told.overwritten == ()
    assert told.after == Tally(present=2, excused=1, absent=2)
    named = understand("2, ?4", marks, absent_only=True)
    assert named.changes == {1: PRESENT, 5: PRESENT, 4: EXCUSED, 2: ABSENT}
    assert set(named.overwritten) == {2, 4}


def test_a_roster_of_nobody_takes_no_number() -> None:
    with pytest.raises(NumberOutsideRoster):
        understand("1", {})
