"""On the way to another commune, coming, leaving, death: who counts when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from offices import make_office
from people_data import add_branch, add_members, details

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.members import NotAMember
from sochihoi.domain.people import (
    HasDied,
    JoinKind,
    LeaveReason,
    NotMoving,
    OtherOrganisation,
    PartialDate,
    PositionTitle,
)
from sochihoi.domain.periods import Period
from sochihoi.services.moving_papers import moving_slip
from sochihoi.services.office import Office

OCTOBER = Period.month(2026, 10)
THERE = "Hội LHPN phường Mẫu Tây, tỉnh Mẫu"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    yield made
    made.close()


def figure(office: Office, code: str) -> int | None:
    value = office.figures.of(OCTOBER).row(code).now.value
    return None if value is None else int(value)


def test_she_counts_until_she_has_left_and_goes_where_she_said(office: Office) -> None:
    one, *_others = add_members(office, count=3)
    number = office.moves.begin(one, THERE, on=date(2026, 10, 20))
    assert "GGT" in number
    row = office.people.row(one)
    assert row is not None
    assert row.is_moving
    assert len(office.people.rows()) == 3
    office.people.leave(one, LeaveReason.TRANSFER_OUT, on=date(2026, 10, 25))
    told = office.people.detail(one)
    assert (told.membership.left_to, told.row.is_moving) == (THERE, False)
    assert len(office.people.rows()) == 2
    back = office.people.come_back(told.person.id, told.row.branch_id, kind=JoinKind.TRANSFER_IN, joined_from=THERE)
    assert office.people.detail(back).membership.moving_on is None


def test_numbers_of_slips_go_on_by_themselves_and_take_what_is_written(office: Office) -> None:
    one, two, three = add_members(office, count=3)
    first = office.moves.begin(one, THERE)
    assert office.moves.begin(one, THERE, on=date(2026, 10, 1)) == first, "the slip keeps its number"
    written = office.moves.begin(two, THERE, number="7a")
    assert written == first.replace("1", "7a", 1) or "7a" in written
    assert office.moves.begin(three, THERE) not in (first, written)


def test_she_may_stay_after_all(office: Office) -> None:
    (one,) = add_members(office, count=1)
    office.moves.begin(one, THERE)
    office.moves.stay(one)
    assert office.people.detail(one).membership.moving_to == ""
    with pytest.raises(NotMoving):
        office.moves.stay(one)
    with pytest.raises(NotMoving):
        moving_slip(office, one)
    with pytest.raises(FieldProblem):
        office.moves.begin(one, " ")
    with pytest.raises(FieldProblem):
        office.moves.begin(one, THERE, on=date(2026, 10, 27))
    office.people.leave(one, LeaveReason.DECEASED)
    with pytest.raises(NotAMember):
        office.moves.begin(one, THERE)


def test_the_slip_says_who_she_is_and_nothing_sensitive(office: Office) -> None:
    from tests.reports.reading import texts

    branch, _cells = add_branch(office)
    told = details(national_id="094171006538", religion="Phật giáo", ethnicity="Khmer", party_member=True)
    one = office.people.add(told, branch)
    number = office.moves.begin(one, THERE, on=date(2026, 10, 20))
    text = " ".join(" ".join(t.text for t in texts(moving_slip(office, one))).split())
    for part in ("GIẤY GIỚI THIỆU", "Thạch Thị Kim Hằng", "08/03/1971", THERE, number, "NƠI TIẾP NHẬN", "Ấp An Hòa"):
        assert part in text
    for part in ("094171006538", "6538", "Phật giáo", "Khmer", "Đảng"):
        assert part not in text


def test_net_growth_leaves_members_of_other_organisations_out_on_both_sides(office: Office) -> None:
    branch, _cells = add_branch(office)
    there, _cells = add_branch(office, "Ấp Bưng Cốc")
    union = frozenset({OtherOrganisation.TRADE_UNION})
    old = [office.people.add(details(f"Lý Thị {n}"), branch) for n in ("Một", "Hai", "Ba")]
    excluded = office.people.add(details("Lý Thị Bốn", other_organisations=union), branch)
    new = {"joined": PartialDate(2026, 10, 3)}
    for n in ("Năm", "Sáu", "Bảy", "Tám"):
        office.people.add(details(f"Trần Thị {n}", **new), branch)
    office.people.add(details("Trần Thị Chín", other_organisations=union, **new), branch)
    came = details("Trần Thị Mười", join_kind=JoinKind.TRANSFER_IN, joined_from=THERE, **new)
    office.people.add(came, branch)
    office.people.leave(old[0], LeaveReason.DECEASED, on=date(2026, 10, 5))
    office.people.leave(excluded, LeaveReason.TRANSFER_OUT, on=date(2026, 10, 6))
    before = figure(office, "org.net_counted"), figure(office, "org.net")
    assert before == (5 - 1, 6 - 2)
    office.people.transfer([old[1]], there, on=date(2026, 10, 7))
    office.moves.begin(old[2], THERE)
    assert (figure(office, "org.net_counted"), figure(office, "org.net")) == before, (
        "who changes the branch, or is on her way, neither came nor went"
    )


def test_who_died_is_neither_offered_nor_taken_back(office: Office) -> None:
    one, *_others = add_members(office, count=2)
    told = office.people.detail(one)
    office.people.leave(one, LeaveReason.DECEASED, on=date(2026, 10, 5))
    assert office.people.others() == ()
    with pytest.raises(HasDied):
        office.people.come_back(told.person.id, told.row.branch_id)
    office.history.undo()
    assert len(office.people.rows()) == 2


def test_several_positions_at_once_each_with_its_own_days(office: Office) -> None:
    branch, (cell,) = add_branch(office, cells=1)
    one = office.people.add(details(), branch, cell)
    held = [
        (PositionTitle.BRANCH_DEPUTY, branch, date(2025, 1, 1), None),
        (PositionTitle.CELL_HEAD, cell, date(2026, 3, 1), None),
        (PositionTitle.EXECUTIVE_COMMITTEE, office.commune.unit_id, date(2020, 1, 1), date(2025, 1, 1)),
    ]
    for title, unit, begins, ends in held:
        office.people.appoint(one, title, unit, from_on=begins, to_on=ends)
    row = office.people.row(one)
    assert row is not None
    assert row.positions == (PositionTitle.BRANCH_DEPUTY, PositionTitle.CELL_HEAD)
    then = next(r for r in office.people.rows(on=date(2024, 6, 1)) if r.membership_id == one)
    assert then.positions == (PositionTitle.EXECUTIVE_COMMITTEE,)
    assert len(office.people.detail(one).positions) == 3
