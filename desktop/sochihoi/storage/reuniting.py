"""Two states of one book: where their journals part, what each changed since, and what is taken over."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import LargeBinary, Table, UniqueConstraint, func, select

from sochihoi.domain.reuniting import Changed, Resolved
from sochihoi.storage import journal
from sochihoi.storage.schema import METADATA
from sochihoi.storage.schema import journal as journal_table
from sochihoi.storage.work import Row, Work

Key = tuple[str, str]
Typed = Mapping[Key, Row]

_HERE_ONLY = frozenset(
    {"account", "draft", "installation", "journal", "received_figure", "received_file", "received_member", "stream"}
    | {"trusted_key", "unit_change"}
)
"""What belongs to the one PC, or comes again from the level above."""
_SETTINGS_HERE = ("backup.", "sync.", "member_list.", "window.")
_CHUNK = 400


def fork_point(ours: Work, theirs: Work) -> int:
    """The number of the newest row that both journals have with the same hash; 0 when there is none."""
    low, high = 0, min(_last(ours), _last(theirs))
    while low < high:  # the rows are chained: where one agrees, all before it do
        middle = (low + high + 1) // 2
        if ours.sync.audit_hash(middle) == theirs.sync.audit_hash(middle) != "":
            low = middle
        else:
            high = middle - 1
    return low


def _last(work: Work) -> int:
    return int(work.value(select(func.max(journal_table.c.n))) or 0)


def changed(ours: Work, theirs: Work, since: int) -> tuple[tuple[Changed, ...], dict[Key, Row]]:
    """Every record that the other book changed after row ``since``, beside what ours made of it; and those records as
    they are typed there. Records that are one by their natural key, entered on both sides, come as one of ours.
    """
    mine, other = _touched(ours, since), _touched(theirs, since)
    here, there = _rows(ours, {*other}), _rows(theirs, {*other})
    same = _doubles(ours, {k: row for k, row in there.items() if k not in here and k not in mine})
    found: list[Changed] = []
    typed: dict[Key, Row] = {}
    for key in other:
        noun = key[0]
        row = there.get(key)
        into = (noun, same.get(key[1], key[1])) if row is not None else key
        if row is not None:
            row = {name: _renamed(value, same) for name, value in row.items()}
            typed[into] = row
        base = mine.get(key, other[key]) if into == key else None
        now = here.get(into)
        if now is None and into != key:
            now = ours.find(METADATA.tables[noun], into[1])
        # a side that never touched the record has what both had
        if into == key and key not in mine:
            base = _plain(now)
        found.append(Changed(noun, into[1], base, _plain(now), _plain(row)))
    return tuple(found), typed


def _renamed(value: Any, same: Mapping[str, str]) -> Any:
    return same.get(value, value) if isinstance(value, str) else value


def _touched(work: Work, since: int) -> dict[Key, Any]:
    """Records changed after a row, each with what it was before (plain), in the order of the journal."""
    found: dict[Key, Any] = {}
    query = select(journal_table).where(journal_table.c.n > since).order_by(journal_table.c.n)
    for row in work.rows(query):
        key = (row["noun"], row["record_id"])
        if key in found or not _is_shared(*key):
            continue
        found[key] = None if row["before"] is None else json.loads(row["before"])
    return found


def _is_shared(noun: str, record_id: str) -> bool:
    if noun in _HERE_ONLY or noun not in METADATA.tables:
        return False
    return noun != "setting" or not record_id.startswith(_SETTINGS_HERE)


def _rows(work: Work, keys: Iterable[Key]) -> dict[Key, Row]:
    by_noun: dict[str, list[str]] = {}
    for noun, record_id in keys:
        by_noun.setdefault(noun, []).append(record_id)
    return {
        (noun, i): dict(row)
        for noun, ids in by_noun.items()
        for i, row in work.by_id(METADATA.tables[noun], ids).items()
    }


def _plain(row: Row | None) -> Any:
    return None if row is None else json.loads(journal.dumps(row))


def _doubles(ours: Work, new: Mapping[Key, Row]) -> dict[str, str]:
    """Their id to ours, where a new record of theirs would stand beside one of ours that is the same by its key."""
    same: dict[str, str] = {}
    for noun in dict.fromkeys(key[0] for key in new):
        table = METADATA.tables[noun]
        rows = [row for key, row in new.items() if key[0] == noun]
        for columns in _keys(table):
            known = {tuple(row[c] for c in columns): row["id"] for row in _alike(ours, table, columns, rows, same)}
            for row in rows:
                found = known.get(tuple(_renamed(row[c], same) for c in columns))
                if found is not None and found != row["id"]:
                    same[row["id"]] = found
    return same


def _keys(table: Table) -> list[tuple[str, ...]]:
    indexes = [tuple(c.name for c in one.columns) for one in table.indexes if one.unique]
    constraints = [tuple(c.name for c in one.columns) for one in table.constraints if isinstance(one, UniqueConstraint)]
    return [*indexes, *constraints]


def _alike(ours: Work, table: Table, columns: Sequence[str], rows: Sequence[Row], same: Mapping[str, str]) -> list[Row]:
    first = columns[0]
    wanted = list({_renamed(row[first], same) for row in rows})
    found: list[Row] = []
    for start in range(0, len(wanted), _CHUNK):
        found += ours.rows(select(table).where(table.c[first].in_(wanted[start : start + _CHUNK])))
    return found


def holds_bytes(noun: str) -> bool:
    """Whether records of this noun hold files: the journal has only their hashes, so that they cannot be undone."""
    return any(isinstance(column.type, LargeBinary) for column in METADATA.tables[noun].columns)


def take_over(work: Work, resolved: Sequence[Resolved], typed: Typed) -> None:
    """Bring records of the other book in: new ones after those that they point at, those taken away before."""
    by_noun: dict[str, list[Resolved]] = {}
    for one in resolved:
        by_noun.setdefault(one.noun, []).append(one)
    tables = [table for table in METADATA.sorted_tables if table.name in by_noun]
    for table in tables:
        whole = [typed[table.name, one.record_id] for one in by_noun[table.name] if one.whole]
        work.put(table, whole)
    for table in tables:
        changes = {
            one.record_id: {name: typed[table.name, one.record_id][name] for name in one.fields}
            for one in by_noun[table.name]
            if one.fields
        }
        work.update(table, changes)
    for table in reversed(tables):
        work.erase(table, [one.record_id for one in by_noun[table.name] if one.gone])
    _derive(work, resolved)


def _derive(work: Work, resolved: Sequence[Resolved]) -> None:
    """What lists are sorted and searched by follows from the names as they are now."""
    ids: dict[str, list[str]] = {}
    for one in resolved:
        if one.fields:
            ids.setdefault(one.noun, []).append(one.record_id)
    if "person" in ids:
        work.people.save(list(work.people.people(ids["person"]).values()))
    for record_id in ids.get("household", ()):
        work.households.save(work.households.get(record_id))
    for record_id in ids.get("unit", ()):
        work.units.save(work.units.get(record_id))


def codes_of(work: Work) -> dict[str, str]:
    """Whose each code of a member is: code to person."""
    membership = METADATA.tables["membership"]
    query = select(membership.c.code, membership.c.person_id).where(membership.c.deleted_on.is_(None))
    return {row["code"]: row["person_id"] for row in work.rows(query)}


def owner(work: Work, noun: str, record_id: str) -> str:
    """Whose a record of this book is: the name of a person, of a unit, of a household; empty where it has none."""
    table = METADATA.tables[noun]
    found = work.find(table, record_id)
    if found is None:
        return ""
    for column, named in (("membership_id", "membership"), ("person_id", "person"), ("household_id", "household")):
        if noun != named and column in found and found[column]:
            return owner(work, named, found[column])
    return str(next((found[name] for name in ("full_name", "name", "head_name", "code") if found.get(name)), ""))
