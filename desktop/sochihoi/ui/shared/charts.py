"""A chart on the screen: SVG text made by ``sochihoi.reports.charts`` from data and tokens, painted sharp at any
size.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from sochihoi.ui import style


class Chart(QWidget):
    """``make(width, height)`` gives the SVG text for a place of that many pixels; it is asked again when the place
    or the
    look changes. ``sentence`` is the accessible description.
    """

    def __init__(self, height: int = 160) -> None:
        super().__init__()
        self._make: Callable[[int, int], str] | None = None
        self._drawn: tuple[int, int, object] | None = None
        self._renderer = QSvgRenderer(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._height = round(height * style.sizes().body / 14)
        self.setMinimumHeight(round(self._height * 0.7))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def draw(self, make: Callable[[int, int], str], sentence: str) -> None:
        """Show another chart."""
        self._make, self._drawn = make, None
        self.setAccessibleName(sentence)
        self.setAccessibleDescription(sentence)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.minimumHeight())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._make is None or self.width() < 8:
            return
        wanted = (self.width(), self.height(), style.tokens())
        if self._drawn != wanted:
            self._renderer.load(QByteArray(self._make(self.width(), self.height()).encode()))
            self._drawn = wanted
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._renderer.render(painter, QRectF(self.rect()))
        painter.end()
