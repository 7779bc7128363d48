"""On the first day: the file of branches that another commune handed over, and its password."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.services import founding
from sochihoi.services.founding import Handed
from sochihoi.services.opening import Surroundings
from sochihoi.ui import style, words
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.dialogs import Dialog, choose_file

Taken = Callable[[Path, str, Handed], None]


class PartFileDialog(Dialog):
    """``taken(file, password, what it says)`` once it opened; nothing is made here."""

    def __init__(self, parent: QWidget | None, around: Surroundings, taken: Taken) -> None:
        super().__init__(parent, _("With which branches does the commune begin?"))
        self._around, self._taken = around, taken
        self.file: Path | None = None
        text = _("The old commune made a file that ends in .hpnpart and told its password.")
        self.body.addWidget(label(text, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(style.sizes().space_2)
        self.name = label(_("no file chosen yet"), "small", wrap=True)
        row.addWidget(button(_("Choose the file…"), self.choose, "", "folder-open"))
        row.addWidget(self.name, 1)
        self.body.addLayout(row)
        title = label(_("Password of the file"), "caption")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(_("Password of the file"))
        title.setBuddy(self.password)
        self.body.addWidget(title)
        self.body.addWidget(self.password)
        self.add_button(_("Leave it"), self.reject)
        self.open_button = self.add_button(_("Open the file"), self.look, "primary", default=True)
        self.password.textChanged.connect(lambda _text: self._say())
        self._say()

    def _say(self) -> None:
        self.open_button.setEnabled(self.file is not None and bool(self.password.text()))

    def choose(self) -> None:
        """A file from the stick."""
        file = choose_file(self, _("Which file is it?"), _("Branches for a new commune (*.hpnpart)"))
        if file is not None:
            self.take(file)

    def take(self, file: Path) -> None:
        """This one."""
        self.file = file
        self.name.setText(file.name)
        self.password.setFocus()
        self._say()

    def look(self) -> None:
        """Verify it whole and say what it holds."""
        if self.file is None:
            return
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            told = founding.look(self.file, self.password.text(), self._around)
        except (UserError, OSError) as problem:
            self.message.say("bad", str(words.say(problem)))
            self.password.selectAll()
            return
        finally:
            QApplication.restoreOverrideCursor()
        self.accept()
        self._taken(self.file, self.password.text(), told)
