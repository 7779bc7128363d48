"""Meetings, the rosters frozen for them, and what was proposed there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Integer, and_, case, func, or_, select
from sqlalchemy.sql import ColumnElement

from sochihoi.domain.meeting_records import Attended, BranchMember, Meeting, MeetingRow, RosterRow
from sochihoi.domain.meetings import Mark, MeetingKind, MeetingState, Tally
from sochihoi.domain.minutes import Minutes
from sochihoi.domain.proposals import OpenProposal, Proposal
from sochihoi.storage.mapping import from_row, from_rows, to_row
from sochihoi.storage.schema import attendance, meeting, membership, person, placement, position, proposal, unit
from sochihoi.storage.work import Work

_CODE = "SH-"


class Meetings:
    """Meetings of branches. Deleted (called off) ones are in no list."""

    def __init__(self, work: Work) -> None:
        self._work = work

    # ------------------------------------------------------------------ meetings

    def next_number(self) -> int:
        """The number of the next code; numbers are never used twice."""
        digits = func.cast(func.substr(meeting.c.code, len(_CODE) + 1), Integer)
        return int(self._work.value(select(func.max(digits))) or 0) + 1

    @staticmethod
    def code(number: int) -> str:
        """``SH-0012``."""
        return f"{_CODE}{number:04}"

    def add(self, new: Iterable[Meeting]) -> None:
        """New meetings."""
        self._work.insert(meeting, [_row(one) for one in new])

    def save(self, *changed: Meeting) -> None:
        """Changed meetings; only what differs is journaled."""
        self._work.update(meeting, {one.id: {k: v for k, v in _row(one).items() if k != "id"} for one in changed})

    def get(self, meeting_id: str) -> Meeting:
        """Raises ``NotFound``."""
        return _meeting(self._work.get(meeting, meeting_id))

    def many(self, meeting_ids: Sequence[str]) -> tuple[Meeting, ...]:
        """In the order of the ids; ids that do not exist are left out."""
        found = self._work.by_id(meeting, meeting_ids)
        return tuple(_meeting(found[one]) for one in meeting_ids if one in found)

    def remove(self, meeting_id: str, on: date) -> None:
        """Called off."""
        self._work.remove(meeting, [meeting_id], on)

    def on_day(self, branch_ids: Sequence[str], day: date) -> dict[str, str]:
        """Which of these branches have a meeting on a day: branch id to meeting id."""
        query = select(meeting.c.branch_id, meeting.c.id).where(
            meeting.c.held_on == day, meeting.c.deleted_on.is_(None)
        )
        return {r["branch_id"]: r["id"] for r in self._work.rows(query) if r["branch_id"] in set(branch_ids)}

    def last_before(self, branch_id: str, day: date) -> Meeting | None:
        """The branch's newest closed meeting before a day."""
        query = (
            select(meeting)
            .where(
                meeting.c.branch_id == branch_id,
                meeting.c.held_on < day,
                meeting.c.state == MeetingState.CLOSED.name,
                meeting.c.deleted_on.is_(None),
            )
            .order_by(meeting.c.held_on.desc())
            .limit(1)
        )
        rows = self._work.rows(query)
        return _meeting(rows[0]) if rows else None

    def of_period(
        self, start: date, end: date, *, branch_id: str | None = None, meeting_id: str | None = None
    ) -> tuple[MeetingRow, ...]:
        """Meetings held from ``start`` to ``end``, with who was there; by day, then by branch."""
        counts = (
            select(
                attendance.c.meeting_id,
                func.count().label("roster"),
                *(func.sum(case((attendance.c.mark == mark.name, 1), else_=0)).label(mark.name) for mark in Mark),
            )
            .where(attendance.c.deleted_on.is_(None))
            .group_by(attendance.c.meeting_id)
            .subquery()
        )
        waiting = (
            select(proposal.c.meeting_id, func.count().label("open_proposals"))
            .where(proposal.c.deleted_on.is_(None), proposal.c.answered_on.is_(None))
            .group_by(proposal.c.meeting_id)
            .subquery()
        )
        query = (
            select(
                meeting,
                unit.c.name.label("branch"),
                counts.c.roster,
                *(counts.c[mark.name] for mark in Mark),
                waiting.c.open_proposals,
            )
            .join(unit, unit.c.id == meeting.c.branch_id)
            .join(counts, counts.c.meeting_id == meeting.c.id, isouter=True)
            .join(waiting, waiting.c.meeting_id == meeting.c.id, isouter=True)
            .where(meeting.c.held_on >= start, meeting.c.held_on <= end, meeting.c.deleted_on.is_(None))
            .order_by(meeting.c.held_on, unit.c.sort_key, meeting.c.id)
        )
        if branch_id is not None:
            query = query.where(meeting.c.branch_id == branch_id)
        if meeting_id is not None:
            query = query.where(meeting.c.id == meeting_id)
        return tuple(_listed(row) for row in self._work.rows(query))

    # ------------------------------------------------------------------ rosters

    def members_on(self, branch_ids: Sequence[str], day: date) -> tuple[BranchMember, ...]:
        """Members of the branches at the end of a day, honorary ones too; those who left on that day no longer."""
        cell = unit.alias("cell")
        query = (
            select(
                placement.c.branch_id,
                placement.c.membership_id,
                person.c.full_name,
                func.coalesce(cell.c.name, "").label("cell"),
                membership.c.honorary,
                person.c.sort_key.label("name_order"),
                func.coalesce(cell.c.sort_key, "").label("cell_order"),
            )
            .join(membership, membership.c.id == placement.c.membership_id)
            .join(person, person.c.id == membership.c.person_id)
            .join(cell, cell.c.id == placement.c.cell_id, isouter=True)
            .where(
                placement.c.branch_id.in_(branch_ids),
                *placed_on(day),
                or_(membership.c.registered_on.is_(None), membership.c.registered_on <= day),
                or_(membership.c.left_on.is_(None), membership.c.left_on > day),
                membership.c.deleted_on.is_(None),
                person.c.deleted_on.is_(None),
            )
            .order_by(person.c.sort_key, membership.c.code)
        )
        # a slip of two placements at once must not put her on the roster twice
        seen: dict[tuple[str, str], BranchMember] = {}
        for one in from_rows(BranchMember, self._work.rows(query)):
            seen.setdefault((one.branch_id, one.membership_id), one)
        return tuple(seen.values())

    def freeze(self, rows: Iterable[tuple[str, str, str, int]]) -> None:
        """Rows of rosters: id, meeting, membership, row number."""
        names = ("id", "meeting_id", "membership_id", "row_number")
        self._work.insert(attendance, [dict(zip(names, row, strict=True)) for row in rows])

    def thaw(self, meeting_id: str) -> None:
        """Take the whole roster away."""
        query = select(attendance.c.id).where(attendance.c.meeting_id == meeting_id)
        self._work.erase(attendance, [r["id"] for r in self._work.rows(query)])

    def rosters(self, meeting_ids: Sequence[str]) -> dict[str, tuple[RosterRow, ...]]:
        """The rows of each roster, by row number. The cell is the one she was in on the day of the meeting."""
        cell = unit.alias("cell")
        query = (
            select(
                attendance,
                person.c.full_name,
                person.c.search_key,
                person.c.birth,
                func.coalesce(cell.c.name, "").label("cell"),
                membership.c.honorary,
            )
            .join(meeting, meeting.c.id == attendance.c.meeting_id)
            .join(membership, membership.c.id == attendance.c.membership_id)
            .join(person, person.c.id == membership.c.person_id)
            .join(
                placement,
                and_(
                    placement.c.membership_id == membership.c.id,
                    placement.c.branch_id == meeting.c.branch_id,
                    *placed_on(meeting.c.held_on),
                ),
                isouter=True,
            )
            .join(cell, cell.c.id == placement.c.cell_id, isouter=True)
            .where(attendance.c.meeting_id.in_(meeting_ids), attendance.c.deleted_on.is_(None))
            .order_by(attendance.c.meeting_id, attendance.c.row_number)
        )
        found: dict[str, dict[str, RosterRow]] = {one: {} for one in meeting_ids}
        for row in self._work.rows(query):
            found[row["meeting_id"]].setdefault(row["id"], from_row(RosterRow, row))
        return {one: tuple(rows.values()) for one, rows in found.items()}

    def roster(self, meeting_id: str) -> tuple[RosterRow, ...]:
        """The rows of one roster."""
        return self.rosters([meeting_id])[meeting_id]

    def mark(self, marks: Mapping[str, Mark | None]) -> None:
        """Set marks by the id of the roster's row."""
        self._work.update(attendance, {one: {"mark": None if m is None else m.name} for one, m in marks.items()})

    def note(self, row_id: str, note: str) -> None:
        """The note of one row."""
        self._work.update(attendance, {row_id: {"note": note}})

    def has_row(self, meeting_id: str, row_id: str) -> bool:
        """Whether a row is one of the roster of this meeting."""
        row = self._work.find(attendance, row_id)
        return row is not None and row["meeting_id"] == meeting_id and row["deleted_on"] is None

    # ------------------------------------------------------------------ who leads, who came

    def head_of(self, branch_id: str, day: date) -> str:
        """The name of the head of the branch on a day; "" when nobody is entered."""
        query = (
            select(person.c.full_name)
            .join(membership, membership.c.person_id == person.c.id)
            .join(position, position.c.membership_id == membership.c.id)
            .where(
                position.c.unit_id == branch_id,
                position.c.title == "BRANCH_HEAD",
                or_(position.c.from_on.is_(None), position.c.from_on <= day),
                or_(position.c.to_on.is_(None), position.c.to_on > day),
                position.c.deleted_on.is_(None),
                membership.c.deleted_on.is_(None),
            )
            .order_by(position.c.from_on.desc())
            .limit(1)
        )
        return str(self._work.value(query) or "")

    def of_member(self, membership_id: str, start: date, end: date) -> tuple[Attended, ...]:
        """The closed meetings on whose roster she stood, newest first."""
        query = (
            select(
                meeting.c.id.label("meeting_id"),
                meeting.c.held_on,
                unit.c.name.label("branch"),
                meeting.c.kind,
                meeting.c.topic,
                attendance.c.mark,
                attendance.c.note,
            )
            .join(meeting, meeting.c.id == attendance.c.meeting_id)
            .join(unit, unit.c.id == meeting.c.branch_id)
            .where(
                attendance.c.membership_id == membership_id,
                attendance.c.mark.is_not(None),
                attendance.c.deleted_on.is_(None),
                meeting.c.held_on >= start,
                meeting.c.held_on <= end,
                meeting.c.state == MeetingState.CLOSED.name,
                meeting.c.deleted_on.is_(None),
            )
            .order_by(meeting.c.held_on.desc())
        )
        return from_rows(Attended, self._work.rows(query))

    # ------------------------------------------------------------------ proposals

    def proposals(self, meeting_id: str) -> tuple[Proposal, ...]:
        """What was said at one meeting, in the order in which it was written."""
        query = (
            select(proposal)
            .where(proposal.c.meeting_id == meeting_id, proposal.c.deleted_on.is_(None))
            .order_by(proposal.c.position, proposal.c.id)
        )
        return from_rows(Proposal, self._work.rows(query))

    def proposal(self, proposal_id: str) -> Proposal:
        """Raises ``NotFound``."""
        return from_row(Proposal, self._work.get(proposal, proposal_id))

    def put_proposal(self, one: Proposal) -> None:
        """A new or changed proposal."""
        self._work.put(proposal, [to_row(one)])

    def remove_proposal(self, proposal_id: str, on: date) -> None:
        """Taken off the list."""
        self._work.remove(proposal, [proposal_id], on)

    def open_proposals(self) -> tuple[OpenProposal, ...]:
        """Every proposal or question without an answer: the soonest due first, those without a due day last.

        An opinion is on the list only when somebody follows it up.
        """
        query = (
            select(proposal, meeting.c.branch_id, meeting.c.held_on, unit.c.name.label("branch"))
            .join(meeting, meeting.c.id == proposal.c.meeting_id)
            .join(unit, unit.c.id == meeting.c.branch_id)
            .where(
                proposal.c.answered_on.is_(None),
                proposal.c.deleted_on.is_(None),
                meeting.c.deleted_on.is_(None),
                or_(proposal.c.kind != "OPINION", proposal.c.follower != "", proposal.c.due_on.is_not(None)),
            )
            .order_by(proposal.c.due_on.is_(None), proposal.c.due_on, meeting.c.held_on, proposal.c.id)
        )
        return tuple(
            OpenProposal(from_row(Proposal, row), row["branch_id"], row["branch"], row["held_on"])
            for row in self._work.rows(query)
        )


