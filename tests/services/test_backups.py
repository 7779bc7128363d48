"""Copies that make themselves, and the way back with its new epoch."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sochihoi.services import copying
from sochihoi.services.copying import Kept, kept_in
from sochihoi.services.office import Office
from sochihoi.services.opening import open_office
from sochihoi.services.restoring import restore
from sochihoi.storage.errors import BackupUnusable, FolderInUse, WrongPassword
from tests.offices import MOMENT, PASSWORD, around, make_office


def _epoch(office: Office) -> tuple[str, int]:
    with office.read() as work:
        now = work.sync.installation()
    return now.epoch, now.epoch_no


def test_a_copy_is_made_when_something_changed_and_only_then(tmp_path: Path) -> None:
    office = make_office(tmp_path / "c")
    first = office.backups.automatic()
    assert [file.parent.name for file in first] == ["backups"]
    assert office.backups.automatic() == ()
    office.setup.add_branches(["Ấp An Hòa"])
    office.store.now = lambda: MOMENT + timedelta(hours=1)
    assert len(office.backups.automatic()) == 1
    newest, older = office.backups.kept()
    assert newest.change > older.change
    assert newest.made_at == MOMENT.replace(second=0) + timedelta(hours=1)
    assert office.backups.look(newest.path, PASSWORD).info.rows["unit"] == 2
    assert not list((tmp_path / "c" / "backups").glob("making*"))
    office.close()
    assert office.backups.automatic() == ()


def test_a_demonstration_makes_none(tmp_path: Path) -> None:
    office = make_office(tmp_path / "c", demo=True)
    assert office.backups.automatic() == ()
    office.close()


def test_a_second_place_gets_its_own_copy(tmp_path: Path) -> None:
    office = make_office(tmp_path / "c")
    stick = tmp_path / "stick"
    stick.mkdir()
    assert office.backups.folder is None
    assert office.backups.last_outside() is None
    office.backups.choose_folder(stick)
    assert len(office.backups.automatic()) == 2
    assert office.backups.last_outside() == date(2026, 10, 26)
    assert kept_in(stick)[0].change == office.backups.kept()[0].change
    office.close()


def test_a_stick_that_is_away_or_full_stops_nobody(tmp_path: Path) -> None:
    office = make_office(tmp_path / "c")
    office.backups.choose_folder(tmp_path / "away")
    assert len(office.backups.automatic()) == 1
    assert not (tmp_path / "away").exists()
    file = tmp_path / "file"
    file.write_text("no folder")
    office.backups.choose_folder(file)
    assert len(office.backups.automatic()) == 1
    office.backups.choose_folder(None)
    assert office.backups.folder is None
    office.close()


def _copies(hours: int) -> list[Kept]:
    start = datetime(2026, 10, 26, 5, tzinfo=UTC)
    return [Kept(Path(str(n)), start - timedelta(hours=n), 1000 - n) for n in range(hours)]


def test_thinning_out_touches_nothing_else(tmp_path: Path) -> None:
    for one in _copies(100):
        (tmp_path / f"{one.made_at:%Y%m%d-%H%M}-{one.change}-0123abcd.hpnbak").touch()
    others = ["mine.hpnbak", "20261026-0500-1-0123abcd.hpnbak.txt", "20269926-0500-1-0123abcd.hpnbak"]
    for name in others:
        (tmp_path / name).touch()
    assert copying.thin_out(tmp_path) == 100 - len(kept_in(tmp_path))
    assert len(kept_in(tmp_path)) < 40
    assert all((tmp_path / name).exists() for name in others)
    assert kept_in(tmp_path / "nothing") == ()


def test_restoring_sets_aside_and_begins_a_new_epoch(tmp_path: Path) -> None:
    office = make_office(tmp_path / "c")
    office.setup.add_branches(["Ấp An Hòa"])
    epoch, number = _epoch(office)
    file = tmp_path / "copy.hpnbak"
    office.backups.make(file)
    office.setup.add_branches(["Ấp Sau Này"])
    done = office.backups.restore_here(file, PASSWORD, None, around("later"))
    assert done.aside is not None
    assert (done.aside / "sochihoi.db").exists()
    back = open_office(tmp_path / "c", PASSWORD, around=around("later"))
    assert [u.name for u in back.setup.branches()] == ["Ấp An Hòa"]
    assert _epoch(back)[0] != epoch
    assert _epoch(back)[1] == number + 1
    assert back.history.acts()[0].act == "commune.restore"
    assert back.store.findings() == ()
    back.close()


def test_a_refused_backup_changes_nothing(tmp_path: Path) -> None:
    office = make_office(tmp_path / "c")
    file = tmp_path / "copy.hpnbak"
    office.backups.make(file)
    with pytest.raises(FolderInUse):
        restore(file, tmp_path / "c", PASSWORD, None, around())
    office.close()
    was = (tmp_path / "c" / "sochihoi.db").read_bytes()
    with pytest.raises(WrongPassword):
        restore(file, tmp_path / "c", "not the password", None, around())
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(BackupUnusable):
        restore(file, tmp_path / "c", PASSWORD, None, around())
    assert (tmp_path / "c" / "sochihoi.db").read_bytes() == was
    assert not list((tmp_path / "c").glob("set-aside-*"))
    assert not list((tmp_path / "c").glob("restore-*"))


def test_into_an_empty_folder(tmp_path: Path) -> None:
    office = make_office(tmp_path / "c")
    file = tmp_path / "copy.hpnbak"
    office.backups.make(file)
    office.close()
    assert restore(file, tmp_path / "new", PASSWORD, None, around("x")).aside is None
    open_office(tmp_path / "new", PASSWORD, around=around("y")).close()
