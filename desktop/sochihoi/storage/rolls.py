"""What a reorganisation reads and rewrites: who is where from a day on, below which units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select
from sqlalchemy.sql import ColumnElement

from sochihoi.domain.meetings import MeetingState
from sochihoi.domain.members import Household, Placement, Position
from sochihoi.domain.reorganisation import Enrolled, Roll
from sochihoi.domain.scoring import ScoreState
from sochihoi.storage.mapping import from_rows
from sochihoi.storage.schema import branch_score, household, meeting, membership, person, placement, position

if TYPE_CHECKING:
    from sochihoi.domain.reorganisation import Outcome
    from sochihoi.storage.work import Work

_DECIDED = (ScoreState.RECOGNISED, ScoreState.NOT_RECOGNISED, ScoreState.REPORTED)


def roll(work: Work, branch_ids: Sequence[str], unit_ids: Sequence[str], on: date) -> Roll:
    """The register of some branches from a day on: stays and households there, offices in ``unit_ids``, all units."""
    stays = select(placement).where(
        placement.c.branch_id.in_(branch_ids),
        or_(placement.c.to_on.is_(None), placement.c.to_on > on),
        placement.c.deleted_on.is_(None),
    )
    placements = from_rows(Placement, work.rows(stays.order_by(placement.c.from_on, placement.c.id)))
    members = (
        select(
            membership.c.id,
            person.c.full_name,
            membership.c.person_id,
            person.c.hamlet,
            person.c.household_id,
            membership.c.left_on,
        )
        .join(person, person.c.id == membership.c.person_id)
        .join(placement, placement.c.membership_id == membership.c.id)
        .where(
            placement.c.branch_id.in_(branch_ids),
            membership.c.deleted_on.is_(None),
            person.c.deleted_on.is_(None),
        )
        .order_by(person.c.sort_key, membership.c.id)
        .distinct()
    )
    held = select(position).where(position.c.unit_id.in_(unit_ids), position.c.deleted_on.is_(None))
    homes = select(household).where(household.c.branch_id.in_(branch_ids), household.c.deleted_on.is_(None))
    return Roll(
        work.units.all(),
        {row[0]: Enrolled(*row[1:]) for row in work.connection.execute(members)},
        placements,
        from_rows(Position, work.rows(held.order_by(position.c.id))),
        from_rows(Household, work.rows(homes.order_by(household.c.sort_key, household.c.id))),
        work.months.closed(),
    )


def newest_held(work: Work, branch_id: str, on: date) -> date | None:
    """The newest day from ``on`` for which a branch has a roster or marks."""
    query = select(func.max(meeting.c.held_on)).where(*_meetings([branch_id], on), meeting.c.state != _PLANNED)
    found: date | None = work.value(query)
    return found


def planned(work: Work, branch_ids: Iterable[str], on: date) -> tuple[str, ...]:
    """Meetings of branches that are only planned, from a day on."""
    query = select(meeting.c.id).where(*_meetings(branch_ids, on), meeting.c.state == _PLANNED)
    return tuple(work.connection.execute(query.order_by(meeting.c.held_on, meeting.c.id)).scalars())


def carry_out(work: Work, outcome: Outcome) -> None:
    """Write what follows from a plan. The units come first, so that taking it back takes them away last."""
    work.units.add(*outcome.begun)
    for unit in outcome.ended:
        work.units.save(unit)
    for home in outcome.households:
        work.households.save(home)
    work.people.save(placements=[*outcome.stays_ended, *outcome.stays_moved], positions=list(outcome.positions_ended))
    work.people.add(placements=outcome.stays_begun, positions=outcome.positions_begun)


def rename(work: Work, old: str, new: str, on: date) -> None:
    """The same branch under a new name: its meetings from the day on and its score that is not decided are the new
    one's.
    """
    held = work.connection.execute(select(meeting.c.id).where(*_meetings([old], on))).scalars()
    work.update(meeting, {one: {"branch_id": new} for one in held})
    scores = select(branch_score.c.id).where(
        branch_score.c.branch_id == old,
        branch_score.c.year >= on.year,
        branch_score.c.state.not_in([state.name for state in _DECIDED]),
        branch_score.c.deleted_on.is_(None),
    )
    work.update(branch_score, {one: {"branch_id": new} for one in work.connection.execute(scores).scalars()})


_PLANNED = MeetingState.PLANNED.name


def _meetings(branch_ids: Iterable[str], on: date) -> tuple[ColumnElement[bool], ...]:
    return (meeting.c.branch_id.in_(list(branch_ids)), meeting.c.held_on >= on, meeting.c.deleted_on.is_(None))
