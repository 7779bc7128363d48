"""Rows that go from one entry of a woman to the other, and the way back at any later time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, Table, or_, select

from sochihoi.storage import journal
from sochihoi.storage.schema import (
    METADATA,
    attendance,
    consent,
    household,
    meeting,
    membership,
    person,
    placement,
    position,
    study_attendance,
    study_eligible,
    study_session,
)
from sochihoi.storage.work import Work

Row = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Belongings:
    """The rows of some memberships, as they stand."""

    attendances: tuple[Row, ...]  # with ``held_on`` of the meeting
    study: tuple[Row, ...]  # with ``held_on`` of the session
    eligible: tuple[Row, ...]
    positions: tuple[Row, ...]
    placements: tuple[Row, ...]


def belongings(work: Work, membership_ids: Sequence[str]) -> Belongings:
    """What hangs on some memberships, deleted rows too: they hold their place in a pair."""
    ids = list(membership_ids)
    return Belongings(
        tuple(
            work.rows(
                select(attendance, meeting.c.held_on)
                .join(meeting, meeting.c.id == attendance.c.meeting_id)
                .where(attendance.c.membership_id.in_(ids), attendance.c.deleted_on.is_(None))
                .order_by(attendance.c.id)
            )
        ),
        tuple(
            work.rows(
                select(study_attendance, study_session.c.held_on)
                .join(study_session, study_session.c.id == study_attendance.c.session_id)
                .where(study_attendance.c.membership_id.in_(ids))
                .order_by(study_attendance.c.id)
            )
        ),
        tuple(work.rows(_of(study_eligible, ids))),
        tuple(work.rows(_of(position, ids).where(position.c.deleted_on.is_(None)))),
        tuple(work.rows(_of(placement, ids).where(placement.c.deleted_on.is_(None)).order_by(placement.c.from_on))),
    )


def _of(table: Table, ids: list[str]) -> Any:
    return select(table).where(table.c.membership_id.in_(ids)).order_by(table.c.id)


def headed(work: Work, person_id: str) -> tuple[Row, ...]:
    """The households whose head she is."""
    query = select(household).where(household.c.head_id == person_id, household.c.deleted_on.is_(None))
    return tuple(work.rows(query.order_by(household.c.code)))


def consents(work: Work, person_id: str) -> tuple[Row, ...]:
    """What she agreed to."""
    return tuple(work.rows(select(consent).where(consent.c.person_id == person_id).order_by(consent.c.id)))


def change(work: Work, name: str, changes: Mapping[str, Row]) -> None:
    """Columns of rows of a table, by its name."""
    work.update(METADATA.tables[name], changes)


def forwarded(work: Work, person_id: str) -> str:
    """Who she is now: through every merge that stands. Raises ``NotFound``."""
    seen = set()
    while person_id not in seen:
        seen.add(person_id)
        into = work.get(person, person_id)["merged_into"]
        if into is None:
            break
        person_id = into
    return person_id


def forwarded_membership(work: Work, membership_id: str) -> str:
    """The membership in which one that went lives on: the newest of the woman who she is now. Raises ``NotFound``."""
    row = work.get(membership, membership_id)
    if row["deleted_on"] is None:
        return membership_id
    now = forwarded(work, row["person_id"])
    query = (
        select(membership.c.id)
        .where(membership.c.person_id == now, membership.c.deleted_on.is_(None))
        .order_by(membership.c.registered_on.desc(), membership.c.id)
    )
    return work.value(query.limit(1)) or membership_id


def by_gone_code(work: Work, code: str) -> str | None:
    """The membership in which the one of a code that went lives on."""
    query = (
        select(membership.c.id)
        .join(person, person.c.id == membership.c.person_id)
        .where(membership.c.code == code, person.c.merged_into.is_not(None))
    )
    found = work.value(query.limit(1))
    return forwarded_membership(work, found) if found else None


def gone_codes(work: Work, person_id: str) -> tuple[str, ...]:
    """Codes of entries that went into a person, also by way of another, in order."""
    found: set[str] = set()
    into = [person_id]
    while into:
        query = select(person.c.id, membership.c.code).outerjoin(membership, membership.c.person_id == person.c.id)
        rows = work.rows(query.where(person.c.merged_into.in_(into)))
        found |= {row["code"] for row in rows if row["code"]}
        into = [*{row["id"] for row in rows}]
    return tuple(sorted(found))


def merged(work: Work) -> tuple[Row, ...]:
    """Entries that went into another one: ``id``, ``full_name``, ``merged_into``, ``deleted_on``."""
    columns = (person.c.id, person.c.full_name, person.c.merged_into, person.c.deleted_on)
    query = select(*columns).where(person.c.merged_into.is_not(None))
    return tuple(work.rows(query.order_by(person.c.deleted_on.desc(), person.c.sort_key)))


def aliases(work: Work) -> tuple[Row, ...]:
    """The same with what old lists may still say of them: ``birth``, ``national_id``, and the ``code`` they had."""
    columns = (person.c.id, person.c.full_name, person.c.birth, person.c.national_id, person.c.merged_into)
    query = select(*columns, membership.c.code).outerjoin(membership, membership.c.person_id == person.c.id)
    return tuple(work.rows(query.where(person.c.merged_into.is_not(None)).order_by(person.c.id, membership.c.id)))


def batch_of(work: Work, person_id: str, act: str) -> str | None:
    """The newest batch of an act that changed a person."""
    entries = journal.of_record(work.connection, [person_id])
    return next((e.batch for e in entries if e.act == act and e.noun == "person"), None)


# ---------------------------------------------------------------------------- the way back


def unravel(work: Work, batch: str) -> int:
    """Take a batch back field by field: what was corrected since keeps its later value; what only a later act of the
    same kind changed again (a merge of merges) goes back all the same. How many records changed.
    """
    entries = journal.of_batch(work.connection, batch)
    changed = 0
    for entry in entries:
        table = METADATA.tables.get(entry.noun)
        if table is None or entry.before is None or entry.after is None:
            continue
        now = work.find(table, entry.record_id)
        if now is None:
            continue
        back = {
            name: old
            for name, old in entry.before.items()
            if name in table.c and old != entry.after.get(name) and _goes_back(work, entry, name, _plain(now[name]))
        }
        if back:
            changed += 1
            work.update(table, {entry.record_id: {name: _typed(table, name, value) for name, value in back.items()}})
    _erase_new(work, entries)
    return changed


def _erase_new(work: Work, entries: Sequence[journal.Entry]) -> None:
    """Records that the batch made go, unless something was changed in them since."""
    for entry in entries:
        if entry.before is None and entry.after is not None and entry.noun in METADATA.tables:
            table = METADATA.tables[entry.noun]
            now = work.find(table, entry.record_id)
            if now is not None and all(_plain(now[k]) == v for k, v in entry.after.items() if k in now):
                work.erase(table, [entry.record_id])


def _goes_back(work: Work, entry: journal.Entry, name: str, now: Any) -> bool:
    assert entry.after is not None  # noqa: S101 - asked before
    if now == entry.after.get(name):
        return True
    later = [e for e in journal.of_record(work.connection, [entry.record_id]) if e.n > entry.n]
    changed_by = {e.act for e in later if (e.before or {}).get(name) != (e.after or {}).get(name)}
    return changed_by == {entry.act}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _typed(table: Table, name: str, value: Any) -> Any:
    return date.fromisoformat(value) if value is not None and isinstance(table.c[name].type, Date) else value


def residents(work: Work, household_ids: Sequence[str]) -> tuple[Row, ...]:
    """Who lives in some households."""
    query = select(person).where(person.c.household_id.in_(list(household_ids)), person.c.deleted_on.is_(None))
    return tuple(work.rows(query.order_by(person.c.sort_key)))


def rows_of_household(work: Work, name: str, household_ids: Sequence[str]) -> tuple[Row, ...]:
    """The rows of a table that hang on some households, deleted ones too."""
    table = METADATA.tables[name]
    return tuple(work.rows(select(table).where(or_(table.c.household_id.in_(list(household_ids)))).order_by("id")))
