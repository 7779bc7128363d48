"""The lines of a score sheet for Qt: number, criterion, maximum, proposed, own, verified, reason. Nothing is drawn."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from sochihoi.domain.rubric_records import OWN, VERIFIED, ProposedLine, ScoreSheet
from sochihoi.i18n import _
from sochihoi.services.rubric_evidence import short
from sochihoi.ui.words.rubric import points, said

Index = QModelIndex | QPersistentModelIndex
NUMBER, CRITERION, MAXIMUM, PROPOSED, SELF, CHECKED, REASON = range(7)
_COLUMNS = {SELF: OWN, CHECKED: VERIFIED}


class ScoreModel(QAbstractTableModel):
    """One sheet. What is typed goes out as ``typed`` (criterion, column, text); the page saves and reads it again."""

    typed = Signal(str, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet: ScoreSheet | None = None
        self.lines: tuple[ProposedLine, ...] = ()
        self.read_only = False

    def set_sheet(self, sheet: ScoreSheet) -> None:
        """Show another sheet, or the same one read again (then only the words of the cells change)."""
        if [one.code for one in sheet.lines] == [one.code for one in self.lines]:
            self.sheet, self.lines = sheet, sheet.lines
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, REASON))
            return
        self.beginResetModel()
        self.sheet, self.lines = sheet, sheet.lines
        self.endResetModel()

    def column_name(self, column: int) -> str | None:
        """``self``, ``verified``, ``reason`` for a column that can be typed into now; else ``None``."""
        if self.sheet is None or self.read_only or self.sheet.column is None:
            return None
        if column == REASON:
            return "reason" if self.sheet.column == VERIFIED else None
        name = _COLUMNS.get(column)
        return name if name == self.sheet.column else None

    def text(self, line: ProposedLine, column: int) -> str:
        """The words of a cell."""
        match column:
            case 0:
                return line.code
            case 1:
                return said(line.criterion.label)
            case 2:
                return points(Decimal(line.criterion.max_points))
            case 3:
                return _("by hand") if line.proposed is None else points(line.proposed)
            case 4:
                return points(line.line.own)
            case 5:
                return points(line.line.verified)
            case _:
                return line.line.reason

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else REASON + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsEditable if self.column_name(index.column()) is not None else found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], index.column()
        text = self.text(line, column)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = text or (_("reason missing") if column == REASON and line.line.needs_reason else _("empty"))
            spoken = f"{told}, {short(line)}" if column == CRITERION else told
            title = str(self.headerData(column, Qt.Orientation.Horizontal) or "")
            return _("Criterion {code}, {column}: {value}").format(code=line.code, column=title, value=spoken)
        if role == Qt.ItemDataRole.ToolTipRole:
            if column == CRITERION:
                return f"{said(line.criterion.guidance)}\n{short(line)}"
            return text if column == REASON and text else None
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        name = self.column_name(index.column())
        if role != Qt.ItemDataRole.EditRole or name is None:
            return False
        line = self.lines[index.row()]
        told = str(value).strip()
        if told != self.text(line, index.column()):
            self.typed.emit(line.code, name, told)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            left = section in (CRITERION, REASON)
            return int(
                (Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight) | Qt.AlignmentFlag.AlignVCenter
            )
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return (
            "#",
            _("Criterion"),
            _("Maximum"),
            _("Proposed"),
            _("Own score"),
            _("Verified score"),
            _("Reason where it differs"),
        )[section]
