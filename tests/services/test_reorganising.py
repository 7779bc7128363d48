"""Branches merge, split, are renamed, cells move: rehearsed on a copy, done as one act, taken back as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import study_data
from meetings_data import closed_one
from month_data import BRANCHES, OCTOBER, SEPTEMBER, add_households, autumn
from offices import make_office
from people_data import add_branch, add_members, details

from sochihoi.domain.errors import Cancelled, MonthClosed
from sochihoi.domain.late_records import SeveralThen
from sochihoi.domain.meeting_records import MeetingPlan
from sochihoi.domain.people import PartialDate, PositionTitle
from sochihoi.domain.reorganisation import By, Goes, Kind, NotThatDay, Plan, RecordsFromThen, StillUnplaced
from sochihoi.services.office import Office
from sochihoi.services.reorganising import Origin
from sochihoi.storage.errors import UndoConflict
from sochihoi.storage.inspection import contents

DAY = date(2026, 10, 15)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    yield made
    made.close()


def _counts(office: Office) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in office.people.rows():
        found[row.branch] = found.get(row.branch, 0) + 1
    return found


def everything(office: Office) -> dict[str, object]:
    """Every row of every table but the journal's own."""
    from sochihoi.storage.schema import METADATA

    with office.read() as work:
        return {
            name: sorted(map(str, work.connection.execute(table.select()).all()))
            for name, table in METADATA.tables.items()
            if name != "journal"
        }


def merge(ids: dict[str, str], on: date = DAY) -> Plan:
    return Plan(Kind.MERGE, on, (ids[BRANCHES[0]], ids[BRANCHES[1]]), ("Ấp Hòa Bưng",), decision="12/QĐ-BTV")


def test_two_branches_become_one_and_it_can_be_taken_back_whole(office: Office) -> None:
    ids = autumn(office)
    add_households(office)
    head = office.people.rows()[0].membership_id
    branch = office.people.rows()[0].branch_id
    office.people.appoint(head, PositionTitle.BRANCH_HEAD, branch, from_on=date(2026, 1, 1))
    before = everything(office)
    acts = len(office.history.acts())
    plan = replace(merge(ids), sources=(branch, next(i for i in ids.values() if i != branch)))
    desk = office.setup.reorganising
    made = desk.commit(plan)
    assert len(office.history.acts()) == acts + 1
    assert _counts(office)["Ấp Hòa Bưng"] == 20
    assert {row.branch for row in office.households.rows()} == {row.branch for row in office.people.rows()}
    assert office.people.detail(head).positions[-1].to_on == DAY
    assert [one.name for one in desk.forward(branch, DAY)] == ["Ấp Hòa Bưng"]
    assert {one.id for one in desk.forward(made.parts[0].id, date(2026, 9, 1))} == set(plan.sources)
    undone = office.history.undo()
    assert undone.act == "unit.merge"
    assert everything(office) == before


def test_lists_of_an_old_day_show_the_old_name(office: Office) -> None:
    ids = autumn(office)
    office.setup.reorganising.commit(merge(ids))
    assert {row.branch for row in office.people.rows(on=date(2026, 10, 14))} == set(BRANCHES)
    assert {row.branch for row in office.people.rows(on=DAY)} == {"Ấp Hòa Bưng", *BRANCHES[2:]}
    assert [u.name for u in office.setup.branches(date(2026, 9, 30))] == list(BRANCHES)
    assert {row.branch for row in office.meetings.of_period(SEPTEMBER.start, SEPTEMBER.end)} == set(BRANCHES)
    assert [u.name for u in office.figures.of(SEPTEMBER).branches] == list(BRANCHES)


def test_figures_of_the_new_branch_compare_with_those_of_both_before(office: Office) -> None:
    ids = autumn(office)
    september = office.figures.of(SEPTEMBER)
    old = [september.row("org.meetings", ids[name]).now.value for name in BRANCHES[:2]]
    plain = office.figures.of(OCTOBER)
    made = office.setup.reorganising.commit(merge(ids))
    new = made.parts[0].id
    row = office.figures.of(OCTOBER).row("org.meetings", new)
    assert row.previous.value == sum(one or 0 for one in old) == 2
    assert (row.now.value, row.year_to_date.value) == (2, 4)
    assert office.figures.of(OCTOBER).row("org.members").now == plain.row("org.members").now
    assert office.figures.of(OCTOBER).row("org.branches_met", new).now.numerator == 1
    assert len(office.figures.list_behind("org.meetings", OCTOBER, new)) == 2
    # the month before stays as it was, under the old names
    assert office.figures.of(SEPTEMBER).row("org.meetings", ids[BRANCHES[0]]).now.value == old[0]
    # taken back, nothing of it is left in what was counted before
    office.history.undo()
    assert office.figures.of(OCTOBER).cells.keys() == plain.cells.keys()


