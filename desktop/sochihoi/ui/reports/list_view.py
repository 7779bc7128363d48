"""Every report that the working month or its year asks for; Enter opens one, a dialog any other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.periods import Period
from sochihoi.i18n import _, ngettext
from sochihoi.services.report_forms import Scope
from sochihoi.ui import style
from sochihoi.ui.reports.choose_dialog import ChooseDialog
from sochihoi.ui.reports.list_presenter import NOW, YEAR, ReportRow, banded, note, read_list
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.beside import Reading, focus_late, takes_time
from sochihoi.ui.shared.choices import PlainCombo
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.paper_code import CodeDialog
from sochihoi.ui.shared.table import Column, Table
from sochihoi.ui.words.month import in_language

COLUMNS = (
    Column[ReportRow](lambda: _("Report"), lambda r: r.name, stretch=True, strong=True, key="name"),
    Column[ReportRow](lambda: _("Period"), lambda r: r.period, width=170, key="period"),
    Column[ReportRow](
        lambda: _("State"),
        lambda _r: "",
        width=124,
        key="state",
        badges=lambda r: (Badge(*r.state),) if r.form is not None else (),
    ),
    Column[ReportRow](lambda: _("Number, date"), lambda r: r.paper, width=186, key="paper"),
    Column[ReportRow](lambda: _("Due"), lambda r: r.due_words, width=224, key="due"),
)
EVERY_FORM = ""


class ListView(Page):
    """``back()``: to the figures; ``wanted(form, span, unit)``: open a report, ``unit`` the id of a branch or ""."""

    back = Signal()
    wanted = Signal(str, str, str)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._reading = Reading(context, self)
        self._rows: tuple[ReportRow, ...] = ()
        self._shown: tuple[Period, str] | None = None
        self.code_dialog: CodeDialog | None = None
        size = style.sizes()
        self.code_button = self.add_action(_("&Check a printed report…"), self.check_code, "", "qr-code")
        self.make_button = self.add_action(_("&Another report…"), self.on_new, "primary", "file-plus")
        filters = QWidget()
        row = QHBoxLayout(filters)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(size.space_2)
        self.which = PlainCombo()
        self.which.setAccessibleName(_("Which periods"))
        self.which.setFixedWidth(round(230 * size.body / 14))
        self.which.activated.connect(lambda _at: self.refresh())
        self.form = PlainCombo()
        self.form.setAccessibleName(_("Which report"))
        self.form.setFixedWidth(round(280 * size.body / 14))
        self.form.activated.connect(lambda _at: self._show_rows())
        row.addWidget(self.which)
        row.addWidget(self.form)
        row.addStretch(1)
        self.content.addWidget(filters)
        self.table: Table[ReportRow] = Table(
            context,
            "reports",
            COLUMNS,
            key=lambda r: r.key,
            noun=lambda count: ngettext("report", "reports", count),
            section=lambda r: r.band,
            accessible=_("Reports"),
        )
        self.table.opened.connect(self._open)
        about = About[ReportRow](lambda: _("List of reports"), (self.which, self.form))
        self.paper = ListPaper(context, self.table, about)
        self.content.addWidget(self.table, 1)

    # ------------------------------------------------------------------ what the frame asks

    def refresh(self) -> None:
        period, office = self.context.period, self.context.office
        self.set_breadcrumb([(_("Closing and reports"), self.back.emit), (_("Reports"), None)])
        kept = self.which.currentData() or NOW
        self.which.clear()
        self.which.addItem(_("Work of month {month}/{year}").format(month=period.index, year=period.year), NOW)
        self.which.addItem(_("The whole year {year}").format(year=period.year), YEAR)
        self.which.setCurrentIndex(self.which.findData(kept))
        self.set_title(_("Reports"))
        self._reading.read(
            lambda: read_list(office, period, kept),
            lambda rows: self._show(period, kept, rows),
            title=_("Looking up the reports…"),
            failed=self._cannot_show,
            waiting=lambda: self._wait((period, kept)),
            slow=kept == YEAR or takes_time(self.context),
        )

    def _wait(self, wanted: tuple[Period, str]) -> None:
        if self._shown != wanted:
            self._shown, self._rows = None, ()
            self.table.set_empty("calendar", _("The reports are being looked up…"))
            self._show_rows()

    def _cannot_show(self, problem: UserError) -> None:
        self._shown, self._rows = None, ()
        self.table.set_empty("calendar", _("There are no reports of this time."))
        self._show_rows()
        self.context.shell.show_error(problem)

    def _show(self, period: Period, which: str, rows: tuple[ReportRow, ...]) -> None:
        self._shown, self._rows = (period, which), rows
        self.set_title(_("Reports"), note(rows))
        kept = self.form.currentData() or EVERY_FORM
        self.form.clear()
        self.form.addItem(_("Every kind of report"), EVERY_FORM)
        for code, name in dict.fromkeys((one.form.code, in_language(one.form.name)) for one in rows if one.form):
            self.form.addItem(name, code)
        self.form.setCurrentIndex(max(self.form.findData(kept), 0))
        self.table.set_empty("file-text", _("No kind of report is made over these periods."))
        self._show_rows()
        focus_late(self)

    def _show_rows(self) -> None:
        rows = banded(self._rows, str(self.form.currentData() or EVERY_FORM))
        narrowed = bool(self._rows) and not rows
        self.table.set_no_match(_("No report of this kind is due.") if narrowed else "", self._every_form)
        self.table.set_rows(rows)
        if self.table.current() is None or self.table.current().form is None:  # type: ignore[union-attr]
            first = next((one.key for one in rows if one.form is not None), None)
            if first is not None:
                self.table.choose(first)

    def _every_form(self) -> None:
        self.form.setCurrentIndex(0)
        self._show_rows()

    def first_focus(self) -> QWidget | None:
        if self.table.model.rows:
            return self.table.view
        return self.make_button if self._shown is not None else None  # the list is still being read

    def on_escape(self) -> bool:
        self.back.emit()
        return True

    def help_text(self) -> str:
        parts = (
            _("Reports whose time is over stand first, with the days that are left or over. Enter opens one."),
            _("A report over several months gets its number once these months are closed; until then it is a draft."),
            _("“Another report” makes any report over any time, also of one branch."),
        )
        return "".join(f"<p>{part}</p>" for part in parts)

    # ------------------------------------------------------------------ deeds

    def _open(self, row: ReportRow) -> None:
        if row.form is None or row.span is None:
            return
        if row.form.scope is Scope.BRANCH:
            self._choose(row.form.code, row.span.code)
        else:
            self.wanted.emit(row.form.code, row.span.code, "")

    def on_new(self) -> None:
        """Ctrl+N: any report over any time."""
        row = self.table.current()
        self._choose(row.form.code if row and row.form else "", row.span.code if row and row.span else "")

    def _choose(self, form: str, span: str) -> None:
        dialog = ChooseDialog(self.context, self, form, span)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.wanted.emit(*dialog.chosen())

    def check_code(self) -> None:
        """Which report a printed code belongs to."""
        self.code_dialog = CodeDialog(self.context, self)
        self.code_dialog.open()
