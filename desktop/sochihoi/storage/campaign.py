"""Registered households of a year, their assessments, and the grids and lists made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from sochihoi.domain.campaign import Assessment, CampaignYear, HouseholdRegistration, Round
from sochihoi.domain.campaign_records import HouseholdLine, SheetLine
from sochihoi.storage.mapping import from_row, from_rows, to_row
from sochihoi.storage.member_lists import current
from sochihoi.storage.schema import (
    assessment,
    campaign_year,
    household,
    household_registration,
    membership,
    person,
    unit,
)
from sochihoi.storage.work import Work

_CHUNK = 500


class Campaigns:
    """The family campaign, year by year."""

    def __init__(self, work: Work) -> None:
        self._work = work

    # ------------------------------------------------------------------ sets of a year

    def of_year(self, year: int) -> tuple[CampaignYear, ...]:
        """What was chosen for a year: its own set, then the one beside it; empty while nobody chose."""
        query = select(campaign_year).where(campaign_year.c.year == year, campaign_year.c.deleted_on.is_(None))
        return from_rows(CampaignYear, self._work.rows(query.order_by(campaign_year.c.beside)))

    def put_year(self, record: CampaignYear) -> None:
        """A set chosen for a year."""
        self._work.put(campaign_year, [to_row(record)])

    def drop_year(self, record_id: str) -> None:
        """A set beside the year's own is given up."""
        self._work.erase(campaign_year, [record_id])

    def years(self) -> tuple[int, ...]:
        """Years with anything in them, newest first."""
        found: set[int] = set()
        for table in (campaign_year, household_registration, assessment):
            found |= {r["year"] for r in self._work.rows(select(table.c.year).distinct())}
        return tuple(sorted(found, reverse=True))

    def used(self, year: int) -> dict[tuple[str, str], int]:
        """Sets that households were assessed with: (code, version) to the number of households."""
        query = (
            select(
                assessment.c.set_code,
                assessment.c.set_version,
                func.count(assessment.c.household_id.distinct()).label("households"),
            )
            .where(assessment.c.year == year, assessment.c.deleted_on.is_(None))
            .group_by(assessment.c.set_code, assessment.c.set_version)
        )
        return {(r["set_code"], r["set_version"]): r["households"] for r in self._work.rows(query)}

    # ------------------------------------------------------------------ registrations

    def registrations(self, year: int, household_ids: Sequence[str]) -> dict[str, HouseholdRegistration]:
        """By household; households without one are left out."""
        found = {}
        for start in range(0, len(household_ids), _CHUNK):
            query = select(household_registration).where(
                household_registration.c.year == year,
                household_registration.c.household_id.in_(household_ids[start : start + _CHUNK]),
                household_registration.c.deleted_on.is_(None),
            )
            found.update({r["household_id"]: from_row(HouseholdRegistration, r) for r in self._work.rows(query)})
        return found

    def put_registrations(self, records: Iterable[HouseholdRegistration]) -> None:
        """New and changed ones; what says nothing any more is taken away."""
        every = list(records)
        empty = [r.id for r in every if not (r.registered_on or r.mobilised_on or r.plaque_on or r.plaque_no)]
        self._work.put(household_registration, [to_row(r) for r in every if r.id not in set(empty)])
        self._work.erase(household_registration, empty)

    # ------------------------------------------------------------------ assessments

    def assessments(
        self, year: int, set_code: str, household_ids: Sequence[str], rounds: Iterable[Round] = Round
    ) -> dict[tuple[str, Round], Assessment]:
        """By household and round."""
        names = [one.name for one in rounds]
        found = {}
        for start in range(0, len(household_ids), _CHUNK):
            query = select(assessment).where(
                assessment.c.year == year,
                assessment.c.set_code == set_code,
                assessment.c.round.in_(names),
                assessment.c.household_id.in_(household_ids[start : start + _CHUNK]),
                assessment.c.deleted_on.is_(None),
            )
            for one in from_rows(Assessment, self._work.rows(query)):
                found[one.household_id, one.round] = one
        return found

    def latest(
        self, year: int, set_code: str, *, branch_id: str | None = None, household_ids: Sequence[str] | None = None
    ) -> tuple[Assessment, ...]:
        """The furthest finished round of each household in a year with a set."""
        later = aliased(assessment, name="later")
        query = select(assessment).where(
            assessment.c.year == year,
            assessment.c.set_code == set_code,
            assessment.c.done_on.is_not(None),
            assessment.c.deleted_on.is_(None),
            ~exists(
                select(later.c.id).where(
                    later.c.household_id == assessment.c.household_id,
                    later.c.year == year,
                    later.c.set_code == set_code,
                    later.c.done_on.is_not(None),
                    later.c.deleted_on.is_(None),
                    _rank(later.c.round) > _rank(assessment.c.round),
                )
            ),
        )
        if branch_id is not None:
            here = select(household.c.id).where(household.c.branch_id == branch_id)
            query = query.where(assessment.c.household_id.in_(here))
        if household_ids is not None:
            query = query.where(assessment.c.household_id.in_(household_ids))
        return from_rows(Assessment, self._work.rows(query))

    def begun(self, year: int, set_code: str) -> frozenset[str]:
        """Households with marks or notes in a year, finished or not."""
        query = select(assessment.c.household_id).where(
            assessment.c.year == year, assessment.c.set_code == set_code, assessment.c.deleted_on.is_(None)
        )
        return frozenset(row["household_id"] for row in self._work.rows(query.distinct()))

    def put_assessments(self, records: Iterable[Assessment]) -> None:
        """New and changed ones; one without a mark or a note is taken away: nobody has been assessed then."""
        every = list(records)
        empty = {one.id for one in every if not one.results}
        self._work.put(assessment, [to_row(one) for one in every if one.id not in empty])
        self._work.erase(assessment, sorted(empty))

    # ------------------------------------------------------------------ lists: one query a screen

    def sheet(
        self,
        branch_id: str,
        year: int,
        set_code: str,
        which: Round,
        on: date,
        *,
        household_id: str | None = None,
    ) -> tuple[SheetLine, ...]:
        """Households of the branch that the round is for, in Vietnamese order of their heads.

        Member households of the day, those that registered, and those that were assessed; others are nobody's.
        """
        now, former = aliased(assessment, name="now"), aliased(assessment, name="former")
        head = aliased(person, name="head")
        before = which.before
        member = _member(on)
        query = (
            select(
                household.c.id.label("household_id"),
                household.c.code,
                _head_name(head).label("head"),
                household.c.address,
                member.label("member"),
                household_registration.c.registered_on,
                former.c.done_on.label("former_on"),
                *(now.c[name].label(f"now_{name}") for name in _ASSESSMENT),
            )
            .select_from(
                household.outerjoin(head, head.c.id == household.c.head_id)
                .outerjoin(household_registration, _registration_of(year))
                .outerjoin(now, _round_of(now, year, set_code, which))
                .outerjoin(former, _round_of(former, year, set_code, before or which))
            )
            .where(
                household.c.branch_id == branch_id,
                household.c.deleted_on.is_(None),
                or_(member, household_registration.c.registered_on.is_not(None), now.c.id.is_not(None)),
            )
            .order_by(household.c.sort_key, household.c.code)
        )
        if household_id is not None:
            query = query.where(household.c.id == household_id)
        return tuple(_sheet_line(row, first=before is None) for row in self._work.rows(query))

    def household_lines(
        self, year: int, on: date, branch_id: str | None = None, household_ids: Sequence[str] | None = None
    ) -> tuple[HouseholdLine, ...]:
        """Households and their registrations of a year, by branch and head; assessments are not in it yet."""
        head = aliased(person, name="head")
        query = (
            select(
                household.c.id.label("household_id"),
                household.c.code,
                _head_name(head).label("head"),
                household.c.sort_key,
                household.c.search_key,
                household.c.branch_id,
                unit.c.name.label("branch"),
                unit.c.sort_key.label("branch_key"),
                _member(on).label("member"),
                household_registration.c.registered_on,
                household_registration.c.mobilised_on,
                func.coalesce(household_registration.c.plaque_no, "").label("plaque_no"),
                household_registration.c.plaque_on,
            )
            .select_from(
                household.join(unit, unit.c.id == household.c.branch_id)
                .outerjoin(head, head.c.id == household.c.head_id)
                .outerjoin(household_registration, _registration_of(year))
            )
            .where(household.c.deleted_on.is_(None))
            .order_by(unit.c.sort_key, household.c.branch_id, household.c.sort_key, household.c.code)
        )
        if branch_id is not None:
            query = query.where(household.c.branch_id == branch_id)
        if household_ids is not None:
            query = query.where(household.c.id.in_(household_ids))
        else:
            query = query.where(household.c.branch_id.not_in(self._work.units.gone(on)))
        return tuple(HouseholdLine(**{**row, "member": bool(row["member"])}) for row in self._work.rows(query))


