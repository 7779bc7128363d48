"""Planning, rosters, marking and closing, as an officer does them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sochihoi.domain.attendance import NotHeldYet
from sochihoi.domain.errors import FieldProblem, MonthClosed, UserError
from sochihoi.domain.meeting_records import (
    AlreadyOnRoster,
    AlreadyPlanned,
    MeetingClosed,
    MeetingFixed,
    MeetingLack,
    MeetingNotClosed,
    MeetingPlan,
    NobodyOnRoster,
    NotOfTheBranch,
    NotOnRoster,
    RosterHasMarks,
    RosterNotFrozen,
)
from sochihoi.domain.meetings import (
    Mark,
    MeetingKind,
    MeetingState,
    NumberContradictory,
    NumberOutsideRoster,
    Tally,
    UnmarkedNotStated,
)
from sochihoi.domain.periods import Period
from sochihoi.services.meetings_papers import attendance_sheet
from sochihoi.services.office import Office
from sochihoi.storage.schema import closing, membership
from tests.meetings_data import HELD, add_branch, add_members, closed_one, frozen_one, plan_one
from tests.offices import make_office

OCTOBER = Period.month(2026, 10)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    yield made
    made.close()


def _close_october(office: Office) -> None:
    with office.write("test.close") as work:
        row = {"id": office.new_id(), "period": "2026-10", "edition": 1, "closed_on": date(2026, 10, 30)}
        work.insert(closing, [row])


def test_one_plan_for_many_branches_is_one_act(office: Office) -> None:
    branches = [add_branch(office, f"Ấp {n}", members=2) for n in ("Trà Cuôn", "Bưng Cốc", "Đại Ân")]
    plan = MeetingPlan(HELD, "14h", " Nhà  văn hóa ấp ", MeetingKind.THEMED, "Phòng, chống bạo lực gia đình")
    made = office.meetings.plan(branches, plan)
    assert [(m.code, m.starts_at, m.place) for m in made] == [
        (f"SH-000{n}", "14:00", "Nhà văn hóa ấp") for n in (1, 2, 3)
    ]
    assert len(office.meetings.of_month(OCTOBER)) == 3
    office.history.undo(office.meetings.last_batch)
    assert [line.meeting for line in office.meetings.of_month(OCTOBER)] == [None, None, None]


def test_a_branch_meets_once_a_day(office: Office) -> None:
    first, second = add_branch(office, "Ấp Một", members=2), add_branch(office, "Ấp Hai", members=2)
    plan_one(office, first)
    with pytest.raises(AlreadyPlanned) as told:
        office.meetings.plan([second, first], MeetingPlan(HELD))
    assert told.value.branches == ("Ấp Một",)
    assert [line.meeting is not None for line in office.meetings.of_month(OCTOBER)] == [True, False]


def test_a_plan_needs_a_branch_and_a_time_that_is_one(office: Office) -> None:
    branch = add_branch(office, members=2)
    with pytest.raises(FieldProblem):
        office.meetings.plan([], MeetingPlan(HELD))
    with pytest.raises(FieldProblem) as told:
        office.meetings.plan([branch], MeetingPlan(HELD, "25h"))
    assert told.value.field == "starts_at"
    with pytest.raises(FieldProblem) as told:
        office.meetings.plan([branch], MeetingPlan(date(1927, 1, 5)))
    assert told.value.field == "held_on"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("14h", "14:00"), ("14h30", "14:30"), ("7:5", "07:05"), ("1430", "14:30"), ("8", "08:00"), ("19 giờ 15", "19:15")],
)
def test_times_are_read_as_they_are_typed(office: Office, typed: str, kept: str) -> None:
    assert MeetingPlan(HELD, typed).cleaned().starts_at == kept


def test_a_planned_meeting_moves_and_is_called_off(office: Office) -> None:
    branch = add_branch(office, members=2)
    meeting = plan_one(office, branch)
    moved = office.meetings.change(meeting.id, MeetingPlan(date(2026, 10, 25), "8h", "Chùa", topic="Vay vốn"))
    assert office.meetings.sheet(meeting.id).meeting == moved
    office.meetings.cancel(meeting.id)
    assert [line.meeting for line in office.meetings.of_month(OCTOBER)] == [None]


def test_a_frozen_meeting_keeps_its_day_until_the_roster_is_given_up(office: Office) -> None:
    branch = add_branch(office, members=3)
    meeting = frozen_one(office, branch)
    changed = office.meetings.change(meeting.id, MeetingPlan(HELD, "9h", "Trường học"))
    assert (changed.starts_at, changed.place) == ("09:00", "Trường học")
    with pytest.raises(MeetingFixed):
        office.meetings.change(meeting.id, MeetingPlan(date(2026, 10, 25)))
    with pytest.raises(MeetingFixed):
        office.meetings.cancel(meeting.id)
    office.meetings.type_marks(meeting.id, "1")
    with pytest.raises(RosterHasMarks):
        office.meetings.unfreeze(meeting.id)
    office.meetings.mark_row(meeting.id, office.meetings.sheet(meeting.id).rows[0].id, None)
    office.meetings.unfreeze(meeting.id)
    assert office.meetings.sheet(meeting.id).rows == ()
    office.meetings.cancel(meeting.id)


def test_frozen_rows_never_renumber(office: Office) -> None:
    branch = add_branch(office, members=5)
    meeting = frozen_one(office, branch)
    before = [(row.row_number, row.membership_id) for row in office.meetings.sheet(meeting.id).rows]
    assert [number for number, _ in before] == [1, 2, 3, 4, 5]
    late = add_members(office, branch, 1, since=HELD, names=("Lê Thị An",), honorary=True)[0]
    with office.write("test.leave") as work:
        work.update(membership, {before[0][1]: {"left_on": HELD}})
    assert office.meetings.freeze([meeting.id]) == 0
    assert [one.membership_id for one in office.meetings.late_joiners(meeting.id)] == [late]
    assert office.meetings.add_to_roster(meeting.id, late) == 6
    rows = office.meetings.sheet(meeting.id).rows
    assert [(row.row_number, row.membership_id) for row in rows] == [*before, (6, late)]
    assert rows[-1].honorary, "honorary members stand on the roster: they may do all but vote"
    with pytest.raises(AlreadyOnRoster):
        office.meetings.add_to_roster(meeting.id, late)
    elsewhere = add_members(office, add_branch(office, "Ấp Khác", members=0), 1)[0]
    with pytest.raises(NotOfTheBranch):
        office.meetings.add_to_roster(meeting.id, elsewhere)


def test_a_branch_without_members_has_no_roster(office: Office) -> None:
    full, empty = add_branch(office, "Ấp Đông", members=2), add_branch(office, "Ấp Trống", members=0)
    made = office.meetings.plan([full, empty], MeetingPlan(HELD))
    with pytest.raises(NobodyOnRoster):
        office.meetings.freeze([m.id for m in made])
    assert office.meetings.sheet(made[0].id).meeting.state is MeetingState.PLANNED, "all or nothing"


def test_typed_numbers_mark_all_or_nothing(office: Office) -> None:
    branch = add_branch(office)
    meeting = frozen_one(office, branch)
    found = office.meetings.type_marks(meeting.id, "1-25, 28, !7, ?12")
    assert found.after == Tally(24, 1, 1, 19)
    assert office.meetings.sheet(meeting.id).tally == Tally(24, 1, 1, 19)
    for wrong, problem in (("30, 46", NumberOutsideRoster), ("30, !30", NumberContradictory)):
        with pytest.raises(problem):
            office.meetings.type_marks(meeting.id, wrong)
    assert office.meetings.sheet(meeting.id).tally == Tally(24, 1, 1, 19)
    again = office.meetings.type_marks(meeting.id, "!1, 2, 30")
    assert (again.overwritten, again.changes) == ((1,), {1: Mark.ABSENT, 30: Mark.PRESENT})
    office.history.undo(office.meetings.last_batch)
    assert office.meetings.sheet(meeting.id).tally == Tally(24, 1, 1, 19)


def test_absent_only_leaves_who_was_marked_before(office: Office) -> None:
    branch = add_branch(office, members=10)
    meeting = frozen_one(office, branch)
    office.meetings.type_marks(meeting.id, "?3")
    office.meetings.type_marks(meeting.id, "7, ?8", absent_only=True)
    marks = [row.mark for row in office.meetings.sheet(meeting.id).rows]
    assert [n for n, mark in enumerate(marks, 1) if mark is Mark.EXCUSED] == [3, 8]
    assert [n for n, mark in enumerate(marks, 1) if mark is Mark.ABSENT] == [7]
    assert office.meetings.sheet(meeting.id).tally == Tally(7, 2, 1, 0)


def test_nobody_is_marked_before_the_freeze_or_after_the_close(office: Office) -> None:
    branch = add_branch(office, members=3)
    meeting = plan_one(office, branch)
    with pytest.raises(RosterNotFrozen):
        office.meetings.type_marks(meeting.id, "1")
    office.meetings.freeze([meeting.id])
    row = office.meetings.sheet(meeting.id).rows[0]
    office.meetings.note_row(meeting.id, row.id, " Đi khám bệnh ")
    office.meetings.set_guests(meeting.id, 6, "Bí thư chi bộ")
    office.meetings.type_marks(meeting.id, "1-3")
    office.meetings.close(meeting.id)
    acts: list[tuple[Any, ...]] = [
        (office.meetings.type_marks, meeting.id, "1"),
        (office.meetings.mark_row, meeting.id, row.id, None),
        (office.meetings.note_row, meeting.id, row.id, ""),
        (office.meetings.set_guests, meeting.id, 0),
        (office.meetings.close, meeting.id),
    ]
    for act, *told in acts:
        with pytest.raises(MeetingClosed):
            act(*told)
    sheet = office.meetings.sheet(meeting.id)
    assert (sheet.rows[0].note, sheet.meeting.guests, sheet.meeting.guest_note) == (
        "Đi khám bệnh",
        6,
        "Bí thư chi bộ",
    )
    with pytest.raises(FieldProblem):
        office.meetings.set_guests(meeting.id, -1)


def test_closing_asks_what_no_mark_means(office: Office) -> None:
    branch = add_branch(office, members=6)
    meeting = frozen_one(office, branch)
    office.meetings.type_marks(meeting.id, "1-4, ?5")
    with pytest.raises(UnmarkedNotStated) as told:
        office.meetings.close(meeting.id)
    assert told.value.count == 1
    closed = office.meetings.close(meeting.id, Mark.ABSENT)
    assert closed.tally == Tally(4, 1, 1, 0)
    assert closed.lacks == (MeetingLack.TOPIC, MeetingLack.MINUTES)
    kept = office.meetings.sheet(meeting.id).meeting
    assert (kept.state, kept.unmarked_meaning, kept.closed_on) == (MeetingState.CLOSED, Mark.ABSENT, office.today)


def test_a_closed_meeting_is_reopened_with_its_marks(office: Office) -> None:
    branch = add_branch(office, members=6)
    meeting = closed_one(office, branch)
    office.meetings.reopen(meeting.id)
    with pytest.raises(MeetingNotClosed):
        office.meetings.reopen(meeting.id)
    sheet = office.meetings.sheet(meeting.id)
    assert (sheet.meeting.state, sheet.meeting.unmarked_meaning, sheet.tally) == (
        MeetingState.ROSTER_FROZEN,
        None,
        Tally(5, 0, 1, 0),
    )
    office.meetings.close(meeting.id)
    assert office.meetings.sheet(meeting.id).meeting.unmarked_meaning is None, "everybody had a mark"


def test_nobody_is_marked_before_the_day_and_the_blank_sheet_is_printed(office: Office) -> None:
    meeting = frozen_one(office, add_branch(office, members=2), date(2026, 10, 31))
    row = office.meetings.sheet(meeting.id).rows[0]
    acts: list[Callable[[], object]] = [
        lambda: office.meetings.type_marks(meeting.id, "?1"),
        lambda: office.meetings.mark_row(meeting.id, row.id, Mark.EXCUSED),
        lambda: office.meetings.set_guests(meeting.id, 2),
        lambda: office.meetings.close(meeting.id, Mark.ABSENT),
        lambda: office.meetings.minutes.finish(meeting.id),
    ]
    for act in acts:
        with pytest.raises(NotHeldYet) as refused:
            act()
        assert refused.value.held_on == date(2026, 10, 31)
    assert office.meetings.sheet(meeting.id).tally == Tally(0, 0, 0, 2)
    office.meetings.note_row(meeting.id, row.id, "Xin phép đi khám bệnh")
    office.meetings.mark_row(meeting.id, row.id, None)
    assert attendance_sheet(office, meeting.id).startswith(b"%PDF")


def test_only_a_row_of_this_roster_is_marked(office: Office) -> None:
    branch = add_branch(office, members=3)
    closed, meeting = closed_one(office, branch, typed="1-3"), frozen_one(office, branch, date(2026, 10, 25))
    elsewhere = office.meetings.sheet(closed.id).rows[0].id
    for stranger in (elsewhere, "no row at all"):
        with pytest.raises(NotOnRoster):
            office.meetings.mark_row(meeting.id, stranger, Mark.ABSENT)
        with pytest.raises(NotOnRoster):
            office.meetings.note_row(meeting.id, stranger, "Đi xa")
    assert office.meetings.sheet(closed.id).tally.present == 3


def test_a_closed_month_changes_no_more(office: Office) -> None:
    branch = add_branch(office, members=4)
    meeting, planned = closed_one(office, branch, typed="1"), plan_one(office, branch, date(2026, 10, 28))
    _close_october(office)
    acts: list[tuple[Any, ...]] = [
        (office.meetings.reopen, meeting.id),
        (office.meetings.freeze, [planned.id]),
        (office.meetings.cancel, planned.id),
        (office.meetings.plan, [branch], MeetingPlan(date(2026, 10, 29))),
        (office.meetings.change, planned.id, MeetingPlan(date(2026, 11, 2))),
    ]
    for act, *told in acts:
        with pytest.raises(MonthClosed):
            act(*told)
    assert office.meetings.sheet(meeting.id).month_closed_on == date(2026, 10, 30)
    with pytest.raises(UserError):
        office.history.undo(office.meetings.last_batch)


def test_the_next_topic_and_place_come_from_the_last_meeting(office: Office) -> None:
    branch = add_branch(office, members=3)
    last = closed_one(office, branch, date(2026, 9, 12), "1-3", place="Nhà văn hóa ấp")
    office.meetings.reopen(last.id)
    form = office.meetings.minutes.form(last.id)
    office.meetings.minutes.save(last.id, replace(form, minutes=replace(form.minutes, next_topic="Tiêm chủng")))
    office.meetings.close(last.id)
    new = plan_one(office, branch)
    assert (new.topic, new.place) == ("Tiêm chủng", "Nhà văn hóa ấp")


def test_a_branch_is_due_by_the_rhythm_of_the_commune(office: Office) -> None:
    branch = add_branch(office, members=3)
    frozen_one(office, branch, date(2026, 8, 8))
    assert [line.due for line in office.meetings.of_month(OCTOBER)] == [True]
    with office.write("test.rhythm") as work:
        work.settings.set("commune.meeting_every_months", 3)
    office.forget_commune()
    assert [line.due for line in office.meetings.of_month(OCTOBER)] == [False]
    assert [line.due for line in office.meetings.of_month(Period.month(2026, 11))] == [True]


def test_a_year_of_a_commune_is_planned_frozen_and_listed_quickly(office: Office) -> None:
    branches = [add_branch(office, f"Ấp {n}", members=100, cells=0) for n in range(34)]
    made = office.meetings.plan(branches, MeetingPlan(HELD))
    assert office.meetings.freeze([one.id for one in made]) == 34
    rows = office.meetings.of_period(HELD, HELD)
    assert sum(row.tally.roster for row in rows) == 3400
