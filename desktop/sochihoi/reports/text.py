"""Text for ReportLab: plain strings made safe, styles, line breaking that keeps no-break spaces."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics

from sochihoi.reports.fonts import Typeface
from sochihoi.reports.layout import MM, Layout


def plain(text: str) -> str:
    """NFC (ReportLab sets combining marks naively), one line, no control characters."""
    spaced = "".join(" " if letter in "\t\n\r\v\f" else letter for letter in unicodedata.normalize("NFC", text))
    return "".join(letter for letter in spaced if unicodedata.category(letter) not in {"Cc", "Cf", "Cs"})


def markup(text: str) -> str:
    """``plain`` for a ReportLab paragraph, whose text is a little XML."""
    return escape(plain(text))


def width_of(text: str, font: str, size: float) -> float:
    """In points."""
    return float(pdfmetrics.stringWidth(text, font, size))


@cache
def _word_width(word: str, font: str, size: float) -> float:
    return width_of(word, font, size)


def wrap(text: str, font: str, size: float, room: float) -> list[str]:
    """Lines not wider than ``room``; breaks at plain spaces only, and inside a word that is longer than a line.

    Line feeds in ``text`` are kept.
    """
    lines: list[str] = []
    space = _word_width(" ", font, size)
    for part in text.split("\n"):
        line, used = "", 0.0
        for word in plain(part).split(" "):
            if not word:
                continue
            long = _word_width(word, font, size)
            if line and used + space + long <= room:
                line, used = f"{line} {word}", used + space + long
                continue
            if line:
                lines.append(line)
            while long > room and len(word) > 1:
                cut = next((n for n in range(len(word), 1, -1) if width_of(word[:n], font, size) <= room), 1)
                lines.append(word[:cut])
                word = word[cut:]
                long = width_of(word, font, size)
            line, used = word, long
        lines.append(line)
    return lines


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph styles of one layout in one typeface."""

    body: ParagraphStyle
    flush: ParagraphStyle
    centred: ParagraphStyle
    bullet: ParagraphStyle
    heading: ParagraphStyle
    caption: ParagraphStyle
    small: ParagraphStyle


def styles(layout: Layout, face: Typeface) -> Styles:
    """Made from the layout's numbers alone."""
    size = layout.body_pt
    body = ParagraphStyle(
        "body",
        fontName=face.regular,
        fontSize=size,
        leading=layout.body_line,
        alignment=TA_JUSTIFY,
        firstLineIndent=layout.first_line_mm * MM,
        spaceAfter=layout.after_paragraph_pt,
        allowWidows=0,
        allowOrphans=0,
    )
    flush = ParagraphStyle("flush", parent=body, firstLineIndent=0)
    return Styles(
        body=body,
        flush=flush,
        centred=ParagraphStyle("centred", parent=flush, alignment=TA_CENTER),
        bullet=ParagraphStyle("bullet", parent=body),
        heading=ParagraphStyle("heading", parent=body, fontName=face.bold, alignment=TA_LEFT),
        caption=ParagraphStyle(
            "caption",
            parent=flush,
            fontName=face.bold,
            fontSize=layout.caption_pt,
            leading=layout.caption_pt * layout.leading,
            alignment=TA_CENTER,
            spaceBefore=layout.after_paragraph_pt,
        ),
        small=ParagraphStyle(
            "small",
            parent=flush,
            fontSize=layout.recipients_pt,
            leading=layout.recipients_pt * layout.leading,
            alignment=TA_LEFT,
            spaceAfter=0,
        ),
    )
