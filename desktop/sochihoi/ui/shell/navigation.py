"""The left navigation: plain checkable buttons, so that Tab and arrow keys work as in any program."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import label, rule
from sochihoi.ui.shell.places import Group, Place


class Mark(QLabel):
    """The sign of the program: a lotus on plum."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mark")
        side = style.sizes().row_dense - 1
        self.setFixedSize(side, side)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        style.put_icon(self, "lotus", "on_accent", style.sizes().icon)


class NavButton(QToolButton):
    """One page; arrows go up and down."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class Navigation(QFrame):
    """``chosen(key)`` when a page is pressed. ``set_narrow`` leaves the icons, with tooltips."""

    chosen = Signal(str)

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self.setObjectName("nav")
        self.setAccessibleName(_("Navigation"))
        self.places = tuple(places)
        self.buttons: dict[str, NavButton] = {}
        self._headings: list[tuple[QLabel, QFrame]] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._narrow: bool | None = None
        size = style.sizes()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, size.space_2)
        column.setSpacing(0)
        brand = QHBoxLayout()
        brand.setContentsMargins(size.space_4 - 1, size.space_3, size.space_2, size.space_2)
        brand.setSpacing(size.space_2 + 2)
        brand.addWidget(Mark())
        self._brand = label(_("Branch book"), "head")
        brand.addWidget(self._brand, 1)
        column.addLayout(brand)

        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(size.space_1)
        headings = {Group.BOOKS: _("Books"), Group.MONTH_END: _("End of month")}
        shown: set[Group] = set()
        for place in self.places:
            if place.group is Group.BOTTOM:
                continue
            if place.group in headings and place.group not in shown:
                shown.add(place.group)
                self._add_heading(rows, headings[place.group])
            rows.addWidget(self._add(place))
        rows.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        column.addWidget(area, 1)
        for place in self.places:
            if place.group is Group.BOTTOM:
                column.addWidget(self._add(place))
        self.set_narrow(narrow=False)

    def _add_heading(self, rows: QVBoxLayout, text: str) -> None:
        words, line = label(text, "caption"), rule()
        rows.addWidget(words)
        rows.addWidget(line)
        self._headings.append((words, line))

    def _add(self, place: Place) -> NavButton:
        size = style.sizes()
        made = NavButton()
        made.setCheckable(True)
        made.setFixedHeight(size.control)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setIconSize(QSize(size.icon, size.icon))
        style.put_icon(made, place.icon, "text")
        made.clicked.connect(lambda _on=False: self.chosen.emit(place.key))
        made.stepped.connect(lambda by: self._step(made, by))
        self._group.addButton(made)
        self.buttons[place.key] = made
        self._name(place)
        return made

    def _name(self, place: Place) -> None:
        made, words = self.buttons[place.key], place.label()
        made.setText(f"  {words}")
        made.setAccessibleName(words)
        at = self.places.index(place) + 1
        made.setToolTip(f"{words} (Ctrl+{at})" if at <= 9 else words)

    def sizeHint(self) -> QSize:
        return QSize(self.maximumWidth(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), super().minimumSizeHint().height())

    def rename(self) -> None:
        """Read the labels again: the campaign's name follows the year's criteria set."""
        for place in self.places:
            self._name(place)

    def _step(self, at: NavButton, by: int) -> None:
        order = list(self.buttons.values())
        order[(order.index(at) + by) % len(order)].setFocus(Qt.FocusReason.TabFocusReason)

    def show_current(self, key: str) -> None:
        """Mark the page that is shown."""
        for name, made in self.buttons.items():
            made.setChecked(name == key)
            # Tab and F6 come to the page that is shown; the arrows go on from there
            policy = Qt.FocusPolicy.StrongFocus if name == key else Qt.FocusPolicy.ClickFocus
            made.setFocusPolicy(policy)
            style.put_icon(made, self._place(name).icon, "on_accent_soft" if name == key else "muted")

    def _place(self, key: str) -> Place:
        return next(place for place in self.places if place.key == key)

    def set_narrow(self, *, narrow: bool) -> None:
        """Icons only, or icons and words."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        size = style.sizes()
        # the least is always the narrow one: else a wide navigation would keep the window from becoming narrow at once
        self.setMinimumWidth(size.nav_narrow)
        self.setMaximumWidth(size.nav_narrow if narrow else size.nav_wide)
        self.updateGeometry()
        self._brand.setVisible(not narrow)
        look = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for made in self.buttons.values():
            made.setToolButtonStyle(look)
            style.set_property(made, "narrow", "true" if narrow else None)
        for words, line in self._headings:
            words.setVisible(not narrow)
            line.setVisible(narrow)
