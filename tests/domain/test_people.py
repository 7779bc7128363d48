"""Age, membership dates, net growth, national ids and telephone numbers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.people import (
    JoinKind,
    LeaveReason,
    MembershipProblem,
    NationalIdCheck,
    OtherOrganisation,
    PartialDate,
    PositionTitle,
    Sex,
    age_on,
    check_membership,
    check_national_id,
    is_under_age,
    mask_national_id,
    net_growth,
    normalise_national_id,
    normalise_phone,
    phones_in,
    was_member,
)

TODAY = date(2026, 11, 22)
calm = settings(deadline=None, derandomize=True)


def test_the_book_of_changes_and_the_positions() -> None:
    assert list(JoinKind) == ["ADMISSION", "TRANSFER_IN"]
    assert [one for one in LeaveReason if one.is_told] == ["TRANSFER_OUT", "RESIGNED", "STRUCK_OFF", "DECEASED"]
    assert len(PositionTitle) == 8


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        ("2008-11-22", TODAY, 18),
        ("2008-11-23", TODAY, 17),
        ("2008-12", TODAY, 17),
        ("2008", TODAY, 18),
        ("2004-02-29", date(2022, 2, 28), 17),
        ("2004-02-29", date(2022, 3, 1), 18),
    ],
)
def test_age_in_completed_years(birth: str, day: date, age: int) -> None:
    assert age_on(PartialDate.from_iso(birth), day) == age
    assert is_under_age(PartialDate.from_iso(birth), day) is (age < 18)


def test_the_minimum_age_is_a_setting() -> None:
    assert is_under_age(PartialDate(2009), TODAY)
    assert not is_under_age(PartialDate(2009), TODAY, minimum=16)


def test_net_growth_leaves_out_members_of_other_organisations() -> None:
    """30 joined, 5 of them in a trade union, 12 left: counted 13, plain 18."""
    none: frozenset[OtherOrganisation] = frozenset()
    growth = net_growth([none] * 25 + [frozenset({OtherOrganisation.TRADE_UNION})] * 5, [none] * 12)
    assert (growth.counted, growth.plain) == (13, 18)
    went = net_growth([], [none, frozenset({OtherOrganisation.ARMED_FORCES})])
    assert (went.counted, went.plain) == (-1, -2)


def test_on_the_roll_at_the_end_of_a_day() -> None:
    joined = PartialDate(2020, 3)
    assert was_member(None, None, TODAY)
    assert was_member(joined, None, date(2020, 3, 1))
    assert not was_member(joined, None, date(2020, 2, 29))
    assert was_member(joined, TODAY, date(2026, 11, 21))
    assert not was_member(joined, TODAY, TODAY)


@pytest.mark.parametrize(
    ("birth", "joined", "left", "problem"),
    [
        ("2026-11-23", None, None, ("birth", MembershipProblem.IN_THE_FUTURE)),
        (None, "2027", None, ("joined", MembershipProblem.IN_THE_FUTURE)),
        ("1971-03-08", "1970", None, ("joined", MembershipProblem.BEFORE_BIRTH)),
        (None, None, date(2026, 11, 23), ("left", MembershipProblem.IN_THE_FUTURE)),
        ("1971", "2001-05-02", date(2001, 5, 1), ("left", MembershipProblem.LEFT_BEFORE_JOINING)),
    ],
)
def test_impossible_memberships(
    birth: str | None, joined: str | None, left: date | None, problem: tuple[str, MembershipProblem]
) -> None:
    born = PartialDate.from_iso(birth) if birth else None
    came = PartialDate.from_iso(joined) if joined else None
    with pytest.raises(FieldProblem) as refused:
        check_membership(born, came, left, TODAY)
    assert (refused.value.field, refused.value.problem) == problem


def test_possible_memberships() -> None:
    check_membership(None, None, None, TODAY)
    check_membership(PartialDate(2026), PartialDate(2026), date(2026, 1, 1), TODAY)
    check_membership(None, None, TODAY, TODAY)


@pytest.mark.parametrize(
    ("number", "birth", "sex", "found"),
    [
        ("093188426538", "1988-01-22", Sex.FEMALE, NationalIdCheck.OK),
        ("094307399835", "2007", Sex.FEMALE, NationalIdCheck.OK),
        ("094207399835", "2007", Sex.MALE, NationalIdCheck.OK),
        ("093188426538", None, None, NationalIdCheck.OK),
        ("200188426538", "1988", Sex.FEMALE, NationalIdCheck.OK),
        ("09318842653x", "1988", Sex.FEMALE, NationalIdCheck.NOT_DIGITS),
        ("", "1988", Sex.FEMALE, NationalIdCheck.NOT_DIGITS),
        ("331884265", "1988", Sex.FEMALE, NationalIdCheck.LENGTH),
        ("003188426538", "1988", Sex.FEMALE, NationalIdCheck.PROVINCE_CODE),
        ("093488426538", "1988", Sex.FEMALE, NationalIdCheck.CENTURY),
        ("093188426538", "1987", Sex.FEMALE, NationalIdCheck.BIRTH_YEAR_MISMATCH),
        ("093388426538", "1988", Sex.FEMALE, NationalIdCheck.BIRTH_YEAR_MISMATCH),
        ("093088426538", "1988", Sex.FEMALE, NationalIdCheck.SEX_MISMATCH),
        ("093188426538", "1988", Sex.MALE, NationalIdCheck.SEX_MISMATCH),
    ],
)
def test_what_a_national_id_says(number: str, birth: str | None, sex: Sex | None, found: NationalIdCheck) -> None:
    assert check_national_id(number, PartialDate.from_iso(birth) if birth else None, sex) is found


@pytest.mark.parametrize(
    ("typed", "number", "mended"),
    [
        ("093 188 426 538", "093188426538", False),
        ("93188426538", "093188426538", True),
        ("1188426538", "001188426538", True),
        ("331884265", "331884265", False),
        ("09318842653", "09318842653", False),
        ("A3188426538", "A3188426538", False),
        ("", "", False),
    ],
)
def test_zeros_that_excel_took_come_back(typed: str, number: str, mended: bool) -> None:
    assert normalise_national_id(typed) == (number, mended)


def test_only_the_last_four_digits_are_shown() -> None:
    assert mask_national_id("093188426538") == "•••• •••• 6538"
    assert mask_national_id("331884265") == "•••• •••• 4265"
    assert mask_national_id("1234") == "•••• •••• ••••"
    assert mask_national_id("") == ""


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0512169593", "0512169593"),
        ("0980.568.320", "0980568320"),
        ("0980-568 320", "0980568320"),
        ("+84559063154", "0559063154"),
        ("+84 (0) 559 063 154", "0559063154"),
        ("84559063154", "0559063154"),
        ("0084559063154", "0559063154"),
        ("783815533", "0783815533"),
        ("02923812345", "02923812345"),
        ("01234567890", None),
        ("091234567", None),
        ("09123456789", None),
        ("không có", None),
        ("", None),
    ],
)
def test_one_telephone_number(typed: str, number: str | None) -> None:
    assert normalise_phone(typed) == number


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("", ()),
        ("0912345678", ("0912345678",)),
        ("0912 345 678 - 0987.654.321", ("0912345678", "0987654321")),
        ("0912345678/0987654321; 0912345678", ("0912345678", "0987654321")),
        ("0912345678\n0987654321", ("0912345678", "0987654321")),
        ("0912345678 0987654321", ("0912345678", "0987654321")),
        ("0912345678 hoặc 12", ("0912345678", None)),
        ("0912345678 (chồng)", (None,)),
    ],
)
def test_several_numbers_in_one_cell(cell: str, numbers: tuple[str | None, ...]) -> None:
    assert phones_in(cell) == numbers


@given(st.from_regex(r"0[1-9][0-9]{8}", fullmatch=True))
@calm
def test_every_way_of_writing_a_number_is_one_number(number: str) -> None:
    for written in (number, f"+84{number[1:]}", number[1:], f"{number[:4]}.{number[4:7]} {number[7:]}"):
        assert normalise_phone(written) == number


@given(st.text(max_size=30))
@calm
def test_any_text_gives_a_plain_number_or_none(text: str) -> None:
    for number in phones_in(text):
        assert number is None or normalise_phone(number) == number
