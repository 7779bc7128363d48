"""Chốt và báo cáo: the figures of the month, what stands against closing it, closing, and its report."""

from __future__ import annotations

from sochihoi.domain.periods import Period
from sochihoi.services.form_parts import SpanKind
from sochihoi.ui.reports.above_view import AboveFigures
from sochihoi.ui.reports.figures_view import FiguresView
from sochihoi.ui.reports.list_view import ListView
from sochihoi.ui.reports.report_view import ReportView
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.stacked import StackedPage


def build(context: Context) -> Page:
    """The page of the navigation: of a commune, or of a level above."""
    return ReportsPage(context)


class ReportsPage(StackedPage):
    """Hands everything on to the figures, to the list of reports or to one report.

    ``refresh(view="report")`` opens the report of the month, or with ``form``, ``span`` and ``unit`` any other;
    ``view="list"`` the reports, ``view="figures"`` the figures, ``why=code`` the panel of one, ``enter=code`` its
    entry, ``period="2026-09"`` another working month.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.figures = AboveFigures(context) if context.office.is_receiver else FiguresView(context)
        self.list = ListView(context)
        self.report = ReportView(context)
        self.hold(self.figures, self.list, self.report)
        self._from_list = False
        self.figures.report_wanted.connect(self.open_report)
        self.figures.list_wanted.connect(self.open_list)
        self.list.back.connect(self.open_figures)
        self.list.wanted.connect(self.open_any)
        self.report.back.connect(self._back)

    def refresh(
        self,
        *,
        view: str = "",
        period: str = "",
        why: str = "",
        enter: str = "",
        form: str = "",
        span: str = "",
        unit: str = "",
    ) -> None:
        if period:
            self.context.shell.set_period(Period.parse(period))
        if view == "report":
            self._choose(form, span, unit, from_list=bool(span))
            self._stack.setCurrentWidget(self.report)
        elif view == "list":
            self._stack.setCurrentWidget(self.list)
        elif why or enter or period or view == "figures":
            self._stack.setCurrentWidget(self.figures)
        if self.current() is self.figures:
            self.figures.refresh(why=why, enter=enter)
        else:
            self.current().refresh()

    def _choose(self, form: str, span: str, unit: str, *, from_list: bool) -> None:
        self._from_list = from_list
        self.report.set_origin(from_list=from_list)
        self.report.choose(form or self.context.office.reports.usual_form(SpanKind.MONTH), span, unit)

    def open_report(self) -> None:
        """The words of the report of the month."""
        self._choose("", "", "", from_list=False)
        self._open(self.report)

    def open_any(self, form: str, span: str, unit: str) -> None:
        """A report from the list."""
        self._choose(form, span, unit, from_list=True)
        self._open(self.report)

    def open_list(self) -> None:
        """Every report that is asked for."""
        self._open(self.list)

    def open_figures(self) -> None:
        """The figures and checks."""
        self._stack.setCurrentWidget(self.figures)
        self.figures.refresh()
        self.figures.table.view.setFocus()

    def _open(self, page: Page) -> None:
        self._stack.setCurrentWidget(page)
        self.context.shell.clear_message()
        page.refresh()
        self._focus(page)

    def _back(self) -> None:
        if self._from_list:
            self.open_list()
        else:
            self.open_figures()
