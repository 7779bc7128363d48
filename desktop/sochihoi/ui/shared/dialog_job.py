"""Slow work that a window over the window asked for: its own bar says what goes on and can stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import shiboken6
from PySide6.QtWidgets import QWidget

from sochihoi.domain.errors import Cancelled, UserError
from sochihoi.i18n import _
from sochihoi.ui import words
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.jobs import Progress
from sochihoi.ui.shared.message_bar import MessageBar

T = TypeVar("T")


class DialogJob:
    """One work at a time. ``hold(held=…)`` keeps the buttons of the window back meanwhile."""

    def __init__(self, context: Context, owner: QWidget, message: MessageBar, hold: Callable[[bool], None]) -> None:
        self._context, self._owner, self._message, self._hold = context, owner, message, hold
        self._progress: Progress | None = None

    def do(self, work: Callable[[Progress], T], done: Callable[[T], None], title: str, stopped: str = "") -> None:
        """On the worker thread; when the window is gone by then, it hears nothing more. ``stopped``: what is said
        then, that what is written stays unless told otherwise.
        """

        def watched(progress: Progress) -> tuple[T] | None:
            self._progress = progress
            try:
                return (work(progress),)
            except Cancelled:
                return None

        def ended(made: tuple[T] | None) -> None:
            if not shiboken6.isValid(self._owner):
                return
            self._hold(False)  # noqa: FBT003
            self._message.clear()
            if made is not None:
                done(made[0])
            else:
                self._message.say("info", stopped or _("Stopped. What is written already stays."))

        def failed(problem: UserError) -> None:
            if shiboken6.isValid(self._owner):
                self._hold(False)  # noqa: FBT003
                self._message.say("bad", str(words.say(problem)))

        self._hold(True)  # noqa: FBT003
        self._message.say("info", title, [(_("Stop"), self.stop)])
        self._context.shell.run_job(watched, ended, title=title, failed=failed)

    def stop(self) -> None:
        """At its next step."""
        if self._progress is not None:
            self._progress.stop()
