"""The look in use, and how it is put on the application: Fusion, palette, font, sheet, in this order."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from sochihoi import paths
from sochihoi.ui.style.sheet import sheet
from sochihoi.ui.style.tokens import FONT_FAMILIES, LIGHT, THEMES, Sizes, Tokens, scaled

_in_use: list[tuple[Tokens, Sizes]] = [(LIGHT, Sizes())]


def tokens() -> Tokens:
    """Colours of the theme in use."""
    return _in_use[0][0]


def sizes() -> Sizes:
    """Lengths of the text size in use."""
    return _in_use[0][1]


def system_theme() -> str:
    """``light`` or ``dark``, as Windows is set."""
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Change a dynamic property and restyle: Qt does not do the second by itself."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    QWidget.update(widget)  # item views have an update of their own


@cache
def _fonts_loaded() -> tuple[int, ...]:
    folder = paths.built() / "fonts"
    found = sorted(folder.glob("*.ttf")) if folder.is_dir() else []
    return tuple(QFontDatabase.addApplicationFont(str(file)) for file in found)


def apply(app: QApplication, theme: str = "light", text_scale: float = 1.0) -> None:
    """Put a look on the application; call again to switch while running. ``theme``: ``light`` · ``dark`` ·
    ``system``.
    """
    from sochihoi.ui.style.icons import retint

    colours = THEMES[system_theme() if theme == "system" else theme]
    size = scaled(text_scale)
    if _in_use[0] == (colours, size) and app.styleSheet():
        return  # restyling every widget costs; nothing would change
    _in_use[0] = (colours, size)
    _fonts_loaded()
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(_palette(colours))
    font = QFont()
    font.setFamilies(list(FONT_FAMILIES))
    font.setPixelSize(size.body)
    app.setFont(font)
    app.setStyleSheet(sheet(colours, size))
    retint(app)


def _palette(colours: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for key, colour in {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.sunken,
        role.Text: colours.text,
        role.Button: colours.surface,
        role.ButtonText: colours.text,
        role.BrightText: colours.bad,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.ToolTipBase: colours.text,
        role.ToolTipText: colours.surface,
        role.PlaceholderText: colours.muted,
        role.Accent: colours.accent,
        role.Light: colours.surface,
        role.Midlight: colours.sunken,
        role.Mid: colours.line,
        role.Dark: colours.edge,
        role.Shadow: colours.edge,
    }.items():
        palette.setColor(key, QColor(colour))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(colours.faint))
    return palette
