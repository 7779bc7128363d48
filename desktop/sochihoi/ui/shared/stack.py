"""Several widgets in one place: only the one shown says how much room is needed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget


class Stack(QStackedWidget):
    """Qt's own stack asks for the room of its largest widget: a window that showed one high page stayed high."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _at: self.updateGeometry())

    def sizeHint(self) -> QSize:
        return self.currentWidget().sizeHint() if self.count() else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return least(self.currentWidget()) if self.count() else super().minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        return bool(self.count()) and self.currentWidget().hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        return self.currentWidget().heightForWidth(width) if self.count() else -1


class Room(QScrollArea):
    """The place of the pages. A page that needs more than there is (a message bar above it, a low window) scrolls:
    the window never grows beyond the screen, and nothing lies out of reach.
    """

    def __init__(self, held: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(_Held(held))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 120)

    def fits(self) -> bool:
        """Whether what is shown needs no scroll bar."""
        return self.horizontalScrollBar().maximum() == 0 and self.verticalScrollBar().maximum() == 0


class _Held(QWidget):
    """Fills itself with one widget. It has no layout: a scroll area would ask that for the height of all wrapped words
    at their best and scroll long before the widget's least height is reached.
    """

    def __init__(self, held: QWidget) -> None:
        super().__init__()
        self._held = held
        held.setParent(self)

    def sizeHint(self) -> QSize:
        return self._held.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return least(self._held)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._held.resize(event.size())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)


def least(widget: QWidget) -> QSize:
    """The least size of a widget: its own limits count as much as what it asks for."""
    return widget.minimumSizeHint().expandedTo(widget.minimumSize())
