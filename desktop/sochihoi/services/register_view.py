"""The register of keys as a person looks at it: every key with its state, who approved it, and from when it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sochihoi.domain.exchange import Direction, TrustedKey
from sochihoi.domain.keys import KeyState, NoRegister
from sochihoi.services import registering
from sochihoi.services.register_making import RECOVERY, SENDER
from sochihoi.storage import keys as book

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work


@dataclass(frozen=True, slots=True)
class Line:
    """One key. ``approved_by``: names in order; ``last``: (epoch number, seq) up to which a revoked one counts.

    ``one_person``: it counts by one person's approval, and no earlier key vouched for it. ``key_file``: its bytes,
    where they are here.
    """

    unit: str
    name: str
    level: str
    role: str
    state: KeyState
    fingerprint: str
    digits: str
    scope: str = ""
    approved_by: tuple[str, ...] = ()
    one_person: bool = False
    approved_on: date | None = None
    from_version: int | None = None
    revoked_version: int | None = None
    last: tuple[int, int] | None = None
    why: str = ""
    replaces: str = ""
    key_file: bytes = b""

    @property
    def waits(self) -> bool:
        """Whether an approval is still to come."""
        return self.state in (KeyState.REQUESTED, KeyState.APPROVED_ONCE)


@dataclass(frozen=True, slots=True)
class View:
    """A whole register. ``number`` 0: none was made or taken in yet. ``ours``: made here; else of the level above."""

    unit: str
    number: int
    key: str
    manifest_hash: str
    ours: bool
    lines: tuple[Line, ...]

    @property
    def safe_key(self) -> bool:
        """Whether it names a key that lies in the safe."""
        return any(one.role == RECOVERY and one.state is KeyState.ACTIVE for one in self.lines)


def view(office: Office) -> View:
    """At a level above its own, with what still waits; at a commune the one that it took in.

    Raises ``NoRegister`` at a commune that has none.
    """
    if not office.is_receiver:
        return above(office)
    with office.read() as work:
        register = registering.newest(work, book.OUT)
        names = {one.id: one.name for one in work.accounts.all()}
        keys = book.every(work, Direction.SENDER)
    rows = () if register is None else tuple(row for row in register.rows if row["role"] != SENDER)
    mine = tuple(_of_row(row, demo=office.demo) for row in rows)
    lines = (*mine, *(_of_key(one, names) for one in keys))
    if register is None:
        return View(office.commune.code, 0, "", "", ours=True, lines=lines)
    return View(register.unit, register.number, register.key, register.manifest_hash, ours=True, lines=lines)


def above(office: Office) -> View:
    """The register that the level above signed. Raises ``NoRegister``."""
    with office.read() as work:
        register = registering.from_above(work)
    if register is None:
        raise NoRegister
    lines = tuple(_of_row(row, demo=register.demo) for row in register.rows)
    return View(register.unit, register.number, register.key, register.manifest_hash, ours=False, lines=lines)


def listed_here(office: Office, work: Work) -> bool | None:
    """Whether the level above's register has the present key of this unit; ``None`` before a register is here."""
    register = registering.from_above(work)
    if register is None:
        return None
    own = office.sending.keys()
    return any(row["id"] == f"{own.unit}/{own.fingerprint}" for row in register.lines(SENDER))


def _of_key(key: TrustedKey, names: Mapping[str, str]) -> Line:
    one = key.state is KeyState.ACTIVE and len(key.approved_by) < 2 and not key.replaces
    return Line(
        unit=key.unit_code,
        name=key.unit_name,
        level=key.level,
        role=SENDER,
        state=key.state,
        fingerprint=key.fingerprint,
        digits=key.digits,
        scope=key.scope,
        approved_by=tuple(names.get(who, "—") for who in key.approved_by),
        one_person=one,
        approved_on=key.trusted_on,
        from_version=key.from_version,
        revoked_version=key.revoked_version,
        last=key.last_trusted,
        why=key.revoked_why,
        replaces=key.replaces,
        key_file=key.keys,
    )


def _of_row(row: Mapping[str, Any], *, demo: bool) -> Line:
    keys = registering.public_of(row, demo=demo)
    return Line(
        unit=row["unit"],
        name=row["name"],
        level=row["level"],
        role=row["role"],
        state=KeyState.REVOKED if "revoked_version" in row else KeyState.ACTIVE,
        fingerprint=keys.fingerprint,
        digits=" ".join(keys.digits),
        scope=row.get("scope", ""),
        from_version=row["from_version"],
        revoked_version=row.get("revoked_version"),
        last=(row["last_epoch_no"], row["last_seq"]) if "last_seq" in row else None,
        why=row.get("why", ""),
        replaces=row.get("replaces", ""),
    )
