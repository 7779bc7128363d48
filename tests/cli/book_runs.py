"""The command line on a small closed book, as a process of its own; and what the book holds afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from sochihoi.services.opening import open_office
from sochihoi.storage.inspection import contents
from tests.offices import PASSWORD, around, make_office

DESKTOP = Path(__file__).parents[2] / "desktop"


def run(*words: str, around_it: tuple[str, ...] = (), **names: str) -> tuple[int, str]:
    """Exit code and standard error; nothing on standard output, no traceback. ``around_it``: words before ours."""
    done = subprocess.run(
        [*around_it, sys.executable, "-m", "sochihoi", *words],
        env={**os.environ, "PYTHONPATH": str(DESKTOP), "SOCHIHOI_PASSWORD": PASSWORD, **names},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


def small_book(folder: Path) -> Path:
    """A closed book with two branches in ``folder/data``, and a backup of it beside that."""
    office = make_office(folder / "data")
    office.setup.add_branches(["Ấp An Hòa", "Ấp Trà Cuôn"])
    office.backups.make(folder / "copy.hpnbak")
    office.close()
    return folder / "data"


def state(data: Path) -> str:
    """The digest of every record; the book opens and is whole."""
    office = open_office(data, PASSWORD, around=around("look"))
    try:
        assert office.store.findings() == ()
        return contents(office.store.folder.database, office.store.key).state
    finally:
        office.close()


def names(data: Path) -> set[str]:
    """What lies in the folder, without what only an open book has."""
    return {file.name for file in data.iterdir()} - {"lock", "open.marker", "sochihoi.db-wal", "sochihoi.db-shm"}
