"""The server that the records of a level above may be on: looking at one, and following it to another address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochihoi.domain.errors import NotAllowed
from sochihoi.storage.errors import NotOnServer, OtherBookThere

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.server_book import Seen


def look_at(address: str) -> Seen:
    """Whether a server answers, how the way to it is secured, and whose book it holds; nothing is changed.

    Raises ``BadServerAddress``, ``ServerNotSecured``, ``ServerAway``, ``ServerForbids``.
    """
    from sochihoi.storage.server_book import look

    return look(address)


def keep_address(office: Office, address: str) -> Seen:
    """The same book has another address from now on (another host, another password): it is looked at first, and kept
    for the next opening.

    Raises as ``look_at``, ``NotOnServer`` for a book in its folder, ``OtherBookThere``, ``NotAllowed``.
    """
    from sochihoi.storage.server_book import ServerBook

    store = office.store
    if not office.account.role.may_manage:
        raise NotAllowed(office.account.role.name, "commune.server")
    if not store.server:
        raise NotOnServer(str(store.folder.path))
    seen = look_at(address)
    with office.read() as work:
        here = work.sync.audit_hash(1)
    if seen.origin != here:
        raise OtherBookThere(seen.server)
    ServerBook(store.folder, store.key, address).keep_address()
    return seen
