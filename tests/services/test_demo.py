"""The demonstration: made through the services, the same twice, equal on both sides, and nobody's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sochihoi.domain.consent import ConsentState, Purpose
from sochihoi.domain.periods import Period
from sochihoi.services.demo.build import Made, build
from sochihoi.services.demo.plan import CODE, PASSWORD, Places, Plan
from sochihoi.services.figures import as_json
from sochihoi.services.official_units import in_force
from sochihoi.services.opening import open_office
from sochihoi.storage.errors import AlreadyHasData

PLAN = Plan(seed=7, members=60, branches=3, months=4)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    out = tmp_path_factory.mktemp("demo")
    return build(PLAN, Places(out, out / "commune"))


def test_all_months_but_the_newest_two_are_closed_reported_and_sent(made: Made) -> None:
    assert [p.code for p in PLAN.closed_months()] == ["2026-07", "2026-08"]
    assert sorted(made.figures) == ["2026-07", "2026-08"]
    assert [f.suffix for f in made.reports] == [".pdf", ".pdf"]
    assert [f.name for f in made.files] == ["HPN_99001_2026-07_0001.hpn", "HPN_99001_2026-08_0002.hpn"]
    assert all(f.read_bytes().startswith(b"%PDF") for f in made.reports)
    assert all(f.read_bytes().startswith(b"PK") for f in made.files)


def test_never_fewer_than_one_month_is_closed() -> None:
    assert [p.code for p in Plan(months=1).closed_months()] == ["2026-10"]
    assert len(Plan(months=2).closed_months()) == 1


def test_both_sides_have_the_same_figures_to_the_last_unit(made: Made) -> None:
    assert made.differences == ()
    members = next(f for f in made.figures["2026-08"]["figures"] if f["code"] == "org.members")
    assert members["value"] > 50


def test_the_level_above_knows_no_person(made: Made) -> None:
    above = open_office(made.places.above, PASSWORD)
    try:
        assert above.is_receiver
        with above.read() as work:
            assert work.people.highest_code() == 0
    finally:
        above.close()


def test_it_stays_in_the_month_it_was_made_for(made: Made) -> None:
    office = open_office(made.places.commune, PASSWORD)
    try:
        assert office.demo
        assert Period.month_of(office.today) == PLAN.until
        assert as_json(office.figures.of(Period.month(2026, 8))) == made.figures["2026-08"]
        assert office.store.findings() == ()
    finally:
        office.close()


def test_two_branches_study_together_once(made: Made) -> None:
    office = open_office(made.places.commune, PASSWORD)
    try:
        (joint,) = (row for one in office.study.campaigns() for row in one.sessions if len(row.branches) > 1)
        assert len(joint.branches) == 2
        assert joint.members > 0
    finally:
        office.close()


def test_the_same_seed_gives_the_same_figures_and_another_one_others(made: Made, tmp_path: Path) -> None:
    again = build(PLAN, Places(tmp_path / "again", tmp_path / "again" / "commune"))
    assert again.figures == made.figures
    assert [f.read_bytes() for f in again.reports] == [f.read_bytes() for f in made.reports]
    other = build(Plan(8, 60, 3, 3), Places(tmp_path / "other", tmp_path / "other" / "commune"))
    assert other.figures["2026-08"] != made.figures["2026-08"]


def test_it_never_takes_a_folder_that_holds_data(made: Made, tmp_path: Path) -> None:
    with pytest.raises(AlreadyHasData):
        build(PLAN, Places(tmp_path, made.places.commune))


def test_the_commune_is_on_no_official_list() -> None:
    assert CODE not in {c.code for c in in_force(None, date(2026, 11, 22))[0].communes}


YEAR = [
    pytest.param(Plan(seed=7, members=30, branches=3, months=12), id="small"),
    pytest.param(
        Plan(seed=7, members=3400, branches=34, months=12), id="a commune as large as most", marks=pytest.mark.nightly
    ),
]


@pytest.mark.parametrize("plan", YEAR)
def test_a_year_closes_ten_months_that_both_folders_agree_on(plan: Plan, tmp_path: Path) -> None:
    """The full plan of the command line (``demo --members 3400 --branches 34 --months 12 --seed 7``) and its twin."""
    made = build(plan, Places(tmp_path, tmp_path / "commune"))
    closed = [period.code for period in plan.closed_months()]
    assert len(closed) == 10
    assert (len(made.reports), len(made.files), made.branches) == (10, 10, plan.branches)
    assert made.members >= plan.members * 0.9
    assert made.differences == ()
    below, above = (open_office(folder, PASSWORD) for folder in (made.places.commune, made.places.above))
    try:
        for code in closed:  # read again from both folders, not from what the making remembers
            period = Period.parse(code)
            assert not below.months.standing(period).is_open
            here = as_json(below.figures.of(period))
            assert here == made.figures[code]
            there = {one["code"]: one for one in above.receiving.totals.as_json(period)["figures"]}
            for figure in here["figures"]:
                keys = ("value", "numerator", "denominator")
                assert [figure[k] for k in keys] == [there[figure["code"]][k] for k in keys], figure["code"]
        assert below.store.findings() == above.store.findings() == ()
    finally:
        below.close()
        above.close()


def test_most_were_asked_whether_they_agree_and_one_branch_was_not(made: Made) -> None:
    office = open_office(made.places.commune, PASSWORD)
    try:
        rows = office.privacy.consent.rows()
        states = {row.standing.state(Purpose.BASIC) for row in rows}
        assert states == {ConsentState.GIVEN, ConsentState.UNCONFIRMED}
        assert sum(row.standing.state(Purpose.BASIC) is ConsentState.GIVEN for row in rows) > len(rows) / 3
        assert [row.standing.state(Purpose.SENSITIVE) for row in rows].count(ConsentState.WITHDRAWN) == 1
    finally:
        office.close()
