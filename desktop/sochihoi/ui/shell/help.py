"""Help on the page that is shown (F1): what it is for, its keys, and the keys that work everywhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from sochihoi.i18n import _
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.shared.forms import scrolled


def keys_everywhere() -> list[tuple[str, str]]:
    """Key and what it does, on every page."""
    return [
        ("Ctrl+1 … 9", _("page 1 to 9")),
        ("F3", _("find anyone")),
        ("Ctrl+F", _("filter this list")),
        ("Ctrl+N", _("add one on this page")),
        ("Ctrl+P", _("print the sheet of this page")),
        ("Ctrl+I", _("why this number")),
        ("Ctrl+Z, Ctrl+Y", _("undo, redo")),
        ("Ctrl+PgUp, Ctrl+PgDn", _("previous, next branch or household")),
        ("Ctrl+Enter", _("finish")),
        ("F5", _("read again")),
        ("F6", _("next area of the window")),
        ("Esc", _("close the panel or the message")),
    ]


def help_dialog(parent: QWidget, page: str, text: str) -> Dialog:
    """The dialog; the caller opens it."""
    dialog = Dialog(parent, page, width=WIDE)
    dialog.setObjectName("help")
    if text:
        shown = label(text, wrap=True)
        shown.setTextFormat(Qt.TextFormat.RichText)
        dialog.body.addWidget(shown)
    dialog.body.addWidget(label(_("Keys on every page"), "caption"))
    rows = "".join(
        f'<tr><td style="padding-right:24px; font-weight:600">{key}</td><td>{does}</td></tr>'
        for key, does in keys_everywhere()
    )
    table = QLabel(f'<table cellspacing="3">{rows}</table>')
    table.setAlignment(Qt.AlignmentFlag.AlignTop)
    dialog.body.addWidget(scrolled(table), 1)
    dialog.add_button(_("Close the help"), dialog.accept, default=True)
    dialog.resize(dialog.width(), min(560, parent.height() - 40))
    return dialog
