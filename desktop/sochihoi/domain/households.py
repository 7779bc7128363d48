"""Households of members: a head, residents, and the group that the commune has recognised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sochihoi.domain.errors import UserError


class HouseholdGroup(StrEnum):
    """Diện hộ: hộ nghèo, cận nghèo, chính sách, hoàn cảnh khó khăn (yếu thế), or none of them."""

    NONE = "NONE"
    POOR = "POOR"
    NEAR_POOR = "NEAR_POOR"
    POLICY = "POLICY"
    HARDSHIP = "HARDSHIP"


class Relation(StrEnum):
    """What a resident is to the head of the household."""

    HEAD = "HEAD"
    SPOUSE = "SPOUSE"
    CHILD = "CHILD"
    CHILD_IN_LAW = "CHILD_IN_LAW"
    PARENT = "PARENT"
    PARENT_IN_LAW = "PARENT_IN_LAW"
    GRANDPARENT = "GRANDPARENT"
    GRANDCHILD = "GRANDCHILD"
    SIBLING = "SIBLING"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Resident:
    """One person of a household. ``is_member`` holds on the day that is asked about."""

    person_id: str
    relation: Relation
    is_member: bool = False


@dataclass(eq=False)
class SeveralHeads(UserError):
    """More than one resident is named head of the household."""

    person_ids: tuple[str, ...]


@dataclass(eq=False)
class ResidentTwice(UserError):
    """The same person is listed more than once in one household."""

    person_ids: tuple[str, ...]


@dataclass(eq=False)
class GroupsExclude(UserError):
    """Groups that no household can be in at once: poor with near poor."""

    groups: tuple[HouseholdGroup, ...]


@dataclass(eq=False)
class NobodyMoves(UserError):
    """A household is to be parted, and nobody was chosen who goes."""

    code: str


@dataclass(eq=False)
class NobodyStays(UserError):
    """A household is to be parted, and everybody would go."""

    code: str


@dataclass(eq=False)
class SameHousehold(UserError):
    """A household is to be merged with itself."""

    code: str


_POVERTY = (HouseholdGroup.POOR, HouseholdGroup.NEAR_POOR)


def head_of(residents: Iterable[Resident]) -> Resident | None:
    """The head, or None while nobody is named: an old list may know only the members."""
    return next((resident for resident in residents if resident.relation is Relation.HEAD), None)


def check_residents(residents: Sequence[Resident]) -> None:
    """Raise ``ResidentTwice`` or ``SeveralHeads``. A household without residents or without a head is allowed."""
    ids = [resident.person_id for resident in residents]
    twice = tuple(dict.fromkeys(one for one in ids if ids.count(one) > 1))
    if twice:
        raise ResidentTwice(twice)
    heads = tuple(resident.person_id for resident in residents if resident.relation is Relation.HEAD)
    if len(heads) > 1:
        raise SeveralHeads(heads)


def is_member_household(residents: Iterable[Resident]) -> bool:
    """A household counts in the campaign's denominators while at least one member of the Union lives in it."""
    return any(resident.is_member for resident in residents)


def groups_of(groups: Iterable[HouseholdGroup]) -> frozenset[HouseholdGroup]:
    """The groups that are really stated: NONE says nothing. Raises ``GroupsExclude`` for poor with near poor."""
    stated = frozenset(groups) - {HouseholdGroup.NONE}
    if stated.issuperset(_POVERTY):
        raise GroupsExclude(_POVERTY)
    return stated


def leading_group(groups: Iterable[HouseholdGroup]) -> HouseholdGroup:
    """The one group that a list with a single column shows: poor, near poor, policy, hardship, in this order."""
    stated = groups_of(groups)
    return next((group for group in HouseholdGroup if group in stated), HouseholdGroup.NONE)
