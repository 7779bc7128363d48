"""A list of households through the window: out of the list, changed in Excel, dropped where members' lists are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from people_data import add_members
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from sochihoi.services.household_papers import save_households
from sochihoi.services.imports import Fate
from sochihoi.services.office import Office
from sochihoi.ui.households import paper
from sochihoi.ui.households.page import HouseholdsPage
from sochihoi.ui.people import intake_homes
from sochihoi.ui.people.page import PeoplePage


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
    monkeypatch.setattr(intake_homes, "choose_target", lambda *_a: mended)
    view.homes.remarks.click()
    qtbot.waitUntil(mended.exists)
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
