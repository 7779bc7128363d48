"""Disks that refuse: each command ends 1 with a sentence, nothing is half written, and the book is whole afterwards.

Real media where the system lets us have our own (a read-only one, a small one in memory, seen by one process only);
else the rights of the files and the largest size of a file are taken away, which says the same to a user.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from sochihoi.services.opening import open_office
from sochihoi.storage.inspection import contents
from tests import backup_files
from tests.offices import PASSWORD, around, make_office

LIST = Path(__file__).parents[1] / "intake" / "data" / "hoi-vien-1.xlsx"
DESKTOP = Path(__file__).parents[2] / "desktop"
Told = tuple[int, str]

_READ_ONLY = 'mount --bind "$PLACE" "$PLACE" && mount -o remount,bind,ro "$PLACE" && exec "$@"'
_SMALL = """
mount -t tmpfs -o size="$SIZE" room "$PLACE" && cp -a "$BASE/." "$PLACE" && "$@"
ended=$?
cp -a "$PLACE/." "$AFTER"
exit $ended
"""


@cache
def _own_mounts() -> tuple[str, ...]:
    """The words that give a process mounts of its own; none where nobody may."""
    if shutil.which("unshare") is None:
        return ()
    for more in ((), ("--map-root-user",)):
        words = ("unshare", "--mount", "--propagation", "private", *more)
        if (
            subprocess.run([*words, "mount", "-t", "tmpfs", "x", "/mnt"], capture_output=True, check=False).returncode
            == 0
        ):
            return words
    return ()


def _run(*words: str, script: str = "", **names: str) -> Told:
    command = [sys.executable, "-m", "sochihoi", *words]
    if script:
        command = [*_own_mounts(), "sh", "-c", script, "sh", *command]
    done = subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": str(DESKTOP), "SOCHIHOI_PASSWORD": PASSWORD, **names},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A closed book with two branches, and a backup of it."""
    office = make_office(tmp_path / "data")
    office.setup.add_branches(["Ấp An Hòa", "Ấp Trà Cuôn"])
    office.backups.make(tmp_path / "copy.hpnbak")
    office.close()
    return tmp_path / "data"


def _state(data: Path) -> str:
    """The digest of every record; the book opens and is whole."""
    office = open_office(data, PASSWORD, around=around("look"))
    try:
        assert office.store.findings() == ()
        return contents(office.store.folder.database, office.store.key).state
    finally:
        office.close()


def _names(data: Path) -> set[str]:
    return {file.name for file in data.iterdir()} - {"lock", "open.marker", "sochihoi.db-wal", "sochihoi.db-shm"}


def _writing(data: Path) -> list[tuple[str, ...]]:
    folder = ("--data", str(data))
    return [
        (*folder, "check"),
        (*folder, "import-members", str(LIST)),
        (*folder, "backup", "--out", str(data.parent / "new.hpnbak")),
        (*folder, "restore", str(data.parent / "copy.hpnbak")),
    ]


# ---------------------------------------------------------------------- read-only


@pytest.mark.parametrize("number", range(4))
def test_a_folder_that_may_not_be_written(data: Path, number: int) -> None:
    was, names = _state(data), _names(data)
    words = _writing(data)[number]
    if _own_mounts():
        status, said = _run(*words, script=_READ_ONLY, PLACE=str(data))
    else:
        data.chmod(0o500)
        status, said = _run(*words)
        data.chmod(0o700)
    assert status == 1
    assert str(data) in said
    assert _state(data) == was
    assert _names(data) == names
    assert not (data.parent / "new.hpnbak").exists()


@pytest.mark.parametrize("number", [0, 1])
def test_a_database_file_that_may_not_be_written(data: Path, number: int) -> None:
    was, names = _state(data), _names(data)
    database = data / "sochihoi.db"
    words = _writing(data)[number]
    if _own_mounts():
        status, said = _run(*words, script=_READ_ONLY, PLACE=str(database))
    else:
        database.chmod(0o400)
        status, said = _run(*words)
        database.chmod(0o600)
    assert status == 1
    assert "sochihoi.db" in said
    assert _state(data) == was
    assert _names(data) == names


@pytest.mark.parametrize(
    "words", [("check",), ("init", "--commune", "31135", "--above", "X"), ("backup", "--out", "x")]
)
def test_a_file_in_place_of_the_folder(tmp_path: Path, words: tuple[str, ...]) -> None:
    place = tmp_path / "data"
    place.write_text("no folder", encoding="utf-8")
    status, said = _run("--data", str(place), *words)
    assert status == 1
    assert str(place) in said
    assert place.read_text(encoding="utf-8") == "no folder"
    assert list(tmp_path.iterdir()) == [place]


# ---------------------------------------------------------------------- full


