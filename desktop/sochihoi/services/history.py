"""What was done, and undoing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sochihoi.domain.errors import UserError
from sochihoi.storage.errors import NothingToUndo, UndoConflict

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.journal import Entry

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
        acts = []
        for b in found:
            taken_back = b.batch in undone and undone[b.batch].batch not in undone
            final = b.act.startswith(FINAL) or b.act.startswith("undo ")
            acts.append(Act(b.batch, b.act, b.at, b.account_id, b.changes, taken_back, not final and not taken_back))
        return tuple(acts[:limit])

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
        """What happened to a meeting or household and to what belongs to it (roster, opinions, rounds of the
        campaign), newest first."""
        from sochihoi.storage.belonging import parts_of

        with self._office.read() as work:
            ids = (record_id, *parts_of(work, noun, record_id))
        return self.of_records(ids)

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
