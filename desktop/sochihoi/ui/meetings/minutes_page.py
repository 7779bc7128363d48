"""The minutes of one meeting: a form saved field by field, and what was proposed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.domain.meeting_records import MeetingSheet, MinutesForm, MinutesIncomplete
from sochihoi.domain.minutes import Minutes
from sochihoi.domain.periods import Period
from sochihoi.domain.proposals import Proposal
from sochihoi.i18n import _, day_month, number, percent, weekday_date
from sochihoi.ui import style, words
from sochihoi.ui.meetings import presenter
from sochihoi.ui.meetings.deeds import Deeds
from sochihoi.ui.meetings.proposals_tab import edit_proposal, remove_item
from sochihoi.ui.meetings.sheets import show_minutes
from sochihoi.ui.meetings.votes import VotesField
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.buttons import Card, button, label, rule
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.forms import Field, Form, LongTextField, MoneyField, NumberField, TextField, scrolled
from sochihoi.ui.shared.history_view import history_item
from sochihoi.ui.shared.message_bar import MessageBar
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.panel import Facts
from sochihoi.ui.shared.table import Column, MenuItem, Table
from sochihoi.ui.words.meetings import meeting_title, proposal_kind
from sochihoi.ui.words.roster import closed_month

_OF_MINUTES = ("agenda", "review", "discussion", "conclusion", "next_topic")
_OF_MEETING = ("topic", "place", "starts_at", "ends_at", "chair", "secretary", "guest_note")


def _columns(today: Callable[[], date]) -> tuple[Column[Proposal], ...]:
    def state(one: Proposal) -> Sequence[Badge]:
        told = presenter.proposal_standing(one, today())
        return (Badge(told.text, told.tone),) if told.text else ()

    return (
        Column(
            lambda: _("What was said"),
            lambda one: " ".join(one.content.split()),
            stretch=True,
            key="content",
            small=lambda one: " · ".join(t for t in (proposal_kind(one.kind), one.said_by) if t),
        ),
        Column(lambda: _("Time left"), lambda _one: "", width=128, key="left", badges=state),
    )


class MinutesPage(Page):
    """One meeting. ``back``: to the list; ``attendance(id)``: who was there."""

    back = Signal()
    attendance = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        size = style.sizes()
        self.meeting_id = self._place = ""
        self._sheet: MeetingSheet | None = None
        self._deeds = Deeds(context, self.refresh)
        self.notice = MessageBar(closable=False)
        self.content.addWidget(self.notice)
        self.form = self._make_form()
        self.form.left.connect(self._left)
        row = QHBoxLayout()
        row.setSpacing(size.space_4)
        card = Card()
        card.body.addWidget(self.form)
        row.addWidget(scrolled(card), 3)
        row.addWidget(scrolled(self._side()), 2)
        self.content.addLayout(row, 1)
        bar = self.action_bar()
        self.print_button = bar.add(_("&Print the minutes"), self.on_print, "", "printer")
        self.attendance_button = bar.add(_("&Attendance"), lambda: self.attendance.emit(self.meeting_id))
        self.finish_button = bar.add(_("&Finish the minutes"), self.on_finish, "primary", "check")

    def _make_form(self) -> Form:
        form = Form()
        form.add(TextField("topic", _("T&opic")))
        form.add(TextField("place", _("P&lace")))
        _beside(
            form,
            TextField("starts_at", _("&Begins at"), letters=8, hint=_("For example 14h or 7h30.")),
            TextField("ends_at", _("&Ends at"), letters=8),
        )
        _beside(
            form,
            TextField("chair", _("&Chair"), hint=_("She signs at the right.")),
            TextField("secretary", _("&Secretary"), hint=_("She signs at the left.")),
        )
        _beside(
            form,
            NumberField("guests", _("&Guests (people)"), least=0, most=9999, letters=6),
            TextField("guest_note", _("Who the guests &were")),
        )
        form.add(LongTextField("agenda", _("Agen&da"), lines=7))
        form.add(
            LongTextField(
                "review", _("&Review of the last meeting"), lines=3, hint=_("From its conclusion; change it.")
            )
        )
        form.add(LongTextField("discussion", _("D&iscussion"), lines=6))
        form.add(
            VotesField("votes", _("Votes"), hint=_("Only what was put to the vote. Honorary members do not vote."))
        )
        form.add(LongTextField("conclusion", _("Co&nclusion"), lines=4))
        form.add(
            TextField("next_topic", _("Topic of the ne&xt meeting"), hint=_("It stands in the next plan by itself."))
        )
        form.add(MoneyField("fee_collected", _("Fees collected at the &meeting")))
        return form

    def _side(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_3)
        card = Card(_("Who was there"))
        self.facts = Facts()
        card.add(self.facts)
        column.addWidget(card)
        said = Card(_("Opinions and proposals"))
        self.add_button = button(_("Add one"), self.add_proposal, "quiet", "plus")
        said.head.addWidget(self.add_button)
        self.table: Table[Proposal] = Table(
            self.context,
            "meetings.minutes.proposals",
            _columns(self.context.today),
            key=lambda one: one.id,
            menu=self._menu,
            two_lines=True,
            accessible=_("Opinions and proposals"),
        )
        self.table.opened.connect(lambda one: edit_proposal(self.context, self, one, self._deeds))
        said.add(self.table, 1)
        said.add(rule())
        said.add(label(_("Enter opens one, to answer it or to say who follows it up."), "small", wrap=True))
        column.addWidget(said, 1)
        return box

    # -- showing -----------------------------------------------------------------------------------------------------

    def open(self, meeting_id: str) -> None:
        """Show another meeting."""
        self.meeting_id = meeting_id
        self.refresh()

    def refresh(self) -> None:
        meetings = self.context.office.meetings
        sheet = self._sheet = meetings.sheet(self.meeting_id)
        meeting = sheet.meeting
        title = meeting_title(meeting.kind, meeting.held_on.month)
        self.set_title(_("Minutes: {meeting}").format(meeting=title))
        place = _("{branch} · {day}").format(branch=sheet.branch, day=weekday_date(meeting.held_on))
        if place != self._place:
            self._place = place
            self.set_breadcrumb([(_("Meetings"), self.back.emit), (place, None)])
        self._show_form(meetings.minutes.form(self.meeting_id))
        may = not self.context.read_only and sheet.month_closed_on is None
        done = meeting.minutes_done_on is not None
        self.form.set_read_only(read_only=not may or done)
        self.action_bar().set_hint(_("Every field is saved when it is left.") if may and not done else "")
        self.finish_button.setVisible(may and not done and not meeting.is_ahead(self.context.today()))
        self.add_button.setVisible(not self.context.read_only)
        self._show_notice(sheet, may=may)
        told = sheet.tally
        self.facts.set_facts(
            [
                (_("On the roster"), number(told.roster)),
                (_("Present"), f"{number(told.present)} ({percent(told.rate)})"),
                (_("Excused"), number(told.excused)),
                (_("Absent"), number(told.absent)),
                *([(_("Not marked"), number(told.unmarked), "warn")] if told.unmarked else []),
            ]
        )
        self.table.set_empty("message-square", _("No opinion or proposal is written down."))
        self.table.set_rows(meetings.proposals.of(self.meeting_id))

    def _show_form(self, form: MinutesForm) -> None:
        shown: dict[str, Any] = {name: getattr(form, name) for name in _OF_MEETING}
        shown |= {name: getattr(form.minutes, name) for name in (*_OF_MINUTES, "votes", "fee_collected")}
        shown["guests"] = form.guests
        kept = self.form.values()
        # what she is typing in is not written over by a refresh
        focus = next((n for n, f in self.form.fields.items() if f.isAncestorOf(self.focusWidget())), "")
        for name, value in shown.items():
            if name != focus and kept[name] != (value or None):
                self.form[name].set_value(value)

    def _show_notice(self, sheet: MeetingSheet, *, may: bool) -> None:
        meeting = sheet.meeting
        if sheet.month_closed_on is not None:
            text = closed_month(Period.month_of(meeting.held_on), sheet.month_closed_on)
            self.notice.say("info", text)
        elif meeting.minutes_done_on is not None:
            text = _("These minutes were finished on {day}.").format(day=day_month(meeting.minutes_done_on))
            self.notice.say("info", text, [(_("Correct the minutes"), self.take_up_again)] if may else [])
        else:
            self.notice.clear()

    def _menu(self, one: Proposal) -> Sequence[MenuItem | None]:
        told = history_item(self.context, self, one.content, "proposal", one.id)
        if self.context.read_only:
            return [told]
        return [
            told,
            MenuItem(_("Answer or change…"), lambda: edit_proposal(self.context, self, one, self._deeds), "pencil"),
            remove_item(self.context, one, self._deeds),
        ]

    # -- doing -------------------------------------------------------------------------------------------------------

    def typed(self) -> MinutesForm:
        """What stands in the form."""
        told = self.form.values()
        texts = {name: told[name] or "" for name in (*_OF_MEETING, *_OF_MINUTES)}
        minutes = Minutes(
            **{name: texts[name] for name in _OF_MINUTES}, votes=told["votes"], fee_collected=told["fee_collected"]
        )
        return MinutesForm(**{name: texts[name] for name in _OF_MEETING}, guests=told["guests"] or 0, minutes=minutes)

    def _left(self, name: str) -> None:
        problem = self.form[name].problem()
        if problem:
            self.form[name].set_error(problem)
            return
        self.save()

    def save(self) -> bool:
        """Keep everything that stands in the form; false when a field cannot be kept, it says so."""
        if self._sheet is None or self.context.read_only or self._sheet.month_closed_on is not None:
            return True
        if self._sheet.meeting.minutes_done_on is not None:
            return True
        problems = {name: field.problem() for name, field in self.form.fields.items()}
        if any(problems.values()):
            self.form.set_errors({name: text for name, text in problems.items() if text})
            return False
        try:
            kept = self.context.office.meetings.minutes.save(self.meeting_id, self.typed())
        except FieldProblem as problem:
            self.form.show_problem(problem)
            return False
        except UserError as refused:
            self.context.shell.show_error(refused)
            return False
        for name in ("starts_at", "ends_at"):
            self.form[name].set_value(getattr(kept, name))
        self.context.shell.saved_at(self.context.office.now)
        return True

    def add_proposal(self) -> None:
        """Write down what somebody said."""
        edit_proposal(self.context, self, Proposal("", self.meeting_id, ""), self._deeds)

    def take_up_again(self) -> None:
        """Correct finished minutes."""
        minutes = self.context.office.meetings.minutes
        self._deeds.do(lambda: minutes.take_up_again(self.meeting_id))

    # -- keys --------------------------------------------------------------------------------------------------------

    def on_finish(self) -> None:
        if not self.finish_button.isVisibleTo(self) or not self.save():
            return

        def refused(problem: UserError) -> bool:
            if not isinstance(problem, MinutesIncomplete):
                return False
            self.form.set_errors({name: _("Fill in this field.") for name in problem.missing})
            self.context.shell.message("bad", str(words.say(problem)))
            return True

        minutes = self.context.office.meetings.minutes
        said = _("The minutes are finished. Print them to be signed.")
        if self._deeds.do(lambda: minutes.finish(self.meeting_id), said, refused=refused):
            self.form.set_errors({})
            self.context.shell.clear_message()

    def on_print(self) -> None:
        if self.save():
            show_minutes(self.context, self, self.meeting_id)

    def on_new(self) -> None:
        if not self.context.read_only:
            self.add_proposal()

    def help_text(self) -> str:
        return _(
            "The agenda comes from the kind of meeting, the review from the last meeting. Every field is saved when it "
            "is left. Finish the minutes, print them, and let the secretary and the chair sign."
        )

    def first_focus(self) -> QWidget | None:
        return self.form["topic"].editor

    def areas(self) -> Sequence[QWidget]:
        return [self.form["topic"].editor, self.table.view, *self.action_bar().buttons()]


def _beside(form: Form, left: Field, right: Field) -> None:
    """Two short fields that belong together, in one row of the form."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(style.sizes().space_4)
    for field in (left, right):
        row.addWidget(form.add(field), 1, Qt.AlignmentFlag.AlignTop)
    form.add_widget(box)
