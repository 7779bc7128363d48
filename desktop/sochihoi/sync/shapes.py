"""Strict reading of one JSON object: every key is taken once with its type and range, and none may be left over."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from sochihoi.domain.periods import BadPeriod, Period
from sochihoi.sync.errors import Code, Refused

UNIT = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]{0,31}", re.ASCII)
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)
HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
FINGERPRINT = re.compile(r"SHA256:[0-9A-Za-z+/]{43}", re.ASCII)
AGE_KEY = re.compile(r"age1[02-9ac-hj-np-z]{58}", re.ASCII)
NAME = re.compile(r"[A-Za-z][0-9A-Za-z_.\-]{0,63}", re.ASCII)  # codes of indicators, targets, levels
VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_\-]{0,31}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)

# Control, format (bidirectional marks, zero width), surrogate, private use, line and paragraph separators: none of
# them is seen on a screen, all of them can make one name look like another.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def is_plain(text: str) -> bool:
    """Whether a text shows all that it holds: NFC, nothing unseen, no blank at its ends."""
    return (
        unicodedata.normalize("NFC", text) == text
        and text == text.strip()
        and not any(unicodedata.category(letter) in _UNSEEN for letter in text)
    )


def is_time(text: str) -> bool:
    """Whether it is ``YYYY-MM-DDThh:mm:ssZ`` of a day and a second that exist."""
    if not _TIME.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


class Fields:
    """The keys of one object. ``code`` is the refusal for whatever does not fit; ``where`` names the object in it."""

    def __init__(self, raw: object, code: Code, where: str) -> None:
        """Raises ``Refused`` when ``raw`` is no object."""
        self._code = code
        self._where = where
        if type(raw) is not dict:
            raise Refused(code, where)
        self._left: dict[str, Any] = dict(raw)

    def has(self, key: str) -> bool:
        """Whether an optional key is there and not yet taken."""
        return key in self._left

    def match(self, key: str, shape: re.Pattern[str]) -> str:
        """A string that the shape fits as a whole."""
        value = self._take(key)
        if type(value) is not str or not shape.fullmatch(value):
            raise self.bad(key)
        return value

    def maybe_match(self, key: str, shape: re.Pattern[str]) -> str | None:
        """The same for an optional key."""
        return self.match(key, shape) if self.has(key) else None

    def integer(self, key: str, low: int, high: int) -> int:
        """A whole number within both limits; ``true`` is none."""
        value = self._take(key)
        if type(value) is not int or not low <= value <= high:
            raise self.bad(key)
        return value

    def maybe_integer(self, key: str, low: int, high: int) -> int | None:
        """The same for an optional key."""
        return self.integer(key, low, high) if self.has(key) else None

    def words(self, key: str, limit: int) -> str:
        """A text for people: plain, not empty, at most ``limit`` characters."""
        value = self._take(key)
        if type(value) is not str or not 1 <= len(value) <= limit or not is_plain(value):
            raise self.bad(key)
        return value

    def maybe_words(self, key: str, limit: int) -> str:
        """The same for an optional key; ``""`` when absent."""
        return self.words(key, limit) if self.has(key) else ""

    def flag(self, key: str) -> bool:
        """An optional key that may only be ``true``: absence is the one spelling of no."""
        if not self.has(key):
            return False
        if self._take(key) is not True:
            raise self.bad(key)
        return True

    def exactly(self, key: str, value: str | int) -> None:
        """A key with one permitted value."""
        found = self._take(key)
        if type(found) is not type(value) or found != value:
            raise self.bad(key)

    def time(self, key: str) -> str:
        """``YYYY-MM-DDThh:mm:ssZ``."""
        value = self._take(key)
        if type(value) is not str or not is_time(value):
            raise self.bad(key)
        return value

    def day(self, key: str) -> date:
        """``YYYY-MM-DD`` of a day that exists."""
        value = self._take(key)
        if type(value) is not str or not _DAY.fullmatch(value):
            raise self.bad(key)
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise self.bad(key) from None

    def period(self, key: str) -> Period:
        """``2026-10``, ``2026-Q3``, ``2026-H1`` or ``2026``."""
        value = self._take(key)
        if type(value) is not str or len(value) > 7:
            raise self.bad(key)
        try:
            return Period.parse(value)
        except BadPeriod:
            raise self.bad(key) from None

    def texts(self, key: str, shape: re.Pattern[str], low: int, high: int) -> tuple[str, ...]:
        """A list of ``low`` to ``high`` strings of one shape, sorted, none twice."""
        value = self._take(key)
        if type(value) is not list or not low <= len(value) <= high:
            raise self.bad(key)
        if not all(type(item) is str and shape.fullmatch(item) for item in value) or value != sorted(set(value)):
            raise self.bad(key)
        return tuple(value)

    def child(self, key: str) -> Fields:
        """The object under a key."""
        return Fields(self._take(key), self._code, f"{self._where}.{key}")

    def children(self, key: str, low: int, high: int) -> tuple[Fields, ...]:
        """The objects of a list of ``low`` to ``high``."""
        value = self._take(key)
        if type(value) is not list or not low <= len(value) <= high:
            raise self.bad(key)
        return tuple(Fields(one, self._code, f"{self._where}.{key}") for one in value)

    def maybe_child(self, key: str) -> Fields | None:
        """The same for an optional key."""
        return self.child(key) if self.has(key) else None

    def rest(self) -> dict[str, Any]:
        """What is left, as it is; the object counts as read."""
        left, self._left = self._left, {}
        return left

    def done(self) -> None:
        """Raises ``Refused`` when a key is left that nobody asked for."""
        if self._left:
            raise Refused(self._code, f"{self._where}: unknown key")

    def bad(self, key: str) -> Refused:
        """The refusal of one key."""
        return Refused(self._code, f"{self._where}.{key}")

    def _take(self, key: str) -> Any:
        if key not in self._left:
            raise Refused(self._code, f"{self._where}.{key}: absent")
        return self._left.pop(key)
