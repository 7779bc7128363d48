"""Sending: the keys of this installation, the level above, and the signed file of a closed month."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi import __version__
from sochihoi.domain.access import Look
from sochihoi.domain.custody import Act
from sochihoi.domain.exchange import (
    FINAL,
    Direction,
    JournalCut,
    NoParentKey,
    NotASender,
    SentFile,
    SentState,
    TrustedKey,
)
from sochihoi.domain.months import MonthNotClosed, NotAMonth
from sochihoi.domain.periods import FuturePeriod, Period, PeriodKind
from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.services.custody import note, place_words
from sochihoi.services.ending import check as check_ending

if TYPE_CHECKING:
    from sochihoi.services.leaving import Leaving
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work
    from sochihoi.sync.identity import Identity, PublicKeys


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a month is on its way to the level above.

    ``edition`` is the closed one, 0 while the month is open; ``file`` the newest file of that edition, ``None`` before
    one was prepared; ``older`` a file of an earlier edition that counts as sent. ``reports``: the times whose report
    was issued after every file that was made here; the next file takes them along.
    """

    period: Period
    edition: int
    parent: TrustedKey | None
    file: SentFile | None
    older: SentFile | None
    reports: tuple[str, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether its figures are frozen."""
        return self.edition > 0

    @property
    def sent(self) -> bool:
        """Whether the present edition counts as sent."""
        return self.file is not None and self.file.counts_as_sent


class Sending:
    """What a unit with a level above does with keys and files. ``random_bytes(count)``: a cryptographic source."""

    def __init__(self, office: Office, random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self._office = office
        self._random = random_bytes

    # ------------------------------------------------------------------ keys

    def keys(self) -> PublicKeys:
        """The public keys of this installation, as they are handed over."""
        with self._office.read() as work:
            return own_keys(self._office, work)[1]

    def key_file(self) -> bytes:
        """The ``.hpnkey`` file; after a renewal the one that the key before signed too."""
        from sochihoi.storage.keys import rotated
        from sochihoi.sync.identity import PublicKeys

        with self._office.read() as work:
            identity, keys = own_keys(self._office, work)
            kept = rotated(work).encode()
        if kept and replace(PublicKeys.from_bytes(kept), replaces="") == keys:
            return kept
        return keys.to_bytes(identity)

    def write_keys(self, out: Path, *, overwrite: bool = False) -> None:
        """Write the key file. Raises ``FileExists``, ``DiskFull``, ``CannotWrite``."""
        from sochihoi.storage.files import write_whole

        write_whole(out, self.key_file(), overwrite=overwrite)

    def key_name(self) -> str:
        """How the key file is called: ``HPN_31135.hpnkey``."""
        from sochihoi.sync.names import KEY_SUFFIX

        return f"HPN_{self._office.commune.code}{KEY_SUFFIX}"

    def parent(self) -> TrustedKey | None:
        """The accepted key of the level above."""
        with self._office.read() as work:
            return parent_of(work)

    # ------------------------------------------------------------------ where a month stands

    def standing(self, period: Period) -> Standing:
        """Closed, prepared, written, received?"""
        from sochihoi.storage.sending_sums import editions

        with self._office.read() as work:
            closed = period.code in work.months.closed()
            edition = editions(work).get(period.code, 0) if closed else 0
            every = work.sync.sent()
            files = [one for one in every if one.period == period.code]
            newest = next((one for one in files if one.edition == edition), None)
            older = next((one for one in files if one.edition != edition and one.counts_as_sent), None)
            return Standing(period, edition, parent_of(work), newest, older, self._reports_since(work, period, every))

    def _reports_since(self, work: Work, period: Period, files: Sequence[SentFile]) -> tuple[str, ...]:
        """Ids are in the order of time, also where the clock was not."""
        from sochihoi.services.sending_rows import issued

        last = max((one.id for one in files if one.state is not SentState.RETURNED), default="")
        if not last:
            return ()
        found = issued(work, self._office.definitions, period, self._office.commune.unit_id).values()
        return tuple(sorted(one.period for one in found if one.id > last))

    def history(self) -> tuple[SentFile, ...]:
        """All files made here, newest first."""
        with self._office.read() as work:
            return work.sync.sent()

    def last_folder(self) -> str:
        """Where the newest file went; empty before the first."""
        return next((str(Path(one.written_to).parent) for one in self.history() if one.written_to), "")

    # ------------------------------------------------------------------ the file

    def leaving(self, period: Period, *, figures_only: bool = False) -> Leaving:
        """Exactly what would leave this PC in the file of a closed month. Raises ``NotASender``, ``NotAMonth``,
        ``FuturePeriod``, ``MonthNotClosed``."""
        from sochihoi.services.leaving import leaving

        self._check_month(period)
        with self._office.read() as work:
            if period.code not in work.months.closed():
                raise MonthNotClosed(period.code)
            return leaving(self._office, work, period, figures_only=figures_only)

    def _check_month(self, period: Period) -> None:
        if self._office.is_receiver and not self._office.commune.above_name:
            raise NotASender
        if period.kind is not PeriodKind.MONTH:
            raise NotAMonth(period.code)
        if period.is_future(self._office.today):
            raise FuturePeriod(period.code, self._office.today)

    def prepare(
        self,
        period: Period,
        progress: Progress | None = None,
        *,
        anew: bool = False,
        figures_only: bool = False,
        final: bool = False,
    ) -> SentFile:
        """Seal the file of a closed month, or give the one that was sealed for this edition: the same bytes again,
        unless a report over a longer time was issued since, a list of members that goes along changed, or with
        ``anew`` another file was made after it. ``figures_only``: no list, although the level above asks for one.
        ``final``: the unit ends with this file (``NotEnding``, ``UnitEnded``).

        Raises ``NotASender``, ``NotAMonth``, ``FuturePeriod``, ``MonthNotClosed``, ``NoParentKey``, ``JournalCut``,
        ``Refused`` (DEMO when demonstration and real keys would mix).
        """
        from sochihoi.services.leaving import leaving
        from sochihoi.services.shared_keys import check

        told = progress or Unwatched()
        self._check_month(period)
        with self._office.read() as work:
            standing = self.standing(period)
            if not standing.closed:
                raise MonthNotClosed(period.code)
            if standing.parent is None:
                raise NoParentKey(self._office.commune.above_name)
            check_ending(self._office, work, final=final)
            told.step(0, 2)
            file = standing.file
            parts = leaving(self._office, work, period, figures_only=figures_only)
            good = file is not None and not standing.reports and self._still_good(work, file, parts)
            good = good and file is not None and (file.mode == FINAL) == final
            if file is not None and good and not (anew and file.id != work.sync.sent()[0].id):
                return file
            check_anchor(work)
            made, content = self._seal(work, period, standing.edition, standing.parent, parts, final=final)
        told.step(1, 2)
        if parts.columns:
            name = standing.parent.unit_name
            access = self._office.privacy.access
            access.left(Look.MEMBERS, parts.members, "hpn", title=name, which=period.code, fields=parts.columns)
        with self._office.write("sync.prepare") as work:
            check(self._office, work)
            work.sync.add_sent(made, content)
            note(self._office, work, made.sha256, made.file_name, Act.PREPARED)
        told.step(2, 2)
        return made

    def _still_good(self, work: Work, file: SentFile, parts: Leaving) -> bool:
        """Whether a file of this edition may go again: same epoch, same key, same recipients, not returned, and the
        same list of members in it, or none.
        """
        from sochihoi.services.registering import recipients
        from sochihoi.sync.envelope import inspect

        if file.epoch != work.sync.installation().epoch or file.state is SentState.RETURNED:
            return False
        if (file.profile, file.told.get("sha256")) != (parts.profile, parts.told().get("sha256")):
            return False
        manifest = inspect(work.sync.sent_content(file.id)).manifest
        own = own_keys(self._office, work)[1].fingerprint
        now = tuple(sorted({one.age_key for one in recipients(work)}))
        return manifest is not None and (manifest.to_keys, manifest.key) == (now, own)

    def _seal(
        self, work: Work, period: Period, edition: int, parent: TrustedKey, parts: Leaving, *, final: bool
    ) -> tuple[SentFile, bytes]:
        from sochihoi.services.registering import recipients
        from sochihoi.services.reuniting import heads_of
        from sochihoi.sync.envelope import inspect, seal
        from sochihoi.sync.manifest import AuditHead, Draft, Mode, ReceiptSeen
        from sochihoi.sync.names import file_name

        office = self._office
        here = work.sync.installation()
        identity, keys = own_keys(office, work)
        last, seen = work.sync.last_sent(here.epoch), work.sync.last_receipt()
        seq = 1 if last is None else last.seq + 1
        draft = Draft(
            file_id=office.new_id(),
            unit=keys.unit,
            installation=here.id,
            epoch=here.epoch,
            epoch_no=here.epoch_no,
            seq=seq,
            created=f"{office.now:%Y-%m-%dT%H:%M:%SZ}",
            period=period,
            app=__version__,
            audit=AuditHead(*work.sync.audit_head()),
            prev=None if last is None else last.manifest_hash,
            parent=here.parent or None,
            parents=heads_of(work, here.epoch),
            last_receipt=None if seen is None else ReceiptSeen(seen["no"], seen["sha256"]),
            defpack=office.packs.stated(work),
            clock_suspect=office.store.clock_suspect(),
            demo=office.demo,
            mode=Mode.FINAL if final else Mode.SNAPSHOT,
        )
        content = seal(identity, draft, parts.rows, recipients(work), self._random, parts.columns)
        made = SentFile(
            id=office.new_id(),
            file_name=file_name(keys.unit, period, seq),
            file_id=draft.file_id,
            period=period.code,
            edition=edition,
            epoch=here.epoch,
            seq=seq,
            manifest_hash=inspect(content).manifest_hash,
            sha256=hashlib.sha256(content).hexdigest(),
            to_unit=parent.unit_code,
            state=SentState.PREPARED,
            written_to="",
            sent_on=None,
            profile=parts.profile,
            told=parts.told(),
            mode=draft.mode.value,
        )
        return made, content

    def content(self, sent_id: str) -> bytes:
        """The bytes of a file. Raises ``NotFound``."""
        with self._office.read() as work:
            return work.sync.sent_content(sent_id)

    def write(self, sent_id: str, folder: Path, *, overwrite: bool = False) -> Path:
        """Write a file to a stick or folder, read it back and compare; only then it counts as sent.

        The same file that lies there already is left as it is. A folder that is missing is made when the place for it
        is there. Raises ``FileExists``, ``DiskFull``, ``CannotWrite``; ``NotAllowed``, ``BookFrozen`` before any copy.
        """
        from sochihoi.storage.errors import CannotWrite
        from sochihoi.storage.files import told, write_whole

        self._office.ensure_may("sync.send")
        with self._office.read() as work:
            file, content = work.sync.sent_one(sent_id), work.sync.sent_content(sent_id)
        target = folder / file.file_name
        with told(target):
            folder.mkdir(exist_ok=True)
            if not (target.is_file() and target.read_bytes() == content):
                write_whole(target, content, overwrite=overwrite)
            if target.read_bytes() != content:
                raise CannotWrite(str(target))
        self.written(sent_id, str(target))
        return target

    def written(self, sent_id: str, place: str) -> None:
        """A whole copy lies outside at ``place``."""
        with self._office.write("sync.send") as work:
            file = work.sync.sent_one(sent_id)
            # a receipt says more than a copy does: writing again takes nothing back
            new = SentState.WRITTEN if file.state is SentState.PREPARED else file.state
            work.sync.change_sent(sent_id, new, written_to=place, on=self._office.today)
            note(self._office, work, file.sha256, file.file_name, Act.COPIED, place=place_words(Path(place)))


def own_keys(office: Office, work: Work) -> tuple[Identity, PublicKeys]:
    """The secrets of this installation and their public half. Raises ``KeysElsewhere``."""
    from sochihoi.services.shared_keys import in_force

    here, commune = work.sync.installation(), office.commune
    identity = in_force(office, work, here.identity)
    level = work.units.get(commune.unit_id).level.name
    name = commune.union_name or commune.code
    keys = identity.public_keys(unit=commune.code, name=name, level=level, installation=here.id, demo=office.demo)
    return identity, keys


def parent_of(work: Work) -> TrustedKey | None:
    """The accepted key of the level above."""
    found = work.sync.trusted(Direction.PARENT)
    return found[-1] if found else None


def check_anchor(work: Work) -> None:
    """Every file names the newest row of the journal of its day. Raises ``JournalCut`` when that row is another now."""
    from sochihoi.sync.envelope import inspect

    newest = next(iter(work.sync.sent()), None)
    if newest is None:
        return
    manifest = inspect(work.sync.sent_content(newest.id)).manifest
    if manifest is None or work.sync.audit_hash(manifest.draft.audit.n) != manifest.draft.audit.head:
        raise JournalCut(newest.seq, newest.period)
