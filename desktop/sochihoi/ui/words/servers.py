"""Words of a database server: what stands against using one, and what was seen of it. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochihoi.i18n import _
from sochihoi.storage.errors import (
    BadServerAddress,
    CopiedOnServer,
    NotOnServer,
    OtherBookThere,
    SecretMissing,
    ServerAway,
    ServerBusy,
    ServerForbids,
    ServerHasBook,
    ServerNotProven,
    ServerNotSecured,
)
from sochihoi.ui.words import Message, register

if TYPE_CHECKING:
    from sochihoi.storage.server_book import Seen

SAMPLE = "postgresql+psycopg://ten@may-chu/so_chi_hoi?sslmode=verify-full"


def at_rest() -> str:
    """What the officer must know before records are on a server."""
    return _(
        "On a server the program does not encrypt the records themselves: the disk of the server must be encrypted, and"
        " whoever administers the server can read them. The private keys and the key file stay in the folder on this"
        " computer."
    )


def seen_words(seen: Seen) -> str:
    """A server that answered, in a sentence or three."""
    way = {
        True: _("The way to it is encrypted (TLS)."),
        False: _("The way to it is not encrypted."),
        None: _("It is on this very computer."),
    }[seen.encrypted]
    told = _("The server answers: PostgreSQL {version}.").format(version=seen.version)
    book = _("It holds the book of {unit}.").format(unit=seen.unit) if seen.unit else _("Its database is still empty.")
    return f"{told} {way} {book}"


@register(BadServerAddress)
def _address(error: BadServerAddress) -> Message:
    write = _("Write it as in this example: {sample}").format(sample=SAMPLE)
    match error.problem:
        case "kind":
            return Message(_("“{kind}” is not an address of PostgreSQL.").format(kind=error.value), write)
        case "database":
            return Message(_("The address names no database."), write)
        case "option":
            told = _("With “{option}” nobody can see to which computer the address leads.")
            return Message(told.format(option=error.value), _("Name the computer in the address itself."))
        case "encoding":
            told = _("The database keeps its texts in {encoding}, which lacks Vietnamese letters.")
            return Message(told.format(encoding=error.value), _("Make the database anew with the encoding UTF8."))
        case "version":
            told = _("PostgreSQL {version} is too old for this program.")
            return Message(told.format(version=error.value), _("Version 13 or newer is needed on the server."))
        case _other:
            return Message(_("This address of a server cannot be read."), write)


@register(ServerNotSecured)
def _not_secured(error: ServerNotSecured) -> Message:
    if error.problem == "unproven":
        return Message(
            _("With sslmode=require alone nobody checks that {host} is the server meant.").format(host=error.value),
            _proof(),
        )
    return Message(_("The records would go over the network to {host} unencrypted.").format(host=error.value), _proof())


def _proof() -> str:
    return _(
        "Write sslmode=verify-full with sslrootcert=FILE, the certificate that the administrator of the server gives;"
        " where the user has a password, sslmode=require with channel_binding=require does it without a file."
    )


def unproven() -> str:
    """Of an address that was kept before this was asked for."""
    return (
        _("The server does not have to prove who it is: anyone on the way could answer in its place.") + " " + _proof()
    )


@register(ServerAway)
def _away(error: ServerAway) -> Message:
    return Message(
        _("The server {server} does not answer, or does not accept this user.").format(server=error.server),
        _("Check the network, the address and the password; everything saved before is on the server."),
    )


@register(ServerNotProven)
def _not_proven(error: ServerNotProven) -> Message:
    return Message(
        _("The server {server} does not prove that it is the one meant.").format(server=error.server),
        _(
            "Check the name in the address and the file of sslrootcert, or the password where channel_binding=require"
            " stands; ask the administrator of the server for them."
        ),
    )


@register(ServerForbids)
def _forbids(error: ServerForbids) -> Message:
    return Message(
        _("The server {server} does not allow its user to do this.").format(server=error.server),
        _("Ask the administrator of the server for a database that this user owns."),
    )


@register(ServerBusy)
def _busy(_error: ServerBusy) -> Message:
    return Message(
        _("Another officer's work on the server took too long; nothing was saved."),
        _("Wait a minute and do it again."),
    )


@register(ServerHasBook)
def _has_book(error: ServerHasBook) -> Message:
    return Message(
        _("The database {server} holds a book already.").format(server=error.server),
        _("Name an empty database, or take over the folder of an officer who works with that book."),
    )


@register(NotOnServer)
def _not_on_server(error: NotOnServer) -> Message:
    return Message(
        _("The book in {folder} is not on a server.").format(folder=error.folder),
        _("Open it without the address of a server."),
    )


@register(CopiedOnServer)
def _copied_there(_error: CopiedOnServer) -> Message:
    return Message(
        _("The records of this book are on a server; there is no file here that could be copied or replaced."),
        _("Its administrator copies and restores the database (pg_dump); keep a copy of this folder, it has the keys."),
    )


@register(OtherBookThere)
def _other_book(error: OtherBookThere) -> Message:
    return Message(
        _("The database {server} does not hold this book.").format(server=error.server),
        _("Check the name of the database; the address stays as it was."),
    )


@register(SecretMissing)
def _secret_missing(error: SecretMissing) -> Message:
    return Message(
        _("The file {file} beside the book's key is missing or damaged.").format(file=error.file),
        _("Put it back from a copy of this folder; without it the server cannot be reached or nothing be signed."),
    )
