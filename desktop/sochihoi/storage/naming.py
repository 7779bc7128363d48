"""The names of the records that rows of the journal speak of: an id says nothing to anyone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import select

from sochihoi.storage import access, behind
from sochihoi.storage.journal import Entry
from sochihoi.storage.schema import METADATA, joined_book, setting
from sochihoi.storage.work import Work

# Tables whose records have a name, and what ``behind`` calls them
_NAMED: Final = {
    "account": "account",
    "household": "household",
    "meeting": "meeting",
    "membership": "membership",
    "person": "person",
    "study_campaign": "campaign",
    "study_session": "session",
    "unit": "unit",
}
# Columns that hold ids of a table without being a reference: one id, or a list of them
_LOOSE: Final = {
    ("household", "head_id"): "person",
    ("person", "merged_into"): "person",
    ("report_text", "unit_id"): "unit",
    ("study_session", "further_branches"): "unit",
    ("transfer_ticket", "membership_id"): "membership",
    ("trusted_key", "approved_by"): "account",
    ("unit", "predecessor_ids"): "unit",
    (access.NOUN, "person_id"): "person",
}
_OWN_NAME: Final = ("full_name", "head_name", "name", "title")  # of a record that is no more


def links(noun: str) -> dict[str, str]:
    """The fields of a kind of record that hold ids, each with the table of those."""
    table = METADATA.tables.get(noun)
    found = {field: other for (of, field), other in _LOOSE.items() if of == noun}
    if table is not None:
        found |= {column.name: key.column.table.name for column in table.columns for key in column.foreign_keys}
    return found


def fields_of(noun: str) -> tuple[str, ...]:
    """The fields of a kind of record in the order of its table; nothing for a row that changes no record."""
    table = METADATA.tables.get(noun)
    return () if table is None else tuple(column.name for column in table.columns)


def names_in(work: Work, entries: Iterable[Entry]) -> dict[str, behind.Named]:
    """Id to name, of everything that these rows change or point at and that has a name."""
    wanted: dict[str, set[str]] = {}
    own: dict[str, behind.Named] = {}
    for entry in entries:
        if entry.noun in _NAMED:
            wanted.setdefault(entry.noun, set()).add(entry.record_id)
        for row in (entry.before, entry.after):
            for noun, record_id in _pointed(entry, row or {}):
                wanted.setdefault(noun, set()).add(record_id)
            title = next((str(row[name]) for name in _OWN_NAME if row and row.get(name)), "")
            if title and entry.noun in _NAMED:
                own[entry.record_id] = behind.Named(entry.record_id, title, "", "")
    found = dict(own)
    for noun, ids in wanted.items():
        if noun in _NAMED:
            found |= {k: one for k, one in behind.names(work, _NAMED[noun], ids).items() if k in ids and one.title}
    for book in wanted.get(joined_book.name, ()):
        query = select(joined_book.c.unit_name).where(joined_book.c.id == book)
        found[book] = behind.Named(book, str(work.value(query) or ""), "", "")
    return found


def _pointed(entry: Entry, row: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """(table, id) of what a row points at."""
    for field, noun in links(entry.noun).items():
        value = row.get(field)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and one:
                yield noun, one
    if entry.noun == setting.name and isinstance(row.get("value"), dict) and row["value"].get("person_id"):
        yield "person", row["value"]["person_id"]
    if entry.noun == "former_code" and row.get("of_id"):
        yield str(row["noun"]), str(row["of_id"])
