"""Assessing households: the grid of a branch, its marks and notes, and the three rounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from sochihoi.domain.campaign import Assessment, CriteriaSet, Result, Round, check_round
from sochihoi.domain.campaign_records import LaterRoundBegun, RoundDone, Sheet, SheetRow
from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.vietnamese import nfc

if TYPE_CHECKING:
    from sochihoi.services.campaign import CampaignService
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

Cells = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Finished:
    """How a round ended: households finished now, and how many of them met all criteria."""

    households: int
    passed: int


class RoundBook:
    """The grids of a year. ``set_code`` names the set scored beside the year's own; by default the own one."""

    def __init__(self, office: Office, campaign: CampaignService) -> None:
        self._office = office
        self._campaign = campaign

    def sheet(self, branch_id: str, year: int, which: Round, set_code: str | None = None) -> Sheet:
        """The grid of a branch. Raises ``NotFound``, ``SetNotForYear``."""
        with self._office.read() as work:
            return self._sheet(work, branch_id, year, which, set_code)

    def _sheet(self, work: Work, branch_id: str, year: int, which: Round, set_code: str | None) -> Sheet:
        criteria = self._campaign.criteria_in(work, year, set_code)
        lines = work.campaigns.sheet(branch_id, year, criteria.code, which, self._campaign.day_of(year))
        rows = tuple(SheetRow.of(at, line, criteria) for at, line in enumerate(lines, 1))
        return Sheet(year, criteria, which, branch_id, work.units.get(branch_id).name, rows)

    # ------------------------------------------------------------------ cells

    def mark(
        self,
        household_id: str,
        year: int,
        which: Round,
        code: str,
        result: Result | None,
        *,
        set_code: str | None = None,
    ) -> Assessment:
        """One cell, saved at once; ``None`` makes it blank again, its note stays. The household's round as it is then.

        A later round of a household begins from what the round before found. Raises ``UnknownCriterion``,
        ``NotApplicableNotAllowed``, ``RoundBeforeDone``, ``RoundDone``.
        """

        def change(_id: str, cells: Cells, _criteria: CriteriaSet) -> None:
            cells.setdefault(code, {"mark": "", "note": ""})["mark"] = result.name if result is not None else ""

        return self._change("campaign.mark", [household_id], year, which, set_code, change)[household_id]

    def note(
        self, household_id: str, year: int, which: Round, code: str, text: str, *, set_code: str | None = None
    ) -> Assessment:
        """The note of a cell; an empty one takes it away. Raises what ``mark`` raises."""

        def change(_id: str, cells: Cells, criteria: CriteriaSet) -> None:
            cells.setdefault(criteria.criterion(code).code, {"mark": "", "note": ""})["note"] = nfc(text)

        return self._change("campaign.note", [household_id], year, which, set_code, change)[household_id]

    def pass_row(self, household_id: str, year: int, which: Round, *, set_code: str | None = None) -> Assessment:
        """Every cell of the household that has no mark yet is met; what was marked stays."""

        def change(_id: str, cells: Cells, criteria: CriteriaSet) -> None:
            for code in criteria.codes:
                cell = cells.setdefault(code, {"mark": "", "note": ""})
                cell["mark"] = cell["mark"] or Result.PASS.name

        return self._change("campaign.pass_row", [household_id], year, which, set_code, change)[household_id]

    def mark_many(
        self,
        marks: Mapping[str, Mapping[str, Result]],
        year: int,
        which: Round,
        *,
        notes: Mapping[tuple[str, str], str] | None = None,
        set_code: str | None = None,
    ) -> int:
        """Marks of many households in one act: household to criterion to result; ``notes`` by (household, code)."""
        told = notes or {}

        def change(household_id: str, cells: Cells, _criteria: CriteriaSet) -> None:
            for code, result in marks[household_id].items():
                cell = cells.setdefault(code, {"mark": "", "note": ""})
                cell["mark"] = result.name
                cell["note"] = nfc(told.get((household_id, code), cell["note"]))

        return len(self._change("campaign.marks", list(marks), year, which, set_code, change))

    # ------------------------------------------------------------------ rounds

    def start(self, branch_id: str, year: int, which: Round, *, set_code: str | None = None) -> int:
        """Copy what the round before found for every household that finished it and is not yet in this one.

        How many were copied. Raises ``RoundBeforeDone`` when nobody finished the round before.
        """
        with self._campaign.writing("campaign.start") as work:
            sheet = self._sheet(work, branch_id, year, which, set_code)
            if not any(row.line.former_done for row in sheet.rows):
                check_round(which, [])
            ids = [row.household_id for row in sheet.startable]
            before = which.before
            found = work.campaigns.assessments(year, sheet.criteria.code, ids, [before] if before else [])
            work.campaigns.put_assessments(self._next(one, which) for one in found.values())
        return len(found)

    def finish(
        self,
        branch_id: str,
        year: int,
        which: Round,
        *,
        on: date | None = None,
        leave_out: bool = False,
        set_code: str | None = None,
    ) -> Finished:
        """Finish a round for a branch; the last round confirms.

        Households without any mark stay out of the round with ``leave_out``. Raises ``RoundIncomplete`` with the
        households that lack cells, ``NothingAssessed``, ``MonthClosed``, ``FieldProblem`` for a day to come.
        """
        day = on or self._office.today
        if day > self._office.today:
            raise FieldProblem("done_on", "FUTURE", f"{day:%d/%m/%Y}")
        with self._campaign.writing("campaign.finish", [day]) as work:
            sheet = self._sheet(work, branch_id, year, which, set_code)
            rows = sheet.check_finish(leave_out=leave_out)
            done = [
                replace(one, done_on=day, assessor=one.assessor or self._office.account.name)
                for one in (row.line.assessment for row in rows)
                if one is not None
            ]
            work.campaigns.put_assessments(done)
        return Finished(len(done), sum(bool(row.verdict.passed) for row in rows))

    def reopen(self, household_ids: Sequence[str], year: int, which: Round, *, set_code: str | None = None) -> int:
        """Open a finished round of households again, to correct it. How many were open again.

        Raises ``LaterRoundBegun`` when the round after it stands on one of them, ``MonthClosed``.
        """
        with self._office.read() as work:
            criteria = self._campaign.criteria_in(work, year, set_code)
            found = work.campaigns.assessments(year, criteria.code, household_ids)
        later = next((r for _household, r in found if r.value > which.value), None)
        if later is not None:
            raise LaterRoundBegun(which, later)
        done = [one for (_household, r), one in found.items() if r is which and one.done_on is not None]
        with self._campaign.writing("campaign.reopen", {one.done_on for one in done}) as work:
            work.campaigns.put_assessments(replace(one, done_on=None) for one in done)
        return len(done)

    # ------------------------------------------------------------------ inside

    def _next(self, former: Assessment, which: Round) -> Assessment:
        return replace(
            former,
            id=self._office.new_id(),
            round=which,
            results=_copied(former.results),
            assessed_on=self._office.today,
            assessor="",
            done_on=None,
        )

    def _change(
        self,
        act: str,
        household_ids: Iterable[str],
        year: int,
        which: Round,
        set_code: str | None,
        change: Callable[[str, Cells, CriteriaSet], None],
    ) -> dict[str, Assessment]:
        """Change the cells of households in one act: ``change(household_id, cells, criteria)``."""
        ids = list(household_ids)
        rounds = [which, which.before] if which.before else [which]
        with self._campaign.writing(act) as work:
            criteria = self._campaign.criteria_in(work, year, set_code)
            found = work.campaigns.assessments(year, criteria.code, ids, rounds)
            changed = {}
            for household_id in ids:
                one = self._open(work, found, household_id, year, which, criteria)
                cells = _copied(one.results)
                change(household_id, cells, criteria)
                one = replace(one, results=_tidy(cells, criteria))
                one.verdict(criteria)
                changed[household_id] = one
            self._campaign.fix_set(work, year)
            work.campaigns.put_assessments(changed.values())
        return changed

    def _open(
        self,
        work: Work,
        found: Mapping[tuple[str, Round], Assessment],
        household_id: str,
        year: int,
        which: Round,
        criteria: CriteriaSet,
    ) -> Assessment:
        """The household's round, begun now when it is not yet there."""
        one = found.get((household_id, which))
        if one is not None:
            if one.done_on is not None:
                day = self._campaign.day_of(year)
                line = work.campaigns.household_lines(year, day, household_ids=[household_id])
                raise RoundDone(line[0].head if line else "", which, one.done_on)
            return one
        former = found.get((household_id, which.before)) if which.before else None
        if former is not None and former.done_on is not None:
            return self._next(former, which)
        check_round(which, [])
        return Assessment(
            self._office.new_id(), household_id, year, criteria.code, criteria.version, which, self._office.today
        )


def _copied(results: Mapping[str, Mapping[str, str]]) -> Cells:
    return {code: {"mark": cell.get("mark", ""), "note": cell.get("note", "")} for code, cell in results.items()}


def _tidy(cells: Cells, criteria: CriteriaSet) -> Cells:
    """In the order of the set; a cell without mark and note is none. Codes that the set lacks stay, to be refused."""
    order = {code: at for at, code in enumerate(criteria.codes)}
    kept = [code for code, cell in cells.items() if cell["mark"] or cell["note"]]
    return {code: cells[code] for code in sorted(kept, key=lambda code: order.get(code, len(order)))}
