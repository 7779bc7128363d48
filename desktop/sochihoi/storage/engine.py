"""Opening the encrypted file. The pragmas are decisions: see ADR 0002 and the figures behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from sochihoi.domain.errors import UserError
from sochihoi.storage.damage import Damage, DamageKind
from sochihoi.storage.errors import CannotWrite, DatabaseDamaged, DiskFull, FolderInUse

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
    except driver.DatabaseError as problem:
        connection.close()
        told = translation(problem, path)
        if told is None and isinstance(problem, driver.OperationalError):
            raise
        raise told or DatabaseDamaged((UNREADABLE,)) from problem
    return connection


# SQLite's own result codes: its sentences change from version to version
_PERM, _BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 3, 5, 6, 8, 10, 11, 13, 14, 26
_UNREAD = (266, 522, 8202, 8458)  # of the I/O errors those that say that the disk no longer gives what was written
UNREADABLE = Damage(DamageKind.UNREADABLE)


def translation(problem: BaseException, path: Path) -> UserError | None:
    """What the officer can mend in what the database said: no room, no right to write, in use, a damaged file."""
    told = getattr(getattr(problem, "orig", problem), "sqlite_errorcode", 0)
    code = told & 0xFF
    if told in _UNREAD or code in (_CORRUPT, _NOTADB):
        return DatabaseDamaged((UNREADABLE,))
    if code == _FULL:
        return DiskFull(str(path))
    if code in (_PERM, _READONLY, _IOERR, _CANTOPEN):
        return CannotWrite(str(path))
    if code in (_BUSY, _LOCKED):
        return FolderInUse(str(path.parent))
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


def findings(path: Path, key: bytes, *, quick: bool = False) -> tuple[Damage, ...]:
    """What an integrity check says; empty when the file is whole. The log is folded in first, or it would mislead.

    Raises ``DatabaseDamaged`` when the file cannot be opened at all.
    """
    connection = connect(path, key)
    try:
        found = _structure(connection, path, "quick_check" if quick else "integrity_check")
        if not quick:
            found += _seals(connection, path)
            found += _links(connection, path)
        return tuple(dict.fromkeys(found))
    finally:
        connection.close()


def _unreadable(problem: Exception, path: Path) -> Damage:
    """A check that breaks off is a finding; a database that is in use or a full disk is not."""
    told = translation(problem, path)
    if told is not None and not isinstance(told, DatabaseDamaged):
        raise told from problem
    return UNREADABLE


def _structure(connection: Any, path: Path, pragma: str) -> list[Damage]:
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        lines = [line for row in connection.execute(f"PRAGMA {pragma}") for line in str(row[0]).splitlines()]
    except driver.DatabaseError as problem:
        return [_unreadable(problem, path)]
    faults = [line for line in lines if line != "ok" and not line.startswith("***")]
    return [Damage(DamageKind.STRUCTURE, len(faults))] if faults else []


def _seals(connection: Any, path: Path) -> list[Damage]:
    try:
        told = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
    except driver.DatabaseError as problem:
        return [_unreadable(problem, path)]
    pages = [int(number) for line in told for number in re.findall(r"\d+$", line)]
    return [Damage(DamageKind.SEALS, len(told), min(pages, default=0))] if told else []


def _links(connection: Any, path: Path) -> list[Damage]:
    try:
        tables = [str(row[0]) for row in connection.execute("PRAGMA foreign_key_check")]
    except driver.DatabaseError as problem:
        return [_unreadable(problem, path)]
    return [Damage(DamageKind.LINKS, tables.count(noun), noun=noun) for noun in sorted(set(tables))]


@contextmanager
def held(path: Path, key: bytes) -> Iterator[None]:
    """Nobody else writes meanwhile."""
    connection = connect(path, key)
    try:
        with translated(path):
            connection.execute("BEGIN IMMEDIATE")
        yield
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
