"""Copies that make themselves while the officer works: when one is due, and making it beside the work."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

from sochihoi.domain.copies import UPDATE_KEPT, Copy, is_due, to_keep
from sochihoi.domain.errors import UserError

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.backup import Taken
    from sochihoi.storage.folder import DataFolder

ENDING: Final = ".hpnbak"
# year month day, hour minute (UTC), the number of the last change, the beginning of its hash in the journal
_BEFORE: Final = re.compile(r"before-\d{4}-(\d{8}-\d{6})\.db", re.ASCII)  # as ``storage.migrate`` names them
_NAME = re.compile(r"(\d{8})-(\d{4})-(\d+)-([0-9a-f]{8})\.hpnbak", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kept:
    """An automatic copy: when it was made (UTC), up to which change, the beginning of that change's hash, its place."""

    path: Path
    made_at: datetime
    change: int
    head: str = ""

    @property
    def day(self) -> date:
        """The local day."""
        return self.made_at.astimezone().date()


@dataclass(frozen=True, slots=True)
class CopyWork:
    """Everything that a copy needs, read beforehand: ``run`` asks nothing of the open book and suits any thread."""

    folder: DataFolder
    key: bytes
    moment: datetime
    second: Path | None

    def run(self) -> tuple[Path, ...]:
        """A copy beside the book, and one in the second place when that is there; older ones are thinned out.

        Nothing is written where the newest copy holds this state already. The new copies. Raises ``DiskFull``,
        ``CannotWrite``, ``DatabaseDamaged``, ``KeyringDamaged``; a second place that is away or full is no problem:
        the page of copies and the overview show how old the newest one there is.
        """
        from sochihoi.storage import backup, inspection
        from sochihoi.storage.files import told

        beside = self.folder.backups
        with told(beside):
            beside.mkdir(parents=True, exist_ok=True)
        change, head = inspection.head(self.folder.database, self.key)
        places = [place for place in (beside, self.second) if place is not None and _lacks(place, change, head)]
        if not places:
            return ()
        forget_updates(beside, self.moment)
        taken = backup.take(self.folder, self.key, self.moment)
        made = []
        for place in places:
            try:
                made.append(self._put(place, taken))
            except (UserError, OSError):
                if place == beside:
                    raise
        return tuple(made)

    def _put(self, place: Path, taken: Taken) -> Path:
        from sochihoi.storage.files import write_whole

        for leftover in place.glob(f"*{ENDING}.part"):
            if _NAME.fullmatch(leftover.name.removesuffix(".part")):
                leftover.unlink(missing_ok=True)  # of a copy that broke off
        final = place / f"{self.moment:%Y%m%d-%H%M}-{taken.info.change}-{taken.info.head[:8]}{ENDING}"
        write_whole(final, taken.packed, overwrite=True)
        thin_out(place, final)
        return final


def _lacks(place: Path, change: int, head: str) -> bool:
    if not place.is_dir():
        return False
    return not any((one.change, one.head) == (change, head[:8]) for one in kept_in(place))


class Copying:
    """Counts what was done since the last copy, and makes the next one on a thread of its own.

    ``tick`` is called every few seconds from the thread of the window; it never waits.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._thread: Thread | None = None
        self._problem: Exception | None = None
        self._acts = office.store.acts
        self._since = office.now
        self._owed = self._owes()

    def _owes(self) -> int:
        """One act where the book was opened in a state that no copy holds (the last end was not a clean one)."""
        store = self._office.store
        if store.demo or store.server:
            return 0
        from sochihoi.storage import journal

        with self._office.read() as work:
            change, last = journal.head(work.connection)
        copies = kept_in(store.folder.backups)
        if any((one.change, one.head) == (change, last.hex()[:8]) for one in copies):
            return 0
        if copies:
            self._since = copies[0].made_at
        return 1

    @property
    def busy(self) -> bool:
        """Whether a copy is being made now."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def open(self) -> bool:
        """Whether the book is still open."""
        return self._office.store.is_open

    @property
    def due(self) -> bool:
        """Fifty acts since the last copy, or half an hour with at least one."""
        office = self._office
        if not self.open or office.demo or office.store.server:
            return False
        return is_due(self._owed + office.store.acts - self._acts, office.now - self._since)

    def tick(self) -> UserError | OSError | None:
        """Begin a copy when one is due and none is being made; what went wrong with the last one, told once.

        A fault of ours in the other thread is raised here.
        """
        problem, self._problem = self._problem, None
        if problem is not None and not isinstance(problem, UserError | OSError):
            raise problem
        if not self.busy and self.due:
            work = self._office.backups.work()
            self.made_now()
            self._thread = Thread(target=self._run, args=(work,), name="copy", daemon=False)
            self._thread.start()
        return problem

    def _run(self, work: CopyWork) -> None:
        try:
            work.run()
        except Exception as problem:  # noqa: BLE001 - handed to the thread that ticks
            self._problem = problem

    def made_now(self) -> None:
        """Count from here. Also after a copy that failed: the next try is half an hour later, not at once."""
        self._acts, self._owed, self._since = self._office.store.acts, 0, self._office.now

    def wait(self) -> None:
        """Until the copy that is being made is whole: before the book is closed."""
        if self._thread is not None:
            self._thread.join()
            self._thread = None


def kept_in(folder: Path) -> tuple[Kept, ...]:
    """The automatic copies of a folder, newest first. Other files are nobody's business."""
    try:
        names = [file for file in folder.iterdir() if _NAME.fullmatch(file.name)]
    except OSError:
        return ()
    found = []
    for file in names:
        parts = file.name.removesuffix(ENDING).split("-")
        try:
            moment = datetime.strptime(f"{parts[0]}{parts[1]}+0000", "%Y%m%d%H%M%z")
        except ValueError:
            continue
        found.append(Kept(file, moment, int(parts[2]), parts[3]))
    return tuple(sorted(found, key=lambda one: (one.made_at, one.change), reverse=True))


def before_updates(folder: Path) -> dict[datetime, Path]:
    """The databases as they were before new versions of the program changed them, by their moment."""
    found = {_BEFORE.fullmatch(file.name): file for file in folder.glob("before-*.db")}
    return {datetime.strptime(f"{name[1]}+0000", "%Y%m%d-%H%M%S%z"): file for name, file in found.items() if name}


def forget_updates(folder: Path, moment: datetime) -> None:
    """Take those away that are older than a year: no copy holds longer whom the book has made anonymous."""
    for made, file in before_updates(folder).items():
        if made < moment - UPDATE_KEPT:
            file.unlink(missing_ok=True)


def staying(copies: Iterable[Kept]) -> frozenset[Path]:
    """Which of them stay, by their local time."""
    by_name = {one.path.name: one for one in copies}
    local = [Copy(name, one.made_at.astimezone(), one.change) for name, one in by_name.items()]
    return frozenset(by_name[name].path for name in to_keep(local))


def thin_out(folder: Path, newest: Path | None = None) -> int:
    """Take away the automatic copies that are not to be kept; how many.

    ``newest`` was made just now and stays, also when this computer's clock fell back years and it looks old.
    """
    copies = kept_in(folder)
    keep = staying(copies)
    gone = [one.path for one in copies if one.path not in keep and one.path != newest]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
