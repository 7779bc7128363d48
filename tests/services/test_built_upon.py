"""An act is taken back on any later day, unless something stands on it: then it says by what, and whom about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from offices import make_office
from people_data import add_branch, details

from sochihoi.domain.meeting_records import MeetingPlan
from sochihoi.services.office import Office
from sochihoi.storage.errors import UndoConflict
from sochihoi.ui.words import say
from tests.services.test_imports import BE, HANG, a_list


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    yield made
    made.close()


@pytest.fixture
def batch(office: Office, tmp_path: Path) -> str:
    return office.imports.commit(office.imports.preview(a_list(tmp_path, HANG, BE))).batch


def of(office: Office, name: str) -> str:
    return next(row.membership_id for row in office.people.rows() if row.full_name == name)


def test_other_acts_do_not_stand_in_the_way(office: Office, batch: str) -> None:
    branch, _cells = add_branch(office, "Thôn Đông")
    for number in range(105):  # the act is no longer among those that the history shows at once
        office.people.add(details(f"Lê Thị Lan {number}"), branch)
        office.people.edit(office.people.rows()[0].membership_id, details("Lê Thị Liên"))
    assert office.history.undo(batch).batch == batch
    assert all(row.branch == "Thôn Đông" for row in office.people.rows())


def test_a_correction_stands_in_the_way_until_it_is_taken_back(office: Office, batch: str) -> None:
    hang = of(office, HANG[0])
    office.people.edit(hang, replace(office.people.details(hang), phone="0987654321"))
    later = office.history.acts()[0]
    with pytest.raises(UndoConflict) as refused:
        office.history.undo(batch)
    assert [(one.act, one.names) for one in refused.value.by] == [("member.edit", (HANG[0],))]
    assert HANG[0] in str(say(refused.value))
    assert len(office.people.rows()) == 2
    office.history.undo(later.batch)
    office.history.undo(batch)
    assert office.people.rows() == []


def test_a_meeting_of_an_imported_branch_stands_in_the_way(office: Office, batch: str) -> None:
    branch = next(unit for unit in office.setup.branches() if unit.name == HANG[4])
    (meeting,) = office.meetings.plan([branch.id], MeetingPlan(held_on=office.today - timedelta(days=1)))
    office.meetings.freeze([meeting.id])
    with pytest.raises(UndoConflict) as refused:
        office.history.undo(batch)
    assert {one.act for one in refused.value.by} <= {"meeting.plan", "meeting.freeze"}
    assert refused.value.by
    assert "attendance" in {noun for noun, _id in refused.value.records}
    assert len(office.people.rows()) == 2
