"""The table of figures: bands of groups, this month, the month before, the change, from January, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit

from sochihoi.domain.periods import Period
from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.reports.presenter import FigureRow
from sochihoi.ui.shared.cells import CellDelegate
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.history_view import history_item
from sochihoi.ui.shared.table import Column, MenuItem, Table
from sochihoi.ui.shared.typed import read_number, show_number
from sochihoi.ui.shared.wrapping import wrapped
from sochihoi.ui.words.month import period_name

NOW, WHY = "now", "why"
SLACK = 4  # pixels


def _columns(period: Callable[[], Period], mark: Callable[[str], str]) -> tuple[Column[FigureRow], ...]:
    def month(which: Period) -> str:
        return _("Month {month}").format(month=which.index)

    return (
        Column(lambda: _("Figure"), lambda r: r.label, stretch=True, key="label"),
        Column(
            lambda: month(period()),
            FigureRow.now,
            width=112,
            align="right",
            strong=True,
            key=NOW,
            icon=lambda r: ("pencil", "muted") if r.can_enter else None,
            tip=lambda r: _("F2 or Enter types this figure in.") if r.can_enter else "",
        ),
        Column(lambda: month(period().previous()), FigureRow.previous, width=92, align="right", key="previous"),
        Column(
            lambda: _("Change"),
            FigureRow.change,
            width=80,
            align="right",
            tone=lambda _r: "muted",
            key="change",
        ),
        Column(lambda: _("From January"), FigureRow.so_far, width=104, align="right", key="so_far"),
        Column(
            lambda: _("Why?"),
            lambda _r: "",
            width=56,
            align="centre",
            key=WHY,
            icon=lambda r: ("flag", "warn") if mark(r.key) else ("info", "info"),
            tip=lambda r: mark(r.key),
            spoken=lambda r: _("Why is {label} {figure}?").format(label=r.label, figure=r.now()),
        ),
    )


class FiguresTable(Table[FigureRow]):
    """``why_wanted(code)``; ``enter_wanted(code)`` for figures with parts; ``typed(code, value)`` for plain ones.

    ``marks``: what the level above asks to look at, by figure. ``plain``: whether a figure is one number that can be
    typed into its cell.
    """

    why_wanted = Signal(str)
    enter_wanted = Signal(str)
    typed = Signal(str, object)

    def __init__(self, context: Context, plain: Callable[[str], bool]) -> None:
        self.marks: Mapping[str, str] = {}
        self._context = context
        super().__init__(
            context,
            "figures",
            _columns(lambda: context.period, lambda code: self.marks.get(code, "")),
            key=lambda r: r.key,
            section=lambda r: r.band,
            menu=self._history_items,
            dense=True,
            cells=True,
            accessible=_("Figures of the month"),
        )
        self._plain = plain
        self.delegate = WrappedNames(self.view, frame=True)
        self.delegate.section = lambda row: row.band
        self.view.setItemDelegate(self.delegate)
        self._editor: CellEditor | None = None
        self.opened.connect(self._activate)
        self.view.clicked.connect(self._clicked)
        self.view.verticalScrollBar().valueChanged.connect(lambda _at: self.stop_typing())
        self.view.resized.connect(self.stop_typing)
        self.view.resized.connect(self._fit_rows)

    def _history_items(self, row: FigureRow) -> list[MenuItem | None]:
        """Of a figure that is entered, and of all that was entered and written for the month."""
        context, month = self._context, self._context.period.code
        whole = period_name(context.period)
        items: list[MenuItem | None] = [history_item(context, self, whole, "month", month, _("History of the month…"))]
        if row.can_enter:
            items.insert(0, history_item(context, self, row.label, "entered_figure", f"{row.key}/{month}"))
        return [] if row.row is None else items

    def show_rows(self, rows: Sequence[FigureRow]) -> None:
        """Show rows; the first figure's cell of this month is current when none was."""
        before = self.current()
        self.set_rows(rows)
        self._fit_rows()
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.model.columns) - 1)
        if before is None or self.current() is None:
            first = next((r.key for r in rows if r.row is not None), None)
            if first is not None:
                self.choose(first, 1)

    def _fit_rows(self) -> None:
        """A name that is longer than its column stands on more lines: names of figures are never cut."""
        room = self.view.columnWidth(0) - 2 * style.sizes().space_2
        measure = QFontMetrics(self.view.font())
        one = self.row_height(dense=True)
        for at, row in enumerate(self.model.rows):
            lines = 1 if row.row is None else len(broken(row.label, room, measure))
            high = one + (lines - 1) * measure.lineSpacing()
            if self.view.rowHeight(at) != high:
                self.view.setRowHeight(at, high)

    def edit_current(self) -> None:
        """F2: type the figure of the chosen row."""
        row = self.current()
        if row is not None and row.can_enter:
            self._enter(row)

    def _activate(self, row: FigureRow) -> None:
        column = self.current_column()
        if row.can_enter and (column is None or column.key != WHY):
            self._enter(row)
        elif row.row is not None:
            self.why_wanted.emit(row.key)

    def _clicked(self, index: QModelIndex) -> None:
        row, column = self.model.rows[index.row()], self.model.columns[index.column()]
        if column.key == WHY and row.row is not None:
            self.why_wanted.emit(row.key)

    def _enter(self, row: FigureRow) -> None:
        if not self._plain(row.key):
            self.enter_wanted.emit(row.key)
            return
        self.stop_typing()
        self.choose(row.key, 1)
        editor = CellEditor(self, row)
        cell = self.view.visualRect(self.view.currentIndex())
        cell.setTop(cell.center().y() - editor.sizeHint().height() // 2)  # a little over the row: never cut
        cell.setHeight(editor.sizeHint().height())
        editor.setGeometry(cell)
        editor.done.connect(lambda value: self.typed.emit(row.key, value))
        self._editor = editor
        editor.show()
        editor.setFocus()
        editor.selectAll()

    def stop_typing(self) -> None:
        """Take the field in the cell away; what was typed in it is kept when it is a number."""
        if self._editor is not None:
            editor, self._editor = self._editor, None
            editor.finish()


def broken(label: str, room: int, measure: QFontMetrics) -> list[str]:
    """The lines of a name; a little less than the room, so that a line that just fits is not cut when painted."""
    return wrapped(label, room - SLACK, measure)


class WrappedNames(CellDelegate):
    """Names that are longer than their column, on more lines."""

    def _cell(self, painter: QPainter, inner: QRect, row: FigureRow, column: Column[FigureRow], base: QFont) -> None:
        lines = broken(row.label, inner.width(), QFontMetrics(base)) if column.stretch else []
        if len(lines) < 2:
            super()._cell(painter, inner, row, column, base)
            return
        painter.setPen(QColor(style.tokens().text))
        painter.setFont(base)
        left = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(inner, left, "\n".join(lines))


class CellEditor(QLineEdit):
    """A number typed right in its cell. ``done(int or None)``: Enter, or leaving it, keeps it; Esc does not."""

    done = Signal(object)

    def __init__(self, table: FiguresTable, row: FigureRow) -> None:
        super().__init__(table.view.viewport())
        self._table = table
        self._over = False
        self._before = row.row.now.value if row.row is not None else None
        self.setObjectName("celleditor")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(row.label)
        self.setText(show_number(self._before))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._table.stop_typing()
            self._table.view.setFocus()
        elif event.key() == Qt.Key.Key_Escape:
            self._over = True
            self._table.stop_typing()
            self._table.view.setFocus()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self._over:  # an editor that has finished loses the focus once more, when it goes
            self._table.stop_typing()

    def finish(self) -> None:
        """Tell what was typed, once, and go."""
        text = self.text().strip()
        value = read_number(text)
        changed = not self._over and (value is not None or not text) and self._before != value
        self._over = True
        self.hide()
        self.deleteLater()
        if changed:
            self.done.emit(None if value is None else int(value))
