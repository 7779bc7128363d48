"""The book of another commune becomes part of this one: which units go on, which codes change, what may come in.

The other commune and its branches end on the day. Each of its branches and cells goes on in this commune from that day,
as what came of the old one: what was held before stays the old one's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sochihoi.domain.errors import UserError
from sochihoi.domain.units import Level, Unit
from sochihoi.domain.vietnamese import fold


@dataclass(eq=False)
class SameBook(UserError):
    """It is a book of this commune itself."""

    name: str


@dataclass(eq=False)
class JoinedBefore(UserError):
    """This book came in already."""

    name: str
    on: date


@dataclass(eq=False)
class OtherKind(UserError):
    """A demonstration beside a real book. ``demo``: what this one is."""

    demo: bool


@dataclass(eq=False)
class NotOfCommune(UserError):
    """The book, or this one, is that of a level above: it holds no members."""

    name: str


@dataclass(eq=False)
class SharesRecords(UserError):
    """Records of the other book are in this one already, so the two began as one."""

    noun: str
    count: int


@dataclass(frozen=True, slots=True)
class Identity:
    """Which book it is. ``codes``: the code of the commune and those that it had before, the present one first."""

    unit_id: str
    name: str
    codes: tuple[str, ...]
    installations: frozenset[str]
    demo: bool
    receiver: bool


def check(mine: Identity, other: Identity, joined: Iterable[tuple[Identity, date]]) -> None:
    """Whether the other book may come in. ``joined``: those that did, and when.

    A merged commune may go on under the code of one that joined: its present code is no proof, its former ones are.
    Raises ``NotOfCommune``, ``OtherKind``, ``SameBook``, ``JoinedBefore``.
    """
    for one in (mine, other):
        if one.receiver:
            raise NotOfCommune(one.name)
    if mine.demo != other.demo:
        raise OtherKind(mine.demo)
    own = () if mine.demo else mine.codes[1:] or mine.codes  # all demonstrations are of one invented commune
    if mine.unit_id == other.unit_id or mine.installations & other.installations or other.codes[0] in own:
        raise SameBook(other.name)
    for known, on in joined:
        if known.unit_id == other.unit_id or known.installations & other.installations:
            raise JoinedBefore(other.name, on)


@dataclass(frozen=True, slots=True)
class Heritage:
    """The other commune's units as they stand afterwards, its own root among them, and who goes on with what.

    ``heir``: old unit to the one that goes on. ``renamed``: names that were taken here, and what the heir is called;
    ``codes``: the same of codes, with the id of the heir.
    """

    units: tuple[Unit, ...]
    heir: Mapping[str, str]
    renamed: tuple[tuple[str, str], ...]
    codes: tuple[tuple[str, str, str], ...]


def inherit(
    theirs: Sequence[Unit],
    their_root: str,
    ours: Sequence[Unit],
    our_root: Unit,
    on: date,
    suffix: str,
    new_id: Callable[[], str],
    parts: Collection[str] | None = None,
) -> Heritage:
    """Every unit of the other commune, dated. ``suffix`` tells a branch apart whose name is taken here. ``parts``: only
    these branches go on here with their cells, and the other commune goes on itself (it was parted).
    """
    below = (Level.BRANCH, Level.CELL)
    ending = [
        one
        for one in theirs
        if one.level in below
        and (one.valid_from is None or one.valid_from < on)
        and (one.valid_to is None or one.valid_to > on)
        and (parts is None or one.id in parts or one.parent_id in parts)
    ]
    heir = {one.id: new_id() for one in ending}
    lasting = [one for one in ours if one.level is Level.BRANCH and (one.valid_to is None or one.valid_to > on)]
    names = {fold(one.name) for one in lasting}
    codes = {one.code for one in ours if one.code}
    renamed, recoded, made = [], [], []
    for one in ending:
        new = replace(one, id=heir[one.id], valid_from=on, predecessor_ids=(one.id,))
        if one.level is Level.BRANCH:
            name = _free(one.name, names, suffix)
            if name != one.name:
                renamed.append((one.name, name))
            names.add(fold(name))
            new = replace(new, name=name, parent_id=our_root.id)
        else:
            new = replace(new, parent_id=heir.get(one.parent_id or "", one.parent_id))
        if one.code:
            code = _free_code(one.code, codes)
            codes.add(code)
            if code != one.code:
                recoded.append((new.id, one.code, code))
            new = replace(new, code=code)
        made.append(new)
    kept = [
        replace(one, parent_id=our_root.parent_id)
        if parts is not None and one.id == their_root
        else _kept(one, their_root, our_root, on, heir)
        for one in theirs
    ]
    return Heritage((*(one for one in kept if one is not None), *made), heir, tuple(renamed), tuple(recoded))


def _kept(one: Unit, their_root: str, our_root: Unit, on: date, heir: Mapping[str, str]) -> Unit | None:
    """A unit of the other book itself: ended, or, where it began on the day or later, one of this commune."""
    if one.id == their_root:
        ended = min(on, one.valid_to) if one.valid_to else on
        return replace(one, parent_id=our_root.parent_id, valid_to=ended)
    if one.level is Level.COMMUNE:
        return replace(one, parent_id=our_root.parent_id)
    if one.level not in (Level.BRANCH, Level.CELL):
        return None  # levels above: this book has its own
    if one.id in heir:
        return replace(one, valid_to=on)
    if one.valid_from is None or one.valid_from < on:
        return one
    parent = our_root.id if one.parent_id == their_root else heir.get(one.parent_id or "", one.parent_id)
    before = one.predecessor_ids if one.valid_from == on else tuple(heir.get(i, i) for i in one.predecessor_ids)
    return replace(one, parent_id=parent, predecessor_ids=before)


def _free(name: str, taken: Collection[str], suffix: str) -> str:
    tried, number = name, 1
    while fold(tried) in taken:
        tried = f"{name} ({suffix})" if number == 1 else f"{name} ({suffix} {number})"
        number += 1
    return tried


def _free_code(code: str, taken: Collection[str]) -> str:
    tried, number = code, 1
    while tried in taken:
        number += 1
        tried = f"{code}-{number}"
    return tried


def new_codes(
    theirs: Iterable[tuple[str, str]], ours: Collection[str], first: int, make: Callable[[int], str]
) -> dict[str, str]:
    """New codes for records, as (id, code), whose code is taken here: id to code, numbered from ``first``.

    ``first`` lies above every number that either book gave, so that no new code is one that was printed before.
    """
    found, number = {}, first
    for key, code in theirs:
        if code and code in ours:
            found[key] = make(number)
            number += 1
    return found


def strangers(units: Iterable[Unit], root_id: str, day: date) -> frozenset[str]:
    """Units that belonged to another commune on a day and to this one later: communes, branches and cells.

    A commune that came into one that joined came here with it. The commune itself under earlier names has no branches
    of its own and is no stranger.
    """
    known = {one.id: one for one in units}
    below: dict[str, list[Unit]] = {}
    for one in known.values():
        if one.parent_id is not None:
            below.setdefault(one.parent_id, []).append(one)
    found: set[str] = set()
    seen = {root_id}
    waiting: list[tuple[str, date | None]] = [(i, None) for i in known[root_id].predecessor_ids if i in known]
    while waiting:
        key, came = waiting.pop()
        commune = known[key]
        if key in seen or commune.level is not Level.COMMUNE:
            continue
        seen.add(key)
        if any(one.level is Level.BRANCH for one in below.get(key, ())):
            came = came or commune.valid_to
            if came is not None and day < came:
                found.add(key)
                found |= {one.id for one in below.get(key, ())}
        waiting += [(i, came) for i in commune.predecessor_ids if i in known]
    for one in known.values():
        if one.level is Level.CELL and one.parent_id in found:
            found.add(one.id)
    return frozenset(found)


def only_named(units: Iterable[Unit], name: str) -> tuple[Unit, ...]:
    """Communes of a name that were only named when a merger was noted: whose book comes in takes their place."""
    every = tuple(units)
    parents = {one.parent_id for one in every}
    return tuple(
        one
        for one in every
        if one.level is Level.COMMUNE
        and one.id not in parents
        and one.valid_to is not None
        and fold(one.name) == fold(name)
    )
