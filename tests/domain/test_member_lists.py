"""Lines of the lists of the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sochihoi.domain.households import HouseholdGroup
from sochihoi.domain.likeness import Strength, Verdict, Why
from sochihoi.domain.member_lists import Entry, Likeness, MemberRow
from sochihoi.domain.people import PartialDate, Sex

TEXTS = {name: "" for name, kind in MemberRow.__annotations__.items() if kind == "str"}
ROW = MemberRow(
    **TEXTS,
    birth=None,
    sex=Sex.FEMALE,
    cell_id=None,
    joined=None,
    left_on=None,
    left_reason=None,
    party_member=False,
    core_member=False,
    honorary=False,
    health_insurance=False,
    household_id=None,
    household_group=HouseholdGroup.NONE,
    clubs=(),
    review=(),
)
DAY = date(2026, 10, 1)


def test_she_is_on_her_way_until_she_has_left() -> None:
    moving = replace(ROW, moving_on=DAY)
    assert [one.is_moving for one in (ROW, moving, replace(moving, left_on=DAY))] == [False, True, False]


def test_a_year_of_birth_is_known_or_not() -> None:
    assert ROW.birth_year is None
    assert replace(ROW, birth=PartialDate(1971, 3)).birth_year == 1971


@pytest.mark.parametrize(
    ("why", "same"), [((Why.SAME_ID,), True), ((Why.SAME_NAME, Why.SAME_OLD_ID), True), ((Why.SAME_NAME,), False)]
)
def test_a_number_new_or_old_says_that_it_is_she(why: tuple[Why, ...], *, same: bool) -> None:
    entry = Entry("p", None, "", "Lê Thị Mẫu", "", None, "", "", "")
    assert Likeness(entry, Verdict(Strength.LIKELY, why)).same_id is same
