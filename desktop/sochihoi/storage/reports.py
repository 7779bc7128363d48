"""Issued reports and the archive of what was printed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select

from sochihoi.domain.errors import NotFound
from sochihoi.domain.issued import ArchivedPaper, IssuedReport
from sochihoi.storage.mapping import from_row, from_rows, to_row
from sochihoi.storage.schema import archived_paper, issued_report
from sochihoi.storage.work import Work

_ISSUED = [c for c in issued_report.c if c.name != "content"]
_ARCHIVED = [c for c in archived_paper.c if c.name != "content"]


class IssuedReports:
    """Reports by form, unit, period and edition."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, made: IssuedReport) -> None:
        """A report that got its number."""
        self._work.insert(issued_report, [to_row(made)])

    def editions(self, form: str, unit_id: str, period: str) -> tuple[IssuedReport, ...]:
        """Every edition, the first one first."""
        query = (
            select(issued_report)
            .where(
                issued_report.c.form == form,
                issued_report.c.unit_id == unit_id,
                issued_report.c.period == period,
                issued_report.c.deleted_on.is_(None),
            )
            .order_by(issued_report.c.edition)
        )
        return from_rows(IssuedReport, self._work.rows(query))

    def newest(self, form: str, unit_id: str, period: str) -> IssuedReport | None:
        """The edition that counts."""
        found = self.editions(form, unit_id, period)
        return found[-1] if found else None

    def days(self) -> list[date]:
        """The days on which anything was issued."""
        query = select(issued_report.c.issued_on).where(issued_report.c.deleted_on.is_(None)).distinct()
        return [row["issued_on"] for row in self._work.rows(query) if row["issued_on"] is not None]

    def units(self, form: str, period: str) -> frozenset[str]:
        """Whose reports of a form over a period were issued."""
        query = select(issued_report.c.unit_id).where(
            issued_report.c.form == form, issued_report.c.period == period, issued_report.c.deleted_on.is_(None)
        )
        return frozenset(row["unit_id"] for row in self._work.rows(query.distinct()))

    def of_unit(self, unit_id: str) -> tuple[IssuedReport, ...]:
        """Every edition of every report of the commune or of a branch, in order; without ``content``."""
        query = (
            select(*_ISSUED)
            .where(issued_report.c.unit_id == unit_id, issued_report.c.deleted_on.is_(None))
            .order_by(issued_report.c.id)
        )
        return from_rows(IssuedReport, [{**row, "content": {}} for row in self._work.rows(query)])

    def by_code(self, code: str) -> tuple[IssuedReport, ...]:
        """Those that carry a short code."""
        query = select(issued_report).where(issued_report.c.code == code, issued_report.c.deleted_on.is_(None))
        return from_rows(IssuedReport, self._work.rows(query))

    # ------------------------------------------------------------------ the archive

    def archive(self, paper: ArchivedPaper, content: bytes) -> None:
        """Keep a file, unless exactly it is kept already."""
        same = select(func.count()).where(
            archived_paper.c.form == paper.form,
            archived_paper.c.unit_id == paper.unit_id,
            archived_paper.c.period == paper.period,
            archived_paper.c.edition == paper.edition,
            archived_paper.c.kind == paper.kind.name,
            archived_paper.c.sha256 == paper.sha256,
            archived_paper.c.deleted_on.is_(None),
        )
        if not self._work.value(same):
            self._work.insert(archived_paper, [{**to_row(paper), "content": content}])

    def archived(self, form: str, unit_id: str, period: str) -> tuple[ArchivedPaper, ...]:
        """What was kept of a report, all editions, the newest first."""
        query = (
            select(*_ARCHIVED)
            .where(
                archived_paper.c.form == form,
                archived_paper.c.unit_id == unit_id,
                archived_paper.c.period == period,
                archived_paper.c.deleted_on.is_(None),
            )
            .order_by(archived_paper.c.id.desc())
        )
        return from_rows(ArchivedPaper, self._work.rows(query))

    def paper(self, paper_id: str) -> tuple[ArchivedPaper, bytes]:
        """A kept file with its bytes. Raises ``NotFound``."""
        found: Mapping[Any, Any] | None = self._work.find(archived_paper, paper_id)
        if found is None:
            raise NotFound("archived_paper", paper_id)
        row = dict(found)
        content = bytes(row.pop("content"))
        return from_row(ArchivedPaper, row), content

    def by_sha256(self, sha256: str) -> tuple[ArchivedPaper, ...]:
        """Kept files with exactly these bytes."""
        query = select(*_ARCHIVED).where(archived_paper.c.sha256 == sha256, archived_paper.c.deleted_on.is_(None))
        return from_rows(ArchivedPaper, self._work.rows(query))
