"""Lịch sử: who did what and when, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from sochihoi.domain.vietnamese import fold
from sochihoi.i18n import _, ngettext, number, pgettext
from sochihoi.ui import style
from sochihoi.ui.setup import presenter
from sochihoi.ui.setup.presenter import Told
from sochihoi.ui.shared.act_view import ActDialog
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.part import Part
from sochihoi.ui.shared.table import Column, MenuItem, Table


def _badges(row: Told) -> Sequence[Badge]:
    return (Badge(_("taken back")),) if row.undone else ()


_COLUMNS = (
    Column[Told](lambda: _("When"), lambda row: row.when, width=140, key="when"),
    Column[Told](lambda: _("Who"), lambda row: row.who, width=150, key="who"),
    Column[Told](lambda: _("What"), lambda row: row.what, width=280, strong=True, key="what", badges=_badges),
    Column[Told](lambda: _("Whom or what about"), lambda row: row.whom, stretch=True, key="whom"),
    Column[Told](lambda: _("Entries"), lambda row: number(row.changes), width=84, align="right", key="changes"),
)


def build(context: Context) -> Part:
    """The history of acts."""
    return HistoryPart(context)


class HistoryPart(Part):
    """The newest acts; one is chosen and taken back as a whole."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.dialog: ActDialog | None = None
        row = QHBoxLayout()
        row.setSpacing(style.sizes().space_2)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Find an act or a name…"))
        self.search.setAccessibleName(_("Find an act or a name…"))
        self.search.textChanged.connect(lambda _text: self._filter())
        row.addWidget(self.search, 1)
        self.mine = button(_("Only mine"), None, "chip")
        self.mine.toggled.connect(lambda _on: self.refresh())
        row.addWidget(self.mine)
        self.undoable = button(_("Can be taken back"), None, "chip")
        self.undoable.toggled.connect(lambda _on: self._filter())
        row.addWidget(self.undoable)
        row.addStretch(1)
        self.look_button = button(_("&What it changed…"), self.look, "", "search")
        row.addWidget(self.look_button)
        self.undo_button = button(_("&Take this act back"), self.undo, "", "undo-2")
        row.addWidget(self.undo_button)
        self.column.addLayout(row)
        self.why = label("", "small", wrap=True)
        self.column.addWidget(self.why)
        self.table: Table[Told] = Table(
            context,
            "history",
            _COLUMNS,
            key=lambda row: row.batch,
            noun=lambda n: ngettext("act", "acts", n),
            menu=self._menu,
            accessible=_("History of acts"),
        )
        self.table.set_empty("history", _("Nothing was done yet."))
        self.table.selected.connect(lambda _row: self._say())
        self.table.opened.connect(lambda _row: self.look())
        about = About[Told](
            lambda: _("History of acts"),
            (self.search, self.mine, self.undoable),
            order=lambda: pgettext("order", "the moment, the newest first"),
        )
        self.paper = ListPaper(context, self.table, about)
        self.column.addWidget(self.table, 1)
        self._rows: list[Told] = []
        self._most = presenter.SHOWN
        self.earlier = self.table.add_footer_action(pgettext("history", "Show earlier acts"), self._show_earlier)

    def refresh(self) -> None:
        self._rows = presenter.history(self.context.office, self._most, mine=self.mine.isChecked())
        self.earlier.setVisible(len(self._rows) == self._most or self.mine.isChecked())
        self._filter()

    def _show_earlier(self) -> None:
        self._most *= 4
        self.refresh()

    def _filter(self) -> None:
        wanted = fold(self.search.text()).split()
        shown = [
            row
            for row in self._rows
            if all(part in fold(f"{row.what} {row.whom} {row.who} {row.when}") for part in wanted)
            and (row.undoable or not self.undoable.isChecked())
        ]
        if wanted:
            self.table.set_no_match(_("No act matches “{text}”.").format(text=self.search.text()), self.search.clear)
        else:
            self.table.set_no_match(None)
        self.table.set_rows(shown)
        self._say()

    def _say(self) -> None:
        row = self.table.current()
        why = "" if row is None else presenter.why_not(self.context.office, row)
        self.look_button.setEnabled(row is not None)
        self.undo_button.setEnabled(row is not None and row.undoable and not why)
        self.why.setText(why)

    def _menu(self, row: Told) -> list[MenuItem | None]:
        return [
            MenuItem(_("What it changed…"), self.look, "search"),
            None,
            MenuItem(_("Take this act back"), self.undo, "undo-2", enabled=row.undoable),
        ]

    def look(self) -> None:
        """Each record that the chosen act changed, and of each field what it was and what it became."""
        row = self.table.current()
        if row is not None:
            self.dialog = ActDialog(self.context, self.window(), row.batch)
            self.dialog.open()

    def undo(self) -> None:
        """Take the chosen act back."""
        row = self.table.current()
        if row is None or not row.undoable:
            return
        history = self.context.office.history
        if self.attempt(lambda: (history.undo(row.batch), None)[1]):
            self.refresh()
            self.context.shell.saved_at(self.context.office.now)
            self.context.shell.toast(_("Taken back: {act}.").format(act=row.what), self._again)

    def _again(self) -> None:
        if self.attempt(self.context.office.history.redo):
            self.refresh()

    def first_focus(self) -> QWidget | None:
        return self.search
