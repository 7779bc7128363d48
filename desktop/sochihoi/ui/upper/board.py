"""Bảng theo dõi: who has sent, who has not, since when, what is missing; the reminders that go out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from sochihoi.domain.vietnamese import text_key
from sochihoi.i18n import _, ngettext, number, pgettext
from sochihoi.services import list_papers
from sochihoi.services.board import MOST_DAYS, BoardRow, BoardSheet, State
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.choices import PlainCombo
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.shared.flow import Chips
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.preview import show_preview
from sochihoi.ui.shared.signed_files import inspect_file
from sochihoi.ui.shared.table import Column, MenuItem, Table
from sochihoi.ui.upper.movements import MovementsDialog
from sochihoi.ui.words import board as words
from sochihoi.ui.words import movements as movement_words
from sochihoi.ui.words.board_papers import reminder_listing
from sochihoi.ui.words.month import period_name

TONES = {State.LATE: "bad", State.REFUSED: "bad", State.HELD: "warn", State.WAITING: "none", State.SENT: "ok"}

_COLUMNS: tuple[Column[BoardRow], ...] = (
    Column(
        lambda: _("Unit"),
        lambda r: r.unit_name,
        width=250,
        strong=True,
        key="unit",
        small=lambda r: r.unit_code,
        sort=lambda r: text_key(r.unit_name),
    ),
    Column(
        lambda: _("State"),
        lambda _r: "",
        width=124,
        key="state",
        badges=lambda r: (Badge(words.state_words(r.state), TONES[r.state]),),
        sort=lambda r: (r.state.value, -r.days),
    ),
    Column(
        lambda: _("Due"),
        words.due_words,
        width=132,
        key="due",
        tone=lambda r: "text" if r.sent or r.days <= 0 else "bad",
        sort=lambda r: -r.days,
    ),
    Column(
        lambda: _("Newest file"),
        words.newest_words,
        width=206,
        key="newest",
        small=words.age_words,
        sort=lambda r: r.newest.received_on if r.newest is not None else None,
    ),
    Column(
        lambda: _("Edition"),
        lambda r: number(r.edition) if r.edition else "—",
        width=78,
        align="right",
        key="edition",
        sort=lambda r: r.edition or None,
    ),
    Column(
        lambda: _("What is missing"),
        lambda r: words.remarks(r) or "—",
        stretch=True,
        key="remarks",
        small=words.todo,
        tip=words.remarks,
        tone=lambda r: "text" if words.remarks(r) else "muted",
    ),
)

_FILTERS: dict[str, Callable[[BoardRow], bool]] = {
    "open": lambda row: not row.sent,
    "late": lambda row: row.state is State.LATE,
    "trouble": lambda row: row.trouble is not None,
    "gap": lambda row: row.has_gap,
}


class Board(QWidget):
    """One line a unit, the late ones first."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.sheet: BoardSheet | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        self.chips = Chips()
        for name, text in (
            ("open", _("Has not sent")),
            ("late", _("Late")),
            ("trouble", _("Refused or held")),
            ("gap", _("Files or months missing")),
        ):
            self.chips.add(name, text)
        self.chips.changed.connect(self._show)
        row.addWidget(self.chips, 1)
        self.movements_button = button(_("Members on their way"), self.open_movements, "quiet", "arrow-left-right")
        self.due_button = button(_("Day when due…"), self.choose_due, "quiet", "calendar")
        self.copy_button = button(_("Copy all reminders"), self.copy_all, "quiet", "copy")
        self.print_button = button(_("Print the reminders"), self.print_reminders, "quiet", "printer")
        for one in (self.movements_button, self.due_button, self.copy_button, self.print_button):
            row.addWidget(one)
        column.addLayout(row)
        self.due_button.setVisible(not context.read_only)  # in its place: before, it would be a window
        self.table: Table[BoardRow] = Table(
            context,
            "upper.board",
            _COLUMNS,
            key=lambda r: r.unit_code,
            noun=lambda count: ngettext("unit", "units", count),
            menu=self._menu,
            two_lines=True,
            accessible=_("Who has sent"),
        )
        self.table.opened.connect(self.open_reminder)
        about = About[BoardRow](
            lambda: _("Who has sent"),
            (self.chips,),
            where=lambda: period_name(context.period),
            order=lambda: pgettext("order", "the late ones first"),
        )
        self.paper = ListPaper(context, self.table, about)
        column.addWidget(self.table, 1)

    # ------------------------------------------------------------------ showing

    def refresh(self, sheet: BoardSheet) -> None:
        """Show this."""
        self.sheet = sheet
        self.table.set_empty("building-2", _("No unit is known yet. Accept the key file of each unit first."))
        for name, kept in _FILTERS.items():
            self.chips.set_count(name, sum(kept(row) for row in sheet.rows) or None)
        some = any(not row.in_order for row in sheet.rows)
        self.copy_button.setEnabled(some)
        told = movement_words.button_words(sheet)
        self.movements_button.setText(told)
        self.movements_button.setVisible(bool(told))
        self.print_button.setEnabled(some)
        self._show()

    def _show(self) -> None:
        if self.sheet is None:
            return
        chosen = [kept for name, kept in _FILTERS.items() if name in self.chips.chosen()]
        shown = [row for row in self.sheet.rows if not chosen or any(kept(row) for kept in chosen)]
        told = _("No unit stands like that.") if chosen else None
        self.table.set_no_match(told, lambda: self.chips.set_chosen(set()))
        self.table.set_rows(shown)

    # ------------------------------------------------------------------ reminders

    def reminder(self, row: BoardRow) -> str:
        """What goes to one unit; empty when there is nothing to remind of."""
        return "" if self.sheet is None else words.reminder(row, self.sheet, self._context.office.commune.union_name)

    def open_reminder(self, row: BoardRow) -> None:
        """The text, to be copied; of a unit that is in order its file."""
        text = self.reminder(row)
        if text:
            ReminderDialog(self, row, text, self._copy).exec()
        elif row.file is not None:
            self._look(row)

    def copy_all(self) -> None:
        """The reminders of the lines that are shown, one below the other."""
        texts = [text for row in self.table.model.rows if (text := self.reminder(row))]
        self._copy("\n\n".join(texts))
        told = ngettext("{count} reminder copied.", "{count} reminders copied.", len(texts))
        self._context.shell.toast(told.format(count=number(len(texts))))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    def print_reminders(self) -> None:
        """A list of all reminders, on paper."""
        context, sheet = self._context, self.sheet
        if sheet is None:
            return
        made = reminder_listing(sheet, context.office.commune.union_name)

        def done(pdf: bytes) -> None:
            show_preview(context, self, pdf, made.file_name("pdf"))

        context.shell.run_job(
            lambda _progress: list_papers.list_pdf(context.office, made), done, title=_("Making the list…")
        )

    # ------------------------------------------------------------------ one unit

    def _menu(self, row: BoardRow) -> Sequence[MenuItem | None]:
        return (
            MenuItem(
                _("Write a reminder…"), lambda: self.open_reminder(row), "message-square", enabled=not row.in_order
            ),
            MenuItem(_("Look at its newest file"), lambda: self._look(row), "search", enabled=row.newest is not None),
        )

    def _look(self, row: BoardRow) -> None:
        file = row.file or row.newest
        if file is not None:
            data = self._context.office.receiving.file_bytes(file.id)
            inspect_file(self._context, self, Path(file.file_name), data)

    # ------------------------------------------------------------------ due

    def open_movements(self) -> None:
        """The open transfer tickets between the units."""
        if self.sheet is not None:
            MovementsDialog(self._context, self, self.sheet).exec()

    def choose_due(self) -> None:
        """From the working month on, how many days after its end reports are due."""
        if self.sheet is None:
            return
        board, month = self._context.office.board, self.sheet.period.months()[0]
        dialog = DueDialog(self, period_name(month), board.due_days(month))
        if dialog.exec():
            board.set_due_days(dialog.days(), month)
            self._context.shell.refresh_page()


