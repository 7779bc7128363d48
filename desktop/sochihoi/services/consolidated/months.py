"""Closing a month at a level above: its figures are frozen with the list of files that they stand on.

A file that comes later changes nothing of what is closed; a further edition takes it in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sochihoi.domain.exchange import Direction
from sochihoi.domain.months import CheckLevel, CheckSheet, Closing, Finding, MonthAlreadyClosed, left_out
from sochihoi.domain.periods import Period
from sochihoi.services.consolidated.figures import UNITS
from sochihoi.services.consolidated.targets import frozen_totals
from sochihoi.services.month_checks import NAMED, ON_PAPER
from sochihoi.services.months import Months, Standing
from sochihoi.services.overview import send_on
from sochihoi.services.owing import owing
from sochihoi.services.received_months import Months as Received
from sochihoi.services.received_months import Needed
from sochihoi.services.report_facts import gather
from sochihoi.services.report_forms import ABOVE
from sochihoi.services.target_rows import KEPT

if TYPE_CHECKING:
    from sochihoi.services.figures import FigureSheet
    from sochihoi.services.report_forms import ReportForm
    from sochihoi.storage.consolidated import FileLine
    from sochihoi.storage.work import Work

ACTIVITIES = "activities"
"""Where a closing keeps the sums of work: by unit's code, by kind."""


@dataclass(frozen=True, slots=True)
class Newer:
    """A unit whose figures came, or came anew, after a month was closed. ``edition``: the closed one, 0 for none."""

    unit_code: str
    unit_name: str
    edition: int
    file: FileLine


class ConsolidatedMonths(Months):
    """As ``Months``, of the figures of all units below together."""

    @property
    def form(self) -> ReportForm:
        return self._office.reports.form(ABOVE)

    def standing(self, period: Period) -> Standing:
        """It is due when its own report is: the units send first."""
        found = super().standing(period)
        due = send_on(period, self._office.commune.send_day)
        return replace(found, due=due, days=found.days + (due - found.due).days)

    # ------------------------------------------------------------------ what came since

    def newer(self, period: Period) -> tuple[Newer, ...]:
        """The files that a closed month does not stand on although they count now; nothing while it is open."""
        with self._office.read() as work:
            closing = work.months.newest(period.code, period.code).get(period.code)
            return () if closing is None else _newer(work, closing)

    def close_again(self, period: Period, reason: str | None, number: int | str | None = None) -> Closing:
        """A further edition of a closed month, from the files that count now.

        Raises ``MonthAlreadyClosed`` when nothing came since, ``SupplementReason``, and as ``close``.
        """
        standing = self.standing(period)
        if standing.closing is not None and not standing.supplement:
            if not self.newer(period):
                raise MonthAlreadyClosed(period.code, standing.closing.closed_on)
            self.begin_supplement(period, reason or "")
        return self.close(period, reason, number)

    # ------------------------------------------------------------------ checks

    def check_sheet(self, period: Period) -> CheckSheet:
        found = super().check_sheet(period)
        newer = self.newer(period)
        if not newer or self.standing(period).is_open:
            return found
        told = Finding(
            "above.newer", CheckLevel.NOTE, _names([one.unit_name for one in newer]), "upper", {"tab": "board"}
        )
        return CheckSheet((told, *found.findings), found.passed)

    def _check(self, work: Work, sheet: FigureSheet) -> CheckSheet:
        period, commune = sheet.period, self._office.commune
        here = {unit.code for unit in sheet.branches}
        months = Received(work)
        owed = owing(work, months, Needed((period,), to_date=False))
        missing = [one.unit_name for code, one in owed.items() if code not in here]
        before = months.standing(period.previous())
        fresh = [unit.name for unit in sheet.branches if unit.code not in before]
        skipped = left_out(period, frozenset(work.months.ever_closed()))
        gaps = [name for name in ON_PAPER if not getattr(commune, name)]
        asked: list[Finding | None] = [
            None if here else Finding("above.nobody", CheckLevel.ERROR, {}, "upper", {"tab": "board"}),
            None
            if skipped is None
            else Finding("order.left_out", CheckLevel.ERROR, _month(skipped), "reports", {"period": skipped.code}),
            Finding("above.missing", CheckLevel.WARNING, _names(missing), "upper", {"tab": "board"})
            if missing
            else None,
            Finding("above.fresh", CheckLevel.NOTE, _names(fresh), "upper", {"tab": "figures"})
            if fresh and before
            else None,
            Finding("report.gaps", CheckLevel.NOTE, {"count": len(gaps), "fields": gaps}, "setup", {"tab": "unit"})
            if gaps
            else None,
        ]
        reasons = work.months.reasons(period.code)
        told = [one for one in asked if one is not None]
        findings = tuple(
            Finding(one.code, one.level, one.facts, one.page, one.args, reasons.get(one.code, "")) for one in told
        )
        return CheckSheet(tuple(sorted(findings, key=lambda one: one.level.value)), len(asked) - len(told))

    # ------------------------------------------------------------------ what is kept

    def _kept(self, work: Work, sheet: FigureSheet) -> dict[str, Any]:
        from sochihoi.storage import consolidated

        period, office = sheet.period, self._office
        standing = Received(work).standing(period)
        files = consolidated.files_behind(work, (one.file_id for one in standing.values()))
        units = []
        for unit in sheet.branches:
            stands = standing[unit.code or ""]
            file = files.get(stands.file_id)
            told = {
                "code": unit.code,
                "name": unit.name,
                "level": unit.level.name,
                "edition": stands.edition,
                "line": stands.file_id,
            }
            units.append(told | ({} if file is None else _file(file)))
        told_by = consolidated.activities(work, period.code)
        sums = {code: told_by.get(stands.told_by, {}) for code, stands in standing.items()}
        wanted = frozenset(name for form in office.reports.forms() for name in form.names)
        return {
            "facts": gather(office, work, sheet, wanted),
            KEPT: frozen_totals(office, period),
            UNITS: units,
            ACTIVITIES: {code: {kind: dict(counts) for kind, counts in kinds.items()} for code, kinds in sums.items()},
        }


def _newer(work: Work, closing: Closing) -> tuple[Newer, ...]:
    from sochihoi.storage import consolidated

    stood = {one["code"]: (one["edition"], one["line"]) for one in closing.definitions.get(UNITS, ())}
    standing = {
        code: one.file_id
        for code, one in Received(work).standing(Period.parse(closing.period)).items()
        if stood.get(code) != (one.edition, one.file_id)
    }
    files = consolidated.files_behind(work, standing.values())
    names = {one.unit_code: one.unit_name for one in work.sync.trusted(Direction.SENDER, revoked=True)}
    return tuple(
        Newer(code, names.get(code, code), stood.get(code, (0, ""))[0], files[line])
        for code, line in sorted(standing.items())
        if line in files
    )


def _file(file: FileLine) -> dict[str, Any]:
    day = file.received_on
    return {
        "file": file.file_name,
        "seq": file.seq,
        "sha256": file.sha256,
        "received": None if day is None else day.isoformat(),
    }


def _names(names: list[str]) -> dict[str, Any]:
    return {"count": len(names), "names": names[:NAMED]}


def _month(period: Period) -> dict[str, Any]:
    return {"period": period.code}
