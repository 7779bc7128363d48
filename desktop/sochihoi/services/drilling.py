"""Trying a copy out: it is restored into a temporary folder by the same steps as in need, opened, checked, compared."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.storage.errors import BackupUnusable, NoCopy
from sochihoi.storage.folder import DataFolder

if TYPE_CHECKING:
    from sochihoi.storage.backup import BackupInfo
    from sochihoi.storage.inspection import Contents
    from sochihoi.storage.store import Now, Store

STEPS: Final = 9
_NOBODY: Final = Unwatched()


@dataclass(frozen=True, slots=True)
class Book:
    """The book that is open now, to compare with."""

    database: Path
    key: bytes


@dataclass(frozen=True, slots=True)
class Drilled:
    """What trying a copy found; a copy that does not come back raises instead.

    ``rows``: of all tables; ``journal``: rows of the journal, whose chain was read; ``accounts``: who can open it;
    ``older``: it was made by an earlier version and was brought up to date on the way. ``behind``: how many changes
    the open book has since (``None``: not compared, or a book with another history).
    """

    file: Path
    info: BackupInfo
    unit: str
    rows: int
    journal: int
    accounts: int
    older: bool
    behind: int | None


class _Within:
    """The steps of one part among those of the whole."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def step(self, done: int, _total: int) -> None:
        """``done`` steps of the part, which comes first."""
        self._progress.step(done, STEPS)


def drill(
    file: Path,
    now: Now,
    *,
    password: str = "",
    user: str | None = None,
    book: Book | None = None,
    progress: Progress = _NOBODY,
) -> Drilled:
    """Restore ``file`` into a temporary folder, open it, check everything, compare every row with what it states.

    With ``book`` its key opens the copy and the state of the book is compared as well; else ``password`` opens it.
    The folder is taken away in any case. Raises ``BackupUnusable``, ``CannotRead``, ``WrongPassword``,
    ``DatabaseNewer``, ``DiskFull``, ``Cancelled``.
    """
    from sochihoi.storage import backup
    from sochihoi.storage.inspection import contents
    from sochihoi.storage.store import Store
    from sochihoi.storage.vault import Keyring

    with tempfile.TemporaryDirectory(prefix="sochihoi-drill-") as made:
        workplace = Path(made) / "copy"
        workplace.mkdir()
        if book is None:
            info, key, _who = backup.open_backup(file, password, workplace, user, _Within(progress))
        else:
            key = book.key
            info, _ring = backup.open_backup_with_key(file, key, workplace, _Within(progress))
        folder = DataFolder(Path(made) / "restored")
        folder.path.mkdir()
        backup.put_in_place(folder, workplace, now())
        progress.step(5, STEPS)
        holds = contents(folder.database, key)
        progress.step(6, STEPS)
        accounts = len(Keyring.read(folder.keyring).accounts())
        unit, older = _open(Store(folder, key, now=now), file)
        progress.step(7, STEPS)
        behind = None if book is None else _behind(file, holds, book, older=older)
        progress.step(8, STEPS)
    progress.step(STEPS, STEPS)
    return Drilled(file, info, unit, sum(holds.rows.values()), holds.change, accounts, older, behind)


def _open(store: Store, file: Path) -> tuple[str, bool]:
    """As every morning: brought up to date, checked whole, the unit's name read. Closed again in any case."""
    from sochihoi.services.commune import Commune
    from sochihoi.storage.migrate import HEAD

    try:
        if store.findings():
            raise BackupUnusable(file.name, "database")
        with store.read() as work:
            return Commune.read(work).union_name, store.migrated_from != HEAD
    finally:
        store.close()


def _behind(file: Path, holds: Contents, book: Book, *, older: bool) -> int | None:
    """How many changes the book has that the copy does not; with none, both must be equal in every row."""
    from sochihoi.storage.inspection import contents, hash_at

    now = contents(book.database, book.key)
    if (holds.change, holds.head) == (now.change, now.head):
        if not older and holds.state != now.state:
            raise BackupUnusable(file.name, "rows")
        return 0
    same_history = hash_at(book.database, book.key, holds.change) == holds.head
    return now.change - holds.change if same_history else None


def newest(*folders: Path) -> Path:
    """The newest automatic copy of some folders; of equal ones that of the last folder. Raises ``NoCopy``."""
    from sochihoi.services.copying import kept_in

    found = [one for folder in reversed(folders) for one in kept_in(folder)]
    if not found:
        raise NoCopy(str(folders[0]))
    return max(found, key=lambda one: (one.made_at, one.change)).path
