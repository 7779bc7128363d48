"""A page title that gives way: campaigns have long names, and the window may be narrow."""

from __future__ import annotations

from typing import Any

from sochihoi.ui import style
from sochihoi.ui.shared.page import Page


class HeadlinePage(Page):
    """A page whose title breaks into lines where the row is too narrow: it can always be read whole."""

    def set_headline(self, title: str, note: str = "") -> None:
        """The title and the muted note beside it."""
        self._title.setAccessibleName(title)
        self.set_title(title, note)
        self._fit_headline()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._fit_headline()

    def _fit_headline(self) -> None:
        size, title = style.sizes(), self._title
        taken = self.title_actions.sizeHint().width() + 2 * size.space_5 + 4 * size.space_2
        if not self._note.isHidden():
            taken += self._note.sizeHint().width() + size.space_2
        title.ensurePolished()
        room = max(self.width() - taken, size.panel // 2)
        need = title.fontMetrics().horizontalAdvance(title.text()) + 2
        title.setWordWrap(need > room)
        title.setMinimumSize(0, 0)  # what it asks for is never less than its minimum
        title.setFixedSize(min(need, room), title.heightForWidth(room) if need > room else title.sizeHint().height())
