"""Media that are too small: a file system in memory of a given size, seen by one process only.

Without the right to mount one (no root, no user namespaces) the largest file of the process is limited instead.
"""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

_NEW_MOUNTS, _NEW_USER = 0x00020000, 0x10000000
_PRIVATE, _RECURSIVE, _REMOUNT = 1 << 18, 1 << 14, 1 << 5
_libc = ctypes.CDLL(None, use_errno=True)

Door = Callable[[dict[str, Any]], dict[str, Any]]


def can_mount() -> bool:
    """Whether this process may see file systems of its own; for a process that ends at once."""
    return _own_mounts() and _mounted(Path("/tmp"), 65536)  # noqa: S108 - only this process sees it


def _own_mounts() -> bool:
    if _libc.unshare(_NEW_MOUNTS) != 0:
        user, group = os.getuid(), os.getgid()
        if _libc.unshare(_NEW_MOUNTS | _NEW_USER) != 0:
            return False
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1", encoding="ascii")
    return bool(_libc.mount(b"none", b"/", None, _PRIVATE | _RECURSIVE, None) == 0)


def _mounted(place: Path, size: int, again: bool = False) -> bool:
    told = _libc.mount(b"room", str(place).encode(), b"tmpfs", _REMOUNT if again else 0, f"size={size}".encode())
    return bool(told == 0)


def tried(order: dict[str, Any], operate: Door, look: Door) -> dict[str, Any]:
    """An operation where ``room`` bytes are free beyond the base: how it ended there, and what it left.

    ``place`` says what is small: the whole ``root`` or only the ``stick``. Then there is room again, the book is looked
    at, and the operation is done once more.
    """
    root, base = Path(order["root"]), Path(order["base"])
    if order["mounts"]:
        small = root if order["place"] == "root" else root / "stick"
        small.mkdir(parents=True)
        if not _own_mounts() or not _mounted(small, order["room"]):
            raise OSError(ctypes.get_errno(), "mount")
        shutil.copytree(base, root, dirs_exist_ok=True)
        outcome = operate(order)
        _mounted(small, 256 * 1024 * 1024, again=True)
    else:
        shutil.copytree(base, root)
        limit = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["room"], limit[1]))
        outcome = operate(order)
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    left = look(order)
    once_more = operate(order) if order["again"] else None
    return {"outcome": outcome, "left": left, "again": once_more, "after": look(order)}
