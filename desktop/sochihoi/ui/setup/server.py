"""Máy chủ: where the records of a level above are; trying a server, and following one to another address."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.services.serving import keep_address
from sochihoi.services.shared_keys import take, trouble
from sochihoi.ui import style, words
from sochihoi.ui.setup.server_field import ServerField
from sochihoi.ui.shared.buttons import Card, button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import choose_file
from sochihoi.ui.shared.forms import scrolled
from sochihoi.ui.shared.panel import Facts
from sochihoi.ui.shared.part import Part
from sochihoi.ui.words.servers import at_rest, seen_words, unproven


def build(context: Context) -> Part:
    """Where the records are."""
    return ServerPart(context)


class ServerPart(Part):
    """Where the records are now; an address to try, and to keep where the book is on a server; and before both, while
    the keys of this PC are not those that count, the way to bring the new ones here.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        office = context.office
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_3)
        self.keys = Card(_("The keys of this PC are no longer in force"))
        self.keys_note = label("", wrap=True)
        self.keys.add(self.keys_note)
        take_button = button(_("Take over the renewed keys…"), self.choose_keys, "primary", "key-round")
        self.keys.body.addWidget(take_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.keys)
        self.facts = Facts()
        here = Card(_("Where the records are"))
        here.add(self.facts)
        column.addWidget(here)
        if not office.store.book.proven:
            here.add(label(unproven(), tone="warn", wrap=True))
        rest = label(at_rest(), tone="muted", wrap=True)
        other = Card(_("Another address") if office.store.server else _("A database server"))
        told = (
            _("When the server has another name or password, write the new address, try it, then keep it.")
            if office.store.server
            else _(
                "From a province up, several officers can work with one book at once when its records are on a"
                " PostgreSQL server. That is chosen in the first steps, when the book is made; here an address can be"
                " tried beforehand."
            )
        )
        other.add(label(told, wrap=True))
        (here if office.store.server else other).add(rest)
        self.field = ServerField()
        other.add(self.field)
        self.keep_button = button(_("Keep this address"), self.keep, "primary")
        self.keep_button.setEnabled(False)
        self.keep_button.setVisible(bool(office.store.server) and office.account.role.may_manage)
        other.body.addWidget(self.keep_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.field.changed.connect(lambda: self.keep_button.setEnabled(bool(self.field.address())))
        column.addWidget(other)
        column.addStretch(1)
        self.column.addWidget(scrolled(whole))

    def refresh(self) -> None:
        store = self.context.office.store
        facts = [(_("Keys and key file"), str(store.folder.path))]
        if store.server:
            facts.insert(0, (_("Records"), store.server))
        else:
            facts[0] = (_("Records, keys and key file"), _("{folder}, encrypted").format(folder=store.folder.path))
        self.facts.set_facts(facts)
        problem = trouble(self.context.office)
        self.keys.setVisible(problem is not None)
        self.keys_note.setText("" if problem is None else str(words.say(problem)))

    def keep(self) -> None:
        """The same book has this address from now on."""
        try:
            seen = keep_address(self.context.office, self.field.address())
        except (UserError, OSError) as problem:
            self.field.say(str(words.say(problem)), "bad")
            return
        self.field.say(seen_words(seen) + " " + _("The address is kept."), "ok")
        self.keep_button.setEnabled(False)

    def choose_keys(self) -> None:
        """The sealed file of the PC on which the keys were renewed."""
        file = choose_file(self, _("identity.sealed of the other PC"), "identity.sealed (*.sealed)")
        if file is not None:
            self.take_keys(file)

    def take_keys(self, file: Path) -> None:
        """They are taken over, and the book opens anew with them."""
        if self.attempt(lambda: take(self.context.office, file)):
            self.refresh()
            self.context.shell.toast(
                _("The keys of this unit were taken over; this PC signs and opens files with them.")
            )
            self.context.shell.lock()

    def first_focus(self) -> QWidget | None:
        return self.field.line
