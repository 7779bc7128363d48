"""The checks before a month is closed, one function each. Each gives what it found, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sochihoi.domain.indicators import Row, YearToDate
from sochihoi.domain.meetings import MeetingState
from sochihoi.domain.months import CheckLevel, CheckSheet, Finding, left_out
from sochihoi.domain.periods import Period
from sochihoi.domain.units import Level
from sochihoi.services.entering import is_entered

if TYPE_CHECKING:
    from sochihoi.domain.meeting_records import MeetingRow
    from sochihoi.services.definition_tables import BadDefinition
    from sochihoi.services.figures import FigureSheet
    from sochihoi.services.form_parts import Jump
    from sochihoi.services.office import Office
    from sochihoi.services.report_forms import ReportForm
    from sochihoi.storage.checks import MemberCounts
    from sochihoi.storage.work import Work

ON_PAPER = ("signer_name", "signer_title", "place", "recipients")  # fields of the commune: without one, a gap
NAMED = 40  # names that a finding carries at most; the count is always whole


def current_members(office: Office) -> int:
    """How many members there are today; quick in every commune."""
    from sochihoi.storage.checks import member_counts

    with office.read() as work:
        return member_counts(work, office.today).members


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything that the checks look at, read once."""

    period: Period
    today: date
    sheet: FigureSheet
    meetings: Sequence[MeetingRow]
    lately: frozenset[str]  # branches that met within the commune's rhythm, this month included
    members: MemberCounts
    sessions: Sequence[tuple[str, date, bool]]
    headless: Sequence[str]
    women: Mapping[str, str]  # branches without a figure of women of 18 and over, id to name
    closed: frozenset[str]
    supplements: frozenset[str]
    close_day: int
    gaps: Sequence[str]  # of ``ON_PAPER``
    form: ReportForm
    broken_pack: BadDefinition | None


def check(office: Office, work: Work, sheet: FigureSheet, form: ReportForm) -> CheckSheet:
    """Run every check on the figures of a month; reasons that were given stand with their warnings."""
    seen = _read(office, work, sheet, form)
    reasons = work.months.reasons(sheet.period.code)
    found: list[Finding] = []
    passed = 0
    for one in _CHECKS:
        said = list(one(seen))
        passed += not said
        found += [
            Finding(f.code, f.level, f.facts, f.page, f.args, reasons.get(f.code, ""))
            if f.level is CheckLevel.WARNING
            else f
            for f in said
        ]
    return CheckSheet(tuple(sorted(found, key=lambda f: f.level.value)), passed)


def _read(office: Office, work: Work, sheet: FigureSheet, form: ReportForm) -> Checked:
    from sochihoi.storage import checks as storage

    period = sheet.period
    every = max(office.commune.meeting_every_months, 1)
    meetings = work.meetings.of_period(period.shifted(1 - every).start, period.end)
    women = {r.branch_id for r in work.months.entered("org.women_18") if r.period <= period.code}
    known = office.commune.unit_id in women
    branches = work.units.of_level(Level.BRANCH, period.end)
    return Checked(
        period,
        office.figures.last_day(work),
        sheet,
        tuple(m for m in meetings if m.held_on >= period.start),
        frozenset(m.branch_id for m in meetings if m.state is MeetingState.CLOSED),
        storage.member_counts(work, period.end),
        storage.sessions(work, period.start, period.end),
        storage.branches_without_head(work, period.end),
        {} if known else {b.id: b.name for b in branches if b.id not in women},
        frozenset(work.months.ever_closed()),
        frozenset(work.months.supplements()),
        office.commune.close_day,
        [name for name in ON_PAPER if not getattr(office.commune, name)],
        form,
        office.broken_pack,
    )


def _names(names: Sequence[str]) -> dict[str, Any]:
    return {"count": len(names), "names": list(names[:NAMED])}


# ---------------------------------------------------------------------- errors


def _unmarked(seen: Checked) -> Iterator[Finding]:
    for one in seen.meetings:
        if one.state is MeetingState.ROSTER_FROZEN and one.held_on <= seen.today:
            facts = {"branch": one.branch, "held_on": one.held_on, "count": one.tally.unmarked, "code": one.code}
            yield Finding(f"meetings.open/{one.id}", CheckLevel.ERROR, facts, "meetings", {"meeting_id": one.id})


def _future_sessions(seen: Checked) -> Iterator[Finding]:
    ahead = [held_on for _id, held_on, came in seen.sessions if held_on > seen.today and came]
    if ahead:
        yield Finding("sessions.future", CheckLevel.ERROR, {"count": len(ahead), "first": ahead[0]}, "study")


def _order(seen: Checked) -> Iterator[Finding]:
    missing = left_out(seen.period, seen.closed)
    if missing is not None:
        facts = {"period": missing.code}
        yield Finding("order.left_out", CheckLevel.ERROR, facts, "reports", {"period": missing.code})


# ---------------------------------------------------------------------- warnings


def _early(seen: Checked) -> Iterator[Finding]:
    due = close_on(seen.period, seen.close_day)
    if seen.today < due:
        yield Finding("month.early", CheckLevel.WARNING, {"due": due, "days": (due - seen.today).days})


def _supplement_before(seen: Checked) -> Iterator[Finding]:
    before = sorted(s for s in seen.supplements if s < seen.period.code and s[:4] == str(seen.period.year))
    if before:
        yield Finding("order.supplement", CheckLevel.WARNING, {"period": before[0]}, "reports", {"period": before[0]})


def _nobody(seen: Checked) -> Iterator[Finding]:
    if not seen.members.members:
        yield Finding("members.none", CheckLevel.WARNING, {}, "people")


