"""How long the units below lived, and under whose code the figures of a month stand.

What a unit did stays its own after it merged or parted. A book that goes on under another code tells the months before
once more: these are the same figures, and count once, under the code of then (the month of the change is the heir's).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sochihoi.domain.periods import Period
from sochihoi.domain.unit_changes import UnitChange


@dataclass(frozen=True, slots=True)
class Lives:
    """By code of a unit. ``begins``: its first day; ``ends``: the first day on which it is no more; neither of a unit
    that no change speaks of. ``goes_on``: an ended unit to the one that bears its book; it ended with a month.
    ``heirs``: an ended unit to those that stand in its place.
    """

    begins: Mapping[str, date] = field(default_factory=dict)
    ends: Mapping[str, date] = field(default_factory=dict)
    goes_on: Mapping[str, str] = field(default_factory=dict)
    heirs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def lived(self, code: str, period: Period) -> bool:
        """Whether it lived on a day of the period."""
        begins, ends = self.begins.get(code), self.ends.get(code)
        return (begins is None or begins <= period.end) and (ends is None or period.start < ends)

    def last_month(self, code: str, last: Period) -> Period | None:
        """The month whose count since January tells what the unit did in the year up to the month ``last``.

        ``None`` when it did not live then, and when its book went on by then: the count of its heir holds its own.
        """
        ends = self.ends.get(code)
        if ends is None or ends > last.start:
            return last if self.lived(code, last) else None
        found = Period.month_of(ends - timedelta(days=1))
        return found if found.year == last.year and self.lived(code, found) and code not in self.goes_on else None

    def leads(self, code: str, to: str) -> bool:
        """Whether ``to`` stands in the place of a unit that is no more, at once or over others between."""
        seen, waiting = {code}, [*self.heirs.get(code, ())]
        while waiting:
            one = waiting.pop()
            if one == to:
                return True
            if one not in seen:
                seen.add(one)
                waiting += self.heirs.get(one, ())
        return False

    def speaking(self, month: Period, editions: Mapping[str, int]) -> dict[str, str]:
        """Whose rows of a month count, by the code under which they stand. ``editions``: of every unit that told it.

        Where a book told it under several codes the highest edition counts, of the same edition the oldest code's.
        """
        found: dict[str, str] = {}
        before = {heir: code for code, heir in self.goes_on.items()}
        for code in sorted(editions, key=lambda one: (self.begins.get(one, date.min), one)):
            place = code
            while place in before and self.begins[place] > month.end:
                place = before[place]
            while place in self.goes_on and self.begins[self.goes_on[place]] <= month.end:
                place = self.goes_on[place]
            if place not in found or editions[code] > editions[found[place]]:
                found[place] = code
        return found


def lives(
    changes: Iterable[UnitChange], threads: Mapping[str, Collection[str]], told: Mapping[str, tuple[Period, Period]]
) -> Lives:
    """From the changes of the units. ``threads``: what ties the files of one book together, by the unit that sent
    them; ``told``: the oldest and the newest month that came of a unit: one that told a month lived in it, unless its
    book is another's that went on.

    One unit that became one other is the same book. Of several units that merged into a new one it is that of the one
    with which it shares a thread.
    """
    begins: dict[str, date] = {}
    ends: dict[str, date] = {}
    goes_on: dict[str, str] = {}
    heirs: dict[str, tuple[str, ...]] = {}
    every = sorted(changes, key=lambda change: (change.effective, change.id))
    left, entered = (Counter(code for one in every for code in side(one)) for side in (_ended, _begun))
    for one in every:
        for code in _ended(one):
            last = told[code][1].end + timedelta(days=1) if code in told else one.effective
            ends[code] = max(one.effective, last)
            heirs[code] = (*heirs.get(code, ()), *one.to_units)
        for heir in _begun(one):
            begins[heir] = min(one.effective, told[heir][0].start) if heir in told else one.effective
            alone = len(one.from_units) == len(one.to_units) == left[one.from_units[0]] == entered[heir] == 1
            same = (code for code in _ended(one) if alone or set(threads.get(code, ())) & set(threads.get(heir, ())))
            bearer = next(same, None)
            if bearer is not None and bearer not in goes_on and heir not in goes_on.values():
                goes_on[bearer] = heir
                begins[heir] = one.effective
                ends[bearer] = one.effective.replace(day=1)
    return Lives(begins, ends, goes_on, heirs)


def _ended(change: UnitChange) -> list[str]:
    return [code for code in change.from_units if code not in change.to_units]


def _begun(change: UnitChange) -> list[str]:
    return [code for code in change.to_units if code not in change.from_units]
