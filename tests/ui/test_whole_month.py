"""The month of a commune in the window, from an Excel list to a signed file in the hands of the level above.

One test: each leg stands on the one before.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sochihoi.domain.campaign import Round
from sochihoi.domain.meetings import MeetingState, Tally
from sochihoi.domain.rubric_records import OWN, VERIFIED
from sochihoi.domain.scoring import ScoreState
from sochihoi.services.imports import Fate
from sochihoi.ui.campaign.dialogs import DayDialog
from sochihoi.ui.meetings.dialogs import PlanDialog
from sochihoi.ui.reports.dialogs import TextDialog
from sochihoi.ui.reports.entry_dialog import EntryDialog
from sochihoi.ui.reports.presenter import ALL
from sochihoi.ui.shared import signed_files
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.signed_files import TrustDialog
from sochihoi.ui.study.campaign_dialog import CampaignDialog
from sochihoi.ui.study.session_dialog import SessionDialog
from sochihoi.ui.sync import page as sync_page
from sochihoi.ui.upper import inbox as upper_inbox
from tests.offices import make_above, make_office
from tests.ui.month_driving import OCTOBER, Desk, agree, desk_of, drop, in_dialog, write

LIST = Path(__file__).parents[1] / "intake" / "data" / "hoi-vien-1.xlsx"
BRANCH = "Ấp An Hòa"
WORDS = "Trong tháng, các chi hội giữ nếp sinh hoạt và học tập."
KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_the_whole_month(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("commune", "above", "stick"):
        (tmp_path / name).mkdir()
    office, above = make_office(tmp_path / "commune" / "data"), make_above(tmp_path / "above" / "data")
    with desk_of(office, tmp_path / "commune", qtbot) as desk:
        import_the_list(desk)
        give_households(desk)
        hold_a_meeting(desk)
        study_a_resolution(desk)
        assess_households(desk)
        score_a_branch(desk)
        enter_figures(desk)
        write_the_report(desk)
        close_the_month(desk)
        print_the_report(desk)
        with desk_of(above, tmp_path / "above", qtbot) as second:
            exchange_keys(desk, second, tmp_path / "stick", monkeypatch)
            send(desk, tmp_path / "stick", monkeypatch)
            receive(desk, second, tmp_path / "stick")
            answer(desk, second, tmp_path / "stick", monkeypatch)


def import_the_list(desk: Desk) -> None:
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
    with desk.qtbot.waitSignal(page._wait.timeout):
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
        write(dialog.form["held_on"].editor, "26/10/2026")
        write(dialog.form["starts_at"].editor, "14h")
        write(dialog.form["place"].editor, "Nhà văn hóa ấp")
        write(dialog.form["topic"].editor, "Phòng, chống bạo lực gia đình")
        dialog.deed.click()

    in_dialog(PlanDialog, plan)
    desk.key(KEY.Key_N, CONTROL)
    lines = page.month.table.model.rows
    assert [line.meeting.state for line in lines] == [MeetingState.PLANNED] * 8
    meeting_id = next(line.meeting.id for line in lines if line.branch == BRANCH)
    page.month.table.choose(meeting_id)
    page.month.table.view.setFocus()
    desk.key(KEY.Key_Return)
    sheet = page.attendance
    assert page.current() is sheet
    agree()
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

    in_dialog(CampaignDialog, begin)
    page.list.begin_button.click()
    (view,) = desk.office.study.campaigns()
    assert page.current() is page.campaign
    assert (view.members.reached, view.members.eligible) == (0, 400)

    def add(dialog: SessionDialog) -> None:
        write(dialog.form["held_on"].editor, "20/10/2026")
        branch = dialog.form["branch"].editor
        branch.setCurrentIndex(branch.findText(BRANCH))
        write(dialog.form["place"].editor, "Nhà văn hóa ấp")
        dialog.deed.click()

    in_dialog(SessionDialog, add)
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
    in_dialog(DayDialog, lambda dialog: dialog.keep_button.click())
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
        if column == VERIFIED:
            if score.sheet.unanswered:
                score.conditions.rest_button.click()
            agree()
        score.finish_button.click()
        assert score.sheet.score.state is state, desk.told()
    assert desk.paper(score.print_button.click, BRANCH) >= 1


def enter_figures(desk: Desk) -> None:
    page = desk.go("reports").figures
    page.which.setCurrentIndex(page.which.findData(ALL))
    page.which.activated.emit(page.which.currentIndex())

    def women(dialog: EntryDialog) -> None:
        for at in range(8):
            write(dialog.form[f"v{at}"].editor, str(70 + at))
        dialog.save()

    in_dialog(EntryDialog, women)
    page.table.choose("org.women_18", 1)
    page.table.view.setFocus()
    desk.key(KEY.Key_Return)
    page.table.choose("dues.collected_vnd", 1)
    desk.key(KEY.Key_F2)
    write(page.table._editor, "4.120.000")
    page.table.stop_typing()
    figures = {one.key: one for one in page.presenter.rows(ALL)}
    assert figures["org.women_18"].now() == "588"
    assert figures["dues.collected_vnd"].now() == "4.120.000"
    assert figures["org.members"].now() == "400"
    assert figures["org.gathering_pct"].row.now.denominator == 588
    page.table.choose("org.gathering_pct", 1)
    desk.key(KEY.Key_I, CONTROL)
    assert page.side.currentWidget() is page.panel
    desk.key(KEY.Key_Escape)
    assert page.side.currentWidget() is page.checks


def write_the_report(desk: Desk) -> None:
    page = desk.go("reports")
    page.figures.report_button.click()
    assert page.current() is page.report
    drafted = [one for one in page.report._boxes.values() if one.field.value()]
    assert len(drafted) >= 3, "the words are drafted from the figures"
    assert "400" in " ".join(str(one.field.value()) for one in drafted)
    box = page.report.box(drafted[0].code)
    write(box.field.editor, WORDS)
    page.report.on_escape()
    assert page.current() is page.figures
    sections = {one.section.code: one for one in desk.office.months.narrative.sections(OCTOBER)}
    assert (sections[box.code].content, sections[box.code].edited) == (WORDS, True)


def close_the_month(desk: Desk) -> None:
    page = desk.go("reports").figures
    assert not page.close_button.isEnabled()
    assert not page.presenter.checks.errors
    wanted = [one.code for one in page.presenter.checks.unreasoned]
    assert {"month.early", "meetings.planned", "branches.no_meeting"} <= set(wanted)
    for code in wanted:
        desk.wait(lambda code=code: bool(_shown(page.checks, code)))
        (give,) = _shown(page.checks, code)

        def tell(dialog: TextDialog) -> None:
            write(dialog.form["reason"].editor, "Chi hội họp dồn vào tháng sau.")
            dialog.buttons.itemAt(dialog.buttons.count() - 1).widget().click()

        in_dialog(TextDialog, tell)
        give.click()
    assert page.presenter.checks.unreasoned == ()
    assert page.close_button.isEnabled()
    agree()
    desk.key(KEY.Key_Return, CONTROL)
    assert "2026-10" in _closed(desk)
    assert not page.close_button.isVisible()
    meetings = desk.go("meetings")
    assert not meetings.month.plan_button.isVisible(), "a closed month is only looked at"


def _shown(place: QWidget, name: str) -> list[QPushButton]:
    return [one for one in place.findChildren(QPushButton, name) if one.isVisible()]


def _closed(desk: Desk) -> dict[str, date]:
    with desk.office.read() as work:
        return dict(work.months.closed())


def print_the_report(desk: Desk) -> None:
    page = desk.go("reports")
    page.figures.report_button.click()
    assert desk.paper(page.report.preview_button.click, "BÁO CÁO", WORDS, "400", "Nơi nhận") >= 2
    page.report.on_escape()


def exchange_keys(desk: Desk, second: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each side hands its key file over; the digits are compared before one is accepted."""
    files = []
    monkeypatch.setattr(signed_files, "choose_target", lambda *_a: files[-1])

    def save(dialog: Dialog) -> None:
        card = dialog.findChild(signed_files.KeyCard)
        assert card is not None
        card.save_button.click()

    files.append(stick / second.office.sending.key_name())
    in_dialog(Dialog, save)
    second.go("upper").show_own_key()
    page = desk.go("sync")
    assert not page.send_button.isEnabled()
    files.append(stick / desk.office.sending.key_name())
    page.keys.save_button.click()

    def compare(dialog: TrustDialog) -> None:
        assert not dialog.accept_button.isEnabled()
        dialog.compared.click()
        dialog.accept_button.click()

    monkeypatch.setattr(sync_page, "choose_file", lambda *_a: files[0])
    in_dialog(TrustDialog, compare)
    page.trust_button.click()
    assert page.send_button.isEnabled(), desk.told()
    parent = desk.office.sending.parent()
    assert parent is not None
    assert parent.unit_code == "99"
    upper = second.go("upper")
    in_dialog(TrustDialog, compare)
    drop(upper, files[1])
    assert [one.key.unit_code for one in second.office.receiving.units()] == ["99001"]


