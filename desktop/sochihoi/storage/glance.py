"""Counts and names for the first page, the set-up and the history: one query each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, or_, select

from sochihoi.domain.units import Level
from sochihoi.storage import access, behind
from sochihoi.storage.json_text import json_value
from sochihoi.storage.meetings import placed_on
from sochihoi.storage.schema import household, journal, membership, placement, unit
from sochihoi.storage.work import Work

_NAMED = ("person", "membership", "household", "meeting", "unit", "account")  # nouns that ``behind`` can name
# rows of a set are about the record that they belong to
_OF = {
    "attendance": ("meeting", "meeting_id"),
    "proposal": ("meeting", "meeting_id"),
    "assessment": ("household", "household_id"),
    "household_registration": ("household", "household_id"),
    "position": ("membership", "membership_id"),
    "placement": ("membership", "membership_id"),
    "study_campaign": ("campaign", "id"),
    "study_target": ("campaign", "campaign_id"),
    "study_session": ("session", "id"),
    "study_attendance": ("session", "session_id"),
    "study_headcount": ("session", "session_id"),
    "branch_score": ("unit", "branch_id"),
    "entered_figure": ("unit", "unit_id"),
    "consent": ("person", "person_id"),
    "access": ("person", "person_id"),
}
_MANY = 40  # an act with more records than this is not named record by record


@dataclass(frozen=True, slots=True)
class Register:
    """How many there are, also of those who left; and the day on which the book began."""

    members: int
    households: int
    begun_on: date | None


def register(work: Work) -> Register:
    """What there is at all."""
    members = work.value(select(func.count()).select_from(membership).where(membership.c.deleted_on.is_(None)))
    homes = work.value(select(func.count()).select_from(household).where(household.c.deleted_on.is_(None)))
    first = work.value(select(journal.c.at).order_by(journal.c.n).limit(1))
    begun = None if first is None else datetime.fromisoformat(first).astimezone().date()
    return Register(int(members or 0), int(homes or 0), begun)


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A branch as the set-up lists it: members placed there on a day, and its cells."""

    id: str
    name: str
    members: int
    cells: int
    valid_from: date | None
    valid_to: date | None
    order: str


def branches(work: Work, day: date, *, ended: bool = False) -> tuple[BranchRow, ...]:
    """The branches of a day in Vietnamese order; with ``ended`` also those that are no more."""
    placed = (
        select(placement.c.branch_id, func.count().label("members"))
        .join(membership, membership.c.id == placement.c.membership_id)
        .where(
            *placed_on(day),
            or_(membership.c.left_on.is_(None), membership.c.left_on > day),
            membership.c.deleted_on.is_(None),
        )
        .group_by(placement.c.branch_id)
        .subquery()
    )
    cell = unit.alias("cell")
    cells = (
        select(cell.c.parent_id, func.count().label("cells"))
        .where(
            cell.c.level == Level.CELL.name,
            cell.c.deleted_on.is_(None),
            or_(cell.c.valid_to.is_(None), cell.c.valid_to > day),
        )
        .group_by(cell.c.parent_id)
        .subquery()
    )
    query = (
        select(
            unit.c.id,
            unit.c.name,
            func.coalesce(placed.c.members, 0),
            func.coalesce(cells.c.cells, 0),
            unit.c.valid_from,
            unit.c.valid_to,
            unit.c.sort_key,
        )
        .join(placed, placed.c.branch_id == unit.c.id, isouter=True)
        .join(cells, cells.c.parent_id == unit.c.id, isouter=True)
        .where(unit.c.level == Level.BRANCH.name, unit.c.deleted_on.is_(None))
        .order_by(unit.c.sort_key, unit.c.id)
    )
    if not ended:
        query = query.where(or_(unit.c.valid_to.is_(None), unit.c.valid_to > day))
    return tuple(BranchRow(*row) for row in work.connection.execute(query))


def subjects(work: Work, batches: Sequence[str], at_most: int = 3) -> dict[str, tuple[str, ...]]:
    """Whom or what each act was about: a few names in the order of the act, one more where there are more than
    ``at_most``. Of a large act only the units are named that it made or changed."""
    content = func.coalesce(journal.c.after, journal.c.before)
    owner = case({noun: json_value(content, link) for noun, (_n, link) in _OF.items()}, value=journal.c.noun)
    query = (
        select(journal.c.batch, journal.c.noun, journal.c.record_id, owner)
        .where(journal.c.batch.in_(batches), journal.c.noun.in_((*_NAMED, *_OF)))
        .order_by(journal.c.n)
    )
    by_batch: dict[str, list[tuple[str, str]]] = {}
    for batch, noun, record_id, owner_id in work.connection.execute(query):
        found = by_batch.setdefault(batch, [])
        one = (_OF[noun][0], owner_id) if noun in _OF else (noun, record_id)
        if one[1] is not None and one not in found:
            found.append(one)
    units = {batch: [one for one in found if one[0] == "unit"] for batch, found in by_batch.items()}
    small = {batch: found if len(found) <= _MANY else units[batch] for batch, found in by_batch.items()}
    wanted: dict[str, set[str]] = {}
    for found in small.values():
        for noun, record_id in found:
            wanted.setdefault(noun, set()).add(record_id)
    names = {noun: behind.names(work, noun, ids) for noun, ids in wanted.items()}
    told: dict[str, tuple[str, ...]] = {}
    for batch, found in small.items():
        titles = [_title(names[noun][one]) for noun, one in found if one in names[noun] and names[noun][one].title]
        told[batch] = tuple(dict.fromkeys(titles))[: at_most + 1]
    return told | _exported(work, batches)


def _exported(work: Work, batches: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Which list was printed or saved."""
    now, before = json_value(journal.c.after, "list"), json_value(journal.c.after, "value", "list")
    query = select(journal.c.batch, func.coalesce(now, before)).where(
        journal.c.batch.in_(batches), or_(journal.c.noun == access.NOUN, journal.c.record_id == access.EXPORTED)
    )
    return {batch: (title,) for batch, title in work.connection.execute(query) if title}


def _title(named: behind.Named) -> str:
    return named.title if named.on is None else f"{named.title} {named.on:%d/%m}"
