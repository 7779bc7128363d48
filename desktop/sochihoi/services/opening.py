"""Making a commune or a level above, and opening one."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi.domain.accounts import Account, Role
from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.ids import IdMaker, new_id
from sochihoi.domain.units import Level, Unit
from sochihoi.domain.vietnamese import nfc
from sochihoi.services.commune import Commune
from sochihoi.services.office import Office
from sochihoi.storage.damage import Damage, DamageKind
from sochihoi.storage.errors import (
    AlreadyHasData,
    DatabaseDamaged,
    FolderInUse,
    KeyringMissing,
    NoCommune,
    OtherBookThere,
    ServerHasBook,
    WrongPassword,
)
from sochihoi.storage.folder import DataFolder

if TYPE_CHECKING:
    from sochihoi.services.official_units import OfficialCommune
    from sochihoi.storage.store import Store
    from sochihoi.storage.work import Work

RandomBytes = Callable[[int], bytes]
Begin = Callable[[Office, "Work"], None]


def utc_now() -> datetime:
    """The moment, UTC."""
    return datetime.now(UTC)


SENDS_ON = 5  # a level above sends on after its units, whose files are due on the second


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What differs between a PC, a demonstration and a test: the clock, randomness, ids, the cost of a password."""

    now: Callable[[], datetime] = utc_now
    random: RandomBytes = secrets.token_bytes
    ids: IdMaker = new_id
    cost: Any = None  # storage.vault.Cost; None = the default
    demo: bool = False


@dataclass(eq=False)
class BadUnitCode(FieldProblem):
    """A code of a unit that could not stand in a key file: up to 32 letters without marks, digits, dots, hyphens."""


@dataclass(frozen=True, slots=True)
class Made:
    """A new commune, open, and the recovery code that is shown once and printed."""

    office: Office
    recovery_code: str


def make_commune(
    path: Path,
    commune: OfficialCommune,
    *,
    above: str,
    above_level: str = "PROVINCE",
    password: str,
    officer: str = "",
    around: Surroundings = Surroundings(),
    begin: Begin | None = None,
) -> Made:
    """A sender: a commune of the official list under a level above. ``begin``: what is in the book from the first, in
    the transaction that makes it.

    Raises ``NameEmpty`` for a level above without a name, ``AlreadyHasData`` and storage errors.
    """
    from sochihoi.services.setup import NameEmpty

    if not nfc(above):
        raise NameEmpty("above_name", "empty")
    full = f"{commune.kind} {commune.name}"
    settings = Commune(
        code=commune.code,
        name=full,
        short_name=commune.name,
        kind=commune.kind,
        province=commune.province_name,
        above_name=nfc(above),
        above_level=above_level,
        union_line=f"HỘI LHPN {full.upper()}",
        place=full[:1].upper() + full[1:],
        recipients=(f"- {nfc(above)};", "- Lưu: VT."),
    )
    root = Unit(id=around.ids(), code=commune.code, level=Level.COMMUNE, name=full)
    return _make(path, settings, root, password, officer, around, begin=begin)


def make_receiver(
    path: Path,
    *,
    code: str,
    name: str,
    level: Level = Level.PROVINCE,
    above: str = "",
    above_level: str = Level.CENTRAL.name,
    password: str,
    officer: str = "",
    server: str = "",
    around: Surroundings = Surroundings(),
) -> Made:
    """A level above, of any level: it receives and adds up. ``above``: the name of its own, to which it sends on.
    ``server``: the address of the PostgreSQL server that its records are to be on; what opens them stays in the folder.

    Raises ``BadUnitCode``, ``NameEmpty``, ``AlreadyHasData``, ``ServerHasBook`` and storage errors.
    """
    from sochihoi.services.setup import NameEmpty
    from sochihoi.sync.shapes import UNIT

    if not UNIT.fullmatch(nfc(code)):
        raise BadUnitCode("code", "shape", nfc(code))
    if not nfc(name):
        raise NameEmpty("name", "empty")
    settings = Commune(
        code=nfc(code),
        name=nfc(name),
        short_name=nfc(name),
        receiver=True,
        above_name=nfc(above),
        above_level=above_level,
        send_day=SENDS_ON,
        union_line=f"HỘI LHPN {nfc(name).upper()}",
    )
    root = Unit(id=around.ids(), code=nfc(code), level=level, name=nfc(name))
    return _make(path, settings, root, password, officer, around, server)


def level_of_code(code: str) -> Level:
    """Two digits are a province, five a commune, ``TW`` is the centre; anything else is an affiliated unit."""
    from sochihoi.services.official_units import CENTRE

    if code == CENTRE.code:
        return Level.CENTRAL
    return {2: Level.PROVINCE, 5: Level.COMMUNE}.get(len(code) if code.isdigit() else 0, Level.AFFILIATED)


