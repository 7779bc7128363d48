"""A small invented commune in its autumn, for the tests of figures, closing and reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sochihoi.domain.minutes import Minutes
from sochihoi.domain.periods import Period
from sochihoi.services.office import Office
from sochihoi.storage.schema import (
    assessment,
    meeting,
    proposal,
    study_attendance,
    study_campaign,
    study_headcount,
    study_session,
)
from tests.meetings_data import closed_one
from tests.people_data import add_branch, add_members

SEPTEMBER, OCTOBER = Period.month(2026, 9), Period.month(2026, 10)
BRANCHES = ("Ấp An Hòa", "Ấp Bưng Cốc", "Ấp Đại Ân", "Ấp Phú Hòa", "Ấp Trà Cuôn")
ENDED = date(2026, 11, 2)  # a day on which October is over


def autumn(office: Office, *, members: int = 10, idle: Sequence[str] = ("Ấp Trà Cuôn",)) -> dict[str, str]:
    """Five branches of ten members who met in September and, but for the idle ones, in October. Name to branch id."""
    found = {}
    for number, name in enumerate(BRANCHES):
        add_members(office, name, members)
        branch_id, _cells = add_branch(office, name)
        found[name] = branch_id
        closed_one(office, branch_id, date(2026, 9, 12), f"1-{6 + number % 3}", topic="Sinh hoạt tháng 9")
        if name not in idle:
            closed_one(office, branch_id, date(2026, 10, 10), f"1-{7 + number % 3}", topic="Sinh hoạt tháng 10")
    return found


def add_study(office: Office, held_on: date, came: int, others: int = 5, title: str = "Nghị quyết Đại hội I") -> str:
    """A session of a resolution to which so many members and others came."""
    members = [row.membership_id for row in office.people.rows("CURRENT")][:came]
    ids = [office.new_id() for _ in range(3)]
    with office.write("test.study") as work:
        row = {"id": ids[0], "title": title, "kind": "RESOLUTION", "deadline": date(2026, 11, 20)}
        work.insert(study_campaign, [row])
        told = {"id": ids[1], "campaign_id": ids[0], "held_on": held_on, "channels": ["TRAINING"]}
        work.insert(study_session, [told])
        work.insert(
            study_attendance, [{"id": office.new_id(), "session_id": ids[1], "membership_id": m} for m in members]
        )
        work.insert(study_headcount, [{"id": ids[2], "session_id": ids[1], "target_group": "WOMEN", "people": others}])
    return ids[1]


def add_households(office: Office, *, failed: int = 3, done_on: date = date(2026, 10, 5), year: int = 2026) -> int:
    """A household for every member, confirmed by the commune; the first ones fail the first criterion. How many."""
    members = [row.membership_id for row in office.people.rows("CURRENT")]
    homes = office.households.make_for(members)
    criteria = office.definitions.criteria_set_for(year)
    rows = []
    for number, home in enumerate(homes):
        marks = {code: {"mark": "PASS", "note": ""} for code in criteria.codes}
        if number < failed:
            marks[criteria.codes[0]] = {"mark": "FAIL", "note": "hộ nghèo"}
        rows.append(
            {
                "id": office.new_id(),
                "household_id": home,
                "year": year,
                "set_code": criteria.code,
                "set_version": criteria.version,
                "round": "COMMUNE_CONFIRM",
                "results": marks,
                "done_on": done_on,
            }
        )
    with office.write("test.assess") as work:
        work.insert(assessment, rows)
    return len(homes)


def add_proposal(office: Office, meeting_id: str, content: str, *, answered: bool = False) -> None:
    """Something a member asked for at a meeting."""
    with office.write("test.proposal") as work:
        row = {"id": office.new_id(), "meeting_id": meeting_id, "content": content, "kind": "PROPOSAL"}
        work.insert(proposal, [{**row, "answered_on": date(2026, 10, 20) if answered else None}])


def write_minutes(office: Office) -> None:
    """Every meeting has minutes."""
    with office.write("test.minutes") as work:
        rows = office.meetings.of_period(date(2026, 1, 1), date(2026, 12, 31))
        work.update(meeting, {row.id: {"minutes": Minutes(conclusion="Thống nhất").plain()} for row in rows})


def close_september(office: Office) -> None:
    """Closed with a general reason."""
    office.months.close(SEPTEMBER, "Số liệu đầu kỳ")
