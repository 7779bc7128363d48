"""The columns of the meetings of a month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from sochihoi.domain.meeting_records import BranchLine
from sochihoi.domain.meetings import MeetingState
from sochihoi.i18n import _, day_month
from sochihoi.ui.meetings import presenter
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.columns import Column


def month_columns(today: Callable[[], date]) -> tuple[Column[BranchLine], ...]:
    """Day, branch, topic, who was there, where the sheet and the minutes stand."""

    def minutes(line: BranchLine) -> Sequence[Badge]:
        told = presenter.minutes_standing(line.meeting, today())
        return () if told is None else (Badge(told.text, told.tone),)

    def state(line: BranchLine) -> Sequence[Badge]:
        told = presenter.standing(line, today())
        return (Badge(told.text, told.tone),)

    return (
        Column(
            lambda: _("Day"),
            lambda line: day_month(line.meeting.held_on) if line.meeting else "—",
            width=72,
            key="day",
            sort=lambda line: (line.meeting.held_on, line.meeting.code) if line.meeting else None,
        ),
        Column(lambda: _("Branch"), lambda line: line.branch, width=140, strong=True, key="branch"),
        Column(
            lambda: _("Topic"),
            lambda line: (line.meeting.topic or _("no topic yet")) if line.meeting else "",
            stretch=True,
            key="topic",
            tone=lambda line: "text" if line.meeting and line.meeting.topic else "muted",
        ),
        Column(
            lambda: _("Present"),
            lambda line: presenter.presence(line.meeting.tally) if line.meeting else "—",
            width=76,
            align="right",
            key="present",
        ),
        Column(
            lambda: _("Rate"),
            lambda line: presenter.rate(line.meeting),
            width=78,
            align="right",
            key="rate",
            sort=lambda line: (
                line.meeting.tally.rate if line.meeting and line.meeting.state is MeetingState.CLOSED else None
            ),
        ),
        Column(lambda: _("Attendance"), lambda _line: "", width=136, key="state", badges=state),
        Column(lambda: _("Minutes"), lambda _line: "", width=100, key="minutes", badges=minutes),
    )
