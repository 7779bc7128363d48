"""Backups that somebody changed and packed again, with everything outside the database fitting."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from sochihoi.storage import engine

Members = dict[str, bytes]


def members_of(file: Path) -> Members:
    """Name to content."""
    with zipfile.ZipFile(file) as container:
        return {entry.filename: container.read(entry) for entry in container.infolist()}


def pack(out: Path, members: Members) -> Path:
    """A container of them in this order; what ``info.json`` says of the database's bytes is made to fit."""
    info = json.loads(members["info.json"])
    info["sha256"] = sha256(members["sochihoi.db"]).hexdigest()
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as container:
        for name, content in {**members, "info.json": json.dumps(info).encode()}.items():
            container.writestr(name, content)
    out.write_bytes(made.getvalue())
    return out


def changed(file: Path, out: Path, key: bytes, change: Callable[[Any], object]) -> Path:
    """The same backup with its database changed by whoever has the key."""
    members = members_of(file)
    with tempfile.TemporaryDirectory() as made:
        database = Path(made) / "sochihoi.db"
        database.write_bytes(members["sochihoi.db"])
        raw = engine.connect(database, key)
        change(raw)
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()
        members["sochihoi.db"] = database.read_bytes()
    return pack(out, members)


def make_newer(raw: Any) -> None:
    """As a later version of the program would leave it."""
    raw.execute("UPDATE alembic_version SET version_num='9999'")


def break_chain(raw: Any) -> None:
    """Somebody rewrote a line of the journal."""
    raw.execute("DROP TRIGGER journal_no_update")
    raw.execute("UPDATE journal SET act='member.add' WHERE n=3")
