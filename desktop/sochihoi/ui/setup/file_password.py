"""A file from the stick and the password that opens it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.dialogs import choose_file


class FileAndPassword(QWidget):
    """``changed``: another file or password. ``choose``: the words of the button, ``none`` what stands beside it
    before, ``question`` the title of the choice among ``kinds``; ``asked``: whose password it is."""

    changed = Signal()

    def __init__(self, choose: str, none: str, question: str, kinds: str, asked: str) -> None:
        super().__init__()
        self._question, self._kinds = question, kinds
        self.file: Path | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_3)
        row = QHBoxLayout()
        row.setSpacing(style.sizes().space_2)
        self.choose_button = button(choose, self.choose, "", "folder-open")
        self.name = label(none, "small", wrap=True)
        row.addWidget(self.choose_button)
        row.addWidget(self.name, 1)
        column.addLayout(row)
        title = label(asked, "caption")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(asked)
        self.password.textChanged.connect(lambda _text: self.changed.emit())
        title.setBuddy(self.password)
        column.addWidget(title)
        column.addWidget(self.password)
        self.setFocusProxy(self.choose_button)

    def choose(self) -> None:
        """A file from the stick."""
        file = choose_file(self, self._question, self._kinds)
        if file is not None:
            self.take(file)

    def take(self, file: Path) -> None:
        """This one."""
        self.file = file
        self.name.setText(file.name)
        self.password.setFocus()
        self.changed.emit()

    @property
    def ready(self) -> bool:
        """Whether there is a file and a password to try."""
        return self.file is not None and bool(self.password.text())
