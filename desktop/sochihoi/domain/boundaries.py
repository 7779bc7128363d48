"""The same records on the boundaries of a day: figures of a new branch compare with those of what it came from.

Where branches became one (or one was renamed), all that they did is the new one's. Where one was split, its members
and households are told apart by where they went; its meetings stay its own, for nobody can say whose they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from sochihoi.domain.facts import BranchFact, EnteredFact, Facts, HouseholdFact, MemberFact, PlacementFact


def on_boundaries(facts: Facts, day: date) -> Facts:
    """The records as the branches of ``day`` would hold them; the facts themselves where no branch changed."""
    known = facts.bounded.get(day)
    if known is None:
        known = facts.bounded[day] = _moved(facts, day)
    return known


def split_parts(facts: Facts, day: date) -> frozenset[str]:
    """Branches of ``day`` that hold only a part of an earlier one: what that one did is not theirs to compare."""
    return frozenset(one for heirs in _leading(facts, day).values() if len(heirs) > 1 for one in heirs)


def _leading(facts: Facts, day: date) -> dict[str, tuple[str, ...]]:
    """Branches that are no more, or not yet, and who stands for them on the day."""
    found = {}
    for branch in facts.branches:
        if not branch.exists(day):
            heirs = facts.standing(branch.id, day)
            if heirs:
                found[branch.id] = heirs
    return found


def _moved(facts: Facts, day: date) -> Facts:
    leads = _leading(facts, day)
    if not leads:
        return facts
    whole = {old: heirs[0] for old, heirs in leads.items() if len(heirs) == 1}
    members = tuple(_member(one, leads, whole) for one in facts.members)
    lived_in = _living(members, day)
    alone = {old: new for old, new in whole.items() if new in facts.only_renamed(old)}
    return replace(
        facts,
        members=members,
        stand_ins=tuple(_member(one, leads, whole) for one in facts.stand_ins),
        branches=tuple(_branch(one, facts, leads, whole) for one in facts.branches),
        positions=tuple(replace(one, unit=whole.get(one.unit, one.unit)) for one in facts.positions),
        meetings=tuple(
            one if one.branch not in whole else replace(one, branch=whole[one.branch]) for one in facts.meetings
        ),
        sessions=tuple(
            replace(one, branches=_all(one.branches, leads)) if any(b in leads for b in one.branches) else one
            for one in facts.sessions
        ),
        households=tuple(_household(one, leads, whole, lived_in) for one in facts.households),
        scores=tuple(replace(one, branch=alone.get(one.branch, one.branch)) for one in facts.scores),
        entered=tuple(_entered(one, facts, whole) for one in facts.entered),
    )


def _member(member: MemberFact, leads: Mapping[str, tuple[str, ...]], whole: Mapping[str, str]) -> MemberFact:
    if not any(stay.branch in leads for stay in member.placements):
        return member
    stays: list[PlacementFact] = []
    for at, stay in enumerate(member.placements):
        branch = whole.get(stay.branch, stay.branch)
        if stay.branch in leads and stay.branch not in whole:
            later = (whole.get(one.branch, one.branch) for one in member.placements[at + 1 :])
            branch = next((one for one in later if one in leads[stay.branch]), stay.branch)
        stays.append(replace(stay, branch=branch))
    return replace(member, placements=tuple(stays))


def _branch(
    branch: BranchFact, facts: Facts, leads: Mapping[str, tuple[str, ...]], whole: Mapping[str, str]
) -> BranchFact:
    """A branch is as old as what it came from, where it is the only one that came from it."""
    before = [one for one in facts.branches if branch.id in leads.get(one.id, ())]
    if not before or any(one.id not in whole for one in before):
        return branch
    begun = [one.valid_from for one in before]
    first = None if None in begun else min(day for day in begun if day is not None)
    later = first is not None and branch.valid_from is not None and first >= branch.valid_from
    return branch if branch.valid_from is None or later else replace(branch, valid_from=first)


def _living(members: Iterable[MemberFact], day: date) -> dict[str, str]:
    """Household -> the branch of a member who lives there on the day."""
    found = {}
    for member in members:
        branch = member.branch_on(day) if member.household is not None and member.is_member(day) else None
        if member.household is not None and branch is not None:
            found[member.household] = branch
    return found


def _household(
    home: HouseholdFact,
    leads: Mapping[str, tuple[str, ...]],
    whole: Mapping[str, str],
    lived_in: Mapping[str, str],
) -> HouseholdFact:
    """A household's branch has no days: on an earlier day it is that of the women who live there."""
    if home.branch is None or home.branch not in leads:
        return home
    told = whole.get(home.branch) or lived_in.get(home.id)
    return replace(home, branch=told) if told is not None and told in leads[home.branch] else home


def _all(branches: tuple[str, ...], leads: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for branch in branches for one in leads.get(branch, (branch,))))


def _entered(entry: EnteredFact, facts: Facts, whole: Mapping[str, str]) -> EnteredFact:
    if entry.branch is None:
        return entry
    later = facts.came_of(entry.branch)
    if not later:
        return entry
    return replace(entry, branch=whole.get(entry.branch, entry.branch), of=entry.branch, heirs=later)
