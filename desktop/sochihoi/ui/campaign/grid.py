"""The grid: number and head of household stay, criteria scroll sideways where they do not fit; marks by digits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QHeaderView, QMenu, QTableView

from sochihoi.domain.campaign import Criterion
from sochihoi.domain.campaign_records import Sheet, SheetRow
from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.campaign import presenter
from sochihoi.ui.campaign.grid_model import FIRST, HEAD, NUMBER, GridModel
from sochihoi.ui.campaign.grid_paint import BandHeader, GridDelegate
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.table import MenuItem, fill_menu

_WIDE, _SLIM = 66, 57  # px of a criterion at text size "Vừa"
_NUMBER, _RESULT = 44, 126
_HEAD_LEAST, _HEAD_MOST = 146, 250
_BLANK_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class _View(QTableView):
    """What both halves have in common."""

    keyed = Signal(QKeyEvent)
    menu_wanted = Signal(QPoint)

    def __init__(self, model: GridModel, current: Callable[[], tuple[int, int]]) -> None:
        super().__init__()
        self.setModel(model)
        self.header = BandHeader(self)
        self.setHorizontalHeader(self.header)
        self.setItemDelegate(GridDelegate(self, model, current))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(style.sizes().row_dense)


class _Marks(_View):
    """The criteria: takes the focus and the keys."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
        self.keyed.emit(event)
        if not event.isAccepted():
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Digits are marks here, never a search."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        if by_mouse and (under := self.indexAt(event.pos())).isValid():
            self.setCurrentIndex(under)
        place = event.pos() if by_mouse else self.visualRect(self.currentIndex()).bottomLeft()
        self.menu_wanted.emit(self.viewport().mapToGlobal(place))


class _Names(_View):
    """Number and head: no focus of its own; a press chooses the row."""

    pressed_row = Signal(int)

    def __init__(self, model: GridModel, current: Callable[[], tuple[int, int]]) -> None:
        super().__init__(model, current)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        under = self.indexAt(event.position().toPoint())
        if under.isValid():
            self.pressed_row.emit(under.row())


