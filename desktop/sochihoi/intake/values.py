"""What single texts of a list mean: a household group, yes or no, the name of a branch or cell, another commune."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from sochihoi.domain.households import HouseholdGroup
from sochihoi.domain.people import phones_in
from sochihoi.domain.vietnamese import match_key, nfc, unshout
from sochihoi.intake.columns import definitions, label_key

_BRANCH_PREFIX = re.compile(r"(?:chi hội(?: phụ nữ)?|chi hoi(?: phu nu)?)\s+(.+)", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:số\s*)?(?:\d+\s*\w?|[ivx]+|\w)", re.IGNORECASE)
_SHORT_PREFIX = re.compile(r"(?:CHPN|CH|Ch\.)\s*[.:]?\s+(?=\S)")
_PHONE_INSIDE = re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){8,10}(?![ .-]?\d)")
_ITS_NUMBER = re.compile(rf"(?<= )(?:{re.escape(match_key('số'))} )?0*(?=\d)|(?<= ){re.escape(match_key('số'))} (?=\d)")
_BARE_NUMBER = re.compile(r"(?:tổ\s+)?0*(\d+)", re.IGNORECASE)
# "xã hội" is no commune: the national motto stands above every list.
_COMMUNE = re.compile(r"\b(?:xã|phường|đặc khu|thị trấn)\s+(?!hội\b)([^,;:()–-]+)", re.IGNORECASE)
_AFTER_COMMUNE = re.compile(r"\s+(?:năm|tỉnh|thành phố|huyện|quận|quý|tháng|khóa|khoá|nhiệm kỳ)\b.*", re.IGNORECASE)
_LONG_NUMBER = 8
_IN_BRACKETS = re.compile(r"[(\[]\s*([^()\[\]]*?)\s*[)\]]")
_TICKS = frozenset("✓✔√☑×+*●•þü\uf0fc\uf0fe")  # the last four as Wingdings keeps its ticks
_AS_TYPED = re.compile(r"\d+\w*|KP\d*|TDP\d*|KDC\d*")
_ROMAN = re.compile(r"I{1,3}|I?V|VI{2,3}|I?X|XI{2,3}|XI?V")  # Vi and Xi are words as well
_CROSSES = frozenset("☒✗✘✕✖")  # some tick with them, others strike out


@cache
def _groups() -> dict[str, HouseholdGroup]:
    groups = definitions()["groups"]
    return {label_key(text): HouseholdGroup(name) for name, group in groups.items() for text in group["texts"]}


@cache
def _flags() -> dict[str, bool]:
    flags = definitions()["flags"]
    yes = {label_key(text): True for text in flags["yes"]}
    return yes | {label_key(text): False for text in flags["no"]}


def household_group(text: str) -> HouseholdGroup | None:
    """The group that a text names; None when it is none that we know. An empty text is no group."""
    key = label_key(text)
    return _groups().get(key) if key else HouseholdGroup.NONE


def flag(text: str) -> bool | None:
    """Yes or no; None when it is neither. Empty is no; a tick, a date or a card number is yes."""
    whole = _IN_BRACKETS.fullmatch(text.strip())
    sign = whole[1] if whole else text.strip()
    if sign in _TICKS or sign in _CROSSES:
        return True if sign in _TICKS else None
    key = label_key(sign)
    if not key:
        return False
    if sum(sign.isdigit() for sign in key) >= _LONG_NUMBER:
        return True
    return _flags().get(key)


def spoken(text: str, column: str) -> str:
    """What a column of free words says: "no" says nothing, a tick says the words that the definitions give it."""
    said = flag(text) if sum(sign.isdigit() for sign in text) < _LONG_NUMBER else None
    if said is None:
        return text
    return str(definitions()["flags"]["ticked"][column]) if said else ""


def unit_name(text: str) -> str:
    """The name of a place, branch or cell with its capitals: ``TỔ DÂN PHỐ SỐ 2A`` is ``Tổ dân phố số 2A``, ``thôn III``
    is ``Thôn III``. What was not shouted stays but for its first letter."""
    text = _with_marks(nfc(text))
    typed = text.split()
    if not typed or not text.isupper():
        return text[:1].upper() + text[1:]
    last = len(typed) - 1
    kept = {
        at for at, word in enumerate(typed) if _AS_TYPED.fullmatch(word) or (at == last > 0 and _ROMAN.fullmatch(word))
    }
    name = " ".join(word if at in kept else unshout(word) for at, word in enumerate(typed))
    for word in sorted(definitions()["places"]["words"], key=len, reverse=True):
        if name.lower().startswith(f"{word.lower()} "):
            name = word + name[len(word) :].replace(" Số ", " số ", 1)
            break
    return name


def _with_marks(text: str) -> str:
    """``AP 1`` and ``thon II`` with the marks that the kind of a place has; of a name nobody can tell them."""
    kind, _blank, rest = text.rpartition(" ")
    if not kind or not text.isascii() or not (_AS_TYPED.fullmatch(rest.upper()) or _ROMAN.fullmatch(rest.upper())):
        return text
    word = next((one for one in definitions()["places"]["words"] if label_key(one) == kind.lower()), None)
    known = word is not None and kind.lower() not in definitions()["places"]["only_with_accents"]
    return f"{word} {rest}" if known else text


def phones_inside(text: str) -> str:
    """The telephone numbers that stand between other words, as a cell of numbers would hold them; "" for none."""
    found = (number for said in _PHONE_INSIDE.findall(text) for number in phones_in(said))
    return "; ".join(dict.fromkeys(number for number in found if number))


def branch_name(text: str) -> str:
    """``Chi hội Thôn Đông`` and ``CH Thôn Đông`` are ``Thôn Đông``; ``Chi hội 01`` stays, since 01 alone names
    nothing."""
    text = _SHORT_PREFIX.sub("Chi hội ", nfc(text), count=1) if _SHORT_PREFIX.match(nfc(text)) else text
    name = unit_name(text)
    match = _BRANCH_PREFIX.fullmatch(nfc(text))
    if match is None or _NUMBERED.fullmatch(match[1]):
        return name
    return unit_name(match[1])


def branch_key(text: str) -> str:
    """Equal for two spellings of a branch: ``Chi hội Ấp Hoà`` and ``Ấp Hòa``, ``Chi hội số 01`` and ``chi hội 1``."""
    key = match_key(branch_name(text)).replace(f"{match_key('chi hội phụ nữ')} ", f"{match_key('chi hội')} ")
    return _ITS_NUMBER.sub("", key)


def cell_name(text: str) -> str:
    """``Tổ 1``, also of ``Tổ 01``; a bare number is a cell of that number."""
    name = unit_name(text)
    match = _BARE_NUMBER.fullmatch(name)
    return f"Tổ {match[1]}" if match else name


def other_commune(titles: Iterable[str], known: Iterable[str]) -> str | None:
    """The first title that names a commune which is none of ``known`` (names with or without "xã"). Without any known
    name there is nothing to compare with."""
    ours = {match_key(_bare_commune(name)) for name in known}
    for title in titles if ours else ():
        match = _COMMUNE.search(nfc(title))
        if match and match_key(_AFTER_COMMUNE.sub("", match[1])) not in ours:
            return title
    return None


def _bare_commune(name: str) -> str:
    match = _COMMUNE.fullmatch(nfc(name))
    return match[1] if match else name
