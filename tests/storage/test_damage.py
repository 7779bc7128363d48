"""What a check finds comes out as codes: pages, seals, links, the journal; and what is no damage is not called so."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from sochihoi.domain.errors import UserError
from sochihoi.storage import engine
from sochihoi.storage.damage import Damage, DamageKind
from sochihoi.storage.errors import CannotWrite, DatabaseDamaged, DiskFull, FolderInUse
from sochihoi.storage.inspection import contents, copy_checked, damage_of, hash_at, tally
from sochihoi.ui import words
from sochihoi.ui.words.storage import damage_text
from tests.offices import make_office

FLIPS = 120


@pytest.fixture
def book(tmp_path: Path) -> tuple[Path, bytes]:
    """A closed book with some rows."""
    office = make_office(tmp_path / "c")
    office.setup.add_branches([f"Ấp {n}" for n in range(40)])
    key = office.store.key
    office.close()
    return tmp_path / "c" / "sochihoi.db", key


def test_a_whole_book_has_none(book: tuple[Path, bytes]) -> None:
    assert damage_of(*book) == ()
    assert damage_of(*book, quick=True) == ()


def test_every_flipped_byte_is_found_and_has_words(book: tuple[Path, bytes]) -> None:
    """Anywhere in the file, through the same check that the officer starts."""
    path, key = book
    whole = path.read_bytes()
    source = Random("flips")  # noqa: S311 - a test
    found = 0
    for at in sorted(source.sample(range(len(whole)), FLIPS)):
        broken = bytearray(whole)
        broken[at] ^= 1 << source.randrange(8)
        path.write_bytes(bytes(broken))
        try:
            said = damage_of(path, key)
        except DatabaseDamaged as problem:
            said = problem.findings
        assert said, at
        assert all(damage_text(one) for one in said)
        found += 1
        for more in ("-wal", "-shm"):
            path.with_name(path.name + more).unlink(missing_ok=True)
    assert found == FLIPS


def test_a_page_that_was_lost_names_its_number(book: tuple[Path, bytes]) -> None:
    path, key = book
    broken = bytearray(path.read_bytes())
    broken[4096 * 60 : 4096 * 61] = bytes(4096)
    path.write_bytes(bytes(broken))
    said = damage_of(path, key)
    seals = [one for one in said if one.kind is DamageKind.SEALS]
    assert [(one.count, one.first) for one in seals] == [(1, 61)]


def test_a_broken_link_names_its_table(book: tuple[Path, bytes]) -> None:
    path, key = book
    raw = engine.connect(path, key)
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("DELETE FROM unit WHERE level='COMMUNE'")
    raw.close()
    said = damage_of(path, key)
    assert said == (Damage(DamageKind.LINKS, 40, noun="unit"),)
    assert "40" in damage_text(said[0])


def test_a_rewritten_journal_is_found_at_its_row(book: tuple[Path, bytes]) -> None:
    path, key = book
    raw = engine.connect(path, key)
    raw.execute("DROP TRIGGER journal_no_update")
    raw.execute("UPDATE journal SET account_id='somebody' WHERE n IN (4, 9)")
    raw.close()
    said = damage_of(path, key)
    assert said == (Damage(DamageKind.JOURNAL, 2, 4, "journal"),)
    assert "4" in damage_text(said[0])


@pytest.mark.parametrize("kind", list(DamageKind))
def test_every_kind_has_a_sentence(kind: DamageKind) -> None:
    assert damage_text(Damage(kind, 2, 7, "unit"))
    assert words.say(DatabaseDamaged((Damage(kind),))).todo


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (13, DiskFull),
        (8, CannotWrite),
        (14, CannotWrite),
        (10, CannotWrite),
        (778, CannotWrite),
        (266, DatabaseDamaged),
        (522, DatabaseDamaged),
        (11, DatabaseDamaged),
        (267, DatabaseDamaged),
        (26, DatabaseDamaged),
        (5, FolderInUse),
        (6, FolderInUse),
        (1, None),
        (19, None),
    ],
)
def test_what_the_database_says_by_its_code(code: int, kind: type[UserError] | None) -> None:
    problem = Exception("whatever it says in this version")
    problem.sqlite_errorcode = code  # type: ignore[attr-defined]
    told = engine.translation(problem, Path("folder/sochihoi.db"))
    assert (None if told is None else type(told)) is kind


def test_a_database_that_somebody_else_writes_to_is_in_use(book: tuple[Path, bytes]) -> None:
    path, key = book
    with engine.held(path, key), engine.translated(path):
        other = engine.connect(path, key)
        other.execute("PRAGMA busy_timeout=1")
        with pytest.raises(FolderInUse), engine.translated(path):
            other.execute("BEGIN IMMEDIATE")
        other.close()


def test_a_copy_is_equal_in_every_record(book: tuple[Path, bytes], tmp_path: Path) -> None:
    path, key = book
    target = tmp_path / "copy.db"
    assert copy_checked(path, key, target) == contents(path, key) == contents(target, key)
    counted = tally(target, key)
    assert counted.rows["unit"] == 41
    assert hash_at(path, key, counted.change) == counted.head
    assert hash_at(path, key, 10_000) == ""
    raw = engine.connect(target, key)
    raw.execute("UPDATE unit SET name='Khóm' WHERE name='Ấp 7'")
    raw.close()
    assert contents(target, key).state != contents(path, key).state
    assert tally(target, key) == counted


def test_a_copy_of_a_damaged_book_gets_no_name(book: tuple[Path, bytes], tmp_path: Path) -> None:
    path, key = book
    raw = engine.connect(path, key)
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("DELETE FROM unit WHERE level='COMMUNE'")
    raw.close()
    with pytest.raises(DatabaseDamaged):
        copy_checked(path, key, tmp_path / "copy.db")
    assert not list(tmp_path.glob("copy.db*"))


def test_a_copy_beside_the_work_is_taken_again_until_it_fits(
    book: tuple[Path, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody writes before and after the copy, twice; the third time nobody else may."""
    path, key = book
    copy, times = engine.copy_to, []

    def written(source: Path, with_key: bytes, target: Path) -> None:
        times.append(target)
        if len(times) < 3:
            _touch(path, key, f"before {len(times)}")
        copy(source, with_key, target)
        if len(times) < 3:
            _touch(path, key, f"after {len(times)}")

    monkeypatch.setattr(engine, "copy_to", written)
    found = copy_checked(path, key, tmp_path / "copy.db")
    assert len(times) == 3
    assert found == contents(path, key)


def _touch(path: Path, key: bytes, name: str) -> None:
    raw = engine.connect(path, key)
    raw.execute("INSERT INTO account (id, name, role, active) VALUES (?, ?, 'VIEWER', 1)", (name, name))
    raw.close()
