"""A look at a book after a fault, through the real services: whole or not, and in which state."""

from __future__ import annotations

import hashlib
import json
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from sochihoi.services.backups import kept_in
from sochihoi.services.office import Office
from sochihoi.services.opening import open_office
from sochihoi.storage import backup, engine
from sochihoi.storage.errors import WrongPassword
from sochihoi.storage.folder import DataFolder
from sochihoi.storage.migrate import revision_of
from sochihoi.storage.vault import Keyring
from sochihoi.sync.names import recognise
from tests.exchange_data import MOMENT
from tests.offices import around
from tests.trust.operations import Operation

# What encryption makes anew each time: the bytes of a sealed file, and what follows from them
_SEALED = ("content", "sha256", "manifest_hash")
_OF_FILES = ("sent_file", "custody_step")


def digest(database: Path, key: bytes) -> str:
    """Of every row of every table; not of the bytes of sealed files, nor of the journal's chain (checked by itself)."""
    connection = engine.connect(database, key)
    try:
        whole = hashlib.sha256()
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name").fetchall()
        for (table,) in tables:
            rows = connection.execute(f'SELECT * FROM "{table}" ORDER BY 1')  # noqa: S608 - names of our own schema
            names = [column[0] for column in rows.description]
            for row in rows:
                whole.update(repr((table, _plain(table, dict(zip(names, row, strict=True))))).encode())
        return whole.hexdigest()
    finally:
        connection.close()


def _plain(table: str, row: dict[str, Any]) -> list[tuple[str, Any]]:
    if table in _OF_FILES:
        row = {name: value for name, value in row.items() if name not in _SEALED}
    if table == "journal":
        row = {name: value for name, value in row.items() if name not in ("prev", "hash")}
        if row["noun"] in _OF_FILES:
            for side in ("before", "after"):
                told = json.loads(row[side] or "{}")
                row[side] = sorted((n, str(v)) for n, v in told.items() if n not in _SEALED)
    return sorted(row.items())


def opening_passwords(operation: Operation, root: Path) -> dict[str, bytes]:
    """Those of the operation's passwords that open the keyring, and the key behind each."""
    path = root / "book" / "keyring.json"
    return _opening(path.read_bytes(), path, operation.passwords)


@cache
def _opening(_content: bytes, path: Path, passwords: tuple[str, ...]) -> dict[str, bytes]:
    """Stretching a password takes longer than anything else here: the same keyring is tried once."""
    ring, found = Keyring.read(path), {}
    for password in passwords:
        with suppress(WrongPassword):
            found[password] = ring.open(password)[0]
    return found


def look(operation: Operation, root: Path) -> dict[str, Any]:
    """``state``: which of the operation's states this is; ``wrong``: what is not as it must be."""
    book, wrong = root / "book", []
    before = _raw_state(operation, root) if operation.migrates else ""
    office = _opened(operation, book)
    if office is None:
        return {"state": "", "after": "", "wrong": ["no password opens it"]}
    wrong += [f"{path.name} was left half-made" for path in _half_made(book)]
    wrong += map(str, office.store.findings())
    wrong += _files(office, root)
    office.close()
    state = _raw_state(operation, root)
    wrong += _copies(operation, root, office.store.key)
    if DataFolder(book).marker.exists():
        wrong.append("the mark of an open book stayed")
    return {"state": before or state, "after": state, "wrong": wrong}


def _opened(operation: Operation, book: Path) -> Office | None:
    """As the officer does it: she tries the password that she has, then the one before."""
    for password in reversed(operation.passwords):
        with suppress(WrongPassword):
            return open_office(book, password, around=around("look", MOMENT))
    return None


def _half_made(book: Path) -> list[Path]:
    """What nobody would ever take away, were it not for the next start."""
    return [path for path in book.rglob("*") if ".part" in path.name or path.name.startswith("restore-")]


def _raw_state(operation: Operation, root: Path) -> str:
    opening = opening_passwords(operation, root)
    if not opening:
        return "no password"
    told = digest(root / "book" / "sochihoi.db", next(iter(opening.values())))
    return " ".join([told[:16], *opening])


def _files(office: Office, root: Path) -> list[str]:
    """A name that the officer carries away never stands on half a file."""
    receipts = office.is_receiver
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (root / "stick").glob("*.hpn")
        if (said := recognise(path.name)) is not None and (said.receipt is not None) == receipts
    }
    if receipts:
        with office.read() as work:
            known = {hashlib.sha256(content).hexdigest() for content in work.sync.receipts().values()}
        missing = []
    else:
        sent = office.sending.history()
        known = {one.sha256 for one in sent}
        here = [Path(one.written_to).name for one in sent if one.written_to.startswith(str(root))]
        missing = [f"{name} counts as written and is not there" for name in here if name not in found]
    return missing + [f"{name} is not whole" for name, sha256 in found.items() if sha256 not in known]


def _copies(operation: Operation, root: Path, key: bytes) -> list[str]:
    """Everything that is offered for restoring can be restored."""
    wrong = []
    offered = [one.path for place in (root / "book" / "backups", root / "stick") for one in kept_in(place)]
    offered += [root / "stick" / "copy.hpnbak"] if (root / "stick" / "copy.hpnbak").exists() else []
    for file in offered:
        with tempfile.TemporaryDirectory(dir=root) as made:
            try:
                backup.open_backup(file, operation.passwords[0], Path(made))
            except Exception as problem:  # noqa: BLE001 - judged by the test
                wrong.append(f"{file.name} is offered and cannot be restored: {problem!r}")
    for file in (root / "book" / "backups").glob("before-*.db"):
        said = engine.findings(file, key)
        if said or revision_of(file, key) != "0001":
            wrong.append(f"{file.name} is no copy of what was: {said}")
    return wrong
