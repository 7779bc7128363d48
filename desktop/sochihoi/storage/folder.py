"""One commune's data folder: the database, the keyring, the backups, and who has it open."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from sochihoi.storage.errors import FolderInUse, FolderUnwritable


@dataclass(slots=True)
class DataFolder:
    """Paths below one folder, and its lock. One program at a time has it open."""

    path: Path
    _lock: IO[bytes] | None = field(default=None, repr=False)

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.path / "sochihoi.db"

    @property
    def keyring(self) -> Path:
        """The wraps of its key."""
        return self.path / "keyring.json"

    @property
    def old_keyring(self) -> Path:
        """The generation before: whoever finds the newer one damaged can still open the book."""
        return self.path / "keyring.old.json"

    @property
    def server(self) -> Path:
        """Of a level above whose book is on a server: its address, sealed under the key."""
        return self.path / "server.sealed"

    @property
    def identity(self) -> Path:
        """The private keys of such a unit, sealed under the key: they are never on the server."""
        return self.path / "identity.sealed"

    @property
    def spare_identity(self) -> Path:
        """The generation before, while a renewal is under way: only the server knows how one ended that broke off."""
        return self.path / "identity.old.sealed"

    @property
    def has_book(self) -> bool:
        """Whether a database lies here, or the way to one on a server."""
        return self.database.exists() or self.server.exists()

    @property
    def half_restored(self) -> Path:
        """Stands while a backup is brought in place, and names the folder where the state before it is set aside."""
        return self.path / "restoring"

    @property
    def backups(self) -> Path:
        """Automatic copies."""
        return self.path / "backups"

    @property
    def settings(self) -> Path:
        """Window geometry and column widths: nothing about the commune."""
        return self.path / "window.ini"

    @property
    def marker(self) -> Path:
        """Stands while the folder is open: found at start, the last end was not a clean one."""
        return self.path / "open.marker"

    def acquire(self) -> None:
        """Make the folder and lock it. Raises ``FolderUnwritable`` or ``FolderInUse``."""
        if self._lock is not None:
            return
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            handle = (self.path / "lock").open("a+b")
        except OSError as problem:
            raise FolderUnwritable(str(self.path)) from problem
        try:
            _lock(handle)
        except OSError as problem:
            handle.close()
            raise FolderInUse(str(self.path)) from problem
        self._lock = handle

    def sweep(self) -> None:
        """Take away what a program that was ended in the middle left half-made. Only the one that has the lock does."""
        unfinished = [
            *self.path.glob("backup-*.part*"),
            *self.path.glob("*.json.part"),
            *self.path.glob("*.sealed.part"),
            *self.path.glob("*ing.part"),
        ]
        unfinished += [*self.backups.glob("before-*.part*"), *self.backups.glob("*.hpnbak.part")]
        for left in unfinished:
            with suppress(OSError):
                left.unlink()
        for place in self.path.glob("restore-????????"):
            shutil.rmtree(place, ignore_errors=True)

    def release(self) -> None:
        """Give the folder back."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None


if os.name == "nt":
    import msvcrt

    def _lock(handle: IO[bytes]) -> None:
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore] # Windows only

else:
    import fcntl

    def _lock(handle: IO[bytes]) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
