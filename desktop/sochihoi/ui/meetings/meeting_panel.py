"""The side panel of the month's list: one branch, its meeting, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu

from sochihoi.domain.meeting_records import BranchLine, MeetingRow
from sochihoi.domain.meetings import MeetingState
from sochihoi.i18n import _, number, weekday_date
from sochihoi.ui.meetings import presenter
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.buttons import icon_button
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.history_view import HistoryView
from sochihoi.ui.shared.panel import Facts, Panel
from sochihoi.ui.shared.table import MenuItem, fill_menu
from sochihoi.ui.words.meetings import kind_name
from sochihoi.ui.words.story import story

Deed = tuple[str, str, str]  # code, words, icon


class MeetingPanel(Panel):
    """``asked(line, code)``: do this with the meeting."""

    asked = Signal(object, str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._line: BranchLine | None = None
        self._closed = False
        self.facts = Facts()
        self.add_tab(_("Meeting"), self.facts)
        self.history = HistoryView(context)
        self.add_tab(_("History"), self.history)
        self.tab_changed.connect(lambda _at: self._tell())
        self.first = self.add_action(_("Attendance"), lambda: self._ask("attendance"))
        self.second = self.add_action(_("Minutes"), lambda: self._ask("minutes"))
        self.plan_button = self.add_action(_("Plan a meeting"), lambda: self._ask("plan"))
        self.action_row.addStretch(1)
        self.more = icon_button("ellipsis", _("More about this meeting"), self._menu)
        self.action_row.addWidget(self.more)

    def show_line(self, line: BranchLine, *, closed: bool) -> None:
        """Show a branch and its meeting. It does not open the panel."""
        self._line, self._closed = line, closed
        today = self._context.today()
        told = presenter.standing(line, today)
        badges = [Badge(told.text, told.tone)]
        meeting = line.meeting
        for button in (self.first, self.second, self.more):
            button.setVisible(meeting is not None)
        self.plan_button.setVisible(meeting is None and not closed and not self._context.read_only)
        if meeting is None:
            self.set_head(line.branch, "", badges)
            self.facts.set_facts([])
            self.history.show_story(())
            return
        under = f"{meeting.code} · {weekday_date(meeting.held_on)}"
        self.set_head(line.branch, f"{under}, {meeting.starts_at}" if meeting.starts_at else under, badges)
        self.facts.set_facts(self._facts(meeting))
        self._tell()

    def _tell(self) -> None:
        """Read when its tab is open."""
        meeting = self._line.meeting if self._line is not None else None
        if meeting is not None and self.tabs.currentIndex() == 1:
            self.history.show_story(story(self._context.office, "meeting", meeting.id))

    def _facts(self, meeting: MeetingRow) -> list[tuple[str, str] | tuple[str, str, str] | None]:
        told, minutes = meeting.tally, presenter.minutes_standing(meeting, self._context.today())
        facts: list[tuple[str, str] | tuple[str, str, str] | None] = [
            (_("Topic"), meeting.topic or "—"),
            (_("Kind"), kind_name(meeting.kind)),
            (_("Place"), meeting.place or "—"),
            None,
        ]
        if told.roster:
            facts += [
                (_("On the roster"), number(told.roster)),
                (_("Present"), f"{number(told.present)} ({presenter.rate(meeting)})"),
                (_("Excused"), number(told.excused)),
                (_("Absent"), number(told.absent)),
            ]
            if told.unmarked:
                facts.append((_("Not marked"), number(told.unmarked), "warn"))
            facts += [(_("Guests"), number(meeting.guests)), None]
        if minutes is not None:
            facts.append((_("Minutes"), minutes.text, minutes.tone if minutes.tone == "warn" else "text"))
        if meeting.open_proposals:
            facts.append((_("Waiting for an answer"), number(meeting.open_proposals)))
        return facts

    def deeds(self, line: BranchLine, *, closed: bool) -> Sequence[Deed | None]:
        """What can be done with a meeting as it stands."""
        may, meeting = not closed and not self._context.read_only, line.meeting
        if meeting is None:
            return [("plan", _("Plan a meeting"), "calendar")] if may else []
        found: list[Deed | None] = [
            ("attendance", _("Attendance"), "check"),
            ("minutes", _("Minutes"), "file-text"),
            None,
        ]
        if may or meeting.state is not MeetingState.PLANNED:
            found.append(("print", _("Print the sheet"), "printer"))
        found.append(("print_minutes", _("Print the minutes"), "printer"))
        if may and meeting.state is not MeetingState.CLOSED:
            found += [None, ("change", _("Change day, time, place…"), "pencil")]
            if meeting.state is MeetingState.PLANNED:
                found.append(("cancel", _("Call off the meeting"), "x"))
            else:
                found.append(("unfreeze", _("Give up the roster"), "undo-2"))
        return found

    def _menu(self) -> None:
        if self._line is None:
            return
        line, menu = self._line, QMenu(self)
        fill_menu(
            menu,
            [
                None if deed is None else MenuItem(deed[1], lambda name=deed[0]: self.asked.emit(line, name), deed[2])  # type: ignore[misc]
                for deed in self.deeds(line, closed=self._closed)
            ],
        )
        menu.popup(self.more.mapToGlobal(QPoint(0, 0)) - QPoint(0, menu.sizeHint().height()))

    def _ask(self, deed: str) -> None:
        if self._line is not None:
            self.asked.emit(self._line, deed)
