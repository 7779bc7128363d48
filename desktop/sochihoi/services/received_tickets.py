"""What the units below tell of their transfer tickets: matched from both ends, a woman on her way counted once.

The rows stand with the file that brought them; taking the file back takes them back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sochihoi.domain.indicators import Figure, UnitType
from sochihoi.domain.movements import Confirmed, Movement, Told, confirmed, matched
from sochihoi.domain.tickets import TicketState, TicketWay
from sochihoi.services.received_figures import Found
from sochihoi.sync import rows as wire
from sochihoi.sync.ticket_rows import TicketRow

if TYPE_CHECKING:
    from sochihoi.domain.periods import Period
    from sochihoi.storage.work import Work

MEMBERS = "org.members"
"""The one figure that she is taken off: nothing that a ticket tells says in which others she counts."""
OF_SOME = frozenset({"members", "members_share", "gathering", "studied", "studied_persons"})
"""Sources of figures that count some of the members on a day: these may have her twice, and say so. Who joined and who
left are turns, one of each on her way: they are right as they are.
"""


def facts_of(rows: Iterable[wire.Row]) -> dict[str, Any]:
    """What the line of a file keeps of its tickets: each as texts, days as ISO, ``""`` for what is not known."""
    from sochihoi.storage.received_tickets import TICKETS

    kept = [
        [row.id, row.way.name, row.other, row.state.name, *map(_iso, (row.issued, row.accepted, row.left))]
        for row in rows
        if isinstance(row, TicketRow)
    ]
    return {TICKETS: kept} if kept else {}


def movements(work: Work, year: int | None = None) -> tuple[Movement, ...]:
    """Every ticket that the newest files tell of, the oldest first; ``year``: of those that can speak of that year."""
    from sochihoi.storage import received_tickets

    return _matched(received_tickets.told(work, year))


def _matched(kept: Mapping[str, Iterable[Sequence[Any]]]) -> tuple[Movement, ...]:
    return matched(
        Told(unit, ticket, TicketWay[way], other, TicketState[state], date.fromisoformat(issued), _day(on), _day(left))
        for unit, several in kept.items()
        for ticket, way, other, state, issued, on, left in several
    )


def confirmed_for(work: Work, unit: str) -> tuple[Confirmed, ...]:
    """What the receipt of a unit tells it, by ticket; of very many the newest."""
    from sochihoi.storage import received_tickets
    from sochihoi.sync.receipt import MAX_TICKETS

    own = received_tickets.told(work, units=[unit]).get(unit, ())
    others = {str(row[2]) for row in own}
    if not others:
        return ()
    return confirmed(_matched(received_tickets.told(work, units=[unit, *sorted(others)])), unit)[-MAX_TICKETS:]


class Overlaps:
    """Women whom two units count, month by month; the files are read once a year."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._years: dict[int, tuple[Movement, ...]] = {}

    def count(self, found: Found, last: Period) -> int:
        """How many two units count at the end of the month ``last``, of the units whose members are in ``found``."""
        units = {unit for unit, code in found if code == MEMBERS}
        if len(units) < 2:
            return 0
        if last.year not in self._years:
            self._years[last.year] = movements(self._work, last.year)
        return sum(one.counted_twice(last.end, units) for one in self._years[last.year])

    def taken_off(self, found: Found, last: Period) -> tuple[Figure, ...]:
        """The same as a figure that is added to theirs; none where nobody is counted twice."""
        count = self.count(found, last)
        return (Figure(MEMBERS, None, UnitType.PERSON, -count),) if count else ()


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
