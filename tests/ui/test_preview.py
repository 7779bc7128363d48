"""The print preview: real pages of a real PDF; zoom, saving, the printer."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from sochihoi.ui.shared import preview as shown
from sochihoi.ui.shared.preview import FIT, PreviewDialog
from tests.ui.stand_in import Desk


def a_pdf(pages: int) -> bytes:
    """A4 pages with a dark block at the top left."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for _page in range(pages):
        canvas.rect(30, A4[1] - 130, 100, 100, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def dialog(desk: Desk, qtbot: QtBot) -> PreviewDialog:
    assert desk.shell.context is not None
    made = PreviewDialog(desk.shell.context, desk.shell, a_pdf(3), "bao-cao-2026-10.pdf")
    qtbot.addWidget(made)
    made.show()
    return made


def test_pages_and_zoom(dialog: PreviewDialog) -> None:
    assert dialog.page_count() == 3
    dialog.set_zoom(100)
    width = dialog.paper.width()
    assert abs(width - 794) <= 2  # A4 at 96 dots an inch
    assert dialog.paper.pixmap().toImage().pixelColor(80, 80).lightness() < 10
    dialog.zoom_by(1)
    assert dialog.paper.width() > width
    dialog.zoom_by(-1)
    dialog.zoom_by(-1)
    assert dialog.paper.width() < width
    dialog.set_zoom(FIT)
    assert dialog.paper.width() <= dialog.width()
    dialog.pages.setCurrentRow(2)
    assert "3" in dialog.paper.accessibleName()


def test_the_file_is_saved_whole(dialog: PreviewDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "choose_target", lambda *_args: tmp_path / "out.pdf")
    dialog._save()
    assert (tmp_path / "out.pdf").read_bytes() == dialog._pdf
    assert dialog.message.property("message") == "ok"
    monkeypatch.setattr(shown, "choose_target", lambda *_args: tmp_path / "nowhere" / "out.pdf")
    dialog._save()
    assert dialog.message.property("message") == "bad"


def test_the_printer_gets_every_page_large(dialog: PreviewDialog, tmp_path: Path) -> None:
    from sochihoi.reports import preview

    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setResolution(100)
    printer.setFullPage(True)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.paint_on(printer)
    printed = (tmp_path / "printed.pdf").read_bytes()
    assert len(preview.page_sizes(printed)) == 3


def test_an_annex_across_the_paper_is_printed_as_large(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    """A landscape page on a printer that holds its paper upright: turned, not made small."""
    from dataclasses import replace

    from sochihoi.reports import official, preview
    from sochihoi.reports.document import Annex
    from tests.reports import samples

    annex = Annex("Số liệu", (samples.figures(20),), landscape=True)
    assert desk.shell.context is not None
    made = PreviewDialog(
        desk.shell.context, desk.shell, official.pdf(replace(samples.monthly(()), annexes=(annex,))), "a.pdf"
    )
    qtbot.addWidget(made)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setResolution(50)
    printer.setFullPage(True)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    made.paint_on(printer)
    page = QImage.fromData(preview.page_png((tmp_path / "printed.pdf").read_bytes(), 1, 36))
    assert page.height() > page.width()
    dark = [y for y in range(page.height()) for x in range(page.width()) if page.pixelColor(x, y).lightness() < 128]
    assert max(dark) - min(dark) > page.height() * 0.7
