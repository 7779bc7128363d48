"""Trying a copy: restored into a temporary folder as in need, and everything of it told; nothing is left behind."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sochihoi.domain.errors import Cancelled
from sochihoi.services.drilling import STEPS, drill, newest
from sochihoi.services.office import Office
from sochihoi.services.opening import open_office
from sochihoi.storage.errors import BackupUnusable, DatabaseNewer, NoCopy, WrongPassword
from sochihoi.ui.words.copies import drilled_text
from tests import backup_files
from tests.golden.test_databases import GOLDEN
from tests.offices import MOMENT, PASSWORD, around, make_office


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    made = make_office(tmp_path / "c")
    made.setup.add_branches(["Ấp An Hòa"])
    yield made
    made.close()
    assert list((tmp_path / "tmp").iterdir()) == []


class Steps:
    """Writes down, and stops where it is told to."""

    def __init__(self, stop_at: int = 99) -> None:
        self.done: list[int] = []
        self.stop_at = stop_at

    def step(self, done: int, total: int) -> None:
        assert total == STEPS
        if done >= self.stop_at:
            raise Cancelled
        self.done.append(done)


def test_the_newest_copy_is_equal_to_the_book(office: Office) -> None:
    office.backups.automatic()
    assert office.backups.last_drill() is None
    steps = Steps()
    found = office.backups.drill(progress=steps)
    assert found.file == office.backups.kept()[0].path
    assert (found.unit, found.accounts, found.behind, found.older) == ("Hội LHPN xã Hòa Phú", 1, 0, False)
    assert found.journal == found.info.change
    assert found.rows == sum(found.info.rows.values())
    assert steps.done == list(range(STEPS + 1))
    assert office.backups.last_drill() == office.today
    assert len(drilled_text(found)) == 4
    act = office.history.acts()[0]
    assert (act.act, act.undoable) == ("backup.drill", False)


def test_an_older_copy_says_how_much_is_missing(office: Office) -> None:
    office.backups.automatic()
    office.setup.add_branches(["Ấp Hai", "Ấp Ba"])
    assert office.backups.drill().behind == 2


def test_the_second_place_is_tried_before_an_equal_one_here(office: Office, tmp_path: Path) -> None:
    with pytest.raises(NoCopy):
        office.backups.drill()
    stick = tmp_path / "stick"
    stick.mkdir()
    office.backups.choose_folder(stick)
    office.backups.automatic()
    assert office.backups.newest().parent == stick
    office.setup.add_branches(["Ấp Hai"])
    office.store.now = lambda: MOMENT + timedelta(hours=1)
    office.backups.choose_folder(None)
    office.backups.automatic()
    assert newest(office.store.folder.backups, stick).parent == office.store.folder.backups


@pytest.mark.parametrize("at", range(STEPS))
def test_stopped_at_any_step_it_leaves_nothing(office: Office, tmp_path: Path, at: int) -> None:
    office.backups.automatic()
    with pytest.raises(Cancelled):
        office.backups.drill(progress=Steps(at))
    assert list((tmp_path / "tmp").iterdir()) == []
    assert office.backups.last_drill() is None


def test_a_copy_that_does_not_come_back_is_told(office: Office, tmp_path: Path) -> None:
    office.backups.make(tmp_path / "copy.hpnbak")
    for change, problem in ((backup_files.make_newer, DatabaseNewer), (backup_files.break_chain, BackupUnusable)):
        broken = backup_files.changed(tmp_path / "copy.hpnbak", tmp_path / "x.hpnbak", office.store.key, change)
        with pytest.raises(problem):
            office.backups.drill(broken)
    (tmp_path / "x.hpnbak").write_bytes((tmp_path / "copy.hpnbak").read_bytes()[:-900])
    with pytest.raises(BackupUnusable):
        office.backups.drill(tmp_path / "x.hpnbak")
    assert office.backups.last_drill() is None


def test_another_books_copy_needs_its_password(office: Office, tmp_path: Path) -> None:
    other = make_office(tmp_path / "other", "other")
    other.backups.make(tmp_path / "other.hpnbak")
    other.close()
    with pytest.raises(BackupUnusable) as refused:
        office.backups.drill(tmp_path / "other.hpnbak")
    assert refused.value.problem == "key"
    with pytest.raises(WrongPassword):
        drill(tmp_path / "other.hpnbak", office.store.now, password="không phải")
    found = drill(tmp_path / "other.hpnbak", office.store.now, password=PASSWORD)
    assert (found.behind, found.unit) == (None, "Hội LHPN xã Hòa Phú")
    assert len(drilled_text(found)) == 3


def test_a_copy_of_an_earlier_version_is_brought_up_to_date_on_the_way(office: Office, tmp_path: Path) -> None:
    from sochihoi.services.demo.plan import PASSWORD as DEMO
    from sochihoi.storage import backup
    from sochihoi.storage.folder import DataFolder
    from sochihoi.storage.vault import Keyring

    old = tmp_path / "old"
    old.mkdir()
    for name in ("sochihoi.db", "keyring.json"):
        (old / name).write_bytes((GOLDEN / "schema-0001" / name).read_bytes())
    key, _who = Keyring.read(old / "keyring.json").open(DEMO)
    backup.make(DataFolder(old), key, tmp_path / "old.hpnbak", MOMENT)
    found = drill(tmp_path / "old.hpnbak", office.store.now, password=DEMO)
    assert found.older
    assert len(drilled_text(found)) == 4


def test_a_viewer_may_try_and_writes_nothing(office: Office, tmp_path: Path) -> None:
    from sochihoi.domain.accounts import Role

    office.setup.add_account("Người Xem", Role.VIEWER, "bốn từ liền nhau", around("x"))
    office.backups.automatic()
    office.close()
    viewer = open_office(tmp_path / "c", "bốn từ liền nhau", around=around("y"))
    assert viewer.backups.drill().behind == 0
    assert viewer.backups.last_drill() is None
    viewer.close()
