"""Auto-lock: after some minutes without a key or a mouse move the book is closed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

_SIGNS = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class IdleWatch(QObject):
    """``idle()`` once nobody did anything for so long. 0 minutes: never."""

    idle = Signal()

    def __init__(self, watched: QObject, minutes: int = 5) -> None:
        super().__init__(watched)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.idle)
        self.set_minutes(minutes)
        watched.installEventFilter(self)

    def set_minutes(self, minutes: int) -> None:
        """How long; 0 turns it off."""
        self._clock.stop()
        self._clock.setInterval(minutes * 60_000)
        self.touch()

    def touch(self) -> None:
        """Someone is there."""
        if self._clock.interval() > 0:
            self._clock.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS:
            self.touch()
        return False
