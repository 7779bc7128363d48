"""The month: which branches have met, which not; and what still waits for an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTabBar, QVBoxLayout, QWidget

from sochihoi.domain.meeting_records import BranchLine, MeetingPlan
from sochihoi.domain.meetings import MeetingState
from sochihoi.i18n import _, ngettext, number, pgettext
from sochihoi.ui import style
from sochihoi.ui.meetings import presenter
from sochihoi.ui.meetings.columns import month_columns
from sochihoi.ui.meetings.deeds import Deeds
from sochihoi.ui.meetings.dialogs import PlanDialog, ask_freeze
from sochihoi.ui.meetings.meeting_panel import MeetingPanel
from sochihoi.ui.meetings.proposals_tab import ProposalsTab
from sochihoi.ui.meetings.sheets import show_minutes, show_sheets
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.flow import Chips
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.message_bar import MessageBar
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.panel import PanelHost
from sochihoi.ui.shared.stack import Stack
from sochihoi.ui.shared.table import MenuItem, Table
from sochihoi.ui.words.month import period_name
from sochihoi.ui.words.roster import closed_month


class ListPage(Page):
    """``attendance(id)`` and ``minutes(id)``: open a meeting."""

    attendance = Signal(str)
    minutes = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Meetings"))
        self._deeds = Deeds(context, self.refresh)
        self._lines: Sequence[BranchLine] = ()
        self.plan_button = self.add_action(_("Plan a &meeting"), self.on_new, "primary", "plus")
        self.plan_button.setVisible(not context.read_only)
        self.notice = MessageBar(closable=False)
        self.content.addWidget(self.notice)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(_("Meetings or proposals"))
        self.tabs.addTab(_("Meetings of the month"))
        self.tabs.addTab(_("Waiting for an answer"))
        self.content.addWidget(self.tabs)
        self._stack = Stack()
        self.content.addWidget(self._stack, 1)
        self._stack.addWidget(self._month())
        self.proposals = ProposalsTab(context)
        self.proposals.changed.connect(self.refresh)
        self.proposals.meeting_wanted.connect(self.minutes.emit)
        self._stack.addWidget(self.proposals)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)

    def _month(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_3)
        row = QHBoxLayout()
        row.setSpacing(style.sizes().space_2)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Branch or topic…"))
        self.search.setAccessibleName(_("Branch or topic…"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(style.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setFixedWidth(round(220 * style.sizes().body / 14))
        self.search.textChanged.connect(lambda _text: self._filter())
        row.addWidget(self.search)
        self.chips = Chips()
        self.chips.add(presenter.NOT_MET, _("No meeting yet"))
        self.chips.add(presenter.NOT_DONE, _("To be marked"))
        self.chips.add(presenter.NO_MINUTES, _("Without minutes"))
        self.chips.add(presenter.DONE, _("Attendance done"))
        self.chips.changed.connect(self._filter)
        row.addWidget(self.chips, 1)
        column.addLayout(row)
        self.table: Table[BranchLine] = Table(
            self.context,
            "meetings.month",
            month_columns(self.context.today),
            key=lambda line: line.meeting.id if line.meeting else line.branch_id,
            noun=lambda count: ngettext("line of the month", "lines of the month", count),
            menu=self._menu,
            accessible=_("Meetings of the month"),
        )
        self.print_button = self.table.add_footer_action(_("Print all the sheets shown"), self.print_shown, "printer")
        about = About[BranchLine](
            lambda: _("Meetings of the month"),
            (self.chips, self.search),
            where=lambda: period_name(self.context.period),
            order=lambda: pgettext("order", "the day, then the branch"),
        )
        self.paper = ListPaper(self.context, self.table, about)
        self.table.opened.connect(self._open)
        self.table.selected.connect(self._selected)
        self.panel = MeetingPanel(self.context)
        self.panel.asked.connect(self._deed)
        self.host = PanelHost(self.context, self.table, self.panel)
        column.addWidget(self.host, 1)
        return box

    # -- showing -----------------------------------------------------------------------------------------------------

    def refresh(self, *, tab: str = "") -> None:
        period = self.context.period
        meetings = self.context.office.meetings
        self._lines = meetings.of_month(period)
        self.set_title(_("Meetings"), presenter.month_note(self._lines))
        today = self.context.today()
        for name in (presenter.NOT_MET, presenter.NOT_DONE, presenter.NO_MINUTES):
            count = sum(name in presenter.faults(line, today) for line in self._lines)
            self.chips.set_count(name, count or None)
        with self.context.office.read() as work:
            closed_on = work.months.closed().get(period.code)
        self._closed = closed_on is not None
        if closed_on is not None:
            self.notice.say("info", closed_month(period, closed_on))
        else:
            self.notice.clear()
        self.plan_button.setVisible(not self.context.read_only and not self._closed)
        self.table.set_closed(closed=self._closed)
        self.table.set_empty(*self._when_empty())
        self._filter()
        waiting = meetings.proposals.open()
        self.proposals.set_rows(waiting)
        words = _("Waiting for an answer")
        self.tabs.setTabText(1, f"{words} {number(len(waiting))}" if waiting else words)
        if tab == "proposals":
            self.tabs.setCurrentIndex(1)
        self._selected(self.table.current())

    def _when_empty(self) -> tuple[str, str, tuple[str, Callable[[], None]] | None]:
        if self.context.read_only:
            return "calendar", _("There is no branch yet."), None
        return (
            "calendar",
            _("There is no branch yet. Set up the branches first, then plan their meetings."),
            (_("Set up the branches"), lambda: self.context.shell.go("setup")),
        )

    def _filter(self) -> None:
        text, chosen = self.search.text(), self.chips.chosen()
        shown = presenter.filtered(self._lines, chosen, text, self.context.today())
        if self._lines and (text or chosen):
            self.table.set_no_match(_("No branch matches what was chosen."), self.clear_filter)
        else:
            self.table.set_no_match(None)
        self.table.set_rows(shown)
        self.print_button.setVisible(any(line.meeting is not None for line in shown))

    def clear_filter(self) -> None:
        """Show the whole month."""
        self.chips.set_chosen(set())
        self.search.clear()
        self._filter()

    def _selected(self, line: BranchLine | None) -> None:
        if line is None:
            self.panel.close_panel()
            return
        self.panel.show_line(line, closed=self._closed)
        if not self.context.narrow:
            self.panel.show()

    # -- doing -------------------------------------------------------------------------------------------------------

    def _open(self, line: BranchLine) -> None:
        if self.context.narrow and self.panel.isHidden():
            self.panel.show()
            self.panel.first.setFocus()
        elif line.meeting is not None:
            self.attendance.emit(line.meeting.id)
        elif self.plan_button.isVisibleTo(self):
            self.plan([line.branch_id])

    def _menu(self, line: BranchLine) -> Sequence[MenuItem | None]:
        return [
            None if deed is None else MenuItem(deed[1], lambda name=deed[0]: self._deed(line, name), deed[2])  # type: ignore[misc]
            for deed in self.panel.deeds(line, closed=self._closed)
        ]

    def _deed(self, line: BranchLine, deed: str) -> None:
        meeting, meetings = line.meeting, self.context.office.meetings
        if meeting is None:
            self.plan([line.branch_id])
            return
        match deed:
            case "attendance":
                self.attendance.emit(meeting.id)
            case "minutes":
                self.minutes.emit(meeting.id)
            case "print":
                self._print([line])
            case "print_minutes":
                show_minutes(self.context, self, meeting.id)
            case "change":
                self._change(meeting.id)
            case "cancel":
                self._deeds.do(
                    lambda: meetings.cancel(meeting.id),
                    _("The meeting of {branch} was called off.").format(branch=line.branch),
                )
            case "unfreeze":
                self._deeds.do(lambda: meetings.unfreeze(meeting.id), _("The roster was given up."))
            case _:
                raise ValueError(deed)

    def plan(self, branch_ids: Sequence[str] | None = None) -> None:
        """Plan for these branches, or for all that have no meeting in the month yet."""
        branches: dict[str, tuple[str, bool]] = {}
        for line in sorted(self._lines, key=lambda one: one.meeting is not None):
            ticked = line.meeting is None and line.due if branch_ids is None else line.branch_id in branch_ids
            branches.setdefault(line.branch_id, (line.branch, ticked))
        listed = [(one, name, ticked) for one, (name, ticked) in branches.items()]
        today = self.context.today()
        day = max(today, self.context.period.start) if today <= self.context.period.end else None
        names = {one: name for one, name, _ticked in listed}
        told: list[str] = []

        def save(chosen: list[str], plan: MeetingPlan) -> None:
            self.context.office.meetings.plan(chosen, plan)
            told.append(presenter.planned_words([names[one] for one in chosen], plan.held_on))

        before = self.context.office.meetings.last_batch
        dialog = PlanDialog(self.context, self, listed, save, day=day)
        dialog.exec()
        if told:
            self._said(told[0], before)

    def _change(self, meeting_id: str) -> None:
        meetings = self.context.office.meetings
        meeting = meetings.sheet(meeting_id).meeting
        before = meetings.last_batch

        def save(_chosen: list[str], plan: MeetingPlan) -> None:
            meetings.change(meeting_id, plan)

        if PlanDialog(self.context, self, (), save, meeting=meeting).exec():
            self._said(_("The meeting is changed."), before)

    def _said(self, text: str, before: str) -> None:
        batch = self.context.office.meetings.last_batch
        self.refresh()
        self.context.shell.saved_at(self.context.office.now)
        self.context.shell.toast(text, self._deeds.undo(batch) if batch != before else None)

    def print_shown(self) -> None:
        """The sheets of every meeting in the list, one after the other."""
        self._print([line for line in self.table.model.rows if line.meeting is not None])

    def _print(self, lines: Sequence[BranchLine]) -> None:
        ids = [line.meeting.id for line in lines if line.meeting is not None]
        planned = [one.meeting.id for one in lines if one.meeting and one.meeting.state is MeetingState.PLANNED]
        if planned and not self.context.read_only and not self._closed:
            by_cell = ask_freeze(self, len(planned))
            meetings = self.context.office.meetings
            if by_cell is None or not self._deeds.do(lambda: meetings.freeze(planned, by_cell=by_cell)):
                return
        elif planned:
            ids = [one for one in ids if one not in planned]
        if ids:
            show_sheets(self.context, self, ids)

    # -- keys --------------------------------------------------------------------------------------------------------

    def on_new(self) -> None:
        if self.plan_button.isVisibleTo(self):
            self.plan()

    def on_print(self) -> None:
        line = self.table.current()
        if line is not None and line.meeting is not None:
            self._print([line])

    def on_find(self) -> None:
        self.tabs.setCurrentIndex(0)
        self.search.setFocus()
        self.search.selectAll()

    def on_next(self, step: int) -> None:
        self.table.step(step)

    def on_escape(self) -> bool:
        if not self.panel.isHidden():
            self.panel.close_panel()
            return True
        return False

    def help_text(self) -> str:
        return _(
            "Every branch of the month is on the list, also those that have not met. Plan the meetings, "
            "print the sheets, and mark who was there when the paper comes back."
        )

    def first_focus(self) -> QWidget | None:
        return self.search

    def areas(self) -> Sequence[QWidget]:
        return [self.search, self.table.view, self.panel]
