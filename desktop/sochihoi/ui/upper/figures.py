"""Tổng hợp: the figures of all units together, why each is what it is, and each unit's part with its file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.periods import Period, PeriodKind
from sochihoi.domain.progress import Progress
from sochihoi.domain.vietnamese import text_key
from sochihoi.i18n import _, ngettext, pgettext
from sochihoi.services.consolidated.parts import behind
from sochihoi.services.consolidated.workbook import save
from sochihoi.services.totals import Share, Totals
from sochihoi.ui import style
from sochihoi.ui.shared.beside import Reading
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.choices import PlainCombo
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import choose_target
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.message_bar import MessageBar
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.panel import PanelHost
from sochihoi.ui.shared.stack import Stack
from sochihoi.ui.shared.table import Column, Table
from sochihoi.ui.shared.why import Why, WhyPanel
from sochihoi.ui.upper import presenter
from sochihoi.ui.upper.behind import UnitBehind
from sochihoi.ui.upper.compare import TwoPeriods
from sochihoi.ui.upper.deeds import InboxDeeds
from sochihoi.ui.upper.presenter import TotalLine
from sochihoi.ui.words.month import in_language, period_name

KINDS: tuple[tuple[PeriodKind, Callable[[], str]], ...] = (
    (PeriodKind.MONTH, lambda: _("By month")),
    (PeriodKind.QUARTER, lambda: _("By quarter")),
    (PeriodKind.HALF, lambda: _("By half year")),
    (PeriodKind.YEAR, lambda: _("By year")),
)


class TotalFigures(QWidget):
    """The list of figures, or each unit's part of one of them."""

    def __init__(self, context: Context, page: Page) -> None:
        super().__init__()
        self._context = context
        self._reading = Reading(context, page)
        self._totals: Totals | None = None
        self._line: TotalLine | None = None
        self._deeds = InboxDeeds(context, self, lambda: None)
        self._wanted = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._stack = Stack()
        column.addWidget(self._stack)
        self._stack.addWidget(self._whole())
        self._stack.addWidget(self._parts())
        self.behind = UnitBehind(context)
        self.two = TwoPeriods(context, page)
        for deeper in (self.behind, self.two):
            self._stack.addWidget(deeper)
            deeper.back.connect(self._to_units)

    def _whole(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_2)
        self.notice = MessageBar(closable=False)
        column.addWidget(self.notice)
        self.known_only = QCheckBox(_("Only figures that a unit has sent"))
        self.known_only.setChecked(True)
        self.known_only.toggled.connect(lambda _on: self._show())
        row = QHBoxLayout()
        self.kind = PlainCombo()
        self.kind.setAccessibleName(_("How long a time"))
        for kind, words_of in KINDS:
            self.kind.addItem(words_of(), kind)
        self.kind.activated.connect(lambda _at: self._read())
        row.addWidget(self.kind)
        row.addWidget(self.known_only)
        row.addStretch(1)
        row.addWidget(button(_("Save everything as Excel"), self.save_workbook, "quiet", "file-spreadsheet"))
        column.addLayout(row)
        columns: tuple[Column[TotalLine], ...] = (
            Column(
                lambda: _("Figure"),
                lambda t: in_language(t.row.indicator.label) if t.row else "",
                stretch=True,
                key="figure",
            ),
            Column(lambda: _("This period"), presenter.now_text, width=106, align="right", strong=True, key="now"),
            Column(lambda: _("Period before"), presenter.previous_text, width=102, align="right", key="before"),
            Column(
                lambda: _("Change"), presenter.change, width=80, align="right", key="change", tone=lambda _t: "muted"
            ),
            Column(lambda: _("From January"), presenter.so_far_text, width=106, align="right", key="so_far"),
            Column(
                lambda: _("Units"),
                lambda t: f"{t.units}/{self._totals.known}" if t.row and self._totals else "",
                width=54,
                align="right",
                key="units",
                tone=lambda _t: "muted",
            ),
            Column(
                lambda: _("Why?"),
                lambda _t: "",
                width=56,
                align="centre",
                key="why",
                icon=lambda t: ("info", "info") if t.row else None,
                on_paper=False,
                spoken=lambda _t: _("Why this number?"),
            ),
        )
        self.table: Table[TotalLine] = Table(
            self._context,
            "upper.totals",
            columns,
            key=lambda t: t.code,
            section=lambda t: t.band or None,
            dense=True,
            cells=True,
            accessible=_("Figures of all units"),
        )
        self.table.opened.connect(lambda _row: self.why())
        about = About[TotalLine](lambda: _("Figures of all units"), where=lambda: period_name(self.period))
        self.paper = ListPaper(self._context, self.table, about)
        self.table.view.clicked.connect(self._clicked)
        self.panel = WhyPanel()
        self.host = PanelHost(self._context, self.table, self.panel)
        column.addWidget(self.host, 1)
        return box

    def _parts(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_2)
        head = QHBoxLayout()
        self.back_button = button(_("Back to all figures"), self.back, "quiet", "arrow-left")
        head.addWidget(self.back_button)
        self.parts_title = label("", "head")
        head.addWidget(self.parts_title)
        head.addStretch(1)
        self.compare_button = button(_("Compare two periods"), self.open_two, "quiet", "arrow-left-right")
        head.addWidget(self.compare_button)
        column.addLayout(head)
        columns: tuple[Column[Share], ...] = (
            Column(
                lambda: _("Unit"),
                lambda s: s.unit_name,
                width=260,
                strong=True,
                key="unit",
                sort=lambda s: text_key(s.unit_name),
            ),
            Column(
                lambda: _("This period"),
                lambda s: self._words(s, "now"),
                width=170,
                align="right",
                key="now",
                sort=lambda s: s.now.measure,
            ),
            Column(lambda: _("Change"), self._change, width=96, align="right", key="change"),
            Column(lambda: _("From January"), lambda s: self._words(s, "so_far"), width=170, align="right", key="far"),
            Column(lambda: _("Edition"), lambda s: str(s.edition), width=72, align="right", key="edition"),
            Column(lambda: _("From the file"), lambda s: s.file.file_name, stretch=True, key="file", cut="middle"),
        )
        self.parts: Table[Share] = Table(
            self._context,
            "upper.parts",
            columns,
            key=lambda s: s.unit_code,
            noun=lambda count: ngettext("unit", "units", count),
            menu=lambda share: self._deeds.of_share(share, self.period, self._line.code if self._line else ""),
            accessible=_("Part of each unit"),
        )
        self.parts.opened.connect(self.open_behind)
        parts = About[Share](
            lambda: _("Part of each unit"), where=self.parts_title.text, order=lambda: pgettext("order", "name")
        )
        ListPaper(self._context, self.parts, parts)
        column.addWidget(self.parts, 1)
        return box

    # ------------------------------------------------------------------ showing

    @property
    def period(self) -> Period:
        """The working month, or the longer time that it lies in."""
        return around(self._context.period, self.kind.currentData())

    def refresh(self, totals: Totals) -> None:
        """Show these totals of the working month; of a longer time they are read."""
        if totals.period != self.period:
            self._read()
        else:
            self._take(totals)

    def _read(self) -> None:
        period, all_totals = self.period, self._context.office.receiving.totals
        self._reading.read(
            lambda: all_totals.of(period),
            self._take,
            title=_("Reading what the units have sent, {period}…").format(period=period_name(period)),
            failed=self._context.shell.show_error,
            waiting=lambda: None,
        )

    def _take(self, totals: Totals) -> None:
        self._totals = totals
        missing = presenter.missing_words(totals)
        if missing:
            self.notice.say("warn", missing)
        else:
            self.notice.clear()
        self.table.set_empty("chart-column", _("No unit has sent the figures of this time yet."))
        self._show()
        if self._stack.currentIndex() and self._line is not None:
            self.open_parts(self._line.code)
        if self._wanted:
            self._open_wanted()

    def open_code(self, code: str) -> None:
        """A figure, unit by unit, once its totals are read; "" does nothing."""
        self._wanted = code

    def _open_wanted(self) -> None:
        code, self._wanted = self._wanted, ""
        if self._totals is not None and code in self._totals.definitions.by_code:
            self.open_parts(code)

    def _show(self) -> None:
        if self._totals is not None:
            lines = presenter.total_lines(self._totals, known_only=self.known_only.isChecked())
            self.table.set_rows(lines if self._totals.sent or not self.known_only.isChecked() else ())

    def _clicked(self) -> None:
        column = self.table.current_column()
        if column is not None and column.key == "why":
            self.why()

    def why(self) -> None:
        """Open "Vì sao" for the chosen figure."""
        line = self.table.current()
        if line is None or line.row is None or self._totals is None:
            return
        indicator = line.row.indicator
        self.panel.show_why(
            Why(
                title=in_language(indicator.label),
                figure=presenter.now_text(line),
                definition=in_language(indicator.definition),
                how=presenter.how(line, self._totals),
                left_out=in_language(indicator.left_out),
                list_words=_("Each unit and its file"),
                open_list=(lambda: self.open_parts(indicator.code)) if line.units else None,
            )
        )

    def open_parts(self, code: str) -> None:
        """Each unit's part of a figure."""
        if self._totals is None:
            return
        row = next(one for one in self._totals.rows if one.indicator.code == code)
        self._line = TotalLine("", row, self._totals.counts.get(code, 0))
        self.parts_title.setText(presenter.parts_title(row, self._totals))
        self.parts.set_rows(self._context.office.receiving.totals.split(code, self._totals.period))
        self._stack.setCurrentIndex(1)
        self.parts.view.setFocus()

    def back(self) -> None:
        """The list of all figures."""
        self._stack.setCurrentIndex(0)
        self.table.view.setFocus()

    def escape(self) -> bool:
        """Close what is open; false when nothing was."""
        if self._stack.currentIndex() > 1:
            self._to_units()
            return True
        if self._stack.currentIndex() == 1:
            self.back()
            return True
        if not self.panel.isHidden():
            self.panel.close_panel()
            return True
        return False

    def _words(self, share: Share, which: str) -> str:
        if self._line is None or self._line.row is None:
            return ""
        return presenter.share_text(self._line.row, share.now if which == "now" else share.year_to_date)

    def _change(self, share: Share) -> str:
        return "" if self._line is None or self._line.row is None else presenter.share_change(self._line.row, share)

    def _to_units(self) -> None:
        self._stack.setCurrentIndex(1)
        self.parts.view.setFocus()

    def open_behind(self, share: Share) -> None:
        """One unit's branches, and its signed file."""
        if self._totals is None or self._line is None:
            return
        code = self._line.code
        found = behind(self._context.office, code, self._totals.period, share.unit_code)
        self.behind.show_behind(share, found, self._totals.definitions.by_code.get(code))
        self._stack.setCurrentWidget(self.behind)
        self.behind.table.view.setFocus()

    def open_two(self) -> None:
        """This figure beside another period."""
        if self._totals is None or self._line is None:
            return
        self.two.open_code(self._line.code, self._totals.period)
        self._stack.setCurrentWidget(self.two)

    def save_workbook(self) -> None:
        """Everything of the period as an Excel file."""
        context, period = self._context, self.period
        folder = str(context.settings.value("files/folder", ""))
        proposed = str(Path(folder) / f"TongHop_{period.code}.xlsx")
        target = choose_target(self, _("Save everything as Excel"), proposed, "Excel (*.xlsx)")
        if target is None:
            return

        def work(progress: Progress) -> Path:
            save(context.office, period, target, progress)
            return target

        def done(written: Path) -> None:
            context.settings.setValue("files/folder", str(written.parent))
            context.shell.toast(_("Saved: {file}").format(file=written))

        context.shell.run_job(work, done, title=_("Writing the list…"), stop_says=_("No file is written then."))


def around(month: Period, kind: PeriodKind) -> Period:
    """The period of a kind that a month lies in."""
    return Period(kind, month.year, (month.last_month - 1) // kind.value + 1)
