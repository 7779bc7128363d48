"""Badges: 12 px, 600, soft colour, one to three words. Colour is never the only sign: the words say it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy

from sochihoi.ui import style


@dataclass(frozen=True, slots=True)
class Badge:
    """``tone``: ``none`` (grey) · ``info`` · ``ok`` · ``warn`` · ``bad``."""

    text: str
    tone: str = "none"


def pill(text: str, tone: str = "none") -> QLabel:
    """A badge as a label."""
    made = QLabel(text)
    made.setProperty("pill", tone)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def set_pill(label: QLabel, text: str, tone: str) -> None:
    """Change a badge that is shown."""
    label.setText(text)
    style.set_property(label, "pill", tone)


def badge_font(base: QFont) -> QFont:
    """The badge's font, made from the font of the view."""
    font = QFont(base)
    font.setPixelSize(style.sizes().small)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def badge_width(text: str, base: QFont) -> float:
    """Pixels that a painted badge needs."""
    return QFontMetricsF(badge_font(base)).horizontalAdvance(text) + 2 * style.sizes().space_2


def paint_badge(painter: QPainter, left: float, middle: float, badge: Badge, base: QFont) -> float:
    """Paint a badge in a cell, its left edge at ``left`` and its centre line at ``middle``; gives its width."""
    tokens, size = style.tokens(), style.sizes()
    back = tokens.sunken if badge.tone == "none" else getattr(tokens, f"{badge.tone}_soft")
    front = tokens.muted if badge.tone == "none" else getattr(tokens, badge.tone)
    width, height = badge_width(badge.text, base), size.small + 8
    box = QRectF(left, middle - height / 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(back))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(front))
    painter.setFont(badge_font(base))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, badge.text)
    return width