class Grid(QFrame):
    """``typed(row, criterion, result or None)``, ``passed(row)`` whole row, ``note_wanted``, ``moved(row, criterion)``.

    1 met · 0 not met · 2 not applicable · Delete blank; after a digit the frame goes on; Enter: first blank of the
    next household; F2: the note.
    """

    typed = Signal(object, object, object)
    passed = Signal(object)
    note_wanted = Signal()
    moved = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("card")
        self._context = context
        self.read_only = False
        self.menu: Callable[[SheetRow, Criterion], Sequence[MenuItem | None]] = lambda _row, _criterion: ()
        self.model = GridModel(self)
        self.names = _Names(self.model, self._place)
        self.names.setAccessibleName(_("Households of the branch"))
        self.view = _Marks(self.model, self._place)
        self.view.setAccessibleName(_("Criteria of the households"))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusProxy(self.view)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        row.addWidget(self.names)
        row.addWidget(self.view, 1)
        here, there = self.view.verticalScrollBar(), self.names.verticalScrollBar()
        here.valueChanged.connect(there.setValue)
        there.valueChanged.connect(here.setValue)
        self.view.horizontalScrollBar().rangeChanged.connect(self._even)
        self.view.keyed.connect(self._key)
        self.view.menu_wanted.connect(self._open_menu)
        self.view.doubleClicked.connect(self._turn)
        self.names.pressed_row.connect(self._choose_row)
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        context.narrow_changed.connect(self._lay)
        context.look_changed.connect(self._repaint)

    # -- what is shown -----------------------------------------------------------------------------------------------

    def set_sheet(self, sheet: Sheet) -> None:
        """Show a sheet. The cell stays the same when it is the same branch, round and set; else the first blank."""
        before, place = self.model.sheet, self._place()
        kept = self.model.row(place[0])
        same = before is not None and (before.branch_id, before.round, before.criteria.code, before.year) == (
            sheet.branch_id,
            sheet.round,
            sheet.criteria.code,
            sheet.year,
        )
        top = self.view.verticalScrollBar().value()
        self.model.set_sheet(sheet)
        for column in range(self.model.columnCount()):
            self.names.setColumnHidden(column, column > HEAD)
            self.view.setColumnHidden(column, column <= HEAD)
        self._lay()
        if same and kept is not None:
            self.choose(kept.household_id, place[1])
            self.view.verticalScrollBar().setValue(top)
        else:
            self.first_blank()
        self._repaint()
        self.moved.emit()

    def set_row(self, row: SheetRow, sheet: Sheet) -> None:
        """One household after a mark, and the sheet that it stands in now."""
        self.model.set_row(row, sheet)

    def choose(self, household_id: str, column: int = FIRST) -> bool:
        """Put the frame on a household; false when it is not in the sheet."""
        for row in self.model.rows:
            if row.household_id == household_id:
                self._go(row.number - 1, column)
                return True
        return False

    def first_blank(self) -> None:
        """The first cell without a mark, of the half assessed rows first; else the first cell."""
        sheet = self.model.sheet
        if sheet is None or not self.model.rows:
            return
        row = next(iter(sheet.half), None) or next(iter(sheet.blank), None)
        self._go(row.number - 1 if row is not None else 0, self._blank_of(row) if row is not None else FIRST)

    def current(self) -> tuple[SheetRow, Criterion] | None:
        """Household and criterion under the frame."""
        at, column = self._place()
        row, criterion = self.model.row(at), self.model.criterion(column)
        return (row, criterion) if row is not None and criterion is not None else None

    # -- moving ------------------------------------------------------------------------------------------------------

    def _place(self) -> tuple[int, int]:
        index = self.view.currentIndex()
        return (index.row(), index.column()) if index.isValid() else (-1, FIRST)

    def _go(self, at: int, column: int) -> None:
        column = min(max(column, FIRST), self.model.last)
        self.view.setCurrentIndex(self.model.index(at, column))

    def _current_changed(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid() and self.model.criterion(now.column()) is None:  # the result: stay on the criteria
            self._go(now.row(), before.column() if before.isValid() else self.model.last)
            return
        self._repaint()
        self.moved.emit()

    def _repaint(self) -> None:
        self.view.viewport().update()
        self.view.header.viewport().update()
        self.names.viewport().update()
        self.names.header.viewport().update()

    def _blank_of(self, row: SheetRow) -> int:
        code = presenter.first_blank(self.model.sheet, row) if self.model.sheet is not None else None
        codes = [criterion.code for criterion in self.model.criteria]
        return FIRST + codes.index(code) if code in codes else FIRST

    def next_household(self) -> None:
        """The first blank of the next household that has one."""
        at = self._place()[0]
        row = next((row for row in self.model.rows[at + 1 :] if not row.complete), None) or self.model.row(at + 1)
        if row is not None:
            self._go(row.number - 1, self._blank_of(row))

    def _after_digit(self) -> None:
        at, column = self._place()
        if column < self.model.last:
            self._go(at, column + 1)
        else:
            self.next_household()

    def _choose_row(self, at: int) -> None:
        self._go(at, self._place()[1])
        self.view.setFocus(Qt.FocusReason.MouseFocusReason)

    def _key(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        found = self.current()
        if modifiers or found is None:
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_household()
        elif key == Qt.Key.Key_F2:
            self.note_wanted.emit()
        elif presenter.mark_of_key(event.text()) is not None:
            self.type_mark(event.text())
        elif key in _BLANK_KEYS:
            self.type_mark("")
        elif key == Qt.Key.Key_Home:
            self._go(self._place()[0], FIRST)
        elif key == Qt.Key.Key_End:
            self._go(self._place()[0], self.model.last)
        else:
            return
        event.accept()

    def type_mark(self, key: str) -> None:
        """A digit, or nothing for a blank cell, at the frame; then the frame goes on unless the mark was refused."""
        found = self.current()
        if found is None or self.read_only:
            return
        row, criterion = found
        result = presenter.mark_of_key(key)
        self.typed.emit(row, criterion, result)
        now = self.model.row(row.number - 1)
        if result is not None and now is not None and now.marks.get(criterion.code) is result:
            self._after_digit()

    def _turn(self, index: QModelIndex) -> None:
        """A double click: blank → met → not met → met."""
        found = self.current()
        if found is None or self.read_only or self.model.criterion(index.column()) is None:
            return
        row, criterion = found
        met = presenter.mark_of_key("1")
        self.typed.emit(row, criterion, presenter.mark_of_key("0") if row.marks.get(criterion.code) is met else met)

    def _open_menu(self, at: QPoint) -> None:
        found = self.current()
        if found is None:
            return
        items = self.menu(*found)
        if items:
            menu = QMenu(self)
            fill_menu(menu, items)
            menu.popup(at)

    # -- widths ------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._lay()

    def _lay(self) -> None:
        """Criteria 66 or 57 px, the head takes what is left up to its limit, the result the rest."""
        count = len(self.model.criteria)
        if not count:
            return
        scale = style.sizes().body / 14
        bar = self.view.verticalScrollBar().sizeHint().width()
        number, result = round(_NUMBER * scale), round(_RESULT * scale)
        slim = self._context.narrow
        each = round((_SLIM if slim else _WIDE) * scale)
        whole = self.contentsRect().width() - 2 - bar  # the card's hairline and the layout's own margin
        room = whole - number - result
        head = min(max(room - each * count, round(_HEAD_LEAST * scale)), round(_HEAD_MOST * scale))
        if room - head > each * count:  # few criteria: wider columns before an empty right side
            each = min((room - head) // count, round(96 * scale))
        for view in (self.names, self.view):
            view.setColumnWidth(NUMBER, number)
            view.setColumnWidth(HEAD, head)
            for column in range(FIRST, FIRST + count):
                view.setColumnWidth(column, each)
        lines = max(2, self.view.header.lines_needed())
        self.names.header.set_lines(lines)
        self.view.header.set_lines(lines)
        self.names.setFixedWidth(number + head)
        rest = whole - number - head - each * count
        self.view.setColumnWidth(FIRST + count, max(rest, result))

    def _even(self, _least: int, most: int) -> None:
        """The left half gets an empty bar below when the right one has a real one: both show the same rows."""
        always = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if most > 0 else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.names.setHorizontalScrollBarPolicy(always)
