"""The two charts of the first page, also as rows of a table. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from sochihoi.domain.targets import Direction, Goal
from sochihoi.i18n import NBSP, _, language, ngettext, number, percent
from sochihoi.reports.charts import Bar, HorizontalBars, VerticalBars
from sochihoi.services.overview_facts import Below, Glance, Share


def goal_words(goal: Goal) -> str:
    """``chỉ tiêu 80 %``, ``chỉ tiêu trên 85 %``."""
    value = f"{number(int(goal.value))}{NBSP}%"
    if goal.direction is Direction.OVER:
        return _("target over {value}").format(value=value)
    return _("target {value}").format(value=value)


def campaign_name(glance: Glance) -> str:
    """As the criteria set of the year is called."""
    if glance.criteria is None:
        return ""
    return glance.criteria.name.vi if language() == "vi" else glance.criteria.name.en


def attendance_chart(glance: Glance) -> VerticalBars:
    """Mean attendance of six months; this month dark."""
    last = len(glance.attendance) - 1
    bars = tuple(
        Bar(
            _("M{month}").format(month=period.index),
            share.ratio,
            number_of(share),
            dark=at == last,
        )
        for at, (period, share) in enumerate(glance.attendance)
    )
    ticks = tuple((Fraction(step, 100), f"{step}{NBSP}%") for step in (0, 50, 100))
    goal = glance.attendance_goal
    return VerticalBars(_("Mean attendance of meetings"), bars, ticks, goal.value / 100 if goal else None, _value(goal))


def passing_chart(glance: Glance) -> HorizontalBars:
    """The lowest branches; those below the target dark."""
    goal = glance.passing_goal
    bars = tuple(
        Bar(
            share.label,
            share.ratio,
            percent(share.ratio),
            f"({number(share.numerator)}/{number(share.denominator)})",
            dark=goal is None or not goal.meets(share.numerator, share.denominator),
        )
        for share in glance.lowest
    )
    return HorizontalBars(passing_title(glance), bars, 1, goal.value / 100 if goal else None, _value(goal))


def lowest_chart(below: Below) -> HorizontalBars:
    """The units with the lowest attendance, at a level above."""
    bars = tuple(
        Bar(one.label, one.ratio, percent(one.ratio), f"({number(one.numerator)}/{number(one.denominator)})")
        for one in below.lowest
    )
    title = _("Attendance of meetings: the {count} lowest units")
    return HorizontalBars(title.format(count=number(len(bars))), bars, 1)


def passing_title(glance: Glance) -> str:
    """``Hộ đạt 5 không, 3 sạch, 3 an: sáu chi hội thấp nhất``."""
    words = ngettext(
        "Households passing {name}: the branch",
        "Households passing {name}: the {count} lowest branches",
        len(glance.lowest),
    )
    return words.format(name=campaign_name(glance), count=len(glance.lowest))


def number_of(share: Share) -> str:
    """``82,1`` at a bar; ``—`` where nobody is to be counted."""
    return percent(share.ratio).removesuffix(f"{NBSP}%") if share.ratio is not None else "—"


def _value(goal: Goal | None) -> str:
    return goal_words(goal) if goal is not None else ""


def chart_rows(shares: Sequence[Share]) -> list[tuple[str, str, str]]:
    """A chart as a table: whose, the share, what it is made of."""
    return [(one.label, percent(one.ratio), f"{number(one.numerator)}/{number(one.denominator)}") for one in shares]


def month_rows(glance: Glance) -> list[tuple[str, str, str]]:
    """The chart of months as a table."""
    shares = [Share(f"{p.index:02}/{p.year}", s.numerator, s.denominator) for p, s in glance.attendance]
    return chart_rows(shares)
