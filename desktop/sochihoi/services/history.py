"""What was done, and undoing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sochihoi.domain.errors import NotFound, UserError
from sochihoi.storage.errors import NothingToUndo, UndoConflict

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.behind import Named
    from sochihoi.storage.journal import Batch, Entry

# Acts that cannot be taken back: a closed month, a sent or received file, keys, accounts, the demonstration itself
FINAL = (
    "month.close",
    "sync.",
    "account.",
    "backup.",
    "commune.",
    "pack.",
    "month.supplement",
    "members.export",
    "list.export",
    "access.",
    "person.anonymise",
    "privacy.forget",
    "ticket.send",
)
TAKEN_APART = ("person.merge", "household.merge")
"""Acts that can be taken back at any later time, field by field: what was corrected since stays. They change who a
record belongs to and nothing that a closed month counted."""
PIECE = 100  # changes that are told at once
_FEW, _MANY, _ALL = 10, 200, 1_000_000  # acts that are looked at for the one to take back


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the history: the act's code, who, when (UTC text), how many records, whether it was undone."""

    batch: str
    act: str
    at: str
    account_id: str
    changes: int
    undone: bool
    undoable: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Some changes of an act, in their order. ``names``: of everything that they speak of, by id; ``last``: behind
    which row the next piece begins, ``None`` when there is none."""

    entries: tuple[Entry, ...]
    names: Mapping[str, Named]
    last: int | None


class _Tried(Exception):
    """It went well, and is not to be kept."""


class History:
    """Undo and redo of whole acts, from the journal."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._redo: list[tuple[str, Act]] = []  # batch of the undo, what it took back

    def acts(self, limit: int = 200) -> tuple[Act, ...]:
        """The newest acts, newest first."""
        from sochihoi.storage import journal

        with self._office.store.read() as work:
            found = journal.batches(work.connection, limit * 2)
        undone = {b.act.removeprefix("undo "): b for b in reversed(found) if b.act.startswith("undo ")}
        return tuple(
            _act(b, taken_back=b.batch in undone and undone[b.batch].batch not in undone) for b in found[:limit]
        )

    def undo(self, batch: str | None = None) -> Act:
        """Take an act back: the named one, else this account's newest. What was taken back.

        Raises ``NothingToUndo``, ``UndoConflict`` (nothing changes then).
        """
        for looked in (_FEW, _MANY, *([_ALL] if batch else ())):  # nearly always it is among the newest
            found = self.acts(looked)
            mine = [a for a in found if a.undoable and (a.batch == batch if batch else self._is_mine(a))]
            if mine or len(found) < looked:
                break
        if not mine:
            raise NothingToUndo
        self._redo.append((self._revert(mine[0].batch), mine[0]))
        return mine[0]

    def redo(self) -> Act:
        """Take the newest undo of this session back. What is done again. Raises ``NothingToUndo``, ``UndoConflict``."""
        if not self._redo:
            raise NothingToUndo
        batch, act = self._redo.pop()
        self._revert(batch)
        return act

    def obstacle(self, batch: str) -> UserError | None:
        """Why an act cannot be taken back now; ``None`` when it can. It is tried, and nothing changes."""
        try:
            self._revert(batch, keep=False)
        except _Tried:
            return None
        except UserError as problem:
            return problem
        raise RuntimeError(batch)

    def take_apart(self, batch: str) -> None:
        """Take back a merge that was built upon. Raises ``NotFound``."""
        self._revert(batch)

    def of_records(self, record_ids: tuple[str, ...]) -> tuple[Entry, ...]:
        """What happened to some records, newest first."""
        from sochihoi.storage import journal

        with self._office.store.read() as work:
            return journal.of_record(work.connection, record_ids)

    def of_whole(self, noun: str, record_id: str) -> tuple[Entry, ...]:
        """What happened to a record and to what belongs to it (roster, opinions, rounds of the campaign, sessions of a
        study campaign), newest first."""
        from sochihoi.storage.belonging import parts_of

        with self._office.read() as work:
            ids = (record_id, *parts_of(work, noun, record_id))
        return self.of_records(ids)

    def of_called(self, noun: str, key: str) -> tuple[Entry, ...]:
        """What happened to the records that people call so (``storage.keyed``), newest first. Raises ``NotFound``."""
        from sochihoi.storage.keyed import records_called

        with self._office.read() as work:
            ids = records_called(work, noun, key)
        if noun == "membership":
            found = [entry for one in ids for entry in self._office.people.history(one)]
        else:
            found = [entry for one in ids for entry in self.of_whole(noun, one)]
        return tuple(sorted(found, key=lambda entry: -entry.n))

    def piece(self, batch: str, after: int = 0, limit: int = PIECE) -> Piece:
        """The next changes of an act: an import of thousands is told piece by piece. Raises ``NotFound``."""
        from sochihoi.storage import journal, naming

        with self._office.read() as work:
            found = journal.next_of_batch(work.connection, batch, after, limit + 1)
            if not found and not after:
                raise NotFound("batch", batch)
            entries = found[:limit]
            return Piece(entries, naming.names_in(work, entries), entries[-1].n if len(found) > limit else None)

    def names_in(self, entries: Sequence[Entry]) -> dict[str, Named]:
        """The names of everything that rows of the journal speak of, by id."""
        from sochihoi.storage import naming

        with self._office.read() as work:
            return naming.names_in(work, entries)

    def act(self, batch: str) -> Act:
        """One act, however old. Raises ``NotFound``."""
        from sochihoi.storage import journal

        with self._office.store.read() as work:
            told = journal.batch_of(work.connection, batch)
            if told is None:
                raise NotFound("batch", batch)
            later: tuple[Entry, ...] = ()
            if not told.act.startswith(FINAL):  # whoever took it back brought its first record back too
                first = journal.next_of_batch(work.connection, batch, 0, 1)[0]
                later = journal.of_record(work.connection, [first.record_id])
        return _act(told, taken_back=batch in taken_back(later))

    def _is_mine(self, act: Act) -> bool:
        return act.account_id == self._office.account.id

    def _revert(self, batch: str, *, keep: bool = True) -> str:
        from sochihoi.services.built_upon import told

        try:
            return self._reverted(batch, keep=keep)
        except UndoConflict as conflict:
            raise told(self._office, batch, conflict) from conflict

    def _reverted(self, batch: str, *, keep: bool) -> str:
        with self._office.write(f"undo {batch}") as work:
            from sochihoi.services.tickets import ISSUE, take_back
            from sochihoi.storage import journal
            from sochihoi.storage.erased import is_erased
            from sochihoi.storage.merging import unravel

            entries = journal.of_batch(work.connection, batch)
            erased = tuple((e.noun, e.record_id) for e in entries if is_erased(e.before) or is_erased(e.after))
            if erased:  # of somebody who was made anonymous: nothing is left to go back to
                raise UndoConflict(erased)
            act = entries[0].act if entries else ""
            if act in TAKEN_APART:
                unravel(work, batch)
            elif act == ISSUE:
                take_back(work, batch, entries)
            else:
                # before a commune's book came in, no closed month of this one counted its records
                came_in = [one for one in entries if one.noun == "joined_book"]
                self._office.ensure_entries_open(work, came_in or entries)
                work.revert(batch)
            if not keep:
                raise _Tried
            done: str = work.batch
        self._office.forget_commune()  # its settings may have been among what was taken back
        return done


def taken_back(entries: Sequence[Entry]) -> frozenset[str]:
    """The batches that these rows (newest first) say to be taken back, and not done again."""
    undoes = {e.act.removeprefix("undo "): e.batch for e in reversed(entries) if e.act.startswith("undo ")}
    return frozenset(one for one, by in undoes.items() if by not in undoes)


def _act(told: Batch, *, taken_back: bool) -> Act:
    final = told.act.startswith(FINAL) or told.act.startswith("undo ")
    return Act(told.batch, told.act, told.at, told.account_id, told.changes, taken_back, not final and not taken_back)
