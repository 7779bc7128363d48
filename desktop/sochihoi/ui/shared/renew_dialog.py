"""New keys for this PC: asked once, with the password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.ui import words
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.dialogs import Dialog

if TYPE_CHECKING:
    from sochihoi.ui.shared.context import Context


class RenewDialog(Dialog):
    """New keys for this PC: what follows from it, and the password."""

    def __init__(self, context: Context, parent: QWidget | None) -> None:
        super().__init__(parent, _("Make new keys for this PC?"))
        self._context = context
        self.body.addWidget(
            label(
                _(
                    "The old key signs for the new one, so the other side accepts it at once."
                    " What is still on its way to the old key opens here all the same."
                ),
                wrap=True,
            )
        )
        self.stolen = QCheckBox(_("The PC or its keys were &stolen, or somebody copied them"))
        self.body.addWidget(self.stolen)
        told = _(
            "Telephone the other side at once, so that it revokes the old key. The new one then needs a signed slip."
        )
        self.warning = label(told, "small", wrap=True)
        self.warning.setVisible(False)
        self.stolen.toggled.connect(self.warning.setVisible)
        self.body.addWidget(self.warning)
        title = label(_("Your &password"), "caption")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(_("Your password"))
        title.setBuddy(self.password)
        self.body.addWidget(title)
        self.body.addWidget(self.password)
        self.add_button(_("Keep the present keys"), self.reject)
        self.deed_button = self.add_button(_("Make new keys"), self.do, "primary", default=True)
        self.deed_button.setEnabled(False)
        self.password.textChanged.connect(lambda text: self.deed_button.setEnabled(bool(text)))
        self.password.setFocus()

    def do(self) -> None:
        """Check the password, renew, close."""
        from sochihoi.services.renewing import check_password, renew

        try:
            check_password(self._context.office, self.password.text())
            renew(self._context.office, stolen=self.stolen.isChecked())
        except (UserError, OSError) as problem:
            self.message.say("bad", str(words.say(problem)))
        else:
            self.accept()
