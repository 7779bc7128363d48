"""Words that break into lines where there is little room: titles above columns, names of criteria, reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, pairwise

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from sochihoi.ui import style
from sochihoi.ui.shared.badges import badge_font


def balanced(title: str, room: int, width: Callable[[str], int]) -> str:
    """The title on as few lines as fit, its longest line as short as can be: "Không / bạo lực"."""
    words = title.split()
    for lines in range(1, len(words) + 1):
        best = min(
            ("\n".join(" ".join(part) for part in cut) for cut in _cuts(words, lines)),
            key=lambda text: max(width(line) for line in text.split("\n")),
        )
        if max(width(line) for line in best.split("\n")) <= room:
            return best
    return "\n".join(words)


def _cuts(words: list[str], lines: int) -> Iterator[list[list[str]]]:
    for places in combinations(range(1, len(words)), lines - 1):
        ends = (0, *places, len(words))
        yield [words[start:end] for start, end in pairwise(ends)]


def wrapped(text: str, room: int, measure: QFontMetrics, most: int = 0) -> list[str]:
    """The text in lines no wider than ``room``; with ``most``, the last of so many lines is cut with "…".

    A single word that is wider than the room is cut too: there is nowhere to break it.
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure.horizontalAdvance(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    if most and len(lines) > most:
        lines[most - 1 :] = [" ".join(lines[most - 1 :])]
    return [measure.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in lines]


class WrappedHeader(QHeaderView):
    """Titles above columns on as many lines as they need; ``fit`` makes it as high as the highest."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)
        self.setSectionsMovable(False)
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.fit()

    def least_width(self, section: int) -> int:
        """Pixels under which a word of the title would be cut."""
        measure = QFontMetrics(badge_font(self.font()))
        words = self._title(section).split()
        widest = max((measure.horizontalAdvance(word) for word in words), default=0)
        return widest + 2 * style.sizes().space_2 + 2

    def fit(self) -> None:
        """Call it after the widths have changed."""
        size = style.sizes()
        lines = max((self._broken(section).count("\n") + 1 for section in range(self.count())), default=1)
        height = lines * QFontMetrics(badge_font(self.font())).height() + 2 * size.space_1
        self.setFixedHeight(max(height, size.row + size.space_1))

    def _title(self, section: int) -> str:
        return str(self.model().headerData(section, self.orientation()) or "")

    def _broken(self, section: int) -> str:
        room = self.sectionSize(section) - 2 * style.sizes().space_2
        return balanced(self._title(section), room, QFontMetrics(badge_font(self.font())).horizontalAdvance)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        tokens, size = style.tokens(), style.sizes()
        across = self.model().headerData(section, self.orientation(), Qt.ItemDataRole.TextAlignmentRole)
        painter.save()
        painter.fillRect(rect, QColor(tokens.sunken))
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(badge_font(self.font()))
        painter.setPen(QColor(tokens.muted))
        inside = rect.adjusted(size.space_2, 0, -size.space_2, 0)
        painter.drawText(inside, int(across or Qt.AlignmentFlag.AlignCenter), self._broken(section))
        painter.restore()
