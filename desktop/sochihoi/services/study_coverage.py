"""How far a campaign of study is, and whose names stand on the list of a session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sochihoi.domain.study import (
    Coverage,
    StudyCampaign,
    StudySession,
    StudyTarget,
    TargetGroup,
    coverage_by_headcount,
)
from sochihoi.domain.study_forgetting import Forgotten, GroupKept, NamesForgotten
from sochihoi.domain.study_records import BranchCoverage, CampaignView, EligibleMember, GroupCoverage

if TYPE_CHECKING:
    from sochihoi.storage.work import Work


def campaign_view(work: Work, campaign: StudyCampaign, until: date) -> CampaignView:
    """One campaign with the sessions up to a day, and who was reached by then."""
    listed = work.studies.eligible(campaign, until)
    sessions = work.studies.sessions(campaign.id, until)
    heads: dict[TargetGroup, int] = {}
    for head in work.studies.headcounts([s.session.id for s in sessions]):
        heads[head.target_group] = heads.get(head.target_group, 0) + head.people
    kept = work.studies.forgotten().get(campaign.id)
    groups = tuple(GroupCoverage(t, _covered(t, listed, heads, kept, until)) for t in work.studies.targets(campaign.id))
    branches: dict[str, list[EligibleMember]] = {}
    for member in listed:
        branches.setdefault(member.branch_id, []).append(member)
    lines = tuple(
        BranchCoverage(branch_id, members[0].branch, Coverage(sum(m.reached for m in members), len(members)))
        for branch_id, members in branches.items()
    )
    outsiders = work.studies.outsiders(campaign.id, until)
    return CampaignView(campaign, groups, lines, sessions, outsiders, None if kept is None else kept.years)


def roster_of(work: Work, campaign: StudyCampaign, session: StudySession, today: date) -> tuple[EligibleMember, ...]:
    """Who stands on the list of a session, numbered as printed."""
    every = work.studies.eligible(campaign)
    day = session.held_on or today
    # a list that was frozen before branches merged or parted: its women are where they went
    now = {branch: work.units.standing([branch], day) for branch in {m.branch_id for m in every}}
    parted = [m.membership_id for m in every if len(now[m.branch_id]) > 1]
    stays = work.studies.stays_of(parted)
    at = {s.membership_id: s.branch_id for s in stays if s.from_on is None or s.from_on <= day}
    listed = [m for m in every if session.is_for(at.get(m.membership_id, now[m.branch_id][0]))]
    return tuple(replace(m, row_number=n) for n, m in enumerate(listed, 1))


def ensure_named(work: Work, campaign_id: str, *days: date | None) -> None:
    """Raises ``NamesForgotten`` where nobody could tell any more whether a woman who came came before: in a campaign
    or on a day of a year whose names are gone.
    """
    years = {day.year for day in days if day is not None}
    for key, kept in work.studies.forgotten().items():
        first, last = kept.years
        if key == campaign_id or any(first <= year <= last for year in years):
            raise NamesForgotten(first, last)


def _covered(
    target: StudyTarget,
    listed: Sequence[EligibleMember],
    heads: dict[TargetGroup, int],
    kept: Forgotten | None,
    until: date,
) -> Coverage | None:
    group = target.target_group
    if not group.by_person:
        return coverage_by_headcount(heads.get(group, 0), target.eligible_count)
    if kept is not None and group is not TargetGroup.MEMBERS:
        return kept.groups.get(group, GroupKept(0)).coverage(until)
    there = [m for m in listed if group is TargetGroup.MEMBERS or group in m.groups]
    return Coverage(sum(m.reached for m in there), len(there))
