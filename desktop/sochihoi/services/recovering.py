"""Another password by the printed recovery code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.vietnamese import nfc
from sochihoi.services.opening import Surroundings, find_book, open_office
from sochihoi.storage.damage import Damage, DamageKind
from sochihoi.storage.errors import DatabaseDamaged

if TYPE_CHECKING:
    from sochihoi.services.office import Office


def recover(
    path: Path,
    code: str,
    user: str,
    password: str,
    *,
    around: Surroundings = Surroundings(),  # noqa: B008
) -> Office:
    """Give an account another password by the printed recovery code, and open the book with it.

    Raises ``WrongPassword`` for a wrong code, ``NotFound`` for an unknown account, ``FieldProblem`` for a short
    password, ``NoCommune``, ``FolderInUse``. The code goes on working: it stands on paper in the safe.
    """
    from sochihoi.domain.errors import NotFound
    from sochihoi.services.setup import check_password
    from sochihoi.storage.store import Store
    from sochihoi.storage.vault import Cost, Keyring

    check_password(password)
    folder = find_book(path)
    ring = Keyring.read(folder.keyring)
    key = ring.open_with_recovery(code)
    if not folder.has_book:
        raise DatabaseDamaged((Damage(DamageKind.MISSING),))
    store = Store(folder, key, now=around.now, ids=around.ids, demo=ring.demo_password is not None)
    try:
        with store.read() as work:
            known = {one.id for one in work.accounts.all()}
        who = next((wrap for wrap in ring.accounts() if wrap.name == nfc(user) and wrap.account_id in known), None)
        if who is None:
            raise NotFound("account", user)
        store.account_id = who.account_id
        with store.write("account.recover") as work:
            work.note("account", who.account_id)
            # the row and the ring together: without the one the other does not come about
            ring.add(key, who, password, random=around.random, cost=around.cost or Cost())
            ring.save()
    finally:
        store.close()
    return open_office(path, password, who.name, around=around)
