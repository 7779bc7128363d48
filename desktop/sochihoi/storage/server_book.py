"""A book on a PostgreSQL server. In the folder stay the keyring, the private keys and the address, all sealed."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, text

from sochihoi.storage import postgresql, vault
from sochihoi.storage.damage import Damage, DamageKind
from sochihoi.storage.errors import CannotRead, DatabaseNewer, OtherBookThere, SecretMissing
from sochihoi.storage.files import read_bytes, told, write_whole
from sochihoi.storage.folder import DataFolder
from sochihoi.storage.migrate import HEAD, REVISIONS, run_chain
from sochihoi.storage.work import Work

_ADDRESS: Final = "sochihoi server"
_IDENTITY: Final = "sochihoi identity"


class ServerBook:
    """The records are on a server, for several officers at once, each with a folder of her own."""

    def __init__(self, folder: DataFolder, key: bytes, address: str = "") -> None:
        self._folder = folder
        self._key = key
        self.url = postgresql.address(address or kept_address(folder, key), kept=not address)
        self._engine = postgresql.open_engine(self.url)
        self.identity, self.spare = (
            _opened(file, key, _IDENTITY) if file.exists() else b"" for file in (folder.identity, folder.spare_identity)
        )

    @property
    def server(self) -> str:
        """The server and the database, as they are told."""
        return postgresql.shown(self.url)

    @property
    def proven(self) -> bool:
        """Whether the server has to prove that it is the one meant."""
        return postgresql.proves(self.url)

    def prepare(self, now: datetime) -> str | None:
        """The chain runs in one transaction, whole or not at all, and one officer's program does it."""
        try:
            with self.translated():
                return self._brought_up()
        except BaseException:
            self._engine.dispose()
            raise

    def _brought_up(self) -> str | None:
        with self._engine.connect() as connection:
            postgresql.check(connection)
            was = revision(connection)
        if was == HEAD:
            return was
        if was is None and self._folder.server.exists():
            raise OtherBookThere(self.server)  # never an empty book in the place of a lost one
        with self._engine.connect().execution_options(writes=True) as connection, connection.begin():
            was = revision(connection)  # another officer may have been first
            if was is not None and was not in REVISIONS:
                raise DatabaseNewer(was)
            if was != HEAD:
                run_chain(connection)
        return was

    def open(self) -> Engine:
        return self._engine

    @contextmanager
    def translated(self) -> Iterator[None]:
        with postgresql.translated(self.server):
            yield

    def findings(self, *, quick: bool) -> tuple[Damage, ...]:
        """The chain of the journal and the records against it; the server answers for its own pages."""
        from sochihoi.storage import agreement, journal

        if quick:
            return ()
        with self.translated(), self._engine.connect() as connection:
            broken = journal.broken_links(connection)
            if broken:
                return (Damage(DamageKind.JOURNAL, len(broken), broken[0], "journal"),)
            astray = agreement.counted(agreement.disagreeing(Work(connection)))
        return tuple(Damage(DamageKind.RECORDS, count, noun=noun) for noun, count in astray.items())

    def fold(self, connection: Connection) -> None:
        """Nothing: the server keeps its own log."""

    def keep_identity(self, identity: bytes, before: bytes = b"") -> bytes:
        """Sealed beside the keyring; of it nothing goes to the server, which would refuse it."""
        if before:
            self._seal(self._folder.spare_identity, before, _IDENTITY)
            self.spare = before
        self._seal(self._folder.identity, identity, _IDENTITY)
        self.identity = identity
        return b""

    def forget_spare(self) -> None:
        self.spare = b""
        with told(self._folder.spare_identity):
            self._folder.spare_identity.unlink(missing_ok=True)

    def identity_in(self, file: Path) -> bytes:
        """The private keys in a sealed file of another folder of this book. Raises ``SecretMissing``."""
        return _opened(file, self._key, _IDENTITY)

    def keep_address(self) -> None:
        """This address from now on. Raises ``DiskFull``, ``CannotWrite``."""
        self._seal(self._folder.server, self.url.render_as_string(hide_password=False).encode(), _ADDRESS)

    def _seal(self, file: Path, content: bytes, purpose: str) -> None:
        write_whole(file, vault.sealed(self._key, content, purpose, random=secrets.token_bytes), overwrite=True)


@dataclass(frozen=True, slots=True)
class Seen:
    """A server that answered: its name without a password, its version, whether the way to it is encrypted (``None``:
    it stays on this computer), the unit whose book is there, and the hash of the first row of its journal (hex).
    """

    server: str
    version: str
    encrypted: bool | None
    unit: str = ""
    origin: str = ""


def look(address: str) -> Seen:
    """What is behind an address; nothing is changed. Raises ``BadServerAddress``, ``ServerNotSecured``, ``ServerAway``,
    ``ServerForbids``.
    """
    url = postgresql.address(address)
    engine = postgresql.open_engine(url)
    try:
        with postgresql.translated(postgresql.shown(url)), engine.connect() as connection:
            postgresql.check(connection)
            version = str(connection.execute(text("SHOW server_version")).scalar_one()).split()[0]
            raw: Any = connection.connection.driver_connection
            seen = Seen(postgresql.shown(url), version, postgresql.encrypted(url, raw))
            if revision(connection) is None:
                return seen
            unit = connection.execute(
                text("SELECT name FROM unit WHERE parent_id IS NULL ORDER BY id LIMIT 1")
            ).scalar()
            first = connection.execute(text("SELECT hash FROM journal WHERE n = 1")).scalar()
    finally:
        engine.dispose()
    return replace(seen, unit=str(unit or ""), origin="" if first is None else bytes(first).hex())


def revision(connection: Connection) -> str | None:
    """What the database was brought to; ``None`` for an empty one."""
    if connection.execute(text("SELECT to_regclass('alembic_version')")).scalar() is None:
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def kept_address(folder: DataFolder, key: bytes) -> str:
    """Raises ``SecretMissing``."""
    return _opened(folder.server, key, _ADDRESS).decode()


def _opened(file: Path, key: bytes, purpose: str) -> bytes:
    try:
        return vault.unsealed(key, read_bytes(file), purpose)
    except (CannotRead, ValueError) as problem:
        raise SecretMissing(str(file)) from problem
