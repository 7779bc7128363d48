"""The side panel at the right: who or what it is, badges, tabs, actions at the bottom. Never modal.

In a wide window it stands beside the list; in a narrow one it lies over the list (``PanelHost`` does both).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.badges import Badge, pill
from sochihoi.ui.shared.buttons import button, icon_button, label, rule
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.flow import FlowLayout
from sochihoi.ui.shared.forms import scrolled
from sochihoi.ui.shared.stack import Stack


class Panel(QFrame):
    """320 px. ``set_head``, then ``add_tab`` for each tab, then ``add_action`` for the buttons."""

    closed = Signal()
    tab_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        size = style.sizes()
        self.setFixedWidth(size.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(size.space_4, size.space_3, size.space_4, size.space_3)
        column.setSpacing(size.space_2)
        head = QHBoxLayout()
        self.heading = label("", "head", wrap=True)
        head.addWidget(self.heading, 1)
        self.close_button = icon_button("x", _("Close the panel"), self.close_panel, "Esc")
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self._under = label("", "small", wrap=True)
        column.addWidget(self._under)
        self._badges = QWidget()
        FlowLayout(self._badges, size.space_2)
        column.addWidget(self._badges)
        self._badges.hide()
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(_("Parts of this panel"))
        self.tabs.setUsesScrollButtons(True)
        self.tabs.hide()
        column.addWidget(self.tabs)
        self._rule = rule()
        column.addWidget(self._rule)
        self._stack = Stack()
        column.addWidget(self._stack, 1)
        self.action_row = QHBoxLayout()
        self.action_row.setSpacing(size.space_2)
        column.addLayout(self.action_row)
        self.tabs.currentChanged.connect(self._turn)

    def set_head(self, title: str, under: str = "", badges: Sequence[Badge] = ()) -> None:
        """Who it is, a small line ("HP00417 · Chi hội Ấp An Hòa, Tổ 2"), badges."""
        self.heading.setText(title)
        self._under.setText(under)
        self._under.setVisible(bool(under))
        row = self._badges.layout()
        while row is not None and (item := row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for badge in badges:
            if row is not None:
                row.addWidget(pill(badge.text, badge.tone))
        self._badges.setVisible(bool(badges))

    def add_tab(self, title: str, widget: QWidget, *, scroll: bool = True) -> int:
        """A tab; with only one there is no tab bar. Gives its number."""
        self._stack.addWidget(scrolled(widget) if scroll else widget)
        at = self.tabs.addTab(title)
        self.tabs.setVisible(self.tabs.count() > 1)
        return at

    def add_action(self, text: str, press: Callable[[], None], role: str = "", icon: str = "") -> QPushButton:
        """A button at the bottom."""
        made = button(text, press, role, icon)
        self.action_row.addWidget(made)
        return made

    def close_panel(self) -> None:
        """Hide, and say so."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _turn(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self.tab_changed.emit(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)


class Facts(QWidget):
    """Label (104 px, small, muted) and value, line by line. ``set_facts`` replaces them all."""

    def __init__(self) -> None:
        super().__init__()
        size = style.sizes()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(size.space_2)
        self._grid.setVerticalSpacing(size.space_2 - 1)
        self._grid.setColumnMinimumWidth(0, round(104 * size.body / 14))
        self._grid.setColumnStretch(1, 1)
        self._rows = 0

    def set_facts(self, facts: Sequence[tuple[str, str] | tuple[str, str, str] | None]) -> None:
        """``(label, value)`` or ``(label, value, tone)``; ``(heading, "")`` is a heading; ``None`` is a hairline."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._grid.setRowStretch(self._rows, 0)
        for at, fact in enumerate(facts):
            if fact is None:
                self._grid.addWidget(rule(), at, 0, 1, 2)
            elif not fact[1]:
                self._grid.addWidget(label(fact[0], "caption"), at, 0, 1, 2)
            else:
                name = label(fact[0], "small", wrap=True)
                value = label(fact[1], tone=fact[2] if len(fact) == 3 else "", wrap=True)
                value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self._grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
                self._grid.addWidget(value, at, 1, Qt.AlignmentFlag.AlignTop)
        self._rows = len(facts)
        self._grid.setRowStretch(self._rows, 1)


class PanelHost(QWidget):
    """A list with a panel at its right; in a narrow window the panel lies over the list's right edge."""

    def __init__(self, context: Context, main: QWidget, panel: Panel) -> None:
        super().__init__()
        self._context, self.main, self.panel = context, main, panel
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(style.sizes().space_4)
        self._row.addWidget(main, 1)
        main.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        panel.hide()
        self._lay(narrow=context.narrow)
        context.narrow_changed.connect(self._lay)
        panel.installEventFilter(self)

    def _lay(self, narrow: bool) -> None:
        shown = not self.panel.isHidden()
        if narrow:
            self._row.removeWidget(self.panel)
            self.panel.setParent(self)
            self._over()
        else:
            self._row.addWidget(self.panel)
        self.panel.setVisible(shown)

    def _over(self) -> None:
        if self._row.indexOf(self.panel) < 0:
            width = self.panel.width()
            self.panel.setGeometry(self.width() - width, 0, width, self.height())
            self.panel.raise_()

    def resizeEvent(self, event: object) -> None:
        self._over()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.panel and event.type() == QEvent.Type.Show:
            self._over()
        return super().eventFilter(watched, event)


def badge_row(badges: Sequence[Badge]) -> QWidget:
    """Badges beside each other, for a title row."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    made: list[QLabel] = [pill(badge.text, badge.tone) for badge in badges]
    for one in made:
        row.addWidget(one)
    return box
