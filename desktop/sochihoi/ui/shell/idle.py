"""Auto-lock: after some minutes without a key or a mouse move the book is closed."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_SIGNS = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class IdleWatch(QObject):
    """``idle()`` once nobody did anything for so long. 0 minutes: never. It ends with its owner, or by ``end()``.

    It looks at the window of the system that has the keys, through which every key and mouse move comes, and not at
    the application: there each of the thousand events of a page that is laid out would be handed to Python.
    """

    idle = Signal()

    def __init__(self, owner: QObject, minutes: int = 5) -> None:
        super().__init__(owner)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.idle)
        self._watched: QWindow | None = None
        self.set_minutes(minutes)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
        self._watch(QGuiApplication.focusWindow())

    def set_minutes(self, minutes: int) -> None:
        """How long; 0 turns it off."""
        self._clock.stop()
        self._clock.setInterval(minutes * 60_000)
        self.touch()

    def touch(self) -> None:
        """Someone is there."""
        if self._clock.interval() > 0:
            self._clock.start()

    def end(self) -> None:
        """Nothing is left to lock."""
        self.set_minutes(0)
        self._watch(None)
        self.deleteLater()

    def _watch(self, window: QWindow | None) -> None:
        """A dialog has a window of its own: the watch goes where the keys go."""
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = window
        if window is not None:
            window.installEventFilter(self)
            self.touch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS:
            self.touch()
        return False
