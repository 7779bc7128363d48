"""What the window keeps between two starts, read so that a damaged file costs no more than the choice it held."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QApplication

from sochihoi.ui import style

LONGEST_LOCK = 240  # minutes


def geometry(settings: QSettings) -> QByteArray | None:
    """Place and size of the window; ``None`` when none is kept."""
    kept = settings.value("window/geometry")
    return kept if isinstance(kept, QByteArray) else None


def lock_minutes(settings: QSettings, otherwise: int) -> int:
    """After how many minutes the book locks itself."""
    try:
        kept = int(str(settings.value("lock/minutes", otherwise)))
    except ValueError:
        return otherwise
    return kept if 0 <= kept <= LONGEST_LOCK else otherwise


def last_page(settings: QSettings) -> str:
    """Key of the page that was shown last; "" when none is kept."""
    return str(settings.value("window/page", ""))


def theme(settings: QSettings) -> str:
    """``light``, ``dark`` or ``system``."""
    kept = str(settings.value("look/theme", "light"))
    return kept if kept in (*style.THEMES, "system") else "light"


def text_size(settings: QSettings) -> str:
    """``medium``, ``large`` or ``largest``."""
    kept = str(settings.value("look/text", "medium"))
    return kept if kept in style.TEXT_SCALES else "medium"


def apply_look(settings: QSettings) -> None:
    """Put the remembered theme and text size on the application."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        style.apply(app, theme(settings), style.TEXT_SCALES[text_size(settings)])
