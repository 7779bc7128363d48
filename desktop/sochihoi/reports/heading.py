"""The head of a paper: unit lines and number on the left, nation, motto, place and date on the right; kind, subject."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import Flowable

from sochihoi.reports.document import Header
from sochihoi.reports.fonts import Typeface
from sochihoi.reports.layout import Layout
from sochihoi.reports.text import plain, width_of, wrap

_ASCENT = 0.891  # of Times New Roman: letters begin at the margin, not the line's box
GAP = 8.0  # points between the two halves


def right_width(header: Header, layout: Layout, face: Typeface) -> float:
    """Of the half with the nation, in points; the left half takes the rest."""
    return max(
        width_of(layout.nation, face.bold, layout.nation_pt),
        width_of(layout.motto, face.bold, layout.motto_pt),
        min(width_of(plain(header.place_date), face.italic, layout.place_date_pt), layout.text_width / 2),
    )


def unit_lines(text: str, font: str, layout: Layout, room: float) -> list[str]:
    """A unit's line that is too long is broken before the name of the place, if there is one."""
    text, size = plain(text), layout.unit_pt
    places = [at for begin in layout.break_before if (at := text.find(f" {begin} ")) > 0]
    if places and width_of(text, font, size) > room:
        text = f"{text[: min(places)]}\n{text[min(places) + 1 :]}"
    return wrap(text, font, size, room)


class Letterhead(Flowable):
    """Sources: Nghị định 30/2020/NĐ-CP, Phụ lục I; two lines on the left, unit then organ, as Hội papers have them.

    The right half is as wide as the nation's line, the left half takes the rest and wraps.
    """

    def __init__(self, header: Header, layout: Layout, face: Typeface) -> None:
        super().__init__()
        self._header, self._layout, self._face = header, layout, face
        self._right = right_width(header, layout, face)

    def _left_lines(self, room: float) -> tuple[list[str], list[str]]:
        face, layout = self._face, self._layout
        parents = [line for text in self._header.parent_lines for line in unit_lines(text, face.regular, layout, room)]
        organs = [line for text in self._header.organ_lines for line in unit_lines(text, face.bold, layout, room)]
        return parents, organs

    def _rows(self) -> int:
        parents, organs = self._left_lines(self.width - self._right - GAP)
        return max(len(parents) + len(organs), 2)

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        layout = self._layout
        self.width = available_width
        self._line = max(layout.nation_pt, layout.motto_pt, layout.unit_pt) * layout.leading
        self._numbered = bool(self._header.number or self._header.place_date)
        numbers = layout.number_pt * layout.leading + 8 if self._numbered else 0.0
        self.height = self._rows() * self._line + 5 + numbers + 10
        return self.width, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        layout, face, header = self._layout, self._face, self._header
        left_room = self.width - self._right - GAP
        left, right = left_room / 2, self.width - self._right / 2
        canvas.setLineWidth(layout.rule_pt)

        base = self.height - _ASCENT * layout.nation_pt
        canvas.setFont(face.bold, layout.nation_pt)
        canvas.drawCentredString(right, base, layout.nation)
        canvas.setFont(face.bold, layout.motto_pt)
        canvas.drawCentredString(right, base - self._line, layout.motto)
        half = width_of(layout.motto, face.bold, layout.motto_pt) / 2
        canvas.line(right - half, base - self._line - 5, right + half, base - self._line - 5)

        parents, organs = self._left_lines(left_room)
        for font, lines in ((face.regular, parents), (face.bold, organs)):
            canvas.setFont(font, layout.unit_pt)
            for line in lines:
                canvas.drawCentredString(left, base, line)
                base -= self._line
        last = width_of(organs[-1] if organs else "", face.bold, layout.unit_pt)
        half = last * layout.unit_rule_share / 2
        canvas.line(left - half, base + self._line - 5, left + half, base + self._line - 5)

        base = 10 + 0.25 * layout.number_pt
        canvas.setFont(face.regular, layout.number_pt)
        canvas.drawCentredString(left, base, plain(header.number))
        canvas.setFont(face.italic, layout.place_date_pt)
        canvas.drawCentredString(right, base, plain(header.place_date))


class Title(Flowable):
    """Kind of paper in bold capitals, subject in bold, a short line below; all centred."""

    tag = "H1"

    def __init__(self, kind: str, subject: tuple[str, ...], layout: Layout, face: Typeface) -> None:
        super().__init__()
        self._kind, self._subject, self._layout, self._face = plain(kind), subject, layout, face

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        layout = self._layout
        self.width = available_width
        room = available_width * 0.9
        self._lines = [line for text in self._subject for line in wrap(text, self._face.bold, layout.subject_pt, room)]
        rule = 8 if self._lines else 0
        self.height = layout.kind_pt * layout.leading + len(self._lines) * layout.subject_pt * layout.leading + rule + 8
        return self.width, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        layout, face = self._layout, self._face
        base = self.height - _ASCENT * layout.kind_pt
        canvas.setFont(face.bold, layout.kind_pt)
        canvas.drawCentredString(self.width / 2, base, self._kind)
        canvas.setFont(face.bold, layout.subject_pt)
        for line in self._lines:
            base -= layout.subject_pt * layout.leading
            canvas.drawCentredString(self.width / 2, base, line)
        if self._lines:
            half = width_of(self._lines[-1], face.bold, layout.subject_pt) * layout.subject_rule_share / 2
            canvas.setLineWidth(layout.rule_pt)
            canvas.line(self.width / 2 - half, base - 6, self.width / 2 + half, base - 6)
