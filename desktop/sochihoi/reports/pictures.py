"""Charts and square codes as pictures, for papers that hold no shapes: the same drawings as on the PDF."""

from __future__ import annotations

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from sochihoi.reports.document import BarChart
from sochihoi.reports.drawing import QUIET, ChartFlowable, qr_rows
from sochihoi.reports.fonts import Typeface
from sochihoi.reports.layout import MM, Layout

_MODULE = 8
DPI = 200  # letters of 11 points are still crisp in print


def chart_png(chart: BarChart, layout: Layout, face: Typeface, language: str, width: float) -> bytes:
    """The chart without its caption, ``width`` points wide, in greys. The same chart gives the same bytes."""
    import pypdfium2

    drawn = ChartFlowable(chart, layout, face, language)
    wide, high = drawn.wrap(width, chart.height_mm * MM)
    page = BytesIO()
    canvas = Canvas(page, (wide, high), invariant=1)
    drawn.drawOn(canvas, 0, 0)
    canvas.save()
    document = pypdfium2.PdfDocument(page.getvalue())
    try:
        picture = document[0].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    finally:
        document.close()
    out = BytesIO()
    picture.save(out, "PNG", dpi=(DPI, DPI), optimize=True)
    return out.getvalue()


def code_png(content: str) -> bytes:
    """A square code with the white round it; black and white, every module whole points wide."""
    from PIL import Image

    rows = qr_rows(content)
    side = len(rows) + 2 * QUIET
    picture = Image.new("1", (side, side), 1)
    for down, row in enumerate(rows, QUIET):
        for across, dark in enumerate(row, QUIET):
            if dark:
                picture.putpixel((across, down), 0)
    out = BytesIO()
    picture.resize((side * _MODULE, side * _MODULE), Image.Resampling.NEAREST).save(out, "PNG", optimize=True)
    return out.getvalue()
