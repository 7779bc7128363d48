"""The book of another commune joins this one: its backup is opened aside, tried on a copy, then brought in as one act.

Its register and its history come in; its papers, texts and targets stay in its backup, which is kept beside this book.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochihoi.domain.accounts import Role
from sochihoi.domain.errors import NotAllowed, NotFound
from sochihoi.domain.periods import Period
from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.services.commune import Commune
from sochihoi.services.joining_act import ACT, Other, bring_in

if TYPE_CHECKING:
    from sochihoi.domain.indicators import Figure, Indicator
    from sochihoi.domain.member_lists import LikePair
    from sochihoi.domain.months import Closing
    from sochihoi.services.office import Office
    from sochihoi.storage.joining import BranchLine

FOLDER: Final = "joined"  # in the data folder: the backups of the books that came in
_NOBODY: Final = Unwatched()


@dataclass(frozen=True, slots=True)
class Book:
    """A book that came in: whose, on which day, from which backup, and the head of its journal then. ``rows``: how many
    of each table came in; ``stayed``: how many stayed in the backup."""

    id: str
    unit_id: str
    name: str
    code: str
    on: date
    file: Path
    head: str
    rows: Mapping[str, int]
    stayed: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What joining does, found by doing it on a copy.

    ``ours``, ``theirs``: the branches before, ``after``: all of them. ``codes``: (table, old, new) of those that were
    taken here; ``renamed``: branches likewise. ``offices``: (name, office) held in the other commune itself, which end.
    ``alike``: pairs of one woman perhaps, one of each book. ``last_closed``: the other's last closed month, or empty.
    """

    name: str
    code: str
    on: date
    made_at: str
    ours: tuple[BranchLine, ...]
    theirs: tuple[BranchLine, ...]
    after: tuple[BranchLine, ...]
    rows: Mapping[str, int]
    stayed: Mapping[str, int]
    codes: tuple[tuple[str, str, str], ...]
    renamed: tuple[tuple[str, str], ...]
    offices: tuple[tuple[str, str], ...]
    alike: tuple[LikePair, ...]
    last_closed: str

    @property
    def whole(self) -> bool:
        """Whether nobody was lost and nobody counted twice: members, households, meetings."""

        def sums(lines: tuple[BranchLine, ...]) -> tuple[int, int, int]:
            return (
                sum(one.members for one in lines),
                sum(one.households for one in lines),
                sum(one.meetings for one in lines),
            )

        return sums((*self.ours, *self.theirs)) == sums(self.after)


