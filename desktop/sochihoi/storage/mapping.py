"""Frozen dataclasses to rows and back, by field name. A column without a field stays out; a field needs its column."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, TypeVar

T = TypeVar("T")


def to_row(record: Any) -> dict[str, Any]:
    """Enums become their names, tuples lists, values with an ISO text form (partial dates) that text."""
    return {f.name: _plain(getattr(record, f.name)) for f in fields(record)}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, tuple | frozenset):
        return [_plain(v) for v in (sorted(value, key=str) if isinstance(value, frozenset) else value)]
    if hasattr(type(value), "from_iso"):  # a partial date
        return str(value)
    return value


def from_row(kind: type[T], row: Mapping[Any, Any]) -> T:
    """Build ``kind`` from the columns of its field names."""
    return kind(**{name: read(row[name]) for name, read in _readers_of(kind)})


def from_rows(kind: type[T], rows: Iterable[Mapping[Any, Any]]) -> tuple[T, ...]:
    """All of them."""
    readers = _readers_of(kind)
    return tuple(kind(**{name: read(row[name]) for name, read in readers}) for row in rows)


_made: dict[type[Any], tuple[tuple[str, Any], ...]] = {}


def _readers_of(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    if kind not in _made:
        _made[kind] = _readers(kind)
    return _made[kind]


def _readers(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    if not is_dataclass(kind):
        raise TypeError(kind)
    hints = typing.get_type_hints(kind)
    return tuple((f.name, _reader(hints[f.name])) for f in fields(kind))


def _reader(hint: Any) -> Any:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        inner = [a for a in typing.get_args(hint) if a is not type(None)]
        read = _reader(inner[0])
        # an absent partial date is stored as an empty text: its column sorts and is never null
        absent = ("", None) if hasattr(inner[0], "from_iso") else (None,)
        return lambda value: None if value in absent else read(value)
    if origin is tuple:
        read = _reader(typing.get_args(hint)[0])
        return lambda value: tuple(read(v) for v in value)
    if origin is frozenset:
        read = _reader(typing.get_args(hint)[0])
        return lambda value: frozenset(read(v) for v in value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return lambda value: hint[value]  # not hint.__getitem__: a StrEnum has the one of str
    if hasattr(hint, "from_iso"):
        return hint.from_iso
    return lambda value: value
