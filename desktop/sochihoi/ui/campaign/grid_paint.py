"""How the grid is painted: soft cells with ✓ ✕ –, a corner where a note is, bands above the criteria."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from sochihoi.domain.campaign import Result
from sochihoi.domain.campaign_records import SheetRow
from sochihoi.ui import style
from sochihoi.ui.campaign import presenter
from sochihoi.ui.campaign.grid_model import HEAD, NUMBER, GridModel
from sochihoi.ui.shared.badges import Badge, badge_font, paint_badge
from sochihoi.ui.shared.wrapping import balanced

Index = QModelIndex | QPersistentModelIndex
_SIGNS = {Result.PASS: ("check", "ok"), Result.FAIL: ("x", "bad"), Result.NA: ("minus", "muted")}


class GridDelegate(QStyledItemDelegate):
    """``current`` gives row and column of the cell that has the frame; both views paint with one delegate each."""

    def __init__(self, view: QTableView, model: GridModel, current: Callable[[], tuple[int, int]]) -> None:
        super().__init__(view)
        self._view, self._model, self._current = view, model, current

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens, size = style.tokens(), style.sizes()
        box = QRect(option.rect)  # type: ignore[attr-defined]
        row = self._model.rows[index.row()]
        criterion = self._model.criterion(index.column())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(QPointF(box.left(), box.bottom() + 0.5), QPointF(box.right() + 1, box.bottom() + 0.5))
        painter.setFont(self._view.font())
        if criterion is not None:
            here = (index.row(), index.column()) == self._current()
            self._cell(painter, box, row, criterion.code, here=here)
        elif index.column() == NUMBER:
            painter.setPen(QColor(tokens.muted if row.done_on else tokens.text))
            self._text(painter, box.adjusted(0, 0, -size.space_2, 0), str(row.number), Qt.AlignmentFlag.AlignRight)
        elif index.column() == HEAD:
            painter.setPen(QColor(tokens.text))
            self._text(painter, box.adjusted(size.space_2, 0, -size.space_1, 0), row.line.head)
        else:
            shown = presenter.row_result(row)
            left = box.left() + size.space_2
            if shown.badge:
                paint_badge(painter, left, box.center().y() + 0.5, Badge(shown.text, shown.tone), self._view.font())
            else:
                painter.setPen(QColor(getattr(tokens, shown.tone if shown.text else "muted")))
                self._text(painter, box.adjusted(size.space_2, 0, 0, 0), shown.text)
        painter.restore()

    @staticmethod
    def _text(painter: QPainter, box: QRect, text: str, across: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> None:
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(across | Qt.AlignmentFlag.AlignVCenter), cut)

    def _cell(self, painter: QPainter, box: QRect, row: SheetRow, code: str, *, here: bool) -> None:
        tokens, size = style.tokens(), style.sizes()
        mark, note = row.marks.get(code), row.note(code)
        inner = QRectF(box.adjusted(3, 3, -3, -4))
        painter.setPen(Qt.PenStyle.NoPen)
        if mark is not None:
            sign, tone = _SIGNS[mark]
            painter.setBrush(QColor(getattr(tokens, f"{tone}_soft", tokens.sunken)))
            painter.drawRoundedRect(inner, 4, 4)
            picture = style.pixmap(sign, tone, size.icon)
            painter.drawPixmap(box.center().x() - size.icon // 2 + 1, box.center().y() - size.icon // 2, picture)
        else:
            if here:
                painter.setBrush(QColor(tokens.accent_soft))
                painter.drawRoundedRect(inner, 4, 4)
            side = round(size.small * 0.95)
            painter.setPen(QPen(QColor(tokens.edge), 1))
            painter.setBrush(QColor(tokens.surface) if not here else Qt.BrushStyle.NoBrush)
            middle = inner.center()
            painter.drawRoundedRect(QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side), 3, 3)
        if note:
            # a corner with the shape of a folded page: there is something to read
            side = size.space_2
            corner = QPolygonF(
                [inner.topRight() - QPointF(side, 0), inner.topRight(), inner.topRight() + QPointF(0, side)]
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.warn))
            painter.drawPolygon(corner)
        if here:
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -2), 4, 4)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, style.sizes().row_dense)


class BandHeader(QHeaderView):
    """Titles with word wrap, and above the criteria one band a group. ``lines`` is how many lines a title may have."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._lines = 2
        self.setHighlightSections(False)
        self.setSectionsMovable(False)
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(24)
        self.set_lines(2)

    def set_lines(self, lines: int) -> None:
        """How high the titles are; both halves of the grid are set alike."""
        self._lines = lines
        measure = QFontMetrics(badge_font(self.font()))
        self.setFixedHeight(self._band() + lines * measure.height() + 2 * style.sizes().space_1)

    def lines_needed(self) -> int:
        """How many lines the longest title takes in its column as wide as it is now."""
        model, width = self.model(), QFontMetrics(badge_font(self.font())).horizontalAdvance
        if not isinstance(model, GridModel):
            return 2
        titles = ((str(model.headerData(at, self.orientation())), self.sectionSize(at) - 2) for at in self._criteria())
        return max((balanced(title, room, width).count("\n") + 1 for title, room in titles), default=2)

    def _criteria(self) -> Iterator[int]:
        model = self.model()
        if isinstance(model, GridModel):
            yield from (at for at in range(self.count()) if model.criterion(at) is not None)

    def _band(self) -> int:
        return style.sizes().row_dense - 4

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        if not isinstance(model, GridModel) or not rect.isValid():
            return
        tokens, size = style.tokens(), style.sizes()
        painter.save()
        painter.fillRect(rect, QColor(tokens.sunken))
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        font = QFont(badge_font(self.font()))
        painter.setFont(font)
        band = next((one for one in model.bands() if one[1] <= section <= one[2]), None)
        if band is not None:
            self._paint_band(painter, rect, *band)
        title = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        painter.setPen(QColor(tokens.muted))
        inside = rect.adjusted(1, self._band(), -1, -size.space_1 // 2)
        across = Qt.AlignmentFlag.AlignHCenter
        if section == NUMBER:
            inside, across = inside.adjusted(0, 0, -size.space_2 + 1, 0), Qt.AlignmentFlag.AlignRight
        elif band is None:
            inside, across = inside.adjusted(size.space_2 - 1, 0, 0, 0), Qt.AlignmentFlag.AlignLeft
        wrapped = balanced(title, inside.width(), painter.fontMetrics().horizontalAdvance)
        painter.drawText(inside, int(across | Qt.AlignmentFlag.AlignVCenter), wrapped)
        painter.restore()

    def _paint_band(self, painter: QPainter, rect: QRect, title: str, first: int, last: int) -> None:
        """Each section paints its part of the band: the title stands in the middle of what all of them are."""
        tokens = style.tokens()
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        height = self._band()
        painter.save()
        painter.setClipRect(rect)
        painter.setPen(QColor(tokens.text))
        painter.drawText(QRect(left, 1, right - left, height - 1), int(Qt.AlignmentFlag.AlignCenter), title)
        painter.setPen(QPen(QColor(tokens.edge), 1))
        painter.drawLine(left + 3, height, right - 4, height)
        painter.restore()
