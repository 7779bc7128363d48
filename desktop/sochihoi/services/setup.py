"""What is set up once and changed seldom: branches and cells, the commune's settings, who works here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from sochihoi.domain.accounts import Account, Role
from sochihoi.domain.errors import FieldProblem, NotAllowed, NotFound
from sochihoi.domain.units import Level, Unit
from sochihoi.domain.vietnamese import fold, nfc
from sochihoi.services.opening import Surroundings

if TYPE_CHECKING:
    from sochihoi.services.commune import Commune
    from sochihoi.services.commune_changes import CommuneChange
    from sochihoi.services.joining import Joining
    from sochihoi.services.office import Office
    from sochihoi.services.parting import Parting
    from sochihoi.services.reorganising import Reorganising
    from sochihoi.storage.glance import BranchRow
    from sochihoi.storage.work import Work

SHORTEST_PASSWORD = 10  # characters: a four-digit number is guessed in seconds by whoever has the file


@dataclass(eq=False)
class UnitInUse(FieldProblem):
    """A branch or cell that still has members would end."""

    members: int = 0


@dataclass(eq=False)
class NameEmpty(FieldProblem):
    """A branch, cell or account without a name."""


@dataclass(eq=False)
class NameTaken(FieldProblem):
    """Another branch, cell or account beside it has that name."""


@dataclass(eq=False)
class PasswordTooShort(FieldProblem):
    """Fewer characters than ``least``."""

    least: int = SHORTEST_PASSWORD


@dataclass(eq=False)
class LastChair(FieldProblem):
    """Nobody would be left who manages accounts."""


@dataclass(eq=False)
class BadNumberPattern(FieldProblem):
    """The pattern of report numbers cannot be filled: it needs ``{number}``, as in ``{number:02}/BC-BTV``."""


class Setup:
    """Units below the commune, settings, accounts."""

    def __init__(self, office: Office) -> None:
        self._office = office

    # ------------------------------------------------------------------ units

    @cached_property
    def reorganising(self) -> Reorganising:
        """Branches merge, split, are renamed from a day; cells move."""
        from sochihoi.services.reorganising import Reorganising

        return Reorganising(self._office)

    @cached_property
    def joining(self) -> Joining:
        """The book of another commune becomes part of this one."""
        from sochihoi.services.joining import Joining

        return Joining(self._office)

    @cached_property
    def parting(self) -> Parting:
        """Branches of this commune go to a new one."""
        from sochihoi.services.parting import Parting

        return Parting(self._office)

    def units(self) -> tuple[Unit, ...]:
        """Every unit of every time."""
        with self._office.read() as work:
            return work.units.all()

    def branches(self, on: date | None = None) -> tuple[Unit, ...]:
        """The branches of a day (today unless said), in Vietnamese order."""
        with self._office.read() as work:
            return work.units.of_level(Level.BRANCH, on or self._office.today)

    def cells(self, branch_id: str | None = None, on: date | None = None) -> tuple[Unit, ...]:
        """The cells of a branch, or of all."""
        with self._office.read() as work:
            return work.units.of_level(Level.CELL, on or self._office.today, branch_id)

    def branch_rows(self, *, ended: bool = False) -> tuple[BranchRow, ...]:
        """The branches as the set-up lists them, with how many members and cells; ``ended`` ones on request."""
        from sochihoi.storage.glance import branches

        with self._office.read() as work:
            return branches(work, self._office.today, ended=ended)

    def add_branches(self, names: Iterable[str], *, valid_from: date | None = None) -> tuple[Unit, ...]:
        """New branches, one a name; names that exist already are left out. The new ones."""
        with self._office.write("unit.add", dates=[valid_from]) as work:
            return self._add(work, Level.BRANCH, self._office.commune.unit_id, names, valid_from)

    def add_cells(self, branch_id: str, names: Iterable[str], *, valid_from: date | None = None) -> tuple[Unit, ...]:
        """New cells of a branch; names that the branch has already are left out."""
        with self._office.write("unit.add", dates=[valid_from]) as work:
            return self._add(work, Level.CELL, branch_id, names, valid_from)

    def _add(
        self, work: Work, level: Level, parent_id: str, names: Iterable[str], valid_from: date | None
    ) -> tuple[Unit, ...]:
        have = {fold(u.name) for u in work.units.of_level(level, self._office.today, parent_id)}
        new = []
        for name in (nfc(n) for n in names):
            if name and fold(name) not in have:
                have.add(fold(name))
                new.append(Unit(self._office.new_id(), level, name, parent_id=parent_id, valid_from=valid_from))
        work.units.add(*new)
        return tuple(new)

    def rename_unit(self, unit_id: str, name: str) -> None:
        """Another name for a branch or cell. Raises ``FieldProblem`` for an empty or taken name."""
        clean = nfc(name)
        with self._office.write("unit.rename") as work:
            unit = work.units.get(unit_id)
            beside = work.units.of_level(unit.level, self._office.today, unit.parent_id)
            if not clean:
                raise NameEmpty("name", "empty")
            if any(fold(u.name) == fold(clean) and u.id != unit_id for u in beside):
                raise NameTaken("name", "taken", clean)
            work.units.save(replace(unit, name=clean))

    def end_unit(self, unit_id: str, on: date) -> None:
        """The unit is no more from ``on``. Raises ``UnitInUse`` while members are placed there."""
        with self._office.write("unit.end", dates=[on]) as work:
            still = work.units.members_after(unit_id, on)
            if still:
                raise UnitInUse("unit", "in_use", members=still)
            work.units.save(replace(work.units.get(unit_id), valid_to=on))

    # ------------------------------------------------------------------ settings

    def save_commune(self, changed: Commune) -> None:
        """The settings of the unit: names, header lines, days, how its papers look.

        Raises ``BadNumberPattern``, ``OutsideTheDecree``, ``NoEndMark``, ``NotAllowed``.
        """
        self._save(changed, "commune.settings")

    def save_papers(self, changed: Commune) -> None:
        """The same for the look of papers: an act of its own, which can be taken back. Raises as ``save_commune``."""
        self._save(changed, "paper.settings")

    def _save(self, changed: Commune, act: str) -> None:
        from sochihoi.services import paper_settings

        check_pattern(changed.number_pattern)
        paper_settings.check(changed)
        with self._office.write(act) as work:
            changed.write(work)
        self._office.forget_commune()

    def change_commune(self, told: CommuneChange) -> Commune:
        """The commune was renamed, or merged: see ``commune_changes.change`` and what it raises."""
        from sochihoi.services import commune_changes

        return commune_changes.change(self._office, told)

    def setting(self, name: str, default: object = None) -> object:
        """A value kept under a name of its own."""
        with self._office.read() as work:
            found: object = work.settings.get(name, default)
            return found

    def keep(self, name: str, value: object) -> None:
        """Keep a value under a name."""
        with self._office.write("commune.settings") as work:
            work.settings.set(name, value)

    # ------------------------------------------------------------------ accounts: each act has its row in the journal

    def accounts(self) -> tuple[Account, ...]:
        """Who works here."""
        with self._office.read() as work:
            return work.accounts.all()

    def add_account(self, name: str, role: Role, password: str, around: Surroundings = Surroundings()) -> Account:  # noqa: B008
        """A new account with its own wrap of the key; wraps of accounts that the book does not know are cleared.

        Raises ``NotAllowed``, ``FieldProblem``.
        """
        self._manage("account.add")
        clean = nfc(name)
        check_password(password)
        if not clean:
            raise NameEmpty("name", "empty")
        if any(fold(a.name) == fold(clean) and a.active for a in self.accounts()):
            raise NameTaken("name", "taken", clean)
        account = Account(self._office.new_id(), clean, role)
        with self._office.write("account.add") as work:
            work.accounts.add(account)
            self._wrap(account, password, around, known={a.id for a in work.accounts.all()})
        return account

    def change_password(self, password: str, around: Surroundings = Surroundings()) -> None:  # noqa: B008
        """Another password for the account that works now; a viewer may, too."""
        check_password(password)
        # not through the door of the office: a viewer has a password as well
        with self._office.store.write("account.password") as work:
            work.note("account", self._office.account.id)
            self._wrap(self._office.account, password, around)

    def set_password(self, account_id: str, password: str, around: Surroundings = Surroundings()) -> None:  # noqa: B008
        """Another password for somebody who forgot hers. Raises ``NotAllowed``, ``NotFound``, ``FieldProblem``."""
        self._manage("account.password")
        check_password(password)
        found = next((a for a in self.accounts() if a.id == account_id and a.active), None)
        if found is None:
            raise NotFound("account", account_id)
        with self._office.write("account.password") as work:
            work.note("account", account_id)
            self._wrap(found, password, around)

    def end_account(self, account_id: str) -> None:
        """Take an account's way in. The last chair stays. Raises ``NotAllowed``, ``FieldProblem``."""
        from sochihoi.storage.vault import Keyring

        self._manage("account.end")
        found = {a.id: a for a in self.accounts() if a.active}
        chairs = [a for a in found.values() if a.role is Role.CHAIR]
        if account_id not in found:
            raise NotFound("account", account_id)
        if chairs == [found[account_id]]:
            raise LastChair("account", "last_chair", found[account_id].name)
        ring = Keyring.read(self._office.store.folder.keyring)
        ring.remove(account_id)
        with self._office.write("account.end") as work:
            work.accounts.save(replace(found[account_id], active=False))
            ring.save()

    def new_recovery_code(self, around: Surroundings = Surroundings()) -> str:  # noqa: B008
        """Another recovery code; the printed one before no longer opens anything."""
        from sochihoi.storage.vault import Keyring

        self._manage("account.recovery")
        ring = Keyring.read(self._office.store.folder.keyring)
        code = ring.set_recovery(self._office.store.key, around.random)
        with self._office.write("account.recovery") as work:
            work.note("account", self._office.account.id)
            ring.save()
        return code

    def _manage(self, act: str) -> None:
        if not self._office.account.role.may_manage:
            raise NotAllowed(self._office.account.role.name, act)

    def _wrap(
        self, account: Account, password: str, around: Surroundings, known: Collection[str] | None = None
    ) -> None:
        """Last in its transaction: a key file that cannot be written leaves no row of the journal behind.

        Ways in of accounts that are not ``known`` go, where that is told.
        """
        from sochihoi.storage.vault import Cost, Keyring, Wrap

        ring = Keyring.read(self._office.store.folder.keyring)
        for wrap in ring.accounts():
            if known is not None and wrap.account_id not in known:
                ring.remove(wrap.account_id)
        who = Wrap(account.id, account.name, account.role.name)
        ring.add(self._office.store.key, who, password, random=around.random, cost=around.cost or Cost())
        ring.save()


def check_pattern(pattern: str) -> None:
    """Whether a report number can be made with it. Raises ``BadNumberPattern``."""
    try:
        fits = pattern.format(number=7, type="BC") != pattern.format(number=8, type="BC")
    except (KeyError, IndexError, ValueError):
        fits = False
    if not fits:
        raise BadNumberPattern("number_pattern", "pattern", pattern)


def check_password(password: str) -> None:
    """Ten characters or more. Raises ``FieldProblem``."""
    if len(nfc(password)) < SHORTEST_PASSWORD:
        raise PasswordTooShort("password", "short")
