"""Ids and telephone numbers that Excel took for numbers: what was lost comes back where it can, and is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from sochihoi.domain.people import normalise_national_id
from sochihoi.domain.vietnamese import nfc
from sochihoi.intake.cells import cell_text
from sochihoi.intake.values import flag
from sochihoi.intake.workbook import Cell

_OLD, _OLD_SHORT, _NEW = 9, 8, 12
_POWER: Final = re.compile(r"(\d)(?:[.,](\d+))?\s*[eE]\s*\+?\s*(\d{1,2})")
_BETWEEN: Final = re.compile(r"[;/,\n\r|]|\s[-–]\s|\(|\)")
_ISSUED: Final = re.compile(r"(?:(?:ngày )?cấp(?: ngày)?:?\s*)?\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b", re.IGNORECASE)
_WORDS: Final = re.compile(r"\b(?:số|cmnd|cccd|cũ|mới|cc)\b:?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ids:
    """The numbers of one cell or two. ``mended``: zeros were put back; ``rounded``: only the shown form of a large
    number is left (9,2E+10), its digits are lost."""

    number: str = ""
    old: str = ""
    mended: bool = False
    rounded: bool = False


def number_text(cell: Cell) -> tuple[str, bool]:
    """A cell of digits as text, with what stands as a power of ten written out; whether digits are lost by it."""
    if not cell_text(cell):  # also a number that our own list hid
        return "", False
    text = cell_text(cell) if not isinstance(cell, str) else "\n".join(map(nfc, cell.splitlines())).strip("\n")
    text = text.lstrip("'’`")
    if flag(text) is False:  # "không có" is no number
        return "", False
    match = _POWER.fullmatch(text.strip())
    if match is None:
        return re.sub(r"(?<=\d{8})[.,]0+$", "", text), False
    digits, power = match[1] + (match[2] or ""), int(match[3])
    if len(digits) < power:  # 9,2E+10 shows two digits of eleven; 9,312E+10 not many more
        return text.strip(), True
    return digits.ljust(power + 1, "0"), False


def ids_in(new: Cell, old: Cell = "") -> Ids:
    """The national id and the old one of a row; either may stand in the other's column, or both in one cell."""
    number = before = ""
    mended = rounded = False
    for cell in (new, old):
        text, lost = number_text(cell)
        rounded |= lost
        for part in () if lost else _parts(text):
            digits, zeros = normalise_national_id(part)
            if _is_old(digits):
                zeros = len(digits) == _OLD_SHORT
                before = before or digits.zfill(_OLD)
            elif not number or (len(digits) == _NEW and len(number) != _NEW):
                number = digits
            mended |= zeros
    return Ids(number, before, mended, rounded)


def _is_old(digits: str) -> bool:
    return len(digits) in {_OLD, _OLD_SHORT} and digits.isascii() and digits.isdigit()


def _parts(text: str) -> list[str]:
    whole = normalise_national_id(text)[0]
    if whole.isascii() and whole.isdigit() and len(whole) <= _NEW:
        return [text]
    parts = [_WORDS.sub("", part).strip() for part in _BETWEEN.split(_ISSUED.sub("", text))]
    found = [part for part in parts if part]
    digits = [part for part in found if sum(sign.isdigit() for sign in part) >= _OLD_SHORT]
    return digits if len(digits) == len(found) and found else [text] if text.strip() else []
