"""Study: the frozen list, distinct persons, who is missing, closed months."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.meetings import NumberOutsideRoster
from sochihoi.domain.people import LeaveReason, PositionTitle
from sochihoi.domain.study import (
    CampaignClosed,
    CampaignState,
    Coverage,
    HeadcountForRegistered,
    SessionBeforeStart,
    StudyCampaign,
    TargetGroup,
)
from sochihoi.domain.study_records import CampaignHasSessions, ListNotFrozen, NobodyEligible
from sochihoi.services.office import Office
from sochihoi.services.study import TargetDraft
from tests import study_data
from tests.offices import make_office
from tests.people_data import add_members


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    add_members(made, "Ấp An Hòa", 12, cells=2)
    add_members(made, "Ấp Trà Cuôn", 8)
    yield made
    made.close()


def _branch(office: Office, name: str) -> str:
    return next(u.id for u in office.setup.branches() if u.name == name)


def test_the_list_is_of_the_members_on_the_freeze_date(office: Office) -> None:
    campaign = study_data.begin(office)
    assert office.study.view(campaign).members == Coverage(0, 20)
    add_members(office, "Ấp Trà Cuôn", 3)
    assert office.study.view(campaign).members.eligible == 20
    assert office.study.freeze(campaign) == 23
    assert office.study.view(campaign).campaign.frozen_on == date(2026, 10, 26)


def test_rows_are_numbered_within_the_branch_by_given_name(office: Office) -> None:
    campaign = study_data.begin(office)
    session = study_data.hold(office, campaign, _branch(office, "Ấp Trà Cuôn"))
    assert [m.row_number for m in office.study.sheet(session).roster] == list(range(1, 9))


def test_two_sessions_of_the_same_woman_count_once(office: Office) -> None:
    campaign = study_data.begin(office)
    for day in (12, 19):
        session = study_data.hold(office, campaign, _branch(office, "Ấp An Hòa"), held_on=date(2026, 10, day))
        office.study.type_present(session, "1-5")
    view = office.study.view(campaign)
    assert view.members == Coverage(5, 20)
    assert [s.members for s in view.sessions] == [5, 5]


def test_how_many_more_are_needed_is_exact(office: Office) -> None:
    campaign = study_data.begin(office, percent=95)
    session = study_data.hold(office, campaign)
    office.study.type_present(session, "1-18")
    goal = office.study.view(campaign).member_goal
    assert goal is not None
    assert (goal.needed, goal.met) == (1, False)
    office.study.type_present(session, "19")
    goal = office.study.view(campaign).member_goal
    assert goal is not None
    assert (goal.needed, goal.met) == (0, True)  # 19/20 is 95,0 %: exactly is enough


def test_who_is_missing_by_branch(office: Office) -> None:
    campaign = study_data.begin(office)
    hoa, cuon = _branch(office, "Ấp An Hòa"), _branch(office, "Ấp Trà Cuôn")
    office.study.type_present(study_data.hold(office, campaign, hoa), "1-12, !7")
    assert [m.row_number for m in office.study.missing(campaign, hoa)] == [7]
    assert len(office.study.missing(campaign, cuon)) == 8
    assert len(office.study.reached(campaign)) == 11
    assert [(b.branch, b.missing) for b in office.study.view(campaign).branches] == [
        ("Ấp An Hòa", 1),
        ("Ấp Trà Cuôn", 8),
    ]


def test_an_exclamation_mark_takes_a_mark_away_and_undo_brings_it_back(office: Office) -> None:
    campaign = study_data.begin(office)
    session = study_data.hold(office, campaign, _branch(office, "Ấp An Hòa"))
    office.study.type_present(session, "1-12")
    office.study.type_present(session, "!3, ?4")
    assert len(office.study.sheet(session).present) == 10
    office.history.undo(office.study.last_batch)
    assert len(office.study.sheet(session).present) == 12


def test_a_number_outside_the_list_writes_nothing(office: Office) -> None:
    campaign = study_data.begin(office)
    session = study_data.hold(office, campaign, _branch(office, "Ấp Trà Cuôn"))
    with pytest.raises(NumberOutsideRoster):
        office.study.type_present(session, "1-9")
    assert not office.study.sheet(session).present


def test_ticking_and_unticking(office: Office) -> None:
    campaign = study_data.begin(office)
    session = study_data.hold(office, campaign)
    ids = [m.membership_id for m in office.study.sheet(session).roster[:3]]
    office.study.set_present(session, ids, present=True)
    office.study.set_present(session, ids[:1], present=False)
    assert office.study.sheet(session).present == frozenset(ids[1:])


def test_head_counts_stand_beside_the_list(office: Office) -> None:
    campaign = study_data.begin(office)
    session = study_data.hold(office, campaign)
    office.study.set_heads(session, TargetGroup.WOMEN, 30)
    office.study.set_heads(session, TargetGroup.WOMEN, 28)
    women = office.study.view(campaign).groups[1]
    assert (women.coverage, women.needed, women.met) == (Coverage(28, 40), 0, True)
    assert office.study.view(campaign).members.reached == 0
    with pytest.raises(HeadcountForRegistered):
        office.study.set_heads(session, TargetGroup.MEMBERS, 3)
    with pytest.raises(FieldProblem):
        office.study.set_heads(session, TargetGroup.WOMEN, -1)


def test_branch_heads_are_a_group_of_the_list(office: Office) -> None:
    head = office.people.rows("ALL")[0].membership_id
    branch = _branch(office, "Ấp An Hòa")
    office.people.appoint(head, PositionTitle.BRANCH_HEAD, branch, from_on=date(2026, 1, 1))
    campaign = office.study.begin(StudyCampaign("", "Chuyên đề"), [TargetDraft(TargetGroup.BRANCH_HEADS, 100)])
    session = study_data.hold(office, campaign)
    office.study.set_present(session, [head], present=True)
    assert office.study.view(campaign).groups[0].coverage == Coverage(1, 1)


def test_who_came_and_left_the_list_since_is_shown_and_in_no_rate(office: Office) -> None:
    campaign = study_data.begin(office)
    session = study_data.hold(office, campaign)
    gone = office.people.rows("ALL")[0].membership_id
    office.study.set_present(session, [gone], present=True)
    office.people.leave(gone, LeaveReason.RESIGNED)
    office.study.freeze(campaign)
    view = office.study.view(campaign)
    assert (view.outsiders, view.members.reached, view.members.eligible) == (1, 0, 19)


def test_who_left_stays_on_the_list_of_her_day(office: Office) -> None:
    campaign = study_data.begin(office)
    office.people.leave(office.people.rows("ALL")[0].membership_id, LeaveReason.RESIGNED)
    assert office.study.view(campaign).members.eligible == 20


def test_refusals(office: Office, tmp_path: Path) -> None:
    campaign = study_data.begin(office)
    with pytest.raises(SessionBeforeStart):
        study_data.hold(office, campaign, held_on=date(2026, 8, 1))
    session = study_data.hold(office, campaign)
    with pytest.raises(CampaignHasSessions):
        office.study.remove(campaign)
    office.study.close(campaign)
    assert office.study.view(campaign).campaign.state is CampaignState.CLOSED
    with pytest.raises(CampaignClosed):
        study_data.hold(office, campaign)
    office.study.reopen(campaign)
    office.study.cancel_session(session)
    office.study.remove(campaign)
    assert office.study.campaigns() == ()
    unfrozen = office.study.begin(StudyCampaign("", "Chưa chốt"), [], freeze=False)
    with pytest.raises(ListNotFrozen):
        office.study.type_present(study_data.hold(office, unfrozen), "1")
    empty = make_office(tmp_path / "empty", "empty")
    with pytest.raises(NobodyEligible):
        empty.study.begin(StudyCampaign("", "Không ai"), [])
    empty.close()


@pytest.mark.parametrize(
    ("field", "campaign", "targets"),
    [
        ("title", StudyCampaign("", "  "), []),
        ("deadline", StudyCampaign("", "A", starts_on=date(2026, 2, 1), deadline=date(2026, 1, 1)), []),
        ("percent", StudyCampaign("", "A"), [TargetDraft(TargetGroup.MEMBERS, 0)]),
        ("eligible_count", StudyCampaign("", "A"), [TargetDraft(TargetGroup.WOMEN, 5, -1)]),
        ("targets", StudyCampaign("", "A"), [TargetDraft(TargetGroup.WOMEN, 5), TargetDraft(TargetGroup.WOMEN, 6)]),
    ],
)
def test_a_form_that_cannot_be_saved(
    office: Office, field: str, campaign: StudyCampaign, targets: list[TargetDraft]
) -> None:
    with pytest.raises(FieldProblem) as refused:
        office.study.begin(campaign, targets)
    assert refused.value.field == field


def test_changing_a_campaign_keeps_its_list_and_replaces_its_targets(office: Office) -> None:
    campaign = study_data.begin(office)
    before = office.study.view(campaign)
    changed = StudyCampaign(campaign, "Tên khác")
    office.study.change(changed, [TargetDraft(TargetGroup.MEMBERS, 90)])
    after = office.study.view(campaign)
    assert (after.campaign.title, after.members.eligible) == ("Tên khác", 20)
    assert [(g.target.id, g.target.percent) for g in after.groups] == [(before.groups[0].target.id, 90)]
