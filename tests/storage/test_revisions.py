"""From the books of earlier schemas to this one: a verified copy first, the same figures, one journal over all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sochihoi.domain.periods import Period
from sochihoi.services.demo.plan import PASSWORD
from sochihoi.services.figures import as_json
from sochihoi.services.office import Office
from sochihoi.services.opening import open_office
from sochihoi.storage import engine, journal, migrate
from sochihoi.storage.inspection import contents, hash_at, tally
from sochihoi.storage.vault import Keyring
from tests.golden.test_databases import GOLDEN, changed

EARLIER = [revision for revision in migrate.REVISIONS if revision != migrate.HEAD]
Opener = Callable[[], Office]


@pytest.fixture(params=EARLIER)
def revision(request: pytest.FixtureRequest) -> str:
    """Each earlier schema."""
    return str(request.param)


@pytest.fixture
def old(tmp_path: Path, revision: str) -> Path:
    """A folder as an earlier version left it."""
    for name in ("sochihoi.db", "keyring.json"):
        shutil.copyfile(GOLDEN / f"schema-{revision}" / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def opened(old: Path) -> Iterator[Opener]:
    """Opens it, and closes it in any case."""
    made: list[Office] = []

    def opening() -> Office:
        made.append(open_office(old, PASSWORD))
        return made[-1]

    yield opening
    for office in made:
        office.close()


def _key(folder: Path) -> bytes:
    return Keyring.read(folder / "keyring.json").open(PASSWORD)[0]


def _copies(folder: Path) -> list[Path]:
    return sorted((folder / "backups").glob(f"before-{migrate.HEAD}-*"))


def _last(office: Office, act: str) -> str:
    return next(one.batch for one in office.history.acts() if one.act == act)


def test_opening_makes_a_verified_copy_first(old: Path, opened: Opener, revision: str) -> None:
    key = _key(old)
    before = contents(old / "sochihoi.db", key)
    office = opened()
    assert office.store.migrated_from == revision
    office.close()
    kept = _copies(old)
    assert [file.suffix for file in kept] == [".db"]
    assert contents(kept[0], key) == before
    assert engine.findings(kept[0], key) == ()
    assert migrate.revision_of(kept[0], key) == revision
    assert migrate.revision_of(old / "sochihoi.db", key) == migrate.HEAD
    opened().close()
    assert _copies(old) == kept  # only once


def test_the_figures_are_those_of_before(opened: Opener, revision: str) -> None:
    office = opened()
    known = json.loads((GOLDEN / f"schema-{revision}.json").read_text(encoding="utf-8"))
    assert changed(known, as_json(office.figures.of(Period.month(2026, 8)))) == []
    office.close()


def test_one_journal_reaches_over_the_boundary(old: Path, opened: Opener) -> None:
    key = _key(old)
    before = tally(old / "sochihoi.db", key)
    office = opened()
    assert tally(old / "sochihoi.db", key).rows["journal"] == before.change  # migrating is no act of anybody
    office.setup.add_branches(["Ấp Sau Khi Nâng"])
    with office.read() as work:
        assert journal.broken_links(work.connection) == ()
        assert journal.head(work.connection)[0] == before.change + 1
    assert hash_at(old / "sochihoi.db", key, before.change) == before.head
    assert office.store.findings() == ()
    office.close()


@pytest.mark.parametrize("act", ["member.leave", "figure.enter", "rubric.finish_own"])
def test_an_act_of_before_is_taken_back_and_done_again(old: Path, opened: Opener, act: str) -> None:
    office = opened()
    key = office.store.key
    was = contents(old / "sochihoi.db", key).state
    office.history.undo(_last(office, act))
    undone = contents(old / "sochihoi.db", key).state
    assert undone != was
    office.history.redo()
    assert contents(old / "sochihoi.db", key).state == was
    with office.read() as work:
        assert journal.broken_links(work.connection) == ()
    office.close()


def test_records_of_before_are_taken_out_and_put_in_with_the_new_columns(old: Path, opened: Opener) -> None:
    """A study session got a column: its row of before has none in the journal, and comes back with what it had."""
    office = opened()
    was = contents(old / "sochihoi.db", office.store.key)
    newest = [one for one in office.history.acts() if one.act.startswith("study.")][:3]
    assert [one.act for one in newest] == ["study.heads", "study.attendance", "study.session"]
    for one in newest:
        office.history.undo(one.batch)
    fewer = contents(old / "sochihoi.db", office.store.key)
    assert fewer.rows["study_session"] == was.rows["study_session"] - 1
    for _one in newest:
        office.history.redo()
    assert contents(old / "sochihoi.db", office.store.key).state == was.state
    assert office.store.findings() == ()
    office.close()


_KILLED = """
import os, sys
from pathlib import Path
from sochihoi.services.opening import open_office
from sochihoi.storage import migrate
real = migrate._upgrade
def killed(path, key):
    if sys.argv[2] == "after":
        real(path, key)
    os._exit(77)
migrate._upgrade = killed
open_office(Path(sys.argv[1]), sys.argv[3])
"""


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_beside_the_upgrade_leaves_a_book_that_opens(
    old: Path, opened: Opener, revision: str, when: str
) -> None:
    key = _key(old)
    before = tally(old / "sochihoi.db", key)
    home = Path(migrate.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(old), when, PASSWORD],
        env={**os.environ, "PYTHONPATH": str(home)},
        check=False,
    )
    assert done.returncode == 77
    assert len(_copies(old)) == 1
    assert not list((old / "backups").glob("*.part*"))
    assert migrate.revision_of(old / "sochihoi.db", key) == (revision if when == "before" else migrate.HEAD)
    assert engine.findings(old / "sochihoi.db", key) == ()
    assert (tally(old / "sochihoi.db", key).change, tally(old / "sochihoi.db", key).head) == (
        before.change,
        before.head,
    )
    office = opened()
    assert office.store.findings() == ()
    office.close()
    assert migrate.revision_of(old / "sochihoi.db", key) == migrate.HEAD


def test_a_damaged_old_book_is_not_migrated(old: Path) -> None:
    from sochihoi.storage.errors import DatabaseDamaged

    file = old / "sochihoi.db"
    broken = bytearray(file.read_bytes())
    broken[len(broken) // 2] ^= 1
    file.write_bytes(bytes(broken))
    with pytest.raises(DatabaseDamaged):
        open_office(old, PASSWORD)
    assert file.read_bytes() == bytes(broken)
    assert not _copies(old)
