"""Nhận sổ của xã khác: its copy and password, a rehearsal, then one act that can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _, ngettext, number, short_date
from sochihoi.services.joining import Book, Rehearsed
from sochihoi.ui import style
from sochihoi.ui.setup.file_password import FileAndPassword
from sochihoi.ui.setup.rehearsal import Refilled, RehearsalDialog, branch_side
from sochihoi.ui.shared.buttons import Card, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.forms import DateField, Form
from sochihoi.ui.words import joining as said
from sochihoi.ui.words import likeness

_NAMED = 20  # pairs that are named here; all of them stand under "May be entered twice" afterwards


class JoinDialog(RehearsalDialog):
    """Two steps: which book, and what would be."""

    def __init__(self, context: Context, parent: QWidget | None, acted: Callable[[str], None]) -> None:
        desk = context.office.setup.joining
        what, shown = _WhatStep(context, desk.proposed_day()), _Shown()
        super().__init__(context, parent, acted, (what, shown), what.form)
        self.what, self.shown, self._desk = what, shown, desk
        self.told: Rehearsed | None = None
        what.book.changed.connect(self.say)
        self.say()

    def said(self) -> tuple[str, str, bool]:
        if self.step is self.what or self.told is None:
            return _("Which commune's book joins this one?"), _("Rehearse"), self.what.book.ready
        deed = _("Bring in the book of {name}").format(name=self.told.name)
        return _("This is how it would be"), deed, self.told.whole

    def next(self) -> None:
        file, on = self.what.book.file, self.what.on.value()
        if file is None or not self.what.form.check() or on is None:
            return
        password = self.what.book.password.text()
        if self.step is self.what:
            stopped = _("Stopped. The copies are taken away, and nothing in the book has changed.")
            act = partial(self._desk.rehearse, file, password, on, None)
            self.work(act, self._rehearsed, _("The other book is checked and tried on a copy…"), stopped)
        else:
            stopped = _("Stopped. Nothing in the book has changed.")
            bring = partial(self._desk.join, file, password, on, None)
            self.work(bring, self._joined, _("The book is brought in…"), stopped)

    def _rehearsed(self, told: Rehearsed) -> None:
        self.told = told
        self.shown.show_rehearsal(told, self._context.office.commune.name)
        self.show_step(self.shown)

    def _joined(self, book: Book) -> None:
        self.accept()
        self._acted(said.done(book))

    def refuse(self, problem: UserError | OSError) -> None:
        super().refuse(problem)
        self.what.book.password.selectAll()


class _WhatStep(QWidget):
    """The copy, its password, and from which day."""

    def __init__(self, context: Context, day: date) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_3)
        text = _(
            "The other commune makes a copy of its book (“Copies”, “A copy now”) and brings it on a stick. Its members"
            ", households, meetings and campaigns come in; its months stay closed as they were, under its old name."
        )
        column.addWidget(label(text, wrap=True))
        self.book = FileAndPassword(
            _("Choose the copy…"),
            _("no copy chosen yet"),
            _("Which copy is it?"),
            _("Copies of the book (*.hpnbak)"),
            _("Password of an account of that book"),
        )
        column.addWidget(self.book)
        self.form = Form()
        hint = _("The first day on which both are one commune; its month is not closed yet.")
        self.on = self.form.add(DateField("on", _("From which day"), today=context.today, required=True, hint=hint))
        self.on.set_value(day)
        column.addWidget(self.form)
        column.addStretch(1)
        self.setFocusProxy(self.book)


class _Shown(Refilled):
    """Before at the left, after at the right, then what else follows."""

    def show_rehearsal(self, told: Rehearsed, mine: str) -> None:
        """What was found."""
        rows = self.emptied()
        for sentence in said.findings(told):
            rows.addWidget(label(sentence, wrap=True))
        both, before = QHBoxLayout(), QVBoxLayout()
        for box in (both, before):
            box.setSpacing(style.sizes().space_3)
        before.addWidget(branch_side(mine, told.ours))
        before.addWidget(branch_side(told.name, told.theirs))
        before.addStretch(1)
        both.addLayout(before, 1)
        both.addWidget(branch_side(_("Together from {day}").format(day=short_date(told.on)), told.after), 1)
        rows.addLayout(both)
        if told.alike:
            rows.addWidget(_alike(told))
        rows.addStretch(1)


def _alike(told: Rehearsed) -> Card:
    card = Card(_("Perhaps the same woman in both books"))
    for pair in told.alike[:_NAMED]:
        card.add(
            label(f"{pair.one.full_name} ({pair.one.branch}) · {pair.other.full_name} ({pair.other.branch})", wrap=True)
        )
        card.add(label(likeness.why(pair.verdict), "small", wrap=True))
    more = len(told.alike) - _NAMED
    if more > 0:
        text = ngettext("and {count} more pair", "and {count} more pairs", more).format(count=number(more))
        card.add(label(text, "small"))
    return card
