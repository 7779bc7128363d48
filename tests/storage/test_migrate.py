"""The schema that the migrations make is the schema of the tables; a newer database is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import OperationalError

from sochihoi.storage import engine, migrate
from sochihoi.storage.errors import DatabaseNewer
from sochihoi.storage.schema import METADATA
from sochihoi.storage.store import Store
from tests.storage.conftest import KEY, StoreMaker


def test_migrations_make_what_the_tables_say(store: Store) -> None:
    with store.read() as work:
        context = MigrationContext.configure(work.connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_the_known_revisions_are_those_of_the_scripts() -> None:
    scripts = ScriptDirectory(str(migrate.Path(migrate.__file__).parent / "migrations"))
    assert scripts.get_heads() == [migrate.HEAD]
    assert {s.revision for s in scripts.walk_revisions()} == set(migrate.REVISIONS)


def test_a_newer_database_is_refused_and_stays_as_it_is(store: Store, make_store: StoreMaker) -> None:
    path = store.folder.path
    store.close()
    raw = engine.connect(path / "sochihoi.db", KEY)
    raw.execute("UPDATE alembic_version SET version_num='9999'")
    raw.close()
    with pytest.raises(DatabaseNewer):
        make_store(path)
    assert migrate.revision_of(path / "sochihoi.db", KEY) == "9999"


def test_a_copy_is_checked_before_it_has_a_name(store: Store) -> None:
    kept = migrate.keep_copy(store.folder, KEY, "before-0002")
    assert kept.name == "before-0002.db"
    assert engine.findings(kept, KEY) == ()
    assert not list(kept.parent.glob("*.part"))


def test_a_migration_that_fails_leaves_nothing_behind(make_store: StoreMaker, tmp_path: Path) -> None:
    folder = tmp_path / "commune"
    folder.mkdir()
    raw = engine.connect(folder / "sochihoi.db", KEY)
    raw.execute("CREATE TABLE unit (id)")  # stands in the way of a table in the middle of the script
    with pytest.raises(OperationalError):
        make_store(folder)
    assert [r[0] for r in raw.execute("SELECT name FROM sqlite_master")] == ["unit"]
    raw.execute("DROP TABLE unit")
    raw.close()
    assert make_store(folder).migrated_from is None
