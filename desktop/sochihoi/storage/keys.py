"""Keys through their life, and the signed registers that tell of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from sochihoi.domain.exchange import Direction, TrustedKey
from sochihoi.domain.keys import KeyState
from sochihoi.storage.mapping import from_rows, to_row
from sochihoi.storage.schema import carried_file, trusted_key
from sochihoi.storage.work import Work

REGISTER = "REGISTER"
OUT, IN = "OUT", "IN"
_RECOVERY, _ROTATED, _IN_FORCE = "sync.recovery", "sync.rotated", "sync.in_force"


def every(work: Work, direction: Direction, unit: str = "") -> tuple[TrustedKey, ...]:
    """Keys of every state, by unit, the newest of a unit last; of one unit alone when it is named."""
    query = select(trusted_key).where(trusted_key.c.direction == direction.name)
    if unit:
        query = query.where(trusted_key.c.unit_code == unit)
    return from_rows(TrustedKey, work.rows(query.order_by(trusted_key.c.unit_code, trusted_key.c.id)))


def last_changes(work: Work, key_ids: Sequence[str]) -> dict[str, str]:
    """When each of some keys changed last (UTC), as the journal has it: of a revoked one the moment of that."""
    from sochihoi.storage import journal

    changed: dict[str, str] = {}
    if key_ids:
        for one in journal.of_record(work.connection, key_ids):
            changed.setdefault(one.record_id, one.at)
    return changed


def put(work: Work, key: TrustedKey) -> None:
    """A key as it stands now, whether it is new or changed."""
    work.put(trusted_key, [to_row(key)])


def drop(work: Work, key: TrustedKey) -> None:
    """A key that was asked for and never counted goes away; the journal keeps it."""
    if key.state not in (KeyState.REQUESTED, KeyState.APPROVED_ONCE):
        raise ValueError(key.state)
    work.erase(trusted_key, [key.id])


def newest_register(work: Work, direction: str, signers: Collection[str] = ()) -> Mapping[Any, Any] | None:
    """The newest signed register with its bytes: made here (``OUT``) or taken from above (``IN``).

    ``signers``: fingerprints; with any, only registers that one of them signed.
    """
    which = (carried_file.c.kind == REGISTER, carried_file.c.direction == direction)
    query = select(carried_file.c.id, carried_file.c.facts).where(*which).order_by(carried_file.c.id.desc())
    for row in work.rows(query):
        if not signers or row["facts"].get("key") in signers:
            return work.get(carried_file, row["id"])
    return None


def register_number(work: Work) -> int:
    """The number of the newest register that was made here; 0 before the first."""
    which = (carried_file.c.kind == REGISTER, carried_file.c.direction == OUT)
    return int(work.value(select(func.max(carried_file.c.number)).where(*which)) or 0)


def keep_register(work: Work, row: Mapping[str, Any]) -> None:
    """Keep a signed register: ``row`` has the columns of ``carried_file`` without the kind."""
    work.insert(carried_file, [{"kind": REGISTER, **row}])


def recovery(work: Work) -> dict[str, Any]:
    """The public half of the key for the safe: ``keys`` (key file as text) and ``made_on``; or nothing."""
    found = work.settings.get(_RECOVERY)
    return dict(found) if isinstance(found, dict) else {}


def keep_recovery(work: Work, told: Mapping[str, Any]) -> None:
    """Keep that. The secret half is nowhere in the book."""
    work.settings.set(_RECOVERY, dict(told))


def in_force(work: Work) -> dict[str, str]:
    """Of a book on a server: which keys of this unit count (``key``, a fingerprint), who made them (``by``, a name) and
    when (``on``, an ISO date); nothing for a book in its folder.
    """
    found = work.settings.get(_IN_FORCE)
    return dict(found) if isinstance(found, dict) else {}


def keep_in_force(work: Work, told: Mapping[str, str]) -> None:
    """Keep that, for the PCs of the other officers."""
    work.settings.set(_IN_FORCE, dict(told))


def rotated(work: Work) -> str:
    """The key file that the key before signed too, as text; empty when the keys were never renewed."""
    return str(work.settings.get(_ROTATED) or "")


def keep_rotated(work: Work, key_file: str) -> None:
    """Keep that."""
    work.settings.set(_ROTATED, key_file)
