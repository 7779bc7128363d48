"""Persons, memberships and households in the real, encrypted file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from sochihoi.domain.households import HouseholdGroup, Relation
from sochihoi.domain.members import Household, Membership, Person, Placement, Position
from sochihoi.domain.people import OtherOrganisation, PartialDate, PositionTitle
from sochihoi.domain.units import Level, Unit
from sochihoi.storage.schema import attendance, meeting, study_attendance, study_campaign, study_eligible, study_session
from sochihoi.storage.store import Store
from sochihoi.storage.work import Work

DAY = date(2026, 10, 26)


@pytest.fixture
def work(store: Store) -> Iterator[Work]:
    with store.write("test") as opened:
        opened.units.add(
            Unit("xa", Level.COMMUNE, "xã Hòa Phú"),
            Unit("a", Level.BRANCH, "Ấp An Hòa", parent_id="xa"),
            Unit("b", Level.BRANCH, "Ấp Phú Mỹ", parent_id="xa"),
            Unit("a2", Level.CELL, "Tổ 2", parent_id="a"),
        )
        yield opened


def put(work: Work, number: int, name: str, **more: object) -> Membership:
    """A member of Ấp An Hòa since 2015."""
    person = Person(f"p{number}", name)
    member = Membership(f"m{number}", f"HP{number:05}", person.id, registered_on=date(2015, 3, 8), **more)  # type: ignore[arg-type]
    work.people.add([person], [member], [Placement(f"s{number}", member.id, "a", "a2", date(2015, 3, 8))])
    return member


def test_every_field_comes_back(work: Work) -> None:
    work.households.add(
        [Household("h", "HO00001", "a", "Thạch Sô Phia", None, "Số 49", HouseholdGroup.POOR, 4, "0912345678")]
    )
    person = Person(
        "p",
        "Thạch Thị Kim Hằng",
        PartialDate(1971, 3),
        ethnicity="Khmer",
        national_id="094171006538",
        party_member=True,
        party_joined_on=date(2010, 5, 19),
        health_insurance=True,
        household_id="h",
        relation_to_head=Relation.SPOUSE.name,
        household_group=HouseholdGroup.NEAR_POOR,
    )
    member = Membership(
        "m",
        "HP00001",
        "p",
        PartialDate(1998),
        other_organisations=frozenset({OtherOrganisation.TRADE_UNION}),
        review=("PHONE_ODD",),
        registered_on=date(1998, 1, 1),
    )
    work.people.add([person], [member], [Placement("s", "m", "a", None, date(1998, 1, 1))])
    assert work.people.person("p") == person
    assert work.people.membership("m") == member
    assert work.people.by_code(" hp00001 ") == member
    assert work.households.get("h").residents == 4
    row = work.people.row("m", DAY)
    assert row is not None
    assert (row.household_group, row.birth_year, row.cell) == (HouseholdGroup.POOR, 1971, "")


def test_lists_of_a_day_are_by_given_name_and_by_where_she_was(work: Work) -> None:
    put(work, 1, "Võ Thị Hương")
    put(work, 2, "Đặng Thị Ánh")
    left = put(work, 3, "Lê Thị Đào", left_on=date(2026, 10, 1))
    stay = work.people.placements_of(["m1"])[0]
    work.people.save(placements=[replace(stay, to_on=date(2026, 10, 5))])
    work.people.add(placements=[Placement("s9", "m1", "b", None, date(2026, 10, 5))])
    assert [(r.full_name, r.branch) for r in work.people.rows(DAY)] == [
        ("Đặng Thị Ánh", "Ấp An Hòa"),
        ("Võ Thị Hương", "Ấp Phú Mỹ"),
    ]
    assert [r.branch for r in work.people.rows(date(2026, 10, 4))] == ["Ấp An Hòa", "Ấp An Hòa"]
    assert [r.membership_id for r in work.people.rows(DAY, "LEFT")] == [left.id]
    assert len(work.people.rows(DAY, "ALL")) == 3
    assert len(work.people.rows(date(2026, 9, 30))) == 3
    assert work.people.highest_code() == 3


def test_positions_are_those_of_the_day_highest_first(work: Work) -> None:
    put(work, 1, "Võ Thị Hương")
    work.people.add(
        positions=[
            Position("1", "m1", "a2", PositionTitle.CELL_HEAD, date(2020, 1, 1)),
            Position("2", "m1", "a", PositionTitle.BRANCH_HEAD, date(2025, 8, 1), date(2030, 8, 1)),
            Position("3", "m1", "a", PositionTitle.BRANCH_DEPUTY, date(2020, 1, 1), date(2025, 8, 1)),
        ]
    )
    (row,) = work.people.rows(DAY)
    assert row.positions == (PositionTitle.BRANCH_HEAD, PositionTitle.CELL_HEAD)
    work.people.remove_position("1", DAY)
    assert len(work.people.positions_of(["m1"])) == 2


def test_participation_counts_closed_meetings_and_campaigns_once(work: Work) -> None:
    put(work, 1, "Võ Thị Hương")
    for number, (day, state, mark) in enumerate(
        [
            (date(2026, 1, 8), "CLOSED", "PRESENT"),
            (date(2026, 2, 8), "CLOSED", "EXCUSED"),
            (date(2026, 3, 8), "ROSTER_FROZEN", None),
            (date(2025, 3, 8), "CLOSED", "PRESENT"),
        ]
    ):
        work.insert(meeting, [{"id": f"t{number}", "branch_id": "a", "held_on": day, "state": state}])
        row = {"id": f"x{number}", "meeting_id": f"t{number}", "membership_id": "m1", "row_number": 1, "mark": mark}
        work.insert(attendance, [row])
    work.insert(study_campaign, [{"id": "c", "title": "Đợt 1", "starts_on": date(2026, 5, 1)}])
    work.insert(study_campaign, [{"id": "d", "title": "Đợt 2", "starts_on": date(2026, 6, 1)}])
    for campaign in "cd":
        row = {"id": f"e{campaign}", "campaign_id": campaign, "membership_id": "m1", "branch_id": "a"}
        work.insert(study_eligible, [row])
    for session in "12":
        work.insert(study_session, [{"id": session, "campaign_id": "c", "held_on": date(2026, 5, 9)}])
        work.insert(study_attendance, [{"id": f"y{session}", "session_id": session, "membership_id": "m1"}])
    told = work.people.participation("m1", 2026)
    assert (told.meetings, told.present, told.campaigns, told.studied) == (2, 1, 2, 1)


def test_persons_without_membership_and_everyone_known(work: Work) -> None:
    put(work, 1, "Võ Thị Hương")
    put(work, 2, "Lê Thị Đào", left_on=date(2026, 10, 1))
    work.people.add([Person("p3", "Thạch Sô Phia")])
    assert [p.person_id for p in work.people.without_membership(DAY)] == ["p2", "p3"]
    known = {r["person_id"]: (r["code"], r["branch"]) for r in work.people.known()}
    assert known == {"p1": ("HP00001", "Ấp An Hòa"), "p2": ("HP00002", "Ấp An Hòa"), "p3": (None, None)}


def test_a_household_counts_its_people_and_its_members_apart(work: Work) -> None:
    work.households.add([Household("h", "HO00007", "a", "Thạch Sô Phia")])
    put(work, 1, "Võ Thị Hương")
    work.people.save([replace(work.people.person("p1"), household_id="h", relation_to_head="SPOUSE")])
    work.people.add([Person("p2", "Thạch Sô Phia", household_id="h", relation_to_head="HEAD")])
    (row,) = work.households.rows(DAY)
    assert (row.people, row.members, row.size, row.head) == (2, 1, 2, "Thạch Sô Phia")
    assert [r.relation for r in work.households.residents("h", DAY)] == [Relation.HEAD, Relation.SPOUSE]
    assert work.households.highest_code() == 7
    work.households.remove("h", DAY)
    assert work.households.rows(DAY) == []
