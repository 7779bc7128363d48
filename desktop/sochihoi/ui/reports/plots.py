"""The plots of a report as it prints them, each with its table, below the section that they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochihoi.i18n import _
from sochihoi.reports.charts import HorizontalBars
from sochihoi.services.reporting.report import ReportPlot
from sochihoi.ui.shared.chart_card import ChartCard

HEIGHT, LINE = 170, 24  # pixels: bars side by side; each bar of those one below the other


class PlotCards:
    """Keeps its cards in the column of the document."""

    def __init__(self, column: QVBoxLayout) -> None:
        self._column = column
        self.cards: list[ChartCard] = []

    def show_plots(self, plots: Sequence[ReportPlot], boxes: Mapping[str, QWidget] | None = None) -> None:
        """Replace the cards; one without a section stands at the end."""
        for old in self.cards:
            old.hide()
            self._column.removeWidget(old)
            old.deleteLater()
        self.cards = []
        for plot in plots:
            below = (boxes or {}).get(plot.section)
            at = self._column.indexOf(below) + 1 if below is not None else self._column.count() - 1
            card = ChartCard(self._height(plot))
            rows = [[column.title for column in plot.table.columns], *(line.cells for line in plot.table.lines)]
            card.draw(plot.title, plot.data, rows, _("There are no figures yet."))
            self._column.insertWidget(at, card)
            self.cards.append(card)

    @staticmethod
    def _height(plot: ReportPlot) -> int:
        if isinstance(plot.data, HorizontalBars):
            return max(HEIGHT // 2, LINE * len(plot.data.bars) + LINE)
        return HEIGHT
