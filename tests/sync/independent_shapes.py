"""Shapes of the second reader: section 2 of desktop/docs/sync-format.md, importing nothing of the product."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date, datetime
from typing import Any

HEX = "[0-9a-f]{64}"
UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
UNIT = "[0-9A-Za-z][0-9A-Za-z.-]{0,31}"
CODE = "[A-Za-z][0-9A-Za-z_.-]{0,63}"
SHORT = "[0-9A-Za-z][0-9A-Za-z.+_-]{0,31}"
PERIOD = "[0-9]{4}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?"
AGE = "age1[02-9ac-hj-np-z]{58}"
BIG = 10**15


class No(Exception):
    """Why a file is not taken."""


def need(truth: object, why: str) -> None:
    if not truth:
        raise No(why)


def spell(value: Any) -> str:
    """Canonical JSON by hand."""
    if value is True or value is False:
        return "true" if value else "false"
    if type(value) is int and abs(value) <= 2**53:
        return str(value)
    if type(value) is str and unicodedata.is_normalized("NFC", value):
        return json.dumps(value, ensure_ascii=False)
    if type(value) is list:
        return "[" + ",".join(map(spell, value)) + "]"
    if type(value) is dict:
        return "{" + ",".join(f"{json.dumps(key)}:{spell(value[key])}" for key in sorted(value)) + "}"
    raise No("json")


def read_json(data: bytes) -> Any:
    try:
        value = json.loads(data.decode())
        good = spell(value).encode() == data
    except (ValueError, RecursionError):
        raise No("json") from None
    need(good, "spelling")
    return value


def is_(shape: str, value: object) -> bool:
    return type(value) is str and re.fullmatch(shape, value, re.ASCII) is not None


def within(value: object, low: int, high: int) -> bool:
    return type(value) is int and low <= value <= high


def words(value: object, limit: int) -> bool:
    unseen = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    return (
        type(value) is str
        and 0 < len(value) <= limit
        and value == value.strip()
        and not any(unicodedata.category(letter) in unseen for letter in value)
    )


def period(value: object) -> bool:
    return is_(PERIOD, value) and 1930 <= int(str(value)[:4]) <= 2199


def day(value: object) -> bool:
    try:
        return is_("[0-9]{4}-[0-9]{2}-[0-9]{2}", value) and date.fromisoformat(str(value)) is not None
    except ValueError:
        return False


def check_moment(value: object) -> None:
    need(is_("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", value), "time")
    try:
        datetime.strptime(str(value)[:-1], "%Y-%m-%dT%H:%M:%S")  # noqa: DTZ007 - only whether it exists
        need(str(value)[17:19] < "60", "time")
    except ValueError:
        raise No("time") from None
