"""What the window says around a page, and the work it does for one: messages, toasts, jobs, help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sochihoi.domain.errors import UserError
from sochihoi.ui import words
from sochihoi.ui.shared.context import Action, Context, Kind
from sochihoi.ui.shared.jobs import Job, Jobs, Progress
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shell.book import Book
from sochihoi.ui.shell.frame import Frame
from sochihoi.ui.shell.help import help_dialog

T = TypeVar("T")


class Speaking:
    """The part of the shell that pages talk through. Before a book is open all of it is silent."""

    jobs: Jobs
    book: Book | None = None
    context: Context | None = None
    frame: Frame | None = None
    current_key = ""

    def show_crash(self, error: BaseException) -> None:
        """A fault of ours."""
        raise NotImplementedError

    def go(self, page_key: str, **args: Any) -> None:
        """Open a page of the navigation."""
        raise NotImplementedError

    def page(self) -> Page | None:
        """The page that is shown."""
        return self.frame.page() if self.frame is not None else None

    def toast(self, text: str, undo: Callable[[], None] | None = None) -> None:
        if self.frame is not None:
            self.frame.toast.say(text, undo)
            if undo is not None and self.context is not None:
                self.saved_at(self.context.office.now)

    def message(self, kind: Kind | str, text: str, actions: Sequence[Action] = ()) -> None:
        if self.frame is not None:
            self.frame.say(kind.value if isinstance(kind, Kind) else kind, text, actions)

    def clear_message(self) -> None:
        if self.frame is not None:
            self.frame.message.clear()

    def show_error(self, error: UserError | OSError) -> None:
        self.message(Kind.BAD, str(words.say(error)))

    def saved_at(self, moment: datetime) -> None:
        if self.frame is not None:
            self.frame.top.set_saved(moment)

    def help(self) -> None:
        """F1."""
        page = self.page()
        if page is not None and self.book is not None and self.frame is not None:
            name = next(place.label() for place in self.book.places if place.key == self.current_key)
            help_dialog(self.frame, name, page.help_text()).open()

    def run_job(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        *,
        title: str,
        stop_says: str = "",
        failed: Callable[[UserError], None] | None = None,
    ) -> None:
        def broken(error: BaseException) -> None:
            if isinstance(error, UserError) and failed is not None:
                failed(error)
            elif isinstance(error, UserError | OSError):
                self.show_error(error)
            else:
                self.show_crash(error)

        self.jobs.start(Job(work, done, broken, title=title, stop_says=stop_says))

    def _follow(self, job: Job) -> None:
        if self.frame is not None:
            self.frame.jobs.follow(job)
