"""Who came to study long ago is forgotten, and every count of the past stays as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from sochihoi.domain.accounts import Account, Role
from sochihoi.domain.duties import Retention
from sochihoi.domain.errors import NotAllowed
from sochihoi.domain.indicators.parameters import Parameters
from sochihoi.domain.indicators.sources_activity import attendances, studied
from sochihoi.domain.people import LeaveReason, PartialDate, PositionTitle
from sochihoi.domain.periods import Period
from sochihoi.domain.study import Channel, DocumentKind, StudyCampaign, StudySession, TargetGroup
from sochihoi.domain.study_forgetting import NamesForgotten
from sochihoi.services.office import Office
from sochihoi.services.study import TargetDraft
from sochihoi.storage.errors import NothingToUndo, UndoConflict
from sochihoi.storage.facts import _sessions
from sochihoi.storage.schema import journal, study_attendance, study_eligible
from sochihoi.storage.sending_sums import study_sums
from tests.offices import make_office
from tests.people_data import add_branch, add_members, details

YEARS = (2026, 2027, 2028)
GROUPS = (TargetGroup.MEMBERS, TargetGroup.CORE_MEMBERS, TargetGroup.BRANCH_HEADS, TargetGroup.WOMEN)
NOW = datetime(2029, 2, 3, 2, 0, tzinfo=UTC)


def generated(office: Office, dice: Random) -> tuple[list[str], list[str]]:
    """Two branches with women who come, go, move and come back; campaigns of each year, and one over New Year of
    2028. Ids of the campaigns and of the sessions."""
    north = add_branch(office, "Ấp Bắc")[0]
    members = [*add_members(office, "Ấp Bắc", 9), *add_members(office, "Ấp Nam", 8)]
    south = next(unit.id for unit in office.setup.branches() if unit.id != north)
    members.append(office.people.add(details("Lê Thị Mới", joined=PartialDate(2026, 5, 14)), north))
    office.people.transfer(dice.sample(members[:9], 2), south, on=date(2026, 6, 17))
    office.people.appoint(members[10], PositionTitle.BRANCH_HEAD, south, from_on=date(2024, 1, 1))
    office.people.leave(members[12], LeaveReason.RESIGNED, on=date(2026, 9, 9))
    office.people.come_back(office.people.detail(members[12]).person.id, north, on=date(2026, 11, 20))
    office.people.leave(members[3], LeaveReason.DECEASED, on=date(2027, 4, 4))
    campaigns, sessions = [], []
    plan = [(year, [(year, month) for month in sorted(dice.sample(range(1, 13), 3))]) for year in (*YEARS, 2026)]
    plan.append((2027, [(2027, 12), (2028, 1)]))
    for year, months in plan:
        kind = dice.choice([DocumentKind.RESOLUTION, DocumentKind.THEME])
        campaign = StudyCampaign("", f"Đợt {len(campaigns)}", kind, starts_on=date(year, 1, 1))
        targets = [TargetDraft(group, 80, None if group.by_person else 30) for group in GROUPS]
        made = office.study.begin(campaign, targets, freeze=False)
        office.study.freeze(made, date(year, dice.randint(1, 12), 3))
        campaigns.append(made)
        for at, month in months:
            branches = dice.choice([(), (north,), (south,), (north, south)])
            channels = tuple(dice.sample(list(Channel), 2))
            held = StudySession("", made, branches, date(at, month, dice.randint(1, 28)), channels=channels)
            one = office.study.plan_session(held)
            sessions.append(one)
            roster = [row.membership_id for row in office.study.sheet(one).roster]
            office.study.set_present(one, came := dice.sample(roster, dice.randint(2, len(roster))), present=True)
            office.study.set_present(one, came[:1], present=False)
            office.study.set_heads(one, TargetGroup.WOMEN, dice.randint(0, 9))
    return campaigns, sessions


def counts(office: Office, campaigns: list[str], sessions: list[str]) -> dict[str, Any]:
    """Everything that is counted of study in these years."""
    told: dict[str, Any] = {}
    with office.read() as work:
        told["sent"] = {
            key: {**sums, "campaigns": sorted(sums["campaigns"])} for key, sums in sorted(study_sums(work).items())
        }
        last = Period.month(YEARS[-1], 12)
        facts = office.figures.facts(work, last)
        facts = replace(facts, sessions=_sessions(work, date(YEARS[0], 1, 1), last.end))
        for month in [Period.month(year, month) for year in YEARS for month in range(1, 13)]:
            for source in (studied, attendances):
                for asked in ({}, {"study": 1}, {"channel": "PRINT"}):
                    found = source(facts, month.window, Parameters(asked))
                    parts = found.by_branch(branch.id for branch in facts.branches)
                    told[f"{month.code} {source.__name__} {asked}"] = [
                        (one.above, one.below) for one in (found, *parts.values())
                    ]
        told["sheet"] = {
            key: (row.now, row.previous, row.year_to_date)
            for key, row in office.figures.live(work, Period.month(2026, 12)).cells.items()
        }
        for campaign in campaigns:
            for until in (date(2026, 6, 30), date(2026, 12, 31), date(2027, 12, 31), date.max):
                view = office.study.view_in(work, work.studies.get(campaign), until)
                sums = [(row.session.id, row.members, row.others) for row in view.sessions]
                told[f"{campaign} {until}"] = view.groups, view.branches, view.members, view.outsiders, sums
    for session in sessions:
        sheet = office.study.sheet(session)
        told[session] = len(sheet.roster), len(sheet.present), sum(m.attended > 0 for m in sheet.roster), sheet.heads
    return told


@pytest.mark.parametrize("seed", [2])
def test_names_go_and_counts_stay(tmp_path: Path, seed: int) -> None:
    office = make_office(tmp_path / "data")
    office.store.now = lambda: NOW
    campaigns, sessions = generated(office, Random(seed))  # noqa: S311 - the same attendance each time
    before = counts(office, campaigns, sessions)
    members = {row.membership_id for row in office.people.rows("ALL")}
    service = office.privacy.retention
    service.choose(Retention(study_years=1))
    due = service.due()
    # 2027 and 2028 hold together by one campaign, and 2028 is not over for so long
    assert (due.study_sessions, due.study_before) == (6, date(2028, 2, 3))
    assert service.forget_study() == due.study_marks > 0
    after = counts(office, campaigns, sessions)
    assert {k: (v, before[k]) for k, v in after.items() if v != before[k]} == {}
    gone = {one for one in campaigns if office.study.view(one).forgotten == (2026, 2026)}
    assert len(gone) == 2
    with office.read() as work:
        for table in (study_attendance, study_eligible):
            rows = work.rows(select(table))
            old = [
                r for r in rows if r.get("campaign_id") in gone or r.get("session_id") in sessions[:3] + sessions[9:12]
            ]
            assert old
            assert not {row["membership_id"] for row in old} & members
        said = work.rows(select(journal.c.before, journal.c.after).where(journal.c.noun.like("study_%")))
    text = "".join(str(v) for row in said for v in row.values() if any(one in str(v) for one in (*gone, *sessions[:3])))
    assert not any(member in text for member in members)
    assert {row.membership_id for row in office.people.rows("ALL")} == members
    assert {m.full_name for m in office.study.sheet(sessions[0]).roster} == {"Hội viên đã ẩn danh"}
    assert office.store.findings() == ()
    assert (service.due().study_marks, service.forget_study()) == (0, 0)

    with pytest.raises(NothingToUndo):
        office.history.undo(next(act.batch for act in office.history.acts() if act.act == "privacy.forget_study"))
    with pytest.raises(NamesForgotten):
        office.study.set_present(sessions[0], [next(iter(members))], present=True)
    with pytest.raises(NamesForgotten):  # a year in which nobody is named takes no more names
        office.study.plan_session(StudySession("", campaigns[4], (), date(2026, 12, 30)))
    with pytest.raises(NamesForgotten):
        office.study.freeze(campaigns[0])
    with pytest.raises(UndoConflict):
        office.history.undo(first_mark(office, sessions[0]))

    office.store.now = lambda: datetime(2030, 1, 2, 2, 0, tzinfo=UTC)
    assert service.forget_study() > 0  # now the span of two years, as one
    assert {office.study.view(one).forgotten for one in campaigns} == {(2026, 2026), (2027, 2028)}
    after = counts(office, campaigns, sessions)
    assert {k: (v, before[k]) for k, v in after.items() if v != before[k]} == {}
    office.account = Account(office.account.id, "Cán bộ", Role.OFFICER)
    with pytest.raises(NotAllowed):
        service.forget_study()
    office.close()


def first_mark(office: Office, session: str) -> str:
    """The batch in which the first mark of a session was made."""
    with office.read() as work:
        rows = work.rows(select(journal.c.batch, journal.c.after).where(journal.c.act == "study.attendance"))
    return str(rows[0]["batch"])
