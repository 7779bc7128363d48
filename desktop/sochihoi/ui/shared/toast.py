"""What was just done, at the bottom over the content for ten seconds; longer while the mouse or the focus is on it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label

STAYS_MS = 10_000


class Toast(QFrame):
    """One at a time, over ``host``. It never takes the focus by itself."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.setProperty("message", "toast")
        size = style.sizes()
        row = QHBoxLayout(self)
        row.setContentsMargins(size.space_3, size.space_2, size.space_3, size.space_2)
        row.setSpacing(size.space_3)
        mark = QLabel()
        style.put_icon(mark, "check", "surface")
        row.addWidget(mark)
        self._text = label("", wrap=True)
        row.addWidget(self._text, 1)
        self._undo: Callable[[], None] | None = None
        self.undo_button = button(_("Undo (Ctrl+Z)"), self._press, "toast")
        row.addWidget(self.undo_button)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._tired)
        host.installEventFilter(self)
        self.hide()

    def say(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Show what was done; with ``undo``, the way back."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self._undo = undo
        self.undo_button.setVisible(undo is not None)
        self._place()
        self.show()
        self.raise_()
        self._clock.start(STAYS_MS)

    def text(self) -> str:
        """What it says; empty when it is hidden."""
        return self._text.text() if not self.isHidden() else ""

    def _press(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()

    def _tired(self) -> None:
        if self.underMouse() or self.undo_button.hasFocus():
            self._clock.start(2_000)
        else:
            self.hide()

    def _place(self) -> None:
        size = style.sizes()
        width = min(round(600 * size.body / 14), self._host.width() - 2 * size.space_5)
        height = max(self.sizeHint().height(), size.control + size.space_4)
        left = min(4 * size.space_5, (self._host.width() - width) // 2)  # over the list, not over the panel
        self.setGeometry(left, self._host.height() - height - size.header - size.space_1, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: object) -> None:
        if getattr(event, "key", lambda: None)() == Qt.Key.Key_Escape:
            self.hide()
