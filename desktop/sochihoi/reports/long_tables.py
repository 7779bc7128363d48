"""Tables of any length: only the rows of one page are set at a time, so that memory does not grow with the list.

ReportLab's own splitting keeps every cell of the whole table, and costs the square of the number of rows (10,000 rows:
40 s).
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable, Table

from sochihoi.reports.document import Column, Row, RowKind
from sochihoi.reports.fonts import Typeface
from sochihoi.reports.layout import Layout
from sochihoi.reports.tables import Look, figure_table, row_heights


class LongTable(Flowable):
    """The rows from ``start`` on, in columns of these widths (points), under a header that comes again."""

    tag = ""  # its rows are marked one by one

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        widths: list[float],
        layout: Layout,
        face: Typeface,
        look: Look,
        start: int = 0,
    ) -> None:
        super().__init__()
        self._columns, self._rows, self._widths = columns, rows, widths
        self._layout, self._face, self._look = layout, face, look
        self._start = start
        self._made: Table | None = None
        self._asked, self._fits = -1.0, start  # the room asked about last, and up to which row all fits into it

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        end = self._end(available_height)
        self.width = available_width
        if end < len(self._rows):
            self.height = available_height + 1  # more than there is: it is going to be split
            return self.width, self.height
        self._made = self._table(self._start, end)
        _wide, self.height = self._made.wrap(available_width, available_height)
        if self.height > available_height:  # not even one row fits
            self.height = available_height + 1
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        end = self._end(available_height)
        if end == self._start:
            return []
        rest = [self._from(end)] if end < len(self._rows) else []
        return [self._table(self._start, end), *rest]

    def draw(self) -> None:
        if self._made is not None:
            self._made.drawOn(self.canv, 0, 0)

    def _from(self, start: int) -> LongTable:
        return LongTable(self._columns, self._rows, self._widths, self._layout, self._face, self._look, start)

    def _table(self, start: int, end: int) -> Table:
        rows = self._rows[start:end]
        return figure_table(self._columns, rows, sum(self._widths), self._layout, self._face, self._look, self._widths)

    def _end(self, room: float) -> int:
        """Up to which row all fits; ``start`` when none does."""
        if self._asked != room:
            self._asked, self._fits = room, self._measured(room)
        return self._fits

    def _measured(self, room: float) -> int:
        least = self._look.size * self._layout.leading
        most = self._start + 1 + int(room / least)  # so many lines of one row each
        rows = self._rows[self._start : most]
        heights = row_heights(self._table(self._start, most))
        left = room - sum(heights[: len(heights) - len(rows)])
        end = self._start
        for height in heights[len(heights) - len(rows) :]:
            if height > left:
                break
            left -= height
            end += 1
        return self._whole(end)

    def _whole(self, end: int) -> int:
        """No name of a group stands last on a page, no sum first."""
        while self._start + 1 < end < len(self._rows) and (
            self._rows[end - 1].kind is RowKind.GROUP or self._rows[end].kind is RowKind.TOTAL
        ):
            end -= 1
        return end
