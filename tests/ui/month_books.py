"""The books of the month in the window: register, households, a meeting, a study session, the campaign, a score."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from sochihoi.domain.campaign import Round
from sochihoi.domain.meetings import MeetingState, Tally
from sochihoi.domain.rubric_records import OWN, VERIFIED
from sochihoi.domain.scoring import ScoreState
from sochihoi.services.imports import Fate
from sochihoi.ui.campaign.dialogs import DayDialog
from sochihoi.ui.meetings.dialogs import PlanDialog
from sochihoi.ui.reports.entry_dialog import EntryDialog
from sochihoi.ui.study.campaign_dialog import CampaignDialog
from sochihoi.ui.study.campaign_page import MISSING
from sochihoi.ui.study.session_dialog import SessionDialog
from sochihoi.ui.targets.dialogs import EnterDialog
from tests.ui.month_driving import Desk, agree, drop, in_dialog, write

LIST = Path(__file__).parents[1] / "intake" / "data" / "hoi-vien-1.xlsx"
BRANCH = "Ấp An Hòa"
KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def import_the_list(desk: Desk) -> None:
    overview = desk.go("overview")
    assert overview.first.isVisible(), "the book is empty: it says what comes first"
    page = desk.go("people")
    page.import_button.click()
    drop(page.intake.drop, LIST)
    desk.wait(lambda: page.intake.preview is not None)
    assert page.intake.preview.count(Fate.NEW) == 400
    assert desk.office.people.rows() == [], "nothing is stored before the button with the number"
    assert "400" in page.intake.commit_button.text()
    page.intake.commit_button.click()
    desk.wait(lambda: page.intake.result is not None)
    page.intake.finish_button.click()
    assert len(page.table.model.rows) == 400
    with desk.qtbot.waitSignal(page.filter_row.wait.timeout):
        page.search.setFocus()
        desk.keys("quynh tham")
    assert "Tăng Quỳnh Thắm" in [row.full_name for row in page.table.model.rows]
    page.clear_filters()


def give_households(desk: Desk) -> None:
    page = desk.go("households")
    assert page.table._blank.action is not None
    page.table._blank.action.click()
    page.make_all.click()
    assert len(desk.office.households.rows()) == 400


def hold_a_meeting(desk: Desk) -> None:
    page = desk.go("meetings")

    def plan(dialog: PlanDialog) -> None:
        assert len(dialog.chosen()) == 8
        write(dialog.form["held_on"].editor, "10/10/2026")
        write(dialog.form["starts_at"].editor, "14h")
        write(dialog.form["place"].editor, "Nhà văn hóa ấp")
        write(dialog.form["topic"].editor, "Phòng, chống bạo lực gia đình")
        dialog.deed.click()

    with in_dialog(PlanDialog, plan):
        desk.key(KEY.Key_N, CONTROL)
    lines = page.month.table.model.rows
    assert [line.meeting.state for line in lines] == [MeetingState.PLANNED] * 8
    meeting_id = next(line.meeting.id for line in lines if line.branch == BRANCH)
    page.month.table.choose(meeting_id)
    page.month.table.view.setFocus()
    desk.key(KEY.Key_Return)
    sheet = page.attendance
    assert page.current() is sheet
    with agree():
        sheet.freeze_button.click()
    assert len(sheet.roster.table.model.rows) == 50
    assert desk.paper(sheet.print_button.click, "Ấp An Hòa") >= 2

    desk.front()
    sheet.entry.line.setFocus()
    desk.keys("1-25, 28, !7")
    desk.key(KEY.Key_Return)
    assert desk.office.meetings.sheet(meeting_id).tally == Tally(25, 0, 1, 24)
    sheet.finish_button.click()
    assert desk.told(), "24 without a mark: it asks what that means"
    assert desk.office.meetings.sheet(meeting_id).meeting.state is MeetingState.ROSTER_FROZEN
    choices = {one.text(): one for one in sheet.totals._choices.values()}
    choices["Vắng không phép"].click()
    sheet.finish_button.click()
    assert desk.office.meetings.sheet(meeting_id).tally == Tally(25, 0, 25, 0)

    sheet.minutes_button.click()
    form = page.minutes.form
    for name, text in (
        ("ends_at", "15h30"),
        ("chair", "Thạch Thị Mẫu"),
        ("secretary", "Lý Thị Ví Dụ"),
        ("discussion", "Chị em bàn việc giữ vệ sinh đường ấp."),
        ("conclusion", "Thống nhất dọn vệ sinh ngày chủ nhật đầu tháng."),
    ):
        write(form[name].editor, text)
    form["topic"].editor.setFocus()
    page.minutes.finish_button.click()
    meeting = desk.office.meetings.sheet(meeting_id).meeting
    assert (meeting.state, meeting.minutes_done_on) == (MeetingState.CLOSED, desk.office.today)
    assert meeting.minutes.conclusion == "Thống nhất dọn vệ sinh ngày chủ nhật đầu tháng."
    assert desk.paper(page.minutes.print_button.click, "BIÊN BẢN", "Thạch Thị Mẫu", "Lý Thị Ví Dụ") >= 1


def study_a_resolution(desk: Desk) -> None:
    page = desk.go("study")

    def begin(dialog: CampaignDialog) -> None:
        write(dialog.form["title"].editor, "Nghị quyết Đại hội")
        write(dialog.form["document_number"].editor, "05-NQ/TW")
        write(dialog.form["issuer"].editor, "Trung ương Hội")
        write(dialog.form["starts_on"].editor, "1/10/2026")
        write(dialog.form["deadline"].editor, "20/11/2026")
        dialog.deed.click()

    with in_dialog(CampaignDialog, begin):
        page.list.begin_button.click()
    (view,) = desk.office.study.campaigns()
    assert page.current() is page.campaign
    assert (view.members.reached, view.members.eligible) == (0, 400)

    def add(dialog: SessionDialog) -> None:
        write(dialog.form["held_on"].editor, "20/10/2026")
        branches = dialog.form["branches"].editor
        (branch,) = branches.findItems(BRANCH, Qt.MatchFlag.MatchExactly)
        branch.setCheckState(Qt.CheckState.Checked)
        write(dialog.form["place"].editor, "Nhà văn hóa ấp")
        dialog.deed.click()

    with in_dialog(SessionDialog, add):
        page.campaign.session_button.click()
    desk.key(KEY.Key_Return)
    assert page.current() is page.session
    page.session.entry.line.setFocus()
    desk.keys("1-30, !7")
    desk.key(KEY.Key_Return)
    page.session.done_button.click()
    assert page.current() is page.campaign
    view = desk.office.study.view(view.campaign.id)
    assert (view.members.reached, view.members.eligible) == (29, 400)
    assert view.member_goal is not None
    assert view.member_goal.needed == 380 - 29, "95 % of 400 are 380"
    assert {line.branch: line.coverage.reached for line in page.campaign.branches.model.rows}[BRANCH] == 29
    assert len(desk.office.study.missing(view.campaign.id)) == 371


def assess_households(desk: Desk) -> None:
    page = desk.go("campaign")
    assert page.year_page._title.text() == "5 không, 3 sạch, 3 an"
    page.year_page.list_button.click()
    with in_dialog(DayDialog, lambda dialog: dialog.keep_button.click()):
        page.households_page.register_button.click()
    assert desk.office.campaign.results(2026).total.registered == 400
    page.households_page.on_escape()
    branch_id = next(one.branch_id for one in page.year_page.table.model.rows if one.branch == BRANCH)
    page.year_page.table.choose(branch_id)
    page.year_page.table.view.setFocus()
    desk.key(KEY.Key_Return)
    grid = page.grid_page
    assert page.current() is grid
    desk.keys("11121111111")  # all met, no child of that age
    desk.keys("01111111111")  # the first is not met
    for _household in range(48):
        desk.key(KEY.Key_Return, CONTROL)
    assert grid.progress_words.text() == "50/50 hộ xong"
    grid.finish_button.click()
    for which in (Round.BRANCH_REVIEW, Round.COMMUNE_CONFIRM):
        grid.next_button.click()
        assert grid.desk.round is which
        assert grid.empty.action is not None
        grid.empty.action.click()  # the results of the round before are copied
        grid.finish_button.click()
    total = desk.office.campaign.results(2026).total
    assert (total.confirmed, total.passed) == (50, 49)
    page.grid_page.on_escape()
    assert desk.office.campaign.results(2026).sets.own.code == "5K3S3A-2026"


def score_a_branch(desk: Desk) -> None:
    page = desk.go("rubric")
    branch_id = next(one.branch_id for one in page.list.table.model.rows if one.branch == BRANCH)
    page.list.table.choose(branch_id)
    page.list.table.view.setFocus()
    desk.key(KEY.Key_Return)
    score = page.score
    assert page.current() is score
    for column, state in ((OWN, ScoreState.SELF_SCORED), (VERIFIED, ScoreState.COMMUNE_VERIFIED)):
        assert score.sheet.column == column
        score.take_button.click()
        for _blank in score.sheet.shown.open_criteria:
            score.grid.go_to_blank()
            score.grid.view.setFocus()
            desk.keys("1")
            desk.key(KEY.Key_Return)
        assert score.sheet.shown.complete
        if column == OWN:
            score.finish_button.click()
        else:
            if score.sheet.unanswered:
                score.conditions.rest_button.click()
            with agree():
                score.finish_button.click()
        assert score.sheet.score.state is state, desk.told()
    assert desk.paper(score.print_button.click, BRANCH) >= 1


def set_targets(desk: Desk) -> None:
    """One target is entered by hand; another rests on a figure of the month and leads there."""
    page = desk.go("targets")
    by_hand = next(row for row in page.table.model.rows if row.indicator is None and row.target.denominator is not None)

    def enter(dialog: EnterDialog) -> None:
        write(dialog.form["numerator"].editor, "7")
        write(dialog.form["denominator"].editor, "8")
        dialog.accept_form()

    page.table.choose(by_hand.target.id)
    with in_dialog(EnterDialog, enter):
        page.enter_button.click()
    row = next(row for row in page.table.model.rows if row.target.id == by_hand.target.id)
    assert (row.standing.numerator, row.standing.denominator) == (7, 8)
    entered = next(
        row for row in page.table.model.rows if row.indicator is not None and row.indicator.source.startswith("entered")
    )
    page.table.choose(entered.target.id)
    with in_dialog(EntryDialog, lambda dialog: dialog.reject()):
        page.enter_button.click()
        desk.idle()
    assert desk.shell.current_key == "reports"


def look_at_the_first_page(desk: Desk) -> None:
    """It says what is due, and its button goes there."""
    page = desk.go("overview")
    assert not page.first.isVisible()
    assert page.due.buttons
    assert page.missing.buttons
    words = [one.accessibleName() for one in page.due.buttons]
    at = next(at for at, text in enumerate(words) if "Nghị quyết Đại hội" in text)
    page.due.buttons[at].click()
    study = desk.shell.page()
    assert desk.shell.current_key == "study"
    assert study.current() is study.campaign
    assert study.campaign.tabs.currentIndex() == MISSING
