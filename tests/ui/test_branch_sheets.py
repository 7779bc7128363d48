"""Sheets of the branches in the window, and the figures of a large commune, read beside the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from sochihoi.reports import preview
from sochihoi.services.office import Office
from sochihoi.services.reports import BRANCH_SHEET, PDF
from sochihoi.ui.reports import batch
from sochihoi.ui.reports.branch_dialog import BOUND, EVERY, BranchDialog
from sochihoi.ui.reports.page import ReportsPage
from tests.month_data import OCTOBER, SEPTEMBER, autumn


@pytest.fixture
def page(office: Office, shell: Any) -> Iterator[ReportsPage]:
    autumn(office)
    shell.resize(1366, 690)
    shell.go("reports", view="report")
    found = shell.page()
    assert isinstance(found, ReportsPage)
    yield found
    if found.report.branches.preview is not None:
        found.report.branches.preview.close()


def choose(branch: str) -> None:
    """Answer the dialog that opens next; ``EVERY`` or a name."""

    def run() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, BranchDialog)
        dialog.choice.combo.setCurrentIndex(0 if branch == EVERY else dialog.choice.combo.findText(branch))
        dialog.deed.click()

    QTimer.singleShot(0, run)


def answer(*, replace: bool) -> None:
    """Answer the question that opens next."""

    def run() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        if replace:
            next(b for b in dialog.findChildren(QPushButton) if b.property("role") == "danger").click()
        else:
            dialog.reject()

    QTimer.singleShot(0, run)


def test_one_branch_is_shown_page_by_page(qtbot: QtBot, page: ReportsPage) -> None:
    choose("Ấp Phú Hòa")
    page.report.branches_button.click()
    qtbot.waitUntil(lambda: page.report.branches.preview is not None)
    assert page.report.branches.preview is not None
    assert page.report.branches.preview.windowTitle() == "BieuChiHoi_2026-10_Ap-Phu-Hoa_DuThao.pdf"


def test_all_are_saved_into_a_folder_and_replaced_only_when_she_says_so(
    qtbot: QtBot, page: ReportsPage, shell: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "usb"
    span = shell.context.office.reports.span(OCTOBER.code)
    monkeypatch.setattr(batch, "choose_folder", lambda *_args: folder)
    with qtbot.waitSignal(shell.jobs.idle):
        choose(EVERY)
        page.report.branches_button.click()
    assert len(list(folder.glob("*.pdf"))) == 5
    first = min(folder.iterdir())
    first.write_bytes(b"old")
    answer(replace=False)  # they are left as they are
    page.report.branches.save_all(span, (BRANCH_SHEET,), (PDF,))
    assert first.read_bytes() == b"old"
    with qtbot.waitSignal(shell.jobs.idle):
        answer(replace=True)
        page.report.branches.save_all(span, (BRANCH_SHEET,), (PDF,))
    assert first.read_bytes().startswith(b"%PDF")


def test_several_papers_in_several_formats_go_into_one_folder(
    qtbot: QtBot, page: ReportsPage, shell: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "usb"
    monkeypatch.setattr(batch, "choose_folder", lambda *_args: folder)

    def run() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, BranchDialog)
        dialog.set_forms()
        assert not dialog.deed.isEnabled(), "no paper is ticked"
        dialog.set_forms("branch-sheet", "branch-month")
        dialog._kinds["docx"].set_value(True)
        dialog._show()
        dialog.deed.click()

    QTimer.singleShot(0, run)
    with qtbot.waitSignal(shell.jobs.idle):
        page.report.branches_button.click()
    names = [one.name for one in folder.iterdir()]
    assert len(names) == 2 * 2 * 5
    assert sum(name.startswith("CTH_DLXH_") and name.endswith(".docx") for name in names) == 5


def test_all_papers_are_bound_for_printing_in_one_go(qtbot: QtBot, page: ReportsPage, shell: Any) -> None:
    span = shell.context.office.reports.span(OCTOBER.code)
    one = shell.context.office.reports
    alone = [
        len(preview.page_sizes(one.content(one.report("branch-sheet", span, unit.id), PDF)))
        for unit in one.branches(span)
    ]

    def run() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, BranchDialog)
        dialog.way_choice.set_value(BOUND)
        dialog._show()
        dialog.deed.click()

    QTimer.singleShot(0, run)
    with qtbot.waitSignal(shell.jobs.idle):
        page.report.branches_button.click()
    made = page.report.branches.preview
    assert made is not None
    assert made.page_count() == sum(alone)
    assert made.windowTitle() == f"BieuChiHoi_2026-10_{shell.context.office.commune.code}.pdf"


def test_the_batch_can_be_stopped_and_whole_files_stay(
    qtbot: QtBot, page: ReportsPage, shell: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "usb"
    monkeypatch.setattr(batch, "choose_folder", lambda *_args: folder)
    span = shell.context.office.reports.span(OCTOBER.code)
    stopped = []

    def stop(job: Any) -> None:
        job.progress.moved.connect(lambda done, _total: (stopped.append(done), job.progress.stop()) if done else None)

    shell.jobs.started.connect(stop)
    with qtbot.waitSignal(shell.jobs.idle):
        page.report.branches.save_all(span, (BRANCH_SHEET,), (PDF, "xlsx"))
    there = list(folder.glob("*.pdf"))
    assert 1 <= len(list(folder.iterdir())) < 10
    assert all(one.read_bytes().startswith(b"%PDF") for one in there)


def test_the_figures_of_a_large_commune_are_read_beside_the_window(
    qtbot: QtBot, page: ReportsPage, shell: Any, office: Office
) -> None:
    page.open_figures()
    figures = page.figures
    shell.context.is_large = lambda: True
    figures.table.choose("org.attendance_pct", 1)
    with qtbot.waitSignal(shell.jobs.idle):
        shell.refresh_page()
        assert figures.table.model.rows  # the old content stays
    kept = figures.table.current()
    assert kept is not None
    assert kept.key == "org.attendance_pct"
    with qtbot.waitSignal(shell.jobs.idle):
        shell.set_period(SEPTEMBER)
        assert figures.table.model.rows == []  # never the figures of another month
        assert not figures.close_button.isEnabled()
        shell.go("reports", why="org.members")
    assert figures.presenter.shows(SEPTEMBER)
    assert figures.side.currentWidget() is figures.panel
    with qtbot.waitSignal(shell.jobs.idle):
        shell.set_period(SEPTEMBER)
        shell.set_period(OCTOBER)
    assert figures.presenter.shows(OCTOBER)
    with qtbot.waitSignal(shell.jobs.idle):
        shell.set_period(OCTOBER.next())
    assert figures.table.model.rows == []
    page.on_why()  # nothing to explain
    assert office.months.standing(OCTOBER).is_open
