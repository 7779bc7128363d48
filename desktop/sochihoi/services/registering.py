"""The signed register: which keys count. What it says, out of the house, and into a commune; revoking."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sochihoi.domain.exchange import Direction, NoParentKey, NotAReceiver, TrustedKey
from sochihoi.domain.keys import KeyState, NoRegister, NoSuchKey, RegisterRefused
from sochihoi.domain.units import Level
from sochihoi.services import register_making
from sochihoi.services.register_making import ABOVE, RECOVERY, SENDER, Row
from sochihoi.storage import keys as book

if TYPE_CHECKING:
    from pathlib import Path

    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work
    from sochihoi.sync.identity import PublicKeys, Register

SIGNERS = "allowed_signers"
_RECEIVING = (Level.CENTRAL.name, Level.PROVINCE.name, Level.DISTRICT.name)


@dataclass(frozen=True, slots=True)
class Signed:
    """One version of a register: who signed it, its lines, its bytes."""

    number: int
    unit: str
    key: str
    rows: tuple[Row, ...]
    content: bytes
    manifest_hash: str
    file_name: str
    demo: bool

    def lines(self, role: str, *, revoked: bool = False) -> tuple[Row, ...]:
        """The lines of a role, those that no longer count only with ``revoked``."""
        return tuple(row for row in self.rows if row["role"] == role and (revoked or "revoked_version" not in row))


@dataclass(frozen=True, slots=True)
class Applied:
    """A register that was taken in at a commune. ``known``: it stood here already."""

    register: Signed
    known: bool


def keep(office: Office, work: Work, direction: str, content: bytes, state: str) -> None:
    """Put a signed register into the book."""
    from sochihoi.sync import carried
    from sochihoi.sync.envelope import inspect

    statement, _rows_there = carried.kept(content)
    row = {
        "id": office.new_id(),
        "direction": direction,
        "unit_code": statement.unit if direction == book.IN else "",
        "number": statement.number,
        "file_id": statement.file_id,
        "file_name": file_name(statement.unit, statement.number),
        "manifest_hash": inspect(content).manifest_hash,
        "sha256": hashlib.sha256(content).hexdigest(),
        "state": state,
        "facts": {"key": statement.key},
        "content": content,
        "on_day": office.today,
    }
    book.keep_register(work, row)


def file_name(unit: str, number: int) -> str:
    """``HPN_92_SOKHOA_0007.hpn``."""
    return f"HPN_{unit}_SOKHOA_{number:04}.hpn"


def newest(work: Work, direction: str, signers: Sequence[str] = ()) -> Signed | None:
    """The newest version made here (``OUT``) or taken from above (``IN``), of some signers only when they are named."""
    from sochihoi.sync import carried

    row = book.newest_register(work, direction, signers)
    if row is None:
        return None
    content = bytes(row["content"])
    statement, rows = carried.kept(content)
    return Signed(
        statement.number,
        statement.unit,
        statement.key,
        rows,
        content,
        row["manifest_hash"],
        row["file_name"],
        statement.demo,
    )


# ---------------------------------------------------------------------- in force


def in_force(work: Work) -> Signed | None:
    """The register that this unit goes by: its own where it is a level above, else the one of the level above.

    A register that another level above signed, before this commune changed over, no longer counts.
    """
    mine = newest(work, book.OUT)
    return mine if mine is not None else from_above(work)


def from_above(work: Work) -> Signed | None:
    """The newest register that the accepted level above signed."""
    parents = work.sync.trusted(Direction.PARENT)
    if not parents:
        return None
    signers = tuple(one for one in (parents[-1].fingerprint, parents[-1].replaces) if one)
    return newest(work, book.IN, signers)


def keys_of(work: Work, unit: str) -> PublicKeys | None:
    """The keys of another unit, as the register in force has them; ``None`` when it has none that count."""
    register = in_force(work)
    rows = () if register is None else tuple(row for row in register.lines(SENDER) if row["unit"] == unit)
    return public_of(rows[-1], demo=register.demo) if register is not None and rows else None


def units_in(work: Work) -> tuple[tuple[str, str], ...]:
    """(Code, name) of the units below whose keys count, as the register in force has them, by code."""
    register = in_force(work)
    return () if register is None else tuple(sorted((row["unit"], row["name"]) for row in register.lines(SENDER)))


def known_units(work: Work) -> Register:
    """The keys of all units in the register in force, those that were revoked with their last place."""
    from sochihoi.sync.identity import Entry, Register

    register = in_force(work)
    entries = []
    for row in () if register is None else register.lines(SENDER, revoked=True):
        last = (row["last_epoch_no"], row["last_seq"]) if "last_seq" in row else None
        public = public_of(row, demo=register is not None and register.demo)
        entries.append(Entry(public, revoked="revoked_version" in row, last_trusted=last))
    return Register(*entries)


def recipients(work: Work) -> tuple[PublicKeys, ...]:
    """Whom a report is locked for: the level above's working key, and its key in the safe once a register named it."""
    from sochihoi.sync.identity import PublicKeys

    parents, register = work.sync.trusted(Direction.PARENT), from_above(work)
    if not parents:
        return ()
    safe = () if register is None else register.lines(RECOVERY)
    return (PublicKeys.from_bytes(parents[-1].keys), *(public_of(row, demo=register.demo) for row in safe if register))


