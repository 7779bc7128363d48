"""A book in its folder: one encrypted file, its migrations, its checks."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, Engine

from sochihoi.storage import engine as files
from sochihoi.storage.damage import Damage
from sochihoi.storage.errors import CannotWrite, NotOnServer
from sochihoi.storage.folder import DataFolder
from sochihoi.storage.migrate import bring_up_to_date


class Book(Protocol):
    """Where the records are. ``identity``: the private keys where they are kept apart from the records, else empty;
    ``spare``: those before them, while nobody knows whether a renewal was kept;
    ``server``: how the server is told, without a password; empty for a file. ``proven``: it has to prove who it is.
    """

    identity: bytes
    spare: bytes

    @property
    def server(self) -> str: ...

    @property
    def proven(self) -> bool: ...

    def prepare(self, now: datetime) -> str | None:
        """Make or migrate it; the revision it had, ``None`` for a new one. Raises what opening may meet."""

    def open(self) -> Engine:
        """An engine whose units of work begin as the store wants them."""

    def translated(self) -> AbstractContextManager[None]:
        """What the database says, as problems with words."""

    def findings(self, *, quick: bool) -> tuple[Damage, ...]:
        """What a check says; empty when all is whole."""

    def fold(self, connection: Connection) -> None:
        """What is to be done before the last connection ends."""

    def keep_identity(self, identity: bytes, before: bytes = b"") -> bytes:
        """Keep private keys where they belong, those ``before`` them too until ``forget_spare``; what of them goes into
        the records.
        """

    def forget_spare(self) -> None:
        """The renewal was kept: what was before it goes."""

    def keep_address(self) -> None:
        """Keep in the folder where the records are."""


class LocalBook:
    """Everything is in the one file, the private keys too."""

    identity = spare = b""
    server = ""
    proven = True

    def __init__(self, folder: DataFolder, key: bytes) -> None:
        self._folder = folder
        self._key = key

    def prepare(self, now: datetime) -> str | None:
        path = self._folder.database
        if path.exists() and not os.access(path, os.W_OK):
            raise CannotWrite(str(path))  # said now, not when the first act is lost
        with self.translated():
            return bring_up_to_date(self._folder, self._key, now)

    def open(self) -> Engine:
        return files.open_engine(self._folder.database, self._key)

    def translated(self) -> AbstractContextManager[None]:
        return files.translated(self._folder.database)

    def findings(self, *, quick: bool) -> tuple[Damage, ...]:
        from sochihoi.storage.inspection import damage_of

        return damage_of(self._folder.database, self._key, quick=quick)

    def fold(self, connection: Connection) -> None:
        raw = connection.connection.driver_connection
        if raw is not None:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def keep_identity(self, identity: bytes, before: bytes = b"") -> bytes:
        return identity

    def forget_spare(self) -> None:
        pass  # both are rows of the one file

    def keep_address(self) -> None:
        pass  # they are in the folder


def book_of(folder: DataFolder, key: bytes, address: str = "") -> Book:
    """The book of a folder. ``address``: of the server that a new one is to be on, or that this one is on now.

    Raises ``NotOnServer``, ``SecretMissing``, ``BadServerAddress``, ``ServerNotSecured``.
    """
    if folder.database.exists() or not (address or folder.server.exists()):
        if address:
            raise NotOnServer(str(folder.path))
        return LocalBook(folder, key)
    from sochihoi.storage.server_book import ServerBook

    return ServerBook(folder, key, address)
