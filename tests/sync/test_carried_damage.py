"""R1 to R3 for registers, packs, tickets and hand-overs: every case."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sochihoi.sync import carried, container
from sochihoi.sync.container import Members
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.manifest import Kind
from tests.sync.conftest import CloseGate
from tests.sync.test_carried import ABOUT, BELOW, BELOW_KEYS, REGISTER, sealed
from tests.sync.test_damage import flipped


def cut_and_stretched(data: bytes) -> Iterator[bytes]:
    """``data`` ended early, with a byte less and with a byte more at each place."""
    for at in range(len(data)):
        yield data[:at]
        yield data[:at] + data[at + 1 :]
        yield data[:at] + bytes([at * 151 % 255 + 1]) + data[at:]


def rebuilt(data: bytes) -> Iterator[bytes]:
    """Each bit of each member changed, in a whole container."""
    parts = container.parse(data, container.HANDOVER_CAP)
    for manifest in flipped(parts.manifest):
        yield container.build(Members(manifest, parts.signature, parts.payload, parts.form))
    for signature in flipped(parts.signature):
        yield container.build(Members(parts.manifest, signature, parts.payload, parts.form))
    for payload in flipped(parts.payload or b""):
        yield container.build(Members(parts.manifest, parts.signature, payload, parts.form))


def held(kind: Kind, cases: Iterator[bytes]) -> tuple[int, int]:
    """How many cases were refused as they should be, of how many."""
    right = total = 0
    for data in cases:
        total += 1
        try:
            carried.open_(data, kind, REGISTER, demo=False, me=BELOW_KEYS, identity=BELOW)
        except Refused as refusal:
            right += refusal.code is not Code.INTERNAL
    return right, total


@pytest.mark.parametrize("kind", ABOUT)
def test_damage_is_refused(kind: Kind, close_gate: CloseGate) -> None:
    data = sealed(kind)
    for name, cases in (
        ("R1 every bit", flipped(data)),
        ("R2 every bit, container rebuilt", rebuilt(data)),
        ("R3 cut, inserted, deleted", cut_and_stretched(data)),
    ):
        right, total = held(kind, cases)
        assert total > 3_000
        close_gate(f"{name}, {kind.value}", right, total)
