"""Reading a database file from outside: what it holds, whether it is whole. On connections of its own, so that it
can be done beside the work and on files that nobody has open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi.storage import engine as files
from sochihoi.storage.damage import Damage, DamageKind
from sochihoi.storage.errors import DatabaseDamaged
from sochihoi.storage.files import sync_file

if TYPE_CHECKING:
    from sochihoi.storage.work import Work


# Not in the digest: forms that are being filled in are no records; the journal has its own chain, whose head stands
# for all of it
_APART = ("draft", "journal")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows each table has, and the journal's last number and hash (hex): quickly counted."""

    rows: dict[str, int]
    change: int
    head: str


@dataclass(frozen=True, slots=True)
class Contents(Tally):
    """The same with a digest of every value of every record (hex)."""

    state: str


def tally(path: Path, key: bytes) -> Tally:
    """Count in one transaction. Raises ``DatabaseDamaged`` and what else the file says."""
    with _looking(path, key) as connection:
        return _tally(connection)


def contents(path: Path, key: bytes) -> Contents:
    """Read every record in one transaction. Raises ``DatabaseDamaged`` and what else the file says."""
    with _looking(path, key) as connection:
        counted = _tally(connection)
        return Contents(counted.rows, counted.change, counted.head, _digest(connection, counted.rows))


@contextmanager
def _looking(path: Path, key: bytes) -> Iterator[Any]:
    connection = files.connect(path, key)
    try:
        with files.translated(path):
            connection.execute("BEGIN")
            yield connection
    finally:
        connection.close()


def _tally(connection: Any) -> Tally:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name").fetchall()
    tables = [name for (name,) in found if not name.startswith("sqlite_")]
    # the names come from the file's own list, quoted
    rows = {name: connection.execute(f"SELECT count(*) FROM {_quoted(name)}").fetchone()[0] for name in tables}  # noqa: S608
    return Tally(rows, *(_head(connection) if "journal" in rows else (0, "")))


def _head(connection: Any) -> tuple[int, str]:
    last = connection.execute("SELECT n, hash FROM journal ORDER BY n DESC LIMIT 1").fetchone()
    return (last[0], last[1].hex()) if last else (0, "")


def _digest(connection: Any, rows: Mapping[str, int]) -> str:
    digest = sha256()
    for table in rows:
        if table in _APART:
            continue
        columns = len(connection.execute(f"PRAGMA table_info({_quoted(table)})").fetchall())
        order = ",".join(str(n + 1) for n in range(columns))  # by value: a copy numbers its rows anew
        digest.update(f"\n{table}\n".encode())
        for row in connection.execute(f"SELECT * FROM {_quoted(table)} ORDER BY {order}"):  # noqa: S608
            digest.update(repr(row).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


_TRIES = 3  # of a copy beside the work; the last one lets nobody else write


def copy_checked(path: Path, key: bytes, target: Path) -> Contents:
    """A whole copy, opened, checked, counted against what it was taken from, synced; what it holds.

    Raises ``DatabaseDamaged`` and leaves nothing behind then; also ``DiskFull``, ``CannotWrite``.
    """
    try:
        for attempt in range(_TRIES):
            last = attempt == _TRIES - 1
            with files.held(path, key) if last else nullcontext():
                before = tally(path, key)
                files.copy_to(path, key, target)
                said = files.findings(target, key)
                if said:
                    raise DatabaseDamaged(said)
                copied = contents(target, key)
                counted = Tally(copied.rows, copied.change, copied.head)
                # written to in between: the copy may be of either side of that
                if counted == before or counted == tally(path, key):
                    sync_file(target)
                    return copied
            target.unlink()
        raise DatabaseDamaged((Damage(DamageKind.STRUCTURE),))
    except BaseException:
        for leftover in target.parent.glob(f"{target.name}*"):
            leftover.unlink(missing_ok=True)
        raise


def head(path: Path, key: bytes) -> tuple[int, str]:
    """The journal's last number and hash (hex): two states of a book with the same head are the same state."""
    with _looking(path, key) as connection:
        return _head(connection)


def hash_at(path: Path, key: bytes, change: int) -> str:
    """The hash of one row of the journal (hex); empty when it has no such row."""
    with _looking(path, key) as connection:
        found = connection.execute("SELECT hash FROM journal WHERE n=?", (change,)).fetchone()
        return found[0].hex() if found else ""


@contextmanager
def reading(path: Path, key: bytes) -> Iterator[Work]:
    """The nouns over a file that is not opened as a book: nothing is migrated, nothing is changed."""
    from sochihoi.storage.work import Work

    engine = files.open_engine(path, key)
    try:
        with files.translated(path), engine.connect() as connection:
            yield Work(connection)
    finally:
        engine.dispose()


def damage_of(path: Path, key: bytes, *, quick: bool = False) -> tuple[Damage, ...]:
    """What a check of the file, of the journal's chain and of the records against it says; empty when all is whole.
    ``quick``: of the file only, and without its seals. Raises ``DatabaseDamaged`` when it cannot be opened at all.
    """
    from sochihoi.storage import agreement, journal
    from sochihoi.storage.migrate import HEAD, revision_of

    said = files.findings(path, key, quick=quick)
    if said or quick:
        return said
    with reading(path, key) as work:
        broken = journal.broken_links(work.connection)
        if broken:
            return (Damage(DamageKind.JOURNAL, len(broken), broken[0], "journal"),)
        if revision_of(path, key) != HEAD:  # the tables of this version are not those of the file
            return ()
        astray = agreement.counted(agreement.disagreeing(work))
    return tuple(Damage(DamageKind.RECORDS, count, noun=noun) for noun, count in astray.items())
