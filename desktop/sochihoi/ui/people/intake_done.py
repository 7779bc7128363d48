"""What a list brought in, and the ways on from there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label


class DonePlace(QFrame):
    """The last step. The buttons are connected by whoever owns it."""

    def __init__(self) -> None:
        super().__init__()
        size = style.sizes()
        self.setObjectName("card")
        column = QVBoxLayout(self)
        column.setContentsMargins(size.space_5, size.space_5, size.space_5, size.space_5)
        column.setSpacing(size.space_3)
        column.addStretch(1)
        icon = QLabel()
        icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        style.put_icon(icon, "circle-check", "ok", 32)
        column.addWidget(icon)
        self.outcome = label("", "head", wrap=True)
        self.outcome.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.outcome)
        self.outcome_more = label("", tone="muted", wrap=True)
        self.outcome_more.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.outcome_more)
        row = QHBoxLayout()
        row.addStretch(1)
        self.undo_button = button(_("&Undo this import"), None, "", "undo-2")
        row.addWidget(self.undo_button)
        self.finish_button = button("", None, "primary")
        row.addWidget(self.finish_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)

    def say(self, words: str, more: str, finish: str, *, undo: bool) -> None:
        """What came in, what else is to know, where the way on leads."""
        self.outcome.setText(words)
        self.outcome_more.setText(more)
        self.undo_button.setVisible(undo)
        self.finish_button.setText(finish)
        self.finish_button.setAccessibleName(finish.replace("&", ""))
        self.finish_button.setFocus()
