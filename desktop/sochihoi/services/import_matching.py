"""Who of the register a row of a list is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sochihoi.domain.households import HouseholdGroup
from sochihoi.domain.likeness import Index, Verdict
from sochihoi.domain.members import MemberDetails, Membership, Person, clean, clubs_in, details_of
from sochihoi.domain.people import PartialDate, Sex
from sochihoi.domain.vietnamese import fold, match_key
from sochihoi.services.duplicates import traits_of
from sochihoi.services.import_places import unnamed_branch

if TYPE_CHECKING:
    from sochihoi.intake.draft import MemberRow
    from sochihoi.storage.work import Work

LEFT_BEFORE, KNOWN_ELSEWHERE, ID_OF_ANOTHER = "LEFT_BEFORE", "KNOWN_ELSEWHERE", "ID_OF_ANOTHER"
CODE_OF_ANOTHER, LOOKS_LIKE = "CODE_OF_ANOTHER", "LOOKS_LIKE"
"""Review codes beside those of the intake: she left once; a woman of her name and birth is in another branch; her
national id is that of a woman of another name; so is her code; she looks like somebody who is there."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field that a list fills or corrects, with its values as the register keeps them; None, "" and so on: nothing
    stands there."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Match:
    """Someone known. ``join``: she is no member now and becomes one. ``elsewhere``: perhaps another woman, the row
    comes in with this review code, ``verdict`` why. ``changes``: what the list fills or corrects."""

    person_id: str
    membership_id: str | None
    code: str
    full_name: str
    branch: str
    join: bool = False
    elsewhere: str | None = None
    changes: tuple[Change, ...] = ()
    verdict: Verdict | None = None


def details_from(row: MemberRow) -> MemberDetails:
    """A row of a list as details of a member."""
    return clean(
        MemberDetails(
            row.name,
            birth=row.birth,
            sex=row.sex or Sex.FEMALE,
            ethnicity=row.ethnicity,
            religion=row.religion,
            national_id=row.national_id,
            old_id=row.old_id,
            phone=row.phone,
            address=row.address,
            hamlet=row.hamlet,
            party_member=row.party,
            health_insurance=row.bhyt,
            household_group=row.household_group,
            loan=row.loan,
            clubs=row.clubs,
            note=row.note,
            joined=row.joined,
            **_further(row),
        )
    )


def _further(row: MemberRow) -> dict[str, Any]:
    return {one.name: getattr(row.further, one.name) for one in fields(row.further)}


def merged(person: Person, row: MemberRow, told: MemberDetails) -> MemberDetails:
    """What is known of a person with what the list says beside it."""
    before = details_of(person)
    said = {f: getattr(told, f) for f in (*_changes(person, row, told), *OF_MEMBERSHIP) if f != "joined"}
    return replace(before, **said, joined=told.joined)


def with_clubs(member: Membership, row: MemberRow) -> Membership:
    """A membership with the clubs that the list names beside those that are known: a list never ends one."""
    return replace(member, clubs=clubs_in("; ".join((*member.clubs, *row.clubs))))


