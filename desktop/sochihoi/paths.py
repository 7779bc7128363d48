"""Where data, resources, catalogues and logs are: in the source tree, in an installed wheel, in a frozen program."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path

APP = "SoChiHoi"


def root() -> Path:
    """The folder that holds ``resources`` and ``i18n``."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen)
    return Path(__file__).resolve().parents[2]


def resources() -> Path:
    """Definitions, lists of units, style sheet: data, never code."""
    return root() / "resources"


def built() -> Path:
    """Fonts, icons and catalogues made at set-up; never kept in the repository."""
    return resources() / "built"


def catalogues() -> Path:
    """Compiled catalogues: ``<lang>/LC_MESSAGES/sochihoi.mo``."""
    return built() / "locale"


def home() -> Path:
    """The folder of this user's data, on a local disk. ``SOCHIHOI_HOME`` overrides it (tests, portable use)."""
    override = os.environ.get("SOCHIHOI_HOME")
    if override:
        return Path(override)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / APP
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "sochihoi"


def pack(data: Path) -> Path:
    """The folder beside a commune's book whose definitions and lists of units correct those of the program."""
    return data / "pack"


def certificates(data: Path) -> Path:
    """The folder beside a commune's book with the root certificates that it trusts: ``.pem``, ``.crt``, ``.cer``."""
    return data / "certificates"


def default_data() -> Path:
    """Where the commune lies when ``--data`` is not given."""
    return home() / "commune"


def _last_file() -> Path:
    """Beside the data folders, not in one: it belongs to this user of this PC, not to a commune."""
    return home() / "last-opened.json"


def last_opened() -> Path | None:
    """The data folder that the window opened last; it may be gone. ``None`` before the first, or when nobody can
    read what was kept.
    """
    try:
        told = json.loads(_last_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    folder = told.get("folder") if isinstance(told, dict) else None
    return Path(folder) if isinstance(folder, str) and Path(folder).is_absolute() else None


def remember_opened(folder: Path) -> None:
    """Keep which data folder was opened last. What cannot be kept is not: nobody is stopped from working by it."""
    file = _last_file()
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    told = json.dumps({"folder": str(folder.absolute())}, ensure_ascii=False)
    with contextlib.suppress(OSError):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(told, encoding="utf-8")
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)


def holds_book(folder: Path) -> bool:
    """Whether a data folder has a book in it; ``False`` also where nobody may look, or on a disk that is away."""
    try:
        return (folder / "keyring.json").is_file()
    except OSError:
        return False
