"""Who goes where: a list in which a digit puts the line into the branch of that number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochihoi.domain.reorganisation import By, Goes
from sochihoi.i18n import _, ngettext, number
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.flow import FlowLayout
from sochihoi.ui.shared.table import Column, MenuItem, Table

MOST = 9  # new branches that have a digit


@dataclass(frozen=True, slots=True)
class Line:
    """A cell, hamlet, member or household, and the number of the branch that it goes to (``None``: not said)."""

    by: By
    key: str
    name: str
    detail: str
    members: int
    part: int | None = None
    goes: str = ""


_COLUMNS = (
    Column[Line](lambda: _("Cell, hamlet or member"), lambda one: one.name, strong=True, stretch=True, key="name"),
    Column[Line](lambda: _("Cell, hamlet"), lambda one: one.detail, width=160, key="detail"),
    Column[Line](
        lambda: _("Members"),
        lambda one: number(one.members) if one.members else "",
        width=80,
        align="right",
        key="count",
    ),
    Column[Line](
        lambda: _("New branch"),
        lambda one: one.goes or "—",
        width=180,
        tone=lambda one: "text" if one.goes else "warn",
        spoken=lambda one: one.goes or _("not said yet"),
        key="goes",
    ),
)


class WhoTable(QWidget):
    """``changed`` after each choice. ``goes()`` is what was said, ``left()`` how many lines say nothing."""

    changed = Signal()

    def __init__(self, context: Context, name: str, accessible: str) -> None:
        super().__init__()
        self._parts: tuple[str, ...] = ()
        self._said: dict[tuple[By, str], int] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_2)
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons, style.sizes().space_1)
        column.addWidget(self._buttons)
        self.table: Table[Line] = Table(
            context,
            name,
            _COLUMNS,
            key=lambda one: (one.by, one.key),
            noun=lambda n: ngettext("line", "lines", n),
            menu=self._menu,
            dense=True,
            accessible=accessible,
        )
        self.table.setMinimumHeight(7 * style.sizes().row_dense)
        self.table.view.installEventFilter(self)
        column.addWidget(self.table, 1)
        column.addWidget(
            label(
                _("A digit puts the chosen line into that branch and goes on to the next; Delete takes it back."),
                "small",
                wrap=True,
            )
        )

    def set_parts(self, names: Sequence[str]) -> None:
        """The new branches, in order."""
        self._parts = tuple(names)
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for at, name in enumerate(self._parts[:MOST]):
            self._flow.addWidget(button(f"{at + 1} · {name}", partial(self.put, at), "chip"))
        self._show()

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Other lines; what was said of them before stays said."""
        self.table.set_rows(lines)
        self._show()
        if lines and self.table.current() is None:
            self.table.choose((lines[0].by, lines[0].key))

    def put(self, part: int | None) -> None:
        """The chosen line goes to a branch (or to none yet); on to the next line."""
        chosen = self.table.current()
        if chosen is None or (part is not None and part >= len(self._parts)):
            return
        if part is None:
            self._said.pop((chosen.by, chosen.key), None)
        else:
            self._said[chosen.by, chosen.key] = part
        self._show()
        self.table.step(1)
        self.changed.emit()

    def goes(self) -> tuple[Goes, ...]:
        """Everything that was said, also of lines that are not shown now."""
        return tuple(Goes(by, key, part) for (by, key), part in self._said.items() if part < len(self._parts))

    def left(self) -> int:
        """Lines shown of which nothing is said."""
        return sum(one.part is None for one in self.table.model.rows)

    def forget(self) -> None:
        """Another branch is split: nothing said before is about it."""
        self._said.clear()

    def _show(self) -> None:
        lines = []
        for one in self.table.model.rows:
            part = self._said.get((one.by, one.key))
            part = part if part is not None and part < len(self._parts) else None
            goes = "" if part is None else self._parts[part]
            lines.append(replace(one, part=part, goes=goes))
        self.table.set_rows(lines)

    def _menu(self, _line: Line) -> list[MenuItem | None]:
        parts: list[MenuItem | None] = [
            MenuItem(f"{at + 1} · {name}", partial(self.put, at)) for at, name in enumerate(self._parts[:MOST])
        ]
        return [*parts, None, MenuItem(_("Not said yet"), partial(self.put, None))]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            digit = event.key() - Qt.Key.Key_1
            if 0 <= digit < min(MOST, len(self._parts)) and event.text().isdigit():
                self.put(digit)
                return True
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_0):
                self.put(None)
                return True
        return super().eventFilter(watched, event)
