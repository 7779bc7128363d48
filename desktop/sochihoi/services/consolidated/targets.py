"""The targets of all units together as one unit's own: what adds up goes further, the rest stays with the units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sochihoi.domain.targets import Measured
from sochihoi.services.target_totals import ReceivedSide, TargetTotal

if TYPE_CHECKING:
    from sochihoi.domain.periods import Period
    from sochihoi.services.office import Office


def frozen_totals(office: Office, period: Period) -> list[dict[str, Any]]:
    """As ``target_rows.frozen`` of a commune, of the targets that came up for a month; fractions as texts.

    A target goes further when its units mean the same by it (span, direction). The figures are added, and the goal is
    that of the units whose figures they are (``JointGoal``); ``each`` and ``counted`` stay with the report here.
    """
    told = (kept(total) for total in ReceivedSide(office).totals(period))
    return [one for one in told if one is not None]


def kept(total: TargetTotal) -> dict[str, Any] | None:
    """One of them; ``None`` where its units do not mean the same by it, or nothing is known."""
    directions = {part.target.direction for part in total.parts}
    if len(directions) > 1:
        return None
    goal = total.goal
    value = None if goal is None else goal.value
    if value is None and total.numerator is None:
        return None
    percent = total.is_share
    return {
        "code": total.code,
        "span": total.span,
        "direction": directions.pop(),
        "measured": (Measured.PERCENT if percent else Measured.COUNT).name,
        "value": None if value is None else str(value * 100 if percent else value),
        "each": None if goal is None or goal.each is None else str(goal.each * 100 if percent else goal.each),
        "counted": 0 if goal is None else goal.units,
        "numerator": None if total.numerator is None else str(total.numerator),
        "denominator": None if total.denominator is None else str(total.denominator),
        "met": total.count(met=True),
        "units": len(total.parts),
    }
