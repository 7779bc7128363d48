"""The parts of the first page: the steps of the month, lists of things to do, charts that can be read as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.overview.presenter import Line, Step
from sochihoi.ui.shared.buttons import Card, button, label, rule
from sochihoi.ui.shared.flow import FlowLayout

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
        row = QHBoxLayout()
        row.setContentsMargins(size.space_3, size.space_3, size.space_3, size.space_3)
        row.setSpacing(size.space_2)
        self._steps = QWidget()  # breaks into two lines rather than push the button out of a narrow window
        self._flow = FlowLayout(self._steps, size.space_2)
        row.addWidget(self._steps, 1)
        self._end = QHBoxLayout()
        row.addLayout(self._end)
        self.body.addLayout(row)
        self.button: QPushButton | None = None
        self.setAccessibleName(_("Steps of the month"))

    def show_steps(self, steps: Sequence[Step], words: str, icon: str, press: Callable[[], None] | None) -> None:
        """Show the steps; without ``press`` there is no button but ``words``."""
        empty(self._end)
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for at, step in enumerate(steps):
            self._flow.addWidget(_step(step, first=at == 0))
        self.button = None
        if press is None:
            self._end.addWidget(label(words, tone="ok"))
        else:
            self.button = button(words, press, "primary", icon)
            self._end.addWidget(self.button)


def _step(step: Step, *, first: bool) -> QWidget:
    size = style.sizes()
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, size.space_1, 0)
    row.setSpacing(size.space_2)
    if not first:
        arrow = QLabel()
        style.put_icon(arrow, "chevron-right", "muted", round(size.icon * 0.9))
        row.addWidget(arrow)
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
