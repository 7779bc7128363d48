"""One plausible file of each carried kind between the invented units.

What the golden files are made of; gzip and signatures give the same bytes each time, age does not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sochihoi.sync import carried, sshsig
from sochihoi.sync.envelope import inspect
from sochihoi.sync.identity import PublicKeys
from sochihoi.sync.manifest import Kind
from sochihoi.sync.statement import Statement
from tests.sync.samples import (
    ABOVE,
    ABOVE_KEYS,
    COMMUNE,
    COMMUNE_KEYS,
    NEIGHBOUR_KEYS,
    RECOVERY_KEYS,
    STRANGER,
    draft,
    stream,
    uuid,
)

LOST_KEYS = STRANGER.public_keys(unit="31136", name="Xã Mẫu Hai", level="COMMUNE", installation=uuid("lost pc"))
TARGETS = """source = { title = "Kế hoạch của Hội LHPN tỉnh Mẫu", year = 2026 }

[[targets]]
id = "bicycles_n"
title = { vi = "Xe đạp tặng học sinh nghèo", en = "Bicycles for poor pupils" }
numerator = { vi = "xe đạp đã tặng", en = "bicycles given" }
period = "annual"
level = "commune"
direction = "at_least"
measured = "count"
value = 5
"""
WOMAN = {"full_name": "Nguyễn Thị Hoa", "birth": "1971-03-08", "joined": "2010", "core_member": True}
BOOK = b"the bytes of a backup, which is encrypted by itself\n"


def key_line(keys: PublicKeys, role: str, **more: Any) -> dict[str, Any]:
    """A line of a register."""
    told = {"t": "key", "id": f"{keys.unit}/{keys.fingerprint}", "unit": keys.unit, "name": keys.name}
    told |= {"level": keys.level, "sign": sshsig.public_line(keys.sign_key), "age": keys.age_key}
    return {**told, "installation": keys.installation, "role": role, "from_version": 1} | more


def file_line(name: str, text: str) -> dict[str, Any]:
    """A line of a pack."""
    return {"t": "file", "id": name, "text": text, "sha256": hashlib.sha256(text.encode()).hexdigest()}


LINES: Mapping[Kind, Sequence[Mapping[str, Any]]] = {
    Kind.REGISTER: (
        key_line(ABOVE_KEYS, "ABOVE"),
        key_line(RECOVERY_KEYS, "RECOVERY"),
        key_line(COMMUNE_KEYS, "SENDER"),
        key_line(
            *(LOST_KEYS, "SENDER"), scope="31136", revoked_version=2, last_epoch_no=1, last_seq=0, why="Mất máy tính"
        ),
        key_line(NEIGHBOUR_KEYS, "SENDER", from_version=2, replaces=LOST_KEYS.fingerprint),
    ),
    Kind.DEFPACK: (file_line("targets/2026.toml", TARGETS),),
    Kind.TRANSFER: ({"t": "member", "id": uuid("hoa"), "values": WOMAN},),
    Kind.HANDOVER: (),
}


def made(kind: Kind, **changes: Any) -> bytes:
    """A file of this kind: registers and packs by the level above, tickets and hand-overs by the commune."""
    identity, keys = (ABOVE, ABOVE_KEYS) if kind in (Kind.REGISTER, Kind.DEFPACK) else (COMMUNE, COMMUNE_KEYS)
    about: dict[Kind, dict[str, Any]] = {
        Kind.REGISTER: {},
        Kind.DEFPACK: {"id": "mau-2026", "effective": "2026-12-01", "expires": "2027-12-31"},
        Kind.TRANSFER: {"ticket": uuid("ticket")},
        Kind.HANDOVER: {"epoch": draft().epoch, "epoch_no": 1, "seq": 0, "audit": {"n": 17, "head": "ab" * 32}},
    }
    statement = Statement(
        kind,
        uuid(f"{kind.value} file"),
        keys.unit,
        keys.installation,
        1,
        "2026-11-22T08:00:00Z",
        "0.1.0",
        about=about[kind],
    )
    return carried.seal(
        identity,
        replace(statement, **changes),
        stream(kind.value),
        rows=LINES[kind],
        recipients=(NEIGHBOUR_KEYS,) if kind is Kind.TRANSFER else (),
        body=BOOK if kind is Kind.HANDOVER else b"",
    )


def second_register() -> bytes:
    """Version 2, which names the one before."""
    return made(Kind.REGISTER, number=2, prev=inspect(made(Kind.REGISTER)).manifest_hash)


def handed_over(seq: int, mh: str) -> bytes:
    """A hand-over after the file ``seq``, whose manifest is ``mh``."""
    at = {"epoch": draft().epoch, "epoch_no": 1, "seq": seq, "mh": mh, "into": uuid("new pc")}
    return made(Kind.HANDOVER, about={**at, "audit": {"n": 17, "head": "ab" * 32}})
