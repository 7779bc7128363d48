"""The code of a printed report, typed in: whose it is and which figures it proves; of a commune and above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from sochihoi.domain import paper_codes
from sochihoi.services.office import Office
from sochihoi.ui.shared.paper_code import CodeDialog
from tests.exchange_data import OCTOBER, Exchange, make_exchange
from tests.ui.reports_driving import third_quarter
from tests.ui.test_accessible import nameless


@pytest.fixture
def dialog(office: Office, shell: Any, qtbot: QtBot) -> CodeDialog:
    third_quarter(office)
    shell.resize(1366, 690)
    shell.go("reports", view="list")
    page = shell.page()
    page.list.code_button.click()
    found = page.list.code_dialog
    assert isinstance(found, CodeDialog)
    qtbot.addWidget(found)
    return found


def check(dialog: CodeDialog, shell: Any, qtbot: QtBot, text: str) -> None:
    dialog.code.line.clear()
    qtbot.keyClicks(dialog.code.line, text)
    with qtbot.waitSignal(shell.jobs.idle):
        dialog.check_button.click()
    QApplication.processEvents()


def test_a_code_tells_its_report_and_figures(dialog: CodeDialog, shell: Any, office: Office, qtbot: QtBot) -> None:
    issue = office.reports.issue("month", office.reports.span("2026-09"))
    assert issue is not None
    check(dialog, shell, qtbot, paper_codes.shown(issue.code).lower())
    assert dialog.proof is not None
    assert (dialog.proof.form, dialog.proof.period) == ("month", "2026-09")
    assert dialog.message.property("message") == "ok"
    assert "9/2026" in dialog.message.text()
    members = next(row.figure for row in dialog.table.model.rows if row.name in ("Hội viên cuối tháng", "Hội viên"))
    assert members == "50"
    shares = [row.figure for row in dialog.table.model.rows if "%" in row.figure]
    assert shares  # the paper has the percent, the code proves both numbers of it
    assert all(re.fullmatch(r"[\d.]+/[\d.]+ \([\d,]+\xa0%\)", one) for one in shares)
    assert nameless(dialog) == []
    assert dialog.height() <= dialog.screen().availableGeometry().height()


def test_other_words_and_other_codes_are_refused_in_two_sentences(dialog: CodeDialog, shell: Any, qtbot: QtBot) -> None:
    check(dialog, shell, qtbot, "khong phai ma")
    assert dialog.message.property("message") == "bad"
    assert dialog.proof is None
    assert dialog.table.isHidden()
    check(dialog, shell, qtbot, paper_codes.shown(paper_codes.code_of("0" * 64)))
    assert dialog.message.property("message") == "bad"
    dialog.code.line.clear()
    dialog.check_button.click()
    assert dialog.code.error(), "nothing was typed"


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize(("form", "span"), [("month", OCTOBER.code), ("quarter", "2026-Q3"), ("term", "2025-2030")])
def test_the_level_above_checks_a_paper_against_the_file_that_came(
    qtbot: QtBot, qapp: QApplication, settings: QSettings, exchange: Exchange, form: str, span: str
) -> None:
    reports = exchange.below.reports
    if form != "month":
        reports.issuing.issue(reports.report(form, reports.span(span)))
    exchange.above.receiving.receive([exchange.send()])
    issue = reports.issue(form, reports.span(span))
    assert issue is not None
    shell = window.build_window(exchange.above, settings, first="")
    qtbot.addWidget(shell)
    shell.show()
    shell.set_period(OCTOBER)
    shell.go("upper")
    page = shell.page()
    page.check_code()
    found = page.code_dialog
    check(found, shell, qtbot, issue.code)
    assert found.proof is not None
    assert found.proof.received
    assert (found.proof.form, found.proof.period) == (form, span)
    assert found.table.model.rows
    qtbot.keyClick(found, Qt.Key.Key_Escape)
    assert not found.isVisible()
    shell.book = None
    shell.close()
