"""The field that is typed into while the paper sheet lies beside the keyboard, and what was understood."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit

from sochihoi.domain.meeting_records import RosterRow
from sochihoi.i18n import _, ngettext, number
from sochihoi.ui import style
from sochihoi.ui.meetings import presenter
from sochihoi.ui.shared.buttons import Card, button, label, strong

WAIT_MS = 200  # UniKey rewrites what was typed: the line below waits until it is done


class Mode(Enum):
    """What the field takes: numbers, numbers of those absent, or a part of a name."""

    NUMBERS = "numbers"
    ABSENT = "absent"
    NAME = "name"


class Entry(Card):
    """``wanted(text, absent_only)``: write these numbers. ``narrowed()``: other rows fit the name typed.
    ``chosen(row)``: Enter on a name. ``down()``: the arrow key goes into the list.
    """

    wanted = Signal(str, bool)
    narrowed = Signal()
    chosen = Signal(object)
    down = Signal()

    def __init__(self) -> None:
        super().__init__()
        size = style.sizes()
        self.mode = Mode.NUMBERS
        self._rows: Sequence[RosterRow] = ()
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
        self.set_mode(Mode.NUMBERS)

    def set_mode(self, mode: Mode) -> None:
        """Another way to mark; what was typed goes, it means something else now."""
        self.mode = mode
        words = {
            Mode.NUMBERS: (
                _("Numbers present on the sheet"),
                _("comma: one more · hyphen: from–to · {absent} absent · {excused} excused"),
            ),
            Mode.ABSENT: (
                _("Numbers absent on the sheet; everybody else was present"),
                _("comma: one more · hyphen: from–to · {excused} excused"),
            ),
            Mode.NAME: (_("Part of a name"), _("Enter: the first one was present · ↓: to the list")),
        }
        caption, grammar = words[mode]
        self.caption.setText(caption)
        self.line.setAccessibleName(caption)
        self.grammar.setText(grammar.format(absent=strong("!"), excused=strong("?")))
        self.button.setVisible(mode is not Mode.NAME)
        self.line.clear()
        self.read()

    def set_low(self, *, low: bool) -> None:
        """In a low window the caption goes into the field: the roster needs the room."""
        self.caption.setVisible(not low)
        self.grammar.setVisible(not low)
        self.line.setPlaceholderText(self.caption.text() if low else "")

    def set_rows(self, rows: Sequence[RosterRow]) -> None:
        """The roster that numbers are read for."""
        self._rows = rows
        self.read()

    def fitting(self) -> Sequence[RosterRow]:
        """The rows that the list shows: all, or those whose name fits."""
        return presenter.by_name(self._rows, self.line.text()) if self.mode is Mode.NAME else self._rows

    def read(self) -> presenter.Reading:
        """Say what the text means so far."""
        self._clock.stop()
        if self.mode is Mode.NAME:
            self.narrowed.emit()
            fitting = self.fitting()
            text = ""
            if self.line.text().strip():
                text = ngettext("{count} person fits.", "{count} people fit.", len(fitting))
            reading = presenter.Reading(text.format(count=number(len(fitting))), "muted")
        else:
            reading = presenter.read_typed(self.line.text(), self._rows, absent_only=self.mode is Mode.ABSENT)
        self._show(reading)
        return reading

    def say(self, text: str, tone: str) -> None:
        """What went wrong when it was written."""
        self._show(presenter.Reading(text, tone))

    def _show(self, reading: presenter.Reading) -> None:
        self.said.setText(reading.text)
        style.set_property(self.said, "tone", "bad" if reading.tone == "bad" else "")
        icon = {"ok": "circle-check", "bad": "circle-x"}.get(reading.tone, "")
        self._icon.setVisible(bool(icon and reading.text))
        if icon:
            style.put_icon(self._icon, icon, reading.tone)
        style.set_property(self.line, "state", "bad" if reading.tone == "bad" else None)

    def enter(self) -> None:
        """Enter, or the button."""
        if self.mode is Mode.NAME:
            fitting = self.fitting()
            if fitting and self.line.text().strip():
                self.chosen.emit(fitting[0])
                self.line.clear()
                self.read()
            return
        if not self.line.text().strip():
            return
        if self.read().tone != "bad":
            self.wanted.emit(self.line.text(), self.mode is Mode.ABSENT)

    def written(self) -> None:
        """The numbers are on the roster: the field is free again."""
        self.line.clear()
        self.read()
        self.line.setFocus()

    def set_read_only(self, *, read_only: bool) -> None:
        """A closed meeting is only looked at."""
        self.line.setEnabled(not read_only)
        self.button.setEnabled(not read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.down.emit()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
                event.modifiers() & Qt.KeyboardModifier.ControlModifier
            ):
                self.enter()
                return True
        return super().eventFilter(watched, event)