@dataclass(frozen=True, slots=True)
class ClosedFigure:
    """A figure of a month that the other commune closed: of the month, of the month before, since January."""

    indicator: Indicator
    now: Figure
    before: Figure
    so_far: Figure


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a longer work, of a hundred steps."""

    progress: Progress
    since: int
    until: int

    def step(self, done: int, total: int) -> None:
        """Where it is within the stretch."""
        self.progress.step(self.since + (self.until - self.since) * done // max(total, 1), 100)


class Joining:
    """Books of other communes."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def every(self) -> tuple[Book, ...]:
        """Those that came in, the oldest first."""
        from sochihoi.storage import joining as storage

        folder = self._office.store.folder.path / FOLDER
        with self._office.read() as work:
            return tuple(
                Book(
                    row["id"],
                    row["unit_id"],
                    row["unit_name"],
                    row["unit_code"],
                    row["joined_on"],
                    folder / row["file_name"],
                    row["head"],
                    row["told"]["rows"],
                    row["told"]["stayed"],
                )
                for row in storage.joined(work)
            )

    def closed(self, book_id: str) -> dict[str, Closing]:
        """The months that the other commune had closed, in order, each as its newest edition froze it."""
        from sochihoi.storage import joining as storage

        with self._office.read() as work:
            return {one.period: one for one in storage.closings(work, book_id)}

    def closed_figures(self, book_id: str, period: str) -> tuple[ClosedFigure, ...]:
        """The figures of such a month for the whole commune as it was, in the order of the definitions.

        Raises ``NotFound`` for a month that it had not closed.
        """
        closing = self.closed(book_id).get(period)
        if closing is None:
            raise NotFound("closing", period)
        definitions = self._office.figures.definitions(Period.parse(period))
        found = (
            ClosedFigure(
                one,
                closing.figure(one.code, None, one.unit),
                closing.before(one.code, None, one.unit),
                closing.so_far(one.code, None, one.unit),
            )
            for one in definitions.indicators
        )
        return tuple(one for one in found if one.now.known or one.so_far.known)

    def proposed_day(self) -> date:
        """The day of the merger where it was noted and its month is open, else the first day that no closing holds."""
        office = self._office
        with office.read() as work:
            merged_on = work.units.get(office.commune.unit_id).valid_from
            closed = work.months.closed()
        if merged_on is not None and f"{merged_on:%Y-%m}" not in closed:
            return min(merged_on, office.today)
        if not closed:
            return office.today
        first = (date.fromisoformat(f"{max(closed)}-01") + timedelta(days=32)).replace(day=1)
        return min(first, office.today)

    def rehearse(
        self, file: Path, password: str, on: date, user: str | None = None, progress: Progress = _NOBODY
    ) -> Rehearsed:
        """Do it on a copy of this book in a temporary folder and look; nothing here changes; any thread.

        Raises what ``backup.open_backup`` and ``domain.joining.check`` raise, ``DayToCome``, ``NotThatDay``,
        ``MonthClosed``, ``SharesRecords``, ``NotAllowed``, ``Cancelled``.
        """
        from sochihoi.services.office import Office
        from sochihoi.storage import joining as storage
        from sochihoi.storage.folder import DataFolder
        from sochihoi.storage.inspection import copy_checked
        from sochihoi.storage.store import Store

        mine = self._office
        mine_store = mine.store
        with (
            self._opened(file, password, user, _Part(progress, 0, 40)) as other,
            tempfile.TemporaryDirectory(prefix="sochihoi-joining-") as made,
        ):
            folder = DataFolder(Path(made) / "book")
            folder.path.mkdir()
            copy_checked(mine_store.folder.database, mine_store.key, folder.database)
            progress.step(50, 100)
            store = Store(folder, mine_store.key, now=mine_store.now, ids=mine_store.new_id, demo=mine.demo)
            try:
                copy = Office(store, mine.account)
                with copy.read() as work:
                    ours = storage.lines(work, mine.today)
                theirs = storage.lines(other.work, mine.today)
                offices = storage.open_titles(other.work, other.commune.unit_id, on)
                done = bring_in(copy, other, on, file.name, "", _Part(progress, 50, 90))
                with copy.read() as work:
                    after = storage.lines(work, mine.today)
                theirs_persons = {row["id"] for rows in storage.chunks(other.work, "person") for row in rows}
                alike = [
                    pair
                    for pair in copy.duplicates.pairs()
                    if (pair.one.person_id in theirs_persons) != (pair.other.person_id in theirs_persons)
                ]
                progress.step(100, 100)
                return Rehearsed(
                    other.commune.name,
                    other.commune.code,
                    on,
                    other.info.made_at,
                    ours,
                    theirs,
                    after,
                    done.rows,
                    done.stayed,
                    done.codes,
                    done.renamed,
                    tuple(offices),
                    tuple(alike),
                    max(other.work.months.ever_closed(), default=""),
                )
            finally:
                store.close()

    def join(self, file: Path, password: str, on: date, user: str | None = None, progress: Progress = _NOBODY) -> Book:
        """One act, one batch, which can be taken back while nothing stands on it; any thread.

        The backup is kept in the folder ``joined`` first. Raises as ``rehearse``.
        """
        from sochihoi.storage.files import read_bytes, told, write_whole

        office = self._office
        with self._opened(file, password, user, _Part(progress, 0, 50)) as other:
            made = datetime.fromisoformat(other.info.made_at)
            kept = office.store.folder.path / FOLDER / f"{other.commune.code}-{made:%Y%m%d-%H%M%S}.hpnbak"
            content = read_bytes(file, 2 * 1024 * 1024 * 1024)
            new = not kept.exists()
            with told(kept):
                kept.parent.mkdir(exist_ok=True)
            write_whole(kept, content, overwrite=True)
            try:
                digest = hashlib.sha256(content).hexdigest()
                done = bring_in(office, other, on, kept.name, digest, _Part(progress, 50, 100))
            except BaseException:
                if new:
                    kept.unlink(missing_ok=True)
                raise
        return next(one for one in self.every() if one.id == done.book_id)

    @contextmanager
    def _opened(self, file: Path, password: str, user: str | None, progress: Progress) -> Iterator[Other]:
        """The other book in a temporary folder, verified whole and brought to the schema of today there."""
        from sochihoi.storage import backup, inspection
        from sochihoi.storage import joining as storage
        from sochihoi.storage.errors import BackupUnusable
        from sochihoi.storage.folder import DataFolder
        from sochihoi.storage.migrate import bring_up_to_date
        from sochihoi.storage.vault import Keyring

        with tempfile.TemporaryDirectory(prefix="sochihoi-joining-") as made:
            folder = DataFolder(Path(made))
            info, key, account = backup.open_backup(file, password, folder.path, user, progress)
            if not Role[account.role].may_write:
                raise NotAllowed(account.role, ACT)
            if bring_up_to_date(folder, key, self._office.now) is not None and inspection.damage_of(
                folder.database, key
            ):
                raise BackupUnusable(file.name, "database")
            demo = Keyring.read(folder.keyring).demo_password is not None
            with inspection.reading(folder.database, key) as work:
                told = Commune.read(work)
                who = storage.identity(work, told.unit_id, told.name, told.codes, demo=demo, receiver=told.receiver)
                progress.step(1, 1)
                yield Other(work, info, told, who, work.sync.installation().epoch)
