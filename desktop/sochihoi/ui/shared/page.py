"""The frame of a page: breadcrumb, title row, content, action bar. Every page of the navigation is a ``Page``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QTableView, QVBoxLayout, QWidget

from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.panel import Panel
from sochihoi.ui.shared.table import Table


class Page(QWidget):
    """One page. Subclass it, fill ``self.content`` (a ``QVBoxLayout``), and say in ``refresh`` what is to be read
    again.

    ``refresh`` is called whenever the page is shown, after F5, after undo, and when the working month changes. A page
    that can be opened at a place of its own names it as keyword arguments with defaults: they come from
    ``shell.go(key, **args)`` and are left out otherwise. An argument that it does not name is a fault of ours.
    """

    def __init__(self, context: Context, title: str = "") -> None:
        super().__init__()
        self.context = context
        self.setObjectName("page")
        size = style.sizes()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        body = QWidget()
        self._body = QVBoxLayout(body)
        self._body.setContentsMargins(size.space_5, size.space_4, size.space_5, size.space_4)
        self._body.setSpacing(size.space_3)
        outer.addWidget(body, 1)

        self._crumbs = QHBoxLayout()
        self._crumbs.setSpacing(size.space_1)
        self._crumb_row = QWidget()
        self._crumb_row.setLayout(self._crumbs)
        self._crumbs.setContentsMargins(0, 0, 0, 0)
        self._crumb_row.hide()
        self._body.addWidget(self._crumb_row)

        row = QHBoxLayout()
        row.setSpacing(size.space_2)
        row.addStrut(size.control)  # the content starts at the same height with and without buttons
        self._title = label(title, "title")
        self._note = label("", tone="muted")
        self._note.hide()
        row.addWidget(self._title)
        row.addWidget(self._note)
        self.title_extras = QHBoxLayout()  # badges beside the title
        row.addLayout(self.title_extras)
        row.addStretch(1)
        self.title_actions = QHBoxLayout()  # right end of the title row: secondary buttons, then at most one primary
        self.title_actions.setSpacing(size.space_2)
        row.addLayout(self.title_actions)
        self._body.addLayout(row)

        self.content = QVBoxLayout()  # what the page is about
        self.content.setSpacing(size.space_3)
        self._body.addLayout(self.content, 1)
        self._bar: ActionBar | None = None
        self._outer = outer

    # -- what a page overrides ---------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything shown again. Keep selection and place."""

    def on_new(self) -> None:
        """Ctrl+N: a new one of what this page lists."""

    def on_print(self) -> None:
        """Ctrl+P: the sheet of this page; where it has none of its own, the list that is shown."""
        tables: Iterable[Table[Any]] = self.findChildren(cast("type[Table[Any]]", Table))
        for table in tables:
            if table.paper is not None and table.isVisible():
                table.paper.show()
                return

    def on_find(self) -> None:
        """Ctrl+F: focus the filter of this list."""

    def on_why(self) -> None:
        """Ctrl+I: why this number (of the current cell)."""

    def on_finish(self) -> None:
        """Ctrl+Enter: "Xong …"."""

    def on_next(self, step: int) -> None:
        """Ctrl+PgDn (+1) and Ctrl+PgUp (-1): next or previous branch or household."""

    def on_escape(self) -> bool:
        """Esc: close the panel that is open. True when something was closed."""
        return False

    def help_text(self) -> str:
        """Rich text for F1: what this page is for and its keys. Whole sentences."""
        return ""

    def first_focus(self) -> QWidget | None:
        """The first useful field: it gets the focus when the page opens."""
        return None

    def areas(self) -> Sequence[QWidget]:
        """Widgets that F6 goes through within this page: where it begins, its lists, the panel, the action bar."""
        found: list[QWidget] = [w for w in (self.first_focus(),) if w is not None]
        inside: list[QWidget] = [*self.findChildren(QTableView), *self.findChildren(Panel)]
        found += [one for one in inside if one.isVisible() and one not in found]
        if self._bar is not None:
            found.append(self._bar)
        return found

    # -- what a page calls -------------------------------------------------------------------------------------------

    def set_title(self, title: str, note: str = "") -> None:
        """Page title, and a muted note beside it ("hạn chốt 30/10, còn 4 ngày")."""
        self._title.setText(title)
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def set_breadcrumb(self, parts: Sequence[tuple[str, Callable[[], None] | None]]) -> None:
        """Way back above the title, only below a list: (words, what a press does or ``None`` for the place
        itself).
        """
        while (item := self._crumbs.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()  # it is deleted only later and must not take room or focus until then
                old.deleteLater()
        for number, (text, press) in enumerate(parts):
            if number:
                arrow = QLabel()
                style.put_icon(arrow, "chevron-right", "muted", 14)
                self._crumbs.addWidget(arrow)
            if press is None:
                self._crumbs.addWidget(label(text, tone="muted"))
            else:
                self._crumbs.addWidget(button(text, press, "crumb"))
        self._crumbs.addStretch(1)
        self._crumb_row.setVisible(bool(parts))

    def add_action(self, text: str, press: Callable[[], None], role: str = "", icon: str = "") -> QPushButton:
        """A button at the right of the title row. ``role``: ``primary`` (one a page), ``""`` secondary, ``quiet``,
        ``danger``.
        """
        made = button(text, press, role, icon)
        self.title_actions.addWidget(made)
        return made

    def action_bar(self) -> ActionBar:
        """The bar at the bottom, only for entry pages; made on first use."""
        if self._bar is None:
            self._bar = ActionBar()
            self._outer.addWidget(self._bar)
        return self._bar


_MOST_LINES = 3  # of the hint beside the buttons


class ActionBar(QFrame):
    """Left: keys, or what is missing. Right: secondary buttons, then the primary. Words that would stand in a narrow
    column beside the buttons stand in a line above them instead.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("actionbar")
        self.setAccessibleName(_("Actions"))
        size = style.sizes()
        lines = self._lines = QVBoxLayout(self)
        lines.setContentsMargins(size.space_5, size.space_2 + 2, size.space_5, size.space_2 + 2)
        lines.setSpacing(size.space_2)
        self._above = QHBoxLayout()
        lines.addLayout(self._above)
        row = QHBoxLayout()
        row.setSpacing(size.space_2)
        lines.addLayout(row)
        self._words = QWidget()
        told = QHBoxLayout(self._words)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(size.space_2)
        self._icon = QLabel()
        self._icon.hide()
        self._hint = label("", "small")
        self._hint.setWordWrap(True)
        told.addWidget(self._icon)
        told.addWidget(self._hint, 1)
        row.addWidget(self._words, 1)
        self._row = row
        self._stands_above = False
        self._buttons: list[QPushButton] = []

    def set_hint(self, text: str) -> None:
        """Rich text of the keys, small and muted."""
        self._say(text, "small", "", "")

    def set_missing(self, text: str) -> None:
        """Why the primary cannot be pressed: "Còn 1 việc phải sửa trước khi chốt."."""
        self._say(text, "", "circle-x", "bad")

    def _say(self, text: str, role: str, icon: str, tone: str) -> None:
        self._hint.setText(text)
        style.set_property(self._hint, "role", role)
        self._icon.setVisible(bool(icon))
        if icon:
            style.put_icon(self._icon, icon, tone, 18)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._arrange()
        return done

    def _arrange(self) -> None:
        gap = style.sizes().space_2
        edges = self._lines.contentsMargins()
        whole = self.width() - edges.left() - edges.right()
        taken = sum(made.sizeHint().width() + gap for made in self._buttons if not made.isHidden())
        mark = 0 if self._icon.isHidden() else style.sizes().icon + gap
        high = self._hint.heightForWidth(max(whole - taken - mark, 1))
        above = bool(self._hint.text()) and high > _MOST_LINES * self._hint.fontMetrics().lineSpacing() + gap
        if above == self._stands_above:
            return
        self._stands_above = above
        if above:
            self._row.removeWidget(self._words)
            self._row.insertStretch(0, 1)
            self._above.addWidget(self._words)
        else:
            self._above.removeWidget(self._words)
            self._row.takeAt(0)
            self._row.insertWidget(0, self._words, 1)

    def add(self, text: str, press: Callable[[], None], role: str = "", icon: str = "") -> QPushButton:
        """A button at the right; add the primary last."""
        made = button(text, press, role, icon)
        self._row.addWidget(made)
        self._buttons.append(made)
        return made

    def buttons(self) -> list[QWidget]:
        """The buttons, left to right."""
        return list(self._buttons)
