"""The way back refuses what is newer, damaged, rewritten or another unit's, before anything is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from sochihoi.services.office import Office
from sochihoi.services.official_units import OfficialCommune
from sochihoi.services.opening import find_book, make_commune, open_office
from sochihoi.services.restoring import look, restore
from sochihoi.storage import backup
from sochihoi.storage.errors import (
    BackupUnusable,
    CannotWrite,
    DatabaseNewer,
    KeyringMissing,
    NoCommune,
    OtherUnit,
    WrongPassword,
)
from sochihoi.storage.folder import DataFolder
from tests import backup_files
from tests.offices import MOMENT, PASSWORD, around, make_office

NEIGHBOUR = OfficialCommune(code="99002", name="Hòa Mỹ", kind="xã", province_code="99", province_name="Tỉnh Mẫu")
OTHER = "mật khẩu của xã bên"


def _closed(folder: Path) -> tuple[Path, bytes]:
    """A backup of a small commune, which is closed again, and its key."""
    office = make_office(folder)
    office.setup.add_branches(["Ấp An Hòa", "Ấp Trà Cuôn"])
    file = folder.parent / "copy.hpnbak"
    office.backups.make(file)
    key = office.store.key
    office.close()
    return file, key


def _neighbour(folder: Path, seed: str = "neighbour", password: str = OTHER, code: str = "99002") -> Office:
    unit = NEIGHBOUR if code == "99002" else OfficialCommune(code, "Hòa Phú", "xã", "99", "Tỉnh Mẫu")
    return make_commune(folder, unit, above="Hội LHPN tỉnh Mẫu", password=password, around=around(seed)).office


def _untouched(folder: Path, was: bytes) -> None:
    assert (folder / "sochihoi.db").read_bytes() == was
    assert not list(folder.glob("set-aside-*"))
    assert not list(folder.glob("restore-*"))
    assert not (folder / "restoring").exists()


def test_a_newer_schema_is_told_as_such(tmp_path: Path) -> None:
    file, key = _closed(tmp_path / "c")
    was = (tmp_path / "c" / "sochihoi.db").read_bytes()
    newer = backup_files.changed(file, tmp_path / "newer.hpnbak", key, backup_files.make_newer)
    with pytest.raises(DatabaseNewer) as refused:
        restore(newer, tmp_path / "c", PASSWORD, None, around())
    assert refused.value.revision == "9999"
    _untouched(tmp_path / "c", was)


@pytest.mark.parametrize("junk", [b"SQLite format 3\x00" + bytes(8000), b"", b"x" * 4096 * 30])
def test_a_junk_database_in_a_fitting_container_is_refused(tmp_path: Path, junk: bytes) -> None:
    file, _key = _closed(tmp_path / "c")
    was = (tmp_path / "c" / "sochihoi.db").read_bytes()
    members = backup_files.members_of(file) | {"sochihoi.db": junk}
    with pytest.raises(BackupUnusable) as refused:
        restore(backup_files.pack(tmp_path / "junk.hpnbak", members), tmp_path / "c", PASSWORD, None, around())
    assert refused.value.problem == "database"
    _untouched(tmp_path / "c", was)


def test_a_rewritten_journal_is_refused(tmp_path: Path) -> None:
    file, key = _closed(tmp_path / "c")
    was = (tmp_path / "c" / "sochihoi.db").read_bytes()
    broken = backup_files.changed(file, tmp_path / "broken.hpnbak", key, backup_files.break_chain)
    with pytest.raises(BackupUnusable) as refused:
        restore(broken, tmp_path / "c", PASSWORD, None, around())
    assert refused.value.problem == "journal"
    _untouched(tmp_path / "c", was)


def test_records_that_are_not_as_stated_are_refused(tmp_path: Path) -> None:
    file, key = _closed(tmp_path / "c")

    def rename(raw: object) -> None:
        raw.execute("UPDATE unit SET name='Khóm' WHERE name='Ấp An Hòa'")  # type: ignore[attr-defined] # a connection

    other = backup_files.changed(file, tmp_path / "other.hpnbak", key, rename)
    with pytest.raises(BackupUnusable) as refused:
        look(other, tmp_path / "c", PASSWORD)
    assert refused.value.problem in ("rows", "database")  # by what it states, or by its own journal


@pytest.mark.parametrize("value", ["never", "", "2026-13-01T00:00:00Z"])
def test_a_container_that_states_nonsense_is_refused(tmp_path: Path, value: str) -> None:
    file, _key = _closed(tmp_path / "c")
    members = backup_files.members_of(file)
    members["info.json"] = members["info.json"].replace(b"2026-10-26T02:42:00Z", value.encode())
    with pytest.raises(BackupUnusable):
        look(backup_files.pack(tmp_path / "x.hpnbak", members), tmp_path / "c", PASSWORD)


def test_a_backup_of_an_early_version_stated_less_and_comes_back(tmp_path: Path) -> None:
    import json

    file, _key = _closed(tmp_path / "c")
    members = backup_files.members_of(file)
    info = json.loads(members["info.json"])
    members["info.json"] = json.dumps(
        {name: value for name, value in info.items() if name not in ("state", "change", "head")}
    ).encode()
    early = backup_files.pack(tmp_path / "early.hpnbak", members)
    assert restore(early, tmp_path / "new", PASSWORD, None, around("new")).aside is None


# ---------------------------------------------------------------------- whose copy it is


def test_another_units_copy_needs_a_word(tmp_path: Path) -> None:
    file, _key = _closed(tmp_path / "c")
    _neighbour(tmp_path / "n", password=PASSWORD).close()
    was = (tmp_path / "n" / "sochihoi.db").read_bytes()
    with pytest.raises(OtherUnit) as refused:
        restore(file, tmp_path / "n", PASSWORD, None, around())
    assert (refused.value.unit, refused.value.here) == ("Hội LHPN xã Hòa Phú", "Hội LHPN xã Hòa Mỹ")
    _untouched(tmp_path / "n", was)
    seen = look(file, tmp_path / "n", PASSWORD)
    assert (seen.other, seen.unit.code, seen.here.code if seen.here else "") == (True, "99001", "99002")
    done = restore(file, tmp_path / "n", PASSWORD, None, around("n"), other_unit=True)
    assert done.unit == "Hội LHPN xã Hòa Phú"
    assert done.aside is not None


def test_also_when_the_password_opens_only_the_copy(tmp_path: Path) -> None:
    """The accounts in the two key files tell the books apart."""
    file, _key = _closed(tmp_path / "c")
    _neighbour(tmp_path / "n").close()
    with pytest.raises(OtherUnit) as refused:
        restore(file, tmp_path / "n", PASSWORD, None, around())
    assert refused.value.here == ""


def test_an_open_book_is_compared_by_its_unit(tmp_path: Path) -> None:
    file, _key = _closed(tmp_path / "c")
    office = _neighbour(tmp_path / "n")
    assert office.backups.look(file, PASSWORD).other
    office.close()


def test_the_same_unit_made_anew_takes_its_old_copy(tmp_path: Path) -> None:
    """The computer broke, a new book was begun, then the stick was found."""
    file, _key = _closed(tmp_path / "c")
    _neighbour(tmp_path / "n", password=PASSWORD, code="99001").close()
    assert restore(file, tmp_path / "n", PASSWORD, None, around("n")).aside is not None


def test_a_changed_password_or_a_damaged_book_is_still_the_same_book(tmp_path: Path) -> None:
    file, _key = _closed(tmp_path / "c")
    office = open_office(tmp_path / "c", PASSWORD, around=around("again"))
    office.setup.change_password("một mật khẩu khác", around("x"))
    office.close()
    assert not look(file, tmp_path / "c", PASSWORD).other
    (tmp_path / "c" / "sochihoi.db").write_bytes(bytes(5000))
    assert not look(file, tmp_path / "c", PASSWORD).other
    assert restore(file, tmp_path / "c", PASSWORD, None, around("r")).aside is not None


def test_a_book_of_which_nothing_can_be_read_stops_nobody(tmp_path: Path) -> None:
    file, _key = _closed(tmp_path / "c")
    folder = tmp_path / "c"
    (folder / "keyring.json").write_bytes(b"")
    done = restore(file, folder, PASSWORD, None, around("r"))
    assert done.aside is not None
    assert (done.aside / "keyring.json").read_bytes() == b""
    open_office(folder, PASSWORD, around=around("o")).close()


# ---------------------------------------------------------------------- broken off


def test_a_restoring_that_broke_off_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a kill at each change of place: no error is caught, the next opening finds the old book."""
    file, _key = _closed(tmp_path / "c")
    folder = DataFolder(tmp_path / "c")
    was = folder.database.read_bytes()
    rename, replace = Path.rename, Path.replace

    class Killed(BaseException):
        pass

    for fail_at in range(1, 9):
        calls = 0

        def counted(real):  # type: ignore[no-untyped-def] # a function
            def move(self: Path, target: Path) -> Path:
                nonlocal calls
                if self.name.startswith(("sochihoi", "keyring", "open")):
                    calls += 1
                    if calls == fail_at:  # noqa: B023 - called in this round only
                        raise Killed
                return real(self, target)

            return move

        monkeypatch.setattr(Path, "rename", counted(rename))
        monkeypatch.setattr(Path, "replace", counted(replace))
        work = tmp_path / f"work{fail_at}"
        work.mkdir()
        backup.open_backup(file, PASSWORD, work)
        try:
            backup.put_in_place(folder, work, MOMENT)
        except Killed:
            monkeypatch.undo()
            assert find_book(folder.path).database.read_bytes() == was
            assert not list(folder.path.glob("set-aside-*"))
            assert not folder.half_restored.exists()
        else:
            break
        finally:
            monkeypatch.undo()
    else:
        pytest.fail("it never came to its end")
    assert fail_at >= 4
    assert folder.keyring.exists()


