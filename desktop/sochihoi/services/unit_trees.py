"""Units that merge, part, are renamed or move, as packs of the level above say it: ``tree/*.toml``."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.unit_changes import UnitChange
from sochihoi.services.definition_tables import BadDefinition, Table, read

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.services.official_units import UnitList

MERGED, SPLIT, RENAMED, MOVED = "MERGED", "SPLIT", "RENAMED", "MOVED"
# How many units there are before and after: a merger needs two at least on one side, a split on the other
_COUNTS = {MERGED: ((2, 99), (1, 1)), SPLIT: ((1, 1), (2, 99)), RENAMED: ((1, 1), (1, 1)), MOVED: ((1, 1), (1, 1))}


@dataclass(frozen=True, slots=True)
class NamedChange:
    """A change with what its units are called; ``before``, ``after``: code and name, empty where nothing tells it."""

    change: UnitChange
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]


def named(office: Office, change: UnitChange, folders: Sequence[Path] = ()) -> NamedChange:
    """The names of the official list of the day before and of the day itself, ``folders`` first, then the packs that
    are in force; of a unit that stands on neither what its key or the register calls it here.
    """
    from sochihoi.services.official_units import in_force

    lists = (*folders, *office.packs.layers())
    sides = ((change.from_units, change.effective - timedelta(days=1)), (change.to_units, change.effective))
    here = _known(office)
    before, after = (
        tuple((code, _name(in_force(lists, day)[0], code) or here.get(code, "")) for code in codes)
        for codes, day in sides
    )
    return NamedChange(change, before, after)


def _name(listed: UnitList, code: str) -> str:
    from sochihoi.domain.errors import NotFound

    try:
        return listed.unit_name(code)
    except NotFound:
        return ""


def _known(office: Office) -> dict[str, str]:
    """What units are called that introduced themselves, here or at the level above; this one too."""
    from sochihoi.domain.exchange import Direction
    from sochihoi.services import registering

    with office.read() as work:
        register = registering.in_force(work)
        found = {} if register is None else {str(row["unit"]): str(row["name"]) for row in register.lines("SENDER")}
        found |= {one.unit_code: one.unit_name for one in work.sync.trusted(Direction.SENDER, revoked=True)}
    return found | {office.commune.code: office.commune.name}


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
