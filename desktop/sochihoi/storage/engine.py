"""Opening the encrypted file. The pragmas are decisions: see ADR 0002 and the figures behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from sochihoi.domain.errors import UserError
from sochihoi.storage.errors import CannotWrite, DatabaseDamaged, DiskFull

# Older ones can corrupt a write-ahead log with two connections
LEAST_SQLITE = (3, 51, 3)


def connect(path: Path, key: bytes, *, read_only: bool = False) -> Any:
    """One raw connection with our pragmas. Raises ``DatabaseDamaged`` when the key does not open the file."""
    if driver.sqlite_version_info < LEAST_SQLITE:
        raise RuntimeError(driver.sqlite_version)
    mode = "?mode=ro" if read_only else ""
    with translated(path):
        connection = driver.connect(
            f"file:{_uri(path)}{mode}", uri=True, isolation_level=None, check_same_thread=False, timeout=10
        )
    run = connection.execute
    run("PRAGMA cipher_log_level=NONE")  # it would print to stderr
    run(f"PRAGMA key=\"x'{key.hex()}'\"")
    try:
        run("SELECT count(*) FROM sqlite_master").fetchone()
        run("PRAGMA cache_size=-65536")  # 64 MiB: with less, each page is encrypted again and again
        run("PRAGMA temp_store=MEMORY")  # no temporary file in clear
        run("PRAGMA foreign_keys=ON")
        run("PRAGMA secure_delete=ON")
        run("PRAGMA recursive_triggers=ON")  # or INSERT OR REPLACE would rewrite the journal past its triggers
        if not read_only:
            run("PRAGMA journal_mode=WAL")
            run("PRAGMA synchronous=FULL")
            run("PRAGMA wal_autocheckpoint=1000")
    except driver.OperationalError as problem:
        connection.close()
        told = translation(problem, path)
        if told is None:
            raise
        raise told from problem
    except driver.DatabaseError as problem:
        connection.close()
        raise DatabaseDamaged((str(problem),)) from problem
    return connection


def translation(problem: BaseException, path: Path) -> UserError | None:
    """What the officer can mend in what the database said: no room, no right to write, a damaged file."""
    said = str(problem).lower()
    if "disk is full" in said:
        return DiskFull(str(path))
    if any(word in said for word in ("readonly", "unable to open", "disk i/o", "permission")):
        return CannotWrite(str(path))
    if any(word in said for word in ("disk image is malformed", "not a database")):
        return DatabaseDamaged((str(problem),))
    return None


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what the database says of its file into a problem with words; anything else stays as it is."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except (driver.DatabaseError, DBAPIError) as problem:
        told = translation(problem, path)
        if told is None:
            raise
        raise told from problem


def _uri(path: Path) -> str:
    from urllib.parse import quote

    return quote(path.resolve().as_posix(), safe="/:")


def open_engine(path: Path, key: bytes) -> Engine:
    """An engine whose transactions begin when we say: the driver's own would leave half a migration behind."""
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=lambda: connect(path, key),
        module=driver,
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=2,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
        if writes:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")

    return engine


def findings(path: Path, key: bytes, *, quick: bool = False) -> tuple[str, ...]:
    """What an integrity check says; empty when the file is whole. The log is folded in first, or it would mislead."""
    connection = connect(path, key)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        rows = [r[0] for r in connection.execute("PRAGMA quick_check" if quick else "PRAGMA integrity_check")]
        said = [r for r in rows if r != "ok"]
        if not quick:
            said += [str(r[0]) for r in connection.execute("PRAGMA cipher_integrity_check")]
            said += [f"foreign key: {r[0]} {r[1]}" for r in connection.execute("PRAGMA foreign_key_check")]
        return tuple(said)
    except driver.DatabaseError as problem:
        return (str(problem),)
    finally:
        connection.close()


def copy_to(path: Path, key: bytes, target: Path) -> None:
    """A whole copy under the same key, taken inside SQLite: a copy of the file alone would miss its log."""
    connection = connect(path, key)
    try:
        with translated(path):
            connection.execute("VACUUM INTO ?", (str(target),))
    finally:
        connection.close()
