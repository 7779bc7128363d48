"""Where a household that was merged lives on. The journal says it: the act that took one off kept the other."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from sochihoi.storage import journal
from sochihoi.storage.schema import household
from sochihoi.storage.work import Work

_MERGE = "household.merge"


def name_kept(work: Work, household_id: str) -> None:
    """The act that is merging names the household that stays, also where nothing of it changed."""
    row = dict(work.get(household, household_id))
    work.note_change("household", household_id, row, row)


def forwarded(work: Work, household_id: str) -> str:
    """The household that it is now: through every merge that stands; itself where none was. Raises ``NotFound``."""
    seen = set()
    while household_id not in seen:
        seen.add(household_id)
        into = _into(work, household_id)
        if into is None:
            break
        household_id = into
    return household_id


def by_code(work: Work, code: str) -> str | None:
    """The household of a code, or the one that it went into; ``None`` for one that is nowhere on the list."""
    found = work.value(select(household.c.id).where(household.c.code == code).limit(1))
    now = forwarded(work, found) if found is not None else None
    return now if now is not None and work.get(household, now)["deleted_on"] is None else None


def gone_codes(work: Work, household_id: str) -> tuple[str, ...]:
    """Codes of the households that went into one, also by way of another, in order."""
    found: dict[str, str] = {}
    ask = [household_id]
    while ask:
        here = ask.pop()
        merges = [e.batch for e in journal.of_record(work.connection, [here]) if e.act == _MERGE]
        for other in {one for batch in merges for one in _others(work, batch, here)} - found.keys():
            if _into(work, other) == here:
                found[other] = work.get(household, other)["code"]
                ask.append(other)
    return tuple(sorted(found.values()))


def _into(work: Work, household_id: str) -> str | None:
    """Where it went when it was taken off the list last; ``None`` when it is there, or was taken off by itself."""
    if work.get(household, household_id)["deleted_on"] is None:
        return None
    for entry in journal.of_record(work.connection, [household_id]):
        erased = entry.before is None and entry.after is None
        if (erased and entry.act == _MERGE) or (entry.after or {}).get("deleted_on") is not None:
            return next(_others(work, entry.batch, household_id), None) if entry.act == _MERGE else None
    return None


def _others(work: Work, batch: str, household_id: str) -> Iterator[str]:
    for one in journal.of_batch(work.connection, batch):
        if one.noun == "household" and one.record_id != household_id:
            yield one.record_id
