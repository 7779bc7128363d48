"""What a draft says beside figures: names, titles, sums of two figures. Plain values, frozen when a month is closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sochihoi.domain.periods import Window
from sochihoi.domain.rubric import Title, rubric_of
from sochihoi.domain.scoring import ScoreState
from sochihoi.services.paper_numbers import grouped, listed, plain_date
from sochihoi.services.study_facts import DUE, HELD, LEFT, due_facts, held_facts, left_facts
from sochihoi.services.target_words import goal_words, standing_of

if TYPE_CHECKING:
    from sochihoi.domain.indicators import Figure
    from sochihoi.domain.targets import Standing, Target
    from sochihoi.services.figures import FigureSheet
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

TOLD = 5  # proposals and titles that one sentence names
WORST = 3
NAMED = 10  # branches that were recognised


def gather(
    office: Office, work: Work, sheet: FigureSheet, wanted: frozenset[str] | None = None, branch: str | None = None
) -> dict[str, Any]:
    """The facts of a period by name: those wanted, or all; of the commune or of one branch.

    Numbers are integers; what there is nothing of is an empty text. A fact that says nothing of a branch is left out.
    """
    ask = _Asked(office, work, sheet, branch)
    found: dict[str, Any] = {}
    for names, make in _MAKERS.items():
        if wanted is None or not wanted.isdisjoint(names):
            found |= make(ask)
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """Of whom, and when. ``branch``: ``None`` = the commune."""

    office: Office
    work: Work
    sheet: FigureSheet
    branch: str | None

    @property
    def seen(self) -> date:
        """The day it looks at."""
        return self.office.figures.seen(self.work, self.sheet.period)

    def figure(self, code: str) -> Figure | None:
        """Of the commune or the branch."""
        row = self.sheet.cells.get((code, self.branch))
        return None if row is None else row.now


def _time(ask: _Asked) -> dict[str, Any]:
    period = ask.sheet.period
    following = period.next()
    return {
        "month": period.last_month,
        "year": period.year,
        "next_month": following.first_month,
        "next_year": following.year,
        "last_day": plain_date(ask.seen),
        "union": ask.office.commune.union_name,
    }


def _households(ask: _Asked) -> dict[str, Any]:
    criteria = ask.office.figures.criteria_set(ask.sheet.period.year)
    members, assessed = ask.figure("household.members"), ask.figure("household.assessed")
    return {
        "campaign": criteria.name.vi if criteria else "",
        "criteria_count": len(criteria.criteria) if criteria else 0,
        "not_assessed": max(_amount(members) - _amount(assessed), 0),
        "failed_criteria": _failed(ask),
    }


def _rests(ask: _Asked) -> dict[str, Any]:
    return {
        "not_studied": _rest(ask.figure("study.resolution_pct")),
        "branches_not_met": _rest(ask.figure("org.branches_met")) if ask.branch is None else 0,
    }


def _proposals(ask: _Asked) -> dict[str, Any]:
    period = ask.sheet.period
    said = ask.work.months.said(period.start, period.end, ask.branch) if ask.branch else []
    count, answered = len(said), sum(day is not None for _content, day in said)
    if ask.branch is None:
        count, answered = ask.work.months.proposals(period.start, period.end)
    waiting = [
        one.proposal.content
        for one in ask.work.meetings.open_proposals()
        if one.held_on <= period.end and ask.branch in (None, one.branch_id)
    ]
    return {
        "proposals": count,
        "proposals_answered": answered,
        "opinions": _told(content for content, _day in said),
        "open_proposals": _told(waiting),
    }


def _meetings(ask: _Asked) -> dict[str, Any]:
    """What the meetings were about, and those that are on the calendar of the next period: of a branch with topics."""
    period, months = ask.sheet.period, ask.work.months
    coming = months.meetings(period.next().start, period.next().end, ask.branch)
    if ask.branch is None:
        return {"meeting_topics": "", "planned_meetings": len(coming)}
    held = months.meetings(period.start, period.end, ask.branch)
    days = (f"ngày {plain_date(day)}" + (f": {topic.rstrip('.')}" if topic else "") for day, topic in coming)
    return {"meeting_topics": _told(topic for _day, topic in held if topic), "planned_meetings": _told(days)}


def _targets(ask: _Asked) -> dict[str, Any]:
    standings = _standings(ask.office, ask.work, ask.sheet) if ask.branch is None else []
    return {
        "targets_met": "; ".join(target.title.vi for target, state in standings if state.met),
        "targets_behind": "; ".join(
            f"{target.title.vi} ({goal_words(target.goal)})" for target, state in standings if state.met is False
        ),
    }


def _scores(ask: _Asked) -> dict[str, Any]:
    """The score sheets of the year: how many stand where, and who was recognised in it."""
    year = ask.sheet.period.year
    sheets = ask.work.scores.of_year(year) if ask.branch is None else {}
    names = {unit.id: unit.name for unit in ask.work.units.all()}
    titles = {title: [one for one in sheets.values() if one.title is title] for title in Title}
    named = {title: _told(sorted(names[one.branch_id] for one in some), most=NAMED) for title, some in titles.items()}
    states = [one.state for one in sheets.values()]
    bands = rubric_of(ask.office.definitions.rubrics, year)
    graded = [(b.label.vi, sum(one.band == b.code for one in sheets.values())) for b in bands.bands] if bands else []
    return {
        "scores_registered": len(states),
        "scores_own": sum(state is ScoreState.SELF_SCORED for state in states),
        "scores_verified": sum(state.value >= ScoreState.COMMUNE_VERIFIED.value for state in states),
        "scores_refused": sum(one.recognised_on is not None and one.title is None for one in sheets.values()),
        "scores_bands": ", ".join(f"{grouped(count)} chi hội loại {label}" for label, count in graded if count),
        "models_new": named[Title.MODEL],
        "outstanding_new": named[Title.MODEL_OUTSTANDING],
    }


def _below(ask: _Asked) -> dict[str, Any]:
    """At a level above: how many units are in the figures, how many are known, and who is missing."""
    from sochihoi.services.consolidated.units import short_name
    from sochihoi.services.owing import owing
    from sochihoi.services.received_months import Months, needed

    if not ask.office.is_receiver:
        return {"units_sent": 0, "units_known": 0, "units_missing": ""}
    here = {unit.code for unit in ask.sheet.branches}
    need = needed(ask.sheet.period, ask.office.receiving.totals.last_day())
    known = owing(ask.work, Months(ask.work), need)
    missing = [short_name(one.unit_name) for code, one in known.items() if code not in here]
    return {
        "units_sent": len(here),
        "units_known": len(known),
        "units_missing": listed(missing, NAMED, "và {count} đơn vị khác"),
    }


_MAKERS: Final[dict[tuple[str, ...], Callable[[_Asked], dict[str, Any]]]] = {
    ("month", "year", "next_month", "next_year", "last_day", "union"): _time,
    ("campaign", "criteria_count", "not_assessed", "failed_criteria"): _households,
    ("not_studied", "branches_not_met"): _rests,
    ("units_sent", "units_known", "units_missing"): _below,
    ("proposals", "proposals_answered", "opinions", "open_proposals"): _proposals,
    ("meeting_topics", "planned_meetings"): _meetings,
    HELD: lambda ask: held_facts(ask.work, Window(ask.sheet.period.start, ask.seen), ask.branch),
    DUE: lambda ask: due_facts(ask.work, ask.sheet.period),
    LEFT: lambda ask: left_facts(ask.office, ask.work, ask.sheet.period, ask.branch),
    ("targets_met", "targets_behind"): _targets,
    (
        *("scores_registered", "scores_own", "scores_verified", "scores_refused", "scores_bands"),
        *("models_new", "outstanding_new"),
    ): _scores,
}


def _standings(office: Office, work: Work, sheet: FigureSheet) -> list[tuple[Target, Standing]]:
    found = []
    for code, (target, goal) in office.targets.goals(work, sheet.period).items():
        row = sheet.cells.get((code, None))
        state = standing_of(goal, row.now) if row is not None else None
        if state is not None:
            found.append((target, state))
    return found


def _rest(figure: Figure | None) -> int:
    if figure is None or figure.numerator is None or figure.denominator is None:
        return 0
    return figure.denominator - figure.numerator


def _amount(figure: Figure | None) -> int:
    return (figure.value or 0) if figure is not None else 0


def _told(texts: Iterable[str], most: int = TOLD) -> str:
    """The first of them in one sentence."""
    return "; ".join(text.strip().rstrip(".") for text in list(texts)[:most])


def _failed(ask: _Asked) -> str:
    """The criteria that most households fail, the worst first; in a single branch none that would tell on a family."""
    criteria = ask.office.figures.criteria_set(ask.sheet.period.year)
    hidden = {one.code for one in criteria.criteria if one.sensitive} if criteria and ask.branch else set()
    told = [
        one
        for one in ask.sheet.definitions.indicators
        if one.source == "failed" and one.parameters.get("name") not in hidden
    ]
    found = (ask.sheet.cells.get((one.code, ask.branch)) for one in told)
    rows = [row for row in found if row is not None and row.now.value]
    worst = sorted(rows, key=lambda r: (-(r.now.value or 0), r.indicator.order))[:WORST]
    names = [f"{r.indicator.label.vi.partition(': ')[2]} ({grouped(r.now.value or 0)} hộ)" for r in worst]
    return listed(names, WORST, "")
