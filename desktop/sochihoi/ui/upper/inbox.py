"""Hộp nhận: what came in, with a verdict and two sentences for each file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.exchange import Outcome
from sochihoi.i18n import _, ngettext, pgettext, short_date
from sochihoi.services.receiving import Verdict
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.buttons import button
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.flow import Chips
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.message_bar import MessageBar
from sochihoi.ui.shared.table import Column, MenuItem, Table
from sochihoi.ui.upper import presenter
from sochihoi.ui.upper.deeds import InboxDeeds
from sochihoi.ui.upper.presenter import InboxRow
from sochihoi.ui.words.unusual import names_of

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
        width=140,
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
        self._whole: tuple[InboxRow, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.notice = MessageBar(closable=False)
        column.addWidget(self.notice)
        row = QHBoxLayout()
        self.chips = Chips()
        for one, text in (
            (Outcome.HELD, _("Waits for a decision")),
            (Outcome.REFUSED, _("Only refused")),
            (Outcome.STORED, _("Only received")),
        ):
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
        self.table.opened.connect(self.open)
        self.deeds = InboxDeeds(context, self, self.done)
        about = About[InboxRow](
            lambda: _("Files that came in"), (self.chips,), order=lambda: pgettext("order", "the day, the newest first")
        )
        self.paper = ListPaper(context, self.table, about)
        column.addWidget(self.table, 1)

    def read(self) -> tuple[InboxRow, ...]:
        """The ledger, for ``refresh``; it may be read beside the window."""
        names = names_of(self._context.office.definitions)
        return tuple(presenter.of_line(line, names) for line in self._context.office.receiving.ledger())

    def refresh(self, whole: tuple[InboxRow, ...]) -> None:
        """Show the ledger; the verdicts of the newest run stay until everything is asked for."""
        self._whole = whole
        self.table.set_empty("inbox", _("No file has come in yet. Drop the files of the units here."))
        self._show()

    def show_run(self, verdicts: Sequence[Verdict], *, tried: bool = False) -> None:
        """Show the files of a run: those that wait first, then the refused ones. ``tried``: nothing of it is kept."""
        names = names_of(self._context.office.definitions)
        rows = [presenter.of_verdict(at, one, names) for at, one in enumerate(verdicts)]
        self._run = presenter.in_order(replace(row, line_id="") if tried else row for row in rows)
        self.chips.set_chosen(set())
        self._show()

    def show_all(self) -> None:
        """Back to everything."""
        self._run = ()
        self._show()

    def done(self) -> None:
        """Something was decided: the verdicts of the run are no longer what stands."""
        self._run = ()
        self._context.shell.refresh_page()

    def _show(self) -> None:
        rows = self._run or presenter.in_order(self._whole)
        counts = {one: sum(1 for r in rows if r.outcome is one) for one in Outcome}
        for one in (Outcome.HELD, Outcome.REFUSED, Outcome.STORED):
            self.chips.set_count(one.name, counts[one] or None)
        self._notice(self._whole)
        chosen = self.chips.chosen()
        shown = [r for r in rows if not chosen or r.outcome.name in chosen]
        self.table.set_no_match(_("No file of this kind.") if chosen else None, lambda: self.chips.set_chosen(set()))
        self.table.set_rows(shown)
        self.all_button.setVisible(bool(self._run))

    def _notice(self, rows: Sequence[InboxRow]) -> None:
        held = [row for row in rows if row.outcome is Outcome.HELD]
        refused = [row for row in rows if row.outcome is Outcome.REFUSED and not row.decided]
        told = presenter.waiting_words(len(held), len(refused))
        if not told:
            self.notice.clear()
            return
        deeds: list[tuple[str, Callable[[], None]]] = []
        if held:
            deeds.append((_("Show those that wait"), lambda: self._only(Outcome.HELD)))
        if refused and not self._context.read_only:
            ids = [row.line_id for row in refused]
            deeds.append((_("Judge the refused ones again"), lambda: self.deeds.judge_again(ids)))
        self.notice.say("warn" if held else "info", told, deeds)

    def _only(self, one: Outcome) -> None:
        self._run = ()
        self.chips.set_chosen({one.name})
        self._show()

    # ------------------------------------------------------------------ one file

    def open(self, row: InboxRow) -> None:
        """A file that waits is decided on; any other is looked at."""
        if row.outcome is Outcome.HELD and row.line_id and not self._context.read_only:
            self.deeds.decide(row)
        else:
            self.deeds.look(row)

    def _menu(self, row: InboxRow) -> Sequence[MenuItem | None]:
        return self.deeds.menu(row)

    def take_back_shown(self) -> None:
        """Everything in the list that counts: of the newest run, the whole drop."""
        rows = [row for row in self.table.model.rows if row.outcome is Outcome.STORED and row.line_id]
        if rows:
            self.deeds.take_back(rows)

    def save_receipts(self, lines: Sequence[str]) -> None:
        """Write receipts into a folder: of these lines, of all without any."""
        self.deeds.save_receipts(lines)
