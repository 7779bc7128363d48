"""The journal: a row for every change, chained by hash, written in the transaction of the change."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, func, select

from sochihoi.storage.schema import journal

ORIGIN: Final = bytes(32)
ERASURE: Final = "erasure"  # the noun of a row that says which rows lost their values for good


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of one record. ``before`` is absent for a new record, ``after`` for one taken away."""

    n: int
    at: str
    account_id: str
    batch: str
    act: str
    noun: str
    record_id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes, when (UTC, information only), and whether the clock is trusted."""

    account_id: str
    at: str
    clock_suspect: bool = False


Change = tuple[str, str, Mapping[Any, Any] | None, Mapping[Any, Any] | None]  # noun, record id, before, after


def append(connection: Connection, author: Author, batch: str, act: str, changes: Iterable[Change]) -> None:
    """Add a row for each change, each holding the hash of the one before."""
    last = connection.execute(select(journal.c.n, journal.c.hash).order_by(journal.c.n.desc()).limit(1)).first()
    n, prev = (last.n, last.hash) if last else (0, ORIGIN)
    rows = []
    for noun, record_id, before, after in changes:
        n += 1
        body = {
            "n": n,
            "at": author.at,
            "account_id": author.account_id,
            "batch": batch,
            "act": act,
            "noun": noun,
            "record_id": record_id,
            "before": None if before is None else dumps(before),
            "after": None if after is None else dumps(after),
            "clock_suspect": int(author.clock_suspect),
        }
        own = link(prev, body)
        rows.append({**body, "prev": prev, "hash": own})
        prev = own
    if rows:
        connection.execute(journal.insert(), rows)


def link(prev: bytes, body: Mapping[str, Any]) -> bytes:
    """The hash of one row: SHA-256 over the hash before and the canonical body."""
    return hashlib.sha256(prev + json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).digest()


def dumps(row: Mapping[Any, Any]) -> str:
    """A row as canonical JSON. Files are named by their hash: the journal does not hold their bytes twice."""
    return json.dumps(dict(row), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):  # as a number, whole where it is whole
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, bytes):
        return {"sha256": hashlib.sha256(value).hexdigest(), "length": len(value)}
    raise TypeError(type(value).__name__)


def head(connection: Connection) -> tuple[int, bytes]:
    """How many rows there are, and the hash of the last."""
    last = connection.execute(select(journal.c.n, journal.c.hash).order_by(journal.c.n.desc()).limit(1)).first()
    return (last.n, last.hash) if last else (0, ORIGIN)


def broken_links(connection: Connection) -> tuple[int, ...]:
    """The numbers of rows whose chain does not hold: changed, taken out, or put in.

    A row whose values were erased for good no longer fits its own hash. A later row that does fit says which rows were
    erased and the hash of each as it stands now (``storage.erasing``): any other change of it is found as before.
    """
    found, prev, expected = [], ORIGIN, 1
    now: dict[int, str] = {}
    told: dict[int, str] = {}
    for row in connection.execute(select(journal).order_by(journal.c.n)).mappings():
        body = {k: row[k] for k in row if k not in ("prev", "hash")}
        own = link(prev, body)
        if row["n"] != expected or row["prev"] != prev:
            found.append(row["n"])
        elif own != row["hash"]:
            now[row["n"]] = own.hex()
        elif row["noun"] == ERASURE and row["after"] is not None:
            told |= {int(n): digest for n, digest in json.loads(row["after"])["rows"].items()}
        prev, expected = row["hash"], row["n"] + 1
    return tuple(sorted([*found, *(n for n, digest in now.items() if told.get(n) != digest)]))


def of_batch(connection: Connection, batch: str) -> tuple[Entry, ...]:
    """The changes of a batch, newest first."""
    return _entries(connection, select(journal).where(journal.c.batch == batch).order_by(journal.c.n.desc()))


def next_of_batch(connection: Connection, batch: str, after: int, limit: int) -> tuple[Entry, ...]:
    """Changes of a batch in the order in which they were made, from the first behind the row ``after``."""
    query = select(journal).where(journal.c.batch == batch, journal.c.n > after).order_by(journal.c.n).limit(limit)
    return _entries(connection, query)


def of_record(connection: Connection, record_ids: Sequence[str]) -> tuple[Entry, ...]:
    """What happened to some records, newest first."""
    query = select(journal).where(journal.c.record_id.in_(record_ids)).order_by(journal.c.n.desc())
    return _entries(connection, query)


def _entries(connection: Connection, query: Any) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            row["n"],
            row["at"],
            row["account_id"],
            row["batch"],
            row["act"],
            row["noun"],
            row["record_id"],
            None if row["before"] is None else json.loads(row["before"]),
            None if row["after"] is None else json.loads(row["after"]),
        )
        for row in connection.execute(query).mappings()
    )


@dataclass(frozen=True, slots=True)
class Batch:
    """One act as the officer did it: what can be undone at once."""

    batch: str
    act: str
    at: str
    account_id: str
    changes: int


def batches(connection: Connection, limit: int = 200) -> tuple[Batch, ...]:
    """The newest batches, newest first."""
    return _batches(connection, _newest(connection, limit))[:limit]


def batch_of(connection: Connection, batch: str) -> Batch | None:
    """One batch, however old; ``None`` when there is none."""
    return next(iter(_batches(connection, [batch])), None)


def _batches(connection: Connection, names: Sequence[str]) -> tuple[Batch, ...]:
    query = (
        select(
            journal.c.batch,
            func.min(journal.c.act).label("act"),
            func.max(journal.c.at).label("at"),
            func.min(journal.c.account_id).label("account_id"),
            func.count().label("changes"),
        )
        .where(journal.c.batch.in_(names))
        .group_by(journal.c.batch)
        .order_by(func.max(journal.c.n).desc())
    )
    return tuple(Batch(r.batch, r.act, r.at, r.account_id, r.changes) for r in connection.execute(query))


def _newest(connection: Connection, limit: int) -> list[str]:
    """The batches of the newest rows, at least ``limit`` of them if there are so many: years of rows are not read for
    the few that somebody looks at.
    """
    rows = 4 * limit
    while True:
        newest = select(journal.c.batch).order_by(journal.c.n.desc()).limit(rows)
        found = list(connection.execute(newest).scalars())
        names = list(dict.fromkeys(found))
        if len(names) >= limit or len(found) < rows:
            return names[:limit]
        rows *= 8


def fingerprint(connection: Connection) -> str:
    """The head as it is printed: ``n:base64 of the first 9 bytes``."""
    n, last = head(connection)
    return f"{n}:{b64encode(last[:9]).decode()}"