class ReminderDialog(Dialog):
    """The text that goes to a unit; it may be changed before it is copied."""

    def __init__(self, parent: QWidget, row: BoardRow, text: str, copy: Callable[[str], None]) -> None:
        super().__init__(parent, _("Reminder to {unit}").format(unit=row.unit_name), width=WIDE)
        self.text = QPlainTextEdit(text)
        self.text.setAccessibleName(_("Reminder"))
        self.text.setMinimumHeight(200)
        self.body.addWidget(self.text)
        self.body.addWidget(label(_("Copy the text, then paste it into Zalo or a letter."), "small", wrap=True))
        self.add_button(_("Close"), self.reject)
        self.copy_button = self.add_button(_("Copy the text"), self._take, "primary", default=True)
        self._copy = copy

    def _take(self) -> None:
        self._copy(self.text.toPlainText())
        self.accept()


class DueDialog(Dialog):
    """Which day of the month after."""

    def __init__(self, parent: QWidget, month: str, days: int) -> None:
        super().__init__(parent, _("When are reports due from {period} on?").format(period=month))
        self.body.addWidget(
            label(_("Months before keep their day. Reminders name the day that is set here."), wrap=True)
        )
        self.choice = PlainCombo()
        self.choice.setAccessibleName(_("Days after the last day of the month"))
        for count in range(MOST_DAYS + 1):
            told = ngettext("{count} day after the month ends", "{count} days after the month ends", count)
            self.choice.addItem(told.format(count=number(count)) if count else _("the last day of the month"), count)
        self.choice.setCurrentIndex(days)
        self.body.addWidget(self.choice)
        self.add_button(_("Leave it"), self.reject)
        self.add_button(_("Set the day"), self.accept, "primary", default=True)

    def days(self) -> int:
        """The choice."""
        return int(self.choice.currentData())
