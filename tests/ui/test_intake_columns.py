"""What a column is read as: shown, changed with the preview following, remembered, forgotten."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sochihoi.intake.columns import Field, fingerprint
from sochihoi.services.imports import Fate
from sochihoi.services.office import Office
from sochihoi.ui.people.intake_groups import COLUMNS
from sochihoi.ui.people.intake_view import IntakeView
from sochihoi.ui.people.page import PeoplePage

DATA = Path(__file__).parent.parent / "intake" / "data"
TITLES = ("STT", "Chị em", "Sinh", "Liên lạc", "Ấp", "Ghi thêm")


@pytest.fixture
def view(shell: Any) -> IntakeView:
    shell.resize(1366, 690)
    shell.go("people")
    page = shell.page()
    assert isinstance(page, PeoplePage)
    page.open_intake()
    QApplication.processEvents()
    return page.intake


def a_list(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(TITLES)
    sheet.append((1, "Lê Thị Lan", "1965", 912345678, "Ấp Đông", "x"))
    sheet.append((2, "Lê Thị Liên", "15/8/66", "0912345679", "Ấp Đông", ""))
    book.save(path)
    return path


def choose(qtbot: QtBot, view: IntakeView, title: str, field: Field | None) -> None:
    combo = view.columns.combos[fingerprint(TITLES), TITLES.index(title)]
    combo.setCurrentIndex(combo.findData(None if field is None else field.value))
    before = view.preview
    combo.activated.emit(combo.currentIndex())
    qtbot.waitUntil(lambda: view.preview is not before)


def tab(view: IntakeView) -> Any:
    return view.tabs.tabData(view.tabs.currentIndex())


def test_titles_that_nobody_knows_are_chosen_remembered_and_forgotten(
    qtbot: QtBot, office: Office, view: IntakeView, tmp_path: Path
) -> None:
    view.read(a_list(tmp_path / "a.xlsx"))
    qtbot.waitUntil(lambda: view.preview is not None)
    assert view.preview is not None
    assert (tab(view), view.columns.isVisible(), view.table.isVisible()) == (COLUMNS, True, False)
    assert not view.commit_button.isEnabled()
    for title, field in (("Chị em", Field.NAME), ("Sinh", Field.BIRTH), ("Liên lạc", Field.PHONE)):
        choose(qtbot, view, title, field)
    assert tab(view) == COLUMNS
    choose(qtbot, view, "Ghi thêm", Field.PHONE)
    combo = view.columns.combos[fingerprint(TITLES), TITLES.index("Liên lạc")]
    assert combo.currentData() is None, "a field is read from one column only"
    choose(qtbot, view, "Liên lạc", Field.PHONE)
    assert view.preview.count(Fate.NEW) == 2
    view.commit()
    qtbot.waitUntil(lambda: view.result is not None)
    assert sorted(row.phone for row in office.people.rows()) == ["0912345678", "0912345679"]

    view.read(a_list(tmp_path / "next.xlsx"))
    qtbot.waitUntil(lambda: view.preview is not None and view.result is None)
    assert view.preview.count(Fate.PRESENT) == 2
    (header,) = view.preview.headers
    assert header.chosen
    before = view.preview
    view.columns.forgotten.emit(header.fingerprint)
    qtbot.waitUntil(lambda: view.preview is not before)
    assert not view.preview.headers[0].chosen
    assert tab(view) == COLUMNS


def test_letters_of_an_old_font_are_told_for_each_column(
    qtbot: QtBot, office: Office, view: IntakeView, tmp_path: Path
) -> None:
    path = Path(shutil.copy(DATA / "hoi-vien-3.xls", tmp_path / "l.xls"))
    view.read(path)
    qtbot.waitUntil(lambda: view.preview is not None)
    assert "TCVN3" in view.more.text()
    at = view.tabs.count() - 1
    view.tabs.setCurrentIndex(at)
    assert tab(view) == COLUMNS
    assert view.columns.isVisible()
    assert len(view.columns.combos) == 10
    shown = " ".join(text.text() for text in view.columns.findChildren(QLabel))
    assert "•••• 3681" in shown
    assert "092164683681" not in shown
    view.tabs.setCurrentIndex(0)
    assert view.table.isVisible()


def test_the_list_is_saved_with_remarks(
    qtbot: QtBot, office: Office, view: IntakeView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, target = tmp_path / "a.xlsx", tmp_path / "out.xlsx"
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("STT", "Họ và tên", "Năm sinh", "Chi hội"))
    sheet.append((1, "Lê Thị Sai", "31/2/1970", "Ấp Đông"))
    book.save(path)
    view.read(path)
    qtbot.waitUntil(lambda: view.preview is not None)
    assert tab(view) == Fate.REFUSED.value, "the columns are understood: the rows are to be mended"
    monkeypatch.setattr("sochihoi.ui.people.intake_remarks.choose_target", lambda *_more: target)
    view.save_remarks()
    qtbot.waitUntil(target.exists)
    page = load_workbook(target).worksheets[0]
    assert page["E1"].value == "Cần xem lại"
    assert "31/2/1970" in page["E2"].value
    assert page["C2"].comment is not None
