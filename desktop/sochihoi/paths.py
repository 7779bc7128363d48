"""Where data, resources, catalogues and logs are: in the source tree, in an installed wheel, in a frozen program."""

from __future__ import annotations

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


def default_data() -> Path:
    """Where the commune lies when ``--data`` is not given."""
    return home() / "commune"
