"""Making the signed register: the next version, at every change of a key."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sochihoi import __version__
from sochihoi.domain.exchange import Direction, TrustedKey
from sochihoi.domain.keys import KeyState
from sochihoi.storage import keys as book

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.services.registering import Signed
    from sochihoi.storage.work import Work
    from sochihoi.sync.identity import PublicKeys

Row = Mapping[str, Any]
ABOVE, RECOVERY, SENDER = "ABOVE", "RECOVERY", "SENDER"


def advance(office: Office, work: Work) -> Signed | None:
    """The next version, when what stands in it is another than in the newest one; ``None`` when nothing changed.

    Inside the unit of work of the change: a key never counts without the register that says so.
    """
    from sochihoi.services.registering import keep, newest
    from sochihoi.services.sending import own_keys
    from sochihoi.sync import carried
    from sochihoi.sync.manifest import Kind
    from sochihoi.sync.statement import Statement

    before = newest(work, book.OUT)
    number = 1 if before is None else before.number + 1
    identity, me = own_keys(office, work)
    rows = _rows(work, me, before, number)
    if before is not None and tuple(rows) == before.rows:
        return None
    statement = Statement(
        kind=Kind.REGISTER,
        file_id=office.new_id(),
        unit=me.unit,
        installation=me.installation,
        number=number,
        created=f"{office.now:%Y-%m-%dT%H:%M:%SZ}",
        app=__version__,
        prev=None if before is None else before.manifest_hash,
        demo=office.demo,
    )
    content = carried.seal(identity, statement, secrets.token_bytes, rows=rows)
    keep(office, work, book.OUT, content, "MADE")
    return newest(work, book.OUT)


def _rows(work: Work, me: PublicKeys, before: Signed | None, number: int) -> list[Row]:
    """Own keys, the key in the safe, and every key below that ever counted, each with its versions."""
    said = {row["id"]: row for row in before.rows} if before is not None else {}
    rows = {row["id"]: row for row in (*_own(work, me, said, number), *_safe(work, said, number))}
    for key in book.every(work, Direction.SENDER):
        now = _versioned(key, number)
        if now != key:
            book.put(work, now)
        if now.from_version is not None:
            row = _row_of(now)
            if row["id"] not in rows or now.state is KeyState.ACTIVE:
                rows[row["id"]] = row
    return [rows[name] for name in sorted(rows)]


def _versioned(key: TrustedKey, number: int) -> TrustedKey:
    if key.state is KeyState.ACTIVE and key.from_version is None:
        return replace(key, from_version=number)
    if key.state is KeyState.REVOKED and key.from_version is not None and key.revoked_version is None:
        return replace(key, revoked_version=number)
    return key


def _own(work: Work, me: PublicKeys, said: Mapping[str, Row], number: int) -> list[Row]:
    mine = _key_row(me, ABOVE, number)
    old = [row for row in said.values() if row["role"] == ABOVE and row["id"] != mine["id"]]
    present = said.get(mine["id"])
    if present is not None:
        mine["from_version"] = present["from_version"]
    standing = [row for row in old if "revoked_version" not in row]
    if present is not None and "replaces" in present:
        mine["replaces"] = present["replaces"]
    elif standing:
        mine["replaces"] = standing[0]["id"].partition("/")[2]
    return [mine, *({"revoked_version": number} | dict(row) for row in old)]


def _safe(work: Work, said: Mapping[str, Row], number: int) -> list[Row]:
    from sochihoi.sync.identity import PublicKeys

    told = book.recovery(work)
    old = {key: row for key, row in said.items() if row["role"] == RECOVERY}
    rows = []
    if told:
        row = _key_row(PublicKeys.from_bytes(str(told["keys"]).encode()), RECOVERY, number)
        rows.append(dict(old.pop(row["id"], row)))
    return [*rows, *({"revoked_version": number} | dict(row) for row in old.values())]


def _key_row(keys: PublicKeys, role: str, number: int) -> dict[str, Any]:
    from sochihoi.sync import sshsig

    return {
        "t": "key",
        "id": f"{keys.unit}/{keys.fingerprint}",
        "unit": keys.unit,
        "name": keys.name,
        "level": keys.level,
        "sign": sshsig.public_line(keys.sign_key),
        "age": keys.age_key,
        "installation": keys.installation,
        "role": role,
        "from_version": number,
    }


def _row_of(key: TrustedKey) -> Row:
    from sochihoi.sync.identity import PublicKeys

    row = _key_row(PublicKeys.from_bytes(key.keys), SENDER, key.from_version or 1)
    told = {"scope": key.scope, "replaces": key.replaces, "revoked_version": key.revoked_version}
    row |= {name: value for name, value in told.items() if value}
    if key.revoked_version is not None:
        if key.last_trusted is not None:
            row |= {"last_epoch_no": key.last_epoch_no, "last_seq": key.last_seq}
        row |= {"why": key.revoked_why} if key.revoked_why else {}
    return row
