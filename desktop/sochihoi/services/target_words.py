"""How a paper writes a goal, and where a figure stands against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochihoi.domain.targets import Direction, Goal, Measured, Standing, reckon
from sochihoi.services.paper_numbers import exact

if TYPE_CHECKING:
    from sochihoi.domain.indicators import Figure


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
