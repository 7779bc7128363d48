"""Sinh hoạt: the list of the month, the attendance of a meeting, its minutes. One page of the navigation."""

from __future__ import annotations

from sochihoi.domain.errors import NotFound
from sochihoi.ui.meetings.attendance_page import AttendancePage
from sochihoi.ui.meetings.list_page import ListPage
from sochihoi.ui.meetings.minutes_page import MinutesPage
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.stacked import StackedPage


def build(context: Context) -> Page:
    """The page of the navigation."""
    return MeetingsPage(context)


class MeetingsPage(StackedPage):
    """Hands everything on to the one of its three pages that is shown.

    ``refresh(meeting_id=…, view="attendance" | "minutes")`` opens a meeting; ``refresh(tab="proposals")`` the list of
    what waits for an answer; without arguments the place is kept.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.month = ListPage(context)
        self.attendance = AttendancePage(context)
        self.minutes = MinutesPage(context)
        self.hold(self.month, self.attendance, self.minutes)
        self._shown_period = context.period
        self.month.attendance.connect(self.open_attendance)
        self.month.minutes.connect(self.open_minutes)
        self.attendance.back.connect(self.open_list)
        self.attendance.minutes.connect(self.open_minutes)
        self.attendance.step.connect(self._step)
        self.minutes.back.connect(self.open_list)
        self.minutes.attendance.connect(self.open_attendance)

    def refresh(self, *, meeting_id: str = "", view: str = "attendance", tab: str = "") -> None:
        if meeting_id:
            (self.open_minutes if view == "minutes" else self.open_attendance)(meeting_id)
            return
        if tab or self._shown_period != self.context.period:
            self._shown_period = self.context.period
            self._stack.setCurrentWidget(self.month)
        try:
            if self.current() is self.month:
                self.month.refresh(tab=tab)
            else:
                self.current().refresh()
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

    def _step(self, meeting_id: str, step: int) -> None:
        """The meeting before or after this one in the list of the month."""
        lines = self.context.office.meetings.of_month(self.context.period)
        ids = [line.meeting.id for line in lines if line.meeting is not None]
        if meeting_id in ids:
            at = ids.index(meeting_id) + step
            if 0 <= at < len(ids):
                self.open_attendance(ids[at])
