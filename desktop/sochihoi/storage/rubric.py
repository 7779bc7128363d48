"""Score sheets of branches: one row a branch and year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select

from sochihoi.domain.rubric import Title
from sochihoi.domain.scoring import BranchScore
from sochihoi.storage.mapping import from_rows, to_row
from sochihoi.storage.schema import branch_score
from sochihoi.storage.work import Work


class Scores:
    """Score sheets."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of_year(self, year: int) -> dict[str, BranchScore]:
        """Branch to its sheet of that year."""
        query = select(branch_score).where(branch_score.c.year == year, branch_score.c.deleted_on.is_(None))
        return {one.branch_id: one for one in from_rows(BranchScore, self._work.rows(query))}

    def years(self) -> tuple[int, ...]:
        """Years with a sheet, in order."""
        query = select(branch_score.c.year).where(branch_score.c.deleted_on.is_(None)).distinct()
        return tuple(sorted(row["year"] for row in self._work.rows(query)))

    def decisions(self, before: int) -> list[tuple[int, str, Title | None]]:
        """Year, branch and title (``None``: refused) of every decision of the years before this one."""
        query = select(branch_score.c.year, branch_score.c.branch_id, branch_score.c.title).where(
            branch_score.c.recognised_on.is_not(None),
            branch_score.c.year < before,
            branch_score.c.deleted_on.is_(None),
        )
        return [(r["year"], r["branch_id"], Title[r["title"]] if r["title"] else None) for r in self._work.rows(query)]

    def add(self, new: Sequence[BranchScore]) -> None:
        """New sheets; one that was taken off in the same year comes back as new."""
        years = {one.year for one in new}
        query = select(branch_score.c.id, branch_score.c.year, branch_score.c.branch_id).where(
            branch_score.c.year.in_(years), branch_score.c.deleted_on.is_not(None)
        )
        gone = {(r["year"], r["branch_id"]): r["id"] for r in self._work.rows(query)}
        self._work.put(
            branch_score,
            [{**to_row(one), "id": gone.get((one.year, one.branch_id), one.id), "deleted_on": None} for one in new],
        )

    def save(self, changed: Iterable[BranchScore]) -> None:
        """Changed sheets."""
        rows = {one.id: {k: v for k, v in to_row(one).items() if k != "id"} for one in changed}
        self._work.update(branch_score, rows)

    def remove(self, ids: Iterable[str], on: date) -> None:
        """Take registrations back."""
        self._work.remove(branch_score, ids, on)
