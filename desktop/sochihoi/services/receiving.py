"""Receiving: the files of the units below, a verdict for each, and the figures of all of them together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.errors import UserError
from sochihoi.domain.exchange import (
    Direction,
    NotAReceiver,
    NothingToReceive,
    Outcome,
    Received,
    TrustedKey,
)
from sochihoi.domain.keys import KeyState
from sochihoi.domain.progress import Progress, Unwatched

if TYPE_CHECKING:
    from sochihoi.domain.unusual import Rule
    from sochihoi.services.deciding import Deciding
    from sochihoi.services.office import Office
    from sochihoi.services.returning import Returning
    from sochihoi.services.totals import AllTotals
    from sochihoi.storage.work import Work

_ENDINGS = (".hpn", ".hpn.zip")


class _DryRun(Exception):
    pass


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one file.

    ``line``: its place in the ledger (``None`` when its bytes could not be read). ``problem``: why it was refused, for
    the two sentences. For a duplicate ``line`` is that of the file that counts.
    """

    file_name: str
    outcome: Outcome
    line: Received | None
    problem: UserError | None = None
    rows: int = 0

    @property
    def code(self) -> str:
        """The code of a refusal, or of what a person decides; ``""`` otherwise."""
        asked = self.line is not None and self.outcome in (Outcome.REFUSED, Outcome.HELD)
        return self.line.code if self.line is not None and asked else ""


@dataclass(frozen=True, slots=True)
class Ended:
    """A key that no longer counts: the day on which it was revoked, why, and whether a later key replaced it."""

    on_day: date
    why: str
    replaced: bool


@dataclass(frozen=True, slots=True)
class UnitBelow:
    """A unit whose key was accepted (``key``: the one that counts, else the newest revoked), its newest stored file,
    its newest refused one if that came later, and its keys that no longer count, the newest last.
    """

    key: TrustedKey
    last: Received | None
    refused: Received | None
    ended: tuple[Ended, ...] = ()

    @property
    def has_key(self) -> bool:
        """Whether a key of it counts."""
        return self.key.state is KeyState.ACTIVE


class Receiving:
    """What a level above does with files. Nothing here is for a commune: ``NotAReceiver``."""

    def __init__(self, office: Office) -> None:
        self._office = office

    # ------------------------------------------------------------------ taking files in

    def receive(
        self, paths: Sequence[Path], *, dry_run: bool = False, progress: Progress | None = None
    ) -> tuple[Verdict, ...]:
        """Verify and store every file, each in a transaction of its own; none stops the others.

        ``paths`` are files and folders (with the folders below them). ``dry_run`` says what would become of them and
        changes nothing. Raises ``NotAReceiver``, ``NotAllowed``, ``NothingToReceive``; ``Cancelled`` between two files.
        """
        if not self._office.is_receiver:
            raise NotAReceiver
        files = files_of(paths)
        if not files:
            raise NothingToReceive(", ".join(str(path) for path in paths))
        told = progress or Unwatched()
        if not dry_run:
            return self._all(files, told, None)
        verdicts: tuple[Verdict, ...] = ()
        try:
            with self._office.write("sync.receive") as work:
                verdicts = self._all(files, told, work)
                raise _DryRun
        except _DryRun:
            return verdicts

    def _all(self, files: Sequence[Path], told: Progress, work: Work | None) -> tuple[Verdict, ...]:
        from sochihoi.services.taking import Desk

        desk = Desk(self._office, work)
        verdicts: list[Verdict] = []
        for number, path in enumerate(files):
            told.step(number, len(files))
            verdicts.extend(desk.take(path))
        told.step(len(files), len(files))
        return tuple(verdicts)

    @cached_property
    def deciding(self) -> Deciding:
        """What a person decides: held files, refused ones judged again, corrections, taking back."""
        from sochihoi.services.deciding import Deciding

        return Deciding(self._office)

    @cached_property
    def answers(self) -> Returning:
        """The return files for the units below."""
        from sochihoi.services.returning import Returning

        return Returning(self._office)

    @property
    def unusual_rules(self) -> tuple[Rule, ...]:
        """When a file is unusual today."""
        from sochihoi.domain.unusual import rules_on

        return rules_on(self._office.definitions.unusual, self._office.today)

    # ------------------------------------------------------------------ looking

    def ledger(self, limit: int = 500) -> tuple[Received, ...]:
        """What came in, newest first."""
        with self._office.read() as work:
            return work.sync.ledger(limit)

    def line(self, received_id: str) -> Received:
        """One file that came in. Raises ``NotFound``."""
        with self._office.read() as work:
            return work.sync.received_one(received_id)

    def file_bytes(self, received_id: str) -> bytes:
        """A file as it came. Raises ``NotFound``."""
        with self._office.read() as work:
            return work.sync.received_content(received_id)

    def units(self) -> tuple[UnitBelow, ...]:
        """Units whose keys were accepted, by code, each once; those whose keys were revoked, too."""
        from sochihoi.storage.keys import last_changes

        keys: dict[str, list[TrustedKey]] = {}
        lines: dict[str, list[Received]] = {}
        with self._office.read() as work:
            for key in work.sync.trusted(Direction.SENDER, revoked=True):
                if key.state in (KeyState.ACTIVE, KeyState.REVOKED):
                    keys.setdefault(key.unit_code, []).append(key)
            for line in work.sync.ledger():
                lines.setdefault(line.unit_code, []).append(line)
            over = [one for every in keys.values() for one in every if one.state is KeyState.REVOKED]
            changed = last_changes(work, [one.id for one in over])
        days = {key_id: datetime.fromisoformat(at).astimezone().date() for key_id, at in changed.items()}
        return tuple(_unit_below(every, lines.get(code, []), days) for code, every in keys.items())

    def known(self) -> int:
        """How many units have a key that counts; quick however many files came."""
        with self._office.read() as work:
            return len({one.unit_code for one in work.sync.trusted(Direction.SENDER)})

    def allowed_signers(self) -> str:
        """The keys of the newest register as ``ssh-keygen -Y verify -f`` reads them."""
        from sochihoi.services import registering

        return registering.allowed_signers(registering.made_here(self._office))

    def write_allowed_signers(self, out: Path, *, overwrite: bool = False) -> None:
        """Write that file. Raises ``FileExists``, ``DiskFull``, ``CannotWrite``."""
        from sochihoi.storage.files import write_whole

        write_whole(out, self.allowed_signers().encode(), overwrite=overwrite)

    def write_receipts(self, folder: Path, lines: Iterable[str] = ()) -> tuple[Path, ...]:
        """Write receipts into a folder: of these lines of the ledger, of all without any. The same bytes every time.

        Raises ``DiskFull``, ``CannotWrite``.
        """
        from sochihoi.domain.periods import Period
        from sochihoi.storage.files import told, write_whole
        from sochihoi.sync.envelope import inspect
        from sochihoi.sync.names import receipt_name

        wanted = set(lines)
        with self._office.read() as work:
            receipts = work.sync.receipts()
        written = []
        with told(folder):
            folder.mkdir(exist_ok=True)
        for key, content in receipts.items():
            receipt = inspect(content).receipt
            if receipt is None or (wanted and key not in wanted):
                continue
            period = Period.parse(receipt.period.code)
            out = folder / receipt_name(receipt.unit, period, receipt.seq, receipt.receipt_no)
            write_whole(out, content, overwrite=True)
            written.append(out)
        return tuple(written)

    # ------------------------------------------------------------------ figures

    @cached_property
    def totals(self) -> AllTotals:
        """The figures of all units together: ``totals.of(period)``, ``totals.split(code, period)``."""
        from sochihoi.services.totals import AllTotals

        return AllTotals(self._office)


