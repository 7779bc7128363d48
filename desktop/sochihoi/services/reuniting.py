"""Hợp nhất: the other PC's book is put together with this one, and one of the two goes on as a new epoch."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi.domain.errors import NotAllowed
from sochihoi.domain.members import MEMBER_PREFIX, made_code
from sochihoi.domain.reuniting import (
    Answers,
    Changed,
    NothingApart,
    NotTheSameBook,
    Question,
    Resolved,
    StillAsked,
    unite,
)

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.reuniting import Typed
    from sochihoi.storage.work import Work

_HEAD, _HEADS = "sync.last_receipt", "sync.heads"


@dataclass(frozen=True, slots=True)
class Head:
    """Where a life of the book stood: its epoch, the newest file made in it (0 before the first), and the journal."""

    epoch: str
    epoch_no: int
    seq: int
    manifest_hash: str
    receipt_no: int
    change: int
    audit: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What putting together would do. ``forked_at``: the newest row that both journals have. ``brought``: how many
    records of each noun come in without a question. ``closed``: months that are closed here and that records of the
    other book count in: their reports need a supplement.
    """

    name: str
    forked_at: int
    heads: tuple[Head, Head]
    changes: tuple[Changed, ...]
    typed: Typed
    questions: tuple[Question, ...]
    brought: Mapping[str, int]
    closed: tuple[str, ...]
    receipt: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Reunited:
    """It is done. ``records``: how many of ours changed; ``batch``: what undoes that; ``renumbered``: members who got
    another code, because both PCs had given theirs to somebody."""

    records: int
    batch: str
    renumbered: tuple[tuple[str, str], ...]


class Reuniting:
    """What a chair does with the book of the other PC."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def look(self, file: Path, password: str, user: str | None = None) -> Plan:
        """Open a backup or a hand-over of the other PC and say what differs. Nothing changes here; that sensitive
        values of both books were seen side by side is noted in the log of access.

        Raises ``NotTheSameBook``, ``NothingApart``, ``NotAllowed``, and what a backup is refused for.
        """
        from sochihoi.storage import reuniting

        office = self._office
        if not office.account.role.may_manage:
            raise NotAllowed(office.account.role.name, "book.unite")
        with _other(file, password, user, office) as theirs, office.read() as ours:
            forked_at = reuniting.fork_point(ours, theirs)
            if forked_at == 0:
                raise NotTheSameBook(file.name)
            changes, typed = reuniting.changed(ours, theirs, forked_at)
            resolved, asked = unite(changes)
            if not resolved and not asked:
                raise NothingApart(file.name)
            heads = (_head(ours), _head(theirs))
            receipt = max(
                (one for one in (ours.sync.last_receipt(), theirs.sync.last_receipt()) if one is not None),
                key=lambda one: int(one["no"]),
                default=None,
            )
            closed = _closed_here(ours, changes, typed)
        self._note_seen(asked)
        brought = Counter(one.noun for one in resolved)
        return Plan(file.name, forked_at, heads, changes, typed, asked, dict(brought), closed, receipt)

    def _note_seen(self, asked: tuple[Question, ...]) -> None:
        seen: dict[str, set[str]] = {}
        for one in asked:
            if one.noun == "person":
                seen.setdefault(one.record_id, set()).add(one.field)
        for person_id, fields in seen.items():
            self._office.privacy.access.viewed(person_id, fields)

    def whose(self, question: Question) -> str:
        """Whose record is asked about, as a name; empty where it is nobody's."""
        from sochihoi.storage.reuniting import owner

        with self._office.read() as work:
            return owner(work, question.noun, question.record_id)

    def apply(self, plan: Plan, answers: Answers) -> Reunited:
        """Put together as answered: one act that can be taken back; then a new epoch that follows both lives.

        Raises ``StillAsked``, ``BookFrozen``, ``NotAllowed``.
        """
        from sochihoi.storage import reuniting

        resolved, asked = unite(plan.changes, answers)
        if asked:
            raise StillAsked(len(asked))
        office = self._office
        batch = office.new_id()
        files = [one for one in resolved if reuniting.holds_bytes(one.noun)]
        records = [one for one in resolved if one not in files]
        with office.write("book.unite", batch=batch) as work:
            typed, renumbered = _codes(work, records, plan.typed)
            reuniting.take_over(work, records, typed)
        # files cannot be undone, and an epoch is never taken back
        with office.write("book.epoch") as work:
            reuniting.take_over(work, files, plan.typed)
            self._new_epoch(work, plan)
            told = {"forked_at": plan.forked_at, "heads": [_told(one) for one in plan.heads], "records": len(resolved)}
            work.note("reunion", batch, told)
        return Reunited(len(resolved), batch, renumbered)

    def _new_epoch(self, work: Work, plan: Plan) -> None:
        """After the higher of both; its proof is what the level above confirmed last, to whichever of the two."""
        from sochihoi.storage.schema import installation

        office = self._office
        if plan.receipt is not None:
            work.settings.set(_HEAD, dict(plan.receipt))
        highest = max(one.epoch_no for one in plan.heads)
        here = work.sync.installation()
        work.update(installation, {here.id: {"epoch_no": highest}})
        epoch = office.new_id()
        work.sync.new_epoch(epoch)
        heads = sorted({one.manifest_hash for one in plan.heads if one.manifest_hash})
        work.settings.set(_HEADS, {"epoch": epoch, "heads": heads})


