"""Registers, packs, tickets and hand-overs of the first day open for ever, for both readers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sochihoi.sync import carried, container, payload
from sochihoi.sync.envelope import inspect
from sochihoi.sync.errors import Refused
from sochihoi.sync.identity import Entry, Identity, PublicKeys, Register
from sochihoi.sync.manifest import Kind
from tests.sync import carried_samples, independent_carried
from tests.sync.make_golden import FOLDER

PAPER = (Path(__file__).parents[2] / "desktop" / "docs" / "sync-format.md").read_text(encoding="utf-8")
KEYS = {
    name: PublicKeys.from_bytes((FOLDER / f"{name}.hpnkey").read_bytes())
    for name in ("sender", "receiver", "neighbour")
}
NEIGHBOUR = Identity.from_bytes((FOLDER / "neighbour.identity").read_bytes())
REGISTER = Register(*(Entry(keys) for keys in KEYS.values()))
KNOWN = {(keys.unit, keys.fingerprint): keys.sign_key for keys in KEYS.values()}
HASHES = json.loads((FOLDER / "carried.json").read_text(encoding="ascii"))
KINDS = (Kind.REGISTER, Kind.DEFPACK, Kind.TRANSFER, Kind.HANDOVER)


def golden(name: str) -> bytes:
    return (FOLDER / f"{name}.hpn").read_bytes()


def ours(kind: Kind, data: bytes) -> carried.Carried:
    return carried.open_(data, kind, REGISTER, demo=False, me=KEYS["neighbour"], identity=NEIGHBOUR)


def theirs(data: bytes) -> str | None:
    return independent_carried.verify(data, KNOWN, "31136", NEIGHBOUR.age_secret)


@pytest.mark.parametrize("kind", KINDS)
def test_the_golden_file_opens_for_both_readers(kind: Kind) -> None:
    data = golden(kind.value)
    found = ours(kind, data)
    assert sorted(found.rows, key=lambda row: row["id"]) == sorted(
        carried_samples.LINES[kind], key=lambda row: row["id"]
    )
    assert found.body == (carried_samples.BOOK if kind is Kind.HANDOVER else b"")
    assert found.manifest_hash == HASHES[f"{kind.value}.hpn"]
    assert theirs(data) is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_changed_bit_opens_for_neither(kind: Kind) -> None:
    data = golden(kind.value)
    for place in range(0, len(data) * 8, 29):
        damaged = bytearray(data)
        damaged[place // 8] ^= 1 << place % 8
        assert theirs(bytes(damaged)) is not None
        with pytest.raises(Refused):
            ours(kind, bytes(damaged))


def test_the_golden_hand_over_continues_the_golden_reports() -> None:
    statement = ours(Kind.HANDOVER, golden("handover")).statement
    assert (statement.about["seq"], statement.about["mh"]) == (3, inspect(golden("members")).manifest_hash)


def test_the_paper_shows_the_golden_ticket() -> None:
    shown = re.search(r"```json-lines-ticket\n(.*?)```", PAPER, re.DOTALL)
    assert shown is not None
    parts = container.parse(golden("transfer"))
    measures = payload.Payload(**json.loads(parts.manifest)["payload"])
    text = payload.open_text(parts.payload or b"", measures, NEIGHBOUR).decode()
    assert shown[1] == f"{parts.manifest.decode()}\n{text}"
    assert NEIGHBOUR.age_secret in PAPER
    assert all(mh in PAPER for mh in HASHES.values())
