"""Lists of members: one query for the lines, one for the positions held."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, ScalarSelect, and_, or_, select
from sqlalchemy.orm import aliased

from sochihoi.domain.households import HouseholdGroup
from sochihoi.domain.member_lists import MemberRow
from sochihoi.domain.people import LeaveReason, PartialDate, PositionTitle, Sex
from sochihoi.storage.schema import household, membership, person, placement, position, unit
from sochihoi.storage.work import Work

_LIST_COLUMNS = (
    membership.c.id.label("membership_id"),
    membership.c.person_id,
    membership.c.code,
    membership.c.joined,
    membership.c.left_on,
    membership.c.left_reason,
    membership.c.moving_on,
    membership.c.core_member,
    membership.c.honorary,
    membership.c.clubs,
    membership.c.review,
    person.c.full_name,
    person.c.sort_key,
    person.c.search_key,
    person.c.birth,
    person.c.sex,
    person.c.phone,
    person.c.address,
    person.c.hamlet,
    person.c.loan,
    person.c.party_member,
    person.c.health_insurance,
    person.c.ethnicity,
    person.c.religion,
    person.c.national_id,
    person.c.old_id,
    person.c.household_id,
    person.c.household_group,
)


def current(on: date) -> ColumnElement[bool]:
    """Whether a membership lasts on a day."""
    return and_(
        or_(membership.c.registered_on.is_(None), membership.c.registered_on <= on),
        or_(membership.c.left_on.is_(None), membership.c.left_on > on),
    )


def has_died(on: date, who: FromClause) -> ColumnElement[bool]:
    """Whether the book says of a person (``who``: the table or an alias of it) that she died, by a day."""
    ended = membership.alias("ended")
    return (
        select(ended.c.id)
        .where(
            ended.c.person_id == who.c.id,
            ended.c.deleted_on.is_(None),
            ended.c.left_reason == LeaveReason.DECEASED.name,
            ended.c.left_on <= on,
        )
        .exists()
    )


def newest_placement(members: FromClause, membership_id: ColumnElement[str], on: date) -> ScalarSelect[str]:
    """The id of the placement that holds on a day, for each row of ``members`` in the query around it."""
    return (
        select(placement.c.id)
        .where(
            placement.c.membership_id == membership_id,
            placement.c.deleted_on.is_(None),
            or_(placement.c.from_on.is_(None), placement.c.from_on <= on),
        )
        .order_by(placement.c.from_on.desc(), placement.c.id.desc())
        .limit(1)
        .correlate(members)
        .scalar_subquery()
    )


def member_rows(
    work: Work, on: date, status: str = "CURRENT", *, only: ColumnElement[bool] | None = None
) -> list[MemberRow]:
    """Members in Vietnamese order: ``CURRENT`` on a day, ``LEFT`` by then, or ``ALL``.

    Of a woman who left, the branch is the one she left from.
    """
    branch, cell = aliased(unit, name="branch"), aliased(unit, name="cell")
    newest = newest_placement(membership, membership.c.id, on)
    query = (
        select(
            *_LIST_COLUMNS,
            placement.c.branch_id,
            placement.c.cell_id,
            branch.c.name.label("branch"),
            branch.c.sort_key.label("branch_key"),
            cell.c.name.label("cell"),
            cell.c.sort_key.label("cell_key"),
            household.c.household_group.label("of_household"),
        )
        .select_from(
            membership.join(person, person.c.id == membership.c.person_id)
            .join(placement, placement.c.id == newest)
            .join(branch, branch.c.id == placement.c.branch_id)
            .outerjoin(cell, cell.c.id == placement.c.cell_id)
            .outerjoin(household, household.c.id == person.c.household_id)
        )
        .where(membership.c.deleted_on.is_(None), person.c.deleted_on.is_(None))
        .order_by(person.c.sort_key, membership.c.code)
    )
    if status == "CURRENT":
        query = query.where(current(on))
    elif status == "LEFT":
        query = query.where(membership.c.left_on <= on)
    if only is not None:
        query = query.where(only)
    held = positions_on(work, on)
    return [_member_row(r, held.get(r["membership_id"], ())) for r in work.rows(query)]


def positions_on(work: Work, on: date) -> dict[str, tuple[PositionTitle, ...]]:
    """Positions held on a day, by membership, the highest first."""
    query = (
        select(position.c.membership_id, position.c.title)
        .where(
            position.c.deleted_on.is_(None),
            or_(position.c.from_on.is_(None), position.c.from_on <= on),
            or_(position.c.to_on.is_(None), position.c.to_on > on),
        )
        .order_by(position.c.rank)
    )
    held: dict[str, tuple[PositionTitle, ...]] = {}
    for row in work.rows(query):
        held[row["membership_id"]] = (*held.get(row["membership_id"], ()), PositionTitle[row["title"]])
    return held


def _member_row(row: Any, held: tuple[PositionTitle, ...]) -> MemberRow:
    values = dict(row)
    group = values.pop("of_household") or values["household_group"]
    values |= {
        "birth": PartialDate.from_iso(values["birth"]) if values["birth"] else None,
        "joined": PartialDate.from_iso(values["joined"]) if values["joined"] else None,
        "sex": Sex[values["sex"]],
        "left_reason": LeaveReason[values["left_reason"]] if values["left_reason"] else None,
        "cell": values["cell"] or "",
        "cell_key": values["cell_key"] or "",
        "household_group": HouseholdGroup[group],
        "clubs": tuple(values["clubs"]),
        "review": tuple(values["review"]),
    }
    return MemberRow(**values, positions=held)