def send(desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = desk.go("sync")
    monkeypatch.setattr(sync_page, "choose_folder", lambda *_a: stick)
    agree()
    desk.key(KEY.Key_Return, CONTROL)
    desk.wait(lambda: page.standing.sent)
    (made,) = page.table.model.rows
    assert (stick / made.file_name).read_bytes() == desk.office.sending.content(made.id)
    assert desk.paper(page.slip_button.click) == 1


def receive(desk: Desk, second: Desk, stick: Path) -> None:
    page = second.go("upper")
    drop(page, *sorted(stick.glob("*.hpn")))
    second.wait(lambda: bool(page.inbox.table.model.rows))
    (line,) = page.inbox.table.model.rows
    assert line.outcome.name == "STORED", line.what
    page.refresh(tab="figures")
    page.figures.known_only.click()
    shown = {one.code: one.row for one in page.figures.table.model.rows if one.row is not None}
    sheet = desk.office.figures.of(OCTOBER)
    compared = 0
    for mine in sheet.rows:
        theirs = shown[mine.indicator.code]
        assert theirs.now == mine.now, mine.indicator.code
        assert theirs.year_to_date == mine.year_to_date, mine.indicator.code
        compared += mine.now.known
    assert compared >= 20
    assert shown["org.members"].now.value == 400
    drop(page, *sorted(stick.glob("*.hpn")))
    second.wait(lambda: page.inbox.table.model.rows[0].outcome.name == "DUPLICATE")


def answer(desk: Desk, second: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The receipt goes back, and the commune sees that its file was received."""
    upper = second.go("upper")
    before = set(stick.iterdir())
    monkeypatch.setattr(upper_inbox, "choose_folder", lambda *_a: stick)
    upper.inbox.save_receipts(())
    (receipt,) = set(stick.iterdir()) - before
    page = desk.go("sync")
    drop(page, receipt)
    (made,) = page.table.model.rows
    assert made.state.name == "RECEIVED"
