"""Branches go to a new commune: one file with them alone, one act that can be undone, a new book."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from sochihoi.domain.errors import MonthClosed, NotAllowed
from sochihoi.domain.meeting_records import MeetingPlan
from sochihoi.domain.parting import BelongsToBoth, ChangedSince, NotAPart, PartingPlan
from sochihoi.domain.people import LeaveReason, PositionTitle
from sochihoi.domain.periods import Period
from sochihoi.domain.reorganisation import DayToCome, UnitNameEmpty, UnitNameTaken
from sochihoi.domain.units import Level, forward
from sochihoi.services.commune_changes import BadCommuneCode
from sochihoi.services.founding import found_commune, look
from sochihoi.services.office import Office
from sochihoi.services.opening import open_office
from sochihoi.services.restoring import restore
from sochihoi.services.setup import PasswordTooShort
from sochihoi.storage.errors import FileExists, UndoConflict, WrongPassword
from sochihoi.storage.folder import DataFolder
from sochihoi.storage.schema import METADATA, attendance
from tests.joining_data import MOMENT, ON, dump, fill
from tests.offices import PASSWORD, around, make_office
from tests.people_data import details

SEPTEMBER, OCTOBER, NOVEMBER = (Period.month(2026, month) for month in (9, 10, 11))
FILE_PASSWORD, NEW_PASSWORD = "tach-xa-nam-2026", "hoa-tan-moi-2026"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A commune of five branches in November, September closed; copied for each test."""
    made = make_office(tmp_path_factory.mktemp("filled") / "old", moment=MOMENT)
    fill(made, members=10)
    made.close()
    return made.store.folder.path


@pytest.fixture
def office(filled: Path, tmp_path: Path) -> Iterator[Office]:
    made = open_office(shutil.copytree(filled, tmp_path / "old"), PASSWORD, around=around("test again", MOMENT))
    yield made
    made.close()


def plan_of(office: Office, *names: str) -> PartingPlan:
    ids = {one.name: one.id for one in office.setup.branches()}
    return PartingPlan(
        ON, tuple(ids[name] for name in names or ("Ấp An Hòa", "Ấp Bưng Cốc")), "99005", "xã Hòa Tân", "15/NQ"
    )


def part(office: Office, file: Path, plan: PartingPlan | None = None) -> Path:
    office.setup.parting.part(plan or plan_of(office), file, FILE_PASSWORD, around=around("file", MOMENT))
    return file


def begin(file: Path, folder: Path) -> Office:
    return found_commune(
        folder, file, FILE_PASSWORD, password=NEW_PASSWORD, officer="Lê Thị Tân", around=around("new", MOMENT)
    ).office


def test_both_books_together_are_the_one_that_was(office: Office, tmp_path: Path) -> None:
    before = dump(office)
    whole = {period: office.figures.of(period) for period in (SEPTEMBER, OCTOBER, NOVEMBER)}
    gone_codes = {row.code for row in office.people.rows() if row.branch in ("Ấp An Hòa", "Ấp Bưng Cốc")}
    told = office.setup.parting.rehearse(plan_of(office))
    assert (told.whole, [sum(one.members for one in side) for side in (told.before, told.stay, told.go)]) == (
        True,
        [50, 30, 20],
    )
    assert [title for _name, title in told.offices] == ["CHAIR"]
    assert dump(office) == before
    new = begin(part(office, tmp_path / "f.hpnpart"), tmp_path / "new")
    try:
        # the day before: the old commune's, as it was; nothing of it is the new one's
        for period in (SEPTEMBER, OCTOBER):
            assert {k: r.now for k, r in office.figures.of(period).cells.items()} == {
                k: r.now for k, r in whole[period].cells.items()
            }
        assert new.figures.of(OCTOBER).row("org.members").now.value == 0
        assert new.figures.of(NOVEMBER).row("org.meetings").year_to_date.value == 0
        # from the day: each person, membership, household and attendance in one of the two
        for one in whole[NOVEMBER].definitions.indicators:
            was, here, there = (
                s.row(one.code) for s in (whole[NOVEMBER], office.figures.of(NOVEMBER), new.figures.of(NOVEMBER))
            )
            for side in ("value", "numerator", "denominator"):
                parts = [getattr(row.now, side) for row in (here, there)]
                assert getattr(was.now, side) == (sum(parts) if None not in parts else parts[0]), one.code
            assert here.previous == was.previous, one.code
        assert office.figures.of(NOVEMBER).row("org.left").now.value == 0
        assert office.figures.of(NOVEMBER).row("org.net_counted").now.value == 0
        assert len(office.households.rows()) + len(new.households.rows()) == 50
        # in the old book they left with their branch, and what stood for it leads to the new commune
        left = [row for row in office.people.rows("LEFT") if row.left_reason is LeaveReason.WITH_BRANCH]
        assert {row.code for row in left} == gone_codes == {row.code for row in new.people.rows("CURRENT")}
        units = office.setup.units()
        branch = next(u for u in units if u.name == "Ấp An Hòa")
        assert [u.code for u in forward(units, branch.id, ON)] == ["99005"]
        # the new book: its own keys and months, the old name before the day
        assert (new.commune.code, new.commune.name, new.commune.first_month) == ("99005", "xã Hòa Tân", "2026-11")
        with office.read() as a, new.read() as b:
            assert a.sync.installation().identity != b.sync.installation().identity
            assert b.months.closed() == {}
        then = {row.branch for row in new.people.rows(on=date(2026, 10, 31))}
        assert then == {"Ấp An Hòa", "Ấp Bưng Cốc"}
        assert len(new.meetings.of_period(date(2026, 1, 1), ON)) == 4
        heads = [row for row in new.people.rows() if row.branch == "Ấp An Hòa"]
        assert new.people.by_code(heads[0].code) is not None
        new.people.add(details("Lâm Thị Mới"), heads[0].branch_id)
        assert new.store.findings() == office.store.findings() == ()
    finally:
        new.close()
    assert office.history.undo().act == "unit.part"
    assert dump(office) == before


