"""What can go wrong with a data folder, as facts."""

from __future__ import annotations

from dataclasses import dataclass

from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.storage.damage import Damage


@dataclass(eq=False)
class WrongPassword(UserError):
    """The password opens no wrap of the named account, or of any account."""

    account: str = ""


@dataclass(eq=False)
class NoPassword(UserError):
    """No password was given and nobody can be asked."""


@dataclass(eq=False)
class NoCommune(UserError):
    """The folder holds no data yet."""

    folder: str


@dataclass(eq=False)
class AlreadyHasData(UserError):
    """A commune would be made where one lies already."""

    folder: str


@dataclass(eq=False)
class FolderInUse(UserError):
    """Another window has the folder open."""

    folder: str


@dataclass(eq=False)
class FolderUnwritable(UserError):
    """The folder cannot be made or written."""

    folder: str


@dataclass(eq=False)
class DatabaseNewer(UserError):
    """A later version of the program made this database."""

    revision: str


@dataclass(eq=False)
class BadServerAddress(FieldProblem):
    """No address of a PostgreSQL server that this program can use. ``problem``: ``shape`` (cannot be read),
    ``database`` (names none), ``kind`` (another engine), ``option`` (one that hides the way: ``value`` names it),
    ``encoding`` (the database is not in UTF-8), ``version`` (older than 13).
    """


@dataclass(eq=False)
class ServerNotSecured(FieldProblem):
    """The way to the server would go over a network in clear (``clear``), or to whoever answers (``unproven``).
    ``value``: the host.
    """


@dataclass(eq=False)
class ServerAway(UserError):
    """The server does not answer, or not to this user."""

    server: str


@dataclass(eq=False)
class ServerNotProven(UserError):
    """The certificate of the server is not the one that its address asks for, or cannot be checked."""

    server: str


@dataclass(eq=False)
class ServerForbids(UserError):
    """The server answers, but its user may not do what this program needs."""

    server: str


@dataclass(eq=False)
class ServerBusy(UserError):
    """Another officer's long act kept us waiting too long; nothing was changed."""

    server: str


@dataclass(eq=False)
class ServerHasBook(UserError):
    """A unit would be made in a database that holds one already."""

    server: str


@dataclass(eq=False)
class NotOnServer(UserError):
    """An address of a server was named for a book that lies in its folder."""

    folder: str


@dataclass(eq=False)
class CopiedOnServer(UserError):
    """A copy of a file was asked for, or one to come in its place, where the records are on a server."""


@dataclass(eq=False)
class OtherBookThere(UserError):
    """The database behind another address holds no book, or not this one."""

    server: str


@dataclass(eq=False)
class SecretMissing(UserError):
    """Of a book on a server the file beside the keyring is missing, or does not open. ``file``: which."""

    file: str


@dataclass(eq=False)
class DatabaseDamaged(UserError):
    """The file does not hold what was written: nothing is changed, a backup can be restored."""

    findings: tuple[Damage, ...]


@dataclass(eq=False)
class BackupUnusable(UserError):
    """A backup file is damaged, incomplete, or no backup at all. ``problem`` is a short code."""

    file: str
    problem: str


@dataclass(eq=False)
class FileExists(UserError):
    """The output is there already and overwriting was not asked for."""

    file: str


@dataclass(eq=False)
class DiskFull(UserError):
    """The medium has no room left; what was saved before is whole."""

    file: str


@dataclass(eq=False)
class CannotWrite(UserError):
    """The path cannot be written: missing, locked, or not allowed."""

    file: str


@dataclass(eq=False)
class CannotRead(UserError):
    """The path cannot be read: missing, locked, or not allowed."""

    file: str


@dataclass(eq=False)
class KeyringMissing(UserError):
    """A database without its key file: nothing can open it. ``kept``: the generation before lies beside it."""

    folder: str
    kept: bool = False


@dataclass(eq=False)
class KeyringDamaged(CannotRead):
    """The key file does not hold what was written. ``problem`` is a short code; ``kept`` as above."""

    problem: str = ""
    kept: bool = False


@dataclass(eq=False)
class OtherUnit(UserError):
    """A backup of another unit would come in place of a book. Names are empty where nobody could read them."""

    file: str
    unit: str
    here: str


@dataclass(eq=False)
class NoCopy(UserError):
    """There is no automatic copy that could be tried."""

    folder: str


@dataclass(frozen=True, slots=True)
class LaterAct:
    """An act after another one: its code, when (UTC text), whom or what it is about."""

    act: str
    at: str
    names: tuple[str, ...] = ()


@dataclass(eq=False)
class UndoConflict(UserError):
    """A record changed again after the batch that would be undone, or another one stands on it. ``records`` are
    (noun, id); ``by`` the newest of the acts that did it, where somebody looked them up, ``more``: there are others."""

    records: tuple[tuple[str, str], ...]
    by: tuple[LaterAct, ...] = ()
    more: bool = False


@dataclass(eq=False)
class NothingToUndo(UserError):
    """There is no batch left that can be undone, or redone."""