class Known:
    """Everyone in the register, by national id and by name. Each is matched at most once."""

    def __init__(self, work: Work, renamed: Mapping[str, str]) -> None:
        rows = work.people.known()
        self._work, self._renamed = work, renamed
        self._now = {_branch(old): _branch(new) for old, new in renamed.items()}
        self._by_person = {r["person_id"]: r for r in rows}
        self._people = work.people.people(r["person_id"] for r in rows)
        self._members = work.people.memberships(r["membership_id"] for r in rows if r["membership_id"])
        self._by_code: dict[str, Mapping[str, Any]] = {r["code"]: r for r in rows if r["code"]}
        self._by_id: dict[str, list[Mapping[str, Any]]] = {}
        for row in rows:
            for number in {row["national_id"], self._people[row["person_id"]].old_id} - {"", None}:
                self._by_id.setdefault(number, []).append(row)
        self._by_name: dict[str, list[Mapping[str, Any]]] = {}
        for row in rows:
            self._by_name.setdefault(fold(row["full_name"]), []).append(row)
        self._aliases(work)
        self._taken: set[str] = set()

    @cached_property
    def _like(self) -> Index:
        """Made ready at the first row that nothing else tells; a list in which everybody is known never asks."""
        from sochihoi.storage import likeness

        return Index(likeness.everyone(self._work), self._renamed)

    def _aliases(self, work: Work) -> None:
        """Entries that went into another one: an old list still says them, and tells nothing new of her."""
        from sochihoi.storage.merging import aliases

        gone = aliases(work)
        into = {row["id"]: row["merged_into"] for row in gone}
        for row in gone:
            now = into[row["id"]]
            while now in into:
                now = into[now]
            if (kept := self._by_person.get(now)) is None:
                continue
            alias = {**kept, **{f: row[f] for f in ("full_name", "birth", "national_id")}, "alias": True}
            self._by_name.setdefault(fold(row["full_name"]), []).append(alias)
            if row["code"]:
                self._by_code.setdefault(row["code"], alias)

    @property
    def codes(self) -> frozenset[str]:
        """All short codes that are taken."""
        return frozenset(self._by_code)

    def match(self, row: MemberRow) -> Match | None:
        """Who the row is: the code of the program, else the same national id, else the same name, a birth that does
        not contradict, and the same branch; ``None`` for someone new."""
        by_code = self._by_code.get(row.code) if row.code else None
        if by_code is not None and self._is_free(by_code) and self._is_her(by_code, row):
            return self._made(by_code, row)
        numbers = [one for number in (row.national_id, row.old_id) for one in self._by_id.get(number, ())]
        by_id = [one for one in numbers if one["person_id"] not in self._taken]
        if by_id:
            hers = next((one for one in by_id if fold(one["full_name"]) == fold(row.name)), None)
            return self._made(by_id[0], row, elsewhere=ID_OF_ANOTHER) if hers is None else self._made(hers, row)
        alike = [one for one in self._by_name.get(fold(row.name), ()) if self._may_be(one, row)]
        told = _branch(row.branch or unnamed_branch())
        places = {told, self._now.get(told, told)}  # an old list names a branch that has another name now
        here = [one for one in alike if one["branch"] and _branch(one["branch"]) in places]
        here += [one for one in alike if one not in here and not row.branch and self._fits_anywhere(one, row)]
        fitting = [one for one in here if _same_name(one["full_name"], row.name) and "alias" not in one]
        if fitting:
            return self._made(min(fitting, key=lambda one: one["birth"] != str(row.birth or "")), row)
        if alias := next((one for one in alike if "alias" in one and _same_name(one["full_name"], row.name)), None):
            return self._made(alias, row)
        if here and row.birth is not None and here[0]["birth"]:
            return self._made(here[0], row, elsewhere=LOOKS_LIKE)
        if alike and row.birth is not None and alike[0]["birth"] and alike[0]["membership_id"]:
            return self._made(alike[0], row, elsewhere=KNOWN_ELSEWHERE)
        if by_code is not None:
            return self._made(by_code, row, elsewhere=CODE_OF_ANOTHER)
        return self._looking_like(row)

    def _looking_like(self, row: MemberRow) -> Match | None:
        """Somebody who is there and may well be she, though her name or place is written otherwise."""
        for key, verdict in self._like.like(traits_of(details_from(row), "")):
            one = self._by_person.get(key)
            if not verdict.weighs:
                continue
            if one is not None and key not in self._taken and one["membership_id"]:
                return replace(self._made(one, row, elsewhere=LOOKS_LIKE), verdict=verdict)
        return None

    def _is_her(self, one: Mapping[str, Any], row: MemberRow) -> bool:
        """A code alone may be that of another commune: her national id or her name must stand beside it, or her day of
        birth with her family or given name, where the list corrects the rest of it."""
        if row.national_id and one["national_id"] == row.national_id:
            return True
        hers, told = fold(one["full_name"]).split(), fold(row.name).split()
        if hers == told:
            return True
        same_day = row.birth is not None and row.birth.exact() is not None and str(row.birth) == one["birth"]
        return same_day and bool(told) and (hers[0] == told[0] or hers[-1] == told[-1])

    def _fits_anywhere(self, one: Mapping[str, Any], row: MemberRow) -> bool:
        """Of a row that names no branch: she may have been moved out of the one where such rows wait. Her day of birth
        or a telephone must say so; a year alone is that of many."""
        known = self._people[one["person_id"]]
        exact = row.birth is not None and row.birth.exact() is not None and known.birth == row.birth
        return exact or bool({*known.phone.split("; ")} & {*row.phone.split("; ")} - {""})

    def _is_free(self, one: Mapping[str, Any]) -> bool:
        """Whether no row was she yet; an entry that went into another one is found beside that one."""
        return "alias" in one or one["person_id"] not in self._taken

    def _may_be(self, one: Mapping[str, Any], row: MemberRow) -> bool:
        if not self._is_free(one):
            return False
        if one["national_id"] and row.national_id and one["national_id"] != row.national_id:
            return False
        return _same_birth(PartialDate.from_iso(one["birth"]) if one["birth"] else None, row.birth)

    def _made(self, one: Mapping[str, Any], row: MemberRow, elsewhere: str | None = None) -> Match:
        told = (one["person_id"], one["membership_id"], one["code"] or "", one["full_name"], one["branch"] or "")
        if elsewhere is not None:
            return Match(*told, elsewhere=elsewhere)
        self._taken.add(one["person_id"])
        if one["membership_id"] is None or one["left_on"] is not None:
            return Match(*told, join=True)
        if "alias" in one:
            return Match(*told)
        details = details_from(row)
        person = self._people[one["person_id"]]
        changes = _changes(person, row, details)
        if row.code == one["code"] and match_key(row.name) != match_key(person.full_name):
            changes = ("full_name", *changes)
        before = self._members[one["membership_id"]]
        if row.joined is not None and _finer(before.joined, row.joined):
            changes = (*changes, "joined")
        changes += tuple(f for f in OF_MEMBERSHIP if (said := getattr(details, f)) and said != getattr(before, f))
        after = with_clubs(before, row)
        if after.clubs != before.clubs:
            changes = (*changes, "clubs")
        return Match(*told, changes=tuple(_change(f, person, before, details, after) for f in changes))


