"""How far it is, painted: a bar with the target as a mark across it. In a cell of a list, and as a widget."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyleOptionViewItem, QWidget

from sochihoi.domain.study import Coverage
from sochihoi.domain.study_records import BranchCoverage, CampaignView
from sochihoi.ui import style
from sochihoi.ui.shared.cells import CellDelegate
from sochihoi.ui.shared.columns import COLUMN_ROLE, ROW_ROLE, Column

BAR = "bar"  # key of the column that is painted


def paint_bar(painter: QPainter, box: QRect, ratio: Fraction | None, goal: Fraction | None, *, met: bool) -> None:
    """Into the middle of ``box``; no bar at all when nobody is eligible."""
    if ratio is None:
        return
    tokens, size = style.tokens(), style.sizes()
    high = max(6, round(size.body * 0.5))
    place = QRectF(box.left(), box.center().y() - high / 2 + 1, box.width(), high)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.line))
    painter.drawRoundedRect(place, 3, 3)
    if ratio:
        painter.setBrush(QColor(tokens.ok if met else tokens.accent))
        painter.drawRoundedRect(QRectF(place.left(), place.top(), place.width() * float(ratio), high), 3, 3)
    if goal is not None:
        painter.setPen(QPen(QColor(tokens.text), 2))
        at = place.left() + place.width() * float(goal)
        painter.drawLine(round(at), round(place.top()) - 4, round(at), round(place.bottom()) + 4)
    painter.restore()


class BarDelegate(CellDelegate):
    """Paints the bar of a campaign or of a branch in the column ``BAR``. ``goal`` is that of the list of branches."""

    goal: Fraction | None = None

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        column, row = index.data(COLUMN_ROLE), index.data(ROW_ROLE)
        if not isinstance(column, Column) or column.key != BAR:
            return
        gap = style.sizes().space_2
        box = QRect(option.rect).adjusted(gap, 0, -gap, 0)  # type: ignore[attr-defined]
        if isinstance(row, CampaignView):
            told = row.member_goal
            line = told.target.goal.value / 100 if told is not None else None
            paint_bar(painter, box, row.members.ratio, line, met=told is not None and bool(told.met))
        elif isinstance(row, BranchCoverage):
            ratio = row.coverage.ratio
            paint_bar(
                painter,
                box,
                ratio,
                self.goal,
                met=ratio is not None and ratio >= (self.goal if self.goal is not None else 1),
            )


class Bar(QWidget):
    """The bar of a card."""

    def __init__(self, coverage: Coverage | None, goal: Fraction, *, met: bool, sentence: str) -> None:
        super().__init__()
        self._ratio = None if coverage is None else coverage.ratio
        self._goal, self._met = goal, met
        self.setAccessibleName(sentence)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, style.sizes().body + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, style.sizes().body + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = Fraction(0) if self._ratio is None else self._ratio
        paint_bar(painter, self.rect(), ratio, self._goal, met=self._met)
        painter.end()
