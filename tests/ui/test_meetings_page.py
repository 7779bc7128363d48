"""The pages of meetings, driven as an officer drives them: keys, typed numbers, drafts, read-only states."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from sochihoi.domain.meetings import Mark, MeetingState, Tally
from sochihoi.domain.periods import Period
from sochihoi.services.office import Office
from sochihoi.storage.schema import closing
from sochihoi.ui.meetings.dialogs import PlanDialog
from sochihoi.ui.meetings.entry import Mode
from sochihoi.ui.meetings.page import MeetingsPage
from sochihoi.ui.shared.dialogs import Dialog
from tests.meetings_data import HELD, add_branch, add_members, closed_one, frozen_one, plan_one
from tests.ui.meetings_driving import KEY, in_dialog, open_meeting, page, tally_of, type_numbers

__all__ = ["page"]


def test_an_empty_commune_says_what_to_do_first(page: MeetingsPage) -> None:
    assert page.month.table.model.rows == []
    assert page.month.table._blank.action is not None


def test_the_month_shows_who_has_met_and_who_not(shell: Any, page: MeetingsPage, office: Office) -> None:
    met, waits = add_branch(office, "Ấp Một", 6), add_branch(office, "Ấp Hai", 6)
    add_branch(office, "Ấp Ba", 6)
    closed_one(office, met, date(2026, 10, 3))
    frozen_one(office, waits)
    page.refresh()
    assert [line.branch for line in page.month.table.model.rows] == ["Ấp Một", "Ấp Hai", "Ấp Ba"]
    assert "1/3" in page.month._note.text()
    page.month.chips.set_chosen({"not_met"})
    assert [line.branch for line in page.month.table.model.rows] == ["Ấp Ba"]
    page.month.chips.set_chosen({"not_done"})
    assert [line.branch for line in page.month.table.model.rows] == ["Ấp Hai"]
    page.month.search.setText("ap mot")
    assert page.month.table.model.rows == []
    page.month.clear_filter()
    page.month.search.setText("ap mot")
    assert [line.branch for line in page.month.table.model.rows] == ["Ấp Một"]
    shell.set_period(Period.month(2026, 9))
    page.month.clear_filter()
    assert [line.meeting for line in page.month.table.model.rows] == [None] * 3


def test_a_meeting_is_planned_for_all_branches_that_have_none(
    qtbot: QtBot, shell: Any, page: MeetingsPage, office: Office
) -> None:
    closed_one(office, add_branch(office, "Ấp Một", 3), typed="1-3")
    add_branch(office, "Ấp Hai", 3)
    add_branch(office, "Ấp Ba", 3)
    page.refresh()

    def plan(dialog: PlanDialog) -> None:
        assert len(dialog.chosen()) == 2
        dialog.form["held_on"].line.setText("30/10/2026")  # type: ignore[attr-defined]
        dialog.form["starts_at"].line.setText("25h")  # type: ignore[attr-defined]
        dialog.accept_form()
        assert dialog.form["starts_at"].error()
        dialog.form["starts_at"].line.setText("14h")  # type: ignore[attr-defined]
        dialog.accept_form()

    in_dialog(PlanDialog, plan)
    page.on_new()
    planned = office.meetings.of_period(date(2026, 10, 30), date(2026, 10, 30))
    assert [(row.starts_at, row.state) for row in planned] == [("14:00", MeetingState.PLANNED)] * 2
    shell.frame.toast.undo_button.click()
    assert office.meetings.of_period(date(2026, 10, 30), date(2026, 10, 30)) == ()
    assert [line.meeting is None for line in page.month.table.model.rows].count(True) == 2


def test_what_was_typed_into_a_plan_survives_a_power_cut(qtbot: QtBot, page: MeetingsPage, office: Office) -> None:
    add_branch(office, members=3)
    page.refresh()

    def type_and_lose(dialog: PlanDialog) -> None:
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        line = dialog.form["place"].editor
        assert isinstance(line, QLineEdit)
        line.setFocus()
        qtbot.keyClicks(line, "Nha van hoa")
        dialog.form["topic"].editor.setFocus()
        dialog.done(0)

    def find_again(dialog: PlanDialog) -> None:
        assert dialog.message.text()
        dialog.message.actions_shown()[0].click()
        assert dialog.form["place"].value() == "Nha van hoa"
        dialog.reject()

    in_dialog(PlanDialog, type_and_lose)
    page.on_new()
    in_dialog(PlanDialog, find_again)
    page.on_new()


def test_numbers_are_understood_live_and_written_as_one(
    qtbot: QtBot, shell: Any, page: MeetingsPage, office: Office
) -> None:
    meeting = frozen_one(office, add_branch(office))
    open_meeting(shell, page, meeting.id)
    entry = page.attendance.entry
    type_numbers(qtbot, page, "1-25, 28, !7, ?12")
    assert entry.read().tone == "ok"
    assert "24" in entry.said.text()
    assert "1–6, 8–11, 13–25, 28" in entry.said.text()
    assert tally_of(office, meeting.id).unmarked == 45, "nothing is written before Enter"
    qtbot.keyClick(entry.line, KEY.Key_Return)
    assert tally_of(office, meeting.id) == Tally(24, 1, 1, 19)
    assert entry.line.text() == ""
    assert page.attendance.totals.rate.text().count("24/45") == 1
    shell.frame.toast.undo_button.click()
    assert tally_of(office, meeting.id).unmarked == 45


def test_a_number_that_is_wrong_is_named_and_nothing_written(
    qtbot: QtBot, shell: Any, page: MeetingsPage, office: Office
) -> None:
    meeting = frozen_one(office, add_branch(office))
    open_meeting(shell, page, meeting.id)
    entry = page.attendance.entry
    type_numbers(qtbot, page, "30, 46")
    qtbot.keyClick(entry.line, KEY.Key_Return)
    assert "46" in entry.said.text()
    assert entry.line.property("state") == "bad"
    assert entry.line.text() == "30, 46"
    assert tally_of(office, meeting.id).unmarked == 45
    entry.line.setText("1-")
    assert entry.read().tone == "ok", "a range that is being typed is no fault yet"


def test_only_those_absent_are_typed(qtbot: QtBot, shell: Any, page: MeetingsPage, office: Office) -> None:
    meeting = frozen_one(office, add_branch(office, members=12))
    open_meeting(shell, page, meeting.id)
    page.attendance.mode_chips[Mode.ABSENT].click()
    type_numbers(qtbot, page, "3, ?5")
    qtbot.keyClick(page.attendance.entry.line, KEY.Key_Return)
    assert tally_of(office, meeting.id) == Tally(10, 1, 1, 0)


def test_a_name_is_found_without_tone_marks(qtbot: QtBot, shell: Any, page: MeetingsPage, office: Office) -> None:
    branch = add_branch(office, members=10)
    add_members(office, branch, 1, names=("Thạch Thị Huệ",))
    meeting = frozen_one(office, branch)
    open_meeting(shell, page, meeting.id)
    page.on_find()
    type_numbers(qtbot, page, "thach hue")
    page.attendance.entry.read()
    assert [row.full_name for row in page.attendance.roster.table.model.rows] == ["Thạch Thị Huệ"]
    qtbot.keyClick(page.attendance.entry.line, KEY.Key_Return)
    marked = [row.full_name for row in office.meetings.sheet(meeting.id).rows if row.mark is Mark.PRESENT]
    assert marked == ["Thạch Thị Huệ"]
    type_numbers(qtbot, page, "khongco")
    page.attendance.entry.read()
    assert page.attendance.roster.table.model.rows == []


def test_digits_mark_and_go_to_the_next_person(qtbot: QtBot, shell: Any, page: MeetingsPage, office: Office) -> None:
    meeting = frozen_one(office, add_branch(office, members=5))
    open_meeting(shell, page, meeting.id)
    qtbot.keyClick(page.attendance.entry.line, KEY.Key_Down)
    view = page.attendance.roster.table.view
    for key in (KEY.Key_1, KEY.Key_2, KEY.Key_0, KEY.Key_1):
        qtbot.keyClick(view, key)
    rows = office.meetings.sheet(meeting.id).rows
    assert [row.mark for row in rows] == [Mark.PRESENT, Mark.EXCUSED, Mark.ABSENT, Mark.PRESENT, None]
    page.attendance.roster.table.choose(rows[0].id)
    qtbot.keyClick(view, KEY.Key_Delete)
    assert office.meetings.sheet(meeting.id).rows[0].mark is None
    at = page.attendance.roster.table.model.index(4, 4)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(at).center())
    assert office.meetings.sheet(meeting.id).rows[4].mark is Mark.PRESENT
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(at).center())
    assert office.meetings.sheet(meeting.id).rows[4].mark is None, "a second click takes it away"


def test_a_note_is_written_in_its_place(qtbot: QtBot, shell: Any, page: MeetingsPage, office: Office) -> None:
    meeting = frozen_one(office, add_branch(office, members=3))
    open_meeting(shell, page, meeting.id)
    roster = page.attendance.roster
    roster.table.choose(office.meetings.sheet(meeting.id).rows[1].id)
    view = roster.table.view
    view.setFocus()
    qtbot.keyClick(view, KEY.Key_F2)
    editor = roster._editor
    assert editor is not None
    qtbot.keyClicks(editor, "Di kham benh")
    qtbot.keyClick(editor, KEY.Key_Return)
    assert office.meetings.sheet(meeting.id).rows[1].note == "Di kham benh"
    qtbot.keyClick(view, KEY.Key_F2)
    qtbot.keyClicks(roster._editor, "x")
    qtbot.keyClick(roster._editor, KEY.Key_Escape)
    assert office.meetings.sheet(meeting.id).rows[1].note == "Di kham benh"


def test_finishing_asks_what_no_mark_means(qtbot: QtBot, shell: Any, page: MeetingsPage, office: Office) -> None:
    meeting = frozen_one(office, add_branch(office, members=5))
    office.meetings.type_marks(meeting.id, "1-3")
    open_meeting(shell, page, meeting.id)
    qtbot.keyClick(shell, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert shell.frame.message.text(), "it says that two people are not marked"
    assert office.meetings.sheet(meeting.id).meeting.state is MeetingState.ROSTER_FROZEN
    page.attendance.totals._choices[Mark.ABSENT].click()
    page.attendance.finish_button.click()
    assert office.meetings.sheet(meeting.id).meeting.state is MeetingState.CLOSED
    assert shell.frame.message.text(), "the minutes are missing: a warning"
    assert page.attendance.roster.read_only
    qtbot.keyClick(page.attendance.roster.table.view, KEY.Key_0)
    assert tally_of(office, meeting.id) == Tally(3, 0, 2, 0)
    page.attendance.notice.actions_shown()[0].click()
    assert office.meetings.sheet(meeting.id).meeting.state is MeetingState.ROSTER_FROZEN


def test_guests_are_a_head_count_outside_the_rate(qtbot: QtBot, shell: Any, page: MeetingsPage, office: Office) -> None:
    meeting = frozen_one(office, add_branch(office, members=4))
    open_meeting(shell, page, meeting.id)
    line = page.attendance.totals.guest_line
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "6")
    qtbot.keyClick(line, KEY.Key_Tab)
    assert office.meetings.sheet(meeting.id).meeting.guests == 6
    assert tally_of(office, meeting.id).roster == 4
    line.setText("sau")
    line.editingFinished.emit()
    assert line.property("state") == "bad"
    assert shell.frame.message.text()
    page.on_why()
    assert not page.attendance.why.isHidden()
    assert page.on_escape()
    assert page.attendance.why.isHidden()


def test_the_roster_is_frozen_from_the_page_and_takes_late_joiners(
    qtbot: QtBot, shell: Any, page: MeetingsPage, office: Office
) -> None:
    branch = add_branch(office, members=4)
    meeting = plan_one(office, branch)
    open_meeting(shell, page, meeting.id)
    assert not page.attendance.entry.line.isEnabled()
    in_dialog(Dialog, lambda dialog: dialog.accept())
    page.attendance.freeze_button.click()
    assert len(page.attendance.roster.table.model.rows) == 4
    add_members(office, branch, 1, since=HELD, names=("Lê Thị An",))

    def choose(dialog: Dialog) -> None:
        people = dialog.findChild(QListWidget)
        assert people is not None
        assert people.count() == 1
        dialog.accept()

    in_dialog(Dialog, choose)
    page.attendance.late_button.click()
    assert page.attendance.roster.table.model.rows[-1].row_number == 5


def test_before_the_day_the_blank_sheet_is_all(qtbot: QtBot, shell: Any, page: MeetingsPage, office: Office) -> None:
    branch = add_branch(office, members=3)
    meeting = frozen_one(office, branch, date(2026, 10, 30))
    shell.go("meetings", meeting_id=meeting.id)
    shown = page.attendance
    assert shown.notice.text()
    assert shown.entry.isHidden()
    assert shown.finish_button.isHidden()
    assert not shown.print_button.isHidden()
    assert not shown.late_button.isHidden(), "who joins before the day still comes onto the roster"
    shown.roster.table.view.setFocus()
    qtbot.keyClick(shown.roster.table.view, KEY.Key_1)
    assert office.meetings.sheet(meeting.id).tally.unmarked == 3


def test_ctrl_page_down_goes_to_the_next_meeting(qtbot: QtBot, shell: Any, page: MeetingsPage, office: Office) -> None:
    first = frozen_one(office, add_branch(office, "Ấp Một", 3), date(2026, 10, 3))
    second = frozen_one(office, add_branch(office, "Ấp Hai", 3), date(2026, 10, 4))
    open_meeting(shell, page, first.id)
    qtbot.keyClick(shell, KEY.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert page.attendance.meeting_id == second.id
    qtbot.keyClick(shell, KEY.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.attendance.meeting_id == first.id


def test_a_closed_month_is_only_looked_at(shell: Any, page: MeetingsPage, office: Office) -> None:
    meeting = closed_one(office, add_branch(office, members=5))
    with office.write("test.close") as work:
        row = {"id": office.new_id(), "period": "2026-10", "edition": 1, "closed_on": date(2026, 10, 30)}
        work.insert(closing, [row])
    page.refresh()
    assert not page.month.plan_button.isVisible()
    assert page.month.notice.text()
    open_meeting(shell, page, meeting.id)
    assert not page.attendance.finish_button.isVisible()
    assert page.attendance.roster.read_only
    assert page.attendance.notice.text()
    page.open_minutes(meeting.id)
    assert not page.minutes.finish_button.isVisible()


def test_a_viewer_changes_nothing(shell: Any, page: MeetingsPage, office: Office) -> None:
    meeting = frozen_one(office, add_branch(office, members=5))
    shell.context.read_only = True
    page.refresh()
    assert not page.month.plan_button.isVisible()
    open_meeting(shell, page, meeting.id)
    assert page.attendance.roster.read_only
    assert not page.attendance.entry.line.isEnabled()
    page.open_minutes(meeting.id)
    assert not page.minutes.finish_button.isVisible()


def test_the_panel_offers_what_can_be_done(qtbot: QtBot, shell: Any, page: MeetingsPage, office: Office) -> None:
    meeting = plan_one(office, add_branch(office, members=5))
    page.refresh()
    assert page.month.table.choose(meeting.id)
    panel, line = page.month.panel, page.month.table.current()
    assert line is not None
    assert not panel.isHidden()
    codes = [deed[0] for deed in panel.deeds(line, closed=False) if deed is not None]
    assert codes == ["attendance", "minutes", "print", "print_minutes", "change", "cancel"]
    panel.asked.emit(line, "cancel")
    assert page.month.table.model.rows[0].meeting is None
    shell.frame.toast.undo_button.click()
    assert page.month.table.model.rows[0].meeting is not None
    page.month.table.choose(meeting.id)
    view = page.month.table.view
    spot = view.visualRect(view.currentIndex()).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot))
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot))
    assert page.current() is page.attendance


def test_after_the_undo_of_its_plan_a_meeting_shown_gives_way_to_the_list(
    shell: Any, page: MeetingsPage, office: Office
) -> None:
    meeting = plan_one(office, add_branch(office, members=5))
    open_meeting(shell, page, meeting.id)
    shell.undo()
    assert page.current() is page.month
