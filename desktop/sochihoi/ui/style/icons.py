"""Lucide icons (ISC) in a token's colour, sharp at the screen's ratio. Taken at set-up into
``resources/built/icons``.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from sochihoi import paths
from sochihoi.ui.style.theme import sizes, tokens

# a ring: what is shown when set-up has not brought the icons yet, so that a missing file is seen and nothing breaks
_ABSENT = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2">'
    '<circle cx="12" cy="12" r="8"/></svg>'
)


absent: set[str] = set()  # names that set-up did not bring; a test wants it empty


@lru_cache(maxsize=256)
def source(name: str) -> str:
    """The SVG text of an icon, stroke ``currentColor``."""
    for folder in (paths.built() / "icons", paths.resources() / "style"):
        file = folder / f"{name}.svg"
        if file.is_file():
            return file.read_text(encoding="utf-8")
    absent.add(name)
    return _ABSENT


@lru_cache(maxsize=1024)
def _drawn(name: str, colour: str, px: int, ratio: float) -> QPixmap:
    made = QPixmap(round(px * ratio), round(px * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(source(name).replace("currentColor", colour).encode())).render(painter, QRectF(made.rect()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def pixmap(name: str, tone: str = "text", px: int = 0) -> QPixmap:
    """An icon as a picture. ``tone`` is the name of a token; ``px`` 0 means the icon size in use."""
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    return _drawn(name, getattr(tokens(), tone), px or sizes().icon, ratio)


def icon(name: str, tone: str = "text", px: int = 0) -> QIcon:
    """An icon for an action or a list row; disabled it is ``faint``."""
    made = QIcon(pixmap(name, tone, px))
    made.addPixmap(pixmap(name, "faint", px), QIcon.Mode.Disabled)
    return made


def put_icon(widget: QAbstractButton | QLabel, name: str, tone: str = "text", px: int = 0) -> None:
    """Put an icon on a button or label and remember it, so that another theme tints it anew."""
    widget.setProperty("icon_name", name)
    widget.setProperty("icon_tone", tone)
    widget.setProperty("icon_px", px)
    _show(widget)


def _show(widget: QWidget) -> None:
    name, tone, px = widget.property("icon_name"), widget.property("icon_tone"), widget.property("icon_px")
    if isinstance(widget, QLabel):
        widget.setPixmap(pixmap(name, tone, px))
    elif isinstance(widget, QAbstractButton):
        side = px or sizes().icon
        widget.setIconSize(QSize(side, side))
        widget.setIcon(icon(name, tone, px))


def retint(app: QApplication) -> None:
    """Tint every icon of every widget in the colours now in use."""
    for widget in app.allWidgets():
        if widget.property("icon_name"):
            _show(widget)
