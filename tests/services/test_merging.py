"""Two entries of one woman made one, and the way back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from month_data import SEPTEMBER, add_study, autumn, close_september
from offices import make_office
from people_data import add_branch, details
from sqlalchemy import select
from study_data import begin, hold

from sochihoi.domain.households import Relation
from sochihoi.domain.merging import PLACE, NotMerged, SameEntry, Side
from sochihoi.domain.people import LeaveReason, PartialDate, PositionTitle
from sochihoi.services.households import HouseholdDetails
from sochihoi.services.office import Office
from sochihoi.storage.schema import METADATA, consent
from tests.meetings_data import closed_one


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    yield made
    made.close()


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Five branches with meetings, study, households, positions; September is closed."""
    made = make_office(tmp_path_factory.mktemp("full"))
    branches = autumn(made)
    rows = made.people.rows()
    add_study(made, date(2026, 9, 8), 12)
    add_study(made, date(2026, 10, 8), 15)
    for number, row in enumerate(rows[:8]):
        made.people.appoint(
            row.membership_id, list(PositionTitle)[number % 4], row.branch_id, from_on=date(2026, 10, 1)
        )
    for number, row in enumerate(rows[:6]):
        home = HouseholdDetails(row.branch_id, f"Chủ hộ {number}")
        other = rows[number + 6]
        made.households.add(home, [(row.person_id, Relation.HEAD), (other.person_id, Relation.CHILD)])
    for row in rows[10:13]:
        made.people.leave(row.membership_id, LeaveReason.RESIGNED, on=date(2026, 10, 20))
    made.people.come_back(rows[10].person_id, branches["Ấp Đại Ân"], on=date(2026, 10, 24))
    made.people.add_person(details("Trần Thị Ngoài Hội", joined=None, phone="0987654321"))
    campaign = begin(made)
    session = hold(made, campaign, *branches.values(), held_on=date(2026, 10, 12))
    made.study.set_present(session, [row.membership_id for row in made.people.rows()[:20]], present=True)
    with made.write("test.consent") as work:
        agreed = [{"id": made.new_id(), "person_id": row.person_id, "given_on": date(2026, 10, 1)} for row in rows[:9]]
        work.insert(consent, agreed)
    made.duplicates.distinct(rows[0].person_id, rows[1].person_id)
    made.moves.begin(rows[2].membership_id, "Hội LHPN phường Mẫu Tây")
    close_september(made)
    yield made
    made.close()


def dump(office: Office) -> dict[str, list[str]]:
    """Every row of every table but the journal."""
    with office.read() as work:
        return {
            table.name: sorted(json.dumps(dict(row), default=str, sort_keys=True) for row in work.rows(select(table)))
            for table in METADATA.sorted_tables
            if table.name != "journal"
        }


def everyone(office: Office) -> list[str]:
    """Person ids in one order."""
    return sorted({row.person_id for row in office.people.rows("ALL")} | {p.person_id for p in office.people.others()})


def person(office: Office, membership_id: str) -> str:
    return office.people.detail(membership_id).person.id


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(source=st.randoms(use_true_random=False), chain=st.sampled_from(("", "first", "last")))
def test_merge_then_undo_is_identity_on_the_whole_database(full: Office, source: Random, chain: str) -> None:
    before = dump(full)
    kept, gone, third = source.sample(everyone(full), 3)
    plan = full.merging.plan(kept, gone)
    picks = {
        one.field: source.choice([Side.KEPT, Side.GONE, *([Side.BOTH] if one.both else [])]) for one in plan.choices
    }
    full.merging.merge(kept, gone, picks)
    merged = [gone]
    assert gone not in everyone(full)
    if chain:  # what was kept goes into a third entry; the two merges are taken back in either order
        full.merging.merge(third, kept, {})
        merged = [gone, kept] if chain == "first" else [kept, gone]
    for one in merged:
        full.merging.undo(one)
    assert dump(full) == before


def test_what_moves_is_named_before_and_closed_figures_stand(full: Office) -> None:
    rows = full.people.rows()
    kept, gone = rows[0], next(r for r in rows if r.branch_id == rows[0].branch_id and r.person_id != rows[0].person_id)
    frozen = full.figures.of(SEPTEMBER).rows
    plan = full.merging.plan(kept.person_id, gone.person_id)
    assert (plan.moves.memberships, plan.moves.meetings) == (1, 2)
    assert plan.moves.both == 2
    assert {c.field for c in plan.choices} >= {"full_name", "birth", "phone"}
    before = len(rows)
    full.merging.merge(kept.person_id, gone.person_id, {"full_name": Side.GONE, "phone": Side.BOTH})
    try:
        told = full.people.detail(kept.membership_id)
        assert told.person.full_name == gone.full_name
        assert told.person.phone == f"{kept.phone}; {gone.phone}"
        assert len(full.people.rows()) == before - 1
        assert full.figures.of(SEPTEMBER).rows == frozen
        assert full.people.detail(gone.membership_id).row.code == kept.code, "the gone entry forwards"
        found = full.people.by_code(gone.code)
        assert found is not None
        assert found.code == kept.code
        assert [m.person_id for m in full.merging.merged()] == [gone.person_id]
    finally:
        full.merging.undo(gone.person_id)
    assert full.merging.merged() == ()


