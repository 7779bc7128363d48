"""Sinh hoạt: the list of the month, the attendance of a meeting, its minutes. One page of the navigation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from sochihoi.domain.errors import NotFound
from sochihoi.ui.meetings.attendance_page import AttendancePage
from sochihoi.ui.meetings.list_page import ListPage
from sochihoi.ui.meetings.minutes_page import MinutesPage
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.page import Page


def build(context: Context) -> Page:
    """The page of the navigation."""
    return MeetingsPage(context)


class MeetingsPage(Page):
    """Hands everything on to the one of its three pages that is shown.

    ``refresh(meeting_id=…, view="attendance" | "minutes")`` opens a meeting; ``refresh(tab="proposals")`` the list of
    what waits for an answer; without arguments the place is kept.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.month = ListPage(context)
        self.attendance = AttendancePage(context)
        self.minutes = MinutesPage(context)
        self._stack = QStackedWidget()
        for page in (self.month, self.attendance, self.minutes):
            self._stack.addWidget(page)
        # each of the three has its own title and bar: the frame of this one stays empty
        outer = self.layout()
        if outer is not None:
            body = outer.itemAt(0)
            if body is not None and (frame := body.widget()) is not None:
                frame.hide()
            outer.addWidget(self._stack)
        self._shown_period = context.period
        self.month.attendance.connect(self.open_attendance)
        self.month.minutes.connect(self.open_minutes)
        self.attendance.back.connect(self.open_list)
        self.attendance.minutes.connect(self.open_minutes)
        self.attendance.step.connect(self._step)
        self.minutes.back.connect(self.open_list)
        self.minutes.attendance.connect(self.open_attendance)

    def current(self) -> Page:
        """The page that is shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else self.month

    def refresh(self, *, meeting_id: str = "", view: str = "attendance", **args: Any) -> None:
        if meeting_id:
            (self.open_minutes if view == "minutes" else self.open_attendance)(meeting_id)
            return
        if args or self._shown_period != self.context.period:
            self._shown_period = self.context.period
            self._stack.setCurrentWidget(self.month)
        try:
            self.current().refresh(**args)
        except NotFound:
            self.open_list()
        else:
            self._back_when_called_off()

    def _back_when_called_off(self) -> None:
        """After an undo of its planning the meeting shown is no more."""
        shown = self.current()
        if isinstance(shown, AttendancePage | MinutesPage):
            row = self.context.office.meetings.row(shown.meeting_id)
            if row is None:
                self.open_list()

    def open_list(self) -> None:
        """The month."""
        self._stack.setCurrentWidget(self.month)
        self.month.refresh()
        self.month.table.view.setFocus()

    def open_attendance(self, meeting_id: str) -> None:
        """Who was at a meeting."""
        self.attendance.open(meeting_id)
        self._show(self.attendance)

    def open_minutes(self, meeting_id: str) -> None:
        """What was said at a meeting."""
        self.minutes.open(meeting_id)
        self._show(self.minutes)

    def _show(self, page: Page) -> None:
        self._stack.setCurrentWidget(page)
        self.context.shell.clear_message()
        focus = page.first_focus()
        if focus is not None:
            focus.setFocus()

    def _step(self, meeting_id: str, step: int) -> None:
        """The meeting before or after this one in the list of the month."""
        lines = self.context.office.meetings.of_month(self.context.period)
        ids = [line.meeting.id for line in lines if line.meeting is not None]
        if meeting_id in ids:
            at = ids.index(meeting_id) + step
            if 0 <= at < len(ids):
                self.open_attendance(ids[at])

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
