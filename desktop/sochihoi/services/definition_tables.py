"""Reading one definition file strictly: every key is expected and of its type, or the file is refused."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from sochihoi.domain.errors import UserError
from sochihoi.domain.wording import Words

E = TypeVar("E", bound=Enum)
Layers = Path | Sequence[Path] | None
"""Folders of packs, the one that comes first before the others."""


@dataclass(eq=False)
class BadDefinition(UserError):
    """A definition file cannot be used.

    ``place`` is the path inside the file (``criteria[3].label``), ``problem`` a code: ``unreadable``, ``missing``,
    ``type``, ``unknown``, ``value``, ``twice``.
    """

    file: str
    place: str
    problem: str


class Table:
    """One table of a file. Each key is asked for once; ``close`` refuses those that nobody asked for."""

    def __init__(self, file: str, place: str, values: dict[str, Any]) -> None:
        self.file = file
        self._place = place
        self._values = dict(values)

    def bad(self, key: str, problem: str) -> BadDefinition:
        """The error for a key of this table."""
        return BadDefinition(self.file, ".".join(part for part in (self._place, key) if part), problem)

    def has(self, key: str) -> bool:
        """Whether the key is given."""
        return key in self._values

    def _take(self, key: str, *kinds: type) -> Any:
        if key not in self._values:
            raise self.bad(key, "missing")
        value = self._values.pop(key)
        # bool is an int and datetime a date: neither is meant by the other
        if type(value) not in kinds:
            raise self.bad(key, "type")
        return value

    def text(self, key: str, *, may_be_empty: bool = False) -> str:
        """A text in NFC."""
        found = unicodedata.normalize("NFC", self._take(key, str))
        if not found.strip() and not may_be_empty:
            raise self.bad(key, "value")
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts in NFC, one at least, none of them empty."""
        found = self._take(key, list)
        if not found or not all(type(one) is str and one.strip() for one in found):
            raise self.bad(key, "value")
        return tuple(unicodedata.normalize("NFC", one) for one in found)

    def number(self, key: str) -> int:
        """A whole number, 0 or more."""
        found = self._take(key, int)
        if found < 0:
            raise self.bad(key, "value")
        return int(found)

    def whole(self, key: str) -> int:
        """A whole number, also below 0."""
        return int(self._take(key, int))

    def fraction(self, key: str, default: int | None = None) -> Fraction:
        """A number, exactly as written."""
        if default is not None and not self.has(key):
            return Fraction(default)
        found = self._take(key, int, Decimal)
        if isinstance(found, Decimal) and not found.is_finite():
            raise self.bad(key, "value")
        return Fraction(found)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Yes or no."""
        return bool(self._take(key, bool)) if self.has(key) else default

    def day(self, key: str) -> date:
        """A date without a time."""
        found: date = self._take(key, date, datetime)
        if isinstance(found, datetime):
            raise self.bad(key, "type")
        return found

    def days(self, key: str) -> tuple[date, ...]:
        """A list of dates without a time; it may be empty."""
        found = self._take(key, list)
        if not all(type(one) is date for one in found):
            raise self.bad(key, "type")
        return tuple(found)

    def choice(self, key: str, kind: type[E], default: E | None = None) -> E:
        """One value of an enumeration, written as its value."""
        if default is not None and not self.has(key):
            return default
        given = self._take(key, str)
        for one in kind:
            if one.value == given:
                return one
        raise self.bad(key, "value")

    def words(self, key: str, *, may_be_empty: bool = False) -> Words:
        """A text in both languages."""
        table = self.table(key)
        words = Words(table.text("vi", may_be_empty=may_be_empty), table.text("en", may_be_empty=may_be_empty))
        table.close()
        return words

    def table(self, key: str) -> Table:
        """A table inside this one."""
        return Table(self.file, f"{self._place}.{key}" if self._place else key, self._take(key, dict))

    def tables(self, key: str) -> Iterator[Table]:
        """A list of tables, in order."""
        for number, values in enumerate(self._take(key, list), start=1):
            place = f"{self._place}.{key}[{number}]" if self._place else f"{key}[{number}]"
            if not isinstance(values, dict):
                raise BadDefinition(self.file, place, "type")
            yield Table(self.file, place, values)

    def names(self) -> tuple[str, ...]:
        """The keys not yet taken."""
        return tuple(self._values)

    def parameters(self, key: str) -> dict[str, str | int]:
        """Free parameters: texts and whole numbers."""
        if not self.has(key):
            return {}
        table = self._take(key, dict)
        for name, value in table.items():
            if type(value) not in (str, int):
                raise self.bad(f"{key}.{name}", "type")
        return dict(table)

    def close(self) -> None:
        """Raises ``BadDefinition`` for a key that this kind of table does not have."""
        for key in self._values:
            raise self.bad(key, "unknown")


def layers(packs: Layers) -> tuple[Path, ...]:
    """The folders, the first one first."""
    return () if packs is None else (packs,) if isinstance(packs, Path) else tuple(packs)


def read(file: Path) -> Table:
    """Read a TOML file. Raises ``BadDefinition`` when it is none."""
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise BadDefinition(file.name, "", "unreadable") from problem
    return Table(file.name, "", values)
