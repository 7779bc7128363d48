"""Taking one file in: verify, find its place in its sender's stream, store, answer. A refused file changes nothing
but its own line in the ledger; a file that is unusual is held there until a person decides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.corrections import Correction
from sochihoi.domain.errors import NotAllowed
from sochihoi.domain.exchange import Decision, Direction, Outcome, Received, Stream
from sochihoi.domain.keys import KeysElsewhere
from sochihoi.domain.unusual import Finding, compare
from sochihoi.domain.vietnamese import nfc
from sochihoi.services import received_members, received_tickets, shared_keys, taking_rows
from sochihoi.services.answering import Answers, with_still_asked
from sochihoi.services.cross_duplicates import corrections_for
from sochihoi.services.ending import closed_as
from sochihoi.services.ending import stream_of as sender
from sochihoi.services.inspecting import register_of
from sochihoi.services.receiving import Verdict
from sochihoi.services.sending import own_keys
from sochihoi.storage import ledger
from sochihoi.storage.consolidated import PARENT
from sochihoi.storage.errors import (
    CannotRead,
    CannotWrite,
    DatabaseDamaged,
    DiskFull,
    FolderInUse,
    ServerAway,
    ServerBusy,
    ServerForbids,
)
from sochihoi.sync.envelope import Opened, inspect, open_
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.state import Outcome as Place
from sochihoi.sync.state import StreamState, advanced, judge

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work


_OF_THE_BOOK = (
    CannotWrite,
    DatabaseDamaged,
    DiskFull,
    FolderInUse,
    KeysElsewhere,
    ServerAway,
    ServerBusy,
    ServerForbids,
)


class Desk:
    """Takes files one after the other. ``work``: one unit of work for all (a rehearsal); otherwise one a file."""

    def __init__(self, office: Office, work: Work | None = None) -> None:
        self._office = office
        self._shared = work
        self._batch = office.new_id()
        with self._reading() as reading:
            self._identity, self._me = own_keys(office, reading)
            senders = reading.sync.trusted(Direction.SENDER, revoked=True)
        self._register = register_of(senders)
        self._names = {one.unit_code: one.unit_name for one in senders}
        self._answers = Answers(office, self._identity, self._me)

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
                shared_keys.check(self._office, work)  # a colleague may have renewed them since the drop began
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
        return self.take_bytes(name, data)

    def take_bytes(self, name: str, data: bytes) -> tuple[Verdict, ...]:
        """The same of bytes that are here already."""
        return tuple(self._each(name, data))

    def accept(self, line: Received, content: bytes) -> Verdict:
        """Take a file that was held although it is unusual or begins anew: a person said so."""
        opened = open_(content, self._register, self._me, self._identity)
        with self._writing() as work:
            return self._place(work, line.file_name, line.sha256, opened, accepted=True)

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
        if known is not None and known.decision == Decision.RETURNED.name:
            return Verdict(name, Outcome.REFUSED, known, Refused(Code(known.code)))  # a person returned it: so it stays
        try:
            opened = open_(content, self._register, self._me, self._identity)
        except Refused as refusal:
            if refusal.code in (Code.ROW, Code.SCOPE):
                return self._wrong_rows(name, content, sha256, refusal)
            return self._refuse(name, content, sha256, refusal)
        with self._writing() as work:
            return self._place(work, name, sha256, opened)

    # ------------------------------------------------------------------ refused

    def _refuse(self, name: str, content: bytes, sha256: str, refusal: Refused) -> Verdict:
        with self._writing() as work:
            line = self._line(work, name, sha256, refusal)
            work.sync.put_received(line, content, ledger.receipt_of(work, line.id))
        return Verdict(name, Outcome.REFUSED, line, refusal)

    def _wrong_rows(self, name: str, content: bytes, sha256: str, refusal: Refused) -> Verdict:
        """Who signed it and that it is for us is proven: she is told which lines are wrong, so that nobody waits."""
        seen = inspect(content)
        entry = self._register.find(seen.unit, seen.fingerprint)
        if seen.manifest is None or entry is None:
            raise LookupError("sender")
        found = Opened(seen.manifest, seen.manifest_hash, (), entry.keys, content)
        wrong = refusal.rows
        told = tuple(
            Correction(
                one.period or refusal.period,
                one.indicator,
                one.branch,
                refusal.code.value,
                f"{one.line} {one.place}".strip(),
            )
            for one in wrong
        )
        with self._writing() as work:
            stream = work.sync.stream(seen.unit) or Stream(seen.unit, "", 0, 0, "")
            line = self._opened_line(work, name, sha256, found)
            return self._returned(work, line, found, stream, refusal.code, refusal.detail, told)

    def _opened_line(self, work: Work, name: str, sha256: str, opened: Opened) -> Received:
        """The line of a file whose manifest is proven."""
        manifest = opened.manifest
        return replace(
            self._line(work, name, sha256, Refused(Code.INTERNAL, "", manifest.unit)),
            period=manifest.period.code,
            seq=manifest.seq,
            epoch=manifest.draft.epoch,
            manifest_hash=opened.manifest_hash,
            code="",
            facts={},
        )

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
            batch=self._batch,
        )

    # ------------------------------------------------------------------ opened

    def _place(self, work: Work, name: str, sha256: str, opened: Opened, *, accepted: bool = False) -> Verdict:
        manifest, mh = opened.manifest, opened.manifest_hash
        stream = sender(work, manifest)
        state = None if stream is None or not stream.begun else state_of(stream, work.sync.applied(manifest.unit))
        verdict = judge(state, manifest, mh, demo=self._office.demo)
        if verdict.outcome is Place.DUPLICATE:
            return Verdict(name, Outcome.DUPLICATE, work.sync.received_by_manifest(manifest.unit, mh))
        begins = verdict.code is Code.EPOCH_UNPROVEN and (state is None or manifest.draft.epoch_no > state.epoch_no)
        line = self._opened_line(work, name, sha256, opened)
        line = replace(line, warnings=tuple(one.value for one in verdict.warnings))
        if verdict.outcome is Place.REFUSE and not begins:
            code = verdict.code or Code.INTERNAL
            # of a unit that ended: who goes on
            detail = stream.forwarded_to if stream is not None and code is Code.UNIT_CLOSED else ""
            return self._returned(work, line, opened, stream, code, detail)
        found = self._unusual(work, opened)
        line = replace(line, findings=tuple(one.to_json() for one in found))
        if not accepted and (begins or any(one.hold for one in found)):
            return self._held(work, line, opened, Code.EPOCH_UNPROVEN if begins else Code.HOLD)
        return self._stored(work, line, opened, stream, state, found)

    def _unusual(self, work: Work, opened: Opened) -> tuple[Finding, ...]:
        before = ledger.figures_of(work, opened.manifest.unit)
        return compare(before, taking_rows.figures_in(opened.rows), self._office.receiving.unusual_rules)

    def _held(self, work: Work, line: Received, opened: Opened, code: Code) -> Verdict:
        """Kept and not counted, and nobody is told yet: the answer is what a person decides."""
        held = replace(line, verdict=Outcome.HELD, code=code.value)
        work.sync.put_received(held, opened.content, ledger.receipt_of(work, line.id))
        refusal = Refused(code, "", held.unit_code, held.period, held.seq)
        return Verdict(line.file_name, Outcome.HELD, held, refusal, rows=len(opened.rows))

    def _stored(
        self,
        work: Work,
        line: Received,
        opened: Opened,
        stream: Stream | None,
        state: StreamState | None,
        found: Sequence[Finding],
    ) -> Verdict:
        manifest, mh = opened.manifest, opened.manifest_hash
        now = stream_of(manifest.unit, advanced(state, manifest, mh), 1 if stream is None else stream.receipt_no + 1)
        self._answers.set_aside(work, line.id)
        began = {} if manifest.draft.parent is None else {PARENT: manifest.draft.parent}
        facts = {**received_tickets.facts_of(opened.rows), **began}
        stored = replace(line, verdict=Outcome.STORED, facts=facts)
        work.sync.put_received(stored, opened.content, None)
        # members first: a pair that this file brings is told in the answer to it
        received_members.store(self._office, work, manifest.unit, line.id, opened.rows)
        told = tuple(Correction.of_finding(one) for one in found if one.tell)
        told += corrections_for(work, manifest.unit, manifest.period.code)
        told = with_still_asked(work, stream, opened, told)
        receipt = self._answers.make(
            work,
            manifest,
            mh,
            now,
            rows=len(opened.rows),
            warnings=line.warnings,
            corrections=told,
            to=opened.sender,
        )
        stored = replace(stored, facts={**stored.facts, **asked(told)})
        ledger.change_line(work, line.id, {"receipt": receipt, "facts": stored.facts})
        work.sync.save_stream(closed_as(self._office, work, now))
        taking_rows.store(work, stored, opened.rows, self._office.new_id)
        return Verdict(line.file_name, Outcome.STORED, stored, rows=len(opened.rows))

    def _returned(
        self,
        work: Work,
        line: Received,
        opened: Opened,
        stream: Stream | None,
        code: Code,
        detail: str = "",
        told: Sequence[Correction] = (),
    ) -> Verdict:
        """A proven file at the wrong place, or with wrong lines: its sender gets an answer, once, when we know her
        stream.
        """
        before = work.sync.received_by_sha(line.sha256)
        same = before is not None and before.code == code.value
        receipt = ledger.receipt_of(work, line.id) if same else None
        if receipt is None and stream is not None:
            answered = replace(stream, receipt_no=stream.receipt_no + 1)
            receipt = self._answers.make(
                work,
                opened.manifest,
                opened.manifest_hash,
                answered,
                code=code,
                corrections=told,
                to=opened.sender,
            )
            self._answers.set_aside(work, line.id)
            work.sync.save_stream(answered)
        facts = {**asked(told), **({"detail": detail} if detail else {})}
        refused = replace(line, code=code.value, facts=facts)
        work.sync.put_received(refused, opened.content, receipt)
        refusal = Refused(code, detail, line.unit_code, line.period, line.seq)
        return Verdict(line.file_name, Outcome.REFUSED, refused, refusal)


def asked(corrections: Sequence[Correction]) -> dict[str, object]:
    """What a line remembers of the corrections that its answer asks for."""
    return {"corrections": [one.to_json() for one in corrections]} if corrections else {}


def state_of(stream: Stream, applied: frozenset[str]) -> StreamState:
    """A sender as the sync library judges by it."""
    return StreamState(stream.epoch, stream.epoch_no, stream.seq, stream.manifest_hash, stream.closed, applied)


def stream_of(unit: str, state: StreamState, receipt_no: int) -> Stream:
    """The same as the ledger keeps it."""
    return Stream(unit, state.epoch, state.epoch_no, state.seq, state.mh, receipt_no, state.closed)


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _sha_of(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
