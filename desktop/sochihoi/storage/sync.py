"""Keys, files sent, the ledger of files received and the figures that came in them."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import Select, func, select

from sochihoi.domain.errors import NotFound
from sochihoi.domain.exchange import (
    COMMUNE,
    Direction,
    Installation,
    Measure,
    Outcome,
    Received,
    ReceivedMeasure,
    ReceivedTarget,
    SentFile,
    SentState,
    Stream,
    TrustedKey,
)
from sochihoi.domain.keys import KeyState
from sochihoi.storage import bulk, journal
from sochihoi.storage.mapping import from_row, from_rows, to_row
from sochihoi.storage.schema import installation, received_figure, received_file, sent_file, stream, trusted_key
from sochihoi.storage.schema import journal as journal_table
from sochihoi.storage.work import Work

_SENT = [c for c in sent_file.c if c.name != "content"]
_RECEIVED = [c for c in received_file.c if c.name not in ("content", "receipt")]
TARGET = "target/"
"""What the code of a target's row begins with; the code of the target follows."""
_LAST_RECEIPT = "sync.last_receipt"
_MEASURE = (("num", "numerator"), ("den", "denominator"), ("scale", "scale"))
_TO_DATE = (("ytd_num", "to_date"), ("ytd_den", "to_date_denominator"))


