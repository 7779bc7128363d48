"""What goes with a paper behind its signatures: numbered annexes, each from a new page, turned when a table is wide."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import Flowable

from sochihoi.reports.document import Align, Annex, FigureTable, RowKind
from sochihoi.reports.fonts import Typeface
from sochihoi.reports.layout import MM, Layout
from sochihoi.reports.tables import least_widths
from sochihoi.reports.text import plain, width_of, wrap
from sochihoi.reports.wording import word

_TENS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_NARROW_MM = 45  # text in a table is not set in a narrower column than this, unless all of it is shorter


def annex_name(at: int, count: int, language: str = "vi") -> str:
    """``annex_name(2, 3)`` is "Phụ lục II"; the only one has no number (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    name = word(language, "paper.annex")
    return name if count == 1 else f"{name} {_roman(at)}"


def _roman(number: int) -> str:
    text = ""
    for value, letters in _TENS:
        text += letters * (number // value)
        number %= value
    return text


def is_landscape(annex: Annex, layout: Layout, face: Typeface) -> bool:
    """As the annex says; left to us: when one of its tables does not fit between the margins of upright paper."""
    if annex.landscape is not None:
        return annex.landscape
    tables = (block for block in annex.body if isinstance(block, FigureTable))
    return any(_wanted(table, layout, face) > layout.text_width for table in tables)


def _wanted(table: FigureTable, layout: Layout, face: Typeface) -> float:
    """How wide a table must be, in points, to be read with ease: no broken word, no squeezed text."""
    size = layout.table_pt
    whole = 0.0
    least_of = least_widths(table.columns, table.rows, face, size)
    for at, (column, least) in enumerate(zip(table.columns, least_of, strict=True)):
        wanted = least
        if column.align is Align.LEFT:
            cells = (row.cells[at] for row in table.rows if row.kind is not RowKind.GROUP)
            longest = max((width_of(plain(cell), face.regular, size) + 9 for cell in cells), default=0)
            wanted = max(least, min(longest, _NARROW_MM * MM))
        whole += wanted
    return whole


def even(text: str, font: str, size: float, room: float) -> list[str]:
    """Centred lines of about the same length: no word or two are left for the last."""
    lines = wrap(text, font, size, room) if text else []
    while len(lines) > 1:
        room -= size
        narrower = wrap(text, font, size, room)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


class AnnexHead(Flowable):
    """ "Phụ lục I", its title, with which paper it goes, a short line; all centred. Also a bookmark.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục IV.
    """

    tag = "H2"

    def __init__(self, name: str, title: str, line: str, layout: Layout, face: Typeface, key: str) -> None:
        super().__init__()
        self._name, self._title, self._line = name, plain(title).upper(), line
        self._layout, self._face, self._key = layout, face, key

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        layout, face = self._layout, self._face
        self.width = available_width
        room = available_width * 0.94
        titled = even(self._title, face.bold, layout.annex_title_pt, room)
        told = even(self._line, face.italic, layout.annex_line_pt, room)
        self._rows = [
            (self._name, face.bold, layout.annex_name_pt),
            *((text, face.bold, layout.annex_title_pt) for text in titled),
            *((text, face.italic, layout.annex_line_pt) for text in told),
        ]
        self.height = sum(size for _text, _font, size in self._rows) * layout.leading + 16
        return self.width, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        label = f"{self._name}. {self._title}" if self._title else self._name
        canvas.bookmarkHorizontal(self._key, 0, self.height)
        canvas.addOutlineEntry(label, self._key, 0)
        base = self.height
        for text, font, size in self._rows:
            canvas.setFont(font, size)
            canvas.drawCentredString(self.width / 2, base - 0.891 * size, text)
            base -= size * self._layout.leading
        half = self._layout.annex_rule_mm * MM / 2
        canvas.setLineWidth(self._layout.rule_pt)
        canvas.line(self.width / 2 - half, base - 4, self.width / 2 + half, base - 4)
