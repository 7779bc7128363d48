"""A PostgreSQL of our own for the tests: a cluster in a temporary folder, reached by a socket there and, where a test
asks for it, by TLS from this computer. It knows nothing of a cluster that the system may have.
"""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any

try:
    import pwd
except ImportError:  # on Windows the tests of a server skip
    pwd = None  # type: ignore[assignment]

USER = "sochihoi"
HOST = "may-chu.test"
KEEPER = "keeper"  # has a password, and with TLS must show that she knows it
MISSING = "PostgreSQL is not installed"
# what is lost in a power cut is of no interest here
_QUICK = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=64MB",
    "max_connections=40",
    "max_wal_size=256MB",
)


def programs() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``, of the newest version; Debian keeps them out of the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    named = shutil.which("initdb")
    if found:
        return found[-1].parent
    return Path(named).resolve().parent if named else None


def account() -> str | None:
    """Who runs it: nobody in particular, because root may not; ``None`` when we are somebody already."""
    if os.geteuid() != 0:
        return None
    known = {one.pw_name for one in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


class Cluster:
    """It runs. Databases are made on demand, each of its own name."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self._programs = programs
        self._count = 0
        self._template = ""
        self.newest = ""  # the address of the database that was made last
        self._made: list[str] = []
        self.port = 5432  # it names the socket; with TLS it is another one, that is free

    def database(self, *, empty: bool = False) -> str:
        """A new database; its address. Unless ``empty``, the chain of migrations ran in it once, for all of them."""
        self._count += 1
        name = f"book_{self._count}"
        template = "template0" if empty else self._migrated()
        self.sql("postgres", f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'")
        self._made.append(name)
        self.newest = self.address(name)
        return self.newest

    def forget(self) -> None:
        """Drop the databases that were made on demand: 780 files each, which would all go away at the end at once."""
        for name in self._made:
            self.sql("postgres", f"DROP DATABASE {name} WITH (FORCE)")
        self._made.clear()

    def _migrated(self) -> str:
        if not self._template:
            from sochihoi.storage import postgresql
            from sochihoi.storage.migrate import run_chain

            self.sql("postgres", "CREATE DATABASE chain TEMPLATE template0 ENCODING 'UTF8'")
            engine = postgresql.open_engine(postgresql.address(self.address("chain")))
            with engine.connect().execution_options(writes=True) as connection, connection.begin():
                run_chain(connection)
            engine.dispose()
            self._template = "chain"
        return self._template

    def address(self, name: str) -> str:
        """Of a database, by the socket."""
        return f"postgresql+psycopg://{USER}@/{name}?host={self.folder}&port={self.port}"

    def secured(self, address: str, host: str = HOST, **options: str) -> str:
        """The same database over TCP, under a name of the network that leads to this computer."""
        name = address.partition("@/")[2].partition("?")[0]
        more = "".join(f"&{option}={value}" for option, value in options.items())
        return f"postgresql+psycopg://{USER}@{host}:{self.port}/{name}?hostaddr=127.0.0.1{more}"

    @property
    def certificate(self) -> Path:
        """Of the server with TLS; it vouches for itself."""
        return self.folder / "server.crt"

    def sql(self, database: str, statement: str) -> list[tuple[object, ...]]:
        """One statement past the program, as an administrator or a thief would give it."""
        import psycopg

        with psycopg.connect(
            host=str(self.folder), port=self.port, user=USER, dbname=database, autocommit=True
        ) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def dumped(self, address: str) -> bytes:
        """Everything in a database, as its administrator would carry it away."""
        name = address.partition("@/")[2].partition("?")[0]
        command = [str(self._programs / "pg_dump"), "-h", str(self.folder), "-U", USER, "--inserts", name]
        return subprocess.run(command, check=True, capture_output=True).stdout

    def at(self, address: str, statement: str) -> list[tuple[object, ...]]:
        """The same on the database of an address."""
        return self.sql(address.partition("@/")[2].partition("?")[0], statement)


@contextmanager
def running(*, durable: bool = False, secured: bool = False, small: bool = False) -> Iterator[Cluster]:
    """A cluster from its making to its end. ``durable``: with its log on the disk at every commit, as a real one has.
    ``secured``: it also listens on 127.0.0.1, to TLS alone. ``small``: it may lie in memory, where there is room.

    Raises ``LookupError`` with a sentence where PostgreSQL is not installed.
    """
    found = None if pwd is None else programs()
    if found is None:
        raise LookupError(MISSING)
    who = account()
    folder = Path(
        tempfile.mkdtemp(prefix="pg-", dir=_memory() if small else None)
    )  # short: the path of a socket has at most 107 letters
    try:
        if who is not None:
            shutil.chown(folder, who)
        run = _runner(found, who)
        data = folder / "data"
        run("initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        settings = [f"unix_socket_directories={folder}", "listen_addresses=", *(() if durable else _QUICK)]
        made = Cluster(folder, found)
        if secured:
            made.port = _free_port()
            _make_certificate(folder, who)
            known = f"hostssl all {KEEPER} 127.0.0.1/32 scram-sha-256"
            (data / "pg_hba.conf").write_text(f"local all all trust\n{known}\nhostssl all all 127.0.0.1/32 trust\n")
            settings[1] = "listen_addresses=127.0.0.1"
            settings += [f"port={made.port}", "ssl=on", f"ssl_cert_file={made.certificate}"]
            settings += [f"ssl_key_file={folder / 'server.key'}"]
        options = " ".join(f"-c {one}" if not one.endswith("=") else f"-c {one}''" for one in settings)
        run("pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "-s", "start")
        try:
            yield made
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "-s", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def between(port: int, folder: Path) -> Iterator[int]:
    """Somebody who answers in the server's place under a certificate of her own and passes everything on; her port."""
    _make_certificate(folder, None)
    mine, theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    mine.load_cert_chain(folder / "server.crt", folder / "server.key")
    theirs.check_hostname, theirs.verify_mode = False, ssl.CERT_NONE

    def pass_on(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)

    def serve(client: socket.socket) -> None:
        with suppress(OSError), client, socket.create_connection(("127.0.0.1", port)) as server:
            asked = client.recv(8)  # SSLRequest
            server.sendall(asked)
            client.sendall(server.recv(1))  # "S"
            with mine.wrap_socket(client, server_side=True) as left, theirs.wrap_socket(server) as right:
                up = Thread(target=pass_on, args=(left, right), daemon=True)
                up.start()
                pass_on(right, left)
                up.join(10)

    def accept() -> None:
        with suppress(OSError):
            while True:
                Thread(target=serve, args=(listening.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        Thread(target=accept, daemon=True).start()
        yield int(listening.getsockname()[1])
        listening.shutdown(socket.SHUT_RDWR)


def _memory() -> Path | None:
    """A folder in memory with room for the log and some databases: making one there takes a fifth of the time."""
    place = Path("/dev/shm")  # noqa: S108 - not for secrets, but for speed
    return place if place.is_dir() and shutil.disk_usage(place).free > 2**31 else None


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _make_certificate(folder: Path, who: str | None) -> None:
    """``server.crt`` and ``server.key``, as an administrator would make them for a server inside an office."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    began = datetime.now(UTC) - timedelta(hours=1)
    built = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    built = built.not_valid_before(began).not_valid_after(began + timedelta(days=2))
    built = built.add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
    built = built.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    pem = serialization.Encoding.PEM
    (folder / "server.crt").write_bytes(built.sign(key, hashes.SHA256()).public_bytes(pem))
    secret = folder / "server.key"
    secret.touch(mode=0o600)
    plain = serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    if who is not None:
        shutil.chown(secret, who)


def _runner(programs: Path, who: str | None) -> Callable[..., None]:
    def run(name: str, *arguments: object) -> None:
        told: dict[str, Any] = {}
        if who is not None:
            told = {"user": who, "group": pwd.getpwnam(who).pw_gid, "extra_groups": []}
        command = [str(programs / name), *(str(one) for one in arguments)]
        # its output to nowhere: a server that was started would keep a pipe open
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **told)

    return run
