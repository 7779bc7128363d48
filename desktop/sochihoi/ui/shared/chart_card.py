"""A chart in a card, with its target in words, and the same figures as a table behind a button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QSizePolicy, QWidget

from sochihoi.i18n import _
from sochihoi.reports import charts
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import Card, button, label
from sochihoi.ui.shared.charts import Chart
from sochihoi.ui.shared.stack import Stack


class ChartCard(Card):
    """``draw`` shows another chart; ``turn`` is the button between chart and table."""

    def __init__(self, height: int = 150) -> None:
        super().__init__(" ")
        size = style.sizes()
        self.title.setWordWrap(True)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.head.setStretch(0, 1)
        self.head.setStretch(1, 0)
        self._target = label("", "small", "info")
        self.head.addWidget(self._target)
        self.turn = button(_("See the table"), self._turn, "quiet")
        self.head.addWidget(self.turn)
        self.body.setContentsMargins(size.space_4, size.space_2, size.space_3, size.space_3)
        self.chart = Chart(height)
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, size.space_1, 0)
        self._grid.setVerticalSpacing(size.space_1)
        self._grid.setHorizontalSpacing(size.space_4)
        self._stack = Stack()
        self._stack.addWidget(self.chart)
        self._stack.addWidget(self._table)
        self.add(self._stack, 1)

    def draw(
        self,
        title: str,
        data: charts.VerticalBars | charts.HorizontalBars,
        rows: Sequence[Sequence[str]],
        when_empty: str,
    ) -> None:
        """Show another chart, with its figures as rows of the table."""
        self.title.setText(title)
        known = any(bar.value is not None for bar in data.bars)
        self._target.setText(f"{data.target_text} - - -" if known and data.target_text else "")
        self._target.setVisible(bool(known and data.target_text))
        self.turn.setVisible(known)
        self.chart.draw(lambda width, height: charts.svg(data, chart_tokens(), width, height), charts.sentence(data))
        self._empty()
        for at, cells in enumerate(rows):
            for column, text in enumerate(cells):
                cell = label(text, "strong" if column == 1 else "", "muted" if column == 2 else "")
                side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
                self._grid.addWidget(cell, at, column, side)
        self._grid.setColumnStretch(0, 1)
        self._grid.setRowStretch(len(rows), 1)
        if not known:
            self._empty()
            self._grid.addWidget(label(when_empty, tone="muted", wrap=True), 0, 0, 1, 3)
        self._stack.setCurrentIndex(0 if known else 1)
        self._say()

    def _empty(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def _turn(self) -> None:
        self._stack.setCurrentIndex(1 - self._stack.currentIndex())
        self._say()

    def _say(self) -> None:
        words = _("See the table") if self._stack.currentIndex() == 0 else _("See the chart")
        self.turn.setText(words)
        self.turn.setAccessibleName(f"{words}: {self.title.text()}")


def chart_tokens() -> charts.ChartTokens:
    """The colours of the look in use."""
    look, size = style.tokens(), style.sizes()
    return charts.ChartTokens(
        look.chart,
        look.chart_2,
        look.chart_rule,
        look.line,
        look.sunken,
        look.surface,
        look.text,
        look.muted,
        QApplication.font().family(),
        size.small,
    )
