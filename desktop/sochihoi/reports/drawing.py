"""What papers show that is no text: charts, check boxes, QR codes, lines to write on."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from reportlab.lib.colors import HexColor, black
from reportlab.platypus import Flowable

from sochihoi.reports import charts
from sochihoi.reports.document import BarChart, PaperCode
from sochihoi.reports.fonts import Typeface
from sochihoi.reports.layout import MM, Layout
from sochihoi.reports.text import plain, width_of, wrap
from sochihoi.reports.wording import word

QUIET = 4  # modules of white round a code


def print_tokens(layout: Layout, face: Typeface) -> charts.ChartTokens:
    """The greys of the layout."""
    return charts.ChartTokens(
        chart=layout.chart,
        chart_2=layout.chart_2,
        chart_rule=layout.chart_rule,
        line=layout.chart_line,
        track=layout.chart_track,
        surface="#FFFFFF",
        text=layout.chart_text,
        muted=layout.chart_muted,
        family=face.regular,
        size=layout.recipients_pt,
    )


class ChartFlowable(Flowable):
    """The shapes of ``charts`` painted on the page, with the target in words."""

    tag = "Figure"

    def __init__(self, chart: BarChart, layout: Layout, face: Typeface, language: str) -> None:
        super().__init__()
        self._chart, self._layout, self._face, self._language = chart, layout, face, language
        self.spaceAfter = layout.after_paragraph_pt
        self.alt = plain(charts.told(chart.data))

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, self._chart.height_mm * MM
        return self.width, self.height

    def _shapes(self) -> charts.Drawing:
        face, data = self._face, self._chart.data
        tokens = print_tokens(self._layout, face)

        def measure(text: str, size: float) -> float:
            return width_of(text, face.bold, size) / 1.04

        target = word(self._language, "paper.target", target=data.target_text) if data.target_text else ""
        if isinstance(data, charts.VerticalBars):
            return charts.vertical(data, tokens, self.width, self.height, measure, target_words=target)
        return charts.horizontal(data, tokens, self.width, self.height, measure, target_words=target)

    def draw(self) -> None:
        canvas: Any = self.canv
        for shape in self._shapes().shapes:
            if isinstance(shape, charts.Box):
                self._box(canvas, shape)
            elif isinstance(shape, charts.Line):
                canvas.setStrokeColor(HexColor(shape.colour))
                canvas.setLineWidth(shape.width * 0.75)
                canvas.setDash(list(shape.dash))
                canvas.line(shape.x1, self.height - shape.y1, shape.x2, self.height - shape.y2)
                canvas.setDash([])
            else:
                self._text(canvas, shape)

    def _box(self, canvas: Any, shape: charts.Box) -> None:
        canvas.setFillColor(HexColor(shape.colour))
        canvas.setLineWidth(0.5)
        if shape.outline:
            canvas.setStrokeColor(HexColor(shape.outline))
        below = self.height - shape.y - shape.height
        canvas.rect(shape.x, below, shape.width, shape.height, stroke=int(bool(shape.outline)), fill=1)

    def _text(self, canvas: Any, shape: charts.Text) -> None:
        canvas.setFillColor(HexColor(shape.colour))
        canvas.setFont(self._face.bold if shape.bold else self._face.regular, shape.size)
        draw = {"start": canvas.drawString, "middle": canvas.drawCentredString, "end": canvas.drawRightString}
        draw[shape.anchor](shape.x, self.height - shape.y, plain(shape.text))


class CheckBoxLine(Flowable):
    """A box, ticked or not, and its text."""

    def __init__(self, text: str, ticked: bool, layout: Layout, face: Typeface, language: str) -> None:
        super().__init__()
        self._text, self._ticked, self._layout, self._face = text, ticked, layout, face
        self.spaceAfter = layout.after_paragraph_pt
        # Whether a box is ticked is seen, not written
        self.said = word(language, "paper.ticked" if ticked else "paper.not_ticked", text=plain(text))

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        layout = self._layout
        self._indent = layout.first_line_mm * MM
        self._beside = self._indent + layout.body_pt * 1.3
        self._lines = wrap(self._text, self._face.regular, layout.body_pt, available_width - self._beside)
        self.width = available_width
        self.height = len(self._lines) * layout.body_pt * layout.leading
        return self.width, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        size, step = self._layout.body_pt, self._layout.body_pt * self._layout.leading
        base = self.height - size
        side = size * 0.72
        canvas.setLineWidth(0.8)
        canvas.rect(self._indent, base, side, side)
        if self._ticked:
            tick = canvas.beginPath()
            tick.moveTo(self._indent + side * 0.18, base + side * 0.5)
            tick.lineTo(self._indent + side * 0.42, base + side * 0.2)
            tick.lineTo(self._indent + side * 0.85, base + side * 0.85)
            canvas.setLineWidth(1.4)
            canvas.drawPath(tick)
        canvas.setFillColor(black)
        canvas.setFont(self._face.regular, size)
        for at, line in enumerate(self._lines):
            canvas.drawString(self._beside, base - at * step, line)


def qr_rows(content: str) -> list[list[bool]]:
    """The modules of a square code, dark ones true, without the white round it; error correction M."""
    from reportlab.graphics.barcode.qr import QrCodeWidget

    # Only its modules are taken: ReportLab's own drawing would name Helvetica in the file, which is not embedded
    widget: Any = QrCodeWidget(content, barLevel="M")
    code = widget.qr
    code.make()
    return [[bool(module) for module in row] for row in code.modules]


class QrCode(Flowable):
    """A square code, ``side_mm`` wide with its quiet zone, error correction M."""

    def __init__(self, content: str, side_mm: float) -> None:
        super().__init__()
        self._content = content
        self.width = self.height = side_mm * MM

    def wrap(self, _available_width: float, _available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        rows = qr_rows(self._content)
        canvas: Any = self.canv
        canvas.setFillColor(black)
        side = self.width / (len(rows) + 2 * QUIET)
        for down, row in enumerate(rows, 1):
            across = QUIET
            for dark, run in groupby(row):
                count = len(list(run))
                if dark:
                    # A hair wider, or readers show white lines between the rows
                    below = self.height - (down + QUIET) * side
                    canvas.rect(across * side, below, count * side, side * 1.02, stroke=0, fill=1)
                across += count


class CodeLine(Flowable):
    """The square code of a paper, small, and its letters beside it: stands below the recipients."""

    def __init__(self, code: PaperCode, layout: Layout, face: Typeface, language: str) -> None:
        super().__init__()
        self._square = QrCode(code.content, layout.code_mm)
        self._lines = [word(language, "paper.code"), code.shown]
        self._layout, self._face = layout, face

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, self._square.height + 4
        return self.width, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        self._square.drawOn(canvas, -2, 0)
        size = self._layout.recipients_pt
        base = self._square.height / 2 + 2
        for at, (line, font) in enumerate(zip(self._lines, (self._face.regular, self._face.bold), strict=True)):
            canvas.setFont(font, size)
            canvas.drawString(self._square.width + 2, base - at * size * 1.2, plain(line))
