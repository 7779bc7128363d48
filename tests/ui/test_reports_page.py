"""Closing a month and its report, as an officer does it: real page, real office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from sochihoi import i18n
from sochihoi.domain.accounts import Account, Role
from sochihoi.services.office import Office
from sochihoi.ui.reports.dialogs import TextDialog
from sochihoi.ui.reports.entry_dialog import EntryDialog
from sochihoi.ui.reports.page import ReportsPage
from sochihoi.ui.reports.presenter import ALL
from sochihoi.ui.shared.dialogs import Dialog
from tests.meetings_data import frozen_one
from tests.month_data import OCTOBER, SEPTEMBER, autumn, close_september

KEY = Qt.Key


@pytest.fixture
def branches(office: Office) -> dict[str, str]:
    return autumn(office)


@pytest.fixture
def page(branches: dict[str, str], shell: Any) -> Iterator[ReportsPage]:
    shell.resize(1366, 690)
    shell.go("reports")
    found = shell.page()
    assert isinstance(found, ReportsPage)
    QApplication.processEvents()
    yield found
    if found.figures.behind is not None:
        found.figures.behind.close()


def answer(act: Any) -> None:
    """Do something with the dialog that opens next."""

    def run() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        act(dialog)

    QTimer.singleShot(0, run)


def press(dialog: Dialog, role: str) -> None:
    next(b for b in dialog.findChildren(QPushButton) if b.property("role") == role).click()


def give_reasons(page: ReportsPage) -> None:
    for one in page.figures.presenter.checks.unreasoned:

        def write(dialog: Any) -> None:
            dialog.form["reason"].set_value("Hoãn vì ngập nước")
            press(dialog, "primary")

        answer(write)
        page.figures.write_reason(one)


def labels(page: ReportsPage) -> list[str]:
    return [row.key for row in page.figures.table.model.rows]


# ---------------------------------------------------------------------- figures


def test_figures_stand_under_the_bands_of_their_groups(page: ReportsPage) -> None:
    assert labels(page)[:2] == ["group/org", "org.members"]
    row = next(r for r in page.figures.table.model.rows if r.key == "org.attendance_pct")
    assert (row.now().replace(",", "."), row.change().replace(",", ".")) == ("77.5\u00a0%", "+9.5")
    page.figures.which.setCurrentIndex(page.figures.which.findData(ALL))
    page.figures.which.activated.emit(1)
    assert "welfare.gifts" in labels(page)


def test_ctrl_i_says_why_and_opens_the_list_behind(page: ReportsPage, shell: Any) -> None:
    figures = page.figures
    figures.table.choose("org.attendance_pct", 1)
    page.on_why()
    assert figures.side.currentWidget() is figures.panel
    figures.table.choose("org.members", 1)  # the panel follows the cell
    assert figures._why_code == "org.members"
    figures.open_list("org.attendance_pct")
    assert figures.behind is not None
    table = figures.behind.table
    assert len(table.model.rows) == 4
    paper: Any = table.paper
    assert "10/2026" in paper.listing().told, "the paper says of which month"
    figures.behind.branch.setCurrentIndex(1)
    assert [line.branch_name for line in table.model.rows] == ["Ấp An Hòa"]
    figures.behind.close()
    assert page.on_escape()
    assert figures.side.currentWidget() is figures.checks
    assert not page.on_escape()


def test_a_line_of_the_list_opens_its_page(page: ReportsPage, shell: Any) -> None:
    page.figures.open_list("org.meetings")
    assert page.figures.behind is not None
    page.figures.behind.table.opened.emit(page.figures.behind.table.model.rows[0])
    assert shell.current_key == "meetings"


def test_the_why_cell_opens_the_panel(page: ReportsPage) -> None:
    table = page.figures.table
    table.view.clicked.emit(table.model.index(1, len(table.model.columns) - 1))
    assert page.figures.side.currentWidget() is page.figures.panel
    table.opened.emit(table.model.rows[2])  # Enter on a counted figure says why, too
    assert page.figures._why_code == table.model.rows[2].key


# ---------------------------------------------------------------------- entering


def test_a_plain_figure_is_typed_in_its_cell(qtbot: QtBot, page: ReportsPage, office: Office) -> None:
    table = page.figures.table
    table.choose("dues.collected_vnd", 1)
    table.edit_current()
    assert table._editor is not None
    table._editor.setText("4.120.000")
    qtbot.keyClick(table._editor, KEY.Key_Return)
    assert office.figures.of(OCTOBER).row("dues.collected_vnd").now.value == 4_120_000
    kept = table.current()
    assert kept is not None
    assert kept.key == "dues.collected_vnd"  # the place is kept
    QApplication.processEvents()
    table.edit_current()
    table._editor.setText("5")
    qtbot.keyClick(table._editor, KEY.Key_Escape)
    assert office.figures.of(OCTOBER).row("dues.collected_vnd").now.value == 4_120_000
    table.edit_current()
    table._editor.setText("nonsense")
    qtbot.keyClick(table._editor, KEY.Key_Return)
    assert office.figures.of(OCTOBER).row("dues.collected_vnd").now.value == 4_120_000
    table.choose("org.members", 1)
    table.edit_current()
    assert table._editor is None


def test_women_are_entered_branch_by_branch_in_a_dialog(page: ReportsPage, office: Office) -> None:
    def fill(dialog: Any) -> None:
        assert isinstance(dialog, EntryDialog)
        dialog.form["v0"].set_value(25)
        dialog.form["v1"].set_value(30)
        press(dialog, "primary")

    answer(fill)
    page.figures.open_entry("org.women_18")
    row = office.figures.of(OCTOBER).row("org.gathering_pct")
    assert (row.now.numerator, row.now.denominator) == (20, 55)


def test_a_share_asks_for_both_numbers_and_says_what_is_wrong(page: ReportsPage, office: Office) -> None:
    said = []

    def fill(dialog: Any) -> None:
        dialog.form["v0"].set_value(9)
        dialog.form["d0"].set_value(4)
        press(dialog, "primary")
        said.append(dialog.message.text())
        dialog.form["d0"].set_value(12)
        press(dialog, "primary")

    answer(fill)
    page.figures.open_entry("dues.paid_pct")
    assert said
    assert said[0]
    row = office.figures.of(OCTOBER).row("dues.paid_pct")
    assert (row.now.numerator, row.now.denominator) == (9, 12)


def test_the_note_about_missing_women_opens_the_dialog(page: ReportsPage, shell: Any) -> None:
    opened = []

    def leave(dialog: Any) -> None:
        opened.append(isinstance(dialog, EntryDialog))
        dialog.reject()

    answer(leave)
    shell.go("reports", enter="org.women_18")
    assert opened == [True]


# ---------------------------------------------------------------------- checks and closing


def test_an_error_stands_against_closing_and_its_button_goes_there(
    office: Office, branches: dict[str, str], page: ReportsPage, shell: Any
) -> None:
    frozen_one(office, branches["Ấp Trà Cuôn"], date(2026, 10, 24))
    shell.refresh_page()
    figures = page.figures
    assert not figures.close_button.isEnabled()
    assert figures.action_bar()._hint.text()
    error = figures.presenter.checks.errors[0]
    figures.checks.findChild(QPushButton, error.code).click()
    assert shell.current_key == "meetings"


def test_reasons_are_written_and_then_the_month_is_closed(page: ReportsPage, office: Office) -> None:
    figures = page.figures
    assert not figures.close_button.isEnabled()
    give_reasons(page)
    assert figures.close_button.isEnabled()
    answer(lambda dialog: dialog.reject())
    page.on_finish()
    assert office.months.standing(OCTOBER).is_open
    answer(lambda dialog: press(dialog, "primary"))
    page.on_finish()
    assert not office.months.standing(OCTOBER).is_open
    assert not figures.close_button.isVisible()
    assert figures.send_button.isEnabled()
    assert all(not row.can_enter for row in figures.table.model.rows)
    assert figures.table.view.property("readOnly") == "true"
    page.on_finish()  # there is nothing to finish any more


def test_a_reason_can_be_changed_and_a_draft_of_it_survives(page: ReportsPage, office: Office) -> None:
    warning = page.figures.presenter.checks.unreasoned[0]

    def begin(dialog: Any) -> None:
        assert isinstance(dialog, TextDialog)
        dialog.form["reason"].restore("Đang viết dở")
        dialog.form["reason"]._leave()
        dialog.reject()

    answer(begin)
    page.figures.write_reason(warning)
    offered = []

    def again(dialog: Any) -> None:
        offered.append(dialog.message.text())
        dialog.message.actions_shown()[0].click()
        press(dialog, "primary")

    answer(again)
    page.figures.write_reason(warning)
    assert offered
    assert offered[0]
    with office.read() as work:
        assert work.months.reasons("2026-10")[warning.code] == "Đang viết dở"


def test_sending_is_the_other_page(page: ReportsPage, office: Office, shell: Any) -> None:
    close_september(office)
    shell.set_period(SEPTEMBER)
    asked = []
    page.context.shell.go = lambda key, **_args: asked.append(key)  # type: ignore[method-assign]
    page.figures.send_button.click()
    assert asked == ["sync"]


def test_a_supplement_is_begun_given_up_and_closed(page: ReportsPage, office: Office, shell: Any) -> None:
    close_september(office)
    shell.set_period(SEPTEMBER)
    figures = page.figures

    def why(dialog: Any) -> None:
        dialog.form["reason"].set_value("Sót một buổi")
        press(dialog, "primary")

    answer(why)
    figures.state.actions_shown()[0].click()
    assert office.months.standing(SEPTEMBER).supplement == "Sót một buổi"
    assert figures.close_button.isVisible()
    figures.state.actions_shown()[0].click()
    assert not office.months.standing(SEPTEMBER).is_open
    answer(why)
    figures.state.actions_shown()[0].click()
    give_reasons(page)
    answer(lambda dialog: press(dialog, "primary"))
    figures.close_month()
    assert office.months.closing(SEPTEMBER).edition == 2


def test_a_viewer_looks_but_changes_nothing(office: Office, branches: dict[str, str], shell: Any) -> None:
    office.account = Account(office.account.id, office.account.name, Role.VIEWER)
    shell.context.read_only = True
    shell.go("reports")
    page = shell.page()
    assert isinstance(page, ReportsPage)
    assert not page.figures.close_button.isEnabled()
    assert all(not row.can_enter for row in page.figures.table.model.rows)
    page.figures.open_entry("org.women_18")  # nothing opens
    page.open_report()
    assert page.report.box("organisation").field.text.isReadOnly()


def test_a_month_that_has_not_begun_says_so(page: ReportsPage, shell: Any) -> None:
    shell.set_period(OCTOBER.next())
    assert page.figures.table.model.rows == []
    assert not page.figures.close_button.isEnabled()
    shell.set_period(OCTOBER)
    assert page.figures.table.model.rows


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", [(1366, 690), (1093, 540)], ids=str)
def test_names_of_figures_are_never_cut(
    page: ReportsPage, shell: Any, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], language: str
) -> None:
    i18n.set_language(language)
    shell.resize(*size)
    page.figures.which.setCurrentIndex(page.figures.which.findData(ALL))
    page.figures._show_rows()
    QApplication.processEvents()
    cut: set[str] = set()
    whole = QFontMetrics.elidedText

    def listened(self: QFontMetrics, text: str, mode: Any, room: int, flags: int = 0) -> str:
        shown = whole(self, text, mode, room, flags)
        if shown != text:
            cut.add(text)
        return shown

    monkeypatch.setattr(QFontMetrics, "elidedText", listened)
    table = page.figures.table
    for at in range(0, len(table.model.rows), 8):
        table.view.scrollTo(table.model.index(at, 0))
        table.view.grab()
    assert cut == set()
    high = {table.view.rowHeight(at) for at in range(len(table.model.rows))}
    assert len(high) <= 3
