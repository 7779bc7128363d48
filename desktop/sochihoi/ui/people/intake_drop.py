"""Where the file of a list is dropped, or chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label


class DropPlace(QFrame):
    """Where a file is dropped, or chosen by the button."""

    dropped = Signal(object)  # Path

    def __init__(self, choose: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAcceptDrops(True)
        size = style.sizes()
        column = QVBoxLayout(self)
        column.setContentsMargins(size.space_5, size.space_5, size.space_5, size.space_5)
        column.setSpacing(size.space_3)
        column.addStretch(1)
        icon = QLabel()
        icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        style.put_icon(icon, "upload", "muted", 32)
        column.addWidget(icon)
        text = label(_("Drop the Excel list here, or choose it on this PC."), wrap=True)
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(text)
        self.choose_button = button(_("&Choose the file"), choose, "primary", "folder-open")
        column.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignCenter)
        hint = label(
            _(
                "The list keeps its own columns: name, date of birth, branch, cell, phone and the others are found by "
                "their titles; a list of households is known by its column “Chủ hộ”. Nothing is stored before you have "
                "seen what would come in."
            ),
            "small",
            wrap=True,
        )
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(hint)
        column.addStretch(2)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.dropped.emit(Path(files[0]))
