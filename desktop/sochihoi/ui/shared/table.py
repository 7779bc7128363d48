"""The list of the program: a declaration of columns, rows from one service call, a footer that says where one is.

table = Table(context, "people", COLUMNS, key=lambda m: m.id, noun=lambda n: ngettext("member", "members", n))
table.opened.connect(open_member)            # Enter or double click: the row object
table.set_empty("users", _("No members yet. …"), (_("Import from Excel"), start_import))
table.set_rows(office.people.list(...))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from sochihoi.i18n import _, ngettext, number
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label, strong
from sochihoi.ui.shared.cells import CellDelegate
from sochihoi.ui.shared.columns import Column, TableModel
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.empty import EmptyState
from sochihoi.ui.shared.stack import Stack
from sochihoi.ui.shared.widths import ColumnWidths

__all__ = ["Column", "MenuItem", "Table", "TableModel"]

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line of the context menu, which is also the "⋯" menu. ``None`` in a list of items is a separator."""

    text: str
    press: Callable[[], None]
    icon: str = ""
    enabled: bool = True


class Paper(Protocol):
    """What makes a paper of the lines that are shown."""

    def show(self) -> None:
        """Open the preview."""


class ListView(QTableView):
    """A table view as all lists are: rows selected whole, Tab leaves it, Enter opens."""

    entered_row = Signal(QModelIndex)
    menu_wanted = Signal(QPoint)
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(32)
        header.setFixedHeight(style.sizes().row)
        header.setSectionsMovable(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            if self.currentIndex().isValid():
                self.entered_row.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        place = event.pos() if by_mouse else self.visualRect(self.currentIndex()).bottomLeft()
        if by_mouse and (under := self.indexAt(place)).isValid():
            self.setCurrentIndex(under)
        self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class Table(QWidget, Generic[R]):
    """A card with the list, an empty state in its place, and the footer. Keeps selection and place over ``set_rows``.

    ``name`` is the settings key of the column widths. ``cells``: single cells are chosen and framed (for "Vì sao?").
    ``section``: rows for which it gives words are bands across the table; such a table does not sort.
    """

    opened = Signal(object)  # row: Enter or double click
    selected = Signal(object)  # row or None

    def __init__(
        self,
        context: Context,
        name: str,
        columns: Sequence[Column[R]],
        *,
        key: Callable[[R], object] = lambda row: row,
        noun: Callable[[int], str] | None = None,
        menu: Callable[[R], Sequence[MenuItem | None]] | None = None,
        section: Callable[[R], str | None] | None = None,
        two_lines: bool = False,
        dense: bool = False,
        cells: bool = False,
        accessible: str = "",
    ) -> None:
        super().__init__()
        self._key, self._noun, self._menu = key, noun, menu
        self.noun = noun or (lambda count: ngettext("line", "lines", count))
        self.section = section
        self.paper: Paper | None = None  # how the list is printed: ``shared.listing.offer`` sets it
        self._total: int | None = None
        self._empty: tuple[str, str, tuple[str, Callable[[], None]] | None] | None = None
        self._no_match: tuple[str, Callable[[], None]] | None = None
        size = style.sizes()
        self.model: TableModel[R] = TableModel(columns, self)
        self.view = ListView()
        self.view.setAccessibleName(accessible or name)
        self.view.setModel(self.model)
        self.delegate = CellDelegate(self.view, frame=cells)
        if section is not None:
            self.delegate.section = section
        self.view.setItemDelegate(self.delegate)
        self.view.verticalHeader().setDefaultSectionSize(self.row_height(two_lines=two_lines, dense=dense))
        if cells:
            self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._widths = ColumnWidths(context.settings, name, self.view, columns)
        sorts = section is None and any(column.sort is not None for column in columns)
        if sorts:
            self.view.horizontalHeader().setSortIndicatorClearable(False)
            self.view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.view.setSortingEnabled(True)
        self.view.horizontalHeader().setSectionsClickable(sorts)

        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        self._stack = Stack()
        self._blank = EmptyState()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._blank)
        inside.addWidget(self._stack)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(size.space_2)
        outer.addWidget(card, 1)
        self.footer = QHBoxLayout()  # the count at the left; put quiet buttons in with ``add_footer_action``
        self._count = label("", tone="muted")
        self.footer.addWidget(self._count)
        self.footer.addStretch(1)
        self._foot = QWidget()
        self._foot.setLayout(self.footer)
        self.footer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._foot)
        self._foot.setVisible(noun is not None)  # only now: without a parent it would open as a window of its own

        self.view.entered_row.connect(self._open)
        self.view.doubleClicked.connect(self._open)
        self.view.menu_wanted.connect(self.open_menu)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self.selected.emit(self.current()))
        self.view.verticalScrollBar().valueChanged.connect(lambda *_: self._say_count())
        self.view.resized.connect(self._say_count)

    @staticmethod
    def row_height(*, two_lines: bool = False, dense: bool = False) -> int:
        """46, 32 or 28 px at text size "Vừa"."""
        size = style.sizes()
        return round(size.row_dense * 46 / 28) if two_lines else size.row_dense if dense else size.row

    # -- rows --------------------------------------------------------------------------------------------------------

    def set_rows(self, rows: Sequence[R], total: int | None = None) -> None:
        """Show rows. ``total`` only when the service gave fewer rows than there are. The chosen row stays chosen."""
        kept = self.current()
        place = self.view.verticalScrollBar().value()
        wanted = self._key(kept) if kept is not None else None
        column = max(self.view.currentIndex().column(), 0)
        self.model.set_rows(rows)
        self._widths.fit_names([row for row in rows if self.section is None or self.section(row) is None])
        self._total = total
        if self.section is not None:
            self.view.clearSpans()
            for position, row in enumerate(self.model.rows):
                if self.section(row) is not None:
                    self.view.setSpan(position, 0, 1, len(self.model.columns))
        if wanted is not None:
            self.choose(wanted, column)
        self.view.verticalScrollBar().setValue(place)
        self._show_state()

    def current(self) -> R | None:
        """The chosen row, or ``None``."""
        index = self.view.currentIndex()
        return self.model.rows[index.row()] if index.isValid() and index.row() < len(self.model.rows) else None

    def marked(self) -> list[R]:
        """All rows that are marked, in the order shown; a table marks one unless its page allows more."""
        at = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        return [self.model.rows[one] for one in at if one < len(self.model.rows)]

    def current_column(self) -> Column[R] | None:
        """The column of the current cell, or ``None``."""
        index = self.view.currentIndex()
        return self.model.columns[index.column()] if index.isValid() else None

    def choose(self, key: object, column: int = 0) -> bool:
        """Choose the row with this key; false when it is not in the list."""
        for position, row in enumerate(self.model.rows):
            if self._key(row) == key:
                self.view.setCurrentIndex(self.model.index(position, column))
                return True
        return False

    def step(self, by: int) -> R | None:
        """Choose the next (+1) or previous (-1) row and give it."""
        position = min(max(self.view.currentIndex().row() + by, 0), len(self.model.rows) - 1)
        if position >= 0:
            self.view.setCurrentIndex(self.model.index(position, max(self.view.currentIndex().column(), 0)))
        return self.current()

    # -- what it says ------------------------------------------------------------------------------------------------

    def set_empty(self, icon: str, sentence: str, action: tuple[str, Callable[[], None]] | None = None) -> None:
        """What stands here when there is nothing yet: one sentence, one primary button."""
        self._empty = (icon, sentence, action)
        self._show_state()

    def set_no_match(self, sentence: str | None, clear: Callable[[], None] | None = None) -> None:
        """A filter is on: when nothing matches it, this sentence and "Bỏ lọc". ``None``: no filter."""
        self._no_match = (sentence, clear) if sentence is not None and clear is not None else None
        self._show_state()

    def set_closed(self, *, closed: bool) -> None:
        """Sunken: the figures of a closed month."""
        style.set_property(self.view, "readOnly", "true" if closed else None)

    def add_footer_action(self, text: str, press: Callable[[], None], icon: str = "") -> QPushButton:
        """A quiet button at the right under the list: "Xuất Excel", "In danh sách"."""
        made = button(text, press, "quiet", icon)
        self.footer.addWidget(made)
        self._foot.show()
        return made

    def open_menu(self, at: QPoint) -> None:
        """Open the menu of the chosen row at a global point."""
        row = self.current()
        if row is None or self._menu is None:
            return
        menu = QMenu(self)
        fill_menu(menu, self._menu(row))
        menu.popup(at)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _open(self, index: QModelIndex) -> None:
        row = self.model.rows[index.row()]
        if self.section is None or self.section(row) is None:
            self.opened.emit(row)

    def _show_state(self) -> None:
        if self.model.rows or (self._empty is None and self._no_match is None):
            self._stack.setCurrentWidget(self.view)
        else:
            if self._no_match is not None:
                self._blank.say("search", self._no_match[0], (_("Clear filter"), self._no_match[1]), "quiet")
            elif self._empty is not None:
                self._blank.say(*self._empty)
            self._stack.setCurrentWidget(self._blank)
        self._say_count()

    def _say_count(self) -> None:
        if self._noun is None:
            return
        total = self._total if self._total is not None else self._lines(len(self.model.rows))
        # a row at the edge counts when at least half of it is seen
        half = self.view.verticalHeader().defaultSectionSize() // 2
        first, last = self.view.rowAt(half), self.view.rowAt(self.view.viewport().height() - half)
        last = last if last >= 0 else len(self.model.rows) - 1
        first, last = self._lines(max(first, 0)), self._lines(last + 1)
        words = {"total": strong(number(total)), "noun": self._noun(total)}
        if not self.model.rows:
            self._count.setText("")
        elif first == 0 and last >= total:
            self._count.setText(_("{total} {noun}").format(**words))
        else:
            shown = f"{number(first + 1)}–{number(last)}"
            self._count.setText(_("Showing {shown} of {total} {noun}").format(shown=shown, **words))

    def _lines(self, end: int) -> int:
        """How many of the rows before this one are no bands."""
        section = self.section
        return end if section is None else sum(section(row) is None for row in self.model.rows[:end])


def fill_menu(menu: QMenu, items: Sequence[MenuItem | None]) -> None:
    """Put items into a menu; ``None`` is a separator."""
    for item in items:
        if item is None:
            menu.addSeparator()
            continue
        action = menu.addAction(item.text)
        if item.icon:
            action.setIcon(style.icon(item.icon))
        action.setEnabled(item.enabled)
        action.triggered.connect(lambda _=False, item=item: item.press())
