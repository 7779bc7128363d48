"""The look: tokens, sizes, style sheet, icons. A page never writes a colour or a pixel; it sets ``role``, ``tone``,
``kind``.
"""

from sochihoi.ui.style.icons import icon, pixmap, put_icon, retint
from sochihoi.ui.style.theme import apply, set_property, sizes, system_theme, tokens
from sochihoi.ui.style.tokens import DARK, LIGHT, TEXT_SCALES, THEMES, Sizes, Tokens

__all__ = [
    "DARK",
    "LIGHT",
    "TEXT_SCALES",
    "THEMES",
    "Sizes",
    "Tokens",
    "apply",
    "icon",
    "pixmap",
    "put_icon",
    "retint",
    "set_property",
    "sizes",
    "system_theme",
    "tokens",
]