def public_of(row: Row, *, demo: bool) -> PublicKeys:
    """The keys that a line of a register names; ``demo`` as the register says."""
    from sochihoi.sync import sshsig
    from sochihoi.sync.identity import PublicKeys

    sign = sshsig.key_of_line(row["sign"])
    return PublicKeys(row["unit"], row["name"], row["level"], sign, row["age"], row["installation"], demo=demo)


# ---------------------------------------------------------------------- out of the house, and into a commune


def allowed_signers(register: Signed) -> str:
    """The keys that count, as ``ssh-keygen -Y verify -f`` reads them: one a line, the units below first.

    Each for what its holder signs: a unit below that is a level above itself for both.
    """
    from sochihoi.sync import sshsig

    signing = [
        (row, sshsig.FROM_BELOW + (sshsig.FROM_ABOVE if _receives(row) else ())) for row in register.lines(SENDER)
    ]
    signing += [(row, sshsig.FROM_ABOVE) for row in register.lines(ABOVE)]
    return "".join(
        f"{sshsig.allowed_signers_line(row['unit'], purposes, sshsig.key_of_line(row['sign']))}\n"
        for row, purposes in signing
    )


def _receives(row: Row) -> bool:
    return "scope" in row or row["level"] in _RECEIVING


def made_here(office: Office) -> Signed:
    """The newest register of this level above, made now where none says what stands here.

    Raises ``NotAReceiver``, ``NoRegister``.
    """
    if not office.is_receiver:
        raise NotAReceiver
    if office.may_write:
        with office.write("sync.register") as work:
            register_making.advance(office, work)
    with office.read() as work:
        found = newest(work, book.OUT)
    if found is None:
        raise NoRegister
    return found


def export(office: Office, out: Path, *, overwrite: bool = False) -> tuple[Path, Path, Signed]:
    """Write the newest register and ``allowed_signers`` beside it; both or none when one is there already.

    ``out`` is a file, or a folder that is there. Raises ``NotAReceiver``, ``FileExists``, ``DiskFull``,
    ``CannotWrite``.
    """
    from sochihoi.storage.errors import FileExists
    from sochihoi.storage.files import write_whole

    register = made_here(office)
    file = out / register.file_name if out.is_dir() else out
    signers = file.parent / SIGNERS
    for one in (file, signers):
        if one.exists() and not overwrite:
            raise FileExists(str(one))
    write_whole(file, register.content, overwrite=overwrite)
    write_whole(signers, allowed_signers(register).encode(), overwrite=overwrite)
    return file, signers, register


def apply(office: Office, data: bytes) -> Applied:
    """Take the register of the level above in: proven, of the accepted key, and never an older one than is here.

    Raises ``NoParentKey``, ``Refused``, ``RegisterRefused``.
    """
    from sochihoi.sync import carried
    from sochihoi.sync.identity import Entry, PublicKeys, Register
    from sochihoi.sync.manifest import Kind

    with office.read() as work:
        parents = work.sync.trusted(Direction.PARENT)
        if not parents:
            raise NoParentKey(office.commune.above_name)
        parent = PublicKeys.from_bytes(parents[-1].keys)
        before = from_above(work)
    found = carried.open_(data, Kind.REGISTER, Register(Entry(parent)), demo=office.demo)
    said = found.statement
    mine = next((row for row in found.rows if row["id"] == f"{parent.unit}/{parent.fingerprint}"), None)
    if mine is None or mine["role"] != ABOVE or mine["age"] != parent.age_key or "revoked_version" in mine:
        raise RegisterRefused("signer", said.number)
    if before is not None:
        if said.number == before.number and found.manifest_hash == before.manifest_hash:
            return Applied(before, known=True)
        if said.number < before.number:
            raise RegisterRefused("older", said.number, before.number)
        follows = said.number > before.number + 1 or said.prev == before.manifest_hash
        if said.number == before.number or not follows:
            raise RegisterRefused("chain", said.number, before.number)
    with office.write("sync.register") as work:
        keep(office, work, book.IN, found.content, "APPLIED")
        now = from_above(work)
    if now is None:
        raise NoRegister
    return Applied(now, known=False)


# ---------------------------------------------------------------------- revoking


def revoke(office: Office, unit: str, last: tuple[int, int] | None, reason: str) -> TrustedKey:
    """The key of a unit no longer counts, but for files up to ``last`` (epoch number, seq); what was taken until now
    when it is not said. Of a key that was revoked before, the last place and the reason are set anew; one that still
    waits for an approval goes away.

    Raises ``NotAReceiver``, ``NoSuchKey``, ``NotAllowed``.
    """
    from sochihoi.domain.vietnamese import nfc
    from sochihoi.services.trusting import ended

    if not office.is_receiver:
        raise NotAReceiver
    with office.write("sync.revoke") as work:
        every = book.every(work, Direction.SENDER, unit)
        states = (KeyState.ACTIVE, KeyState.REVOKED, KeyState.APPROVED_ONCE, KeyState.REQUESTED)
        key = next((one for state in states for one in reversed(every) if one.state is state), None)
        if key is None:
            raise NoSuchKey(unit)
        if key.state in (KeyState.REQUESTED, KeyState.APPROVED_ONCE):
            book.drop(work, key)
            return key
        now = ended(work, key, last, nfc(reason))
        book.put(work, now)
        register_making.advance(office, work)
        return next(one for one in book.every(work, Direction.SENDER, unit) if one.id == now.id)
