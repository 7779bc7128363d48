"""Which rows go with the branches of a parting, how they stand in the file, and what ends in the book that remains."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import or_, select

from sochihoi.domain.members import Placement
from sochihoi.domain.parting import Belongs, Going, PartingPlan, newest_change, who_goes, with_history
from sochihoi.domain.people import LeaveReason
from sochihoi.domain.units import Level, Unit
from sochihoi.storage import rolls
from sochihoi.storage.joining import COMING, Edit
from sochihoi.storage.mapping import from_rows
from sochihoi.storage.schema import (
    household,
    meeting,
    membership,
    person,
    placement,
    position,
    study_attendance,
    study_eligible,
    study_session,
)
from sochihoi.storage.study import branches_of
from sochihoi.storage.work import Work

Values = Mapping[str, Any]
PART: Final = "part"  # the setting by which a file is known: what it is, in ``Parting``'s words


@dataclass(frozen=True)
class Sides:
    """A plan over the register: who goes, the units, and the newest day on which one of the branches changed."""

    plan: PartingPlan
    going: Going
    units: tuple[Unit, ...]
    stays: tuple[Placement, ...]
    newest: date | None


def look(work: Work, plan: PartingPlan) -> Sides:
    """Read the register and say who goes."""
    units = work.units.all()
    branches = with_history(units, plan.branches)
    stays = from_rows(
        Placement,
        work.rows(
            select(placement).where(placement.c.deleted_on.is_(None)).order_by(placement.c.from_on, placement.c.id)
        ),
    )
    members = {
        row["id"]: Belongs(row["person_id"], row["left_on"])
        for row in work.rows(
            select(membership.c.id, membership.c.person_id, membership.c.left_on).where(
                membership.c.deleted_on.is_(None)
            )
        )
    }
    living = _pairs(work, person, person.c.household_id)
    going = who_goes(branches, plan.on, stays, members, living, _pairs(work, household, household.c.branch_id))
    mine = [one for one in stays if one.membership_id in members]
    days = [newest_change(mine, plan.branches, plan.on), *(rolls.newest_held(work, i, plan.on) for i in plan.branches)]
    days += _studied(work, going, plan)
    return Sides(plan, going, units, stays, max((day for day in days if day is not None), default=None))


def _pairs(work: Work, table: Any, column: Any) -> dict[str, Any]:
    query = select(table.c.id, column).where(table.c.deleted_on.is_(None))
    return {row[0]: row[1] for row in work.connection.execute(query)}


def _studied(work: Work, going: Going, plan: PartingPlan) -> list[date]:
    """Days from the day of the plan on which a branch that goes, or one of its members, came to a session."""
    query = (
        select(study_session.c.held_on, study_attendance.c.membership_id)
        .join(study_attendance, study_attendance.c.session_id == study_session.c.id)
        .where(study_session.c.held_on >= plan.on, study_session.c.deleted_on.is_(None))
    )
    return [day for day, member in work.connection.execute(query) if member in going.memberships]


# ---------------------------------------------------------------------------- what goes into the file


def units_that_go(work: Work, sides: Sides, root_id: str) -> list[Unit]:
    """The commune, the branches that go with their cells, and units of which they or their members have a past: these
    are no more for who goes. Parents come first.
    """
    going, on = sides.going, sides.plan.on
    known = {one.id: one for one in sides.units}
    mine = {one.id for one in sides.units if one.id in going.branches or one.parent_id in going.branches}
    named = {root_id, *mine}
    for stay in sides.stays:
        if stay.membership_id in going.memberships:
            named |= {stay.branch_id, stay.cell_id or root_id}
    for table, column in ((position, position.c.unit_id), (study_eligible, study_eligible.c.branch_id)):
        query = select(table.c.membership_id, column).where(table.c.deleted_on.is_(None))
        named |= {of for member, of in work.connection.execute(query) if member in going.memberships}
    named |= {known[key].parent_id or root_id for key in named if known[key].level is Level.CELL}
    made = []
    for key in named:
        one = known[key]
        if key == root_id:
            one = replace(one, parent_id=None)
        elif key not in mine:
            one = replace(one, valid_to=on if one.valid_to is None else min(on, one.valid_to))
        if one.level in (Level.BRANCH, Level.COMMUNE) and key != root_id:
            one = replace(one, parent_id=root_id)
        made.append(replace(one, predecessor_ids=tuple(i for i in one.predecessor_ids if i in named)))
    order = (Level.COMMUNE, Level.BRANCH, Level.CELL)
    return sorted(made, key=lambda one: (one.id != root_id, order.index(one.level), one.id))


def edits(work: Work, sides: Sides) -> dict[str, Edit]:
    """For every table that comes into a book: what of a row goes into the file. Nothing goes that is not named here."""
    going, on = sides.going, sides.plan.on
    meetings = _ids(work, meeting, meeting.c.branch_id, going.branches)
    sessions = _sessions(work, going)
    whole = {key for key, (_branches, wholly) in sessions.items() if wholly}

    def only(column: str, ids: Collection[str], *more: tuple[str, Collection[str]]) -> Edit:
        wanted = ((column, ids), *more)
        return lambda row: [row] if _alive(row) and all(row[name] in of for name, of in wanted) else []

    def changed(kept: Edit, change: Callable[[Values], Values]) -> Edit:
        return lambda row: [{**one, **change(one)} for one in kept(row)]

    def named(column: str, ids: Collection[str]) -> Callable[[Values], Values]:
        return lambda row: {column: row[column] if row[column] in ids else None}

    def there(row: Values) -> Values:
        """An office in a unit that stays ends; one in the commune itself ends where the file is opened."""
        lasting = row["to_on"] is None or row["to_on"] > on
        return {"to_on": on} if lasting and row["unit_id"] in staying else {}

    below = {one.id for one in sides.units if one.level in (Level.BRANCH, Level.CELL)}
    staying = below - going.branches - {one.id for one in sides.units if one.parent_id in going.branches}
    members, homes, persons = going.memberships, going.households, going.persons
    every: Edit = lambda row: [row] if _alive(row) else []  # noqa: E731 - beside the others of this table
    nothing: Edit = lambda _row: []  # noqa: E731
    rules: dict[str, Edit] = {
        "household": changed(only("id", homes), named("head_id", persons)),
        "person": changed(
            only("id", persons), lambda row: {**named("household_id", homes)(row), **named("merged_into", persons)(row)}
        ),
        "consent": only("person_id", persons),
        "distinct_persons": only("one_id", persons, ("other_id", persons)),
        "membership": only("id", members),
        "placement": only("membership_id", members),
        "position": changed(only("membership_id", members), there),
        "meeting": only("id", meetings),
        "attendance": only("membership_id", members, ("meeting_id", meetings)),
        "proposal": only("meeting_id", meetings),
        "study_campaign": every,
        "study_target": changed(every, lambda _row: {"eligible_count": None}),  # a count of the whole commune
        "study_eligible": only("membership_id", members),
        "study_session": changed(only("id", sessions), lambda row: _session(row, sessions)),
        "study_attendance": only("membership_id", members, ("session_id", sessions)),
        "study_headcount": only("session_id", whole),
        "campaign_year": every,
        "household_registration": only("household_id", homes),
        "assessment": changed(only("household_id", homes), lambda _row: {"assessor": ""}),  # perhaps one who stays
        "branch_score": only("branch_id", going.branches),
        "entered_figure": nothing,
        "joined_book": nothing,
        "joined_closing": nothing,
        "former_code": nothing,
    }
    return {name: rules[name] for name in COMING}


def _alive(row: Values) -> bool:
    return row["deleted_on"] is None


def _ids(work: Work, table: Any, column: Any, of: Collection[str]) -> set[str]:
    return {key for key, value in _pairs(work, table, column).items() if value in of}


def _sessions(work: Work, going: Going) -> dict[str, tuple[tuple[str, ...], bool]]:
    """Sessions of which something goes: the branches that go of each, and whether it was theirs alone."""
    came = {
        row[0]
        for row in work.connection.execute(select(study_attendance.c.session_id, study_attendance.c.membership_id))
        if row[1] in going.memberships
    }
    found = {}
    for row in work.rows(select(study_session).where(study_session.c.deleted_on.is_(None))):
        every = branches_of(row["branch_id"], row["further_branches"])
        mine = tuple(one for one in every if one in going.branches)
        if mine or row["id"] in came:
            found[row["id"]] = (mine or tuple(sorted(going.branches)), bool(mine) and mine == tuple(every))
    return found


def _session(row: Values, sessions: Mapping[str, tuple[tuple[str, ...], bool]]) -> Values:
    """Of a session that was held together only who went to it: nothing that was written about all of them."""
    branches, wholly = sessions[row["id"]]
    told = {} if wholly else {"speaker": "", "note": ""}
    return {**told, "branch_id": branches[0], "further_branches": list(branches[1:])}


# ---------------------------------------------------------------------------- what ends in the book that remains


def carry_out(work: Work, sides: Sides, new: Unit, today: date) -> None:
    """The branches end, their members leave with them, the new commune names them as what it came of."""
    plan, going = sides.plan, sides.going
    work.units.add(new)
    for one in sides.units:
        if (one.id in plan.branches or one.parent_id in plan.branches) and one.valid_to is None:
            work.units.save(replace(one, valid_to=plan.on))
    left = {"left_on": plan.on, "left_reason": LeaveReason.WITH_BRANCH.name, "left_to": plan.name}
    told = {**left, "decision_no": plan.decision} if plan.decision else left
    work.update(membership, dict.fromkeys(sorted(going.leaving), told))
    open_stays = [one.id for one in sides.stays if one.membership_id in going.leaving and one.to_on is None]
    work.update(placement, {key: {"to_on": plan.on} for key in open_stays})
    held = select(position.c.id, position.c.membership_id, position.c.unit_id).where(
        or_(position.c.to_on.is_(None), position.c.to_on > plan.on), position.c.deleted_on.is_(None)
    )
    ended = {one.id for one in sides.units if one.id in plan.branches or one.parent_id in plan.branches}
    over = [row[0] for row in work.connection.execute(held) if row[1] in going.leaving or row[2] in ended]
    work.update(position, {key: {"to_on": plan.on} for key in over})
    for planned in rolls.planned(work, plan.branches, plan.on):
        work.meetings.remove(planned, today)


# ---------------------------------------------------------------------------- what a rehearsal tells


def on_both(work: Work, sides: Sides) -> list[tuple[str, str, str, str]]:
    """(Table, code, name, branch) of the members and households that would be on both sides."""
    names = {one.id: one.name for one in sides.units}
    last = {one.membership_id: names[one.branch_id] for one in sides.stays}
    people = work.by_id(person, sorted(sides.going.both))
    query = select(membership.c.id, membership.c.code, membership.c.person_id).where(membership.c.deleted_on.is_(None))
    found = [
        ("membership", row[1], people[row[2]]["full_name"], last.get(row[0], ""))
        for row in work.connection.execute(query.order_by(membership.c.code, membership.c.id))
        if row[2] in people
    ]
    for home in work.households.many(sorted(sides.going.homes_both)).values():
        head = home.head_name if home.head_id is None else work.people.person(home.head_id).full_name
        found.append(("household", home.code, head, names[home.branch_id]))
    return found


def offices(work: Work, sides: Sides, root_id: str) -> list[tuple[str, str]]:
    """(Name, title) of who goes and holds an office in the commune itself on the day."""
    query = (
        select(person.c.full_name, position.c.title, position.c.membership_id)
        .select_from(
            position.join(membership, membership.c.id == position.c.membership_id).join(
                person, person.c.id == membership.c.person_id
            )
        )
        .where(
            position.c.unit_id == root_id,
            or_(position.c.to_on.is_(None), position.c.to_on > sides.plan.on),
            position.c.deleted_on.is_(None),
        )
        .order_by(position.c.rank, person.c.sort_key)
    )
    return [(row[0], row[1]) for row in work.connection.execute(query) if row[2] in sides.going.leaving]
