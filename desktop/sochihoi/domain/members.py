"""What the register keeps: persons, memberships, where a member is placed, what she is elected to, households.

Three different things are never added together: a person lives, a membership counts, a placement is where.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.domain.households import HouseholdGroup
from sochihoi.domain.people import (
    JoinKind,
    LeaveReason,
    NationalIdCheck,
    OtherOrganisation,
    PartialDate,
    PositionTitle,
    Sex,
    check_national_id,
    normalise_national_id,
    phones_in,
)
from sochihoi.domain.vietnamese import fold, nfc, nfc_lines

SENSITIVE = frozenset({"ethnicity", "religion", "party_member", "party_joined_on", "health_insurance"})
"""Fields of a person that the law protects more: ethnic origin, religious and political views, health (Decree
356/2025/NĐ-CP, article 4). A form marks them; a list with them is a journaled export."""

MEMBER_PREFIX, HOUSEHOLD_PREFIX = "HP", "HO"


@dataclass(frozen=True, slots=True)
class Person:
    """Anyone whom the commune knows: members, and women and residents who are none."""

    id: str
    full_name: str
    birth: PartialDate | None = None
    sex: Sex = Sex.FEMALE
    ethnicity: str = ""
    religion: str = ""
    national_id: str = ""
    phone: str = ""  # digits; several numbers with "; " between them
    address: str = ""
    hamlet: str = ""
    education: str = ""
    professional_level: str = ""
    political_theory_level: str = ""
    occupation: str = ""
    party_member: bool = False
    party_joined_on: date | None = None
    health_insurance: bool = False
    health_insurance_until: date | None = None
    household_id: str | None = None
    relation_to_head: str = ""  # the name of a ``Relation``; empty while nobody said it
    household_group: HouseholdGroup = HouseholdGroup.NONE  # counts only while no household says it
    loan: str = ""  # as the roll says it: source, amount
    note: str = ""
    old_id: str = ""  # the nine digits of the identity card before the twelve
    merged_into: str | None = None  # the person who she was found to be
    anonymised_on: date | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """One membership of one person. She may leave and come back: that is another one, under the same code.

    ``registered_on`` is the day from which she counts here; ``left_on`` the first day on which she no longer does.
    ``review``: codes why the import marked her doubtful, empty once an officer looked at her.
    """

    id: str
    code: str
    person_id: str
    joined: PartialDate | None = None
    join_kind: JoinKind = JoinKind.ADMISSION
    joined_from: str = ""
    left_on: date | None = None
    left_reason: LeaveReason | None = None
    left_to: str = ""
    decision_no: str = ""
    card_no: str = ""
    core_member: bool = False
    honorary: bool = False
    other_organisations: frozenset[OtherOrganisation] = frozenset()
    clubs: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    registered_on: date | None = None
    moving_on: date | None = None  # she asked to move; she counts here until she has left
    moving_to: str = ""
    moving_no: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """A stay in a branch, perhaps in a cell of it. ``to_on`` is the first day no longer there."""

    id: str
    membership_id: str
    branch_id: str
    cell_id: str | None = None
    from_on: date | None = None
    to_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """An office held in a unit. ``to_on`` is the first day no longer; ``trained_on`` when she was trained for it."""

    id: str
    membership_id: str
    unit_id: str
    title: PositionTitle
    from_on: date | None = None
    to_on: date | None = None
    trained_on: date | None = None


@dataclass(frozen=True, slots=True)
class Household:
    """A household. ``head_id`` is a person that is entered; ``head_name`` the head who is not. ``residents``: people
    living there as far as anyone counted, whether entered or not."""

    id: str
    code: str
    branch_id: str
    head_name: str = ""
    head_id: str | None = None
    address: str = ""
    household_group: HouseholdGroup = HouseholdGroup.NONE
    residents: int | None = None
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MemberDetails:
    """What an officer enters of a member: the person and the membership, without where she is placed."""

    full_name: str
    birth: PartialDate | None = None
    sex: Sex = Sex.FEMALE
    ethnicity: str = ""
    religion: str = ""
    national_id: str = ""
    phone: str = ""
    address: str = ""
    hamlet: str = ""
    education: str = ""
    professional_level: str = ""
    political_theory_level: str = ""
    occupation: str = ""
    party_member: bool = False
    party_joined_on: date | None = None
    health_insurance: bool = False
    health_insurance_until: date | None = None
    household_id: str | None = None
    relation_to_head: str = ""
    household_group: HouseholdGroup = HouseholdGroup.NONE
    loan: str = ""
    note: str = ""
    old_id: str = ""
    joined: PartialDate | None = None
    join_kind: JoinKind = JoinKind.ADMISSION
    joined_from: str = ""
    decision_no: str = ""
    card_no: str = ""
    core_member: bool = False
    honorary: bool = False
    other_organisations: frozenset[OtherOrganisation] = frozenset()
    clubs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewMember:
    """A member to be entered, and where. ``person_id`` is someone known who becomes a member, under ``code`` when she
    had one before."""

    details: MemberDetails
    branch_id: str
    cell_id: str | None = None
    review: tuple[str, ...] = ()
    person_id: str | None = None
    code: str = ""


@dataclass(eq=False)
class NotAMember(UserError):
    """The act asks for a current member, and she has left (or is none)."""

    name: str


@dataclass(eq=False)
class StillAMember(UserError):
    """She would join a second time without having left."""

    name: str
    branch: str


@dataclass(eq=False)
class SamePlace(UserError):
    """A transfer to where she is already."""

    name: str
    unit: str


@dataclass(eq=False)
class TransferBeforePlacement(UserError):
    """A transfer or a leaving on a day before the stay that it would end began."""

    name: str
    since: date


@dataclass(eq=False)
class NothingToImport(UserError):
    """No row of the list can come in."""

    file: str


def clean(details: MemberDetails) -> MemberDetails:
    """The details as they are stored: NFC, telephone digits, national id without separators.

    Raises ``FieldProblem`` for an empty name (``full_name``, ``EMPTY``). An odd phone or number stays as it was typed.
    """
    if not nfc(details.full_name):
        raise FieldProblem("full_name", "EMPTY")
    texts: dict[str, Any] = {f: nfc(getattr(details, f)) for f in _TEXTS}
    number, old = (normalise_national_id(text)[0] for text in (details.national_id, details.old_id))
    return replace(
        details,
        **texts,
        national_id=number,
        old_id=old,
        phone=clean_phones(details.phone),
        note=nfc_lines(details.note),
        party_joined_on=details.party_joined_on if details.party_member else None,
        health_insurance_until=details.health_insurance_until if details.health_insurance else None,
        relation_to_head=details.relation_to_head if details.household_id else "",
        clubs=clubs_in(";".join(details.clubs)),
    )


def clean_phones(text: str) -> str:
    """One telephone number as its digits, several with "; " between; what holds an odd one stays as it was typed."""
    numbers = phones_in(text)
    return nfc(text) if None in numbers else "; ".join(number for number in numbers if number)


def clubs_in(text: str) -> tuple[str, ...]:
    """The clubs that a text names with ";" or line breaks between them, each once however it is typed."""
    named: dict[str, str] = {}
    for one in filter(None, map(nfc, _BETWEEN_CLUBS.split(text))):
        named.setdefault(fold(one), one)
    return tuple(named.values())


_BETWEEN_CLUBS = re.compile(r"[;\n\r]")
_TEXTS = (
    "full_name",
    "ethnicity",
    "religion",
    "address",
    "hamlet",
    "education",
    "professional_level",
    "political_theory_level",
    "occupation",
    "loan",
    "joined_from",
    "decision_no",
    "card_no",
)


def person_of(details: MemberDetails, person: Person | str) -> Person:
    """The person's part: of someone known, who keeps what no form shows, or of a new one by her id."""
    told = {f: getattr(details, f) for f in PERSON_FIELDS}
    return Person(id=person, **told) if isinstance(person, str) else replace(person, **told)


