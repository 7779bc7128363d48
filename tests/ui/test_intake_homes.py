"""A list of households through the window: out of the list, changed in Excel, dropped where members' lists are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from people_data import add_branch, add_members
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sochihoi.intake.columns import fingerprint
from sochihoi.intake.home_list import HomeField
from sochihoi.services.household_papers import save_households
from sochihoi.services.imports import Fate
from sochihoi.services.office import Office
from sochihoi.ui.households import paper
from sochihoi.ui.households.page import HouseholdsPage
from sochihoi.ui.people import intake_remarks
from sochihoi.ui.people.page import PeoplePage

TITLES = ("STT", "Đứng tên", "Nơi", "Số", "Giấy tờ")


def test_it_is_known_by_its_titles_looked_at_brought_in_and_taken_back(
    qtbot: QtBot, shell: Any, office: Office, tmp_path: Path, monkeypatch: Any
) -> None:
    add_members(office, count=3)
    office.households.make_for([row.membership_id for row in office.people.rows()])
    path = tmp_path / "ho.xlsx"
    save_households(office, office.households.rows(), "", path)
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    sheet["E4"], sheet["H5"] = "Số 77", "nhiều"
    sheet.append(["", "", "Kim Thị Mới", "Ấp An Hòa"])
    book.save(path)
    shell.go("people")
    page = shell.page()
    assert isinstance(page, PeoplePage)
    page.open_intake()
    view = page.intake
    view.read(path)
    qtbot.waitUntil(lambda: view.homes.preview is not None)
    preview = view.homes.preview
    assert preview is not None
    assert [preview.count(fate) for fate in (Fate.NEW, Fate.CHANGED, Fate.REFUSED, Fate.PRESENT)] == [1, 1, 1, 1]
    assert view.steps.currentWidget() is view.homes
    assert "2" in view.homes.commit_button.text()
    mended = tmp_path / "xem-lai.xlsx"
    monkeypatch.setattr(intake_remarks, "choose_target", lambda *_a: mended)
    view.homes.remarks.click()
    qtbot.waitUntil(mended.exists)
    again = load_workbook(mended)
    assert again.active is not None
    assert "nhiều" in str(again.active["L5"].value)
    again.active["H5"] = 3
    again.save(mended)
    view.read(mended)
    qtbot.waitUntil(lambda: view.homes.preview is not preview)
    assert view.homes.preview.count(Fate.REFUSED) == 0, "mended where the remark stands, and brought back"
    view.read(path)
    qtbot.waitUntil(lambda: view.homes.preview.path == path)
    view.homes.tabs.setCurrentIndex(1)
    QApplication.processEvents()
    assert [line.head for line in view.homes.table.model.rows] == [preview.of(Fate.CHANGED)[0].head]
    view.homes.commit_button.click()
    qtbot.waitUntil(lambda: view.result is not None)
    assert len(office.households.rows()) == 4
    assert view.steps.currentWidget() is view.done
    view.undo_button.click()
    qtbot.waitUntil(lambda: view.result is None)
    assert len(office.households.rows()) == 3
    view.homes.commit_button.click()
    qtbot.waitUntil(lambda: view.result is not None)
    view.finish_button.click()
    assert isinstance(shell.page(), HouseholdsPage)


def a_list(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(TITLES)
    sheet.append((1, "Lý Văn Tám", "Ấp An Hòa", "Số 7", "079123456789"))
    sheet.append((2, "Kim Thị Chín", "Ấp An Hòa", "Số 8", "079123456788"))
    book.save(path)
    return path


def test_titles_that_nobody_knows_are_said_to_be_of_households_chosen_and_remembered(
    qtbot: QtBot, shell: Any, office: Office, tmp_path: Path
) -> None:
    add_branch(office, "Ấp An Hòa")
    shell.go("people", intake=True)
    view = shell.page().intake
    drop(view.drop, a_list(tmp_path / "ho.xlsx"))
    qtbot.waitUntil(lambda: view.preview is not None)
    assert (view.preview.count(Fate.NEW), view.groups.other.isVisible()) == (0, True)
    view.groups.other.click()
    qtbot.waitUntil(lambda: view.homes.preview is not None)
    homes = view.homes
    assert (homes.columns.isVisible(), homes.table.isVisible()) == (True, False)
    assert not homes.commit_button.isEnabled()
    assert "•••• 6789" in " ".join(text.text() for text in homes.columns.findChildren(QLabel))
    for title, field in (("Đứng tên", HomeField.HEAD), ("Nơi", HomeField.BRANCH), ("Số", HomeField.ADDRESS)):
        before, key = homes.preview, (fingerprint(TITLES), TITLES.index(title))
        combo = homes.columns.combos[key]
        combo.setCurrentIndex(combo.findData(field.value))
        combo.activated.emit(combo.currentIndex())
        qtbot.waitUntil(lambda before=before: homes.preview is not before)
        assert homes.columns.combos[key].hasFocus(), "the keyboard goes on where the column was changed"
    assert homes.preview.count(Fate.NEW) == 2
    homes.commit_button.click()
    qtbot.waitUntil(lambda: view.result is not None)
    assert {row.head for row in office.households.rows()} == {"Lý Văn Tám", "Kim Thị Chín"}

    view.read(a_list(tmp_path / "next.xlsx"))
    qtbot.waitUntil(lambda: view.result is None)
    assert homes.preview.count(Fate.PRESENT) == 2, "known by its titles now, and read as chosen"
    homes.columns.forgotten.emit(homes.preview.headers[0].fingerprint)
    qtbot.waitUntil(lambda: not homes.preview.headers[0].chosen)
    homes.groups.other.click()
    qtbot.waitUntil(lambda: view.preview is not None)
    view.read(a_list(tmp_path / "third.xlsx"))
    qtbot.waitUntil(lambda: view.preview is not None and view.preview.path.stem == "third")
    assert view.homes.preview is None, "nobody says any more that these are households"

    both = tmp_path / "both.xlsx"
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(("Họ và tên", "Năm sinh", "Chủ hộ", "Chi hội"))
    sheet.append(("Lê Thị Lan", 1970, "Lý Văn Mười", "Ấp An Hòa"))
    book.save(both)
    drop(view, both)  # over the list that is looked at
    qtbot.waitUntil(lambda: view.preview.path == both)
    view.groups.other.click()
    qtbot.waitUntil(lambda: homes.preview is not None)
    homes.commit_button.click()
    qtbot.waitUntil(lambda: view.result is not None)
    view.read(both)
    qtbot.waitUntil(lambda: view.result is None)
    assert view.preview is None
    assert homes.preview.count(Fate.PRESENT) == 1, "said once that it lists households"


def drop(place: QWidget, path: Path) -> None:
    """As from the folder of the PC: dragged over the place, let go there."""
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, carried, buttons, keys)
    QApplication.sendEvent(place, over)
    assert over.isAccepted()
    QApplication.sendEvent(place, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, carried, buttons, keys))


def test_the_list_of_households_is_exported_as_it_is_filtered(
    shell: Any, office: Office, tmp_path: Path, monkeypatch: Any
) -> None:
    add_members(office, count=3)
    office.households.make_for([row.membership_id for row in office.people.rows()])
    shell.go("households")
    page = shell.page()
    target = tmp_path / "ho.xlsx"
    monkeypatch.setattr(paper, "ask", lambda *_a: True)
    monkeypatch.setattr(paper, "choose_target", lambda *_a: target)
    page.search.setText("HO00002")
    page.show_rows()
    next(b for b in page.table.findChildren(QPushButton) if "Xuất" in b.text()).click()
    assert [line.code for line in office.household_lists.preview(target).lines] == ["HO00002"]
    assert [act.act for act in office.history.acts(1)] == ["list.export"]
