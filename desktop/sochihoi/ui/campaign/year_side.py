"""At the right of the year: the share with its goal, and the criteria that most households fail."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.campaign_records import YearResults
from sochihoi.i18n import _, number
from sochihoi.ui import style
from sochihoi.ui.campaign import presenter
from sochihoi.ui.shared.badges import pill, set_pill
from sochihoi.ui.shared.buttons import Card, button, icon_button, label
from sochihoi.ui.shared.charts import Chart
from sochihoi.ui.shared.columns import Column
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.stack import Stack
from sochihoi.ui.shared.table import Table
from sochihoi.ui.words.campaign import in_words

_BARS = 8  # at most in one chart


class YearSide(QWidget):
    """``why()``: the ⓘ of the share; ``set_wanted()``: choose the criteria set."""

    why = Signal()
    set_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._results: YearResults | None = None
        size = style.sizes()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size.space_3)

        share = Card(_("Member households that pass"))
        self.why_button = icon_button("info", _("Why this number?"), self.why.emit, "Ctrl+I")
        share.head.addWidget(self.why_button)
        row = QHBoxLayout()
        row.setSpacing(size.space_3)
        self.figure = label("", "figure")
        self.badge = pill("")
        row.addWidget(self.figure)
        row.addWidget(self.badge)
        row.addStretch(1)
        share.body.addLayout(row)
        self.sentence = label("", tone="muted", wrap=True)
        share.add(self.sentence)
        self.more = label("", "small", wrap=True)
        share.add(self.more)
        column.addWidget(share)

        failures = Card(_("Criteria not met"))
        self.table_button = button(_("See the table"), self._turn, "quiet")
        failures.head.addWidget(self.table_button)
        self.chart = Chart(196)
        self.table: Table[tuple[str, int]] = Table(
            context,
            "campaign.failures",
            (
                Column(lambda: _("Criterion"), self._label, stretch=True),
                Column(lambda: _("Households"), lambda pair: number(pair[1]), width=84, align="right"),
            ),
            key=lambda pair: pair[0],
            dense=True,
            accessible=_("Criteria not met"),
        )
        self.table.setMinimumHeight(round(150 * size.body / 14))
        self.nothing = label("", tone="muted", wrap=True)
        self._stack = Stack()
        for one in (self.nothing, self.chart, self.table):
            self._stack.addWidget(one)
        failures.add(self._stack, 1)
        column.addWidget(failures, 1)

        chosen = Card(_("Criteria set of the year"))
        self.set_name = label("", wrap=True)
        self.set_button = button(_("Choose the &set…"), self.set_wanted.emit, "quiet")
        chosen.add(self.set_name)
        buttons = QHBoxLayout()
        buttons.addWidget(self.set_button)
        buttons.addStretch(1)
        chosen.body.addLayout(buttons)
        column.addWidget(chosen)
        context.look_changed.connect(self._draw)

    def _label(self, pair: tuple[str, int]) -> str:
        return presenter.criterion_name(self._results.sets, pair[0]) if self._results is not None else ""

    def show_results(self, results: YearResults, *, read_only: bool) -> None:
        """Another year, or the same one read again."""
        self._results = results
        total = results.total
        self.figure.setText(presenter.share(total))
        badge = presenter.goal_badge(total)
        set_pill(self.badge, badge.text, badge.tone)
        self.sentence.setText(presenter.share_sentence(total))
        self.more.setText(presenter.year_counts(total))
        self.more.setVisible(bool(self.more.text()))
        self.set_name.setText(in_words(results.sets.own.title))
        beside = results.sets.beside
        if beside is not None:
            self.set_name.setText(
                _("{set}; beside it: {beside}").format(
                    set=in_words(results.sets.own.title), beside=in_words(beside.title)
                )
            )
        self.set_button.setVisible(not read_only and len(results.sets.choices) > 1)
        self._draw()

    def _draw(self) -> None:
        from sochihoi.reports import charts

        results = self._results
        if results is None:
            return
        self.table.set_rows(list(results.failed.items()))
        worst = results.most_failed[:_BARS]
        self.table_button.setVisible(bool(worst))
        if not worst:
            said = _("No household has failed a criterion.") if results.total.assessed else ""
            self.nothing.setText(said or _("No round is finished yet."))
            self._stack.setCurrentIndex(0)
            return
        tokens = style.tokens()
        colours = charts.ChartTokens(
            chart=tokens.chart,
            chart_2=tokens.chart_2,
            chart_rule=tokens.chart_rule,
            line=tokens.line,
            track=tokens.sunken,
            surface=tokens.surface,
            text=tokens.text,
            muted=tokens.muted,
            family=self.font().families()[0] if self.font().families() else self.font().family(),
            size=style.sizes().small,
        )
        top = worst[0][1]
        bars = charts.HorizontalBars(
            _("Member households that do not meet the criterion"),
            tuple(charts.Bar(self._label(pair), pair[1], number(pair[1]), dark=pair[1] == top) for pair in worst),
            top,
        )
        self.chart.draw(lambda width, height: charts.svg(bars, colours, width, height), charts.sentence(bars))
        if self._stack.currentIndex() == 0:
            self._stack.setCurrentIndex(1)

    def _turn(self) -> None:
        table = self._stack.currentIndex() != 2
        self._stack.setCurrentIndex(2 if table else 1)
        self.table_button.setText(_("See the chart") if table else _("See the table"))
        self.table_button.setAccessibleName(self.table_button.text())
