"""Entries that may be one woman, as the register finds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from offices import make_office
from people_data import add_branch, add_members, details

from sochihoi.domain.errors import NotFound
from sochihoi.domain.likeness import Why
from sochihoi.domain.people import LeaveReason, PartialDate
from sochihoi.services.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    yield made
    made.close()


def person_of(office: Office, membership_id: str) -> str:
    return office.people.detail(membership_id).person.id


def test_a_woman_is_found_however_her_name_is_spelled_and_by_her_old_number(office: Office) -> None:
    branch, _cells = add_branch(office)
    one = office.people.add(details("Lý Thị Mỹ Thuý", old_id="365 123 456"), branch)
    for typed in (
        details("LÍ THỊ MĨ THÚY", birth=PartialDate(1971)),
        details("Ly Thi My Thuy"),
        details("Lý Thị Thúy"),
        details("Ai Khác", birth=None, national_id="365123456"),
    ):
        (found,) = office.people.alike(typed)
        assert found.entry.membership_id == one
    assert office.people.alike(details("Lý Thị Mỹ Thủy")) == ()
    assert office.people.alike(details("%_")) == ()
    assert office.people.alike(details("")) == ()


def test_pairs_are_named_until_somebody_says_that_they_are_two(office: Office) -> None:
    add_members(office, count=30)
    branch, _cells = add_branch(office)
    one = office.people.add(details("Thạch Thị Hòa", birth=PartialDate(1971)), branch)
    other = office.people.add(details("Thạch Thị Hoà", phone="0912345678"), branch)
    office.people.leave(other, LeaveReason.RESIGNED)
    (pair,) = office.duplicates.pairs()
    assert {pair.one.membership_id, pair.other.membership_id} == {one, other}
    assert pair.verdict.why == (Why.SAME_NAME, Why.SAME_BIRTH_YEAR)
    office.duplicates.distinct(person_of(office, other), person_of(office, one))
    assert office.duplicates.pairs() == ()
    assert office.people.alike(office.people.details(one), person_of(office, one)) == ()
    assert len(office.people.alike(office.people.details(one))) == 2, "a third of that name is still asked about"
    office.duplicates.distinct(person_of(office, one), person_of(office, other))
    office.history.undo()
    office.history.undo()
    assert len(office.duplicates.pairs()) == 1
    with pytest.raises(NotFound):
        office.duplicates.distinct(person_of(office, one), "nobody")


def test_what_was_said_while_she_was_typed_is_kept_with_her_and_taken_back_with_her(office: Office) -> None:
    branch, _cells = add_branch(office)
    first = office.people.add(details(), branch)
    office.people.add(details(), branch, distinct_from=[person_of(office, first)])
    assert office.duplicates.pairs() == ()
    office.history.undo()
    assert len(office.people.rows()) == 1


def test_an_edit_keeps_the_old_number(office: Office) -> None:
    branch, _cells = add_branch(office)
    one = office.people.add(details(old_id="365123456"), branch)
    office.people.edit(one, details("Thạch Thị Kim Hoa", old_id=office.people.details(one).old_id))
    assert office.people.detail(one).person.old_id == "365123456"


def test_a_house_in_a_branch_under_its_old_name_is_the_same_house(office: Office) -> None:
    old, _cells = add_branch(office, "Ấp Trà Cuôn")
    with office.write("test") as work:
        before = work.units.get(old)
        ended = replace(before, valid_to=date(2026, 7, 1))
        now = replace(
            before,
            id=office.new_id(),
            name="Khu vực 2",
            code=None,
            valid_from=date(2026, 7, 1),
            predecessor_ids=(old,),
        )
        work.units.save(ended)
        work.units.add(now)
    office.people.add(details("Lý Thị Mỹ", birth=PartialDate(1971), address="Số 12, ấp Trà Cuôn, xã cũ"), now.id)
    (found,) = office.people.alike(details("Lí Thị Mĩ", birth=PartialDate(1971), address="12, Khu vực 2"))
    assert Why.SAME_ADDRESS in found.verdict.why