def placed_on(day: Any) -> tuple[ColumnElement[bool], ...]:
    """The condition that a placement holds on a day (a date, or a column of dates)."""
    return (
        or_(placement.c.from_on.is_(None), placement.c.from_on <= day),
        or_(placement.c.to_on.is_(None), placement.c.to_on > day),
        placement.c.deleted_on.is_(None),
    )


def _row(record: Meeting) -> dict[str, Any]:
    return {**to_row(record), "minutes": {} if record.minutes == Minutes() else record.minutes.plain()}


def _meeting(row: Any) -> Meeting:
    return from_row(Meeting, {**row, "minutes": Minutes.read(row["minutes"])})


def _listed(row: Any) -> MeetingRow:
    present, excused, absent = (row[m.name] or 0 for m in (Mark.PRESENT, Mark.EXCUSED, Mark.ABSENT))
    told = Tally(present, excused, absent, (row["roster"] or 0) - present - excused - absent)
    return MeetingRow(
        id=row["id"],
        code=row["code"],
        branch_id=row["branch_id"],
        branch=row["branch"],
        held_on=row["held_on"],
        starts_at=row["starts_at"],
        place=row["place"],
        kind=MeetingKind[row["kind"]],
        topic=row["topic"],
        state=MeetingState[row["state"]],
        tally=told,
        guests=row["guests"],
        has_minutes=not Minutes.read(row["minutes"]).said_nothing,
        minutes_done_on=row["minutes_done_on"],
        open_proposals=row["open_proposals"] or 0,
    )
