"""Buttons, labels and cards in the roles of the style sheet: a page never writes a colour or a pixel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from sochihoi.ui import style


def button(text: str, press: Callable[[], Any] | None = None, role: str = "", icon: str = "") -> QPushButton:
    """A push button. ``role``: ``primary`` · ``""`` secondary · ``quiet`` · ``danger`` · ``chip`` (checkable
    filter).
    """
    # two leading spaces: under a style sheet Qt sticks the icon to the text
    made = QPushButton(f"  {text}" if icon else text)
    made.setAccessibleName(text.replace("&", ""))
    made.setAutoDefault(False)
    if role:
        made.setProperty("role", role)
    if icon:
        tone = {"primary": "on_accent", "quiet": "accent", "danger": "bad"}.get(role, "text")
        style.put_icon(made, icon, tone)
    if role == "chip":
        made.setCheckable(True)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    if press is not None:
        made.clicked.connect(lambda _on=False: press())
    return made


def icon_button(icon: str, name: str, press: Callable[[], Any] | None = None, keys: str = "") -> QToolButton:
    """A button of an icon only: ``name`` is its accessible name and, with the keys, its tooltip."""
    made = QToolButton()
    made.setProperty("role", "icon")
    made.setAccessibleName(name)
    made.setToolTip(f"{name} ({keys})" if keys else name)
    style.put_icon(made, icon, "text")
    if press is not None:
        made.clicked.connect(lambda _on=False: press())
    return made


def label(text: str, role: str = "", tone: str = "", *, wrap: bool = False) -> QLabel:
    """A label. ``role``: ``title`` · ``head`` · ``figure`` · ``small`` · ``caption``; ``tone``: ``muted`` · ``ok`` ·
    ``warn`` · …
    """
    made = QLabel(text)
    if role:
        made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def strong(text: str) -> str:
    """Weight 600 inside rich text (``<b>`` asks for 700, which our font does not have: a smeared false bold)."""
    return f'<span style="font-weight:600">{text}</span>'


def rule() -> QFrame:
    """A hairline between things."""
    made = QFrame()
    made.setProperty("kind", "rule")
    return made


class Card(QFrame):
    """White, outlined, 6 px round. Fill ``self.body``; ``head`` holds the title and what stands at its right."""

    def __init__(self, title: str = "", *, tight: bool = False) -> None:
        super().__init__()
        self.setObjectName("card")
        size = style.sizes()
        self.body = QVBoxLayout(self)
        edge = 0 if tight else size.space_4
        self.body.setContentsMargins(edge, edge, edge, edge)
        self.body.setSpacing(size.space_2)
        self.head = QHBoxLayout()
        if title:
            self.title = label(title, "head", wrap=True)  # a long title breaks; it never widens the page
            self.head.addWidget(self.title, 1)
            self.body.addLayout(self.head)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Append a widget to the card."""
        self.body.addWidget(widget, stretch)
