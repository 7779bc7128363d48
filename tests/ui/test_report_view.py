"""The words of the report, section by section, its pages and its number: real page, real office."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from sochihoi.services.office import Office
from sochihoi.ui.reports.dialogs import NumberDialog
from sochihoi.ui.reports.page import ReportsPage
from tests.month_data import OCTOBER, SEPTEMBER, add_study, autumn, close_september
from tests.people_data import add_members
from tests.report_data import sections
from tests.report_data import write as write_text
from tests.ui.test_reports_page import answer, press


@pytest.fixture
def page(office: Office, shell: Any) -> ReportsPage:
    autumn(office)
    shell.resize(1366, 690)
    shell.go("reports")
    found = shell.page()
    assert isinstance(found, ReportsPage)
    QApplication.processEvents()
    return found


def test_a_section_is_saved_when_it_is_left_and_can_go_back(page: ReportsPage, office: Office) -> None:
    page.open_report()
    box = page.report.box("organisation")
    assert "4/5" in str(box.field.value())
    box.field.text.setPlainText("Chị em dự đông.")
    box.field._leave()
    assert sections(office, OCTOBER)[2].content == "Chị em dự đông."
    assert not box._back.isHidden()
    box._back.click()
    assert "4/5" in str(box.field.value())


def test_a_stale_section_is_marked_and_kept_or_taken_anew(page: ReportsPage, office: Office) -> None:
    write_text(office, OCTOBER, "organisation", "Chị em dự đông.")
    add_members(office, count=2)
    page.open_report()
    box = page.report.box("organisation")
    assert not box._stale.isHidden()
    assert page.report.side.stale_buttons.count() == 1
    button = page.report.side.stale_buttons.itemAt(0).widget()
    assert isinstance(button, QPushButton)
    button.click()
    box.keep_button.click()
    assert box._stale.isHidden()
    add_members(office, count=2)
    page.report.refresh()
    box.draft_button.click()
    assert "54" in str(box.field.value())


def test_the_pages_are_shown_and_name_the_file(page: ReportsPage, office: Office) -> None:
    add_study(office, date(2026, 10, 5), 12)
    page.open_report()
    page.on_print()
    assert page.report.preview is not None
    assert page.report.preview.windowTitle() == "BaoCao_2026-10_DuThao.pdf"
    assert page.report.preview.page_count() >= 2
    page.report.preview.close()
    assert page.on_escape()
    assert page.current() is page.figures


def test_number_and_date_of_a_closed_report(page: ReportsPage, office: Office, shell: Any) -> None:
    close_september(office)
    shell.go("reports", view="report", period="2026-09")
    assert page.current() is page.report
    assert page.report.side.number_button.isVisibleTo(page)

    def change(dialog: Any) -> None:
        assert isinstance(dialog, NumberDialog)
        dialog.form["report_number"].set_value("41/BC-BTV")
        press(dialog, "primary")

    answer(change)
    page.report.side.number_button.click()
    assert office.months.closing(SEPTEMBER).report_number == "41/BC-BTV"
    page.open_figures()
    assert page.help_text()
    assert page.report.help_text()
