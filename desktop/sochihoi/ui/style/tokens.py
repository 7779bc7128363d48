"""Colours, sizes and spaces. Lengths are pixels at text size "Vừa"; the text size scales them.

Contrast of every pair in use is a test (WCAG 2.1 AA: 4.5 for text, 3 for outlines).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

FONT_FAMILIES: Final = ("Chi Hoi Sans", "Segoe UI", "Noto Sans", "DejaVu Sans")  # digits of one width in all four
TEXT_SCALES: Final = {"medium": 1.0, "large": 1.15, "largest": 1.3}


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours of one theme. Names say what a colour is for, never which colour it is."""

    window: str  # behind everything
    nav: str  # left navigation
    surface: str  # cards, tables, inputs
    sunken: str  # table headers, read-only fields, zebra of closed months
    hover: str
    line: str  # hairlines between things
    edge: str  # outline of anything that can be typed into or clicked: 3:1
    text: str
    muted: str  # secondary text, still 4.5:1
    faint: str  # disabled text only
    accent: str  # lotus plum: primary action, current place, focus
    accent_hover: str
    on_accent: str
    accent_soft: str  # selection, current nav item
    on_accent_soft: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    info: str
    info_soft: str
    chart: str  # dark series
    chart_2: str  # light series: different lightness, so it survives a black and white printer
    chart_rule: str  # target line


LIGHT = Tokens(
    window="#F5F4F6",
    nav="#ECE9EE",
    surface="#FFFFFF",
    sunken="#F2F0F4",
    hover="#F4EDF1",
    line="#DEDAE2",
    edge="#8A8391",
    text="#211B26",
    muted="#5C5463",
    faint="#958D9C",
    accent="#862758",
    accent_hover="#6E1E47",
    on_accent="#FFFFFF",
    accent_soft="#F5E3EC",
    on_accent_soft="#6E1E47",
    ok="#1A6B3B",
    ok_soft="#E4F2E9",
    warn="#8A4F00",
    warn_soft="#FCEFD8",
    bad="#B3231A",
    bad_soft="#FCE7E4",
    info="#1C5A97",
    info_soft="#E4EEF8",
    chart="#862758",
    chart_2="#C9B7C4",
    chart_rule="#1C5A97",
)
DARK = Tokens(
    window="#19171C",
    nav="#131116",
    surface="#232027",
    sunken="#2C2831",
    hover="#352F39",
    line="#3D3844",
    edge="#8D8597",
    text="#EFEBF2",
    muted="#BBB3C3",
    faint="#7C7485",
    accent="#E8A0C6",
    accent_hover="#F3BBD8",
    on_accent="#33101F",
    accent_soft="#4A2A3B",
    on_accent_soft="#FAD3E6",
    ok="#7FD3A0",
    ok_soft="#1F3A2B",
    warn="#F0BC6C",
    warn_soft="#41311A",
    bad="#FF9E93",
    bad_soft="#4A2522",
    info="#93C3F5",
    info_soft="#1E3349",
    chart="#E8A0C6",
    chart_2="#6B5A67",
    chart_rule="#93C3F5",
)
THEMES = {"light": LIGHT, "dark": DARK}


@dataclass(frozen=True, slots=True)
class Sizes:
    """Pixels at scale 1. Spaces are multiples of 4."""

    small: int = 12  # captions, table headers, badges; nothing smaller anywhere
    body: int = 14
    head: int = 16  # card titles
    title: int = 20  # page title
    figure: int = 26  # one big number
    space_1: int = 4
    space_2: int = 8
    space_3: int = 12
    space_4: int = 16
    space_5: int = 20
    control: int = 34  # buttons, fields, combo boxes
    row: int = 32  # table row; 28 for rosters and grids ("dense")
    row_dense: int = 28
    nav_wide: int = 204
    nav_narrow: int = 56  # icons only, when window width / text scale is under 1240 px
    header: int = 56
    panel: int = 320  # detail panel at the right
    radius: int = 6
    icon: int = 18


def scaled(text_scale: float = 1.0) -> Sizes:
    """All lengths at a text size; the radius stays."""
    if text_scale == 1.0:
        return Sizes()
    plain = asdict(Sizes())
    return Sizes(**{name: px if name == "radius" else round(px * text_scale) for name, px in plain.items()})


TEXT_PAIRS = (
    [(front, back) for back in ("window", "nav", "surface", "sunken", "hover") for front in ("text", "muted")]
    + [
        ("accent", "surface"),
        ("accent", "window"),
        ("on_accent", "accent"),
        ("on_accent", "accent_hover"),
        ("on_accent_soft", "accent_soft"),
        ("text", "accent_soft"),
        ("muted", "accent_soft"),
        ("surface", "text"),
        ("accent_soft", "text"),
    ]
    + [(t, f"{t}_soft") for t in ("ok", "warn", "bad", "info")]
    + [(t, "surface") for t in ("ok", "warn", "bad", "info")]
    + [("text", f"{t}_soft") for t in ("ok", "warn", "bad", "info")]
)
SHAPE_PAIRS = [
    ("edge", "surface"),
    ("edge", "window"),
    ("accent", "surface"),
    ("chart", "surface"),
    ("chart_rule", "surface"),
]


def contrast(front: str, back: str) -> float:
    """WCAG 2.1 contrast ratio of two ``#RRGGBB`` colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((luminance(front), luminance(back)), reverse=True)
    return (high + 0.05) / (low + 0.05)
