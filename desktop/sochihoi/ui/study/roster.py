"""The roster of a session: one box a person, ticked by a click or by the keys 1 and Delete."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem, QVBoxLayout, QWidget

from sochihoi.domain.study_records import EligibleMember
from sochihoi.i18n import _, ngettext, pgettext
from sochihoi.ui import style
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.cells import CellDelegate
from sochihoi.ui.shared.columns import COLUMN_ROLE, ROW_ROLE, Column
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.table import MenuItem, Table
from sochihoi.ui.study import presenter

_BOX = "present"


@dataclass(frozen=True, slots=True)
class RosterLine:
    """Somebody on the list of a session, and whether she came."""

    member: EligibleMember
    present: bool

    @property
    def elsewhere(self) -> bool:
        """Whether she came to another session of the campaign."""
        return self.member.attended > self.present


def _place(line: RosterLine) -> str:
    return ", ".join(part for part in (line.member.branch, line.member.cell) if part)


def _columns() -> tuple[Column[RosterLine], ...]:
    return (
        Column(lambda: _("No."), lambda line: str(line.member.row_number), width=52, align="right", key="no"),
        Column(lambda: _("Full name"), lambda line: line.member.full_name, width=170, strong=True, key="name"),
        Column(lambda: _("Birth year"), lambda line: presenter.birth_year(line.member), width=80, key="birth"),
        Column(lambda: _("Branch, cell"), _place, stretch=True, key="place"),
        Column(
            lambda: _("Present"),
            lambda _line: "",
            width=80,
            align="centre",
            key=_BOX,
            spoken=lambda line: _("Number {number}, {name}: {mark}").format(
                number=line.member.row_number,
                name=line.member.full_name,
                mark=_("present") if line.present else _("not marked"),
            ),
        ),
        Column(
            lambda: _("Other sessions"),
            lambda _line: "",
            width=88,
            key="elsewhere",
            badges=lambda line: (Badge(pgettext("at another session", "reached"), "info"),) if line.elsewhere else (),
            tip=lambda line: _("reached at another session") if line.elsewhere else "",
        ),
    )


class TickDelegate(CellDelegate):
    """Paints the box: a soft pill with a sign where she came, an empty box elsewhere."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        column, line = index.data(COLUMN_ROLE), index.data(ROW_ROLE)
        if not isinstance(column, Column) or column.key != _BOX:
            return
        tokens, size = style.tokens(), style.sizes()
        box = QRect(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.present:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.ok_soft))
            painter.drawRoundedRect(QRectF(box.adjusted(4, 3, -4, -4)), 4, 4)
            side, place = size.icon - 2, box.center()
            painter.drawPixmap(place.x() - side // 2, place.y() - side // 2, style.pixmap("check", "ok", side))
        else:
            side = round(size.body * 0.85)
            painter.setPen(QPen(QColor(tokens.edge), 1))
            painter.setBrush(QColor(tokens.surface))
            left, top = box.center().x() - side / 2 + 0.5, box.center().y() - side / 2 + 0.5
            painter.drawRoundedRect(QRectF(left, top, side, side), 3, 3)
        painter.restore()


class Roster(QWidget):
    """``ticked(line, present)``: the page saves and shows the lines again. After key 1 the next person is chosen."""

    ticked = Signal(object, bool)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.read_only = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.table: Table[RosterLine] = Table(
            context,
            "study.roster",
            _columns(),
            key=lambda line: line.member.membership_id,
            noun=lambda count: ngettext("person on the roster", "people on the roster", count),
            menu=self._menu,
            dense=True,
            accessible=_("Roster"),
        )
        self.table.delegate = TickDelegate(self.table.view)
        self.table.view.setItemDelegate(self.table.delegate)
        self.table.view.setMinimumHeight(style.sizes().row_dense * 3)  # a low window still shows a few people
        self.table.view.installEventFilter(self)
        self.table.view.clicked.connect(self._clicked)
        column.addWidget(self.table)

    def set_lines(self, lines: Sequence[RosterLine]) -> None:
        """Show lines; who is chosen stays chosen."""
        self.table.set_rows(lines)

    def into(self) -> None:
        """The arrow key of the entry field goes into the list."""
        view = self.table.view
        if not view.currentIndex().isValid() and self.table.model.rowCount():
            view.setCurrentIndex(self.table.model.index(0, 0))
        view.setFocus()

    def _menu(self, line: RosterLine) -> Sequence[MenuItem | None]:
        if self.read_only:
            return ()
        return (
            MenuItem(_("present"), self._later(line, present=True), "check", not line.present),
            MenuItem(_("not marked"), self._later(line, present=False), "x", line.present),
        )

    def _later(self, line: RosterLine, *, present: bool) -> Callable[[], None]:
        return lambda: self.ticked.emit(line, present)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.table.view
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and self._key(event)
        ):
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        line = self.table.current()
        one, away = event.text() == "1", event.key() == Qt.Key.Key_Delete
        if not (one or away) or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if line is None or self.read_only:
            return True
        self.ticked.emit(line, one)
        if one:
            self.table.step(1)
        return True

    def _clicked(self, index: QModelIndex) -> None:
        column, line = index.data(COLUMN_ROLE), index.data(ROW_ROLE)
        if not self.read_only and isinstance(column, Column) and column.key == _BOX:
            self.ticked.emit(line, not line.present)
