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
