"""Dialogs of accounts: a new one, another password."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from sochihoi.domain.accounts import Role
from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.ui import words
from sochihoi.ui.setup.passwords import PasswordTwice
from sochihoi.ui.setup.unit_dialogs import FormDialog
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.forms import ChoiceField, TextField
from sochihoi.ui.words.setup import role_name


class AddAccount(FormDialog):
    """Name, role, password. ``done(name)`` follows."""

    def __init__(self, context: Context, parent: QWidget | None, done: Callable[[str], None]) -> None:
        super().__init__(parent, _("Who else works with the book?"), _("Add an account"))
        self._context, self._done = context, done
        self.form.add(TextField("name", _("Full name"), required=True))
        roles = [(role.name, role_name(role)) for role in (Role.OFFICER, Role.CHAIR, Role.VIEWER)]
        self.form.add(ChoiceField("role", _("Role"), roles))
        self.password = PasswordTwice()
        self.form.add_widget(self.password)

    def do(self) -> None:
        if self.form.check() and self.password.check():
            super().do()

    def save(self) -> None:
        values = self.form.values()
        role = Role[values["role"] or Role.OFFICER.name]
        made = self._context.office.setup.add_account(values["name"], role, self.password.password())
        self._done(made.name)


class NewPassword(Dialog):
    """A password twice. ``save(password)``, then ``done()``."""

    def __init__(
        self, parent: QWidget | None, title: str, save: Callable[[str], None], done: Callable[[], None]
    ) -> None:
        super().__init__(parent, title)
        self._save, self._done = save, done
        self.password = PasswordTwice()
        self.body.addWidget(self.password)
        self.add_button(_("Leave it"), self.reject)
        self.deed_button = self.add_button(_("Save the password"), self.do, "primary", default=True)
        self.password.first.setFocus()

    def do(self) -> None:
        """Check, save, close."""
        if not self.password.check():
            return
        try:
            self._save(self.password.password())
        except (UserError, OSError) as problem:
            self.message.say("bad", str(words.say(problem)))
        else:
            self.accept()
            self._done()
