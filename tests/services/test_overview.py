"""What is due and what is missing, from real records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from sochihoi.domain.duties import Incident, Request, RequestKind, working_days_after
from sochihoi.domain.meetings import Mark
from sochihoi.domain.periods import FuturePeriod, Period
from sochihoi.domain.proposals import Proposal
from sochihoi.domain.study import StudyCampaign, TargetGroup
from sochihoi.services import trusting
from sochihoi.services.office import Office
from sochihoi.services.overview import send_on
from sochihoi.services.overview_facts import DueKind, MissingKind
from sochihoi.services.study import TargetDraft
from sochihoi.sync.identity import Identity
from sochihoi.ui.overview.presenter import due_line
from tests.campaign_data import add_households, confirm
from tests.meetings_data import add_branch, closed_one, frozen_one, plan_one
from tests.offices import make_above, make_office

OCTOBER = Period.month(2026, 10)
TODAY = date(2026, 10, 26)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "c")
    yield made
    made.close()


def _missing(office: Office) -> dict[MissingKind, int]:
    return {one.kind: one.count for one in office.overview.of(OCTOBER).missing}


def _due(office: Office) -> list[DueKind]:
    return [one.kind for one in office.overview.of(OCTOBER).due]


def test_a_new_book_says_what_comes_first(office: Office, tmp_path: Path) -> None:
    begun = office.overview.beginning()
    assert (begun.branches, begun.members, begun.households) == (0, 0, 0)
    assert not begun.backup_place
    assert not begun.parent_known
    add_branch(office, members=3)
    office.backups.choose_folder(tmp_path)
    begun = office.overview.beginning()
    assert (begun.branches, begun.members, begun.backup_place) == (1, 3, True)


def test_which_branches_have_met(office: Office) -> None:
    closed = add_branch(office, "Ấp Một", 10)
    frozen = add_branch(office, "Ấp Hai", 10)
    planned = add_branch(office, "Ấp Ba", 10)
    add_branch(office, "Ấp Bốn", 10)
    closed_one(office, closed)
    frozen_one(office, frozen)
    plan_one(office, planned)
    glance = office.overview.of(OCTOBER)
    assert (glance.met, glance.due_branches, glance.members) == (2, 4, 40)
    idle = next(one for one in glance.missing if one.kind is MissingKind.MEETINGS)
    assert [name for name, _day in idle.names] == ["Ấp Ba", "Ấp Bốn"]


def test_a_branch_that_meets_every_three_months_is_not_missing_in_between(office: Office) -> None:
    branch = add_branch(office, members=4)
    closed_one(office, branch, date(2026, 8, 5), "1-4")
    assert MissingKind.MEETINGS in _missing(office)
    office.setup.save_commune(replace(office.commune, meeting_every_months=3))
    assert MissingKind.MEETINGS not in _missing(office)


def test_minutes_and_marks_that_are_missing(office: Office) -> None:
    done, open_ = add_branch(office, "Ấp Một", 10), add_branch(office, "Ấp Hai", 12)
    meeting = closed_one(office, done)
    other = frozen_one(office, open_)
    office.meetings.type_marks(other.id, "1-5")
    missing = {one.kind: one for one in office.overview.of(OCTOBER).missing}
    assert missing[MissingKind.MINUTES].meeting_id == meeting.id
    assert (missing[MissingKind.MARKS].count, missing[MissingKind.MARKS].meeting_id) == (7, other.id)
    form = office.meetings.minutes.form(meeting.id)
    written = replace(form, topic="Chuyên đề", minutes=replace(form.minutes, conclusion="Nhất trí."))
    office.meetings.minutes.save(meeting.id, written)
    office.meetings.close(other.id, Mark.ABSENT)
    missing = {one.kind: one for one in office.overview.of(OCTOBER).missing}
    assert MissingKind.MARKS not in missing
    assert missing[MissingKind.MINUTES].meeting_id == other.id


def test_attendance_of_six_months_is_the_figure_of_the_month(office: Office) -> None:
    one, two = add_branch(office, "Ấp Một", 10), add_branch(office, "Ấp Hai", 30)
    closed_one(office, one, date(2026, 9, 5), "1-10")
    closed_one(office, two, date(2026, 9, 6), "1-6")
    closed_one(office, one, date(2026, 10, 5), "1-4")
    frozen_one(office, two, date(2026, 10, 6))
    glance = office.overview.of(OCTOBER)
    months = {period.code: share.ratio for period, share in glance.attendance}
    assert list(months) == [f"2026-{m:02}" for m in range(5, 11)]
    assert months["2026-09"] == Fraction(16, 40)  # the mean of the rates would be 60 %
    assert months["2026-10"] == Fraction(4, 10)
    assert months["2026-05"] is None
    for code, share in months.items():
        assert office.figures.of(Period.parse(code)).row("org.attendance_pct").now.ratio == share
    assert glance.attendance_goal is not None
    assert glance.attendance_goal.value == 80


def test_the_lowest_branches_and_households_not_assessed(office: Office) -> None:
    good, homes = add_households(office, "Ấp Một", 4)
    bad, others = add_households(office, "Ấp Hai", 5)
    add_households(office, "Ấp Ba", 3)
    confirm(office, good, homes)
    code = office.campaign.set_in_use(2026).codes[0]
    confirm(office, bad, others, {others[0]: code, others[1]: code})
    glance = office.overview.of(OCTOBER)
    assert [(s.label, s.numerator, s.denominator) for s in glance.lowest] == [
        ("Ấp Ba", 0, 3),
        ("Ấp Hai", 3, 5),
        ("Ấp Một", 4, 4),
    ]
    assert _missing(office)[MissingKind.HOUSEHOLDS] == 3
    assert glance.passing_goal is not None
    assert not glance.passing_goal.meets(85, 100)


def test_answers_that_were_promised(office: Office) -> None:
    branch = add_branch(office, members=5)
    meeting = closed_one(office, branch, date(2026, 9, 12), "1-5")
    for due in (date(2026, 10, 23), date(2026, 10, 30), date(2026, 12, 1), None):
        office.meetings.proposals.add(meeting.id, Proposal("", "", "Làm đường", due_on=due))
    (answer,) = [one for one in office.overview.of(OCTOBER).due if one.kind is DueKind.ANSWER]
    assert (answer.count, answer.on, answer.held_on) == (2, date(2026, 10, 23), date(2026, 9, 12))
    assert answer.days_left(TODAY) == -3


def test_many_answers_become_one_line(office: Office) -> None:
    for name in ("Ấp Một", "Ấp Hai", "Ấp Ba"):
        meeting = closed_one(office, add_branch(office, name, 5), date(2026, 9, 12), "1-5")
        office.meetings.proposals.add(meeting.id, Proposal("", "", "Làm đường", due_on=date(2026, 10, 1)))
    (answer,) = [one for one in office.overview.of(OCTOBER).due if one.kind is DueKind.ANSWER]
    assert (answer.count, len(answer.branches)) == (3, 3)


def test_the_days_of_the_month(office: Office) -> None:
    add_branch(office, members=3)
    due = {one.kind: one for one in office.overview.of(OCTOBER).due}
    assert due[DueKind.CLOSE].on == date(2026, 10, 30)
    assert due[DueKind.SEND].on == date(2026, 11, 2)
    office.setup.save_commune(replace(office.commune, close_day=31, send_day=31))
    due = {one.kind: one for one in office.overview.of(OCTOBER).due}
    assert due[DueKind.CLOSE].on == date(2026, 10, 31)
    assert due[DueKind.SEND].on == send_on(OCTOBER, 31) == date(2026, 11, 30)


def test_a_closed_month_asks_for_no_closing(office: Office) -> None:
    closed_one(office, add_branch(office, members=3), date(2026, 9, 12), "1-3")
    september = Period.month(2026, 9)
    office.months.close(september, reason="Xong")
    glance = office.overview.of(september)
    assert glance.closed_on == TODAY
    assert [one.kind for one in glance.due] == [DueKind.SEND]
    assert glance.open_checks == 0
    assert DueKind.CLOSE in _due(office)  # October still is


def test_study_that_ends_soon(office: Office) -> None:
    add_branch(office, members=20)
    told = [(date(2026, 11, 10), "Nghị quyết"), (date(2027, 5, 1), "Chuyên đề năm sau")]
    for deadline, title in told:
        campaign = StudyCampaign("", title, starts_on=date(2026, 9, 1), deadline=deadline)
        office.study.begin(campaign, [TargetDraft(TargetGroup.MEMBERS, 95)])
    (study,) = [one for one in office.overview.of(OCTOBER).due if one.kind is DueKind.STUDY]
    assert study.view is not None
    assert study.view.campaign.title == "Nghị quyết"
    assert study.view.member_goal is not None
    assert study.view.member_goal.needed == 19


def test_a_copy_outside_is_asked_for_after_a_week(tmp_path: Path) -> None:
    office = make_office(tmp_path / "c", moment=datetime(2026, 10, 1, 2, tzinfo=UTC))
    add_branch(office, members=3)
    assert DueKind.BACKUP not in _due(office)
    office.store.now = lambda: datetime(2026, 10, 26, 2, tzinfo=UTC)
    assert _due(office)[-1] is DueKind.BACKUP
    office.backups.choose_folder(tmp_path)
    office.backups.automatic()
    assert DueKind.BACKUP not in _due(office)
    office.close()


def test_a_month_to_come_has_nothing(office: Office) -> None:
    with pytest.raises(FuturePeriod):
        office.overview.of(Period.month(2026, 11))


def test_a_level_above_sees_its_units(tmp_path: Path) -> None:
    above = make_above(tmp_path / "a")
    below = above.overview.below(OCTOBER)
    assert (below.sent, below.missing, below.newest, below.keys) == ((), (), None, ())
    keys = Identity.generate(lambda count: b"\7" * count)
    one = keys.public_keys(unit="99001", name="Xã Mẫu", level="COMMUNE", installation=above.new_id())
    trusting.request(above, one.to_bytes(keys))
    assert above.overview.below(OCTOBER).keys == ("Xã Mẫu",)
    above.close()


def test_a_request_and_an_incident_have_their_days(office: Office) -> None:
    """Two working days to say that a request came in, then its own days; 72 hours for an incident."""
    duties = office.privacy.duties
    assert not {DueKind.ACKNOWLEDGE, DueKind.REQUEST, DueKind.INCIDENT} & set(_due(office))
    asked = duties.ask(Request("", RequestKind.ACCESS, office.today, name="Lê Thị Lan"))
    old = duties.ask(Request("", RequestKind.ACCESS, office.today - timedelta(days=9), name="Lê Thị Mai"))
    duties.acknowledge(old, office.today - timedelta(days=8))
    (owed,) = [one for one in office.overview.of(OCTOBER).due if one.kind is DueKind.REQUEST]
    assert (owed.count, owed.on) == (1, office.today + timedelta(days=1))
    assert "trả lời 1 yêu cầu" in due_line(owed, office.today, "").title
    duties.answer(old, office.today, "Đã in cho chị")
    (due,) = [one for one in office.overview.of(OCTOBER).due if one.kind is DueKind.ACKNOWLEDGE]
    assert "báo đã nhận 1 yêu cầu" in due_line(due, office.today, "").title
    assert (due.count, due.on) == (1, working_days_after(office.today, 2))
    duties.acknowledge(asked, office.today)
    assert not {DueKind.ACKNOWLEDGE, DueKind.REQUEST} & set(_due(office))  # ten days are left
    happened = duties.report(Incident("", office.store.now(), "USB bị mất"))
    (due,) = [one for one in office.overview.of(OCTOBER).due if one.kind is DueKind.INCIDENT]
    assert due.on == (office.store.now() + timedelta(hours=72)).astimezone().date()
    (incident,) = duties.incidents()
    duties.save(replace(incident, notified_at=office.store.now()))
    assert happened == incident.id
    assert DueKind.INCIDENT not in _due(office)