def _small(data: Path, room: int, *words: str) -> tuple[int, str, Path]:
    """The command where the data folder has ``room`` KiB left; what lay there afterwards."""
    after = data.parent / f"after-{room}"
    after.mkdir()
    size = sum(file.stat().st_size // 4096 + 2 for file in data.rglob("*")) * 4 + room
    names = {"PLACE": str(data), "BASE": str(data), "AFTER": str(after), "SIZE": f"{size}k"}
    base = data.parent / f"base-{room}"
    shutil.copytree(data, base)
    status, said = _run(*words, script=_SMALL, **{**names, "BASE": str(base)})
    return status, said, after


@pytest.mark.parametrize("room", [8, 200])
def test_no_room_for_an_import(data: Path, room: int) -> None:
    if not _own_mounts():
        status, said = _limited(data, "--data", str(data), "import-members", str(LIST))
        after = data
    else:
        status, said, after = _small(data, room, "--data", str(data), "import-members", str(LIST))
    assert status == 1
    assert "sochihoi.db" in said
    was = _state(_restored(data))
    assert _state(after) == was


@pytest.mark.parametrize("room", [8, 400])
def test_no_room_for_a_backup_or_a_restoring(data: Path, room: int) -> None:
    if not _own_mounts():
        pytest.skip("no file systems of our own on this system")
    was, copy = _state(data), data.parent / "copy.hpnbak"
    for number, words in enumerate((("backup", "--out", str(data / "new.hpnbak")), ("restore", str(copy)))):
        status, said, after = _small(data, room + number, "--data", str(data), *words)
        assert (status, "Traceback" in said) == (1, False)
        assert not list(after.glob("*.hpnbak*"))
        assert not list(after.glob("*.part*"))
        assert not list(after.glob("set-aside-*"))
        assert not list(after.glob("restore-*"))
        assert _state(after) == was


def _limited(data: Path, *words: str) -> Told:
    """No file may grow beyond what the database has: what a full disk says, said by the system's limit."""
    import resource

    most = (data / "sochihoi.db").stat().st_size

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    done = subprocess.run(
        [sys.executable, "-m", "sochihoi", *words],
        env={**os.environ, "PYTHONPATH": str(DESKTOP), "SOCHIHOI_PASSWORD": PASSWORD},
        preexec_fn=limit,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stderr


def test_a_file_that_may_not_grow(data: Path) -> None:
    was = _state(data)
    status, said = _limited(data, "--data", str(data), "import-members", str(LIST))
    assert status == 1
    assert "sochihoi.db" in said
    assert _state(data) == was
    status, _said = _limited(data, "--data", str(data), "backup", "--out", str(data.parent / "new.hpnbak"))
    assert status == 1
    assert not list(data.parent.glob("new.hpnbak*"))


def _restored(data: Path) -> Path:
    """The book as it was, from its backup: to compare with."""
    from sochihoi.storage.backup import open_backup

    folder = data.parent / "known"
    folder.mkdir()
    open_backup(data.parent / "copy.hpnbak", PASSWORD, folder)
    return folder


# ---------------------------------------------------------------------- in use

_HOLDS = """
import sys
from pathlib import Path
from sochihoi.services.opening import open_office
office = open_office(Path(sys.argv[1]), sys.argv[2])
print("open", flush=True)
sys.stdin.readline()
office.close()
"""


def test_a_folder_that_another_program_has_open(data: Path) -> None:
    was, names = _state(data), _names(data)
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDS, str(data), PASSWORD],
        env={**os.environ, "PYTHONPATH": str(DESKTOP)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == "open\n"
        for words in _writing(data):
            status, said = _run("--lang", "en", *words)
            assert status == 1
            assert "open in another window" in said
        assert not (data.parent / "new.hpnbak").exists()
        assert not list(data.glob("set-aside-*"))
        assert not list(data.glob("restore-*"))
        holder.stdin.write("\n")
    assert holder.returncode == 0
    assert _names(data) == names
    assert _state(data) == was


# ---------------------------------------------------------------------- damage


def _damaged(file: Path, at: float) -> None:
    content = bytearray(file.read_bytes())
    content[int(len(content) * at)] ^= 0x41
    file.write_bytes(bytes(content))


@pytest.mark.parametrize("at", [0.001, 0.1, 0.5, 0.9])
def test_check_says_what_is_damaged_changes_nothing_and_points_to_the_copies(data: Path, at: float) -> None:
    database = data / "sochihoi.db"
    _damaged(database, at)
    was = database.read_bytes()
    status, said = _run("--lang", "en", "--data", str(data), "check")
    assert status == 1
    assert "nothing in it was changed" in said
    assert "Restore the newest copy" in said
    assert "malformed" not in said
    assert database.read_bytes() == was


def test_check_names_a_broken_chain_and_a_broken_link(data: Path) -> None:
    from sochihoi.storage import engine
    from sochihoi.storage.vault import Keyring

    key, _who = Keyring.read(data / "keyring.json").open(PASSWORD)
    raw = engine.connect(data / "sochihoi.db", key)
    backup_files.break_chain(raw)
    raw.close()
    status, said = _run("--lang", "en", "--data", str(data), "check")
    assert status == 1
    assert "the chain does not hold at line 3" in said
    raw = engine.connect(data / "sochihoi.db", key)
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("DELETE FROM unit WHERE level='COMMUNE'")
    raw.close()
    status, said = _run("--lang", "en", "--data", str(data), "check")
    assert status == 1
    assert "2 entries belong to entries that are no longer there" in said


@pytest.mark.parametrize(
    "content", [b"", b'{"format":1}', b"[]", b"\x00\xff", b'{"format":1,"wraps":[{}],"recovery":null}']
)
def test_a_damaged_key_file_is_told(data: Path, content: bytes) -> None:
    (data / "keyring.json").write_bytes(content)
    status, said = _run("--lang", "en", "--data", str(data), "check")
    assert status == 1
    assert "keyring.json is damaged" in said
    (data / "keyring.old.json").write_bytes(b"x")
    assert "keyring.old.json" in _run("--lang", "en", "--data", str(data), "check")[1]


def test_a_missing_key_file_or_database_is_told(data: Path) -> None:
    (data / "sochihoi.db").rename(data / "away.db")
    status, said = _run("--lang", "en", "--data", str(data), "check")
    assert (status, "sochihoi.db, is no longer in its folder" in said) == (1, True)
    (data / "away.db").rename(data / "sochihoi.db")
    (data / "keyring.json").unlink()
    status, said = _run("--lang", "en", "--data", str(data), "check")
    assert (status, "keyring.json is no longer beside the book" in said) == (1, True)


# ---------------------------------------------------------------------- the way back


def test_restore_refuses_in_words(data: Path, tmp_path: Path) -> None:
    from sochihoi.storage.vault import Keyring

    key, _who = Keyring.read(data / "keyring.json").open(PASSWORD)
    copy, was = tmp_path / "copy.hpnbak", _state(data)
    newer = backup_files.changed(copy, tmp_path / "newer.hpnbak", key, backup_files.make_newer)
    chain = backup_files.changed(copy, tmp_path / "chain.hpnbak", key, backup_files.break_chain)
    junk = backup_files.pack(
        tmp_path / "junk.hpnbak", backup_files.members_of(copy) | {"sochihoi.db": b"SQLite format 3\x00" + bytes(9000)}
    )
    other = make_office(tmp_path / "other", "other")
    from dataclasses import replace

    other.setup.save_commune(replace(other.commune, code="99002", name="xã Hòa Mỹ"))
    other.backups.make(tmp_path / "other.hpnbak")
    other.close()
    for file, sentence in (
        (newer, "newer version of the program"),
        (chain, "its chain does not hold"),
        (junk, "no whole copy of a book"),
        (tmp_path / "other.hpnbak", "is a copy of Hội LHPN xã Hòa Mỹ, but this is the book of Hội LHPN xã Hòa Phú"),
    ):
        status, said = _run("--lang", "en", "--data", str(data), "restore", str(file))
        assert (status, sentence in said) == (1, True), said
        assert _state(data) == was
        assert not list(data.glob("set-aside-*"))
    status, _said = _run("--data", str(data), "restore", "--other-unit", str(tmp_path / "other.hpnbak"))
    assert status == 0
    assert len(list(data.glob("set-aside-*"))) == 1


def test_a_copy_is_tried_on_the_command_line(data: Path, tmp_path: Path) -> None:
    status, said = _run("--lang", "en", "--data", str(data), "restore", "--drill")
    assert (status, "no automatic copy yet" in said) == (1, True)
    office = open_office(data, PASSWORD, around=around("x"))
    office.backups.automatic()
    office.close()
    was, names = _state(data), _names(data)
    for words in ((), (str(tmp_path / "copy.hpnbak"),)):
        status, said = _run("--lang", "en", "--data", str(data), "restore", "--drill", *words, TMPDIR=str(tmp_path))
        assert status == 0
        assert "comes back" in said
        assert "Hội LHPN xã Hòa Phú" in said
    assert not list(tmp_path.glob("sochihoi-drill-*"))
    assert (_state(data), _names(data)) == (was, names)
    (tmp_path / "copy.hpnbak").write_bytes((tmp_path / "copy.hpnbak").read_bytes()[:-99])
    assert _run("--data", str(data), "restore", "--drill", str(tmp_path / "copy.hpnbak"))[0] == 1
    assert _run("--data", str(data), "restore")[0] == 2