def _change(field: str, person: Person, member: Membership, told: MemberDetails, after: Membership) -> Change:
    if field == "clubs":
        return Change(field, member.clubs, after.clubs)
    known = member if field in ("joined", *OF_MEMBERSHIP) else person
    return Change(field, getattr(known, field), getattr(told, field))


_COMPARED = (
    "ethnicity",
    "religion",
    "national_id",
    "phone",
    "address",
    "hamlet",
    "party_member",
    "health_insurance",
    "loan",
    "note",
    "party_joined_on",
    "education",
    "professional_level",
    "political_theory_level",
    "occupation",
    "health_insurance_until",
)
OF_MEMBERSHIP = ("card_no", "core_member", "honorary")
"""Fields of the membership that a list fills or corrects; a list never takes a mark away."""


def _changes(person: Person, row: MemberRow, told: MemberDetails) -> tuple[str, ...]:
    """What the list says and the register does not, or says otherwise. An empty cell says nothing."""
    found = [f for f in _COMPARED if getattr(told, f) and getattr(told, f) != getattr(person, f)]
    if "phone" in found and {*told.phone.split("; ")} <= {*person.phone.split("; ")}:
        found.remove("phone")
    if row.birth is not None and _finer(person.birth, row.birth):
        found.insert(0, "birth")
    if row.sex is not None and row.sex is not person.sex:
        found.append("sex")
    if told.old_id and not person.old_id:
        found.append("old_id")
    grouped = told.household_group is not HouseholdGroup.NONE and told.household_group is not person.household_group
    if grouped and person.household_id is None:
        found.append("household_group")
    return tuple(found)


def _finer(before: PartialDate | None, after: PartialDate) -> bool:
    """Whether a date says more than the one before: a year gets its day. A known day is never replaced by a list."""
    return before is None or (len(str(after)) > len(str(before)) and str(after).startswith(str(before)))


def _same_name(one: str, other: str) -> bool:
    """Letter by letter wherever a tone stands, or one of them typed without any mark: Hoa is not Hòa."""
    bare = fold(one) == one.lower() or fold(other) == other.lower()
    return bare or match_key(one) == match_key(other)


def _same_birth(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether two births can be one: what is known of both is equal; two unknown ones are."""
    if one is None or other is None:
        return one is other
    return str(one).startswith(str(other)) or str(other).startswith(str(one))


def _branch(name: str) -> str:
    from sochihoi.intake.values import branch_key

    return branch_key(name)
