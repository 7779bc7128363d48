"""Bàn giao sổ: the book goes to another PC of the commune, and this one only reads."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.services.handing import Handed, HandingOver
from sochihoi.ui import words as all_words
from sochihoi.ui.shared.buttons import Card, button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog, ask, choose_target
from sochihoi.ui.shared.signed_files import kinds
from sochihoi.ui.shared.uniting import unite_with
from sochihoi.ui.words import handing as words


class HandingCard(Card):
    """Of a commune, for the chair: hand over, write the file once more, take it back."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Another PC goes on with the book"))
        self._context = context
        self.dialog: BackDialog | None = None
        self.text = label("", tone="muted", wrap=True)
        self.add(self.text)
        row = QHBoxLayout()
        self.hand_button = button(_("Hand the book over…"), self.hand_over, "", "hard-drive")
        self.back_button = button(_("Take the hand-over back…"), self.take_back, "quiet")
        row.addWidget(self.hand_button)
        self.unite_button = button(_("Put two books together…"), self.unite, "quiet")
        row.addWidget(self.back_button)
        row.addWidget(self.unite_button)
        row.addStretch(1)
        self.body.addLayout(row)

    def refresh(self) -> None:
        """Read where the book is."""
        office = self._context.office
        frozen = office.frozen_on
        self.setVisible(office.account.role.may_manage and not office.is_receiver)
        self.text.setText(words.what_it_means() if frozen is None else words.frozen_banner(frozen))
        text = _("Hand the book over…") if frozen is None else _("Write the file once more…")
        self.hand_button.setText(f"  {text}")
        self.back_button.setVisible(frozen is not None)
        self.unite_button.setVisible(frozen is None)

    def hand_over(self) -> None:
        """Ask, choose a file, write it; the book is opened anew for reading."""
        office = self._context.office
        handing = HandingOver(office)
        first = office.frozen_on is None
        if first and not ask(
            self.window(),
            _("Hand the book over to another PC?"),
            words.what_it_means(),
            _("Hand it over"),
            _("Not now"),
            danger=True,
        ):
            return
        out = choose_target(
            self.window(), _("Where the file is written"), handing.file_name(), kinds(_("Signed files"), "*.hpn")
        )
        if out is not None:
            self.write(out)

    def write(self, out: Path) -> None:
        """Write the file there, in the background."""
        handing = HandingOver(self._context.office)

        def done(handed: Handed) -> None:
            told = _("Written: {file}. Open it on the other PC with “Restore a copy or take a book over…”.")
            text = told.format(file=handed.file)
            self._context.shell.lock()
            Written(self.window(), text).open()

        self._context.shell.run_job(
            lambda _progress: handing.write(out, overwrite=True), done, title=_("Copying the book")
        )

    def unite(self) -> None:
        """Two PCs have written: the other one's book comes to this one."""
        unite_with(self._context, self.window())

    def take_back(self) -> None:
        """Ask for the password of the chair."""
        self.dialog = BackDialog(self._context, self.window())
        self.dialog.open()


class Written(Dialog):
    """Where the file lies, over the unlock page."""

    def __init__(self, parent: QWidget | None, text: str) -> None:
        super().__init__(parent, _("The book is handed over"))
        self.body.addWidget(label(text, wrap=True))
        self.add_button(_("Close"), self.accept, "primary", default=True)


class BackDialog(Dialog):
    """What taking back means, and the password of the chair who is at work."""

    def __init__(self, context: Context, parent: QWidget | None) -> None:
        super().__init__(parent, _("Did nobody open the file on another PC?"))
        self._context = context
        self.body.addWidget(label(words.what_back_means(), wrap=True))
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(_("Your password"))
        self.password.setPlaceholderText(_("Your password"))
        self.body.addWidget(self.password)
        self.add_button(_("Leave it"), self.reject, default=True)
        self.deed = self.add_button(_("Write here again"), self.act, "danger")
        self.password.setFocus()

    def act(self) -> None:
        """Take it back; the book opens anew."""
        try:
            HandingOver(self._context.office).take_back(self.password.text())
        except (UserError, OSError) as problem:
            self.message.say("bad", str(all_words.say(problem)))
            self.password.selectAll()
            return
        self.accept()
        self._context.shell.lock()
