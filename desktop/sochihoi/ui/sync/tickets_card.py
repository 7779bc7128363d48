"""Members on their way, in and out: the tickets that wait, each with one deed."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from sochihoi.domain.tickets import Ticket, TicketWay
from sochihoi.i18n import _
from sochihoi.services.tickets import Tickets
from sochihoi.ui.shared.buttons import Card, button, icon_button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.history_view import history_of
from sochihoi.ui.shared.ticket_files import write_ticket
from sochihoi.ui.sync.tickets import AcceptDialog
from sochihoi.ui.words import tickets as words
from sochihoi.ui.words.movements import above_words, number_words


class TicketsCard(Card):
    """Open tickets; hidden while there are none."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Transfers between communes"))
        self._context = context
        self._rows = QVBoxLayout()
        self.body.addLayout(self._rows)
        self.deeds: list[QPushButton] = []

    def refresh(self) -> None:
        """Read them again."""
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        tickets = Tickets(self._context.office)
        waiting = [one for one in tickets.every() if one.is_open or one.disputed]
        self.deeds = []
        for one in waiting:
            self._rows.addWidget(self._row(tickets, one))
        self.setVisible(bool(waiting))

    def _row(self, tickets: Tickets, one: Ticket) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        other = one.to_unit if one.direction is TicketWay.OUT else str(one.content["from_name"])
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(label(tickets.name_of(one), wrap=True))
        texts.addWidget(label(f"{other}, {number_words(one.ticket)}", "small", wrap=True))
        texts.addWidget(label(words.state_words(one), "small", wrap=True))
        if goes := words.goes_words(tickets.goes_with(one)):
            texts.addWidget(label(goes, "small", "muted", wrap=True))
        if above := above_words(one):
            texts.addWidget(label(above, "small", "warn", wrap=True))
        row.addLayout(texts, 1)
        told = partial(history_of, self._context, self, tickets.name_of(one), "transfer_ticket", one.id)
        row.addWidget(icon_button("history", _("History…"), told))
        if not self._context.read_only and one.is_open:
            out = one.direction is TicketWay.OUT
            press = button(_("Write it") if out else _("Open it"), partial(self._act, one), "quiet")
            row.addWidget(press)
            self.deeds.append(press)
        return box

    def _act(self, one: Ticket) -> None:
        window = self.window()
        if one.direction is TicketWay.OUT:
            write_ticket(self._context, window, one, _("Where the ticket is written"))
            return
        if AcceptDialog(self._context, window, one).exec() == Dialog.DialogCode.Accepted:
            answered = next(found for found in Tickets(self._context.office).every() if found.id == one.id)
            write_ticket(self._context, window, answered, _("Where the answer is written"))
        self._context.shell.refresh_page()
