"""Print preview: the very pages of the PDF, as pictures; print them, or save the file. One document at a time.

show_preview(context, parent, pdf_bytes, "BaoCao_2026-10.pdf")
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap, QResizeEvent, QTransform
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
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

from sochihoi.i18n import NBSP, _
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, icon_button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import choose_target
from sochihoi.ui.shared.message_bar import MessageBar

SCREEN_DPI, PRINT_DPI = 96, 300
ZOOMS = (50, 75, 100, 125, 150, 200)
FIT = 0  # the page as wide as the place


class PreviewDialog(QDialog):
    """Page list · page · zoom · "In" · "Lưu tệp PDF". ``name`` is the proposed file name."""

    def __init__(self, context: Context, parent: QWidget | None, pdf: bytes, name: str) -> None:
        from sochihoi.reports import preview

        super().__init__(parent)
        self._context, self._pdf, self._name = context, pdf, name
        self._sizes = preview.page_sizes(pdf)
        self._zoom = FIT
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
        tools.addWidget(icon_button("minus", _("Smaller"), lambda: self.zoom_by(-1), "Ctrl+-"))
        self.zoom_label = label("", tone="muted")
        tools.addWidget(self.zoom_label)
        tools.addWidget(icon_button("plus", _("Larger"), lambda: self.zoom_by(1), "Ctrl++"))
        tools.addWidget(button(_("Whole width"), lambda: self.set_zoom(FIT), "quiet"))
        outer.addWidget(bar)
        self.message = MessageBar()
        outer.addWidget(self.message)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self.pages = QListWidget()
        self.pages.setObjectName("pagelist")
        self.pages.setAccessibleName(_("Pages"))
        self.pages.setFixedWidth(round(112 * size.body / 14))
        self.pages.setFrameShape(QFrame.Shape.NoFrame)
        for number in range(1, len(self._sizes) + 1):
            item = QListWidgetItem(_("Page {number}").format(number=number))
            item.setSizeHint(QSize(0, size.row))
            self.pages.addItem(item)
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
        row.addWidget(button(_("&Save as a file"), self._save, "", "download"))
        self.print_button = button(_("&Print"), self._print, "primary", "printer")
        row.addWidget(self.print_button)
        outer.addWidget(foot)
        room = parent.size() if parent is not None else QSize(1100, 700)
        self.resize(min(980, room.width() - 40), room.height() - 40)
        self.pages.setCurrentRow(0)

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

    def _save(self) -> None:
        from sochihoi.ui import words

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

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setResolution(PRINT_DPI)
        printer.setFullPage(True)
        printer.setDocName(self._name)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, self.page_count())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.paint_on(printer)

    def paint_on(self, printer: QPrinter) -> None:
        """Put every chosen page on the printer, 300 dots an inch, as large as the paper."""
        first = printer.fromPage() or 1
        last = printer.toPage() or self.page_count()
        painter = QPainter(printer)
        for at in range(first - 1, last):
            if at >= first:
                printer.newPage()
            image = self._image(at, PRINT_DPI)
            paper = printer.paperRect(QPrinter.Unit.DevicePixel).toRect()
            if (image.width() > image.height()) != (paper.width() > paper.height()):
                image = image.transformed(QTransform().rotate(90))  # an annex across the paper keeps its size
            drawn = image.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRect(0, 0, drawn.width(), drawn.height()), image)
        painter.end()


def show_preview(context: Context, parent: QWidget | None, pdf: bytes, name: str) -> PreviewDialog:
    """Open the preview over the window; the caller need not keep it."""
    dialog = PreviewDialog(context, parent.window() if parent is not None else None, pdf, name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
