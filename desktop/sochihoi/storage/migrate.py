"""Alembic at start: a verified copy first, each step whole or not at all, a newer database left alone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochihoi.storage import engine as files
from sochihoi.storage.errors import DatabaseNewer
from sochihoi.storage.files import give_name, told
from sochihoi.storage.folder import DataFolder
from sochihoi.storage.inspection import copy_checked

if TYPE_CHECKING:
    from sqlalchemy import Connection

HEAD: Final = "0005"
REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005")


def bring_up_to_date(folder: DataFolder, key: bytes, now: datetime) -> str | None:
    """Make or migrate the database; the revision it had, or ``None`` for a new one.

    Raises ``DatabaseNewer`` for a revision that this program does not know.
    """
    was = revision_of(folder.database, key)
    if was == HEAD:
        return was
    if was is not None and was not in REVISIONS:
        raise DatabaseNewer(was)
    if was is not None:
        keep_copy(folder, key, f"before-{HEAD}-{now:%Y%m%d-%H%M%S}")
    _upgrade(folder.database, key)
    return was


def revision_of(path: Path, key: bytes) -> str | None:
    """Read without Alembic: importing it costs half a second of every start."""
    if not path.exists():
        return None
    connection = files.connect(path, key)
    try:
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name='alembic_version'").fetchone()
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
        return None if row is None else str(row[0])
    finally:
        connection.close()


def keep_copy(folder: DataFolder, key: bytes, name: str) -> Path:
    """A copy that was opened, checked and compared row for row before it got its name. Raises ``DatabaseDamaged``."""
    with told(folder.backups):
        folder.backups.mkdir(exist_ok=True)
        part = folder.backups / f"{name}.part"
        part.unlink(missing_ok=True)
        copy_checked(folder.database, key, part)
        final = folder.backups / f"{name}.db"
        give_name(part, final)
    return final


def _upgrade(path: Path, key: bytes) -> None:
    engine = files.open_engine(path, key)
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            run_chain(connection)
    finally:
        engine.dispose()


def run_chain(connection: Connection) -> None:
    """Every step that is missing, in the transaction of this connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
