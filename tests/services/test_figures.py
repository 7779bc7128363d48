"""Figures of a period, why they are what they are, and those that are entered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sochihoi.domain.errors import FieldProblem, MonthClosed, NotFound
from sochihoi.domain.months import NotAMonth, NotEntered, NothingRecorded
from sochihoi.domain.people import LeaveReason
from sochihoi.domain.periods import FuturePeriod, Period
from sochihoi.services.figures import as_json, plain
from sochihoi.services.office import Office
from sochihoi.storage import facts
from tests.month_data import OCTOBER, SEPTEMBER, add_households, add_study, autumn, close_september
from tests.offices import make_office
from tests.people_data import add_members


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "data")
    yield made
    made.close()


def value(office: Office, code: str, period: Period = OCTOBER, branch: str | None = None) -> object:
    return plain(office.figures.of(period).row(code, branch).now)


def test_figures_of_a_month_beside_the_month_before_and_the_year(office: Office) -> None:
    autumn(office)
    sheet = office.figures.of(OCTOBER)
    met = sheet.row("org.branches_met")
    assert (met.now.numerator, met.now.denominator, met.previous.numerator) == (4, 5, 5)
    assert (met.year_to_date.numerator, met.year_to_date.denominator) == (9, 50)
    mean = sheet.row("org.attendance_pct")
    assert (mean.now.numerator, mean.now.denominator) == (7 + 8 + 9 + 7, 40)
    assert sheet.row("org.members").now.value == 50
    assert sheet.branches[0].name == "Ấp An Hòa"
    assert sum(row.now.value or 0 for _unit, row in sheet.split("org.members")) == 50
    assert sheet.closing is None


def test_a_longer_time_that_goes_on_counts_what_is_due_by_today(office: Office) -> None:
    autumn(office)
    month, year = office.figures.of(OCTOBER), office.figures.of(Period.whole_year(2026))
    assert plain(month.row("org.branches_met").now) == 80.0  # a month asks for all of its turns
    met = year.row("org.branches_met")
    assert (met.now.numerator, met.now.denominator) == (9, 9 * 5 + 4)
    assert (met.previous.denominator, year.row("org.quarters_met").now.denominator) == (12 * 5, 3 * 5 + 4)
    behind = office.figures.list_behind("org.branches_met", Period.whole_year(2026))
    assert len(behind) == 49


def test_the_months_of_a_year_are_counted_from_what_the_year_read(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    autumn(office)
    add_study(office, date(2026, 10, 3), 6)
    add_households(office)
    read: list[object] = []
    load = facts.load
    monkeypatch.setattr(facts, "load", lambda *args, **more: (read.append(args), load(*args, **more))[1])
    alone = [office.figures.of(month).cells for month in (SEPTEMBER, OCTOBER)]
    assert len(read) == 2
    office.figures._sheets.clear()
    office.figures._snapshots.clear()
    office.figures.of(Period.whole_year(2026))
    assert [office.figures.of(month).cells for month in (SEPTEMBER, OCTOBER)] == alone
    assert len(read) == 3
    assert office.figures.knows(OCTOBER)
    add_members(office, count=1)
    assert not office.figures.knows(OCTOBER)


def test_a_session_on_the_calendar_was_not_held_yet(office: Office) -> None:
    autumn(office)
    add_study(office, date(2026, 10, 3), 6)
    add_study(office, date(2026, 10, 30), 0, others=0)
    assert value(office, "study.sessions") == 1


def test_the_sheet_is_counted_again_after_any_change(office: Office) -> None:
    autumn(office)
    sheet = office.figures.of(OCTOBER)
    assert office.figures.of(OCTOBER) is sheet
    add_members(office, count=1)
    assert value(office, "org.members") == 51


def test_the_rhythm_of_meetings_is_the_communes_own(office: Office) -> None:
    autumn(office)
    office.setup.save_commune(replace(office.commune, meeting_every_months=3))
    row = office.figures.of(OCTOBER).row("org.branches_met")
    assert row.now.denominator == 0  # no quarter ends in October
    assert office.figures.of(SEPTEMBER).row("org.branches_met").now.denominator == 5


def test_a_closed_month_before_is_shown_as_it_was_frozen(office: Office) -> None:
    autumn(office)
    close_september(office)
    with office.read() as work:
        assert work.months.ever_closed() == tuple(work.months.newest()) == (SEPTEMBER.code,)
    frozen = office.figures.of(SEPTEMBER)
    assert frozen.closing is not None
    assert office.figures.of(OCTOBER).row("org.members").previous.value == 50
    assert office.figures.of(SEPTEMBER).row("org.members").now.value == 50
    assert {unit.name for unit in frozen.branches} == {unit.name for unit in office.setup.branches()}


def test_a_period_that_has_not_begun_and_one_without_records(office: Office) -> None:
    with pytest.raises(FuturePeriod):
        office.figures.of(Period.month(2026, 11))
    with pytest.raises(NothingRecorded):
        office.figures.default_period()
    with pytest.raises(NothingRecorded):
        office.figures.open_period()


def test_the_default_period_is_the_last_closed_month_else_the_newest_with_records(office: Office) -> None:
    autumn(office)
    assert office.figures.default_period() == OCTOBER
    assert office.figures.open_period() == OCTOBER
    close_september(office)
    assert office.figures.default_period() == SEPTEMBER
    assert office.figures.open_period() == OCTOBER
    office.months.close(OCTOBER, "vì thử")
    with pytest.raises(NothingRecorded):
        office.figures.open_period()  # November has not begun
    office.months.begin_supplement(SEPTEMBER, "sót một buổi")
    assert office.figures.open_period() == SEPTEMBER


def test_a_book_with_an_imported_list_alone_begins_in_the_month_it_was_begun(office: Office) -> None:
    """Its members joined years ago: nobody closes the month in which the last of them did."""
    add_members(office, count=3, joined=date(2015, 3, 8))
    assert office.figures.open_period() == OCTOBER
    assert office.figures.default_period() == OCTOBER
    office.setup.save_commune(replace(office.commune, first_month="2026-09"))
    assert office.figures.open_period() == SEPTEMBER
    office.setup.save_commune(replace(office.commune, first_month="2027-01"))
    assert office.figures.open_period() == OCTOBER  # a month to come has no turn yet


def test_no_clock_has_a_say_in_a_demonstration(tmp_path: Path) -> None:
    office = make_office(tmp_path / "data", moment=datetime(2026, 10, 26, tzinfo=UTC), demo=True)
    autumn(office)
    office.store.now = lambda: datetime(2020, 1, 1, tzinfo=UTC)
    assert value(office, "org.members") == 50
    assert office.figures.default_period() == OCTOBER
    office.close()


def test_longer_periods_are_counted_from_the_records(office: Office) -> None:
    autumn(office)
    assert value(office, "org.meetings", Period.parse("2026-Q3")) == 5
    assert value(office, "org.meetings", Period.parse("2026")) == 9


def test_why_says_definition_numerator_denominator_and_what_is_left_out(office: Office) -> None:
    branches = autumn(office)
    why = office.figures.why("org.attendance_pct", OCTOBER, branches["Ấp An Hòa"])
    assert why.branch_name == "Ấp An Hòa"
    assert (why.figure.numerator, why.figure.denominator) == (7, 10)
    assert "Khách mời" in why.left_out.vi
    assert why.denominator is not None
    assert why.window == OCTOBER.window
    assert why.edition is None
    with pytest.raises(NotFound):
        office.figures.why("org.nothing", OCTOBER)


def test_the_list_behind_a_figure_is_what_was_counted(office: Office) -> None:
    branches = autumn(office)
    add_study(office, date(2026, 10, 3), 6)
    add_households(office, failed=3)
    for code in ("org.members", "org.meetings", "study.sessions", "household.passing", "org.branches"):
        lines = office.figures.list_behind(code, OCTOBER)
        assert sum(line.weight for line in lines) == value(office, code), code
        assert all(line.title for line in lines), code
    due = office.figures.list_behind("org.branches_met", OCTOBER)
    assert [(line.title, line.counted) for line in due][-1] == ("Ấp Trà Cuôn", False)
    assert due[0].period == "2026-10"
    here = office.figures.list_behind("org.attendance_pct", OCTOBER, branches["Ấp An Hòa"])
    assert [(line.weight, line.out_of, line.on) for line in here] == [(7, 10, date(2026, 10, 10))]
    failing = office.figures.list_behind("household.passing_pct", OCTOBER)
    assert [line.counted for line in failing].count(False) == 3


def test_the_list_of_who_left_and_who_came_carries_the_sign(office: Office) -> None:
    (gone,) = add_members(office, count=1)
    add_members(office, count=2, joined=date(2026, 10, 2))
    office.people.leave(gone, LeaveReason.RESIGNED, on=date(2026, 10, 20))
    lines = office.figures.list_behind("org.net", OCTOBER)
    assert sorted(line.weight for line in lines) == [-1, 1, 1]
    assert value(office, "org.net") == 1


def test_women_are_entered_branch_by_branch_and_carried_on(office: Office) -> None:
    branches = autumn(office)
    office.figures.enter("org.women_18", SEPTEMBER, branches["Ấp An Hòa"], 20)
    row = office.figures.of(OCTOBER).row("org.gathering_pct")
    assert (row.now.numerator, row.now.denominator) == (10, 20)
    sheet = office.figures.entering.sheet("org.women_18", OCTOBER)
    assert [(e.name, e.value, e.carried) for e in sheet.entries if e.value] == [("Ấp An Hòa", 20, True)]
    assert len(sheet.missing) == 4
    assert sheet.by_branch
    office.figures.enter("org.women_18", OCTOBER, branches["Ấp An Hòa"], 25)
    office.figures.enter("org.women_18", OCTOBER, branches["Ấp An Hòa"], None)
    assert value(office, "org.women_18") == 20
    listed = office.figures.list_behind("org.gathering_pct", OCTOBER)
    assert {line.noun for line in listed} == {"person", "entry"}


def test_the_commune_may_enter_the_whole_for_itself(office: Office) -> None:
    autumn(office)
    office.figures.enter("org.women_18", OCTOBER, None, 120)
    row = office.figures.of(OCTOBER).row("org.gathering_pct")
    assert (row.now.numerator, row.now.denominator) == (50, 120)
    assert office.figures.entering.sheet("org.women_18", OCTOBER).missing == ()


def test_money_is_added_up_from_january(office: Office) -> None:
    autumn(office)
    office.figures.enter("dues.collected_vnd", SEPTEMBER, None, 3_980_000)
    office.figures.enter("dues.collected_vnd", OCTOBER, None, 4_120_000)
    row = office.figures.of(OCTOBER).row("dues.collected_vnd")
    assert (row.now.value, row.previous.value, row.year_to_date.value) == (4_120_000, 3_980_000, 8_100_000)
    assert office.figures.list_behind("dues.collected_vnd", OCTOBER)[0].weight == 4_120_000


def test_what_cannot_be_entered_is_refused(office: Office) -> None:
    branches = autumn(office)
    with pytest.raises(NotEntered):
        office.figures.enter("org.members", OCTOBER, None, 3)
    with pytest.raises(NotFound):
        office.figures.enter("org.nothing", OCTOBER, None, 3)
    with pytest.raises(NotAMonth):
        office.figures.enter("org.women_18", Period.parse("2026-Q3"), None, 3)
    with pytest.raises(NotFound):
        office.figures.enter("org.women_18", OCTOBER, "no such branch", 3)
    for value_, whole in ((-1, None), (10**16, None)):
        with pytest.raises(FieldProblem):
            office.figures.enter("org.women_18", OCTOBER, None, value_, whole)
    for value_, whole in ((3, None), (3, 0), (5, 4)):
        with pytest.raises(FieldProblem):
            office.figures.enter("dues.paid_pct", OCTOBER, branches["Ấp An Hòa"], value_, whole)
    office.figures.enter("dues.paid_pct", OCTOBER, branches["Ấp An Hòa"], 3, 4)
    assert value(office, "dues.paid_pct") == 75.0
    close_september(office)
    with pytest.raises(MonthClosed):
        office.figures.enter("org.women_18", SEPTEMBER, None, 3)


def test_the_json_has_the_shape_of_the_command(office: Office) -> None:
    autumn(office)
    told = as_json(office.figures.of(OCTOBER))
    assert told["period"] == "2026-10"
    by_code = {one["code"]: one for one in told["figures"]}
    assert by_code["org.attendance_pct"] == {
        "code": "org.attendance_pct",
        "label": "Tỷ lệ dự sinh hoạt bình quân",
        "value": 77.5,
        "numerator": 31,
        "denominator": 40,
        "previous": 68.0,
        "year_to_date": 72.2,
    }
    assert by_code["org.women_18"]["value"] is None  # nobody entered it: not known is not 0
    assert by_code["org.gathering_pct"]["value"] is None
