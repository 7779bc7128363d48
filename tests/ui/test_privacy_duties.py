"""Requests, the 72 hours and how long things are kept, driven as an officer drives them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from sochihoi.domain.accounts import Account, Role
from sochihoi.domain.duties import Incident, Request, RequestKind, Retention
from sochihoi.domain.people import LeaveReason
from sochihoi.domain.study import Coverage, StudyCampaign, StudySession, TargetGroup
from sochihoi.services.office import Office
from sochihoi.services.privacy.papers import incident_paper
from sochihoi.services.study import TargetDraft
from sochihoi.ui.privacy import retention
from sochihoi.ui.privacy.incident_dialogs import IncidentDialog, NotifiedDialog
from sochihoi.ui.privacy.incidents import IncidentsPart
from sochihoi.ui.privacy.requests import ANSWERED, AnswerDialog, AskDialog, RequestsPart
from sochihoi.ui.privacy.retention import RetentionPart
from tests.offices import MOMENT
from tests.pdf_text import text_of
from tests.people_data import add_members


@pytest.fixture(autouse=True)
def _members(office: Office) -> None:
    add_members(office, count=4)


def opened(shell: Any, tab: str) -> Any:
    shell.resize(1366, 690)
    shell.go("privacy", tab=tab)
    QApplication.processEvents()
    return shell.page().part()


def dialog(shell: Any, kind: type[Any]) -> Any:
    return next(one for one in shell.findChildren(kind) if one.isVisible())


def test_a_request_comes_in_and_is_answered(shell: Any, office: Office) -> None:
    part: RequestsPart = opened(shell, "requests")
    assert "2 ngày làm việc" in part.told.text()
    part.on_new()
    asked = dialog(shell, AskDialog)
    asked.accept_form()
    assert asked.isVisible()  # nobody is named yet
    row = office.people.rows()[0]
    asked.form["person_id"].set_value(row.person_id)
    asked.form["asked_on"].set_value(date(2026, 10, 14))
    asked.accept_form()
    QApplication.processEvents()
    (line,) = part.table.model.rows
    assert line.name == row.full_name
    part._menu(line)[0].press()  # type: ignore[union-attr]
    part._answer(part.table.model.rows[0])
    answer = dialog(shell, AnswerDialog)
    answer.form["outcome"].set_value("Đã giao bản in")
    answer.accept_form()
    QApplication.processEvents()
    assert part.table.model.rows == []
    part.chips.set_chosen({ANSWERED})
    (line,) = part.table.model.rows
    assert (line.request.acknowledged_on, line.request.outcome) == (office.today, "Đã giao bản in")
    assert [item.text for item in part._menu(line) if item is not None] == ["Lịch sử…"]


def test_an_incident_counts_its_hours_and_keeps_its_steps(shell: Any, office: Office) -> None:
    part: IncidentsPart = opened(shell, "incidents")
    assert part.nothing.isVisible()
    part.on_new()
    told = dialog(shell, IncidentDialog)
    told.form["what"].set_value("Mất máy tính")
    told.form["known_at"].set_value("25h")
    told.accept_form()
    assert told.isVisible()
    local = (MOMENT - timedelta(hours=1)).astimezone()
    told.form["known_at"].set_value(f"{local:%H:%M}")
    told.form["known_on"].set_value(local.date())
    told.accept_form()
    QApplication.processEvents()
    assert part.hours.text() == "Còn 71 giờ"
    part.steps["stop"].box.click()
    assert office.privacy.duties.incidents()[0].done == {"stop"}
    office.store.now = lambda: MOMENT + timedelta(hours=71, minutes=30)
    part.timer.timeout.emit()
    assert part.hours.text() == "Quá hạn hơn 0 giờ"
    part._notified()
    when = dialog(shell, NotifiedDialog)
    when.form["told"].set_value("Công an xã")
    when.accept_form()
    QApplication.processEvents()
    assert part.hours.text() == "Đã thông báo quá hạn"
    assert part.steps["authority"].value()
    part._close()
    assert not part.edit_button.isVisible()
    assert part.print_button.isVisible()


def test_the_record_of_an_incident_says_what_is_known(office: Office) -> None:
    one = Incident("", MOMENT - timedelta(hours=2), "Gửi nhầm danh sách", people=36, done=frozenset({"stop"}))
    paper = text_of(incident_paper(office, one))
    for part in ("Gửi nhầm danh sách", "36", "70 giờ", "Chặn ngay", "Thông báo cho cơ quan chức năng"):
        assert part in paper


def test_the_chair_chooses_how_long_and_does_what_is_due(
    shell: Any, office: Office, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    gone = office.people.rows()[0]
    office.people.leave(gone.membership_id, LeaveReason.RESIGNED, on=date(2024, 10, 1))
    part: RetentionPart = opened(shell, "retention")
    assert part.table.model.rows == []
    assert not part.anonymise_button.isVisible()
    part.left_years.set_value(1)
    part._choose("left_years")
    QApplication.processEvents()
    assert office.privacy.retention.chosen() == Retention(left_years=1)
    assert [row.full_name for row in part.table.model.rows] == [gone.full_name]
    monkeypatch.setattr(retention, "ask", lambda *_args, **_more: False)
    part.anonymise()
    assert office.people.person(gone.person_id).full_name == gone.full_name
    monkeypatch.setattr(retention, "ask", lambda *_args, **_more: True)
    part.anonymise()
    qtbot.waitUntil(lambda: part.table.model.rows == [], timeout=10_000)
    assert office.people.person(gone.person_id).anonymised_on == office.today


def test_who_studied_long_ago_is_forgotten(
    qtbot: Any, shell: Any, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.people.set_core([row.membership_id for row in office.people.rows()], core=True)
    targets = [TargetDraft(TargetGroup.CORE_MEMBERS, 80)]
    campaign = office.study.begin(StudyCampaign("", "Đợt 2024"), targets, freeze=False)
    office.study.freeze(campaign, date(2024, 5, 1))
    session = office.study.plan_session(StudySession("", campaign, (), date(2024, 5, 5)))
    office.study.type_present(session, "1-3")
    part: RetentionPart = opened(shell, "retention")
    assert not part.forget_study_button.isVisible()
    part.study_years.set_value(1)
    part._choose("study_years")
    QApplication.processEvents()
    assert "1 buổi học" in part.studied.text()
    assert "3 lượt" in part.studied.text()
    monkeypatch.setattr(retention, "ask", lambda *_args, **_more: True)
    part.forget_study_button.click()
    qtbot.waitUntil(lambda: not part.forget_study_button.isVisible(), timeout=10_000)
    assert office.study.view(campaign).members == Coverage(3, 4)
    assert {one.full_name for one in office.study.missing(campaign)} == {"Hội viên đã ẩn danh"}
    shell.go("study", campaign_id=campaign, view="missing")
    page = shell.page().campaign
    page.show_missing(None, TargetGroup.CORE_MEMBERS)  # as from its card: one is missing, and nobody can say who
    QApplication.processEvents()
    assert (page.missing.total(), page.missing.shown(), page.missing.groups.isVisible()) == (1, [], False)
    assert any("không còn nêu tên ai" in one.text() for one in page.missing.findChildren(QLabel) if one.isVisible())
    shell.page().open_session(session)
    QApplication.processEvents()
    told = [one.text() for one in shell.page().findChildren(QLabel) if one.isVisible()]
    assert any("Tên người dự học năm 2024 đã được bỏ" in text for text in told)


def test_others_choose_nothing(shell: Any, office: Office) -> None:
    office.account = Account(office.account.id, "Cán bộ", Role.OFFICER)
    part: RetentionPart = opened(shell, "retention")
    assert part.left_years.line.isReadOnly()


def test_a_request_of_somebody_anonymous_names_nobody(shell: Any, office: Office) -> None:
    row = office.people.rows()[0]
    office.privacy.duties.ask(Request("", RequestKind.DELETE, date(2026, 10, 20), person_id=row.person_id))
    office.people.leave(row.membership_id, LeaveReason.RESIGNED, on=date(2026, 10, 21))
    office.privacy.rights.anonymise(row.person_id)
    part: RequestsPart = opened(shell, "requests")
    assert [one.name for one in part.table.model.rows] == ["Hội viên đã ẩn danh"]
