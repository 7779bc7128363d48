"""Every record shows its history: who, when, what it was and what it became."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QApplication, QLabel

from sochihoi.domain.periods import Period
from sochihoi.services.office import Office
from sochihoi.ui.meetings.meeting_panel import MeetingPanel
from sochihoi.ui.words.story import story
from tests import meetings_data
from tests.month_data import add_proposal
from tests.people_data import add_branch, add_members, details


def shown(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_a_household_tells_who_changed_what(shell: Any, office: Office) -> None:
    member = add_members(office, count=1)[0]
    (home,) = office.households.make_for([member])
    told = office.households.detail(home).household
    with office.write("household.edit") as work:
        work.households.save(replace(told, address="Số 9, Ấp Mới", residents=5))
    shell.resize(1366, 690)
    shell.go("households", household=home)
    page = shell.page()
    page.panel.tabs.setCurrentIndex(1)
    QApplication.processEvents()
    said = shown(page.history)
    assert f"Địa chỉ: {told.address} → Số 9, Ấp Mới" in said
    assert "Số người trong hộ: — → 5" in said
    assert f"26/10/2026 {office.now.astimezone():%H:%M} · Trần Thị Mẫu" in said


def test_a_meeting_tells_its_roll_and_its_opinions(shell: Any, office: Office) -> None:
    branch = meetings_data.add_branch(office)
    meeting = meetings_data.closed_one(office, branch, typed="1-5")
    add_proposal(office, meeting.id, "Xin thêm thùng rác")
    shell.resize(1366, 690)
    shell.go("meetings", tab="month")
    QApplication.processEvents()
    panel = shell.page().findChild(MeetingPanel)
    lines = office.meetings.of_month(Period.month(2026, 10))
    panel.show_line(next(line for line in lines if line.meeting is not None), closed=False)
    panel.show()
    panel.tabs.setCurrentIndex(1)
    QApplication.processEvents()
    said = shown(panel.history)
    assert "Số dòng điểm danh: 45" in said
    assert "Ý kiến: Xin thêm thùng rác" in said


def test_a_branch_tells_its_names_and_a_viewer_may_read_it(shell: Any, office: Office) -> None:
    branch, _cells = add_branch(office)
    office.setup.rename_unit(branch, "Ấp Bình Hòa")
    shell.resize(1366, 690)
    shell.go("setup", tab="branches")
    part = shell.page().part()
    part.table.choose(branch)
    (item,) = [one for one in part._menu(part.table.current()) if one is not None and one.text == "Lịch sử…"]
    item.press()
    QApplication.processEvents()
    assert "Tên: Ấp An Hòa → Ấp Bình Hòa" in shown(part.dialog.history)
    part.dialog.accept()


def test_someone_who_is_no_member_tells_what_was_corrected(shell: Any, office: Office) -> None:
    person = office.people.add_person(details("Lý Văn Sơn", joined=None))
    office.people.edit_person(person, details("Lý Văn Sơn", joined=None, address="Số 9", religion="Phật giáo"))
    shell.resize(1366, 690)
    shell.go("households")
    page = shell.page()
    (row,) = page.others.model.rows
    page.history_of(row)
    QApplication.processEvents()
    assert "Địa chỉ: " in shown(page.dialog.history)
    assert any("religion" in look.fields for look in office.privacy.access.log()), "a look at what is sensitive"
    page.dialog.accept()


def test_what_was_new_is_told_by_its_act_alone(office: Office) -> None:
    branch, _cells = add_branch(office)
    member = office.people.add(details(), branch)
    (home,) = office.households.make_for([member])
    first = story(office, "household", home)[-1]
    assert first.changes == ()
    assert first.act
