"""What is counted: lists of records with their branch, so that a figure and the list behind it are the same thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class UnitType(Enum):
    """What one unit of a figure is. Persons, memberships and attendances are never added together."""

    PERSON = "person"
    MEMBERSHIP = "membership"
    ATTENDANCE = "attendance"
    HOUSEHOLD = "household"
    BRANCH = "branch"
    MEETING = "meeting"
    SESSION = "session"
    MONEY = "money"
    COUNT = "count"


class UnitMismatch(TypeError):
    """Figures of two unit types were added: a fault of the program, not of the officer."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount of one unit type; money in đồng."""

    unit: UnitType
    amount: int

    def __add__(self, other: Quantity) -> Quantity:
        """Raises ``UnitMismatch`` for another unit type."""
        if self.unit is not other.unit:
            raise UnitMismatch(f"{self.unit.name} + {other.unit.name}")
        return Quantity(self.unit, self.amount + other.amount)


@dataclass(frozen=True, slots=True)
class Item:
    """One record that is counted. ``branch`` is absent for what belongs to the commune itself.

    ``weight`` is how much it counts for: 1 for a person, the number present for a meeting, đồng for money.
    """

    branch: str | None
    record: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Items:
    """The records in the numerator and, for a share, those in the denominator."""

    numerator: tuple[Item, ...]
    denominator: tuple[Item, ...] | None = None

    def by_branch(self, branches: Iterable[str]) -> dict[str, Items]:
        """The same items cut by branch, one entry for every branch asked for, empty ones included."""
        above = _cut(self.numerator)
        below = None if self.denominator is None else _cut(self.denominator)
        return {
            branch: Items(tuple(above.get(branch, ())), None if below is None else tuple(below.get(branch, ())))
            for branch in branches
        }

    @property
    def above(self) -> int:
        """The numerator: each record once, however often it is listed."""
        return total(self.numerator)

    @property
    def below(self) -> int | None:
        """The denominator; ``None`` when the figure is no share."""
        return None if self.denominator is None else total(self.denominator)


def total(items: Iterable[Item]) -> int:
    """The sum of the weights, each record once."""
    return sum({item.record: item.weight for item in items}.values())


def _cut(items: Iterable[Item]) -> dict[str | None, list[Item]]:
    found: dict[str | None, list[Item]] = {}
    for item in items:
        found.setdefault(item.branch, []).append(item)
    return found
