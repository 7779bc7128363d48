"""Plain charts, drawn once: shapes for the window (as SVG text) and for the PDF. Strings only, no library.

Numbers come as texts from the caller; the positions alone are computed here. Dark = below the target or this month,
light = the rest: told apart in grey as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from sochihoi.i18n import _


@dataclass(frozen=True, slots=True)
class ChartTokens:
    """Colours as ``#RRGGBB``, the font's family and its size in pixels (in the PDF: points)."""

    chart: str
    chart_2: str
    chart_rule: str
    line: str
    track: str
    surface: str
    text: str
    muted: str
    family: str
    size: float = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """``value`` as an exact share or number on the scale, ``None`` = nobody to count (no bar, ``text`` says so).

    ``note`` stands muted after the text ("(55/88)"). ``dark`` draws the eye.
    """

    label: str
    value: Fraction | int | None
    text: str
    note: str = ""
    dark: bool = False


@dataclass(frozen=True, slots=True)
class VerticalBars:
    """Months side by side. ``ticks``: (value, label) of the grid lines, the highest is the top of the scale.

    ``target_text`` is the target in words ("80 %"), written where ``target_words`` is asked for.
    """

    title: str
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[Fraction | int, str], ...]
    target: Fraction | int | None = None
    target_text: str = ""


@dataclass(frozen=True, slots=True)
class HorizontalBars:
    """Branches one below the other; ``top`` is the value of a full track."""

    title: str
    bars: tuple[Bar, ...]
    top: Fraction | int
    target: Fraction | int | None = None
    target_text: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle, from its upper left corner; ``outline`` is a colour, "" = none."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    radius: float = 0
    outline: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line; ``dash`` in lengths on and off, () = solid."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    width: float = 1
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text on its baseline; ``anchor`` start, middle or end."""

    x: float
    y: float
    text: str
    colour: str
    size: float
    anchor: str = "start"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes in painting order, origin at the upper left."""

    width: float
    height: float
    shapes: tuple[Box | Line | Text, ...]


Measure = Callable[[str, float], float]


def roughly(text: str, size: float) -> float:
    """The width of a text where no font can be asked: a little too wide for IBM Plex Sans rather than too narrow."""
    narrow = sum(letter in " .,:;()/|'’ijltfrI·" for letter in text)
    wide = sum(letter.isupper() or letter in "mwMW%—" for letter in text)
    digits = sum(letter.isdigit() for letter in text)
    return size * (0.36 * narrow + 0.72 * wide + 0.6 * digits + 0.57 * (len(text) - narrow - wide - digits))


def shorten(text: str, room: float, size: float, measure: Measure = roughly) -> str:
    """Cut with "…" to what fits into ``room``."""
    if measure(text, size) <= room:
        return text
    while text and measure(text + "…", size) > room:
        text = text[:-1].rstrip()
    return text + "…"


def _bar(bar: Bar, tokens: ChartTokens, x: float, y: float, width: float, height: float) -> Box:
    """Dark and full, or light with a dark edge: told apart without any colour, and on a weak printer."""
    round_by = min(2.0, width / 2, height / 2)
    if bar.dark:
        return Box(x, y, width, height, tokens.chart, round_by)
    return Box(x, y, width, height, tokens.chart_2, round_by, tokens.chart)


def vertical(
    data: VerticalBars,
    tokens: ChartTokens,
    width: float,
    height: float,
    measure: Measure = roughly,
    *,
    target_words: str = "",
) -> Drawing:
    """Bars from below, grid lines with labels on the left, the target dashed across, each number at its bar.

    ``target_words`` (a whole phrase) is written at the upper right; in the window it stands in the card's header.
    """
    size = tokens.size
    shapes: list[Box | Line | Text] = []
    left = max((measure(label, size) for _value, label in data.ticks), default=0) + 7
    upper = size * (2.6 if target_words else 1.3)
    lower = height - size * 1.9
    top = float(max((value for value, _label in data.ticks), default=1)) or 1.0

    def level(value: Fraction | int) -> float:
        return lower - (lower - upper) * min(float(value) / top, 1.0)

    for value, label in data.ticks:
        y = level(value)
        shapes.append(Line(left, y, width - 1, y, tokens.line))
        shapes.append(Text(left - 6, y + size * 0.35, label, tokens.muted, size, "end"))
    pitch = (width - left - 1) / max(len(data.bars), 1)
    thick = min(pitch * 0.56, size * 4)
    marks: list[Box | Line | Text] = []
    for at, bar in enumerate(data.bars):
        middle = left + pitch * (at + 0.5)
        y = lower if bar.value is None else level(bar.value)
        if bar.value:
            shapes.append(_bar(bar, tokens, middle - thick / 2, y, thick, lower - y))
        room = measure(bar.text, size) * (1.08 if bar.dark else 1)
        marks.append(Box(middle - room / 2 - 1, y - size * 1.15, room + 2, size * 1.05, tokens.surface))
        marks.append(Text(middle, y - size * 0.3, bar.text, tokens.text, size, "middle", bar.dark))
        label = shorten(bar.label, pitch - 2, size, measure)
        shapes.append(Text(middle, height - size * 0.45, label, tokens.muted, size, "middle"))
    if data.target is not None:
        y = level(data.target)
        shapes.append(Line(left, y, width - 1, y, tokens.chart_rule, 1.5, (5, 3.5)))
    if target_words:
        shapes.append(Text(width - 1, size, target_words, tokens.chart_rule, size, "end"))
    return Drawing(width, height, (*shapes, *marks))


