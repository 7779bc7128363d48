"""What is left of study once nobody shall be named any more: every count, and women who stand for nobody.

Women are counted once over a campaign and once over a year. So names go for whole years only, together with every
other year that a campaign links to them: a woman never counts once by name and once without.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sochihoi.domain.errors import UserError
from sochihoi.domain.facts import PlacementFact
from sochihoi.domain.study import Coverage, TargetGroup

Years = tuple[int, int]
"""The first and the last year of a span, both within it."""


@dataclass(eq=False)
class NamesForgotten(UserError):
    """Who came would be changed in a campaign or a year that names nobody any more: nobody could be told apart."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class GroupKept:
    """A target group of a forgotten campaign, commune-wide: how many stood on the list, and how many of them came for
    the first time on which day (``date.min``: at a session without a day)."""

    eligible: int
    first_days: Mapping[date, int] = field(default_factory=dict)

    def coverage(self, until: date) -> Coverage:
        """How far it was on a day."""
        return Coverage(sum(n for day, n in self.first_days.items() if day <= until), self.eligible)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A campaign whose names are gone: the span that it belongs to, and its groups beside MEMBERS, whose share the
    list itself still says."""

    years: Years
    groups: Mapping[TargetGroup, GroupKept]

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Forgotten:
        """From ``plain``."""
        first, last = told["years"]
        groups = {
            TargetGroup[name]: GroupKept(size, {date.fromisoformat(day): n for day, n in days.items()})
            for name, (size, days) in told["groups"].items()
        }
        return cls((first, last), groups)

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        groups = {
            group.name: [kept.eligible, {day.isoformat(): n for day, n in sorted(kept.first_days.items())}]
            for group, kept in self.groups.items()
        }
        return {"years": list(self.years), "groups": groups}


def spans(campaigns: Iterable[Sequence[int]], before: date) -> tuple[Years, ...]:
    """The spans of years that ended before a day, in order. ``campaigns``: the years of each one's sessions; years
    that a campaign runs through belong together."""
    found: list[list[int]] = []
    for first, last in sorted((min(years), max(years)) for years in campaigns if years):
        if found and first <= found[-1][1]:
            found[-1][1] = max(found[-1][1], last)
        else:
            found.append([first, last])
    return tuple((first, last) for first, last in found if date(last, 12, 31) < before)


@dataclass(frozen=True)
class Grid:
    """The days on which a span is looked at: ends of months, also of the year after (which compares with it), and
    days of sessions. Between two of them nobody can tell on which day a woman came or went."""

    years: Years
    sessions: frozenset[date] = frozenset()

    @cached_property
    def days(self) -> list[date]:
        """In order."""
        first, last = self.years
        starts = [date(year, month, 1) for year in range(first, last + 2) for month in range(1, 13)]
        ends = [day - timedelta(days=1) for day in (*starts[1:], date(last + 2, 1, 1))]
        return sorted({*ends, *self.sessions})

    def membership(self, from_on: date | None, to_on: date | None) -> tuple[date | None, date | None]:
        """Her first day as a member and the first day no longer; both the same where she is one on no day of it."""
        first, last = self.days[0], self.days[-1]
        if (from_on is not None and from_on > last) or (to_on is not None and to_on <= first):
            return first, first
        return self._rounded(from_on), self._rounded(to_on)

    def stays(self, stays: Sequence[PlacementFact]) -> list[PlacementFact]:
        """Where she was, in order; of all that was before, the newest stay alone, and none of its days."""
        first, last = self.days[0], self.days[-1]
        before = [one for one in stays if one.to_on is not None and one.to_on <= first]
        after = [one for one in stays if one.from_on is not None and one.from_on > last]
        return [
            *(PlacementFact(one.branch, None, first) for one in before[-1:]),
            *(
                PlacementFact(one.branch, self._rounded(one.from_on), self._rounded(one.to_on))
                for one in stays
                if one not in before and one not in after
            ),
            *(PlacementFact(one.branch, last + timedelta(days=1)) for one in after[:1]),
        ]

    def _rounded(self, day: date | None) -> date | None:
        """The first day of the grid from which it is so; ``None`` where that is so on all of them, or on none."""
        at = len(self.days) if day is None else bisect_left(self.days, day)
        return self.days[at] if 0 < at < len(self.days) else None
