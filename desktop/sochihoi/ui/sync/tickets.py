"""A ticket that came: what it holds, who she may be already, where she goes; and the answer that is sent back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.domain.tickets import Ticket
from sochihoi.i18n import _, short_date
from sochihoi.services.ticket_answers import TicketAnswers
from sochihoi.services.tickets import Tickets
from sochihoi.ui import words as all_words
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.shared.forms import ChoiceField, DateField, Form, TextField
from sochihoi.ui.shared.panel import Facts
from sochihoi.ui.shared.ticket_files import write_ticket
from sochihoi.ui.words import likeness
from sochihoi.ui.words import people as people_words
from sochihoi.ui.words import tickets as words

_ANOTHER = "another"


class AcceptDialog(Dialog):
    """One ticket that waits here."""

    def __init__(self, context: Context, parent: QWidget | None, ticket: Ticket) -> None:
        name = str(ticket.content["values"].get("full_name", ""))
        super().__init__(parent, _("Is {name} accepted here?").format(name=name), width=WIDE)
        self._context, self.ticket = context, ticket
        self._answers = TicketAnswers(context.office)
        told = _("From {unit}, taken in on {day}. There she counts until your answer has come back.")
        self.body.addWidget(
            label(told.format(unit=ticket.content["from_name"], day=short_date(ticket.issued_on)), wrap=True)
        )
        facts = Facts()
        facts.set_facts(words.fields(ticket.content["values"]))
        self.body.addWidget(facts)
        self.form = Form()
        self.body.addWidget(self.form)
        self.like = self._answers.like(ticket)
        self._fill()
        self.refuse_button = self.add_button(_("She is not taken"), self.refuse)
        self.add_button(_("&Not now"), self.reject)
        next(iter(self.form.fields.values())).editor.setFocus()
        self.accept_button = self.add_button(_("Accept her"), self.take, "primary", default=True)

    def _fill(self) -> None:
        if self.like:
            first = self.like[0]
            said = _("{name} ({line}) stands in this book already: {why}.")
            line = likeness.entry_line(first.entry)
            told = said.format(name=first.entry.full_name, line=line, why=likeness.why(first.verdict))
            self.message.say("warn", told)
            choices = [(_ANOTHER, _("She is another woman: enter her anew"))]
            known = _("The same woman: {name}, {line}")
            choices += [
                (one.entry.person_id, known.format(name=one.entry.full_name, line=likeness.entry_line(one.entry)))
                for one in self.like
            ]
            who = self.form.add(ChoiceField("person", _("Who she is"), choices, required=True, letters=44))
            who.set_value(None)  # chosen, never left as it stood
        branches = [(unit.id, unit.name) for unit in self._context.office.setup.branches()]
        branch = ChoiceField(
            "branch", people_words.field_name("branch_id"), branches, required=True, search=True, letters=32
        )
        self.form.add(branch)
        today = self._context.office.today
        hint = _("The first day on which she counts here.")
        day = self.form.add(DateField("on", _("From which day"), today=lambda: today, required=True, hint=hint))
        day.set_value(today)
        hint = _("Only when she is not taken: it goes back with the answer.")
        self.form.add(TextField("reason", _("Reason"), letters=44, hint=hint))

    def take(self) -> None:
        """She is a member here from the day."""
        if not self.form.check():
            return
        said = self.form["person"].value() if self.like else _ANOTHER
        person = None if said == _ANOTHER else said
        distinct = [] if person is not None else [one.entry.person_id for one in self.like]
        branch, on = self.form["branch"].value(), self.form["on"].value()
        try:
            self._answers.accept(self.ticket.id, branch, on=on, person_id=person, distinct_from=distinct)
        except (UserError, OSError) as problem:
            self._say(problem)
        else:
            self.accept()

    def refuse(self) -> None:
        """She stays a member where she is."""
        try:
            self._answers.refuse(self.ticket.id, self.form["reason"].value() or "")
        except FieldProblem as problem:
            if problem.field == "reason":
                self.form.set_errors({"reason": _("Say why: it goes back with the answer.")})
            else:
                self._say(problem)
        except (UserError, OSError) as problem:
            self._say(problem)
        else:
            self.accept()

    def _say(self, problem: BaseException) -> None:
        self.message.say("bad", str(all_words.say(problem)))


def take_ticket(context: Context, parent: QWidget, data: bytes) -> None:
    """Take a ticket or an answer in and show what follows from it; problems are shown.

    An answered ticket that comes once more has its answer written once more.
    """
    tickets = Tickets(context.office)
    try:
        taken = tickets.take(data)
    except (UserError, OSError) as problem:
        context.shell.show_error(problem)
        return
    ticket = taken.ticket
    if taken.answer:
        told = _("{name}: {state}.").format(name=tickets.name_of(ticket), state=words.state_words(ticket))
        if ticket.content.get("reason"):
            told = f"{told} {ticket.content['reason']}"
        context.shell.message("ok", told)
        context.shell.refresh_page()
        return
    if ticket.is_open:
        if AcceptDialog(context, parent, ticket).exec() != Dialog.DialogCode.Accepted:
            return
        ticket = next(one for one in tickets.every() if one.id == ticket.id)
    write_ticket(context, parent, ticket, _("Where the answer is written"))
