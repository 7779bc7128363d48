"""Model branches, driven as an officer drives them: registering, typing points, answering, verifying, recognising."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from sochihoi.domain.rubric import Answer, Title
from sochihoi.domain.rubric_records import OWN, VERIFIED
from sochihoi.domain.scoring import ScoreState
from sochihoi.services.office import Office
from sochihoi.ui.rubric.dialogs import RegisterDialog, TextDialog, TitlesDialog
from sochihoi.ui.rubric.grid_model import CHECKED, REASON, SELF
from sochihoi.ui.rubric.page import RubricPage
from sochihoi.ui.shared.behind import BehindDialog
from sochihoi.ui.shared.dialogs import Dialog
from tests.rubric_data import YEAR, answer_all, enter_figures, fill, scored_branch, verified
from tests.ui.test_fit import cut_labels

KEY = Qt.Key


@pytest.fixture
def page(qtbot: QtBot, shell: Any) -> RubricPage:
    shell.resize(1366, 690)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    shell.go("rubric")
    found = shell.page()
    assert isinstance(found, RubricPage)
    return found


def in_dialog(kind: type[Dialog], act: Callable[[Any], None]) -> None:
    """Do something in the dialog that is about to open."""

    def when_open() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        try:
            act(dialog)
        finally:
            if dialog.isVisible():
                dialog.done(0)  # a test that fails must not wait for ever

    QTimer.singleShot(0, when_open)


def opened(shell: Any, page: RubricPage, branch: str) -> RubricPage:
    shell.go("rubric", branch_id=branch)
    QApplication.processEvents()
    assert page.current() is page.score
    return page


def points(office: Office, branch: str, column: str) -> dict[str, Decimal]:
    return office.rubric.sheet(YEAR, branch).score.points(column)


def type_cell(qtbot: QtBot, page: RubricPage, row: int, column: int, text: str) -> None:
    """The frame on a cell, the text typed as on a keyboard, Enter."""
    view = page.score.grid.view
    view.setFocus()
    view.setCurrentIndex(page.score.grid.model.index(row, column))
    qtbot.keyClicks(view, text[0])
    editor = QApplication.focusWidget()
    assert editor is not None
    qtbot.keyClicks(editor, text[1:])
    qtbot.keyClick(editor, KEY.Key_Return)


def test_an_empty_commune_says_what_to_do_first(page: RubricPage) -> None:
    assert page.list.table.model.rows == []
    assert page.list.table._blank.action is not None
    page.on_new()  # nothing to register: no dialog
    page.on_print()


def test_branches_are_registered_in_a_dialog_and_the_sheet_opens_by_enter(
    qtbot: QtBot, shell: Any, page: RubricPage, office: Office
) -> None:
    office.setup.add_branches(["Ấp Một", "Ấp Hai", "Ấp Ba"])
    page.refresh()

    def register(dialog: RegisterDialog) -> None:
        dialog.branches.item(2).setCheckState(Qt.CheckState.Unchecked)
        assert len(dialog.chosen()) == 2
        dialog.deed.click()

    in_dialog(RegisterDialog, register)
    page.on_new()
    assert office.rubric.year(YEAR).registered == 2
    shell.frame.toast.undo_button.click()
    assert office.rubric.year(YEAR).registered == 0
    page.list.table.choose(office.rubric.year(YEAR).lines[0].branch_id)
    qtbot.keyClick(page.list.table.view, KEY.Key_Return)  # registers it and opens its sheet
    assert page.current() is page.score
    assert office.rubric.year(YEAR).registered == 1
    shell.frame.toast.undo_button.click()
    page.refresh()  # its registration is undone: back in the list
    assert page.current() is page.list


def test_points_are_typed_and_proposals_fill_the_rest(
    qtbot: QtBot, shell: Any, page: RubricPage, office: Office
) -> None:
    branch = scored_branch(office)
    office.rubric.register(YEAR, [branch])
    opened(shell, page, branch)
    type_cell(qtbot, page, 0, SELF, "9,5")
    assert points(office, branch, OWN) == {"1": Decimal("9.5")}
    assert page.score.grid.view.currentIndex().row() == 1  # Enter goes down the column
    type_cell(qtbot, page, 1, SELF, "x")
    assert "2" not in points(office, branch, OWN)
    assert shell.frame.message.text()
    type_cell(qtbot, page, 1, SELF, "11")  # more than the maximum
    assert "2" not in points(office, branch, OWN)
    page.score.take_button.click()
    assert points(office, branch, OWN)["1"] == Decimal("9.5")
    assert points(office, branch, OWN)["3"] == Decimal("15.0")
    view = page.score.grid.view
    view.setCurrentIndex(page.score.grid.model.index(0, SELF))
    qtbot.keyClick(view, KEY.Key_Delete)
    assert "1" not in points(office, branch, OWN)
    assert page.score.finish_button.isEnabled() is False
    page.on_finish()
    assert office.rubric.sheet(YEAR, branch).score.state is ScoreState.REGISTERED
    fill(office, branch)
    page.refresh()
    page.score.finish_button.click()
    assert office.rubric.sheet(YEAR, branch).score.state is ScoreState.SELF_SCORED
    page.score.own_button.click()
    assert office.rubric.sheet(YEAR, branch).score.state is ScoreState.REGISTERED


def test_verification_asks_for_reasons_and_answers(qtbot: QtBot, shell: Any, page: RubricPage, office: Office) -> None:
    branch = scored_branch(office)
    office.rubric.register(YEAR, [branch])
    fill(office, branch)
    office.rubric.finish_own(YEAR, branch)
    fill(office, branch, VERIFIED)
    opened(shell, page, branch)
    type_cell(qtbot, page, 1, CHECKED, "9")
    assert page.score.finish_button.isEnabled() is False
    type_cell(qtbot, page, 1, REASON, "Thieu bien ban")
    assert office.rubric.sheet(YEAR, branch).line("2").line.reason == "Thieu bien ban"  # type: ignore[union-attr]
    page.score.conditions.answer_buttons["no_report"].click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[1].trigger()
    menu.close()
    assert office.rubric.sheet(YEAR, branch).blocked == ("no_report",)
    page.score.conditions.answered.emit("no_report", Answer.NOT_MET)
    page.score.conditions.rest_button.click()
    assert office.rubric.sheet(YEAR, branch).unanswered == ()
    assert page.score.finish_button.isEnabled() is True
    in_dialog(Dialog, lambda dialog: dialog.accept())
    page.on_finish()
    assert office.rubric.sheet(YEAR, branch).score.state is ScoreState.COMMUNE_VERIFIED
    assert page.score.best_button.isHidden()
    page.score.model_button.click()
    assert office.rubric.sheet(YEAR, branch).score.title is Title.MODEL
    assert page.score.finish_button.isHidden()


def test_a_settled_sheet_is_read_only_until_it_is_opened_with_a_reason(
    qtbot: QtBot, shell: Any, page: RubricPage, office: Office
) -> None:
    branch = scored_branch(office)
    verified(office, branch)
    opened(shell, page, branch)
    assert page.score.grid.model.column_name(CHECKED) is None
    assert page.score.conditions.answer_buttons == {}

    def correct(dialog: TextDialog) -> None:
        dialog.accept_text()
        assert dialog.field.error()
        dialog.field.set_value("Cộng nhầm mục 9")
        dialog.accept_text()

    in_dialog(TextDialog, correct)
    page.score.notice.actions_shown()[0].click()
    assert office.rubric.sheet(YEAR, branch).score.state is ScoreState.SELF_SCORED
    assert page.score.grid.model.column_name(CHECKED) == VERIFIED


def test_evidence_is_written_with_f2_and_the_list_behind_opens(
    qtbot: QtBot, shell: Any, page: RubricPage, office: Office
) -> None:
    branch = scored_branch(office)
    enter_figures(office, branch)
    office.rubric.register(YEAR, [branch])
    opened(shell, page, branch)
    view = page.score.grid.view
    view.setCurrentIndex(page.score.grid.model.index(8, SELF))

    def write(dialog: TextDialog) -> None:
        dialog.field.set_value("Tuyến đường hoa")
        dialog.accept_text()

    in_dialog(TextDialog, write)
    qtbot.keyClick(view, KEY.Key_F2)
    assert office.rubric.sheet(YEAR, branch).line("9").evidence == "Tuyến đường hoa"  # type: ignore[union-attr]
    page.on_why()  # scored by hand: no list
    view.setCurrentIndex(page.score.grid.model.index(2, SELF))
    seen: list[int] = []
    in_dialog(BehindDialog, lambda dialog: seen.append(len(dialog.table.model.rows)))
    page.on_why()
    assert seen == [4]


def test_titles_are_given_from_the_list_and_earlier_ones_recorded(page: RubricPage, office: Office) -> None:
    branch = scored_branch(office)
    verified(office, branch)
    page.refresh()

    def record(dialog: TitlesDialog) -> None:
        combo = dialog.choices[branch]
        combo.setCurrentIndex(1)
        dialog.accept()

    in_dialog(TitlesDialog, record)
    page.list.record_titles()
    line = office.rubric.year(YEAR).lines[0]
    assert line.held is Title.MODEL
    items = [one for one in page.list._menu(page.list.table.model.rows[0]) if one is not None]
    assert len(items) == 5  # open, model, outstanding, not recognised, history
    items[2].press()
    assert office.rubric.year(YEAR).lines[0].title is Title.MODEL_OUTSTANDING
    items = [one for one in page.list._menu(page.list.table.model.rows[0]) if one is not None]
    items[1].press()
    assert office.rubric.sheet(YEAR, branch).score.state is ScoreState.REPORTED


def test_branches_follow_one_another(qtbot: QtBot, shell: Any, page: RubricPage, office: Office) -> None:
    first, second = (unit.id for unit in office.setup.add_branches(["Ấp Hai", "Ấp Một"]))
    office.rubric.register(YEAR, [first, second])
    opened(shell, page, first)
    page.on_next(1)
    assert page.score.branch_id == second
    page.on_next(1)
    assert page.score.branch_id == second
    page.score.branches.activated.emit(0)
    page.on_next(-1)
    assert page.score.branch_id == first
    assert page.on_escape() is True
    assert page.current() is page.list


def test_the_sheet_is_previewed_for_printing(qtbot: QtBot, shell: Any, page: RubricPage, office: Office) -> None:
    from sochihoi.services.rubric_papers import score_sheet
    from sochihoi.ui.rubric import presenter

    branch = scored_branch(office)
    verified(office, branch)
    pdf = score_sheet(office, YEAR, branch, presenter.condition_words)
    assert pdf.startswith(b"%PDF")


@pytest.mark.parametrize(("width", "height", "text_size"), [(1366, 690, "largest"), (1093, 540, "medium")])
@pytest.mark.parametrize("state", ["own", "verifying", "verified"])
def test_the_sheet_fits_the_screens(
    shell: Any, page: RubricPage, office: Office, width: int, height: int, text_size: str, state: str
) -> None:
    branch = scored_branch(office, members=5, present=4)
    office.rubric.record_titles(YEAR - 1, {branch: Title.MODEL})
    if state == "verified":
        verified(office, branch)
    else:
        office.rubric.register(YEAR, [branch])
    if state == "verifying":
        fill(office, branch)
        office.rubric.finish_own(YEAR, branch)
        answer_all(office, branch)
    shell.set_look("light", text_size)
    shell.resize(width, height)
    shell.go("rubric", branch_id=branch)
    for _ in range(3):
        QApplication.processEvents()
    assert (shell.width(), shell.height()) == (width, height)
    assert cut_labels(shell) == []
    shell.set_look("light", "medium")
