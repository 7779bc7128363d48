"""Rules of the register's records: how details are cleaned, who is alike, what a search finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.households import HouseholdGroup
from sochihoi.domain.member_lists import HouseholdRow, Search
from sochihoi.domain.members import (
    MemberDetails,
    Membership,
    Person,
    clean,
    clean_phones,
    clubs_in,
    counts_from,
    details_of,
    highest,
    id_doubt,
    made_code,
    membership_of,
    person_of,
)
from sochihoi.domain.people import NationalIdCheck, PartialDate


def test_details_are_stored_clean() -> None:
    told = clean(
        MemberDetails(
            "  Thạch  Thị Kim Hằng ",
            phone="+84 912.345.678",
            national_id="94 171 006538",
            party_joined_on=date(2010, 5, 19),
            health_insurance_until=date(2026, 12, 31),
            relation_to_head="HEAD",
            note="Hai \n dòng ",
        )
    )
    assert told.full_name == "Thạch Thị Kim Hằng"
    assert (told.phone, told.national_id, told.note) == ("0912345678", "094171006538", "Hai\ndòng")
    assert (told.party_joined_on, told.health_insurance_until, told.relation_to_head) == (None, None, "")


def test_a_name_is_needed() -> None:
    with pytest.raises(FieldProblem) as problem:
        clean(MemberDetails(" \u200b "))
    assert (problem.value.field, problem.value.problem) == ("full_name", "EMPTY")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("912345678", "0912345678"),
        ("0912345678; 0987 654 321", "0912345678; 0987654321"),
        ("nhờ chồng", "nhờ chồng"),
    ],
)
def test_phones(typed: str, kept: str) -> None:
    assert clean_phones(typed) == kept


def test_details_go_to_person_and_membership_and_back() -> None:
    told = MemberDetails("Bùi Như An", birth=PartialDate(2002), core_member=True, card_no="12")
    person = person_of(told, "p")
    member = membership_of(told, Membership("m", "HP00001", "p"))
    assert details_of(person, member) == told
    assert details_of(person).card_no == ""


def test_she_counts_from_her_joining_else_from_the_day_of_entry() -> None:
    assert counts_from(PartialDate(1998), date(2026, 10, 26)) == date(1998, 1, 1)
    assert counts_from(None, date(2026, 10, 26)) == date(2026, 10, 26)


def test_an_odd_national_id_is_only_doubted() -> None:
    assert id_doubt(MemberDetails("A")) is NationalIdCheck.OK
    assert id_doubt(MemberDetails("A", national_id="12")) is NationalIdCheck.LENGTH


def test_an_edit_never_loses_what_no_form_shows() -> None:
    known = Person("p", "Cũ", old_id="365123456", merged_into="q", anonymised_on=date(2026, 1, 1))
    told = person_of(clean(replace(details_of(known), full_name="Mới")), known)
    assert told == replace(known, full_name="Mới")
    assert person_of(clean(MemberDetails("Mới", old_id="365 123 456")), "new").old_id == "365123456"


def test_a_year_finds_no_number_of_a_card() -> None:
    ids = ("094196512345", "365123456")
    assert Search.of("1965").finds("ly thi my", ids=ids) is False
    assert Search.of("2345").finds("ly thi my", ids=ids)
    assert Search.of("196512").finds("ly thi my", ids=ids)
    assert Search.of("345").finds("ly thi my", ids=ids) is False


def test_codes() -> None:
    assert highest("HP", ["HP00007", "HO00012", "HPx", "HP00010"]) == 10
    assert highest("HP", []) == 0
    assert made_code("HO", 12) == "HO00012"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kim hang", True),
        ("HẰNG", True),
        ("ang", False),
        ("0912 345", True),
        ("+84 912 345 678", True),
        ("0912-345-678", True),
        ("+84 912 345 679", False),
        ("hp00417", True),
        ("417", True),
        ("", True),
        ("hang 1971", False),
    ],
)
def test_a_search_finds_beginnings_of_words_and_runs_of_digits(text: str, *, found: bool) -> None:
    assert Search.of(text).finds("thach thi kim hang", "0912345678", "hp00417") is found


def test_the_size_of_a_household_is_the_larger_of_counted_and_entered() -> None:
    def row(residents: int | None, people: int) -> HouseholdRow:
        return HouseholdRow("h", "HO1", "", "", "", "a", "A", "", "", "", HouseholdGroup.NONE, residents, people, 0)

    assert [row(4, 1).size, row(None, 2).size, row(1, 3).size, row(None, 0).size] == [4, 2, 3, None]


def test_a_club_named_twice_is_one_however_it_is_typed() -> None:
    assert clubs_in(" Dân vũ ;dan vu\n; Gia đình  5 không;") == ("Dân vũ", "Gia đình 5 không")
    assert clubs_in(" ;\n") == ()
    assert clean(MemberDetails("Lê Thị Mẫu", clubs=("Dân vũ; Gia đình",))).clubs == ("Dân vũ", "Gia đình")
