"""Taking one file in: verify, find its place in its sender's stream, store, answer. A refused file changes nothing
but its own line in the ledger.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi.domain.errors import NotAllowed
from sochihoi.domain.exchange import COMMUNE, Direction, Measure, Outcome, Received, Stream
from sochihoi.domain.vietnamese import nfc
from sochihoi.services.inspecting import register_of
from sochihoi.services.receiving import Verdict
from sochihoi.services.sending import own_keys
from sochihoi.storage.errors import CannotRead, CannotWrite, DatabaseDamaged, DiskFull, FolderInUse
from sochihoi.sync import rows as wire
from sochihoi.sync.envelope import Opened, open_
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.state import Outcome as Place
from sochihoi.sync.state import StreamState, advanced, judge

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work


_OF_THE_BOOK = (CannotWrite, DatabaseDamaged, DiskFull, FolderInUse)


class Desk:
    """Takes files one after the other. ``work``: one unit of work for all (a rehearsal); otherwise one a file."""

    def __init__(self, office: Office, work: Work | None = None) -> None:
        self._office = office
        self._shared = work
        with self._reading() as reading:
            self._identity, self._me = own_keys(office, reading)
            senders = reading.sync.trusted(Direction.SENDER, revoked=True)
        self._register = register_of(senders)
        self._names = {one.unit_code: one.unit_name for one in senders}

    @contextmanager
    def _reading(self) -> Iterator[Work]:
        if self._shared is not None:
            yield self._shared
        else:
            with self._office.read() as work:
                yield work

    @contextmanager
    def _writing(self) -> Iterator[Work]:
        if self._shared is not None:
            yield self._shared
        else:
            with self._office.write("sync.receive") as work:
                yield work

    def take(self, path: Path) -> tuple[Verdict, ...]:
        """The verdict on one file, or on each inside a ZIP or a letter; whatever is wrong with it ends here."""
        from sochihoi.storage.files import read_bytes
        from sochihoi.sync.container import FILE_CAP

        # a name from a foreign stick need not even be text
        name = nfc(path.name.encode("utf-8", "replace").decode("utf-8"))
        try:
            if path.is_file() and path.stat().st_size > FILE_CAP:
                return (self._refuse(name, b"", _sha_of(path), Refused(Code.TOO_BIG, "file")),)
            data = read_bytes(path)
        except (CannotRead, OSError):
            return (Verdict(name, Outcome.REFUSED, None, CannotRead(str(path))),)
        return tuple(self._each(name, data))

    def _each(self, name: str, data: bytes) -> Iterator[Verdict]:
        from sochihoi.sync.names import recognise
        from sochihoi.sync.wrapping import inside

        try:
            for inner, content in inside(data):
                # a carrier's wrapping of one file bears its name; what an officer packed bears any
                called = nfc(f"{inner} ({name})") if inner and recognise(name) is None else name
                yield self._guarded(called, content)
        except Refused as refusal:
            yield self._refuse(name, data, _sha(data), refusal)

    def _guarded(self, name: str, content: bytes) -> Verdict:
        try:
            return self._judge(name, content)
        except (NotAllowed, *_OF_THE_BOOK):
            raise  # not a fault of the file: said as what it is, and the file is taken in when it is mended
        except Exception as fault:  # noqa: BLE001 - one file of hundreds must not stop the others
            return self._refuse(name, content, _sha(content), Refused(Code.INTERNAL, type(fault).__name__))

    def _judge(self, name: str, content: bytes) -> Verdict:
        sha256 = _sha(content)
        with self._reading() as work:
            known = work.sync.received_by_sha(sha256)
        if known is not None and known.verdict is Outcome.STORED:
            return Verdict(name, Outcome.DUPLICATE, known)
        try:
            opened = open_(content, self._register, self._me, self._identity)
        except Refused as refusal:
            return self._refuse(name, content, sha256, refusal)
        with self._writing() as work:
            return self._place(work, name, sha256, opened)

    # ------------------------------------------------------------------ refused

    def _refuse(self, name: str, content: bytes, sha256: str, refusal: Refused) -> Verdict:
        with self._writing() as work:
            line = self._line(work, name, sha256, refusal)
            work.sync.put_received(line, content, None)
        return Verdict(name, Outcome.REFUSED, line, refusal)

    def _line(self, work: Work, name: str, sha256: str, refusal: Refused) -> Received:
        known = work.sync.received_by_sha(sha256)
        return Received(
            id=self._office.new_id() if known is None else known.id,
            file_name=name,
            sha256=sha256,
            unit_code=refusal.unit,
            unit_name=self._names.get(refusal.unit, ""),
            period=refusal.period,
            seq=refusal.seq or 0,
            epoch=None,
            manifest_hash="",
            verdict=Outcome.REFUSED,
            code=refusal.code.value,
            facts={"detail": refusal.detail},
            warnings=(),
            received_on=self._office.today,
        )

    # ------------------------------------------------------------------ opened

    def _place(self, work: Work, name: str, sha256: str, opened: Opened) -> Verdict:
        manifest, mh = opened.manifest, opened.manifest_hash
        stream = work.sync.stream(manifest.unit)
        state = None if stream is None else _state(stream, work.sync.applied(manifest.unit))
        verdict = judge(state, manifest, mh, demo=self._office.demo)
        if verdict.outcome is Place.DUPLICATE:
            return Verdict(name, Outcome.DUPLICATE, work.sync.received_by_manifest(manifest.unit, mh))
        refusal = None
        if verdict.outcome is Place.REFUSE:
            code = verdict.code or Code.INTERNAL
            refusal = Refused(code, "", manifest.unit, manifest.period.code, manifest.seq)
        line = replace(
            self._line(work, name, sha256, refusal or Refused(Code.INTERNAL, "", manifest.unit)),
            period=manifest.period.code,
            seq=manifest.seq,
            epoch=manifest.draft.epoch,
            manifest_hash=mh,
            verdict=Outcome.STORED if refusal is None else Outcome.REFUSED,
            code="" if refusal is None else refusal.code.value,
            facts={},
            warnings=tuple(one.value for one in verdict.warnings),
        )
        if refusal is not None:
            return self._returned(work, line, opened, stream, refusal)
        now = _stream(manifest.unit, advanced(state, manifest, mh), 1 if stream is None else stream.receipt_no + 1)
        receipt = self._receipt(work, line, opened, now, None)
        work.sync.put_received(line, opened.content, receipt)
        work.sync.save_stream(now)
        self._store(work, line, opened)
        return Verdict(name, Outcome.STORED, line, rows=len(opened.rows))

    def _returned(self, work: Work, line: Received, opened: Opened, stream: Stream | None, refusal: Refused) -> Verdict:
        """A proven file at the wrong place: its sender gets an answer, once, when we know her stream."""
        before = work.sync.received_by_sha(line.sha256)
        told = before is not None and before.code == line.code
        receipt = work.sync.receipts(line.unit_code).get(line.id) if told else None
        if receipt is None and stream is not None:
            answered = replace(stream, receipt_no=stream.receipt_no + 1)
            receipt = self._receipt(work, line, opened, answered, refusal.code)
            work.sync.save_stream(answered)
        work.sync.put_received(line, opened.content, receipt)
        return Verdict(line.file_name, Outcome.REFUSED, line, refusal)

    def _receipt(self, work: Work, line: Received, opened: Opened, stream: Stream, code: Code | None) -> bytes:
        from sochihoi.sync.manifest import AuditHead
        from sochihoi.sync.receipt import Answer, Receipt, build_receipt
        from sochihoi.sync.receipt import Place as Spot

        manifest = opened.manifest
        draft = manifest.draft
        before = _receipt_before(work, line.unit_code, stream.receipt_no)
        receipt = Receipt(
            signer=self._me.unit,
            unit=manifest.unit,
            file_id=draft.file_id,
            period=manifest.period,
            place=Spot(draft.epoch, draft.epoch_no, draft.seq, opened.manifest_hash),
            answer=Answer.APPLIED if code is None else Answer.RETURNED,
            rows=len(opened.rows) if code is None else 0,
            receipt_no=stream.receipt_no,
            received=f"{self._office.now:%Y-%m-%dT%H:%M:%SZ}",
            audit=AuditHead(*work.sync.audit_head()),
            last_accepted=Spot(stream.epoch, stream.epoch_no, stream.seq, stream.manifest_hash),
            prev_receipt=before,
            warnings=line.warnings,
            code=code,
            demo=self._office.demo,
        )
        return build_receipt(self._identity, receipt)

    def _store(self, work: Work, line: Received, opened: Opened) -> None:
        """Each closing of the file takes the place of what stood for its period; other periods stay."""
        names = {row.id: row.name for row in opened.rows if isinstance(row, wire.Branch)}
        editions = {row.period.code: row.edition for row in opened.rows if isinstance(row, wire.Closing)}
        parts: dict[str, dict[tuple[str, str], dict[str, Any]]] = {period: {} for period in editions}
        for row in opened.rows:
            if isinstance(row, wire.Branch):
                continue
            branch, code, content = _kept(row)
            if branch == COMMUNE:
                parts[row.period.code][branch, code] = dict(content)
            else:
                # one row a branch: a province of 150 communes gets 5,000 branches every month
                parts[row.period.code].setdefault((branch, OF_BRANCH), {})[code] = dict(content)
        for period, contents in parts.items():
            rows = [
                {
                    "id": self._office.new_id(),
                    "unit_code": line.unit_code,
                    "period": period,
                    "edition": editions[period],
                    "branch": branch,
                    "branch_name": names.get(branch, ""),
                    "code": code,
                    "content": content,
                    "file_id": line.id,
                }
                for (branch, code), content in contents.items()
            ]
            # figures that come again unchanged stay with their file, but those of the month that a file was sent for
            # belong to that file: it bears the month in its name
            work.sync.replace_partition(line.unit_code, period, rows, keep_same=period != line.period)


OF_BRANCH = "branch/"
"""The code of the one row in which everything of a branch stands, by code."""


def _kept(row: wire.Row) -> tuple[str, str, Mapping[str, Any]]:
    """Branch, code and content of a row. A stroke in the code keeps summary rows apart from figures."""
    from sochihoi.storage.sync import TARGET, packed

    match row:
        case wire.Indicator():
            return row.branch, row.code, packed(Measure(row.num, row.den, row.scale, row.ytd_num, row.ytd_den))
        case wire.Activity():
            return row.branch, f"activity/{row.kind.value}", dict(row.counts)
        case wire.TargetStanding():
            told = {"num": row.num, "den": row.den, "goal_num": row.goal_num, "goal_den": row.goal_den}
            told |= {"scale": row.scale or None}
            content: dict[str, Any] = {"span": row.span, "direction": row.direction.value}
            return row.branch, f"{TARGET}{row.code}", content | {k: v for k, v in told.items() if v is not None}
        case wire.Closing():
            return COMMUNE, "closing/", {"closed_on": row.closed_on.isoformat(), "reason": row.reason}
        case wire.Branch():
            raise TypeError("a branch is no figure")


def _state(stream: Stream, applied: frozenset[str]) -> StreamState:
    return StreamState(stream.epoch, stream.epoch_no, stream.seq, stream.manifest_hash, stream.closed, applied)


def _stream(unit: str, state: StreamState, receipt_no: int) -> Stream:
    return Stream(unit, state.epoch, state.epoch_no, state.seq, state.mh, receipt_no, state.closed)


def _receipt_before(work: Work, unit: str, number: int) -> str | None:
    """The manifest hash of the receipt before ``number``; ``None`` for the first."""
    from sochihoi.sync.envelope import inspect

    if number == 1:
        return None
    found: Sequence[bytes] = tuple(work.sync.receipts(unit).values())
    for content in found:
        seen = inspect(content)
        if seen.receipt is not None and seen.receipt.receipt_no == number - 1:
            return seen.manifest_hash
    raise LookupError("receipt")


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _sha_of(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
