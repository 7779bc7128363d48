"""One ``.hpnbak``: database and keyring together, opened and checked before its name appears."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any, Final

from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.storage.errors import (
    BackupUnusable,
    DatabaseDamaged,
    DatabaseNewer,
    FileExists,
    KeyringDamaged,
)
from sochihoi.storage.files import give_name, read_bytes, sync_file, sync_folder, told, write_whole
from sochihoi.storage.folder import DataFolder
from sochihoi.storage.inspection import Contents, contents, copy_checked, damage_of
from sochihoi.storage.keyring_form import LARGEST as LARGEST_KEYRING
from sochihoi.storage.migrate import REVISIONS, revision_of
from sochihoi.storage.vault import Keyring, Wrap

_MEMBERS: Final = ("info.json", "keyring.json", "sochihoi.db")
_LARGEST: Final = 2 * 1024 * 1024 * 1024
_LARGEST_INFO: Final = 1024 * 1024
UNWATCHED: Final = Unwatched()
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    struct.error,
    RuntimeError,  # an encrypted member; and NotImplementedError, RecursionError
)
STEPS: Final = 5  # of verifying a backup, as progress counts them


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """What a backup says of itself: when it was made (UTC), how many rows each table has, the digest of the copy;
    the digest of all its rows, and the last number and hash of its journal (empty in files of early versions).
    """

    made_at: str
    rows: dict[str, int]
    sha256: str
    state: str = ""
    change: int = 0
    head: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A verified copy, ready to be written to as many places as wanted."""

    info: BackupInfo
    packed: bytes


def make(folder: DataFolder, key: bytes, out: Path, now: datetime, *, overwrite: bool = False) -> BackupInfo:
    """Write a backup. Raises ``FileExists``, ``DiskFull``, ``CannotWrite``, ``DatabaseDamaged``, ``KeyringDamaged``."""
    if out.exists() and not overwrite:  # said before the work, not after it
        raise FileExists(str(out))
    taken = take(folder, key, now)
    write_whole(out, taken.packed, overwrite=overwrite)
    return taken.info


def take(folder: DataFolder, key: bytes, now: datetime) -> Taken:
    """Copy the database on connections of its own, open the copy, check it, and compare it row for row."""
    keyring = read_bytes(folder.keyring, LARGEST_KEYRING)
    Keyring.read(folder.keyring)  # a copy with a damaged key file could never be opened
    part = folder.path / f"backup-{token_hex(4)}.part"
    with told(part):
        try:
            holds = copy_checked(folder.database, key, part)
            content = part.read_bytes()
        finally:
            for leftover in folder.path.glob(f"{part.name}*"):
                leftover.unlink(missing_ok=True)
    made_at = f"{now:%Y-%m-%dT%H:%M:%SZ}"
    digest = sha256(content).hexdigest()
    info = BackupInfo(made_at, holds.rows, digest, holds.state, holds.change, holds.head)
    return Taken(info, _pack(info, keyring, content))


def _pack(info: BackupInfo, keyring: bytes, content: bytes) -> bytes:
    stated = {name: getattr(info, name) for name in ("made_at", "rows", "sha256", "state", "change", "head")}
    stated["format"] = 1
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as container:
        for name, member in zip(_MEMBERS, (json.dumps(stated, sort_keys=True).encode(), keyring, content), strict=True):
            container.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), member)
    return out.getvalue()


def _unpack(file: Path) -> tuple[BackupInfo, bytes, bytes]:
    raw = read_bytes(file, _LARGEST)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as container:
            entries = container.infolist()
            inside = [e for e in entries if e.filename.lower().endswith(".hpnbak") and e.file_size <= _LARGEST]
            if len(inside) == 1:  # a messenger or an officer put a ZIP around it
                raw = container.read(inside[0])
        with zipfile.ZipFile(io.BytesIO(raw)) as container:
            entries = container.infolist()
            if tuple(e.filename for e in entries) != _MEMBERS:
                raise BackupUnusable(file.name, "members")
            largest = (_LARGEST_INFO, LARGEST_KEYRING, _LARGEST)
            stored = all(e.compress_type == zipfile.ZIP_STORED for e in entries)
            if not stored or any(e.file_size > most for e, most in zip(entries, largest, strict=True)):
                raise BackupUnusable(file.name, "members")
            stated, keyring, content = (container.read(name) for name in _MEMBERS)
        found = _stated(json.loads(stated))
    except _UNREADABLE as problem:
        raise BackupUnusable(file.name, "container") from problem
    if sha256(content).hexdigest() != found.sha256:
        raise BackupUnusable(file.name, "digest")
    return found, keyring, content


def stated(file: Path) -> BackupInfo:
    """What a backup says of itself, unproven; the book in it is not read. Raises ``BackupUnusable``."""
    try:
        with zipfile.ZipFile(file) as container:
            entry = container.getinfo(_MEMBERS[0])
            if entry.file_size > _LARGEST_INFO:
                raise BackupUnusable(file.name, "members")
            return _stated(json.loads(container.read(entry)))
    except _UNREADABLE as problem:
        raise BackupUnusable(file.name, "container") from problem


def _stated(info: Any) -> BackupInfo:
    rows = {str(table): int(count) for table, count in info["rows"].items()}
    made_at = str(info["made_at"])
    datetime.fromisoformat(made_at)
    change = int(info.get("change", 0))
    return BackupInfo(made_at, rows, str(info["sha256"]), str(info.get("state", "")), change, str(info.get("head", "")))


