"""Whether the records are what the journal says they became. A page of the file that was put back to an older state
has a good seal of its own; only this finds the record that went back with it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, or_, select

from sochihoi.storage import bulk, journal
from sochihoi.storage.schema import METADATA
from sochihoi.storage.schema import journal as rows
from sochihoi.storage.work import Work


def disagreeing(work: Work) -> tuple[tuple[str, str], ...]:
    """(Table, id) of every record that differs from the newest row of the journal about it, by table and id; then of
    rows that came in by the thousand, by table and partition.
    """
    found = []
    for noun, table in METADATA.tables.items():
        told = (
            select(func.max(rows.c.n).label("n"))
            .where(rows.c.noun == noun, or_(rows.c.before.is_not(None), rows.c.after.is_not(None)))
            .group_by(rows.c.record_id)
            .subquery()
        )
        newest = select(rows.c.record_id, rows.c.after).join(told, told.c.n == rows.c.n)
        then = {row.record_id: row.after for row in work.connection.execute(newest)}
        if not then:
            continue
        now = {row["id"]: row for row in work.rows(select(table))}
        found += [(noun, key) for key in sorted(then) if not _agrees(now.get(key), then[key])]
    return (*found, *bulk.disagreeing(work))


def counted(found: tuple[tuple[str, str], ...]) -> Mapping[str, int]:
    """How many of each table."""
    return Counter(noun for noun, _key in found)


def _agrees(now: Mapping[Any, Any] | None, after: str | None) -> bool:
    if now is None or after is None:
        return now is None and after is None
    then = json.loads(after)
    plain = json.loads(journal.dumps({key: now[key] for key in then if key in now}))
    return bool(plain == {key: value for key, value in then.items() if key in now})
