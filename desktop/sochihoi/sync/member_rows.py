"""Lines about members, in a report of profile ``danh-sach`` only: the columns that its header lists, and no other.

``{t: "member", id, unit, …columns}``; ``id`` is the uuid of her membership. A column that says nothing is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sochihoi.domain.member_columns import COLUMNS, Shape
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.shapes import NAME, UUID, Fields

MEMBER = "member"
Value = str | bool
_DIGITS = re.compile(r"[0-9]{12}", re.ASCII)
_DAY = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Member:
    """One member. ``values``: column to text, or ``True``."""

    id: str
    values: Mapping[str, Value]


def read(fields: Fields) -> Member:
    """The rest of a line. Raises ``Refused`` (ROW) through ``fields``."""
    values: dict[str, Value] = {}
    member = fields.match("id", UUID)
    for code, column in COLUMNS.items():
        if fields.has(code):
            values[code] = _value(fields, code, column.shape, column.limit)
    return Member(member, values)


def _value(fields: Fields, code: str, shape: Shape, limit: int) -> Value:
    match shape:
        case Shape.TEXT:
            return fields.words(code, limit)
        case Shape.DAY:
            return _day(fields, code)
        case Shape.DIGITS:
            return fields.match(code, _DIGITS)
        case Shape.BRANCH:
            return fields.match(code, UUID)
        case Shape.CODE:
            return fields.match(code, NAME)
        case Shape.FLAG:
            return fields.flag(code)


def _day(fields: Fields, code: str) -> str:
    text = fields.match(code, _DAY)
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        raise fields.bad(code) from None
    return text


def check_columns(raw: object) -> tuple[str, ...]:
    """The columns that a header lists: known ones, sorted, one at least. Raises ``Refused`` (ROW)."""
    known = type(raw) is list and all(type(one) is str and one in COLUMNS for one in raw)
    if not known or not raw or raw != sorted(set(raw)):  # type: ignore[call-overload]
        raise Refused(Code.ROW, "hdr.columns")
    return tuple(raw)


def check(members: Sequence[Member], columns: Iterable[str], branches: Iterable[str]) -> None:
    """No column that the header does not list, and no branch that the file does not. Raises ``Refused`` (ROW)."""
    listed, known = set(columns), set(branches)
    for one in members:
        if not set(one.values) <= listed:
            raise Refused(Code.ROW, "member: column")
        if one.values.get("branch", "") not in known | {""}:
            raise Refused(Code.ROW, "member.branch: unknown")


def encode(one: Member) -> dict[str, Any]:
    """The columns of a line."""
    return dict(one.values)
