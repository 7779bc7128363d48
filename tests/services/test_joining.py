"""The book of another commune joins this one: sums, the way back, what is refused."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sochihoi.domain.errors import Cancelled, MonthClosed, NotFound
from sochihoi.domain.joining import JoinedBefore, NotOfCommune, OtherKind, SameBook
from sochihoi.domain.periods import Period
from sochihoi.domain.reorganisation import DayToCome
from sochihoi.domain.units import Level, forward
from sochihoi.services.commune_changes import proposed
from sochihoi.services.demo.plan import PASSWORD as DEMO_PASSWORD
from sochihoi.services.finding import Finding
from sochihoi.services.office import Office
from sochihoi.services.official_units import OfficialCommune
from sochihoi.services.opening import make_commune, open_office
from sochihoi.storage import journal
from sochihoi.storage.errors import BackupUnusable, UndoConflict, WrongPassword
from tests.golden.test_databases import GOLDEN
from tests.joining_data import MOMENT, ON, OTHER, OTHER_PASSWORD, PASSWORD, backup_of, dump, fill, make_other
from tests.month_data import autumn
from tests.offices import around, make_above, make_office
from tests.people_data import details

SEPTEMBER, OCTOBER, NOVEMBER = (Period.month(2026, n) for n in (9, 10, 11))
ADDED = (
    "org.members",
    "org.meetings",
    "household.members",
    "household.passing",
    "study.sessions",
    "study.attendances",
    "study.resolution_persons",
)
SHARES = ("org.attendance_pct", "study.resolution_pct")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This commune's folder, made once."""
    folder = tmp_path_factory.mktemp("filled") / "book"
    made = make_office(folder, moment=MOMENT)
    fill(made, members=10)
    made.close()
    return folder


@pytest.fixture
def office(filled: Path, tmp_path: Path) -> Iterator[Office]:
    shutil.copytree(filled, tmp_path / "mine")
    made = open_office(tmp_path / "mine", PASSWORD, around=around("mine", MOMENT))
    yield made
    made.close()


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The neighbour's backup."""
    place = tmp_path_factory.mktemp("other")
    return backup_of(make_other(place / "book"), place / "other.hpnbak")


@pytest.fixture
def theirs(other: Path, tmp_path: Path) -> Iterator[Office]:
    """The neighbour's book itself, as its backup holds it."""
    from sochihoi.services.restoring import restore

    restore(other, tmp_path / "theirs", OTHER_PASSWORD, None, around("restored", MOMENT))
    made = open_office(tmp_path / "theirs", OTHER_PASSWORD, around=around("theirs", MOMENT))
    yield made
    made.close()


def test_the_sums_are_those_of_both(office: Office, theirs: Office, other: Path) -> None:
    # counted from the records, without what either had closed
    with office.read() as work, theirs.read() as work_there:
        apart = [(office.figures.live(work, p), theirs.figures.live(work_there, p)) for p in (OCTOBER, NOVEMBER)]
    meetings = [len(one.meetings.of_period(date(2026, 1, 1), ON)) for one in (office, theirs)]
    told = office.setup.joining.rehearse(other, OTHER_PASSWORD, ON)
    assert told.whole
    book = office.setup.joining.join(other, OTHER_PASSWORD, ON)
    assert office.store.findings() == ()
    assert len(office.people.rows("CURRENT")) == 95
    assert len(office.households.rows()) == 95
    assert len(office.meetings.of_period(date(2026, 1, 1), ON)) == sum(meetings) == 18
    now = office.figures.of(NOVEMBER)
    for code in ADDED:
        mine, there = (sheet.row(code) for sheet in apart[1])
        assert now.row(code).now.value == (mine.now.value or 0) + (there.now.value or 0), code
        assert now.row(code).previous.value == (mine.previous.value or 0) + (there.previous.value or 0), code
        assert now.row(code).year_to_date.value == mine.year_to_date.value + there.year_to_date.value, code
    for code in SHARES:
        mine, there = (sheet.row(code).previous for sheet in apart[1])
        found = now.row(code).previous
        assert found.numerator == mine.numerator + there.numerator > 0, code
        assert found.denominator == mine.denominator + there.denominator, code
    assert (book.rows["membership"], book.rows["attendance"]) == (45, 81)
    assert book.file.read_bytes() == other.read_bytes()
    with office.read() as work:  # what is left of study whose names are gone comes with it
        assert work.studies.forgotten()["an old campaign"].years == (2020, 2020)


