"""What a person decides at a level above: held files, refused ones judged again, corrections, and taking back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.corrections import Correction, NoSuchFile, NotHeld, NothingCounts, ReasonMissing, SeveralFiles
from sochihoi.domain.errors import NotFound
from sochihoi.domain.exchange import Decision, NotAReceiver, Outcome, Received, Stream
from sochihoi.domain.periods import Period
from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.domain.unusual import Finding
from sochihoi.domain.vietnamese import nfc

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.services.receiving import Verdict
    from sochihoi.services.undoing import Undone
    from sochihoi.storage.work import Work
    from sochihoi.sync.envelope import Opened
    from sochihoi.sync.errors import Code


class Deciding:
    """Every act here is journaled with who did it. Raises ``NotAReceiver`` at a commune."""

    def __init__(self, office: Office) -> None:
        self._office = office

    # ------------------------------------------------------------------ looking

    def held(self) -> tuple[Received, ...]:
        """Files that wait for a person, the oldest first."""
        from sochihoi.storage import ledger

        with self._office.read() as work:
            return ledger.lines(work, Outcome.HELD)

    def quarantined(self) -> tuple[Received, ...]:
        """Files that were refused, the oldest first."""
        from sochihoi.storage import ledger

        with self._office.read() as work:
            return ledger.lines(work, Outcome.REFUSED)

    def find(self, asked: str) -> Received:
        """The file that came in under this name, or whose number (the id, or its last characters) this is; also a file
        on this PC or a stick whose bytes came in, whatever it is called there.

        Of several with one name it is the one that waits for a decision. Raises ``NoSuchFile``, ``SeveralFiles``.
        """
        from sochihoi.storage import ledger
        from sochihoi.storage.errors import CannotRead
        from sochihoi.storage.files import read_bytes

        wanted = nfc(asked.strip())
        with self._office.read() as work:
            every = ledger.lines(work)
        found = [one for one in every if wanted in (one.file_name, one.id)]
        if not found and len(wanted) >= 6:
            found = [one for one in every if one.id.endswith(wanted.lower())]
        if not found:
            with suppress(CannotRead):
                content = hashlib.sha256(read_bytes(Path(asked))).hexdigest()
                found = [one for one in every if one.sha256 == content]
        waiting = [one for one in found if one.verdict is Outcome.HELD]
        if len(waiting) == 1 or len(found) == 1:
            return (waiting or found)[0]
        if not found:
            raise NoSuchFile(asked)
        raise SeveralFiles(asked, tuple(one.id for one in found))

    # ------------------------------------------------------------------ held files

    def accept(self, line_id: str) -> Verdict:
        """A held file counts after all; one that begins anew too. It may still be refused: a newer one came since.

        Raises ``NotHeld``, ``NotFound``, ``Refused`` when its key no longer counts.
        """
        from sochihoi.services.taking import Desk
        from sochihoi.storage import ledger

        line, content = self._waiting(line_id)
        with self._office.write("sync.decide") as work:
            verdict = Desk(self._office, work).accept(line, content)
            if verdict.outcome is Outcome.STORED:
                ledger.change_line(work, line_id, self._decided(Decision.ACCEPTED))
        return replace(verdict, line=self._line(line_id))

    def give_back(self, line_id: str, reason: str) -> Received:
        """A held file is returned: its unit gets a receipt with the reason and with what was found.

        Raises ``NotHeld``, ``ReasonMissing``, ``NotFound``, ``Refused`` when its key no longer counts.
        """
        from sochihoi.services.taking import asked
        from sochihoi.storage import ledger
        from sochihoi.sync.errors import Code

        said = one_line(reason)
        if not said:
            raise ReasonMissing
        line, content = self._waiting(line_id)
        findings = [Finding.from_json(told) for told in line.findings]
        corrections = [Correction(line.period, said=said)]
        corrections += [Correction.of_finding(one) for one in findings if one.tell]
        with self._office.write("sync.decide") as work:
            opened = self._opened(work, content)
            self._answer(work, line_id, opened, corrections, code=Code(line.code))
            changes = {"verdict": Outcome.REFUSED.name, "facts": asked(corrections)}
            ledger.change_line(work, line_id, changes | self._decided(Decision.RETURNED))
        return self._line(line_id)

    def judge_again(self, line_ids: Iterable[str], progress: Progress | None = None) -> tuple[Verdict, ...]:
        """Judge refused and held files once more, as when they came: after a key was accepted, after an update.

        A file too large to be kept has to come again itself, and is passed over. Raises ``NotAReceiver``.
        """
        from sochihoi.services.taking import Desk
        from sochihoi.storage import ledger

        self._check()
        told, wanted = progress or Unwatched(), list(line_ids)
        with self._office.read() as work:
            lines = [work.sync.received_one(one) for one in wanted]
            contents = ledger.content_of(work, wanted)
        desk = Desk(self._office)
        verdicts: list[Verdict] = []
        for number, line in enumerate(sorted(lines, key=lambda one: (one.unit_code, one.seq, one.id))):
            told.step(number, len(lines))
            if line.verdict in (Outcome.REFUSED, Outcome.HELD) and (contents[line.id] or line.code != "TOO_BIG"):
                verdicts.extend(desk.take_bytes(line.file_name, contents[line.id]))
        told.step(len(lines), len(lines))
        return tuple(verdicts)

    # ------------------------------------------------------------------ what to correct

    def ask(self, unit_code: str, corrections: Sequence[Correction]) -> Received:
        """Ask a unit to look at figures that count here: its newest file gets a new receipt that says so.

        Raises ``ReasonMissing``, ``NothingCounts``, ``NotAReceiver``, ``NotFound`` for a figure that is not in the list
        of the period and that the unit never sent.
        """
        from sochihoi.services.taking import asked

        self._check()
        clean = [replace(one, said=one_line(one.said)) for one in corrections]
        if not clean or not all(one.said for one in clean):
            raise ReasonMissing
        with self._office.write("sync.ask") as work:
            stream = work.sync.stream(unit_code)
            line = None
            if stream is not None and stream.begun:
                line = work.sync.received_by_manifest(unit_code, stream.manifest_hash)
            if line is None:
                raise NothingCounts(unit_code)
            self._check_figures(work, unit_code, clean)
            open_before = [Correction.from_json(told) for told in line.facts.get("corrections", ())]
            wanted = [*open_before, *clean]
            self._answer(work, line.id, self._opened(work, work.sync.received_content(line.id)), wanted)
            from sochihoi.storage import ledger

            ledger.change_line(work, line.id, {"facts": {**line.facts, **asked(wanted)}})
        return self._line(line.id)

    # ------------------------------------------------------------------ taking back

    def take_back(self, line_ids: Iterable[str]) -> Undone:
        """These files no longer count; the figures that stood before stand again. See ``undoing.take_back``."""
        from sochihoi.services.undoing import take_back

        self._check()
        return take_back(self._office, tuple(line_ids))

    def of_batch(self, batch: str) -> tuple[Received, ...]:
        """The files of one drop that count."""
        from sochihoi.storage import ledger

        with self._office.read() as work:
            return ledger.lines(work, Outcome.STORED, batch=batch) if batch else ()

    # ------------------------------------------------------------------ parts

    def _check(self) -> None:
        if not self._office.is_receiver:
            raise NotAReceiver

    def _check_figures(self, work: Work, unit_code: str, corrections: Sequence[Correction]) -> None:
        from sochihoi.storage import ledger

        sent = ledger.figures_of(work, unit_code)
        for one in corrections:
            defined = self._office.definitions.indicators_for(Period.parse(one.period)).by_code
            if one.indicator and one.indicator not in defined and one.indicator not in sent.get(one.period, {}):
                raise NotFound("indicator", one.indicator)

    def _waiting(self, line_id: str) -> tuple[Received, bytes]:
        self._check()
        with self._office.read() as work:
            line = work.sync.received_one(line_id)
            content = work.sync.received_content(line_id)
        returned = line.decision == Decision.RETURNED.name and line.verdict is Outcome.REFUSED
        if line.verdict is not Outcome.HELD and not returned:
            raise NotHeld(line.file_name)
        return line, content

    def _decided(self, decision: Decision) -> dict[str, object]:
        office = self._office
        return {"decision": decision.name, "decided_by": office.account.name, "decided_on": office.today}

    def _line(self, line_id: str) -> Received:
        with self._office.read() as work:
            return work.sync.received_one(line_id)

    def _opened(self, work: Work, content: bytes) -> Opened:
        from sochihoi.services.sending import own_keys
        from sochihoi.services.undoing import once_accepted
        from sochihoi.sync.envelope import open_

        identity, me = own_keys(self._office, work)
        return open_(content, once_accepted(work), me, identity)

    def _answer(
        self, work: Work, line_id: str, opened: Opened, corrections: Sequence[Correction], *, code: Code | None = None
    ) -> None:
        """The next receipt of the unit, on this line."""
        from sochihoi.services.answering import Answers
        from sochihoi.services.sending import own_keys

        unit = opened.manifest.unit
        stream = work.sync.stream(unit) or Stream(unit, "", 0, 0, "")
        now = replace(stream, receipt_no=stream.receipt_no + 1)
        answers = Answers(self._office, *own_keys(self._office, work))
        line = work.sync.received_one(line_id)
        receipt = answers.make(
            work,
            opened.manifest,
            opened.manifest_hash,
            now,
            rows=len(opened.rows),
            code=code,
            warnings=line.warnings if code is None else (),
            corrections=corrections,
            to=opened.sender,
        )
        answers.put(work, line_id, receipt)
        work.sync.save_stream(now)


def one_line(text: str) -> str:
    """A sentence as it may travel: NFC, one line, no blanks at its ends, at most 500 characters."""
    from sochihoi.sync.corrections import SAID_LIMIT

    shown = "".join(letter if letter.isprintable() else " " for letter in nfc(text))
    return " ".join(shown.split())[:SAID_LIMIT].strip()
