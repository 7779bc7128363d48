"""The way back from a copy: what it holds and whose it is, then bringing it in place of what is there."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochihoi.domain.accounts import Role
from sochihoi.domain.errors import NotAllowed, UserError
from sochihoi.services.commune import Commune
from sochihoi.storage.errors import CopiedOnServer, DiskFull, OtherUnit
from sochihoi.storage.folder import DataFolder

if TYPE_CHECKING:
    from sochihoi.services.opening import Surroundings
    from sochihoi.storage.backup import BackupInfo

Begin = Callable[[DataFolder, str, "str | None", "Surroundings"], None]
UNKNOWN: Final = Commune()  # a book that is there but that nobody could read


@dataclass(frozen=True, slots=True)
class Seen:
    """A verified backup: what it states, its unit, and the unit of the book in whose place it would come (``None``
    where no book is, ``UNKNOWN`` where it cannot be read). ``other``: it would bring another unit's book.
    """

    info: BackupInfo
    unit: Commune
    here: Commune | None
    other: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, whose it is, and the folder where the state before it was set aside (``None``: none was)."""

    info: BackupInfo
    aside: Path | None
    unit: str = ""


def look(file: Path, into: Path, password: str, user: str | None = None, here: Commune | None = None) -> Seen:
    """Verify a backup whole and say what it holds; nothing in ``into`` changes. ``here``: the book that is open there.

    Raises ``BackupUnusable``, ``CannotRead``, ``WrongPassword``, ``DatabaseNewer``, ``DiskFull``, ``CopiedOnServer``.
    """
    _in_folder(DataFolder(into))
    with tempfile.TemporaryDirectory(prefix="sochihoi-look-") as made:
        return _look(file, DataFolder(into), Path(made), password, user, here)[0]


def _in_folder(folder: DataFolder) -> None:
    """A copy of a file cannot take the place of records on a server."""
    if folder.server.exists():
        raise CopiedOnServer


def _look(
    file: Path, folder: DataFolder, workplace: Path, password: str, user: str | None, here: Commune | None
) -> tuple[Seen, Role]:
    from sochihoi.storage import backup, inspection

    info, key, who = backup.open_backup(file, password, workplace, user)
    copy = DataFolder(workplace)
    with inspection.reading(copy.database, key) as work:
        unit = Commune.read(work)
    stands = here or _stands(folder, password)
    return Seen(info, unit, stands, _is_other(unit, stands, folder, copy)), Role[who.role]


def _stands(folder: DataFolder, password: str) -> Commune | None:
    """The unit of the book that lies in a folder, as far as this password opens it."""
    from sochihoi.storage import inspection
    from sochihoi.storage.vault import Keyring

    if not (folder.database.exists() or folder.keyring.exists()):
        return None
    try:
        key, _who = Keyring.read(folder.keyring).open(password)
        with inspection.reading(folder.database, key) as work:
            return Commune.read(work)
    except UserError:
        return UNKNOWN


def _is_other(unit: Commune, here: Commune | None, folder: DataFolder, copy: DataFolder) -> bool:
    """By the unit's code; where the book cannot be read, by its key file: accounts are of one book only.

    A book of which nothing can be read any more stops nobody: it is set aside whole.
    """
    if here is None:
        return False
    if here is not UNKNOWN:
        return not {*here.codes} & {*unit.codes}  # a renamed commune is the same one
    known = _accounts(folder.keyring) | _accounts(folder.keyring.with_name("keyring.old.json"))
    return bool(known) and not known & _accounts(copy.keyring)


def _accounts(keyring: Path) -> frozenset[str]:
    from sochihoi.storage.vault import Keyring

    try:
        return frozenset(wrap.account_id for wrap in Keyring.read(keyring).accounts())
    except UserError:
        return frozenset()


def restore(
    file: Path,
    into: Path,
    password: str,
    user: str | None,
    around: Surroundings,
    *,
    other_unit: bool = False,
    here: Commune | None = None,
    begin: Begin | None = None,
) -> Restored:
    """Verify a backup first, set present data aside, bring it in, and start a new epoch.

    The epoch tells the level above that this installation went back in time. ``other_unit``: it may be a copy of
    another unit than the book that is there. ``begin``: what is done in the copy before it takes its place.
    Raises ``BackupUnusable``, ``WrongPassword``, ``FolderInUse``,
    ``CannotRead``, ``DatabaseNewer``, ``OtherUnit``, ``NotAllowed``, ``CopiedOnServer``; nothing in ``into`` has
    changed then.
    """
    from sochihoi.storage import backup
    from sochihoi.storage.files import told

    folder = DataFolder(into)
    _in_folder(folder)
    folder.acquire()
    try:
        with told(into), tempfile.TemporaryDirectory(dir=into, prefix="restore-") as made:
            backup.take_back(folder)
            seen, role = _look(file, folder, Path(made), password, user, here)
            if not role.may_write:
                raise NotAllowed(role.name, "commune.restore")
            if seen.other and not other_unit:
                raise OtherUnit(file.name, seen.unit.union_name, seen.here.union_name if seen.here else "")
            (begin or _begin_epoch)(DataFolder(Path(made)), password, user, around)
            aside = backup.put_in_place(folder, Path(made), around.now())
    finally:
        folder.release()
    return Restored(seen.info, aside, seen.unit.union_name)


def _begin_epoch(copy: DataFolder, password: str, user: str | None, around: Surroundings) -> None:
    """In the copy, before it takes its place: wherever a restoring breaks off, no book goes back in time in silence."""
    from sochihoi.services.opening import open_office

    office = open_office(copy.path, password, user, around=around)
    try:
        with office.store.write("commune.restore") as work:
            work.sync.new_epoch(around.random(8).hex())
    finally:
        office.close()
    settle(copy)


def settle(copy: DataFolder) -> None:
    """Everything is in the one file that takes the place, and on the disk. Raises ``DiskFull``."""
    from sochihoi.storage.files import sync_file

    log = copy.database.with_name(f"{copy.database.name}-wal")
    if log.exists() and log.stat().st_size:  # only the database takes the place: everything has to be in it
        raise DiskFull(str(copy.path))
    sync_file(copy.database)
