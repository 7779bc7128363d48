"""Navigation, top bar and the place of the pages: one widget for an open book. Layout only; the shell moves it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.message_bar import MessageBar
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.stack import Room, Stack
from sochihoi.ui.shared.toast import Toast
from sochihoi.ui.shell.book import Book
from sochihoi.ui.shell.job_bar import JobBar
from sochihoi.ui.shell.navigation import Navigation
from sochihoi.ui.shell.search import SearchBox
from sochihoi.ui.shell.topbar import TopBar


class Frame(QWidget):
    """What surrounds the pages."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self.setObjectName("page")
        size = style.sizes()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.nav = Navigation(book.places)
        row.addWidget(self.nav)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.search = SearchBox(book.find, self)
        self.top = TopBar(self.search, book.today)
        self.search.setVisible(book.finds)
        column.addWidget(self.top)
        self.jobs = JobBar()
        column.addWidget(self.jobs)
        bars = QWidget()
        held = QVBoxLayout(bars)
        held.setContentsMargins(size.space_5, 0, size.space_5, 0)
        held.setSpacing(0)
        self.demo = MessageBar(closable=False)
        self.message = MessageBar()
        for bar in (self.demo, self.message):
            held.addSpacing(0)
            held.addWidget(bar)
        self._bars = held
        column.addWidget(bars)
        if book.demo:
            own = [(_("Begin a book of our own"), book.begin_own)] if book.begin_own is not None else []
            self.demo.say("info", _("This is a demonstration commune with invented people."), own)
        if book.banner:
            self.demo.say("warn", book.banner)
        self.pages = Stack()
        self.room = Room(self.pages)
        column.addWidget(self.room, 1)
        row.addWidget(right, 1)
        self.toast = Toast(right)
        self._space()
        self.message.closed.connect(self._space)
        # Tab goes through the content first and comes to the navigation last
        QWidget.setTabOrder(self.search, self.nav)

    def _space(self) -> None:
        """Air above a bar only when there is one."""
        size = style.sizes()
        shown = not self.demo.isHidden() or not self.message.isHidden()
        both = not self.demo.isHidden() and not self.message.isHidden()
        self._bars.setContentsMargins(size.space_5, size.space_3 if shown else 0, size.space_5, 0)
        self._bars.setSpacing(size.space_2 if both else 0)

    def say(self, kind: str, text: str, actions: object = ()) -> None:
        """Show the message bar."""
        self.message.say(kind, text, actions)  # type: ignore[arg-type]
        self._space()

    def page(self) -> Page | None:
        """The page that is shown."""
        shown = self.pages.currentWidget()
        return shown if isinstance(shown, Page) else None
