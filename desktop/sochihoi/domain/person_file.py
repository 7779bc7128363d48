"""Everything that is kept about one woman, in one place; and what is left of her once she is anonymous.

Access within 10 days, deletion within 20 (Decree 356/2025/NĐ-CP, as reported; the periods stand in
``resources/privacy/duties.toml``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sochihoi.domain.access import Access
from sochihoi.domain.consent import Consent
from sochihoi.domain.errors import UserError
from sochihoi.domain.households import HouseholdGroup
from sochihoi.domain.meetings import Mark
from sochihoi.domain.members import Household, Membership, Person, Placement, Position


@dataclass(eq=False)
class StillActive(UserError):
    """She is a member: a membership without a name cannot go on. Her leaving comes first."""

    name: str


@dataclass(eq=False)
class CountsStillOpen(UserError):
    """She was counted in a month that is not closed: its figures would change. ``period``: its code."""

    name: str
    period: str


@dataclass(eq=False)
class AnonymousAlready(UserError):
    """Nothing names her any more."""


@dataclass(frozen=True, slots=True)
class Came:
    """One meeting on whose roster she stood."""

    on: date
    branch: str
    mark: Mark | None
    note: str


@dataclass(frozen=True, slots=True)
class Studied:
    """One study session that she came to."""

    on: date
    title: str


@dataclass(frozen=True, slots=True)
class Said:
    """An opinion written down under her name."""

    on: date
    branch: str
    content: str


@dataclass(frozen=True, slots=True)
class Trace:
    """How many records of a table hold her name in a text that somebody typed."""

    noun: str
    count: int


@dataclass(frozen=True, slots=True)
class Change:
    """One act that touched her records: the act's code, when (UTC text), by which account."""

    act: str
    at: str
    account_id: str


@dataclass(frozen=True, slots=True)
class PersonFile:
    """All of it. ``merged``: other entries that were found to be her."""

    person: Person
    merged: tuple[Person, ...]
    memberships: tuple[Membership, ...]
    placements: tuple[Placement, ...]
    positions: tuple[Position, ...]
    household: Household | None
    household_years: tuple[int, ...]
    consents: tuple[Consent, ...]
    came: tuple[Came, ...]
    studied: tuple[Studied, ...]
    said: tuple[Said, ...]
    looks: tuple[Access, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class AnonymousWords:
    """What stands in the book in place of what named her."""

    name: str
    minority: str
    religious: str


def anonymous(
    person: Person, words: AnonymousWords, on: date, *, minority: bool, religious: bool, group: HouseholdGroup
) -> Person:
    """The entry without anything that names her; what figures count of her stays: sex, the two marks, the Party,
    health insurance, the group of her household."""
    return Person(
        person.id,
        words.name,
        sex=person.sex,
        ethnicity=words.minority if minority else "",
        religion=words.religious if religious else "",
        party_member=person.party_member,
        health_insurance=person.health_insurance,
        household_group=group,
        merged_into=person.merged_into,
        anonymised_on=on,
    )


def without_words(member: Membership) -> Membership:
    """The membership with its days, its reason and its marks, and without places, papers and clubs."""
    return replace(member, joined_from="", left_to="", decision_no="", card_no="", clubs=(), moving_to="", moving_no="")
