"""The table of the score sheet: digits begin to write, Enter goes down, Delete empties, F2 writes the evidence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QVBoxLayout

from sochihoi.domain.rubric_records import VERIFIED, ProposedLine, ScoreSheet
from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.rubric.grid_model import CHECKED, CRITERION, REASON, SELF, ScoreModel
from sochihoi.ui.rubric.grid_paint import ScoreDelegate
from sochihoi.ui.shared.cells import weight
from sochihoi.ui.shared.wrapping import WrappedHeader, wrapped

_WIDTHS = (40, 0, 72, 84, 70, 88, 150)
_TIGHT = (36, 0, 58, 80, 58, 84, 112)  # where a name would not stand on one line
_CRITERION_LEAST = 168


class _View(QTableView):
    evidence_wanted = Signal()
    emptied = Signal()
    resized = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        index = self.currentIndex()
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            below = index.siblingAtRow(index.row() + 1)
            if below.isValid():
                self.setCurrentIndex(below)
        elif plain and event.key() == Qt.Key.Key_F2 and index.column() != REASON:
            self.evidence_wanted.emit()
        elif plain and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.emptied.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class ScoreGrid(QFrame):
    """``typed(code, column, text)``; ``moved``: another line; ``evidence_wanted``: F2 on the current line."""

    typed = Signal(str, str, str)
    moved = Signal()
    evidence_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.model = ScoreModel(self)
        self.view = _View()
        self.header = WrappedHeader(self.view)
        self.view.setHorizontalHeader(self.header)
        self.view.setModel(self.model)
        self.view.setItemDelegate(ScoreDelegate(self.view, self.model))
        self.view.setAccessibleName(_("Score sheet"))
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.setTabKeyNavigation(False)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        self.view.setEditTriggers(triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed)
        self.view.verticalHeader().hide()
        size = style.sizes()
        self.view.verticalHeader().setDefaultSectionSize(round(size.row_dense * 46 / 28))
        self.view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.view)
        self.model.typed.connect(self.typed)
        self.view.selectionModel().currentChanged.connect(self._moved)
        self.view.evidence_wanted.connect(self.evidence_wanted)
        self.view.emptied.connect(self._empty)
        self.view.resized.connect(self._lay)

    def set_sheet(self, sheet: ScoreSheet, *, read_only: bool) -> None:
        """Show a sheet; the frame stays where it was, or goes to the first blank of the column being scored."""
        fresh = self.model.sheet is None or self.model.sheet.branch_id != sheet.branch_id
        fresh = fresh or self.model.sheet is None or self.model.sheet.column != sheet.column
        self.model.read_only = read_only
        self.model.set_sheet(sheet)
        style.set_property(self.view, "readOnly", "true" if sheet.column is None else None)
        if fresh:
            self.go_to_blank()
        self._lay()

    def go_to_blank(self) -> None:
        """The frame on the first blank cell that can be typed into; on the first line when there is none."""
        sheet = self.model.sheet
        if sheet is None:
            return
        column = CHECKED if sheet.column in (VERIFIED, None) else SELF
        blank = sheet.shown.open_criteria
        at = next((row for row, one in enumerate(sheet.lines) if one.code in blank), 0)
        self.view.setCurrentIndex(self.model.index(at, column))

    def current(self) -> ProposedLine | None:
        """The line under the frame."""
        index = self.view.currentIndex()
        return self.model.lines[index.row()] if index.isValid() and index.row() < len(self.model.lines) else None

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.view.viewport().update()
        self.moved.emit()

    def _empty(self) -> None:
        index = self.view.currentIndex()
        if self.model.column_name(index.column()) is not None:
            self.model.setData(index, "")

    def _lay(self) -> None:
        """Columns, then rows: a name that does not stand on one line stands on two, and its row is higher."""
        strong = QFontMetrics(weight(self.view.font(), strong=True))
        gap = 2 * style.sizes().space_2
        names = [self.model.text(line, CRITERION) for line in self.model.lines]
        longest = max((strong.horizontalAdvance(name) for name in names), default=0) + gap
        widths = self._widths(_WIDTHS)
        if widths[CRITERION] < longest:
            widths = self._widths(_TIGHT)
        for column, width in enumerate(widths):
            self.view.setColumnWidth(column, width)
        self.header.fit()
        usual = self.view.verticalHeader().defaultSectionSize()
        for row, name in enumerate(names):
            more = len(wrapped(name, widths[CRITERION] - gap, strong)) - 1
            self.view.setRowHeight(row, usual + max(more, 0) * strong.height())

    def _widths(self, wanted: Sequence[int]) -> list[int]:
        scale = style.sizes().body / 14
        widths = [max(round(width * scale), self.header.least_width(at)) for at, width in enumerate(wanted)]
        widths[CRITERION] = 0
        room = self.view.viewport().width() - sum(widths)
        widths[CRITERION] = max(room, round(_CRITERION_LEAST * scale))
        return widths
