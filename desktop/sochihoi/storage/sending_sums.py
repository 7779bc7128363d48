"""What a report file says beside the frozen figures: sums of meetings, study and scoring. No row about a person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, and_, case, cast, func, select

from sochihoi.domain.meetings import Mark, MeetingState
from sochihoi.storage.schema import (
    attendance,
    branch_score,
    closing,
    meeting,
    study_attendance,
    study_headcount,
    study_session,
    unit,
)
from sochihoi.storage.work import Work

BranchMonth = tuple[str, str]  # branch id ("" for the commune itself), period such as 2026-10


@dataclass(frozen=True, slots=True)
class Scored:
    """A verified score sheet: points as texts by criterion."""

    branch: str
    year: int
    rubric_code: str
    rubric_version: str
    verified_on: date
    points: tuple[str, ...]
    title: str | None
    decided_on: date | None


def editions(work: Work) -> dict[str, int]:
    """The newest edition of every closed period."""
    query = select(closing.c.period, func.max(closing.c.edition).label("edition")).group_by(closing.c.period)
    return {row["period"]: row["edition"] for row in work.rows(query)}


def branch_names(work: Work, ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Code and name by id, also of branches that are no more."""
    return {key: (row["code"] or "", row["name"]) for key, row in work.by_id(unit, ids).items()}


def meeting_sums(work: Work) -> dict[BranchMonth, dict[str, int]]:
    """Held, guests, roster, present, excused and absent of finished meetings, by branch and month."""
    month = func.strftime("%Y-%m", meeting.c.held_on)
    finished = and_(meeting.c.state == MeetingState.CLOSED.name, meeting.c.deleted_on.is_(None))
    held = (
        select(
            meeting.c.branch_id,
            month.label("period"),
            func.count().label("held"),
            func.sum(meeting.c.guests).label("guests"),
        )
        .where(finished)
        .group_by(meeting.c.branch_id, month)
    )
    marked = {mark: func.sum(case((attendance.c.mark == mark.name, 1), else_=0)) for mark in Mark}
    rosters = (
        select(
            meeting.c.branch_id,
            month.label("period"),
            func.count().label("roster"),
            marked[Mark.PRESENT].label("present"),
            marked[Mark.EXCUSED].label("excused"),
            marked[Mark.ABSENT].label("absent"),
        )
        .join(attendance, attendance.c.meeting_id == meeting.c.id)
        .where(finished)
        .group_by(meeting.c.branch_id, month)
    )
    empty = dict.fromkeys(("held", "guests", "roster", "present", "excused", "absent"), 0)
    found: dict[BranchMonth, dict[str, int]] = {}
    for query in (held, rosters):
        for row in work.rows(query):
            sums = found.setdefault((row["branch_id"], row["period"]), dict(empty))
            sums.update({key: int(row[key] or 0) for key in row if key not in ("branch_id", "period")})
    return found


def study_sums(work: Work) -> dict[BranchMonth, dict[str, Any]]:
    """Sessions, campaigns (their ids), attendances by name and head-counts, by branch and month.

    Sessions of the whole commune stand under the branch ``""``.
    """
    by_name = (
        select(study_attendance.c.session_id, func.count().label("people"))
        .group_by(study_attendance.c.session_id)
        .subquery()
    )
    by_count = (
        select(study_headcount.c.session_id, func.sum(study_headcount.c.people).label("people"))
        .group_by(study_headcount.c.session_id)
        .subquery()
    )
    query = (
        select(
            study_session.c.branch_id,
            func.strftime("%Y-%m", study_session.c.held_on).label("period"),
            study_session.c.campaign_id,
            cast(func.coalesce(by_name.c.people, 0), Integer).label("named"),
            cast(func.coalesce(by_count.c.people, 0), Integer).label("counted"),
        )
        .outerjoin(by_name, by_name.c.session_id == study_session.c.id)
        .outerjoin(by_count, by_count.c.session_id == study_session.c.id)
        .where(study_session.c.deleted_on.is_(None), study_session.c.held_on.is_not(None))
    )
    found: dict[BranchMonth, dict[str, Any]] = {}
    for row in work.rows(query):
        key = (row["branch_id"] or "", row["period"])
        sums = found.setdefault(key, {"sessions": 0, "named": 0, "counted": 0, "campaigns": set()})
        sums["sessions"] += 1
        sums["named"] += row["named"]
        sums["counted"] += row["counted"]
        sums["campaigns"].add(row["campaign_id"])
    return found


def scored(work: Work, years: Collection[int]) -> tuple[Scored, ...]:
    """Verified score sheets of these years."""
    query = select(branch_score).where(
        branch_score.c.year.in_(list(years)),
        branch_score.c.verified_on.is_not(None),
        branch_score.c.deleted_on.is_(None),
    )
    return tuple(
        Scored(
            row["branch_id"],
            row["year"],
            row["rubric_code"],
            row["rubric_version"],
            row["verified_on"],
            tuple(str(line["verified"]) for line in row["rows"].values() if line.get("verified")),
            row["title"],
            row["recognised_on"],
        )
        for row in work.rows(query)
    )
