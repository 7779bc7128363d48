"""Branches of a commune go to a new commune from a day: who goes with them, and who cannot be told apart yet.

A branch goes whole, with the members whose last stay is there, those who left from there, and its households. Nobody is
divided: whoever belongs to both sides is named, and nothing is done until that is mended in the book.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sochihoi.domain.errors import UserError
from sochihoi.domain.members import Placement
from sochihoi.domain.reorganisation import NotThatDay
from sochihoi.domain.units import Level, Unit, predecessors


@dataclass(eq=False)
class NothingParted(UserError):
    """No branch was chosen, or every branch: ``everything``."""

    everything: bool


@dataclass(eq=False)
class ChangedSince(UserError):
    """In a branch that goes somebody came, left, met or studied on the day or later."""

    name: str
    on: date
    newest: date


@dataclass(eq=False)
class BelongsToBoth(UserError):
    """Members and households that would be on both sides."""

    members: int
    households: int


@dataclass(eq=False)
class NotAPart(UserError):
    """A file that holds no branches for a new commune: a copy of a book, say."""

    file: str


@dataclass(frozen=True, slots=True)
class PartingPlan:
    """``branches`` (ids) are of the commune ``name`` with the official ``code`` from the day ``on``. ``decision``: the
    number of the paper that decided it."""

    on: date
    branches: tuple[str, ...]
    code: str
    name: str
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Belongs:
    """Whose a membership is, and the first day on which it is no more."""

    person: str
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class Going:
    """Who and what goes (ids). ``branches``: those that go and those that only they came of. ``leaving``: the
    memberships that last on the day. ``both``, ``homes_both``: persons and households that are on both sides."""

    branches: frozenset[str]
    memberships: frozenset[str]
    leaving: frozenset[str]
    persons: frozenset[str]
    households: frozenset[str]
    both: frozenset[str] = frozenset()
    homes_both: frozenset[str] = frozenset()

    def check(self) -> None:
        """Raises ``BelongsToBoth``."""
        if self.both or self.homes_both:
            raise BelongsToBoth(len(self.both), len(self.homes_both))


def chosen(units: Collection[Unit], branches: Iterable[str], on: date) -> tuple[Unit, ...]:
    """The branches that go. Raises ``NothingParted``, ``NotThatDay`` for one that is not there before and after."""
    there = {one.id: one for one in units if one.level is Level.BRANCH}
    found = []
    for key in dict.fromkeys(branches):
        one = there.get(key)
        if one is None or not one.valid_on(on) or one.valid_to is not None or one.valid_from == on:
            raise NotThatDay(one.name if one else "", on)
        found.append(one)
    staying = [one for one in there.values() if one.valid_on(on) and one not in found]
    if not found or not staying:
        raise NothingParted(bool(found))
    return tuple(found)


def with_history(units: Collection[Unit], branches: Collection[str]) -> frozenset[str]:
    """These branches and those that only they came of: what was held there goes with them. A branch from which others
    came too stays with its records."""
    found = set(branches)
    heirs: dict[str, set[str]] = defaultdict(set)
    for one in units:
        for before in one.predecessor_ids:
            heirs[before].add(one.id)
    came_of = {u.id for one in units if one.id in branches for u in predecessors(units, one) if u.level is Level.BRANCH}
    while more := {one for one in came_of - found if heirs[one] <= found}:
        found |= more
    return frozenset(found)


def newest_change(stays: Iterable[Placement], branches: Collection[str], on: date) -> date | None:
    """The newest day from ``on`` on which somebody came to one of the branches, or left it after ``on``."""
    days = [
        day
        for stay in stays
        if stay.branch_id in branches
        for day, late in (
            (stay.from_on, stay.from_on and stay.from_on >= on),
            (stay.to_on, stay.to_on and stay.to_on > on),
        )
        if day is not None and late
    ]
    return max(days, default=None)


def who_goes(
    branches: frozenset[str],
    on: date,
    stays: Iterable[Placement],
    members: Mapping[str, Belongs],
    living: Mapping[str, str | None],
    homes: Mapping[str, str],
) -> Going:
    """``branches`` as ``with_history`` gives them; ``stays`` in order of their beginning; ``living``: every person and
    the household where she lives; ``homes``: every household and its branch."""
    last = {stay.membership_id: stay.branch_id for stay in stays}
    memberships = {key for key in members if last.get(key) in branches}
    lasting = {key for key, one in members.items() if one.left_on is None or one.left_on > on}
    of_person: dict[str, list[str]] = defaultdict(list)
    for key, one in members.items():
        of_person[one.person].append(key)
    persons, both = set(), set()
    for person, hers in of_person.items():
        deciding = [key for key in hers if key in lasting] or [max(hers, key=lambda key: members[key].left_on or on)]
        going = {key in memberships for key in deciding}
        if len(going) > 1:
            both.add(person)
        if True in going:
            persons.add(person)
    here = {members[key].person for key in lasting}  # who is a member on the day
    households = {key for key, branch in homes.items() if branch in branches}
    homes_both = {
        home
        for person, home in living.items()
        if home is not None and person in here and (person in persons) is not (home in households)
    }
    persons |= {person for person, home in living.items() if home in households and person not in of_person}
    memberships = {key for key in memberships if members[key].person in persons}
    return Going(
        branches,
        frozenset(memberships),
        frozenset(memberships & lasting),
        frozenset(persons),
        frozenset(households),
        frozenset(both),
        frozenset(homes_both),
    )


# ---------------------------------------------------------------------------- afterwards


def parted(units: Collection[Unit], root_id: str, day: date) -> dict[str, date]:
    """In the book that remains: branches that are another commune's on a day, and since when."""
    branches = {one.id for one in units if one.level is Level.BRANCH}
    return {
        before: one.valid_from
        for one in units
        if one.level is Level.COMMUNE and one.id != root_id and one.valid_from is not None and one.valid_from <= day
        for before in one.predecessor_ids
        if before in branches
    }


def founded(units: Collection[Unit], root_id: str) -> date | None:
    """In the new commune's book: the day on which it began with branches of one that goes on; ``None`` elsewhere, also
    in the book of a commune that such a one joined later.
    """
    known = {one.id: one for one in units}
    with_branches = {one.parent_id for one in units if one.level is Level.BRANCH}
    seen: set[str] = set()
    waiting = [root_id]  # and what it was called before: that has no branches of its own
    while waiting:
        one = known[waiting.pop()]
        came_of = [known[key] for key in one.predecessor_ids if key in known and known[key].level is Level.COMMUNE]
        if any(before.valid_to is None for before in came_of):
            return one.valid_from
        seen.add(one.id)
        waiting += [before.id for before in came_of if before.id not in with_branches | seen]
    return None
