"""What is seen of a signature: set with ReportLab on a page of its own, which the signed file takes in as it is.

Decree 30/2020/NĐ-CP, Appendix I: the personal signature is a blue picture, the organisation's stamp a red one of its
real size, both PNG with a transparent ground; an annex of its own file shows number and time, Times New Roman 10.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import Enum
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from sochihoi.reports.signing.errors import BadStampPicture
from sochihoi.reports.signing.place import MM

if TYPE_CHECKING:
    from pyhanko.pdf_utils.content import PdfContent

VIETNAM: Final = timezone(timedelta(hours=7))
TEXT_PT, LEAST_PT = 10.0, 7.0  # letters of a stamp; a very long name is set smaller, never below the second
LEADING: Final = 1.2
PADDING: Final = 4.0  # points between text and frame
TEXT_WIDE_MM, PICTURE_WIDE_MM = 66.0, 55.0  # of the personal signature
SEAL_MM: Final = 36.0  # a round seal, where its picture does not tell its size
_SEAL_RANGE_MM = (15.0, 60.0)  # what a picture may say of itself
BLUE, RED, BLACK = (0.0, 0.18, 0.62), (0.8, 0.0, 0.0), (0.0, 0.0, 0.0)


class Kind(Enum):
    """Who signs: a person, her organisation on the same paper, or the organisation on an annex of its own file."""

    PERSON = "PERSON"
    UNIT = "UNIT"
    ANNEX = "ANNEX"


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with its size on paper in points."""

    content: bytes
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A stamp as a PDF of one page, and its size in points."""

    pdf: bytes
    width: float
    height: float


def time_text(moment: datetime) -> str:
    """``30-10-2026 14:05:09 +07:00``."""
    return f"{moment.astimezone(VIETNAM):%d-%m-%Y %H:%M:%S} +07:00"


def picture(content: bytes, kind: Kind, room: tuple[float, float]) -> Picture:
    """A PNG as large as it is printed: a seal in its real size, a signature inside ``room`` (width, height in points).

    Raises ``BadStampPicture``.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content), formats=("PNG",)) as opened:
            opened.load()
            wide, high = opened.size
            told = opened.info.get("dpi")
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise BadStampPicture from problem
    if kind is Kind.PERSON:
        scale = min(room[0] / wide, room[1] / high)
        return Picture(content, wide * scale, high * scale)
    width = SEAL_MM * MM
    if told and told[0] > 0:
        real = wide / float(told[0]) * 72
        if _SEAL_RANGE_MM[0] * MM <= real <= _SEAL_RANGE_MM[1] * MM:
            width = real
    return Picture(content, width, width * high / wide)


def draw_picture(one: Picture) -> Drawn:
    """Nothing but the picture, its ground transparent."""
    from reportlab.lib.utils import ImageReader

    def paint(canvas: Any) -> None:
        canvas.drawImage(ImageReader(BytesIO(one.content)), 0, 0, one.width, one.height, mask="auto")

    return Drawn(_page(one.width, one.height, paint), one.width, one.height)


def draw_text(texts: tuple[str, ...], kind: Kind, room: tuple[float, float]) -> Drawn:
    """Lines in a thin frame, blue for a person, red for an organisation; on an annex black and without a frame.

    As wide as ``room`` allows; letters get smaller where the lines would not fit.
    """
    from sochihoi.reports import fonts
    from sochihoi.reports.text import plain, width_of, wrap

    face = fonts.typeface()
    framed = kind is not Kind.ANNEX
    inset = PADDING if framed else 0.0
    size = TEXT_PT
    while True:
        lines = [line for text in texts for line in wrap(plain(text), face.regular, size, room[0] - 2 * inset)]
        high = len(lines) * size * LEADING + 2 * inset
        if high <= room[1] or size <= LEAST_PT:
            break
        size -= 0.5
    wide = max(width_of(line, face.regular, size) for line in lines) + 2 * inset
    colour = {Kind.PERSON: BLUE, Kind.UNIT: RED, Kind.ANNEX: BLACK}[kind]

    def paint(canvas: Any) -> None:
        canvas.setFillColorRGB(*colour)
        canvas.setStrokeColorRGB(*colour)
        if framed:
            canvas.setLineWidth(0.6)
            canvas.rect(0.6, 0.6, wide - 1.2, high - 1.2)
        canvas.setFont(face.regular, size)
        base = high - inset - size * 0.95
        for line in lines:
            if framed:
                canvas.drawString(inset, base, line)
            else:
                canvas.drawRightString(wide, base, line)
            base -= size * LEADING

    return Drawn(_page(wide, high, paint), wide, high)


def _page(wide: float, high: float, paint: Any) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    from sochihoi.reports import fonts

    out = BytesIO()
    # A base font of ours, or the page would name Helvetica, which is not embedded
    first: Any = fonts.typeface().regular  # typed as a number in the stubs
    canvas = Canvas(out, pagesize=(wide, high), invariant=1, initialFontName=first)
    paint(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def content(drawn: Drawn) -> PdfContent:
    """The stamp for pyHanko, which puts it into the signed file."""
    from pyhanko.pdf_utils.content import PdfContent
    from pyhanko.pdf_utils.layout import BoxConstraints
    from pyhanko.pdf_utils.reader import PdfFileReader

    class Stamp(PdfContent):
        def render(self) -> bytes:
            writer = self.writer
            if writer is None:
                raise LookupError("no writer")
            page = writer.import_page_as_xobject(PdfFileReader(BytesIO(drawn.pdf)))
            self.resources.xobject["/Stamp"] = page
            self.box = BoxConstraints(width=drawn.width, height=drawn.height)
            return b"/Stamp Do"

    return Stamp()
