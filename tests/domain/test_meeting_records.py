"""A meeting goes from planned to closed; its roster has an order; minutes have two signers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sochihoi.domain.attendance import NotHeldYet
from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.meeting_records import (
    BranchMember,
    Meeting,
    MeetingClosed,
    MeetingFixed,
    MeetingLack,
    MeetingPlan,
    MeetingSheet,
    RosterNotFrozen,
    RosterRow,
    roster_order,
)
from sochihoi.domain.meetings import Mark, MeetingState, Tally
from sochihoi.domain.minutes import Minutes

DAY = date(2026, 10, 20)
PLANNED = Meeting("1", "SH-0001", "b", DAY)
FROZEN = replace(PLANNED, state=MeetingState.ROSTER_FROZEN)
CLOSED = replace(PLANNED, state=MeetingState.CLOSED)


def test_people_are_marked_while_the_roster_is_frozen_and_the_meeting_open() -> None:
    PLANNED.ensure_planned()
    for later, closed in ((FROZEN, False), (CLOSED, True)):
        with pytest.raises(MeetingFixed) as told:
            later.ensure_planned()
        assert told.value.closed is closed
    FROZEN.ensure_marking()
    with pytest.raises(RosterNotFrozen):
        PLANNED.ensure_marking()
    with pytest.raises(MeetingClosed):
        CLOSED.ensure_marking()
    PLANNED.ensure_open()
    FROZEN.ensure_open()
    with pytest.raises(MeetingClosed):
        CLOSED.ensure_open()


def test_nobody_was_there_before_its_day() -> None:
    assert [PLANNED.is_ahead(date(2026, 10, day)) for day in (19, 20)] == [True, False]
    PLANNED.check_held(DAY)
    with pytest.raises(NotHeldYet):
        PLANNED.check_held(date(2026, 10, 19))


def test_a_theme_and_something_said_are_wanted_and_two_signers() -> None:
    assert PLANNED.lacks() == (MeetingLack.TOPIC, MeetingLack.MINUTES)
    assert PLANNED.missing_in_minutes() == ("chair", "secretary", "conclusion")
    whole = replace(
        PLANNED, topic="Quỹ", chair="Lê Thị Mẫu", secretary="Trần Thị Mẫu", minutes=Minutes(conclusion="Thống nhất")
    )
    assert (whole.lacks(), whole.missing_in_minutes()) == ((), ())
    assert replace(whole, chair="").missing_in_minutes() == ("chair",)


def test_a_plan_is_stored_clean() -> None:
    assert MeetingPlan(DAY, "14h", "  Nhà   văn hoá ", topic=" Quỹ ").cleaned() == MeetingPlan(
        DAY, "14:00", "Nhà văn hoá", topic="Quỹ"
    )
    with pytest.raises(FieldProblem):
        MeetingPlan(DAY, "sáng").cleaned()


def test_rows_go_by_given_name_or_cell_by_cell_with_no_cell_last() -> None:
    def member(key: str, cell: str, name: str) -> BranchMember:
        return BranchMember("b", key, name, cell, honorary=False, name_order=name, cell_order=cell)

    members = [member("4", "", "an"), member("3", "Tổ 2", "bi"), member("2", "Tổ 1", "chi"), member("1", "Tổ 2", "bi")]
    assert [one.membership_id for one in roster_order(members, by_cell=False)] == ["4", "1", "3", "2"]
    assert [one.membership_id for one in roster_order(members, by_cell=True)] == ["2", "1", "3", "4"]


def test_a_sheet_counts_its_rows() -> None:
    rows = tuple(
        RosterRow(str(n), str(n), n, "Lê Thị Mẫu", "", "1971", "", honorary=n == 2, mark=mark, note="")
        for n, mark in enumerate((Mark.PRESENT, Mark.PRESENT, Mark.EXCUSED, None), start=1)
    )
    assert MeetingSheet(FROZEN, "Ấp Mẫu", rows, None).tally == Tally(present=2, excused=1, unmarked=1)
