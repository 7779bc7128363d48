"""Bringing a copy back: its password, what it holds, what is set aside; then the book opens anew."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.services.opening import Surroundings
from sochihoi.ui import words
from sochihoi.ui.setup import presenter
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.panel import Facts


class RestoreDialog(Dialog):
    """Two steps in one dialog: "Xem bản sao" verifies it; only then "Khôi phục" is there."""

    def __init__(self, context: Context, parent: QWidget | None, file: Path) -> None:
        super().__init__(parent, _("Bring back the copy {file}?").format(file=file.name))
        self._context, self._file = context, file
        self.verified = False
        ask = QWidget()
        column = QVBoxLayout(ask)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(
            label(
                _("Type a password that opened the book when the copy was made. The copy is checked first."), wrap=True
            )
        )
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(_("Password of the copy"))
        self.password.textEdited.connect(lambda _text: self._typed())
        column.addWidget(self.password)
        self.body.addWidget(ask)
        self.facts = Facts()
        self.facts.hide()
        self.body.addWidget(self.facts)
        self.consequence = label(
            _(
                "The book as it is now is set aside in a folder beside it. Everything entered after the copy is not in"
                " the book then."
            ),
            wrap=True,
        )
        self.consequence.hide()
        self.body.addWidget(self.consequence)
        self.add_button(_("Leave it"), self.reject)
        self.look_button = self.add_button(_("Check the copy"), self.look, "primary", default=True)
        self.restore_button = self.add_button(_("Restore"), self.restore, "danger")
        self.restore_button.hide()
        self.password.setFocus()

    def _typed(self) -> None:
        self.verified = False
        self.restore_button.hide()
        self.facts.hide()
        self.consequence.hide()
        self.look_button.show()
        self.message.clear()

    def look(self) -> None:
        """Verify it whole and say what it holds."""
        if not self.password.text():
            self.password.setFocus()
            return
        try:
            info = self._context.office.backups.look(self._file, self.password.text())
        except (UserError, OSError) as problem:
            self.message.say("bad", str(words.say(problem)))
            self.password.selectAll()
            self.password.setFocus()
            return
        self.verified = True
        self.message.say("ok", _("The copy is whole."))
        self.facts.set_facts(presenter.backup_facts(info))
        self.facts.show()
        self.consequence.show()
        self.look_button.hide()
        self.restore_button.show()
        self.adjustSize()

    def restore(self) -> None:
        """Bring it back. The book is closed by it; the unlock page follows."""
        if not self.verified:
            return
        office, shell, file, password = self._context.office, self._context.shell, self._file, self.password.text()
        store = office.store
        around = Surroundings(now=store.now, ids=store.new_id, demo=store.demo)
        self.accept()
        try:
            done = office.backups.restore_here(file, password, None, around)
        except (UserError, OSError) as problem:
            said, kind = str(words.say(problem)), "bad"
        else:
            said, kind = _("The state of {moment} is back.").format(moment=done.info.made_at), "ok"
            if done.aside is not None:
                said += " " + _("What was here before lies in {folder}.").format(folder=done.aside)
        shell.lock()
        Told(self.parentWidget(), kind, said).open()


class Told(Dialog):
    """What became of it, over the unlock page."""

    def __init__(self, parent: QWidget | None, kind: str, text: str) -> None:
        title = _("The copy was brought back") if kind == "ok" else _("The copy was not brought back")
        super().__init__(parent, title)
        self.setObjectName("restored")
        self.body.addWidget(label(text, wrap=True))
        self.add_button(_("Open the book"), self.accept, "primary", default=True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
