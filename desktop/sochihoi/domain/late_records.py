"""Records that come in late: on their day a unit was another one, and they belong to that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sochihoi.domain.errors import UserError
from sochihoi.domain.reorganisation import NotThatDay
from sochihoi.domain.units import Unit, forward


@dataclass(eq=False)
class SeveralThen(UserError):
    """On that day a unit was several, or is several by now: somebody has to say which one is meant."""

    name: str
    on: date
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where somebody is who stays put: a branch and cell, from a day to the first day no longer."""

    branch_id: str
    cell_id: str | None
    since: date
    until: date | None


def as_it_was(units: Sequence[Unit], unit_id: str, day: date) -> Unit:
    """The one unit that stood for a unit on a day: late records of that day are its own.

    Raises ``SeveralThen``, ``NotThatDay``.
    """
    found = forward(units, unit_id, day)
    if len(found) == 1:
        return found[0]
    name = next((one.name for one in units if one.id == unit_id), "")
    if not found:
        raise NotThatDay(name, day)
    raise SeveralThen(name, day, tuple(one.name for one in found))


def staying_put(known: Mapping[str, Unit], branch_id: str, cell_id: str | None, since: date) -> tuple[Stretch, ...]:
    """Where a woman was and is who is entered today with an earlier day, through every merger and renaming since.

    ``known``: every unit by its id. A branch that merged from several cannot say in which of them she was: she is in
    the merged one all the time.
    Raises ``SeveralThen`` where a branch that is no more was split.
    """
    named = known.get(branch_id)
    if named is None or (named.valid_on(since) and named.valid_to is None):
        return (Stretch(branch_id, cell_id, since, None),)
    units = tuple(known.values())
    before = forward(units, branch_id, since)
    at = before[0] if len(before) == 1 else named
    if at is named and named.valid_from is not None and since < named.valid_from:
        return (Stretch(branch_id, cell_id, since, None),)
    found = []
    day = since
    while True:
        found.append(Stretch(at.id, _cell(units, cell_id, at.id, day), day, at.valid_to))
        if at.valid_to is None or not forward(units, at.id, at.valid_to):
            return tuple(found)
        day = at.valid_to
        at = as_it_was(units, at.id, day)


def _cell(units: Sequence[Unit], cell_id: str | None, branch_id: str, day: date) -> str | None:
    """The cell as it is on a day, if it is one and lies in that branch."""
    found = () if cell_id is None else forward(units, cell_id, day)
    return found[0].id if len(found) == 1 and found[0].parent_id == branch_id else None
