"""How a line of the score sheet is painted: two-line criterion, ⓘ beside the proposal, one boxed column."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from sochihoi.domain.rubric_records import ProposedLine
from sochihoi.i18n import _
from sochihoi.services.rubric_evidence import short
from sochihoi.ui import style
from sochihoi.ui.rubric.grid_model import (
    CHECKED,
    CRITERION,
    MAXIMUM,
    PROPOSED,
    REASON,
    SELF,
    ScoreModel,
)
from sochihoi.ui.shared.cells import small_font, weight
from sochihoi.ui.shared.wrapping import wrapped

Index = QModelIndex | QPersistentModelIndex


class ScoreDelegate(QStyledItemDelegate):
    """Paints and edits. The editor keeps its text until Enter, Tab or an arrow leaves it."""

    def __init__(self, view: QTableView, model: ScoreModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens, size = style.tokens(), style.sizes()
        box = QRect(option.rect)  # type: ignore[attr-defined]
        line, column = self._model.lines[index.row()], index.column()
        chosen = index.row() == self._view.currentIndex().row()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.fillRect(box, QColor(tokens.accent_soft))
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(size.space_2, 0, -size.space_2, -1)
        text = self._model.text(line, column)
        if column == CRITERION:
            self._criterion(painter, inner, text, short(line))
        elif column == PROPOSED:
            self._proposed(painter, inner, line, text)
        elif column == REASON:
            self._reason(painter, inner, line, text)
        else:
            boxed = self._model.column_name(column) is not None
            if boxed:
                self._box(painter, box)
                inner = box.adjusted(size.space_4, 0, -size.space_4, -1)
            painter.setFont(weight(self._view.font(), strong=boxed or column == CHECKED))
            painter.setPen(QColor(tokens.text))
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
        if index == self._view.currentIndex() and column != CRITERION:
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -2), 4, 4)
        painter.restore()

    def _box(self, painter: QPainter, box: QRect) -> None:
        tokens, size = style.tokens(), style.sizes()
        painter.setPen(QPen(QColor(tokens.edge), 1))
        painter.setBrush(QColor(tokens.surface))
        painter.drawRoundedRect(QRectF(box).adjusted(4.5, 3.5, -4.5, -4.5), size.radius, size.radius)

    def _criterion(self, painter: QPainter, inner: QRect, text: str, small: str) -> None:
        """The whole name, on as many lines as it needs; the evidence in one line below."""
        tokens = style.tokens()
        upper, lower = weight(self._view.font(), strong=True), small_font(self._view.font())
        height, below = QFontMetrics(upper).height(), QFontMetrics(lower).height()
        lines = wrapped(text, inner.width(), QFontMetrics(upper))
        top = inner.center().y() - (height * len(lines) + below) // 2 + 1
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(upper)
        painter.setPen(QColor(tokens.text))
        for line in lines:
            painter.drawText(QRect(inner.left(), top, inner.width(), height), left, line)
            top += height
        painter.setFont(lower)
        painter.setPen(QColor(tokens.muted))
        cut = QFontMetrics(lower).elidedText(small, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(QRect(inner.left(), top, inner.width(), below), left, cut)

    def _proposed(self, painter: QPainter, inner: QRect, line: ProposedLine, text: str) -> None:
        tokens, size = style.tokens(), style.sizes()
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(self._view.font())
        if line.proposed is None:
            painter.setPen(QColor(tokens.muted))
            painter.drawText(inner, right, text)
            return
        mark = size.icon - 2
        painter.drawPixmap(inner.right() - mark + 1, inner.center().y() - mark // 2, style.pixmap("info", "info", mark))
        painter.setPen(QColor(tokens.text))
        painter.drawText(inner.adjusted(0, 0, -mark - size.space_1 - 1, 0), right, text)

    def _reason(self, painter: QPainter, inner: QRect, line: ProposedLine, text: str) -> None:
        tokens = style.tokens()
        wanted = line.line.needs_reason
        told = _("write why") if wanted and not text else text
        painter.setFont(weight(self._view.font(), strong=wanted))
        painter.setPen(QColor(tokens.warn if wanted else tokens.text))
        measure = QFontMetrics(painter.font())
        shown = wrapped(told, inner.width(), measure, max(inner.height() // measure.height(), 1))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), "\n".join(shown))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._view.verticalHeader().defaultSectionSize())

    # -- typing ------------------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        made = QLineEdit(parent)
        title = self._model.headerData(index.column(), Qt.Orientation.Horizontal)
        made.setAccessibleName(
            _("Criterion {code}, {column}").format(code=self._model.lines[index.row()].code, column=title)
        )
        if index.column() in (SELF, CHECKED, MAXIMUM):
            made.setAlignment(Qt.AlignmentFlag.AlignRight)
            made.setMaxLength(6)
        return made

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(QRect(option.rect).adjusted(4, 4, -4, -5))  # type: ignore[attr-defined]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down leave the editor and take the frame along, as in a paper column."""
        if isinstance(watched, QLineEdit) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1}
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and event.key() in steps:
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, QStyledItemDelegate.EndEditHint.NoHint)
                now = self._view.currentIndex()
                after = now.siblingAtRow(now.row() + steps[Qt.Key(event.key())])
                if after.isValid():
                    self._view.setCurrentIndex(after)
                return True
        return super().eventFilter(watched, event)
