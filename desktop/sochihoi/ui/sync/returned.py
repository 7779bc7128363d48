"""Why a file came back from the level above: the reason, what to do, and the lines that are meant."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from sochihoi.domain.exchange import SentFile
from sochihoi.i18n import _
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.words.answers import correction_line, returned_why
from sochihoi.ui.words.unusual import names_of


class ReturnedDialog(Dialog):
    """Of one file. Nothing is done here: the file is made again on the page."""

    def __init__(self, context: Context, parent: QWidget | None, file: SentFile) -> None:
        super().__init__(parent, _("Why {file} was returned").format(file=file.file_name), width=WIDE)
        self.setObjectName("returned")
        found = context.office.receipts.why_returned(file)
        if found is None:
            self.body.addWidget(label(_("No receipt here says why. Telephone the level above."), wrap=True))
        else:
            why = returned_why(found.code)
            self.body.addWidget(label(why.what, wrap=True))
            self.body.addWidget(label(why.todo, wrap=True))
            told = _("Code of the refusal: {code}. Receipt number {number}.")
            self.body.addWidget(label(told.format(code=found.code, number=found.receipt_no), "small", "muted"))
            names = names_of(context.office.definitions) if found.corrections else {}
            lines = "\n".join(correction_line(one, names) for one in found.corrections)
            self.body.addWidget(label(lines, "small", wrap=True))
        self.body.addStretch(1)
        self.add_button(_("Close"), self.accept, "primary", default=True)
