"""What leaves this PC, shown before the file is sealed: which columns of members, of how many, what stays here."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from sochihoi.i18n import _
from sochihoi.services.leaving import Leaving
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.dialogs import WIDE, Dialog, lines
from sochihoi.ui.words import leaving as words


class LeavingDialog(Dialog):
    """``figures_only`` after it was accepted: whether the list stays here."""

    def __init__(self, parent: QWidget | None, title: str, parts: Leaving) -> None:
        super().__init__(parent, title, width=WIDE)
        self.setObjectName("leaving")
        self.figures_only = False
        self.body.addWidget(lines(words.lines(parts)))
        told = _(
            "The pack of the level above asks for this list. Only the level above can read it; what was in the file is"
            " kept in the log of this PC. The signed file cannot be changed afterwards."
        )
        self.body.addWidget(label(told, "small", wrap=True))
        self.add_button(_("Do not make it yet"), self.reject)
        self.figures_button = self.add_button(_("Figures only"), self._figures)
        self.list_button = self.add_button(_("Make the file with the list"), self.accept, "primary", default=True)
        self.list_button.setFocus()

    def _figures(self) -> None:
        self.figures_only = True
        self.accept()