def files_of(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files to judge: every file named, and in folders whatever looks like a report file of ours.

    Of one unit the earlier numbers come first, so that a whole year dropped at once is taken in order. Receipts, return
    files and other kinds that lie in a folder are passed over, but not a ZIP or a saved letter that holds report files.
    """
    from sochihoi.sync.names import is_return, recognise
    from sochihoi.sync.wrapping import holds

    found: dict[Path, tuple[str, int, str]] = {}
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in inside:
            said = recognise(file.name)
            named = not path.is_dir()
            ours = said.receipt is None if said is not None else file.name.lower().endswith(_ENDINGS)
            if named or (file.is_file() and not is_return(file.name) and (ours or holds(file))):
                place = (said.unit, said.seq) if said is not None else _place(file)
                found[file] = (*place, file.name)
    return tuple(sorted(found, key=lambda file: found[file]))


def _place(file: Path) -> tuple[str, int]:
    """Unit and number of a renamed file, as it says itself; after all others when it says nothing."""
    from sochihoi.sync import container
    from sochihoi.sync.errors import Refused
    from sochihoi.sync.manifest import read_document
    from sochihoi.sync.wrapping import unwrap

    try:
        if file.stat().st_size > container.FILE_CAP:
            return "~", 0
        document = read_document(container.parse(unwrap(file.read_bytes())).manifest)
    except (OSError, Refused):
        return "~", 0
    unit, seq = document.get("unit"), document.get("seq")
    return (unit if isinstance(unit, str) else "~"), (seq if isinstance(seq, int) else 0)


def _unit_below(keys: Sequence[TrustedKey], lines: Sequence[Received], days: Mapping[str, date]) -> UnitBelow:
    """One unit: ``keys`` the newest last, ``lines`` the newest first."""
    active = [one for one in keys if one.state is KeyState.ACTIVE]
    followed = {one.replaces for one in keys}
    ended = [
        Ended(days[one.id], one.revoked_why, one.fingerprint in followed)
        for one in keys
        if one.state is KeyState.REVOKED
    ]
    last = next((line for line in lines if line.verdict is Outcome.STORED), None)
    newest = lines[0] if lines and lines[0].verdict in (Outcome.REFUSED, Outcome.HELD) else None
    return UnitBelow((active or keys)[-1], last, newest, tuple(ended))
