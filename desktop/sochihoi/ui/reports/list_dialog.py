"""The list behind a figure: exactly the records that were counted, by branch where there are branches."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from sochihoi.i18n import _, ngettext, number
from sochihoi.services.figure_lists import Line
from sochihoi.ui.reports.presenter import counts_for, line_words, place_of
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.choices import PlainCombo
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.table import Column, Table

_COLUMNS = (
    Column[Line](lambda: _("Branch"), lambda line: line.branch_name or "—", width=150, key="branch"),
    Column[Line](lambda: _("What was counted"), line_words, stretch=True, strong=True, key="title"),
    Column[Line](lambda: _("Code"), lambda line: line.code, width=96, key="code"),
    Column[Line](
        lambda: _("Counts for"),
        counts_for,
        width=110,
        align="right",
        key="weight",
        tone=lambda line: "text" if line.counted else "muted",
    ),
)


class ListDialog(Dialog):
    """The commune, or one of its branches. Enter on a line opens the page that it is kept on."""

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        title: str,
        branches: Sequence[tuple[str | None, str]],
        read: Callable[[str | None], Sequence[Line]],
    ) -> None:
        super().__init__(parent, title, width=WIDE)
        self.setObjectName("behind")
        self._go, self._read = context.shell.go, read
        self.branch = PlainCombo()
        self.branch.setAccessibleName(_("Branch"))
        for branch_id, words in branches:
            self.branch.addItem(words, branch_id)
        self.branch.currentIndexChanged.connect(lambda _at: self._show())
        self.body.addWidget(self.branch)
        self._counted = label("", tone="muted")
        self.body.addWidget(self._counted)
        self.table: Table[Line] = Table(
            context,
            "behind",
            _COLUMNS,
            key=lambda line: (line.noun, line.id, line.period, line.branch),
            noun=lambda count: ngettext("line", "lines", count),
            dense=True,
            accessible=_("The list behind the figure"),
        )
        self.table.set_empty("list", _("Nothing was counted: there is no such record in this month."))
        self.table.opened.connect(self._open)
        about = About[Line](lambda: _("The list behind the figure"), (self.branch,), where=lambda: title)
        ListPaper(context, self.table, about)
        self.body.addWidget(self.table, 1)
        self.add_button(_("Close the list"), self.reject, default=False)
        self.resize(self.width(), max(420, min(600, parent.window().height() - 60)))
        self._show()
        self.table.view.setFocus()

    def _show(self) -> None:
        lines = self._read(self.branch.currentData())
        counted = sum(line.counted for line in lines)
        words = ngettext("{count} line is counted.", "{count} lines are counted.", counted).format(
            count=number(counted)
        )
        left = len(lines) - counted
        if left:
            more = ngettext("{count} line is not.", "{count} lines are not.", left).format(count=number(left))
            words = f"{words} {more}"
        self._counted.setText(words)
        self.table.set_rows(lines)

    def _open(self, line: Line) -> None:
        place = place_of(line)
        if place is not None:
            self.accept()
            self._go(place[0], **place[1])
