"""Checking and closing a month; supplements; the number of its report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sochihoi.domain.errors import FieldProblem, NotFound
from sochihoi.domain.months import (
    CheckLevel,
    ChecksFailed,
    CheckSheet,
    Closing,
    Finding,
    MonthAlreadyClosed,
    MonthNotClosed,
    NoSupplement,
    NotAMonth,
    ReasonsWanted,
    SupplementHasChanges,
    SupplementReason,
    SupplementUnderWay,
    differences,
    digest,
    freeze,
)
from sochihoi.domain.periods import FuturePeriod, Period, PeriodKind
from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.domain.vietnamese import nfc, nfc_lines
from sochihoi.services import numbering
from sochihoi.services.month_checks import check, close_on
from sochihoi.services.report_facts import gather
from sochihoi.services.target_rows import KEPT, frozen

if TYPE_CHECKING:
    from sochihoi.services.figures import FigureSheet
    from sochihoi.services.office import Office
    from sochihoi.services.report_forms import ReportForm
    from sochihoi.storage.work import Work

REASON_LIMIT = 500  # characters: it travels with the signed file
NUMBER_LIMIT = 40
_STEPS = 4  # of closing: figures, checks, what is kept beside them, writing


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a month stands: ``closing`` its newest edition, ``supplement`` why it is open again (empty: it is not).

    ``due`` is the day on which it ought to be closed, ``days`` how many days that is from today (negative: over).
    """

    period: Period
    closing: Closing | None
    supplement: str
    due: date
    days: int

    @property
    def is_open(self) -> bool:
        """Whether its records can change."""
        return self.closing is None or bool(self.supplement)

    @property
    def next_edition(self) -> int:
        """The edition that closing it now would make."""
        return 1 if self.closing is None else self.closing.edition + 1