def open_backup(
    file: Path, password: str, workplace: Path, account: str | None = None, progress: Progress = UNWATCHED
) -> tuple[BackupInfo, bytes, Wrap]:
    """Verify a backup whole in ``workplace`` (an empty folder) and leave its files there; its key and whose it was.

    Raises ``BackupUnusable``, ``CannotRead``, ``WrongPassword``, ``DatabaseNewer``, ``DiskFull``, ``CannotWrite``.
    """
    info, (key, who) = _open(file, workplace, lambda ring: ring.open(password, account), progress)
    return info, key, who


def open_backup_with_key(
    file: Path, key: bytes, workplace: Path, progress: Progress = UNWATCHED
) -> tuple[BackupInfo, Keyring]:
    """The same with the key of the book that is open: a copy of another book is ``BackupUnusable``."""

    def same(ring: Keyring) -> Keyring:
        return ring

    info, ring = _open(file, workplace, same, progress, key)
    return info, ring


def _open(
    file: Path, workplace: Path, unlock: Callable[[Keyring], Any], progress: Progress, key: bytes | None = None
) -> tuple[BackupInfo, Any]:
    progress.step(0, STEPS)
    info, keyring, content = _unpack(file)
    progress.step(1, STEPS)
    with told(workplace):
        (workplace / "keyring.json").write_bytes(keyring)
        (workplace / "sochihoi.db").write_bytes(content)
        for name in ("keyring.json", "sochihoi.db"):
            sync_file(workplace / name)
    try:
        unlocked = unlock(Keyring.read(workplace / "keyring.json"))
    except KeyringDamaged as problem:
        raise BackupUnusable(file.name, "keyring") from problem
    progress.step(2, STEPS)
    database = workplace / "sochihoi.db"
    try:
        _verify(file, info, database, unlocked[0] if key is None else key, progress)
    except DatabaseDamaged as problem:
        # the bytes are as they were written (the digest says so): it is the key that does not fit
        raise BackupUnusable(file.name, "database" if key is None else "key") from problem
    return info, unlocked


def _verify(file: Path, info: BackupInfo, database: Path, key: bytes, progress: Progress) -> None:
    """Its schema first: what a later version made is not damage. Then pages, seals, links, journal, rows."""
    revision = revision_of(database, key)
    if revision is None:
        raise BackupUnusable(file.name, "database")
    if revision not in REVISIONS:
        raise DatabaseNewer(revision)
    said = damage_of(database, key)
    progress.step(3, STEPS)
    holds = contents(database, key)
    if said:
        raise BackupUnusable(file.name, "journal" if said[0].noun == "journal" else "database")
    if not _as_stated(holds, info):
        raise BackupUnusable(file.name, "rows")
    progress.step(4, STEPS)


def _as_stated(holds: Contents, info: BackupInfo) -> bool:
    if not info.state:  # made by an early version, which counted only its own tables
        return {table: holds.rows.get(table) for table in info.rows} == info.rows
    return (holds.rows, holds.state, holds.change, holds.head) == (info.rows, info.state, info.change, info.head)


# The keyring leaves first and comes last: while none stands in the folder, a bringing-in is under way
_NAMES: Final = ("keyring.json", "keyring.old.json", "open.marker", "sochihoi.db-shm", "sochihoi.db-wal", "sochihoi.db")


def put_in_place(folder: DataFolder, workplace: Path, now: datetime) -> Path | None:
    """Set what is there aside (never deleted) and bring the verified files in; the folder of the old state.

    Broken off in the middle, ``take_back`` brings the old state back. Raises ``DiskFull``, ``CannotWrite``.
    """
    aside: Path | None = None
    present = [folder.path / name for name in _NAMES if (folder.path / name).exists()]
    with told(folder.path):
        if present:
            aside = _new_aside(folder.path, now)
            write_whole(folder.half_restored, aside.name.encode(), overwrite=True)
        try:
            if aside is not None:
                for file in present:
                    file.rename(aside / file.name)
            # the keyring last: until it stands, the folder does not count as having data
            for name in ("sochihoi.db", "keyring.json"):
                give_name(workplace / name, folder.path / name)
            folder.half_restored.unlink(missing_ok=True)
        except OSError:
            take_back(folder)
            raise
    return aside


def take_back(folder: DataFolder) -> bool:
    """A restoring that broke off half-way: the old state goes back to its place. Whether there was one.

    The caller has the folder's lock. Once the new keyring stands, the new state is whole and stays.
    """
    under_way = folder.half_restored
    if not under_way.exists():
        return False
    aside = folder.path / under_way.read_text(encoding="utf-8", errors="replace").strip()
    gone = not folder.keyring.exists()
    ours = aside.parent == folder.path and aside.is_dir()
    if ours and gone:
        for name in reversed(_NAMES):
            if (aside / name).exists():
                (aside / name).replace(folder.path / name)
        sync_folder(folder.path)
    if ours and not any(aside.iterdir()):
        aside.rmdir()
    under_way.unlink()
    return gone


def _new_aside(folder: Path, now: datetime) -> Path:
    for number in range(1, 1000):
        more = "" if number == 1 else f"-{number}"
        aside = folder / f"set-aside-{now:%Y%m%d-%H%M%S}{more}"
        if not aside.exists():
            aside.mkdir()
            return aside
    raise FileExistsError(str(folder))
