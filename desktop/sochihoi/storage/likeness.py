"""Who may be the same woman: what tells persons apart, read for all or for the few that could be alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from sochihoi.domain.likeness import Traits, pair_of
from sochihoi.domain.member_lists import Entry
from sochihoi.domain.people import PartialDate
from sochihoi.domain.vietnamese import fold
from sochihoi.storage.schema import distinct_persons, membership, person, placement, unit
from sochihoi.storage.work import Work


def candidates(work: Work, one: Traits) -> list[Traits]:
    """Those whose number is hers, or whose family and given name are, however they are spelled."""
    told: list[ColumnElement[bool]] = []
    if numbers := [n for n in (one.national_id, one.old_id) if n]:
        told += [person.c.national_id.in_(numbers), person.c.old_id.in_(numbers)]
    if words := fold(one.full_name).split():
        name = "%".join(_spelled(word) for word in dict.fromkeys((words[0], words[-1])))
        told.append(person.c.search_key.like(name, escape="\\"))
    return _traits(work, or_(*told)) if told else []


def everyone(work: Work) -> list[Traits]:
    """Everyone whom the commune knows."""
    return _traits(work)


def _spelled(word: str) -> str:
    """y and i stand for each other."""
    return "".join("_" if sign in "yi%_\\" else sign for sign in word)


def _traits(work: Work, only: ColumnElement[bool] | None = None) -> list[Traits]:
    columns = (
        person.c.id,
        person.c.full_name,
        person.c.birth,
        person.c.national_id,
        person.c.old_id,
        person.c.phone,
        person.c.address,
        person.c.hamlet,
        person.c.household_id,
    )
    query = select(*columns).where(person.c.deleted_on.is_(None), person.c.anonymised_on.is_(None))
    if only is not None:
        query = query.where(only)
    found = []
    for row in work.rows(query.order_by(person.c.sort_key, person.c.id)):
        told = dict(row)
        told |= {"key": told.pop("id"), "birth": PartialDate.from_iso(row["birth"]) if row["birth"] else None}
        found.append(Traits(**told))
    return found


def entries(work: Work, person_ids: Iterable[str]) -> dict[str, Entry]:
    """Who they are, by person: with the newest membership and the branch where she is or was last."""
    found: dict[str, Entry] = {}
    ids = list(person_ids)
    for start in range(0, len(ids), 500):
        for row in work.rows(_entries(ids[start : start + 500])):
            told: dict[str, Any] = dict(row)
            told["birth"] = PartialDate.from_iso(told["birth"]) if told["birth"] else None
            told["code"], told["branch"] = told["code"] or "", told["branch"] or ""
            found[row["person_id"]] = Entry(**told)
    return found


def _entries(ids: list[str]) -> Select[Any]:
    branch = aliased(unit, name="branch")
    return (
        select(
            person.c.id.label("person_id"),
            membership.c.id.label("membership_id"),
            membership.c.code,
            person.c.full_name,
            person.c.sort_key,
            person.c.birth,
            branch.c.name.label("branch"),
            person.c.address,
            person.c.phone,
        )
        .select_from(
            person.outerjoin(membership, and_(membership.c.person_id == person.c.id, membership.c.deleted_on.is_(None)))
            .outerjoin(placement, and_(placement.c.membership_id == membership.c.id, placement.c.deleted_on.is_(None)))
            .outerjoin(branch, branch.c.id == placement.c.branch_id)
        )
        .where(person.c.id.in_(ids))
        .order_by(membership.c.registered_on, placement.c.from_on)
    )


def said_distinct(work: Work) -> set[tuple[str, str]]:
    """Pairs of persons of whom somebody said that they are two women."""
    query = select(distinct_persons.c.one_id, distinct_persons.c.other_id).where(
        distinct_persons.c.deleted_on.is_(None)
    )
    return {pair_of(row["one_id"], row["other_id"]) for row in work.rows(query)}


def say_distinct(work: Work, new_id: str, one_id: str, other_id: str, on: date) -> None:
    """Remember it of a pair; once is enough."""
    one, other = pair_of(one_id, other_id)
    query = select(distinct_persons).where(distinct_persons.c.one_id == one, distinct_persons.c.other_id == other)
    known = work.rows(query)
    if known:
        work.update(distinct_persons, {known[0]["id"]: {"deleted_on": None, "said_on": on}})
    else:
        work.insert(distinct_persons, [{"id": new_id, "one_id": one, "other_id": other, "said_on": on, "note": ""}])