def membership_of(details: MemberDetails, membership: Membership) -> Membership:
    """A membership with what an officer entered of it."""
    return replace(membership, **{f: getattr(details, f) for f in MEMBERSHIP_FIELDS})


def details_of(person: Person, membership: Membership | None = None) -> MemberDetails:
    """Back to what a form shows."""
    told = {f: getattr(person, f) for f in PERSON_FIELDS}
    if membership is not None:
        told |= {f: getattr(membership, f) for f in MEMBERSHIP_FIELDS}
    return MemberDetails(**told)


MEMBERSHIP_FIELDS = (
    "joined",
    "join_kind",
    "joined_from",
    "decision_no",
    "card_no",
    "core_member",
    "honorary",
    "other_organisations",
    "clubs",
)
PERSON_FIELDS = tuple(f for f in MemberDetails.__dataclass_fields__ if f not in MEMBERSHIP_FIELDS)


def counts_from(joined: PartialDate | None, entered_on: date) -> date:
    """The day from which a member counts here: her joining date (the first day that it can be), else the day of
    entry."""
    return entered_on if joined is None else joined.earliest()


def id_doubt(details: MemberDetails) -> NationalIdCheck:
    """What is odd about the national id, beside the birth date and the sex; OK when there is none. Never forbids."""
    if not details.national_id:
        return NationalIdCheck.OK
    return check_national_id(details.national_id, details.birth, details.sex)


def highest(prefix: str, taken: Iterable[str]) -> int:
    """The highest number that stands in codes of a prefix; 0 when there is none."""
    numbers = (code[len(prefix) :] for code in taken if code.startswith(prefix))
    return max((int(number) for number in numbers if number.isascii() and number.isdigit()), default=0)


def made_code(prefix: str, number: int) -> str:
    """``HP00417``."""
    return f"{prefix}{number:05}"
