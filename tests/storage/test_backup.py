"""A backup is whole or refused: damage anywhere in the file is found before anything is touched."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from sochihoi.storage import backup
from sochihoi.storage.errors import BackupUnusable, CannotRead, CannotWrite, FileExists, WrongPassword
from sochihoi.storage.folder import DataFolder
from tests.offices import PASSWORD, make_office


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    office = make_office(tmp_path / "commune")
    office.setup.add_branches(["Ấp An Hòa", "Ấp Trà Cuôn"])
    file = tmp_path / "copy.hpnbak"
    office.backups.make(file)
    office.close()
    return file


def _look(file: Path, tmp_path: Path, password: str = PASSWORD) -> backup.BackupInfo:
    place = tmp_path / "look"
    place.mkdir(exist_ok=True)
    return backup.open_backup(file, password, place)[0]


def test_it_says_what_it_holds(copy: Path, tmp_path: Path) -> None:
    info = _look(copy, tmp_path)
    assert info.made_at == "2026-10-26T02:42:00Z"
    assert info.rows["unit"] == 3
    assert info.rows["account"] == 1


def test_nothing_lies_beside_it_and_no_name_stands_in_it(copy: Path, tmp_path: Path) -> None:
    assert not list(tmp_path.rglob("*.part"))
    assert "Trà Cuôn".encode() not in copy.read_bytes()


def test_damage_at_many_places_is_refused(copy: Path, tmp_path: Path) -> None:
    """Every 997th byte of the whole file; what zip itself does not look at may stay without meaning."""
    content = copy.read_bytes()
    refused = 0
    places = range(0, len(content), 997)
    for at in places:
        broken = bytearray(content)
        broken[at] ^= 0x41
        file = tmp_path / "broken.hpnbak"
        file.write_bytes(bytes(broken))
        try:
            assert _look(file, tmp_path).rows["unit"] == 3  # a byte of the container's own padding
        except (BackupUnusable, WrongPassword):
            refused += 1
    assert refused >= len(places) - 1


@pytest.mark.parametrize("part", [0.0, 0.01, 0.5, 0.9, 0.999])
def test_a_cut_file_is_refused(copy: Path, tmp_path: Path, part: float) -> None:
    content = copy.read_bytes()
    file = tmp_path / "cut.hpnbak"
    file.write_bytes(content[: int(len(content) * part)])
    with pytest.raises(BackupUnusable):
        _look(file, tmp_path)


def _repacked(copy: Path, out: Path, *, kind: int = zipfile.ZIP_STORED, **changed: bytes) -> Path:
    with zipfile.ZipFile(copy) as old:
        members = {entry.filename: old.read(entry) for entry in old.infolist()}
    members |= {name.replace("_", "."): content for name, content in changed.items()}
    made = BytesIO()
    with zipfile.ZipFile(made, "w", kind) as new:
        for name, content in members.items():
            new.writestr(name, content)
    out.write_bytes(made.getvalue())
    return out


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"info_json": b"{}"}, "container"),
        ({"info_json": b"[1]"}, "container"),
        ({"keyring_json": b"{}"}, "keyring"),
        ({"sochihoi_db": b"SQLite format 3\x00"}, "digest"),
        ({"more_txt": b"x"}, "members"),
    ],
)
def test_a_repacked_file_is_refused(copy: Path, tmp_path: Path, changed: dict[str, bytes], problem: str) -> None:
    file = _repacked(copy, tmp_path / "repacked.hpnbak", **changed)
    with pytest.raises(BackupUnusable) as refused:
        _look(file, tmp_path)
    assert refused.value.problem == problem


def test_a_compressed_container_is_refused(copy: Path, tmp_path: Path) -> None:
    """Nothing of ours is compressed, so nothing can blow up."""
    with pytest.raises(BackupUnusable):
        _look(_repacked(copy, tmp_path / "deflated.hpnbak", kind=zipfile.ZIP_DEFLATED), tmp_path)


def test_the_password_of_the_time_is_needed(copy: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongPassword):
        _look(copy, tmp_path, "another password")


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    for file in (tmp_path / "nothing.hpnbak", tmp_path):
        with pytest.raises(CannotRead):
            _look(file, tmp_path)


def test_an_existing_file_is_not_overwritten_unless_asked(copy: Path, tmp_path: Path) -> None:
    office = make_office(tmp_path / "other")
    before = copy.read_bytes()
    with pytest.raises(FileExists):
        office.backups.make(copy)
    assert copy.read_bytes() == before
    office.backups.make(copy, overwrite=True)
    assert copy.read_bytes() != before
    with pytest.raises(CannotWrite):
        office.backups.make(tmp_path / "no such folder" / "copy.hpnbak")
    office.close()


def test_what_was_there_is_set_aside(copy: Path, tmp_path: Path) -> None:
    office = make_office(tmp_path / "present")
    moment = office.now
    office.close()
    folder = DataFolder(tmp_path / "present")
    was = folder.database.read_bytes()
    place = tmp_path / "work"
    place.mkdir()
    backup.open_backup(copy, PASSWORD, place)
    aside = backup.put_in_place(folder, place, moment)
    assert aside is not None
    assert (aside / "sochihoi.db").read_bytes() == was
    assert (aside / "keyring.json").exists()
    assert folder.database.read_bytes() != was
