"""The targets of all units together: how many have reached theirs, and where each stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sochihoi.domain.exchange import Direction, Received, ReceivedTarget
from sochihoi.domain.targets import Target
from sochihoi.services.received_months import Months

if TYPE_CHECKING:
    from sochihoi.domain.periods import Period
    from sochihoi.services.office import Office


@dataclass(frozen=True, slots=True)
class TargetPart:
    """One unit's target, and the file that it came with."""

    unit_name: str
    target: ReceivedTarget
    file: Received


@dataclass(frozen=True, slots=True)
class JointGoal:
    """What the units whose figures are added have to reach together.

    ``value``: of numbers the sum of their goals; of shares the one, from 0 to 1, that all of them have; ``None`` where
    one has no goal, or they do not mean the same by it. ``each``: what each of them has, where that is the same.
    ``units``: how many they are.
    """

    direction: str
    value: Fraction | None
    each: Fraction | None
    units: int


@dataclass(frozen=True, slots=True)
class TargetTotal:
    """One target of all units. ``target`` is its definition, ``None`` when it is not defined here.

    ``numerator`` and ``denominator`` are added over the units that know theirs; percents never. ``numerator`` is
    ``None`` when no unit knows it. ``goal`` is that of the same units: what stands beside a sum is a sum.
    """

    code: str
    span: str
    target: Target | None
    is_share: bool
    numerator: Fraction | None
    denominator: int | None
    parts: tuple[TargetPart, ...]

    def count(self, met: bool | None) -> int:
        """How many units have reached it (``True``), have not (``False``), or cannot say (``None``)."""
        return sum(1 for part in self.parts if part.target.met is met)

    @property
    def goal(self) -> JointGoal | None:
        """Of the units whose figures are added, of all where none has a figure; ``None`` where none of them has one."""
        counted = [part.target for part in self.parts if part.target.figure is not None]
        counted = counted or [part.target for part in self.parts]
        goals = [one.goal for one in counted]
        known = [goal for goal in goals if goal is not None]
        if not known:
            return None
        joined = len(known) == len(goals) and len({one.direction for one in counted}) == 1
        each = known[0] if joined and len(set(known)) == 1 else None
        value = each if self.is_share else sum(known, Fraction(0)) if joined else None
        return JointGoal(counted[0].direction, value, each, len(counted))


class ReceivedSide:
    """What came up. Nothing here is for a commune."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def totals(self, period: Period) -> tuple[TargetTotal, ...]:
        """Every target that a unit has sent for a month, in the order of the definitions; of a longer period those of
        its last month."""
        from sochihoi.storage import consolidated

        last = period.months()[-1]
        with self._office.read() as work:
            names = {one.unit_code: one.unit_name for one in work.sync.trusted(Direction.SENDER, revoked=True)}
            found: dict[tuple[str, str], list[TargetPart]] = {}
            places = Months(work).told_as(last)
            targets = [one for one in work.sync.targets(last.code) if one.unit_code in places]
            files = consolidated.ledger_lines(work, (one.file_id for one in targets))
            for one in targets:
                place = places[one.unit_code]
                part = TargetPart(names.get(place, place), replace(one, unit_code=place), files[one.file_id])
                found.setdefault((one.code, one.span), []).append(part)
        defined = {target.id: target for target in self._office.definitions.targets}
        order = {code: at for at, code in enumerate(defined)}
        keys = sorted(found, key=lambda key: (order.get(key[0], len(order)), key))
        return tuple(_total(code, span, defined.get(code), found[code, span]) for code, span in keys)

    def of(self, period: Period, unit: str) -> dict[str, tuple[Any, ...]]:
        """One unit's targets of a month by code: span, direction, figure with its whole, goal; exact fractions."""
        with self._office.read() as work:
            return {
                one.code: (
                    one.span,
                    one.direction,
                    None if one.figure is None else (one.figure, one.whole),
                    one.goal,
                )
                for one in work.sync.targets(period.code)
                if one.unit_code == unit
            }


def _total(code: str, span: str, target: Target | None, parts: Sequence[TargetPart]) -> TargetTotal:
    known = [part.target for part in parts if part.target.figure is not None]
    share = any(part.target.is_share for part in parts)
    above = sum((one.figure for one in known if one.figure is not None), Fraction(0)) if known else None
    below = sum(one.whole or 0 for one in known) if share and known else None
    return TargetTotal(code, span, target, share, above, below, tuple(parts))


def as_json(totals: Sequence[TargetTotal]) -> list[dict[str, Any]]:
    """For a program: codes and exact numbers; a number that is not whole is a text such as ``"3/2"``."""
    return [
        {
            "code": one.code,
            "span": one.span,
            "share": one.is_share,
            "numerator": _exact(one.numerator),
            "denominator": one.denominator,
            **_joint(one.goal),
            "met": one.count(met=True),
            "not_met": one.count(met=False),
            "unknown": one.count(met=None),
            "units": [_part(part.target) for part in one.parts],
        }
        for one in totals
    ]


def _joint(goal: JointGoal | None) -> dict[str, Any]:
    """``goal`` and ``goal_each`` as exact numbers, of shares from 0 to 1; ``counted``: the units that it is of."""
    if goal is None:
        return {"goal": None, "goal_each": None, "counted": 0}
    return {"goal": _exact(goal.value), "goal_each": _exact(goal.each), "counted": goal.units}


def _part(one: ReceivedTarget) -> dict[str, Any]:
    goal = one.goal
    return {
        "unit": one.unit_code,
        "direction": one.direction,
        "goal_numerator": None if goal is None else goal.numerator,
        "goal_denominator": None if goal is None else goal.denominator,
        "numerator": _exact(one.figure),
        "denominator": one.whole,
        "met": one.met,
    }


def _exact(value: Fraction | None) -> int | str | None:
    return None if value is None else value.numerator if value.denominator == 1 else str(value)
