"""The months that came up, each under the code under which it counts (``domain/lifetimes.py``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sochihoi.domain.lifetimes import Lives, lives
from sochihoi.domain.periods import Period, PeriodKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sochihoi.storage.consolidated import Stands
    from sochihoi.storage.work import Work


@dataclass(frozen=True, slots=True)
class Standing:
    """The rows that a unit's month stands on. ``told_by``: the code in the file, another one where the book went on
    under that; ``file_id``: the line of the ledger; ``joined``: units that are no more, whose books were part of this
    one by then."""

    told_by: str
    edition: int
    file_id: str
    joined: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Needed:
    """Which months a period rests on. ``to_date``: the count since January of the last of them says it all."""

    months: tuple[Period, ...]
    to_date: bool

    @property
    def last(self) -> Period:
        """The last month: whose file leads to the figures."""
        return self.months[-1]


def needed(period: Period, last_day: date) -> Needed:
    """The months that must be here. A period that begins in January and goes on ends with the last month that is over
    by ``last_day``."""
    months = period.months()
    if period.kind is PeriodKind.MONTH or period.first_month != 1:
        return Needed(months, to_date=False)
    over = [month for month in months if month.end <= last_day]
    return Needed((over[-1] if over else months[0],), to_date=True)


class Months:
    """What is here, every month read once."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._standing: dict[Period, dict[str, Standing]] = {}
        self._joined: dict[Period, frozenset[str]] = {}

    @cached_property
    def lives(self) -> Lives:
        """Of the units that changes speak of."""
        from sochihoi.storage import consolidated

        changes = consolidated.unit_changes(self._work)
        codes = {code for one in changes for code in (*one.from_units, *one.to_units)}
        if not codes:
            return Lives()
        told = consolidated.told_months(self._work, codes)
        return lives(changes, consolidated.threads(self._work, codes), told)

    def standing(self, month: Period) -> dict[str, Standing]:
        """By code of the unit under which a month counts."""
        if month not in self._standing:
            from sochihoi.storage import consolidated

            self._standing[month] = self._counting(month, consolidated.standing(self._work, month.code))
        return self._standing[month]

    def every(self) -> dict[str, dict[str, Standing]]:
        """All of them, by code of the unit and month (``2026-10``)."""
        from sochihoi.storage import consolidated

        told: dict[str, dict[str, Stands]] = {}
        for code, months in consolidated.months(self._work).items():
            for month, stands in months.items():
                told.setdefault(month, {})[code] = stands
        found: dict[str, dict[str, Standing]] = {}
        for month, rows in told.items():
            for place, one in self._counting(Period.parse(month), rows).items():
                found.setdefault(place, {})[month] = one
        return found

    def _counting(self, month: Period, rows: Mapping[str, Stands]) -> dict[str, Standing]:
        """Whose rows count; not those of a unit whose book another one holds by then, which tells all of the month."""
        speaking = self.lives.speaking(month, {code: one.edition for code, one in rows.items()})
        # nobody takes the place of another by saying so: a change of the units must lead to it
        joined = {
            place: frozenset(one for one in rows[code].joined if self.lives.leads(one, place))
            for place, code in speaking.items()
        }
        held = frozenset().union(*joined.values())
        return {
            place: Standing(code, rows[code].edition, rows[code].file_id, joined[place])
            for place, code in speaking.items()
            if place not in held
        }

    def _held(self, month: Period) -> frozenset[str]:
        """Units whose books others hold at the end of a month; asked of every unit, counted once."""
        if month not in self._joined:
            self._joined[month] = frozenset(code for one in self.standing(month).values() for code in one.joined)
        return self._joined[month]

    def of_unit(self, code: str, need: Needed) -> tuple[Period, ...]:
        """The months that must be here of a unit, in order; none where it did not live, or its heir tells all."""
        if not need.to_date:
            return tuple(m for m in need.months if self.lives.lived(code, m) and code not in self._held(m))
        last = self.lives.last_month(code, need.last)
        return () if last is None or code in self._held(need.last) else (last,)

    def wanted(self, need: Needed) -> tuple[Period, ...]:
        """Every month that a unit rests on, in order: also the last ones of units that ended in the year."""
        last = {month for code in self.lives.ends for month in self.of_unit(code, need)} if need.to_date else set()
        return tuple(sorted({*need.months, *last}))

    def whole(self, need: Needed) -> dict[str, tuple[Period, ...]]:
        """Units all of whose months are here, with these."""
        told = {code for month in self.wanted(need) for code in self.standing(month)}
        found = {code: self.of_unit(code, need) for code in told}
        return {
            code: months
            for code, months in found.items()
            if months and all(code in self.standing(month) for month in months)
        }

    def lacking(self, code: str, need: Needed) -> tuple[Period, ...]:
        """The months of a unit that never came."""
        return tuple(month for month in self.of_unit(code, need) if code not in self.standing(month))

    def newest(self, code: str, need: Needed) -> Standing:
        """What the newest month of a unit stands on, of one that is no more at the end that of its last one in the
        year. Raises ``KeyError`` for a unit of which it is not here."""
        mine = self.of_unit(code, need) or self.of_unit(code, Needed(need.months[-1:], to_date=True))
        return self.standing((mine or need.months)[-1])[code]

    def told_as(self, month: Period) -> dict[str, str]:
        """The code in the files to the code under which a month counts; a unit whose rows do not count is left out."""
        return {one.told_by: place for place, one in self.standing(month).items()}
