"""A page title that gives way: campaigns have long names, and the window may be narrow."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from sochihoi.ui import style
from sochihoi.ui.shared.page import Page


class HeadlinePage(Page):
    """A page whose title is cut with "…" where the row is too narrow; the tooltip has all of it."""

    _whole = ""

    def set_headline(self, title: str, note: str = "") -> None:
        """The title and the muted note beside it."""
        self._whole = title
        self._title.setMinimumWidth(style.sizes().panel // 2)
        self._title.setToolTip(title)
        self._title.setAccessibleName(title)
        self.set_title(title, note)
        self._fit_headline()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._fit_headline()

    def _fit_headline(self) -> None:
        size = style.sizes()
        taken = self.title_actions.sizeHint().width() + 2 * size.space_5 + 4 * size.space_2
        if not self._note.isHidden():
            taken += self._note.sizeHint().width() + size.space_2
        room = max(self.width() - taken, self._title.minimumWidth())
        self._title.setText(self._title.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))
