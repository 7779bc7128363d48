"""The log of access: rows of the journal of its own, chained like all others. No table can be corrected behind it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from sochihoi.domain.access import Access, Look
from sochihoi.storage import behind
from sochihoi.storage.json_text import json_value
from sochihoi.storage.schema import journal
from sochihoi.storage.work import Work

NOUN: Final = "access"  # names no table: nothing of it can be taken back
EXPORTED: Final = "export.list"  # the settings under which books before 0004 noted their exports
_BEFORE: Final = (EXPORTED, "export.members")


def note(work: Work, told: Mapping[str, Any]) -> None:
    """A row that says what was looked at; who and when stand in every row. All bear one id: the log is read through
    the index of ids, however long the journal is.
    """
    work.note(NOUN, NOUN, told)


def log(work: Work, limit: int, person_id: str = "") -> tuple[Access, ...]:
    """The newest rows, newest first; of one person alone when she is named."""
    query = (
        select(journal.c.n, journal.c.at, journal.c.account_id, journal.c.act, journal.c.noun, journal.c.after)
        .where(
            journal.c.act.in_([look.value for look in Look]),
            journal.c.record_id.in_((NOUN, *_BEFORE)),
            journal.c.after.is_not(None),
        )
        .order_by(journal.c.n.desc())
        .limit(limit)
    )
    if person_id:
        query = query.where(json_value(journal.c.after, "person_id") == person_id)
    rows = [(row, _told(row.noun, row.after)) for row in work.connection.execute(query)]
    people = behind.names(work, "person", {told["person_id"] for _row, told in rows if told.get("person_id")})
    return tuple(_access(row, told, people) for row, told in rows)


def _told(noun: str, after: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(after)
    return found if noun == NOUN else dict(found.get("value") or {})


def _access(row: Any, told: Mapping[str, Any], people: Mapping[str, behind.Named]) -> Access:
    person = people.get(str(told.get("person_id", "")))
    return Access(
        row.n,
        datetime.fromisoformat(row.at),
        row.account_id,
        Look(row.act),
        person.title if person is not None else str(told.get("list", "")),
        person.code if person is not None else str(told.get("which", "")),
        int(told.get("count", 1)),
        str(told.get("form", "")),
        tuple(told.get("fields", ())),
    )
