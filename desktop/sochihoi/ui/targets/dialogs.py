"""Entering the figures of a target, and setting the commune's own value."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from sochihoi.domain.targets import Direction, Measured
from sochihoi.i18n import _, number
from sochihoi.services.targets import TargetRow
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.forms import ChoiceField, DraftKeeper, Form, NumberField, TextField
from sochihoi.ui.targets import presenter
from sochihoi.ui.words.targets import direction_words, goal_words, period_name


class PercentField(NumberField):
    """Percent points with as many decimals as they have: ``85``, ``37,5``."""

    def set_value(self, value: Any) -> None:
        self.line.setText("" if value is None else number(Decimal(value)))


class EnterDialog(Dialog):
    """``save(numerator, denominator, note)`` gives true when it was kept; what was typed is never lost."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        row: TargetRow,
        save: Callable[[int | None, int | None, str], bool],
    ) -> None:
        super().__init__(parent, presenter.said(row.target.title))
        self.setObjectName("enter")
        self._save, self._row = save, row
        period = period_name(row.target, row.period, row.term)
        self.body.addWidget(label(f"{period} · {goal_words(row.goal)}", tone="muted", wrap=True))
        self.form = Form()
        share = row.target.denominator is not None
        self.form.add(
            NumberField(
                "numerator", _("&Reached"), hint=presenter.said(row.target.numerator), least=0 if share else None
            )
        )
        if row.target.denominator is not None:
            self.form.add(
                NumberField("denominator", _("&Out of"), hint=presenter.said(row.target.denominator), least=1)
            )
        self.form.add(TextField("note", _("&Note"), hint=_("Where the figures come from.")))
        told = row.setting
        self.form.set_values({"numerator": told.numerator, "denominator": told.denominator, "note": told.note})
        self.body.addWidget(self.form)
        self._keeper = DraftKeeper(context, f"target/{row.target.id}/{row.period}", self.form)
        self._keeper.offer(lambda text, actions: self.message.say("info", text, actions))
        self._keeper.restored.connect(self.message.clear)
        self.add_button(_("Leave it"), self._leave)
        self.add_button(_("Save the figures"), self.accept_form, "primary", default=True)
        self.form["numerator"].editor.setFocus()

    def accept_form(self) -> None:
        """Keep it and close; stay open when it cannot be kept."""
        values = self.form.values()
        if self.form.check() and self._save(values["numerator"], values.get("denominator"), values["note"] or ""):
            self._keeper.done()
            self.accept()

    def _leave(self) -> None:
        self._keeper.done()
        self.reject()


class GoalDialog(Dialog):
    """``save(value or None, direction or None)``: the commune's own value; empty goes back to the paper's."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        row: TargetRow,
        save: Callable[[Decimal | int | None, Direction | None], bool],
    ) -> None:
        super().__init__(parent, presenter.said(row.target.title))
        self.setObjectName("goal")
        self._save = save
        target = row.target
        paper = goal_words(target.goal)
        about = (
            _("The paper sets {goal} for a whole province; enter the commune's share.")
            if target.own_value
            else _("The paper sets {goal}. Leave the value empty to keep it.")
        )
        self.body.addWidget(label(about.format(goal=paper), tone="muted", wrap=True))
        self.form = Form()
        share = target.goal.measured is Measured.PERCENT
        if share:
            self.form.add(PercentField("value", _("&Value"), decimals=2, least=0, most=100, unit="%", letters=8))
        else:
            self.form.add(NumberField("value", _("&Value"), least=0, letters=8))
        options = [(one.name, direction_words(one).format(value="…")) for one in Direction]
        self.form.add(ChoiceField("direction", _("&Direction"), options))
        direction = row.setting.direction or target.goal.direction
        self.form.set_values({"value": row.setting.value, "direction": direction.name})
        self.body.addWidget(self.form)
        self._keeper = DraftKeeper(context, f"target/{target.id}/{row.period}/goal", self.form)
        self._keeper.offer(lambda text, actions: self.message.say("info", text, actions))
        self._keeper.restored.connect(self.message.clear)
        self.add_button(_("Leave it"), self._leave)
        self.add_button(_("Save the value"), self.accept_form, "primary", default=True)
        self.form["value"].editor.setFocus()

    def accept_form(self) -> None:
        """Keep it and close; stay open when it cannot be kept."""
        values = self.form.values()
        direction = Direction[values["direction"]] if values["direction"] else None
        if self.form.check() and self._save(values["value"], direction):
            self._keeper.done()
            self.accept()

    def _leave(self) -> None:
        self._keeper.done()
        self.reject()
