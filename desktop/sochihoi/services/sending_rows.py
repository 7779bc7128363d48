"""The rows of a report file: frozen figures and sums by branch of every closed month, and the figures of the reports
over longer times that were issued. No row is about a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sochihoi.domain import paper_codes
from sochihoi.domain.errors import NotFound
from sochihoi.domain.exchange import COMMUNE, SentState
from sochihoi.domain.issued import IssuedReport
from sochihoi.domain.months import Closing, Frozen
from sochihoi.domain.periods import Period
from sochihoi.domain.rubric import Title
from sochihoi.domain.vietnamese import nfc
from sochihoi.services import target_rows
from sochihoi.services.commune import Commune
from sochihoi.services.consolidated import rows as consolidated
from sochihoi.services.form_parts import SpanKind
from sochihoi.services.report_forms import ABOVE
from sochihoi.services.reporting import spans
from sochihoi.sync import rows as wire
from sochihoi.sync.payload import ROW_CAP
from sochihoi.sync.rows import Activity, ActivityKind, Branch, Indicator, Row
from sochihoi.sync.shapes import VERSION

if TYPE_CHECKING:
    from sochihoi.services.definitions import Definitions
    from sochihoi.storage.sending_sums import BranchMonth, Scored
    from sochihoi.storage.work import Work

# Where the sums of a kind are frozen already they are taken from the figures, so that both always agree
_DUE = "org.on_schedule_pct"
_STUDIED = "study.members_pct"
_BRANCHES = "org.branches"
_MOBILISED = "household.mobilised_pct"
_CAMPAIGN = {
    "assessed": "household.assessed",
    "households": "household.members",
    "newly_passed": "household.newly_passing",
    "passed": "household.passing",
    "registered": "household.registered",
}
CLOSINGS = "closings"
"""Where the log of a file keeps which closings it held."""
MOST_ROWS = ROW_CAP - 10_000  # what is left is for the units themselves and for what goes along
_POINT_PLACES = 1  # score sheets have one decimal


def rows_of(
    work: Work, definitions: Definitions, period: Period, commune_id: str, branches: Iterable[str] = ()
) -> tuple[Row, ...]:
    """Every closed month of the year of ``period`` and of the year before, each in its newest edition, and what was
    issued over quarters, half years, years and terms of that time. ``branches``: to be listed besides those of figures.
    """
    from sochihoi.storage import joining, sending_sums

    closings = tuple(work.months.newest(f"{period.year - 1}", f"{period.year}-99").values())
    if any(consolidated.is_consolidated(one) for one in closings):
        return _of_level_above(work, definitions, period, commune_id, closings)
    rows: list[Row] = []
    books = joining.joined(work)
    for one in closings:
        rows.append(replace(_closing(one), joined=_joined(one, books, Commune.read(work).code)))
        rows.extend(_figures(one))
    rows.extend(_meetings(closings, sending_sums.meeting_sums(work)))
    rows.extend(_study(closings, sending_sums.study_sums(work)))
    rows.extend(_campaign(closings))
    scored = sending_sums.scored(work, (period.year - 1, period.year))
    rows.extend(_scoring(closings, scored, definitions))
    rows.extend(target_rows.to_file(closings))
    for whole, report in issued(work, definitions, period, commune_id).items():
        rows.extend(_report(whole, report))
    named = {branch for row in rows if (branch := getattr(row, "branch", COMMUNE)) != COMMUNE}
    listed = sorted(named.union(branches))
    return (*_branches(listed, sending_sums.branch_names(work, listed)), *rows)


def _of_level_above(
    work: Work, definitions: Definitions, period: Period, unit_id: str, closings: tuple[Closing, ...]
) -> tuple[Row, ...]:
    """What a level above closed: figures by unit below, their sums of work, the targets that add up.

    With every unit and figure of two years a province would pass what a file holds. So of the year before there is only
    what the next level has not acknowledged, the newest first, as far as it fits.
    """
    received = (one for one in work.sync.sent() if one.state is SentState.RECEIVED)
    known = {name for one in received for name in one.told.get(CLOSINGS, ())}
    rows: list[Row] = []
    for whole, report in issued(work, definitions, period, unit_id).items():
        if whole.year == period.year or closing_name(whole.code, report.edition) not in known:
            rows.extend(_report(whole, report))
    told: list[Closing] = []
    for one in reversed(closings):
        is_before = Period.parse(one.period).year < period.year
        if is_before and closing_name(one.period, one.edition) in known:
            continue
        mine: list[Row] = [
            _closing(one),
            *_figures(one),
            *consolidated.activities((one,)),
            *target_rows.to_file((one,)),
        ]
        if is_before and len(rows) + len(mine) > MOST_ROWS:
            break
        told.append(one)
        rows.extend(mine)
    named = sorted({branch for row in rows if (branch := getattr(row, "branch", COMMUNE)) != COMMUNE})
    return (*consolidated.branches(reversed(told), named), *rows)


def closing_name(period: str, edition: int) -> str:
    """``2026-12/1``."""
    return f"{period}/{edition}"


def issued(work: Work, definitions: Definitions, period: Period, commune_id: str) -> dict[Period, IssuedReport]:
    """The reports of the commune over more than a month that go with the file of a month, by the time that they show.

    Of several over the same time it is the general one, in its newest edition; a term's report stands for the newest
    year of the term where that year has no report of its own. What other reports show is the same figures.
    """
    found: dict[Period, tuple[tuple[bool, bool, str], IssuedReport]] = {}
    for one in work.reports.of_unit(commune_id):
        span = spans.parse(one.period, definitions.terms, one.issued_on)
        if span.kind is SpanKind.MONTH or span.period.year not in (period.year - 1, period.year):
            continue
        rank = (not span.is_term, one.form in (span.kind.value, ABOVE), one.id)
        if span.period not in found or found[span.period][0] < rank:
            found[span.period] = rank, one
    return {whole: one for whole, (_rank, one) in found.items()}


def _report(period: Period, one: IssuedReport) -> Iterable[wire.Closing | Indicator]:
    reason = " ".join(nfc(one.reason).split())[: wire.REASON_LIMIT].strip()
    yield wire.Closing(period, one.edition, one.issued_on, reason)
    for code, (num, den) in paper_codes.numbers(one.figures).items():
        yield Indicator(period, one.edition, COMMUNE, code, num, den)


def _closing(one: Closing) -> wire.Closing:
    reason = " ".join(nfc(one.reason).split())[: wire.REASON_LIMIT].strip()
    return wire.Closing(Period.parse(one.period), one.edition, one.closed_on, reason)


def _joined(closing: Closing, books: Iterable[Mapping[str, Any]], own: str) -> tuple[str, ...]:
    """Units whose books had come in when the month was closed (ids tell it), from a day up to its end: what is counted
    since January holds theirs."""
    end = Period.parse(closing.period).end
    codes = {one["unit_code"] for one in books if one["id"] < closing.id and one["joined_on"] <= end}
    return tuple(sorted(codes - {own, ""}))


def _branches(ids: Iterable[str], known: Mapping[str, tuple[str, str]]) -> Iterable[Branch]:
    """The officer's own codes where they can travel and are not given twice; numbers otherwise."""
    used: set[str] = set()
    for number, key in enumerate(ids, 1):
        code, name = known.get(key, ("", ""))
        if not VERSION.fullmatch(code) or code in used:
            code = f"b{number:03}"
        used.add(code)
        yield Branch(key, code, " ".join(nfc(name).split())[: wire.NAME_LIMIT].strip() or code)


