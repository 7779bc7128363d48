"""Taking the values of some records out of the journal for good, so that the chain shows that it was done and by whom.

The rows stay, with who, when and what kind of act. A new row, chained like every other, names each of them and the hash
of what is left of it: nothing can be erased without such a row, and what is left cannot be changed unseen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, RowMapping, select
from sqlalchemy import update as sql_update

from sochihoi.storage import journal
from sochihoi.storage.erased import without_values
from sochihoi.storage.schema import journal as rows
from sochihoi.storage.work import Work

_CHUNK = 500  # ids in one IN list
_GUARD = "journal_no_update"


def erase_values(work: Work, about: str, records: Collection[tuple[str, str]]) -> int:
    """Erase what the journal holds of records (noun, id) but their state now; ``about`` is the id that the new row
    bears. How many rows lost values. Raises ``RuntimeError`` in a unit of work that only reads.
    """
    if work.author is None:
        raise RuntimeError("a reading unit of work erases nothing")
    ids = sorted({key for _noun, key in records})
    found: list[RowMapping] = []
    for start in range(0, len(ids), _CHUNK):
        own = select(rows).where(rows.c.record_id.in_(ids[start : start + _CHUNK]))
        found += [row for row in work.rows(own) if (row["noun"], row["record_id"]) in records]
    newest = {(row["noun"], row["record_id"]): row["n"] for row in sorted(found, key=lambda row: int(row["n"]))}
    by = journal.head(work.connection)[0] + 1
    left = [_left(row, by, keep_after=newest[row["noun"], row["record_id"]] == row["n"]) for row in found]
    left = [row for row, before in zip(left, found, strict=True) if row != dict(before)]
    _rewrite(work, left)
    told = {str(row["n"]): journal.link(row["prev"], _body(row)).hex() for row in left}
    work.note(journal.ERASURE, about, {"rows": told})
    return len(left)


def _left(row: RowMapping, by: int, *, keep_after: bool) -> dict[str, Any]:
    """The newest row of a record keeps what the record is now: a check compares the two."""
    after = row["after"] if keep_after else without_values(row["noun"], row["after"], by)
    return {**row, "before": without_values(row["noun"], row["before"], by), "after": after}


def _body(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in ("prev", "hash")}


def _rewrite(work: Work, left: list[dict[str, Any]]) -> None:
    """The only place that lifts the guard of the journal, within the transaction that says so."""
    with _unguarded(work.connection):
        for row in left:
            changed = sql_update(rows).where(rows.c.n == row["n"])
            work.connection.execute(changed.values(before=row["before"], after=row["after"]))


@contextmanager
def _unguarded(connection: Connection) -> Iterator[None]:
    run = connection.exec_driver_sql
    if connection.dialect.name == "postgresql":
        run(f"ALTER TABLE journal DISABLE TRIGGER {_GUARD}")
        yield
        run(f"ALTER TABLE journal ENABLE TRIGGER {_GUARD}")
        return
    guard = run("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?", (_GUARD,)).scalar_one()
    run(f"DROP TRIGGER {_GUARD}")
    yield
    run(guard)
