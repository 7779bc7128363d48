"""Yêu cầu: who asked for what about her data, and until when she is to be answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from sochihoi.domain.duties import Request, RequestKind
from sochihoi.i18n import _, ngettext, pgettext, short_date
from sochihoi.services.privacy.duties import RequestRow
from sochihoi.ui import style
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.flow import Chips
from sochihoi.ui.shared.form_dialog import FormDialog
from sochihoi.ui.shared.forms import ChoiceField, DateField, LongTextField, TextField
from sochihoi.ui.shared.history_view import history_item
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.part import Part
from sochihoi.ui.shared.table import Column, MenuItem, Table
from sochihoi.ui.words import privacy as words

ANSWERED = "answered"
Done = Callable[[str], None]


def build(context: Context) -> Part:
    """The requests."""
    return RequestsPart(context)


def _badges(row: RequestRow) -> Sequence[Badge]:
    return (Badge(*words.request_badge(row)),)


class RequestsPart(Part):
    """Open ones first, by their last day."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        row = QHBoxLayout()
        row.setSpacing(style.sizes().space_2)
        self.chips = Chips()
        self.chips.add(ANSWERED, _("With those answered"))
        self.chips.changed.connect(self.refresh)
        row.addWidget(self.chips, 1)
        self.add_button = button(_("&New request"), self.on_new, "primary", "plus")
        row.addWidget(self.add_button)
        self.column.addLayout(row)
        self.add_button.setVisible(not context.read_only)
        self.told = label("", "small", wrap=True)
        self.column.addWidget(self.told)
        columns = (
            Column[RequestRow](lambda: _("Asked on"), lambda one: short_date(one.request.asked_on), 96, key="asked"),
            Column[RequestRow](lambda: _("Who asked"), lambda one: one.name, 190, strong=True, key="who"),
            Column[RequestRow](
                lambda: _("What she asks"), lambda one: words.request_name(one.request.kind), key="kind", width=190
            ),
            Column[RequestRow](
                lambda: _("Acknowledge by"), lambda one: short_date(one.due.acknowledge_by), 104, key="ack"
            ),
            Column[RequestRow](lambda: _("Answer by"), lambda one: short_date(one.due.answer_by), 96, key="answer"),
            Column[RequestRow](
                lambda: pgettext("request", "Standing"), lambda _one: "", 190, badges=_badges, key="standing"
            ),
            Column[RequestRow](
                lambda: _("Note, outcome"),
                lambda one: " · ".join(part for part in (one.request.note, one.request.outcome) if part).replace(
                    "\n", " "
                ),
                120,
                stretch=True,
                key="note",
            ),
        )
        self.table: Table[RequestRow] = Table(
            context,
            "requests",
            columns,
            key=lambda one: one.request.id,
            noun=lambda n: ngettext("request", "requests", n),
            menu=self._menu,
            accessible=_("Requests about personal data"),
        )
        self.table.set_empty("inbox", _("Nobody asked for anything about her data."))
        about = About[RequestRow](
            lambda: _("Requests about personal data"),
            (self.chips,),
            order=lambda: pgettext("order", "last day to answer"),
        )
        self.paper = ListPaper(context, self.table, about)
        self.table.opened.connect(self._answer)
        self.column.addWidget(self.table, 1)

    def refresh(self) -> None:
        duties = self.context.office.privacy.duties
        self.told.setText(words.days_words(duties.rules()))
        self.table.set_rows(duties.requests(everything=ANSWERED in self.chips.chosen()))

    def _menu(self, row: RequestRow) -> list[MenuItem | None]:
        told = history_item(self.context, self, row.name, "setting", f"privacy.request.{row.request.id}")
        if self.context.read_only or row.request.done_on is not None:
            return [told]
        items: list[MenuItem | None] = []
        if row.request.acknowledged_on is None:
            items.append(MenuItem(_("She was told today that it came in"), lambda: self._acknowledge(row), "check"))
        answer = MenuItem(_("Answered, or refused with a reason…"), lambda: self._answer(row), "pencil")
        return [*items, answer, told]

    def _acknowledge(self, row: RequestRow) -> None:
        office = self.context.office
        if self.attempt(lambda: office.privacy.duties.acknowledge(row.request.id, office.today)):
            self.acted(_("{name} was told that her request came in.").format(name=row.name))

    def _answer(self, row: RequestRow) -> None:
        if not self.context.read_only and row.request.done_on is None:
            AnswerDialog(self.context, self.window(), row, self.acted).open()

    def on_new(self) -> None:
        if not self.context.read_only:
            AskDialog(self.context, self.window(), self.acted).open()

    def first_focus(self) -> QWidget | None:
        return self.table.view


class AskDialog(FormDialog):
    """A request came in; who asks is in the book, or is named."""

    def __init__(self, context: Context, parent: QWidget, done: Done) -> None:
        self._done = done
        office = context.office
        people = [(row.person_id, f"{row.full_name} · {row.code}") for row in office.people.rows("ALL")]
        kinds = [(kind.name, words.request_name(kind)) for kind in RequestKind]
        left = (
            ChoiceField("person_id", _("Who in the book"), people, search=True, letters=34),
            TextField("name", _("Or somebody else"), letters=34, hint=_("A relative, or a woman who is in no list.")),
        )
        right = (
            ChoiceField("kind", _("What she asks"), kinds, required=True),
            DateField("asked_on", _("Asked on"), today=lambda: office.today, required=True),
            LongTextField("note", _("Note"), lines=3),
        )
        super().__init__(context, parent, _("What was asked for?"), (left, right))
        self.form.set_values({"kind": RequestKind.ACCESS.name, "asked_on": office.today})
        self.begin("privacy/request", "person_id", _("&Not now"), _("&Keep the request"))

    def keep(self, told: Mapping[str, Any]) -> None:
        asked: date = told["asked_on"]
        person, name = told["person_id"] or "", told["name"] or ""
        made = Request("", RequestKind[told["kind"]], asked, person, "" if person else name, told["note"] or "")
        self._context.office.privacy.duties.ask(made)
        self._done(_("The request is kept."))


class AnswerDialog(FormDialog):
    """It was answered, on a day, in words."""

    def __init__(self, context: Context, parent: QWidget, row: RequestRow, done: Done) -> None:
        self._row, self._done = row, done
        day = DateField("on", _("Answered on"), today=lambda: context.office.today, required=True)
        outcome = LongTextField("outcome", _("What was done, or why it is refused"), lines=4, required=True)
        title = f"{words.request_name(row.request.kind)}: {row.name}"
        super().__init__(context, parent, title, ((day,), (outcome,)))
        self.form.set_values({"on": context.office.today})
        self.begin(f"privacy/answer/{row.request.id}", "outcome", _("&Not now"), _("&Keep the answer"))

    def keep(self, told: Mapping[str, Any]) -> None:
        self._context.office.privacy.duties.answer(self._row.request.id, told["on"], told["outcome"] or "")
        self._done(_("The answer to {name} is kept.").format(name=self._row.name))
