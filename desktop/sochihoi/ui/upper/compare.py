"""One figure in two periods, unit by unit, on the boundaries of the later or of the earlier period."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.periods import Period
from sochihoi.i18n import _, ngettext
from sochihoi.services.consolidated.comparing import Boundaries, Compared, Comparison, compare
from sochihoi.ui import style
from sochihoi.ui.shared.beside import Reading
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.choices import PlainCombo
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.message_bar import MessageBar
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.table import Column, Table
from sochihoi.ui.words import consolidated as words
from sochihoi.ui.words.month import in_language, period_name

_HORIZONTAL = Qt.Orientation.Horizontal


class TwoPeriods(QWidget):
    """``back()``: to the units of one period."""

    back = Signal()

    def __init__(self, context: Context, page: Page) -> None:
        super().__init__()
        self._context = context
        self._reading = Reading(context, page)
        self._code, self._period = "", context.period
        self.made: Comparison | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_2)
        head = QHBoxLayout()
        self.back_button = button(_("Back to the units"), self.back.emit, "quiet", "arrow-left")
        self.title = label("", "head")
        head.addWidget(self.back_button)
        head.addWidget(self.title, 1)
        self.other = PlainCombo()
        self.other.setAccessibleName(_("Period to compare with"))
        self.lines = PlainCombo()
        self.lines.setAccessibleName(_("Whose units the lines are"))
        self.lines.addItem(_("Units as they are now"), Boundaries.NEW)
        self.lines.addItem(_("Units as they were then"), Boundaries.OLD)
        for one in (self.other, self.lines):
            one.activated.connect(lambda _at: self._read())
            one.setMinimumWidth(round(190 * style.sizes().body / 14))
            head.addWidget(one)
        column.addLayout(head)
        self.notice = MessageBar(closable=False)
        column.addWidget(self.notice)
        self.table: Table[Compared] = Table(
            context,
            "upper.compared",
            (
                Column(lambda: _("Unit"), self._name, stretch=True, key="unit"),
                Column(self._earlier, lambda c: self._words(c, before=True), width=190, align="right", key="before"),
                Column(self._later, lambda c: self._words(c, before=False), width=190, align="right", key="after"),
                Column(lambda: _("Change"), self._change, width=130, align="right", key="change"),
            ),
            key=lambda c: f"{c.part}/{'+'.join(c.codes)}",
            noun=lambda count: ngettext("line", "lines", count),
            accessible=_("Two periods unit by unit"),
        )
        about = About[Compared](lambda: _("Two periods unit by unit"), (self.lines,), where=self.title.text)
        ListPaper(context, self.table, about)
        column.addWidget(self.table, 1)

    def open_code(self, code: str, period: Period) -> None:
        """A figure; at first against the period before."""
        self._code, self._period = code, period
        self.other.clear()
        for one in _others(period):
            self.other.addItem(period_name(one), one)
        self._read()

    def _read(self) -> None:
        code, period, other = self._code, self._period, self.other.currentData()
        boundaries = self.lines.currentData()
        office = self._context.office
        self._reading.read(
            lambda: compare(office, code, period, other, boundaries),
            self._show,
            title=_("Comparing two periods…"),
            failed=self._context.shell.show_error,
            waiting=lambda: None,
        )

    def _show(self, made: Comparison) -> None:
        self.made = made
        self.title.setText(in_language(made.indicator.label))
        alone = words.alone_words(made)
        if alone:
            self.notice.say("warn", alone)
        else:
            self.notice.clear()
        self.table.set_empty("chart-column", _("No unit has sent the figures of these periods."))
        self.table.set_rows([*made.lines, made.total] if made.lines else [])
        self.table.view.viewport().update()
        header = self.table.model
        header.headerDataChanged.emit(_HORIZONTAL, 0, len(header.columns) - 1)

    def _name(self, line: Compared) -> str:
        return f"      {words.compared_name(line)}" if line.part else words.compared_name(line)

    def _earlier(self) -> str:
        return _capital(period_name(self.made.earlier)) if self.made else ""

    def _later(self) -> str:
        return _capital(period_name(self.made.later)) if self.made else ""

    def _words(self, line: Compared, *, before: bool) -> str:
        return "" if self.made is None else words.measured(self.made.indicator, line.earlier if before else line.later)

    def _change(self, line: Compared) -> str:
        return "" if self.made is None else words.change_words(self.made.indicator, line.change)


def _others(period: Period) -> Sequence[Period]:
    """The one before, the same of the year before, and those between."""
    in_year = len(Period.whole_year(period.year).months()) // len(period.months())
    return [period.shifted(-step) for step in range(1, in_year + 1)] or [period.previous()]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
