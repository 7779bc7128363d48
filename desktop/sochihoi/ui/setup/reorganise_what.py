"""The first step of a reorganisation: what happens, when, to which branches, and what the new ones are called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochihoi.domain.reorganisation import Goes, Kind, Plan
from sochihoi.i18n import _
from sochihoi.ui.setup.presenter import names_of
from sochihoi.ui.shared.choices import ChoiceField, DateField
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.forms import Form, LongTextField, TextField
from sochihoi.ui.shared.ticks import TicksField
from sochihoi.ui.words.reorganise import KINDS


class WhatStep(QWidget):
    """A form whose fields are those of the chosen kind. ``plan`` is what it says."""

    changed = Signal()

    def __init__(self, context: Context, chosen: str | None = None) -> None:
        super().__init__()
        self._setup = context.office.setup
        branches = [(one.id, one.name) for one in self._setup.branches()]
        self.names = dict(branches)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.form = Form()
        column.addWidget(self.form)
        self.kind = self.form.add(
            ChoiceField("kind", _("What happens?"), [(k.name, say()) for k, say in KINDS.items()])
        )
        hint = _("The first day of the new branches. What was recorded before stays under the old names.")
        self.on = self.form.add(DateField("on", _("From which day"), today=context.today, required=True, hint=hint))
        self.several = self.form.add(TicksField("several", _("Which branches become one?"), branches, rows=7))
        self.one = self.form.add(ChoiceField("one", _("Which branch?"), branches, search=len(branches) > 14))
        self.cell = self.form.add(ChoiceField("cell", _("Which cell?")))
        self.target = self.form.add(ChoiceField("target", _("To which branch?"), branches, search=len(branches) > 14))
        self.name = self.form.add(TextField("name0", _("Name of the new branch")))
        hint = _("One a line. One of them may keep the old name.")
        self.parts = self.form.add(
            LongTextField("name1", _("Names of the new branches, one a line"), lines=3, hint=hint)
        )
        hint = _("It then stands in the history of every member.")
        self.decision = self.form.add(TextField("decision", _("Number of the decision"), hint=hint, letters=22))
        self.kind.set_value(Kind.MERGE.name)
        self.on.set_value(context.today().replace(day=1))
        self._mark(branches, chosen)
        self.form.changed.connect(self._changed)
        self._changed("kind")

    def _mark(self, branches: Sequence[tuple[str, str]], chosen: str | None) -> None:
        first = chosen if chosen in self.names else next((one for one, _name in branches), None)
        self.one.set_value(first)
        if chosen in self.names:
            self.several.set_value([chosen])

    def _changed(self, name: str) -> None:
        kind = self.chosen()
        if name in ("kind", "one"):
            self._fill_cells()
        shown = {
            self.several: kind is Kind.MERGE,
            self.one: kind is not Kind.MERGE,
            self.cell: kind is Kind.MOVE_CELL,
            self.target: kind is Kind.MOVE_CELL,
            self.name: kind in (Kind.MERGE, Kind.RENAME),
            self.parts: kind is Kind.SPLIT,
        }
        for field, on in shown.items():
            field.setVisible(on)
        self.changed.emit()

    def _fill_cells(self) -> None:
        branch = self.one.value()
        cells = self._setup.cells(branch) if branch else ()
        self.cell.set_options([(one.id, one.name) for one in cells])
        if self.cell.value() is None and cells:
            self.cell.set_value(cells[0].id)

    def chosen(self) -> Kind:
        """What happens."""
        return Kind[self.kind.value() or Kind.MERGE.name]

    def source(self) -> str | None:
        """The branch that is split."""
        found: str | None = self.one.value()
        return found

    def new_names(self) -> tuple[str, ...]:
        """Of the new branches."""
        kind = self.chosen()
        if kind is Kind.MOVE_CELL:
            return ()
        return tuple(names_of(self.parts.value() or "")) if kind is Kind.SPLIT else (str(self.name.value() or ""),)

    def subject(self) -> str:
        """The name that the last button says: of the new branch, or of the cell that moves."""
        return self.cell.combo.currentText() if self.chosen() is Kind.MOVE_CELL else ", ".join(self.new_names())

    def plan(self, goes: Sequence[Goes] = (), rest: int | None = None) -> Plan:
        """What the form says. The day must have been checked (``form.check``)."""
        kind, on = self.chosen(), self.on.value()
        sources = {
            Kind.MERGE: tuple(self.several.value()),
            Kind.MOVE_CELL: tuple(filter(None, [self.cell.value()])),
        }.get(kind, tuple(filter(None, [self.one.value()])))
        target = self.target.value() if kind is Kind.MOVE_CELL else None
        decision = str(self.decision.value() or "")
        day: date = on
        if kind is not Kind.SPLIT:
            return Plan(kind, day, sources, self.new_names(), target, decision=decision)
        return Plan(kind, day, sources, self.new_names(), goes=tuple(goes), rest=rest, decision=decision)