def test_a_book_that_had_no_key_file_is_whole_old_or_whole_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key file was lost, a copy is brought in, and the program is killed at each change of place."""
    file, _key = _closed(tmp_path / "c")
    folder = DataFolder(tmp_path / "c")
    folder.keyring.unlink()
    was = folder.database.read_bytes()
    steps = {name: getattr(Path, name) for name in ("rename", "replace", "unlink")}

    class Killed(BaseException):
        pass

    ends = []
    for fail_at in range(1, 12):
        left = [fail_at]

        def counted(real):  # type: ignore[no-untyped-def] # a function
            def move(self: Path, *args: object, **how: object) -> object:
                if self.name.startswith(("sochihoi", "keyring", "open", "restoring")):
                    left[0] -= 1  # noqa: B023 - called in this round only
                    if left[0] == 0:  # noqa: B023
                        raise Killed
                return real(self, *args, **how)

            return move

        work = tmp_path / f"work{fail_at}"
        work.mkdir()
        backup.open_backup(file, PASSWORD, work)
        new = (work / "sochihoi.db").read_bytes()
        for name, real in steps.items():
            monkeypatch.setattr(Path, name, counted(real))
        try:
            backup.put_in_place(folder, work, MOMENT)
        except Killed:
            pass
        else:
            break
        finally:
            monkeypatch.undo()
        if folder.half_restored.exists():
            backup.take_back(folder)
        ends.append(
            (folder.keyring.exists(), folder.database.read_bytes() == (new if folder.keyring.exists() else was))
        )
        if folder.keyring.exists():
            break
    assert len(ends) >= 3
    assert ends[-1] == (True, True)
    assert set(ends[:-1]) == {(False, True)}


def test_a_folder_that_refuses_gets_its_old_state_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, _key = _closed(tmp_path / "c")
    folder = DataFolder(tmp_path / "c")
    was = folder.database.read_bytes()
    replace = Path.replace

    def refuses(self: Path, target: Path) -> Path:
        if self.parent.name.startswith("restore-") and self.name == "keyring.json":
            raise PermissionError(13, "no", str(self))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuses)
    with pytest.raises(CannotWrite):
        restore(file, tmp_path / "c", PASSWORD, None, around("r"))
    _untouched(tmp_path / "c", was)
    open_office(tmp_path / "c", PASSWORD, around=around("o")).close()


def test_two_restorings_in_one_second_have_two_folders(tmp_path: Path) -> None:
    file, _key = _closed(tmp_path / "c")
    asides = {restore(file, tmp_path / "c", PASSWORD, None, around(str(n))).aside for n in range(3)}
    assert len(asides) == 3


def test_a_database_without_its_key_file_is_not_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(NoCommune):
        find_book(tmp_path / "nothing")
    _closed(tmp_path / "c")
    folder = DataFolder(tmp_path / "c")
    folder.keyring.rename(folder.old_keyring)
    with pytest.raises(KeyringMissing) as refused:
        open_office(tmp_path / "c", PASSWORD)
    assert refused.value.kept
    with pytest.raises(KeyringMissing):
        make_office(tmp_path / "c")
    assert folder.database.exists()
    with pytest.raises(WrongPassword):
        look(tmp_path / "copy.hpnbak", tmp_path / "c", "something else")
