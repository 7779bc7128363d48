"""The keys of a unit whose book is on a server: each officer's folder has them, the records say which ones count.

Whoever renews them changes her own folder alone. Another officer's PC notices by the records, and neither signs nor
opens anything until she has brought the new keys there.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.errors import UserError
from sochihoi.domain.keys import KeysDoNotFit, KeysElsewhere
from sochihoi.storage import keys as book
from sochihoi.storage.errors import NotOnServer, SecretMissing

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work
    from sochihoi.sync.identity import Identity


def keep(office: Office, work: Work, identity: Identity) -> None:
    """These keys count from now on; of a book in its folder nothing needs to be said."""
    if office.store.server:
        told = {"key": identity.fingerprint, "by": office.account.name, "on": office.today.isoformat()}
        book.keep_in_force(work, told)


def in_force(office: Office, work: Work, identity: bytes) -> Identity:
    """The secrets of this PC, when they are those that count. Raises ``KeysElsewhere``, ``SecretMissing``."""
    from sochihoi.sync.identity import Identity

    store = office.store
    if not store.server:
        return Identity.from_bytes(identity)
    if not identity:
        raise SecretMissing(str(store.folder.identity))
    told = book.in_force(work)
    # of a renewal that broke off both generations lie here, and the records say how it ended
    for one in (identity, *filter(None, (store.book.spare,))):
        found = Identity.from_bytes(one)
        if not told or told["key"] == found.fingerprint:
            return found
    raise KeysElsewhere(told["by"], date.fromisoformat(told["on"]))


def check(office: Office, work: Work) -> None:
    """The same, before something that was made outside of this unit of work is kept in it."""
    if office.store.server:
        in_force(office, work, work.sync.installation().identity)


def trouble(office: Office) -> UserError | None:
    """Why this PC neither signs nor opens anything; ``None`` when it does."""
    with office.read() as work:
        try:
            check(office, work)
        except (KeysElsewhere, SecretMissing) as problem:
            return problem
    return None


def take(office: Office, file: Path) -> None:
    """Bring the keys that count into this folder, from the file of a colleague's folder.

    Raises ``NotOnServer``, ``KeysDoNotFit`` (of another book, damaged, or not those that count), ``DiskFull``,
    ``CannotWrite``.
    """
    from sochihoi.storage.server_book import ServerBook
    from sochihoi.sync.identity import Identity

    store = office.store
    if not isinstance(store.book, ServerBook):
        raise NotOnServer(str(store.folder.path))
    try:
        brought = store.book.identity_in(file)
    except SecretMissing as problem:
        raise KeysDoNotFit(file.name) from problem
    with office.read() as work:
        told = book.in_force(work)
    if Identity.from_bytes(brought).fingerprint != told.get("key"):
        raise KeysDoNotFit(file.name)
    store.book.keep_identity(brought)
    store.book.forget_spare()
