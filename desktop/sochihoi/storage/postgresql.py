"""A PostgreSQL server: its address, its connections, what it says. Imported only where a book is on one."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import unquote

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from sochihoi.domain.errors import UserError
from sochihoi.storage.damage import Damage, DamageKind
from sochihoi.storage.errors import (
    BadServerAddress,
    DatabaseDamaged,
    DiskFull,
    ServerAway,
    ServerBusy,
    ServerForbids,
    ServerNotProven,
    ServerNotSecured,
)

OLDEST: Final = 130000
WAIT: Final = 120
"""Seconds that an act waits for the one before it: a drop of hundreds of files is an act a file, but a rehearsal of
such a drop is one act."""
_DRIVER = "postgresql+psycopg"
_PROVEN = ("verify-ca", "verify-full")
# encrypted, but with whom? A program of this project took it from early offices, and still opens what they keep
_UNPROVEN = "require"
# a service file names a host that nobody has checked here
_HIDING = ("service", "servicefile")
# One writer at a time, as in the embedded file (BEGIN IMMEDIATE): the lock is the first thing that a unit of work
# takes, so that everything it reads is the newest state, and the journal's chain has one end. READ COMMITTED, because
# only then do the statements after the lock see what the writer before committed; SERIALIZABLE would turn every two
# officers who receive at once into one who must begin anew. See decision 0014.
_WRITES = (
    "SET TRANSACTION ISOLATION LEVEL READ COMMITTED READ WRITE",
    f"SET LOCAL lock_timeout = '{WAIT}s'",
    "SELECT pg_advisory_xact_lock(hashtextextended('sochihoi ' || coalesce(current_schema(), ''), 0))",
)
# One state for everything that a page shows
_READS = ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",)


def address(text: str, *, kept: bool = False) -> URL:
    """The address, with the driver that is used here. Raises ``BadServerAddress``, ``ServerNotSecured``.

    ``postgresql+psycopg://user@host/database?sslmode=verify-full``, or without a host for a local socket. ``kept``:
    one that was taken before; it may lead to a server that does not prove itself.
    """
    try:
        url = make_url(text.strip())
    except (ArgumentError, ValueError) as problem:
        raise BadServerAddress("database_url", "shape", "") from problem
    if url.drivername not in ("postgresql", "postgres", _DRIVER):
        raise BadServerAddress("database_url", "kind", url.drivername)
    if not url.database:
        raise BadServerAddress("database_url", "database", "")
    for option in _HIDING:
        if option in url.query or os.environ.get(f"PG{option.upper()}"):
            raise BadServerAddress("database_url", "option", option)
    away = _far(url)
    mode = url.query.get("sslmode")
    if away and mode not in (*_PROVEN, _UNPROVEN):
        raise ServerNotSecured("database_url", "clear", away)
    if away and not kept and not proves(url):
        raise ServerNotSecured("database_url", "unproven", away)
    return url.set(drivername=_DRIVER)


def proves(url: URL) -> bool:
    """Whether the server must prove that it is the one meant: by a certificate, or by knowing the user's password
    (with channel binding nobody can stand between); nothing is asked of this very computer.
    """
    bound = url.query.get("channel_binding") == "require" and url.query.get("sslmode") == _UNPROVEN
    return not _far(url) or url.query.get("sslmode") in _PROVEN or bound


def _far(url: URL) -> str:
    """The first host that is another computer; empty without any."""
    return next((host for host in _hosts(url) if not _stays_here(host)), "")


def _hosts(url: URL) -> list[str]:
    """Every host that libpq may try; none is the local socket."""
    told = [url.host or ""]
    for name in ("host", "hostaddr"):
        given = url.query.get(name, ())
        told += [given] if isinstance(given, str) else given
    if not any(told):
        told += [os.environ.get("PGHOST", ""), os.environ.get("PGHOSTADDR", "")]
    return [host for one in told for host in one.split(",") if host]


def _stays_here(host: str) -> bool:
    """A socket in the file system, or this computer itself."""
    if host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def encrypted(url: URL, raw: Any) -> bool | None:
    """Whether a connection of the driver goes through TLS; ``None`` where it does not leave this computer."""
    if raw.pgconn.ssl_in_use:
        return True
    return None if all(_stays_here(host) for host in _hosts(url)) else False


def shown(url: URL) -> str:
    """The address without its password, for people to read."""
    return unquote(url.set(password=None).render_as_string())


def open_engine(url: URL) -> Engine:
    """An engine whose units of work begin as ``engine.open_engine`` has them begin."""
    engine = create_engine(
        url,
        pool_size=2,
        max_overflow=2,
        pool_pre_ping=True,  # the server may have been started anew since
        connect_args={"connect_timeout": 10, "client_encoding": "UTF8", "application_name": "sochihoi"},
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        writes = connection.get_execution_options().get("writes", False)
        for statement in _WRITES if writes else _READS:
            connection.exec_driver_sql(statement)

    return engine


# SQLSTATE: the first two characters are the class
_AWAY = ("08", "57")
_FORBIDDEN = ("28", "42501", "3D", "3F")
_BUSY = ("55P03", "40", "57014")
_DAMAGED = ("XX001", "XX002")
_FULL = ("53100",)
_STRANGE = ("certificate", "channel binding")


def translation(problem: BaseException, server: str) -> UserError | None:
    """What somebody can mend in what the server said; ``None`` for a fault of ours."""
    import psycopg

    cause = getattr(problem, "orig", problem)
    state = getattr(cause, "sqlstate", None) or ""
    if state.startswith(_FULL):
        return DiskFull(server)
    if state.startswith(_DAMAGED):
        return DatabaseDamaged((Damage(DamageKind.UNREADABLE),))
    if state.startswith(_BUSY):
        return ServerBusy(server)
    if state.startswith(_FORBIDDEN):
        return ServerForbids(server)
    # a connection that cannot be made, or broke, has no state
    if not state and isinstance(cause, psycopg.OperationalError) and any(one in str(cause) for one in _STRANGE):
        return ServerNotProven(server)
    if state.startswith(_AWAY) or (not state and isinstance(cause, psycopg.OperationalError)):
        return ServerAway(server)
    return None


@contextmanager
def translated(server: str) -> Iterator[None]:
    """Turn what the server says into a problem with words; anything else stays as it is."""
    import psycopg

    try:
        yield
    except (psycopg.Error, DBAPIError) as problem:
        told = translation(problem, server)
        if told is None:
            raise
        raise told from problem


def check(connection: Any) -> None:
    """Whether the database can hold a book. Raises ``BadServerAddress``."""
    version = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one())
    if version < OLDEST:
        raise BadServerAddress("database_url", "version", str(version // 10000))
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        raise BadServerAddress("database_url", "encoding", encoding)
