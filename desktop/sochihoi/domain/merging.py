"""Two entries of one woman made one: field by field, and which of her memberships goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sochihoi.domain.errors import UserError
from sochihoi.domain.members import MEMBERSHIP_FIELDS, PERSON_FIELDS, MemberDetails, Membership, clean_phones
from sochihoi.domain.vietnamese import fold


class Side(StrEnum):
    """Whose value stays: of the entry that is kept, of the one that goes, or both beside each other."""

    KEPT = "KEPT"
    GONE = "GONE"
    BOTH = "BOTH"


PLACE = "branch_id"
"""The choice of where she is, beside the fields of ``MemberDetails``."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A field in which the two entries differ. ``side`` is what is proposed; ``both``: the values may be joined."""

    field: str
    kept: Any
    gone: Any
    side: Side
    both: bool = False


@dataclass(eq=False)
class SameEntry(UserError):
    """An entry cannot be merged with itself, or with one that is gone already."""

    name: str


@dataclass(eq=False)
class NotMerged(UserError):
    """An entry that would be taken out of another one stands by itself."""

    name: str


_JOINED = frozenset({"phone", "clubs", "note", "other_organisations"})
_WITH = {
    "household_id": ("relation_to_head",),
    "party_member": ("party_joined_on",),
    "health_insurance": ("health_insurance_until",),
}
_FOLLOWING = frozenset(f for told in _WITH.values() for f in told)
_WANTED = ("birth", "joined")  # dates: the one that says more is proposed


def choices(kept: MemberDetails, gone: MemberDetails, *, membership: bool) -> tuple[Choice, ...]:
    """The fields in which they differ, each with a proposal: what is known before what is not, then the kept one's.

    ``membership``: whether both are entered with a membership of the same time, so that its fields are chosen too.
    """
    told = []
    for field in (*PERSON_FIELDS, *(MEMBERSHIP_FIELDS if membership else ())):
        if field in _FOLLOWING:
            continue
        a, b = getattr(kept, field), getattr(gone, field)
        follows = any(getattr(kept, f) != getattr(gone, f) for f in _WITH.get(field, ()))
        if a == b and not follows:
            continue
        told.append(Choice(field, a, b, _proposed(field, a, b), field in _JOINED and bool(a) and bool(b)))
    return tuple(told)


def _proposed(field: str, kept: Any, gone: Any) -> Side:
    if not _said(kept):
        return Side.GONE
    if not _said(gone):
        return Side.KEPT
    if field == "full_name" and fold(kept) == kept.lower() and fold(kept) == fold(gone):
        return Side.GONE  # the kept one was typed without marks
    if field in _WANTED and str(gone).startswith(str(kept)):
        return Side.GONE
    return Side.BOTH if field in _JOINED else Side.KEPT


def _said(value: Any) -> bool:
    return bool(value) and str(value) != "NONE"


def chosen(kept: MemberDetails, gone: MemberDetails, picks: Mapping[str, Side]) -> MemberDetails:
    """The details that stay: of every field named in ``picks`` the side that was chosen, of the others the kept
    entry's."""
    told: dict[str, Any] = {}
    for field, side in picks.items():
        if side is Side.KEPT or field == PLACE:
            continue
        for one in (field, *_WITH.get(field, ())):
            a, b = getattr(kept, one), getattr(gone, one)
            told[one] = _both(one, a, b) if side is Side.BOTH else b
    return replace(kept, **told)


def _both(field: str, kept: Any, gone: Any) -> Any:
    if field == "phone":
        return clean_phones(f"{kept}; {gone}")
    if field == "note":
        return kept if gone in kept else f"{kept}\n{gone}"
    if field == "other_organisations":
        return kept | gone
    return tuple(dict.fromkeys((*kept, *gone)))


@dataclass(frozen=True, slots=True)
class Folding:
    """What becomes of the memberships. ``into``: a membership that goes, and the one that takes what it has.

    ``stays``: those that are left, each as it will be: owned by the kept person, under her code.
    """

    stays: tuple[Membership, ...]
    into: dict[str, str]


def fold_memberships(kept_id: str, kept: Sequence[Membership], gone: Sequence[Membership]) -> Folding:
    """Memberships of one time become one, the one that lasts or began first; those of different times stand in a row.

    The one that stays counts from the first day of all that it takes, so that no past day loses her.
    """
    code = (kept or gone)[0].code if kept or gone else ""
    groups: list[list[Membership]] = []
    for one in sorted((*kept, *gone), key=lambda m: (_begin(m), m.id)):
        if groups and _begin(one) < max(map(_end, groups[-1])):
            groups[-1].append(one)
        else:
            groups.append([one])
    stays: list[Membership] = []
    into: dict[str, str] = {}
    theirs = {m.id for m in kept}
    for group in groups:
        if len({m.id in theirs for m in group}) == 1:  # nothing of the other entry lies beside it
            stays += [replace(m, person_id=kept_id, code=code) for m in group]
            continue
        first = min(group, key=lambda m: (m.left_on is not None, _begin(m), m.id not in theirs, m.id))
        into |= {m.id: first.id for m in group if m is not first}
        began = min((m.registered_on for m in group if m.registered_on is not None), default=None)
        stays.append(replace(first, person_id=kept_id, code=code, registered_on=began))
    return Folding(tuple(stays), into)


def _begin(member: Membership) -> date:
    return member.registered_on or date.min


def _end(member: Membership) -> date:
    return member.left_on or date.max


def stronger(marks: Iterable[str | None]) -> str | None:
    """Of two marks of one woman on one roster the one that says more: present, excused, absent, not marked."""
    order = ("PRESENT", "EXCUSED", "ABSENT")
    told = {mark for mark in marks if mark is not None}
    return next((mark for mark in order if mark in told), None)
