"""A password typed twice, shown on request."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from sochihoi.domain.vietnamese import nfc
from sochihoi.i18n import _, ngettext
from sochihoi.services.setup import SHORTEST_PASSWORD
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.forms import into_sight


class PasswordTwice(QWidget):
    """``password()`` is what was typed; ``problem()`` why it cannot be taken (``""`` when it can)."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_1)
        self.first = self._line(column, _("New password"))
        least = ngettext("At least {count} character.", "At least {count} characters.", SHORTEST_PASSWORD)
        hint = (
            least.format(count=SHORTEST_PASSWORD) + " " + _("Four words in a row are long enough and easy to remember.")
        )
        column.addWidget(label(hint, "small", wrap=True))
        column.addSpacing(style.sizes().space_2)
        self.second = self._line(column, _("The same password once more"))
        self.shown = QCheckBox(_("Show the passwords"))
        self.shown.toggled.connect(self._show)
        column.addWidget(self.shown)
        self.said = label("", "error", wrap=True)
        self.said.hide()
        column.addWidget(self.said)

    def _line(self, column: QVBoxLayout, title: str) -> QLineEdit:
        line = QLineEdit()
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setAccessibleName(title)
        name = label(title, "caption")
        name.setBuddy(line)
        column.addWidget(name)
        column.addWidget(line)
        line.textEdited.connect(lambda _text: self._typed())
        return line

    def _typed(self) -> None:
        self.say("")
        self.changed.emit()

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for line in (self.first, self.second):
            line.setEchoMode(mode)

    def password(self) -> str:
        """What was typed first."""
        return self.first.text()

    def problem(self) -> str:
        """Why it cannot be taken."""
        if len(nfc(self.first.text())) < SHORTEST_PASSWORD:
            return ngettext(
                "The password has fewer than {count} character.",
                "The password has fewer than {count} characters.",
                SHORTEST_PASSWORD,
            ).format(count=SHORTEST_PASSWORD)
        if nfc(self.first.text()) != nfc(self.second.text()):
            return _("The two passwords are not the same. Type the second one again.")
        return ""

    def check(self) -> bool:
        """Show the problem; whether there is none."""
        told = self.problem()
        self.say(told)
        if told:
            into_sight(self.first if len(nfc(self.first.text())) < SHORTEST_PASSWORD else self.second)
        return not told

    def say(self, text: str) -> None:
        """A sentence under the fields."""
        self.said.setText(text)
        self.said.setVisible(bool(text))
