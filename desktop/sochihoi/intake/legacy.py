"""Letters of the fonts before Unicode: TCVN3 (ABC, fonts ``.Vn…``) and VNI-Windows (fonts ``VNI-…``), into NFC.

Tables: TCVN3 as in glibc's charset ``TCVN``, VNI-Windows as its fonts draw it. A TCVN3 file has no accented capitals
but Ă Â Đ Ê Ô Ơ Ư; the others are small letters drawn by a font whose name ends in H. What is Unicode stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from sochihoi.domain.syllables import is_syllable


class Encoding(StrEnum):
    """How the letters of a column are written."""

    UNICODE = "UNICODE"
    TCVN3 = "TCVN3"
    VNI = "VNI"


TCVN3_LETTERS: Final = (
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
)
TICKS: Final = frozenset("üþ✓☑✗☒☐√×")
"""Ticks, and how those of Wingdings are kept; the old fonts have letters there (ỹ, ỵ) that are no words."""
_TCVN3: Final = dict(zip(*TCVN3_LETTERS, strict=True))

_VNI_BASE: Final = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ô": "ơ", "ö": "ư"}
_VNI_TONES: Final = {"\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_VNI_BREVE: Final = {"": "ê", "\u0300": "è", "\u0301": "é", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
_VNI_CIRCUMFLEX: Final = {"": "â", "\u0300": "à", "\u0301": "á", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
_VNI_ALONE: Final = {"ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "ñ": "đ", "î": "ỵ"}


@cache
def vni_letters() -> dict[str, str]:
    """What each group of signs of a VNI font is, small and capital letters."""
    found = dict(_VNI_ALONE)
    for base, letter in _VNI_BASE.items():
        for tone, sign in _VNI_TONES.items():
            if (base, tone) != ("y", "\u0323"):  # ỵ has a sign of its own
                found[base + sign] = unicodedata.normalize("NFC", letter + tone)
    for tone, sign in _VNI_BREVE.items():
        found[f"a{sign}"] = unicodedata.normalize("NFC", f"ă{tone}")
    for tone, sign in _VNI_CIRCUMFLEX.items():
        for base in "aeo":
            hat = unicodedata.normalize("NFC", f"{base}\u0302{tone}")
            found[base + sign] = hat
    capitals = {}
    for signs, letter in found.items():
        for spelt in (signs.upper(), signs[0].upper() + signs[1:]):
            capitals[spelt] = letter.upper()
    return found | capitals


@cache
def _vni_signs() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, vni_letters()), key=len, reverse=True)))


def of_font(name: str) -> tuple[Encoding, bool]:
    """What a font's name tells, and whether it draws small letters as capitals."""
    plain = name.strip().lower()
    if plain.startswith(".vn"):
        return Encoding.TCVN3, plain.endswith("h")
    return (Encoding.VNI if plain.startswith("vni-") else Encoding.UNICODE), False


def decode(text: str, encoding: Encoding, *, capitals: bool = False) -> str:
    """A text of an old font in NFC. A text that holds letters which the old font cannot is Unicode and stays."""
    if encoding is Encoding.UNICODE or is_unicode(text):
        return unicodedata.normalize("NFC", text)
    if encoding is Encoding.VNI:
        return _vni_signs().sub(lambda found: vni_letters()[found[0]], text)
    read = "".join(_TCVN3.get(sign, sign) for sign in text)
    if capitals:
        return read.upper()
    return _WORDS.sub(_as_typed, read)


_WORDS: Final = re.compile(r"[^\W\d_]+")
# Accented capitals that the font has no letter for, where a text or a part of an address begins
_BEGINNING: Final = re.compile(r"(?:^|(?<=[,;:(–-] )|(?<=[,;:(\n]))[^\W\d_]")


def _as_typed(word: re.Match[str]) -> str:
    return word[0].upper() if _is_shouted(word[0]) else word[0]


def with_beginnings(text: str) -> str:
    """``ấp Trà Quýt`` with the capital that TCVN3 has no letter for: where a text or a part of it begins."""
    return _BEGINNING.sub(lambda found: found[0] if found[0].isascii() else found[0].upper(), text)


def _is_shouted(word: str) -> bool:
    """``TRầN``: typed in capitals, the accented letters had none. One letter alone tells nothing."""
    plain = [sign for sign in word if sign.isascii()]
    return len(plain) > 1 and all(sign.isupper() for sign in plain)


def is_unicode(text: str) -> bool:
    """Whether a letter beyond Latin-1 stands in it: no font of the old kind has one."""
    return any(ord(sign) > 0xFF and unicodedata.category(sign)[0] in "LM" for sign in text)


@dataclass(frozen=True, slots=True)
class Guess:
    """What the words of a column say. ``read``: words with signs beyond ASCII that become syllables; ``unread``: those
    that do not, as they would be read (letters that did not survive)."""

    encoding: Encoding
    read: int = 0
    unread: tuple[str, ...] = ()


def guess(texts: Iterable[str]) -> Guess:
    """The encoding under which most words are Vietnamese syllables; Unicode unless another one says more.

    The words are all that there is where the font is lost: a file saved as CSV, pasted, or made by another program.
    """
    kept = [text for text in texts if not is_unicode(text)]
    best = read_as(kept, Encoding.UNICODE)
    for encoding in (Encoding.TCVN3, Encoding.VNI):
        found = read_as(kept, encoding)
        if found.read > best.read:
            best = found
    return best


def read_as(texts: Iterable[str], encoding: Encoding) -> Guess:
    """How many words are syllables under one encoding, and which are none. Words of ASCII alone tell nothing, nor do
    ticks."""
    read, unread = 0, []
    for word in (word for text in texts for word in text.split() if not word.isascii() and word not in TICKS):
        parts = _WORDS.findall(decode(word, encoding))
        if parts and all(map(is_syllable, parts)) and not _strange(word, encoding):
            read += 1
        else:
            unread.append(" ".join(parts) or word)
    return Guess(encoding, read, tuple(unread))


def _strange(word: str, encoding: Encoding) -> bool:
    """Whether a letter stands in it that the font has no use for."""
    if encoding is Encoding.UNICODE:
        return False
    left = _vni_signs().sub("", word) if encoding is Encoding.VNI else "".join(s for s in word if s not in _TCVN3)
    return any(not sign.isascii() and sign.isalpha() for sign in left)


_NEARLY_ALL: Final = 0.8


def is_of_old_font(texts: Iterable[str], content: bytes) -> bool:
    """Whether bytes that are no Unicode are letters of TCVN3 or VNI: nearly all words read so, and fewer of them as
    Windows-1258."""
    found = guess(texts)
    if found.encoding is Encoding.UNICODE or found.read < _NEARLY_ALL * (found.read + len(found.unread)):
        return False
    windows = unicodedata.normalize("NFC", content.decode("cp1258", "replace"))
    return read_as(windows.split(), Encoding.UNICODE).read < found.read
