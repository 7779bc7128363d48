"""Minutes and proposals in the window: saved field by field, finished, answered."""

from __future__ import annotations

from datetime import date
from typing import Any

from pytestqt.qtbot import QtBot

from sochihoi.services.office import Office
from sochihoi.ui.meetings.page import MeetingsPage
from sochihoi.ui.meetings.proposals_tab import ProposalDialog
from tests.meetings_data import add_branch, closed_one
from tests.ui.meetings_driving import in_dialog, open_meeting, page, write_in

__all__ = ["page"]


def test_each_field_of_the_minutes_is_saved_when_it_is_left(
    qtbot: QtBot, shell: Any, page: MeetingsPage, office: Office
) -> None:
    meeting = closed_one(office, add_branch(office, members=5))
    open_meeting(shell, page, meeting.id, "minutes")
    form = page.minutes.form
    write_in(qtbot, form["discussion"].editor, "Ban viec ho gia dinh")
    form["conclusion"].editor.setFocus()
    kept = office.meetings.sheet(meeting.id).meeting.minutes
    assert kept.discussion == "Ban viec ho gia dinh"
    assert kept.agenda.startswith("1. "), "the template came along"
    form["ends_at"].editor.setFocus()
    write_in(qtbot, form["ends_at"].editor, "15h30")
    form["chair"].editor.setFocus()
    assert office.meetings.sheet(meeting.id).meeting.ends_at == "15:30"
    write_in(qtbot, form["chair"].editor, "Lam Thi Cuc")
    form["secretary"].editor.setFocus()
    page.on_finish()
    assert form["secretary"].error()
    assert shell.frame.message.text()
    write_in(qtbot, form["secretary"].editor, "Do Thi Mai")
    page.on_finish()
    assert office.meetings.sheet(meeting.id).meeting.minutes_done_on == office.today
    assert not page.minutes.finish_button.isVisible()
    page.minutes.notice.actions_shown()[0].click()
    assert office.meetings.sheet(meeting.id).meeting.minutes_done_on is None


def test_a_vote_is_written_with_its_counts(qtbot: QtBot, shell: Any, page: MeetingsPage, office: Office) -> None:
    meeting = closed_one(office, add_branch(office, members=5))
    open_meeting(shell, page, meeting.id, "minutes")
    votes: Any = page.minutes.form["votes"]
    votes.add_button.click()
    write_in(qtbot, votes.rows[0].question, "Mua trong")
    write_in(qtbot, votes.rows[0].counts[0], "x")
    page.minutes.form["chair"].editor.setFocus()
    assert votes.error()
    votes.rows[0].counts[0].setText("5")
    assert page.minutes.save()
    assert office.meetings.sheet(meeting.id).meeting.minutes.votes[0].in_favour == 5
    page.refresh()
    votes._remove(votes.rows[0])
    assert office.meetings.sheet(meeting.id).meeting.minutes.votes == ()


def test_a_proposal_is_written_answered_and_leaves_the_list(
    qtbot: QtBot, shell: Any, page: MeetingsPage, office: Office
) -> None:
    meeting = closed_one(office, add_branch(office, members=5))
    open_meeting(shell, page, meeting.id, "minutes")

    def write(dialog: ProposalDialog) -> None:
        dialog.keep()
        assert dialog.form["content"].error()
        dialog.form["content"].set_value("Xin thêm đèn đường")
        dialog.form["due_on"].set_value(date(2026, 10, 20))
        dialog.keep()

    in_dialog(ProposalDialog, write)
    page.on_new()
    assert [one.content for one in page.minutes.table.model.rows] == ["Xin thêm đèn đường"]
    shell.go("meetings", tab="proposals")
    waiting = page.month.proposals.table.model.rows
    assert [one.overdue_days(office.today) for one in waiting] == [6]

    def answer(dialog: ProposalDialog) -> None:
        dialog.form["answer"].set_value("Đã lắp.")
        dialog.keep()

    in_dialog(ProposalDialog, answer)
    page.month.proposals.open(waiting[0].proposal)
    assert page.month.proposals.table.model.rows == []
    assert office.meetings.proposals.of(meeting.id)[0].answered_on == office.today
    shell.frame.toast.undo_button.click()
    assert len(page.month.proposals.table.model.rows) == 1
