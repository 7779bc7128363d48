"""The unlock page: who, the password, and nothing of the book behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from sochihoi.i18n import _, ngettext
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import Card, button, label, strong
from sochihoi.ui.shared.choices import PlainCombo
from sochihoi.ui.shared.message_bar import MessageBar
from sochihoi.ui.shell.navigation import Mark

FREE_TRIES = 3  # wrong passwords before she has to wait
LONGEST_WAIT = 60  # seconds


@dataclass(frozen=True, slots=True)
class Keys:
    """What the folder says before it is open: who may open it, and a demonstration's password."""

    accounts: Sequence[str]
    demo_password: str | None = None
    place: str = ""  # folder name, to tell two books apart
    problem: str = ""  # why nobody can open it with a password; a copy can be brought back


def wait_after(tries: int) -> int:
    """Seconds to wait after so many wrong passwords in a row: 0, 0, 0, 2, 4, 8 … 60. Nothing is ever wiped."""
    return 0 if tries <= FREE_TRIES else min(2 ** (tries - FREE_TRIES), LONGEST_WAIT)


class UnlockPage(QWidget):
    """``tried(account, password)`` on Enter; the shell answers with ``refused(sentence)`` or shows the book.

    ``forgotten()``: she wants to use the recovery sheet; the button is there only with ``offer_recovery``.
    ``restore_wanted()``: she wants to bring a copy back; the button is there only with ``offer_restore``.
    """

    tried = Signal(str, str)
    forgotten = Signal()
    restore_wanted = Signal()

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self.setObjectName("page")
        self._tries = 0
        size = style.sizes()
        outer = QVBoxLayout(self)
        outer.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card = Card()
        card.setFixedWidth(round(400 * size.body / 14))
        card.body.setContentsMargins(size.space_5, size.space_5, size.space_5, size.space_5)
        card.body.setSpacing(size.space_2)
        card.head.setSpacing(size.space_3)
        card.head.addWidget(Mark())
        card.head.addWidget(label(_("Branch book"), "title"))
        card.head.addStretch(1)
        card.body.addLayout(card.head)
        hint = label(_("Type the password to open the book."), tone="muted", wrap=True)
        card.body.addWidget(hint)
        self.message = MessageBar(closable=False)
        card.add(self.message)
        self.accounts = PlainCombo()
        self.accounts.addItems(list(keys.accounts))
        who = label(_("&Who works"), "caption")
        who.setBuddy(self.accounts)
        self.accounts.setAccessibleName(_("Who works"))
        card.add(who)
        card.add(self.accounts)
        many = len(keys.accounts) > 1
        who.setVisible(many)
        self.accounts.setVisible(many)
        name = label(_("&Password"), "caption")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(_("Password"))
        name.setBuddy(self.password)
        card.add(name)
        card.add(self.password)
        self.show_password = QCheckBox(_("&Show the password"))
        self.show_password.toggled.connect(lambda _on: self._show())
        card.add(self.show_password)
        if keys.demo_password is not None:
            text = _("This is a demonstration commune. Its password: {password}").format(
                password=strong(keys.demo_password)
            )
            demo = MessageBar(closable=False)
            demo.say("info", text)
            card.add(demo)
        self.open_button = button(_("&Open the book"), self._try, "primary")
        self.open_button.setDefault(True)
        card.body.addSpacing(size.space_2)
        card.add(self.open_button)
        self.forgot_button = button(_("Forgotten? Use the recovery sheet…"), self.forgotten.emit, "quiet")
        self.forgot_button.hide()
        card.add(self.forgot_button)
        self.restore_button = button(_("Restore a copy…"), self.restore_wanted.emit, "", "history")
        self.restore_button.hide()
        card.add(self.restore_button)
        outer.addWidget(card)
        if keys.problem:
            self.message.say("bad", keys.problem)
            for one in (hint, name, self.password, self.show_password, self.open_button):
                one.hide()
            self.offer_restore()
        self.password.returnPressed.connect(self._try)
        self._clock = QTimer(self)
        self._clock.setInterval(1_000)
        self._clock.timeout.connect(self._tick)
        self._left = 0
        self._sentence = ""
        self.setFocusProxy(self.password)

    def offer_recovery(self) -> None:
        """Show the way for who forgot the password."""
        self.forgot_button.setVisible(not self.restore_button.isVisibleTo(self))

    def offer_restore(self) -> None:
        """The book does not open: show the way from a copy."""
        self.restore_button.show()
        self.forgot_button.hide()

    def refused(self, sentence: str, *, wrong_password: bool = True) -> None:
        """It did not open: say why; after three wrong passwords, wait longer each time."""
        self._sentence = sentence
        if wrong_password:
            self._tries += 1
            self._left = wait_after(self._tries)
        self._say()
        if self._left:
            self.open_button.setEnabled(False)
            self.password.setEnabled(False)
            self._clock.start()
        self.password.selectAll()
        self.password.setFocus()

    @property
    def seconds_left(self) -> int:
        """How long she still has to wait."""
        return self._left

    def _say(self) -> None:
        text = self._sentence
        if self._left:
            text += " " + ngettext(
                "Wait {count} second before the next try.", "Wait {count} seconds before the next try.", self._left
            ).format(count=self._left)
        self.message.say("bad", text)

    def _tick(self) -> None:
        self._left -= 1
        self._say()
        if self._left <= 0:
            self._clock.stop()
            self.open_button.setEnabled(True)
            self.password.setEnabled(True)
            self.password.setFocus()

    def _show(self) -> None:
        shown = self.show_password.isChecked()
        self.password.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _try(self) -> None:
        if self.open_button.isEnabled() and self.password.text():
            self.tried.emit(self.accounts.currentText(), self.password.text())
