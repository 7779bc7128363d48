"""The targets of all units together as one unit's own: what adds up goes further, the rest stays with the units."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sochihoi.domain.targets import Measured
from sochihoi.services.target_totals import ReceivedSide, TargetTotal

if TYPE_CHECKING:
    from sochihoi.domain.periods import Period
    from sochihoi.services.office import Office


def frozen_totals(office: Office, period: Period) -> list[dict[str, Any]]:
    """As ``target_rows.frozen`` of a commune, of the targets that came up for a month; fractions as texts.

    A target goes further when its units mean the same by it (span, direction). The figures are added, the goals of
    numbers too; of shares the goal is the one that all units have. A goal that is not known of all is left out.
    """
    told = (_kept(total) for total in ReceivedSide(office).totals(period))
    return [one for one in told if one is not None]


def goal_of(total: TargetTotal) -> Fraction | None:
    """The goal of all units together: a share from 0 to 1, or a number; ``None`` where there is none."""
    goals = [part.target.goal for part in total.parts]
    known = [goal for goal in goals if goal is not None]
    if len(known) < len(goals) or len({part.target.direction for part in total.parts}) > 1:
        return None
    if total.is_share:
        return known[0] if len(set(known)) == 1 else None
    return sum(known, Fraction(0))


def _kept(total: TargetTotal) -> dict[str, Any] | None:
    directions = {part.target.direction for part in total.parts}
    if len(directions) > 1:
        return None
    goal = goal_of(total)
    if goal is None and total.numerator is None:
        return None
    percent = total.is_share
    value = None if goal is None else goal * 100 if percent else goal
    return {
        "code": total.code,
        "span": total.span,
        "direction": directions.pop(),
        "measured": (Measured.PERCENT if percent else Measured.COUNT).name,
        "value": None if value is None else str(value),
        "numerator": None if total.numerator is None else str(total.numerator),
        "denominator": None if total.denominator is None else str(total.denominator),
        "met": total.count(met=True),
        "units": len(total.parts),
    }
