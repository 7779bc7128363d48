"""The list behind a figure: exactly the records that were counted, by name, in a dialog that can be scrolled."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from sochihoi.i18n import _, ngettext, number, short_date
from sochihoi.services.figure_lists import Line
from sochihoi.ui.shared.columns import Column
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.table import Table


def _when(line: Line) -> str:
    if line.on is not None:
        return short_date(line.on)
    return "/".join(reversed(line.period.split("-")))


def _counted(line: Line) -> str:
    if line.out_of is None:
        return number(line.weight)
    return f"{number(line.weight)}/{number(line.out_of)}"


_COLUMNS: tuple[Column[Line], ...] = (
    Column(lambda: _("Counted"), _counted, 90, align="right", sort=lambda one: one.weight, key="counted"),
    Column(lambda: _("When"), _when, 100, key="when"),
    Column(lambda: _("Name"), lambda one: one.title, 220, strong=True, stretch=True, key="name"),
    Column(lambda: _("Code"), lambda one: one.code, 110, key="code"),
    Column(lambda: _("Branch"), lambda one: one.branch_name, 150, key="branch"),
)


class BehindDialog(Dialog):
    """``title`` names the figure; a share shows how much of its denominator each record counts for."""

    def __init__(self, context: Context, parent: QWidget | None, title: str, lines: Sequence[Line]) -> None:
        super().__init__(parent, title, width=WIDE)
        self.table: Table[Line] = Table(
            context,
            "behind",
            _COLUMNS,
            key=lambda one: (one.id, one.period),
            noun=lambda count: ngettext("line", "lines", count),
            accessible=title,
        )
        self.table.set_empty("list", _("No record stands behind this figure."))
        ListPaper(context, self.table, About[Line](lambda: _("The list behind the figure"), where=lambda: title))
        self.table.set_rows(lines)
        self.table.setMinimumHeight(self.table.row_height() * 11)
        self.body.addWidget(self.table, 1)
        self.add_button(_("Close"), self.accept, "primary", default=True)
