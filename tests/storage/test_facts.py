"""The snapshot that figures are counted from, against records written through the services."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sochihoi.domain.errors import NotFound
from sochihoi.domain.facts import Facts
from sochihoi.domain.people import LeaveReason
from sochihoi.services.office import Office
from sochihoi.storage import facts as storage
from sochihoi.storage.behind import names
from sochihoi.storage.schema import assessment, campaign_year, membership, person, position
from tests.month_data import OCTOBER, add_households, add_study, autumn
from tests.offices import make_office
from tests.people_data import add_members


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "data")
    yield made
    made.close()


def load(office: Office) -> Facts:
    with office.read() as work:
        return storage.load(
            work,
            date(2026, 1, 1),
            date(2026, 10, 31),
            commune_id=office.commune.unit_id,
            criteria=office.definitions.criteria_set,
            default_sets={2026: "5K3S3A-2026"},
        )


def test_members_carry_what_figures_ask_of_them(office: Office) -> None:
    first, second = add_members(office, count=2, joined=date(2026, 10, 4))
    with office.write("test") as work:
        who = work.get(membership, first)["person_id"]
        work.update(person, {who: {"ethnicity": "Khmer", "religion": "Phật giáo"}})
        work.update(membership, {first: {"other_organisations": ["TRADE_UNION"]}, second: {"joined": "2026"}})
        other = work.get(membership, second)["person_id"]
        work.update(person, {other: {"ethnicity": "KINH", "religion": "Không"}})
    office.people.leave(second, LeaveReason.RESIGNED, on=date(2026, 10, 20))
    by_id = load(office).member_of
    assert by_id[first].ethnic_minority
    assert by_id[first].religious
    assert by_id[first].excluded_from_growth
    assert by_id[first].joined_on == date(2026, 10, 4)
    assert not by_id[second].ethnic_minority
    assert not by_id[second].religious
    assert by_id[second].joined_on is None  # only the year is known: she is new in no month
    assert by_id[second].left_on == date(2026, 10, 20)
    assert by_id[first].branch_on(date(2026, 10, 31)) == office.setup.branches()[0].id


def test_meetings_count_the_frozen_roster_and_who_was_present(office: Office) -> None:
    branches = autumn(office)
    met = [m for m in load(office).meetings if m.branch == branches["Ấp An Hòa"]]
    assert [(m.held_on.month, m.roster, m.present, m.closed, m.has_topic, m.has_minutes) for m in met] == [
        (9, 10, 6, True, True, False),
        (10, 10, 7, True, True, False),
    ]


def test_sessions_list_who_came_and_count_the_others(office: Office) -> None:
    add_members(office, count=8)
    add_study(office, date(2026, 10, 3), 6, others=9)
    (session,) = load(office).sessions
    assert len(session.attendees) == 6
    assert session.attendances == 15
    assert session.kind.is_resolution_study


def test_rounds_are_judged_with_their_own_set_and_unfinished_ones_left_out(office: Office) -> None:
    add_members(office, count=5)
    add_households(office, failed=2)
    with office.write("test") as work:
        row = work.rows(assessment.select())[0]
        work.update(assessment, {row["id"]: {"done_on": None}})
    facts = load(office)
    assert sorted((a.passed, a.failed) for a in facts.assessments) == [(False, ("K1",)), *[(True, ())] * 3]
    with office.write("test") as work:
        work.update(assessment, {row["id"]: {"done_on": date(2026, 10, 5), "set_version": "unheard of"}})
    with pytest.raises(NotFound):
        load(office)


def test_the_set_chosen_for_a_year_comes_before_the_default_one(office: Office) -> None:
    assert load(office).set_codes == {2026: "5K3S3A-2026"}
    with office.write("test") as work:
        row = {"id": office.new_id(), "year": 2026, "set_code": "5C3S-2022", "set_version": "1", "beside": 0}
        work.insert(campaign_year, [row, {**row, "id": office.new_id(), "set_code": "beside", "beside": 1}])
    assert load(office).set_codes == {2026: "5C3S-2022"}


def test_positions_and_units_come_with_their_days(office: Office) -> None:
    branches = autumn(office)
    member = office.people.rows("CURRENT")[0].membership_id
    with office.write("test") as work:
        told = {"membership_id": member, "unit_id": branches["Ấp An Hòa"], "title": "BRANCH_HEAD"}
        work.insert(position, [{"id": office.new_id(), **told, "from_on": date(2026, 1, 1)}])
    facts = load(office)
    assert [(p.title, p.from_on) for p in facts.positions] == [("BRANCH_HEAD", date(2026, 1, 1))]
    assert len(facts.branches) == 5


def test_deleted_records_are_in_no_figure(office: Office) -> None:
    gone, _stays = add_members(office, count=2)
    with office.write("test") as work:
        work.remove(membership, [gone], date(2026, 10, 1))
    assert len(load(office).members) == 1


def test_names_of_many_records_are_read_at_once(office: Office) -> None:
    members = add_members(office, count=450)
    with office.read() as work:
        few, many = names(work, "membership", members[:3]), names(work, "membership", members)
        assert names(work, "membership", ()) == {}
    assert len(few) == 3
    assert len(many) == 450
    assert few[members[0]].code == "HP00001"
    assert few[members[0]] == many[members[0]]


def test_a_large_commune_loads_in_reasonable_time(office: Office) -> None:
    add_members(office, count=1500)
    began = time.perf_counter()
    load(office)
    assert time.perf_counter() - began < 2  # measured: 0.1 s; 12,000 members with 9,000 households take about 1 s
    assert OCTOBER.code == "2026-10"
