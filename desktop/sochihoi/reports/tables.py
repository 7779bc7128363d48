"""Tables that break over pages under a repeated header. Cells are wrapped here, so that row heights are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import HexColor, black
from reportlab.platypus import Flowable, Table

from sochihoi.reports.document import Align, Column, Row, RowKind
from sochihoi.reports.fonts import Typeface
from sochihoi.reports.layout import Layout
from sochihoi.reports.tagging import TableTags
from sochihoi.reports.text import plain, width_of, wrap

SIDE = 4.0  # points between rule and letters


class Upright(Flowable):
    """A column title whose letters run upwards, in as many lines as it needs."""

    def __init__(self, title: str, font: str, size: float, height: float, leading: float) -> None:
        super().__init__()
        self._lines = wrap(title, font, size, height)
        self._font, self._size, self._leading = font, size, size * leading
        self.width, self.height = len(self._lines) * self._leading, height

    def wrap(self, _available_width: float, _available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        canvas.rotate(90)
        canvas.setFont(self._font, self._size)
        for at, line in enumerate(self._lines):
            canvas.drawString(0, -(at + 0.78) * self._leading, line)


@dataclass(frozen=True, slots=True)
class Look:
    """How one table is set: letters in points, ``row_height`` at least (0 = as the text needs)."""

    size: float
    padding: float
    row_height: float = 0
    number_size: float = 0  # of the first column; 0 = as the rest
    bands: tuple[tuple[str, int], ...] = ()  # titles over so many columns, "" = none; a row above the header
    upright_height: float = 120


def least_widths(columns: Sequence[Column], rows: Sequence[Row], face: Typeface, size: float) -> list[float]:
    """In points, with the room at both sides: below these a word of a header or a number would break."""
    least = []
    for at, column in enumerate(columns):
        words = set() if column.upright else set(plain(column.title).split(" "))
        if column.align is Align.RIGHT:
            words |= {row.cells[at] for row in rows if row.kind is not RowKind.GROUP}
        least.append(max((width_of(word, face.bold, size) for word in words), default=0) + 2 * SIDE + 0.5)
    return least


def column_widths(
    columns: Sequence[Column], rows: Sequence[Row], room: float, face: Typeface, size: float
) -> list[float]:
    """By share; but no word of a header and no number breaks, whatever the letters are: the wide columns give way."""
    whole = sum(column.share for column in columns)
    widths = [room * column.share / whole for column in columns]
    least = least_widths(columns, rows, face, size)
    narrow = {at for at, width in enumerate(widths) if width < least[at]}
    missing = sum(least[at] - widths[at] for at in narrow)
    giving = {at: widths[at] - least[at] for at in range(len(columns)) if at not in narrow}
    if not narrow or missing > sum(giving.values()):
        return widths
    rate = missing / sum(giving.values())
    return [least[at] if at in narrow else width - giving[at] * rate for at, width in enumerate(widths)]


def _lines(text: str, font: str, size: float, width: float) -> str:
    return "\n".join(wrap(text, font, size, width - 2 * SIDE))


def _height(cells: Sequence[str], look: Look, leading: float) -> float:
    most = max((cell.count("\n") + 1 for cell in cells), default=1)
    return max(most * look.size * leading + 2 * look.padding, look.row_height)


def _bands(look: Look, face: Typeface, widths: list[float], leading: float) -> tuple[list[Any], float, list[Any]]:
    """Cells, height and commands of the band row."""
    cells: list[Any] = []
    commands: list[Any] = []
    at, most = 0, 1
    for title, span in look.bands:
        text = _lines(title, face.bold, look.size, sum(widths[at : at + span]))
        cells += [text, *([""] * (span - 1))]
        most = max(most, text.count("\n") + 1)
        if span > 1:
            commands.append(("SPAN", (at, 0), (at + span - 1, 0)))
        elif not title:
            commands.append(("SPAN", (at, 0), (at, 1)))
        at += span
    return cells, most * look.size * leading + 2 * look.padding, commands


def figure_table(
    columns: Sequence[Column],
    rows: Sequence[Row],
    room: float,
    layout: Layout,
    face: Typeface,
    look: Look,
    widths: list[float] | None = None,
) -> Table:
    """A ReportLab table ``room`` points wide. An empty ``rows`` gives the header alone; ``widths`` of the columns in
    points, where several tables must agree.
    """
    leading = layout.leading
    size = look.size
    widths = widths or column_widths(columns, rows, room, face, size)
    header: list[Any] = []
    header_height = size * leading + 2 * look.padding
    for column, width in zip(columns, widths, strict=True):
        if column.upright:
            header.append(Upright(column.title, face.bold, size, look.upright_height, leading))
            header_height = max(header_height, look.upright_height + 2 * look.padding)
        else:
            text = _lines(column.title, face.bold, size, width)
            header.append(text)
            header_height = max(header_height, _height([text], Look(size, look.padding), leading))
    cells: list[list[Any]] = [header]
    heights: list[float] = [header_height]
    commands: list[Any] = []
    top = 0
    if look.bands:
        titles, height, spans = _bands(look, face, widths, leading)
        # A cell that spans both header rows shows the text of its upper one
        titles = [
            header[at] if not title and ("SPAN", (at, 0), (at, 1)) in spans else title
            for at, title in enumerate(titles)
        ]
        cells.insert(0, titles)
        heights.insert(0, height)
        commands += spans
        top = 1
    first = top + 1
    for at, row in enumerate(rows, first):
        if row.kind is RowKind.GROUP:
            text = _lines(row.cells[0], face.bold, size, room)
            cells.append([text, *([""] * (len(columns) - 1))])
            heights.append(max(_height([text], look, leading) - look.row_height * 0.25, size * leading))
            commands += [
                ("SPAN", (0, at), (-1, at)),
                ("FONT", (0, at), (-1, at), face.bold, size, size * leading),
                ("ALIGN", (0, at), (-1, at), "LEFT"),
            ]
            if at - first < len(rows) - 1:  # nor does the name of a group stand last
                commands.append(("NOSPLIT", (0, at), (-1, at + 1)))
            continue
        bold = row.kind is RowKind.TOTAL
        font = face.bold if bold else face.regular
        texts = [_lines(cell, font, size, width) for cell, width in zip(row.cells, widths, strict=True)]
        cells.append(list(texts))
        heights.append(_height(texts, look, leading))
        if bold:
            commands.append(("NOSPLIT", (0, at - 1), (-1, at)))
            commands.append(("FONT", (0, at), (-1, at), font, size, size * leading))
    style: list[Any] = [
        ("FONT", (0, 0), (-1, -1), face.regular, size, size * leading),
        ("GRID", (0, 0), (-1, -1), 0.5, black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), SIDE),
        ("RIGHTPADDING", (0, 0), (-1, -1), SIDE),
        ("TOPPADDING", (0, 0), (-1, -1), look.padding),
        ("BOTTOMPADDING", (0, 0), (-1, -1), look.padding),
        *(("ALIGN", (at, first), (at, -1), column.align.value) for at, column in enumerate(columns)),
        *([("FONTSIZE", (0, first), (0, -1), look.number_size)] if look.number_size else []),
        ("FONT", (0, 0), (-1, top), face.bold, size, size * leading),
        ("ALIGN", (0, 0), (-1, top), "CENTER"),
        ("BACKGROUND", (0, 0), (-1, top), HexColor(layout.header_fill)),
        # The header never stands alone at the foot of a page
        ("NOSPLIT", (0, 0), (-1, min(first, len(cells) - 1))),
        *commands,
    ]
    table = Table(cells, colWidths=widths, rowHeights=heights, repeatRows=first, style=style)
    setattr(table, "_renderCB", TableTags())  # noqa: B010 - ReportLab takes it at making alone
    table.spaceAfter = layout.after_paragraph_pt
    return table


def row_heights(table: Table) -> list[float]:
    """Of a table of ours, header rows first, in points."""
    heights: list[float] = getattr(table, "_rowHeights")  # noqa: B009 - ReportLab keeps them to itself
    return heights
