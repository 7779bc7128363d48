"""What a search from anywhere finds: the words are compared in the database, only what is shown is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, RowMapping, and_, exists, or_, select
from sqlalchemy.orm import aliased

from sochihoi.domain.member_lists import SHORTEST_END, SHORTEST_RUN, Search
from sochihoi.storage.member_lists import current, newest_placement
from sochihoi.storage.schema import household, membership, person, placement, unit
from sochihoi.storage.work import Work


def matches(
    search: Search, *columns: ColumnElement[str], ids: Sequence[ColumnElement[str]] = ()
) -> ColumnElement[bool]:
    """``Search.finds`` as a condition: texts without marks, phones and codes (SQLite compares their letters alike)."""
    told = []
    for word in search.words:
        of_cards = [one for one in (_in_number(word, column) for column in ids) if one is not None]
        told.append(or_(*(_begins(word, column) for column in columns), *of_cards))
    return and_(*told)


def _in_number(word: str, column: ColumnElement[str]) -> ColumnElement[bool] | None:
    if not word.isdigit() or len(word) < SHORTEST_END:
        return None
    return column.contains(word) if len(word) >= SHORTEST_RUN else column.endswith(word)


def _begins(word: str, column: ColumnElement[str]) -> ColumnElement[bool]:
    if any(sign.isdigit() for sign in word):
        return column.contains(word, autoescape=True)
    return or_(column.startswith(word, autoescape=True), column.contains(f" {word}", autoescape=True))


def members(work: Work, search: Search, on: date, limit: int) -> Sequence[RowMapping]:
    """``membership_id``, ``person_id``, ``code``, ``full_name``, ``birth``, ``left_on``, ``branch``, ``cell``: those
    who have not left first, then in Vietnamese order. The branch is the newest one on the day.
    """
    found = (
        select(
            membership.c.id.label("membership_id"),
            membership.c.person_id,
            membership.c.code,
            membership.c.left_on,
            person.c.full_name,
            person.c.birth,
            person.c.sort_key,
        )
        .select_from(membership.join(person, person.c.id == membership.c.person_id))
        .where(
            membership.c.deleted_on.is_(None),
            person.c.deleted_on.is_(None),
            matches(
                search,
                person.c.search_key,
                person.c.phone,
                membership.c.code,
                ids=(person.c.national_id, person.c.old_id),
            ),
        )
        .order_by(membership.c.left_on.is_not(None), person.c.sort_key, membership.c.code)
        .limit(limit)
        .subquery("found")
    )
    branch, cell = aliased(unit, name="branch"), aliased(unit, name="cell")
    newest = newest_placement(found, found.c.membership_id, on)
    query = (
        select(*found.c, branch.c.name.label("branch"), cell.c.name.label("cell"))
        .select_from(
            found.outerjoin(placement, placement.c.id == newest)
            .outerjoin(branch, branch.c.id == placement.c.branch_id)
            .outerjoin(cell, cell.c.id == placement.c.cell_id)
        )
        .order_by(found.c.left_on.is_not(None), found.c.sort_key, found.c.code)
    )
    return work.rows(query)


def persons(work: Work, search: Search, on: date, limit: int) -> Sequence[RowMapping]:
    """``person_id``, ``full_name``, ``address`` of those who are no members on the day."""
    member = exists().where(membership.c.person_id == person.c.id, membership.c.deleted_on.is_(None), current(on))
    query = (
        select(person.c.id.label("person_id"), person.c.full_name, person.c.address)
        .where(
            person.c.deleted_on.is_(None),
            matches(search, person.c.search_key, person.c.phone, ids=(person.c.national_id, person.c.old_id)),
            ~member,
        )
        .order_by(person.c.sort_key)
        .limit(limit)
    )
    return work.rows(query)


def households(work: Work, search: Search, limit: int) -> Sequence[RowMapping]:
    """``id``, ``code``, ``head``, ``address``, ``branch``, by branch and then by the head's given name."""
    branch, head = aliased(unit, name="branch"), aliased(person, name="head")
    query = (
        select(
            household.c.id,
            household.c.code,
            head.c.full_name.label("resident_head"),
            household.c.head_name,
            household.c.address,
            branch.c.name.label("branch"),
        )
        .select_from(
            household.join(branch, branch.c.id == household.c.branch_id).outerjoin(
                head, head.c.id == household.c.head_id
            )
        )
        .where(
            household.c.deleted_on.is_(None),
            matches(search, household.c.search_key, household.c.phone, household.c.code),
        )
        .order_by(branch.c.sort_key, household.c.sort_key, household.c.code)
        .limit(limit)
    )
    return work.rows(query)
