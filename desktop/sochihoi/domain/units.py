"""Units of the Union: a tree whose branches have days of beginning and end.

There has been no district since 1 July 2025; ``DISTRICT`` is kept so that older data can be read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum


class Level(Enum):
    """Levels of the Union's organisation, from the top."""

    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    BRANCH = "branch"
    CELL = "cell"
    AFFILIATED = "affiliated"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. ``valid_from`` is its first day, ``valid_to`` the first day on which it is no more; ``None`` = open."""

    id: str
    level: Level
    name: str
    code: str | None = None
    parent_id: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    predecessor_ids: tuple[str, ...] = ()

    def valid_on(self, day: date) -> bool:
        """Whether the unit exists on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)

    def valid_within(self, start: date, end: date) -> bool:
        """Whether it exists on any day from ``start`` to ``end``, both included."""
        return (self.valid_from is None or self.valid_from <= end) and (self.valid_to is None or start < self.valid_to)


def children(units: Iterable[Unit], parent_id: str, day: date) -> tuple[Unit, ...]:
    """The units directly below one, on a day."""
    return tuple(u for u in units if u.parent_id == parent_id and u.valid_on(day))


def predecessors(units: Iterable[Unit], unit: Unit) -> tuple[Unit, ...]:
    """All that a unit came from, near ones first, through every merger and split. Unknown ids are left out.

    A unit that merged from two lists both; data that name one another in a ring end instead of turning for ever.
    """
    known = {u.id: u for u in units}
    found: dict[str, Unit] = {}
    waiting = list(unit.predecessor_ids)
    while waiting:
        key = waiting.pop(0)
        if key in known and key not in found and key != unit.id:
            found[key] = known[key]
            waiting.extend(known[key].predecessor_ids)
    return tuple(found.values())


def forward(units: Iterable[Unit], unit_id: str, day: date) -> tuple[Unit, ...]:
    """Who stands for a unit on a day: itself while it exists; later those that came from it, through every merger and
    split; earlier those that it came from. Empty when nobody does, and for an unknown id.
    """
    known = {u.id: u for u in units}
    after: dict[str, list[str]] = {}
    for unit in known.values():
        for before in unit.predecessor_ids:
            after.setdefault(before, []).append(unit.id)
    found: dict[str, Unit] = {}
    seen: set[str] = set()
    waiting = [unit_id]
    while waiting:
        one = known.get(waiting.pop(0))
        if one is None or one.id in seen:
            continue
        seen.add(one.id)
        if one.valid_on(day):
            found[one.id] = one
        elif one.valid_to is not None and one.valid_to <= day:
            waiting.extend(after.get(one.id, ()))
        else:
            waiting.extend(one.predecessor_ids)
    return tuple(found.values())