def test_what_was_corrected_since_stays_when_the_merge_is_taken_back(office: Office) -> None:
    branch, _cells = add_branch(office)
    one = office.people.add(details("Lý Thị Mỹ", phone="", note="một"), branch)
    two = office.people.add(details("Lý Thị Mĩ", phone="0912345678", note="hai", birth=PartialDate(1971)), branch)
    meeting = closed_one(office, branch, date(2026, 10, 10), "1")
    office.merging.merge(person(office, one), person(office, two), {})
    told = office.people.details(one)
    assert (told.phone, told.note, str(told.birth)) == ("0912345678", "một\nhai", "1971-03-08")
    office.people.edit(one, details("Lý Thị Mỹ Lệ", phone=told.phone, note=told.note))
    assert len(office.meetings.sheet(meeting.id).rows) == 1
    office.history.undo(next(a.batch for a in office.history.acts() if a.act == "person.merge"))
    assert len(office.meetings.sheet(meeting.id).rows) == 2
    assert office.people.details(one).full_name == "Lý Thị Mỹ Lệ"
    assert (office.people.details(one).phone, office.people.details(one).note) == ("", "một")
    assert office.people.details(two).full_name == "Lý Thị Mĩ"
    with pytest.raises(NotMerged):
        office.merging.undo(person(office, two))


def test_the_branch_is_chosen_and_the_past_keeps_her(office: Office) -> None:
    here, _cells = add_branch(office)
    there, _cells = add_branch(office, "Ấp Bưng Cốc")
    new = office.people.add(details("Lý Thị Mỹ", joined=PartialDate(2026, 10, 20)), here)
    old = office.people.add(details("Lý Thị Mỹ", joined=PartialDate(1998)), there)
    plan = office.merging.plan(person(office, new), person(office, old))
    assert [c.field for c in plan.choices if c.field == PLACE] == [PLACE]
    office.merging.merge(person(office, new), person(office, old), {PLACE: Side.KEPT})
    (row,) = office.people.rows(on=date(2026, 1, 1))
    assert (row.branch, row.code, row.membership_id) == ("Ấp An Hòa", "HP00001", old)
    assert len(office.people.rows()) == 1


def test_memberships_of_different_times_stand_in_a_row(office: Office) -> None:
    branch, _cells = add_branch(office)
    first = office.people.add(details("Lý Thị Mỹ", joined=PartialDate(2020)), branch)
    gone = person(office, first)
    office.people.leave(first, LeaveReason.TRANSFER_OUT, on=date(2026, 3, 1))
    again = office.people.add(details("Lý Thị Mỹ", joined=PartialDate(2026, 9, 1)), branch)
    office.merging.merge(person(office, again), gone, {})
    assert office.people.membership_ids(person(office, again)) == (again, first)
    assert {m.code for m in office.people.rows("ALL")} == {"HP00002"}


def test_the_head_of_a_household_is_the_kept_entry_or_a_name(office: Office) -> None:
    branch, _cells = add_branch(office)
    one, two = (person(office, office.people.add(details(), branch)) for _n in range(2))
    home = office.households.add(HouseholdDetails(branch, "x"), [(two, Relation.HEAD)])
    office.merging.merge(one, two, {})
    assert office.households.detail(home).household.head_id == one
    assert [r.person_id for r in office.households.detail(home).residents] == [one]
    office.history.undo()
    elsewhere = office.households.add(HouseholdDetails(branch, "y"), [(one, Relation.HEAD)])
    office.merging.merge(one, two, {"household_id": Side.KEPT})
    told = office.households.detail(home).household
    assert (told.head_id, told.head_name) == (None, "Thạch Thị Kim Hằng")
    assert office.households.detail(elsewhere).household.head_id == one


def test_a_merge_of_merges_forwards_and_her_file_holds_every_entry(office: Office) -> None:
    from sochihoi.storage.person_file import entries_of

    branch, _cells = add_branch(office)
    members = [office.people.add(details(), branch) for _n in range(3)]
    one, two, three = (person(office, member) for member in members)
    office.merging.merge(two, one, {})
    office.merging.merge(three, two, {})
    assert office.people.person(one).id == three
    assert office.people.detail(members[0]).person.id == three
    with office.read() as work:
        assert set(entries_of(work, three)) == {one, two, three}
    assert {m.into.person_id for m in office.merging.merged()} == {three}


def test_an_entry_is_not_merged_with_itself_nor_twice(office: Office) -> None:
    branch, _cells = add_branch(office)
    one, two = (person(office, office.people.add(details(), branch)) for _n in range(2))
    with pytest.raises(SameEntry):
        office.merging.plan(one, one)
    office.merging.merge(one, two, {})
    with pytest.raises(SameEntry):
        office.merging.merge(one, two, {})
