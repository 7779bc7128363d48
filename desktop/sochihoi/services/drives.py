"""Plugged-in sticks: where a file can be carried away. Only looks; never writes."""

from __future__ import annotations

import getpass
import shutil
import string
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_REMOVABLE = 2  # DRIVE_REMOVABLE of GetDriveTypeW
_MOUNTS = Path("/proc/self/mounts")
_VOLUMES = Path("/dev/disk/by-uuid")


@dataclass(frozen=True, slots=True)
class Drive:
    """A removable drive. ``free``: bytes, ``None`` when it cannot be asked; ``serial``: of the volume, ``""`` then."""

    path: Path
    label: str
    free: int | None
    serial: str = ""


def removable() -> tuple[Drive, ...]:
    """Sticks that are plugged in now; empty where the system does not say."""
    if sys.platform == "win32":
        return _windows(_drive_type, _volume_name)
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ()
    return _linux(mounts, _roots())


def drive_of(place: Path, plugged: Sequence[Drive] | None = None) -> Drive | None:
    """The stick that a file or folder lies on; ``None`` when it lies on none."""
    inside = {*place.absolute().parents, place.absolute()}
    return next((one for one in (removable() if plugged is None else plugged) if one.path in inside), None)


def _roots() -> tuple[Path, ...]:
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # no name for this user id
        user = ""
    own = (Path("/run/media") / user, Path("/media") / user) if user else ()
    return (*own, Path("/media"))


def _linux(mounts: str, roots: Sequence[Path]) -> tuple[Drive, ...]:
    """Mount points right below the folders where desktops put sticks. ``mounts``: text as of ``/proc/self/mounts``."""
    found: dict[Path, Drive] = {}
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 2:
            continue
        # the system writes blank, tab, line end and backslash as three octal digits
        place = Path(parts[1].replace(r"\040", " ").replace(r"\011", "\t").replace(r"\134", "\\"))
        if place.parent in roots:
            found[place] = Drive(place, place.name, _free(place), _serial(parts[0]))
    return tuple(sorted(found.values(), key=lambda drive: str(drive.path)))


def _serial(device: str, volumes: Path = _VOLUMES) -> str:
    """The serial number of a volume, by which the system links to its device."""
    try:
        wanted = Path(device).resolve()
        return next((link.name for link in sorted(volumes.iterdir()) if link.resolve() == wanted), "")
    except OSError:
        return ""


def _windows(kind_of: Callable[[str], int], name_of: Callable[[str], tuple[str, int | None]]) -> tuple[Drive, ...]:
    """Letters whose drive is removable and has a medium in it."""
    found = []
    for letter in string.ascii_uppercase[2:]:
        root = f"{letter}:\\"
        if kind_of(root) == _REMOVABLE and (free := _free(Path(root))) is not None:
            name, number = name_of(root)
            serial = "" if number is None else f"{number >> 16:04X}-{number & 0xFFFF:04X}"
            found.append(Drive(Path(root), f"{name} ({letter}:)".strip(), free, serial))
    return tuple(found)


def _free(path: Path) -> int | None:
    try:
        return shutil.disk_usage(path).free
    except OSError:
        return None


if sys.platform == "win32":
    import ctypes

    def _drive_type(root: str) -> int:
        return int(ctypes.windll.kernel32.GetDriveTypeW(root))

    def _volume_name(root: str) -> tuple[str, int | None]:
        name, serial = ctypes.create_unicode_buffer(261), ctypes.c_uint32()
        done = ctypes.windll.kernel32.GetVolumeInformationW(root, name, 261, ctypes.byref(serial), None, None, None, 0)
        return (name.value, serial.value) if done else ("", None)
