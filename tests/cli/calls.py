"""The program as a person starts it: another process, with its own streams."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import sochihoi
from tests.offices import PASSWORD

SCREEN = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def environment(home: Path, **more: str) -> dict[str, str]:
    """Nothing of this session's screen, and a user's folder of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in SCREEN}
    package = str(Path(sochihoi.__file__).parents[1])
    return kept | {"PYTHONPATH": package, "SOCHIHOI_HOME": str(home), "SOCHIHOI_PASSWORD": PASSWORD} | more


def start(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run it to its end."""
    return subprocess.run(
        [sys.executable, "-m", "sochihoi", *words],
        check=False,
        env=environment(home, **more),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        stdin=subprocess.DEVNULL,
    )