@settings(
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    max_examples=3,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # every example leaves it as it was: that is proven
)
@given(st.sets(st.integers(0, 4), min_size=1, max_size=4), st.dates(date(2026, 10, 11), date(2026, 11, 20)))
def test_any_branches_on_any_day(
    office: Office, tmp_path_factory: pytest.TempPathFactory, at: set[int], on: date
) -> None:
    tmp_path = tmp_path_factory.mktemp("any")
    branches = office.setup.branches()
    before, month = dump(office), Period.month(on.year, on.month)
    was = office.figures.of(month).row("org.members").now.value
    rosters = _lines(office, on)
    plan = replace(plan_of(office), on=on, branches=tuple(branches[n].id for n in sorted(at)))
    new = begin(part(office, tmp_path / "f.hpnpart", plan), tmp_path / "new")
    try:
        parts = [one.figures.of(month).row("org.members").now.value for one in (office, new)]
        assert (sum(parts), parts[1]) == (was, 10 * len(at))
        # what was held before the day is whole in the old book; the new one has the lines of those who went
        assert _lines(office, on) == rosters
        assert _lines(new, on) <= rosters
        assert {row.person_id for row in office.people.rows()}.isdisjoint(row.person_id for row in new.people.rows())
    finally:
        new.close()
    office.history.undo()
    assert dump(office) == before


def _lines(office: Office, until: date) -> set[str]:
    """The lines of every roster of a meeting before a day."""
    held = {row.id for row in office.meetings.of_period(date(2026, 1, 1), until)}
    with office.read() as work:
        return {row["id"] for row in work.rows(select(attendance)) if row["meeting_id"] in held}


def test_nobody_who_stays_is_in_the_file(office: Office, tmp_path: Path) -> None:
    plan = plan_of(office)
    rows = office.people.rows()
    stays = [row for row in rows if row.branch_id not in plan.branches]
    goes = [row for row in rows if row.branch_id in plan.branches]
    # a woman of a branch that goes once lived in one that stays, and the other way round
    office.people.transfer([goes[0].membership_id], stays[0].branch_id, on=date(2026, 10, 12))
    office.people.transfer([stays[1].membership_id], goes[1].branch_id, on=date(2026, 10, 12))
    for row, home in ((goes[0], stays[0].branch_id), (stays[1], goes[1].branch_id)):
        with office.read() as work:
            one = work.households.get(work.people.person(row.person_id).household_id or "")
        with office.write("test.home") as work:
            work.households.save(replace(one, branch_id=home))
    staying = [*stays[2:], stays[0], goes[0]]
    going = {row.membership_id for row in (*goes[1:], stays[1])}
    new = begin(part(office, tmp_path / "f.hpnpart", plan), tmp_path / "new")
    try:
        found = {row.membership_id for row in new.people.rows("ALL")}
        assert found == going
        with new.read() as work:
            text = "\n".join(
                str(tuple(row)) for table in METADATA.tables.values() for row in work.connection.execute(table.select())
            )
    finally:
        new.close()
    with office.read() as work:
        homes = {work.people.person(row.person_id).household_id for row in staying}
    for name in {one for row in staying for one in (row.person_id, row.membership_id, row.code)} | homes:
        assert (name or "-") not in text
    names = {row.full_name for row in staying} - {row.full_name for row in (*goes[1:], stays[1])}
    assert len(names) > 5
    assert not [one for one in names if one in text]
    # nor on any page of the file itself, opened with its own password
    from sochihoi.storage import backup, inspection

    where = tmp_path / "opened"
    where.mkdir()
    _info, key, _who = backup.open_backup(tmp_path / "f.hpnpart", FILE_PASSWORD, where)
    with inspection.reading(DataFolder(where).database, key) as work:
        inside = "\n".join(
            str(tuple(row)) for table in METADATA.tables.values() for row in work.connection.execute(table.select())
        )
    assert not [row for row in staying if row.person_id in inside or row.membership_id in inside]
    assert not [one for one in names if one in inside]


