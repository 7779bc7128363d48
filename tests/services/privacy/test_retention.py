"""How long things are kept: off by default, a list of what is due, done only by a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from sochihoi.domain.accounts import Account, Role
from sochihoi.domain.duties import Retention
from sochihoi.domain.errors import FieldProblem, NotAllowed
from sochihoi.domain.people import LeaveReason
from sochihoi.domain.progress import Unwatched
from sochihoi.services.office import Office
from sochihoi.storage.errors import NothingToUndo
from sochihoi.storage.schema import journal
from tests import meetings_data
from tests.offices import make_office

LATER = datetime(2031, 11, 1, 2, 0, tzinfo=UTC)


class Clock:
    """Years pass between two acts."""

    def __init__(self) -> None:
        self.now = datetime(2026, 10, 26, 2, 42, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(tmp_path: Path, clock: Clock) -> Iterator[Office]:
    made = make_office(tmp_path / "data")
    made.store.now = clock
    yield made
    made.close()


@pytest.fixture
def met(office: Office, clock: Clock) -> str:
    branch = meetings_data.add_branch(office)
    meeting = meetings_data.closed_one(office, branch, typed="1-38")
    rows = office.people.rows()
    office.people.leave(rows[0].membership_id, LeaveReason.RESIGNED, on=date(2026, 10, 25))
    clock.now = LATER
    return meeting.id


def test_nothing_is_due_while_nothing_was_chosen(office: Office, met: str) -> None:
    assert office.privacy.retention.chosen() == Retention()
    told = office.privacy.retention.due()
    assert (told.left, told.meetings, told.marks) == ((), 0, 0)
    assert office.privacy.retention.forget_attendance() == 0


def test_what_is_due_is_a_list_and_changes_nothing(office: Office, met: str) -> None:
    office.privacy.retention.choose(Retention(attendance_years=5, left_years=5))
    told = office.privacy.retention.due()
    assert (len(told.left), told.meetings, told.marks) == (1, 1, 45)
    assert told.meetings_before == date(2026, 11, 1)
    office.privacy.retention.choose(Retention(attendance_years=6, left_years=6))
    later = office.privacy.retention.due()
    assert (later.left, later.meetings) == ((), 0)


def test_old_rosters_keep_their_counts_and_lose_their_names(office: Office, met: str) -> None:
    office.privacy.retention.choose(Retention(attendance_years=5))
    before = office.meetings.sheet(met)
    members = {row.membership_id for row in office.people.rows("ALL")}
    assert office.privacy.retention.forget_attendance() == 45
    after = office.meetings.sheet(met)
    assert after.tally == before.tally
    assert [(row.row_number, row.mark) for row in after.rows] == [(row.row_number, row.mark) for row in before.rows]
    assert {row.full_name for row in after.rows} == {"Hội viên đã ẩn danh"}
    assert {row.membership_id for row in office.people.rows("ALL")} == members
    with office.read() as work:
        said = work.rows(select(journal.c.before, journal.c.after).where(journal.c.noun == "attendance"))
    text = "".join(str(value) for row in said for value in row.values())
    assert not any(member in text for member in members)
    assert office.store.findings() == ()
    told = office.privacy.retention.due()
    assert (told.meetings, told.marks) == (0, 0)
    assert office.privacy.retention.forget_attendance() == 0
    with pytest.raises(NothingToUndo):
        office.history.undo(office.history.acts(1)[0].batch)


def test_who_left_long_ago_becomes_anonymous_by_a_person(office: Office, met: str) -> None:
    office.privacy.retention.choose(Retention(left_years=5))
    rows = office.privacy.retention.due().left
    assert office.privacy.retention.anonymise(rows, Unwatched()) == 1
    assert office.people.person(rows[0].person_id).full_name == "Hội viên đã ẩn danh"
    assert office.privacy.retention.due().left == ()


def test_only_the_chair_says_how_long(office: Office, met: str) -> None:
    with pytest.raises(FieldProblem):
        office.privacy.retention.choose(Retention(left_years=0))
    office.account = Account(office.account.id, "Cán bộ", Role.OFFICER)
    with pytest.raises(NotAllowed):
        office.privacy.retention.choose(Retention(left_years=5))
    with pytest.raises(NotAllowed):
        office.privacy.retention.forget_attendance()
