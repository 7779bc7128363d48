"""What every part of a page with tabs has in common: it can be read again, and it says what was done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.ui import style
from sochihoi.ui.shared.context import Context


class Part(QWidget):
    """Fill ``self.column``; say in ``refresh`` what is to be read again."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(style.sizes().space_3)

    def refresh(self) -> None:
        """Read everything shown again."""

    def on_new(self) -> None:
        """Ctrl+N."""

    def first_focus(self) -> QWidget | None:
        """The first useful field."""
        return None

    def acted(self, said: str, *, undo: bool = True) -> None:
        """Something was done: read again, say it, offer the way back."""
        self.refresh()
        shell = self.context.shell
        shell.saved_at(self.context.office.now)
        shell.toast(said, self._undo if undo else None)

    def _undo(self) -> None:
        try:
            self.context.office.history.undo()
        except UserError as problem:
            self.context.shell.show_error(problem)
        self.context.shell.refresh_page()

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do it; a problem goes into the message bar. Whether it was done."""
        try:
            act()
        except (UserError, OSError) as problem:
            self.context.shell.show_error(problem)
            return False
        return True