def test_what_was_before_the_day_stays_each_commune_s_own(office: Office, other: Path) -> None:
    before = {period: office.figures.of(period).cells for period in (SEPTEMBER, OCTOBER)}
    book = office.setup.joining.join(other, OTHER_PASSWORD, ON)
    assert {period: office.figures.of(period).cells for period in before} == before
    # also where a closed month is counted anew
    office.months.begin_supplement(SEPTEMBER, "Sửa số liệu")
    assert office.figures.of(SEPTEMBER).row("org.members").now.value == 50
    office.months.close(SEPTEMBER, "Số liệu đầu kỳ")
    kept = office.setup.joining.closed(book.id)
    assert [(one.period, one.edition) for one in kept.values()] == [("2026-09", 1)]
    figures = {one.indicator.code: one.now for one in office.setup.joining.closed_figures(book.id, "2026-09")}
    assert (figures["org.members"].value, figures["org.meetings"].value) == (45, 5)
    with pytest.raises(NotFound):
        office.setup.joining.closed_figures(book.id, "2026-10")
    units = office.setup.units()
    (commune,) = [u for u in units if u.level is Level.COMMUNE and u.name == "xã Hòa Mỹ"]
    assert {u.name for u in forward(units, commune.id, ON)} == {"xã Hòa Phú"}
    assert [u.name for u in forward(units, commune.id, date(2026, 10, 31))] == ["xã Hòa Mỹ"]
    lists = {row.branch for row in office.people.rows(on=date(2026, 10, 31))}
    assert "Ấp An Hòa (Hòa Mỹ)" not in lists
    assert "Ấp An Hòa (Hòa Mỹ)" in {row.branch for row in office.people.rows(on=ON)}


def test_taken_back_nothing_of_it_is_left(office: Office, other: Path) -> None:
    before = dump(office)
    acts = len(office.history.acts())
    office.setup.joining.join(other, OTHER_PASSWORD, ON)
    assert len(office.history.acts()) == acts + 1
    assert office.history.undo().act == "unit.join"
    assert dump(office) == before
    assert office.store.findings() == ()
    office.history.redo()
    assert len(office.people.rows("CURRENT")) == 95
    office.history.undo()
    assert dump(office) == before
    # and it may come in again
    assert office.setup.joining.join(other, OTHER_PASSWORD, ON).rows["membership"] == 45


def test_it_is_not_taken_back_under_what_stands_on_it(office: Office, other: Path) -> None:
    office.setup.joining.join(other, OTHER_PASSWORD, ON)
    batch = office.history.acts()[0].batch
    (branch,) = [b for b in office.setup.branches() if b.name == "Ấp An Hòa (Hòa Mỹ)"]
    office.people.add(details("Lâm Thị Mới"), branch.id)
    with pytest.raises(UndoConflict):
        office.history.undo(batch)
    assert len(office.people.rows("CURRENT")) == 96


def test_a_rehearsal_changes_nothing_and_names_what_it_found(office: Office, other: Path) -> None:
    before = dump(office)
    told = office.setup.joining.rehearse(other, OTHER_PASSWORD, ON)
    assert dump(office) == before
    assert not (office.store.folder.path / "joined").exists()
    assert (told.name, told.code, told.last_closed) == ("xã Hòa Mỹ", "99002", "2026-09")
    assert [sum(one.members for one in side) for side in (told.ours, told.theirs, told.after)] == [50, 45, 95]
    assert [sum(one.meetings for one in side) for side in (told.ours, told.theirs, told.after)] == [9, 9, 18]
    assert ("Ấp An Hòa", "Ấp An Hòa (Hòa Mỹ)") in told.renamed
    assert [title for _name, title in told.offices] == ["CHAIR"]
    assert len(told.alike) == 45  # the same invented women
    assert ("membership", "HP00001", "HP00051") in told.codes


