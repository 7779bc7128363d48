"""Who is on a roster on a day, and what the lists of meetings count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sochihoi.domain.meeting_records import roster_order
from sochihoi.domain.meetings import Mark, Tally
from sochihoi.services.office import Office
from sochihoi.storage.schema import membership, placement
from tests.meetings_data import HELD, add_branch, add_members, closed_one, frozen_one, make_head, plan_one
from tests.offices import make_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    yield made
    made.close()


def _members(office: Office, branch: str, day: date = HELD) -> set[str]:
    with office.read() as work:
        return {one.membership_id for one in work.meetings.members_on([branch], day)}


def test_the_roster_of_a_day_has_who_is_placed_there_and_has_not_left(office: Office) -> None:
    branch = add_branch(office, members=4)
    here = sorted(_members(office, branch))
    later = add_members(office, branch, 1, since=date(2026, 10, 25))[0]
    same_day = add_members(office, branch, 1, since=HELD)[0]
    with office.write("test.leave") as work:
        placements = {r["membership_id"]: r["id"] for r in work.rows(placement.select())}
        work.update(membership, {here[0]: {"left_on": HELD}, here[1]: {"left_on": date(2026, 10, 25)}})
        work.update(placement, {placements[here[2]]: {"to_on": HELD}})
        work.remove(membership, [here[3]], HELD)
    assert _members(office, branch) == {here[1], same_day}
    assert later in _members(office, branch, date(2026, 10, 25))


def test_two_placements_at_once_give_one_row(office: Office) -> None:
    branch = add_branch(office, members=1)
    (one,) = _members(office, branch)
    with office.write("test.twice") as work:
        work.insert(placement, [{"id": office.new_id(), "membership_id": one, "branch_id": branch}])
    meeting = frozen_one(office, branch)
    assert len(office.meetings.sheet(meeting.id).rows) == 1


def test_rows_are_numbered_by_given_name_or_cell_by_cell(office: Office) -> None:
    branch = add_branch(office, members=0, cells=0)
    cells = [unit.id for unit in office.setup.add_cells(branch, ["Tổ 10", "Tổ 2"])]
    add_members(office, branch, 2, cell_ids=(cells[0],), names=("Trần Thị Ánh", "Đỗ Thị Ân"))
    add_members(office, branch, 1, cell_ids=(cells[1],), names=("Lý Thị Yến",))
    add_members(office, branch, 1, names=("Bùi Thị An",))
    with office.read() as work:
        members = work.meetings.members_on([branch], HELD)
    assert [m.full_name.split()[-1] for m in roster_order(members, by_cell=False)] == ["An", "Ánh", "Ân", "Yến"]
    assert [m.full_name.split()[-1] for m in roster_order(members, by_cell=True)] == ["Yến", "Ánh", "Ân", "An"]


def test_a_list_counts_persons_by_mark(office: Office) -> None:
    branch = add_branch(office, members=10)
    planned = plan_one(office, branch, date(2026, 10, 3))
    frozen = frozen_one(office, branch)
    office.meetings.type_marks(frozen.id, "1-4, ?5, !6")
    rows = {row.id: row for row in office.meetings.of_period(date(2026, 10, 1), date(2026, 10, 31))}
    assert rows[planned.id].tally == Tally()
    assert rows[frozen.id].tally == Tally(4, 1, 1, 4)
    assert office.meetings.of_period(date(2026, 10, 24), date(2026, 10, 24)) == (rows[frozen.id],)
    assert office.meetings.of_period(date(2026, 10, 1), date(2026, 10, 31), "other") == ()
    assert office.meetings.row(frozen.id) == rows[frozen.id]


def test_codes_are_never_used_twice(office: Office) -> None:
    branch = add_branch(office, members=1)
    first = plan_one(office, branch, date(2026, 10, 1))
    office.meetings.cancel(first.id)
    second = plan_one(office, branch, date(2026, 10, 2))
    assert (first.code, second.code) == ("SH-0001", "SH-0002")
    assert [row.code for row in office.meetings.of_period(HELD.replace(day=1), HELD)] == ["SH-0002"]
    assert office.meetings.row(first.id) is None


def test_a_person_has_the_history_of_closed_meetings(office: Office) -> None:
    branch = add_branch(office, members=8)
    closed_one(office, branch, date(2026, 8, 8), "1-3")
    closed_one(office, branch, date(2026, 9, 9), "?1")
    frozen_one(office, branch)
    first = office.meetings.sheet(office.meetings.of_period(HELD, HELD)[0].id).rows[0]
    told = office.meetings.history_of(first.membership_id, date(2026, 1, 1), date(2026, 12, 31))
    assert [(one.held_on.month, one.mark) for one in told] == [(9, Mark.EXCUSED), (8, Mark.PRESENT)]
    assert office.meetings.history_of(first.membership_id, date(2026, 9, 1), date(2026, 9, 30)) == told[:1]


def test_the_head_of_a_branch_is_known_by_her_position(office: Office) -> None:
    branch = add_branch(office, members=3)
    head = sorted(_members(office, branch))[1]
    with office.read() as work:
        assert work.meetings.head_of(branch, HELD) == ""
    make_head(office, head, branch)
    with office.read() as work:
        names = {m.membership_id: m.full_name for m in work.meetings.members_on([branch], HELD)}
        assert work.meetings.head_of(branch, HELD) == names[head]