def test_it_is_said_what_a_new_branch_is_compared_with(office: Office) -> None:
    ids = autumn(office)
    desk = office.setup.reorganising
    (merged,) = desk.commit(merge(ids)).parts
    first, _second = desk.commit(Plan(Kind.SPLIT, DAY, (ids[BRANCHES[2]],), ("Ấp Đại", "Ấp Ân"), rest=0)).parts
    told = [desk.came_of(one, date(2026, 1, 1)) for one in (merged.id, first.id, ids[BRANCHES[3]])]
    assert told == [Origin(DAY, BRANCHES[:2], part=False), Origin(DAY, BRANCHES[2:3], part=True), None]
    assert desk.came_of(merged.id, date(2027, 1, 1)) is None


def test_a_closed_month_is_compared_as_it_was_frozen_and_not_touched(office: Office) -> None:
    ids = autumn(office)
    office.months.close(SEPTEMBER, "Cán bộ chi hội nghỉ")
    frozen = office.months.closing(SEPTEMBER)
    desk = office.setup.reorganising
    with pytest.raises(MonthClosed):
        desk.rehearse(merge(ids, date(2026, 9, 20)))
    made = desk.commit(merge(ids))
    assert office.months.closing(SEPTEMBER) == frozen
    assert office.figures.of(OCTOBER).row("org.members", made.parts[0].id).previous.value == 20
    assert office.figures.of(OCTOBER).row("org.members").previous.value == 50


def test_a_rehearsal_shows_before_and_after_and_changes_nothing(office: Office) -> None:
    ids = autumn(office)
    add_households(office)
    office.meetings.plan([ids[BRANCHES[0]]], MeetingPlan(date(2026, 10, 24)))
    store = office.store
    before = contents(store.folder.database, store.key)
    told = office.setup.reorganising.rehearse(merge(ids))
    assert contents(store.folder.database, store.key) == before
    assert [(one.name, one.members, one.households) for one in told.before] == [
        (BRANCHES[0], 10, 10),
        (BRANCHES[1], 10, 10),
    ]
    assert [(one.name, one.members, one.households) for one in told.after] == [("Ấp Hòa Bưng", 20, 20)]
    assert (told.all_before, told.all_after, told.planned, told.whole) == (50, 50, 1, True)
    assert told.period == SEPTEMBER
    figures = {one.code: (old, new) for one, old, new in told.figures}
    old, new = figures["org.members"]
    assert ([one.value for one in old if one], [one.value for one in new if one]) == ([10, 10], [20])
    office.setup.reorganising.commit(merge(ids))
    assert office.meetings.of_period(DAY, OCTOBER.end) == ()


