"""What stands where a list would be when there is nothing to show: an icon, one sentence, one thing to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label


class EmptyState(QWidget):
    """Centred in its place. ``say`` changes what it shows."""

    def __init__(self) -> None:
        super().__init__()
        size = style.sizes()
        column = QVBoxLayout(self)
        column.setContentsMargins(size.space_5, size.space_5, size.space_5, size.space_5)
        column.setSpacing(size.space_3)
        column.addStretch(1)
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = label("", tone="muted", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._icon)
        column.addWidget(self._text)
        self._place = QVBoxLayout()
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addLayout(self._place)
        column.addStretch(2)
        self._button: QPushButton | None = None

    def say(
        self, icon: str, sentence: str, action: tuple[str, Callable[[], None]] | None = None, role: str = "primary"
    ) -> None:
        """Show an icon, one sentence and at most one button."""
        style.put_icon(self._icon, icon, "muted", 32)
        self._text.setText(sentence)
        if self._button is not None:
            self._button.hide()
            self._button.deleteLater()
            self._button = None
        if action is not None:
            self._button = button(action[0], action[1], role)
            self._place.addWidget(self._button, 0, Qt.AlignmentFlag.AlignCenter)

    @property
    def action(self) -> QPushButton | None:
        """The button shown, if any."""
        return self._button
