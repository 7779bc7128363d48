"""What a list shows, as a declaration; and the lazy model that reads it. Nothing is drawn here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from sochihoi.i18n import _
from sochihoi.ui.shared.badges import Badge

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)  # the row object
COLUMN_ROLE = ROW_ROLE + 1  # its Column


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column. Functions take a row; titles are called when shown, so that the language can change.

    ``width`` is in pixels at text size "Vừa"; exactly one column of a table has ``stretch``. ``sort`` gives a key
    that can be
    compared (names: the Vietnamese key); without it the header does not sort.
    """

    title: Callable[[], str]
    text: Callable[[R], str]
    width: int = 100
    sort: Callable[[R], Any] | None = None
    align: str = "left"  # left (text) · right (numbers) · centre (marks)
    stretch: bool = False
    strong: bool = False  # weight 600: names of people, this month's figures
    small: Callable[[R], str] | None = None  # second line, small and muted (needs ``two_lines`` of the table)
    badges: Callable[[R], Sequence[Badge]] | None = None  # after the text
    tone: Callable[[R], str] | None = None  # token of the text's colour: "text", "muted", "ok", "warn", "bad", "info"
    icon: Callable[[R], tuple[str, str] | None] | None = None  # (Lucide name, tone), left of the text
    cut: str = "right"  # where a text without room is cut; "middle" for names of files, whose number is at their end
    tip: Callable[[R], str] | None = None  # besides the full text when it is cut
    spoken: Callable[[R], str] | None = None  # for a screen reader, when the text alone does not say it
    key: str = ""  # under which the width is remembered; by default the position
    on_paper: bool = True  # False: a drawing whose words stand in another column
    printed: Callable[[R], str] | None = None  # what a paper says instead of the text, the small line and the badges
    sensitive: bool = False  # stands on paper only when that was asked for (Law 91/2025/QH15)


class TableModel(QAbstractTableModel, Generic[R]):
    """Rows are kept as they came from the service; a cell's words are made when it is painted."""

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[R] = []
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show these rows, in the order in which the officer last sorted."""
        self.beginResetModel()
        self.rows = list(rows)
        if self._sorted_by is not None:
            self._order(*self._sorted_by)
        self.endResetModel()

    @property
    def sorted_by(self) -> tuple[Column[R], bool] | None:
        """The column of the order that the officer chose, and whether it goes down; ``None``: as the page gave them."""
        if self._sorted_by is None:
            return None
        at, order = self._sorted_by
        return self.columns[at], order == Qt.SortOrder.DescendingOrder

    def row_changed(self, position: int, row: R) -> None:
        """Replace one row in its place."""
        self.rows[position] = row
        self.dataChanged.emit(self.index(position, 0), self.index(position, len(self.columns) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == ROW_ROLE:
            return row
        if role == COLUMN_ROLE:
            return column
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(alignment(column))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, column)
        return None

    def _spoken(self, row: R, column: Column[R]) -> str:
        if column.spoken is not None:
            return column.spoken(row)
        parts = [column.text(row)]
        if column.small is not None:
            parts.append(column.small(row))
        if column.badges is not None:
            parts += [badge.text for badge in column.badges(row)]
        words = ", ".join(part for part in parts if part) or _("empty")
        return _("{column}: {value}").format(column=column.title().replace("\n", " "), value=words)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return column.title()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(alignment(column))
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by the column's key; rows without one stand last in both directions. A column without a key is left
        alone.
        """
        if not 0 <= column < len(self.columns) or self.columns[column].sort is None:
            return
        self._sorted_by = (column, order)
        self.layoutAboutToBeChanged.emit()
        self._order(column, order)
        self.layoutChanged.emit()

    def _order(self, column: int, order: Qt.SortOrder) -> None:
        key = self.columns[column].sort
        if key is None:
            return
        known = [(key(row), row) for row in self.rows]
        empty = [row for value, row in known if value is None]
        full = [pair for pair in known if pair[0] is not None]
        full.sort(key=lambda pair: pair[0], reverse=order == Qt.SortOrder.DescendingOrder)
        self.rows = [row for _value, row in full] + empty


def alignment(column: Column[Any]) -> Qt.AlignmentFlag:
    """Text left, numbers right, marks centred."""
    across = {
        "left": Qt.AlignmentFlag.AlignLeft,
        "right": Qt.AlignmentFlag.AlignRight,
        "centre": Qt.AlignmentFlag.AlignHCenter,
    }[column.align]
    return across | Qt.AlignmentFlag.AlignVCenter
