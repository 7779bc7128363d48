"""Lines that name a branch or a cell for the rows below: ``I. Ấp Trà Quýt``, ``Ấp An Hòa:``, ``Tổ 2``; and what the
titles and the name of a sheet say of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from sochihoi.domain.vietnamese import fold, nfc
from sochihoi.intake.columns import definitions, label_key
from sochihoi.intake.legacy import Encoding, decode, guess, with_beginnings
from sochihoi.intake.values import branch_name, cell_name

_COUNT: Final = re.compile(r"[(:–-]*\s*\d+\s*(?:hội viên|hv|người|chị|thành viên|đ/c)?\s*\)?", re.IGNORECASE)
_ORDINAL: Final = re.compile(r"[IVXLC]+|[A-ZĐ]")
_NUMBERED: Final = re.compile(r"(?:(?P<sure>[IVXLC]+|[A-ZĐ])\s*[.)/–-]|(?P<digits>\d{1,2})\s*[.)/-])\s*(?P<rest>\D.*)")
_CELL: Final = re.compile(r"tổ(?: phụ nữ| hội)?(?: số)? \S{1,12}", re.IGNORECASE)
_CELL_WORD: Final = re.compile(r"(?<=tổ)(?: phụ nữ| hội| số)+(?= \S*\d)", re.IGNORECASE)
_IN_TITLE: Final = re.compile(r"\b(?:chi hội(?: phụ nữ)?|(?-i:CHPN|CH))\s*:?\s+(?P<name>.+)", re.IGNORECASE)
_AFTER_NAME: Final = re.compile(
    r"(?:\s*[,;(–]|\s-|\s+(?:năm \d|xã\b|phường\b|đặc khu\b|quý\b|tháng \d|nhiệm kỳ\b|đến\b|tính đến\b)).*",
    re.IGNORECASE,
)
_LONGEST_NAME: Final = 6
_NO_NAME: Final = {"chi hoi", "chi hoi phu nu"}


@dataclass(frozen=True, slots=True)
class Section:
    """What the rows below belong to: a branch, or a cell of it. ``sure``: its words say so, not its looks."""

    name: str
    is_cell: bool = False
    sure: bool = False


@cache
def _places() -> tuple[str, ...]:
    return tuple(definitions()["places"]["words"])


def names_place(text: str) -> bool:
    """Whether a text begins as the name of a place does: ``Ấp …``, ``Thôn …``. Without accents only what is plain."""
    plain = text.isascii()
    for word in _places():
        said = fold(word) if plain else word.lower()
        if plain and said in definitions()["places"]["only_with_accents"]:
            continue
        if text.lower().startswith(f"{said} "):
            return True
    return False


def section_in(filled: Sequence[str], *, stands_out: bool) -> Section | None:
    """The section that a row names whose only texts are ``filled``; ``stands_out``: merged over columns, or bold.

    A number of members, a roman number or a letter may stand beside it.
    """
    words = [text for text in filled if not _COUNT.fullmatch(text) and not _ORDINAL.fullmatch(text.rstrip(".)/"))]
    if len(words) != 1:
        return None
    text = words[0]
    numbered = len(words) < len(filled) and any(_ORDINAL.fullmatch(text.rstrip(".)/")) for text in filled)
    if match := _NUMBERED.fullmatch(text):
        numbered, text = numbered or match["sure"] is not None, match["rest"]
    named = re.sub(r"[\s:;.]*(?:[(:–-]\s*\d+[^)]*\)?)?[\s:;.]*$", "", text)
    colon = text.rstrip().endswith(":")
    if not named or not named[0].isalpha() or _is_remark(named):
        return None
    if _CELL.fullmatch(named) and not names_place(named):
        return Section(cell_name(_CELL_WORD.sub("", named)), is_cell=True, sure=True)
    if label_key(named) in _NO_NAME:
        return None
    if label_key(named).startswith("chi hoi ") or names_place(named):
        return Section(branch_name(named), sure=True)
    short = len(named.split()) <= _LONGEST_NAME
    return Section(branch_name(named)) if short and (numbered or colon or stands_out) else None


def is_remark(filled: Sequence[str]) -> bool:
    """A line of words below or between the rows: ``Ghi chú: …``, or a sentence."""
    return len(filled) == 1 and (_is_remark(filled[0]) or len(filled[0].split()) > _LONGEST_NAME + 2)


def is_letterhead(filled: Sequence[str]) -> bool:
    """A line of what stands above every list: the Union's name, the national motto."""
    parts = tuple(label_key(one) for one in definitions()["rows"]["letterheads"])
    return any(part in label_key(text) for text in filled for part in parts)


def branch_in_title_line(filled: Sequence[str]) -> str:
    """The branch that a title between the rows names, where one sheet has the lists of several branches; else ""."""
    titles = [text for text in filled if label_key(text).startswith(("danh sach ", "chi hoi "))]
    return branch_in_titles(titles) if len(filled) <= _TITLE_TEXTS else ""


_TITLE_TEXTS: Final = 2


def _is_remark(text: str) -> bool:
    return fold(text).startswith(tuple(fold(one) for one in definitions()["rows"]["remarks"]))


def branch_in_titles(titles: Iterable[str]) -> str:
    """The branch that the titles above a list name: ``CHI HỘI ẤP AN HÒA``, ``… của Chi hội Thôn Đông năm 2026``; "" for
    none."""
    for title in map(nfc, titles):
        match = _IN_TITLE.search(title)
        name = _AFTER_NAME.sub("", match["name"]).strip(" .:") if match else ""
        at_start = match is not None and match.start() == 0
        if name and (at_start or names_place(name) or name[0].isdigit()) and not _is_remark(name):
            return branch_name(f"{'CHI HỘI' if title.isupper() else 'Chi hội'} {name}")
        if names_place(title) and len(title.split()) <= _LONGEST_NAME:
            return branch_name(title.rstrip(" .:"))
    return ""


@cache
def _before_place() -> re.Pattern[str]:
    words = sorted(definitions()["places"]["before"], key=len, reverse=True)
    return re.compile(rf"^(?:(?:{'|'.join(map(re.escape, words))})[\s._-]+)+", re.IGNORECASE)


def branch_in_sheet(name: str, *, several: bool) -> str:
    """The branch that a sheet is called after; "" when its name is one that any sheet has. ``several``: the workbook
    has more than one list, so that the names of its sheets tell them apart."""
    old = guess([name]).encoding
    bare = nfc(name if old is Encoding.UNICODE else with_beginnings(decode(name, old)))
    for known in (bare, _before_place().sub("", bare)):
        if names_place(known) or label_key(known).startswith("chi hoi "):
            return branch_name(known)
    any_name = {label_key(one) for one in definitions()["places"]["sheets"]}
    plain = re.sub(r"\d+", "", label_key(bare)).strip()
    return branch_name(bare) if several and plain and plain not in any_name else ""
