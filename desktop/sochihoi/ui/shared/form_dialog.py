"""A dialog that holds a record: two columns of fields, a draft that survives a power cut, problems under the fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.ui import style, words
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.shared.forms import DraftKeeper, Field, Form, scrolled

_HIGH = 430  # px of the fields at text size "Vừa" before they scroll


class FormDialog(Dialog):
    """Subclass it: give the columns, call ``begin`` once the values are in, and write ``keep``."""

    def __init__(
        self, context: Context, parent: QWidget | None, title: str, columns: Sequence[Sequence[Field]]
    ) -> None:
        super().__init__(parent, title, width=WIDE)
        self._context = context
        self.form = Form()
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, style.sizes().space_2, 0)
        row.setSpacing(style.sizes().space_5)
        for fields in columns:
            column = QVBoxLayout()
            column.setSpacing(style.sizes().space_3)
            for field in fields:
                column.addWidget(self.form.add(field))
            column.addStretch(1)
            row.addLayout(column, 1)
        self.form.add_widget(box)
        self._fields_area = scrolled(self.form)
        self.body.addWidget(self._fields_area, 1)

    def begin(self, key: str, focus: str, leave: str, deed: str) -> None:
        """The values are in: offer the draft kept under ``key``, name the two buttons, go to the first field."""
        self._fields_area.setMinimumHeight(min(self.form.sizeHint().height(), round(_HIGH * style.sizes().body / 14)))
        self._keeper = DraftKeeper(self._context, key, self.form)
        self._keeper.offer(lambda text, actions: self.message.say("info", text, actions))
        self._keeper.restored.connect(self.message.clear)
        self._keeper.restored.connect(self.restored)
        self.add_button(leave, self._leave)
        self.deed = self.add_button(deed, self.accept_form, "primary", default=True)
        self.form[focus].editor.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        line = self.focusWidget()
        if isinstance(line, QLineEdit):  # Qt chooses all of it from its end: a long name is read from its beginning
            line.setSelection(len(line.text()), -len(line.text()))

    def keep(self, told: Mapping[str, Any]) -> None:
        """Save the values of the form. May raise ``UserError``: it is said, and the dialog stays."""
        raise NotImplementedError

    def restored(self) -> None:
        """A draft was put back: show what hangs on it."""

    def _leave(self) -> None:
        self._keeper.done()
        self.reject()

    def accept_form(self) -> None:
        """Save, or say under the field why it cannot be."""
        if not self.form.check():
            return
        try:
            self.keep(self.form.values())
        except FieldProblem as problem:
            if not self.form.show_problem(problem):
                self.message.say("bad", str(words.say(problem)))
        except UserError as problem:
            self.message.say("bad", str(words.say(problem)))
        else:
            self._keeper.done()
            self.accept()
