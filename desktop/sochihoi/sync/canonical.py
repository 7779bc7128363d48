"""Canonical JSON: one value has one spelling, so bytes can be signed and compared.

The subset of RFC 8785 that needs no number rules: objects, lists, strings in NFC, integers within ±2^53, true and
false. No floats, no null (an absent fact is an absent key). Keys are ASCII, so that sorting them by code point, by
UTF-16 unit and by byte is the same.
"""

from __future__ import annotations

import json
import unicodedata
from typing import Any, NoReturn

MAX_INTEGER = 2**53
MAX_DEPTH = 8


class NotCanonical(ValueError):
    """The value or the bytes are not canonical JSON."""


def canon(value: Any) -> bytes:
    """The bytes of ``value``: UTF-8, keys sorted, no blanks. Raises ``NotCanonical`` outside the subset."""
    _check(value, MAX_DEPTH)
    return _spell(value)


def parse(data: bytes) -> Any:
    """The value whose canonical bytes are exactly ``data``. Raises ``NotCanonical`` for other spellings."""
    try:
        value = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_once,
            parse_int=_integer,
            parse_float=_never,
            parse_constant=_never,
        )
        _check(value, MAX_DEPTH)
        if _spell(value) != data:
            raise NotCanonical("another spelling")
    except (ValueError, RecursionError) as problem:
        raise NotCanonical(str(problem)[:80]) from None
    return value


def _spell(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate
        raise NotCanonical("not UTF-8") from None


def _check(value: Any, depth: int) -> None:
    kind = type(value)
    if kind is str:
        if not value.isascii() and unicodedata.normalize("NFC", value) != value:
            raise NotCanonical("not NFC")
    elif kind is int:
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise NotCanonical("integer out of range")
    elif kind is bool:
        return
    elif depth <= 0:
        raise NotCanonical("too deep")
    elif kind is list:
        for item in value:
            _check(item, depth - 1)
    elif kind is dict:
        for key, item in value.items():
            if type(key) is not str or not key.isascii():
                raise NotCanonical("key")
            _check(item, depth - 1)
    else:
        raise NotCanonical("type")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotCanonical("key twice")
    return found


def _integer(text: str) -> int:
    if len(text) > 17:
        raise NotCanonical("integer out of range")
    return int(text)


def _never(text: str) -> NoReturn:
    raise NotCanonical("number")
