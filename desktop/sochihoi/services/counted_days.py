"""By which days a journaled record counts in a month's figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
