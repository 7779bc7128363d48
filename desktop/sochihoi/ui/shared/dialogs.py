"""Dialogs: only for a decision with consequences, a password, a wizard. The title is the question, buttons answer
it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.message_bar import MessageBar

NARROW, WIDE = 480, 720


class Dialog(QDialog):
    """Title, body, buttons at the bottom right. Fill ``body``; ``add_button`` in order, the deed last.

    ``message`` is a bar inside the dialog for what went wrong.
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
        column.addWidget(self.heading)
        self.message = MessageBar()
        column.addWidget(self.message)
        self.body = QVBoxLayout()
        self.body.setSpacing(size.space_3)
        column.addLayout(self.body, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(size.space_2)
        self.buttons.addStretch(1)
        column.addSpacing(size.space_1)
        column.addLayout(self.buttons)

    def add_button(self, text: str, press: Callable[[], None], role: str = "", *, default: bool = False) -> QPushButton:
        """A button at the bottom; ``default`` is what Enter presses (never a ``danger``)."""
        made = button(text, press, role)
        made.setDefault(default)
        self.buttons.addWidget(made)
        return made


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
