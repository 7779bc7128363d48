"""Nhận sổ của xã khác: its copy and password, a rehearsal, then one act that can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.i18n import _, ngettext, number, short_date
from sochihoi.services.joining import Book, Rehearsed
from sochihoi.storage.joining import BranchLine
from sochihoi.ui import style, words
from sochihoi.ui.shared.buttons import Card, button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialog_job import DialogJob
from sochihoi.ui.shared.dialogs import WIDE, Dialog, choose_file
from sochihoi.ui.shared.forms import DateField, Form
from sochihoi.ui.shared.stack import Stack
from sochihoi.ui.words import joining as said
from sochihoi.ui.words import likeness

_NAMED = 20  # pairs that are named here; all of them stand under "May be entered twice" afterwards


class JoinDialog(Dialog):
    """Two steps: which book, and what would be. ``acted(words)`` once it is done; nothing is written before."""

    def __init__(self, context: Context, parent: QWidget | None, acted: Callable[[str], None]) -> None:
        super().__init__(parent, _("Which commune's book joins this one?"), width=WIDE)
        self._context, self._acted = context, acted
        self._desk = context.office.setup.joining
        self.told: Rehearsed | None = None
        self.stack = Stack()
        self.what = _WhatStep(context, self._desk.proposed_day())
        self.shown = _Shown()
        for step in (self.what, self.shown):
            self.stack.addWidget(step)
        self.body.addWidget(self.stack)
        self.leave_button = self.add_button(_("Leave it"), self.reject)
        self.back_button = self.add_button(_("Back"), self.back)
        self.next_button = self.add_button(_("Rehearse"), self.next, "primary", default=True)
        self.job = DialogJob(context, self, self.message, self._hold)
        self.what.password.textChanged.connect(lambda _text: self._say())
        self.what.chosen.connect(lambda _name: self._say())
        self._say()

    def _say(self) -> None:
        at_end = self.stack.currentWidget() is self.shown
        self.back_button.setVisible(at_end)
        text = _("Rehearse")
        if at_end and self.told is not None:
            text = _("Bring in the book of {name}").format(name=self.told.name)
            self.heading.setText(_("This is how it would be"))
        else:
            self.heading.setText(_("Which commune's book joins this one?"))
        self.next_button.setText(text)
        self.next_button.setAccessibleName(text)
        ready = self.what.file is not None and bool(self.what.password.text())
        self.next_button.setEnabled((self.told is not None and self.told.whole) if at_end else ready)

    def _hold(self, held: bool) -> None:
        for one in (self.next_button, self.back_button, self.stack):
            one.setEnabled(not held)
        if not held:
            self._say()

    def reject(self) -> None:
        """Left while work goes on, that stops and nothing is kept of it."""
        self.job.stop()
        super().reject()

    def back(self) -> None:
        """To the file and the day; both are kept."""
        self.message.clear()
        self.stack.setCurrentWidget(self.what)
        self._say()

    def next(self) -> None:
        """Try it, or do it."""
        file, on = self.what.file, self.what.on.value()
        if file is None or not self.what.form.check() or on is None:
            return
        password = self.what.password.text()
        if self.stack.currentWidget() is self.what:
            stopped = _("Stopped. The copies are taken away, and nothing in the book has changed.")
            work = partial(_caught, partial(self._desk.rehearse, file, password, on, None))
            self.job.do(work, self._rehearsed, _("The other book is checked and tried on a copy…"), stopped)
        else:
            stopped = _("Stopped. Nothing in the book has changed.")
            work = partial(_caught, partial(self._desk.join, file, password, on, None))
            self.job.do(work, self._joined, _("The book is brought in…"), stopped)

    def _rehearsed(self, found: object) -> None:
        if isinstance(found, Rehearsed):
            self.told = found
            self.shown.show_rehearsal(found, self._context.office.commune.name)
            self.stack.setCurrentWidget(self.shown)
            self._say()
            self.next_button.setFocus()
        else:
            self._refuse(found)

    def _joined(self, found: object) -> None:
        if isinstance(found, Book):
            self.accept()
            self._acted(said.done(found))
        else:
            self._refuse(found)

    def _refuse(self, problem: object) -> None:
        if isinstance(problem, FieldProblem) and self.what.form.show_problem(problem):
            self.back()
            return
        if isinstance(problem, UserError | OSError):
            self.message.say("bad", str(words.say(problem)))
            self.what.password.selectAll()


def _caught(work: Callable[..., object], progress: object) -> object:
    """What came of it, or why it was refused: a problem of the form goes under its field."""
    try:
        return work(progress=progress)
    except (UserError, OSError) as problem:
        return problem


class _WhatStep(QWidget):
    """The copy, its password, and from which day."""

    def __init__(self, context: Context, day: date) -> None:
        super().__init__()
        self.file: Path | None = None
        size = style.sizes()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size.space_3)
        text = _(
            "The other commune makes a copy of its book (“Copies”, “A copy now”) and brings it on a stick. Its members"
            ", households, meetings and campaigns come in; its months stay closed as they were, under its old name."
        )
        column.addWidget(label(text, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(size.space_2)
        self.choose_button = button(_("Choose the copy…"), self.choose, "", "folder-open")
        self.name = label(_("no copy chosen yet"), "small", wrap=True)
        row.addWidget(self.choose_button)
        row.addWidget(self.name, 1)
        column.addLayout(row)
        column.addWidget(label(_("Password of an account of that book"), "strong"))
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(_("Password of an account of that book"))
        column.addWidget(self.password)
        self.form = Form()
        hint = _("The first day on which both are one commune; its month is not closed yet.")
        self.on = self.form.add(DateField("on", _("From which day"), today=context.today, required=True, hint=hint))
        self.on.set_value(day)
        column.addWidget(self.form)
        column.addStretch(1)
        self.chosen = self.form.left

    def choose(self) -> None:
        """A file from the stick."""
        file = choose_file(self, _("Which copy is it?"), _("Copies of the book (*.hpnbak)"))
        if file is not None:
            self.take(file)

    def take(self, file: Path) -> None:
        """This one."""
        self.file = file
        self.name.setText(file.name)
        self.password.setFocus()
        self.chosen.emit("file")


class _Shown(QWidget):
    """Before at the left, after at the right, then what else follows."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._inside: QWidget | None = None

    def show_rehearsal(self, told: Rehearsed, mine: str) -> None:
        """What was found."""
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.deleteLater()
        inside = self._inside = QWidget()
        size = style.sizes()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(size.space_3)
        for sentence in said.findings(told):
            rows.addWidget(label(sentence, wrap=True))
        both = QHBoxLayout()
        both.setSpacing(size.space_3)
        before = QVBoxLayout()
        before.setSpacing(size.space_3)
        before.addWidget(_side(mine, told.ours))
        before.addWidget(_side(told.name, told.theirs))
        before.addStretch(1)
        both.addLayout(before, 1)
        both.addWidget(_side(_("Together from {day}").format(day=short_date(told.on)), told.after), 1)
        rows.addLayout(both)
        if told.alike:
            rows.addWidget(_alike(told))
        rows.addStretch(1)
        self._column.addWidget(inside, 1)


def _side(title: str, lines: tuple[BranchLine, ...]) -> Card:
    card = Card(title)
    card.add(label(said.counts(lines), wrap=True))
    for one in lines:
        card.add(label(one.name, "strong", wrap=True))
        card.add(label(said.line(one), "small", wrap=True))
    card.body.addStretch(1)
    return card


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
