"""What an officer does with households."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from offices import make_office
from people_data import add_branch, add_members, details

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.households import HouseholdGroup, Relation, ResidentTwice, SeveralHeads
from sochihoi.domain.people import LeaveReason, Sex
from sochihoi.services.households import HouseholdDetails
from sochihoi.services.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    yield made
    made.close()


def test_a_household_with_a_plain_head_and_a_member(office: Office) -> None:
    (one,) = add_members(office, count=1)
    who = office.people.detail(one)
    made = office.households.add(
        HouseholdDetails(who.row.branch_id, head_name="Thạch Sô Phia", residents=4, phone="0912 345 678"),
        [(who.person.id, Relation.SPOUSE)],
    )
    told = office.households.detail(made)
    assert (told.row.code, told.row.head, told.row.size, told.row.members) == ("HO00001", "Thạch Sô Phia", 4, 1)
    assert told.residents[0].relation is Relation.SPOUSE
    assert office.people.detail(one).household_head == "Thạch Sô Phia"
    office.history.undo()
    assert office.households.rows() == []
    assert office.people.detail(one).person.household_id is None


def test_the_head_may_be_a_person_that_is_entered(office: Office) -> None:
    branch, _cells = add_branch(office)
    man = office.people.add_person(details("Thạch Sô Phia", joined=None, sex=Sex.MALE))
    other = office.people.add_person(details("Thạch Sô Khanh", joined=None, sex=Sex.MALE))
    made = office.households.add(HouseholdDetails(branch, head_name="ai đó"), [(man, Relation.HEAD), (other, None)])
    assert office.households.detail(made).row.head == "Thạch Sô Phia"
    office.households.set_residents(made, [(man, Relation.PARENT), (other, Relation.HEAD)])
    assert office.households.detail(made).household.head_id == other
    office.households.set_residents(made, [(man, None)])
    told = office.households.detail(made)
    assert (told.household.head_id, told.household.head_name) == (None, "Thạch Sô Khanh")
    office.households.edit(made, HouseholdDetails(branch, head_id=man))
    assert [r.relation for r in office.households.detail(made).residents] == [Relation.HEAD]


def test_a_resident_who_is_not_in_the_book_becomes_a_person_in_the_same_act(office: Office) -> None:
    (one,) = add_members(office, count=1)
    (home,) = office.households.make_for([one])
    who = office.people.detail(one).person.id
    new = details("Thạch Sô Phia", joined=None, sex=Sex.MALE)
    office.households.set_residents(home, [(who, Relation.SPOUSE)], [(new, Relation.HEAD)])
    told = office.households.detail(home)
    assert (told.row.head, told.row.people, told.row.members) == ("Thạch Sô Phia", 2, 1)
    office.history.undo()
    assert office.people.others() == ()
    assert office.households.detail(home).row.people == 1


def test_residents_are_checked(office: Office) -> None:
    branch, _cells = add_branch(office)
    one, two = (office.people.add_person(details(n, joined=None)) for n in ("Lê Thị Một", "Lê Thị Hai"))
    made = office.households.add(HouseholdDetails(branch, head_name="Lê Văn Ba"))
    with pytest.raises(SeveralHeads):
        office.households.set_residents(made, [(one, Relation.HEAD), (two, Relation.HEAD)])
    with pytest.raises(ResidentTwice):
        office.households.set_residents(made, [(one, None), (one, None)])
    with pytest.raises(FieldProblem):
        office.households.add(HouseholdDetails(branch))
    with pytest.raises(FieldProblem):
        office.households.edit(made, HouseholdDetails(branch, head_name="Lê Văn Ba", residents=-1))


def test_households_without_members_and_members_without_households(office: Office) -> None:
    one, two, three = add_members(office, count=3)
    homes = office.households.make_for([one, two])
    assert [m.membership_id for m in office.households.members_without()] == [three]
    assert office.households.without_member() == []
    office.people.leave(one, LeaveReason.DECEASED, on=date(2026, 10, 1))
    assert [h.id for h in office.households.without_member()] == [homes[0]]
    office.households.remove(homes[1])
    assert {m.membership_id for m in office.households.members_without()} == {two, three}


def test_the_group_of_the_household_goes_before_the_group_of_the_list(office: Office) -> None:
    (one,) = add_members(office, count=1)
    told = office.people.details(one)
    office.people.edit(one, replace(told, household_group=HouseholdGroup.NEAR_POOR))
    assert office.people.row(one).household_group is HouseholdGroup.NEAR_POOR  # type: ignore[union-attr]
    (home,) = office.households.make_for([one])
    assert office.households.detail(home).row.household_group is HouseholdGroup.NEAR_POOR
    office.households.set_group([home], HouseholdGroup.NONE)
    assert office.people.row(one).household_group is HouseholdGroup.NONE  # type: ignore[union-attr]


def test_a_new_name_of_the_head_is_the_name_of_the_household(office: Office) -> None:
    branch, _cells = add_branch(office)
    head = office.people.add_person(details("Lê Văn Ba", joined=None, sex=Sex.MALE))
    made = office.households.add(HouseholdDetails(branch, head_id=head))
    office.people.edit_person(head, details("Lê Văn Bốn", joined=None, sex=Sex.MALE))
    assert office.households.detail(made).row.head == "Lê Văn Bốn"


def test_who_died_lives_there_no_more_and_the_household_says_that_it_has_no_head(office: Office) -> None:
    one, two = add_members(office, count=2)
    mother, daughter = (office.people.detail(i).person.id for i in (one, two))
    branch = office.people.detail(one).row.branch_id
    home = office.households.add(
        HouseholdDetails(branch, head_id=mother, residents=4), [(mother, Relation.HEAD), (daughter, Relation.CHILD)]
    )
    day = date(2026, 10, 20)
    office.people.leave(one, LeaveReason.DECEASED, on=day)
    told = office.households.detail(home)
    assert [r.person_id for r in told.residents] == [daughter]
    assert (told.row.people, told.row.members, told.row.size, told.row.head_died) == (1, 1, 3, True)
    assert office.people.detail(one).household is None
    (before,) = office.households.rows(date(2026, 10, 19))
    assert (before.people, before.head_died) == (2, False)
    with office.read() as work:
        assert len(work.households.residents(home, date(2026, 10, 19))) == 2
    office.households.set_residents(home, [(daughter, Relation.HEAD)])
    told = office.households.detail(home)
    assert (told.household.head_id, told.row.head_died) == (daughter, False)
    office.history.undo()
    office.history.undo()
    told = office.households.detail(home)
    assert (told.row.people, told.row.size, told.row.head_died) == (2, 4, False)


def test_a_head_who_is_known_by_name_only_dies_as_well(office: Office) -> None:
    (one,) = add_members(office, count=1)
    (home,) = office.households.make_for([one])
    office.people.leave(one, LeaveReason.RESIGNED, on=date(2026, 10, 20))
    assert not office.households.detail(home).row.head_died
    office.history.undo()
    office.people.leave(one, LeaveReason.DECEASED, on=date(2026, 10, 20))
    told = office.households.detail(home)
    assert (told.row.head_died, told.residents) == (True, ())
    office.households.edit(home, HouseholdDetails(told.row.branch_id, head_name="Thạch Sô Phia"))
    assert not office.households.detail(home).row.head_died
