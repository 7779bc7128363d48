"""The parts of the first page: the steps of the month, lists of things to do, charts that can be read as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sochihoi.i18n import _
from sochihoi.reports import charts
from sochihoi.ui import style
from sochihoi.ui.overview.presenter import Line, Step
from sochihoi.ui.shared.buttons import Card, button, label, rule
from sochihoi.ui.shared.charts import Chart
from sochihoi.ui.shared.stack import Stack

_STEP_ICONS = {"done": ("circle-check", "ok"), "now": ("clock", "accent"), "later": ("circle", "muted")}


def empty(layout: QVBoxLayout | QHBoxLayout | QGridLayout) -> None:
    """Take everything out."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QVBoxLayout | QHBoxLayout):
            empty(inner)


class StepsCard(Card):
    """Nhập sổ › Kiểm tra › Chốt › In › Gửi, and the one primary button."""

    def __init__(self) -> None:
        super().__init__(tight=True)
        size = style.sizes()
        self._row = QHBoxLayout()
        self._row.setContentsMargins(size.space_3, size.space_3, size.space_3, size.space_3)
        self._row.setSpacing(size.space_2)
        self.body.addLayout(self._row)
        self.button: QPushButton | None = None
        self.setAccessibleName(_("Steps of the month"))

    def show_steps(self, steps: Sequence[Step], words: str, icon: str, press: Callable[[], None] | None) -> None:
        """Show the steps; without ``press`` there is no button but ``words``."""
        size = style.sizes()
        empty(self._row)
        for at, step in enumerate(steps):
            if at:
                arrow = QLabel()
                style.put_icon(arrow, "chevron-right", "muted", round(size.icon * 0.9))
                self._row.addWidget(arrow)
            self._row.addWidget(_step(step))
        self._row.addStretch(1)
        self.button = None
        if press is None:
            self._row.addWidget(label(words, tone="ok"))
        else:
            self.button = button(words, press, "primary", icon)
            self._row.addWidget(self.button)


def _step(step: Step) -> QWidget:
    size = style.sizes()
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, size.space_1, 0)
    row.setSpacing(size.space_2)
    mark = QLabel()
    style.put_icon(mark, *_STEP_ICONS[step.state], round(size.icon * 1.2))
    row.addWidget(mark)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(label(step.title, "strong" if step.state == "now" else ""))
    words.addWidget(label(step.small, "small"))
    row.addLayout(words)
    said = {"done": _("done"), "now": _("to be done now"), "later": _("later")}[step.state]
    box.setAccessibleName(f"{step.title}: {step.small}, {said}")
    return box


class _Wrapped(QLabel):
    """Breaks into lines at the width that it gets; asks for no more than one line before it knows that width."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())


class ListCard(Card):
    """A card of lines, each with its icon, two lines of text and one quiet button. Beyond ``shown`` lines they are
    behind a button in the head."""

    def __init__(self, title: str, go: Callable[[Line], None], shown: int = 4) -> None:
        super().__init__(title)
        self._go, self._most = go, shown
        self._all = False
        self._first_counts = False
        self._lines: Sequence[tuple[Line, bool]] = ()
        self._sentence = ""
        size = style.sizes()
        self.more = button("", self._toggle, "quiet")
        self.head.addWidget(self.more)
        self.more.hide()
        self.title.setMinimumHeight(size.control)
        self.body.setSpacing(0)
        self.body.setContentsMargins(size.space_4, size.space_3, size.space_4, size.space_2)
        self.body.addSpacing(size.space_2)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.body.addLayout(self._column)
        self.body.addStretch(1)
        self.buttons: list[QPushButton] = []

    def show_lines(self, lines: Sequence[Line], when_empty: str) -> None:
        """Replace the lines; without any the sentence stands there."""
        self._first_counts = False
        self._lines, self._sentence = [(line, False) for line in lines], when_empty
        self._fill()

    def show_steps(self, lines: Sequence[tuple[Line, bool]]) -> None:
        """Lines in the order in which they are to be done: those done have a tick, the first other is the primary."""
        self._first_counts = True
        self._lines, self._sentence = lines, ""
        self._fill()

    def _toggle(self) -> None:
        self._all = not self._all
        self._fill()

    def _fill(self) -> None:
        empty(self._column)
        self.buttons = []
        cut = len(self._lines) > self._most
        self.more.setVisible(cut)
        words = _("Show fewer") if self._all else _("All {count}").format(count=len(self._lines))
        self.more.setText(words)
        self.more.setAccessibleName(words)
        for line, done in self._lines if self._all else self._lines[: self._most]:
            self._column.addWidget(rule())
            role = "primary" if self._first_counts and not done and not self.buttons else "quiet"
            self._column.addWidget(self._row(line, role, done=done))
        if not self._lines:
            self._column.addWidget(rule())
            calm = label(self._sentence, tone="muted", wrap=True)
            calm.setMinimumHeight(style.sizes().control + style.sizes().space_3)
            self._column.addWidget(calm)

    def _row(self, line: Line, role: str, *, done: bool) -> QWidget:
        size = style.sizes()
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, size.space_1 + 2, 0, size.space_1 + 2)
        row.setSpacing(size.space_3)
        mark = QLabel()
        style.put_icon(mark, *(("circle-check", "ok") if done else (line.icon, line.tone)), round(size.icon * 1.15))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(0)
        title, small = _Wrapped(line.title), _Wrapped(line.small)
        small.setProperty("role", "small")
        for one in (title, small):
            words.addWidget(one)
        row.addLayout(words, 1)
        small.setVisible(bool(line.small))
        if not done:
            press = button(line.deed, lambda: self._go(line), role)
            press.setAccessibleName(f"{line.deed}: {line.title}")
            self.buttons.append(press)
            row.addWidget(press, 0, Qt.AlignmentFlag.AlignVCenter)
        return box


class ChartCard(Card):
    """A chart with its target in words, and the same figures as a table."""

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
        rows: Sequence[tuple[str, str, str]],
        when_empty: str,
    ) -> None:
        """Show another chart, with its figures as rows of the table."""
        self.title.setText(title)
        known = any(bar.value is not None for bar in data.bars)
        self._target.setText(f"{data.target_text} - - -" if known and data.target_text else "")
        self._target.setVisible(bool(known and data.target_text))
        self.turn.setVisible(known)
        self.chart.draw(lambda width, height: charts.svg(data, chart_tokens(), width, height), charts.sentence(data))
        empty(self._grid)
        for at, cells in enumerate(rows):
            for column, text in enumerate(cells):
                cell = label(text, "strong" if column == 1 else "", "muted" if column == 2 else "")
                side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
                self._grid.addWidget(cell, at, column, side)
        self._grid.setColumnStretch(0, 1)
        self._grid.setRowStretch(len(rows), 1)
        if not known:
            empty(self._grid)
            self._grid.addWidget(label(when_empty, tone="muted", wrap=True), 0, 0, 1, 3)
        self._stack.setCurrentIndex(0 if known else 1)
        self._say()

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
