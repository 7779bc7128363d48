"""The pages of study, driven as an officer drives them: campaigns, sessions, who is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from sochihoi.domain.study import CampaignState, StudyCampaign, TargetGroup
from sochihoi.domain.targets import Direction
from sochihoi.services.office import Office
from sochihoi.services.study import TargetDraft
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.ticks import TicksField
from sochihoi.ui.study import presenter
from sochihoi.ui.study.campaign_dialog import CampaignDialog
from sochihoi.ui.study.campaign_page import MISSING, SESSIONS
from sochihoi.ui.study.page import StudyPage
from sochihoi.ui.study.session_dialog import SessionDialog
from sochihoi.ui.study.targets_field import TargetsField
from tests import study_data
from tests.people_data import add_branch, add_members
from tests.ui.study_driving import in_dialog, page

KEY = Qt.Key
__all__ = ["page"]


def test_an_empty_book_says_what_to_do_first(page: StudyPage) -> None:
    assert page.list.table.model.rows == []
    assert page.list.table._blank.action is not None


def test_a_campaign_is_begun_with_a_group_more(shell: Any, page: StudyPage, office: Office) -> None:
    def fill(dialog: CampaignDialog) -> None:
        dialog.accept_form()
        assert dialog.isVisible(), "without a name nothing is begun"
        assert dialog.form["title"].error()
        dialog.form["title"].set_value("Nghị quyết Đại hội XIV")
        dialog.form["deadline"].set_value(date(2026, 11, 10))
        women = dialog.form["targets"].lines[TargetGroup.WOMEN]  # type: ignore[attr-defined]
        women.box.click()
        assert women.percent.text() == "70"
        women.size.setText("5.200")
        women.percent.setText("170")
        dialog.accept_form()
        assert dialog.form["targets"].error()
        women.percent.setText("70")
        women.direction.setCurrentIndex(women.direction.findData(Direction.OVER))
        dialog.deed.click()

    in_dialog(CampaignDialog, fill)
    page.on_new()
    (view,) = office.study.campaigns()
    assert view.campaign.title == "Nghị quyết Đại hội XIV"
    assert view.members.eligible == 20
    told = {g.target.target_group: (g.target.percent, g.target.direction, g.target.eligible_count) for g in view.groups}
    assert told == {
        TargetGroup.MEMBERS: (95, Direction.AT_LEAST, None),
        TargetGroup.WOMEN: (70, Direction.OVER, 5200),
    }
    assert page.current() is page.campaign
    shell.frame.toast.undo_button.click()
    assert page.current() is page.list, "an undone campaign is not shown any more"
    assert office.study.campaigns() == ()


def test_what_was_typed_survives_a_power_cut(qtbot: QtBot, page: StudyPage) -> None:
    def type_and_lose(dialog: CampaignDialog) -> None:
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        line = dialog.form["title"].editor
        line.setFocus()
        qtbot.keyClicks(line, "Chuyen de")
        dialog.form["issuer"].editor.setFocus()
        dialog.form["targets"].lines[TargetGroup.COMMITTEE].box.click()  # type: ignore[attr-defined]
        dialog.done(0)

    def find_again(dialog: CampaignDialog) -> None:
        assert dialog.message.text()
        dialog.message.actions_shown()[0].click()
        assert dialog.form["title"].value() == "Chuyen de"
        assert {t.group for t in dialog.form["targets"].value()} == {TargetGroup.MEMBERS, TargetGroup.COMMITTEE}
        dialog.reject()

    in_dialog(CampaignDialog, type_and_lose)
    page.on_new()
    in_dialog(CampaignDialog, find_again)
    page.on_new()


def test_the_direction_of_a_target_is_kept_shown_and_applied(page: StudyPage, office: Office) -> None:
    campaign = study_data.begin(office, percent=90)
    office.study.type_present(study_data.hold(office, campaign), "1-18")
    page.open_campaign(campaign)
    assert office.study.view(campaign).groups[0].met, "18 of 20 are 90 % or more"

    def over(dialog: CampaignDialog) -> None:
        members = dialog.form["targets"].lines[TargetGroup.MEMBERS]  # type: ignore[attr-defined]
        assert members.direction.currentData() is Direction.AT_LEAST
        members.direction.setCurrentIndex(members.direction.findData(Direction.OVER))
        members.direction.activated.emit(members.direction.currentIndex())
        assert dialog.form["targets"].draft()[0] == ["MEMBERS", "90", "", "OVER"]
        dialog.deed.click()

    in_dialog(CampaignDialog, over)
    page.campaign.change_button.click()
    group = office.study.view(campaign).groups[0]
    assert (group.target.direction, group.met, group.needed) == (Direction.OVER, False, 1)
    shown = page.campaign.cards.cards[0].findChildren(QLabel)
    assert any(presenter.goal(group.target) in label.text() for label in shown)


def test_a_draft_without_directions_is_restored(page: StudyPage) -> None:
    field = TargetsField("targets", "Ai")
    field.restore([["WOMEN", "70", "5.200"], ["MEMBERS", "90", "", "EXACTLY"]])
    assert field.value() == (
        TargetDraft(TargetGroup.MEMBERS, 90, None, Direction.EXACTLY),
        TargetDraft(TargetGroup.WOMEN, 70, 5200, Direction.AT_LEAST),
    )


def test_changing_keeps_the_list_and_the_sizes(page: StudyPage, office: Office) -> None:
    campaign = study_data.begin(office)
    page.open_campaign(campaign)

    def change(dialog: CampaignDialog) -> None:
        assert dialog.form["targets"].value() == (
            TargetDraft(TargetGroup.MEMBERS, 95),
            TargetDraft(TargetGroup.WOMEN, 70, 40),
        )
        dialog.form["note"].set_value("Theo kế hoạch tỉnh")
        dialog.deed.click()

    in_dialog(CampaignDialog, change)
    page.campaign.change_button.click()
    view = office.study.view(campaign)
    assert view.campaign.note == "Theo kế hoạch tỉnh"
    assert (view.campaign.frozen_on, view.members.eligible) == (date(2026, 10, 26), 20)


def test_the_overview_opens_those_missing(shell: Any, page: StudyPage, office: Office) -> None:
    campaign = study_data.begin(office)
    branch = add_branch(office)[0]
    office.study.type_present(study_data.hold(office, campaign, branch), "1-5")
    shell.go("study", campaign_id=campaign, view="missing")
    assert page.campaign.tabs.currentIndex() == MISSING
    assert page.campaign.missing.total() == 15
    page.campaign.missing.choose(branch)
    shown = page.campaign.missing.shown()
    assert [row.row_number for row in shown] == [6, 7, 8, 9, 10, 11, 12]
    page.campaign.missing.copy_button.click()
    text = QGuiApplication.clipboard().text()
    assert all(row.full_name in text for row in shown)
    assert shown[0].phone not in text, "a message to a branch holds no phone numbers"


def test_a_branch_leads_to_its_missing(qtbot: QtBot, page: StudyPage, office: Office) -> None:
    page.open_campaign(study_data.begin(office))
    table = page.campaign.branches
    assert table.choose(add_branch(office, "Ấp Trà Cuôn")[0])
    qtbot.keyClick(table.view, KEY.Key_Return)
    assert page.campaign.tabs.currentIndex() == MISSING
    assert {row.branch for row in page.campaign.missing.shown()} == {"Ấp Trà Cuôn"}
    page.campaign.missing.search.setText("khongcoai")
    assert page.campaign.missing.shown() == []
    page.campaign.missing.table._blank.action.click()  # type: ignore[union-attr]
    assert len(page.campaign.missing.shown()) == 20


def test_the_cards_say_how_many_it_still_takes_and_why(page: StudyPage, office: Office) -> None:
    campaign = study_data.begin(office)
    session = study_data.hold(office, campaign)
    office.study.type_present(session, "1-18")
    office.study.set_heads(session, TargetGroup.WOMEN, 12)
    page.open_campaign(campaign)
    assert [card.group for card in page.campaign.cards.cards] == [TargetGroup.MEMBERS, TargetGroup.WOMEN]
    page.campaign.cards.cards[0].why_button.click()
    assert not page.campaign.why.isHidden()
    assert page.on_escape()
    assert page.campaign.why.isHidden()
    page.on_why()
    assert not page.campaign.why.isHidden()


def test_a_session_is_added_and_undone(shell: Any, page: StudyPage, office: Office) -> None:
    campaign = study_data.begin(office)
    page.open_campaign(campaign)
    branch = add_branch(office)[0]

    def fill(dialog: SessionDialog) -> None:
        dialog.form["held_on"].set_value(date(2026, 8, 30))
        dialog.form["branches"].set_value([branch])
        dialog.form["channels"].set_value(["LOUDSPEAKER"])
        dialog.deed.click()
        assert dialog.message.text(), "before the first day of the campaign"
        dialog.form["held_on"].set_value(date(2026, 10, 12))
        dialog.form["starts_at"].set_value("14h")
        dialog.deed.click()

    in_dialog(SessionDialog, fill)
    page.on_new()
    (row,) = office.study.sessions(campaign)
    assert (row.session.branches, row.session.starts_at) == ((branch,), "14:00")
    assert [c.name for c in row.session.channels] == ["LOUDSPEAKER"]
    assert page.campaign.tabs.currentIndex() == SESSIONS
    shell.frame.toast.undo_button.click()
    assert office.study.sessions(campaign) == ()


def test_a_session_is_for_the_whole_commune_or_for_the_branches_ticked(
    qtbot: QtBot, page: StudyPage, office: Office
) -> None:
    campaign = study_data.begin(office)
    page.open_campaign(campaign)

    def fill(dialog: SessionDialog) -> None:
        field = dialog.form["branches"]
        assert isinstance(field, TicksField)
        whole, *branches = (field.list.item(at) for at in range(field.list.count()))
        assert (whole.checkState(), field.value()) == (Qt.CheckState.Checked, [])
        whole.setCheckState(Qt.CheckState.Unchecked)
        dialog.deed.click()
        assert field.error(), "nobody is ticked"
        for one in branches:
            one.setCheckState(Qt.CheckState.Checked)
        assert len(field.value()) == 2
        whole.setCheckState(Qt.CheckState.Checked)
        assert field.value() == []
        for one in branches:
            one.setCheckState(Qt.CheckState.Checked)
        assert whole.checkState() == Qt.CheckState.Unchecked
        dialog.deed.click()

    in_dialog(SessionDialog, fill)
    page.on_new()
    (row,) = office.study.sessions(campaign)
    assert row.branches == ("Ấp An Hòa", "Ấp Trà Cuôn")
    assert presenter.for_whom(row.branches) == "Ấp An Hòa, Ấp Trà Cuôn"
    page.open_session(row.session.id)
    assert not page.session.branches.isHidden(), "a joint roster can be narrowed to one branch"
    assert len(page.session.shown()) == 20
    page.session.mark_all()

    def locked(dialog: SessionDialog) -> None:
        items = dialog.form["branches"].list  # type: ignore[attr-defined]
        flag = Qt.ItemFlag.ItemIsUserCheckable
        assert not any(items.item(at).flags() & flag for at in range(items.count()))
        dialog.form["place"].set_value("Trường học")
        dialog.deed.click()

    in_dialog(SessionDialog, locked)
    page.session.change_button.click()
    (row,) = office.study.sessions(campaign)
    assert (row.session.place, len(row.branches)) == ("Trường học", 2)


def test_closing_freezing_and_removing(shell: Any, page: StudyPage, office: Office) -> None:
    campaign = office.study.begin(StudyCampaign("", "Chuyên đề"), (), freeze=False)
    page.open_campaign(campaign)
    assert page.campaign.notice.text()
    page.campaign.notice.actions_shown()[0].click()
    assert office.study.view(campaign).members.eligible == 20
    add_members(office, "Ấp Trà Cuôn", 3)
    in_dialog(Dialog, lambda dialog: dialog.accept())
    page.campaign.freeze()
    assert office.study.view(campaign).members.eligible == 23
    page.campaign.close_campaign()
    assert office.study.view(campaign).campaign.state is CampaignState.CLOSED
    assert page.campaign.session_button.isHidden()
    page.campaign.reopen()
    assert not page.campaign.session_button.isHidden()
    page.campaign.remove()
    assert page.current() is page.list
    assert office.study.campaigns() == ()
    shell.frame.toast.undo_button.click()
    assert [view.campaign.id for view in office.study.campaigns()] == [campaign]


def test_what_is_gone_after_an_undo_leads_back(shell: Any, page: StudyPage, office: Office) -> None:
    campaign = study_data.begin(office)
    begun = office.study.last_batch
    page.open_campaign(campaign)
    office.history.undo(begun)
    shell.refresh_page()
    assert page.current() is page.list


def test_a_viewer_sees_no_editing(shell: Any, page: StudyPage, office: Office) -> None:
    campaign = study_data.begin(office)
    session = study_data.hold(office, campaign, add_branch(office)[0])
    page.context.read_only = True
    page.open_campaign(campaign)
    for one in (page.campaign.more_button, page.campaign.change_button, page.campaign.session_button):
        assert one.isHidden()
    page.open_session(session)
    assert page.session.entry.isHidden()
    assert page.session.change_button.isHidden()
