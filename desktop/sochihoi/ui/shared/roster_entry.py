"""The field that is typed into while the paper list lies beside the keyboard, and what was understood so far."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit

from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import Card, button, label
from sochihoi.ui.words.roster import Reading

WAIT_MS = 200  # UniKey rewrites what was typed: the line below waits until it is done


class RosterEntry(Card):
    """``wanted(text)``: write these numbers. ``down()``: the arrow key goes into the list.

    ``reader`` says what a text means so far; nothing is written while its tone is ``bad``.
    """

    wanted = Signal(str)
    down = Signal()

    def __init__(self, reader: Callable[[str], Reading]) -> None:
        super().__init__()
        size = style.sizes()
        self._reader = reader
        top = QHBoxLayout()
        self.caption = label("", "caption")
        top.addWidget(self.caption)
        top.addStretch(1)
        self.grammar = label("", "small")
        top.addWidget(self.grammar)
        self.body.addLayout(top)
        middle = QHBoxLayout()
        middle.setSpacing(size.space_2)
        self.line = QLineEdit()
        self.line.setProperty("role", "entry")
        middle.addWidget(self.line, 1)
        self.button = button(_("Write on the roster"), self.enter, "", "check")
        middle.addWidget(self.button)
        self.body.addLayout(middle)
        below = QHBoxLayout()
        below.setSpacing(size.space_2)
        self._icon = QLabel()
        self._icon.setFixedSize(size.icon, size.icon)
        self.said = label("", wrap=True)
        self.said.setTextFormat(Qt.TextFormat.RichText)
        self.said.setMinimumHeight(size.row_dense - 4)
        below.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.said, 1)
        self.body.addLayout(below)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(WAIT_MS)
        self._clock.timeout.connect(self.read)
        self.line.textEdited.connect(lambda _text: self._clock.start())
        self.line.installEventFilter(self)

    def set_words(self, caption: str, grammar: str) -> None:
        """What is typed here, and how (rich text)."""
        self.caption.setText(caption)
        self.line.setAccessibleName(caption)
        self.grammar.setText(grammar)
        if self.caption.isHidden():
            self.line.setPlaceholderText(caption)

    def set_low(self, *, low: bool) -> None:
        """In a low window the caption goes into the field: the roster needs the room."""
        self.caption.setVisible(not low)
        self.grammar.setVisible(not low)
        self.line.setPlaceholderText(self.caption.text() if low else "")

    def read(self) -> Reading:
        """Say what the text means so far."""
        self._clock.stop()
        reading = self._reader(self.line.text())
        self._show(reading)
        return reading

    def say(self, text: str) -> None:
        """What went wrong when it was written."""
        self._show(Reading(text, "bad"))

    def _show(self, reading: Reading) -> None:
        self.said.setText(reading.text)
        style.set_property(self.said, "tone", "bad" if reading.tone == "bad" else "")
        icon = {"ok": "circle-check", "bad": "circle-x"}.get(reading.tone, "")
        self._icon.setVisible(bool(icon and reading.text))
        if icon:
            style.put_icon(self._icon, icon, reading.tone)
        style.set_property(self.line, "state", "bad" if reading.tone == "bad" else None)

    def enter(self) -> None:
        """Enter, or the button."""
        if self.line.text().strip() and self.read().tone != "bad":
            self.wanted.emit(self.line.text())

    def written(self) -> None:
        """The numbers are on the roster: the field is free again."""
        self.line.clear()
        self.read()
        self.line.setFocus()

    def set_read_only(self, *, read_only: bool) -> None:
        """What is closed is only looked at."""
        self.line.setEnabled(not read_only)
        self.button.setEnabled(not read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.down.emit()
                return True
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
                self.enter()
                return True
        return super().eventFilter(watched, event)
