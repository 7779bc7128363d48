"""Copies, and the way back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.services.copying import CopyWork, Kept, before_updates, kept_in
from sochihoi.services.drilling import Book, Drilled, drill, newest
from sochihoi.services.restoring import Restored, Seen, look, restore

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.services.opening import Surroundings
    from sochihoi.storage.backup import BackupInfo

FOLDER: Final = "backup.folder"  # the setting: a second place for the automatic copies, on another disk or a stick
DRILLED: Final = "backup.drilled"  # the setting: the day of the last try that ended well, and which copy it was
_NOBODY: Final = Unwatched()


class Backups:
    """Backups of an open commune."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def make(self, out: Path, *, overwrite: bool = False) -> BackupInfo:
        """One ``.hpnbak`` with database and keyring, verified before its name appears.

        Raises ``CopiedOnServer`` and storage errors.
        """
        from sochihoi.storage import backup
        from sochihoi.storage.errors import CopiedOnServer

        store = self._office.store
        if store.server:
            raise CopiedOnServer
        return backup.make(store.folder, store.key, out, store.now(), overwrite=overwrite)

    # ------------------------------------------------------------------ automatic copies

    @property
    def folder(self) -> Path | None:
        """The second place that the officer chose, or ``None``."""
        chosen = str(self._office.setup.setting(FOLDER) or "")
        return Path(chosen) if chosen else None

    def choose_folder(self, folder: Path | None) -> None:
        """Put automatic copies there as well; ``None`` only beside the book. Raises ``NotAllowed``."""
        self._office.setup.keep(FOLDER, "" if folder is None else str(folder))

    def same_disk(self, folder: Path) -> bool:
        """Whether a place lies on the disk of the book: both would be lost with it. ``False`` where nobody can say."""
        try:
            return folder.stat().st_dev == self._office.store.folder.path.stat().st_dev
        except OSError:
            return False

    def kept(self) -> tuple[Kept, ...]:
        """The automatic copies beside the book, newest first."""
        return kept_in(self._office.store.folder.backups)

    def before_update(self) -> tuple[Path, date] | None:
        """The newest copy of the database as it was before a new version of the program changed it, with its local
        day. The key of this book opens it, and only this or an older program reads it: whoever helps may need it.
        Restoring goes by ``kept``."""
        days = before_updates(self._office.store.folder.backups)
        return (days[max(days)], max(days).astimezone().date()) if days else None

    def last_outside(self) -> date | None:
        """The day of the newest copy in the second place; ``None`` when there is none or the place is not there."""
        chosen = self.folder
        found = kept_in(chosen) if chosen is not None else ()
        return found[0].day if found else None

    def work(self) -> CopyWork:
        """A copy as it would be made now, for any thread."""
        store = self._office.store
        return CopyWork(store.folder, store.key, self._office.now, self.folder)

    def automatic(self) -> tuple[Path, ...]:
        """A copy beside the book and one in the second place, at once; see ``CopyWork.run``.

        Nothing is written when nothing changed since the newest copy, nor for a demonstration or a book on a server.
        The new copies.
        """
        store = self._office.store
        if not store.is_open or store.demo or store.server:
            return ()
        self._office.copying.wait()
        made = self.work().run()
        self._office.copying.made_now()
        return made

    # ------------------------------------------------------------------ trying a copy

    def newest(self) -> Path:
        """The newest automatic copy, that of the second place before an equal one beside the book.

        Raises ``NoCopy``.
        """
        beside, second = self._office.store.folder.backups, self.folder
        return newest(beside) if second is None else newest(beside, second)

    def drill(self, file: Path | None = None, progress: Progress = _NOBODY) -> Drilled:
        """Try a copy of this book (the newest unless named) and keep the day; any thread. See ``drilling.drill``."""
        store = self._office.store
        done = drill(file or self.newest(), store.now, book=Book(store.folder.database, store.key), progress=progress)
        if self._office.may_write:
            with self._office.write("backup.drill") as work:
                work.settings.set(DRILLED, [self._office.today.isoformat(), done.file.name])
        return done

    def last_drill(self) -> date | None:
        """The day of the last try that ended well."""
        kept = self._office.setup.setting(DRILLED)
        return date.fromisoformat(kept[0]) if isinstance(kept, list) else None

    # ------------------------------------------------------------------ the way back

    def look(self, file: Path, password: str, user: str | None = None) -> Seen:
        """Verify a backup whole and say what it holds and whose it is; nothing here changes. See ``restoring.look``."""
        return look(file, self._office.store.folder.path, password, user, self._office.commune)

    def restore_here(
        self, file: Path, password: str, user: str | None, around: Surroundings, *, other_unit: bool = False
    ) -> Restored:
        """Close this book and bring a backup in its place: the book must be opened anew afterwards.

        ``look`` first: what it refuses is refused here only after the book was closed.
        """
        into, here = self._office.store.folder.path, self._office.commune
        self._office.close()
        return restore(file, into, password, user, around, other_unit=other_unit, here=here)
