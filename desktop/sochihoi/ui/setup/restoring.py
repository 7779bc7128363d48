"""Bringing a copy back: its password, what it holds and whose it is, what is set aside; then the book opens anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.services import handing
from sochihoi.services.opening import Surroundings
from sochihoi.services.restoring import Restored, Seen, look, restore
from sochihoi.ui import words
from sochihoi.ui.setup import presenter
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog, choose_file
from sochihoi.ui.shared.panel import Facts


@dataclass(frozen=True, slots=True)
class Way:
    """What differs between an open book and a folder whose book does not open: ``bring(password, other_unit)``, and
    ``ended(done)`` afterwards.
    """

    look: Callable[[str], Seen]
    bring: Callable[[str, bool], Restored]
    ended: Callable[[bool], object]


def way_of(context: Context, file: Path) -> Way:
    """Into the place of the book that is open; it is closed by that."""
    office = context.office
    store = office.store
    around = Surroundings(now=store.now, ids=store.new_id, demo=store.demo)

    def bring(password: str, other_unit: bool) -> Restored:
        return office.backups.restore_here(file, password, None, around, other_unit=other_unit)

    return Way(lambda password: office.backups.look(file, password), bring, lambda _done: context.shell.lock())


def restore_into(parent: QWidget, folder: Path, around: Surroundings, ended: Callable[[], object]) -> None:
    """Choose a copy and bring it into a folder where no book is open; ``ended()`` once it is there."""
    kinds = _("Copies and hand-over files of the book (*.hpnbak *.hpn *.zip)")
    file = choose_file(parent, _("Which copy shall come back?"), kinds, folder / "backups")
    if file is not None:
        RestoreDialog(way_into(file, folder, around, ended), parent, file).open()


def way_into(file: Path, folder: Path, around: Surroundings, ended: Callable[[], object]) -> Way:
    """Into a folder where no book is open: of a copy, or of a hand-over by another PC, which this one goes on with."""
    if handing.is_handover(file):

        def take_over(password: str, other_unit: bool) -> Restored:
            return handing.take(file, folder, password, None, around, other_unit=other_unit)

        return Way(lambda password: handing.look(file, folder, password), take_over, _only(ended))

    def bring(password: str, other_unit: bool) -> Restored:
        return restore(file, folder, password, None, around, other_unit=other_unit)

    return Way(lambda password: look(file, folder, password), bring, _only(ended))


def _only(ended: Callable[[], object]) -> Callable[[bool], object]:
    return lambda done: ended() if done else None


class RestoreDialog(Dialog):
    """Two steps in one dialog: "Xem bản sao" verifies it; only then "Khôi phục" is there."""

    def __init__(self, way: Way, parent: QWidget | None, file: Path) -> None:
        super().__init__(parent, _("Bring back the copy {file}?").format(file=file.name))
        self._way = way
        self.verified = False
        ask = QWidget()
        column = QVBoxLayout(ask)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(
            label(
                _("Type a password that opened the book when the copy was made. The copy is checked first."), wrap=True
            )
        )
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(_("Password of the copy"))
        self.password.textEdited.connect(lambda _text: self._typed())
        column.addWidget(self.password)
        self.body.addWidget(ask)
        self.facts = Facts()
        self.body.addWidget(self.facts)
        self.consequence = label("", wrap=True)
        self.body.addWidget(self.consequence)
        self.other = QCheckBox()
        self.other.toggled.connect(lambda _on: self._say())
        self.body.addWidget(self.other)
        self.add_button(_("Leave it"), self.reject)
        self.look_button = self.add_button(_("Check the copy"), self.look, "primary", default=True)
        self.restore_button = self.add_button(_("Restore"), self.restore, "danger")
        for one in (self.facts, self.consequence, self.other, self.restore_button):
            one.hide()
        self.password.setFocus()

    def _typed(self) -> None:
        self.verified = False
        for one in (self.restore_button, self.facts, self.consequence, self.other):
            one.hide()
        self.look_button.show()
        self.message.clear()

    def look(self) -> None:
        """Verify it whole and say what it holds, and of which unit it is."""
        if not self.password.text():
            self.password.setFocus()
            return
        try:
            seen = self._way.look(self.password.text())
        except (UserError, OSError) as problem:
            self.message.say("bad", str(words.say(problem)))
            self.password.selectAll()
            self.password.setFocus()
            return
        self.verified = True
        self.facts.set_facts([(_("Unit"), seen.unit.union_name or "—"), *presenter.backup_facts(seen.info)])
        self.consequence.setText(presenter.consequence(seen))
        self.other.setChecked(False)
        if seen.other:
            self.message.say("warn", presenter.other_unit(seen))
            self.other.setText(_("Bring back the book of {unit} all the same").format(unit=seen.unit.union_name))
        else:
            self.message.say("ok", _("The copy is whole."))
        self.other.setVisible(seen.other)
        for one in (self.facts, self.consequence, self.restore_button):
            one.show()
        self.look_button.hide()
        self._say()
        self.adjustSize()

    def _say(self) -> None:
        self.restore_button.setEnabled(self.other.isHidden() or self.other.isChecked())

    def restore(self) -> None:
        """Bring it back. An open book is closed by it; the unlock page follows."""
        if not self.verified or not self.restore_button.isEnabled():
            return
        password, other = self.password.text(), self.other.isChecked()
        self.accept()
        try:
            done = self._way.bring(password, other)
        except (UserError, OSError) as problem:
            said, kind = str(words.say(problem)), "bad"
        else:
            said, kind = presenter.brought_back(done), "ok"
        self._way.ended(kind == "ok")
        Told(self.parentWidget(), kind, said).open()


class Told(Dialog):
    """What became of it, over the unlock page."""

    def __init__(self, parent: QWidget | None, kind: str, text: str) -> None:
        title = _("The copy was brought back") if kind == "ok" else _("The copy was not brought back")
        super().__init__(parent, title)
        self.setObjectName("restored")
        self.body.addWidget(label(text, wrap=True))
        self.add_button(_("Open the book"), self.accept, "primary", default=True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