class SyncBook:
    """What went out and what came in."""

    def __init__(self, work: Work) -> None:
        self._work = work

    # ------------------------------------------------------------------ this installation

    def installation(self) -> Installation:
        """The keys and the epoch of this PC. Raises ``NotFound``."""
        found = self._work.rows(select(installation).where(installation.c.deleted_on.is_(None)))
        if not found:
            raise NotFound("installation", "")
        made = from_row(Installation, found[0])
        return replace(made, epoch=epoch_id(made.epoch), identity=made.identity or self._work.identity)

    def new_epoch(self, epoch: str) -> None:
        """After a restore: this installation went back in time, and says so.

        ``epoch`` is fresh randomness. The proof of what the level above knows is the file that the newest receipt
        confirmed.
        """
        now = self.installation()
        seen = self.last_receipt()
        parent = "" if seen is None else str(seen["accepted"])
        changes = {"epoch": epoch, "epoch_no": now.epoch_no + 1, "parent": parent}
        self._work.update(installation, {now.id: changes})

    def audit_head(self) -> tuple[int, str]:
        """The newest row of the journal: its number, its hash as 64 hex digits."""
        n, last = journal.head(self._work.connection)
        return n, last.hex()

    def audit_hash(self, n: int) -> str:
        """The hash of one row of the journal as 64 hex digits; empty when there is no such row."""
        if n == 0:
            return journal.ORIGIN.hex()
        found = self._work.value(select(journal_table.c.hash).where(journal_table.c.n == n))
        return "" if found is None else bytes(found).hex()

    # ------------------------------------------------------------------ keys

    def trusted(self, direction: Direction, *, revoked: bool = False) -> tuple[TrustedKey, ...]:
        """Keys that count, by unit code, the newest of a unit last; with ``revoked`` also those that no longer do, and
        those that wait to be approved.
        """
        query = select(trusted_key).where(trusted_key.c.direction == direction.name)
        if not revoked:
            query = query.where(trusted_key.c.state == KeyState.ACTIVE.name)
        return from_rows(TrustedKey, self._work.rows(query.order_by(trusted_key.c.unit_code, trusted_key.c.id)))

    # ------------------------------------------------------------------ files sent

    def add_sent(self, made: SentFile, content: bytes) -> None:
        """A file that was made."""
        self._work.insert(sent_file, [to_row(made) | {"content": content}])

    def change_sent(self, sent_id: str, state: SentState, *, written_to: str = "", on: date | None = None) -> None:
        """Where a file stands now."""
        changes: dict[str, Any] = {"state": state.name}
        if written_to:
            changes |= {"written_to": written_to, "sent_on": on}
        self._work.update(sent_file, {sent_id: changes})

    def sent(self) -> tuple[SentFile, ...]:
        """All, newest first."""
        query = select(*_SENT).order_by(sent_file.c.id.desc())
        return from_rows(SentFile, self._work.rows(query))

    def last_sent(self, epoch: str) -> SentFile | None:
        """The newest of an epoch: what the next one follows."""
        query = select(*_SENT).where(sent_file.c.epoch == epoch).order_by(sent_file.c.seq.desc()).limit(1)
        found = self._work.rows(query)
        return from_row(SentFile, found[0]) if found else None

    def sent_one(self, sent_id: str) -> SentFile:
        """Raises ``NotFound``."""
        found = self._work.rows(select(*_SENT).where(sent_file.c.id == sent_id))
        if not found:
            raise NotFound("sent_file", sent_id)
        return from_row(SentFile, found[0])

    def sent_content(self, sent_id: str) -> bytes:
        """The bytes, the same every time. Raises ``NotFound``."""
        return bytes(self._work.get(sent_file, sent_id)["content"])

    def last_receipt(self) -> Mapping[Any, Any] | None:
        """The newest receipt applied here: ``no``, ``sha256`` of its manifest, ``accepted`` (a manifest hash)."""
        found = self._work.settings.get(_LAST_RECEIPT)
        return found if isinstance(found, dict) else None

    def keep_receipt(self, number: int, sha256: str, accepted: str) -> None:
        """Remember the newest receipt."""
        self._work.settings.set(_LAST_RECEIPT, {"no": number, "sha256": sha256, "accepted": accepted})

    # ------------------------------------------------------------------ the ledger

    def stream(self, unit_code: str) -> Stream | None:
        """A sender, once a file of it was applied."""
        found = self._work.find(stream, unit_code)
        return None if found is None else from_row(Stream, found)

    def streams(self) -> dict[str, Stream]:
        """All senders heard of, by code."""
        return {row["id"]: from_row(Stream, row) for row in self._work.rows(select(stream))}

    def save_stream(self, changed: Stream) -> None:
        """Where a sender stands now."""
        self._work.put(stream, [to_row(changed)])

    def applied(self, unit_code: str) -> frozenset[str]:
        """Manifest hashes of all files of a unit that count here."""
        query = select(received_file.c.manifest_hash).where(
            received_file.c.unit_code == unit_code, received_file.c.verdict == Outcome.STORED.name
        )
        return frozenset(row["manifest_hash"] for row in self._work.rows(query))

    def put_received(self, line: Received, content: bytes, receipt: bytes | None) -> None:
        """Keep a file with its verdict; the same file judged again keeps its line."""
        self._work.put(received_file, [to_row(line) | {"content": content, "receipt": receipt}])

    def ledger(self, limit: int | None = None) -> tuple[Received, ...]:
        """What came in, newest first."""
        query = select(*_RECEIVED).order_by(received_file.c.received_on.desc(), received_file.c.id.desc())
        return from_rows(Received, self._work.rows(query.limit(limit) if limit else query))

    def received_by_sha(self, sha256: str) -> Received | None:
        """The line of a file with these bytes."""
        return self._one_received(select(*_RECEIVED).where(received_file.c.sha256 == sha256))

    def received_by_manifest(self, unit_code: str, manifest_hash: str) -> Received | None:
        """The stored file with this manifest."""
        return self._one_received(
            select(*_RECEIVED).where(
                received_file.c.unit_code == unit_code,
                received_file.c.manifest_hash == manifest_hash,
                received_file.c.verdict == Outcome.STORED.name,
            )
        )

    def received_one(self, received_id: str) -> Received:
        """Raises ``NotFound``."""
        found = self._one_received(select(*_RECEIVED).where(received_file.c.id == received_id))
        if found is None:
            raise NotFound("received_file", received_id)
        return found

    def received_content(self, received_id: str) -> bytes:
        """The bytes as they came. Raises ``NotFound``."""
        return bytes(self._work.get(received_file, received_id)["content"])

    def receipts(self, unit_code: str = "") -> dict[str, bytes]:
        """Receipts by line of the ledger, of one sender or of all."""
        query = select(received_file.c.id, received_file.c.receipt).where(received_file.c.receipt.is_not(None))
        if unit_code:
            query = query.where(received_file.c.unit_code == unit_code)
        return {row["id"]: bytes(row["receipt"]) for row in self._work.rows(query)}

    def _one_received(self, query: Select[Any]) -> Received | None:
        found = self._work.rows(query.limit(1))
        return from_row(Received, found[0]) if found else None

    # ------------------------------------------------------------------ figures received

    def partition(self, unit_code: str, period: str) -> tuple[Mapping[Any, Any], ...]:
        """Everything of one unit and period, as rows."""
        query = select(received_figure).where(
            received_figure.c.unit_code == unit_code, received_figure.c.period == period
        )
        return tuple(self._work.rows(query))

    def replace_partition(
        self, unit_code: str, period: str, rows: Sequence[Mapping[Any, Any]], *, keep_same: bool = True
    ) -> bool:
        """Put these rows in the place of all that stood there. False when exactly this stood there already.

        Without ``keep_same`` even the same figures change over to the file that they came with now.
        """
        before = self.partition(unit_code, period)
        if keep_same and {_said(row) for row in before} == {_said(row) for row in rows}:
            return False
        bulk.replace(self._work, bulk.FIGURES, (unit_code, period), rows)
        return True

    def replace_members(self, unit_code: str, rows: Sequence[Mapping[Any, Any]]) -> None:
        """Put these members, each row with every column, in the place of all that were known of a unit."""
        bulk.replace(self._work, bulk.MEMBERS, (unit_code,), rows)

    def measures(self, periods: Iterable[str], *, code: str = "") -> tuple[ReceivedMeasure, ...]:
        """Figures of all units as a whole for some periods, of one indicator when ``code`` names it."""
        query = (
            select(received_figure)
            .where(
                received_figure.c.period.in_(list(periods)),
                received_figure.c.branch == COMMUNE,
                ~received_figure.c.code.contains("/"),  # a stroke marks summary rows
            )
            .order_by(received_figure.c.unit_code, received_figure.c.period, received_figure.c.code)
        )
        if code:
            query = query.where(received_figure.c.code == code)
        return tuple(_measure(row) for row in self._work.rows(query))

    def received_periods(self) -> tuple[str, ...]:
        """Every month that a figure came for, and every longer period whose report came, in order."""
        query = select(received_figure.c.period).distinct().order_by(received_figure.c.period)
        return tuple(row["period"] for row in self._work.rows(query))

    def targets(self, period: str) -> tuple[ReceivedTarget, ...]:
        """Targets of all units at the end of a month, by code and unit."""
        query = (
            select(received_figure)
            .where(
                received_figure.c.period == period,
                received_figure.c.branch == COMMUNE,
                received_figure.c.code.startswith(TARGET),
            )
            .order_by(received_figure.c.code, received_figure.c.unit_code)
        )
        return tuple(_target(row) for row in self._work.rows(query))

    def newest_period(self) -> str:
        """The newest month of which figures are here; empty before the first."""
        sixth = func.substr(received_figure.c.period, 6, 1)  # 2026-10, but 2026-Q4, 2026-H2 and 2026
        return self._work.value(select(func.max(received_figure.c.period)).where(sixth.in_(("0", "1")))) or ""

    def partitions(self, period: str) -> dict[str, tuple[int, str]]:
        """Unit code to (edition, line of the ledger) of those whose period is here."""
        query = (
            select(
                received_figure.c.unit_code,
                func.max(received_figure.c.edition).label("edition"),
                func.max(received_figure.c.file_id).label("file_id"),
            )
            .where(received_figure.c.period == period)
            .group_by(received_figure.c.unit_code)
        )
        return {row["unit_code"]: (row["edition"], row["file_id"]) for row in self._work.rows(query)}


