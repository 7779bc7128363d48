"""Sắp xếp lại chi hội: what happens, who goes where, a rehearsal on a copy, then one act that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.domain.reorganisation import By, Goes, Kind, Plan
from sochihoi.i18n import _
from sochihoi.services.rehearsing import Rehearsal
from sochihoi.services.reorganising import Group
from sochihoi.ui import style, words
from sochihoi.ui.setup.reorganise_shown import Sides
from sochihoi.ui.setup.reorganise_what import WhatStep
from sochihoi.ui.setup.reorganise_who import Line, WhoTable
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.choices import ChoiceField
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialog_job import DialogJob
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.shared.stack import Stack
from sochihoi.ui.words.reorganise import WAYS, deed, done, waiting

NOBODY = -1  # "not said yet" among the branches for the rest


class ReorganiseDialog(Dialog):
    """Three steps; a merger, a renaming and a move have no second one. ``acted(words)`` once it is done.

    Nothing is written before the last button, and going back keeps every choice.
    """

    def __init__(
        self, context: Context, parent: QWidget | None, acted: Callable[[str], None], chosen: str | None = None
    ) -> None:
        super().__init__(parent, _("How are the branches reorganised?"), width=WIDE)
        self._context, self._acted = context, acted
        self._desk = context.office.setup.reorganising
        self.told: Rehearsal | None = None
        self.stack = Stack()
        self.what = WhatStep(context, chosen)
        self.who = _WhoStep(context)
        self.shown = _Shown(context)
        for step in (self.what, self.who, self.shown):
            self.stack.addWidget(step)
        self.body.addWidget(self.stack)
        self.reason = label("", "small", wrap=True)
        self.buttons.insertWidget(0, self.reason, 1)
        self.leave_button = self.add_button(_("Leave it"), self.reject)
        self.back_button = self.add_button(_("Back"), self.back)
        self.next_button = self.add_button(_("Next"), self.next, "primary", default=True)
        self.job = DialogJob(context, self, self.message, self._hold)
        self.what.changed.connect(self._say)
        self.who.changed.connect(self._say)
        self.shown.unplaced.changed.connect(self._say)
        self._split = ""  # the branch whose lines the second step shows
        self._say()

    # ------------------------------------------------------------------ where one is

    @property
    def step(self) -> QWidget:
        """What is shown."""
        return self.stack.currentWidget()

    def plan(self) -> Plan:
        """Everything that was said."""
        goes = (*self.shown.unplaced.goes(), *self.who.table.goes())
        return self.what.plan(_first_said(goes), self.who.rest_part())

    def _show(self, step: QWidget) -> None:
        self.message.clear()
        self.stack.setCurrentWidget(step)
        titles = {
            self.what: _("How are the branches reorganised?"),
            self.who: _("Who goes where?"),
            self.shown: _("This is how it would be"),
        }
        self.heading.setText(titles[step])
        self._say()
        first = {self.what: self.what.kind.combo, self.who: self.who.table.table.view}.get(step, self.next_button)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self) -> None:
        at_end = self.step is self.shown
        self.back_button.setVisible(self.step is not self.what)
        text, why = _("Next"), ""
        if self.step is self.who or (self.step is self.what and self.what.chosen() is not Kind.SPLIT):
            text = _("Rehearse")
        if at_end and self.told is not None:
            plan = self.told.plan
            if not self.told.unplaced:
                text = deed(
                    plan.kind, len(plan.names if plan.kind is Kind.SPLIT else plan.sources), self.what.subject()
                )
            else:
                text = _("Rehearse again")
                why = waiting(self.told) if self.shown.unplaced.left() else ""
        if self.step is self.who:
            why = self.who.remaining()
        self.reason.setText(why)
        self.next_button.setText(text)
        self.next_button.setAccessibleName(text)

    def _hold(self, held: bool) -> None:
        for one in (self.next_button, self.back_button, self.stack):
            one.setEnabled(not held)

    # ------------------------------------------------------------------ moving

    def back(self) -> None:
        """To the step before; every choice is kept."""
        self._show(self.who if self.step is self.shown and self.what.chosen() is Kind.SPLIT else self.what)

    def next(self) -> None:
        """To the next step, or do it."""
        if self.step is self.what:
            self._from_what()
        elif self.step is self.who or (self.told is not None and self.told.unplaced):
            self.rehearse()
        else:
            self.commit()

    def _from_what(self) -> None:
        if not self.what.form.check():
            return
        if self.what.chosen() is not Kind.SPLIT:
            self.rehearse()
            return
        # names and day are refused here, before anybody says who goes where
        if self._attempt(lambda: self._desk.work_out(self.what.plan())):
            source = self.what.source() or ""
            if source != self._split:
                self._split = source
                self.who.table.forget()
                self.shown.unplaced.forget()
            self.who.show_branch(source, self.what)
            self._show(self.who)

    def _attempt(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except FieldProblem as problem:
            self._refuse(problem)
        except (UserError, OSError) as problem:
            self.message.say("bad", str(words.say(problem)))
        else:
            return True
        return False

    def _refuse(self, problem: FieldProblem) -> None:
        self._show(self.what)
        field = "name1" if self.what.chosen() is Kind.SPLIT and problem.field.startswith("name") else problem.field
        if field in self.what.form.fields:
            self.what.form.set_errors({field: str(words.say(problem))})
        else:
            self.message.say("bad", str(words.say(problem)))

    def rehearse(self) -> None:
        """Do it on a copy, beside the window; then show what was found."""
        plan = self.plan()
        if self._attempt(lambda: self._desk.work_out(plan)):
            stopped = _("Stopped. The copy is taken away, and nothing in the book has changed.")
            self.job.do(
                partial(self._desk.rehearse, plan), self._rehearsed, _("The book is copied and tried…"), stopped
            )

    def _rehearsed(self, told: Rehearsal) -> None:
        self.told = told
        self.shown.show_rehearsal(told, told.plan.names)
        self._show(self.shown)

    def commit(self) -> None:
        """One act; the toast offers the way back."""
        plan = self.plan()
        if self._attempt(lambda: self._desk.commit(plan)):
            self.accept()
            self._acted(done(plan.kind, self._result(plan)))

    def _result(self, plan: Plan) -> str:
        return self.what.names.get(plan.target or "", "") if plan.kind is Kind.MOVE_CELL else ", ".join(plan.names)


class _WhoStep(QWidget):
    """By which grouping, the list, and where everybody else goes."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._desk = context.office.setup.reorganising
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_3)
        self.way = ChoiceField("way", _("How is it said?"), [(by.name, say()) for by, say in WAYS.items()])
        self.way.set_value(By.CELL.name)
        column.addWidget(self.way)
        self.table = WhoTable(context, "reorganise", _("Who goes where"))
        column.addWidget(self.table, 1)
        hint = _("Whoever is named one by one goes there first, then her cell counts, then her hamlet.")
        self.rest = ChoiceField("rest", _("Everybody else goes to"), hint=hint)
        column.addWidget(self.rest)
        self.changed = self.table.changed
        self.way.combo.activated.connect(lambda _at: self._fill())
        self.rest.combo.activated.connect(lambda _at: self.changed.emit())
        self._branch, self._on = "", date.min

    def show_branch(self, branch: str, what: WhatStep) -> None:
        """The branch that is split, and the names of its parts."""
        self._branch, self._on = branch, what.on.value()
        names = what.new_names()
        kept = self.rest.value()
        self.rest.set_options([(NOBODY, _("not said yet")), *enumerate(names)])
        self.rest.set_value(kept if kept is not None and kept < len(names) else NOBODY)
        self.table.set_parts(names)
        if self.way.value() == By.CELL.name and not self._groups(By.CELL):
            self.way.set_value(By.HAMLET.name if self._groups(By.HAMLET) else By.MEMBER.name)
        self._fill()

    def _groups(self, by: By) -> tuple[Group, ...]:
        return self._desk.groups(self._branch, self._on, by)

    def _fill(self) -> None:
        self.table.set_lines([_line(one) for one in self._groups(By[self.way.value()])])
        self.changed.emit()

    def rest_part(self) -> int | None:
        """The part of everybody else."""
        found = self.rest.value()
        return None if found is None or found == NOBODY else int(found)

    def remaining(self) -> str:
        """Words where something is not said yet; the rehearsal then names who it is."""
        if self.rest_part() is not None or not self.table.left():
            return ""
        return _("The rehearsal names everyone who has no place yet.")


