"""What came after a batch and stands on it: why it cannot be taken back by itself, and which acts that were."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from sochihoi.storage.schema import METADATA, journal

if TYPE_CHECKING:
    from sochihoi.storage.work import Work

_CHUNK = 500


def standing_on(work: Work, erased: Mapping[str, Collection[str]]) -> list[tuple[str, str]]:
    """Records, as (noun, id), that name one of those that would be erased and are not erased with it."""
    found: dict[tuple[str, str], None] = {}
    for table in METADATA.tables.values():
        for column in table.columns:
            for key in column.foreign_keys:
                ids = sorted(erased.get(key.column.table.name, ()))
                for start in range(0, len(ids), _CHUNK):
                    query = select(table.c.id).where(column.in_(ids[start : start + _CHUNK]))
                    rows = (str(row["id"]) for row in work.rows(query))
                    found |= {(table.name, one): None for one in rows if one not in erased.get(table.name, ())}
    return list(found)


def later_batches(work: Work, batch: str, records: Sequence[tuple[str, str]], limit: int) -> list[tuple[str, str, str]]:
    """The newest acts since a batch on some records: batch, act, moment (UTC text). Without what was taken back."""
    since = work.value(select(func.max(journal.c.n)).where(journal.c.batch == batch)) or 0
    found: dict[str, tuple[int, str, str]] = {}
    ids = [one for _noun, one in records]
    for start in range(0, len(ids), _CHUNK):
        query = select(journal.c.n, journal.c.batch, journal.c.act, journal.c.at).where(
            journal.c.n > since, journal.c.record_id.in_(ids[start : start + _CHUNK])
        )
        for row in work.rows(query):
            found[row["batch"]] = (row["n"], row["act"], row["at"])
    undone = {act.removeprefix("undo ") for _n, act, _at in found.values() if act.startswith("undo ")}
    kept = [
        (n, name, act, at) for name, (n, act, at) in found.items() if not act.startswith("undo ") and name not in undone
    ]
    return [(name, act, at) for _n, name, act, at in sorted(kept, reverse=True)[:limit]]
