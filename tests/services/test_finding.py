"""Anyone from anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from offices import make_office
from people_data import add_branch, details

from sochihoi.domain.member_lists import Search
from sochihoi.domain.people import LeaveReason
from sochihoi.domain.vietnamese import fold
from sochihoi.services.finding import HOUSEHOLD, MEMBER, PERSON
from sochihoi.services.households import HouseholdDetails
from sochihoi.services.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    branch, _cells = add_branch(made)
    made.people.add(details("Thạch Thị Kim Hằng", phone="0912345678"), branch)
    gone = made.people.add(details("Trần Thị Kim Hằng", phone="0987654321"), branch)
    made.people.leave(gone, LeaveReason.RESIGNED, on=date(2026, 10, 1))
    made.people.add_person(details("Hằng A Kim", joined=None))
    made.households.add(HouseholdDetails(branch, head_name="Ông Đặng Hằng", address="Số 12, Ấp An Hòa"))
    yield made
    made.close()


def test_names_are_found_without_marks_current_members_first(office: Office) -> None:
    hits = office.finding.find("kim hang")
    assert [(h.kind, h.title, h.left) for h in hits] == [
        (MEMBER, "Thạch Thị Kim Hằng", False),
        (MEMBER, "Trần Thị Kim Hằng", True),
        (PERSON, "Hằng A Kim", False),
    ]
    assert hits[0].detail == "Ấp An Hòa · 1971"


def test_phones_with_blanks_codes_and_addresses_are_found(office: Office) -> None:
    assert [h.title for h in office.finding.find("0912 345")] == ["Thạch Thị Kim Hằng"]
    assert [h.title for h in office.finding.find("hp00002")] == ["Trần Thị Kim Hằng"]
    assert [(h.kind, h.title) for h in office.finding.find("dang hang")] == [(HOUSEHOLD, "Ông Đặng Hằng")]
    assert [h.kind for h in office.finding.find("HO00001")] == [HOUSEHOLD]


def test_nothing_for_nothing_and_never_more_than_asked(office: Office) -> None:
    assert office.finding.find("  ") == ()
    assert office.finding.find("khong co ai") == ()
    assert len(office.finding.find("hang", limit=2)) == 2


TYPED = [
    "hang",
    "ang",
    "kim",
    "im hang",
    "thach kim",
    "0912",
    "345678",
    "912 345",
    "+84912345678",
    "hp0",
    "00001",
    "h_",
    "%",
    "12",
    "o'n",
    "đặng",
    "HO0",
    "ong",
    "x",
    "094171006538",
    "0941 7100 6538",
    "6538",
    "538",
    "1006",
    "171006",
    "365123456",
    "3456",
]


@pytest.mark.parametrize("typed", TYPED)
def test_the_database_finds_what_the_rule_of_a_search_says(office: Office, typed: str) -> None:
    search = Search.of(typed)
    with office.read() as work:
        everyone = work.people.rows(office.today, "ALL")
        rows = [m for m in everyone if search.finds(m.search_key, m.phone, fold(m.code), ids=(m.national_id, m.old_id))]
        homes = [h for h in work.households.rows(office.today) if search.finds(h.search_key, h.phone, fold(h.code))]
    hits = office.finding.find(typed)
    assert {h.id for h in hits if h.kind == MEMBER} == {m.membership_id for m in rows}
    assert [h.id for h in hits if h.kind == HOUSEHOLD] == [h.id for h in homes]


def test_a_member_has_her_newest_branch_and_a_full_list_shows_members_first(office: Office) -> None:
    hits = office.finding.find("hang")
    assert [h.kind for h in hits] == [MEMBER, MEMBER, PERSON, HOUSEHOLD]
    elsewhere, _cells = add_branch(office, "Ấp Bưng Cốc")
    office.people.transfer([hits[0].id], elsewhere, on=date(2026, 10, 20))
    assert office.finding.find("thach kim hang")[0].detail == "Ấp Bưng Cốc · 1971"
    assert [h.kind for h in office.finding.find("hang", limit=3)] == [MEMBER, MEMBER, PERSON]


def test_a_number_of_a_card_is_found_whole_or_by_its_end_and_a_code_that_went_forwards(office: Office) -> None:
    branch, _cells = add_branch(office)
    one = office.people.add(details("Lý Thị Mỹ", national_id="095165123877", old_id="365987001"), branch)
    other = office.people.add(details("Lý Thị Mĩ"), branch)
    for typed in ("095165123877", "095 165 123 877", "3877", "365987001", "7001"):
        assert [h.id for h in office.finding.find(typed)] == [one]
    assert one not in [h.id for h in office.finding.find("1651")], "a run of four digits may be a year"
    person = office.people.add_person(details("Trần Thị Ngoài", joined=None, old_id="365987444"))
    assert [h.id for h in office.finding.find("365987444")] == [person]
    gone = office.people.detail(other)
    office.merging.merge(office.people.detail(one).person.id, gone.person.id, {})
    found = office.finding.find(gone.row.code.lower())
    assert [(h.id, h.kind, h.gone) for h in found] == [(one, MEMBER, gone.row.code)]
    assert office.people.detail(one).gone_codes == (gone.row.code,)
