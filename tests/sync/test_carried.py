"""Registers, packs, tickets and hand-overs: sealed, looked at, opened, refused."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from sochihoi.sync import carried
from sochihoi.sync.envelope import inspect
from sochihoi.sync.errors import Code, Refused, Why
from sochihoi.sync.identity import Entry, Identity, PublicKeys, Register
from sochihoi.sync.manifest import Kind
from sochihoi.sync.statement import Statement

UUID = "018bcfe5-6800-7001-b575-a1d391bf17a4"


def random_bytes(count: int) -> bytes:
    return hashlib.shake_256(b"carried").digest(count)


ABOVE = Identity(b"\1" * 32, b"\2" * 32)
BELOW = Identity(b"\3" * 32, b"\4" * 32)
ABOVE_KEYS = ABOVE.public_keys(unit="92", name="Hội LHPN tỉnh", level="PROVINCE", installation=UUID)
BELOW_KEYS = BELOW.public_keys(unit="31135", name="Hội LHPN phường", level="COMMUNE", installation=UUID)
REGISTER = Register(Entry(ABOVE_KEYS), Entry(BELOW_KEYS))
TEXT = '[[target]]\nid = "hh_pass_pct"\n'

ABOUT: dict[Kind, dict[str, Any]] = {
    Kind.REGISTER: {},
    Kind.DEFPACK: {"id": "campaign-2026", "effective": "2026-12-01"},
    Kind.TRANSFER: {"ticket": UUID},
    Kind.HANDOVER: {"epoch": UUID, "epoch_no": 1, "seq": 0, "audit": {"n": 0, "head": "00" * 32}},
}


def key_row(keys: PublicKeys, role: str = "SENDER") -> dict[str, Any]:
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
        "from_version": 1,
    }


ROWS: dict[Kind, list[dict[str, Any]]] = {
    Kind.REGISTER: [key_row(BELOW_KEYS), key_row(ABOVE_KEYS, "ABOVE")],
    Kind.DEFPACK: [
        {"t": "file", "id": "targets/2026.toml", "text": TEXT, "sha256": hashlib.sha256(TEXT.encode()).hexdigest()}
    ],
    Kind.TRANSFER: [
        {"t": "member", "id": UUID, "values": {"name": "Nguyễn Thị Hoa", "birth_year": 1990, "party": True}}
    ],
    Kind.HANDOVER: [],
}


def sealed(kind: Kind, rows: list[dict[str, Any]] | None = None, **changes: Any) -> bytes:
    statement = Statement(kind, UUID, "92", UUID, 1, "2026-11-22T08:00:00Z", "0.1.0", about=ABOUT[kind])
    return carried.seal(
        ABOVE,
        replace(statement, **changes),
        random_bytes,
        rows=ROWS[kind] if rows is None else rows,
        recipients=(BELOW_KEYS,) if kind is Kind.TRANSFER else (),
        body=b"a book" if kind is Kind.HANDOVER else b"",
    )


def opened(kind: Kind, data: bytes, register: Register = REGISTER) -> carried.Carried:
    return carried.open_(data, kind, register, demo=False, me=BELOW_KEYS, identity=BELOW)


@pytest.mark.parametrize("kind", ABOUT)
def test_what_was_sealed_opens(kind: Kind) -> None:
    found = opened(kind, sealed(kind))
    assert sorted(found.rows, key=lambda row: row["id"]) == sorted(ROWS[kind], key=lambda row: row["id"])
    assert found.body == (b"a book" if kind is Kind.HANDOVER else b"")
    assert found.signer == ABOVE_KEYS
    assert found.statement.about == ABOUT[kind]


@pytest.mark.parametrize("kind", ABOUT)
def test_it_can_be_looked_at_without_a_key(kind: Kind) -> None:
    found = inspect(sealed(kind), REGISTER)
    assert (found.kind, found.unit, found.known) == (kind, "92", True)


@pytest.mark.parametrize("kind", ABOUT)
def test_one_changed_byte_is_refused(kind: Kind) -> None:
    data = sealed(kind)
    for at in range(0, len(data), 7):
        bad = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        with pytest.raises(Refused) as refusal:
            opened(kind, bad)
        assert refusal.value.code is not Code.INTERNAL


@pytest.mark.parametrize("kind", ABOUT)
def test_a_file_of_another_kind_is_refused(kind: Kind) -> None:
    other = Kind.DEFPACK if kind is not Kind.DEFPACK else Kind.REGISTER
    with pytest.raises(Refused) as refusal:
        opened(other, sealed(kind))
    assert refusal.value.detail == Why.OTHER_KIND


def test_an_unknown_and_a_revoked_signer_are_refused() -> None:
    for register, code in (
        (Register(Entry(BELOW_KEYS)), Code.KEY_UNKNOWN),
        (Register(Entry(ABOVE_KEYS, revoked=True)), Code.KEY_REVOKED),
    ):
        with pytest.raises(Refused) as refusal:
            opened(Kind.REGISTER, sealed(Kind.REGISTER), register)
        assert refusal.value.code is code


def test_a_ticket_for_another_unit_is_not_for_me() -> None:
    with pytest.raises(Refused) as refusal:
        carried.open_(sealed(Kind.TRANSFER), Kind.TRANSFER, REGISTER, demo=False, me=ABOVE_KEYS, identity=ABOVE)
    assert refusal.value.code is Code.NOT_FOR_ME


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (Kind.REGISTER, {"role": "QUEEN"}),
        (Kind.REGISTER, {"id": "31135/SHA256:other"}),
        (Kind.REGISTER, {"last_seq": 3}),
        (Kind.REGISTER, {"surplus": 1}),
        (Kind.DEFPACK, {"text": "other"}),
        (Kind.DEFPACK, {"id": "../escape.toml"}),
        (Kind.TRANSFER, {"values": {"name": "bidi\u202e"}}),
        (Kind.TRANSFER, {"values": {}}),
    ],
)
def test_a_row_that_does_not_fit_is_refused(kind: Kind, change: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        sealed(kind, [ROWS[kind][0] | change])
    assert refusal.value.code is Code.ROW


def test_a_register_after_the_first_names_the_one_before() -> None:
    with pytest.raises(Refused):
        sealed(Kind.REGISTER, number=2)
    assert opened(Kind.REGISTER, sealed(Kind.REGISTER, number=2, prev="ab" * 32)).statement.prev == "ab" * 32
