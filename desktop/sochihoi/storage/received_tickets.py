"""Transfer tickets as the newest file of each unit told them; they stand on its line of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from sochihoi.domain.exchange import Outcome
from sochihoi.storage.schema import received_file
from sochihoi.storage.work import Work

TICKETS = "tickets"
"""The fact of a line under which they stand, one list of texts for each."""
_CHUNK = 500


def told(work: Work, year: int | None = None, units: Sequence[str] = ()) -> dict[str, list[Sequence[Any]]]:
    """Unit code to the tickets in its newest file that counts; with ``year`` the newest that can speak of that year:
    one of the year or the next. An older file could not, a newer one leaves out what was settled long before it.
    ``units``: of these alone.
    """
    c = received_file.c
    query = select(c.id, c.unit_code).where(c.verdict == Outcome.STORED.name).order_by(c.received_on, c.id)
    if year is not None:
        query = query.where(c.period >= f"{year:04}", c.period < f"{year + 2:04}")
    if units:
        query = query.where(c.unit_code.in_(list(units)))
    newest = {row["unit_code"]: row["id"] for row in work.rows(query)}
    wanted = sorted(newest.values())
    found: dict[str, list[Sequence[Any]]] = {}
    for start in range(0, len(wanted), _CHUNK):
        chunk = select(c.unit_code, c.facts).where(c.id.in_(wanted[start : start + _CHUNK]))
        found.update((row["unit_code"], list((row["facts"] or {}).get(TICKETS, ()))) for row in work.rows(chunk))
    return found
