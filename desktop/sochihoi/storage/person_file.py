"""Everything that is kept about one person, from every table; and where her name stands in free text."""

from __future__ import annotations

import json

from sqlalchemy import JSON, String, func, or_, select, type_coerce
from sqlalchemy.sql.elements import ColumnElement

from sochihoi.domain.access import Access
from sochihoi.domain.meetings import Mark
from sochihoi.domain.person_file import Came, Change, Said, Studied, Trace
from sochihoi.domain.vietnamese import nfc
from sochihoi.storage import access
from sochihoi.storage.schema import (
    METADATA,
    assessment,
    attendance,
    household_registration,
    issued_report,
    journal,
    meeting,
    membership,
    person,
    proposal,
    sent_file,
    study_attendance,
    study_campaign,
    study_session,
    unit,
)
from sochihoi.storage.work import Work

_MANY_LOOKS = 500
_NO_TEXT = {"journal", "draft", "person"}  # searched or erased by other means


def entries_of(work: Work, person_id: str) -> tuple[str, ...]:
    """Her id and those of entries that were found to be her, through every merge."""
    found, last = {person_id}, {person_id}
    while last:
        query = select(person.c.id).where(person.c.merged_into.in_(last))
        last = set(work.connection.execute(query).scalars()) - found
        found |= last
    return tuple(sorted(found))


def membership_ids(work: Work, person_ids: tuple[str, ...]) -> tuple[str, ...]:
    """All memberships of these entries, taken off ones too."""
    query = select(membership.c.id).where(membership.c.person_id.in_(person_ids)).order_by(membership.c.id)
    return tuple(work.connection.execute(query).scalars())


def came(work: Work, memberships: tuple[str, ...]) -> tuple[Came, ...]:
    """Meetings, in order of their days."""
    query = (
        select(meeting.c.held_on, unit.c.name, attendance.c.mark, attendance.c.note)
        .select_from(
            attendance.join(meeting, meeting.c.id == attendance.c.meeting_id).join(
                unit, unit.c.id == meeting.c.branch_id
            )
        )
        .where(
            attendance.c.membership_id.in_(memberships),
            attendance.c.deleted_on.is_(None),
            meeting.c.deleted_on.is_(None),
        )
        .order_by(meeting.c.held_on)
    )
    found = work.connection.execute(query)
    return tuple(Came(on, name, None if mark is None else Mark[mark], note) for on, name, mark, note in found)


def studied(work: Work, memberships: tuple[str, ...]) -> tuple[Studied, ...]:
    """Sessions, in order of their days."""
    query = (
        select(study_session.c.held_on, study_campaign.c.title)
        .select_from(
            study_attendance.join(study_session, study_session.c.id == study_attendance.c.session_id).join(
                study_campaign, study_campaign.c.id == study_session.c.campaign_id
            )
        )
        .where(study_attendance.c.membership_id.in_(memberships), study_attendance.c.deleted_on.is_(None))
        .order_by(study_session.c.held_on)
    )
    return tuple(Studied(*row) for row in work.connection.execute(query))


def said(work: Work, name: str) -> tuple[Said, ...]:
    """Opinions under exactly this name: another woman may bear it too."""
    query = (
        select(meeting.c.held_on, unit.c.name, proposal.c.content)
        .select_from(
            proposal.join(meeting, meeting.c.id == proposal.c.meeting_id).join(unit, unit.c.id == meeting.c.branch_id)
        )
        .where(proposal.c.said_by == nfc(name), proposal.c.deleted_on.is_(None))
        .order_by(meeting.c.held_on)
    )
    return tuple(Said(*row) for row in work.connection.execute(query))


def years_of_household(work: Work, household_id: str | None) -> tuple[int, ...]:
    """Years in which her household takes part in the campaign."""
    found: set[int] = set()
    for table in (household_registration, assessment):
        own = select(table.c.year).where(table.c.household_id == household_id, table.c.deleted_on.is_(None))
        found.update(work.connection.execute(own.distinct()).scalars())
    return tuple(sorted(found))


def changes(work: Work, record_ids: tuple[str, ...]) -> tuple[Change, ...]:
    """Acts that touched some records, the newest first, each once."""
    query = (
        select(journal.c.act, journal.c.at, journal.c.account_id, journal.c.batch)
        .where(journal.c.record_id.in_(record_ids))
        .order_by(journal.c.n.desc())
    )
    found = {row.batch: Change(row.act, row.at, row.account_id) for row in work.connection.execute(query)}
    return tuple(found.values())


def looks(work: Work, person_id: str) -> tuple[Access, ...]:
    """Who looked at her alone, the newest first."""
    return tuple(one for one in access.log(work, _MANY_LOOKS, person_id))


def traces(work: Work, name: str) -> tuple[Trace, ...]:
    """Tables in whose free texts the name stands, as it is written. Papers kept as files are not read."""
    wanted = nfc(name)
    escaped = json.dumps(wanted)[1:-1]  # as a nested value keeps its letters
    found = []
    for table in METADATA.sorted_tables:
        if table.name in _NO_TEXT or "id" not in table.c:
            continue
        holds: list[ColumnElement[bool]] = []
        for column in table.c:
            if isinstance(column.type, JSON):
                text = type_coerce(column, String)
                holds.append(or_(func.instr(text, escaped) > 0, func.instr(text, wanted) > 0))
            elif isinstance(column.type, String):
                holds.append(func.instr(column, wanted) > 0)
        if holds:
            count = work.value(select(func.count()).select_from(table).where(or_(*holds)))
            if count:
                found.append(Trace(table.name, int(count)))
    return tuple(found)


def files_kept(work: Work) -> tuple[int, int]:
    """Reports issued and files sent that are kept as they went out: whoever stands in them goes on standing there."""
    counts = (work.value(select(func.count()).select_from(table)) for table in (issued_report, sent_file))
    first, second = counts
    return int(first or 0), int(second or 0)


def clear_notes(work: Work, memberships: tuple[str, ...]) -> tuple[str, ...]:
    """Take away what was noted about her at meetings; her marks stay. The ids of those rows."""
    query = select(attendance.c.id).where(attendance.c.membership_id.in_(memberships), attendance.c.note != "")
    found = tuple(work.connection.execute(query).scalars())
    work.update(attendance, {key: {"note": ""} for key in found})
    return found
