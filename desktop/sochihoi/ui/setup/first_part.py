"""On the first day: the file of branches that another commune handed over, and its password."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.services import founding
from sochihoi.services.founding import Handed
from sochihoi.services.opening import Surroundings
from sochihoi.ui import words
from sochihoi.ui.setup.file_password import FileAndPassword
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.dialogs import Dialog

Taken = Callable[[Path, str, Handed], None]


class PartFileDialog(Dialog):
    """``taken(file, password, what it says)`` once it opened; nothing is made here."""

    def __init__(self, parent: QWidget | None, around: Surroundings, taken: Taken) -> None:
        super().__init__(parent, _("With which branches does the commune begin?"))
        self._around, self._taken = around, taken
        text = _("The old commune made a file that ends in .hpnpart and told its password.")
        self.body.addWidget(label(text, wrap=True))
        self.safe = FileAndPassword(
            _("Choose the file…"),
            _("no file chosen yet"),
            _("Which file is it?"),
            _("Branches for a new commune (*.hpnpart)"),
            _("Password of the file"),
        )
        self.take, self.password = self.safe.take, self.safe.password
        self.body.addWidget(self.safe)
        self.add_button(_("Leave it"), self.reject)
        self.open_button = self.add_button(_("Open the file"), self.look, "primary", default=True)
        self.safe.changed.connect(self._say)
        self._say()

    def _say(self) -> None:
        self.open_button.setEnabled(self.safe.ready)

    def look(self) -> None:
        """Verify it whole and say what it holds."""
        file = self.safe.file
        if file is None:
            return
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            told = founding.look(file, self.password.text(), self._around)
        except (UserError, OSError) as problem:
            self.message.say("bad", str(words.say(problem)))
            self.password.selectAll()
            return
        finally:
            QApplication.restoreOverrideCursor()
        self.accept()
        self._taken(file, self.password.text(), told)
