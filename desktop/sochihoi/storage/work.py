"""One unit of work: everything that is read or changed between opening and leaving a ``with``."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DefaultClause,
    Integer,
    LargeBinary,
    RowMapping,
    Select,
    Table,
    bindparam,
    select,
)
from sqlalchemy import delete as sql_delete
from sqlalchemy import update as sql_update

from sochihoi.domain.errors import NotFound
from sochihoi.storage import journal
from sochihoi.storage.built_upon import standing_on
from sochihoi.storage.errors import UndoConflict
from sochihoi.storage.schema import METADATA

if TYPE_CHECKING:
    from sochihoi.storage.accounts import Accounts
    from sochihoi.storage.campaign import Campaigns
    from sochihoi.storage.consent import Consents
    from sochihoi.storage.households import Households
    from sochihoi.storage.meetings import Meetings
    from sochihoi.storage.month import Months
    from sochihoi.storage.people import People
    from sochihoi.storage.reports import IssuedReports
    from sochihoi.storage.rubric import Scores
    from sochihoi.storage.settings import Settings
    from sochihoi.storage.study import Studies
    from sochihoi.storage.sync import SyncBook
    from sochihoi.storage.targets import Targets
    from sochihoi.storage.units import Units

Row = Mapping[Any, Any]  # a RowMapping is keyed by names and by columns
_CHUNK = 500  # ids in one IN list


class Work:
    """Rows in and out of one transaction. The nouns' own modules stand on this; services use the nouns."""

    def __init__(
        self,
        connection: Connection,
        author: journal.Author | None = None,
        batch: str = "",
        act: str = "",
        *,
        identity: bytes = b"",
    ):
        self.connection = connection
        self.identity = identity  # private keys that are kept apart from the records; empty: they are among them
        self.author = author
        self.batch = batch
        self.act = act

    # ------------------------------------------------------------------ reading

    def rows(self, query: Select[Any]) -> Sequence[RowMapping]:
        """All rows of a query."""
        return self.connection.execute(query).mappings().all()

    def value(self, query: Select[Any]) -> Any:
        """The single value of a query, or ``None``."""
        return self.connection.execute(query).scalar()

    def find(self, table: Table, record_id: str) -> RowMapping | None:
        """A record by its id, also a deleted one."""
        return self.connection.execute(select(table).where(table.c.id == record_id)).mappings().first()

    def get(self, table: Table, record_id: str) -> RowMapping:
        """A record by its id. Raises ``NotFound``."""
        found = self.find(table, record_id)
        if found is None:
            raise NotFound(table.name, record_id)
        return found

    def by_id(self, table: Table, ids: Iterable[str]) -> dict[str, RowMapping]:
        """Many records by id."""
        wanted, found = list(ids), {}
        for start in range(0, len(wanted), _CHUNK):
            query = select(table).where(table.c.id.in_(wanted[start : start + _CHUNK]))
            found.update({r["id"]: r for r in self.connection.execute(query).mappings()})
        return found

    # ------------------------------------------------------------------ changing: each change has its journal row

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """New records, each with its ``id``. Columns left out take their defaults."""
        if not rows:
            return
        self.connection.execute(table.insert(), [dict(r) for r in rows])
        self._journal([(table.name, r["id"], None, r) for r in rows])

    def update(self, table: Table, changes: Mapping[str, Row]) -> None:
        """Change columns of records: ``{id: {column: value}}``. What already is so is not journaled.

        Raises ``NotFound`` when an id does not exist.
        """
        before = self.by_id(table, changes)
        told: list[journal.Change] = []
        shapes: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for record_id, values in changes.items():
            if record_id not in before:
                raise NotFound(table.name, record_id)
            old = before[record_id]
            changed = {k: v for k, v in values.items() if old[k] != v}
            if changed:
                told.append((table.name, record_id, old, {**old, **changed}))
                shapes.setdefault(tuple(sorted(changed)), []).append({**changed, "_id": record_id})
        for columns, rows in shapes.items():
            statement = sql_update(table).where(table.c.id == bindparam("_id"))
            self.connection.execute(statement.values({c: bindparam(c) for c in columns}), rows)
        self._journal(told)

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert what is new, update what is there."""
        known = self.by_id(table, [r["id"] for r in rows])
        self.insert(table, [r for r in rows if r["id"] not in known])
        self.update(table, {r["id"]: {k: v for k, v in r.items() if k != "id"} for r in rows if r["id"] in known})

    def remove(self, table: Table, ids: Iterable[str], on: date) -> None:
        """Soft deletion: the record stays with the day it was taken off the lists."""
        self.update(table, {i: {"deleted_on": on} for i in ids})

    def erase(self, table: Table, ids: Sequence[str]) -> None:
        """Take rows of a set away (an attendance unticked): the journal keeps what they were."""
        before = self.by_id(table, ids)
        for start in range(0, len(ids), _CHUNK):
            self.connection.execute(sql_delete(table).where(table.c.id.in_(ids[start : start + _CHUNK])))
        self._journal([(table.name, i, before[i], None) for i in ids if i in before])

    def note(self, noun: str, record_id: str, told: Row | None = None) -> None:
        """A row of the journal for an act that changes no record (a password, a look): who, when, at whom, and what
        the act says of itself.
        """
        self._journal([(noun, record_id, None, told)])

    def note_change(self, noun: str, record_id: str, before: Row | None, after: Row | None) -> None:
        """A row of the journal for many records that changed as one, of which the noun's own module knows."""
        self._journal([(noun, record_id, before, after)])

    def _journal(self, changes: Sequence[journal.Change]) -> None:
        if self.author is None:
            raise RuntimeError("a reading unit of work cannot change anything")
        journal.append(self.connection, self.author, self.batch, self.act, changes)

    # ------------------------------------------------------------------ undo

    def revert(self, batch: str, leaving: Collection[str] = ()) -> int:
        """Bring every record of a batch back to what it was before it; how many changed. ``leaving``: nouns whose
        records stay as they are.

        Raises ``UndoConflict`` when one of them changed again since, or another record stands on one that would go:
        nothing is undone then.
        """
        entries = journal.of_batch(self.connection, batch)
        if not entries:
            raise NotFound("batch", batch)
        entries = tuple(one for one in entries if one.noun not in leaving)
        newest: dict[str, dict[str, journal.Entry]] = {}
        oldest: dict[str, dict[str, journal.Entry]] = {}
        for entry in entries:
            newest.setdefault(entry.noun, {}).setdefault(entry.record_id, entry)
            oldest.setdefault(entry.noun, {})[entry.record_id] = entry
        conflicts: list[tuple[str, str]] = []
        for noun, last in newest.items():
            table = METADATA.tables.get(noun)
            if table is None:  # many records as one: they are put back as they came, by a file
                conflicts += [(noun, i) for i in last]
                continue
            now = self.by_id(table, last)
            holds_files = any(isinstance(c.type, LargeBinary) for c in table.columns)
            conflicts += [(noun, i) for i, e in last.items() if holds_files or not _matches(table, now.get(i), e.after)]
        gone = {n: {i for i, e in o.items() if e.before is None and newest[n][i].after} for n, o in oldest.items()}
        conflicts += [one for one in standing_on(self, gone) if one[1] not in newest.get(one[0], {})]
        if conflicts:
            raise UndoConflict(tuple(conflicts))
        for noun, first in oldest.items():
            self._restore(METADATA.tables[noun], first, newest[noun])
        return len(entries)

    def _restore(self, table: Table, first: Mapping[str, journal.Entry], last: Mapping[str, journal.Entry]) -> None:
        """Whole tables at a time: an import of thousands goes back in seconds."""
        back = {i: _typed(table, e.before) for i, e in first.items() if e.before is not None}
        self.erase(table, [i for i in first if i not in back and last[i].after is not None])
        self.insert(table, [row for i, row in back.items() if last[i].after is None])
        self.update(table, {i: row for i, row in back.items() if last[i].after is not None})

    # ------------------------------------------------------------------ the nouns

    @cached_property
    def settings(self) -> Settings:
        """What the commune chose."""
        from sochihoi.storage.settings import Settings

        return Settings(self)

    @cached_property
    def accounts(self) -> Accounts:
        """Who works here."""
        from sochihoi.storage.accounts import Accounts

        return Accounts(self)

    @cached_property
    def units(self) -> Units:
        """The dated tree of units."""
        from sochihoi.storage.units import Units

        return Units(self)

    @cached_property
    def people(self) -> People:
        """Persons and memberships."""
        from sochihoi.storage.people import People

        return People(self)

    @cached_property
    def consents(self) -> Consents:
        """The register of consent."""
        from sochihoi.storage.consent import Consents

        return Consents(self)

    @cached_property
    def households(self) -> Households:
        """Households."""
        from sochihoi.storage.households import Households

        return Households(self)

    @cached_property
    def meetings(self) -> Meetings:
        """Meetings, rosters, proposals."""
        from sochihoi.storage.meetings import Meetings

        return Meetings(self)

    @cached_property
    def studies(self) -> Studies:
        """Study campaigns and sessions."""
        from sochihoi.storage.study import Studies

        return Studies(self)

    @cached_property
    def campaigns(self) -> Campaigns:
        """Registered households and assessments."""
        from sochihoi.storage.campaign import Campaigns

        return Campaigns(self)

    @cached_property
    def scores(self) -> Scores:
        """Branch scores."""
        from sochihoi.storage.rubric import Scores

        return Scores(self)

    @cached_property
    def targets(self) -> Targets:
        """Target settings."""
        from sochihoi.storage.targets import Targets

        return Targets(self)

    @cached_property
    def months(self) -> Months:
        """Entered figures, closings, report texts, and the facts of a period."""
        from sochihoi.storage.month import Months

        return Months(self)

    @cached_property
    def reports(self) -> IssuedReports:
        """Reports that were issued, and what was printed of them."""
        from sochihoi.storage.reports import IssuedReports

        return IssuedReports(self)

    @cached_property
    def sync(self) -> SyncBook:
        """Keys, files sent, files received."""
        from sochihoi.storage.sync import SyncBook

        return SyncBook(self)


def _matches(table: Table, now: Row | None, then: Row | None) -> bool:
    if now is None or then is None:
        return now is None and then is None
    # a new record was journaled without the columns that took their defaults, and before a migration without those
    # that it added: they must still be untouched
    unsaid = {column.name: _default(column) for column in table.columns if column.name not in then}
    plain = journal.dumps({k: now[k] for k in (*then, *unsaid) if k in now})
    return plain == journal.dumps({k: v for k, v in {**unsaid, **then}.items() if k in now})


def _default(column: Column[Any]) -> Any:
    """What a column holds in a record that was made without it."""
    told = column.server_default
    if not isinstance(told, DefaultClause):
        return None
    text = str(told.arg)
    if isinstance(column.type, JSON):
        return json.loads(text)
    if isinstance(column.type, Boolean):
        return bool(int(text))
    return int(text) if isinstance(column.type, Integer) else text


def _typed(table: Table, row: Row) -> dict[str, Any]:
    typed = {}
    for name, value in row.items():
        if name in table.c:
            is_date = isinstance(table.c[name].type, Date) and value is not None
            typed[name] = date.fromisoformat(value) if is_date else value
    return typed
