"""Chuyển chi hội sang xã mới: which branches and from when, a rehearsal, then one file and one act."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.errors import NotFound
from sochihoi.domain.parting import PartingPlan
from sochihoi.i18n import _, short_date
from sochihoi.services.official_units import in_force
from sochihoi.services.parting import SUFFIX, Parted, PartRehearsed
from sochihoi.ui import style
from sochihoi.ui.setup.passwords import PasswordTwice
from sochihoi.ui.setup.rehearsal import Refilled, RehearsalDialog, branch_side
from sochihoi.ui.shared.buttons import Card, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import choose_target
from sochihoi.ui.shared.forms import DateField, Form, TextField
from sochihoi.ui.shared.ticks import TicksField
from sochihoi.ui.words import parting


class PartDialog(RehearsalDialog):
    """Two steps: which branches, and what would be."""

    def __init__(self, context: Context, parent: QWidget | None, acted: Callable[[str], None]) -> None:
        what, shown = _WhatStep(context), _Shown()
        super().__init__(context, parent, acted, (what, shown), what.form)
        self.what, self.shown = what, shown
        self._desk = context.office.setup.parting
        self.told: PartRehearsed | None = None
        self.say()

    def said(self) -> tuple[str, str, bool]:
        if self.step is self.what:
            return _("Which branches go to a new commune?"), _("Rehearse"), True
        whole = self.told is not None and self.told.whole
        return _("This is how it would be"), _("Make the file and let them go…"), whole

    def next(self) -> None:
        if self.step is self.what:
            if self.what.form.check():
                stopped = _("Stopped. The copy is taken away, and nothing in the book has changed.")
                act = partial(self._desk.rehearse, self.what.plan())
                self.work(act, self._rehearsed, _("The book is copied and tried…"), stopped)
        elif self.shown.twice.check() and self.told is not None:
            proposed = f"{self.told.plan.code}{SUFFIX}"
            kinds = _("Branches for a new commune (*.hpnpart)")
            out = choose_target(self, _("Where does the file for the new commune go?"), proposed, kinds)
            if out is not None:
                self.part(out if out.suffix == SUFFIX else out.with_name(f"{out.name}{SUFFIX}"))

    def part(self, out: Path) -> None:
        """Write the file there and end the branches here."""
        if self.told is not None:
            act = partial(self._desk.part, self.told.plan, out, self.shown.twice.password())
            stopped = _("Stopped. Nothing in the book has changed.")
            self.work(act, self._parted, _("The file for the new commune is written…"), stopped)

    def _rehearsed(self, told: PartRehearsed) -> None:
        self.told = told
        self.shown.show_rehearsal(told, self._context.office.commune.name)
        self.show_step(self.shown)

    def _parted(self, parted: Parted) -> None:
        self.accept()
        self._acted(parting.done(parted))


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
        self.setFocusProxy(self.form["branches"])

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


class _Shown(Refilled):
    """Who is on both sides, or both sides; below it the password of the file."""

    def __init__(self) -> None:
        super().__init__()
        self.safe = Card(_("Password of the file"))
        text = _("The new commune opens the file with it. Tell it by telephone, not on the stick.")
        self.safe.add(label(text, "small", wrap=True))
        self.twice = PasswordTwice()
        self.safe.add(self.twice)
        self.column.addWidget(self.safe)
        self.column.addStretch(1)

    def show_rehearsal(self, told: PartRehearsed, mine: str) -> None:
        """What was found."""
        rows = self.emptied()
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
        for name, lines in ((mine, told.stay), (told.plan.name, told.go)):
            title = _("{name} from {day}").format(name=name, day=short_date(told.plan.on))
            sides.addWidget(branch_side(title, lines), 1, Qt.AlignmentFlag.AlignTop)
        rows.addLayout(sides)
        self.safe.setVisible(told.whole)