class Months:
    """Checks before closing, closing, and opening a closed month for a supplement."""

    def __init__(self, office: Office) -> None:
        self._office = office

    @property
    def form(self) -> ReportForm:
        """The form of the monthly report in force, with what a check calls a jump."""
        return self._office.reports.form("month")

    # ------------------------------------------------------------------ where a month stands

    def standing(self, period: Period) -> Standing:
        """Open, closed, or open again. Raises ``NotAMonth``."""
        _month(period)
        with self._office.read() as work:
            closing = work.months.newest(period.code, period.code).get(period.code)
            why = work.months.supplements().get(period.code, "")
            today = self._office.figures.last_day(work)
        due = close_on(period, self._office.commune.close_day)
        return Standing(period, closing, why, due, (due - today).days)

    def closed(self) -> tuple[Closing, ...]:
        """The newest edition of every closed month, in order; without those with a supplement under way."""
        with self._office.read() as work:
            standing = work.months.closed()
            return tuple(one for one in work.months.newest().values() if one.period in standing)

    def editions(self, period: Period) -> tuple[Closing, ...]:
        """Every edition of a month, the first one first."""
        with self._office.read() as work:
            return work.months.editions(period.code)

    def closing(self, period: Period, edition: int | None = None) -> Closing:
        """An edition of a closed month, the newest unless one is named. Raises ``MonthNotClosed``, ``NotFound``."""
        found = self.editions(period)
        if not found:
            raise MonthNotClosed(period.code)
        if edition is None:
            return found[-1]
        for one in found:
            if one.edition == edition:
                return one
        raise NotFound("edition", str(edition))

    # ------------------------------------------------------------------ checks

    def checks(self, period: Period) -> tuple[Finding, ...]:
        """What stands against closing a month: errors first, then warnings, then notes."""
        return self.check_sheet(period).findings

    def check_sheet(self, period: Period) -> CheckSheet:
        """The same, and how many checks found nothing. A closed month says what was found when it was closed.

        Raises ``NotAMonth``, ``FuturePeriod``.
        """
        _month(period)
        self._office.figures.check_begun(period)
        sheet = self._office.figures.of(period)
        if sheet.closing is not None:
            return CheckSheet(tuple(_thawed(one) for one in sheet.closing.checks), 0)
        with self._office.read() as work:
            return self._check(work, sheet)

    def _check(self, work: Work, sheet: FigureSheet) -> CheckSheet:
        return check(self._office, work, sheet, self.form)

    def give_reason(self, period: Period, code: str, text: str) -> None:
        """Why a warning does not stand against closing; an empty text takes the reason back.

        Raises ``MonthAlreadyClosed``, ``NotAMonth``.
        """
        _month(period)
        with self._office.write("month.reason") as work:
            _refuse_closed(work, period)
            work.months.put_reason(period.code, code, nfc_lines(text)[:REASON_LIMIT])

    # ------------------------------------------------------------------ closing

    def close(
        self,
        period: Period,
        reason: str | None = None,
        number: int | str | None = None,
        *,
        progress: Progress | None = None,
    ) -> Closing:
        """Freeze the figures of a month. ``reason`` stands for every warning that has none of its own.

        ``number`` is that of the report on paper, the next one unless said. Raises ``NotAMonth``, ``FuturePeriod``,
        ``MonthAlreadyClosed``, ``ChecksFailed``, ``ReasonsWanted``, ``BadNumber``, ``NotAllowed``, ``Cancelled``.
        """
        _month(period)
        office, told = self._office, progress or Unwatched()
        with office.write("month.close") as work:
            today = office.figures.last_day(work)
            if period.is_future(today):
                raise FuturePeriod(period.code, today)
            _refuse_closed(work, period)
            told.step(0, _STEPS)
            sheet = office.figures.live(work, period)
            told.step(1, _STEPS)
            checks = self._check(work, sheet)
            if checks.errors:
                raise ChecksFailed(period.code, checks.errors)
            clean = nfc_lines(reason or "")
            if checks.unreasoned and not clean:
                raise ReasonsWanted(period.code, checks.unreasoned)
            told.step(2, _STEPS)
            new = self._closing(work, sheet, checks, clean, number, today)
            told.step(3, _STEPS)  # the last moment at which nothing has happened yet
            work.months.add_closing(new)
            work.months.set_supplement(period.code, "")
        return new

    def close_again(self, period: Period, reason: str | None, number: int | str | None = None) -> Closing:
        """As ``close``: a commune opens a closed month for a supplement first, by a deed of its own."""
        return self.close(period, reason, number)

    def _closing(
        self, work: Work, sheet: FigureSheet, checks: CheckSheet, reason: str, number: int | str | None, today: date
    ) -> Closing:
        office, period = self._office, sheet.period
        before = work.months.newest(period.code, period.code).get(period.code)
        supplement = work.months.supplements().get(period.code, "")
        figures = freeze(row.now for row in sheet.cells.values())
        so_far = freeze(row.year_to_date for row in sheet.cells.values())
        reasons = [supplement, reason, *(f.reason for f in checks.findings if f.reason)]
        return Closing(
            id=office.new_id(),
            period=period.code,
            edition=1 if before is None else before.edition + 1,
            closed_on=today,
            closed_by=office.account.name,
            reason="; ".join(dict.fromkeys(r for r in reasons if r))[:REASON_LIMIT],
            checks=tuple(_frozen(one, reason) for one in checks.findings),
            figures=figures,
            previous=freeze(row.previous for row in sheet.cells.values()),
            year_to_date=so_far,
            definitions={**self._versions(work, sheet), **self._kept(work, sheet)},
            report_number=self._number(work, today, number),
            report_date=today,
            sha256=digest(figures, so_far),
        )

    def _kept(self, work: Work, sheet: FigureSheet) -> dict[str, Any]:
        """What stays beside the figures: facts of the texts, of each branch too, and where the targets stand."""
        from sochihoi.services.reporting.build import BRANCH_FACTS, branch_facts

        return {
            "facts": gather(self._office, work, sheet),
            BRANCH_FACTS: branch_facts(self._office, work, sheet),
            KEPT: frozen(self._office, sheet.period),
        }

    def _versions(self, work: Work, sheet: FigureSheet) -> dict[str, Any]:
        from sochihoi.domain.rubric import rubric_of

        year = sheet.period.year
        criteria = self._office.figures.criteria_set(year)
        rubric = rubric_of(self._office.definitions.rubrics, year)
        return {
            "indicators": f"{sheet.definitions.code} {sheet.definitions.version}",
            "criteria": f"{criteria.code} {criteria.version}" if criteria else "",
            "rubric": f"{rubric.code} {rubric.version}" if rubric else "",
            "form": f"{self.form.code} {self.form.version}",
            "meeting_every_months": max(self._office.commune.meeting_every_months, 1),
        }

    # ------------------------------------------------------------------ the number of the report

    def next_number(self) -> int:
        """The number that the next report would get."""
        with self._office.read() as work:
            return numbering.last(self._office, work, self._office.figures.last_day(work)) + 1

    def _number(self, work: Work, today: date, number: int | str | None) -> str:
        return numbering.take(self._office, work, today, self.form.type_code, number)[0]

    def renumber(self, period: Period, number: str, on: date | None) -> None:
        """Another number or date on the paper of a closed month; no figure changes. Raises ``MonthNotClosed``."""
        clean = numbering.typed(self._office.commune.number_pattern, nfc(number), self.form.type_code)
        if len(clean) > NUMBER_LIMIT:
            raise FieldProblem("report_number", "LONG", clean)
        closing = self.closing(period)
        with self._office.write("month.number") as work:
            work.months.set_number(closing.id, clean, on)

    # ------------------------------------------------------------------ supplements

    def begin_supplement(self, period: Period, reason: str) -> None:
        """Open a closed month again, so that a supplementary edition can be made; the closed one stays as it is.

        Raises ``SupplementReason``, ``MonthNotClosed``, ``SupplementUnderWay``, ``NotAMonth``.
        """
        _month(period)
        clean = nfc_lines(reason)[:REASON_LIMIT]
        if not clean:
            raise SupplementReason(period.code)
        with self._office.write("month.supplement") as work:
            if not work.months.newest(period.code, period.code):
                raise MonthNotClosed(period.code)
            if period.code in work.months.supplements():
                raise SupplementUnderWay(period.code)
            work.months.set_supplement(period.code, clean)

    def cancel_supplement(self, period: Period) -> None:
        """Close again without a new edition; only while nothing changed.

        Raises ``NoSupplement``, ``SupplementHasChanges``.
        """
        _month(period)
        with self._office.write("month.supplement_cancel") as work:
            if period.code not in work.months.supplements():
                raise NoSupplement(period.code)
            closing = work.months.newest(period.code, period.code)[period.code]
            sheet = self._office.figures.live(work, period)
            changed = differences(closing.figures, freeze(row.now for row in sheet.cells.values()))
            if changed:
                raise SupplementHasChanges(period.code, changed)
            work.months.set_supplement(period.code, "")


def _month(period: Period) -> None:
    if period.kind is not PeriodKind.MONTH:
        raise NotAMonth(period.code)


def _refuse_closed(work: Work, period: Period) -> None:
    closed = work.months.closed()
    if period.code in closed:
        raise MonthAlreadyClosed(period.code, closed[period.code])


def _frozen(finding: Finding, reason: str) -> dict[str, Any]:
    stands_for = reason if finding.wants_reason else finding.reason
    return {
        "code": finding.code,
        "level": finding.level.name,
        "facts": {key: _plain(value) for key, value in finding.facts.items()},
        "reason": stands_for,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Fraction) else value


def _thawed(kept: Mapping[str, Any]) -> Finding:
    facts = {key: _read(key, value) for key, value in kept["facts"].items()}
    return Finding(kept["code"], CheckLevel[kept["level"]], facts, reason=kept.get("reason", ""))


def _read(key: str, value: Any) -> Any:
    if key in ("held_on", "first", "due"):
        return date.fromisoformat(value)
    return Fraction(value) if key == "change" and isinstance(value, str) else value
