"""Sắp xếp lại chi hội: what happens, who goes where, a rehearsal on a copy, then one act that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.domain.reorganisation import By, Goes, Kind, Plan
from sochihoi.i18n import _
from sochihoi.services.rehearsing import Rehearsal
from sochihoi.services.reorganising import Group
from sochihoi.ui import style, words
from sochihoi.ui.setup.rehearsal import RehearsalDialog
from sochihoi.ui.setup.reorganise_shown import Sides
from sochihoi.ui.setup.reorganise_what import WhatStep
from sochihoi.ui.setup.reorganise_who import Line, WhoTable
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.choices import ChoiceField
from sochihoi.ui.shared.context import Context
from sochihoi.ui.words.reorganise import WAYS, deed, done, waiting

NOBODY = -1  # "not said yet" among the branches for the rest


class ReorganiseDialog(RehearsalDialog):
    """Three steps; a merger, a renaming and a move have no second one."""

    def __init__(
        self, context: Context, parent: QWidget | None, acted: Callable[[str], None], chosen: str | None = None
    ) -> None:
        what, who, shown = WhatStep(context, chosen), _WhoStep(context), _Shown(context)
        super().__init__(context, parent, acted, (what, who, shown), what.form)
        self.what, self.who, self.shown = what, who, shown
        self._desk = context.office.setup.reorganising
        self.told: Rehearsal | None = None
        self._split = ""  # the branch whose lines the second step shows
        self.reason = label("", "small", wrap=True)
        self.buttons.insertWidget(0, self.reason, 1)
        what.changed.connect(self.say)
        who.changed.connect(self.say)
        shown.unplaced.changed.connect(self.say)
        self.say()

    # ------------------------------------------------------------------ where one is

    def plan(self) -> Plan:
        """Everything that was said."""
        goes = (*self.shown.unplaced.goes(), *self.who.table.goes())
        return self.what.plan(_first_said(goes), self.who.rest_part())

    def first_of(self, step: QWidget) -> QWidget:
        return {self.what: self.what.kind.combo, self.who: self.who.table.table.view}.get(step, self.next_button)

    def said(self) -> tuple[str, str, bool]:
        if self.step is self.what:
            text = _("Next") if self.what.chosen() is Kind.SPLIT else _("Rehearse")
            return _("How are the branches reorganised?"), text, True
        if self.step is self.who:
            return _("Who goes where?"), _("Rehearse"), True
        text = _("Rehearse again")
        if self.told is not None and not self.told.unplaced:
            plan = self.told.plan
            count = len(plan.names if plan.kind is Kind.SPLIT else plan.sources)
            text = deed(plan.kind, count, self.what.subject())
        return _("This is how it would be"), text, True

    def say(self) -> None:
        super().say()
        why = self.who.remaining() if self.step is self.who else ""
        if self.step is self.shown and self.told is not None and self.told.unplaced and self.shown.unplaced.left():
            why = waiting(self.told)
        self.reason.setText(why)

    # ------------------------------------------------------------------ moving

    def back(self) -> None:
        """To the step before; every choice is kept."""
        self.show_step(self.who if self.step is self.shown and self.what.chosen() is Kind.SPLIT else self.what)

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
            self.show_step(self.who)

    def _attempt(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except (UserError, OSError) as problem:
            self.refuse(problem)
            return False
        return True

    def refuse(self, problem: UserError | OSError) -> None:
        if isinstance(problem, FieldProblem):
            self.show_step(self.what)
            if self.what.chosen() is Kind.SPLIT and problem.field.startswith("name"):
                self.what.form.set_errors({"name1": str(words.say(problem))})
                return
        super().refuse(problem)

    def rehearse(self) -> None:
        """Do it on a copy, beside the window; then show what was found."""
        plan = self.plan()
        if self._attempt(lambda: self._desk.work_out(plan)):
            stopped = _("Stopped. The copy is taken away, and nothing in the book has changed.")
            self.work(partial(self._desk.rehearse, plan), self._rehearsed, _("The book is copied and tried…"), stopped)

    def _rehearsed(self, told: Rehearsal) -> None:
        self.told = told
        self.shown.show_rehearsal(told, told.plan.names)
        self.show_step(self.shown)

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
