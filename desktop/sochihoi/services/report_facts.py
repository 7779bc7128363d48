"""What a draft says beside figures: names, titles, sums of two figures. Plain values, frozen when a month is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sochihoi.domain.targets import Direction, Goal, Measured, Standing, Target, reckon
from sochihoi.services.paper_numbers import exact, grouped, listed, plain_date

if TYPE_CHECKING:
    from sochihoi.domain.indicators import Figure
    from sochihoi.services.figures import FigureSheet
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

TOLD = 5  # proposals and titles that one sentence names
WORST = 3


def gather(office: Office, work: Work, sheet: FigureSheet) -> dict[str, Any]:
    """The facts of a month by name. Numbers are integers; what there is nothing of is an empty text."""
    period = sheet.period
    following = period.next()
    today = office.figures.last_day(work)
    said, answered = work.months.proposals(period.start, period.end)
    waiting = [p.proposal.content for p in work.meetings.open_proposals() if p.held_on <= period.end]
    criteria = office.figures.criteria_set(period.year)
    standings = _standings(office, work, sheet)
    met = sheet.row("org.branches_met").now
    return {
        "month": period.index,
        "year": period.year,
        "next_month": following.index,
        "next_year": following.year,
        "last_day": plain_date(min(period.end, today)),
        "union": office.commune.union_name,
        "campaign": criteria.name.vi if criteria else "",
        "proposals": said,
        "proposals_answered": answered,
        "open_proposals": "; ".join(text.rstrip(".") for text in waiting[:TOLD]),
        "study_titles": "; ".join(work.months.study_titles(period.start, period.end)[:TOLD]),
        "study_due": "; ".join(
            f"{title} (hạn {plain_date(day)})" for title, day in work.months.study_due(following.start, following.end)
        ),
        "not_studied": _rest(sheet.row("study.resolution_pct").now),
        "not_assessed": (sheet.row("household.members").now.value or 0)
        - (sheet.row("household.assessed").now.value or 0),
        "branches_not_met": _rest(met),
        "failed_criteria": _failed(sheet),
        "targets_met": "; ".join(target.title.vi for target, state in standings if state.met),
        "targets_behind": "; ".join(
            f"{target.title.vi} ({goal_words(target.goal)})" for target, state in standings if state.met is False
        ),
    }


def standing_of(goal: Goal, figure: Figure) -> Standing | None:
    """Where a figure stands against a goal; ``None`` when it is not known."""
    if goal.measured is Measured.PERCENT:
        if figure.ratio is None or figure.numerator is None:
            return None
        return reckon(goal, figure.numerator, figure.denominator)
    return None if figure.value is None else reckon(goal, figure.value)


def goal_words(goal: Goal) -> str:
    """``trên 85 %``, ``từ 1 trở lên``."""
    is_share = goal.measured is Measured.PERCENT
    whole = exact(goal.value)
    value = f"{whole}\u00a0%" if is_share else whole
    match goal.direction:
        case Direction.OVER:
            return f"trên {value}"
        case Direction.AT_LEAST if is_share and goal.value == 100:
            return value
        case Direction.AT_LEAST:
            return f"từ {value} trở lên"
        case Direction.UNDER:
            return f"dưới {value}"
        case _:
            return value


def _standings(office: Office, work: Work, sheet: FigureSheet) -> list[tuple[Target, Standing]]:
    found = []
    for code, (target, goal) in office.targets.goals(work, sheet.period).items():
        row = sheet.cells.get((code, None))
        state = standing_of(goal, row.now) if row is not None else None
        if state is not None:
            found.append((target, state))
    return found


def _rest(figure: Figure) -> int:
    if figure.numerator is None or figure.denominator is None:
        return 0
    return figure.denominator - figure.numerator


def _failed(sheet: FigureSheet) -> str:
    """The criteria that most households fail, the worst first."""
    rows = [r for r in sheet.rows if r.indicator.source == "failed" and r.now.value]
    worst = sorted(rows, key=lambda r: (-(r.now.value or 0), r.indicator.order))[:WORST]
    names = [f"{r.indicator.label.vi.partition(': ')[2]} ({grouped(r.now.value or 0)} hộ)" for r in worst]
    return listed(names, WORST, "")
