"""What waits for an answer in all branches; and the dialog in which an opinion is written and answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.proposals import OpenProposal, Proposal, ProposalKind
from sochihoi.i18n import _, day_month, ngettext, pgettext, short_date
from sochihoi.ui import words
from sochihoi.ui.meetings import presenter
from sochihoi.ui.meetings.deeds import Deeds
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.shared.forms import ChoiceField, DateField, DraftKeeper, Form, LongTextField, TextField, scrolled
from sochihoi.ui.shared.history_view import history_item
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.table import Column, MenuItem, Table
from sochihoi.ui.words.meetings import proposal_kind


def _day(day: date, today: date) -> str:
    """Without the year when it is this one: an opinion may wait since the year before."""
    return day_month(day) if day.year == today.year else short_date(day)


def _columns(today: Callable[[], date]) -> tuple[Column[OpenProposal], ...]:
    def due(one: OpenProposal) -> Sequence[Badge]:
        told = presenter.due_standing(one.proposal.due_on, None, today())
        return (Badge(told.text, told.tone),)

    return (
        Column(lambda: _("Branch"), lambda one: one.branch, width=150, strong=True, key="branch"),
        Column(lambda: _("Said on"), lambda one: _day(one.held_on, today()), width=96, key="day"),
        Column(
            lambda: _("Content"),
            lambda one: " ".join(one.proposal.content.split()),
            stretch=True,
            key="content",
        ),
        Column(lambda: _("Followed up by"), lambda one: one.proposal.follower or "—", width=150, key="follower"),
        Column(
            lambda: _("Due"),
            lambda one: _day(one.proposal.due_on, today()) if one.proposal.due_on else "—",
            width=96,
            key="due",
            sort=lambda one: one.proposal.due_on,
        ),
        Column(lambda: _("Time left"), lambda _one: "", width=140, key="left", badges=due),
    )


class ProposalsTab(QWidget):
    """``changed``: one was answered or removed. ``meeting_wanted(id)``: open its minutes."""

    changed = Signal()
    meeting_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._deeds = Deeds(context, self.changed.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.table: Table[OpenProposal] = Table(
            context,
            "meetings.proposals",
            _columns(context.today),
            key=lambda one: one.proposal.id,
            noun=lambda count: ngettext("matter waiting for an answer", "matters waiting for an answer", count),
            menu=self._menu,
            accessible=_("Waiting for an answer"),
        )
        self.table.set_empty("circle-check", _("Nothing waits for an answer."))
        self.table.opened.connect(lambda one: self.open(one.proposal))
        about = About[OpenProposal](
            lambda: _("Opinions and proposals that wait for an answer"), order=lambda: pgettext("order", "the day due")
        )
        self.paper = ListPaper(context, self.table, about)
        column.addWidget(self.table)

    def set_rows(self, rows: Sequence[OpenProposal]) -> None:
        """Show what waits."""
        self.table.set_rows(rows)

    def open(self, proposal: Proposal) -> None:
        """Write the answer, or change who follows it up."""
        edit_proposal(self._context, self, proposal, self._deeds)

    def _menu(self, one: OpenProposal) -> Sequence[MenuItem | None]:
        see = MenuItem(_("See the minutes"), lambda: self.meeting_wanted.emit(one.proposal.meeting_id), "file-text")
        told = history_item(self._context, self, one.proposal.content, "proposal", one.proposal.id)
        if self._context.read_only:
            return [see, told]
        return [
            MenuItem(_("Answer or change…"), lambda: self.open(one.proposal), "pencil"),
            see,
            told,
            None,
            remove_item(self._context, one.proposal, self._deeds),
        ]


def remove_item(context: Context, proposal: Proposal, deeds: Deeds) -> MenuItem:
    """The menu line that takes one off the list."""
    book = context.office.meetings.proposals
    return MenuItem(
        _("Remove from the list"),
        deeds.later(lambda: book.remove(proposal.id), _("It was removed.")),
        "x",
    )


def edit_proposal(context: Context, parent: QWidget, proposal: Proposal, deeds: Deeds) -> None:
    """Open the dialog; an empty id is a new one."""
    if context.read_only:
        return
    dialog = ProposalDialog(context, parent, proposal)
    if dialog.exec():
        said = _("It was written down.") if not proposal.id else _("The change is kept.")
        batch = context.office.meetings.last_batch
        deeds.do(lambda: None)
        context.shell.saved_at(context.office.now)
        context.shell.toast(said, deeds.undo(batch))


class ProposalDialog(Dialog):
    """One opinion, proposal or question: who said it, who follows it up, until when, and the answer."""

    def __init__(self, context: Context, parent: QWidget | None, proposal: Proposal) -> None:
        super().__init__(parent, _("What was said, and who follows it up?"), width=WIDE)
        self.setObjectName("proposal")
        self._context, self._proposal = context, proposal
        self.form = Form()
        self.form.add(ChoiceField("kind", _("&Kind"), [(kind.name, proposal_kind(kind)) for kind in ProposalKind]))
        self.form.add(LongTextField("content", _("&Content"), required=True, lines=3))
        self.form.add(TextField("said_by", _("Said &by"), letters=30))
        self.form.add(TextField("follower", _("&Followed up by"), letters=30))
        self.form.add(DateField("due_on", _("&Due day"), today=context.today))
        self.form.add(LongTextField("answer", _("&Answer"), lines=2, hint=_("Empty while it waits.")))
        self.form.add(DateField("answered_on", _("Answered &on"), today=context.today, hint=_("Empty: today.")))
        shown = {name: getattr(proposal, name) for name in self.form.fields if name != "kind"}
        self.form.set_values({**shown, "kind": proposal.kind.name})
        self.body.addWidget(scrolled(self.form))
        self._keeper = DraftKeeper(context, f"proposal/{proposal.id or proposal.meeting_id}", self.form)
        self._keeper.offer(lambda text, actions: self.message.say("info", text, actions))
        self.add_button(_("Drop the changes"), self._drop)
        self.add_button(_("Keep it"), self.keep, "primary", default=True)
        room = parent.window().height() if parent is not None else 700
        self.setFixedHeight(min(660, room - 40))
        self.form["answer" if proposal.id else "content"].editor.setFocus()

    def _drop(self) -> None:
        self._keeper.done()
        self.reject()

    def keep(self) -> None:
        """Save, or say why not."""
        if not self.form.check():
            return
        told = self.form.values()
        answered = told["answered_on"] or (self._context.today() if told["answer"] else None)
        made = replace(
            self._proposal,
            kind=ProposalKind[told["kind"]],
            content=told["content"],
            said_by=told["said_by"] or "",
            follower=told["follower"] or "",
            due_on=told["due_on"],
            answer=told["answer"] or "",
            answered_on=answered if told["answer"] else None,
        )
        book = self._context.office.meetings.proposals
        try:
            if made.id:
                book.change(made)
            else:
                book.add(made.meeting_id, made)
        except UserError as problem:
            self.message.say("bad", str(words.say(problem)))
        else:
            self._keeper.done()
            self.accept()
