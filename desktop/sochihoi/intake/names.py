"""How a name is written: without the form of address before it, with initial capitals."""

from __future__ import annotations

import re
from typing import Final

from sochihoi.domain.vietnamese import nfc, unshout, with_capitals

# "Bà Thị Lan" may be a name as it stands: then a family name would be missing behind it.
_ADDRESS: Final = re.compile(r"(?:đ/c|đ\.c\.?|đồng chí|bà|chị|cô)[.:]?\s+(?!thị\b)(?=\S+\s+\S)", re.IGNORECASE)
_LETTERS: Final = re.compile(r"[^\W\d_]+")


def without_address(text: str) -> str:
    """``Bà Nguyễn Thị Lan`` is ``Nguyễn Thị Lan``; ``Chị Hai`` stays, there is nothing else to call her by."""
    return _ADDRESS.sub("", nfc(text), count=1) if _ADDRESS.match(nfc(text)) else nfc(text)


def with_initials(text: str) -> str:
    """``LÊ THỊ LAN``, ``lê thị lan`` and ``lê thị LAN`` are ``Lê Thị Lan``, and so is what an old font left small."""
    name = with_capitals(text)
    words = name.split()
    if name.islower():
        return " ".join(map(_initial, words))
    if not name.isupper() and any(len(word) > 1 and word.isupper() for word in words):
        return " ".join(_quiet(word) if word.isupper() else _initial(word) for word in words)
    return unshout(name)


def _initial(word: str) -> str:
    return word[0].upper() + word[1:] if word.islower() else word


def _quiet(word: str) -> str:
    return _LETTERS.sub(lambda part: part[0][0] + part[0][1:].lower(), word)
