"""Numbers in words: which of those that an officer wrote rest on a draft whose figures have changed since.

A number is known by its value, however it is spelled (``1250`` and ``1.250``, ``77,5%`` and ``77,5 %``, ``5/2/2026``
and ``05/02/2026``), and by the word behind it: ``50 hội viên`` is not ``50 lượt``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_ONE: Final = r"\d+(?:\.\d{3}(?!\d))*(?:[.,]\d{1,2}(?!\d))?"
_NUMBER: Final = re.compile(rf"(?<![\w/,.])({_ONE}(?:\s?/\s?{_ONE}){{0,2}})(?:\s?(%)|\s+(\w+))?")

Value = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """One number: as it is spelled, its value, and the word behind it."""

    text: str
    value: Value
    word: str

    @property
    def meant(self) -> tuple[Value, str]:
        """What it is a number of."""
        return self.value, self.word


def no_longer_said(content: str, before: str, now: str) -> tuple[str, ...]:
    """Numbers of ``content`` that came from the draft ``before`` and that the draft ``now`` has no more, in order.

    A number that ``now`` still says of something else is named when ``content`` says it of the same as before.
    """
    then, today, hers = list(_numbers(before)), list(_numbers(now)), list(_numbers(content))
    gone = {one.value for one in then} - {one.value for one in today}
    told, left, own = (Counter(one.meant for one in some) for some in (then, today, hers))
    changed = {meant for meant, count in told.items() if left[meant] < min(count, own[meant])}
    return tuple(dict.fromkeys(one.text for one in hers if one.value in gone or one.meant in changed))


def _numbers(text: str) -> Iterator[_Said]:
    for found in _NUMBER.finditer(text):
        shown = found[1] + (text[found.end(1) : found.end(2)] if found[2] else "")
        parts = tuple(_value(part.strip()) for part in found[1].split("/"))
        yield _Said(shown, parts, found[2] or (found[3] or "").lower())


def _value(text: str) -> str:
    """``1.250`` -> ``1250``; ``100,0`` -> ``100``; ``05`` -> ``5``; ``77.5`` -> ``77,5``."""
    whole, comma, decimals = re.sub(r"\.(?=\d{3}(?!\d))", "", text).replace(".", ",").partition(",")
    kept = decimals.rstrip("0")
    return f"{int(whole)}{comma if kept else ''}{kept}"
