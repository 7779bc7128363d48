"""Chi hội và tổ: add, rename, end."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from sochihoi.i18n import _, ngettext, number, pgettext, short_date
from sochihoi.storage.glance import BranchRow
from sochihoi.ui import style
from sochihoi.ui.setup.reorganise import ReorganiseDialog
from sochihoi.ui.setup.unit_dialogs import AddUnits, CellsDialog, EndUnit, RenameUnit
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.history_view import HistoryDialog
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.part import Part
from sochihoi.ui.shared.table import Column, MenuItem, Table
from sochihoi.ui.words.story import story

_COLUMNS = (
    Column[BranchRow](
        lambda: _("Branch"), lambda row: row.name, strong=True, stretch=True, sort=lambda row: row.order, key="name"
    ),
    Column[BranchRow](
        lambda: _("Members"),
        lambda row: number(row.members),
        width=110,
        align="right",
        sort=lambda row: row.members,
        key="members",
    ),
    Column[BranchRow](
        lambda: _("Cells"),
        lambda row: number(row.cells),
        width=90,
        align="right",
        sort=lambda row: row.cells,
        key="cells",
    ),
    Column[BranchRow](lambda: _("From"), lambda row: _day(row.valid_from), width=110, key="from"),
    Column[BranchRow](lambda: _("Until"), lambda row: _day(row.valid_to), width=110, key="until"),
)


def _day(day: object) -> str:
    from datetime import date

    return short_date(day) if isinstance(day, date) else ""


def build(context: Context) -> Part:
    """Branches and cells."""
    return BranchesPart(context)


class BranchesPart(Part):
    """The list of branches; cells stand behind each."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.dialog: Dialog | None = None
        row = QHBoxLayout()
        row.setSpacing(style.sizes().space_2)
        row.addWidget(label(_("Names are sorted by themselves; a number in a name counts as a number."), "small"), 1)
        self.ended = button(_("Ended ones too"), None, "chip")
        self.ended.toggled.connect(lambda _on: self.refresh())
        row.addWidget(self.ended)
        self.cells_button = button(_("Cells…"), self.cells, "", "list")
        self.rename_button = button(_("Rename…"), self.rename, "", "pencil")
        self.end_button = button(_("End…"), self.end, "", "calendar")
        self.change_button = button(_("Reorganise…"), self.reorganise, "", "network")
        self.add_button = button(_("Add branches"), self.add, "primary", "plus")
        deeds = (self.cells_button, self.rename_button, self.end_button, self.change_button, self.add_button)
        for one in deeds:
            row.addWidget(one)
        self.column.addLayout(row)
        for one in deeds:
            one.setVisible(not context.read_only)  # only in its place: before, it would open as a window of its own
        self.table: Table[BranchRow] = Table(
            context,
            "branches",
            _COLUMNS,
            key=lambda one: one.id,
            noun=lambda n: ngettext("branch", "branches", n),
            menu=self._menu,
            accessible=_("Branches"),
        )
        self.table.set_empty(
            "building-2",
            _("There is no branch yet. Paste the list of names, one a line."),
            None if context.read_only else (_("Add branches"), self.add),
        )
        self.table.opened.connect(lambda _row: self.cells())
        about = About[BranchRow](lambda: _("List of branches"), (self.ended,), order=lambda: pgettext("order", "name"))
        self.paper = ListPaper(context, self.table, about)
        self.table.selected.connect(lambda _row: self._say())
        self.column.addWidget(self.table, 1)

    def refresh(self) -> None:
        self.table.set_rows(self.context.office.setup.branch_rows(ended=self.ended.isChecked()))
        self._say()

    def _say(self) -> None:
        row = self.table.current()
        for one in (self.cells_button, self.rename_button):
            one.setEnabled(row is not None)
        self.end_button.setEnabled(row is not None and row.valid_to is None)
        self.change_button.setEnabled(bool(self.table.model.rows))
        # an empty list has its own primary in its middle
        self.add_button.setVisible(bool(self.table.model.rows) and not self.context.read_only)

    def _menu(self, row: BranchRow) -> list[MenuItem | None]:
        told = MenuItem(_("History…"), self.history, "history")
        if self.context.read_only:
            return [told]
        return [
            told,
            MenuItem(_("Cells…"), self.cells, "list"),
            MenuItem(_("Rename…"), self.rename, "pencil"),
            None,
            MenuItem(_("Reorganise…"), self.reorganise, "network", enabled=row.valid_to is None),
            MenuItem(_("End…"), self.end, "calendar", enabled=row.valid_to is None),
        ]

    def on_new(self) -> None:
        if not self.context.read_only:
            self.add()

    def _open(self, dialog: Dialog) -> None:
        self.dialog = dialog
        dialog.open()

    def add(self) -> None:
        """Names of new branches, one a line."""
        setup = self.context.office.setup
        self._open(
            AddUnits(
                self.context,
                self.window(),
                _("Which branches are added?"),
                _("Names of the branches, one a line"),
                lambda names, since: setup.add_branches(names, valid_from=since),
                lambda count: self.acted(
                    ngettext("{count} branch was added.", "{count} branches were added.", count).format(
                        count=number(count)
                    )
                ),
            )
        )

    def rename(self) -> None:
        """Another name."""
        row = self.table.current()
        if row is not None and not self.context.read_only:
            told = _("The branch has its new name.")
            self._open(RenameUnit(self.context, self.window(), row.id, row.name, lambda: self.acted(told)))

    def end(self) -> None:
        """It is no more from a day on."""
        row = self.table.current()
        if row is not None and not self.context.read_only:
            told = _("{name} was ended.").format(name=row.name)
            self._open(EndUnit(self.context, self.window(), row.id, row.name, lambda: self.acted(told)))

    def reorganise(self) -> None:
        """Merge, split, rename from a day, move a cell: the wizard, beginning with the chosen branch."""
        if self.context.read_only:
            return
        row = self.table.current()
        chosen = row.id if row is not None and row.valid_to is None else None
        self._open(ReorganiseDialog(self.context, self.window(), self.acted, chosen))

    def cells(self) -> None:
        """The cells of the chosen branch."""
        row = self.table.current()
        if row is not None:
            self._open(CellsDialog(self.context, self.window(), row.id, row.name, self.acted))

    def history(self) -> None:
        """Who changed what of the chosen branch, and when."""
        row = self.table.current()
        if row is not None:
            told = story(self.context.office, "unit", row.id)
            self._open(HistoryDialog(self.context, self.window(), row.name, told))

    def first_focus(self) -> QWidget | None:
        return self.table.view
