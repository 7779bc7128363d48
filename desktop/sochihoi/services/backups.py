"""Copies, and the way back."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochihoi.domain.accounts import Role
from sochihoi.domain.errors import NotAllowed, UserError
from sochihoi.storage.folder import DataFolder

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.services.opening import Surroundings
    from sochihoi.storage.backup import BackupInfo

FOLDER: Final = "backup.folder"  # the setting: a second place for the automatic copies, on another disk or a stick
ENDING: Final = ".hpnbak"
NEWEST, DAYS = 24, 14  # copies kept: the newest, and the last one of each of the newest days
# year month day, hour minute (UTC), the number of the last change, the beginning of the copy's digest
_NAME = re.compile(r"(\d{8})-(\d{4})-(\d+)-([0-9a-f]{8})\.hpnbak", re.ASCII)


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and the folder where the state before it was set aside (``None`` when there was none)."""

    info: BackupInfo
    aside: Path | None


@dataclass(frozen=True, slots=True)
class Kept:
    """An automatic copy: when it was made (UTC), up to which change, and where it lies."""

    path: Path
    made_at: datetime
    change: int

    @property
    def day(self) -> date:
        """The local day."""
        return self.made_at.astimezone().date()


class Backups:
    """Backups of an open commune."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def make(self, out: Path, *, overwrite: bool = False) -> BackupInfo:
        """One ``.hpnbak`` with database and keyring, verified before its name appears."""
        from sochihoi.storage import backup

        store = self._office.store
        return backup.make(store.folder, store.key, out, store.now(), overwrite=overwrite)

    def look(self, file: Path, password: str, user: str | None = None) -> BackupInfo:
        """Verify a backup whole and say what it holds; nothing here changes.

        Raises ``BackupUnusable``, ``CannotRead``, ``WrongPassword``.
        """
        from sochihoi.storage import backup

        with tempfile.TemporaryDirectory(prefix="sochihoi-look-") as made:
            return backup.open_backup(file, password, Path(made), user)[0]

    # ------------------------------------------------------------------ automatic copies

    @property
    def folder(self) -> Path | None:
        """The second place that the officer chose, or ``None``."""
        chosen = str(self._office.setup.setting(FOLDER) or "")
        return Path(chosen) if chosen else None

    def choose_folder(self, folder: Path | None) -> None:
        """Put automatic copies there as well; ``None`` only beside the book. Raises ``NotAllowed``."""
        self._office.setup.keep(FOLDER, "" if folder is None else str(folder))

    def kept(self) -> tuple[Kept, ...]:
        """The automatic copies beside the book, newest first."""
        return kept_in(self._office.store.folder.backups)

    def last_outside(self) -> date | None:
        """The day of the newest copy in the second place; ``None`` when there is none or the place is not there."""
        chosen = self.folder
        found = kept_in(chosen) if chosen is not None else ()
        return found[0].day if found else None

    def automatic(self) -> tuple[Path, ...]:
        """A copy beside the book, and one in the second place when that is there; older ones are thinned out.

        Nothing is written when nothing changed since the newest copy, nor for a demonstration. The new copies.
        Raises ``DiskFull``, ``CannotWrite``, ``DatabaseDamaged``; a second place that is away is no problem.
        """
        store = self._office.store
        if not store.is_open or store.demo:
            return ()
        with self._office.read() as work:
            change = work.months.version()
        made = []
        for place in (store.folder.backups, self.folder):
            if place is None:
                continue
            beside = place == store.folder.backups
            try:
                written = self._into(place, change, make_folder=beside)
            except (UserError, OSError):
                if beside:
                    raise
                continue  # a stick that is full or was pulled: the page of copies shows how old the newest one is
            if written is not None:
                made.append(written)
                thin_out(place)
        return tuple(made)

    def _into(self, place: Path, change: int, *, make_folder: bool) -> Path | None:
        if make_folder:
            place.mkdir(parents=True, exist_ok=True)
        if not place.is_dir():
            return None
        have = kept_in(place)
        if have and have[0].change == change:
            return None
        making = place / f"making{ENDING}"
        info = self.make(making, overwrite=True)
        final = place / f"{self._office.now:%Y%m%d-%H%M}-{change}-{info.sha256[:8]}{ENDING}"
        making.replace(final)
        return final

    def restore_here(self, file: Path, password: str, user: str | None, around: Surroundings) -> Restored:
        """Close this book and bring a backup in its place: the book must be opened anew afterwards.

        ``look`` first: what it refuses is refused here only after the book was closed.
        """
        into = self._office.store.folder.path
        self._office.close()
        return restore(file, into, password, user, around)


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
        found.append(Kept(file, moment, int(parts[2])))
    return tuple(sorted(found, key=lambda one: (one.made_at, one.change), reverse=True))


def to_keep(copies: Iterable[Kept]) -> frozenset[Path]:
    """The newest ``NEWEST``, and the last copy of each of the newest ``DAYS`` days."""
    newest_first = sorted(copies, key=lambda one: (one.made_at, one.change), reverse=True)
    of_days: dict[date, Path] = {}
    for one in newest_first:
        of_days.setdefault(one.day, one.path)
    return frozenset([*(one.path for one in newest_first[:NEWEST]), *list(of_days.values())[:DAYS]])


def thin_out(folder: Path) -> int:
    """Take away the automatic copies that are not to be kept; how many."""
    copies = kept_in(folder)
    keep = to_keep(copies)
    gone = [one.path for one in copies if one.path not in keep]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def restore(file: Path, into: Path, password: str, user: str | None, around: Surroundings) -> Restored:
    """Verify a backup first, set present data aside, bring it in, and start a new epoch.

    The epoch tells the level above that this installation went back in time. Raises ``BackupUnusable``,
    ``WrongPassword``, ``FolderInUse``, ``CannotRead``; nothing in ``into`` has changed then.
    """
    from sochihoi.services.opening import open_office
    from sochihoi.storage import backup
    from sochihoi.storage.files import told

    folder = DataFolder(into)
    folder.acquire()
    try:
        with told(into), tempfile.TemporaryDirectory(dir=into, prefix="restore-") as made:
            info, _key, who = backup.open_backup(file, password, Path(made), user)
            if not Role[who.role].may_write:
                raise NotAllowed(who.role, "commune.restore")
            aside = backup.put_in_place(folder, Path(made), around.now())
    finally:
        folder.release()
    office = open_office(into, password, user, around=around)
    try:
        with office.store.write("commune.restore") as work:
            work.sync.new_epoch(around.random(8).hex())
    finally:
        office.close()
    return Restored(info, aside)
