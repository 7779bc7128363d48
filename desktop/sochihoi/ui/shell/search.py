"""Search for anyone, from anywhere (F3): a field, and what it finds in a list under it. Waits 200 ms after the last
key.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Found

WAIT_MS = 200  # UniKey rewrites a letter by sending Backspace: a search at once would look for halves of letters


class SearchBox(QLineEdit):
    """``opened(Found)`` on Enter or a click. ``find`` gives at most 12 rows, best first."""

    opened = Signal(object)

    def __init__(self, find: Callable[[str], Sequence[Found]], host: QWidget) -> None:
        super().__init__()
        self._find = find
        self._host = host
        self._found: list[Found] = []
        name = _("Find a member, household, phone…")
        self.setPlaceholderText(f"{name} (F3)")
        self.setAccessibleName(name)
        self.setProperty("role", "search")
        self.setClearButtonEnabled(False)
        size = style.sizes()
        self._glass = QLabel(self)
        style.put_icon(self._glass, "search", "muted", size.icon - 2)
        self._glass.move(size.space_2 + 2, (size.control - size.icon + 2) // 2)
        self.setTextMargins(size.icon + size.space_2, 0, 0, 0)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(WAIT_MS)
        self._clock.timeout.connect(self.search_now)
        self.textEdited.connect(lambda _text: self._clock.start())

        self.popup = QFrame(host)  # a child, not a window: the focus stays in the field while she types
        self.popup.setObjectName("popup")
        column = QVBoxLayout(self.popup)
        column.setContentsMargins(size.space_1, size.space_1, size.space_1, size.space_1)
        self.list = QListWidget()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(_("Found"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.list)
        self._none = label("", tone="muted", wrap=True)
        self._none.setContentsMargins(size.space_2, size.space_2, size.space_2, size.space_2)
        column.addWidget(self._none)
        self.popup.hide()
        self.list.itemClicked.connect(lambda item: self._open(self.list.row(item)))
        host.installEventFilter(self)

    def search_now(self) -> None:
        """Look for what stands in the field and show it."""
        self._clock.stop()
        text = self.text().strip()
        if not text:
            self.popup.hide()
            return
        self._found = list(self._find(text))
        self.list.clear()
        size = style.sizes()
        for row in self._found:
            item = QListWidgetItem(style.icon(row.icon, "muted"), "")
            item.setSizeHint(QSize(0, size.row + size.space_3))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.title}, {row.detail}")
            self.list.addItem(item)
            lines = label(
                f'<span style="font-weight:600">{row.title}</span><br>'
                f'<span style="font-size:{size.small}px; color:{style.tokens().muted}">{row.detail}</span>'
            )
            self.list.setItemWidget(item, lines)  # at most 12 rows: no list of the book is made this way
            lines.setContentsMargins(size.space_3, 0, 0, 0)
        if self._found:
            self.list.setCurrentRow(0)
        self.list.setVisible(bool(self._found))
        self._none.setVisible(not self._found)
        self._none.setText(_("Nobody and nothing matches “{text}”.").format(text=text))
        self._place()
        self.popup.show()
        self.popup.raise_()

    def found(self) -> list[Found]:
        """What the list shows."""
        return list(self._found) if not self.popup.isHidden() else []

    def _place(self) -> None:
        size = style.sizes()
        host = self._host
        width = min(max(self.width(), round(420 * size.body / 14)), host.width() - 2 * size.space_2)
        corner = self.mapTo(host, QPoint(self.width() - width, self.height() + 4))
        rows = max(len(self._found), 1)
        height = min(rows * (size.row + size.space_3) + size.space_4, host.height() - corner.y() - size.space_2)
        self.popup.setGeometry(max(corner.x(), size.space_2), corner.y(), width, height)

    def _open(self, at: int) -> None:
        if 0 <= at < len(self._found):
            row = self._found[at]
            self.popup.hide()
            self.clear()
            self.opened.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._clock.isActive() or self.popup.isHidden():
                self.search_now()
            else:
                self._open(self.list.currentRow())
        elif key == Qt.Key.Key_Escape:
            self.popup.hide()
            self.clear()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not self.popup.isHidden():
            by = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(min(max(self.list.currentRow() + by, 0), self.list.count() - 1))
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.popup.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.popup.isHidden():
            self._place()
        return super().eventFilter(watched, event)
