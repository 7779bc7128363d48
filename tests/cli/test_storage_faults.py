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

from tests.cli.book_runs import DESKTOP, names, run, small_book, state
from tests.offices import PASSWORD

LIST = Path(__file__).parents[1] / "intake" / "data" / "hoi-vien-1.xlsx"
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


def _run(*words: str, script: str = "", **more: str) -> Told:
    return run(*words, around_it=(*_own_mounts(), "sh", "-c", script, "sh") if script else (), **more)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A closed book with two branches, and a backup of it."""
    return small_book(tmp_path)


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
    was, before = state(data), names(data)
    words = _writing(data)[number]
    if _own_mounts():
        status, said = _run(*words, script=_READ_ONLY, PLACE=str(data))
    else:
        data.chmod(0o500)
        status, said = _run(*words)
        data.chmod(0o700)
    assert status == 1
    assert str(data) in said
    assert state(data) == was
    assert names(data) == before
    assert not (data.parent / "new.hpnbak").exists()


@pytest.mark.parametrize("number", [0, 1])
def test_a_database_file_that_may_not_be_written(data: Path, number: int) -> None:
    was, before = state(data), names(data)
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
    assert state(data) == was
    assert names(data) == before


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
    was = state(_restored(data))
    assert state(after) == was


@pytest.mark.parametrize("room", [8, 400])
def test_no_room_for_a_backup_or_a_restoring(data: Path, room: int) -> None:
    if not _own_mounts():
        pytest.skip("no file systems of our own on this system")
    was, copy = state(data), data.parent / "copy.hpnbak"
    for number, words in enumerate((("backup", "--out", str(data / "new.hpnbak")), ("restore", str(copy)))):
        status, said, after = _small(data, room + number, "--data", str(data), *words)
        assert (status, "Traceback" in said) == (1, False)
        assert not list(after.glob("*.hpnbak*"))
        assert not list(after.glob("*.part*"))
        assert not list(after.glob("set-aside-*"))
        assert not list(after.glob("restore-*"))
        assert state(after) == was


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
    was = state(data)
    status, said = _limited(data, "--data", str(data), "import-members", str(LIST))
    assert status == 1
    assert "sochihoi.db" in said
    assert state(data) == was
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
    was, before = state(data), names(data)
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
    assert names(data) == before
    assert state(data) == was
