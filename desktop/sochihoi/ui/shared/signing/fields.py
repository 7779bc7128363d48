"""Fields of signing: a file of this PC, and a secret that is never kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLineEdit

from sochihoi.i18n import _
from sochihoi.ui.shared.buttons import button
from sochihoi.ui.shared.dialogs import choose_file
from sochihoi.ui.shared.forms import Field


class PathField(Field):
    """A file, typed or chosen. ``kinds`` as the file dialog writes it. ``value()`` is a ``Path`` or ``None``."""

    def __init__(self, name: str, title: str, kinds: str, *, hint: str = "", required: bool = False) -> None:
        self.line = QLineEdit()
        self._kinds, self._asking = kinds, title.replace("&", "")
        super().__init__(name, title, self.line, hint=hint, required=required)
        self.choose_button = button(_("Choose…"), self._choose, "", "folder-open")
        self.choose_button.setAccessibleName(_("Choose: {what}").format(what=self._asking))
        self.row.addWidget(self.choose_button)
        self.line.textEdited.connect(lambda _text: self._typed())
        self.line.editingFinished.connect(self._leave)

    def value(self) -> Any:
        text = self.line.text().strip()
        return Path(text) if text else None

    def set_value(self, value: Any) -> None:
        self.line.setText("" if value is None else str(value))

    def draft(self) -> Any:
        return self.line.text()

    def _choose(self) -> None:
        there = self.value()
        chosen = choose_file(self, self._asking, self._kinds, there.parent if there is not None else None)
        if chosen is not None:
            self.set_value(chosen)
            self._typed()
            self._leave()


class SecretField(Field):
    """A PIN or a password: never shown, never a draft. ``take()`` gives it and empties the field."""

    def __init__(self, name: str, title: str, *, hint: str = "", required: bool = False) -> None:
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        super().__init__(name, title, self.line, hint=hint, required=required)
        self.line.setMaximumWidth(280)
        self.row.addStretch(1)
        self.line.textEdited.connect(lambda _text: self._typed())

    def value(self) -> Any:
        return self.line.text() or None

    def set_value(self, value: Any) -> None:
        self.line.setText("" if value is None else str(value))

    def draft(self) -> Any:
        return None

    def take(self) -> str:
        """What was typed; the field is empty afterwards."""
        text = self.line.text()
        self.line.clear()
        return text
