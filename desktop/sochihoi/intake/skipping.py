"""Rows below a header that are no members: totals, headings of a branch, signatures, titles repeated on each page."""

from __future__ import annotations

import re
from functools import cache

from sochihoi.domain.vietnamese import fold
from sochihoi.intake.columns import Field, SheetMapping, definitions, repeats
from sochihoi.intake.draft import SkipCode
from sochihoi.intake.sections import Section, branch_in_title_line, is_letterhead, is_remark, section_in

_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-Za-z])\)?")
_PLACE_AND_DATE = re.compile(r"(?:.*, *)?ngày\b.*\btháng\b.*\bnăm\b.*", re.IGNORECASE)
_LETTER_NEXT = re.compile(r"\s*[^\W\d]")
_SURE = (Field.BIRTH, Field.BIRTH_MALE, Field.NATIONAL_ID, Field.PHONE)
_ENOUGH_NUMBERS = 3
_YEAR = 4  # digits: a number of members is shorter


@cache
def _starts(kind: str) -> tuple[str, ...]:
    return tuple(fold(text) for text in definitions()["rows"][kind])


@cache
def _totals() -> tuple[str, ...]:
    return tuple(definitions()["rows"]["totals"])


def skip_code(texts: tuple[str, ...], mapping: SheetMapping) -> SkipCode | None:
    """Why a row with something in it is no member, or None. ``texts`` are its cells in the order of the columns."""
    filled = [text for text in texts if text]
    number = mapping.columns.get(Field.NUMBER)
    if number is not None and filled == [texts[number]] and filled[0].isdigit():
        return SkipCode.ONLY_A_NUMBER
    if repeats(texts, mapping.header):
        return SkipCode.HEADER_AGAIN
    if len(filled) >= _ENOUGH_NUMBERS and all(_COLUMN_NUMBER.fullmatch(text) for text in filled):
        return SkipCode.COLUMN_NUMBERS
    if _is_signature(filled):
        return SkipCode.SIGNATURE
    sure = _has(Field.NAME, texts, mapping) and any(_has(field, texts, mapping) for field in _SURE)
    if _is_total(filled[0]) or (not sure and _is_total_without_accents(filled[0])):
        return SkipCode.TOTALS
    numbered = number is not None and texts[number].isdigit()
    above = not numbered and is_letterhead(filled)
    return SkipCode.REMARK if not sure and (above or is_remark(filled)) else None


def ends_below(texts: tuple[str, ...], mapping: SheetMapping) -> bool:
    """Whether a row below a signature is still part of the foot: neither numbered nor with a date or number of hers."""
    number = mapping.columns.get(Field.NUMBER)
    numbered = number is not None and texts[number].isdigit()
    return not numbered and not _says_something(texts, mapping)


def section_line(texts: tuple[str, ...], mapping: SheetMapping, *, stands_out: bool) -> Section | None:
    """The branch or cell that a row names for those below; None for any other row."""
    if _says_something(texts, mapping):
        return None
    filled = [text for text in texts if text]
    number = mapping.columns.get(Field.NUMBER)
    numbered = number is not None and texts[number].isdigit()
    found = section_in(filled, stands_out=stands_out and not numbered)
    if found is None and not numbered and (name := branch_in_title_line(filled)):
        return Section(name, sure=True)
    return found


def _says_something(texts: tuple[str, ...], mapping: SheetMapping) -> bool:
    """Whether a birth, an id or a phone stands in the row."""
    known = [texts[place] for field in _SURE if (place := mapping.columns.get(field)) is not None]
    return any(sum(sign.isdigit() for sign in text) >= _YEAR for text in known)


def _has(field: Field, texts: tuple[str, ...], mapping: SheetMapping) -> bool:
    return field in mapping.columns and bool(texts[mapping.columns[field]])


def _is_total(text: str) -> bool:
    """``Tổng cộng: 36 hội viên``, ``Cộng``; never a Mrs Tống, who has another mark and letters after the word."""
    for start in _totals():
        rest = text.lower().removeprefix(start.lower())
        if rest != text.lower() and (" " in start or not _LETTER_NEXT.match(rest)):
            return True
    return False


def _is_total_without_accents(text: str) -> bool:
    plain = fold(text)
    return any(plain.startswith(start) and not _LETTER_NEXT.match(plain[len(start) :]) for start in _starts("totals"))


def _is_signature(filled: list[str]) -> bool:
    return all(fold(text).startswith(_starts("signatures")) or _PLACE_AND_DATE.fullmatch(text) for text in filled)
