"""Households parted and merged, with both results seen before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from offices import make_office
from people_data import add_branch, add_members, details
from sqlalchemy import select

from sochihoi.domain.households import HouseholdGroup, NobodyMoves, NobodyStays, Relation, SameHousehold
from sochihoi.domain.people import LeaveReason
from sochihoi.services.household_shapes import Parting
from sochihoi.services.households import HouseholdDetails
from sochihoi.services.office import Office
from sochihoi.storage.schema import household_registration
from tests.services.test_merging import dump


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    yield made
    made.close()


def a_home(office: Office, residents: int = 5) -> tuple[str, list[str]]:
    """A household of a head, her daughter-in-law and another member."""
    branch, _cells = add_branch(office)
    people = [office.people.detail(m).person.id for m in add_members(office, count=3)]
    relations = (Relation.HEAD, Relation.CHILD_IN_LAW, Relation.OTHER)
    told = HouseholdDetails(branch, "x", address="Số 3", household_group=HouseholdGroup.POOR, residents=residents)
    return office.households.add(told, list(zip(people, relations, strict=True))), people


def test_a_household_is_parted_as_it_was_seen(office: Office) -> None:
    home, people = a_home(office)
    how = Parting((people[1], people[2]), new_head=people[1], address="Số 5")
    before = dump(office)
    old, new = office.household_shapes.split_preview(home, how)
    assert dump(office) == before
    assert (old.size, old.members, old.household.head_id) == (3, 1, people[0])
    assert (new.head, new.household.address, new.household.household_group) == (
        office.people.person(people[1]).full_name,
        "Số 5",
        HouseholdGroup.POOR,
    )
    made = office.household_shapes.split(home, how)
    told = office.households.detail(made)
    assert [(r.person_id, r.relation) for r in told.residents] == [(people[1], Relation.HEAD), (people[2], None)]
    assert office.households.detail(home).household == old.household
    assert [r.person_id for r in office.households.detail(home).residents] == [people[0]]
    office.history.undo()
    assert dump(office) == before


def test_the_head_may_go_and_another_stands_in(office: Office) -> None:
    home, people = a_home(office)
    made = office.household_shapes.split(home, Parting((people[0],), old_head=people[2]))
    assert office.households.detail(made).household.head_id == people[0]
    assert office.households.detail(home).household.head_id == people[2]
    other, others = a_home(office)
    office.household_shapes.split(other, Parting((others[0],)))
    left = office.households.detail(other).household
    assert (left.head_id, left.head_name) == (None, office.people.person(others[0]).full_name)


def test_somebody_goes_and_somebody_stays(office: Office) -> None:
    home, people = a_home(office)
    with pytest.raises(NobodyMoves):
        office.household_shapes.split(home, Parting(()))
    with pytest.raises(NobodyStays):
        office.household_shapes.split(home, Parting(tuple(people)))


def test_two_households_become_one_and_come_apart_again_later(office: Office) -> None:
    home, people = a_home(office)
    other, others = a_home(office, residents=2)
    with office.write("test") as work:
        rows = [
            {"id": office.new_id(), "household_id": of, "year": year, "registered_on": date(year, 10, 1)}
            for of, year in ((home, 2026), (other, 2026), (other, 2025))
        ]
        work.insert(household_registration, rows)
    before = dump(office)
    seen = office.household_shapes.merge_preview(home, other)
    assert (seen.size, seen.members, seen.household.head_id) == (7, 6, people[0])
    office.household_shapes.merge(home, other)
    assert office.households.detail(home).household == seen.household
    assert {r.person_id for r in office.households.detail(home).residents} == {*people, *others}
    assert [r.relation for r in office.households.detail(home).residents].count(Relation.HEAD) == 1
    assert [h.id for h in office.households.rows()] == [home]
    with office.read() as work:
        mine = select(household_registration.c.year).where(household_registration.c.household_id == home)
        assert sorted(r["year"] for r in work.rows(mine)) == [2025, 2026]
    batch = office.history.acts()[0].batch
    office.people.live_in(others[2], None)
    office.history.undo(batch)
    assert {r.person_id for r in office.households.detail(other).residents} == set(others[:2]), "she moved since"
    office.people.live_in(others[2], other, Relation.OTHER.name)
    assert dump(office) == before
    with pytest.raises(SameHousehold):
        office.household_shapes.merge(home, home)


def test_the_code_of_a_merged_household_is_the_one_that_took_it(office: Office) -> None:
    first, second, third = add_members(office, count=3)
    one, two, three = office.households.make_for([first, second, third])
    office.people.leave(third, LeaveReason.DECEASED, on=date(2026, 10, 20))
    codes = [office.households.detail(i).row.code for i in (one, two, three)]
    office.household_shapes.merge(two, three)
    office.household_shapes.merge(one, two)
    for code in codes:
        found = office.households.by_code(code.lower())
        assert found is not None
        assert found.id == one
    told = office.households.detail(three)
    assert (told.household.id, told.gone_codes) == (one, (codes[1], codes[2]))
    (hit,) = office.finding.find(codes[2].lower())
    assert (hit.id, hit.gone, hit.code) == (one, codes[2], codes[0])
    with office.read() as work:  # figures of the days before find her where the others are
        assert work.people.person(office.people.detail(third).person.id).household_id == one
    office.history.undo()
    found = office.households.by_code(codes[2])
    assert found is not None
    assert found.id == two
    office.households.remove(two)
    assert office.households.by_code(codes[2]) is None
    assert office.finding.find(codes[2]) == ()
    assert office.households.by_code("HO99999") is None


def test_a_household_in_two_branches_is_told(office: Office) -> None:
    home, people = a_home(office)
    there, _cells = add_branch(office, "Ấp Bưng Cốc")
    assert office.households.over_branches() == {}
    daughter = office.people.add(details("Lý Thị Mỹ", household_id=home), there)
    assert office.households.over_branches() == {home: ("Ấp An Hòa", "Ấp Bưng Cốc")}
    office.people.live_in(office.people.detail(daughter).person.id, None)
    assert office.households.over_branches() == {}
    assert people
