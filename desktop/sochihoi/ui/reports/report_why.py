""" "Vì sao có số này?" for the figures of a report, and the list behind them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sochihoi.i18n import _
from sochihoi.services.reporting.report import Report
from sochihoi.ui.reports.list_dialog import ListDialog
from sochihoi.ui.reports.presenter import ReportsPresenter
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.why import Why, WhyPanel
from sochihoi.ui.words.reports import span_name


class ReportWhy(QObject):
    """``panel`` says why a figure is so; ``opened`` and ``closed`` tell when it is shown."""

    opened = Signal()
    closed = Signal()

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context, self._owner = context, owner
        self._presenter = ReportsPresenter(context.office)
        self.panel = WhyPanel()
        self.panel.closed.connect(self.closed)
        self.behind: ListDialog | None = None

    def show_why(self, report: Report, code: str) -> None:
        """The panel of a figure of the report's unit."""
        period, branch = report.span.period, report.branch_id
        told = self._presenter.why(code, period, branch, report.sheet)
        self.panel.show_why(
            Why(
                told.title,
                told.figure,
                told.definition,
                told.how,
                told.left_out,
                told.list_words,
                lambda: self.open_list(report, code),
            )
        )
        self.opened.emit()
        self.panel.close_button.setFocus()

    def open_list(self, report: Report, code: str) -> None:
        """The records behind a figure: those of now, also of a report that was issued."""
        period, branch = report.span.period, report.branch_id
        told = self._presenter.why(code, period, branch, report.sheet)
        title = _("{label}, {period}").format(label=told.title, period=span_name(report.span.code))
        if not report.is_draft:
            title = _("{figure}: the records as they are today").format(figure=title)
        dialog = ListDialog(
            self._context,
            self._owner,
            title,
            [(branch, told.figure)],
            lambda chosen: self._presenter.list_behind(code, period, chosen),
        )
        dialog.finished.connect(dialog.deleteLater)
        self.behind = dialog
        dialog.open()
