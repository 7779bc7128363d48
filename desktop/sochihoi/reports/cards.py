"""Membership cards, ten on an A4: 85.6 x 54 mm each, as bank cards are (ISO/IEC 7810, ID-1), with marks for cutting.

Two columns and five rows without a gap between them: one cut parts two cards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from reportlab.lib.colors import HexColor, black
from reportlab.platypus import Flowable

from sochihoi.reports import fonts, paper
from sochihoi.reports import layout as layouts
from sochihoi.reports.drawing import QrCode
from sochihoi.reports.fonts import Typeface
from sochihoi.reports.layout import MM, Layout
from sochihoi.reports.text import plain, width_of, wrap

WIDE_MM, HIGH_MM = 85.6, 54.0
COLUMNS, ROWS = 2, 5
ON_A_PAGE = COLUMNS * ROWS
_MARK_MM = 5.0  # length of a mark, outside of the cards
_EDGE_MM = 4.5  # between the edge of a card and what stands on it
_QR_MM = 23.0
_HAIR = 0.99  # a page that is exactly full would be pushed over to the next one


@dataclass(frozen=True, slots=True)
class Card:
    """One member, already in words; ``lines`` below the name; ``code`` is printed and is what the QR code holds."""

    name: str
    lines: tuple[str, ...]
    code: str


@dataclass(frozen=True, slots=True)
class CardSheet:
    """``unit_lines`` above, the last bold; ``colour`` of the heading (``#RRGGBB``)."""

    unit_lines: tuple[str, ...]
    heading: str
    cards: tuple[Card, ...]
    made_on: date
    colour: str
    watermark: str = ""
    language: str = "vi"


def cards_pdf(sheet: CardSheet, layout: Layout | None = None, step: Callable[[int], None] | None = None) -> bytes:
    """Ten cards a page. ``step`` hears after each page how many cards are drawn, and may raise ``Cancelled``.

    Raises ``ValueError`` without any card, ``LookupError`` without a usable font.
    """
    if not sheet.cards:
        raise ValueError("no card")
    layout = replace(
        layout or layouts.shipped(), margin_top_mm=0, margin_bottom_mm=0, margin_left_mm=0, margin_right_mm=0
    )
    face = fonts.typeface()
    story: list[Flowable] = []
    for first in range(0, len(sheet.cards), ON_A_PAGE):
        cards = sheet.cards[first : first + ON_A_PAGE]
        story.append(_CardPage(sheet, cards, layout, face, first + len(cards), step))
    properties = paper.Properties(sheet.heading, " ".join(sheet.unit_lines), sheet.made_on, sheet.language)
    return paper.render(story, layout, face, properties, paper.Marks(number_on_top=False))


class _CardPage(Flowable):
    """The cards of one page, in the middle of it, with the marks around them."""

    def __init__(
        self,
        sheet: CardSheet,
        cards: Sequence[Card],
        layout: Layout,
        face: Typeface,
        drawn: int,
        step: Callable[[int], None] | None,
    ) -> None:
        super().__init__()
        self._sheet, self._cards, self._layout, self._face = sheet, cards, layout, face
        self._drawn, self._step = drawn, step
        self.width, self.height = layout.text_width, layout.text_height - _HAIR

    def wrap(self, _available_width: float, _available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        left = (self._layout.paper_width_mm - COLUMNS * WIDE_MM) / 2 * MM
        top = (self._layout.paper_height_mm + ROWS * HIGH_MM) / 2 * MM - _HAIR
        rows = -(-len(self._cards) // COLUMNS)
        self._marks(left, top, rows)
        for at, card in enumerate(self._cards):
            down, across = divmod(at, COLUMNS)
            canvas.saveState()
            canvas.translate(left + across * WIDE_MM * MM, top - (down + 1) * HIGH_MM * MM)
            self._card(canvas, card)
            canvas.restoreState()
        if self._step is not None:
            self._step(self._drawn)

    def _marks(self, left: float, top: float, rows: int) -> None:
        canvas: Any = self.canv
        canvas.setLineWidth(0.4)
        canvas.setStrokeColor(black)
        right, foot = left + COLUMNS * WIDE_MM * MM, top - rows * HIGH_MM * MM
        for across in range(COLUMNS + 1):
            x = left + across * WIDE_MM * MM
            canvas.line(x, top + MM, x, top + (1 + _MARK_MM) * MM)
            canvas.line(x, foot - MM, x, foot - (1 + _MARK_MM) * MM)
        for down in range(rows + 1):
            y = top - down * HIGH_MM * MM
            canvas.line(left - MM, y, left - (1 + _MARK_MM) * MM, y)
            canvas.line(right + MM, y, right + (1 + _MARK_MM) * MM, y)

    def _card(self, canvas: Any, card: Card) -> None:
        """From its lower left corner."""
        sheet, face = self._sheet, self._face
        wide, high, edge = WIDE_MM * MM, HIGH_MM * MM, _EDGE_MM * MM
        if sheet.watermark:
            self._mark(canvas, wide, high)
        room, base = wide - 2 * edge, high - edge
        *above, last = sheet.unit_lines or ("",)
        for text, font in (*((line, face.regular) for line in above), (last, face.bold)):
            for line in wrap(text, font, 7.5, room):
                base -= 8.5
                canvas.setFont(font, 7.5)
                canvas.drawCentredString(wide / 2, base, line)
        base -= 15
        canvas.setFillColor(HexColor(sheet.colour))
        canvas.setFont(face.bold, 13)
        canvas.drawCentredString(wide / 2, base, plain(sheet.heading))
        canvas.setFillColor(black)
        beside = room - (_QR_MM + 1) * MM
        base -= 19
        size = _fitting(card.name, face.bold, beside)
        canvas.setFont(face.bold, size)
        for line in wrap(card.name, face.bold, size, beside):
            canvas.drawString(edge, base, line)
            base -= size * 1.15
        base -= 1
        canvas.setFont(face.regular, 9.5)
        for text in card.lines:
            for line in wrap(text, face.regular, 9.5, beside):
                canvas.drawString(edge, base, line)
                base -= 11.8
        self._qr(canvas, card, wide - edge)

    def _qr(self, canvas: Any, card: Card, right: float) -> None:
        """At the lower right, with its letters below: whoever has no reader types them."""
        side = _QR_MM * MM
        canvas.setFont(self._face.bold, 8.5)
        canvas.drawCentredString(right - side / 2, 3.2 * MM, plain(card.code))
        QrCode(card.code, _QR_MM).drawOn(canvas, right - side, 5.4 * MM)

    def _mark(self, canvas: Any, wide: float, high: float) -> None:
        text, font = plain(self._sheet.watermark), self._face.bold
        canvas.saveState()
        canvas.setFillColor(HexColor(self._layout.watermark))
        size = min(26.0, 0.8 * wide / max(width_of(text, font, 1), 1))
        canvas.setFont(font, size)
        canvas.translate(wide * 0.4, high * 0.36)
        canvas.rotate(25)
        canvas.drawCentredString(0, -size / 3, text)
        canvas.restoreState()


def _fitting(text: str, font: str, room: float) -> float:
    """Letters of 13 points, down to 10 where that keeps a name on one line."""
    for size in (13.0, 12.0, 11.0, 10.0):
        if width_of(plain(text), font, size) <= room:
            return size
    return 10.0
