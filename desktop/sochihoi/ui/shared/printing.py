"""Pages on a printer: which of them, how often, on which printer; page by page, so that it can be stopped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject, QRect, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPageSize, QPainter, QTransform
from PySide6.QtPrintSupport import QPrinter

PRINT_DPI = 300
A5_HEIGHT = 620  # points: a page not higher than this (upright or lying) is of A5
_PART = re.compile(r"\s*(\d{1,4})\s*(?:[-–]\s*(\d{1,4})\s*)?", re.ASCII)


def read_pages(text: str, count: int) -> tuple[int, ...] | None:
    """``1-3, 5`` as pages from 1, each once and in this order; nothing typed is all. ``None``: not understood."""
    if not text.strip():
        return tuple(range(1, count + 1))
    found: list[int] = []
    for part in re.split("[,;]", text):
        match = _PART.fullmatch(part)
        if match is None:
            return None
        first = int(match[1])
        last = int(match[2]) if match[2] else first
        if not 1 <= first <= last <= count:
            return None
        found += range(first, last + 1)
    return tuple(dict.fromkeys(found))


def paper_of(sizes: Sequence[tuple[float, float]]) -> str:
    """``A4`` or ``A5``: what the first page is set on."""
    return "A5" if sizes and max(sizes[0]) <= A5_HEIGHT else "A4"


def new_printer(name: str, title: str, sizes: Sequence[tuple[float, float]]) -> QPrinter:
    """A printer for pages of these sizes, upright, without margins of its own."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if name:
        printer.setPrinterName(name)
    printer.setResolution(PRINT_DPI)
    printer.setFullPage(True)
    printer.setDocName(title)
    set_paper(printer, sizes)
    return printer


def set_paper(printer: QPrinter, sizes: Sequence[tuple[float, float]]) -> None:
    """The paper of the first page; pages across it are turned when they are drawn."""
    if sizes:
        short, long = sorted(sizes[0])
        printer.setPageSize(
            QPageSize(QSizeF(short, long), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
        )


class PrintRun(QObject):
    """Draws one page after the other, so that the window lives meanwhile. ``moved(done, all)``, then ``ended(whole)``:
    false when it was stopped or the printer refused.
    """

    moved = Signal(int, int)
    ended = Signal(bool)

    def __init__(
        self, parent: QObject, printer: QPrinter, image: Callable[[int], QImage], pages: Sequence[int], copies: int = 1
    ) -> None:
        super().__init__(parent)
        self._printer, self._image = printer, image
        if copies > 1 and printer.supportsMultipleCopies():
            printer.setCopyCount(copies)
            copies = 1
        self._pages = tuple(pages) * copies
        self._stopped = False
        self._painter = QPainter()
        self._steps: Iterator[int] = iter(())

    def start(self) -> None:
        """Begin; the first page follows at the next turn of the loop."""
        if not self._painter.begin(self._printer):
            self.ended.emit(False)  # noqa: FBT003 - a signal
            return
        self._steps = self._draw()
        QTimer.singleShot(0, self._step)

    def stop(self) -> None:
        """Nothing more is sent; what the printer has already it prints."""
        self._stopped = True

    def run(self) -> bool:
        """All of it at once, for a caller that waits."""
        if not self._painter.begin(self._printer):
            return False
        for _page in self._draw():
            pass
        self._painter.end()
        return True

    def _step(self) -> None:
        if self._stopped:
            self._printer.abort()
            self._painter.end()
            self.ended.emit(False)  # noqa: FBT003
            return
        done = next(self._steps, None)
        if done is None:
            self._painter.end()
            self.ended.emit(True)  # noqa: FBT003
            return
        self.moved.emit(done, len(self._pages))
        QTimer.singleShot(0, self._step)

    def _draw(self) -> Iterator[int]:
        for done, page in enumerate(self._pages):
            if done:
                self._printer.newPage()
            image = self._image(page - 1)
            paper = self._printer.paperRect(QPrinter.Unit.DevicePixel).toRect()
            if (image.width() > image.height()) != (paper.width() > paper.height()):
                image = image.transformed(QTransform().rotate(90))  # an annex across the paper keeps its size
            drawn = image.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
            self._painter.drawImage(QRect(0, 0, drawn.width(), drawn.height()), image)
            yield done + 1
