"""Print preview: the very pages of the PDF, as pictures; print them, or save the file. One document at a time.

show_preview(context, parent, pdf_bytes, "BaoCao_2026-10.pdf")
show_preview(context, parent, pdf_bytes, name, papers)      # A4 and A5, several formats, kept when printed
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sochihoi.domain.errors import UserError
from sochihoi.i18n import NBSP, _, number
from sochihoi.ui import style, words
from sochihoi.ui.shared.buttons import button, icon_button, label
from sochihoi.ui.shared.choices import PlainCombo
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialog_job import DialogJob
from sochihoi.ui.shared.dialogs import choose_target
from sochihoi.ui.shared.jobs import Progress
from sochihoi.ui.shared.message_bar import MessageBar
from sochihoi.ui.shared.print_dialog import PrintDialog
from sochihoi.ui.shared.printing import PRINT_DPI, PrintRun, new_printer, paper_of, set_paper
from sochihoi.ui.shared.save_dialog import SaveDialog, open_files, targets

SCREEN_DPI = 96
ZOOMS = (50, 75, 100, 125, 150, 200)
FIT = 0  # the page as wide as the place
PAPERS = ("A4", "A5")
KEPT_PAPER = "print/paper"


class Papers(Protocol):
    """What makes the same paper in another format or on other paper. ``make`` is called on the worker thread."""

    kinds: tuple[str, ...]

    def make(self, kind: str, paper: str) -> tuple[str, bytes]:
        """Proposed name and content."""

    def used(self, kind: str, content: bytes) -> None:
        """It was printed or saved."""


class PreviewDialog(QDialog):
    """Page list · page · zoom · "In" · "Lưu tệp". ``name`` is the proposed file name."""

    def __init__(
        self, context: Context, parent: QWidget | None, pdf: bytes, name: str, papers: Papers | None = None
    ) -> None:
        from sochihoi.reports import preview

        super().__init__(parent)
        self._context, self._pdf, self._name, self._papers = context, pdf, name, papers
        self._sizes = preview.page_sizes(pdf)
        self._zoom = FIT
        self.run: PrintRun | None = None
        self.setWindowTitle(name)
        size = style.sizes()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        bar = QFrame()
        bar.setObjectName("topbar")
        tools = QHBoxLayout(bar)
        tools.setContentsMargins(size.space_4, size.space_2, size.space_4, size.space_2)
        tools.setSpacing(size.space_2)
        tools.addWidget(label(name, "head"))
        tools.addStretch(1)
        self.paper_choice = PlainCombo()
        self.paper_choice.setAccessibleName(_("Paper"))
        for one in PAPERS:
            self.paper_choice.addItem(_("Paper {name}").format(name=one), one)
        self.paper_choice.setCurrentIndex(PAPERS.index(paper_of(self._sizes)))
        self.paper_choice.setVisible(papers is not None)
        self.paper_choice.activated.connect(lambda _at: self._other_paper())
        tools.addWidget(self.paper_choice)
        tools.addWidget(icon_button("minus", _("Smaller"), lambda: self.zoom_by(-1), "Ctrl+-"))
        self.zoom_label = label("", tone="muted")
        tools.addWidget(self.zoom_label)
        tools.addWidget(icon_button("plus", _("Larger"), lambda: self.zoom_by(1), "Ctrl++"))
        tools.addWidget(button(_("Whole width"), lambda: self.set_zoom(FIT), "quiet"))
        outer.addWidget(bar)
        self.message = MessageBar()
        self.job = DialogJob(context, self, self.message, self._hold)
        outer.addWidget(self.message)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self.pages = QListWidget()
        self.pages.setObjectName("pagelist")
        self.pages.setAccessibleName(_("Pages"))
        self.pages.setFixedWidth(round(112 * size.body / 14))
        self.pages.setFrameShape(QFrame.Shape.NoFrame)
        self._list_pages()
        self.pages.currentRowChanged.connect(self._show)
        middle.addWidget(self.pages)
        self._area = QScrollArea()
        self._area.setObjectName("paper")
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName(_("Page"))
        self.paper = QLabel()
        self._area.setWidget(self.paper)
        middle.addWidget(self._area, 1)
        outer.addLayout(middle, 1)
        foot = QFrame()
        foot.setObjectName("actionbar")
        row = QHBoxLayout(foot)
        row.setContentsMargins(size.space_4, size.space_2, size.space_4, size.space_2)
        row.setSpacing(size.space_2)
        row.addStretch(1)
        row.addWidget(button(_("Close"), self.reject))
        self.save_button = button(_("&Save as a file"), self._save, "", "download")
        row.addWidget(self.save_button)
        self.print_button = button(_("&Print"), self._print, "primary", "printer")
        row.addWidget(self.print_button)
        outer.addWidget(foot)
        room = parent.size() if parent is not None else QSize(1100, 700)
        self.resize(min(980, room.width() - 40), room.height() - 40)
        self.pages.setCurrentRow(0)

    def _list_pages(self) -> None:
        self.pages.clear()
        for at in range(1, len(self._sizes) + 1):
            item = QListWidgetItem(_("Page {number}").format(number=at))
            item.setSizeHint(QSize(0, style.sizes().row))
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            self.pages.addItem(item)

    def page_count(self) -> int:
        """How many pages the document has."""
        return len(self._sizes)

    def set_zoom(self, percent: int) -> None:
        """50 to 200, or ``FIT``."""
        self._zoom = percent
        self._show(self.pages.currentRow())

    def zoom_by(self, step: int) -> None:
        """The next larger or smaller zoom."""
        now = self._percent()
        larger = [zoom for zoom in ZOOMS if zoom > now]
        smaller = [zoom for zoom in ZOOMS if zoom < now]
        if step > 0 and larger:
            self.set_zoom(larger[0])
        elif step < 0 and smaller:
            self.set_zoom(smaller[-1])

    def _percent(self) -> int:
        if self._zoom != FIT or not self._sizes:
            return self._zoom or 100
        room = self._area.viewport().width() - 2 * style.sizes().space_5
        width_points = self._sizes[max(self.pages.currentRow(), 0)][0]
        return max(25, min(200, round(room * 100 / (width_points * SCREEN_DPI / 72))))

    def _image(self, page: int, dpi: float) -> QImage:
        from sochihoi.reports import preview

        return QImage.fromData(preview.page_png(self._pdf, page, dpi))

    def _show(self, page: int) -> None:
        if page < 0:
            return
        percent = self._percent()
        ratio = self.devicePixelRatio()
        image = self._image(page, SCREEN_DPI * percent / 100 * ratio)
        image.setDevicePixelRatio(ratio)
        self.paper.setPixmap(QPixmap.fromImage(image))
        self.paper.resize(round(image.width() / ratio), round(image.height() / ratio))
        self.paper.setAccessibleName(_("Page {number}").format(number=page + 1))
        self.zoom_label.setText(f"{percent}{NBSP}%")
        self._area.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._zoom == FIT:
            self._show(self.pages.currentRow())

    # ------------------------------------------------------------------ other paper, files

    @property
    def paper_name(self) -> str:
        """``A4`` or ``A5``: what the pages are set on."""
        return paper_of(self._sizes)

    def _other_paper(self) -> None:
        wanted, papers = str(self.paper_choice.currentData()), self._papers
        if papers is None or wanted == self.paper_name:
            return
        self.job.do(
            lambda _progress: papers.make("pdf", wanted),
            self._take,
            _("Setting the pages on {paper}…").format(paper=wanted),
        )

    def _take(self, made: tuple[str, bytes]) -> None:
        from sochihoi.reports import preview

        self._name, self._pdf = made
        self._sizes = preview.page_sizes(self._pdf)
        self._context.settings.setValue(KEPT_PAPER, self.paper_name)
        self._list_pages()
        self.pages.setCurrentRow(0)

    def _save(self) -> None:
        if self._papers is not None:
            self._save_kinds(self._papers)
            return
        start = Path(str(self._context.settings.value("files/folder", ""))) / self._name
        target = choose_target(self, _("Save as a file"), str(start), "PDF (*.pdf)")
        if target is None:
            return
        try:
            target.write_bytes(self._pdf)
        except OSError as problem:
            self.message.say("bad", str(words.say(problem)))
        else:
            self._context.settings.setValue("files/folder", str(target.parent))
            self.message.say("ok", _("Saved: {file}").format(file=target))

    def _save_kinds(self, papers: Papers) -> None:
        """One file, or several formats into a folder."""
        settings = self._context.settings
        dialog = SaveDialog(self, settings, papers.kinds)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        stem = self._name.rsplit(".", 1)[0]
        files = targets(self, settings, {kind: f"{stem}.{kind}" for kind in dialog.kinds})
        if files is None:
            return
        paper, open_after = self.paper_name, dialog.open_after

        def work(progress: Progress) -> list[Path]:
            from sochihoi.storage.files import write_whole

            for done, (kind, file) in enumerate(files.items()):
                progress.step(done, len(files))
                _name, content = papers.make(kind, paper)
                write_whole(file, content, overwrite=True)
                papers.used(kind, content)
            progress.step(len(files), len(files))
            return list(files.values())

        self.job.do(work, lambda written: self._saved(written, open_after=open_after), _("Writing the files…"))

    def _saved(self, files: list[Path], *, open_after: bool) -> None:
        self._context.settings.setValue("files/folder", str(files[0].parent))
        told = ", ".join(str(one) if len(files) == 1 else one.name for one in files)
        said = _("Saved: {file}").format(file=told)
        if open_after and not open_files(files):
            self.message.say("warn", _("Saved, but this PC has no program that opens it: {file}").format(file=told))
        else:
            self.message.say("ok", said)

    def _hold(self, held: bool) -> None:
        for made in (self.print_button, self.save_button, self.paper_choice):
            made.setEnabled(not held)

    # ------------------------------------------------------------------ printing

    def _print(self) -> None:
        dialog = PrintDialog(self._context, self, self.page_count(), self.paper_name)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        printer = dialog.system
        if printer is None:
            printer = new_printer(dialog.printer_name, self._name, self._sizes)
        else:
            printer.setResolution(PRINT_DPI)
            printer.setFullPage(True)
            printer.setDocName(self._name)
            set_paper(printer, self._sizes)
        self.print_on(printer, dialog.pages, dialog.copies)

    def print_on(self, printer: QPrinter, pages: tuple[int, ...], copies: int = 1) -> None:
        """Send pages (from 1) to a printer, one after the other; what was printed is kept where it must be."""
        self.run = PrintRun(self, printer, lambda page: self._image(page, PRINT_DPI), pages, copies)
        self._hold(True)  # noqa: FBT003
        self.run.moved.connect(self._say_page)
        self.run.ended.connect(self._printed)
        self._say_page(0, len(pages) * copies)
        self.run.start()

    def _say_page(self, done: int, total: int) -> None:
        told = _("Printing page {page} of {total}…").format(page=number(min(done + 1, total)), total=number(total))
        self.message.say("info", told, [(_("Stop"), self.run.stop)] if self.run else [])

    def _printed(self, whole: object) -> None:
        self._hold(False)  # noqa: FBT003
        if not whole:
            told = _("Printing was stopped. Pages that the printer has already still come out.")
            self.message.say("warn", told)
            return
        self.message.say("ok", _("All pages were sent to the printer."))
        if self._papers is not None:
            try:
                self._papers.used("pdf", self._pdf)
            except (UserError, OSError) as problem:
                self.message.say("bad", str(words.say(problem)))

    def paint_on(self, printer: QPrinter) -> None:
        """Put every chosen page on the printer at once, 300 dots an inch, as large as the paper."""
        first = printer.fromPage() or 1
        last = printer.toPage() or self.page_count()
        PrintRun(self, printer, lambda page: self._image(page, PRINT_DPI), range(first, last + 1)).run()


def show_preview(
    context: Context, parent: QWidget | None, pdf: bytes, name: str, papers: Papers | None = None
) -> PreviewDialog:
    """Open the preview over the window; the caller need not keep it."""
    dialog = PreviewDialog(context, parent.window() if parent is not None else None, pdf, name, papers)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