def horizontal(
    data: HorizontalBars,
    tokens: ChartTokens,
    width: float,
    height: float,
    measure: Measure = roughly,
    *,
    target_words: str = "",
) -> Drawing:
    """Bars on a track, names on the left, number (bold) and note on the right, the target dashed down the tracks."""
    size = tokens.size
    shapes: list[Box | Line | Text] = []
    labels = [shorten(bar.label, width * 0.34, size, measure) for bar in data.bars]
    left = max((measure(label, size) for label in labels), default=0) + 9
    gap = measure("0", size) * 0.5
    bold = [measure(bar.text, size) * 1.08 for bar in data.bars]
    notes = [gap + measure(bar.note, size) if bar.note else 0 for bar in data.bars]
    right = width - max((one + note for one, note in zip(bold, notes, strict=True)), default=0) - 9
    upper = size * 1.6 if target_words else 4.0
    pitch = min((height - upper - 4) / max(len(data.bars), 1), size * 2)
    thick = pitch * 0.6
    full = max(right - left, 1)
    top = float(data.top) or 1.0
    for at, (bar, label) in enumerate(zip(data.bars, labels, strict=True)):
        y = upper + pitch * at + (pitch - thick) / 2
        base = y + thick / 2 + size * 0.36
        shapes.append(Text(left - 8, base, label, tokens.text, size, "end"))
        shapes.append(Box(left, y, full, thick, tokens.track, 2))
        if bar.value:
            long = full * min(float(bar.value) / top, 1.0)
            shapes.append(_bar(bar, tokens, left, y, long, thick))
        shapes.append(Text(right + 8, base, bar.text, tokens.text, size, "start", bold=True))
        if bar.note:
            shapes.append(Text(right + 8 + bold[at] + gap, base, bar.note, tokens.muted, size))
    if data.target is not None:
        x = left + full * min(float(data.target) / top, 1.0)
        foot = upper + pitch * len(data.bars) + 3
        shapes.append(Line(x, upper - 3, x, foot, tokens.chart_rule, 1.5, (4, 3)))
        if target_words:
            half = measure(target_words, size) / 2
            shapes.append(Text(min(x, width - half), size, target_words, tokens.chart_rule, size, "middle"))
    return Drawing(width, height, tuple(shapes))


def sentence(data: VerticalBars | HorizontalBars) -> str:
    """The chart in one sentence, for those who do not see it."""
    said = "; ".join(f"{bar.label} {bar.text}" + (f" {bar.note}" if bar.note else "") for bar in data.bars)
    if not data.bars:
        return _("{title}: no figures yet.").format(title=data.title)
    if data.target is None or not data.target_text:
        return _("{title}: {figures}.").format(title=data.title, figures=said)
    return _("{title}: {figures}; target {target}.").format(title=data.title, figures=said, target=data.target_text)


def told(data: VerticalBars | HorizontalBars) -> str:
    """The chart in words, for those who do not see it: in the words on it, not in the screen's language."""
    bars = "; ".join(f"{bar.label} {bar.text}" + (f" {bar.note}" if bar.note else "") for bar in data.bars)
    return f"{data.title}: {bars}." if bars else data.title


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _svg_shape(shape: Box | Line | Text, family: str) -> str:
    if isinstance(shape, Box):
        radius = f' rx="{_n(shape.radius)}"' if shape.radius else ""
        edge = f' stroke="{shape.outline}" stroke-width="0.7"' if shape.outline else ""
        return (
            f'<rect x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.width)}" height="{_n(shape.height)}"'
            f'{radius} fill="{shape.colour}"{edge}/>'
        )
    if isinstance(shape, Line):
        dash = f' stroke-dasharray="{",".join(_n(part) for part in shape.dash)}"' if shape.dash else ""
        return (
            f'<line x1="{_n(shape.x1)}" y1="{_n(shape.y1)}" x2="{_n(shape.x2)}" y2="{_n(shape.y2)}"'
            f' stroke="{shape.colour}" stroke-width="{_n(shape.width)}"{dash}/>'
        )
    weight = ' font-weight="600"' if shape.bold else ""
    return (
        f'<text x="{_n(shape.x)}" y="{_n(shape.y)}" text-anchor="{shape.anchor}" font-family="{escape(family)}"'
        f' font-size="{_n(shape.size)}"{weight} fill="{shape.colour}">{escape(shape.text)}</text>'
    )


def svg(data: VerticalBars | HorizontalBars, tokens: ChartTokens, width: int, height: int) -> str:
    """The chart as SVG text of ``width`` x ``height`` pixels, with its sentence as title.

    In the window: ``chart.draw(lambda w, h: svg(data, tokens, w, h), sentence(data))``.
    """
    drawn = (
        vertical(data, tokens, width, height)
        if isinstance(data, VerticalBars)
        else horizontal(data, tokens, width, height)
    )
    shapes = "".join(_svg_shape(shape, tokens.family) for shape in drawn.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f"<title>{escape(sentence(data))}</title>{shapes}</svg>"
    )
