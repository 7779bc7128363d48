"""Bảng theo dõi: the late ones first, filters, reminders for Zalo and on paper, the day when reports are due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from sochihoi.services.board import State
from sochihoi.ui.overview.page import BelowPage
from sochihoi.ui.shared.signed_files import InspectDialog
from sochihoi.ui.shell import answers
from sochihoi.ui.upper.board import DueDialog, ReminderDialog
from sochihoi.ui.upper.page import BOARD, UpperPage
from tests.exchange_data import OCTOBER
from tests.province import Province, in_all_states, make_province


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    made = make_province(tmp_path_factory.mktemp("province"))
    in_all_states(made)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, settings: QSettings, province: Province) -> Iterator[UpperPage]:
    shell = window.build_window(province.above, settings, first="")
    shell.resize(1366, 690)
    shell.show()
    shell.set_period(OCTOBER)
    shell.go("upper", tab="board")
    found = shell.page()
    assert isinstance(found, UpperPage)
    yield found
    shell.book = None
    shell.close()
    shell.deleteLater()


def shown(page: UpperPage) -> list[tuple[str, State]]:
    return [(row.unit_code, row.state) for row in page.board.table.model.rows]


def test_the_late_ones_come_first_and_chips_narrow(page: UpperPage) -> None:
    assert page.tabs.currentIndex() == BOARD
    late = [("99004", State.LATE), ("99005", State.LATE)]
    sent = [("99001", State.SENT), ("99002", State.SENT), ("99003", State.SENT)]
    assert shown(page) == late + sent
    assert page._note.text() == "3/5 đơn vị đã gửi tháng 10/2026, hạn 02/11/2026; 2 đơn vị quá hạn"
    for name, codes in (
        ("open", ["99004", "99005"]),
        ("late", ["99004", "99005"]),
        ("trouble", ["99004"]),
        ("gap", ["99003"]),
    ):
        page.board.chips.set_chosen({name})
        assert [code for code, _state in shown(page)] == codes, name
    page.board.chips.set_chosen({"gap", "trouble"})
    assert [code for code, _state in shown(page)] == ["99004", "99003"]


def test_reminders_go_to_the_clipboard_one_by_one_or_all(page: UpperPage) -> None:
    page.board.copy_all()
    text = QGuiApplication.clipboard().text()
    assert [text.count(name) for name in ("Bình An,", "Phước Hải,", "Vĩnh Thạnh,", "Hòa Phú")] == [1, 1, 1, 0]

    def copy() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ReminderDialog)
        dialog.text.setPlainText(dialog.text.toPlainText() + "\nChị Mẫu")
        dialog.copy_button.click()

    QTimer.singleShot(0, copy)
    page.board.table.opened.emit(page.board.table.model.rows[0])
    assert QGuiApplication.clipboard().text().endswith("\nChị Mẫu")


def test_a_unit_in_order_leads_to_its_file(page: UpperPage) -> None:
    seen: list[QDialog] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, InspectDialog)
        seen.append(dialog)
        dialog.accept()

    QTimer.singleShot(0, look)
    row = next(row for row in page.board.table.model.rows if row.unit_code == "99001")
    page.board.table.opened.emit(row)
    assert seen


def test_another_due_day_is_set_from_this_month_on(page: UpperPage, province: Province) -> None:
    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, DueDialog)
        dialog.choice.setCurrentIndex(5)
        dialog.accept()

    QTimer.singleShot(0, choose)
    page.board.choose_due()
    assert page.board.sheet is not None
    assert page.board.sheet.due == date(2026, 11, 5)
    assert shown(page)[:2] == [("99004", State.REFUSED), ("99005", State.WAITING)]
    province.above.board.set_due_days(2, OCTOBER)


def test_many_units_are_read_beside_the_window(
    qtbot: QtBot, page: UpperPage, province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window must not stand still: with many units the page and the overview come from the worker."""
    assert not page.context.is_large()
    monkeypatch.setattr(answers, "MANY_UNITS", 5)
    assert page.context.is_large()
    page.board.table.set_rows([])
    page.refresh()
    assert shown(page) == []
    qtbot.waitUntil(lambda: len(shown(page)) == 5, timeout=20000)
    shell = page.context.shell
    shell.go("overview")
    overview = shell.page()  # type: ignore[attr-defined]
    assert isinstance(overview, BelowPage)
    qtbot.waitUntil(lambda: "Bình An" in overview._missing.text(), timeout=20000)


def test_the_list_of_reminders_is_a_paper(qtbot: QtBot, page: UpperPage, tmp_path: Path) -> None:
    from sochihoi.services import list_papers
    from sochihoi.ui.words.board_papers import board_listing, reminder_listing
    from tests.pdf_text import text_of

    office, sheet = page.context.office, page.board.sheet
    assert sheet is not None
    text = text_of(list_papers.list_pdf(office, reminder_listing(sheet, office.commune.union_name)))
    assert "NHẮC GỬI BÁO CÁO THÁNG 10/2026" in text
    list_papers.save_list(office, board_listing(sheet), tmp_path / "board.xlsx")
    assert (tmp_path / "board.xlsx").stat().st_size > 4000
