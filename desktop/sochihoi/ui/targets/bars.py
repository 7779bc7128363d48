"""The bar of a target: how far it is, with a stroke where it is met."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from sochihoi.domain.targets import Light
from sochihoi.services.targets import TargetRow
from sochihoi.ui import style
from sochihoi.ui.shared.cells import CellDelegate
from sochihoi.ui.shared.columns import COLUMN_ROLE, ROW_ROLE
from sochihoi.ui.targets import presenter

PROGRESS = "progress"  # the key of the column that holds the bar


class BarDelegate(CellDelegate):
    """Paints all cells as any list does, and the bar over the empty cell of its column."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        row, column = index.data(ROW_ROLE), index.data(COLUMN_ROLE)
        if column.key != PROGRESS or not isinstance(row, TargetRow):
            return
        found = presenter.progress(row)
        if found is None:
            return
        tokens, size = style.tokens(), style.sizes()
        box = QRect(option.rect).adjusted(size.space_2, 0, -size.space_3, -1)  # type: ignore[attr-defined]
        height = size.space_2
        bar = QRectF(box.left(), box.center().y() - height / 2 + 1, box.width(), height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(bar, 3, 3)
        reached, mark = found
        done = QRectF(bar.left(), bar.top(), bar.width() * min(reached, 1.0), bar.height())
        painter.setBrush(QColor(tokens.ok if row.light is Light.MET else tokens.chart))
        painter.drawRoundedRect(done, 3, 3)
        painter.setBrush(QColor(tokens.text))
        left = min(bar.left() + bar.width() * mark, bar.right()) - 2
        painter.drawRect(QRectF(left, bar.top() - 4, 2, bar.height() + 8))
        painter.restore()
