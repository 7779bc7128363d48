"""The records that were a commune's own before another one joined it: its figures of that time do not change by it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sochihoi.domain.facts import BranchFact, Facts, HouseholdFact


def own(facts: Facts, strangers: Collection[str]) -> Facts:
    """Without what belonged to ``strangers`` (units, see ``joining.strangers``); the facts themselves without any."""
    if not strangers:
        return facts
    went_on = {one.id for one in facts.branches if _all_in(one, strangers)}
    gone = {one.membership for one in facts.members if one.placements and one.placements[0].branch in strangers}
    mine = tuple(one for one in facts.members if one.membership not in gone)
    lived_in = {one.household for one in mine}
    left = {one.household for one in facts.members if one.membership in gone} - lived_in

    def is_mine(home: HouseholdFact) -> bool:
        elsewhere = home.branch in strangers or home.branch in went_on
        return home.id not in left and (home.id in lived_in or not elsewhere)

    homes = tuple(one for one in facts.households if is_mine(one))
    kept = {one.id for one in homes}
    return replace(
        facts,
        members=mine,
        stand_ins=tuple(
            one for one in facts.stand_ins if not (one.placements and one.placements[0].branch in strangers)
        ),
        positions=tuple(one for one in facts.positions if one.membership not in gone and one.unit not in strangers),
        branches=tuple(one for one in facts.branches if one.id not in strangers),
        cells=tuple(one for one in facts.cells if one.id not in strangers),
        meetings=tuple(one for one in facts.meetings if one.branch not in strangers),
        sessions=tuple(one for one in facts.sessions if not (one.branches and set(one.branches) <= set(strangers))),
        households=homes,
        assessments=tuple(one for one in facts.assessments if one.household in kept),
        scores=tuple(one for one in facts.scores if one.branch not in strangers and one.branch not in went_on),
        entered=tuple(one for one in facts.entered if one.branch not in strangers),
    )


def _all_in(branch: BranchFact, strangers: Collection[str]) -> bool:
    return bool(branch.predecessors) and set(branch.predecessors) <= set(strangers)
