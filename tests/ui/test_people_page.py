"""The page of members, driven as an officer drives it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from sochihoi.domain.accounts import Account, Role
from sochihoi.domain.people import LeaveReason, PartialDate
from sochihoi.services.imports import Fate
from sochihoi.services.office import Office
from sochihoi.ui.people import paper
from sochihoi.ui.people.form import MemberDialog
from sochihoi.ui.people.moves import MoveDialog
from sochihoi.ui.people.page import PeoplePage
from sochihoi.ui.people.presenter import LEFT, REVIEW
from tests.people_data import add_branch, add_members, details

KEY = Qt.Key


@pytest.fixture
def page(shell: Any) -> PeoplePage:
    shell.resize(1366, 690)
    shell.go("people")
    found = shell.page()
    assert isinstance(found, PeoplePage)
    QApplication.processEvents()
    return found


def names(page: PeoplePage) -> list[str]:
    return [row.full_name for row in page.table.model.rows]


def form_of(page: PeoplePage) -> MemberDialog:
    assert isinstance(page.dialog, MemberDialog)
    return page.dialog


def move_of(page: PeoplePage) -> MoveDialog:
    assert isinstance(page.dialog, MoveDialog)
    return page.dialog


def ask_for_ids(office: Office) -> None:
    """The unit chose that the form asks for national ids."""
    office.setup.save_commune(replace(office.commune, national_id_entry=True))


def type_in(qtbot: QtBot, dialog: Any, name: str, text: str) -> None:
    """Type into a field of a form and leave it."""
    field = dialog.form[name]
    line = field.editor if isinstance(field.editor, QLineEdit) else field.editor.lineEdit()
    line.selectAll()
    typed = QInputMethodEvent()
    typed.setCommitString(text)  # as an input method does: a key of QTest knows no Vietnamese letter
    QApplication.sendEvent(line, typed)
    line.editingFinished.emit()


def test_an_empty_book_offers_the_import(page: PeoplePage) -> None:
    assert page.table._blank.action is not None
    page.table._blank.action.click()
    assert page.places.currentWidget() is page.intake
    assert page.on_escape()
    assert page.places.currentWidget() is page.host


def test_the_list_is_filtered_while_typing_and_by_chips(
    qtbot: QtBot, shell: Any, office: Office, page: PeoplePage
) -> None:
    add_members(office, "Ấp An Hòa", 30, cells=3)
    gone = add_members(office, "Ấp Phú Mỹ", 10)[0]
    office.people.leave(gone, LeaveReason.RESIGNED, on=date(2026, 10, 1))
    shell.refresh_page()
    assert len(names(page)) == 39
    page.search.setFocus()
    with qtbot.waitSignal(page.filter_row.wait.timeout):
        qtbot.keyClicks(page.search, "kim hang")
    assert names(page)
    assert all(name.endswith("Kim Hằng") for name in names(page))
    with qtbot.waitSignal(page.filter_row.wait.timeout):
        qtbot.keyClicks(page.search, " khong co")
    assert names(page) == []
    page.clear_filters()
    assert len(names(page)) == 39
    page.chips.set_chosen({"current", LEFT})
    assert len(names(page)) == 1
    page.chips.set_chosen({"current"})
    page.branch.setCurrentIndex(page.branch.findText("Ấp Phú Mỹ"))
    page.show_rows()
    assert len(names(page)) == 9


def test_enter_opens_the_panel_and_it_follows_the_choice(
    qtbot: QtBot, shell: Any, office: Office, page: PeoplePage
) -> None:
    one, two = add_members(office, count=2)
    office.people.edit(one, details("Bùi Như An", national_id="094171006538", phone="0912345678"))
    shell.refresh_page()
    page.table.choose(one)
    qtbot.keyClick(page.table.view, KEY.Key_Return)
    assert not page.panel.isHidden()
    assert page.panel.heading.text() == "Bùi Như An"
    shown = " ".join(label.text() for label in page.panel.findChildren(type(page.panel.heading)))
    assert "•••• •••• 6538" in shown
    assert "094171006538" not in shown
    page.table.choose(two)
    assert page.panel.heading.text() == office.people.detail(two).person.full_name
    for tab in (1, 2):
        page.panel.tabs.setCurrentIndex(tab)
    assert page.on_escape()
    assert page.panel.isHidden()


def test_a_new_member_from_the_keyboard_with_a_toast_that_takes_it_back(
    qtbot: QtBot, shell: Any, office: Office, page: PeoplePage
) -> None:
    ask_for_ids(office)
    add_branch(office, cells=2)
    shell.refresh_page()
    page.on_new()
    dialog = form_of(page)
    dialog.save()
    assert dialog.form["full_name"].error()
    type_in(qtbot, dialog, "full_name", "Thạch Thị Kim Hằng")
    type_in(qtbot, dialog, "birth", "8/3/71")
    type_in(qtbot, dialog, "branch_id", "ap an hoa")
    dialog.form["cell_id"].set_value(dialog.form["cell_id"].editor.itemData(2))  # type: ignore[attr-defined]
    type_in(qtbot, dialog, "national_id", "094171006538")
    type_in(qtbot, dialog, "joined", "1998")
    dialog.save()
    (row,) = office.people.rows()
    assert (row.code, row.cell, str(row.birth), str(row.joined)) == ("HP00001", "Tổ 2", "1971-03-08", "1998")
    assert page.panel.heading.text() == "Thạch Thị Kim Hằng"
    assert "HP00001" in shell.frame.toast.text()
    page._undo()
    assert office.people.rows() == []
    assert page.panel.isHidden()


def test_what_was_typed_survives_a_closed_dialog(qtbot: QtBot, office: Office, page: PeoplePage) -> None:
    add_branch(office)
    page.on_new()
    type_in(qtbot, form_of(page), "full_name", "Lâm Thị Bích Bé")
    form_of(page).close()
    page.on_new()
    dialog = form_of(page)
    assert dialog.form["full_name"].value() is None
    dialog.message.actions_shown()[0].click()
    assert dialog.form["full_name"].value() == "Lâm Thị Bích Bé"
    dialog._drop()
    page.on_new()
    assert form_of(page).message.text() == ""


def test_the_same_name_and_year_is_a_warning_that_does_not_stop(qtbot: QtBot, office: Office, page: PeoplePage) -> None:
    branch, _cells = add_branch(office)
    office.people.add(details("Nguyễn Thị Hòa"), branch)
    ask_for_ids(office)
    page.on_new()
    dialog = form_of(page)
    type_in(qtbot, dialog, "full_name", "Nguyễn Thị Hoà")
    type_in(qtbot, dialog, "birth", "1971")
    assert "HP00001" in dialog.like.text.text()
    type_in(qtbot, dialog, "national_id", "094272006538")
    hint = dialog.form["national_id"]._hint
    assert (hint.property("tone"), dialog.form["national_id"].editor.accessibleDescription()) == ("warn", hint.text())
    type_in(qtbot, dialog, "branch_id", "Ấp An Hòa")
    dialog.save()
    assert len(office.people.rows()) == 2


def test_correcting_keeps_everything_that_was_not_touched(
    qtbot: QtBot, shell: Any, office: Office, page: PeoplePage
) -> None:
    branch, _cells = add_branch(office)
    told = details(
        phone="0912345678; 0987654321", party_member=True, party_joined_on=date(2010, 5, 19), note="Hai\ndòng"
    )
    one = office.people.add(told, branch)
    before = office.people.details(one)
    shell.refresh_page()
    page.edit(page.table.model.rows[0])
    form_of(page).save()
    assert office.people.details(one) == before
    page.edit(page.table.model.rows[0])
    type_in(qtbot, form_of(page), "occupation", "Làm vườn")
    form_of(page).save()
    assert office.people.details(one).occupation == "Làm vườn"


def test_an_impossible_date_is_said_under_its_field(qtbot: QtBot, office: Office, page: PeoplePage) -> None:
    add_branch(office)
    page.on_new()
    dialog = form_of(page)
    type_in(qtbot, dialog, "full_name", "Bùi Như An")
    type_in(qtbot, dialog, "branch_id", "Ấp An Hòa")
    type_in(qtbot, dialog, "birth", "2002")
    type_in(qtbot, dialog, "joined", "20/10/1998")
    dialog.save()
    assert dialog.form["joined"].error()
    assert office.people.rows() == []


def a_list(path: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("STT", "Họ và tên", "Ngày sinh", "Số điện thoại", "Chi hội"))
    for number, row in enumerate(rows, 1):
        sheet.append((number, *row))
    book.save(path)
    return path


def test_a_list_is_dropped_looked_at_brought_in_and_taken_back(
    qtbot: QtBot, office: Office, page: PeoplePage, tmp_path: Path
) -> None:
    path = a_list(
        tmp_path / "l.xlsx",
        ("Lê Thị Mới", "1970", "", "Ấp A"),
        ("Lê Thị Lạ", "1971", "12", "Ấp A"),
        ("Lê Thị Sai", "31/02/1970", "", "Ấp A"),
    )
    page.open_intake()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.intake.drop.dropEvent(drop)
    qtbot.waitUntil(lambda: page.intake.preview is not None)
    assert office.people.rows("ALL") == []
    preview = page.intake.preview
    assert preview is not None
    assert (preview.count(Fate.NEW), preview.count(Fate.DOUBTFUL), preview.count(Fate.REFUSED)) == (1, 1, 1)
    assert "2" in page.intake.commit_button.text()
    page.intake.skip.setChecked(True)
    assert "1" in page.intake.commit_button.text()
    page.intake.skip.setChecked(False)
    page.intake.tabs.setCurrentIndex(2)
    assert [line.row.name for line in page.intake.table.model.rows] == ["Lê Thị Sai"]
    page.intake.commit()
    qtbot.waitUntil(lambda: page.intake.result is not None)
    assert len(office.people.rows()) == 2
    page.intake.undo()
    qtbot.waitUntil(lambda: page.intake.result is None)
    assert office.people.rows("ALL") == []
    page.intake.commit()
    qtbot.waitUntil(lambda: page.intake.result is not None)
    page.intake.finish_button.click()
    assert page.places.currentWidget() is page.host
    page.chips.set_chosen({"current", REVIEW})
    assert names(page) == ["Lê Thị Lạ"]
    page.looked_at(page.table.model.rows[0])
    assert names(page) == []


def test_a_file_that_is_no_list_is_said_in_the_bar(qtbot: QtBot, shell: Any, page: PeoplePage, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_text("không phải bảng", encoding="utf-8")
    page.open_intake()
    with (
        qtbot.waitSignal(shell.jobs.idle)
        if hasattr(shell, "jobs")
        else qtbot.waitSignal(page.intake.drop.destroyed, raising=False, timeout=500)
    ):
        page.intake.read(path)
    assert page.intake.steps.currentIndex() == 0


def test_someone_found_who_is_no_member_is_shown_with_the_households(
    shell: Any, office: Office, page: PeoplePage
) -> None:
    person = office.people.add_person(details("Lê Thị Mới", joined=None))
    shell.go("people", person=person)
    shown = shell.page()
    assert (shown.tabs.currentIndex(), shown.others.current().person_id) == (2, person)


def test_a_viewer_sees_and_does_not_change(shell: Any, office: Office, page: PeoplePage) -> None:
    add_members(office, count=1)
    office.account = Account("v", "Người xem", Role.VIEWER)
    page.context.read_only = True
    page.presenter.load()
    page.show_rows()
    assert len(page.menu(page.table.model.rows[0])) == 1
    page.on_new()
    assert page.dialog is None


def test_the_list_is_exported_with_full_values(
    monkeypatch: pytest.MonkeyPatch, shell: Any, office: Office, page: PeoplePage, tmp_path: Path
) -> None:
    add_members(office, count=40)
    shell.refresh_page()
    target = tmp_path / "ds.xlsx"
    monkeypatch.setattr(paper, "ask", lambda *_a, **_k: True)
    monkeypatch.setattr(paper, "choose_target", lambda *_a: target)
    page.export()
    preview = office.imports.preview(target)
    assert preview.count(Fate.PRESENT) == 40
    assert [a.act for a in office.history.acts(1)] == ["members.export"]
    assert PartialDate(1950) in {line.row.birth for line in preview.lines}


def test_the_form_asks_for_no_national_id_unless_the_unit_chose_so_and_an_imported_one_is_kept(
    qtbot: QtBot, shell: Any, office: Office, page: PeoplePage
) -> None:
    branch, _cells = add_branch(office)
    one = office.people.add(details(national_id="094171006538", old_id="365123456"), branch)
    shell.refresh_page()
    page.edit(page.table.model.rows[0])
    dialog = form_of(page)
    assert not {"national_id", "old_id"} & set(dialog.form.fields)
    type_in(qtbot, dialog, "address", "Số 3")
    dialog.save()
    told = office.people.details(one)
    assert (told.address, told.national_id, told.old_id) == ("Số 3", "094171006538", "365123456")
    ask_for_ids(office)
    looks = len(office.privacy.access.log())
    page.edit(page.table.model.rows[0])
    assert form_of(page).form["national_id"].value() == "094171006538"
    assert len(office.privacy.access.log()) == looks + 1, "who sees the number is noted"
    form_of(page)._drop()
