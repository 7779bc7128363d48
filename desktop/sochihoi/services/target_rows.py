"""Targets on their way up: frozen when a month is closed, put into its file, compared with what arrived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any

from sochihoi.domain.exchange import COMMUNE
from sochihoi.domain.months import Closing
from sochihoi.domain.periods import Period
from sochihoi.domain.targets import Direction, Goal, Measured
from sochihoi.sync import rows as wire

if TYPE_CHECKING:
    from sochihoi.domain.targets import Target
    from sochihoi.services.office import Office

KEPT = "targets"
"""Where a closing keeps them, beside the versions of its definitions."""


def frozen(office: Office, period: Period) -> list[dict[str, Any]]:
    """The commune's targets as they stand at the end of a month, for its closing.

    Fractions are written exactly (``"17/2"``). A target without a figure and without a goal says nothing.
    """
    return [
        {
            "code": row.target.id,
            "span": row.period,
            "direction": (row.setting.direction or row.target.goal.direction).name,
            "measured": row.target.goal.measured.name,
            "value": None if row.goal is None else str(row.goal.value),
            "numerator": _text(row.standing.numerator),
            "denominator": _text(row.standing.denominator),
        }
        for row in office.targets.rows(period)
        if row.goal is not None or row.standing.numerator is not None
    ]


def as_closed(closing: Closing | None, goals: Mapping[str, tuple[Target, Goal]]) -> dict[str, tuple[Target, Goal]]:
    """The goals of indicators as they applied when a month was closed; of targets that it did not keep those of now."""
    kept = {one["code"]: one for one in (closing.definitions.get(KEPT, ()) if closing else ())}
    found: dict[str, tuple[Target, Goal]] = {}
    for code, (target, goal) in goals.items():
        one = kept.get(target.id)
        value = None if one is None else _fraction(one["value"])
        if one is None:
            found[code] = target, goal
        elif value is not None:
            found[code] = target, Goal(Direction[one["direction"]], value, Measured[one["measured"]])
    return found


def _text(number: Any) -> str | None:
    return None if number is None else str(Fraction(number))


def to_file(closings: Iterable[Closing]) -> Iterable[wire.TargetStanding]:
    """The rows of closed months, as they were frozen; months closed before targets were frozen have none."""
    for closing in closings:
        for kept in closing.definitions.get(KEPT, ()):
            row = _row(Period.parse(closing.period), kept)
            if row is not None:
                yield row


def _row(period: Period, kept: Mapping[str, Any]) -> wire.TargetStanding | None:
    """One row; ``None`` where neither a figure nor a goal is known."""
    value, above, below = (_fraction(kept[key]) for key in ("value", "numerator", "denominator"))
    made = wire.TargetStanding(period, COMMUNE, kept["code"], kept["span"], wire.Direction[kept["direction"]])
    if kept["measured"] == Measured.PERCENT.name:
        if above is not None and below:  # of nobody there is no share
            whole = lcm(above.denominator, below.denominator)
            made = replace(made, num=int(above * whole), den=int(below * whole))
        if value is not None:
            made = replace(made, goal_num=value.numerator, goal_den=100 * value.denominator)
    else:
        scale = max(_places(one) for one in (above, value))
        made = replace(made, num=_scaled(above, scale), goal_num=_scaled(value, scale), scale=scale)
    return None if made.num is None and made.goal_num is None else made


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _places(number: Fraction | None) -> int:
    """How many decimal places it takes to write a number, at most as many as travel."""
    every = range(wire.MAX_SCALE + 1)
    return 0 if number is None else next((n for n in every if (number * 10**n).denominator == 1), wire.MAX_SCALE)


def _scaled(number: Fraction | None, scale: int) -> int | None:
    return None if number is None else round(number * 10**scale)


def compared(office: Office, above: Office, period: Period) -> list[tuple[str, Any, Any]]:
    """Targets of a closed month that differ between a commune and the level above: code, here, there.

    Each side is (span, direction, figure, goal) as exact fractions.
    """
    from sochihoi.services.target_totals import ReceivedSide

    here = {kept["code"]: kept for kept in office.months.closing(period).definitions.get(KEPT, ())}
    there = ReceivedSide(above).of(period, office.commune.code)
    found = []
    for code in sorted(here.keys() | there.keys()):
        mine = _side(here[code]) if code in here else None
        if mine != there.get(code):
            found.append((code, mine, there.get(code)))
    return found


def _side(kept: Mapping[str, Any]) -> tuple[Any, ...]:
    value, above, below = (_fraction(kept[key]) for key in ("value", "numerator", "denominator"))
    if kept["measured"] == Measured.PERCENT.name:
        figure = None if above is None or not below else (above, below)
        return kept["span"], kept["direction"], figure, None if value is None else value / 100
    return kept["span"], kept["direction"], None if above is None else (above, None), value
