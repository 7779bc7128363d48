"""What a pack of definitions would change, before it is applied."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from sochihoi.i18n import _
from sochihoi.services.packs import Look
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.dialogs import WIDE, Dialog, lines
from sochihoi.ui.words import packs as words


def show_pack(parent: QWidget | None, look: Look, today: date) -> bool:
    """Show it; true when it is to be applied."""
    dialog = Dialog(parent, words.title(look.pack), width=WIDE)
    dialog.setObjectName("pack")
    dialog.body.addWidget(label(words.headline(look, today), wrap=True))
    told = [*words.warnings(look, today), *(f"• {words.change_words(one)}" for one in look.changes)]
    if told:
        dialog.body.addWidget(lines(told))
    dialog.body.addWidget(label(words.promise(), "small", wrap=True))
    dialog.add_button(_("Close") if look.known else _("Do not apply it yet"), dialog.reject, default=look.known)
    if not look.known:
        dialog.add_button(_("&Apply the pack"), dialog.accept, "primary", default=True)
    return dialog.exec() == QDialog.DialogCode.Accepted
