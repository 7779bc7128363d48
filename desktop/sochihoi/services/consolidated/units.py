"""The units below as parts of a consolidated figure: a name for a table, an id that is the same everywhere."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sochihoi.domain.exchange import Direction
from sochihoi.domain.units import Level, Unit
from sochihoi.domain.vietnamese import fold, text_key

if TYPE_CHECKING:
    from collections.abc import Collection

    from sochihoi.storage.work import Work

_SPACE = uuid.UUID("5ac1a3ab-6a0e-5f1d-9f0e-3d1c5c1f7b11")  # ours, for codes of units
_UNION = "hoi lhpn "


def part_id(code: str) -> str:
    """The id under which a unit stands in figures and files, made of its code alone: every level finds it again."""
    return str(uuid.uuid5(_SPACE, code))


def short_name(name: str) -> str:
    """``Xã Hòa Phú`` for ``Hội LHPN xã Hòa Phú``: room in a table is dear."""
    bare = name[len(_UNION) :].strip() if fold(name).startswith(_UNION) else name
    return f"{bare[:1].upper()}{bare[1:]}"


def parts(work: Work, codes: Collection[str]) -> tuple[Unit, ...]:
    """These units, in Vietnamese order; also those whose key no longer counts."""
    keys = {one.unit_code: one for one in work.sync.trusted(Direction.SENDER, revoked=True)}
    found = []
    for code in codes:
        key = keys.get(code)
        level = Level[key.level] if key is not None and key.level in Level.__members__ else Level.COMMUNE
        found.append(Unit(part_id(code), level, short_name(key.unit_name) if key is not None else code, code=code))
    return tuple(sorted(found, key=lambda unit: (text_key(unit.name), unit.code or "")))
