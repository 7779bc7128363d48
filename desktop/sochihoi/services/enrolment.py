"""Putting members into the register, one or thousands, inside a unit of work that the caller opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sochihoi.domain.late_records import staying_put
from sochihoi.domain.members import (
    MEMBER_PREFIX,
    Membership,
    NewMember,
    Person,
    Placement,
    clean,
    counts_from,
    made_code,
    membership_of,
    person_of,
)
from sochihoi.domain.people import PartialDate, check_membership
from sochihoi.domain.periods import Period

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work


def enrol(office: Office, work: Work, new: Sequence[NewMember], *, late: bool = False) -> tuple[Membership, ...]:
    """Persons, memberships and placements of new members, with the next free codes. The memberships, in order.

    ``late``: a list of members who have been there for long comes in: one who joined in a month that is closed counts
    from today, and odd dates come in with the review that the caller gave them. Without it, the closed month refuses
    (``MonthClosed``) and impossible dates are a ``FieldProblem``.
    """
    closed = work.months.closed()
    number, units = work.people.highest_code(), {unit.id: unit for unit in work.units.all()}
    before = work.people.people(one.person_id for one in new if one.person_id)
    people: list[Person] = []
    known: list[Person] = []
    memberships: list[Membership] = []
    placements: list[Placement] = []
    for one in new:
        details = clean(one.details)
        if not late:
            check_membership(details.birth, details.joined, None, office.today)
        day = counting_day(details.joined, office.today, closed, late=late)
        office.ensure_open(work, day)
        person = person_of(details, before[one.person_id] if one.person_id else office.new_id())
        (known if one.person_id else people).append(person)
        if not one.code:
            number += 1
        bare = Membership(office.new_id(), one.code or made_code(MEMBER_PREFIX, number), person.id)
        member = replace(membership_of(details, bare), registered_on=day, review=one.review)
        memberships.append(member)
        placements.extend(
            Placement(office.new_id(), member.id, at.branch_id, at.cell_id, at.since, at.until)
            for at in staying_put(units, one.branch_id, one.cell_id, day)
        )
    work.people.save(known)
    work.people.add(people, memberships, placements)
    return tuple(memberships)


def counting_day(
    joined: PartialDate | None, entered_on: date, closed: Mapping[str, date], *, late: bool = False
) -> date:
    """The day from which she counts. A year or month alone, and a late list, never reach into a closed month.

    Whoever stands on a late list without a joining date has been a member for some time: she counts from the first
    month that is open, or from New Year, so that a meeting held before the list came in has her on its roster.
    """
    if late and joined is None:
        return _first_open_day(entered_on, closed)
    day = counts_from(joined, entered_on)
    exact = joined is not None and joined.exact() is not None
    if f"{day.year:04}-{day.month:02}" in closed and (late or not exact):
        return entered_on
    return day


def _first_open_day(entered_on: date, closed: Mapping[str, date]) -> date:
    new_year = date(entered_on.year, 1, 1)
    after = max((Period.parse(one).end + timedelta(days=1) for one in closed), default=new_year)
    return min(max(after, new_year), entered_on)
