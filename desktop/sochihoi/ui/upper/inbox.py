"""Hộp nhận: what came in, with a verdict and two sentences for each file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.exchange import Outcome
from sochihoi.i18n import _, ngettext, pgettext, short_date
from sochihoi.services.receiving import Verdict
from sochihoi.storage.files import write_whole
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.buttons import button
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.custody import CustodyDialog
from sochihoi.ui.shared.dialogs import choose_folder, choose_target
from sochihoi.ui.shared.flow import Chips
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.signed_files import SIGNED_FILES, inspect_file, kinds
from sochihoi.ui.shared.table import Column, MenuItem, Table
from sochihoi.ui.upper import presenter
from sochihoi.ui.upper.presenter import InboxRow

_COLUMNS: tuple[Column[InboxRow], ...] = (
    Column(
        lambda: _("Unit"),
        lambda r: r.unit or "—",
        width=226,
        strong=True,
        key="unit",
        small=lambda r: r.file_name,
        cut="middle",
    ),
    Column(
        lambda: _("Period"),
        lambda r: presenter.period_short(r.period),
        width=84,
        key="period",
        sort=lambda r: r.period or None,
    ),
    Column(
        lambda: _("Verdict"),
        lambda _r: "",
        width=116,
        key="verdict",
        badges=lambda r: (Badge(r.badge, presenter.OUTCOME_TONES[r.outcome]),),
    ),
    Column(
        lambda: _("What to know"),
        lambda r: r.what,
        stretch=True,
        key="what",
        small=lambda r: r.todo,
        tip=lambda r: f"{r.what} {r.todo}".strip(),
    ),
    Column(lambda: _("Received on"), lambda r: short_date(r.day), width=104, key="day", sort=lambda r: r.day or None),
)


class Inbox(QWidget):
    """The ledger, or the verdicts of the run that just ended."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._run: tuple[InboxRow, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        self.chips = Chips()
        for one, text in ((Outcome.REFUSED, _("Only refused")), (Outcome.STORED, _("Only received"))):
            self.chips.add(one.name, text)
        self.chips.changed.connect(self._show)
        row.addWidget(self.chips, 1)
        self.all_button = button(_("Show everything that ever came"), self.show_all, "quiet", "list")
        row.addWidget(self.all_button)
        column.addLayout(row)
        self.table: Table[InboxRow] = Table(
            context,
            "upper.inbox",
            _COLUMNS,
            key=lambda r: r.key,
            noun=lambda count: ngettext("file", "files", count),
            menu=self._menu,
            two_lines=True,
            accessible=_("Files that came in"),
        )
        self.table.opened.connect(self._look)
        about = About[InboxRow](
            lambda: _("Files that came in"), (self.chips,), order=lambda: pgettext("order", "the day, the newest first")
        )
        self.paper = ListPaper(context, self.table, about)
        column.addWidget(self.table, 1)

    def refresh(self) -> None:
        """Read the ledger again; the verdicts of the newest run stay until everything is asked for."""
        self.table.set_empty("inbox", _("No file has come in yet. Drop the files of the units here."))
        self._show()

    def show_run(self, verdicts: Sequence[Verdict]) -> None:
        """Show the files of a run, the refused ones first."""
        rows = [presenter.of_verdict(at, one) for at, one in enumerate(verdicts)]
        self._run = tuple(sorted(rows, key=lambda r: r.outcome is not Outcome.REFUSED))
        self.chips.set_chosen(set())
        self._show()

    def show_all(self) -> None:
        """Back to everything."""
        self._run = ()
        self._show()

    def _show(self) -> None:
        rows = self._run or tuple(presenter.of_line(line) for line in self._context.office.receiving.ledger())
        for one in (Outcome.REFUSED, Outcome.STORED):
            self.chips.set_count(one.name, sum(1 for r in rows if r.outcome is one) or None)
        chosen = self.chips.chosen()
        shown = [r for r in rows if not chosen or r.outcome.name in chosen]
        self.table.set_no_match(_("No file of this kind.") if chosen else None, lambda: self.chips.set_chosen(set()))
        self.table.set_rows(shown)
        self.all_button.setVisible(bool(self._run))

    # ------------------------------------------------------------------ one file

    def _menu(self, row: InboxRow) -> Sequence[MenuItem | None]:
        kept = bool(row.line_id)
        return (
            MenuItem(_("Look at this file"), lambda: self._look(row), "search", enabled=kept),
            MenuItem(_("Through whose hands…"), lambda: self._custody(row), "arrow-left-right", enabled=kept),
            MenuItem(_("Save the file as it came…"), lambda: self._save(row), "download", enabled=kept),
            MenuItem(_("Save its receipt…"), lambda: self._receipt(row), "file-check", enabled=kept),
        )

    def _look(self, row: InboxRow) -> None:
        if row.line_id:
            data = self._context.office.receiving.file_bytes(row.line_id)
            inspect_file(self._context, self, Path(row.file_name), data)

    def _custody(self, row: InboxRow) -> None:
        line = self._context.office.receiving.line(row.line_id)
        CustodyDialog(self._context, self, line.sha256, line.file_name, came=True).exec()

    def _save(self, row: InboxRow) -> None:
        target = choose_target(
            self, _("Save the file as it came"), row.file_name, kinds(_("Report file"), SIGNED_FILES)
        )
        if target is None:
            return
        try:
            write_whole(target, self._context.office.receiving.file_bytes(row.line_id), overwrite=True)
        except (UserError, OSError) as problem:
            self._context.shell.show_error(problem)
        else:
            self._context.shell.toast(_("Saved: {file}").format(file=target))

    def _receipt(self, row: InboxRow) -> None:
        self.save_receipts([row.line_id])

    def save_receipts(self, lines: Sequence[str]) -> None:
        """Write receipts into a folder: of these lines, of all without any."""
        folder = choose_folder(self, _("Where the receipts are written"))
        if folder is None:
            return
        try:
            written = self._context.office.receiving.write_receipts(folder, lines)
        except (UserError, OSError) as problem:
            self._context.shell.show_error(problem)
            return
        told = ngettext("{count} receipt written.", "{count} receipts written.", len(written))
        if not written:
            self._context.shell.toast(_("This file has no receipt: it was never proven whose it is."))
        else:
            self._context.shell.toast(told.format(count=len(written)))
