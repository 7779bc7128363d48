"""The figures of the month at the left; checks, or why a number is what it is, at the right; closing below."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.months import Finding
from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.reports.checks_card import ChecksCard
from sochihoi.ui.reports.corrections import Corrections
from sochihoi.ui.reports.dialogs import accepted, reason_dialog
from sochihoi.ui.reports.entry_dialog import EntryDialog
from sochihoi.ui.reports.figures_table import FiguresTable
from sochihoi.ui.reports.list_dialog import ListDialog
from sochihoi.ui.reports.month_deeds import MonthDeeds
from sochihoi.ui.reports.presenter import ALL, SHORT, MonthRead, ReportsPresenter, read_month
from sochihoi.ui.shared.beside import Reading, takes_time
from sochihoi.ui.shared.choices import PlainCombo
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.message_bar import MessageBar
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.stack import Stack
from sochihoi.ui.shared.why import Why, WhyPanel
from sochihoi.ui.words.month import closed_words, period_name


class FiguresView(Page):
    """``report_wanted()``: open the report of the month; ``list_wanted()``: every report."""

    report_wanted = Signal()
    list_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = ReportsPresenter(context.office)
        self.reading = Reading(context, self)
        self.deeds = MonthDeeds(context, self, self._hold, self._saved, self.refresh)
        self._wanted = ("", "")  # entry and panel to open once the month is read
        self._why_code = ""
        self.behind: ListDialog | None = None
        size = style.sizes()
        self.which = PlainCombo()
        self.which.setAccessibleName(_("Which figures"))
        self.which.addItem(_("Main figures"), SHORT)
        self.which.addItem(_("Every figure"), ALL)
        self.which.setFixedWidth(round(180 * size.body / 14))
        self.which.activated.connect(lambda _at: self._show_rows())
        self.title_actions.addWidget(self.which)
        self.list_button = self.add_action(_("Every re&port"), self.list_wanted.emit, "", "list")
        self.state = MessageBar(closable=False)
        self.content.addWidget(self.state)
        self.corrections = Corrections(context, self.content)
        row = QHBoxLayout()
        row.setSpacing(size.space_4)
        self.table = FiguresTable(context, self._is_plain)
        self.table.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self.table, 1)
        self.checks = ChecksCard()
        self.panel = WhyPanel()
        self.side = Stack()
        self.side.addWidget(self.checks)
        self.side.addWidget(self.panel)
        row.addWidget(self.side)
        self.content.addLayout(row, 1)
        bar = self.action_bar()
        self.report_button = bar.add(_("&Report"), self.report_wanted.emit, "", "file-text")
        self.close_button = bar.add("", self.close_month, "primary", "lock")
        self.send_button = bar.add(_("&Write the file for the level above"), self._send, "", "send")
        self._connect()
        self._lay(narrow=context.narrow)

    def _lay(self, narrow: bool) -> None:
        """A narrow window keeps the names of figures whole: the side gives way."""
        width = round(style.sizes().panel * (0.9 if narrow else 1))
        self.panel.setFixedWidth(width)
        self.side.setFixedWidth(width)

    def _connect(self) -> None:
        self.table.why_wanted.connect(self.show_why)
        self.table.enter_wanted.connect(self.open_entry)
        self.table.typed.connect(self._enter)
        self.table.selected.connect(lambda _row: self._follow())
        self.checks.go.connect(self._go)
        self.checks.reason.connect(self.write_reason)
        self.panel.closed.connect(self._show_checks)
        self.context.narrow_changed.connect(self._lay)
        edit = QShortcut(QKeySequence("F2"), self.table)
        edit.activated.connect(self.table.edit_current)

    # ------------------------------------------------------------------ what the frame asks

    def refresh(self, *, why: str = "", enter: str = "") -> None:
        period = self.context.period
        self._wanted = (enter or self._wanted[0], why or self._wanted[1])
        self.set_title(_("Closing and report of month {month}/{year}").format(month=period.index, year=period.year))
        office = self.context.office
        self.reading.read(
            lambda: read_month(office, period),
            self._show_month,
            title=_("Reading the figures of month {month}/{year}…").format(month=period.index, year=period.year),
            failed=self._cannot_show,
            waiting=self._wait,
            slow=takes_time(self.context, period),
        )

    def _wait(self) -> None:
        """The month is being read: its old figures stay, those of another month go."""
        if not self.presenter.shows(self.context.period):
            self._show_nothing(_("The figures are being read…"))

    def _show_month(self, read: MonthRead) -> None:
        period = read.period
        (enter, why), self._wanted = self._wanted, ("", "")
        self.presenter.take(read)
        self.set_title(
            _("Closing and report of month {month}/{year}").format(month=period.index, year=period.year),
            self.presenter.note(period),
        )
        self._show_state()
        self._show_rows()
        closed = not self.presenter.is_open
        may_write = self.context.office.may_write
        self.checks.show_findings(
            self.presenter.by_level(), self.presenter.counts(), closed=closed, may_write=may_write
        )
        if enter:
            self.open_entry(enter)
        if why:
            self.show_why(why)
        elif self.side.currentWidget() is self.panel:
            self.show_why(self._why_code)

    def _cannot_show(self, problem: UserError) -> None:
        self._show_nothing(_("There are no figures of this month."))
        self.context.shell.show_error(problem)

    def _show_nothing(self, words: str) -> None:
        self.presenter.forget()
        self.table.set_empty("calendar", words)
        self.table.set_rows([])
        self.state.clear()
        self.corrections.clear()
        self.checks.show_findings([], "", closed=True, may_write=False)
        for made in (self.report_button, self.close_button, self.send_button):
            made.setEnabled(False)

    def _show_state(self) -> None:
        period, standing = self.context.period, self.presenter.standing
        actions = []
        may_write = self.context.office.may_write
        if standing is not None and may_write and standing.closing is not None:
            if standing.supplement:
                actions.append((_("Give the supplement up"), self.deeds.cancel_supplement))
            else:
                actions.append((_("Make a supplement"), self.deeds.begin_supplement))
        self.state.say(*self.presenter.state_words(period), actions)
        self.context.shell.refresh_frame()
        self._show_bar(is_open=self.presenter.is_open, may_write=may_write)

    def _show_bar(self, *, is_open: bool, may_write: bool) -> None:
        bar, standing = self.action_bar(), self.presenter.standing
        words = _("&Close the figures of month {month}").format(month=self.context.period.index)
        self.close_button.setText(f"  {words}")
        self.close_button.setAccessibleName(words.replace("&", ""))
        missing, cannot = self.presenter.what_is_left()
        self.report_button.setEnabled(True)
        self.close_button.setVisible(is_open)
        self.close_button.setEnabled(may_write and not cannot)
        self.send_button.setEnabled(not is_open)
        style.set_property(self.send_button, "role", "" if is_open else "primary")
        style.put_icon(self.send_button, "send", "text" if is_open else "on_accent")
        if is_open and missing:
            bar.set_missing(missing)
        elif is_open and not may_write:
            bar.set_hint(_("This account may look but not close."))
        elif is_open:
            bar.set_hint(_("Nothing stands against closing. Ctrl+Enter closes the figures; sending comes after."))
        elif standing is not None and standing.closing is not None:
            one = standing.closing
            bar.set_hint(closed_words(self.context.period, one.edition, one.closed_on))

    def _show_rows(self) -> None:
        self.table.set_closed(closed=not self.presenter.is_open)
        self.table.marks = self.corrections.refresh(self.context.period.code)
        self.table.show_rows(self.presenter.rows(str(self.which.currentData()), self.table.marks))

    def on_why(self) -> None:
        row = self.table.current()
        if row is not None and row.row is not None:
            self.show_why(row.key)

    def on_print(self) -> None:
        self.report_wanted.emit()

    def on_finish(self) -> None:
        if self.close_button.isVisible() and self.close_button.isEnabled():
            self.close_month()

    def on_escape(self) -> bool:
        if self.side.currentWidget() is self.panel:
            self.panel.close_panel()
            return True
        return False

    def first_focus(self) -> QWidget | None:
        return self.table.view

    def help_text(self) -> str:
        parts = (
            _(
                "The figures of the month, beside the month before and the sum from January. Ctrl+I says why a figure "
                "is what it is and opens the list behind it."
            ),
            _("A figure with a pencil is typed in: F2 or Enter on it. Some are entered branch by branch."),
            _(
                "What must be mended stands at the right in red; a warning wants a reason. "
                "Then the month can be closed."
            ),
        )
        return "".join(f"<p>{part}</p>" for part in parts)

    # ------------------------------------------------------------------ why

    def show_why(self, code: str) -> None:
        """The panel of a figure, in the place of the checks."""
        period = self.context.period
        if self.presenter.indicator(code) is None:
            return
        told = self.presenter.why(code, period)
        self._why_code = code
        self.panel.show_why(
            Why(
                told.title,
                told.figure,
                told.definition,
                told.how,
                told.left_out,
                told.list_words,
                lambda: self.open_list(code),
            )
        )
        self.side.setCurrentWidget(self.panel)
        self.table.choose(code, 1)

    def _follow(self) -> None:
        row = self.table.current()
        shown = self.side.currentWidget() is self.panel
        if shown and row is not None and row.row is not None and row.key != self._why_code:
            self.show_why(row.key)

    def _show_checks(self) -> None:
        self.side.setCurrentWidget(self.checks)
        self.table.view.setFocus()

    def open_list(self, code: str) -> None:
        """The records behind a figure."""
        period = self.context.period
        told = self.presenter.why(code, period)
        whole: list[tuple[str | None, str]] = [(None, _("The whole commune: {figure}").format(figure=told.figure))]
        dialog = ListDialog(
            self.context,
            self,
            _("{label}, {period}").format(label=told.title, period=period_name(period)),
            [*whole, *((branch_id, f"{name}: {figure}") for branch_id, name, figure in self.presenter.branches(code))],
            lambda branch: self.presenter.list_behind(code, period, branch),
        )
        dialog.finished.connect(self._list_closed)
        self.behind = dialog
        dialog.open()

    def _list_closed(self) -> None:
        if self.behind is not None:
            self.behind.deleteLater()
            self.behind = None

    # ------------------------------------------------------------------ entering

    def _is_plain(self, code: str) -> bool:
        """Whether the commune's figure is one number that nobody entered by branch."""
        indicator = self.presenter.indicator(code)
        if indicator is None or indicator.is_share:
            return False
        if code == "org.women_18":
            return False  # by branch: the gathering rate of each rests on it
        return not self.context.office.figures.entering.sheet(code, self.context.period).by_branch

    def _enter(self, code: str, value: object) -> None:
        typed = value if isinstance(value, int) else None
        self._do(lambda: self.context.office.figures.enter(code, self.context.period, None, typed), _("Figure saved."))

    def open_entry(self, code: str) -> None:
        """Enter a figure branch by branch."""
        if not self.presenter.is_open or not self.context.office.may_write:
            return
        sheet = self.context.office.figures.entering.sheet(code, self.context.period)
        if accepted(EntryDialog(self.context, self, sheet)):
            self._saved(_("Figures saved."))

    # ------------------------------------------------------------------ checks and closing

    def _go(self, finding: Finding) -> None:
        self.context.shell.go(finding.page, **finding.args)

    def write_reason(self, finding: Finding) -> None:
        """Why a warning does not stand against closing."""
        dialog = reason_dialog(self.context, self, finding)
        if accepted(dialog):
            months = self.context.office.months
            self._do(lambda: months.give_reason(self.context.period, finding.code, dialog.text()), _("Reason saved."))

    def close_month(self) -> None:
        """Ask, then freeze the figures."""
        self.deeds.close(self.presenter.standing)

    def _hold(self) -> None:
        """What is under way is not asked for a second time; reading the month anew gives the buttons back."""
        for made in (self.close_button, self.send_button):
            made.setEnabled(False)
        self.state.clear()

    def _send(self) -> None:
        self.context.shell.go("sync")

    def _do(self, act: Any, said: str) -> None:
        try:
            act()
        except (UserError, OSError) as problem:
            self.context.shell.show_error(problem)
            self.refresh()
            return
        self._saved(said)

    def _saved(self, said: str) -> None:
        self.context.shell.clear_message()
        self.context.shell.saved_at(self.context.office.now)
        self.refresh()
        if said:
            self.context.shell.toast(said, self._undo)

    def _undo(self) -> None:
        said = self.context.undo()
        self.refresh()
        if said:
            self.context.shell.toast(said)