_ASSESSMENT = tuple(c.name for c in assessment.c if c.name != "deleted_on")


def _rank(column: Any) -> ColumnElement[int]:
    return case({one.name: one.value for one in Round}, value=column)


def _head_name(head: Any) -> ColumnElement[str]:
    return func.coalesce(head.c.full_name, household.c.head_name)


def _member(on: date) -> ColumnElement[bool]:
    """A household counts while a member of the Union lives in it."""
    return exists(
        select(membership.c.id)
        .join(person, person.c.id == membership.c.person_id)
        .where(
            person.c.household_id == household.c.id,
            person.c.deleted_on.is_(None),
            membership.c.deleted_on.is_(None),
            current(on),
        )
    )


def _registration_of(year: int) -> ColumnElement[bool]:
    return and_(
        household_registration.c.household_id == household.c.id,
        household_registration.c.year == year,
        household_registration.c.deleted_on.is_(None),
    )


def _round_of(table: Any, year: int, set_code: str, which: Round) -> ColumnElement[bool]:
    return and_(
        table.c.household_id == household.c.id,
        table.c.year == year,
        table.c.set_code == set_code,
        table.c.round == which.name,
        table.c.deleted_on.is_(None),
    )


def _sheet_line(row: Any, *, first: bool) -> SheetLine:
    found = None
    if row["now_id"] is not None:
        found = from_row(Assessment, {name: row[f"now_{name}"] for name in _ASSESSMENT})
    return SheetLine(
        row["household_id"],
        row["code"],
        row["head"],
        bool(row["member"]),
        row["registered_on"] is not None,
        former_done=first or row["former_on"] is not None,
        assessment=found,
        address=row["address"],
    )
