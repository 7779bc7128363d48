"""How wide the columns of a list are: as declared, as the officer drew them, and wide enough for a person's name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QSettings
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView, QTableView

from sochihoi.ui import style
from sochihoi.ui.shared.badges import badge_font
from sochihoi.ui.shared.cells import weight
from sochihoi.ui.shared.columns import Column

R = TypeVar("R")

_LEAST, _MOST = 24, 2000  # px: what lies outside was never drawn by hand
_MEASURED = 12  # the longest texts of a column: counting letters finds them, measuring all of 12,000 would be seen


class ColumnWidths:
    """The widths of one list; ``name`` is its key in the settings. A width drawn by hand stays as it was drawn."""

    def __init__(self, settings: QSettings, name: str, view: QTableView, columns: Sequence[Column[Any]]) -> None:
        self._settings, self._name, self._view, self._columns = settings, name, view, columns
        self._busy = False
        header = view.horizontalHeader()
        for position, column in enumerate(columns):
            self._draw(position, self._scaled(self._kept(position)) or self._least(position))
            if column.stretch:
                header.setSectionResizeMode(position, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(self._remember)

    def fit_names(self, rows: Sequence[R]) -> None:
        """Widen the columns of names so that none is cut. The stretching column gives the room."""
        for position, column in enumerate(self._columns):
            if not column.strong or column.stretch or column.align != "left" or self._kept(position):
                continue
            measure = QFontMetrics(weight(self._view.font(), strong=True))
            longest = sorted((column.text(row) for row in rows), key=len)[-_MEASURED:]
            need = max((measure.horizontalAdvance(text) for text in longest), default=0)
            need += 2 * style.sizes().space_2 + 2
            self._draw(position, max(need, self._least(position)))

    def _key(self, position: int) -> str:
        return f"table/{self._name}/{self._columns[position].key or position}"

    def _kept(self, position: int) -> int | None:
        """The width that the officer drew; ``None`` when she did not, or when the file says nonsense."""
        try:
            width = int(str(self._settings.value(self._key(position), "")))
        except ValueError:
            return None
        return width if _LEAST <= width <= _MOST else None

    def _least(self, position: int) -> int:
        """As declared, and never so narrow that the title is cut."""
        column = self._columns[position]
        measure = QFontMetrics(badge_font(self._view.font()))
        title = max(measure.horizontalAdvance(line) for line in column.title().split("\n"))
        return max(self._scaled(column.width) or 0, title + 2 * style.sizes().space_2 + 2)

    @staticmethod
    def _scaled(width: int | None) -> int | None:
        return None if width is None else round(width * style.sizes().body / 14)

    def _draw(self, position: int, pixels: int) -> None:
        self._busy = True
        self._view.horizontalHeader().resizeSection(position, pixels)
        self._busy = False

    def _remember(self, position: int, before: int, now: int) -> None:
        """Only what was drawn by hand: a column that is hidden or shown again is told of with 0."""
        if self._busy or not before or not now or self._columns[position].stretch:
            return
        self._settings.setValue(self._key(position), round(now * 14 / style.sizes().body))
