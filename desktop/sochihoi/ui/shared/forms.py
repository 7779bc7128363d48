"""A form: one column of fields, errors under the fields, a draft that survives closing and power cuts.

form = Form()
form.add(TextField("name", _("Full name"), required=True))
form.add(DateField("born", _("Date of birth"), today=context.today, exact=False, hint=_("A year alone is enough.")))
DraftKeeper(context, f"member/{member_id}", form)
if form.check(): office.people.save(**form.values())
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from sochihoi.domain.errors import FieldProblem
from sochihoi.i18n import ngettext
from sochihoi.ui import style, words
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.choices import ChoiceField, DateField, PlainCombo, SearchCombo
from sochihoi.ui.shared.drafts import DraftKeeper
from sochihoi.ui.shared.fields import (
    CheckField,
    Field,
    LongTextField,
    MoneyField,
    NumberField,
    PhoneField,
    TextField,
)
from sochihoi.ui.shared.typed import read_date, read_number, show_date

__all__ = [
    "CheckField",
    "ChoiceField",
    "DateField",
    "DraftKeeper",
    "Field",
    "Form",
    "LongTextField",
    "MoneyField",
    "NumberField",
    "PhoneField",
    "PlainCombo",
    "SearchCombo",
    "TextField",
    "read_date",
    "read_number",
    "scrolled",
    "show_date",
]

F = TypeVar("F", bound=Field)


class Form(QWidget):
    """One column of fields, by name."""

    changed = Signal(str)  # name of the field that was typed in
    left = Signal(str)  # name of the field that was changed and left

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(style.sizes().space_3)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)

    def add(self, field: F) -> F:
        """Append a field and give it back."""
        self.fields[field.name] = field
        self._column.addWidget(field)
        field.changed.connect(lambda: self.changed.emit(field.name))
        field.left.connect(lambda: self.left.emit(field.name))
        return field

    def add_heading(self, text: str) -> None:
        """A card title between fields."""
        self._column.addSpacing(style.sizes().space_2)
        self._column.addWidget(label(text, "head"))

    def add_widget(self, widget: QWidget) -> None:
        """Anything that is no field (an explanation, a button row)."""
        self._column.addWidget(widget)

    def __getitem__(self, name: str) -> Field:
        return self.fields[name]

    def values(self) -> dict[str, Any]:
        """What was understood, by field name."""
        return {name: field.value() for name, field in self.fields.items()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show values; names without a field are left out."""
        for name, value in values.items():
            if name in self.fields:
                self.fields[name].set_value(value)

    def check(self) -> bool:
        """Look at every field, put the sentence under each that cannot be saved, go to the first. True when all
        can.
        """
        problems = {name: field.problem() for name, field in self.fields.items() if field.isVisibleTo(self)}
        return self.set_errors({name: text for name, text in problems.items() if text})

    def set_errors(self, errors: Mapping[str, str]) -> bool:
        """Show these errors and no others; true when there are none."""
        first: Field | None = None
        for name, field in self.fields.items():
            field.set_error(errors.get(name, ""))
            if name in errors and first is None:
                first = field
        if first is not None:
            into_sight(first.editor)
        return not errors

    def show_problem(self, problem: FieldProblem) -> bool:
        """Put a service's ``FieldProblem`` under its field; false when the form has no such field (show it in the
        bar).
        """
        if problem.field not in self.fields:
            return False
        self.set_errors({problem.field: str(words.say(problem))})
        return True

    def count_of_errors(self) -> str:
        """ "Còn 2 ô phải xem lại." for the message bar; ``""`` when there are none."""
        count = sum(bool(field.error()) for field in self.fields.values())
        if not count:
            return ""
        return ngettext("{count} field needs another look.", "{count} fields need another look.", count).format(
            count=count
        )

    def set_read_only(self, *, read_only: bool) -> None:
        """Show without editing."""
        for field in self.fields.values():
            field.set_read_only(read_only=read_only)


def scrolled(widget: QWidget) -> QScrollArea:
    """A side card or long form that scrolls when the window is low; no frame, never sideways."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(_Held(widget))
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def into_sight(editor: QWidget) -> None:
    """Go to an editor, wherever its areas are scrolled to: a focus that nobody sees is a button that did nothing."""
    editor.setFocus()
    above = editor.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(editor)
        above = above.parentWidget()


class _Held(QWidget):
    """As high as the widget needs at the width that there is. By itself it would ask for the lines of its narrowest
    column, and scroll where everything fits."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(widget)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(least.width(), 0) if self._rows.hasHeightForWidth() else least
