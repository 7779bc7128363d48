"""A field for the address of a database server, with a button that tries it: in the first steps and in the set-up."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.services.serving import look_at
from sochihoi.ui import style, words
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.words.servers import SAMPLE, seen_words


class ServerField(QWidget):
    """``changed``: another address stands in it, of which nothing is known yet."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_1)
        self.line = QLineEdit()
        self.line.setPlaceholderText(SAMPLE)
        self.line.setAccessibleName(_("Address of the PostgreSQL server"))
        self.try_button = button(_("Try it"), self.attempt, "", "network")
        row = QHBoxLayout()
        row.setSpacing(style.sizes().space_2)
        row.addWidget(self.line, 1)
        row.addWidget(self.try_button)
        column.addLayout(row)
        self.said = label("", "small", wrap=True)
        column.addWidget(self.said)
        self.said.hide()
        self.line.textEdited.connect(self._edited)
        self.line.returnPressed.connect(self.attempt)
        self.try_button.setEnabled(False)

    def address(self) -> str:
        """What stands in it, without blanks around."""
        return self.line.text().strip()

    def attempt(self) -> bool:
        """Say what answers at the address; whether anything did."""
        if not self.address():
            return False
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            told, tone = seen_words(look_at(self.address())), "ok"
        except UserError as problem:
            told, tone = str(words.say(problem)), "bad"
        finally:
            QApplication.restoreOverrideCursor()
        self.say(told, tone)
        return tone == "ok"

    def say(self, text: str, tone: str) -> None:
        """A sentence under the field."""
        self.said.setProperty("tone", tone)
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _edited(self) -> None:
        self.say("", "")
        self.try_button.setEnabled(bool(self.address()))
        self.changed.emit()
