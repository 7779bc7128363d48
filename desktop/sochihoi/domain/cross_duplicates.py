"""One woman on the lists of two communes, as it looks: told to those two alone, never decided here."""

from __future__ import annotations

from dataclasses import dataclass, field

from sochihoi.domain.errors import UserError

SAME_WOMAN = "SAME_WOMAN"
"""The rule of a correction that asks about such a pair."""


@dataclass(frozen=True, slots=True)
class Side:
    """Her entry in one commune, as its newest file lists her."""

    unit_code: str
    unit_name: str
    member: str
    code: str
    full_name: str
    birth: str
    branch: str
    joined: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries with the same national id, the commune with the lower code first. ``told``: the codes of those of the
    two whose receipt asks about it.
    """

    one: Side
    other: Side
    told: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def key(self) -> str:
        """What names the pair: the two memberships."""
        return "/".join(sorted((self.one.member, self.other.member)))

    @property
    def units(self) -> tuple[str, str]:
        """The codes of the two communes."""
        return self.one.unit_code, self.other.unit_code

    def of(self, unit: str) -> tuple[Side, Side]:
        """Her entry in a unit, and the one elsewhere."""
        return (self.one, self.other) if self.one.unit_code == unit else (self.other, self.one)


@dataclass(eq=False)
class NoSuchPair(UserError):
    """No pair that nobody has looked at has this key."""

    asked: str