def _make(
    path: Path,
    settings: Commune,
    root: Unit,
    password: str,
    officer: str,
    around: Surroundings,
    server: str = "",
    begin: Begin | None = None,
) -> Made:
    from dataclasses import replace

    from sochihoi.storage.store import Store
    from sochihoi.storage.vault import Cost, Keyring, Wrap

    folder = DataFolder(path)
    folder.acquire()
    try:
        if folder.keyring.exists() or folder.half_restored.exists():
            raise AlreadyHasData(str(path))
        if folder.old_keyring.exists() or any(folder.backups.glob("*.hpnbak")):
            raise KeyringMissing(str(path), folder.old_keyring.exists())
        _set_unfinished_aside(folder, around)
        key = around.random(32)
        account = Account(around.ids(), nfc(officer) or "Cán bộ Hội", Role.CHAIR)
        ring = Keyring.new(folder.keyring, demo_password=password if around.demo else None)
        who = Wrap(account.id, account.name, account.role.name)
        ring.add(key, who, password, random=around.random, cost=around.cost or Cost())
        code = ring.set_recovery(key, around.random)
        store = Store(folder, key, now=around.now, ids=around.ids, demo=around.demo, server=server)
    except BaseException:
        folder.release()
        raise
    try:
        office = Office(store, account)
        with store.write("commune.make") as work:
            if work.accounts.all():
                raise ServerHasBook(store.server)
            work.accounts.add(account)
            work.units.add(root)
            replace(settings, unit_id=root.id).write(work)
            _give_identity(work, office, around)
            if begin is not None:
                begin(office, work)
            if server:  # a server never holds a unit whose keys are nowhere: without the folder no unit comes about
                store.book.keep_address()
                ring.save()
        # last: until the keyring stands, an interrupted making can simply be begun again
        if not server:
            ring.save()
    except BaseException:
        if server:
            for begun in (folder.keyring, folder.identity, folder.server):
                begun.unlink(missing_ok=True)
        store.close()
        raise
    return Made(office, code)


def _set_unfinished_aside(folder: DataFolder, around: Surroundings) -> None:
    """A database without a keyring is a making that broke off: nobody can open it, but nothing is ever deleted."""
    from sochihoi.storage.files import told

    with told(folder.path):
        for name in ("sochihoi.db", "sochihoi.db-wal", "sochihoi.db-shm", "server.sealed", "identity.sealed"):
            file = folder.path / name
            if file.exists():
                file.rename(folder.path / f"unfinished-{around.now():%Y%m%d-%H%M%S}-{name}")


def _give_identity(work: Any, office: Office, around: Surroundings) -> None:
    from sochihoi.services import shared_keys
    from sochihoi.storage.schema import installation
    from sochihoi.sync.identity import Identity

    identity = Identity.generate(around.random)
    row = {
        "id": around.ids(),
        "identity": office.store.book.keep_identity(identity.to_bytes()),
        "epoch": around.ids(),
        "epoch_no": 1,
        "parent": "",
        "made_on": office.today,
    }
    work.insert(installation, [row])
    shared_keys.keep(office, work, identity)


def open_office(
    path: Path,
    password: str,
    user: str | None = None,
    *,
    around: Surroundings = Surroundings(),
    server: str = "",
) -> Office:
    """Open the data of a folder; ``server``: where its records are now, when the kept address no longer leads there.

    Raises ``NoCommune``, ``KeyringMissing``, ``KeyringDamaged``, ``WrongPassword``,
    ``FolderInUse``, ``DatabaseNewer``, ``DatabaseDamaged``, ``OtherBookThere`` and what a server says.
    """
    from sochihoi.storage.store import Store
    from sochihoi.storage.vault import Keyring

    folder = find_book(path)
    ring = Keyring.read(folder.keyring)
    key, who = ring.open(password, user)
    if not folder.has_book:
        # never an empty book in the place of a lost one
        raise DatabaseDamaged((Damage(DamageKind.MISSING),))
    store = Store(folder, key, now=around.now, ids=around.ids, demo=ring.demo_password is not None, server=server)
    if store.demo and around.now is utc_now and store.floor is not None:
        # a demonstration stays in the month that it was made for: opened a year later, nothing in it is overdue
        last = store.floor
        store.now = lambda: last
    try:
        _look_after_unclean_end(store)
        with store.read() as work:
            account = next((one for one in work.accounts.all() if one.id == who.account_id), None)
        if account is None or (store.server and not account.active):
            # an adding that broke off between the key file and the book, or an older book put back beside a newer
            # key file: the way in stays where it is, for the newer book; whoever adds an account clears it. Of a book
            # on a server each PC has a key file of its own, which outlives the account
            raise OtherBookThere(store.server) if store.server and account is None else WrongPassword(user or "")
    except BaseException:
        store.close()
        raise
    return Office(store, account)


def _look_after_unclean_end(store: Store) -> None:
    """The last end was a power cut or a kill: no work on a file that does not hang together.

    Raises ``DatabaseDamaged``. The mark of the unclean end stays until an end is clean, so the next start looks again.
    """
    if not store.unclean:
        return
    found = store.findings(quick=True)
    if found:
        store.close(clean=False)
        raise DatabaseDamaged(found)


def find_book(path: Path) -> DataFolder:
    """The folder of a book that can be opened. A restoring that broke off is taken back first.

    Raises ``NoCommune`` when nothing is there, ``KeyringMissing`` for a database without its key file.
    """
    folder = DataFolder(path)
    if folder.half_restored.exists():
        _take_back(folder)
    if folder.keyring.exists():
        return folder
    if folder.has_book:
        raise KeyringMissing(str(path), folder.old_keyring.exists())
    raise NoCommune(str(path))


def _take_back(folder: DataFolder) -> None:
    from sochihoi.storage.backup import take_back
    from sochihoi.storage.files import told

    try:
        folder.acquire()
    except FolderInUse:
        return  # it is going on right now
    try:
        with told(folder.path):
            take_back(folder)
    finally:
        folder.release()
