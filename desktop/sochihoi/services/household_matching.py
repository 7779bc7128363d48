"""What a row of a list of households would make of the household that it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sochihoi.domain.households import HouseholdGroup, Relation
from sochihoi.domain.members import HOUSEHOLD_PREFIX, Household, clean_phones
from sochihoi.domain.people import PartialDate, Sex
from sochihoi.domain.vietnamese import fold, nfc, nfc_lines
from sochihoi.intake.columns import label_key
from sochihoi.intake.home_list import HomeField, HomeRow, Named, people_in
from sochihoi.intake.values import household_group
from sochihoi.services.household_lists import HomeLine, HomeReason, HomeTrouble
from sochihoi.services.import_places import branch_key
from sochihoi.services.imports import Fate

if TYPE_CHECKING:
    from sochihoi.domain.member_lists import ResidentRow
    from sochihoi.services.household_book import HomeBook

_CODE = re.compile(rf"{HOUSEHOLD_PREFIX}\d{{5,}}", re.ASCII)
_COUNTED = re.compile(r"(\d{1,3})(?: người| khẩu| nhân khẩu)?", re.IGNORECASE)
_EMPTIED = {"khong", "khong co"}


@dataclass(slots=True)
class Occupant:
    """Somebody who is to live there. ``stated``: the list says what she is to the head; ``birth`` and ``sex`` only
    where the list corrects them or she is new."""

    person_id: str
    name: str
    relation: Relation | None
    stated: bool = False
    is_new: bool = False
    birth: PartialDate | None = None
    sex: Sex | None = None


@dataclass(slots=True)
class Plan:
    """What a row would make: ``record`` afterwards, who lives there then, and who lived there and is not named."""

    row: HomeRow
    before: Household | None
    record: Household
    living: list[Occupant] = field(default_factory=list)
    leaving: set[str] = field(default_factory=set)
    others: list[Named] = field(default_factory=list)
    reasons: list[HomeReason] = field(default_factory=list)
    line: HomeLine = None  # type: ignore[assignment]  # said last

    def refuse(self, trouble: HomeTrouble, at: HomeField, value: str = "") -> None:
        """The row stays out."""
        self.reasons.append(HomeReason(trouble, at, value or self.row.says(at)))


def plans(book: HomeBook, rows: Iterable[HomeRow]) -> list[Plan]:
    """What each row would make. Members are found by code first, so that those who are named elsewhere move; then the
    other residents, in their household and then among those whom no row names any more."""
    found: dict[str, int] = {}
    taken: dict[str, Plan] = {}
    made = [_begin(book, row, found) for row in rows]
    for plan in made:
        _members(book, plan, taken)
    going = [plan for plan in made if not plan.reasons]
    for plan in going:
        _others_here(book, plan, taken)
    free = {
        person_id
        for person_id, person in book.others.items()
        if person.household_id is None or any(person_id in plan.leaving for plan in going)
    }
    for plan in going:
        _others_from_elsewhere(book, plan, free)
        _head(book, plan, taken)
    for plan in made:
        _conclude(book, plan)
    return made


# ---------------------------------------------------------------------- the household itself


def _begin(book: HomeBook, row: HomeRow, found: dict[str, int]) -> Plan:
    before = book.find(row)
    code = row.says(HomeField.CODE).upper()
    if before is None:
        kept = code if _CODE.fullmatch(code) and code not in book.codes else ""
        plan = Plan(row, None, Household(book.new_id(), kept, ""))
    else:
        plan = Plan(row, before, before)
    key = before.code if before is not None else plan.record.code or "\n".join(book.place(row))
    if key in found:
        plan.refuse(HomeTrouble.TWICE, HomeField.CODE if code else HomeField.HEAD, str(found[key]))
    found.setdefault(key, row.row)
    if before is not None and before.code == code and not book.is_it(before, row):
        plan.refuse(HomeTrouble.CODE_OF_ANOTHER, HomeField.CODE)
    _fields(book, plan)
    return plan


def _fields(book: HomeBook, plan: Plan) -> None:
    row, record = plan.row, plan.record
    said = row.says(HomeField.BRANCH)
    if said and branch_key(book.units.get(record.branch_id, "")) != branch_key(said):
        branch = book.branches.get(branch_key(said))
        if branch is None:
            plan.refuse(HomeTrouble.BRANCH_UNKNOWN, HomeField.BRANCH)
        record = replace(record, branch_id=branch or "")
    if said := row.says(HomeField.ADDRESS):
        record = replace(record, address=_emptied(said, record.address))
    if said := row.says(HomeField.PHONE):
        record = replace(record, phone=clean_phones(_emptied(said, record.phone)))
    if said := row.says(HomeField.NOTE):
        record = replace(record, note=nfc_lines(_emptied(said, record.note)))
    if said := row.says(HomeField.GROUP):
        group = household_group(said)
        if group is None:
            plan.refuse(HomeTrouble.GROUP_UNKNOWN, HomeField.GROUP)
        record = replace(record, household_group=group or HouseholdGroup.NONE)
    if said := row.says(HomeField.RESIDENTS):
        counted = _COUNTED.fullmatch(said)
        if counted is None and label_key(said) not in _EMPTIED:
            plan.refuse(HomeTrouble.RESIDENTS_ODD, HomeField.RESIDENTS)
        record = replace(record, residents=int(counted[1]) if counted else None)
    plan.record = record


def _emptied(said: str, now: str) -> str:
    """ "Không" empties a field, unless that is what it says already."""
    return "" if label_key(said) in _EMPTIED and said != now else said


# ---------------------------------------------------------------------- who lives there


def _members(book: HomeBook, plan: Plan, taken: dict[str, Plan]) -> None:
    said = plan.row.says(HomeField.MEMBERS)
    here = book.living.get(plan.record.id, ())
    named = _named(book, plan, HomeField.MEMBERS)
    others = _named(book, plan, HomeField.OTHERS)
    coded = [(HomeField.MEMBERS, one) for one in named] + [(HomeField.OTHERS, one) for one in others if one.code]
    plan.others = [one for one in others if not one.code]
    for at, one in coded:
        person_id = _member(book, plan, one)
        if person_id is None:
            plan.refuse(HomeTrouble.MEMBER_UNKNOWN, at, " ".join(filter(None, (one.code, one.name))))
        elif person_id in taken:
            _named_twice(plan, at, one.code or one.name, taken[person_id])
        else:
            known = next((r.relation for r in here if r.person_id == person_id), None)
            name = book.members[book.code_of[person_id]].full_name
            plan.living.append(Occupant(person_id, name, one.relation or known, stated=one.relation is not None))
    _claim_head(book, plan, taken)
    if not plan.record.branch_id and not plan.row.says(HomeField.BRANCH):
        hers = next((book.members[book.code_of[one.person_id]] for one in plan.living), None)
        if hers is None:
            plan.refuse(HomeTrouble.BRANCH_MISSING, HomeField.BRANCH)
        else:
            plan.record = replace(plan.record, branch_id=hers.branch_id)
    if plan.reasons:
        return
    taken |= {one.person_id: plan for one in plan.living}
    if said:
        plan.leaving |= {r.person_id for r in here if r.membership_id is not None}
    else:
        there = {one.person_id for one in plan.living}
        plan.living += [_staying(r) for r in here if r.membership_id is not None and r.person_id not in there]


def _named_twice(plan: Plan, at: HomeField, who: str, other: Plan) -> None:
    """Which of two rows is right, nobody knows: both stay out."""
    plan.refuse(HomeTrouble.NAMED_TWICE, at, f"{who}, {other.row.row}")
    other.refuse(HomeTrouble.NAMED_TWICE, at, f"{who}, {plan.row.row}")


def _claim_head(book: HomeBook, plan: Plan, taken: dict[str, Plan]) -> None:
    """A member whom the row names its head by her code lives there."""
    hers = book.members.get(plan.row.says(HomeField.HEAD_CODE).upper())
    if hers is None or any(one.person_id == hers.person_id for one in plan.living):
        return
    if hers.person_id in taken:
        _named_twice(plan, HomeField.HEAD_CODE, hers.code, taken[hers.person_id])
    elif plan.before is None or plan.before.head_id != hers.person_id:
        plan.living.append(Occupant(hers.person_id, hers.full_name, None))


def _named(book: HomeBook, plan: Plan, at: HomeField) -> Sequence[Named]:
    said = plan.row.says(at)
    named = () if label_key(said) in _EMPTIED else people_in(said, book.today)
    for one in named:
        if one.odd or not (one.name or one.code):
            plan.refuse(HomeTrouble.NOT_UNDERSTOOD, at, one.odd)
    return named


def _member(book: HomeBook, plan: Plan, one: Named) -> str | None:
    if one.code:
        hers = book.members.get(one.code)
        return hers.person_id if hers and (not one.name or fold(one.name) == fold(hers.full_name)) else None
    codes = book.named.get((plan.record.branch_id, fold(one.name)), [])
    return book.members[codes[0]].person_id if len(codes) == 1 else None


def _staying(row: ResidentRow) -> Occupant:
    return Occupant(row.person_id, row.full_name, row.relation)


def _others_here(book: HomeBook, plan: Plan, taken: dict[str, Plan]) -> None:
    here = [r for r in book.living.get(plan.record.id, ()) if r.membership_id is None]
    plan.living = [one for one in plan.living if taken.get(one.person_id, plan) is plan]
    if not plan.row.says(HomeField.OTHERS):
        plan.living += map(_staying, here)
        return
    left = []
    for one in plan.others:
        alike = [r for r in here if fold(r.full_name) == fold(one.name)]
        if not alike:
            left.append(one)
            continue
        hers = min(alike, key=lambda r: r.birth != one.birth)
        here.remove(hers)
        now = book.people[hers.person_id]
        birth = one.birth if one.birth is not None and one.birth != now.birth else None
        sex = one.sex if one.sex is not None and one.sex is not now.sex else None
        relation = one.relation or hers.relation
        plan.living.append(
            Occupant(hers.person_id, now.full_name, relation, one.relation is not None, birth=birth, sex=sex)
        )
    plan.others = left
    plan.leaving |= {r.person_id for r in here}


def _others_from_elsewhere(book: HomeBook, plan: Plan, free: set[str]) -> None:
    """Somebody of the same name and the same known birth whom nobody names any more moves here; else she is new."""
    for one in plan.others:
        alike = (p for p in free if one.birth is not None and book.people[p].birth == one.birth)
        hers = next((p for p in sorted(alike) if fold(book.people[p].full_name) == fold(one.name)), None)
        free.discard(hers or "")
        if hers is not None:
            name, sex = book.people[hers].full_name, one.sex
            plan.living.append(Occupant(hers, name, one.relation, one.relation is not None, sex=sex))
        else:
            new = Occupant(book.new_id(), nfc(one.name), one.relation, one.relation is not None, is_new=True)
            new.birth, new.sex = one.birth, one.sex
            plan.living.append(new)
    plan.leaving -= {one.person_id for one in plan.living}


# ---------------------------------------------------------------------- the head


def _head(book: HomeBook, plan: Plan, taken: dict[str, Plan]) -> None:
    """Code, name and relation must mean the same person, each where it is said."""
    row, before = plan.row, plan.before
    code, name = row.says(HomeField.HEAD_CODE).upper(), row.says(HomeField.HEAD)
    if code:
        hers = book.members.get(code)
        if hers is None or (name and fold(name) != fold(hers.full_name)):
            plan.refuse(HomeTrouble.HEADS_DIFFER if hers else HomeTrouble.MEMBER_UNKNOWN, HomeField.HEAD_CODE)
            return
        if (elsewhere := taken.get(hers.person_id, plan)) is not plan:
            _named_twice(plan, HomeField.HEAD_CODE, code, elsewhere)
        elif before is None or before.head_id != hers.person_id:
            _enthrone(plan, hers.person_id)
        elif any(
            one.stated and one.relation is Relation.HEAD and one.person_id != hers.person_id for one in plan.living
        ):
            plan.refuse(HomeTrouble.HEADS_DIFFER, HomeField.HEAD_CODE)
        return
    heads = [one for one in plan.living if one.relation is Relation.HEAD]
    said = [one for one in heads if one.stated] or heads
    if said and (len(said) > 1 or (name and fold(name) != fold(said[0].name))):
        if said[0].stated:
            plan.refuse(HomeTrouble.HEADS_DIFFER, HomeField.HEAD)
            return
        said = []
    if said:
        _enthrone(plan, said[0].person_id)
    elif before is not None and (not name or fold(name) == fold(book.rows[before.id].head)):
        return
    elif not name:
        plan.refuse(HomeTrouble.HEAD_MISSING, HomeField.HEAD)
    else:
        alike = [one for one in plan.living if fold(one.name) == fold(name) and one.relation in (None, Relation.HEAD)]
        if len(alike) == 1:
            _enthrone(plan, alike[0].person_id)
        else:
            _enthrone(plan, None)
            plan.record = replace(plan.record, head_id=None, head_name=nfc(name))


def _enthrone(plan: Plan, person_id: str | None) -> None:
    for one in plan.living:
        if one.person_id == person_id:
            one.relation = Relation.HEAD
        elif one.relation is Relation.HEAD:
            if one.stated:
                plan.refuse(HomeTrouble.HEADS_DIFFER, HomeField.HEAD)
            one.relation = None
    if person_id is not None:
        plan.record = replace(plan.record, head_id=person_id, head_name="")


# ---------------------------------------------------------------------- what is said


def _conclude(book: HomeBook, plan: Plan) -> None:
    record, before = plan.record, plan.before
    head = plan.row.says(HomeField.HEAD)
    if before is not None:
        head = head or book.rows[before.id].head
    branch = book.units.get(record.branch_id, plan.row.says(HomeField.BRANCH))
    changes = () if before is None or plan.reasons else _changes(book, plan, before)
    fate = Fate.REFUSED if plan.reasons else Fate.NEW if before is None else Fate.CHANGED if changes else Fate.PRESENT
    plan.line = HomeLine(plan.row, fate, record.code, head, branch, changes, tuple(plan.reasons))


def _changes(book: HomeBook, plan: Plan, before: Household) -> tuple[HomeField, ...]:
    after = plan.record
    found = [at for at, name in _FIELDS.items() if getattr(after, name) != getattr(before, name)]
    if (after.head_id, after.head_name) != (before.head_id, before.head_name):
        found.insert(0, HomeField.HEAD)
    here = {r.person_id: r.relation for r in book.living.get(before.id, ())}
    for at, is_member in ((HomeField.MEMBERS, True), (HomeField.OTHERS, False)):
        was = {p: r for p, r in here.items() if (p in book.code_of) is is_member}
        now = {one.person_id: one.relation for one in plan.living if (one.person_id in book.code_of) is is_member}
        told = any(one.birth is not None or one.sex is not None for one in plan.living if not is_member)
        if was != now or told:
            found.append(at)
    return tuple(found)


_FIELDS = {
    HomeField.BRANCH: "branch_id",
    HomeField.ADDRESS: "address",
    HomeField.PHONE: "phone",
    HomeField.GROUP: "household_group",
    HomeField.RESIDENTS: "residents",
    HomeField.NOTE: "note",
}
