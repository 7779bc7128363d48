"""Recognition certificates: one on an A4 that lies on its long side, in a plain drawn frame.

The order of the parts is that of a giấy khen (Nghị định 98/2023/NĐ-CP): nation and motto, who recognises, the heading,
who is recognised, for what; below at the left the decision, at the right place, day and signature with room for a seal.
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
from sochihoi.reports.document import Signature
from sochihoi.reports.drawing import QrCode
from sochihoi.reports.fonts import Typeface
from sochihoi.reports.layout import MM, Layout
from sochihoi.reports.text import plain, width_of, wrap

_FRAME_MM, _INNER_MM = 10.0, 12.0  # from the edge of the paper: the thick line, the thin one
_SIDE_MM = 24.0  # nothing but the frame stands nearer to the edge
_QR_MM = 20.0
_HAIR = 0.99


@dataclass(frozen=True, slots=True)
class Certificate:
    """Everything in words. ``who`` in large letters, ``where`` below it, ``what`` she is recognised for; ``notes``
    stand at the lower left (decision, plaque). ``code`` "" = none; ``code_line`` says it, ``qr`` is what it holds.
    """

    who: str
    what: str
    where: str = ""
    notes: tuple[str, ...] = ()
    code_line: str = ""
    qr: str = ""


@dataclass(frozen=True, slots=True)
class CertificateBook:
    """Certificates of one unit and one day. ``authority``: who recognises; ``colour`` of frame and heading."""

    authority: tuple[str, ...]
    heading: str
    certificates: tuple[Certificate, ...]
    place_date: str
    signature: Signature
    made_on: date
    colour: str
    title: str
    watermark: str = ""
    language: str = "vi"


def certificates_pdf(
    book: CertificateBook, layout: Layout | None = None, step: Callable[[int], None] | None = None
) -> bytes:
    """One a page. ``step`` hears after each how many are drawn, and may raise ``Cancelled``.

    Raises ``ValueError`` without any certificate, ``LookupError`` without a usable font.
    """
    if not book.certificates:
        raise ValueError("no certificate")
    turned = (layout or layouts.shipped()).turned()
    full = replace(turned, margin_top_mm=0, margin_bottom_mm=0, margin_left_mm=0, margin_right_mm=0)
    face = fonts.typeface()
    story = [_Page(book, one, full, face, at, step) for at, one in enumerate(book.certificates, 1)]
    properties = paper.Properties(book.title, " ".join(book.authority), book.made_on, book.language)
    return paper.render(story, full, face, properties, paper.Marks(number_on_top=False, watermark=book.watermark))


class _Page(Flowable):
    """One certificate, as large as the paper."""

    def __init__(
        self,
        book: CertificateBook,
        one: Certificate,
        layout: Layout,
        face: Typeface,
        number: int,
        step: Callable[[int], None] | None,
    ) -> None:
        super().__init__()
        self._book, self._one, self._layout, self._face = book, one, layout, face
        self._number, self._step = number, step
        self.width, self.height = layout.text_width, layout.text_height - _HAIR

    def wrap(self, _available_width: float, _available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        canvas.translate(0, -_HAIR)  # from here on in the coordinates of the paper
        self._border(canvas)
        self._above(canvas)
        self._middle(canvas)
        self._signed(canvas)
        self._notes(canvas)
        if self._step is not None:
            self._step(self._number)

    def _at(self, from_top_mm: float) -> float:
        return (self._layout.paper_height_mm - from_top_mm) * MM

    @property
    def _centre(self) -> float:
        return self._layout.paper_width_mm * MM / 2

    def _border(self, canvas: Any) -> None:
        canvas.setStrokeColor(HexColor(self._book.colour))
        for from_edge, line in ((_FRAME_MM, 2.4), (_INNER_MM, 0.7)):
            canvas.setLineWidth(line)
            wide = self._layout.paper_width_mm - 2 * from_edge
            high = self._layout.paper_height_mm - 2 * from_edge
            canvas.rect(from_edge * MM, from_edge * MM, wide * MM, high * MM)
        canvas.setStrokeColor(black)

    def _lines(
        self, canvas: Any, texts: Sequence[str], font: str, size: float, top: float, room: float | None = None
    ) -> float:
        """Centred lines below ``top``; where the next one would begin."""
        room = room or self.width - 2 * _SIDE_MM * MM
        canvas.setFont(font, size)
        for text in texts:
            for line in wrap(text, font, size, room):
                top -= size * 1.2
                canvas.drawCentredString(self._centre, top + size * 0.22, line)
        return top

    def _above(self, canvas: Any) -> None:
        face, layout = self._face, self._layout
        below = self._lines(canvas, (layout.nation,), face.bold, 14, self._at(19))
        below = self._lines(canvas, (layout.motto,), face.bold, 14, below)
        half = width_of(layout.motto, face.bold, 14) / 2
        canvas.setLineWidth(layout.rule_pt)
        canvas.line(self._centre - half, below - 2, self._centre + half, below - 2)
        self._lines(canvas, self._book.authority, face.bold, 15, below - 6 * MM)

    def _middle(self, canvas: Any) -> None:
        face, book, one = self._face, self._book, self._one
        canvas.setFillColor(HexColor(book.colour))
        below = self._lines(canvas, (book.heading,), face.bold, 36, self._at(60))
        canvas.setFillColor(black)
        room = self.width - 2 * (_SIDE_MM + 6) * MM
        size = next((size for size in (26, 23, 20) if width_of(plain(one.who), face.bold, size) <= room), 20)
        below = self._lines(canvas, (one.who,), face.bold, size, below - 6 * MM)
        if one.where:
            below = self._lines(canvas, (one.where,), face.italic, 16, below - 1 * MM)
        self._lines(canvas, (one.what,), face.regular, 19, below - 4 * MM)

    def _signed(self, canvas: Any) -> None:
        face, book, layout = self._face, self._book, self._layout
        middle = (layout.paper_width_mm - _SIDE_MM - 46) * MM
        base = self._at(137)
        canvas.setFont(face.italic, 14)
        canvas.drawCentredString(middle, base, plain(book.place_date))
        canvas.setFont(face.bold, 14)
        for text in (book.signature.on_behalf, book.signature.title):
            for line in wrap(text, face.bold, 14, 100 * MM) if text else ():
                base -= 14 * 1.25
                canvas.drawCentredString(middle, base, line)
        canvas.drawCentredString(middle, self._at(layout.paper_height_mm - _INNER_MM - 6), plain(book.signature.name))

    def _notes(self, canvas: Any) -> None:
        """Upwards from the frame: the code with its letters, above it the decision and the plaque."""
        face, one = self._face, self._one
        left, base = _SIDE_MM * MM, (_INNER_MM + 6) * MM
        if one.qr:
            side = _QR_MM * MM
            QrCode(one.qr, _QR_MM).drawOn(canvas, left - 2 * MM, base - 2 * MM)
            canvas.setFont(face.regular, 10)
            for text in reversed([line for line in wrap(one.code_line, face.regular, 10, 70 * MM) if line]):
                canvas.drawString(left + side, base + 3, text)
                base += 12
            base = (_INNER_MM + 6) * MM + side + 2 * MM
        canvas.setFont(face.regular, 12.5)
        lines = [line for text in one.notes for line in wrap(text, face.regular, 12.5, 105 * MM)]
        for line in reversed(lines):
            canvas.drawString(left, base, line)
            base += 12.5 * 1.3
