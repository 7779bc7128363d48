"""The message bar: top of the content, stays until solved or closed. Icon, at most two sentences, at most two
actions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, icon_button, label

_ICONS = {"info": "info", "ok": "circle-check", "warn": "triangle-alert", "bad": "circle-x"}


class MessageBar(QFrame):
    """Hidden until ``say``. ``closable=False`` for a bar that is part of a state (demonstration, closed month)."""

    closed = Signal()

    def __init__(self, *, closable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        size = style.sizes()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(size.space_3, size.space_1, size.space_2, size.space_1)
        self._row.setSpacing(size.space_2)
        self._icon = QLabel()
        self._text = label("", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setMinimumHeight(size.row_dense - 2)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._text, 1)
        self._actions: list[QPushButton] = []
        self._close = icon_button("x", _("Close"), self.clear, "Esc")
        self._row.addWidget(self._close)
        self._close.setVisible(closable)
        self.hide()

    def say(self, kind: str, text: str, actions: Sequence[tuple[str, Callable[[], None]]] = ()) -> None:
        """``kind``: ``info`` · ``ok`` · ``warn`` · ``bad``."""
        style.set_property(self, "message", kind)
        style.put_icon(self._icon, _ICONS[kind], kind)
        self._text.setText(text)
        self.setAccessibleName(text)
        for old in self._actions:
            old.hide()
            old.deleteLater()
        self._actions = [button(words, press, "quiet") for words, press in actions[:2]]
        for at, made in enumerate(self._actions):
            self._row.insertWidget(2 + at, made)
        self.show()

    def text(self) -> str:
        """What it says; empty when it is hidden."""
        return self._text.text() if not self.isHidden() else ""

    def actions_shown(self) -> list[QPushButton]:
        """Its buttons."""
        return list(self._actions)

    def clear(self) -> None:
        """Hide it."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()
