"""The list of reports: what is due first, every period of the year, any report over any time, the way back."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sochihoi.services.office import Office
from sochihoi.ui.reports.choose_dialog import ChooseDialog
from sochihoi.ui.reports.list_presenter import NOW, YEAR, Stage, banded, note, read_list
from sochihoi.ui.reports.page import ReportsPage
from tests.month_data import OCTOBER
from tests.ui.reports_driving import answer, third_quarter
from tests.ui.test_accessible import nameless, shown_letters
from tests.ui.test_fit import beyond_the_edge, cut_labels


@pytest.fixture
def page(office: Office, shell: Any) -> ReportsPage:
    third_quarter(office)
    shell.resize(1366, 690)
    shell.go("reports", view="list")
    found = shell.page()
    assert isinstance(found, ReportsPage)
    QApplication.processEvents()
    return found


def keys(page: ReportsPage) -> list[str]:
    return [row.key for row in page.list.table.model.rows]


def test_what_is_due_stands_first_and_what_is_issued_last(page: ReportsPage, office: Office) -> None:
    rows = read_list(office, OCTOBER, NOW)
    by_key = {one.key: one for one in rows}
    quarter = by_key["quarter/2026-Q3"]
    assert quarter.stage is Stage.OVER
    assert (quarter.days, quarter.state[1]) == (-21, "bad")  # due on 5 October, today is the 26th
    assert by_key["month/2026-10"].stage is Stage.RUNNING
    assert page.list.table.view.hasFocus() or page.focusWidget() is page.list.table.view
    assert "month/2026-09" not in by_key, "closed and of an earlier month"
    assert by_key["month/2026-10"].due_words.startswith("02/11, ")
    assert by_key["year/2026"].due_words.startswith("10/01/2027, ")
    term = by_key["term/2025-2030"].due_words
    assert ("2030, " in term, "1.3" in term) == (True, True), term
    assert by_key["campaign/2026-Q4"].stage is Stage.WANTED, "over any time: only where it is asked for"
    assert keys(page)[0] == "band/over"
    assert keys(page).index("quarter/2026-Q3") < keys(page).index("band/running") < keys(page).index("month/2026-10")
    assert note(rows)
    assert "quá hạn" in note(rows) or "overdue" in note(rows)
    year = {one.key: one for one in read_list(office, OCTOBER, YEAR)}
    september = year["month/2026-09"]
    assert (september.stage, september.number, september.edition) == (Stage.ISSUED, "01/BC-BTV", 1)
    sheets = year["branch-sheet/2026-09"]
    assert (sheets.branches, sheets.issued) == (5, 5)
    assert "month/2026-11" not in year, "it has not begun"
    assert [one.stage for one in banded(tuple(year.values()), "month") if one.form][-1] is Stage.ISSUED


def test_the_whole_year_is_read_beside_the_window_and_narrowed_by_kind(
    page: ReportsPage, shell: Any, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(shell.jobs.idle):
        page.list.which.setCurrentIndex(1)
        page.list.which.activated.emit(1)
    assert "month/2026-09" in keys(page)
    page.list.form.setCurrentIndex(page.list.form.findData("quarter"))
    page.list.form.activated.emit(1)
    assert {key.split("/")[0] for key in keys(page)} == {"band", "quarter"}
    page.list._every_form()
    assert "month/2026-09" in keys(page)


def test_the_list_is_printed_and_bands_are_no_reports(page: ReportsPage, shell: Any, qtbot: QtBot) -> None:
    reports = sum(row.form is not None for row in page.list.table.model.rows)
    assert reports < len(keys(page))
    assert page.list.paper.button.isVisible()
    made = page.list.paper.listing()
    assert made.size == reports
    assert (made.told, made.count.split()[0]) == (f"{page.list.which.currentText()}.", str(reports))
    shell.resize(1366, 1400)
    qtbot.waitUntil(lambda: page.list.table._count.text().startswith("<"))
    assert f">{reports}<" in page.list.table._count.text()


def test_enter_opens_a_report_and_escape_comes_back(page: ReportsPage, shell: Any, qtbot: QtBot) -> None:
    page.list.table.choose("quarter/2026-Q3")
    with qtbot.waitSignal(shell.jobs.idle):
        qtbot.keyClick(page.list.table.view, Qt.Key.Key_Return)
    assert page.current() is page.report
    assert page.report.read is not None
    assert page.report.read.report.span.code == "2026-Q3"
    assert "quý 3/2026" in page.report._title.text() or "quarter 3/2026" in page.report._title.text()
    assert page.on_escape()
    assert page.current() is page.list
    assert page.on_escape()
    assert page.current() is page.figures


def test_any_report_over_any_time_also_of_one_branch(
    page: ReportsPage, shell: Any, office: Office, qtbot: QtBot
) -> None:
    branch = next(unit.id for unit in office.setup.branches() if unit.name == "Ấp An Hòa")

    def choose(dialog: ChooseDialog) -> None:
        dialog.form.set_value("branch-sheet")
        dialog.kind.set_value("quarter")
        dialog.span.set_value("2026-Q3")
        dialog._accept()
        assert dialog.isVisible(), "a branch is wanted"
        dialog.branch.set_value(branch)
        dialog._accept()

    answer(choose, ChooseDialog)
    with qtbot.waitSignal(shell.jobs.idle):
        page.list.on_new()
    read = page.report.read
    assert read is not None
    beside = [one.text() for one in page.report.side.facts.findChildren(QLabel)]
    assert "- Chi hội Ấp An Hòa;\n- Lưu: VT." in beside, "to whom this paper goes, not the others"
    assert (read.report.form.code, read.report.span.code, read.report.branch_id) == ("branch-sheet", "2026-Q3", branch)
    assert "Ấp An Hòa" in page.report._title.text()


def test_a_report_of_branches_asks_for_the_branch(page: ReportsPage) -> None:
    seen = answer(lambda dialog: dialog.reject(), ChooseDialog)
    page.list._open(next(row for row in page.list.table.model.rows if row.key == "branch-month/2026-10"))
    assert seen[0].form.value() == "branch-month"
    assert seen[0].span.value() == "2026-10"
    assert page.current() is page.list


@pytest.mark.parametrize("size", [(1366, 690), (1093, 540)], ids=str)
def test_the_list_fits_and_can_be_heard(page: ReportsPage, shell: Any, size: tuple[int, int]) -> None:
    shell.resize(*size)
    QApplication.processEvents()
    assert cut_labels(shell) == []
    assert beyond_the_edge(page) == []
    assert shell.frame.room.fits()
    assert nameless(shell) == []
    assert page.list.table.view.horizontalScrollBar().maximum() == 0
    letters = [letter for letter, _words in shown_letters(shell)]
    assert len(letters) == len(set(letters))
    assert page.help_text()


def test_what_the_first_page_sends_here_opens_the_figures_not_the_list(page: ReportsPage, shell: Any) -> None:
    assert page.current() is page.list
    shell.go("reports", view="figures")
    assert page.current() is page.figures
    page.open_list()
    shell.go("reports", period="2026-09")  # a month that must be closed first
    assert page.current() is page.figures
    page.open_list()
    shell.refresh_page()  # F5 stays
    assert page.current() is page.list
