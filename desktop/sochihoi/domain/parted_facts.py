"""Figures on both sides of a parting: until the day everything is the old commune's, from then on each has its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from sochihoi.domain.facts import BranchFact, EnteredFact, Facts, MemberFact
from sochihoi.domain.joined_facts import own
from sochihoi.domain.joining import strangers
from sochihoi.domain.parting import founded, parted
from sochihoi.domain.periods import Period
from sochihoi.domain.units import Unit


def on_its_own(facts: Facts, units: Collection[Unit], root_id: str, day: date) -> Facts:
    """The records that are a commune's own on a day, after whatever joined it, went from it or it came of."""
    mine = since(own(facts, strangers(units, root_id, day)), founded(units, root_id))
    return without_parted(mine, parted(units, root_id, day))


def without_parted(facts: Facts, gone: Mapping[str, date]) -> Facts:
    """In the book that remains, from the day on: without the households and score sheets of branches that went.

    What was held there before stays: it is in the sums since January. A stock that an officer entered for such a branch
    is nothing from the day on.
    """
    if not gone:
        return facts
    homes = tuple(one for one in facts.households if one.branch not in gone)
    kept = {one.id for one in homes}
    entered = {(one.code, one.branch) for one in facts.entered if one.branch in gone}
    nothing = tuple(
        EnteredFact(code, branch, Period.month(gone[branch].year, gone[branch].month), 0)
        for code, branch in sorted(entered, key=str)
        if branch is not None
    )
    return replace(
        facts,
        households=homes,
        assessments=tuple(one for one in facts.assessments if one.household in kept),
        scores=tuple(one for one in facts.scores if one.branch not in gone),
        entered=(*facts.entered, *nothing),
    )


def since(facts: Facts, day: date | None) -> Facts:
    """In the new commune's book: nothing that happened before its first day is its own; who is there counts from it.

    Who studied this year studied: a person is in one of the two books.
    """
    if day is None:
        return facts
    return replace(
        facts,
        members=tuple(_from(one, day) for one in facts.members if one.left_on is None or one.left_on > day),
        branches=tuple(_begun(one, day) for one in facts.branches),
        cells=tuple(_begun(one, day) for one in facts.cells),
        meetings=tuple(one for one in facts.meetings if one.held_on >= day),
        sessions=tuple(one for one in facts.sessions if one.held_on >= day),
        studied_before=tuple(one for one in facts.sessions if one.held_on < day),
        entered=tuple(one for one in facts.entered if one.period.end >= day),
    )


def _from(member: MemberFact, day: date) -> MemberFact:
    joined = member.joined_on if member.joined_on is not None and member.joined_on >= day else None
    return replace(member, joined_on=joined, counts_from=max(member.counts_from or day, day))


def _begun(unit: BranchFact, day: date) -> BranchFact:
    return replace(unit, valid_from=max(unit.valid_from or day, day))
