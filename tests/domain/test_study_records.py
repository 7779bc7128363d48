"""How far a campaign is: groups with and without a size, branches, all members once."""

from __future__ import annotations

from dataclasses import replace

from sochihoi.domain.study import Coverage, StudyCampaign, StudyTarget, TargetGroup
from sochihoi.domain.study_records import BranchCoverage, CampaignView, EligibleMember, GroupCoverage

MEMBERS = GroupCoverage(StudyTarget("1", "c", TargetGroup.MEMBERS, 95), Coverage(18, 20))
WOMEN = GroupCoverage(StudyTarget("2", "c", TargetGroup.WOMEN, 70), None)
BRANCHES = (BranchCoverage("a", "Ấp A", Coverage(10, 12)), BranchCoverage("b", "Ấp B", Coverage(8, 8)))


def test_two_sessions_reach_a_woman_once_and_none_not_at_all() -> None:
    her = EligibleMember("m", "HP00001", "Lê Thị Mẫu", None, "", "b", "Ấp B", "", 1, frozenset(), 0)
    assert [replace(her, attended=n).reached for n in (0, 1, 2)] == [False, True, True]


def test_a_group_without_a_size_is_neither_met_nor_missed() -> None:
    assert (MEMBERS.needed, MEMBERS.met) == (1, False)
    assert replace(MEMBERS, coverage=Coverage(19, 20)).met is True
    assert (WOMEN.needed, WOMEN.met) == (None, None)


def test_members_of_all_branches_are_counted_whatever_the_targets_are() -> None:
    view = CampaignView(StudyCampaign("c", "Nghị quyết mẫu"), (WOMEN, MEMBERS), BRANCHES, (), 3)
    assert view.members == Coverage(18, 20)
    assert view.member_goal is MEMBERS
    assert replace(view, groups=(WOMEN,)).member_goal is None
    assert [one.missing for one in BRANCHES] == [2, 0]
