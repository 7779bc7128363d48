"""Units below that merge, part, are renamed or move: which of them compare with which over a change.

What two communes did before they merged is the new one's. Where one parted, nobody can say whose its figures were: it
and its parts are compared as one group, and no part alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class UnitChange:
    """From ``effective`` on the units of ``to_units`` stand in the place of ``from_units``; codes of units. ``kind``:
    MERGED, SPLIT, RENAMED, MOVED."""

    id: str
    effective: date
    kind: str
    from_units: tuple[str, ...]
    to_units: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Units that compare only together: those of the earlier day, those of the later one, codes in order.

    One unit on each side is the usual case, the same unit or a renamed one.
    """

    earlier: tuple[str, ...]
    later: tuple[str, ...]


def groups(
    changes: Iterable[UnitChange], earlier: Iterable[str], later: Iterable[str], since: date, until: date
) -> tuple[Group, ...]:
    """How the units of an earlier day compare with those of a later one, over the changes after ``since`` up to
    ``until``, in the order of their first codes. A unit that stands on one side only is a group of its own.
    """
    before, after = set(earlier), set(later)
    parent: dict[str, str] = {}

    def root(code: str) -> str:
        parent.setdefault(code, code)
        while parent[code] != code:
            parent[code] = parent[parent[code]]
            code = parent[code]
        return code

    for one in sorted(changes, key=lambda change: (change.effective, change.id)):
        if since < one.effective <= until:
            codes = [*one.from_units, *one.to_units]
            for code in codes[1:]:
                parent[root(code)] = root(codes[0])
    found: dict[str, tuple[list[str], list[str]]] = {}
    for code in sorted(before | after):
        mine = found.setdefault(root(code), ([], []))
        if code in before:
            mine[0].append(code)
        if code in after:
            mine[1].append(code)
    made = [Group(tuple(old), tuple(new)) for old, new in found.values()]
    return tuple(sorted(made, key=lambda group: group.later or group.earlier))