def _without_meeting(seen: Checked) -> Iterator[Finding]:
    every = seen.sheet.definitions.by_code["org.branches_met"].parameters.get("every", 1)
    if seen.period.index % int(every):
        return  # the turn ends in a later month
    begun = {m.branch_id for m in seen.meetings if m.state is MeetingState.ROSTER_FROZEN}  # an error says that already
    idle = [unit.name for unit in seen.sheet.branches if unit.id not in seen.lately | begun]
    if idle:
        yield Finding("branches.no_meeting", CheckLevel.WARNING, _names(idle), "meetings")


def _planned(seen: Checked) -> Iterator[Finding]:
    waiting = [m.branch for m in seen.meetings if m.state is MeetingState.PLANNED]
    if waiting:
        yield Finding("meetings.planned", CheckLevel.WARNING, _names(waiting), "meetings")


def _doubtful(seen: Checked) -> Iterator[Finding]:
    if seen.members.doubtful:
        facts = {"count": seen.members.doubtful}
        yield Finding("members.doubtful", CheckLevel.WARNING, facts, "people", {"chip": "review"})


def _homeless(seen: Checked) -> Iterator[Finding]:
    if seen.members.no_branch:
        yield Finding("members.no_branch", CheckLevel.WARNING, {"count": seen.members.no_branch}, "people")


def _jumps(seen: Checked) -> Iterator[Finding]:
    for rule in seen.form.jumps:
        row = seen.sheet.cells.get((rule.code, None))
        if row is None or (rule.yearly and seen.period.index == 1):
            continue  # a figure of the year begins anew in January
        if _jumped(row, rule):
            facts = {
                "vi": row.indicator.label.vi,
                "en": row.indicator.label.en,
                "share": row.indicator.is_share,
                "change": row.change if row.indicator.is_share else int(row.change or 0),
                "previous": seen.period.previous().code,
            }
            args = {"why": rule.code}
            yield Finding(f"jump/{rule.code}", CheckLevel.WARNING, facts, "reports", args)


def _jumped(row: Row, rule: Jump) -> bool:
    change = row.change
    if change is None:
        return False
    if row.indicator.is_share:
        if not row.previous.numerator:
            return False  # from nothing: work that begins is no jump
        small = min(row.now.denominator or 0, row.previous.denominator or 0)
        return small >= rule.least and abs(change) * 100 >= rule.percent
    before = row.previous.value or 0
    return before > 0 and abs(change) >= rule.least and abs(change) * 100 >= Fraction(rule.percent) * before


# ---------------------------------------------------------------------- notes


def _no_birth(seen: Checked) -> Iterator[Finding]:
    if seen.members.no_birth:
        facts = {"count": seen.members.no_birth}
        yield Finding("members.no_birth", CheckLevel.NOTE, facts, "people", {"chip": "no_birth"})


def _no_household(seen: Checked) -> Iterator[Finding]:
    if seen.members.no_household:
        facts = {"count": seen.members.no_household}
        yield Finding("members.no_household", CheckLevel.NOTE, facts, "households", {"without": True})


def _no_minutes(seen: Checked) -> Iterator[Finding]:
    without = [m.branch for m in seen.meetings if m.state is MeetingState.CLOSED and not (m.has_minutes and m.topic)]
    if without:
        yield Finding("meetings.no_minutes", CheckLevel.NOTE, _names(without), "meetings")


def _empty_sessions(seen: Checked) -> Iterator[Finding]:
    empty = [held_on for _id, held_on, came in seen.sessions if held_on <= seen.today and not came]
    if empty:
        yield Finding("sessions.empty", CheckLevel.NOTE, {"count": len(empty), "first": empty[0]}, "study")


def _no_head(seen: Checked) -> Iterator[Finding]:
    if seen.headless:
        yield Finding("branches.no_head", CheckLevel.NOTE, _names(seen.headless), "people")


def _women(seen: Checked) -> Iterator[Finding]:
    if seen.women:
        facts = _names(list(seen.women.values()))
        yield Finding("women.missing", CheckLevel.NOTE, facts, "reports", {"enter": "org.women_18"})


def _not_entered(seen: Checked) -> Iterator[Finding]:
    empty = [
        row.indicator
        for row in seen.sheet.rows
        if row.indicator.short_list
        and is_entered(row.indicator)
        and row.indicator.year_to_date is YearToDate.SUM_ENTERED
        and not row.now.known
    ]
    if empty:
        facts = {"count": len(empty), "vi": [i.label.vi for i in empty], "en": [i.label.en for i in empty]}
        yield Finding("entered.missing", CheckLevel.NOTE, facts, "reports", {"enter": empty[0].code})


def _gaps(seen: Checked) -> Iterator[Finding]:
    if seen.gaps:
        facts = {"count": len(seen.gaps), "fields": list(seen.gaps)}
        yield Finding("report.gaps", CheckLevel.NOTE, facts, "setup", {"tab": "unit"})


def _pack(seen: Checked) -> Iterator[Finding]:
    if seen.broken_pack is not None:
        broken = seen.broken_pack
        facts = {"count": 1, "file": broken.file, "place": broken.place or broken.file}
        yield Finding("pack.broken", CheckLevel.WARNING, facts)


_CHECKS = (
    _unmarked,
    _future_sessions,
    _order,
    _early,
    _supplement_before,
    _nobody,
    _without_meeting,
    _planned,
    _doubtful,
    _homeless,
    _jumps,
    _no_birth,
    _no_household,
    _no_minutes,
    _empty_sessions,
    _no_head,
    _women,
    _not_entered,
    _gaps,
    _pack,
)


def close_on(period: Period, close_day: int) -> date:
    """The day from which closing a month needs no reason: the commune's own, or the last day of a shorter month."""
    return period.end.replace(day=min(close_day or 31, period.end.day))
