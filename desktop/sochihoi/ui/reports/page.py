"""Chốt và báo cáo: the figures of the month, what stands against closing it, closing, and its report."""

from __future__ import annotations

from sochihoi.domain.periods import Period
from sochihoi.ui.reports.figures_view import FiguresView
from sochihoi.ui.reports.report_view import ReportView
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.stacked import StackedPage


def build(context: Context) -> Page:
    """The page of the navigation."""
    return ReportsPage(context)


class ReportsPage(StackedPage):
    """Hands everything on to the figures or to the report.

    ``refresh(view="report")`` opens the report, ``why=code`` the panel of a figure, ``enter=code`` the entry of one,
    ``period="2026-09"`` another working month.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.figures = FiguresView(context)
        self.report = ReportView(context)
        self.hold(self.figures, self.report)
        self.figures.report_wanted.connect(self.open_report)
        self.report.back.connect(self.open_figures)

    def refresh(self, *, view: str = "", period: str = "", why: str = "", enter: str = "") -> None:
        if period:
            self.context.shell.set_period(Period.parse(period))
        if view == "report":
            self._stack.setCurrentWidget(self.report)
        elif why or enter:
            self._stack.setCurrentWidget(self.figures)
        if self.current() is self.figures:
            self.figures.refresh(why=why, enter=enter)
        else:
            self.current().refresh()

    def open_report(self) -> None:
        """The words of the report."""
        self._stack.setCurrentWidget(self.report)
        self.report.refresh()
        self._focus(self.report)

    def open_figures(self) -> None:
        """The figures and checks."""
        self._stack.setCurrentWidget(self.figures)
        self.figures.refresh()
        self.figures.table.view.setFocus()
