"""The password is forgotten: the printed code and a new password open the book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.services.opening import Surroundings
from sochihoi.services.recovering import recover
from sochihoi.storage.errors import WrongPassword
from sochihoi.ui import words
from sochihoi.ui.setup.passwords import PasswordTwice
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.forms import ChoiceField, Form, TextField

if TYPE_CHECKING:
    from sochihoi.services.office import Office


class RecoverDialog(Dialog):
    """``opened(office)`` once the code was right; the password typed here counts from then on."""

    def __init__(
        self,
        parent: QWidget | None,
        data_dir: Path,
        accounts: Sequence[str],
        opened: Callable[[Office], None],
        around: Surroundings | None = None,
    ) -> None:
        super().__init__(parent, _("Open the book with the recovery sheet?"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._data_dir, self._opened, self._around = data_dir, opened, around or Surroundings()
        self.form = Form()
        hint = _("32 letters and digits; dashes, blanks and small letters do not matter.")
        self.form.add(TextField("code", _("Code on the sheet"), required=True, hint=hint))
        self.form.add(ChoiceField("account", _("Whose password is given anew"), [(name, name) for name in accounts]))
        self.body.addWidget(self.form)
        self.password = PasswordTwice()
        self.body.addWidget(self.password)
        self.add_button(_("Leave it"), self.reject)
        self.deed_button = self.add_button(_("Open the book"), self.do, "primary", default=True)

    def do(self) -> None:
        """Check, give the password anew, open."""
        if not (self.form.check() and self.password.check()):
            return
        values = self.form.values()
        try:
            office = recover(
                self._data_dir, values["code"], values["account"] or "", self.password.password(), around=self._around
            )
        except WrongPassword:
            self.form.set_errors(
                {"code": _("This code does not open the book. Compare it with the sheet letter by letter.")}
            )
        except (UserError, OSError) as problem:
            self.message.say("bad", str(words.say(problem)))
        else:
            opened = self._opened
            self.accept()
            opened(office)
