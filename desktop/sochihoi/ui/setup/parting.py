"""Chuyển chi hội sang xã mới: which branches and from when, a rehearsal, then one file and one act."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.errors import FieldProblem, NotFound, UserError
from sochihoi.domain.parting import PartingPlan
from sochihoi.i18n import _, short_date
from sochihoi.services.official_units import in_force
from sochihoi.services.parting import SUFFIX, Parted, PartRehearsed
from sochihoi.storage.joining import BranchLine
from sochihoi.ui import style, words
from sochihoi.ui.setup.passwords import PasswordTwice
from sochihoi.ui.shared.buttons import Card, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialog_job import DialogJob
from sochihoi.ui.shared.dialogs import WIDE, Dialog, choose_target
from sochihoi.ui.shared.forms import DateField, Form, TextField
from sochihoi.ui.shared.stack import Stack
from sochihoi.ui.shared.ticks import TicksField
from sochihoi.ui.words import joining, parting


class PartDialog(Dialog):
    """Two steps: which branches, and what would be. ``acted(words)`` once it is done; nothing is written before."""

    def __init__(self, context: Context, parent: QWidget | None, acted: Callable[[str], None]) -> None:
        super().__init__(parent, "", width=WIDE)
        self._context, self._acted = context, acted
        self._desk = context.office.setup.parting
        self.told: PartRehearsed | None = None
        self.stack = Stack()
        self.what = _WhatStep(context)
        self.shown = _Shown()
        for step in (self.what, self.shown):
            self.stack.addWidget(step)
        self.body.addWidget(self.stack)
        self.leave_button = self.add_button(_("Leave it"), self.reject)
        self.back_button = self.add_button(_("Back"), self.back)
        self.next_button = self.add_button(_("Rehearse"), self.next, "primary", default=True)
        self.job = DialogJob(context, self, self.message, self._hold)
        self._say()

    def _say(self) -> None:
        at_end = self.stack.currentWidget() is self.shown
        self.back_button.setVisible(at_end)
        self.heading.setText(_("This is how it would be") if at_end else _("Which branches go to a new commune?"))
        text = _("Make the file and let them go…") if at_end else _("Rehearse")
        self.next_button.setText(text)
        self.next_button.setAccessibleName(text)
        self.next_button.setEnabled(not at_end or (self.told is not None and self.told.whole))

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
        """To the branches and the day; both are kept."""
        self.message.clear()
        self.stack.setCurrentWidget(self.what)
        self._say()

    def next(self) -> None:
        """Try it, or choose where the file goes and do it."""
        if self.stack.currentWidget() is self.what:
            self._rehearse()
        elif self.shown.twice.check() and self.told is not None:
            proposed = f"{self.told.plan.code}{SUFFIX}"
            kinds = _("Branches for a new commune (*.hpnpart)")
            out = choose_target(self, _("Where does the file for the new commune go?"), proposed, kinds)
            if out is not None:
                self.part(out if out.suffix == SUFFIX else out.with_name(f"{out.name}{SUFFIX}"))

    def _rehearse(self) -> None:
        if not self.what.form.check():
            return
        stopped = _("Stopped. The copy is taken away, and nothing in the book has changed.")
        work = partial(_caught, partial(self._desk.rehearse, self.what.plan()))
        self.job.do(work, self._rehearsed, _("The book is copied and tried…"), stopped)

    def part(self, out: Path) -> None:
        """Write the file there and end the branches here."""
        if self.told is None:
            return
        work = partial(_caught, partial(self._desk.part, self.told.plan, out, self.shown.twice.password()))
        stopped = _("Stopped. Nothing in the book has changed.")
        self.job.do(work, self._parted, _("The file for the new commune is written…"), stopped)

    def _rehearsed(self, found: object) -> None:
        if isinstance(found, PartRehearsed):
            self.told = found
            self.shown.show_rehearsal(found, self._context.office.commune.name)
            self.stack.setCurrentWidget(self.shown)
            self._say()
            self.next_button.setFocus()
        else:
            self._refuse(found)

    def _parted(self, found: object) -> None:
        if isinstance(found, Parted):
            self.accept()
            self._acted(parting.done(found))
        else:
            self._refuse(found)

    def _refuse(self, problem: object) -> None:
        if isinstance(problem, FieldProblem) and self.what.form.show_problem(problem):
            self.back()
        elif isinstance(problem, UserError | OSError):
            self.message.say("bad", str(words.say(problem)))


def _caught(work: Callable[..., object], progress: object) -> object:
    """What came of it, or why it was refused: a problem of the form goes under its field."""
    try:
        return work(progress=progress)
    except (UserError, OSError) as problem:
        return problem


class _WhatStep(QWidget):
    """Which branches, from which day, to which commune."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_3)
        text = _(
            "The branches go whole, with their members, households and what was held there. The new commune begins its "
            "book with the file that is made here; nobody who stays is in it."
        )
        column.addWidget(label(text, wrap=True))
        self.form = Form()
        branches = [(one.id, one.name) for one in context.office.setup.branches()]
        self.form.add(TicksField("branches", _("Which branches go?"), branches, required=True, rows=5))
        hint = _("The first day of the new commune; its month is not closed yet.")
        on = self.form.add(DateField("on", _("From which day"), today=context.today, required=True, hint=hint))
        hint = _("The official code of five digits; the name is filled from the official list where it stands there.")
        self.code = self.form.add(TextField("code", _("Code of the new commune"), required=True, letters=8, hint=hint))
        self.form.add(TextField("name", _("Name of the new commune, with its kind"), required=True))
        self.form.add(TextField("decision", _("Number of the decision"), letters=22))
        on.set_value(context.today().replace(day=1))
        self.code.left.connect(self._look_up)
        column.addWidget(self.form)
        column.addStretch(1)

    def _look_up(self) -> None:
        office = self._context.office
        try:
            found = in_force(office.packs.layers(), office.today)[0].commune(str(self.code.value() or ""))
        except NotFound:
            return  # a commune that the list does not have yet is typed
        if not self.form["name"].value():
            self.form["name"].set_value(found.full_name)

    def plan(self) -> PartingPlan:
        """What was said."""
        said = self.form.values()
        return PartingPlan(
            said["on"], tuple(said["branches"]), said["code"] or "", said["name"] or "", said["decision"] or ""
        )


