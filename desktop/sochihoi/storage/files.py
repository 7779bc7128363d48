"""Files that are whole or absent: written beside their place, synced, read back, then given their name."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sochihoi.storage.errors import CannotRead, CannotWrite, DiskFull, FileExists

# the disk is full, the quota of this user is, or the file would be larger than the disk takes (FAT32: 4 GB)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the system says about a file that is being written into a problem that an officer can mend."""
    try:
        yield
    except OSError as problem:
        if problem.errno in _NO_ROOM:
            raise DiskFull(str(path)) from problem
        raise CannotWrite(str(path)) from problem


def read_bytes(path: Path, limit: int = 256 * 1024 * 1024) -> bytes:
    """The whole file. Raises ``CannotRead`` when it is missing, locked, a folder, or larger than ``limit`` bytes."""
    try:
        if path.stat().st_size > limit:
            raise CannotRead(str(path))
        return path.read_bytes()
    except OSError as problem:
        raise CannotRead(str(path)) from problem


def write_whole(path: Path, content: bytes, *, overwrite: bool = False) -> None:
    """Write ``content``, read it back and compare, then rename: the name never stands on half a file.

    Raises ``FileExists`` (unless ``overwrite``), ``DiskFull``, ``CannotWrite``.
    """
    if path.exists() and not overwrite:
        raise FileExists(str(path))
    if path.exists() and not path.is_file():  # a folder or a device is never replaced
        raise CannotWrite(str(path))
    part = path.with_name(path.name + ".part")
    try:
        with told(path):
            with part.open("wb") as handle:
                handle.write(content)
                handle.flush()
                os.fsync(handle.fileno())
            if part.read_bytes() != content:
                raise CannotWrite(str(path))
            give_name(part, path)
    finally:
        part.unlink(missing_ok=True)


def give_name(part: Path, path: Path) -> None:
    """Rename a synced file to the name that counts, so that the name lasts through a power cut."""
    part.replace(path)
    sync_file(path)  # Windows cannot sync a folder: the sync of a file takes its new name along
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Make what was written to a file last through a power cut."""
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())


def sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut, where the system can (Windows has no such call)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
