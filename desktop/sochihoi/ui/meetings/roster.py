"""The roster as it is marked: three boxes a person, digits of the keyboard, a note."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QVBoxLayout, QWidget

from sochihoi.domain.meeting_records import RosterRow
from sochihoi.domain.meetings import Mark
from sochihoi.i18n import _, ngettext
from sochihoi.ui import style
from sochihoi.ui.meetings import presenter
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.cells import CellDelegate
from sochihoi.ui.shared.columns import COLUMN_ROLE, ROW_ROLE, Column
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.table import MenuItem, Table
from sochihoi.ui.words.meetings import mark_name

_TONES = {Mark.PRESENT: ("ok", "check"), Mark.EXCUSED: ("info", "check"), Mark.ABSENT: ("bad", "x")}


def _columns() -> tuple[Column[RosterRow], ...]:
    def box(mark: Mark, title: Callable[[], str]) -> Column[RosterRow]:
        return Column(
            title,
            lambda _row: "",
            width=66,
            align="centre",
            key=mark.name,
            spoken=lambda row: _("Number {number}, {name}: {mark}").format(
                number=row.row_number, name=row.full_name, mark=mark_name(row.mark)
            ),
        )

    return (
        Column(lambda: _("No."), lambda row: str(row.row_number), width=52, align="right", key="no"),
        Column(lambda: _("Full name"), lambda row: row.full_name, width=170, strong=True, key="name"),
        Column(lambda: _("Birth year"), presenter.birth_year, width=72, key="birth"),
        Column(lambda: _("Cell"), lambda row: row.cell or "—", width=52, key="cell"),
        box(Mark.PRESENT, lambda: _("Present")),
        box(Mark.EXCUSED, lambda: _("Excused")),
        box(Mark.ABSENT, lambda: _("Absent")),
        Column(
            lambda: _("Note"),
            lambda row: row.note,
            stretch=True,
            key="note",
            badges=lambda row: (Badge(_("Honorary")),) if row.honorary else (),
        ),
    )


class MarkDelegate(CellDelegate):
    """Paints the three boxes: a soft pill with a sign where the mark is, an empty box elsewhere."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        column, row = index.data(COLUMN_ROLE), index.data(ROW_ROLE)
        if not isinstance(column, Column) or column.key not in Mark.__members__:
            return
        tokens, size = style.tokens(), style.sizes()
        box = QRect(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.mark is Mark[column.key]:
            tone, sign = _TONES[row.mark]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(getattr(tokens, f"{tone}_soft")))
            painter.drawRoundedRect(QRectF(box.adjusted(4, 3, -4, -4)), 4, 4)
            side = size.icon - 2
            place = box.center()
            painter.drawPixmap(place.x() - side // 2, place.y() - side // 2, style.pixmap(sign, tone, side))
        else:
            side = round(size.body * 0.85)
            painter.setPen(QPen(QColor(tokens.edge), 1))
            painter.setBrush(QColor(tokens.surface))
            left, top = box.center().x() - side / 2 + 0.5, box.center().y() - side / 2 + 0.5
            painter.drawRoundedRect(QRectF(left, top, side, side), 3, 3)
        painter.restore()


class Roster(QWidget):
    """``marked(row, mark or None)`` and ``noted(row, text)``: the page saves and shows the rows again.

    1 present · 2 excused · 0 absent · Delete not marked · F2 note; after a digit the next person is chosen.
    """

    marked = Signal(object, object)
    noted = Signal(object, str)

    def __init__(self, context: Context, menu: Callable[[RosterRow], Sequence[MenuItem | None]]) -> None:
        super().__init__()
        self.read_only = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.table: Table[RosterRow] = Table(
            context,
            "meetings.roster",
            _columns(),
            key=lambda row: row.id,
            noun=lambda count: ngettext("person on the roster", "people on the roster", count),
            menu=menu,
            dense=True,
            accessible=_("Roster"),
        )
        self.table.delegate = MarkDelegate(self.table.view)
        self.table.view.setItemDelegate(self.table.delegate)
        column.addWidget(self.table)
        self.table.view.setMinimumHeight(style.sizes().row_dense * 3)  # a low window still shows a few people
        self.table.view.installEventFilter(self)
        self.table.view.clicked.connect(self._clicked)
        self.table.view.doubleClicked.connect(self._double_clicked)
        self._editor: QLineEdit | None = None

    def set_rows(self, rows: Sequence[RosterRow]) -> None:
        """Show rows; who is chosen stays chosen."""
        self.table.set_rows(rows)

    def current(self) -> RosterRow | None:
        """The chosen person."""
        return self.table.current()

    def edit_note(self) -> None:
        """Open the note of the chosen person in its place; Enter keeps it, Esc leaves it."""
        row = self.current()
        if row is None or self.read_only:
            return
        view = self.table.view
        at = next(n for n, column in enumerate(self.table.model.columns) if column.key == "note")
        place = view.visualRect(self.table.model.index(view.currentIndex().row(), at))
        editor = QLineEdit(row.note, view.viewport())
        editor.setAccessibleName(_("Note of {name}").format(name=row.full_name))
        editor.setGeometry(place.adjusted(0, -2, 0, 2))
        editor.installEventFilter(self)
        editor.editingFinished.connect(lambda: self._end_note(row, editor))
        self._editor = editor
        editor.show()
        editor.setFocus()
        editor.selectAll()

    def _end_note(self, row: RosterRow, editor: QLineEdit) -> None:
        if self._editor is not editor:
            return
        self._editor = None
        text = editor.text().strip()
        editor.hide()
        editor.deleteLater()
        self.table.view.setFocus()
        if text != row.note:
            self.noted.emit(row, text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self._editor and event.key() == Qt.Key.Key_Escape and self._editor is not None:
                editor, self._editor = self._editor, None
                editor.hide()
                editor.deleteLater()
                self.table.view.setFocus()
                return True
            if watched is self.table.view and self._key(event):
                return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        row = self.current()
        known, mark = presenter.mark_of_key(event.text())
        if row is None or self.read_only:
            return known
        if event.key() == Qt.Key.Key_F2:
            self.edit_note()
        elif event.key() == Qt.Key.Key_Delete:
            self._mark(row, None)
        elif known:
            self._mark(row, mark)
        else:
            return False
        return True

    def _mark(self, row: RosterRow, mark: Mark | None) -> None:
        self.marked.emit(row, mark)
        if mark is not None:
            self.table.step(1)

    def _clicked(self, index: QModelIndex) -> None:
        column, row = index.data(COLUMN_ROLE), index.data(ROW_ROLE)
        if not self.read_only and isinstance(column, Column) and column.key in Mark.__members__:
            mark = Mark[column.key]
            self.marked.emit(row, None if row.mark is mark else mark)

    def _double_clicked(self, index: QModelIndex) -> None:
        column = index.data(COLUMN_ROLE)
        if isinstance(column, Column) and column.key == "note":
            self.edit_note()
