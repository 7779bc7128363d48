"""The grid of a branch, driven as an officer does: digits, Enter, notes, rounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from campaign_data import YEAR, add_households, all_pass
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from sochihoi.domain.campaign import Result, Round
from sochihoi.ui import style
from sochihoi.ui.campaign import grid_page
from sochihoi.ui.campaign.grid_model import FIRST, HEAD
from sochihoi.ui.campaign.page import CampaignPage

OpenGrid = Callable[..., CampaignPage]


@pytest.fixture
def branch(office: Any) -> tuple[str, tuple[str, ...]]:
    return add_households(office, count=4)


@pytest.fixture
def page(shell: Any, branch: tuple[str, tuple[str, ...]], qtbot: QtBot) -> CampaignPage:
    shell.resize(1366, 768)
    shell.go("campaign", branch_id=branch[0])
    shell.activateWindow()
    found = shell.page()
    assert isinstance(found, CampaignPage)
    QApplication.processEvents()
    return found


def type_keys(page: CampaignPage, qtbot: QtBot, keys: str) -> None:
    qtbot.keyClicks(page.grid_page.grid.view, keys)


def marks(page: CampaignPage, at: int) -> dict[str, Result]:
    sheet = page.context.office.campaign.rounds.sheet(page.grid_page.desk.branch_id, YEAR, page.grid_page.desk.round)
    return dict(sheet.rows[at].marks)


def place(page: CampaignPage) -> tuple[int, int]:
    found = page.grid_page.grid.current()
    assert found is not None
    return found[0].number, page.grid_page.grid.view.currentIndex().column() - FIRST


def test_a_digit_marks_saves_and_goes_on(page: CampaignPage, qtbot: QtBot) -> None:
    type_keys(page, qtbot, "101")
    assert marks(page, 0) == {"K1": Result.PASS, "K2": Result.FAIL, "K3": Result.PASS}
    assert place(page) == (1, 3)
    type_keys(page, qtbot, "2")  # no child of that age
    assert marks(page, 0)["K4"] is Result.NA
    qtbot.keyClick(page.grid_page.grid.view, Qt.Key.Key_1, Qt.KeyboardModifier.KeypadModifier)
    assert marks(page, 0)["K5"] is Result.PASS
    assert page.grid_page.progress_words.text() == "0/4 hộ xong"


def test_not_applicable_is_refused_where_the_set_does_not_allow_it(
    page: CampaignPage, qtbot: QtBot, shell: Any
) -> None:
    type_keys(page, qtbot, "2")
    assert marks(page, 0) == {}
    assert place(page) == (1, 0)  # the frame waits
    assert "không áp dụng" in shell.frame.message.text()
    type_keys(page, qtbot, "1")
    assert shell.frame.message.text() == ""


def test_enter_goes_to_the_first_blank_of_the_next_household(page: CampaignPage, qtbot: QtBot) -> None:
    type_keys(page, qtbot, "1")
    qtbot.keyClick(page.grid_page.grid.view, Qt.Key.Key_Return)
    assert place(page) == (2, 0)
    type_keys(page, qtbot, "11")
    qtbot.keyClick(page.grid_page.grid.view, Qt.Key.Key_Up)
    qtbot.keyClick(page.grid_page.grid.view, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert place(page) == (2, 2)


def test_a_whole_row_is_met_and_delete_makes_a_cell_blank(page: CampaignPage, qtbot: QtBot, shell: Any) -> None:
    type_keys(page, qtbot, "0")
    qtbot.keyClick(shell, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    row = marks(page, 0)
    assert len(row) == 11
    assert row["K1"] is Result.FAIL  # what was typed stays
    assert place(page) == (2, 0)
    assert page.grid_page.progress_words.text() == "1/4 hộ xong"
    page.grid_page.grid.choose(page.grid_page.grid.model.rows[0].household_id, FIRST + 1)
    qtbot.keyClick(page.grid_page.grid.view, Qt.Key.Key_Delete)
    assert "K2" not in marks(page, 0)
    assert place(page) == (1, 1)


def test_the_last_digit_of_a_row_goes_to_the_next_household(page: CampaignPage, qtbot: QtBot) -> None:
    type_keys(page, qtbot, "11121111111")
    assert len(marks(page, 0)) == 11
    assert place(page) == (2, 0)
    shown = [page.grid_page.grid.model.index(0, FIRST + 11).data()]
    assert shown == ["Đạt 11/11"]


def test_arrows_stay_on_the_criteria(page: CampaignPage, qtbot: QtBot) -> None:
    view = page.grid_page.grid.view
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert place(page) == (1, 0)
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert place(page) == (1, 10)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert place(page) == (1, 10)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert place(page) == (1, 0)


def test_the_criterion_under_the_frame_is_explained(page: CampaignPage, office: Any, qtbot: QtBot) -> None:
    below = page.grid_page.below
    assert below.title.text() == "Không nghèo"
    assert below.guidance.text() == "Không phải hộ nghèo theo chuẩn nghèo đa chiều."
    assert below.household.text().startswith("Hộ 1: ")
    office.campaign.choose_set(2025, "5K3S-2014")
    page.refresh(year=2025, branch_id=page.grid_page.desk.branch_id)
    qtbot.keyClick(page.grid_page.grid.view, Qt.Key.Key_End)
    assert below.guidance.text() == "Chưa có hướng dẫn chính thức."


def test_a_note_is_saved_on_enter_and_shown_with_a_corner(page: CampaignPage, qtbot: QtBot) -> None:
    grid, below = page.grid_page.grid, page.grid_page.below
    type_keys(page, qtbot, "0")
    qtbot.keyClick(grid.view, Qt.Key.Key_Left)
    qtbot.keyClick(grid.view, Qt.Key.Key_F2)
    assert below.note.hasFocus()
    qtbot.keyClicks(below.note, "ho ngheo 2025")
    qtbot.keyClick(below.note, Qt.Key.Key_Return)
    assert grid.view.hasFocus()
    assert grid.model.rows[0].note("K1") == "ho ngheo 2025"
    assert grid.model.index(0, FIRST).data(Qt.ItemDataRole.ToolTipRole) == "ho ngheo 2025"
    qtbot.keyClick(grid.view, Qt.Key.Key_End)
    QApplication.processEvents()
    box = grid.view.visualRect(grid.model.index(0, FIRST))
    picture = grid.view.viewport().grab().toImage()
    assert picture.pixelColor(box.right() - 4, box.top() + 4) == QColor(style.tokens().warn)


def test_a_note_that_is_being_typed_is_never_lost(page: CampaignPage, qtbot: QtBot) -> None:
    grid, below = page.grid_page.grid, page.grid_page.below
    qtbot.keyClick(grid.view, Qt.Key.Key_F2)
    qtbot.keyClicks(below.note, "xem lai bep")
    grid.choose(grid.model.rows[2].household_id, FIRST + 4)  # a press elsewhere
    assert grid.model.rows[0].note("K1") == "xem lai bep"
    qtbot.keyClick(grid.view, Qt.Key.Key_F2)
    qtbot.keyClicks(below.note, "dang xay")
    page.open_year()
    sheet = page.context.office.campaign.rounds.sheet(page.grid_page.desk.branch_id, YEAR, Round.SELF)
    assert sheet.rows[2].note("K5") == "dang xay"


def test_escape_in_a_note_brings_the_old_one_back(page: CampaignPage, qtbot: QtBot) -> None:
    grid, below = page.grid_page.grid, page.grid_page.below
    qtbot.keyClick(grid.view, Qt.Key.Key_F2)
    qtbot.keyClicks(below.note, "nham")
    qtbot.keyClick(below.note, Qt.Key.Key_Escape)
    assert (below.note.text(), grid.model.rows[0].note("K1")) == ("", "")
    assert page.current() is page.grid_page


def test_undo_takes_back_the_last_cell(page: CampaignPage, qtbot: QtBot, shell: Any) -> None:
    type_keys(page, qtbot, "10")
    qtbot.keyClick(shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert marks(page, 0) == {"K1": Result.PASS}
    assert page.grid_page.grid.model.rows[0].marks == {"K1": Result.PASS}
    qtbot.keyClick(shell, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert marks(page, 0) == {"K1": Result.PASS, "K2": Result.FAIL}


def test_a_screen_reader_hears_every_cell(page: CampaignPage, qtbot: QtBot) -> None:
    model = page.grid_page.grid.model
    role = Qt.ItemDataRole.AccessibleTextRole
    head = model.rows[0].line.head
    assert model.index(0, FIRST).data(role) == f"Hộ 1 {head}, Không nghèo: chưa chấm"
    type_keys(page, qtbot, "0")
    assert model.index(0, FIRST).data(role).endswith(": chưa đạt")
    assert model.index(0, HEAD).data(role) == head
    assert model.index(0, FIRST + 11).data(role) == "Còn 10 ô"
    titles = [model.headerData(at, Qt.Orientation.Horizontal, role) for at in range(model.columnCount())]
    assert titles[0] == "STT"
    assert titles[FIRST + 2] == "5 không: Không vi phạm pháp luật và tệ nạn xã hội"
    assert [title for title, _first, _last in model.bands()] == ["5 không", "3 sạch", "3 an"]


def test_a_round_is_finished_then_the_next_begins_from_it(
    page: CampaignPage, branch: tuple[str, tuple[str, ...]], office: Any, shell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    grid_view = page.grid_page
    assert not grid_view.finish_button.isEnabled()
    assert "Chưa có hộ nào chấm đủ các ô." in grid_view.action_bar()._hint.text()
    all_pass(office, branch[1][:3])
    page.refresh()
    asked: list[tuple[Any, ...]] = []
    monkeypatch.setattr(grid_page, "ask", lambda *words, **_more: asked.append(words) or True)
    grid_view.finish()
    assert len(asked) == 1
    assert "3/4" in asked[0][1]
    assert [row.done_on is not None for row in grid_view.grid.model.rows] == [True, True, True, False]
    assert "3 hộ đạt" in shell.frame.toast.text()
    grid_view._next_round()
    assert grid_view.desk.round is Round.BRANCH_REVIEW
    assert grid_view.empty.action is not None
    grid_view.empty.action.click()
    assert grid_view.stack.currentIndex() == 0
    assert [row.complete for row in grid_view.grid.model.rows] == [True, True, True, False]
    assert grid_view.rounds.currentText() == "Vòng 2: chi hội bình xét"


def test_half_assessed_households_are_named(
    page: CampaignPage, branch: tuple[str, tuple[str, ...]], office: Any, shell: Any, qtbot: QtBot
) -> None:
    all_pass(office, branch[1][:2])
    office.campaign.rounds.mark(branch[1][3], YEAR, Round.SELF, "K1", Result.PASS)
    page.refresh()
    assert not page.grid_page.finish_button.isEnabled()
    page.grid_page.finish()
    assert "chấm dở" in shell.frame.message.text()
    shell.frame.message.actions_shown()[0].click()
    assert place(page) == (4, 1)


def test_a_finished_household_is_opened_again_before_it_changes(
    page: CampaignPage, branch: tuple[str, tuple[str, ...]], office: Any, shell: Any, qtbot: QtBot
) -> None:
    all_pass(office, branch[1])
    office.campaign.rounds.finish(branch[0], YEAR, Round.SELF)
    page.refresh()
    page.grid_page.grid.choose(branch[1][0])
    type_keys(page, qtbot, "0")
    assert "đã xong" in shell.frame.message.text()
    assert marks(page, 0)["K1"] is Result.PASS
    shell.frame.message.actions_shown()[0].click()
    type_keys(page, qtbot, "0")
    assert marks(page, 0)["K1"] is Result.FAIL
    page.grid_page.reopen()
    assert not any(row.done_on for row in page.grid_page.grid.model.rows)


def test_a_later_round_waits_for_the_one_before(page: CampaignPage) -> None:
    page.grid_page._choose(round_=Round.COMMUNE_CONFIRM)
    assert page.grid_page.stack.currentIndex() == 1
    assert page.grid_page.empty.action is not None
    page.grid_page.empty.action.click()
    assert page.grid_page.desk.round is Round.BRANCH_REVIEW


def test_the_next_branch_comes_in_the_same_round(page: CampaignPage, office: Any, shell: Any, qtbot: QtBot) -> None:
    other, _homes = add_households(office, "Ấp Đại Ân", count=2)
    qtbot.keyClick(shell, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert page.grid_page.desk.branch_id == other
    qtbot.keyClick(shell, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.grid_page.desk.branch_id != other


def test_a_viewer_only_looks(page: CampaignPage, qtbot: QtBot) -> None:
    page.context.read_only = True
    page.refresh()
    type_keys(page, qtbot, "1")
    assert marks(page, 0) == {}
    assert page.grid_page.finish_button.isHidden()
    assert page.grid_page.below.note.isReadOnly()
    (told,) = page.grid_page._menu(*page.grid_page.grid.current())  # type: ignore[misc]
    assert told is not None
    assert told.text == "Lịch sử…"


@pytest.mark.parametrize(("width", "height"), [(1366, 690), (1093, 540), (910, 512)])
def test_number_and_head_stay_and_marks_fit_or_scroll(
    page: CampaignPage, shell: Any, qtbot: QtBot, width: int, height: int
) -> None:
    shell.resize(width, height)
    QApplication.processEvents()
    grid = page.grid_page.grid
    bar = grid.view.horizontalScrollBar()
    assert (bar.maximum() > 0) == (width < 1000)
    bar.setValue(bar.maximum())
    assert grid.names.viewport().width() >= grid.names.columnWidth(0) + grid.names.columnWidth(1)
    assert grid.names.viewport().height() == grid.view.viewport().height()
    grid.view.verticalScrollBar().setValue(20)
    assert grid.names.verticalScrollBar().value() == grid.view.verticalScrollBar().value()


def test_a_double_click_turns_a_mark(page: CampaignPage) -> None:
    grid = page.grid_page.grid
    index = grid.model.index(1, FIRST + 2)
    for wanted in (Result.PASS, Result.FAIL, Result.PASS):
        grid.view.setCurrentIndex(index)
        grid.view.doubleClicked.emit(index)
        assert marks(page, 1)["K3"] is wanted
    QToolTip.hideText()