def test_a_code_that_was_taken_is_still_found(office: Office, other: Path) -> None:
    office.setup.joining.join(other, OTHER_PASSWORD, ON)
    found = Finding(office).find("HP00001")
    assert [hit.code for hit in found if hit.kind == "member"] == ["HP00001", "HP00051"]
    assert found[-1].gone == "HP00001"
    codes = [row.code for row in office.people.rows("ALL")]
    assert len(codes) == len(set(codes)) == 95


def test_head_hash_and_its_journal_stay_apart(office: Office, theirs: Office, other: Path) -> None:
    with office.read() as work:
        count, _head = journal.head(work.connection)
    book = office.setup.joining.join(other, OTHER_PASSWORD, ON)
    with office.read() as work:
        assert journal.broken_links(work.connection) == ()
        entries = journal.of_batch(work.connection, office.history.acts()[0].batch)
        assert {entry.act for entry in entries if entry.n > count} == {"unit.join"}
    (named,) = [entry for entry in entries if entry.noun == "joined_book"]
    with theirs.read() as work:
        rows = work.connection.exec_driver_sql("SELECT hex(hash) FROM journal").scalars()
        assert named.after is not None
        assert named.after["head"].upper() in set(rows)
    assert named.after["head"] == book.head


def test_the_commune_that_was_only_named_gives_its_place(other: Path, tmp_path: Path) -> None:
    office = make_office(tmp_path / "mine", moment=MOMENT)
    autumn(office)
    merged = OfficialCommune(code=OTHER.code, name="Hòa Bình", kind="xã", province_code="99", province_name="Tỉnh Mẫu")
    told = replace(proposed(office.commune, ON, merged), joined=("xã Hòa Mỹ", "xã Hòa Lợi"))
    office.setup.change_commune(told)
    assert office.setup.joining.proposed_day() == ON
    # the new commune goes on under the code of the one that joins
    office.setup.joining.join(other, OTHER_PASSWORD, ON)
    names = [u.name for u in office.setup.units() if u.level is Level.COMMUNE]
    office.close()
    assert sorted(names) == ["xã Hòa Bình", "xã Hòa Lợi", "xã Hòa Mỹ", "xã Hòa Phú"]


def test_who_had_joined_the_other_comes_with_it(office: Office, tmp_path: Path) -> None:
    third = make_commune(
        tmp_path / "third",
        replace(OTHER, code="99003", name="Hòa Lợi"),
        above="Hội LHPN tỉnh Mẫu",
        password=OTHER_PASSWORD,
        around=around("third", MOMENT),
    ).office
    fill(third, members=9)
    far = backup_of(third, tmp_path / "third.hpnbak")
    near = make_other(tmp_path / "near")
    near.setup.joining.join(far, OTHER_PASSWORD, date(2026, 10, 5))
    before, own = dump(office), office.figures.of(OCTOBER).cells
    desk = office.setup.joining
    assert desk.rehearse(backup_of(near, tmp_path / "near.hpnbak"), OTHER_PASSWORD, ON).whole
    desk.join(tmp_path / "near.hpnbak", OTHER_PASSWORD, ON)
    assert len(office.people.rows("CURRENT")) == 140
    assert office.figures.of(OCTOBER).cells == own
    assert office.figures.of(NOVEMBER).row("org.meetings").year_to_date.value == 27
    assert sorted((one.name, one.on, list(desk.closed(one.id))) for one in desk.every()) == [
        ("xã Hòa Lợi", ON, ["2026-09"]),
        ("xã Hòa Mỹ", ON, ["2026-09"]),
    ]
    with pytest.raises(JoinedBefore):
        desk.join(far, OTHER_PASSWORD, ON)
    office.history.undo()
    assert dump(office) == before


