"""Words of targets: goals, standings, acts, problems. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from sochihoi.domain.targets import (
    BadGoal,
    Direction,
    Goal,
    Level,
    Light,
    Measured,
    MoreThanAll,
    Target,
    TargetPeriod,
    Term,
)
from sochihoi.i18n import _, language, number, percent
from sochihoi.ui.words import Message, register

ACTS: dict[str, Callable[[], str]] = {
    "target.goal": lambda: _("Value of a target set"),
    "target.enter": lambda: _("Figures of a target entered"),
    "target.show": lambda: _("Target switched on or off"),
}


def amount(value: Fraction, measured: Measured) -> str:
    """``85 %``, ``8,5 %``, ``1``."""
    if measured is Measured.PERCENT:
        return percent(value / 100, next(n for n in (0, 1, 2) if n == 2 or (value * 10**n).denominator == 1))
    return number(int(value))


def goal_words(goal: Goal | None) -> str:
    """``trên 85 %``, ``từ 1 trở lên``; what to do while the commune's own share is not set."""
    if goal is None:
        return _("not set yet")
    value = amount(goal.value, goal.measured)
    if goal.direction is Direction.AT_LEAST and goal.measured is Measured.PERCENT and goal.value == 100:
        return value
    return direction_words(goal.direction).format(value=value)


def direction_words(direction: Direction) -> str:
    """How a value is compared, with a place ``{value}``."""
    return {
        Direction.AT_LEAST: _("{value} or more"),
        Direction.OVER: _("over {value}"),
        Direction.EXACTLY: _("exactly {value}"),
        Direction.UNDER: _("under {value}"),
    }[direction]


def light_name(light: Light) -> str:
    """One to three words for the badge."""
    return {
        Light.MET: _("Target met"),
        Light.BEHIND: _("Not met yet"),
        Light.MISSED: _("Not met at the end"),
        Light.UNKNOWN: _("No figures yet"),
    }[light]


def period_name(target: Target, code: str, term: Term) -> str:
    """``Năm 2026``, ``Nhiệm kỳ 2025–2030``."""
    if target.period is TargetPeriod.ANNUAL:
        return _("Year {year}").format(year=code)
    return term.name.vi if language() == "vi" else term.name.en


def level_name(level: Level) -> str:
    """Who reports a target."""
    return {
        Level.ALL: _("all levels"),
        Level.BRANCH: _("from the branches up"),
        Level.COMMUNE: _("the commune"),
        Level.ABOVE: _("the level above"),
        Level.OUTSIDE: _("a state office"),
    }[level]


@register(BadGoal)
def _bad_goal(error: BadGoal) -> Message:
    return Message(
        _("{value} cannot be the value of this target.").format(value=error.value),
        _("Type a percentage from 0 to 100 with at most two decimals, or a whole number from 0."),
    )


@register(MoreThanAll)
def _more(error: MoreThanAll) -> Message:
    return Message(
        _("{numerator} is more than the {denominator} that it is part of.").format(
            numerator=number(error.numerator), denominator=number(error.denominator)
        ),
        _("Check both numbers; the first one is part of the second."),
    )
