"""One figure in two periods, unit by unit, on the boundaries of the later or of the earlier one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sochihoi.domain.errors import NotFound
from sochihoi.domain.exchange import Direction
from sochihoi.domain.indicators import Figure, Indicator
from sochihoi.domain.unit_changes import Group, groups
from sochihoi.services.consolidated.units import short_name
from sochihoi.services.received_figures import Received, added
from sochihoi.services.received_months import needed
from sochihoi.services.received_tickets import MEMBERS, Overlaps

if TYPE_CHECKING:
    from sochihoi.domain.lifetimes import Lives
    from sochihoi.domain.periods import Period
    from sochihoi.domain.unit_changes import UnitChange
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work


class Boundaries(Enum):
    """Whose units the lines are: those of the later period, or those of the earlier one."""

    NEW = "new"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class Compared:
    """One line. ``part``: a unit of a group above it, which has no figure of its own on the other side."""

    codes: tuple[str, ...]
    name: str
    earlier: Figure
    later: Figure
    part: bool = False

    @property
    def change(self) -> Fraction | None:
        """Later less earlier: a number, or a difference of shares; ``None`` where one is not known."""
        before, after = _measure(self.earlier), _measure(self.later)
        return None if before is None or after is None else after - before


@dataclass(frozen=True, slots=True)
class Comparison:
    """An indicator in two periods, ``earlier`` first. ``alone``: names of units that only one of them knows, so that
    the totals are not of the same units."""

    indicator: Indicator
    earlier: Period
    later: Period
    boundaries: Boundaries
    lines: tuple[Compared, ...]
    total: Compared
    alone: tuple[str, ...]


def compare(office: Office, code: str, one: Period, other: Period, boundaries: Boundaries) -> Comparison:
    """Compare two periods of any kind. Raises ``NotFound`` for a code that is not defined, ``FuturePeriod``."""
    from sochihoi.storage import consolidated

    earlier, later = sorted((one, other))
    totals = office.receiving.totals
    totals.check_begun(later)
    definitions, day = totals.definitions(later), totals.last_day()
    indicator = definitions.by_code.get(code)
    if indicator is None:
        raise NotFound("indicator", code)
    with office.read() as work:
        came = Received(work, definitions, day, code)
        before, after = _by_unit(came.over(earlier)), _by_unit(came.over(later))
        lives = came.months.lives
        changes = list(_between(consolidated.unit_changes(work), lives, before, earlier.end))
        off = [_off(work, came, period, day) for period in (earlier, later)] if code == MEMBERS else [(), ()]
        keys = work.sync.trusted(Direction.SENDER, revoked=True)
    names = {key.unit_code: short_name(key.unit_name) for key in keys}
    found = groups(changes, before, after, earlier.start - timedelta(days=1), later.end)
    maker = _Lines(indicator, names, before, after)
    month = needed(later if boundaries is Boundaries.NEW else earlier, day).last
    lines = tuple(
        line for group in found for line in maker.of(group, boundaries, lambda code: lives.lived(code, month))
    )
    whole = maker.line((), sorted(before), sorted(after))
    sides = [
        added((one, *less), code, indicator.unit) for one, less in zip((whole.earlier, whole.later), off, strict=True)
    ]
    alone = [group for group in found if not (group.earlier and group.later)]
    return Comparison(
        indicator,
        earlier,
        later,
        boundaries,
        lines,
        replace(whole, earlier=sides[0], later=sides[1]),
        tuple(maker.name((*group.earlier, *group.later)) for group in alone),
    )


def _between(changes: Iterable[UnitChange], lives: Lives, before: Collection[str], last: date) -> Iterator[UnitChange]:
    """The changes after the earlier period, which ends with ``last``, and those within it by which one of its units
    ended: that one is in it beside its heir, and so on where the heir ended in it too."""
    gone = {code for code, day in lives.ends.items() if day <= last + timedelta(days=1)}
    reached = gone.intersection(before)
    for one in sorted(changes, key=lambda change: (change.effective, change.id)):
        within = reached.intersection(one.from_units)
        if within:
            reached |= gone.intersection(one.to_units)
        if within or one.effective > last:
            yield one


def _off(work: Work, came: Received, period: Period, day: date) -> tuple[Figure, ...]:
    """What the total of members has less than its units: women whom two of them count at the end."""
    return Overlaps(work).taken_off(came.over(period), needed(period, day).last)


class _Lines:
    def __init__(
        self, indicator: Indicator, names: Mapping[str, str], before: Mapping[str, Figure], after: Mapping[str, Figure]
    ) -> None:
        self._indicator, self._names, self._before, self._after = indicator, names, before, after

    def name(self, codes: Sequence[str]) -> str:
        return " + ".join(self._names.get(code, code) for code in codes)

    def line(
        self, named: Sequence[str], before: Sequence[str], after: Sequence[str], *, part: bool = False
    ) -> Compared:
        return Compared(
            tuple(named), self.name(named), self._sum(self._before, before), self._sum(self._after, after), part
        )

    def _sum(self, figures: Mapping[str, Figure], codes: Sequence[str]) -> Figure:
        return added((figures[code] for code in codes), self._indicator.code, self._indicator.unit)

    def of(self, group: Group, boundaries: Boundaries, lives: Callable[[str], bool]) -> list[Compared]:
        """The line of a group under the names of those who live at the end of the period, and of several units in it
        each alone. Where one of the periods has none of them, it is under the names of the other."""
        later = bool(group.later) if boundaries is Boundaries.NEW else not group.earlier
        side = group.later if later else group.earlier
        mine = tuple(filter(lives, side)) or side
        lines = [self.line(mine, group.earlier, group.later)]
        if len(mine) > 1:
            lines += [
                self.line((code,), () if later else (code,), (code,) if later else (), part=True) for code in mine
            ]
        return lines


def _by_unit(found: Mapping[tuple[str, str], Figure]) -> dict[str, Figure]:
    return {unit: figure for (unit, _code), figure in found.items()}


def _measure(figure: Figure) -> Fraction | None:
    return figure.ratio if figure.value is None else Fraction(figure.value)


def as_json(made: Comparison) -> dict[str, Any]:
    """For a program: exact numbers, codes of units."""
    return {
        "code": made.indicator.code,
        "earlier": made.earlier.code,
        "later": made.later.code,
        "boundaries": made.boundaries.value,
        "total": _line_json(made.total),
        "units": [_line_json(line) for line in made.lines],
        "alone": list(made.alone),
    }


def _line_json(line: Compared) -> dict[str, Any]:
    return {
        "units": list(line.codes),
        "name": line.name,
        "part": line.part,
        "earlier": _figure_json(line.earlier),
        "later": _figure_json(line.later),
        "change": None if line.change is None else str(line.change),
    }


def _figure_json(figure: Figure) -> dict[str, int | None]:
    return {"value": figure.value, "numerator": figure.numerator, "denominator": figure.denominator}
