"""Checks before closing a month, closing it, and what comes after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sochihoi.domain.accounts import Role
from sochihoi.domain.errors import FieldProblem, MonthClosed, NotAllowed, NotFound
from sochihoi.domain.meetings import Mark
from sochihoi.domain.months import (
    CheckLevel,
    ChecksFailed,
    MonthAlreadyClosed,
    MonthNotClosed,
    NoSupplement,
    NotAMonth,
    ReasonsWanted,
    SupplementHasChanges,
    SupplementReason,
    SupplementUnderWay,
    digest,
)
from sochihoi.domain.periods import FuturePeriod, Period
from sochihoi.services.numbering import text as number_text
from sochihoi.services.office import Office
from sochihoi.storage.schema import membership, person, placement
from sochihoi.ui.words.findings import button_words, finding_hint, finding_text
from tests.meetings_data import frozen_one, plan_one
from tests.month_data import (
    OCTOBER,
    SEPTEMBER,
    add_households,
    add_study,
    autumn,
    close_september,
    write_minutes,
)
from tests.offices import make_office
from tests.people_data import add_members

AFTER = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "data", moment=AFTER)
    yield made
    made.close()


def codes(office: Office, level: CheckLevel, period: Period = OCTOBER) -> list[str]:
    return [one.code for one in office.months.checks(period) if one.level is level]


# ---------------------------------------------------------------------- checks


def test_a_branch_without_a_meeting_wants_a_reason(office: Office) -> None:
    autumn(office)
    (one,) = [f for f in office.months.checks(OCTOBER) if f.code == "branches.no_meeting"]
    assert one.level is CheckLevel.WARNING
    assert one.facts == {"count": 1, "names": ["Ấp Trà Cuôn"]}
    assert one.page == "meetings"
    assert one.wants_reason
    office.months.give_reason(OCTOBER, one.code, "Hoãn vì ngập nước, sinh hoạt bù 07/11")
    (one,) = [f for f in office.months.checks(OCTOBER) if f.code == "branches.no_meeting"]
    assert one.reason.startswith("Hoãn")
    assert not one.wants_reason


def test_a_branch_that_met_within_its_rhythm_is_not_missing(office: Office) -> None:
    autumn(office)
    office.setup.save_commune(replace(office.commune, meeting_every_months=3))
    assert "branches.no_meeting" not in codes(office, CheckLevel.WARNING)
    assert "branches.no_meeting" not in codes(office, CheckLevel.WARNING, SEPTEMBER)


def test_an_unfinished_meeting_is_an_error_and_a_planned_one_a_warning(office: Office) -> None:
    branches = autumn(office)
    meeting = frozen_one(office, branches["Ấp Trà Cuôn"], date(2026, 10, 24))
    office.meetings.type_marks(meeting.id, "1-4")
    plan_one(office, branches["Ấp Trà Cuôn"], date(2026, 10, 28))
    (error,) = [f for f in office.months.checks(OCTOBER) if f.level is CheckLevel.ERROR]
    assert (error.check, error.args) == ("meetings.open", {"meeting_id": meeting.id})
    assert (error.facts["branch"], error.facts["count"]) == ("Ấp Trà Cuôn", 6)
    assert "meetings.planned" in codes(office, CheckLevel.WARNING)
    office.meetings.close(meeting.id, Mark.ABSENT)
    assert codes(office, CheckLevel.ERROR) == []


def test_a_month_that_is_not_over_wants_a_reason(tmp_path: Path) -> None:
    office = make_office(tmp_path / "early")
    autumn(office)
    (early,) = [f for f in office.months.checks(OCTOBER) if f.code == "month.early"]
    assert early.facts == {"due": date(2026, 10, 30), "days": 4}
    assert office.months.standing(OCTOBER).days == 4
    with pytest.raises(FuturePeriod):
        office.months.checks(Period.month(2026, 11))
    with pytest.raises(FuturePeriod):
        office.months.close(Period.month(2026, 11), "vì thử")
    office.close()


def test_a_session_in_the_future_with_people_is_an_error(tmp_path: Path) -> None:
    office = make_office(tmp_path / "early")
    autumn(office)
    add_study(office, date(2026, 10, 30), 3)
    add_study(office, date(2026, 10, 5), 0, others=0)
    assert codes(office, CheckLevel.ERROR) == ["sessions.future"]
    assert "sessions.empty" in codes(office, CheckLevel.NOTE)
    office.close()


def test_doubtful_and_unplaced_members_and_what_is_missing_about_others(office: Office) -> None:
    autumn(office)
    first, second, third = add_members(office, count=3)
    with office.write("test") as work:
        work.update(membership, {first: {"review": ["ODD_PHONE"]}})
        work.update(person, {work.get(membership, second)["person_id"]: {"birth": ""}})
        stay = next(r["id"] for r in work.rows(placement.select()) if r["membership_id"] == third)
        work.remove(placement, [stay], date(2026, 10, 1))
    found = {f.code: f for f in office.months.checks(OCTOBER)}
    assert found["members.doubtful"].facts == {"count": 1}
    assert found["members.no_branch"].facts == {"count": 1}
    assert found["members.no_birth"].facts == {"count": 1}
    assert found["members.no_household"].facts == {"count": 53}
    assert found["branches.no_head"].facts["count"] == 5
    assert found["women.missing"].facts["count"] == 5
    assert found["women.missing"].args == {"enter": "org.women_18"}
    assert found["entered.missing"].facts["vi"] == ["Hội phí đã thu (đồng)"]
    assert found["meetings.no_minutes"].facts["count"] == 4
    write_minutes(office)
    assert "meetings.no_minutes" not in codes(office, CheckLevel.NOTE)
    office.figures.enter("org.women_18", OCTOBER, None, 100)
    assert "women.missing" not in codes(office, CheckLevel.NOTE)


def test_what_the_report_would_leave_empty_is_noted(office: Office) -> None:
    autumn(office)
    one = next(f for f in office.months.checks(OCTOBER) if f.code == "report.gaps")
    assert (one.level, one.facts["fields"], one.page, one.args) == (
        CheckLevel.NOTE,
        ["signer_name"],
        "setup",
        {"tab": "unit"},
    )
    bare = replace(office.commune, signer_title="", place="", recipients=())
    office.setup.save_commune(bare)
    one = next(f for f in office.months.checks(OCTOBER) if f.code == "report.gaps")
    assert one.facts["fields"] == ["signer_name", "signer_title", "place", "recipients"]
    assert finding_text(one)
    assert finding_hint(one)
    assert button_words(one)
    full = replace(
        bare, signer_name="Trần Thị Mẫu", signer_title="CHỦ TỊCH", place="Xã Hòa Phú", recipients=("- Lưu: VT.",)
    )
    office.setup.save_commune(full)
    assert "report.gaps" not in codes(office, CheckLevel.NOTE)


def test_a_great_change_wants_a_reason(office: Office) -> None:
    autumn(office, members=12)
    assert not [c for c in codes(office, CheckLevel.WARNING) if c.startswith("jump/")]
    add_members(office, count=40, joined=date(2026, 10, 4))
    assert [c for c in codes(office, CheckLevel.WARNING) if c.startswith("jump/")] == ["jump/org.members"]


def test_a_share_that_leaps_wants_a_reason(office: Office) -> None:
    autumn(office, members=30, idle=())
    assert "jump/org.attendance_pct" not in codes(office, CheckLevel.WARNING)
    for row in office.meetings.of_period(date(2026, 10, 1), date(2026, 10, 31)):
        office.meetings.reopen(row.id)
        office.meetings.type_marks(row.id, "1-30")
        office.meetings.close(row.id, Mark.ABSENT)
    assert "jump/org.attendance_pct" in codes(office, CheckLevel.WARNING)


def test_an_empty_commune_says_so(office: Office) -> None:
    office.setup.add_branches(["Ấp Một"])
    assert "members.none" in codes(office, CheckLevel.WARNING)


def test_every_finding_has_its_words(office: Office) -> None:
    branches = autumn(office)
    frozen_one(office, branches["Ấp Trà Cuôn"], date(2026, 10, 24))
    add_members(office, count=40, joined=date(2026, 10, 4))
    for one in office.months.checks(OCTOBER):
        assert finding_text(one) != one.code
        assert "{" not in finding_text(one) + finding_hint(one)
        assert button_words(one)


# ---------------------------------------------------------------------- closing


def test_closing_freezes_the_figures_and_refuses_changes(office: Office) -> None:
    branches = autumn(office)
    before = office.figures.of(SEPTEMBER)
    closing = office.months.close(SEPTEMBER, "Số liệu đầu kỳ")
    assert (closing.edition, closing.closed_on, closing.report_number) == (1, date(2026, 11, 2), "01/BC-BTV")
    assert closing.closed_by == "Trần Thị Mẫu"
    assert closing.sha256 == digest(closing.figures, closing.year_to_date)
    assert closing.definitions["indicators"] == "month 2026.2"
    assert closing.figures[""]["org.attendance_pct"] == [None, 34, 50]
    after = office.figures.of(SEPTEMBER)
    assert after.closing is not None
    assert {k: (r.now, r.year_to_date) for k, r in after.cells.items()} == {
        k: (r.now, r.year_to_date) for k, r in before.cells.items()
    }
    with pytest.raises(MonthClosed):
        plan_one(office, branches["Ấp An Hòa"], date(2026, 9, 20))
    with pytest.raises(MonthAlreadyClosed):
        office.months.close(SEPTEMBER, "lần nữa")
    with pytest.raises(MonthAlreadyClosed):
        office.months.give_reason(SEPTEMBER, "branches.no_meeting", "x")
    with office.read() as work:
        assert work.months.newest()["2026-09"] == closing


def test_a_later_change_of_a_member_does_not_move_a_frozen_figure(office: Office) -> None:
    autumn(office)
    close_september(office)
    member = office.people.rows("CURRENT")[0].membership_id
    with office.write("test") as work:
        work.update(membership, {member: {"honorary": True}})
    assert office.figures.of(SEPTEMBER).row("org.honorary").now.value == 0
    assert office.figures.of(OCTOBER).row("org.honorary").now.value == 1
    assert office.figures.of(OCTOBER).row("org.honorary").previous.value == 0


def test_errors_and_warnings_stand_against_closing(office: Office) -> None:
    branches = autumn(office)
    meeting = frozen_one(office, branches["Ấp Trà Cuôn"], date(2026, 10, 24))
    with pytest.raises(ChecksFailed) as failed:
        office.months.close(OCTOBER, "cứ chốt")
    assert [f.check for f in failed.value.findings] == ["meetings.open"]
    office.meetings.unfreeze(meeting.id)
    office.meetings.cancel(meeting.id)
    with pytest.raises(ReasonsWanted) as unreasoned:
        office.months.close(OCTOBER)
    assert [f.code for f in unreasoned.value.findings] == ["branches.no_meeting"]
    with pytest.raises(ReasonsWanted):
        office.months.close(OCTOBER, "   ")
    office.months.give_reason(OCTOBER, "branches.no_meeting", "Hoãn vì ngập nước")
    closing = office.months.close(OCTOBER)
    assert closing.reason == "Hoãn vì ngập nước"
    (kept,) = [one for one in closing.checks if one["code"] == "branches.no_meeting"]
    assert kept["reason"] == "Hoãn vì ngập nước"
    assert [f.code for f in office.months.checks(OCTOBER)] == [one["code"] for one in closing.checks]
    assert all(finding_text(f) for f in office.months.checks(OCTOBER))


def test_months_are_closed_in_order(office: Office) -> None:
    autumn(office)
    office.months.close(Period.month(2026, 8), "Trước khi dùng sổ")
    with pytest.raises(ChecksFailed) as failed:
        office.months.close(OCTOBER, "vì thử")
    assert [(f.code, f.facts) for f in failed.value.findings] == [("order.left_out", {"period": "2026-09"})]
    close_september(office)
    assert [one.period for one in office.months.closed()] == ["2026-08", "2026-09"]
    office.months.close(OCTOBER, "vì thử")


def test_only_months_are_closed_and_only_by_those_who_may(office: Office) -> None:
    autumn(office)
    with pytest.raises(NotAMonth):
        office.months.close(Period.parse("2026-Q3"))
    with pytest.raises(NotAMonth):
        office.months.standing(Period.parse("2026"))
    office.account = replace(office.account, role=Role.VIEWER)
    with pytest.raises(NotAllowed):
        office.months.close(SEPTEMBER, "vì thử")


def test_report_numbers_follow_each_other_and_can_be_chosen(office: Office) -> None:
    autumn(office)
    assert office.months.next_number() == 1
    assert office.months.close(SEPTEMBER, "x", number=41).report_number == "41/BC-BTV"
    assert office.months.next_number() == 42
    office.months.close(OCTOBER, "x")
    office.months.renumber(OCTOBER, "50/BC-BTV", date(2026, 10, 31))
    assert office.months.closing(OCTOBER).report_number == "50/BC-BTV"
    assert office.months.closing(OCTOBER).report_date == date(2026, 10, 31)
    with pytest.raises(FieldProblem):
        office.months.renumber(OCTOBER, "x" * 41, None)
    with pytest.raises(MonthNotClosed):
        office.months.renumber(Period.month(2026, 8), "1", None)
    assert number_text("{nonsense}", 7) == "7"


# ---------------------------------------------------------------------- supplements


def test_a_supplement_opens_the_month_and_makes_a_second_edition(office: Office) -> None:
    branches = autumn(office)
    first = office.months.close(SEPTEMBER, "Số liệu đầu kỳ")
    with pytest.raises(SupplementReason):
        office.months.begin_supplement(SEPTEMBER, "  ")
    office.months.begin_supplement(SEPTEMBER, "Sót một buổi sinh hoạt")
    with pytest.raises(SupplementUnderWay):
        office.months.begin_supplement(SEPTEMBER, "lần nữa")
    standing = office.months.standing(SEPTEMBER)
    assert standing.is_open
    assert standing.next_edition == 2
    assert "order.supplement" in codes(office, CheckLevel.WARNING)
    late = frozen_one(office, branches["Ấp An Hòa"], date(2026, 9, 26))
    office.meetings.type_marks(late.id, "1-9")
    office.meetings.close(late.id, Mark.ABSENT)
    with pytest.raises(SupplementHasChanges) as changed:
        office.months.cancel_supplement(SEPTEMBER)
    assert "org.meetings" in changed.value.codes
    second = office.months.close(SEPTEMBER, "Đã bổ sung")
    assert second.edition == 2
    assert second.reason.startswith("Sót một buổi sinh hoạt; ")
    assert second.figures[""]["org.meetings"] == [6, None, None]
    assert office.months.closing(SEPTEMBER, 1) == first  # the old edition stays as it was
    assert office.months.closing(SEPTEMBER) == second
    assert not office.months.standing(SEPTEMBER).is_open
    with pytest.raises(NotFound):
        office.months.closing(SEPTEMBER, 3)


def test_a_supplement_in_which_nothing_changed_can_be_given_up(office: Office) -> None:
    autumn(office)
    with pytest.raises(MonthNotClosed):
        office.months.begin_supplement(SEPTEMBER, "sót")
    with pytest.raises(MonthNotClosed):
        office.months.closing(SEPTEMBER)
    close_september(office)
    with pytest.raises(NoSupplement):
        office.months.cancel_supplement(SEPTEMBER)
    office.months.begin_supplement(SEPTEMBER, "sót")
    office.months.cancel_supplement(SEPTEMBER)
    assert [one.edition for one in office.months.editions(SEPTEMBER)] == [1]
    assert not office.months.standing(SEPTEMBER).is_open


def test_a_closed_household_year_keeps_its_figures(office: Office) -> None:
    autumn(office)
    add_households(office, failed=3)
    closing = office.months.close(OCTOBER, "vì thử")
    assert closing.figures[""]["household.passing_pct"] == [None, 47, 50]
    assert closing.figures[""]["household.failed.K1"] == [3, None, None]
