"""The words of a report in the window: sentences with their figures, numbers that no longer agree, phrases, plots."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sochihoi.services.office import Office
from sochihoi.ui.reports.page import ReportsPage
from sochihoi.ui.reports.section_box import is_whole
from tests.month_data import OCTOBER, autumn
from tests.people_data import add_members
from tests.report_data import sections
from tests.report_data import write as write_text
from tests.ui.reports_driving import third_quarter


@pytest.fixture
def page(office: Office, shell: Any) -> ReportsPage:
    autumn(office)
    shell.resize(1366, 690)
    shell.go("reports", view="report")
    found = shell.page()
    assert isinstance(found, ReportsPage)
    QApplication.processEvents()
    return found


def test_each_sentence_tells_its_figures_and_a_figure_says_why(page: ReportsPage) -> None:
    box = page.report.box("organisation")
    assert box.figures.isHidden()
    box.figures_button.click()
    assert box.figures.isVisible()
    members = next(one for one in box.figures.buttons if one.text().endswith("50"))
    members.click()
    assert page.report._beside.currentWidget() is page.report.why.panel
    assert page.report.why.panel.isVisible()
    page.report.why.open_list(page.report.read.report, "org.members")  # type: ignore[union-attr]
    behind = page.report.why.behind
    assert behind is not None
    assert len(behind.table.model.rows) == 50
    assert "10/2026" in behind.heading.text()
    behind.reject()
    assert page.on_escape()
    assert page.report._beside.currentWidget() is page.report.side
    assert page.current() is page.report
    box.figures_button.click()
    assert box.figures.isHidden()


def test_numbers_that_no_longer_agree_are_named_and_marked(page: ReportsPage, office: Office) -> None:
    write_text(office, OCTOBER, "organisation", "Xã có 50 hội viên, trong đó 504 chị là ví dụ.")
    add_members(office, count=2)
    page.report.refresh()
    box = page.report.box("organisation")
    said = box._stale_words.text()
    assert "50 nay là 52" in said or "50 is now 52" in said
    marked = [one.cursor.selectedText() for one in box.field.text.extraSelections()]  # type: ignore[attr-defined]
    assert marked == ["50"], "not the 50 in 504"
    box.keep_button.click()
    assert box.field.text.extraSelections() == []


def test_a_number_inside_a_longer_one_is_another_one() -> None:
    assert is_whole("có 42 chị", 3, 5)
    assert is_whole("có 42, và", 3, 5)
    assert is_whole("có 42.", 3, 5)
    for text in ("có 420 chị", "có 42,5 %", "có 42.000"):
        assert not is_whole(text, 3, 5)
    assert not is_whole("1.42 ", 2, 4)


def test_a_phrase_is_put_at_the_cursor_and_own_ones_are_kept_and_dropped(page: ReportsPage, office: Office) -> None:
    box = page.report.box("strengths")
    box.field.text.setPlainText("Chị em đoàn kết.")
    box.field._leave()
    cursor = box.field.text.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    box.field.text.setTextCursor(cursor)
    box.phrases_button.click()
    menu = page.report.sections.menu
    assert menu is not None
    keep = next(one for one in menu.actions() if "câu mẫu riêng" in one.text() or "as my phrase" in one.text())
    assert keep.isEnabled()
    keep.trigger()
    menu.close()
    own = [one for one in _phrases(office) if one.own]
    assert [one.text for one in own] == ["Chị em đoàn kết."]
    cursor = box.field.text.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    box.field.text.setTextCursor(cursor)
    box.phrases_button.click()
    menu = page.report.sections.menu
    assert menu is not None
    menu.actions()[0].trigger()
    menu.close()
    content = next(one.content for one in sections(office, OCTOBER) if one.section.code == "strengths")
    assert content == "Chị em đoàn kết. Chị em đoàn kết."
    page.report.sections._drop_phrase(own[0].id)
    assert [one for one in _phrases(office) if one.own] == []


def _phrases(office: Office) -> Any:
    return office.reports.phrases("month", office.reports.span(OCTOBER.code), "strengths")


def test_a_longer_report_shows_its_plots_with_their_tables(
    page: ReportsPage, shell: Any, office: Office, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(shell.jobs.idle):
        page.open_any("year", "2026", "")
    report = page.report.read.report  # type: ignore[union-attr]
    assert report.plots
    assert len(page.report.plots.cards) == len(report.plots)
    card = page.report.plots.cards[-1]
    assert card.chart.accessibleName()
    card.turn.click()
    words = [one.text() for one in card._table.findChildren(type(card.title)) if one.text()]
    for line in report.plots[-1].table.lines:
        assert set(line.cells) <= set(words)
    # written while the year is read anew beside the window: nothing is lost
    box = page.report.box("strengths")
    box.field.text.setPlainText("Cả năm chị em đoàn kết.")
    with qtbot.waitSignal(shell.jobs.idle):
        box.field._leave()
    told = office.reports.sections("year", report.span)
    assert next(one.content for one in told if one.section.code == "strengths") == "Cả năm chị em đoàn kết."


def test_a_report_that_is_read_beside_the_window_shows_no_other_one(office: Office, shell: Any, qtbot: QtBot) -> None:
    third_quarter(office)
    shell.go("reports", view="report", period="2026-09")
    page = shell.page()
    with qtbot.waitSignal(shell.jobs.idle):
        page.open_any("quarter", "2026-Q3", "")
        assert page.report.read is None, "the month is not shown under the name of the quarter"
        assert not page.report.preview_button.isEnabled()
    assert page.report.read.report.span.code == "2026-Q3"


def test_words_never_stay_in_a_field_of_another_report(
    page: ReportsPage, shell: Any, office: Office, qtbot: QtBot
) -> None:
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    with qtbot.waitSignal(shell.jobs.idle):
        page.open_any("half", "2026-H2", "")
    box = page.report.box("strengths")
    box.field.text.setFocus()
    qtbot.keyClicks(box.field.text, "Sau thang")
    page.open_report()  # with the keys still in the field
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    assert page.report.box("strengths").field.value() is None
    half = office.reports.sections("half", office.reports.span("2026-H2"))
    assert next(one.content for one in half if one.section.code == "strengths").endswith("Sau thang")
    assert next(one for one in sections(office, OCTOBER) if one.section.code == "strengths").content == ""
    # the same when another working month is chosen
    box = page.report.box("strengths")
    box.field.text.setFocus()
    qtbot.keyClicks(box.field.text, "Thang muoi")
    shell.set_period(OCTOBER.previous())
    QApplication.processEvents()
    assert page.report.box("strengths").field.value() is None
    assert next(one for one in sections(office, OCTOBER) if one.section.code == "strengths").content == "Thang muoi"
