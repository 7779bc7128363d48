"""Marking who was there: by row numbers, by those absent, by name, or box by box."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.meeting_records import Closed, MeetingLack, MeetingSheet, RosterRow
from sochihoi.domain.meetings import Mark, MeetingState, UnmarkedNotStated
from sochihoi.domain.periods import Period
from sochihoi.domain.roster_typing import Understood
from sochihoi.i18n import _, day_month, number, percent, weekday_date
from sochihoi.ui import style, words
from sochihoi.ui.meetings.deeds import Deeds
from sochihoi.ui.meetings.dialogs import ask_freeze, choose_late_joiner
from sochihoi.ui.meetings.entry import Entry, Mode
from sochihoi.ui.meetings.roster import Roster
from sochihoi.ui.meetings.sheets import show_sheets
from sochihoi.ui.meetings.totals import Totals, why_rate
from sochihoi.ui.shared.buttons import button, strong
from sochihoi.ui.shared.context import Context, Kind
from sochihoi.ui.shared.forms import scrolled
from sochihoi.ui.shared.history_view import history_item
from sochihoi.ui.shared.message_bar import MessageBar
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.table import MenuItem
from sochihoi.ui.shared.why import WhyPanel
from sochihoi.ui.words.meetings import lack, mark_name, meeting_title
from sochihoi.ui.words.roster import closed_month, not_held_yet, written

_LOW = 560  # px at text size "Vừa": under it captions and the line below the roster go


class AttendancePage(Page):
    """One meeting. ``back``: to the list; ``minutes(id)``: write them; ``step(id, ±1)``: the meeting beside it."""

    back = Signal()
    minutes = Signal(str)
    step = Signal(str, int)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        size = style.sizes()
        self.meeting_id = self._place = ""
        self._sheet: MeetingSheet | None = None
        self._deeds = Deeds(context, self.refresh)
        self._modes = QButtonGroup(self)
        self.mode_chips = {}
        for mode, text in (
            (Mode.NUMBERS, _("Type the numbers")),
            (Mode.ABSENT, _("Only those absent")),
            (Mode.NAME, _("Find a name")),
        ):
            chip = button(text, None, "chip")
            chip.clicked.connect(lambda _on=False, mode=mode: self.set_mode(mode))
            self._modes.addButton(chip)
            self.title_actions.addWidget(chip)
            self.mode_chips[mode] = chip
        self.mode_chips[Mode.NUMBERS].setChecked(True)
        self.notice = MessageBar(closable=False)
        self.content.addWidget(self.notice)
        row = QHBoxLayout()
        row.setSpacing(size.space_4)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size.space_3)
        self.entry = Entry()
        column.addWidget(self.entry)
        self.roster = Roster(context, self._menu)
        self.late_button = self.roster.table.add_footer_action(
            _("Add somebody to the roster…"), self.add_late_joiner, "user-plus"
        )
        column.addWidget(self.roster, 1)
        row.addWidget(left, 1)
        self.totals = Totals()
        self._side = scrolled(self.totals)
        self._side.setFixedWidth(round(300 * size.body / 14))
        row.addWidget(self._side)
        self.why = WhyPanel()  # in the place of the totals: the roster keeps its width
        self.why.hide()
        self.why.closed.connect(self._side.show)
        row.addWidget(self.why)
        self.content.addLayout(row, 1)
        bar = self.action_bar()
        self.print_button = bar.add(_("&Print the sheet"), self.on_print, "", "printer")
        self.minutes_button = bar.add(_("&Write the minutes"), lambda: self.minutes.emit(self.meeting_id))
        self.finish_button = bar.add(_("&Finish the attendance"), self.on_finish, "primary", "check")
        self.freeze_button = bar.add(_("Freeze the &roster"), self.freeze, "primary")
        self.entry.wanted.connect(self._write)
        self.entry.narrowed.connect(lambda: self.roster.set_rows(self.entry.fitting()))
        self.entry.chosen.connect(lambda one: self._mark(one, Mark.PRESENT))
        self.entry.down.connect(self._into_list)
        self.roster.marked.connect(self._mark)
        self.roster.noted.connect(self._keep_note)
        self.totals.why.connect(self.on_why)
        self.totals.guests.connect(self._guests)
        self.totals.guests_wrong.connect(self._guests_wrong)

    # -- showing -----------------------------------------------------------------------------------------------------

    def open(self, meeting_id: str) -> None:
        """Show another meeting."""
        if meeting_id != self.meeting_id:
            self.meeting_id = meeting_id
            self.why.close_panel()
            self.totals.forget_meaning()
            self.set_mode(Mode.NUMBERS)
        self.refresh()

    def refresh(self) -> None:
        sheet = self.context.office.meetings.sheet(self.meeting_id)
        self._sheet = sheet
        meeting = sheet.meeting
        read_only = not self._may_mark(sheet)
        title = meeting_title(meeting.kind, meeting.held_on.month)
        self.set_title(_("Attendance: {meeting}").format(meeting=title))
        place = _("{branch} · {day}").format(branch=sheet.branch, day=weekday_date(meeting.held_on))
        if place != self._place:
            self._place = place
            self.set_breadcrumb([(_("Meetings"), self.back.emit), (place, None)])
        too_early = self._is_ahead(sheet) and sheet.tally.unmarked < sheet.tally.roster
        self.roster.read_only = read_only and not (too_early and self._may_change(sheet))
        self.entry.set_rows(sheet.rows)
        self.entry.set_read_only(read_only=read_only)
        self.entry.setVisible(not read_only)
        self.roster.set_rows(self.entry.fitting())
        self.roster.table.set_closed(closed=sheet.month_closed_on is not None)
        self._show_empty(sheet)
        ahead = self._is_ahead(sheet)
        self.totals.show_sheet(sheet, read_only=self.context.read_only or self._is_closed(sheet) or ahead)
        self._show_notice(sheet)
        planned = meeting.state is MeetingState.PLANNED
        may = not self.context.read_only and sheet.month_closed_on is None
        self.print_button.setVisible(not planned or may)
        self.finish_button.setVisible(not read_only)
        self.freeze_button.setVisible(may and planned)
        self.late_button.setVisible(self._may_change(sheet))
        for chip in self.mode_chips.values():
            chip.setEnabled(not read_only)
        self._show_keys(read_only=read_only)
        if not self.why.isHidden():
            self.why.show_why(why_rate(sheet))

    def _is_closed(self, sheet: MeetingSheet) -> bool:
        return sheet.meeting.state is MeetingState.CLOSED or sheet.month_closed_on is not None

    def _may_mark(self, sheet: MeetingSheet) -> bool:
        return self._may_change(sheet) and not self._is_ahead(sheet)

    def _may_change(self, sheet: MeetingSheet) -> bool:
        frozen = sheet.meeting.state is MeetingState.ROSTER_FROZEN
        return frozen and sheet.month_closed_on is None and not self.context.read_only

    def _is_ahead(self, sheet: MeetingSheet) -> bool:
        return sheet.meeting.is_ahead(self.context.today())

    def _show_empty(self, sheet: MeetingSheet) -> None:
        if sheet.meeting.state is MeetingState.PLANNED:
            may = not self.context.read_only and sheet.month_closed_on is None
            self.roster.table.set_no_match(None)
            self.roster.table.set_empty(
                "users", _("The roster of this meeting is not frozen yet. Freeze it, then print the sheet or mark.")
            )
            if may:
                self.freeze_button.setFocus()
        else:
            text = self.entry.line.text().strip() if self.entry.mode is Mode.NAME else ""
            words_shown = _("Nobody on this roster matches “{text}”.").format(text=text) if text else None
            self.roster.table.set_no_match(words_shown, lambda: self.set_mode(Mode.NAME))

    def _show_notice(self, sheet: MeetingSheet) -> None:
        meeting, closed_on = sheet.meeting, sheet.month_closed_on
        if closed_on is not None:
            actions = [(_("Make a supplement"), lambda: self.context.shell.go("reports"))]
            shown = [] if self.context.read_only else actions
            self.notice.say("info", closed_month(Period.month_of(meeting.held_on), closed_on), shown)
        elif meeting.state is MeetingState.CLOSED and meeting.closed_on is not None:
            text = _("The attendance of this meeting was finished on {day}.").format(day=day_month(meeting.closed_on))
            shown = [] if self.context.read_only else [(_("Open the attendance again"), self.reopen)]
            self.notice.say("info", text, shown)
        elif meeting.state is MeetingState.ROSTER_FROZEN and self._is_ahead(sheet):
            self.notice.say("info", not_held_yet(meeting.held_on))
        else:
            self.notice.clear()

    def _show_keys(self, *, read_only: bool) -> None:
        if read_only:
            self.action_bar().set_hint("")
            return
        keys = _("Keys: ↑ ↓ person · {one} present · {two} excused · {zero} absent · Delete takes it away · F2 note")
        self.action_bar().set_hint(keys.format(one=strong("1"), two=strong("2"), zero=strong("0")))

    def _menu(self, row: RosterRow) -> Sequence[MenuItem | None]:
        told = history_item(self.context, self, row.full_name, "attendance", row.id)
        if self.roster.read_only:
            return [told]
        marks: list[Mark | None] = [Mark.PRESENT, Mark.EXCUSED, Mark.ABSENT, None]
        items = [MenuItem(mark_name(mark), self._deeds.later(self._marking(row, mark))) for mark in marks]
        return [*items, None, MenuItem(_("Note…"), self.roster.edit_note, "pencil"), told]

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        low = self.height() < _LOW * style.sizes().body / 14
        self.entry.set_low(low=low)
        self.roster.table.footer.parentWidget().setVisible(not low)

    # -- doing -------------------------------------------------------------------------------------------------------

    def set_mode(self, mode: Mode) -> None:
        """Another way to mark."""
        self.mode_chips[mode].setChecked(True)
        self.entry.set_mode(mode)
        self.roster.set_rows(self.entry.fitting())
        self.entry.line.setFocus()

    def freeze(self) -> None:
        """Who is a member on the day gets a number."""
        by_cell = ask_freeze(self, 1)
        if by_cell is None:
            return
        meetings = self.context.office.meetings
        self._deeds.do(lambda: meetings.freeze([self.meeting_id], by_cell=by_cell), _("The roster is frozen."))
        self.entry.line.setFocus()

    def _write(self, text: str) -> None:
        told: list[Understood] = []
        absent_only = self.entry.mode is Mode.ABSENT

        def act() -> None:
            meetings = self.context.office.meetings
            told.append(meetings.type_marks(self.meeting_id, text, absent_only=absent_only))

        def refused(problem: UserError) -> bool:
            self.entry.say(str(words.say(problem)))
            return True

        if self._deeds.do(act, refused=refused):
            batch = self.context.office.meetings.last_batch
            self.entry.written()
            self.context.shell.toast(written(told[0]), self._deeds.undo(batch))

    def _marking(self, row: RosterRow, mark: Mark | None) -> Callable[[], None]:
        return lambda: self.context.office.meetings.mark_row(self.meeting_id, row.id, mark)

    def _mark(self, row: RosterRow, mark: Mark | None) -> None:
        self._deeds.do(self._marking(row, mark))

    def _keep_note(self, row: RosterRow, note: str) -> None:
        self._deeds.do(lambda: self.context.office.meetings.note_row(self.meeting_id, row.id, note))

    def _guests(self, count: int) -> None:
        self._deeds.do(lambda: self.context.office.meetings.set_guests(self.meeting_id, count))

    def _guests_wrong(self) -> None:
        self.context.shell.message(Kind.BAD, _("The number of guests is not a number. Type digits only."))

    def add_late_joiner(self) -> None:
        """Somebody who joined after the freeze."""
        chosen = choose_late_joiner(self, self.context.office.meetings.late_joiners(self.meeting_id))
        if chosen is not None:
            meetings = self.context.office.meetings
            self._deeds.do(
                lambda: meetings.add_to_roster(self.meeting_id, chosen), _("Added at the end of the roster.")
            )

    def reopen(self) -> None:
        """Correct a meeting whose attendance was finished."""
        meetings = self.context.office.meetings
        self._deeds.do(lambda: meetings.reopen(self.meeting_id), _("The attendance is open again."))

    def _into_list(self) -> None:
        view = self.roster.table.view
        if not view.currentIndex().isValid() and self.roster.table.model.rowCount():
            view.setCurrentIndex(self.roster.table.model.index(0, 0))
        view.setFocus()

    # -- keys --------------------------------------------------------------------------------------------------------

    def on_finish(self) -> None:
        if self._sheet is None or not self._may_mark(self._sheet):
            return
        told: list[Closed] = []

        def act() -> None:
            told.append(self.context.office.meetings.close(self.meeting_id, self.totals.meaning()))

        def refused(problem: UserError) -> bool:
            if isinstance(problem, UnmarkedNotStated):
                self.totals.ask_meaning()
            return False

        if not self._deeds.do(act, refused=refused):
            return
        batch = self.context.office.meetings.last_batch
        tally = told[0].tally
        said = _("The attendance is finished: {present} of {roster} present ({rate}).").format(
            present=number(tally.present), roster=number(tally.roster), rate=percent(tally.rate)
        )
        shell = self.context.shell
        shell.clear_message()
        if told[0].lacks:
            go = [(_("Write the minutes"), lambda: self.minutes.emit(self.meeting_id))]
            shown = MeetingLack.MINUTES if MeetingLack.MINUTES in told[0].lacks else told[0].lacks[0]
            shell.message(Kind.WARN, lack(shown), go)
        shell.toast(said, self._deeds.undo(batch))

    def on_print(self) -> None:
        if self._sheet is None:
            return
        if self._sheet.meeting.state is MeetingState.PLANNED:
            self.freeze()
        if self._sheet.meeting.state is not MeetingState.PLANNED:
            show_sheets(self.context, self, [self.meeting_id])

    def on_find(self) -> None:
        self.set_mode(Mode.NAME)

    def on_next(self, step: int) -> None:
        self.step.emit(self.meeting_id, step)

    def on_why(self) -> None:
        if self._sheet is not None and self._sheet.rows:
            self._side.hide()
            self.why.show_why(why_rate(self._sheet))

    def on_escape(self) -> bool:
        if not self.why.isHidden():
            self.why.close_panel()
            return True
        return False

    def help_text(self) -> str:
        return _(
            "Type the numbers that are ticked on the paper sheet and press Enter: 1-25, 28 were present, "
            "!7 was absent, ?12 was excused. Nothing is written while something is wrong. "
            "Or choose a person and press 1, 2 or 0. Every mark is saved at once."
        )

    def first_focus(self) -> QWidget | None:
        if self._sheet is not None and self._sheet.meeting.state is MeetingState.PLANNED:
            return self.freeze_button
        return self.entry.line if self.entry.line.isEnabled() else self.roster.table.view

    def areas(self) -> Sequence[QWidget]:
        return [self.entry.line, self.roster.table.view, self.totals, *self.action_bar().buttons()]