def _figures(closing: Closing) -> Iterable[Indicator]:
    period = Period.parse(closing.period)
    for branch, figures in closing.figures.items():
        so_far = closing.year_to_date.get(branch, {})
        for code, (value, numerator, denominator) in figures.items():
            num = numerator if denominator is not None else value
            if num is None:
                continue  # nobody entered it: absent, not 0
            to_value, to_numerator, to_denominator = so_far.get(code, (None, None, None))
            if denominator is None:
                to_num, to_den = to_value, None
            else:
                to_num, to_den = (to_numerator, to_denominator) if to_denominator is not None else (None, None)
            yield Indicator(period, closing.edition, branch, code, num, denominator, ytd_num=to_num, ytd_den=to_den)


def _share(figures: Frozen, branch: str, code: str) -> tuple[int, int]:
    _value, numerator, denominator = figures.get(branch, {}).get(code, (None, None, None))
    return numerator or 0, denominator or 0


def _number(figures: Frozen, branch: str, code: str) -> int:
    return figures.get(branch, {}).get(code, (None, None, None))[0] or 0


def _meetings(closings: Iterable[Closing], sums: Mapping[BranchMonth, Mapping[str, int]]) -> Iterable[Activity]:
    empty = dict.fromkeys(("held", "guests", "roster", "present", "excused", "absent"), 0)
    for closing in closings:
        period = Period.parse(closing.period)
        here = {branch: sums.get((branch, closing.period), empty) for branch in closing.figures if branch != COMMUNE}
        whole = {key: sum(one[key] for one in here.values()) for key in empty}
        for branch, counts in {COMMUNE: whole, **here}.items():
            on_schedule, due = _share(closing.figures, branch, _DUE)
            both = {**counts, "due": due, "on_schedule": on_schedule}
            yield Activity(period, branch, ActivityKind.MEETING, both)


