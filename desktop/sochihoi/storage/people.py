"""Persons, memberships, placements, positions: rows in and out, and the lists of members."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from sochihoi.domain.member_lists import MemberRow, Participation, PersonRow
from sochihoi.domain.members import (
    MEMBER_PREFIX,
    Membership,
    Person,
    Placement,
    Position,
    highest,
)
from sochihoi.domain.people import LeaveReason, PositionTitle
from sochihoi.domain.vietnamese import fold, sort_key
from sochihoi.storage.mapping import from_row, from_rows, to_row
from sochihoi.storage.member_lists import current, member_rows
from sochihoi.storage.schema import (
    attendance,
    meeting,
    membership,
    person,
    placement,
    position,
    study_attendance,
    study_campaign,
    study_eligible,
    study_session,
    unit,
)
from sochihoi.storage.work import Work


class People:
    """Everyone whom the commune knows."""

    def __init__(self, work: Work) -> None:
        self._work = work

    # ------------------------------------------------------------------ records

    def add(
        self,
        people: Sequence[Person] = (),
        memberships: Sequence[Membership] = (),
        placements: Sequence[Placement] = (),
        positions: Sequence[Position] = (),
    ) -> None:
        """New records, many at once."""
        self._work.insert(person, [_person_row(p) for p in people])
        self._work.insert(membership, [_membership_row(m) for m in memberships])
        self._work.insert(placement, [to_row(p) for p in placements])
        self._work.insert(position, [{**to_row(p), "rank": list(PositionTitle).index(p.title)} for p in positions])

    def save(
        self,
        people: Sequence[Person] = (),
        memberships: Sequence[Membership] = (),
        placements: Sequence[Placement] = (),
        positions: Sequence[Position] = (),
    ) -> None:
        """Changed records. Raises ``NotFound``."""
        self._work.update(person, {p.id: _changes(_person_row(p)) for p in people})
        self._work.update(membership, {m.id: _changes(_membership_row(m)) for m in memberships})
        self._work.update(placement, {p.id: _changes(to_row(p)) for p in placements})
        self._work.update(position, {p.id: _changes(to_row(p)) for p in positions})

    def remove_position(self, position_id: str, on: date) -> None:
        """A position that was entered by mistake."""
        self._work.remove(position, [position_id], on)

    def person(self, person_id: str) -> Person:
        """Raises ``NotFound``."""
        return from_row(Person, self._work.get(person, person_id))

    def people(self, ids: Iterable[str]) -> dict[str, Person]:
        """Many at once, by id."""
        return {i: from_row(Person, row) for i, row in self._work.by_id(person, ids).items()}

    def membership(self, membership_id: str) -> Membership:
        """Raises ``NotFound``."""
        return from_row(Membership, self._work.get(membership, membership_id))

    def memberships(self, ids: Iterable[str]) -> dict[str, Membership]:
        """Many at once, by id."""
        return {i: from_row(Membership, row) for i, row in self._work.by_id(membership, ids).items()}

    def memberships_of(self, person_id: str) -> tuple[Membership, ...]:
        """Every membership of a person, the newest first."""
        query = select(membership).where(membership.c.person_id == person_id, membership.c.deleted_on.is_(None))
        return from_rows(
            Membership, self._work.rows(query.order_by(membership.c.registered_on.desc(), membership.c.id))
        )

    def by_code(self, code: str) -> Membership | None:
        """The membership of a code; of several, the one that still lasts or began last."""
        query = (
            select(membership)
            .where(membership.c.code == code.strip().upper(), membership.c.deleted_on.is_(None))
            .order_by(membership.c.left_on.is_not(None), membership.c.registered_on.desc())
        )
        found = self._work.rows(query.limit(1))
        return from_row(Membership, found[0]) if found else None

    def placements_of(self, membership_ids: Sequence[str]) -> tuple[Placement, ...]:
        """The stays of some memberships, in order of their days."""
        query = select(placement).where(placement.c.membership_id.in_(membership_ids), placement.c.deleted_on.is_(None))
        return from_rows(Placement, self._work.rows(query.order_by(placement.c.from_on, placement.c.id)))

    def position(self, position_id: str) -> Position:
        """Raises ``NotFound``."""
        return from_row(Position, self._work.get(position, position_id))

    def positions_of(self, membership_ids: Sequence[str]) -> tuple[Position, ...]:
        """The positions of some memberships, in order of their days."""
        query = select(position).where(position.c.membership_id.in_(membership_ids), position.c.deleted_on.is_(None))
        return from_rows(Position, self._work.rows(query.order_by(position.c.from_on, position.c.rank)))

    def highest_code(self) -> int:
        """The highest number of a member's code, also of those who left or were taken off."""
        return highest(MEMBER_PREFIX, (r["code"] for r in self._work.rows(select(membership.c.code))))

    # ------------------------------------------------------------------ lists

    def rows(self, on: date, status: str = "CURRENT") -> list[MemberRow]:
        """A list of members in Vietnamese order: ``CURRENT`` on a day, ``LEFT`` by then, or ``ALL``."""
        return member_rows(self._work, on, status)

    def row(self, membership_id: str, on: date) -> MemberRow | None:
        """One line of the list, whether she left or not."""
        found = member_rows(self._work, on, "ALL", only=membership.c.id == membership_id)
        return found[0] if found else None

    def without_membership(self, on: date) -> tuple[PersonRow, ...]:
        """Persons who are no members on a day and of whom the book does not say that they died, in Vietnamese
        order."""
        is_member = select(membership.c.id).where(
            membership.c.person_id == person.c.id, membership.c.deleted_on.is_(None), current(on)
        )
        died = select(membership.c.id).where(
            membership.c.person_id == person.c.id,
            membership.c.deleted_on.is_(None),
            membership.c.left_reason == LeaveReason.DECEASED.name,
        )
        query = (
            select(
                person.c.id.label("person_id"),
                person.c.full_name,
                person.c.sort_key,
                person.c.birth,
                person.c.phone,
                person.c.address,
                person.c.household_id,
                person.c.relation_to_head,
            )
            .where(person.c.deleted_on.is_(None), ~is_member.exists(), ~died.exists())
            .order_by(person.c.sort_key)
        )
        return from_rows(PersonRow, self._work.rows(query))

    def known(self) -> list[dict[str, Any]]:
        """What tells persons apart, of everyone: id, name, birth, national id, and their newest membership with its
        branch. For the search for the same person."""
        branch = aliased(unit, name="branch")
        query = (
            select(
                person.c.id.label("person_id"),
                person.c.full_name,
                person.c.birth,
                person.c.national_id,
                membership.c.id.label("membership_id"),
                membership.c.code,
                membership.c.left_on,
                placement.c.branch_id,
                branch.c.name.label("branch"),
            )
            .select_from(
                person.outerjoin(
                    membership, and_(membership.c.person_id == person.c.id, membership.c.deleted_on.is_(None))
                )
                .outerjoin(
                    placement, and_(placement.c.membership_id == membership.c.id, placement.c.deleted_on.is_(None))
                )
                .outerjoin(branch, branch.c.id == placement.c.branch_id)
            )
            .where(person.c.deleted_on.is_(None))
            .order_by(membership.c.registered_on, placement.c.from_on)
        )
        newest = {r["person_id"]: dict(r) for r in self._work.rows(query)}
        return list(newest.values())

    # ------------------------------------------------------------------ what a member took part in

    def participation(self, membership_id: str, year: int) -> Participation:
        """Meetings and study campaigns of a year."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        met = self._work.rows(
            select(attendance.c.mark, func.count().label("times"))
            .join(meeting, meeting.c.id == attendance.c.meeting_id)
            .where(
                attendance.c.membership_id == membership_id,
                attendance.c.deleted_on.is_(None),
                meeting.c.deleted_on.is_(None),
                meeting.c.state == "CLOSED",
                meeting.c.held_on.between(first, last),
            )
            .group_by(attendance.c.mark)
        )
        times = {r["mark"]: r["times"] for r in met}
        ought = {r["campaign_id"] for r in self._work.rows(_campaigns(membership_id, first, last))}
        reached = {r["campaign_id"] for r in self._work.rows(_reached(membership_id))}
        return Participation(year, sum(times.values()), times.get("PRESENT", 0), len(ought), len(ought & reached))


def _campaigns(membership_id: str, first: date, last: date) -> Select[Any]:
    return (
        select(study_eligible.c.campaign_id)
        .join(study_campaign, study_campaign.c.id == study_eligible.c.campaign_id)
        .where(
            study_eligible.c.membership_id == membership_id,
            study_eligible.c.deleted_on.is_(None),
            study_campaign.c.deleted_on.is_(None),
            func.coalesce(study_campaign.c.starts_on, study_campaign.c.frozen_on).between(first, last),
        )
    )


def _reached(membership_id: str) -> Select[Any]:
    return (
        select(study_session.c.campaign_id)
        .join(study_attendance, study_attendance.c.session_id == study_session.c.id)
        .where(
            study_attendance.c.membership_id == membership_id,
            study_attendance.c.deleted_on.is_(None),
            study_session.c.deleted_on.is_(None),
        )
    )


def _person_row(record: Person) -> dict[str, Any]:
    keys = {"sort_key": sort_key(record.full_name), "search_key": fold(record.full_name)}
    return {**to_row(record), "birth": str(record.birth or ""), **keys}


def _membership_row(record: Membership) -> dict[str, Any]:
    return {**to_row(record), "joined": str(record.joined or "")}


def _changes(row: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k != "id"}
