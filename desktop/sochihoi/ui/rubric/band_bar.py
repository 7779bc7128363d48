"""The scale of bands with the points so far and what is still possible."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sochihoi.domain.rubric import Band
from sochihoi.domain.rubric_records import ScoreSheet
from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.rubric import presenter
from sochihoi.ui.shared.badges import badge_font
from sochihoi.ui.words.rubric import points, said


class BandBar(QWidget):
    """Bands from the lowest, the reachable part dark, a stroke at the points so far."""

    def __init__(self) -> None:
        super().__init__()
        self._sheet: ScoreSheet | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_sheet(self, sheet: ScoreSheet) -> None:
        """Draw another sheet."""
        self._sheet = sheet
        self.setAccessibleName(
            _("{total} points so far, {range}").format(
                total=points(sheet.shown.total), range=presenter.range_words(sheet)
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        small = style.sizes().small
        return QSize(240, small * 4 + 14)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        tokens, size = style.tokens(), style.sizes()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = badge_font(self.font())
        painter.setFont(font)
        measure = QFontMetrics(font)
        painter.setPen(QColor(tokens.text))
        flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(0, 0, self.width(), measure.height()), flags, presenter.range_words(sheet))
        top, height = measure.height() + 5.0, float(size.small - 2)
        most = sheet.rubric.max_points
        low, high = float(sheet.shown.lowest), float(sheet.shown.highest)

        def at(value: float) -> float:
            return value / most * self.width()

        painter.setPen(Qt.PenStyle.NoPen)
        bands = sorted(sheet.rubric.bands, key=lambda one: one.at_least)
        ends = [one.at_least for one in bands[1:]] + [most]
        for number, (band, end) in enumerate(zip(bands, ends, strict=True)):
            box = QRectF(at(band.at_least), top, at(end) - at(band.at_least) - 1.5, height)
            painter.setBrush(QColor(tokens.chart_2))
            painter.setOpacity(0.3 + 0.14 * number)
            painter.drawRoundedRect(box, 2, 2)
            painter.setOpacity(1)
            self._name(painter, measure, band, box, top + height + 3)
        painter.setBrush(QColor(tokens.chart))
        painter.setOpacity(0.45)
        painter.drawRoundedRect(QRectF(at(low), top, max(at(high) - at(low), 0), height), 2, 2)
        painter.setOpacity(1)
        painter.setBrush(QColor(tokens.accent))
        stroke = min(at(float(sheet.shown.total)), self.width() - 3.0)
        painter.drawRoundedRect(QRectF(stroke, top - 4, 3, height + 8), 1.5, 1.5)
        painter.end()

    def _name(self, painter: QPainter, measure: QFontMetrics, band: Band, box: QRectF, top: float) -> None:
        """The band's name where there is room, else its short code."""
        text = said(band.label)
        if measure.horizontalAdvance(text) > box.width() + 2:
            text = band.code
        painter.setPen(QColor(style.tokens().muted))
        place = QRectF(box.left() - 6, top, box.width() + 12, measure.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter), text)
        painter.setPen(Qt.PenStyle.NoPen)