def epoch_id(text: str) -> str:
    """An epoch as files name it, a uuid; whoever began it handed over randomness of any shape."""
    try:
        return str(uuid.UUID(text)) if len(text) == 36 else _derived(text)
    except ValueError:
        return _derived(text)


def _derived(text: str) -> str:
    return str(uuid.UUID(bytes=hashlib.sha256(text.encode()).digest()[:16]))


def packed(measure: Measure) -> dict[str, int]:
    """A figure as the ledger keeps it: what says nothing is left out."""
    told = {short: getattr(measure, name) for short, name in (*_MEASURE, *_TO_DATE)}
    return {short: value for short, value in told.items() if value is not None and (short != "scale" or value)}


def _measure(row: Mapping[Any, Any]) -> ReceivedMeasure:
    kept = row["content"]
    return ReceivedMeasure(
        unit_code=row["unit_code"],
        period=row["period"],
        edition=row["edition"],
        code=row["code"],
        measure=Measure(kept["num"], kept.get("den"), kept.get("scale", 0), kept.get("ytd_num"), kept.get("ytd_den")),
        file_id=row["file_id"],
    )


def _target(row: Mapping[Any, Any]) -> ReceivedTarget:
    kept = row["content"]
    whole, goal_whole = kept.get("den"), kept.get("goal_den")
    share = whole is not None or goal_whole is not None
    parts = 10 ** kept.get("scale", 0)
    goal = None if kept.get("goal_num") is None else Fraction(kept["goal_num"], goal_whole or parts)
    return ReceivedTarget(
        unit_code=row["unit_code"],
        period=row["period"],
        code=row["code"].removeprefix(TARGET),
        span=kept["span"],
        direction=kept["direction"],
        is_share=share,
        figure=None if kept.get("num") is None else Fraction(kept["num"], 1 if share else parts),
        whole=whole,
        goal=goal,
        file_id=row["file_id"],
    )


def _said(row: Mapping[Any, Any]) -> tuple[object, ...]:
    """What a row says, without its id and without the file that it came with."""
    content = json.dumps(row["content"], sort_keys=True, ensure_ascii=False)
    return row["edition"], row["branch"], row["branch_name"], row["code"], content
