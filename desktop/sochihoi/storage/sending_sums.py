"""What a report file says beside the frozen figures: sums of meetings, study and scoring. No row about a person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, and_, case, cast, func, or_, select

from sochihoi.domain.meetings import Mark, MeetingState
from sochihoi.storage.schema import (
    attendance,
    branch_score,
    closing,
    meeting,
    placement,
    study_attendance,
    study_headcount,
    study_session,
    unit,
)
from sochihoi.storage.study import branches_of
from sochihoi.storage.study_forgetting import stood
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

    Under the branch ``""`` stands the whole commune. A session of several branches is one of each of them and one of
    the commune; there a member is an attendance of the branch that she is in on the day, and head-counts are the
    commune's alone.
    """
    counted = (
        select(study_headcount.c.session_id, func.sum(study_headcount.c.people).label("people"))
        .where(study_headcount.c.deleted_on.is_(None))
        .group_by(study_headcount.c.session_id)
        .subquery()
    )
    query = (
        select(
            study_session.c.id,
            study_session.c.branch_id,
            study_session.c.further_branches,
            func.strftime("%Y-%m", study_session.c.held_on).label("period"),
            study_session.c.campaign_id,
            cast(func.coalesce(counted.c.people, 0), Integer).label("counted"),
        )
        .outerjoin(counted, counted.c.session_id == study_session.c.id)
        .where(study_session.c.deleted_on.is_(None), study_session.c.held_on.is_not(None))
    )
    by_name = _by_name(work)
    found: dict[BranchMonth, dict[str, Any]] = {}
    for row in work.rows(query):
        named = by_name.get(row["id"], {})
        branches = branches_of(row["branch_id"], row["further_branches"])
        of_one = len(branches) == 1
        for branch in ("", *branches):
            sums = found.setdefault(
                (branch, row["period"]), {"sessions": 0, "named": 0, "counted": 0, "campaigns": set()}
            )
            sums["sessions"] += 1
            sums["named"] += sum(named.values()) if of_one or not branch else named.get(branch, 0)
            sums["counted"] += row["counted"] if of_one or not branch else 0
            sums["campaigns"].add(row["campaign_id"])
    return found


def _by_name(work: Work) -> dict[str, dict[str, int]]:
    """Session -> branch on its day -> how many of its members came; ``""`` for those of no branch on that day."""
    there = and_(
        placement.c.membership_id == study_attendance.c.membership_id,
        or_(placement.c.from_on.is_(None), placement.c.from_on <= study_session.c.held_on),
        or_(placement.c.to_on.is_(None), placement.c.to_on > study_session.c.held_on),
        stood(),
    )
    branch = func.coalesce(placement.c.branch_id, "").label("branch")
    query = (
        select(study_attendance.c.session_id, branch, func.count(study_attendance.c.id.distinct()).label("people"))
        .join(study_session, study_session.c.id == study_attendance.c.session_id)
        .outerjoin(placement, there)
        .where(study_attendance.c.deleted_on.is_(None))
        .group_by(study_attendance.c.session_id, branch)
    )
    found: dict[str, dict[str, int]] = {}
    for row in work.rows(query):
        found.setdefault(row["session_id"], {})[row["branch"]] = row["people"]
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
