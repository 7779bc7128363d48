"""What an officer does with model branches: register, score from the records, verify, recognise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from sochihoi.domain.errors import FieldProblem, NotFound
from sochihoi.domain.rubric import Answer, Rubric, Title, outstanding_share
from sochihoi.domain.rubric_records import (
    ScoreSheet,
    SheetBegun,
    TitleFromSheet,
    YearList,
    back_to_own,
    corrected,
    earlier_title,
    with_evidence,
    with_text,
)
from sochihoi.domain.scoring import BranchScore, Holdings, NoSuchLine, ScoresReadOnly, ScoreState, holdings
from sochihoi.domain.units import Level, Unit
from sochihoi.domain.vietnamese import nfc
from sochihoi.services.rubric_measures import last_day_of
from sochihoi.services.rubric_sheets import branch_line, sheet_of, title_held

if TYPE_CHECKING:
    from sochihoi.services.figure_lists import Line
    from sochihoi.services.office import Office
    from sochihoi.services.rubric_measures import MeasureBook
    from sochihoi.storage.work import Work

TEXT_LIMIT = 500  # characters of a reason or an evidence


class RubricService:
    """Score sheets of branches. ``last_batch`` is the batch of the newest act here, for its undo."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.last_batch = ""

    @cached_property
    def measures(self) -> MeasureBook:
        """What the records say."""
        from sochihoi.services.rubric_measures import MeasureBook

        return MeasureBook(self._office)

    @contextmanager
    def _writing(self, act: str, *dates: date | None) -> Iterator[Work]:
        with self._office.write(act, dates=dates) as work:
            before = work.months.version()
            yield work
            after = work.months.version()
        self.last_batch = work.batch
        self.measures.kept(before, after)

    # ------------------------------------------------------------------ reading

    def years(self) -> tuple[int, ...]:
        """Years with sheets or titles, and this one; newest first."""
        with self._office.read() as work:
            return tuple(sorted({*work.scores.years(), self._office.figures.last_day(work).year}, reverse=True))

    def rubric_of(self, work: Work, year: int, sheets: Mapping[str, BranchScore]) -> Rubric:
        """The rubric of a year: the one that its sheets are scored with, else the one in force. Raises ``NotFound``."""
        scored = next((one for one in sheets.values() if one.rows or one.state is ScoreState.REGISTERED), None)
        if scored is None:
            return self._office.definitions.rubric_for(year)
        return self._office.definitions.rubric(scored.rubric_code, scored.rubric_version)

    def year(self, year: int) -> YearList:
        """The branches of a year with state, points, band and title. Raises ``NotFound``, ``FuturePeriod``."""
        with self._office.read() as work:
            sheets = work.scores.of_year(year)
            rubric = self.rubric_of(work, year, sheets)
            held = self._held(work, year)
            measures = self.measures.of(work, rubric, year)
            lines = tuple(
                branch_line(unit, sheets.get(unit.id), rubric, measures, title_held(held, unit.id))
                for unit in self._branches(work, measures.until.end, sheets)
            )
        now = {one.branch_id: one.title for one in lines}
        model = (held.model - now.keys()) | {branch for branch, title in now.items() if title is not None}
        best = (held.outstanding - now.keys()) | {b for b, title in now.items() if title is Title.MODEL_OUTSTANDING}
        return YearList(
            year, rubric, lines, Holdings(frozenset(model), frozenset(best)), outstanding_share(model, best)
        )

    def sheet(self, year: int, branch_id: str) -> ScoreSheet:
        """The sheet of a branch with its proposals. Raises ``NotFound`` when it is not registered."""
        with self._office.read() as work:
            return self._sheet(work, year, branch_id)

    def list_behind(self, year: int, branch_id: str, source: str) -> tuple[Line, ...]:
        """Exactly the records that a measure of the sheet was counted from."""
        from sochihoi.services.figure_lists import lines

        with self._office.read() as work:
            rubric = self.rubric_of(work, year, work.scores.of_year(year))
            measures = self.measures.of(work, rubric, year)
            if source not in measures.indicators:
                raise NotFound("indicator", source)
            return lines(work, measures.indicators[source], measures.behind(source, branch_id))

    def _branches(self, work: Work, day: date, sheets: Mapping[str, BranchScore]) -> list[Unit]:
        """Branches of the day, and one that ended since but has a sheet."""
        return [u for u in work.units.all() if u.level is Level.BRANCH and (u.valid_on(day) or u.id in sheets)]

    def _held(self, work: Work, year: int) -> Holdings:
        return holdings(work.scores.decisions(before=year))

    def _sheet(self, work: Work, year: int, branch_id: str) -> ScoreSheet:
        score = work.scores.of_year(year).get(branch_id)
        unit = work.units.get(branch_id)
        if score is None:
            raise NotFound("branch_score", unit.name)
        rubric = self._office.definitions.rubric(score.rubric_code, score.rubric_version)
        measures = self.measures.of(work, rubric, year)
        held = title_held(self._held(work, year), branch_id)
        day = last_day_of(measures.until, self._office.figures.last_day(work))
        return sheet_of(unit, score, rubric, measures, held, day)

    # ------------------------------------------------------------------ registering

    def register(self, year: int, branch_ids: Iterable[str], on: date | None = None) -> int:
        """Register branches for the year; how many were not yet. Raises ``NotFound``, ``FuturePeriod``."""
        with self._writing("rubric.register") as work:
            sheets = work.scores.of_year(year)
            rubric = self.rubric_of(work, year, sheets)
            self.measures.until(work, year)
            known = {unit.id for unit in work.units.all() if unit.level is Level.BRANCH}
            wanted = [one for one in dict.fromkeys(branch_ids) if one not in sheets]
            for one in wanted:
                if one not in known:
                    raise NotFound("unit", one)
            day = on or self._office.today
            work.scores.add(
                [
                    BranchScore(self._office.new_id(), one, year, rubric.code, rubric.version, registered_on=day)
                    for one in wanted
                ]
            )
        return len(wanted)

    def unregister(self, year: int, branch_id: str) -> None:
        """Take a registration back. Raises ``SheetBegun`` once points stand on it, ``NotFound``."""
        with self._writing("rubric.unregister") as work:
            sheet = self._sheet(work, year, branch_id)
            if sheet.score.rows or sheet.score.state is not ScoreState.REGISTERED:
                raise SheetBegun(sheet.branch)
            work.scores.remove([sheet.score.id], self._office.today)

    # ------------------------------------------------------------------ scoring

    def put_points(
        self, year: int, branch_id: str, code: str, column: str, points: Decimal | None, reason: str = ""
    ) -> None:
        """Write points of a criterion into ``self`` or ``verified``; ``None`` empties the cell.

        Raises ``ScoresReadOnly``, ``NoSuchLine``, ``BadPoints``, ``FieldProblem`` (reason).
        """
        told = _text("reason", reason)
        self._change(
            "rubric.points", year, branch_id, lambda s: s.score.with_cell(s.rubric, code, column, points, told)
        )

    def put_reason(self, year: int, branch_id: str, code: str, reason: str) -> None:
        """Why the commune's points differ. Raises ``ScoresReadOnly``, ``NoSuchLine``, ``FieldProblem``."""
        self._put_text("rubric.reason", year, branch_id, code, "reason", reason)

    def put_evidence(self, year: int, branch_id: str, code: str, text: str) -> None:
        """What the points of a criterion rest on. Raises ``ScoresReadOnly``, ``NoSuchLine``, ``FieldProblem``."""
        self._put_text("rubric.evidence", year, branch_id, code, "evidence", text)

    def answer(self, year: int, branch_id: str, condition: str, answer: Answer | None) -> None:
        """Answer a blocking condition; ``None``: the records answer, or nobody.

        Raises ``ScoresReadOnly``, ``NotFound``.
        """

        def change(sheet: ScoreSheet) -> BranchScore:
            if condition not in {one.condition.code for one in sheet.conditions}:
                raise NotFound("condition", condition)
            return sheet.score.with_answer(condition, answer)

        self._change("rubric.answer", year, branch_id, change)

    def answer_rest(self, year: int, branch_id: str, answer: Answer) -> None:
        """The same answer to every condition that nobody answered yet. Raises ``ScoresReadOnly``."""

        def change(sheet: ScoreSheet) -> BranchScore:
            score = sheet.score
            for code in sheet.unanswered:
                score = score.with_answer(code, answer)
            return score

        self._change("rubric.answer", year, branch_id, change)

    def take_proposals(self, year: int, branch_ids: Iterable[str]) -> int:
        """Fill blank cells of the column being scored with the proposed points; never over what stands there.

        How many cells were filled. Raises ``ScoresReadOnly`` for a settled sheet.
        """
        filled = 0
        with self._writing("rubric.proposals") as work:
            changed = []
            for branch_id in branch_ids:
                sheet = self._sheet(work, year, branch_id)
                score, column = sheet.score, sheet.column
                if column is None:
                    raise ScoresReadOnly(score.state)
                blank = [one for one in sheet.lines if one.code in sheet.shown.open_criteria]
                for one in blank:
                    if one.proposed is not None:
                        score = score.with_cell(sheet.rubric, one.code, column, one.proposed)
                        filled += 1
                changed.append(score)
            work.scores.save(changed)
        return filled

    def _put_text(self, act: str, year: int, branch_id: str, code: str, name: str, text: str) -> None:
        told = _text(name, text)

        def change(sheet: ScoreSheet) -> BranchScore:
            if sheet.score.read_only:
                raise ScoresReadOnly(sheet.score.state)
            if sheet.line(code) is None:
                raise NoSuchLine(code)
            return with_text(sheet.score, code, name, told)

        self._change(act, year, branch_id, change)

    # ------------------------------------------------------------------ from state to state

    def finish_own(self, year: int, branch_id: str) -> None:
        """The branch has scored itself. Raises ``ScoresMissing``, ``WrongScoreState``."""
        self._change("rubric.finish_own", year, branch_id, lambda sheet: sheet.score.self_scored(sheet.rubric))

    def back_to_own(self, year: int, branch_id: str) -> None:
        """The branch's own points are corrected. Raises ``WrongScoreState``."""
        self._change("rubric.back_to_own", year, branch_id, lambda sheet: back_to_own(sheet.score))

    def verify(self, year: int, branch_id: str) -> None:
        """The commune has verified: points, reasons and answers are settled, with what the records said that day.

        Raises ``ScoresMissing``, ``ReasonsMissing``, ``ConditionsOpen``, ``WrongScoreState``, ``MonthClosed``.
        """
        today = self._office.today

        def change(sheet: ScoreSheet) -> BranchScore:
            answered = sheet.score
            if not answered.read_only:
                for one in sheet.conditions:
                    answered = answered.with_answer(one.condition.code, one.answer)
            return with_evidence(answered.verified(sheet.rubric, today), sheet.lines, sheet.until)

        self._change("rubric.verify", year, branch_id, change, today)

    def correct(self, year: int, branch_id: str, reason: str) -> None:
        """Open a verified sheet again; why stays on it.

        Raises ``FieldProblem``, ``WrongScoreState``, ``MonthClosed``.
        """
        told = _text("reason", reason)
        if not told:
            raise FieldProblem("reason", "EMPTY")
        with self._writing("rubric.correct") as work:
            sheet = self._sheet(work, year, branch_id)
            self._office.ensure_open(work, sheet.score.verified_on, sheet.score.recognised_on)
            opened = corrected(sheet.score, told, self._office.today)
            for one in sheet.conditions:  # what the records answered then, they answer anew
                if one.from_records is not None:
                    opened = opened.with_answer(one.condition.code, None)
            work.scores.save([opened])

    def recognise(self, year: int, branch_id: str, title: Title) -> None:
        """Give a title. Raises ``BlockedFromTitle``, ``NotYetModel``, ``WrongScoreState``, ``MonthClosed``."""
        today = self._office.today

        def change(sheet: ScoreSheet) -> BranchScore:
            already = sheet.held is not None
            return sheet.score.recognised(sheet.rubric, title, today, already_model=already)

        self._change("rubric.recognise", year, branch_id, change, today)

    def refuse(self, year: int, branch_id: str) -> None:
        """Give no title. Raises ``WrongScoreState``, ``MonthClosed``."""
        today = self._office.today
        self._change("rubric.refuse", year, branch_id, lambda sheet: sheet.score.not_recognised(today), today)

    def report(self, year: int, branch_ids: Iterable[str]) -> None:
        """The results went to the level above. Raises ``WrongScoreState``, ``NotFound``."""
        with self._writing("rubric.report") as work:
            work.scores.save([self._sheet(work, year, one).score.reported() for one in branch_ids])

    def record_titles(self, year: int, titles: Mapping[str, Title | None]) -> None:
        """Titles of a year before the program was used; ``None`` takes one away.

        Raises ``TitleFromSheet`` for a branch that was scored in that year, ``NotFound``, ``MonthClosed``.
        """
        with self._writing("rubric.titles", date(year, 12, 31)) as work:
            sheets = work.scores.of_year(year)
            rubric = self._office.definitions.rubric_for(year)
            new, gone = [], []
            for branch_id, title in titles.items():
                known = sheets.get(branch_id)
                if known is not None and (known.rows or known.state is not ScoreState.REPORTED):
                    raise TitleFromSheet(work.units.get(branch_id).name, year)
                if title is not None:
                    new.append(
                        earlier_title(known.id if known else self._office.new_id(), branch_id, year, rubric, title)
                    )
                elif known is not None:
                    gone.append(known.id)
            work.scores.add(new)
            work.scores.remove(gone, self._office.today)

    def _change(
        self,
        act: str,
        year: int,
        branch_id: str,
        change: Callable[[ScoreSheet], BranchScore],
        *dates: date,
    ) -> None:
        with self._writing(act, *dates) as work:
            work.scores.save([change(self._sheet(work, year, branch_id))])


def _text(name: str, text: str) -> str:
    told = nfc(text)
    if len(told) > TEXT_LIMIT:
        raise FieldProblem(name, "LENGTH", str(len(told)))
    return told