def test_who_is_on_both_sides_stops_it(office: Office, tmp_path: Path) -> None:
    plan = plan_of(office)
    rows = office.people.rows()
    one = next(row for row in rows if row.branch_id in plan.branches)
    other = next(row for row in rows if row.branch_id not in plan.branches)
    with office.write("test.home") as work:
        people = work.people.people([one.person_id, other.person_id])
        moved = replace(people[other.person_id], household_id=people[one.person_id].household_id)
        work.people.save(people=[moved])
    before = dump(office)
    told = office.setup.parting.rehearse(plan)
    assert not told.whole
    assert [who.noun for who in told.both] == ["household"]
    with pytest.raises(BelongsToBoth):
        part(office, tmp_path / "f.hpnpart")
    assert dump(office) == before
    assert not (tmp_path / "f.hpnpart").exists()


def test_what_is_refused_leaves_no_file(office: Office, tmp_path: Path) -> None:
    plan, desk, file = plan_of(office), office.setup.parting, tmp_path / "f.hpnpart"
    before = dump(office)
    for wrong, problem in (
        (replace(plan, on=date(2026, 12, 1)), DayToCome),
        (replace(plan, on=date(2026, 9, 15)), MonthClosed),
        (replace(plan, on=date(2026, 10, 5)), ChangedSince),  # they met on the tenth
        (replace(plan, code="9905"), BadCommuneCode),
        (replace(plan, code="99001"), UnitNameTaken),
        (replace(plan, name="xã Hoà Phú"), UnitNameTaken),
        (replace(plan, name=" "), UnitNameEmpty),
    ):
        with pytest.raises(problem):
            desk.rehearse(wrong)
    with pytest.raises(PasswordTooShort):
        desk.part(plan, file, "ngan")
    assert not file.exists()
    file.write_bytes(b"")
    with pytest.raises(FileExists):
        part(office, file)
    assert dump(office) == before


def test_undone_unless_something_stands_on_it(office: Office, tmp_path: Path) -> None:
    before = dump(office)
    plan = plan_of(office)
    office.meetings.plan([plan.branches[0]], MeetingPlan(date(2026, 11, 25)))
    planned = dump(office)
    assert planned != before
    file = part(office, tmp_path / "f.hpnpart", plan)
    batch = office.history.acts()[0].batch
    office.history.undo(batch)
    assert dump(office) == planned
    again = part(office, tmp_path / "g.hpnpart", plan)
    batch = office.history.acts()[0].batch
    person = next(row for row in office.people.rows("LEFT") if row.left_reason is LeaveReason.WITH_BRANCH).person_id
    office.people.come_back(person, office.setup.branches()[0].id)
    office.people.appoint(
        office.people.rows()[0].membership_id, PositionTitle.BRANCH_HEAD, plan.branches[0], from_on=ON
    )
    office.setup.rename_unit(plan.branches[0], "Ấp An Hòa cũ")
    with pytest.raises(UndoConflict):
        office.history.undo(batch)
    # a planned meeting goes on in the new book
    new = begin(again, tmp_path / "new")
    assert [row.branch for row in new.meetings.of_period(ON, date(2026, 12, 31))] == ["Ấp An Hòa"]
    assert [u.level for u in new.setup.units()].count(Level.COMMUNE) == 2
    new.close()
    assert file.exists()


def test_the_file_is_no_copy_of_a_book(office: Office, tmp_path: Path) -> None:
    file = part(office, tmp_path / "f.hpnpart")
    told = look(file, FILE_PASSWORD, around("look", MOMENT))
    assert (told.name, told.from_name, told.members, told.branches) == (
        "xã Hòa Tân",
        "xã Hòa Phú",
        20,
        ("Ấp An Hòa", "Ấp Bưng Cốc"),
    )
    with pytest.raises(WrongPassword):
        look(file, NEW_PASSWORD)
    with pytest.raises(NotAllowed):
        restore(file, tmp_path / "there", FILE_PASSWORD, None, around("restore", MOMENT))
    other = make_office(tmp_path / "other", "other", MOMENT)
    with pytest.raises(NotAllowed):
        other.setup.joining.rehearse(file, FILE_PASSWORD, ON)
    other.close()
    office.backups.make(tmp_path / "copy.hpnbak")
    with pytest.raises(NotAPart):
        look(tmp_path / "copy.hpnbak", PASSWORD, around("look", MOMENT))
