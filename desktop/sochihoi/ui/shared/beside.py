"""Slow looks and slow deeds: at once in a small commune, on the worker thread in a large one.

With thousands of members, a year of the journal and of figures takes seconds: the window must not stand still for them.
With some hundreds it is the first look at a month that takes so long.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from sochihoi.domain.errors import Cancelled, UserError
from sochihoi.domain.periods import Period
from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.page import Page

T = TypeVar("T")
SOME = 100  # members from which counting a month takes longer than a tenth of a second


def takes_time(context: Context, counted: Period | None = None) -> bool:
    """Whether a look takes longer than a tenth of a second. ``counted``: it does not once this period is counted."""
    from sochihoi.services.month_checks import current_members

    if counted is not None and context.office.figures.knows(counted):
        return False
    return current_members(context.office) >= SOME


def do(
    context: Context,
    owner: QWidget,
    work: Callable[[Progress], T],
    done: Callable[[T], None],
    *,
    title: str,
    failed: Callable[[UserError], None] | None = None,
    stop_says: str = "",
    stopped: Callable[[], None] | None = None,
    slow: bool = False,
) -> None:
    """Do something that changes the book. Exactly one of ``done``, ``failed`` and ``stopped`` follows.

    ``slow``: it takes more than a second in a small commune too.

    Without ``failed`` the message bar says the problem. ``stop_says`` is what stopping does; without it the work
    cannot be stopped. ``owner`` is the page that asked: when it is gone by then, it hears nothing more.
    """
    refused = failed or context.shell.show_error
    if not (slow or context.is_large()):
        try:
            made = work(Unwatched())
        except UserError as problem:
            refused(problem)
        except OSError as problem:
            context.shell.show_error(problem)
        else:
            done(made)
        return

    def watched(progress: Progress) -> tuple[T] | None:
        try:
            return (work(progress),)
        except Cancelled:
            return None

    def ended(made: tuple[T] | None) -> None:
        if not shiboken6.isValid(owner):
            return
        if made is not None:
            done(made[0])
        elif stopped is not None:
            stopped()

    context.shell.run_job(
        watched,
        ended,
        title=title,
        stop_says=stop_says,
        failed=lambda problem: refused(problem) if shiboken6.isValid(owner) else None,
    )


def focus_late(page: Page) -> None:
    """What was waited for is there: the keys go to it, unless she went somewhere else meanwhile."""

    def give() -> None:
        focus = QApplication.focusWidget()
        waiting = focus is None or not focus.isVisible() or focus.isAncestorOf(page) or focus is page
        first = page.first_focus()
        if page.isVisible() and waiting and first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    QTimer.singleShot(0, page, give)  # a button that was made just now can take no focus yet


class Reading:
    """What a page shows. Of several readings asked for, only the last one is shown."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        self._context, self._owner = context, owner
        self._asked = 0

    def read(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        *,
        title: str,
        failed: Callable[[UserError], None],
        waiting: Callable[[], None],
        slow: bool = False,
    ) -> None:
        """Exactly one of ``done`` and ``failed`` follows, unless another reading was asked for meanwhile.

        ``waiting`` comes first when it goes on beside the window.
        """
        self._asked += 1
        asked = self._asked

        def still() -> bool:
            return asked == self._asked

        if slow or self._context.is_large():
            waiting()
        do(
            self._context,
            self._owner,
            # one that nobody waits for any more is not begun
            lambda _progress: (work(),) if still() else None,
            lambda made: done(made[0]) if made is not None and still() else None,
            title=title,
            failed=lambda problem: failed(problem) if still() else None,
            slow=slow,
        )
