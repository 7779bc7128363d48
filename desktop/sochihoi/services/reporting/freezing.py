"""A paper as it was issued, as JSON and back: plain values with the names of their types. Nothing else is ever made."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from sochihoi.reports import charts, document
from sochihoi.reports.document import OfficialDocument

_TYPE, _VALUE = "_", "v"
_CLASSES: dict[str, type[Any]] = {
    made.__name__: made
    for module in (charts, document)
    for made in vars(module).values()
    if isinstance(made, type) and made.__module__ == module.__name__ and (is_dataclass(made) or issubclass(made, Enum))
}


def frozen(value: Any) -> Any:
    """What JSON can hold; fields that have their default are left out."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, tuple | list):
        return [frozen(one) for one in value]
    if isinstance(value, Fraction):
        return {_TYPE: "Fraction", _VALUE: str(value)}
    if isinstance(value, date):
        return {_TYPE: "date", _VALUE: value.isoformat()}
    if isinstance(value, Enum):
        return {_TYPE: type(value).__name__, _VALUE: value.name}
    body = {
        one.name: frozen(getattr(value, one.name)) for one in fields(value) if getattr(value, one.name) != one.default
    }
    return {_TYPE: type(value).__name__, **body}


def thawed(value: Any) -> Any:
    """Back to what it was. Raises ``ValueError`` for a type that papers do not have."""
    if isinstance(value, list):
        return tuple(thawed(one) for one in value)
    if not isinstance(value, dict):
        return value
    kind = value[_TYPE]
    if kind == "Fraction":
        return Fraction(value[_VALUE])
    if kind == "date":
        return date.fromisoformat(value[_VALUE])
    made = _CLASSES.get(kind)
    if made is None:
        raise ValueError(kind)
    if issubclass(made, Enum):
        return made[value[_VALUE]]
    known = {one.name: one for one in fields(made)}
    body = {name: thawed(one) for name, one in value.items() if name in known}
    for name, one in known.items():
        if name not in body and one.default is MISSING and one.default_factory is MISSING:
            raise ValueError(f"{kind}.{name}")
    return made(**body)


def thawed_paper(value: Any) -> OfficialDocument:
    """A whole paper. Raises ``ValueError``."""
    paper = thawed(value)
    if not isinstance(paper, OfficialDocument):
        raise ValueError(type(paper).__name__)
    return paper
