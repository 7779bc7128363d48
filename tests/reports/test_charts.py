"""Charts: one drawing for window and paper, a sentence for those who do not see it, nothing heavy imported."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from fractions import Fraction

import pytest

from sochihoi.reports import charts, official
from sochihoi.reports.charts import Bar, Box, ChartTokens, HorizontalBars, Line, Text, VerticalBars
from sochihoi.reports.document import BarChart
from tests.reports import samples
from tests.reports.conftest import Tool

TOKENS = ChartTokens(
    "#862758", "#C9B7C4", "#1C5A97", "#DEDAE2", "#F2F0F4", "#FFFFFF", "#211B26", "#5C5463", 'Chi "Hội" Sans'
)
SVG = "{http://www.w3.org/2000/svg}"


def boxes(drawing: charts.Drawing, *colours: str) -> list[Box]:
    return [shape for shape in drawing.shapes if isinstance(shape, Box) and shape.colour in colours]


def test_heights_follow_the_values() -> None:
    drawing = charts.vertical(samples.ATTENDANCE_CHART, TOKENS, 466, 150)
    bars = boxes(drawing, TOKENS.chart, TOKENS.chart_2)
    assert [bar.colour for bar in bars] == [TOKENS.chart_2] * 5 + [TOKENS.chart]
    scale = bars[0].height / 0.784
    for bar, value in zip(bars, (0.784, 0.812, 0.749, 0.803, 0.836, 0.821), strict=True):
        assert bar.height == pytest.approx(scale * value)
        assert bar.y + bar.height == pytest.approx(bars[0].y + bars[0].height)
    (target,) = [shape for shape in drawing.shapes if isinstance(shape, Line) and shape.dash]
    assert bars[0].y + bars[0].height - target.y1 == pytest.approx(scale * 0.8)


def test_lengths_follow_the_values_and_below_target_is_dark() -> None:
    drawing = charts.horizontal(samples.HOUSEHOLD_CHART, TOKENS, 576, 150)
    bars = boxes(drawing, TOKENS.chart, TOKENS.chart_2)
    tracks = boxes(drawing, TOKENS.track)
    assert [bar.colour for bar in bars] == [TOKENS.chart] * 4 + [TOKENS.chart_2] * 2
    assert bars[0].width == pytest.approx(tracks[0].width * 55 / 88)
    (target,) = [shape for shape in drawing.shapes if isinstance(shape, Line)]
    assert target.x1 == pytest.approx(tracks[0].x + tracks[0].width * 0.85)
    assert bars[3].x + bars[3].width < target.x1 < bars[4].x + bars[4].width


@pytest.mark.parametrize("size", [(466, 150), (320, 110), (120, 112), (900, 300)])
@pytest.mark.parametrize("data", [samples.ATTENDANCE_CHART, samples.HOUSEHOLD_CHART], ids=["vertical", "horizontal"])
def test_svg_is_well_formed_and_inside_its_frame(data: VerticalBars | HorizontalBars, size: tuple[int, int]) -> None:
    width, height = size
    root = ET.fromstring(charts.svg(data, TOKENS, width, height))  # noqa: S314 - made here
    assert root.attrib["viewBox"] == f"0 0 {width} {height}"
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == charts.sentence(data)
    for rect in root.iter(f"{SVG}rect"):
        assert float(rect.attrib["y"]) >= -1
        assert float(rect.attrib["y"]) + float(rect.attrib["height"]) <= height + 1
        assert float(rect.attrib["width"]) >= 0
    for text in root.iter(f"{SVG}text"):
        assert 0 <= float(text.attrib["y"]) <= height


def test_nobody_to_count_has_no_bar_but_words() -> None:
    data = replace(samples.HOUSEHOLD_CHART, bars=(Bar("Ấp Mới", None, "chưa có"), Bar("Ấp Cũ", Fraction(0), "0,0 %")))
    drawing = charts.horizontal(data, TOKENS, 400, 100)
    assert boxes(drawing, TOKENS.chart, TOKENS.chart_2) == []
    assert "chưa có" in [shape.text for shape in drawing.shapes if isinstance(shape, Text)]
    months = VerticalBars("Tỷ lệ", (Bar("T1", None, "chưa có"),), ((0, "0"), (1, "100")))
    assert boxes(charts.vertical(months, TOKENS, 200, 100), TOKENS.chart, TOKENS.chart_2) == []


def test_words_are_escaped_and_long_names_cut() -> None:
    data = HorizontalBars("<Tỷ lệ> & số", (Bar("Chi hội " + "rất dài " * 20, 3, "3 < 4", dark=True),), 4)
    text = charts.svg(data, TOKENS, 300, 60)
    ET.fromstring(text)  # noqa: S314 - made here
    assert "…" in text
    assert "3 &lt; 4" in text
    assert charts.shorten("Ấp An Hòa", 500, 12) == "Ấp An Hòa"


def test_sentences() -> None:
    assert "T10 82,1" in charts.sentence(samples.ATTENDANCE_CHART)
    assert "80\u00a0%" in charts.sentence(samples.ATTENDANCE_CHART)
    untold = replace(samples.ATTENDANCE_CHART, target=None)
    assert "80\u00a0%" not in charts.sentence(untold)
    assert charts.sentence(HorizontalBars("Hộ đạt", (), 1)).startswith("Hộ đạt")
    for data in (HorizontalBars("Hộ đạt", (), 1), VerticalBars("Dự", (), ())):
        ET.fromstring(charts.svg(data, TOKENS, 200, 100))  # noqa: S314 - made here


def test_the_paper_says_the_target_in_words(tool: Tool) -> None:
    body = (BarChart(samples.ATTENDANCE_CHART, caption="Biểu đồ 1"), BarChart(samples.HOUSEHOLD_CHART))
    text = tool(official.pdf(samples.monthly(body)), "pdftotext", "-layout", "{}", "-")
    for wanted in ("Chỉ tiêu 80", "Chỉ tiêu trên 85", "82,1", "62,5", "(55/88)", "Ấp Trà Cuôn"):
        assert wanted in text


def _shades(colour: str) -> float:
    """How light a colour is on a printer without colours (luminance of WCAG 2, 0 to 1)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_shades(one), _shades(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _print() -> ChartTokens:
    from sochihoi.reports import fonts, layout
    from sochihoi.reports.drawing import print_tokens

    return print_tokens(layout.shipped(), fonts.typeface())


@pytest.mark.parametrize("tokens", [TOKENS, None], ids=["window", "paper"])
def test_dark_and_light_are_told_apart_without_colour(tokens: ChartTokens | None) -> None:
    own = tokens or _print()
    assert _contrast(own.chart, own.chart_2) >= 3
    assert _contrast(own.chart, own.surface) >= 3
    assert _contrast(own.text, own.surface) >= 4.5
    if tokens is None:
        for colour in (own.chart, own.chart_2, own.line, own.track, own.text, own.muted, own.chart_rule):
            assert len({colour[at : at + 2] for at in (1, 3, 5)}) == 1, colour  # a grey
    for data, draw in ((samples.ATTENDANCE_CHART, charts.vertical), (samples.HOUSEHOLD_CHART, charts.horizontal)):
        light = boxes(draw(data, own, 400, 150), own.chart_2)  # type: ignore[operator]
        assert light
        assert {box.outline for box in light} == {own.chart}


@pytest.mark.parametrize("data", [samples.ATTENDANCE_CHART, samples.HOUSEHOLD_CHART], ids=["vertical", "horizontal"])
def test_window_and_paper_get_the_same_shapes(data: VerticalBars | HorizontalBars) -> None:
    """The PDF is read back: its bars, lines and words are those of the SVG, at the same places."""
    from io import BytesIO

    import pypdfium2
    import pypdfium2.raw as raw
    from reportlab.pdfgen.canvas import Canvas

    from sochihoi.reports import fonts, layout
    from sochihoi.reports.drawing import ChartFlowable

    untold = replace(data, target_text="")  # in the window the words of the target stand in the card's head
    face, high = fonts.typeface(), 55 * 72 / 25.4
    flowable = ChartFlowable(BarChart(untold), layout.shipped(), face, "vi")
    flowable.wrap(400, 0)
    out = BytesIO()
    canvas = Canvas(out, (400, high), initialFontName=face.regular)
    flowable.drawOn(canvas, 0, 0)
    canvas.save()
    document = pypdfium2.PdfDocument(out.getvalue())
    painted = [shape.get_bounds() for shape in document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])]
    words = " ".join(document[0].get_textpage().get_text_range().split())
    document.close()

    root = ET.fromstring(charts.svg(untold, _print(), 400, round(high)))  # noqa: S314 - made here
    rects, lines = list(root.iter(f"{SVG}rect")), list(root.iter(f"{SVG}line"))
    assert len(painted) == len(rects) + len(lines)
    for text in root.iter(f"{SVG}text"):
        assert text.text is not None
        assert text.text.replace("\u00a0", " ") in words.replace("\u00a0", " ")
    # Widths of letters differ by a little between the screen's guess and the paper's font; heights do not
    drawn = [(float(one.attrib["y"]), float(one.attrib["height"])) for one in rects]
    there = sorted((high - top, top - bottom) for _left, bottom, _right, top in painted)
    for y, tall in drawn:
        assert any(abs(y - top) < 1.5 and abs(tall - height) < 2 for top, height in there), (y, tall)


def test_the_window_pays_for_no_library() -> None:
    heavy = ("reportlab", "xlsxwriter", "pypdfium2")
    code = f"import sys, sochihoi.reports.charts; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
