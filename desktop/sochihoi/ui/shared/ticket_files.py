"""Writing the file of a transfer ticket: of the source a ticket, of the destination the answer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.tickets import Ticket
from sochihoi.i18n import _
from sochihoi.services.tickets import Tickets
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import choose_target
from sochihoi.ui.shared.signed_files import SIGNED_FILES, kinds
from sochihoi.ui.words.tickets import goes_words


def write_ticket(context: Context, parent: QWidget, ticket: Ticket, title: str) -> Path | None:
    """Write the ticket of an outgoing one, or the answer of an incoming one, where the officer says."""
    tickets = Tickets(context.office)
    try:
        target = choose_target(parent, title, tickets.files.file_name(ticket), kinds(_("Signed files"), SIGNED_FILES))
        if target is None:
            return None
        tickets.files.write(ticket, target, overwrite=True)
    except (UserError, OSError) as problem:
        context.shell.show_error(problem)
        return None
    written = _("Written and read back: {file}.").format(file=target)
    context.shell.message("ok", f"{written} {goes_words(tickets.goes_with(ticket))}".strip())
    return target