class _Shown(QWidget):
    """Who is on both sides, or both sides; below it the password of the file."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(style.sizes().space_3)
        self._inside: QWidget | None = None
        self.safe = Card(_("Password of the file"))
        text = _("The new commune opens the file with it. Tell it by telephone, not on the stick.")
        self.safe.add(label(text, "small", wrap=True))
        self.twice = PasswordTwice()
        self.safe.add(self.twice)
        self._column.addWidget(self.safe)
        self._column.addStretch(1)

    def show_rehearsal(self, told: PartRehearsed, mine: str) -> None:
        """What was found."""
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.deleteLater()
        inside = self._inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(style.sizes().space_3)
        if told.both:
            card = Card(parting.on_both(told))
            card.add(label(parting.todo_on_both(), wrap=True))
            for one in told.both:
                card.add(label(parting.who(one), "small", wrap=True))
            rows.addWidget(card)
        for sentence in parting.findings(told):
            rows.addWidget(label(sentence, wrap=True))
        sides = QHBoxLayout()
        sides.setSpacing(style.sizes().space_3)
        day = short_date(told.plan.on)
        sides.addWidget(
            _side(_("{name} from {day}").format(name=mine, day=day), told.stay), 1, Qt.AlignmentFlag.AlignTop
        )
        sides.addWidget(
            _side(_("{name} from {day}").format(name=told.plan.name, day=day), told.go), 1, Qt.AlignmentFlag.AlignTop
        )
        rows.addLayout(sides)
        self._column.insertWidget(0, inside)
        self.safe.setVisible(told.whole)


def _side(title: str, lines: tuple[BranchLine, ...]) -> Card:
    card = Card(title)
    card.add(label(joining.counts(lines), wrap=True))
    for one in lines:
        card.add(label(one.name, "strong", wrap=True))
        card.add(label(joining.line(one), "small", wrap=True))
    return card
