"""Why a list could not be read at all. Troubles of single rows are ``rows.Reason``, not errors."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sochihoi.domain.errors import UserError


class FileTrouble(StrEnum):
    """What is wrong with the file as a file."""

    MISSING = "MISSING"
    UNREADABLE = "UNREADABLE"
    UNKNOWN_KIND = "UNKNOWN_KIND"
    DAMAGED = "DAMAGED"
    LOCKED = "LOCKED"
    TOO_LARGE = "TOO_LARGE"
    TOO_MANY_PARTS = "TOO_MANY_PARTS"
    TOO_COMPRESSED = "TOO_COMPRESSED"
    ENTITIES = "ENTITIES"
    TEXT_ENCODING = "TEXT_ENCODING"


@dataclass(eq=False)
class ListNotRead(UserError):
    """The file cannot be opened as a list: missing, not a table, damaged, locked by a password, or built to harm."""

    file: str
    trouble: FileTrouble


@dataclass(eq=False)
class HeaderNotFound(UserError):
    """No sheet has a row of column titles with the name."""

    file: str
    sheets: tuple[str, ...]


class MappingTrouble(StrEnum):
    """What is wrong with a file that says which column is which."""

    UNREADABLE = "UNREADABLE"
    NOT_JSON = "NOT_JSON"
    SHAPE = "SHAPE"
    UNKNOWN_FIELD = "UNKNOWN_FIELD"
    COLUMN_NOT_THERE = "COLUMN_NOT_THERE"


@dataclass(eq=False)
class MappingNotUsable(UserError):
    """The mapping file cannot be used; ``value`` is the file, field or column title that is meant."""

    trouble: MappingTrouble
    value: str
