"""Rows of the family campaign in and out, and how quickly the lists of a large commune come."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from campaign_data import YEAR, add_households, all_pass
from offices import make_office

from sochihoi.domain.campaign import Assessment, CampaignYear, HouseholdRegistration, Round
from sochihoi.services.office import Office
from sochihoi.storage.schema import assessment, household

TODAY = date(2026, 10, 26)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    yield made
    made.close()


def test_years_and_their_sets(office: Office) -> None:
    own = CampaignYear(office.new_id(), 2026, "5K3S3A-2026", "1", 0, TODAY)
    beside = CampaignYear(office.new_id(), 2026, "5C3S-2022", "1", 1, TODAY)
    with office.write("test") as work:
        work.campaigns.put_year(beside)
        work.campaigns.put_year(own)
    with office.write("test") as work:
        assert work.campaigns.of_year(2026) == (own, beside)
        assert work.campaigns.of_year(2025) == ()
        assert work.campaigns.years() == (2026,)
        work.campaigns.drop_year(beside.id)
        assert work.campaigns.of_year(2026) == (own,)


def test_a_registration_that_says_nothing_is_none(office: Office) -> None:
    _branch, homes = add_households(office, count=1)
    told = HouseholdRegistration(office.new_id(), homes[0], YEAR, registered_on=TODAY)
    with office.write("test") as work:
        work.campaigns.put_registrations([told])
        assert work.campaigns.registrations(YEAR, homes) == {homes[0]: told}
        work.campaigns.put_registrations([HouseholdRegistration(told.id, homes[0], YEAR)])
        assert work.campaigns.registrations(YEAR, homes) == {}


def test_an_assessment_comes_back_as_it_was(office: Office) -> None:
    _branch, homes = add_households(office, count=1)
    cells = {"K1": {"mark": "FAIL", "note": "Hộ nghèo"}, "K2": {"mark": "PASS", "note": ""}}
    one = Assessment(office.new_id(), homes[0], YEAR, "5K3S3A-2026", "1", Round.BRANCH_REVIEW, TODAY, "Lê", cells)
    with office.write("test") as work:
        work.campaigns.put_assessments([one])
    with office.read() as work:
        assert work.campaigns.assessments(YEAR, "5K3S3A-2026", homes) == {(homes[0], Round.BRANCH_REVIEW): one}
        assert work.campaigns.assessments(YEAR, "5C3S-2022", homes) == {}
        assert work.campaigns.used(YEAR) == {("5K3S3A-2026", "1"): 1}
        assert work.campaigns.latest(YEAR, "5K3S3A-2026") == ()
        assert [dict(r)["results"] for r in work.rows(assessment.select())] == [cells]


def test_a_removed_household_is_in_no_grid_and_no_list(office: Office) -> None:
    branch, homes = add_households(office, count=2)
    with office.write("test") as work:
        work.remove(household, homes[:1], TODAY)
    with office.read() as work:
        lines = work.campaigns.sheet(branch, YEAR, "5K3S3A-2026", Round.SELF, TODAY)
        assert [line.household_id for line in lines] == [homes[1]]
        listed = work.campaigns.household_lines(YEAR, TODAY)
        assert [line.household_id for line in listed] == [homes[1]]


def test_lists_of_a_large_branch_do_not_keep_her_waiting(office: Office) -> None:
    """A ratio, not a time: a grid among 3,000 households takes hardly longer than the same grid alone."""
    branch, homes = add_households(office, count=60)
    all_pass(office, homes)
    alone = _seconds(office, branch)
    add_households(office, "Ấp Đại Ân", count=3000)
    assert _seconds(office, branch) < max(4 * alone, 0.05)


def _seconds(office: Office, branch: str) -> float:
    office.campaign.rounds.sheet(branch, YEAR, Round.SELF)
    start = time.perf_counter()
    for _ in range(3):
        assert len(office.campaign.rounds.sheet(branch, YEAR, Round.SELF).rows) == 60
    return (time.perf_counter() - start) / 3
