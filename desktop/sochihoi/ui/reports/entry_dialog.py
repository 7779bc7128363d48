"""Entering a figure branch by branch: one field a branch, and one for what belongs to no branch."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.indicators import UnitType
from sochihoi.i18n import _
from sochihoi.services.entering import EntrySheet
from sochihoi.ui import style, words
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.shared.drafts import DraftKeeper
from sochihoi.ui.shared.forms import Form, NumberField, scrolled
from sochihoi.ui.shared.typed import show_number
from sochihoi.ui.words.month import in_language, period_name

MOST = 10**15


class EntryDialog(Dialog):
    """Saves all fields in one act. What was typed survives a closed window."""

    def __init__(self, context: Context, parent: QWidget, sheet: EntrySheet) -> None:
        title = _("{label}, {period}").format(
            label=in_language(sheet.indicator.label), period=period_name(sheet.period)
        )
        super().__init__(parent, title, width=WIDE)
        self.setObjectName("entry")
        self._context, self._sheet = context, sheet
        self._share = sheet.indicator.is_share
        self.form = Form()
        self.body.addWidget(label(in_language(sheet.indicator.definition), tone="muted", wrap=True))
        grid_box = QWidget()
        grid = QGridLayout(grid_box)
        grid.setContentsMargins(0, 0, style.sizes().space_3, 0)
        grid.setHorizontalSpacing(style.sizes().space_4)
        unit = _("dong") if sheet.indicator.unit is UnitType.MONEY else ""
        for at, one in enumerate(sheet.entries):
            name = one.name or _("The commune itself, outside the branches")
            hint = _("carried on from {period}").format(period=period_name(one.period)) if one.carried else ""
            value = self.form.add(NumberField(f"v{at}", name, hint=hint, least=0, most=MOST, unit=unit, letters=16))
            value.set_value(None if one.carried else one.value)
            if one.carried and one.value is not None:
                value.line.setPlaceholderText(show_number(one.value))
            if self._share:
                whole = self.form.add(
                    NumberField(f"d{at}", _("{branch}: out of").format(branch=name), least=1, most=MOST, letters=16)
                )
                whole.set_value(None if one.carried else one.denominator)
                grid.addWidget(value, at, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(whole, at, 1, Qt.AlignmentFlag.AlignTop)
            else:
                grid.addWidget(value, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(scrolled(grid_box), 1)
        self.keeper = DraftKeeper(context, f"figure/{sheet.period.code}/{sheet.indicator.code}", self.form)
        self.keeper.offer(lambda text, actions: self.message.say("info", text, actions))
        self.keeper.restored.connect(self.message.clear)
        self.add_button(_("Leave it"), self.reject)
        self.add_button(_("Save the figures"), self.save, "primary", default=True)
        self.resize(self.width(), max(360, min(620, parent.window().height() - 60)))
        self.form["v0"].editor.setFocus()

    def save(self) -> None:
        """Check every field, then enter them all."""
        if not self.form.check():
            self.message.say("bad", self.form.count_of_errors())
            return
        values = self.form.values()
        told: dict[str | None, tuple[int | None, int | None]] = {}
        for at, one in enumerate(self._sheet.entries):
            value, whole = values[f"v{at}"], values.get(f"d{at}")
            before = (None, None) if one.carried else (one.value, one.denominator)
            if (value, whole) != before:
                told[one.branch] = (value, whole)
        try:
            if told:
                self._context.office.figures.entering.put(self._sheet.indicator.code, self._sheet.period, told)
        except (UserError, OSError) as problem:
            self.message.say("bad", str(words.say(problem)))
            return
        self.keeper.done()
        self.done(QDialog.DialogCode.Accepted)
