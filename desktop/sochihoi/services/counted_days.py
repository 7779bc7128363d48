"""By which days a journaled record counts in a month's figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sochihoi.storage.journal import Entry
    from sochihoi.storage.work import Work

# The columns by which a record counts in a month
_COUNTED_BY = {
    "membership": ("registered_on", "left_on"),
    "placement": ("from_on", "to_on"),
    "position": ("from_on", "to_on", "trained_on"),
    "meeting": ("held_on", "closed_on"),
    "study_session": ("held_on",),
    "household_registration": ("registered_on", "mobilised_on", "plaque_on"),
    "assessment": ("done_on",),
    "branch_score": ("verified_on", "recognised_on"),
    "joined_book": ("joined_on",),
}
_COUNTED_WITH = {
    "attendance": ("meeting", "meeting_id"),
    "study_attendance": ("study_session", "session_id"),
    "study_headcount": ("study_session", "session_id"),
}
_WITH_AN_END = ("membership", "placement", "position")


def days_of_entries(work: Work, entries: Iterable[Entry]) -> set[date]:
    """The days by which journaled changes count in a month's figures."""
    days: set[date] = set()
    rows: dict[str, list[dict[str, Any]]] = {}
    for one in entries:
        moved = None if one.before is None or one.after is None else _only_moved(one.noun, one.before, one.after)
        told = [row for row in (one.before, one.after) if row is not None]
        if moved is None:
            rows.setdefault(one.noun, []).extend(told)
        else:
            days |= {date.fromisoformat(row[column]) for row in told for column in moved if row.get(column)}
    return days.union(*(counted_days(work, noun, of_noun) for noun, of_noun in rows.items()))


def _only_moved(noun: str, before: dict[str, Any], after: dict[str, Any]) -> set[str] | None:
    """Which days changed of a membership, a stay, an office that is otherwise the same; None when it is not. One that
    goes on with another end counts anew from that end, not in the months before; what else is noted of a membership
    has no day by which it counts."""
    if noun not in _WITH_AN_END:
        return None
    changed = {column for column in {*before, *after} if before.get(column) != after.get(column)}
    moved = changed & set(_COUNTED_BY[noun])
    if noun != "membership":
        return moved if changed == moved else None
    return None if "deleted_on" in changed else moved | ({"left_on"} if "left_reason" in changed else set())


def counted_days(work: Work, noun: str, rows: Iterable[dict[str, Any]]) -> set[date]:
    """The days by which journaled rows of a table count in a month's figures."""
    from sochihoi.storage.schema import METADATA

    if noun in _COUNTED_WITH:
        owner, column = _COUNTED_WITH[noun]
        owners = work.by_id(METADATA.tables[owner], {row[column] for row in rows})
        return {found["held_on"] for found in owners.values() if found["held_on"] is not None}
    if noun == "entered_figure":
        return {date.fromisoformat(f"{row['period']}-01") for row in rows if len(row["period"]) == len("2026-10")}
    columns = _COUNTED_BY.get(noun, ())
    return {date.fromisoformat(row[c]) for row in rows for c in columns if row.get(c)}
