"""What the checks before closing a month ask of the records: counts, and which records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, cast, func, or_, select
from sqlalchemy.types import String

from sochihoi.domain.units import Level
from sochihoi.storage.meetings import placed_on
from sochihoi.storage.schema import (
    membership,
    person,
    placement,
    position,
    study_attendance,
    study_headcount,
    study_session,
    unit,
)
from sochihoi.storage.work import Work


@dataclass(frozen=True, slots=True)
class MemberCounts:
    """Current members at the end of a day, and of how many something is missing."""

    members: int
    doubtful: int  # the import marked them and nobody looked at them yet
    no_birth: int
    no_household: int
    no_branch: int


def member_counts(work: Work, day: date) -> MemberCounts:
    """Of the members at the end of that day."""
    placed = select(placement.c.id).where(placement.c.membership_id == membership.c.id, *placed_on(day)).exists()
    review = cast(membership.c.review, String)  # on a server it is of a type that compares with nothing
    query = (
        select(
            func.count(),
            func.count().filter(review.not_in(("[]", "null"))),
            func.count().filter(person.c.birth == ""),
            func.count().filter(person.c.household_id.is_(None)),
            func.count().filter(~placed),
        )
        .select_from(membership.join(person, person.c.id == membership.c.person_id))
        .where(
            or_(membership.c.registered_on.is_(None), membership.c.registered_on <= day),
            or_(membership.c.left_on.is_(None), membership.c.left_on > day),
            membership.c.deleted_on.is_(None),
            person.c.deleted_on.is_(None),
        )
    )
    return MemberCounts(*work.connection.execute(query).one())


def sessions(work: Work, start: date, end: date) -> list[tuple[str, date, bool]]:
    """Study sessions of the days: id, day, and whether anybody is marked or counted as having come."""
    named = select(study_attendance.c.id).where(
        study_attendance.c.session_id == study_session.c.id, study_attendance.c.deleted_on.is_(None)
    )
    counted = select(study_headcount.c.id).where(
        study_headcount.c.session_id == study_session.c.id,
        study_headcount.c.people > 0,
        study_headcount.c.deleted_on.is_(None),
    )
    query: Select[Any] = (
        select(study_session.c.id, study_session.c.held_on, or_(named.exists(), counted.exists()))
        .where(study_session.c.held_on.between(start, end), study_session.c.deleted_on.is_(None))
        .order_by(study_session.c.held_on)
    )
    return [(row[0], row[1], bool(row[2])) for row in work.connection.execute(query)]


def branches_without_head(work: Work, day: date) -> list[str]:
    """Names of the branches that nobody leads on a day, in Vietnamese order."""
    leads = (
        select(position.c.id)
        .join(membership, membership.c.id == position.c.membership_id)
        .where(
            position.c.unit_id == unit.c.id,
            position.c.title == "BRANCH_HEAD",
            or_(position.c.from_on.is_(None), position.c.from_on <= day),
            or_(position.c.to_on.is_(None), position.c.to_on > day),
            position.c.deleted_on.is_(None),
            or_(membership.c.left_on.is_(None), membership.c.left_on > day),
        )
    )
    query = (
        select(unit.c.name)
        .where(
            unit.c.level == Level.BRANCH.name,
            and_(
                or_(unit.c.valid_from.is_(None), unit.c.valid_from <= day),
                or_(unit.c.valid_to.is_(None), unit.c.valid_to > day),
            ),
            unit.c.deleted_on.is_(None),
            ~leads.exists(),
        )
        .order_by(unit.c.sort_key)
    )
    return [row[0] for row in work.connection.execute(query)]
