"""Households: one head, no resident twice, groups that exclude each other."""

from __future__ import annotations

import pytest

from sochihoi.domain.households import (
    GroupsExclude,
    HouseholdGroup,
    Relation,
    Resident,
    ResidentTwice,
    SeveralHeads,
    check_residents,
    groups_of,
    head_of,
    is_member_household,
    leading_group,
)

HEAD = Resident("a", Relation.HEAD)
WIFE = Resident("b", Relation.SPOUSE, is_member=True)


def test_a_household_may_be_without_head_or_residents() -> None:
    check_residents([])
    check_residents([WIFE])
    check_residents([HEAD, WIFE])
    assert head_of([WIFE]) is None
    assert head_of([WIFE, HEAD]) is HEAD


def test_two_heads_are_refused() -> None:
    with pytest.raises(SeveralHeads) as refused:
        check_residents([HEAD, Resident("c", Relation.HEAD)])
    assert refused.value.person_ids == ("a", "c")


def test_nobody_is_listed_twice() -> None:
    with pytest.raises(ResidentTwice) as refused:
        check_residents([HEAD, WIFE, Resident("b", Relation.CHILD), WIFE])
    assert refused.value.person_ids == ("b",)


def test_a_member_makes_it_a_member_household() -> None:
    assert is_member_household([HEAD, WIFE])
    assert not is_member_household([HEAD])
    assert not is_member_household([])


def test_poor_excludes_near_poor() -> None:
    with pytest.raises(GroupsExclude) as refused:
        groups_of([HouseholdGroup.POOR, HouseholdGroup.NEAR_POOR])
    assert refused.value.groups == (HouseholdGroup.POOR, HouseholdGroup.NEAR_POOR)


def test_none_says_nothing_and_the_first_group_leads() -> None:
    assert groups_of([HouseholdGroup.NONE]) == frozenset()
    assert groups_of([HouseholdGroup.NONE, HouseholdGroup.POLICY]) == {HouseholdGroup.POLICY}
    assert leading_group([]) is HouseholdGroup.NONE
    assert leading_group([HouseholdGroup.HARDSHIP, HouseholdGroup.POOR]) is HouseholdGroup.POOR