def test_twice_is_refused(office: Office, other: Path, tmp_path: Path) -> None:
    office.setup.joining.join(other, OTHER_PASSWORD, ON)
    state = dump(office)
    again = shutil.copyfile(other, tmp_path / "again.hpnbak")
    with pytest.raises(JoinedBefore):
        office.setup.joining.join(again, OTHER_PASSWORD, ON)
    assert dump(office) == state


def test_a_wrong_password_and_a_damaged_file_are_refused(office: Office, other: Path, tmp_path: Path) -> None:
    state = dump(office)
    with pytest.raises(WrongPassword):
        office.setup.joining.join(other, PASSWORD, ON)
    raw = bytearray(other.read_bytes())
    raw[len(raw) // 2] ^= 1
    bad = tmp_path / "bad.hpnbak"
    bad.write_bytes(raw)
    with pytest.raises(BackupUnusable):
        office.setup.joining.rehearse(bad, OTHER_PASSWORD, ON)
    with pytest.raises(BackupUnusable):
        office.setup.joining.join(bad, OTHER_PASSWORD, ON)
    assert dump(office) == state
    assert not list((office.store.folder.path).glob("joined/*"))


def test_days_and_closed_months_are_kept(office: Office, other: Path) -> None:
    with pytest.raises(DayToCome):
        office.setup.joining.join(other, OTHER_PASSWORD, date(2026, 12, 1))
    with pytest.raises(MonthClosed):
        office.setup.joining.rehearse(other, OTHER_PASSWORD, date(2026, 9, 15))
    assert not list((office.store.folder.path).glob("joined/*"))


def test_neither_itself_nor_a_level_above_nor_a_demonstration(office: Office, tmp_path: Path) -> None:
    office.backups.make(tmp_path / "mine.hpnbak")
    with pytest.raises(SameBook):
        office.setup.joining.rehearse(tmp_path / "mine.hpnbak", PASSWORD, ON)
    above = make_above(tmp_path / "above")
    with pytest.raises(NotOfCommune):
        office.setup.joining.rehearse(backup_of(above, tmp_path / "above.hpnbak"), PASSWORD, ON)
    invented = make_other(tmp_path / "invented", demo=True)
    with pytest.raises(OtherKind):
        office.setup.joining.rehearse(backup_of(invented, tmp_path / "demo.hpnbak"), OTHER_PASSWORD, ON)


def test_a_book_of_an_earlier_schema_is_brought_up_to_date_on_the_way(tmp_path: Path) -> None:
    """The golden book is a demonstration: so is the one that it joins."""
    from sochihoi.storage import backup
    from sochihoi.storage.folder import DataFolder
    from sochihoi.storage.migrate import revision_of
    from sochihoi.storage.vault import Keyring

    folder = DataFolder(tmp_path / "old")
    folder.path.mkdir()
    for name in ("sochihoi.db", "keyring.json"):
        shutil.copyfile(GOLDEN / "schema-0003" / name, folder.path / name)
    key, _who = Keyring.read(folder.keyring).open(DEMO_PASSWORD)
    backup.make(folder, key, tmp_path / "old.hpnbak", MOMENT)
    assert revision_of(folder.database, key) == "0003"
    mine = make_office(tmp_path / "mine", moment=MOMENT, demo=True)
    try:
        fill(mine, members=10)
        before = dump(mine)
        told = mine.setup.joining.rehearse(tmp_path / "old.hpnbak", DEMO_PASSWORD, ON)
        mine.setup.joining.join(tmp_path / "old.hpnbak", DEMO_PASSWORD, ON)
        members = sum(one.members for one in told.theirs)
        assert members > 20
        assert len(mine.people.rows("CURRENT")) == 50 + members
        assert mine.store.findings() == ()
        mine.history.undo()
        assert dump(mine) == before
    finally:
        mine.close()


def test_it_is_stopped_in_the_middle(office: Office, other: Path) -> None:
    state = dump(office)

    class Impatient:
        def step(self, done: int, total: int) -> None:
            if done >= 60:
                raise Cancelled

    with pytest.raises(Cancelled):
        office.setup.joining.join(other, OTHER_PASSWORD, ON, progress=Impatient())
    assert dump(office) == state
    assert not list((office.store.folder.path).glob("joined/*"))
