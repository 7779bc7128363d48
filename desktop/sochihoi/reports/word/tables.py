"""Tables as in the PDF: the same widths of columns, the header again on every page, no row over two pages."""

from __future__ import annotations

from sochihoi.reports.document import Align, Column, FigureTable, Row, RowKind
from sochihoi.reports.fonts import Typeface
from sochihoi.reports.layout import Layout
from sochihoi.reports.tables import SIDE, Look, column_widths
from sochihoi.reports.word.nodes import Node, cell, node, paragraph, row, run, table

_BORDER = 0.5  # points: here it takes room of its own, on the PDF it does not
_ALIGN = {Align.LEFT: "", Align.CENTRE: "center", Align.RIGHT: "right"}


def figure_table(block: FigureTable, layout: Layout, face: Typeface, *, padding: float, ends: bool = False) -> Node:
    """The table. ``ends``: signatures follow, its last two rows go with them."""
    room = layout.text_width
    widths = column_widths(block.columns, block.rows, room, face, layout.table_pt)
    upright = Look(layout.table_pt, padding).upright_height if any(one.upright for one in block.columns) else 0
    rows = [row(*_head(block.columns, widths, layout), header=True, height=upright)]
    last = len(block.rows) - 1
    for at, one in enumerate(block.rows):
        # A sum does not begin a page, nor does the name of a group end one
        next_is_sum = at < last and block.rows[at + 1].kind is RowKind.TOTAL
        rows.append(_row(one, block.columns, widths, keep=next_is_sum or (ends and at >= last - 1)))
    return table(widths, *rows, style="TableGrid", side=SIDE, padding=padding - _BORDER / 2, label=block.caption)


def _head(columns: tuple[Column, ...], widths: list[float], layout: Layout) -> list[Node]:
    cells = []
    for column, width in zip(columns, widths, strict=True):
        made = cell(width, paragraph("TableHead", run(column.title)), middle=True)
        shade = node("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": layout.header_fill.lstrip("#")})
        own = made.tcPr
        own.insert(1, shade)
        if column.upright:
            own.insert(2, node("w:textDirection", {"w:val": "btLr"}))
        cells.append(made)
    return cells


def _row(one: Row, columns: tuple[Column, ...], widths: list[float], *, keep: bool) -> Node:
    if one.kind is RowKind.GROUP:
        text = paragraph("TableBand", *_lines(one.cells[0]))
        return row(cell(sum(widths), text, span=len(widths), middle=True))
    style = "TableTotal" if one.kind is RowKind.TOTAL else "TableText"
    return row(
        *(
            cell(width, paragraph(style, *_lines(text), align=_ALIGN[column.align], keep_next=keep), middle=True)
            for text, column, width in zip(one.cells, columns, widths, strict=True)
        )
    )


def _lines(text: str) -> list[Node]:
    """Text with its line feeds."""
    found: list[Node] = []
    for at, line in enumerate(text.split("\n")):
        if at:
            found.append(node("w:r", None, node("w:br")))
        if line:
            found.append(run(line))
    return found


def after(layout: Layout) -> float:
    """The room below a table, in points."""
    return layout.after_paragraph_pt * 1.5
