"""Automatic copies: when one is due, and which of them stay. Times come in; nothing here asks a clock.

The numbers are our own choice: at most half an hour or fifty acts of work are lost with a disk, and a fault that is
noticed late can still be looked up in a copy of its month.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

CHANGES: Final = 50  # acts after which a copy is due
WAIT: Final = timedelta(minutes=30)  # after the copy before, when anything changed since
UPDATE_KEPT: Final = timedelta(days=365)  # the database from before an update stays as long as the oldest copy
OUTSIDE_EVERY: Final = timedelta(days=7)  # a copy outside this computer that is older is worth a word


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy: its name, when it was made (local time, aware), and up to which row of the journal it goes."""

    name: str
    made_at: datetime
    change: int


def is_due(changes: int, since: timedelta) -> bool:
    """Whether a copy is due after so many acts, so long after the copy before.

    A clock that was set back (``since`` below nothing) says nothing about how long it is: a copy is due then.
    """
    if changes <= 0:
        return False
    return changes >= CHANGES or not timedelta(0) <= since < WAIT


def _hour(moment: datetime) -> tuple[int, ...]:
    return (*moment.timetuple()[:4],)


def _day(moment: datetime) -> tuple[int, ...]:
    return (*moment.timetuple()[:3],)


def _week(moment: datetime) -> tuple[int, ...]:
    return (*moment.isocalendar()[:2],)


def _month(moment: datetime) -> tuple[int, ...]:
    return (*moment.timetuple()[:2],)


# How many, of what: the last copy of each of the newest 24 hours that have one, and so on
KEPT: Final[tuple[tuple[int, Callable[[datetime], tuple[int, ...]]], ...]] = (
    (24, _hour),
    (14, _day),
    (8, _week),
    (12, _month),
)


def to_keep(copies: Iterable[Copy]) -> frozenset[str]:
    """The names that stay: the last copy of each of the newest 24 hours, 14 days, 8 weeks and 12 months that have one.

    Hours, days, weeks (from Monday) and months without a copy do not count. Thinning out after every copy keeps the
    same ones as thinning out once at the end.
    """
    newest_first = sorted(copies, key=lambda one: (one.made_at, one.change, one.name), reverse=True)
    kept: set[str] = set()
    for most, span_of in KEPT:
        spans: dict[tuple[int, ...], str] = {}
        for one in newest_first:
            spans.setdefault(span_of(one.made_at), one.name)
        # the order of insertion is newest first
        kept.update(list(spans.values())[:most])
    return frozenset(kept)
