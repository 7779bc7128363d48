"""Units that merge, part, are renamed or move, as packs of the level above say it: ``tree/*.toml``."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.unit_changes import UnitChange
from sochihoi.services.definition_tables import BadDefinition, Table, read

if TYPE_CHECKING:
    from datetime import date

    from sochihoi.services.office import Office

MERGED, SPLIT, RENAMED, MOVED = "MERGED", "SPLIT", "RENAMED", "MOVED"
# How many units there are before and after: a merger needs two at least on one side, a split on the other
_COUNTS = {MERGED: ((2, 99), (1, 1)), SPLIT: ((1, 1), (2, 99)), RENAMED: ((1, 1), (1, 1)), MOVED: ((1, 1), (1, 1))}


def changes(office: Office) -> tuple[UnitChange, ...]:
    """Every change that a pack told here, in the order of time, those to come too."""
    from sochihoi.storage.packs import unit_changes

    with office.read() as work:
        return unit_changes(work)


def naming(office: Office, code: str) -> tuple[UnitChange, ...]:
    """Those that name a unit, in the order of time."""
    return tuple(one for one in changes(office) if code in (*one.from_units, *one.to_units))


def begun(told: Sequence[UnitChange], today: date) -> tuple[UnitChange, ...]:
    """Those whose day has come."""
    return tuple(one for one in told if one.effective <= today)


def read_tree(folder: Path) -> tuple[UnitChange, ...]:
    """The changes of one pack, in the order of time. Raises ``BadDefinition``."""
    found: dict[str, UnitChange] = {}
    for file in sorted((folder / "tree").glob("*.toml")):
        table = read(file)
        for row in table.tables("changes"):
            one = _change(row)
            if one.id in found:
                raise row.bad("from", "twice")
            found[one.id] = one
            row.close()
        table.close()
        if not found:
            raise BadDefinition(file.name, "changes", "missing")
    return tuple(sorted(found.values(), key=lambda one: (one.effective, one.id)))


def _change(row: Table) -> UnitChange:
    effective, kind, reason = row.day("effective"), row.text("kind"), row.text("reason")
    if kind not in _COUNTS:
        raise row.bad("kind", "value")
    sides = []
    for key, (least, most) in zip(("from", "to"), _COUNTS[kind], strict=True):
        codes = tuple(row.text(key).split())
        if not least <= len(codes) <= most:
            raise row.bad(key, "value")
        if len(set(codes)) != len(codes):
            raise row.bad(key, "twice")
        sides.append(tuple(sorted(codes)))
    named = f"{effective} {kind} {' '.join(sides[0])} > {' '.join(sides[1])}"
    return UnitChange(
        str(uuid.UUID(bytes=hashlib.sha256(named.encode()).digest()[:16])), effective, kind, sides[0], sides[1], reason
    )
