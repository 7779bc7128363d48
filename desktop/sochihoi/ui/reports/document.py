"""The sheet that the sections of a report stand on."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget


class Document(QWidget):
    """As high as its words are at its width; labels that wrap would ask for more."""

    def minimumSizeHint(self) -> QSize:
        asked = super().minimumSizeHint()
        rows = self.layout()
        if rows is None or not rows.hasHeightForWidth():
            return asked
        return QSize(asked.width(), rows.totalHeightForWidth(max(self.width(), asked.width())))