def heads_of(work: Work, epoch: str) -> tuple[str, ...]:
    """The newest files of the lives that were put together in this epoch; nothing in any other epoch."""
    found = work.settings.get(_HEADS)
    return tuple(found["heads"]) if isinstance(found, dict) and found["epoch"] == epoch else ()


@contextmanager
def _other(file: Path, password: str, user: str | None, office: Office) -> Iterator[Work]:
    """The other book, opened in a temporary folder: what an earlier version made is brought to this one's form."""
    from sochihoi.services import handing
    from sochihoi.services.opening import Surroundings, open_office
    from sochihoi.storage import backup

    around = Surroundings(now=office.store.now, ids=office.store.new_id, demo=office.demo)
    with tempfile.TemporaryDirectory(prefix="sochihoi-unite-") as made:
        place = Path(made)
        if handing.is_handover(file):
            with handing.book_in(file) as (book, _statement):
                backup.open_backup(book, password, place, user)
        else:
            backup.open_backup(file, password, place, user)
        other = open_office(place, password, user, around=around)
        try:
            with other.read() as work:
                yield work
        finally:
            other.close()


def _head(work: Work) -> Head:
    here = work.sync.installation()
    last, seen = work.sync.last_sent(here.epoch), work.sync.last_receipt()
    n, audit = work.sync.audit_head()
    return Head(
        here.epoch,
        here.epoch_no,
        0 if last is None else last.seq,
        "" if last is None else last.manifest_hash,
        0 if seen is None else int(seen["no"]),
        n,
        audit,
    )


def _told(head: Head) -> dict[str, Any]:
    names = ("epoch", "epoch_no", "seq", "manifest_hash", "receipt_no", "change", "audit")
    return {name: getattr(head, name) for name in names}


def _closed_here(ours: Work, changes: tuple[Changed, ...], typed: Typed) -> tuple[str, ...]:
    """Closed months that what comes in counts in."""
    from sochihoi.services.counted_days import counted_days

    closed = ours.months.closed()
    days: set[date] = set()
    for one in changes:
        if (one.noun, one.record_id) in typed and one.noun not in ("attendance", "study_attendance", "study_headcount"):
            days |= counted_days(ours, one.noun, [dict(one.theirs or {})])
    return tuple(sorted({f"{day.year:04}-{day.month:02}" for day in days} & set(closed)))


def _codes(work: Work, resolved: list[Resolved], typed: Typed) -> tuple[Typed, tuple[tuple[str, str], ...]]:
    """New members whose code stands for somebody else here get the next free one; the old and the new code of each."""
    from sochihoi.storage.reuniting import codes_of

    new = [one for one in resolved if one.noun == "membership" and one.whole]
    taken = codes_of(work)
    number = max([work.people.highest_code(), *(_number(typed[one.noun, one.record_id]["code"]) for one in new)])
    changed, told = dict(typed), []
    for one in new:
        row = typed[one.noun, one.record_id]
        if taken.get(row["code"], row["person_id"]) == row["person_id"]:
            continue
        number += 1
        changed[one.noun, one.record_id] = {**row, "code": made_code(MEMBER_PREFIX, number)}
        told.append((str(row["code"]), made_code(MEMBER_PREFIX, number)))
    return changed, tuple(told)


def _number(code: str) -> int:
    digits = "".join(letter for letter in code if letter.isdigit())
    return int(digits) if digits else 0
