"""One ``.hpnbak``: database and keyring together, opened and checked before its name appears."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from sochihoi.storage import engine as files
from sochihoi.storage.errors import BackupUnusable, CannotRead, DatabaseDamaged
from sochihoi.storage.files import told, write_whole
from sochihoi.storage.folder import DataFolder
from sochihoi.storage.migrate import REVISIONS, revision_of
from sochihoi.storage.vault import Keyring, Wrap

_MEMBERS: Final = ("info.json", "keyring.json", "sochihoi.db")
_LARGEST: Final = 2 * 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """What a backup says of itself: when it was made (UTC), how many rows each table has, the digest of the copy."""

    made_at: str
    rows: dict[str, int]
    sha256: str


def make(folder: DataFolder, key: bytes, out: Path, now: datetime, *, overwrite: bool = False) -> BackupInfo:
    """Write a backup. Raises ``FileExists``, ``DiskFull``, ``CannotWrite``, ``DatabaseDamaged``."""
    part = folder.path / "backup.part"
    with told(out):
        part.unlink(missing_ok=True)
        try:
            files.copy_to(folder.database, key, part)
            said = files.findings(part, key)
            if said:
                raise DatabaseDamaged(said)
            counted, content = _rows(part, key), part.read_bytes()
        finally:
            for leftover in folder.path.glob("backup.part*"):
                leftover.unlink(missing_ok=True)
    info = BackupInfo(f"{now:%Y-%m-%dT%H:%M:%SZ}", counted, sha256(content).hexdigest())
    write_whole(out, _pack(info, folder.keyring.read_bytes(), content), overwrite=overwrite)
    return info


def _pack(info: BackupInfo, keyring: bytes, content: bytes) -> bytes:
    import io

    stated = {"format": 1, "made_at": info.made_at, "rows": info.rows, "sha256": info.sha256}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as container:
        for name, member in zip(_MEMBERS, (json.dumps(stated, sort_keys=True).encode(), keyring, content), strict=True):
            container.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), member)
    return out.getvalue()


def _rows(path: Path, key: bytes) -> dict[str, int]:
    from sochihoi.storage.schema import METADATA

    connection = files.connect(path, key)
    try:
        have = {r[0] for r in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
        # names come from our own schema, never from the file
        return {
            t: connection.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0]  # noqa: S608
            for t in sorted(METADATA.tables)
            if t in have
        }
    finally:
        connection.close()


def _unpack(file: Path) -> tuple[BackupInfo, bytes, bytes]:
    try:
        with zipfile.ZipFile(file) as container:
            entries = container.infolist()
            if tuple(e.filename for e in entries) != _MEMBERS:
                raise BackupUnusable(file.name, "members")
            if any(e.compress_type != zipfile.ZIP_STORED or e.file_size > _LARGEST for e in entries):
                raise BackupUnusable(file.name, "members")
            stated, keyring, content = (container.read(name) for name in _MEMBERS)
        info = json.loads(stated)
        found = BackupInfo(str(info["made_at"]), dict(info["rows"]), str(info["sha256"]))
    except OSError as problem:
        raise CannotRead(str(file)) from problem
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError, NotImplementedError, RuntimeError) as problem:
        raise BackupUnusable(file.name, "container") from problem
    if sha256(content).hexdigest() != found.sha256:
        raise BackupUnusable(file.name, "digest")
    return found, keyring, content


def open_backup(
    file: Path, password: str, workplace: Path, account: str | None = None
) -> tuple[BackupInfo, bytes, Wrap]:
    """Verify a backup whole in ``workplace`` (an empty folder) and leave its files there; its key and whose it was.

    Raises ``BackupUnusable``, ``CannotRead``, ``WrongPassword``.
    """
    info, keyring, content = _unpack(file)
    with told(workplace):
        (workplace / "keyring.json").write_bytes(keyring)
        (workplace / "sochihoi.db").write_bytes(content)
    try:
        key, who = Keyring.read(workplace / "keyring.json").open(password, account)
    except CannotRead as problem:
        raise BackupUnusable(file.name, "keyring") from problem
    database = workplace / "sochihoi.db"
    said = files.findings(database, key)
    if said or _rows(database, key) != info.rows or revision_of(database, key) not in REVISIONS:
        raise BackupUnusable(file.name, "database")
    return info, key, who


def put_in_place(folder: DataFolder, workplace: Path, now: datetime) -> Path | None:
    """Set what is there aside (never deleted) and bring the verified files in; the folder of the old state."""
    aside: Path | None = None
    names = ("sochihoi.db", "sochihoi.db-wal", "sochihoi.db-shm", "keyring.json", "keyring.old.json", "open.marker")
    present = [folder.path / n for n in names if (folder.path / n).exists()]
    with told(folder.path):
        if present:
            aside = folder.path / f"set-aside-{now:%Y%m%d-%H%M%S}"
            aside.mkdir()
            for file in present:
                file.rename(aside / file.name)
        # the keyring last: until it stands, the folder does not count as having data
        for name in ("sochihoi.db", "keyring.json"):
            (workplace / name).replace(folder.path / name)
    return aside
