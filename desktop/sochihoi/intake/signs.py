"""Fonts that draw ticks in place of letters: what a single sign of theirs is in Unicode.

Tables: Wingdings, Wingdings 2 and Webdings as the Unicode Consortium maps them, Symbol as Adobe's encoding, Marlett as
Windows draws its menus. Only what lists tick with stands here; any other letter of these fonts stays as it is.
"""

from __future__ import annotations

from typing import Final

_TICK, _TICKED_BOX, _CROSS, _CROSSED_BOX, _BOX = "✓☑✗☒☐"
_SIGNS: Final = {
    "wingdings": {
        "ü": _TICK,
        "þ": _TICKED_BOX,
        "û": _CROSS,
        "ý": _CROSSED_BOX,
        "o": _BOX,
        "¨": _BOX,
        "q": _BOX,
    },
    "wingdings 2": {
        "P": _TICK,
        "R": _TICKED_BOX,
        "O": _CROSS,
        "Q": _CROSSED_BOX,
        "S": _CROSSED_BOX,
        "T": _CROSSED_BOX,
        "£": _BOX,
    },
    "webdings": {"a": _TICK, "r": _CROSS, "c": _BOX},
    "marlett": {"a": _TICK, "b": _TICK, "r": _CROSS},
    "symbol": {"Ö": "√", "´": "×"},
}
_PRIVATE: Final = 0xF000
"""Word keeps the letters of such fonts here, and what is pasted from it does too."""


def is_of_signs(font: str) -> bool:
    """Whether a font's name is that of one of these."""
    return font.strip().lower() in _SIGNS


def sign_of(text: str, font: str) -> str | None:
    """What the only sign of a cell is in Unicode; None for any other text: somebody typed it into a
    cell that has the font of ticks."""
    bare = text.strip()
    if len(bare) != 1:
        return None
    shown = chr(ord(bare) - _PRIVATE) if _PRIVATE < ord(bare) <= _PRIVATE + 0xFF else bare
    return _SIGNS[font.strip().lower()].get(shown)
