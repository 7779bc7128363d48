"""What an officer does with members."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from offices import make_office
from people_data import add_branch, add_members, details

from sochihoi.domain.accounts import Account, Role
from sochihoi.domain.errors import FieldProblem, MonthClosed, NotAllowed
from sochihoi.domain.members import NotAMember, SamePlace, StillAMember, TransferBeforePlacement
from sochihoi.domain.people import LeaveReason, PartialDate, PositionTitle
from sochihoi.services.office import Office
from sochihoi.storage.schema import closing

TODAY = date(2026, 10, 26)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    yield made
    made.close()


def close_month(office: Office, period: str) -> None:
    """As far as the register asks: a closed month stands in the table of closings."""
    with office.store.write("test") as work:
        row = {"id": office.new_id(), "period": period, "edition": 1, "closed_on": TODAY}
        work.insert(closing, [row])


def test_a_member_is_a_person_a_membership_and_a_placement_in_one_act(office: Office) -> None:
    branch, cells = add_branch(office, cells=2)
    one = office.people.add(details(national_id="094 171 006 538", phone="+84 912 345 678"), branch, cells[1])
    told = office.people.detail(one)
    assert told.row.code == "HP00001"
    assert (told.row.branch, told.row.cell) == ("Ấp An Hòa", "Tổ 2")
    assert told.person.phone == "0912345678"
    assert told.person.national_id == "094171006538"
    assert told.membership.registered_on == date(1998, 10, 20)
    assert told.placements[0].from_on == date(1998, 10, 20)
    office.history.undo()
    assert office.people.rows("ALL") == []


def test_codes_go_on_after_the_highest_that_ever_was(office: Office) -> None:
    add_members(office, count=3)
    add_members(office, count=2)
    assert sorted(m.code for m in office.people.rows()) == [f"HP0000{n}" for n in range(1, 6)]


def test_the_list_is_in_vietnamese_order_by_given_name(office: Office) -> None:
    branch, _cells = add_branch(office)
    for name in ("Võ Thị Hương", "Đỗ Thị Ánh", "Đặng Thị An", "Lê Thị Đào", "Trần Thị Dung", "Bùi Thị Hường"):
        office.people.add(details(name), branch)
    given = [m.full_name.split()[-1] for m in office.people.rows()]
    assert given == ["An", "Ánh", "Dung", "Đào", "Hường", "Hương"] or given == [
        "An",
        "Ánh",
        "Dung",
        "Đào",
        "Hương",
        "Hường",
    ]


def test_unknown_joining_counts_from_the_day_of_entry(office: Office) -> None:
    branch, _cells = add_branch(office)
    one = office.people.add(details(joined=None), branch)
    assert office.people.detail(one).membership.registered_on == TODAY


def test_a_closed_month_refuses_a_member_who_joined_in_it_but_not_a_bare_year(office: Office) -> None:
    branch, _cells = add_branch(office)
    close_month(office, "2026-09")
    close_month(office, "2026-01")
    with pytest.raises(MonthClosed):
        office.people.add(details(joined=PartialDate(2026, 9, 12)), branch)
    one = office.people.add(details(joined=PartialDate(2026)), branch)
    assert office.people.detail(one).membership.registered_on == TODAY


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"full_name": "  "}, "full_name"),
        ({"birth": PartialDate(2030)}, "birth"),
        ({"joined": PartialDate(2026, 12)}, "joined"),
        ({"joined": PartialDate(1960, 5)}, "joined"),
    ],
)
def test_impossible_details_name_their_field(office: Office, told: dict[str, object], field: str) -> None:
    branch, _cells = add_branch(office)
    with pytest.raises(FieldProblem) as problem:
        office.people.add(details(**told), branch)
    assert problem.value.field == field


def test_editing_moves_the_counting_day_only_among_open_months(office: Office) -> None:
    (one,) = add_members(office, count=1, joined=date(2026, 8, 1))
    told = office.people.details(one)
    office.people.edit(one, replace(told, joined=PartialDate(2026, 8, 20), occupation="Làm vườn"))
    after = office.people.detail(one)
    assert after.membership.registered_on == after.placements[0].from_on == date(2026, 8, 20)
    close_month(office, "2026-08")
    office.people.edit(one, replace(told, joined=PartialDate(2026, 9, 20)))
    after = office.people.detail(one)
    assert after.membership.joined == PartialDate(2026, 9, 20)
    assert after.membership.registered_on == date(2026, 8, 20)


def test_a_transfer_ends_one_stay_and_begins_another_on_the_day(office: Office) -> None:
    one, two = add_members(office, count=2)
    other, _cells = add_branch(office, "Ấp Phú Mỹ")
    office.people.transfer([one, two], other, on=date(2026, 10, 5), reason="Theo chồng")
    stays = office.people.detail(one).placements
    assert stays[0].to_on == stays[1].from_on == date(2026, 10, 5)
    assert {m.branch for m in office.people.rows()} == {"Ấp Phú Mỹ"}
    assert {m.branch for m in office.people.rows(on=date(2026, 10, 4))} == {"Ấp An Hòa"}
    with pytest.raises(SamePlace):
        office.people.transfer([one], other)
    office.history.undo()
    assert {m.branch for m in office.people.rows()} == {"Ấp An Hòa"}


def test_a_head_who_is_transferred_is_no_longer_head_of_the_branch_she_left(office: Office) -> None:
    (one,) = add_members(office, count=1)
    branch = office.people.detail(one).row.branch_id
    other, _cells = add_branch(office, "Ấp Phú Mỹ")
    head = office.people.appoint(one, PositionTitle.BRANCH_HEAD, branch, from_on=date(2025, 8, 1))
    member = office.people.appoint(
        one, PositionTitle.EXECUTIVE_COMMITTEE, office.commune.unit_id, from_on=date(2025, 8, 1)
    )
    office.people.transfer([one], other, on=date(2026, 10, 5))
    ends = {p.id: p.to_on for p in office.people.detail(one).positions}
    assert ends == {head: date(2026, 10, 5), member: None}


def test_a_transfer_is_neither_before_the_stay_nor_in_the_future_nor_in_a_closed_month(office: Office) -> None:
    (one,) = add_members(office, count=1)
    other, _cells = add_branch(office, "Ấp Phú Mỹ")
    with pytest.raises(TransferBeforePlacement):
        office.people.transfer([one], other, on=date(2015, 3, 7))
    with pytest.raises(FieldProblem):
        office.people.transfer([one], other, on=date(2026, 10, 27))
    close_month(office, "2026-09")
    with pytest.raises(MonthClosed):
        office.people.transfer([one], other, on=date(2026, 9, 30))


def test_leaving_ends_stay_and_positions_and_never_deletes(office: Office) -> None:
    one, two = add_members(office, count=2)
    branch = office.people.detail(one).row.branch_id
    office.people.appoint(one, PositionTitle.BRANCH_HEAD, branch, from_on=date(2025, 8, 1), to_on=date(2030, 8, 1))
    assert office.people.row(one).positions == (PositionTitle.BRANCH_HEAD,)  # type: ignore[union-attr]
    office.people.leave(one, LeaveReason.TRANSFER_OUT, on=date(2026, 10, 20), to="Xã Bên", decision_no="12/QĐ")
    assert [m.membership_id for m in office.people.rows()] == [two]
    (gone,) = office.people.rows("LEFT")
    assert (gone.membership_id, gone.left_reason) == (one, LeaveReason.TRANSFER_OUT)
    told = office.people.detail(one)
    assert told.placements[-1].to_on == told.positions[0].to_on == date(2026, 10, 20)
    with pytest.raises(NotAMember):
        office.people.leave(one, LeaveReason.RESIGNED)
    assert len(office.people.rows(on=date(2026, 10, 19))) == 2


def test_coming_back_is_another_membership_under_the_old_code(office: Office) -> None:
    (one,) = add_members(office, count=1)
    before = office.people.detail(one)
    branch = before.row.branch_id
    with pytest.raises(StillAMember):
        office.people.come_back(before.person.id, branch)
    office.people.leave(one, LeaveReason.RESIGNED, on=date(2026, 9, 1))
    again = office.people.come_back(before.person.id, branch, on=date(2026, 10, 1))
    assert again != one
    assert office.people.detail(again).row.code == before.row.code
    assert office.people.by_code(before.row.code).id == again  # type: ignore[union-attr]
    assert office.people.membership_ids(before.person.id) == (again, one)


def test_a_woman_who_is_no_member_can_become_one(office: Office) -> None:
    branch, _cells = add_branch(office)
    person = office.people.add_person(details("Lê Thị Mới", joined=None))
    assert [p.full_name for p in office.people.others()] == ["Lê Thị Mới"]
    one = office.people.come_back(person, branch)
    assert office.people.others() == ()
    assert office.people.detail(one).row.code == "HP00001"


def test_likeness_is_a_warning_and_two_national_ids_are_two_women(office: Office) -> None:
    branch, _cells = add_branch(office)
    office.people.add(details("Nguyễn Thị Hoà", national_id="094171006538"), branch)
    (by_name,) = office.people.alike(details("Nguyễn Thị Hòa", birth=PartialDate(1971)))
    assert (by_name.same_id, by_name.entry.code, by_name.entry.branch) == (False, "HP00001", "Ấp An Hòa")
    (by_id,) = office.people.alike(details("Tên Khác", national_id="094171006538"))
    assert by_id.same_id
    assert office.people.alike(details("Nguyễn Thị Hòa", birth=PartialDate(1972))) == ()
    assert office.people.alike(details("Nguyễn Thị Hòa", national_id="094171006539")) == ()
    office.people.add(details("Nguyễn Thị Hòa", national_id="094171006538"), branch)
    assert len(office.people.rows()) == 2


def test_flags_review_and_household_are_acts_of_their_own(office: Office) -> None:
    one, two = add_members(office, count=2)
    office.people.set_core([one, two], core=True)
    assert all(m.core_member for m in office.people.rows())
    home = office.households.make_for([one])
    assert office.people.detail(one).household_head == office.people.detail(one).person.full_name
    office.people.live_in(office.people.detail(two).person.id, home[0], "CHILD")
    assert office.households.detail(home[0]).row.members == 2
    acts = [a.act for a in office.history.acts(3)]
    assert acts == ["person.household", "household.add", "member.core"]


def test_history_of_a_member_goes_over_all_her_records(office: Office) -> None:
    (one,) = add_members(office, count=1)
    other, _cells = add_branch(office, "Ấp Phú Mỹ")
    office.people.transfer([one], other)
    acts = list(dict.fromkeys(e.act for e in office.people.history(one)))
    assert acts == ["member.transfer", "member.add"]


def test_a_viewer_changes_nothing(office: Office) -> None:
    (one,) = add_members(office, count=1)
    office.account = Account("x", "Người xem", Role.VIEWER)
    with pytest.raises(NotAllowed):
        office.people.set_core([one], core=True)


def test_a_commune_of_3400_members_is_listed_quickly(office: Office) -> None:
    for n in range(34):
        add_members(office, f"Ấp {n + 1}", 100, cells=4)
    start = time.perf_counter()
    rows = office.people.rows()
    spent = time.perf_counter() - start
    assert len(rows) == 3400
    assert spent < 2, f"{spent:.2f} s"
