"""Received rows: thousands at a time, put in the place of what stood for the same unit. The file that they came in is
in the ledger, so the journal says how many they are and their digest, not each of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from sqlalchemy import JSON, Connection, Table, func, select
from sqlalchemy import delete as sql_delete

from sochihoi.storage import journal
from sochihoi.storage.schema import journal as journal_table
from sochihoi.storage.schema import received_figure, received_member
from sochihoi.storage.work import Row, Work

FIGURES: Final = received_figure
MEMBERS: Final = received_member
KEYS: Final = {FIGURES: ("unit_code", "period"), MEMBERS: ("unit_code",)}
"""The columns whose values name a partition: what is replaced as a whole."""


def noun_of(table: Table) -> str:
    """Under which the journal speaks of a partition; it names no table, so that no batch of it is taken back by row."""
    return f"{table.name}/rows"


def replace(work: Work, table: Table, where: Sequence[str], rows: Sequence[Row]) -> None:
    """Put rows, each with all it says, in the place of everything that stands for ``where`` (values of ``KEYS``)."""
    matches = [table.c[name] == value for name, value in zip(KEYS[table], where, strict=True)]
    before = _newest(work, table, where)
    if before is None:  # a book from before had them in its journal by row: there they also end
        work.erase(table, [str(key) for key in work.connection.execute(select(table.c.id).where(*matches)).scalars()])
    else:
        work.connection.execute(sql_delete(table).where(*matches))
    insert(work.connection, table, rows)
    after = _summary(table, rows) if rows else None
    if before or after:
        work.note_change(noun_of(table), " ".join(where), before or None, after)


def insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """New rows by the fastest way of the engine; nothing is journaled here."""
    if not rows:
        return
    if connection.dialect.name != "postgresql":
        connection.execute(table.insert(), [dict(row) for row in rows])
        return
    names = list(dict.fromkeys(name for row in rows for name in row))
    nested = {name for name in names if isinstance(table.c[name].type, JSON)}
    raw: Any = connection.connection.driver_connection
    columns = ", ".join(f'"{name}"' for name in names)
    with raw.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(
                [json.dumps(row[name], ensure_ascii=False) if name in nested else row[name] for name in names]
            )


def disagreeing(work: Work) -> Iterator[tuple[str, str]]:
    """(Table, partition) of those whose rows are not what the journal says of them, by table and partition."""
    for table in KEYS:
        then = dict(_told(work, table))
        now = dict(_present(work, table, then))
        yield from ((table.name, key) for key in sorted(then) if then[key] != now.get(key))


def _newest(work: Work, table: Table, where: Sequence[str]) -> dict[str, Any] | None:
    """What the journal said last of a partition; ``None`` when it never did, empty when it has no rows now."""
    query = (
        select(journal_table.c.after)
        .where(journal_table.c.record_id == " ".join(where), journal_table.c.noun == noun_of(table))
        .order_by(journal_table.c.n.desc())
        .limit(1)
    )
    found = work.connection.execute(query).first()
    return None if found is None else json.loads(found.after or "{}")


def _told(work: Work, table: Table) -> Iterator[tuple[str, dict[str, Any]]]:
    newest = (
        select(func.max(journal_table.c.n).label("n"))
        .where(journal_table.c.noun == noun_of(table))
        .group_by(journal_table.c.record_id)
        .subquery()
    )
    query = select(journal_table.c.record_id, journal_table.c.after).join(newest, newest.c.n == journal_table.c.n)
    for row in work.connection.execute(query):
        if row.after is not None:
            yield row.record_id, json.loads(row.after)


def _present(work: Work, table: Table, wanted: Mapping[str, object]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Read by and by: of a province these are half a million rows."""
    keys = [table.c[name] for name in KEYS[table]]
    rows = work.connection.execute(select(table).order_by(*keys, table.c.id)).yield_per(2000).mappings()
    for key, several in groupby(rows, lambda row: " ".join(row[name] for name in KEYS[table])):
        if key in wanted:
            yield key, _summary(table, several)


def _summary(table: Table, rows: Iterable[Row]) -> dict[str, Any]:
    """How many rows, and SHA-256 over each in the order of their ids."""
    digest, count = hashlib.sha256(), 0
    for row in sorted(rows, key=lambda row: str(row["id"])):
        told = {column.name: row.get(column.name) for column in table.columns}
        digest.update(journal.dumps(told).encode() + b"\n")
        count += 1
    return {"rows": count, "sha256": digest.hexdigest()}
