"""Households: rows in and out, and their lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from sochihoi.domain.households import Relation
from sochihoi.domain.member_lists import HouseholdRow, ResidentRow
from sochihoi.domain.members import HOUSEHOLD_PREFIX, Household, highest
from sochihoi.domain.people import PartialDate
from sochihoi.domain.vietnamese import fold, sort_key
from sochihoi.storage.mapping import from_row, from_rows, to_row
from sochihoi.storage.member_lists import current, has_died
from sochihoi.storage.schema import household, membership, person, placement, unit
from sochihoi.storage.work import Work


class Households:
    """Households of the commune."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, new: Sequence[Household]) -> None:
        """New households."""
        self._work.insert(household, [self._row(h) for h in new])

    def save(self, changed: Household) -> None:
        """A changed household."""
        self._work.update(household, {changed.id: {k: v for k, v in self._row(changed).items() if k != "id"}})

    def remove(self, household_id: str, on: date) -> None:
        """Take a household off the lists."""
        self._work.remove(household, [household_id], on)

    def get(self, household_id: str) -> Household:
        """Raises ``NotFound``."""
        return from_row(Household, self._work.get(household, household_id))

    def many(self, ids: Iterable[str]) -> dict[str, Household]:
        """Many at once, by id."""
        return {i: from_row(Household, row) for i, row in self._work.by_id(household, ids).items()}

    def all(self) -> tuple[Household, ...]:
        """Every household, by code."""
        query = select(household).where(household.c.deleted_on.is_(None)).order_by(household.c.code)
        return from_rows(Household, self._work.rows(query))

    def highest_code(self) -> int:
        """The highest number of a household's code, also of those taken off."""
        return highest(HOUSEHOLD_PREFIX, (r["code"] for r in self._work.rows(select(household.c.code))))

    def rows(self, on: date, *, only: ColumnElement[bool] | None = None) -> list[HouseholdRow]:
        """The list, by branch and then by the head's given name. Members are those of the day; who died by then lives
        there no more."""
        branch, head = aliased(unit, name="branch"), aliased(person, name="head")
        # one person has at most one membership that lasts on a day
        living = (
            select(
                person.c.household_id,
                func.count(person.c.id.distinct()).label("people"),
                func.count(membership.c.id.distinct()).label("members"),
            )
            .select_from(
                person.outerjoin(
                    membership,
                    and_(membership.c.person_id == person.c.id, membership.c.deleted_on.is_(None), current(on)),
                )
            )
            .where(person.c.household_id.is_not(None), person.c.deleted_on.is_(None), ~has_died(on, person))
            .group_by(person.c.household_id)
            .subquery("living")
        )
        her = aliased(person, name="her")  # a head who is known by name only may stand among the residents
        by_name = and_(
            household.c.head_id.is_(None),
            her.c.household_id == household.c.id,
            her.c.full_name == household.c.head_name,
        )
        gone = select(her.c.id).where(or_(her.c.id == household.c.head_id, by_name), has_died(on, her)).exists()
        query = (
            select(
                household.c.id,
                household.c.code,
                func.coalesce(head.c.full_name, household.c.head_name).label("head"),
                household.c.sort_key,
                household.c.search_key,
                household.c.branch_id,
                branch.c.name.label("branch"),
                branch.c.sort_key.label("branch_key"),
                household.c.address,
                household.c.phone,
                household.c.household_group,
                household.c.residents,
                func.coalesce(living.c.people, 0).label("people"),
                func.coalesce(living.c.members, 0).label("members"),
                gone.label("head_died"),
            )
            .select_from(
                household.join(branch, branch.c.id == household.c.branch_id)
                .outerjoin(head, head.c.id == household.c.head_id)
                .outerjoin(living, living.c.household_id == household.c.id)
            )
            .where(household.c.deleted_on.is_(None))
            .order_by(branch.c.sort_key, household.c.sort_key, household.c.code)
        )
        # those of branches that are another commune's are found by themselves only
        query = query.where(household.c.branch_id.not_in(self._work.units.gone(on)) if only is None else only)
        return list(from_rows(HouseholdRow, self._work.rows(query)))

    def over_branches(self, on: date) -> dict[str, tuple[str, ...]]:
        """Households with members of another branch than their own: the branches of all, its own first."""
        own, theirs = aliased(unit, name="own"), aliased(unit, name="theirs")
        query = (
            select(household.c.id, own.c.name.label("own"), theirs.c.name.label("theirs"))
            .distinct()
            .select_from(
                household.join(person, person.c.household_id == household.c.id)
                .join(membership, membership.c.person_id == person.c.id)
                .join(placement, placement.c.membership_id == membership.c.id)
                .join(own, own.c.id == household.c.branch_id)
                .join(theirs, theirs.c.id == placement.c.branch_id)
            )
            .where(
                household.c.deleted_on.is_(None),
                person.c.deleted_on.is_(None),
                membership.c.deleted_on.is_(None),
                placement.c.deleted_on.is_(None),
                placement.c.to_on.is_(None),
                placement.c.branch_id != household.c.branch_id,
                current(on),
            )
            .order_by(household.c.id, theirs.c.sort_key)
        )
        found: dict[str, tuple[str, ...]] = {}
        for row in self._work.rows(query):
            found[row["id"]] = (*found.get(row["id"], (row["own"],)), row["theirs"])
        return found

    def row(self, household_id: str, on: date) -> HouseholdRow | None:
        """One line of the list."""
        found = self.rows(on, only=household.c.id == household_id)
        return found[0] if found else None

    def codes(self) -> frozenset[str]:
        """All codes that were ever given, also of households taken off."""
        return frozenset(r["code"] for r in self._work.rows(select(household.c.code)))

    def residents(self, household_id: str, on: date) -> tuple[ResidentRow, ...]:
        """Who lives there on a day: the head first, then in Vietnamese order. Who died by then does not."""
        return self.living(on, only=person.c.household_id == household_id).get(household_id, ())

    def living(self, on: date, *, only: ColumnElement[bool] | None = None) -> dict[str, tuple[ResidentRow, ...]]:
        """Who lives in each household, by its id, as ``residents``."""
        branch = aliased(unit, name="branch")
        query = (
            select(
                person.c.id,
                person.c.full_name,
                person.c.birth,
                person.c.relation_to_head,
                person.c.household_id,
                membership.c.id.label("membership_id"),
                membership.c.code,
                branch.c.name.label("branch"),
            )
            .select_from(
                person.outerjoin(
                    membership,
                    and_(membership.c.person_id == person.c.id, membership.c.deleted_on.is_(None), current(on)),
                )
                .outerjoin(
                    placement,
                    and_(
                        placement.c.membership_id == membership.c.id,
                        placement.c.to_on.is_(None),
                        placement.c.deleted_on.is_(None),
                    ),
                )
                .outerjoin(branch, branch.c.id == placement.c.branch_id)
            )
            .where(
                person.c.household_id.is_not(None) if only is None else only,
                person.c.deleted_on.is_(None),
                ~has_died(on, person),
            )
            .order_by(person.c.relation_to_head != Relation.HEAD.name, person.c.sort_key)
        )
        found: dict[str, list[ResidentRow]] = {}
        for row in self._work.rows(query):
            found.setdefault(row["household_id"], []).append(_resident(row))
        return {home: tuple(people) for home, people in found.items()}

    def _row(self, record: Household) -> dict[str, Any]:
        name = record.head_name
        if record.head_id is not None:
            name = self._work.get(person, record.head_id)["full_name"]
        return {**to_row(record), "sort_key": sort_key(name), "search_key": fold(f"{name} {record.address}")}


def _resident(row: Any) -> ResidentRow:
    return ResidentRow(
        row["id"],
        row["full_name"],
        PartialDate.from_iso(row["birth"]) if row["birth"] else None,
        Relation[row["relation_to_head"]] if row["relation_to_head"] else None,
        row["membership_id"],
        row["code"] or "",
        row["branch"] or "",
    )
