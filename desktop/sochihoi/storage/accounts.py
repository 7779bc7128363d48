"""Who works here: name and role. Passwords are not here but in the keyring, as wraps of the key."""

from __future__ import annotations

from sqlalchemy import select

from sochihoi.domain.accounts import Account
from sochihoi.storage.mapping import from_row, from_rows, to_row
from sochihoi.storage.schema import account
from sochihoi.storage.work import Work


class Accounts:
    """The accounts of one commune."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, new: Account) -> None:
        """A new account."""
        self._work.insert(account, [to_row(new)])

    def save(self, changed: Account) -> None:
        """A changed account."""
        row = to_row(changed)
        self._work.update(account, {changed.id: {k: v for k, v in row.items() if k != "id"}})

    def get(self, account_id: str) -> Account:
        """Raises ``NotFound``."""
        return from_row(Account, self._work.get(account, account_id))

    def all(self) -> tuple[Account, ...]:
        """Every account, in the order of making."""
        return from_rows(Account, self._work.rows(select(account).order_by(account.c.id)))
