"""The family campaign: sets of a year, registration, results, plaques."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from campaign_data import YEAR, add_households, all_pass, confirm
from offices import make_office

from sochihoi.domain.campaign import Result, Round, SetAlreadyUsed
from sochihoi.domain.campaign_records import NotConfirmed, SetNotForYear
from sochihoi.domain.errors import FieldProblem, MonthClosed, NotFound
from sochihoi.domain.periods import Period
from sochihoi.services.office import Office
from sochihoi.storage.schema import closing, membership

TODAY = date(2026, 10, 26)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    yield made
    made.close()


def test_the_set_follows_the_year_until_the_commune_chooses(office: Office) -> None:
    campaign = office.campaign
    assert [campaign.set_in_use(year).code for year in (2025, 2026)] == ["5K3S-2014", "5K3S3A-2026"]
    assert [one.code for one in campaign.sets(YEAR).choices] == ["5K3S3A-2026", "5C3S-2022"]
    assert not campaign.sets(YEAR).chosen
    campaign.choose_set(YEAR, "5C3S-2022")
    assert campaign.set_in_use(YEAR).code == "5C3S-2022"
    assert campaign.sets(YEAR).chosen
    assert campaign.set_in_use(2027).code == "5K3S3A-2026"
    with pytest.raises(SetNotForYear):
        campaign.choose_set(YEAR, "5K3S-2014")
    with pytest.raises(NotFound):
        campaign.sets(2010)


def test_after_the_first_assessment_the_set_stays(office: Office) -> None:
    _branch, homes = add_households(office, count=2)
    all_pass(office, homes[:1])
    with pytest.raises(SetAlreadyUsed):
        office.campaign.choose_set(YEAR, "5C3S-2022")
    office.campaign.choose_set(YEAR, "5K3S3A-2026")
    sets = office.campaign.sets(YEAR)
    assert (sets.own.code, sets.chosen, sets.assessed) == ("5K3S3A-2026", True, 1)
    assert office.campaign.years() == (YEAR,)


def test_undoing_the_first_assessment_frees_the_set(office: Office) -> None:
    _branch, homes = add_households(office, count=1)
    all_pass(office, homes)
    office.history.undo()
    assert office.campaign.sets(YEAR).assessed == 0
    office.campaign.choose_set(YEAR, "5C3S-2022")
    assert office.campaign.set_in_use(YEAR).code == "5C3S-2022"


def test_an_undone_choice_does_not_rescore_what_was_assessed_with_it(office: Office) -> None:
    branch, homes = add_households(office, count=2)
    office.campaign.choose_set(YEAR, "5C3S-2022")
    chosen = office.campaign.last_batch
    all_pass(office, homes)
    office.history.undo(chosen)
    assert office.campaign.set_in_use(YEAR).code == "5C3S-2022"
    assert office.campaign.rounds.sheet(branch, YEAR, Round.SELF).complete == 2


def test_a_second_set_stands_beside_and_is_not_counted(office: Office) -> None:
    branch, homes = add_households(office, count=2)
    campaign = office.campaign
    with pytest.raises(SetAlreadyUsed):
        campaign.put_beside(YEAR, "5K3S3A-2026")
    campaign.put_beside(YEAR, "5C3S-2022")
    campaign.drop_beside(YEAR)
    campaign.put_beside(YEAR, "5C3S-2022")
    assert [one.code for one in campaign.sets(YEAR).in_use] == ["5K3S3A-2026", "5C3S-2022"]
    campaign.rounds.mark(homes[0], YEAR, Round.SELF, "C1", Result.FAIL, set_code="5C3S-2022")
    beside = campaign.rounds.sheet(branch, YEAR, Round.SELF, "5C3S-2022")
    assert (beside.begun, len(beside.criteria)) == (True, 8)
    assert not campaign.rounds.sheet(branch, YEAR, Round.SELF).begun
    assert campaign.results(YEAR).total.assessed == 0
    with pytest.raises(SetAlreadyUsed):
        campaign.drop_beside(YEAR)
    with pytest.raises(SetNotForYear):
        campaign.rounds.sheet(branch, YEAR, Round.SELF, "5K3S-2014")


def test_choosing_the_set_beside_makes_it_the_own_one(office: Office) -> None:
    office.campaign.put_beside(YEAR, "5C3S-2022")
    office.campaign.choose_set(YEAR, "5C3S-2022")
    assert [one.code for one in office.campaign.sets(YEAR).in_use] == ["5C3S-2022"]


def test_households_register_one_many_or_a_whole_branch(office: Office) -> None:
    branch, homes = add_households(office, count=4, outside=2)
    campaign = office.campaign
    assert campaign.register(homes[:2], YEAR, date(2026, 2, 3)) == 2
    assert campaign.register(homes[:3], YEAR, date(2026, 2, 9)) == 1
    lines = campaign.households(YEAR, branch)
    assert min(str(line.registered_on) for line in lines if line.registered_on) == "2026-02-03"
    campaign.register_branch(branch, YEAR)
    assert campaign.mobilise_branch(branch, YEAR, date(2026, 1, 20)) == 4
    total = campaign.results(YEAR).total
    assert (total.households, total.mobilised) == (4, 4)
    assert total.registered >= 4
    assert campaign.unregister(homes, YEAR) == total.registered
    assert campaign.unmobilise(homes, YEAR) == 4
    assert campaign.results(YEAR).total.registered == 0
    office.history.undo()
    assert campaign.results(YEAR).total.mobilised == 4


def test_registration_refuses_a_day_to_come_and_a_closed_month(office: Office) -> None:
    _branch, homes = add_households(office, count=2)
    with pytest.raises(FieldProblem):
        office.campaign.register(homes, YEAR, date(2026, 10, 27))
    office.campaign.register(homes[:1], YEAR, date(2026, 9, 2))
    with office.write("test.close") as work:
        row = {"id": office.new_id(), "period": "2026-09", "closed_on": date(2026, 9, 30), "edition": 1}
        work.insert(closing, [row])
    with pytest.raises(MonthClosed):
        office.campaign.register(homes[1:], YEAR, date(2026, 9, 5))
    with pytest.raises(MonthClosed):
        office.campaign.unregister(homes[:1], YEAR)
    office.campaign.mobilise(homes[:1], YEAR)  # the day of September stays, nothing of that month changes


def test_results_count_member_households_by_branch(office: Office) -> None:
    branch, _homes = add_households(office, count=10, outside=1)
    other, _more = add_households(office, "Ấp Đại Ân", count=3)
    members = tuple(line.household_id for line in office.campaign.households(YEAR, branch) if line.member)
    confirm(office, branch, members[:9], {members[0]: "S1", members[1]: "S1", members[2]: "K2"})
    results = office.campaign.results(YEAR)
    here = next(one for one in results.branches if one.branch_id == branch)
    assert (here.households, here.assessed, here.confirmed, here.passed, here.newly) == (10, 9, 9, 6, 6)
    assert (here.share, here.over, here.still_needed) == (Fraction(6, 10), False, 3)
    assert results.most_failed == (("S1", 2), ("K2", 1))
    assert (results.failed["A3"], results.total.households, results.total.share) == (0, 13, Fraction(6, 13))
    assert next(one for one in results.branches if one.branch_id == other).passed == 0


def test_exactly_85_percent_is_not_over(office: Office) -> None:
    branch, homes = add_households(office, count=20)
    confirm(office, branch, homes, dict.fromkeys(homes[:3], "K5"))
    total = office.campaign.results(YEAR).total
    assert (total.share, total.over, total.still_needed) == (Fraction(85, 100), False, 1)


def test_nobody_to_count_has_no_share(office: Office) -> None:
    add_households(office, count=0, outside=2)
    total = office.campaign.results(YEAR).total
    assert (total.households, total.share, total.over, total.still_needed) == (0, None, None, 0)


def test_newly_passing_were_not_confirmed_last_year_by_that_years_set(office: Office) -> None:
    branch, homes = add_households(office, count=3)
    confirm(office, branch, homes, {homes[0]: "K4"}, year=2025, on=date(2025, 11, 20))
    confirm(office, branch, homes, {homes[1]: "A1"})
    before, now = office.campaign.results(2025), office.campaign.results(YEAR)
    assert (before.sets.own.code, before.total.passed, before.total.newly) == ("5K3S-2014", 2, 2)
    assert (now.sets.own.code, now.total.passed, now.total.newly) == ("5K3S3A-2026", 2, 1)
    assert office.campaign.household(homes[0], YEAR).newly
    assert not office.campaign.household(homes[2], YEAR).newly
    assert office.campaign.years() == (2026, 2025)


def test_a_household_counts_while_a_member_lives_there(office: Office) -> None:
    branch, homes = add_households(office, count=2)
    confirm(office, branch, homes)
    with office.write("test.leave") as work:
        first = work.rows(membership.select())[0]["id"]
        work.update(membership, {first: {"left_on": TODAY}})
    total = office.campaign.results(YEAR).total
    assert (total.households, total.passed) == (1, 1)
    assert office.campaign.results(2025).total.households == 2  # counted on the last day of that year


def test_a_plaque_goes_to_a_confirmed_household(office: Office) -> None:
    branch, homes = add_households(office, count=2)
    confirm(office, branch, homes, {homes[1]: "S3"})
    office.campaign.give_plaque(homes[0], YEAR, " 12/2026 ", date(2026, 10, 20))
    line = office.campaign.household(homes[0], YEAR)
    assert (line.plaque_no, line.plaque_on, line.confirmed) == ("12/2026", date(2026, 10, 20), True)
    assert office.campaign.results(YEAR).total.plaques == 1
    with pytest.raises(NotConfirmed):
        office.campaign.give_plaque(homes[1], YEAR, "13")
    office.campaign.take_plaque_back(homes[0], YEAR)
    assert office.campaign.household(homes[0], YEAR).plaque_on is None
    with pytest.raises(NotFound):
        office.campaign.household("nobody", YEAR)


def test_a_year_to_come_has_its_set(tmp_path: Path) -> None:
    office = make_office(tmp_path / "next", moment=datetime(2027, 1, 5, 2, 0, tzinfo=UTC))
    assert office.campaign.day_of(2026) == date(2026, 12, 31)
    assert office.campaign.day_of(2027) == date(2027, 1, 5)
    office.close()


def test_the_monthly_figures_say_the_same(office: Office) -> None:
    """The page and the report count from the same records by the same rules."""
    branch, homes = add_households(office, count=7, outside=1)
    members = tuple(line.household_id for line in office.campaign.households(YEAR, branch) if line.member)
    confirm(office, branch, members[:2], year=2025, on=date(2025, 11, 20))
    office.campaign.register(homes, YEAR, date(2026, 2, 3))
    office.campaign.mobilise(members[:5], YEAR, date(2026, 2, 3))
    confirm(office, branch, members[1:6], {members[3]: "S1", members[4]: "K2"}, on=date(2026, 10, 5))
    office.campaign.give_plaque(members[1], YEAR, "1", date(2026, 10, 20))
    results = office.campaign.results(YEAR)
    total, sheet = results.total, office.figures.of(Period.month(2026, 10))

    def count(code: str) -> int | None:
        return sheet.row(code).now.value

    def share(code: str) -> tuple[int | None, int | None]:
        return sheet.row(code).now.numerator, sheet.row(code).now.denominator

    assert count("household.members") == total.households == 7
    assert count("household.registered") == total.registered == 8
    assert share("household.mobilised_pct") == (total.mobilised, total.households) == (5, 7)
    assert count("household.assessed") == total.assessed == 5
    assert count("household.passing") == total.passed == 3
    assert share("household.passing_pct") == (total.passed, total.households)
    assert share("household.passing_of_assessed_pct") == (total.passed, total.assessed)
    assert count("household.newly_passing") == total.newly == 2
    assert count("household.plaques") == total.plaques == 1
    assert {code: count(f"household.failed.{code}") for code in ("S1", "K2", "A1")} == {
        code: results.failed[code] for code in ("S1", "K2", "A1")
    }
