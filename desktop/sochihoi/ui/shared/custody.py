"""Through whose hands a file went, and who has it now or brought it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.services.custody import Custody
from sochihoi.ui import words as all_words
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog, lines
from sochihoi.ui.shared.forms import DateField, Form, TextField
from sochihoi.ui.words import custody as words


class CustodyDialog(Dialog):
    """The steps of one file; to whom it was handed is typed here, or (``came``) who brought it."""

    def __init__(
        self, context: Context, parent: QWidget | None, sha256: str, file_name: str, *, came: bool = False
    ) -> None:
        super().__init__(parent, _("Through whose hands did {file} go?").format(file=file_name))
        self._custody = Custody(context.office)
        self._sha256, self._file_name, self._came = sha256, file_name, came
        steps = self._custody.of([sha256]).get(sha256, ())
        told = [words.step(one) for one in steps]
        self.body.addWidget(lines(told) if told else label(_("Nothing was written down yet."), tone="muted"))
        self.form = Form()
        if context.read_only:
            self.add_button(_("Close"), self.reject, default=True)
            return
        self.body.addWidget(self.form)
        title = _("Brought by") if came else _("Handed to")
        hint = _("The name of the person who carries or takes it.")
        self.form.add(TextField("person", title, required=True, letters=32, hint=hint))
        today = context.office.today
        self.form.add(DateField("on", _("On which day"), today=lambda: today, required=True)).set_value(today)
        self.add_button(_("Close"), self.reject)
        self.deed = self.add_button(_("Write this step down"), self.act, "primary", default=True)

    def act(self) -> None:
        """Write the step down; a problem stays in the dialog."""
        if not self.form.check():
            return
        person, on = self.form["person"].value(), self.form["on"].value()
        try:
            if self._came:
                self._custody.received([(self._sha256, self._file_name)], person or "", on=on)
            else:
                self._custody.handed(self._sha256, self._file_name, person or "", on=on)
        except (UserError, OSError) as problem:
            self.message.say("bad", str(all_words.say(problem)))
        else:
            self.accept()
