"""The rows of the file that a level above sends onward: its closed months, each unit below in the place of a branch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sochihoi.domain.exchange import COMMUNE
from sochihoi.domain.months import Closing
from sochihoi.domain.periods import Period
from sochihoi.services.consolidated.figures import UNITS
from sochihoi.services.consolidated.months import ACTIVITIES
from sochihoi.services.consolidated.units import part_id
from sochihoi.sync import rows as wire
from sochihoi.sync.rows import ACTIVITY_KEYS, Activity, ActivityKind, Branch

_SCALE = "scale"


def is_consolidated(closing: Closing) -> bool:
    """Whether a closing stands on files of units below."""
    return UNITS in closing.definitions


def activities(closings: Iterable[Closing]) -> Iterable[Activity]:
    """What the units below did, of each and added up."""
    for closing in closings:
        period = Period.parse(closing.period)
        found: Mapping[str, Mapping[str, Mapping[str, int]]] = closing.definitions.get(ACTIVITIES, {})
        for code, kinds in found.items():
            for name, counts in kinds.items():
                yield Activity(period, part_id(code), ActivityKind(name), _whole_of(ActivityKind(name), counts))
        for kind in ActivityKind:
            mine = [_whole_of(kind, kinds[kind.value]) for kinds in found.values() if kind.value in kinds]
            if mine:
                yield Activity(period, COMMUNE, kind, _added(kind, mine))


def branches(closings: Iterable[Closing], named: Iterable[str]) -> Iterable[Branch]:
    """Every unit that a row names, with its official code and the name of its newest month."""
    told: dict[str, Mapping[str, Any]] = {}
    for closing in closings:
        told |= {part_id(one["code"]): one for one in closing.definitions[UNITS]}
    for key in named:
        yield Branch(key, told[key]["code"], told[key]["name"][: wire.NAME_LIMIT])


def _whole_of(kind: ActivityKind, counts: Mapping[str, int]) -> dict[str, int]:
    return {key: int(counts.get(key, 0)) for key in ACTIVITY_KEYS[kind]}


def _added(kind: ActivityKind, several: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """Points count in the finest places that a unit has; everything else just adds up."""
    scale = max((one.get(_SCALE, 0) for one in several), default=0)
    finer = {"points", "maximum"}
    total = dict.fromkeys(ACTIVITY_KEYS[kind], 0)
    for one in several:
        for key in total:
            total[key] += one[key] * (10 ** (scale - one.get(_SCALE, 0)) if key in finer else 1)
    if _SCALE in total:
        total[_SCALE] = scale
    return total
