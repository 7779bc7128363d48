"""The steps of files on their way."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from sochihoi.domain.custody import Step
from sochihoi.storage.mapping import from_rows, to_row
from sochihoi.storage.schema import custody_step
from sochihoi.storage.work import Work

_CHUNK = 500  # hashes in one IN list


def add(work: Work, steps: Iterable[Step]) -> None:
    """Write steps down."""
    work.insert(custody_step, [to_row(one) for one in steps])


def of(work: Work, hashes: Iterable[str]) -> dict[str, tuple[Step, ...]]:
    """The steps of files by their SHA-256, in order; files without any are absent."""
    wanted = sorted(set(hashes))
    found: dict[str, tuple[Step, ...]] = {}
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        query = select(custody_step).where(custody_step.c.sha256.in_(part), custody_step.c.deleted_on.is_(None))
        for step in from_rows(Step, work.rows(query.order_by(custody_step.c.id))):
            found[step.sha256] = (*found.get(step.sha256, ()), step)
    return found
