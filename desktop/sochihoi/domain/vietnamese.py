"""Vietnamese text: one form for storing, one for searching, one for sorting, one for comparing names.

Alphabet a ă â b c d đ e ê … u ư v x y; tones level < huyền < hỏi < ngã < sắc < nặng as a second key, as in the Unicode
collation of Vietnamese. People are listed by given name (last word), then family name, then middle.
"""

from __future__ import annotations

import re
import unicodedata

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_QUALITY = {"\u0306": "breve", "\u0302": "circumflex", "\u031b": "horn"}
_LETTERS = {("a", "breve"): "ă", ("a", "circumflex"): "â", ("e", "circumflex"): "ê"}
_LETTERS |= {("o", "circumflex"): "ô", ("o", "horn"): "ơ", ("u", "horn"): "ư"}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# Letters begin above the digits and the lengths of numbers, so that numbers come first: plain ASCII, Z to z.
_WEIGHT = {letter: chr(0x5A + place) for place, letter in enumerate(_ALPHABET)}
_LONGEST_NUMBER = 40
_BEYOND = "\x7f\x7f"
_PART_END = "\x01"
_TONE_MARK = "\x02"
_RUNS = re.compile(r"[0-9]+|\D")


def nfc(text: str) -> str:
    """One line as it is stored: NFC, no control or direction characters, single spaces, none at the ends."""
    return " ".join(_without_controls(text).split())


def nfc_lines(text: str) -> str:
    """Several lines as they are stored: every line through ``nfc``; no blank lines at either end, none doubled."""
    lines = [nfc(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _without_controls(text: str) -> str:
    """Control characters that stand for space become spaces; the rest, and all invisible format characters, go."""
    if text.isprintable():  # nothing of that kind stands in it
        return unicodedata.normalize("NFC", text)
    kept = []
    for sign in text:
        kind = unicodedata.category(sign)
        if sign.isspace() or kind in {"Zl", "Zp", "Zs"}:
            kept.append(" ")
        elif kind not in {"Cc", "Cf", "Cs"}:
            kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept))


def fold(text: str) -> str:
    """Small letters without marks, đ as d: what a search compares. ``Đặng Thị Hoà`` is ``dang thi hoa``."""
    bare = unicodedata.normalize("NFD", nfc(text).lower())
    return "".join("d" if sign == "đ" else sign for sign in bare if not unicodedata.combining(sign))


def given_name(full_name: str) -> str:
    """The last word of a name; "" when there is no name."""
    words = nfc(full_name).split()
    return words[-1] if words else ""


def unshout(name: str) -> str:
    """``TRỊNH THÚY ÁNH`` as ``Trịnh Thúy Ánh``; a name that has any small letter stays as it was typed."""
    clean = nfc(name)
    if not clean.isupper():
        return clean
    return " ".join(word[:1] + word[1:].lower() for word in clean.split())


def with_capitals(name: str) -> str:
    """``Hồ Thị Bích ánh`` as ``Hồ Thị Bích Ánh``: old fonts had no accented capitals. Only beside words that have one.

    A name all in capitals is ``unshout``'s.
    """
    words = nfc(name).split()
    if not any(word[0].isupper() for word in words):
        return " ".join(words)
    return " ".join(word if word[0].isascii() else word[0].upper() + word[1:] for word in words)


def sort_key(full_name: str) -> str:
    """A string whose plain binary order is the order of a list of people: given, family, then middle name.

    Made of ASCII for every Vietnamese name, so that SQLite's BINARY collation sorts it.
    """
    words = nfc(full_name).split()
    ordered = [*words[-1:], *words[:-1]]
    return _PART_END.join(_word_key(word) for word in ordered)


def text_key(text: str) -> str:
    """The same alphabet in reading order, numbers by their value: ``Tổ 2`` comes before ``Tổ 10``."""
    words = nfc(text).split()
    letters = _PART_END.join(_split(word)[0] for word in words)
    tones = _PART_END.join(_split(word)[1] for word in words)
    return f"{letters}{_PART_END}{_PART_END}{tones}"


def match_key(name: str) -> str:
    """For comparing names wherever the tone mark was typed: ``Hoà`` and ``Hòa`` match, ``Hoa`` and ``Hòa`` do not.

    Compare for equality only; the text itself means nothing to a reader.
    """
    return " ".join(_match_word(word) for word in nfc(name).split())


def _match_word(word: str) -> str:
    letters, tones = _spell(word)
    return "".join(sign for sign in letters if sign.isalnum()) + tones


def _word_key(word: str) -> str:
    letters, tones = _split(word)
    return f"{letters}{_TONE_MARK}{tones}"


def _split(word: str) -> tuple[str, str]:
    letters, tones = _spell(word)
    return "".join(_weigh(run) for run in _RUNS.findall(letters)), tones


def _weigh(run: str) -> str:
    """The weight of one letter or of one whole number; hyphens, apostrophes and the like weigh nothing."""
    if run[0] in "0123456789":
        digits = run.lstrip("0") or "0"
        return chr(0x30 + min(len(digits), _LONGEST_NUMBER)) + digits
    if run in _WEIGHT:
        return _WEIGHT[run]
    return f"{_BEYOND}{run}" if run.isalnum() else ""


def _spell(word: str) -> tuple[str, str]:
    """The letters of the Vietnamese alphabet without tones, and the tones in order. Foreign marks are dropped."""
    letters: list[str] = []
    tones: list[str] = []
    for sign in unicodedata.normalize("NFD", word.lower()):
        if sign in _TONES:
            tones.append(_TONES[sign])
        elif sign in _QUALITY and letters:
            letters[-1] = _LETTERS.get((letters[-1], _QUALITY[sign]), letters[-1])
        elif not unicodedata.combining(sign):
            letters.append(sign)
    return "".join(letters), "".join(tones)