def test_a_rehearsal_can_be_stopped_and_leaves_no_copy(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = autumn(office)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    class Stops:
        def step(self, done: int, total: int) -> None:
            if done == 3:
                raise Cancelled

    with pytest.raises(Cancelled):
        office.setup.reorganising.rehearse(merge(ids), Stops())
    assert not list(tmp_path.glob("sochihoi-rehearsal-*"))


def test_a_branch_is_split_by_cells_and_who_is_left_is_named(office: Office) -> None:
    add_members(office, "Ấp Lớn", 12, cells=3)
    branch, cells = add_branch(office, "Ấp Lớn")
    desk = office.setup.reorganising
    assert [one.members for one in desk.groups(branch, DAY, By.CELL)] == [4, 4, 4]
    goes = (Goes(By.CELL, cells[0], 0), Goes(By.CELL, cells[1], 1))
    plan = Plan(Kind.SPLIT, DAY, (branch,), ("Ấp Lớn", "Ấp Nhỏ"), goes=goes)
    told = desk.rehearse(plan)
    assert len(told.unplaced) == 4
    assert {one.cell for one in told.unplaced} == {"Tổ 3"}
    with pytest.raises(StillUnplaced) as refused:
        desk.commit(plan)
    assert refused.value.members == 4
    placed = replace(plan, goes=(*goes, *(Goes(By.MEMBER, one.key, 1) for one in told.unplaced)))
    assert desk.rehearse(placed).whole
    desk.commit(placed)
    assert _counts(office) == {"Ấp Lớn": 4, "Ấp Nhỏ": 8}
    assert {u.name for u in office.setup.branches()} == {"Ấp Lớn", "Ấp Nhỏ"}
    assert len(desk.groups(next(u.id for u in office.setup.branches() if u.name == "Ấp Nhỏ"), DAY, By.MEMBER)) == 8


def test_a_branch_that_was_renamed_goes_on_with_its_head_and_its_meetings(office: Office) -> None:
    ids = autumn(office)
    branch = ids[BRANCHES[0]]
    head = next(row.membership_id for row in office.people.rows() if row.branch_id == branch)
    office.people.appoint(head, PositionTitle.BRANCH_HEAD, branch, from_on=date(2026, 1, 1))
    closed_one(office, branch, date(2026, 10, 20), "1-7", topic="Sau khi đổi tên")
    plan = Plan(Kind.RENAME, DAY, (branch,), ("Ấp An Bình",))
    told = office.setup.reorganising.rehearse(plan)
    assert told.offices == ()
    made = office.setup.reorganising.commit(plan)
    new = made.parts[0].id
    last = office.people.detail(head).positions[-1]
    assert (last.unit_id, last.from_on, last.to_on) == (new, DAY, None)
    sheet = office.figures.of(OCTOBER)
    assert sheet.row("org.meetings", new).now.value == 2
    assert sheet.row("org.meetings", new).previous.value == 1


def test_a_cell_moves_to_another_branch(office: Office) -> None:
    add_members(office, "Ấp Một", 6, cells=2)
    add_members(office, "Ấp Hai", 3)
    (one, cells), (two, _none) = add_branch(office, "Ấp Một"), add_branch(office, "Ấp Hai")
    plan = Plan(Kind.MOVE_CELL, DAY, (cells[0],), target=two)
    told = office.setup.reorganising.rehearse(plan)
    assert {u.name: u.members for u in told.before} == {"Ấp Một": 6, "Ấp Hai": 3}
    assert {u.name: u.members for u in told.after} == {"Ấp Một": 3, "Ấp Hai": 6}
    office.setup.reorganising.commit(plan)
    assert _counts(office) == {"Ấp Một": 3, "Ấp Hai": 6}
    assert [u.name for u in office.setup.cells(two)] == ["Tổ 1"]
    assert [u.name for u in office.setup.cells(one)] == ["Tổ 2"]


def test_a_branch_that_still_met_afterwards_has_not_ended(office: Office) -> None:
    ids = autumn(office)
    with pytest.raises(RecordsFromThen) as refused:
        office.setup.reorganising.rehearse(merge(ids, date(2026, 10, 2)))
    assert (refused.value.name, refused.value.newest) == (BRANCHES[0], date(2026, 10, 10))


def test_a_late_record_of_a_branch_that_is_no_more_lands_under_it_in_its_month(office: Office) -> None:
    ids = autumn(office, idle=BRANCHES)
    made = office.setup.reorganising.commit(merge(ids))
    old, new = ids[BRANCHES[0]], made.parts[0].id
    (late,) = office.meetings.plan([old], MeetingPlan(date(2026, 10, 3)))
    assert late.branch_id == old
    assert office.figures.of(OCTOBER).row("org.members", new).now.value == 20
    # whoever names the old one for a day after it ended means what came of it
    (today,) = office.meetings.plan([old], MeetingPlan(date(2026, 10, 24)))
    assert today.branch_id == new
    with pytest.raises(SeveralThen) as asked:
        office.meetings.plan([new], MeetingPlan(date(2026, 9, 28)))
    assert asked.value.names == BRANCHES[:2]
    (ended,) = office.setup.add_branches(["Ấp Trống"])
    office.setup.end_unit(ended.id, date(2026, 10, 1))
    with pytest.raises(NotThatDay):
        office.meetings.plan([ended.id], MeetingPlan(DAY))


def test_a_woman_entered_late_is_where_she_was_and_then_where_that_went(office: Office) -> None:
    ids = autumn(office)
    made = office.setup.reorganising.commit(merge(ids))
    old, new = ids[BRANCHES[0]], made.parts[0].id
    late = office.people.add(details("Thạch Thị Muộn", joined=PartialDate(2026, 9, 20)), old)
    stays = office.people.detail(late).placements
    assert [(s.branch_id, s.from_on, s.to_on) for s in stays] == [
        (old, date(2026, 9, 20), DAY),
        (new, DAY, None),
    ]
    named = office.people.add(details("Thạch Thị Nay", joined=PartialDate(2026, 10, 20)), old)
    assert [s.branch_id for s in office.people.detail(named).placements] == [new]
    assert office.figures.of(SEPTEMBER).row("org.joined", old).now.value == 1


def test_an_old_list_that_names_a_branch_that_is_no_more_enters_its_women_where_it_went(
    office: Office, tmp_path: Path
) -> None:
    add_members(office, "Ấp Một", 2, cells=1)
    add_members(office, "Ấp Hai", 2, cells=1)
    (one, _cells), (two, cells) = add_branch(office, "Ấp Một"), add_branch(office, "Ấp Hai")
    plan = Plan(Kind.MERGE, DAY, (one, two), ("Ấp Mới",))
    (new,) = office.setup.reorganising.commit(plan).parts
    old = tmp_path / "cu.csv"
    old.write_text(
        "Họ và tên;Năm sinh;Chi hội;Tổ\nThạch Thị Cũ;1971;ấp hai;tổ 1\nLâm Thị Lạ;1972;ấp hai;tổ 9\n",
        encoding="utf-8-sig",
    )
    seen = office.imports.preview(old)
    assert (seen.coming(), seen.branches, seen.cells) == (2, (), (("Ấp hai", "Tổ 9"),))
    office.imports.commit(seen)
    made = next(row.membership_id for row in office.people.rows() if row.full_name == "Thạch Thị Cũ")
    assert [u.name for u in office.setup.branches()] == ["Ấp Mới"]
    stay = office.people.detail(made).placements[-1]
    cell = next(u for u in office.setup.cells(new.id) if cells[0] in u.predecessor_ids)
    assert (stay.branch_id, stay.cell_id) == (new.id, cell.id)
    assert [u.name for u in office.setup.cells(new.id)] == ["Tổ 1", "Tổ 1 (Ấp Hai)", "Tổ 9"]
    assert {row.cell for row in office.people.rows() if row.full_name == "Lâm Thị Lạ"} == {"Tổ 9"}


def test_a_list_of_study_that_was_frozen_before_has_its_women_where_they_went(office: Office) -> None:
    ids = autumn(office, idle=BRANCHES)
    campaign = study_data.begin(office)
    desk = office.setup.reorganising
    (merged,) = desk.commit(merge(ids)).parts
    members = [row.membership_id for row in office.people.rows() if row.branch_id == ids[BRANCHES[2]]]
    goes = tuple(Goes(By.MEMBER, one, 1) for one in members[:3])
    split = Plan(Kind.SPLIT, DAY, (ids[BRANCHES[2]],), ("Ấp Đại", "Ấp Ân"), goes=goes, rest=0)
    _first, second = desk.commit(split).parts

    def roster(branch: str, on: date) -> tuple[int, tuple[str, ...]]:
        sheet = office.study.sheet(study_data.hold(office, campaign, branch, held_on=on))
        return len(sheet.roster), sheet.branches

    assert roster(merged.id, date(2026, 10, 20)) == (20, ("Ấp Hòa Bưng",))
    assert roster(second.id, date(2026, 10, 20)) == (3, ("Ấp Ân",))
    # of a day before, it was a session of the branches of then
    assert roster(merged.id, date(2026, 10, 8)) == (20, BRANCHES[:2])


def test_the_list_of_a_month_asks_nobody_to_meet_again(office: Office) -> None:
    ids = autumn(office, idle=BRANCHES[1:])
    office.setup.reorganising.commit(merge(ids))
    due = {line.branch for line in office.meetings.of_month(OCTOBER) if line.due and line.meeting is None}
    assert due == set(BRANCHES[2:])


def test_what_is_built_upon_is_not_taken_back_from_under_it(office: Office) -> None:
    ids = autumn(office)
    made = office.setup.reorganising.commit(merge(ids))
    act = office.history.acts()[0]
    office.people.add(details("Thạch Thị Mới", joined=None), made.parts[0].id)
    with pytest.raises(UndoConflict):
        office.history.undo(act.batch)
    assert _counts(office)["Ấp Hòa Bưng"] == 21
