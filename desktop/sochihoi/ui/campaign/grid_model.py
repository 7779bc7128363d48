"""The grid's rows and columns for Qt: number, head, one column a criterion, result. Nothing is drawn here."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from sochihoi.domain.campaign import Criterion
from sochihoi.domain.campaign_records import Sheet, SheetRow
from sochihoi.i18n import _
from sochihoi.ui.campaign import presenter
from sochihoi.ui.words.campaign import in_words, mark_name

Index = QModelIndex | QPersistentModelIndex
NUMBER, HEAD, FIRST = 0, 1, 2  # columns; criteria from FIRST on, the result after them


class GridModel(QAbstractTableModel):
    """One sheet. Criteria columns are ``FIRST`` to ``last``; the result is ``last + 1``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet: Sheet | None = None
        self.rows: list[SheetRow] = []
        self.criteria: tuple[Criterion, ...] = ()

    def set_sheet(self, sheet: Sheet) -> None:
        """Show another sheet, or the same one read again."""
        self.beginResetModel()
        self.sheet = sheet
        self.rows = list(sheet.rows)
        self.criteria = sheet.criteria.criteria
        self.endResetModel()

    def set_row(self, row: SheetRow, sheet: Sheet) -> None:
        """One row changed in its place."""
        self.sheet, at = sheet, row.number - 1
        self.rows[at] = row
        self.dataChanged.emit(self.index(at, 0), self.index(at, self.columnCount() - 1))

    @property
    def last(self) -> int:
        """The column of the last criterion."""
        return FIRST + len(self.criteria) - 1

    def criterion(self, column: int) -> Criterion | None:
        """The criterion of a column."""
        return self.criteria[column - FIRST] if FIRST <= column <= self.last else None

    def row(self, at: int) -> SheetRow | None:
        """The row at a position."""
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def bands(self) -> list[tuple[str, int, int]]:
        """Groups of criteria: title, first and last column."""
        if self.sheet is None:
            return []
        found, column = [], FIRST
        for group, members in self.sheet.criteria.groups:
            found.append((in_words(group), column, column + len(members) - 1))
            column += len(members)
        return found

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.criteria) + 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, criterion = self.rows[index.row()], self.criterion(index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole and criterion is not None:
            return presenter.cell_words(row, criterion)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if criterion is not None:
                return mark_name(row.marks.get(criterion.code))
            return {NUMBER: str(row.number), HEAD: row.line.head}.get(index.column(), presenter.row_words(row))
        if role == Qt.ItemDataRole.ToolTipRole and criterion is not None:
            return row.note(criterion.code) or None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        criterion = self.criterion(section)
        if criterion is None:
            titles = {NUMBER: _("No."), HEAD: _("Head of household")}
            plain = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return titles.get(section, _("Result")) if plain else None
        if role == Qt.ItemDataRole.DisplayRole:
            return in_words(criterion.short)
        if role == Qt.ItemDataRole.ToolTipRole:
            return in_words(criterion.label)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{in_words(criterion.group)}: {in_words(criterion.label)}"
        return None
