"""Đổi tên, sáp nhập xã: the new name and code from a day, found in the official list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from sochihoi.domain.errors import NotFound
from sochihoi.i18n import _
from sochihoi.services.commune_changes import CommuneChange, proposed
from sochihoi.services.official_units import in_force
from sochihoi.ui.setup.presenter import names_of
from sochihoi.ui.setup.unit_dialogs import FormDialog
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE
from sochihoi.ui.shared.forms import DateField, LongTextField, TextField

_TEXTS = ("code", "kind", "short_name", "province", "union_line", "place")


class ChangeCommune(FormDialog):
    """A five-digit code fills the fields from the official list of the day; all of them can be typed."""

    def __init__(self, context: Context, parent: QWidget | None, done: Callable[[str], None]) -> None:
        super().__init__(parent, _("What is the commune from a day on?"), _("Rename or merge"), width=WIDE)
        self._context, self._done = context, done
        hint = _("The first day of the new name. Papers that were issued before keep the old one.")
        self.on = self.form.add(DateField("on", _("From which day"), today=context.today, required=True, hint=hint))
        hint = _("The official code of five digits; the fields below are filled from the official list.")
        self.code = self.form.add(TextField("code", _("Code"), required=True, letters=8, hint=hint))
        self.form.add(TextField("kind", _("Kind of unit"), letters=12))
        self.form.add(TextField("short_name", _("Name"), required=True))
        self.form.add(TextField("province", _("Province")))
        self.form.add(TextField("union_line", _("The Union's line at the head of papers")))
        self.form.add(TextField("place", _("Place before the date")))
        hint = _("Communes that became part of it, one a line; empty when it was only renamed.")
        self.form.add(LongTextField("joined", _("Merged with"), lines=2, hint=hint))
        self.on.set_value(context.today())
        self._fill(proposed(context.office.commune, context.today()))
        self.code.left.connect(self._look_up)
        self.code.line.setFocus()

    def _fill(self, told: CommuneChange) -> None:
        for name in _TEXTS:
            self.form[name].set_value(getattr(told, name))

    def _look_up(self) -> None:
        office = self._context.office
        code = str(self.code.value() or "")
        if code == office.commune.code:
            return
        day = self.on.value() or office.today
        try:
            found = in_force(office.packs.layers(), day)[0].commune(code)
        except NotFound:
            return  # a commune that the list does not have yet is typed
        self._fill(proposed(office.commune, day, found))

    def save(self) -> None:
        values = self.form.values()
        code, kind, name, province, line, place = (str(values[one] or "") for one in _TEXTS)
        joined = names_of(values["joined"] or "")
        told = CommuneChange(values["on"], code, kind, name, province, line, place, joined)
        changed = self._context.office.setup.change_commune(told)
        self._done(_("The commune is called {name} now.").format(name=changed.name))
