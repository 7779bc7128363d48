"""How a cell of a list is painted: hairline below, one or two lines, badges, icon, accent frame. Colours from tokens
only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from sochihoi.ui import style
from sochihoi.ui.shared.badges import badge_width, paint_badge
from sochihoi.ui.shared.columns import COLUMN_ROLE, ROW_ROLE, Column, alignment

Index = QModelIndex | QPersistentModelIndex


def weight(base: QFont, *, strong: bool) -> QFont:
    """The font of the view, 600 when ``strong``."""
    font = QFont(base)
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return font


def small_font(base: QFont) -> QFont:
    """The font of a second line."""
    font = QFont(base)
    font.setPixelSize(style.sizes().small)
    return font


class CellDelegate(QStyledItemDelegate):
    """Paints the cells of a ``Table``. ``frame``: the current cell has the 2 px accent frame (grids)."""

    def __init__(self, view: QAbstractItemView, *, frame: bool = False) -> None:
        super().__init__(view)
        self._view = view
        self._frame = frame
        self.section: Callable[[Any], str | None] = lambda _row: None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens, size = style.tokens(), style.sizes()
        box = QRect(option.rect)  # type: ignore[attr-defined]
        row, column = index.data(ROW_ROLE), index.data(COLUMN_ROLE)
        painter.save()
        band = self.section(row)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        if band is not None:
            painter.fillRect(box, QColor(tokens.sunken))
        elif chosen:
            painter.fillRect(box, QColor(tokens.accent_soft))
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(size.space_2, 0, -size.space_2, -1)
        base = self._view.font()
        if band is not None:
            painter.setFont(weight(base, strong=True))
            painter.setPen(QColor(tokens.text))
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), band)
        elif isinstance(column, Column):
            self._cell(painter, inner, row, column, base)
            if self._frame and index == self._view.currentIndex():
                painter.setPen(QPen(QColor(tokens.accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(1, 1, -1, -2), 4, 4)
        painter.restore()

    def _cell(self, painter: QPainter, inner: QRect, row: Any, column: Column[Any], base: QFont) -> None:
        tokens, size = style.tokens(), style.sizes()
        mark = column.icon(row) if column.icon is not None else None
        text = column.text(row)
        if mark is not None:
            name, tone = mark
            left = inner.left()
            if not text and column.align == "centre":
                left = inner.center().x() - size.icon // 2
            elif not text and column.align == "right":
                left = inner.right() - size.icon
            painter.drawPixmap(left, inner.center().y() - size.icon // 2 + 1, style.pixmap(name, tone))
            inner = inner.adjusted(size.icon + size.space_2, 0, 0, 0)
        font = weight(base, strong=column.strong)
        measure = QFontMetrics(font)
        small = column.small(row) if column.small is not None else ""
        painter.setPen(QColor(getattr(tokens, column.tone(row) if column.tone is not None else "text")))
        painter.setFont(font)
        flags = int(alignment(column))
        where = Qt.TextElideMode.ElideMiddle if column.cut == "middle" else Qt.TextElideMode.ElideRight
        shown = measure.elidedText(text, where, inner.width())
        if small:
            lower = small_font(base)
            lower_height = QFontMetrics(lower).height()
            top = inner.center().y() - (measure.height() + lower_height) // 2 + 1
            painter.drawText(QRect(inner.left(), top, inner.width(), measure.height()), flags, shown)
            painter.setFont(lower)
            painter.setPen(QColor(tokens.muted))
            cut = QFontMetrics(lower).elidedText(small, where, inner.width())
            painter.drawText(QRect(inner.left(), top + measure.height(), inner.width(), lower_height), flags, cut)
        elif shown:
            painter.drawText(inner, flags, shown)
        badges = column.badges(row) if column.badges is not None else ()
        left = inner.left() + (measure.horizontalAdvance(shown) + size.space_2 if shown else 0)
        for badge in badges:
            width = badge_width(badge.text, base)
            if left + width > inner.right() + 1 and left > inner.left():
                painter.setPen(QColor(tokens.muted))
                painter.setFont(font)
                painter.drawText(QRect(left, inner.top(), 20, inner.height()), flags, "…")
                break
            left += round(paint_badge(painter, left, inner.center().y() + 0.5, badge, base)) + size.space_1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, style.sizes().row)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """The full text when it is cut, the badges that did not fit, or the column's own tip."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        row, column = index.data(ROW_ROLE), index.data(COLUMN_ROLE)
        if not isinstance(column, Column):
            return False
        text = column.text(row)
        badges = column.badges(row) if column.badges is not None else ()
        room = view.visualRect(QModelIndex(index)).width() - 2 * style.sizes().space_2  # type: ignore[arg-type]
        need = QFontMetrics(weight(view.font(), strong=column.strong)).horizontalAdvance(text)
        need += sum(round(badge_width(badge.text, view.font())) + 4 for badge in badges)
        tip = column.tip(row) if column.tip is not None else ""
        if not tip and need > room:
            tip = ", ".join([text, *(badge.text for badge in badges)]).strip(", ")
        QToolTip.showText(event.globalPos(), tip, view)
        return bool(tip)


def search_text(model: QAbstractItemModel, position: int) -> str:
    """All words of a row, for tests and for screen readers."""
    cells = (model.index(position, column) for column in range(model.columnCount()))
    return " · ".join(str(cell.data() or "") for cell in cells)