class _Shown(QWidget):
    """Both sides, and a list to give a place to whom nobody placed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_3)
        self.sides = Sides()
        self.unplaced_head = label("", "strong", wrap=True)
        self.unplaced = WhoTable(context, "reorganise.unplaced", _("Who has no place yet"))
        column.addWidget(self.unplaced_head)
        column.addWidget(self.unplaced, 1)
        column.addWidget(self.sides)

    def show_rehearsal(self, told: Rehearsal, names: Sequence[str]) -> None:
        """What was found; the list only where it names somebody."""
        self.sides.show_rehearsal(told)
        self.unplaced_head.setText(waiting(told))
        for one in (self.unplaced_head, self.unplaced):
            one.setVisible(bool(told.unplaced))
        self.unplaced.set_parts(names)
        self.unplaced.set_lines(
            [
                Line(one.by, one.key, one.name, _detail(one.cell, one.hamlet) or _kind(one.by), 0)
                for one in told.unplaced
            ]
        )


def _line(group: Group) -> Line:
    return Line(group.by, group.key, group.name, _detail(group.cell, group.hamlet), group.members)


def _detail(cell: str, hamlet: str) -> str:
    return ", ".join(filter(None, (cell, hamlet)))


def _kind(by: By) -> str:
    return _("household") if by is By.HOUSEHOLD else ""


def _first_said(goes: tuple[Goes, ...]) -> tuple[Goes, ...]:
    """Each person, cell, hamlet and household once: what was said of the unplaced counts."""
    found: dict[tuple[By, str], Goes] = {}
    for one in goes:
        found.setdefault((one.by, one.key), one)
    return tuple(found.values())
