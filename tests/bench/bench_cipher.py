"""What encryption costs: inserting and scanning with the key and without, with our own pragmas. By hand:

PYTHONPATH=desktop python -m tests.bench.bench_cipher [rows]
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlcipher3.dbapi2 as driver

from sochihoi.storage import engine
from tests.bench.timing import best, table

KEY = bytes(range(32))
PRAGMAS = ("cache_size", "temp_store", "foreign_keys", "secure_delete", "journal_mode", "synchronous")
Connect = Callable[[Path], Any]


def keyed(path: Path) -> Any:
    """As the program opens it."""
    return engine.connect(path, KEY)


def unkeyed(path: Path) -> Any:
    """The same pragmas with the values that the program's own connection has, and no key."""
    with TemporaryDirectory() as place:
        ours = engine.connect(Path(place) / "ours.db", KEY)
        values = {name: ours.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}
        ours.close()
    connection = driver.connect(str(path), isolation_level=None)
    for name, value in values.items():
        connection.execute(f"PRAGMA {name}={value}")
    return connection


def insert(connect: Connect, path: Path, rows: int) -> int:
    """One transaction of so many rows of a member's size, into a new file; how many."""
    for old in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        old.unlink(missing_ok=True)
    connection = connect(path)
    connection.execute("CREATE TABLE m (id TEXT PRIMARY KEY, name TEXT, search TEXT, address TEXT, note TEXT)")
    connection.execute("CREATE INDEX m_search ON m (search)")
    connection.execute("BEGIN IMMEDIATE")
    made = (
        (
            f"018bcfe5-{n * 2654435761 % 4294967296:08x}-7000",
            f"Nguyễn Thị {n}",
            f"nguyen thi {n}",
            "Ấp An Hòa",
            "x" * 80,
        )
        for n in range(rows)
    )
    connection.executemany("INSERT INTO m VALUES (?, ?, ?, ?, ?)", made)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return rows


def scan(connect: Connect, path: Path) -> int:
    """Open the file and read every row once, nothing in the cache; how many."""
    connection = connect(path)
    (count,) = connection.execute("SELECT count(length(name) + length(note)) FROM m").fetchone()
    connection.close()
    return int(count)


def run(folder: Path, rows: int = 100_000, runs: int = 3) -> dict[str, float | int]:
    """Seconds of each and the ratios keyed to unkeyed."""
    told: dict[str, float | int] = {}
    for name, connect in (("keyed", keyed), ("unkeyed", unkeyed)):
        path = folder / f"{name}.db"
        told[f"insert {name}, s"], written = best(lambda c=connect, p=path: insert(c, p, rows), runs)  # type: ignore[misc]
        told[f"scan {name}, s"], found = best(lambda c=connect, p=path: scan(c, p), runs)  # type: ignore[misc]
        told[f"rows {name}"] = min(written, found)
    told["insert ratio"] = told["insert keyed, s"] / told["insert unkeyed, s"]
    told["scan ratio"] = told["scan keyed, s"] / told["scan unkeyed, s"]
    return told


if __name__ == "__main__":
    with TemporaryDirectory() as place:
        result = run(Path(place), *(int(one) for one in sys.argv[1:2]))
    print(table("SQLCipher with our pragmas", result))  # noqa: T201 - run by hand
