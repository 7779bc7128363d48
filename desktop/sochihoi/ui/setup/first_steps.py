"""Steps of the first day: the password, branches, members, copies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPlainTextEdit, QRadioButton, QVBoxLayout, QWidget

from sochihoi.domain.vietnamese import nfc
from sochihoi.i18n import _, ngettext, number
from sochihoi.ui import style
from sochihoi.ui.setup.passwords import PasswordTwice
from sochihoi.ui.setup.presenter import names_of
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.dialogs import choose_folder

if TYPE_CHECKING:
    from sochihoi.services.office import Office


class Step(QWidget):
    """One step. ``optional``: it can be left for later. ``office`` is there once the book is made."""

    changed = Signal()
    optional = False

    def __init__(self) -> None:
        super().__init__()
        self.office: Office | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(style.sizes().space_2)

    def title(self) -> str:
        """The question that the step asks."""
        raise NotImplementedError

    def under(self) -> str:
        """A sentence under it."""
        return ""

    def deed(self) -> str:
        """Words on the button; ``""`` is "Tiếp"."""
        return ""

    def not_ready(self) -> str:
        """Why it cannot go on yet; ``""`` when it can."""
        return ""

    def shown(self) -> None:
        """It comes on the screen."""

    def do(self) -> None:
        """Do what it is for. Raises ``UserError``, ``OSError``."""

    def leave_out(self) -> None:
        """For later."""

    def first_focus(self) -> QWidget:
        """The first field."""
        return self


class PasswordStep(Step):
    """Who works, and her password twice."""

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        title = label(_("Your full name"), "caption")
        self.name = QLineEdit(str(settings.value("first/officer", "")))
        self.name.setAccessibleName(_("Your full name"))
        title.setBuddy(self.name)
        self.name.textEdited.connect(lambda text: settings.setValue("first/officer", text))
        self.column.addWidget(title)
        self.column.addWidget(self.name)
        self.column.addWidget(label(_("It stands beside what you do, in the history of the book."), "small", wrap=True))
        self.column.addSpacing(style.sizes().space_3)
        self.twice = PasswordTwice()
        self.twice.changed.connect(self.changed.emit)
        self.column.addWidget(self.twice)
        self.column.addStretch(1)

    def title(self) -> str:
        return _("Which password shall open the book?")

    def under(self) -> str:
        return _(
            "The whole book is encrypted with it. Nobody can open the book without it, not even who made the program."
        )

    def deed(self) -> str:
        return _("Make the book")

    def not_ready(self) -> str:
        return "" if self.twice.first.text() and self.twice.second.text() else _("Type the password twice.")

    def check(self) -> bool:
        """Whether it can be taken; otherwise the reason stands under the fields."""
        return self.twice.check()

    def password(self) -> str:
        """The password."""
        return self.twice.password()

    def officer(self) -> str:
        """Who works."""
        return nfc(self.name.text())

    def first_focus(self) -> QWidget:
        return self.twice.first if self.name.text() else self.name


class BranchesStep(Step):
    """A list of names, pasted, one a line."""

    optional = True

    def __init__(self) -> None:
        super().__init__()
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Names of the branches, one a line"))
        self.text.setPlaceholderText("Ấp An Hòa\nẤp Trà Cuôn\nẤp Bưng Cốc")
        self.text.textChanged.connect(self._typed)
        self.column.addWidget(self.text, 1)
        self.understood = label("", tone="muted")
        self.column.addWidget(self.understood)

    def title(self) -> str:
        return _("Which branches are there?")

    def under(self) -> str:
        return _(
            "Paste or type their names, one a line. If the list of members names them, leave this step:"
            " they are made when the list comes in."
        )

    def deed(self) -> str:
        count = len(self.names())
        return (
            ngettext("Add {count} branch", "Add {count} branches", count).format(count=number(count)) if count else ""
        )

    def not_ready(self) -> str:
        return "" if self.names() else _("Nothing typed yet.")

    def names(self) -> tuple[str, ...]:
        """What was understood."""
        return names_of(self.text.toPlainText())

    def _typed(self) -> None:
        count = len(self.names())
        words = ngettext("{count} name", "{count} names", count).format(count=number(count)) if count else ""
        self.understood.setText(words)
        self.changed.emit()

    def do(self) -> None:
        if self.office is not None:
            self.office.setup.add_branches(self.names())

    def first_focus(self) -> QWidget:
        return self.text


class MembersStep(Step):
    """Bring the members in from Excel at the end, or another day. ``now``: at the end."""

    optional = True

    def __init__(self) -> None:
        super().__init__()
        self.now = False
        self.from_excel = QRadioButton(_("I have an Excel list: bring it in when this wizard is done"))
        self.by_hand = QRadioButton(_("I have none: members are entered one by one"))
        group = QButtonGroup(self)
        for one in (self.from_excel, self.by_hand):
            group.addButton(one)
            self.column.addWidget(one)
        self.from_excel.setChecked(True)
        text = _(
            "Any list will do: the columns are recognised, old fonts are read, and you see every row before anything is"
            " written. It can be taken back as a whole."
        )
        self.column.addWidget(label(text, tone="muted", wrap=True))
        self.column.addStretch(1)

    def title(self) -> str:
        return _("Is there a list of members?")

    def do(self) -> None:
        self.now = self.from_excel.isChecked()

    def leave_out(self) -> None:
        self.now = False

    def first_focus(self) -> QWidget:
        return self.from_excel


class CopiesStep(Step):
    """A second place for the automatic copies."""

    optional = True

    def __init__(self) -> None:
        super().__init__()
        self.folder: Path | None = None
        row = QHBoxLayout()
        self.place = label(_("no second place chosen"), tone="muted", wrap=True)
        row.addWidget(self.place, 1)
        self.choose_button = button(_("Choose a folder…"), self.choose, "", "folder-open")
        row.addWidget(self.choose_button)
        self.column.addLayout(row)
        text = _(
            "Every time the book is closed a copy is made beside it, and one in this second place when it is there. A"
            " stick that lies in the safe is the best place. It can be chosen later, too, in the set-up."
        )
        self.column.addWidget(label(text, tone="muted", wrap=True))
        self.column.addStretch(1)

    def title(self) -> str:
        return _("Where shall copies go?")

    def choose(self) -> None:
        """A folder on a stick or another disk."""
        folder = choose_folder(self.window(), _("Where shall the second copies go?"), self.folder)
        if folder is not None:
            self.take(folder)

    def take(self, folder: Path) -> None:
        """Use this folder."""
        self.folder = folder
        self.place.setText(str(folder))
        self.changed.emit()

    def do(self) -> None:
        if self.office is not None and self.folder is not None:
            self.office.backups.choose_folder(self.folder)
            self.office.backups.automatic()

    def first_focus(self) -> QWidget:
        return self.choose_button
