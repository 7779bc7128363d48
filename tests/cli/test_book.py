"""``check``, ``restore`` and its drill as an officer calls them: what each says, and what stays as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sochihoi.services.opening import open_office
from tests import backup_files
from tests.cli.book_runs import names, run, small_book, state
from tests.offices import PASSWORD, around, make_office


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A closed book with two branches, and a backup of it."""
    return small_book(tmp_path)


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
    status, said = run("--lang", "en", "--data", str(data), "check")
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
    status, said = run("--lang", "en", "--data", str(data), "check")
    assert status == 1
    assert "the chain does not hold at line 3" in said
    raw = engine.connect(data / "sochihoi.db", key)
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("DELETE FROM unit WHERE level='COMMUNE'")
    raw.close()
    status, said = run("--lang", "en", "--data", str(data), "check")
    assert status == 1
    assert "2 entries belong to entries that are no longer there" in said


@pytest.mark.parametrize(
    "content", [b"", b'{"format":1}', b"[]", b"\x00\xff", b'{"format":1,"wraps":[{}],"recovery":null}']
)
def test_a_damaged_key_file_is_told(data: Path, content: bytes) -> None:
    (data / "keyring.json").write_bytes(content)
    status, said = run("--lang", "en", "--data", str(data), "check")
    assert status == 1
    assert "keyring.json is damaged" in said
    (data / "keyring.old.json").write_bytes(b"x")
    assert "keyring.old.json" in run("--lang", "en", "--data", str(data), "check")[1]


def test_a_missing_key_file_or_database_is_told(data: Path) -> None:
    (data / "sochihoi.db").rename(data / "away.db")
    status, said = run("--lang", "en", "--data", str(data), "check")
    assert (status, "sochihoi.db, is no longer in its folder" in said) == (1, True)
    (data / "away.db").rename(data / "sochihoi.db")
    (data / "keyring.json").unlink()
    status, said = run("--lang", "en", "--data", str(data), "check")
    assert (status, "keyring.json is no longer beside the book" in said) == (1, True)


# ---------------------------------------------------------------------- the way back


def test_restore_refuses_in_words(data: Path, tmp_path: Path) -> None:
    from sochihoi.storage.vault import Keyring

    key, _who = Keyring.read(data / "keyring.json").open(PASSWORD)
    copy, was = tmp_path / "copy.hpnbak", state(data)
    newer = backup_files.changed(copy, tmp_path / "newer.hpnbak", key, backup_files.make_newer)
    chain = backup_files.changed(copy, tmp_path / "chain.hpnbak", key, backup_files.break_chain)
    junk = backup_files.pack(
        tmp_path / "junk.hpnbak", backup_files.members_of(copy) | {"sochihoi.db": b"SQLite format 3\x00" + bytes(9000)}
    )
    other = make_office(tmp_path / "other", "other")
    other.setup.save_commune(replace(other.commune, code="99002", name="xã Hòa Mỹ"))
    other.backups.make(tmp_path / "other.hpnbak")
    other.close()
    for file, sentence in (
        (newer, "newer version of the program"),
        (chain, "its chain does not hold"),
        (junk, "no whole copy of a book"),
        (tmp_path / "other.hpnbak", "is a copy of Hội LHPN xã Hòa Mỹ, but this is the book of Hội LHPN xã Hòa Phú"),
    ):
        status, said = run("--lang", "en", "--data", str(data), "restore", str(file))
        assert (status, sentence in said) == (1, True), said
        assert state(data) == was
        assert not list(data.glob("set-aside-*"))
    status, _said = run("--data", str(data), "restore", "--other-unit", str(tmp_path / "other.hpnbak"))
    assert status == 0
    assert len(list(data.glob("set-aside-*"))) == 1


def test_a_copy_is_tried_on_the_command_line(data: Path, tmp_path: Path) -> None:
    status, said = run("--lang", "en", "--data", str(data), "restore", "--drill")
    assert (status, "no automatic copy yet" in said) == (1, True)
    office = open_office(data, PASSWORD, around=around("x"))
    office.backups.automatic()
    office.close()
    was, before = state(data), names(data)
    for words in ((), (str(tmp_path / "copy.hpnbak"),)):
        status, said = run("--lang", "en", "--data", str(data), "restore", "--drill", *words, TMPDIR=str(tmp_path))
        assert status == 0
        assert "comes back" in said
        assert "Hội LHPN xã Hòa Phú" in said
    assert not list(tmp_path.glob("sochihoi-drill-*"))
    assert (state(data), names(data)) == (was, before)
    (tmp_path / "copy.hpnbak").write_bytes((tmp_path / "copy.hpnbak").read_bytes()[:-99])
    assert run("--data", str(data), "restore", "--drill", str(tmp_path / "copy.hpnbak"))[0] == 1
    assert run("--data", str(data), "restore")[0] == 2
