"""Dialogs of branches and cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QWidget

from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.i18n import _, ngettext, number
from sochihoi.ui import words
from sochihoi.ui.setup.presenter import names_of
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import NARROW, Dialog
from sochihoi.ui.shared.forms import DateField, Form, LongTextField, TextField
from sochihoi.ui.shared.history_view import history_of


class FormDialog(Dialog):
    """A dialog of one form. ``deed`` saves; what it refuses stands under its field or in the bar above."""

    def __init__(self, parent: QWidget | None, title: str, deed: str, *, width: int = NARROW) -> None:
        super().__init__(parent, title, width=width)
        self.form = Form()
        self.body.addWidget(self.form)
        self.add_button(_("Leave it"), self.reject)
        self.deed_button = self.add_button(deed, self.do, "primary", default=True)

    def save(self) -> None:
        """Do it. Raises ``UserError``."""
        raise NotImplementedError

    def do(self) -> None:
        """Check, save, close."""
        if not self.form.check():
            return
        try:
            self.save()
        except FieldProblem as problem:
            if not self.form.show_problem(problem):
                self.message.say("bad", str(words.say(problem)))
        except (UserError, OSError) as problem:
            self.message.say("bad", str(words.say(problem)))
        else:
            self.accept()


class AddUnits(FormDialog):
    """Names, one a line. ``add(names, since)`` gives the new ones; ``done(count)`` follows."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        title: str,
        names_title: str,
        add: Callable[[Sequence[str], date | None], Sequence[object]],
        done: Callable[[int], None],
    ) -> None:
        super().__init__(parent, title, _("Add"))
        self._add, self._done = add, done
        self.names = self.form.add(LongTextField("name", names_title, required=True, lines=9))
        hint = _("Empty means always. A branch counts in the figures from this day.")
        self.form.add(DateField("since", _("Since"), today=context.today, hint=hint))
        self.understood = label("", "small", wrap=True)
        self.form.add_widget(self.understood)
        self.form.changed.connect(lambda _name: self._say())
        self.names.text.setFocus()

    def _say(self) -> None:
        count = len(names_of(self.names.text.toPlainText()))
        text = ngettext("{count} name", "{count} names", count).format(count=number(count)) if count else ""
        self.understood.setText(text)

    def save(self) -> None:
        values = self.form.values()
        new = self._add(names_of(values["name"] or ""), values["since"])
        self._done(len(new))


class RenameUnit(FormDialog):
    """Another name for a branch or cell."""

    def __init__(
        self, context: Context, parent: QWidget | None, unit_id: str, name: str, done: Callable[[], None]
    ) -> None:
        super().__init__(parent, _("What is {name} called now?").format(name=name), _("Rename"))
        self._context, self._id, self._done = context, unit_id, done
        self.form.add(
            TextField("name", _("Name"), required=True, hint=_("The members, meetings and scores stay with it."))
        ).set_value(name)

    def save(self) -> None:
        self._context.office.setup.rename_unit(self._id, str(self.form["name"].value()))
        self._done()


class EndUnit(FormDialog):
    """The first day on which a branch or cell is no more."""

    def __init__(
        self, context: Context, parent: QWidget | None, unit_id: str, name: str, done: Callable[[], None]
    ) -> None:
        super().__init__(parent, _("From which day is {name} no more?").format(name=name), _("End"))
        self._context, self._id, self._done = context, unit_id, done
        hint = _("Its members must be elsewhere by then. What it did before stays in the books.")
        self.form.add(
            DateField("unit", _("First day without it"), today=context.today, required=True, hint=hint)
        ).set_value(context.today())

    def save(self) -> None:
        self._context.office.setup.end_unit(self._id, self.form["unit"].value())
        self._done()


class CellsDialog(Dialog):
    """The cells of one branch. ``acted(words)`` after each deed."""

    def __init__(
        self, context: Context, parent: QWidget | None, branch_id: str, branch: str, acted: Callable[[str], None]
    ) -> None:
        super().__init__(parent, _("Cells of {branch}").format(branch=branch))
        self._context, self._branch_id, self._branch, self._acted = context, branch_id, branch, acted
        self.inner: Dialog | None = None
        self.list = QListWidget()
        self.list.setAccessibleName(_("Cells of {branch}").format(branch=branch))
        self.list.setMinimumHeight(220)
        self.empty = label(_("There is no cell yet. A branch may do without."), tone="muted", wrap=True)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.list, 1)
        row = QHBoxLayout()
        self.add_one = button(_("Add cells"), self.add, "", "plus")
        self.rename_one = button(_("Rename…"), self.rename, "", "pencil")
        self.end_one = button(_("End…"), self.end, "", "calendar")
        for one in (self.add_one, self.rename_one, self.end_one):
            one.setVisible(not context.read_only)
            row.addWidget(one)
        self.history_one = button(_("History…"), self.history, "", "history")
        row.addWidget(self.history_one)
        row.addStretch(1)
        self.body.addLayout(row)
        self.add_button(_("Close"), self.accept, "primary", default=True)
        self.list.currentRowChanged.connect(lambda _at: self._say())
        self._fill()

    def _fill(self) -> None:
        self._cells = self._context.office.setup.cells(self._branch_id)
        at = max(self.list.currentRow(), 0)
        self.list.clear()
        self.list.addItems([cell.name for cell in self._cells])
        self.list.setCurrentRow(min(at, len(self._cells) - 1))
        self.empty.setVisible(not self._cells)
        self._say()

    def _say(self) -> None:
        chosen = self.list.currentRow() >= 0
        self.rename_one.setEnabled(chosen)
        self.end_one.setEnabled(chosen)
        self.history_one.setEnabled(chosen)

    def history(self) -> None:
        """Who changed what of the chosen cell, and when."""
        cell = self._cells[self.list.currentRow()]
        self._open(history_of(self._context, self, cell.name, "unit", cell.id))

    def _did(self, said: str) -> None:
        self._fill()
        self._acted(said)

    def _open(self, dialog: Dialog) -> None:
        self.inner = dialog
        dialog.open()

    def add(self) -> None:
        """Names of new cells, one a line."""
        setup = self._context.office.setup
        self._open(
            AddUnits(
                self._context,
                self,
                _("Which cells are added to {branch}?").format(branch=self._branch),
                _("Names of the cells, one a line"),
                lambda names, since: setup.add_cells(self._branch_id, names, valid_from=since),
                lambda count: self._did(
                    ngettext("{count} cell was added.", "{count} cells were added.", count).format(count=number(count))
                ),
            )
        )

    def rename(self) -> None:
        """Another name for the chosen cell."""
        cell = self._cells[self.list.currentRow()]
        told = _("The cell has its new name.")
        self._open(RenameUnit(self._context, self, cell.id, cell.name, lambda: self._did(told)))

    def end(self) -> None:
        """The chosen cell is no more from a day on."""
        cell = self._cells[self.list.currentRow()]
        told = _("{name} was ended.").format(name=cell.name)
        self._open(EndUnit(self._context, self, cell.id, cell.name, lambda: self._did(told)))
