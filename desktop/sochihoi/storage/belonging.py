"""What belongs to a record: the rows that are told with it when its history is read."""

from __future__ import annotations

from sqlalchemy import Table, select

from sochihoi.storage.schema import assessment, attendance, household_registration, proposal
from sochihoi.storage.work import Work

_PARTS: dict[str, tuple[Table, ...]] = {
    "meeting": (attendance, proposal),
    "household": (household_registration, assessment),
}


def parts_of(work: Work, noun: str, record_id: str) -> tuple[str, ...]:
    """The ids of its rows; a row that was taken away again has none."""
    found: list[str] = []
    for table in _PARTS.get(noun, ()):
        query = select(table.c.id).where(table.c[f"{noun}_id"] == record_id).order_by(table.c.id)
        found += work.connection.execute(query).scalars()
    return tuple(found)
