"""Dialogs: only for a decision with consequences, a password, a wizard. The title is the question, buttons answer
it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.message_bar import MessageBar

NARROW, WIDE = 480, 720
TITLE_BAR = 40  # pixels that the frame of a window takes at most


class Dialog(QDialog):
    """Title, body, buttons at the bottom right. Fill ``body``; ``add_button`` in order, the deed last.

    ``message`` is a bar inside the dialog for what went wrong. A dialog is as high as its body needs, and never higher
    than the screen: then the body scrolls and the buttons stay in sight.
    """

    def __init__(self, parent: QWidget | None, title: str, *, width: int = NARROW) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Branch book"))
        size = style.sizes()
        self.setFixedWidth(round(width * size.body / 14))
        column = QVBoxLayout(self)
        column.setContentsMargins(size.space_5, size.space_5, size.space_5, size.space_4)
        column.setSpacing(size.space_3)
        self.heading = label(title, "head", wrap=True)
        top = _Inside(self.width() - 2 * size.space_5)
        top.rows.addWidget(self.heading)
        column.addWidget(top)
        self.message = MessageBar()
        column.addWidget(self.message)
        inside = _Inside(self.width() - 2 * size.space_5)
        self.body = inside.rows
        self._area = _Body(inside)
        self._grows = False
        column.addWidget(self._area, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(size.space_2)
        self.buttons.addStretch(1)
        column.addSpacing(size.space_1)
        column.addLayout(self.buttons)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._grows = not self.testAttribute(Qt.WidgetAttribute.WA_Resized)  # false: whoever made it chose a size
            self.setMaximumHeight(self.screen().availableGeometry().height() - TITLE_BAR)
            self._grow()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._grow()
        return done

    def _grow(self) -> None:
        """A sentence came under a field, or a bar on top: make room for it as far as the screen goes."""
        more = self._area.sizeHint().height() - self._area.height()
        if self._grows and more > 0:
            self.resize(self.width(), min(self.height() + more, self.maximumHeight()))
            self.setAttribute(Qt.WidgetAttribute.WA_Resized, on=False)

    def add_button(self, text: str, press: Callable[[], None], role: str = "", *, default: bool = False) -> QPushButton:
        """A button at the bottom; ``default`` is what Enter presses (never a ``danger``)."""
        made = button(text, press, role)
        made.setDefault(default)
        self.buttons.addWidget(made)
        return made


class _Inside(QWidget):
    """As high as its rows are at the width of the dialog. A wrapped label by itself asks for the lines of a narrow
    column, whatever the width: added up, those would be far too many."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self._width = width
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(style.sizes().space_3)

    def sizeHint(self) -> QSize:
        rows, width = self.rows, self._width
        high = rows.totalHeightForWidth(width) if rows.hasHeightForWidth() else rows.totalSizeHint().height()
        return QSize(width, high)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.rows.totalMinimumSize().width(), self.sizeHint().height())


class _Body(QScrollArea):
    """Asks for all that the body needs; gets along with a few lines."""

    def __init__(self, inside: _Inside) -> None:
        super().__init__()
        self._inside = inside
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(inside)

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(120, min(self.sizeHint().height(), 5 * style.sizes().row))

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return done


def ask(
    parent: QWidget | None, question: str, consequence: str, deed: str, leave: str, *, danger: bool = False
) -> bool:
    """ "Chốt số liệu tháng 10?" / "Sau khi chốt, số liệu không đổi nữa." / [Chưa chốt] [Chốt số liệu]. True: do it.

    Enter does the deed unless it is a danger; Esc leaves it.
    """
    dialog = Dialog(parent, question)
    dialog.setObjectName("question")
    dialog.body.addWidget(label(consequence, wrap=True))
    stay = dialog.add_button(leave, dialog.reject, default=danger)
    go = dialog.add_button(deed, dialog.accept, "danger" if danger else "primary", default=not danger)
    (stay if danger else go).setFocus()
    return dialog.exec() == QDialog.DialogCode.Accepted


def choose_file(parent: QWidget | None, title: str, kinds: str, folder: Path | None = None) -> Path | None:
    """A file to open; ``kinds`` as Qt writes it: ``"Excel (*.xlsx *.xls)"``. ``None`` when nothing was chosen."""
    name, _kind = QFileDialog.getOpenFileName(parent, title, str(folder or ""), kinds)
    return Path(name) if name else None


def choose_target(parent: QWidget | None, title: str, name: str, kinds: str) -> Path | None:
    """A file to write, with a proposed name or path. Qt asks before an existing one is replaced."""
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, name, kinds)
    return Path(chosen) if chosen else None


def choose_folder(parent: QWidget | None, title: str, folder: Path | None = None) -> Path | None:
    """A folder, such as a plugged-in stick."""
    chosen = QFileDialog.getExistingDirectory(parent, title, str(folder or ""))
    return Path(chosen) if chosen else None


def lines(texts: Sequence[str]) -> QWidget:
    """Several sentences under each other, for the body of a dialog."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    for text in texts:
        column.addWidget(label(text, wrap=True))
    return box
