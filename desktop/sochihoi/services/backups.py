"""Copies, and the way back."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.storage.folder import DataFolder

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.services.opening import Surroundings
    from sochihoi.storage.backup import BackupInfo


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and the folder where the state before it was set aside (``None`` when there was none)."""

    info: BackupInfo
    aside: Path | None


class Backups:
    """Backups of an open commune."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def make(self, out: Path, *, overwrite: bool = False) -> BackupInfo:
        """One ``.hpnbak`` with database and keyring, verified before its name appears."""
        from sochihoi.storage import backup

        store = self._office.store
        return backup.make(store.folder, store.key, out, store.now(), overwrite=overwrite)


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
            info, _key, _who = backup.open_backup(file, password, Path(made), user)
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
