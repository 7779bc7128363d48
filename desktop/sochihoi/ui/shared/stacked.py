"""A page of the navigation that holds several pages and shows one of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.stack import Stack


class StackedPage(Page):
    """Hands everything that the shell asks on to the page that is shown. Subclass it, ``hold`` its pages, and say in
    ``refresh`` which of them is shown.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._stack = Stack()
        self._pages: tuple[Page, ...] = ()

    def hold(self, *pages: Page) -> None:
        """Its pages; the first is shown to begin with. Called once, before anything else is asked of it."""
        self._pages = pages
        for page in pages:
            self._stack.addWidget(page)
        # each of them has its own title and bar: the frame of this one stays empty
        self._body.parentWidget().hide()
        self._outer.addWidget(self._stack)

    def current(self) -> Page:
        """The page that is shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else self._pages[0]

    def _show(self, page: Page) -> None:
        """Another page: what the message bar said of the one before is over."""
        self._stack.setCurrentWidget(page)
        self.context.shell.clear_message()
        self._focus(page)

    @staticmethod
    def _focus(page: Page) -> None:
        focus = page.first_focus()
        if focus is not None:
            focus.setFocus()

    # -- what the shell asks goes to the page that is shown ----------------------------------------------------------

    def on_new(self) -> None:
        self.current().on_new()

    def on_print(self) -> None:
        self.current().on_print()

    def on_find(self) -> None:
        self.current().on_find()

    def on_why(self) -> None:
        self.current().on_why()

    def on_finish(self) -> None:
        self.current().on_finish()

    def on_next(self, step: int) -> None:
        self.current().on_next(step)

    def on_escape(self) -> bool:
        return self.current().on_escape()

    def help_text(self) -> str:
        return self.current().help_text()

    def first_focus(self) -> QWidget | None:
        return self.current().first_focus()

    def areas(self) -> Sequence[QWidget]:
        return self.current().areas()
