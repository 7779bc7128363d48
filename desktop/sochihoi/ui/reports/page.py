"""Chốt và báo cáo: the figures of the month, what stands against closing it, closing, and its report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from sochihoi.domain.periods import Period
from sochihoi.ui.reports.figures_view import FiguresView
from sochihoi.ui.reports.report_view import ReportView
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.page import Page


def build(context: Context) -> Page:
    """The page of the navigation."""
    return ReportsPage(context)


class ReportsPage(Page):
    """Hands everything on to the figures or to the report.

    ``refresh(view="report")`` opens the report, ``why=code`` the panel of a figure, ``enter=code`` the entry of one,
    ``period="2026-09"`` another working month.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.figures = FiguresView(context)
        self.report = ReportView(context)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.figures)
        self._stack.addWidget(self.report)
        # both have their own title and bar: the frame of this one stays empty
        outer = self.layout()
        if outer is not None:
            body = outer.itemAt(0)
            if body is not None and (frame := body.widget()) is not None:
                frame.hide()
            outer.addWidget(self._stack)
        self.figures.report_wanted.connect(self.open_report)
        self.report.back.connect(self.open_figures)

    def current(self) -> Page:
        """The one that is shown."""
        return self.report if self._stack.currentWidget() is self.report else self.figures

    def refresh(self, *, view: str = "", period: str = "", **args: Any) -> None:
        if period:
            self.context.shell.set_period(Period.parse(period))
        if view == "report":
            self._stack.setCurrentWidget(self.report)
        elif args:
            self._stack.setCurrentWidget(self.figures)
        self.current().refresh(**args)

    def open_report(self) -> None:
        """The words of the report."""
        self._stack.setCurrentWidget(self.report)
        self.report.refresh()
        focus = self.report.first_focus()
        if focus is not None:
            focus.setFocus()

    def open_figures(self) -> None:
        """The figures and checks."""
        self._stack.setCurrentWidget(self.figures)
        self.figures.refresh()
        self.figures.table.view.setFocus()

    # -- what the shell asks goes to the one that is shown -----------------------------------------------------------

    def on_print(self) -> None:
        self.current().on_print()

    def on_why(self) -> None:
        self.current().on_why()

    def on_finish(self) -> None:
        self.current().on_finish()

    def on_escape(self) -> bool:
        return self.current().on_escape()

    def help_text(self) -> str:
        return self.current().help_text()

    def first_focus(self) -> QWidget | None:
        return self.current().first_focus()

    def areas(self) -> Sequence[QWidget]:
        return self.current().areas()