def _study(closings: Iterable[Closing], sums: Mapping[BranchMonth, Mapping[str, object]]) -> Iterable[Activity]:
    for closing in closings:
        period = Period.parse(closing.period)
        for branch in closing.figures:
            one = sums.get((branch, closing.period), {})
            named, counted, sessions = (_int(one.get(key)) for key in ("named", "counted", "sessions"))
            campaigns = _set(one.get("campaigns"))
            reached, eligible = _share(closing.figures, branch, _STUDIED)
            counts = {
                "attendances": named + counted,
                "campaigns": len(campaigns),
                "eligible": eligible,
                "guests": counted,
                "reached": reached,
                "sessions": sessions,
            }
            yield Activity(period, branch, ActivityKind.STUDY, counts)


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0


def _set(value: object) -> set[str]:
    return value if isinstance(value, set) else set()


def _campaign(closings: Iterable[Closing]) -> Iterable[Activity]:
    for closing in closings:
        for branch in closing.figures:
            counts = {key: _number(closing.figures, branch, code) for key, code in _CAMPAIGN.items()}
            counts["mobilised"] = _share(closing.figures, branch, _MOBILISED)[0]
            yield Activity(Period.parse(closing.period), branch, ActivityKind.CAMPAIGN, counts)


def _scoring(closings: Iterable[Closing], scored: Iterable[Scored], definitions: Definitions) -> Iterable[Activity]:
    sheets = tuple(scored)
    for closing in closings:
        period = Period.parse(closing.period)
        done = [one for one in sheets if one.year == period.year and one.verified_on <= period.end]
        for branch in closing.figures:
            mine = [one for one in done if branch in (COMMUNE, one.branch)]
            titles = [one.title for one in mine if one.decided_on is not None and one.decided_on <= period.end]
            points = sum((Decimal(text) for one in mine for text in one.points), Decimal(0))
            counts = {
                "branches": _number(closing.figures, branch, _BRANCHES) if branch == COMMUNE else 1,
                "maximum": sum(_maximum(one, definitions) for one in mine) * 10**_POINT_PLACES,
                "model": titles.count(Title.MODEL.name),
                "outstanding": titles.count(Title.MODEL_OUTSTANDING.name),
                "points": int(points * 10**_POINT_PLACES),
                "scale": _POINT_PLACES,
                "scored": len(mine),
            }
            yield Activity(period, branch, ActivityKind.SCORING, counts)


def _maximum(sheet: Scored, definitions: Definitions) -> int:
    try:
        return definitions.rubric(sheet.rubric_code, sheet.rubric_version).max_points
    except NotFound:
        return 0  # a rubric of a pack that is not here any more: the points stay, out of what is not known
