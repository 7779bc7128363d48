"""The pages of a report: A4 and A5, several formats, the printer, what is kept of an issued one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sochihoi.domain.issued import PaperKind
from sochihoi.reports import preview as pages
from sochihoi.services.office import Office
from sochihoi.ui.reports.archive_dialog import ArchiveDialog
from sochihoi.ui.reports.page import ReportsPage
from sochihoi.ui.shared import print_dialog, save_dialog
from sochihoi.ui.shared.preview import PreviewDialog
from sochihoi.ui.shared.print_dialog import PrintDialog
from sochihoi.ui.shared.printing import read_pages
from sochihoi.ui.shared.save_dialog import SaveDialog
from tests.ui.reports_driving import answer, third_quarter
from tests.ui.test_accessible import nameless


@pytest.fixture
def page(office: Office, shell: Any, qtbot: QtBot) -> Iterator[ReportsPage]:
    third_quarter(office)
    shell.resize(1366, 690)
    report = office.reports.report("quarter", office.reports.span("2026-Q3"))
    office.reports.issuing.issue(report)
    with qtbot.waitSignal(shell.jobs.idle):
        shell.go("reports", view="report", form="quarter", span="2026-Q3")
    found = shell.page()
    yield found
    if found.report.preview is not None and found.report.preview.isVisible():
        found.report.preview.close()


def look(page: ReportsPage, shell: Any, qtbot: QtBot) -> PreviewDialog:
    with qtbot.waitSignal(shell.jobs.idle):
        page.on_print()
    assert page.report.preview is not None
    return page.report.preview


def kept(office: Office) -> list[tuple[PaperKind, str]]:
    found = office.reports.issuing.kept("quarter", office.reports.span("2026-Q3"))
    return [(one.kind, one.sha256) for one in found]


def test_the_pages_are_set_on_a5_and_the_choice_is_remembered(
    page: ReportsPage, shell: Any, office: Office, qtbot: QtBot
) -> None:
    dialog = look(page, shell, qtbot)
    assert dialog.paper_name == "A4"
    assert nameless(dialog) == []
    dialog.paper_choice.setCurrentIndex(1)
    with qtbot.waitSignal(shell.jobs.idle):
        dialog.paper_choice.activated.emit(1)
    assert dialog.paper_name == "A5"
    assert round(min(pages.page_sizes(dialog._pdf)[0]) / 72 * 25.4) == 148
    dialog.close()
    assert look(page, shell, qtbot).paper_name == "A5"
    assert kept(office) == [], "looking is not printing"


def test_several_formats_go_into_a_folder_and_are_kept(
    page: ReportsPage, shell: Any, office: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = look(page, shell, qtbot)
    folder = tmp_path / "usb"
    folder.mkdir()
    monkeypatch.setattr(save_dialog, "choose_folder", lambda *_args: folder)
    opened: list[Any] = []
    monkeypatch.setattr("sochihoi.ui.shared.preview.open_files", lambda files: opened.append(files) or True)

    def choose(asking: SaveDialog) -> None:
        for kind in ("docx", "xlsx", "json"):
            asking.form[kind].set_value(True)
        asking.form["open"].set_value(True)
        asking.deed.click()

    answer(choose, SaveDialog)
    with qtbot.waitSignal(shell.jobs.idle):
        dialog.save_button.click()
    names = sorted(one.name for one in folder.iterdir())
    assert names == [f"BaoCao_2026-Q3.{kind}" for kind in ("docx", "json", "pdf", "xlsx")]
    assert dialog.message.property("message") == "ok"
    assert [one.name for one in opened[0]] == [f"BaoCao_2026-Q3.{kind}" for kind in ("pdf", "docx", "xlsx", "json")]
    content = {one.suffix[1:]: hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.iterdir()}
    assert sorted(kept(office), key=str) == sorted(
        ((PaperKind(kind), content[kind]) for kind in ("pdf", "docx", "xlsx")), key=str
    )
    # the ticks are remembered; one format alone is one file
    single = tmp_path / "mot.pdf"
    monkeypatch.setattr(save_dialog, "choose_target", lambda *_args: single)

    def only_pdf(asking: SaveDialog) -> None:
        assert asking.kinds == ("pdf", "docx", "xlsx", "json")
        for kind in ("pdf", "docx", "xlsx", "json"):
            asking.form[kind].set_value(False)
        asking._enable()
        assert not asking.deed.isEnabled()
        asking.form["pdf"].set_value(True)
        asking._enable()
        asking.deed.click()

    answer(only_pdf, SaveDialog)
    with qtbot.waitSignal(shell.jobs.idle):
        dialog.save_button.click()
    assert single.read_bytes() == (folder / "BaoCao_2026-Q3.pdf").read_bytes()


def test_what_was_printed_is_kept_byte_by_byte_and_opened_again(
    page: ReportsPage, shell: Any, office: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = look(page, shell, qtbot)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setFullPage(True)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.print_on(printer, (1, 2), 2)
    assert not dialog.print_button.isEnabled()
    assert dialog.run is not None
    with qtbot.waitSignal(dialog.run.ended):
        pass
    assert len(pages.page_sizes((tmp_path / "printed.pdf").read_bytes())) == 4, "two pages twice"
    pdf = dialog._pdf
    dialog.close()
    assert kept(office) == [(PaperKind.PDF, hashlib.sha256(pdf).hexdigest())]
    QApplication.processEvents()
    assert "(1)" in page.report.side.archive_button.text()

    page.report.show_archive()
    archive = next(one for one in page.report.findChildren(ArchiveDialog))
    assert nameless(archive) == []
    archive.open_button.click()
    assert page.report.preview is not None
    assert page.report.preview._pdf == pdf
    monkeypatch.setattr("sochihoi.ui.reports.archive_dialog.choose_target", lambda *_args: tmp_path / "again.pdf")
    archive.save_button.click()
    assert (tmp_path / "again.pdf").read_bytes() == pdf
    archive.close()


def test_of_what_is_kept_a_copy_with_pages_is_chosen_first(page: ReportsPage, shell: Any, office: Office) -> None:
    made = page.report.read.report
    assert made is not None
    for kind in (PaperKind.PDF, PaperKind.DOCX, PaperKind.XLSX):
        office.reports.issuing.keep(made, kind, office.reports.content(made, kind.value))
    archive = ArchiveDialog(shell.context, shell, made, lambda _name, _content: None)
    chosen = archive.table.current()
    assert chosen is not None
    assert chosen.kind is PaperKind.PDF
    assert archive.table.model.rows[0].kind is not PaperKind.PDF
    assert archive.open_button.isEnabled()
    archive.table.choose(archive.table.model.rows[0].id)
    assert not archive.open_button.isEnabled()
    assert archive.save_button.isEnabled()
    archive.close()


def test_printing_can_be_stopped_and_then_nothing_is_kept(
    page: ReportsPage, shell: Any, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = look(page, shell, qtbot)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.print_on(printer, tuple(range(1, dialog.page_count() + 1)), 50)
    dialog.message.actions_shown()[0].click()
    assert dialog.run is not None
    with qtbot.waitSignal(dialog.run.ended):
        pass
    assert kept(office) == []
    assert dialog.print_button.isEnabled()


def test_the_print_dialog_remembers_the_printer_and_reads_ranges(
    page: ReportsPage, shell: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_dialog, "printers", lambda: ["HP ở văn phòng", "Canon"])
    context = shell.context
    first = PrintDialog(context, shell, 6, "A4")
    qtbot.addWidget(first)
    first.show()
    assert first.printer_name == "HP ở văn phòng"
    first._printer.set_value("Canon")
    first._pages.set_value("2-3, 9")
    first.deed.click()
    assert first._pages.error()
    first._pages.set_value("2-3, 5")
    first._copies.set_value(3)
    first.deed.click()
    assert (first.printer_name, first.copies, first.pages) == ("Canon", 3, (2, 3, 5))
    assert PrintDialog(context, shell, 6, "A4").printer_name == "Canon"
    monkeypatch.setattr(print_dialog, "printers", list)
    none = PrintDialog(context, shell, 6, "A4")
    qtbot.addWidget(none)
    none.show()
    assert not none.deed.isEnabled()
    assert none.message.text()
    assert nameless(none) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", (1, 2, 3, 4)),
        ("2", (2,)),
        ("3-4, 1", (3, 4, 1)),
        ("2–3", (2, 3)),
        ("1,1", (1,)),
        ("5", None),
        ("3-2", None),
    ],
)
def test_page_ranges(text: str, found: tuple[int, ...] | None) -> None:
    assert read_pages(text, 4) == found
