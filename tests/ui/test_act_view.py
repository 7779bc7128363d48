"""All that one act changed, from the history in the set-up and from the pages of the records."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QApplication, QLabel

from sochihoi.domain.duties import Request, RequestKind
from sochihoi.domain.study import TargetGroup
from sochihoi.services.office import Office
from sochihoi.ui.setup.history import HistoryPart
from sochihoi.ui.shared.act_view import ActDialog
from sochihoi.ui.shared.history_view import HistoryDialog
from sochihoi.ui.words.story import story
from tests import study_data
from tests.people_data import add_branch, add_members


def newest(office: Office, act: str) -> str:
    return next(one.batch for one in office.history.acts() if one.act == act)


def history_window() -> HistoryDialog:
    (window,) = [one for one in QApplication.topLevelWidgets() if one.isModal() and one.isVisible()]
    assert isinstance(window, HistoryDialog)
    return window


def labels(window: Any) -> list[str]:
    return [one.text() for one in window.findChildren(QLabel)]


def lines(dialog: ActDialog) -> list[str]:
    """As they stand: a band for each record, then field, before, after."""
    return [f"{one.field}: {one.before} → {one.after}" if one.field else one.title for one in dialog.table.model.rows]


def test_an_act_shows_each_record_and_what_it_was(shell: Any, office: Office) -> None:
    branch, _cells = add_branch(office)
    member = add_members(office, branch, count=1)[0]
    details = office.people.details(member)
    office.people.edit(
        member, replace(details, address="Số 7", religion="Phật giáo", party_member=not details.party_member)
    )
    study = study_data.begin(office)
    session = study_data.hold(office, study, branch)
    office.study.set_heads(session, TargetGroup.WOMEN, 12)
    shell.resize(1366, 690)
    shell.go("setup", tab="history")
    part = shell.page().part()
    assert isinstance(part, HistoryPart)
    assert not part.look_button.isEnabled()
    part.table.choose(newest(office, "member.edit"))
    part.look_button.click()
    dialog = part.dialog
    assert dialog is not None
    said = lines(dialog)
    assert said[0].startswith("Người: ")
    assert f"Địa chỉ: {details.address or '—'} → Số 7" in said
    assert "Tôn giáo: — → •••" in said
    assert "Đảng viên: ••• → •••" in said
    assert not [look for look in office.privacy.access.log() if look.looked]
    dialog.reveal_button.click()
    assert "Tôn giáo: — → Phật giáo" in lines(dialog)
    assert [{*look.fields} for look in office.privacy.access.log() if look.looked] == [{"religion", "party_member"}]
    dialog.accept()
    for act, wanted in (
        ("study.session", f"Buổi học tập: Ấp An Hòa, {study_data.HELD:%d/%m/%Y} (mới)"),
        ("study.heads", "Số người:  → 12"),
        ("study.begin", "Chỉ tiêu phần trăm:  → 95"),
    ):
        opened = ActDialog(part.context, shell, newest(office, act))
        assert wanted in lines(opened), lines(opened)
        opened.close()
    assert any(one.act == "Ghi số người khác dự học" for one in story(office, "study_session", session))


def test_a_long_act_is_read_piece_by_piece_and_one_taken_back_says_so(shell: Any, office: Office) -> None:
    office.setup.add_branches([f"Ấp {number}" for number in range(1, 251)])
    batch = newest(office, "unit.add")
    shell.go("setup", tab="history")
    dialog = ActDialog(shell.page().part().context, shell, batch)
    bands = [one for one in dialog.table.model.rows if not one.field]
    assert len(bands) == 100
    assert dialog.more.text().strip() == "Xem thêm, còn 150 mục"
    dialog.more.click()
    dialog.more.click()
    assert len([one for one in dialog.table.model.rows if not one.field]) == 250
    assert dialog.more.isHidden()
    dialog.close()
    first = next(one.id for one in office.setup.branches() if one.name == "Ấp 1")
    office.history.undo(batch)
    dialog = ActDialog(shell.page().part().context, shell, batch)
    assert dialog.heading.text() == "Thêm chi hội hoặc tổ (đã hoàn tác)"
    dialog.close()
    assert [one.undone for one in story(office, "unit", first)] == [False, True], "the taking back, and what it took"


def test_a_page_opens_the_history_of_its_record(shell: Any, office: Office) -> None:
    asked = office.today - timedelta(days=1)
    key = office.privacy.duties.ask(Request("", RequestKind.ACCESS, asked, name="Lê Thị Lan"))
    office.privacy.duties.acknowledge(key, office.today)
    shell.resize(1366, 690)
    shell.go("privacy", tab="requests")
    part = shell.page().part()
    item = part._menu(part.table.model.rows[0])[-1]
    item.press()
    QApplication.processEvents()
    window = history_window()
    said = labels(window)
    assert f"Báo nhận ngày: — → {office.today:%d/%m/%Y}" in said
    assert "Loại yêu cầu: Xem dữ liệu của mình" in said
    window.accept()
    shell.go("setup", tab="unit")
    shell.page().part().history_button.click()
    QApplication.processEvents()
    window = history_window()
    assert "Tên không kèm loại đơn vị: Hòa Phú" in labels(window)
    window.accept()
