"""R1 to R3: damage of every bit, every length, every place. Each case goes through the real ``open_``."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from sochihoi.sync import container
from sochihoi.sync.container import Members
from sochihoi.sync.envelope import open_
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.manifest import DefinitionPack, ReceiptSeen
from sochihoi.sync.receipt import open_receipt
from sochihoi.sync.rows import Branch, Closing, Indicator
from tests.sync.conftest import CloseGate
from tests.sync.samples import ABOVE, ABOVE_KEYS, OCTOBER, RECOVERY_KEYS, REGISTER, ROWS, draft, sealed, uuid
from tests.sync.test_receipt import PARENTS, receipt_file

# Every optional key, every kind of row, two recipients: each field has its bits.
FILE = sealed(
    ROWS,
    draft(
        7,
        "12" * 32,
        epoch_no=2,
        parent="34" * 32,
        clock_suspect=True,
        defpack=DefinitionPack("dinh-nghia", 4, "56" * 32),
        last_receipt=ReceiptSeen(3, "78" * 32),
    ),
    to=(ABOVE_KEYS, RECOVERY_KEYS),
)


SECTOR = 512


def refusals(cases: Iterable[bytes]) -> tuple[Counter[Code], int]:
    """How many cases were refused with which code, and how many there were. Any other exception fails the test."""
    codes: Counter[Code] = Counter()
    total = 0
    for data in cases:
        total += 1
        try:
            open_(data, REGISTER, ABOVE_KEYS, ABOVE)
        except Refused as refusal:
            codes[refusal.code] += 1
    return codes, total


def flipped(data: bytes) -> Iterator[bytes]:
    """``data`` with each of its bits changed in turn."""
    for place in range(len(data) * 8):
        changed = bytearray(data)
        changed[place // 8] ^= 1 << place % 8
        yield bytes(changed)


def test_the_whole_file_opens() -> None:
    assert open_(FILE, REGISTER, ABOVE_KEYS, ABOVE).content == FILE


def test_every_bit_of_the_file(close_gate: CloseGate) -> None:
    codes, total = refusals(flipped(FILE))
    assert total > 20_000
    assert codes[Code.INTERNAL] == 0
    close_gate("R1 every bit flipped", codes.total(), total)


def test_every_bit_of_every_member_in_a_whole_container(close_gate: CloseGate) -> None:
    parts = container.parse(FILE)
    cases = [Members(data, parts.signature, parts.payload) for data in flipped(parts.manifest)]
    cases += [Members(parts.manifest, data, parts.payload) for data in flipped(parts.signature)]
    cases += [Members(parts.manifest, parts.signature, data) for data in flipped(parts.payload or b"")]
    codes, total = refusals(container.build(case) for case in cases)
    assert total > 18_000
    assert codes[Code.INTERNAL] == 0
    assert {Code.MANIFEST, Code.KEY_UNKNOWN, Code.SIG_FORMAT, Code.SIG_BAD, Code.PAYLOAD_HASH} <= set(codes)
    close_gate("R2 every bit, container rebuilt", codes.total(), total)


def test_every_length_and_every_byte_more_or_less(close_gate: CloseGate) -> None:
    def cases() -> Iterator[bytes]:
        for at in range(len(FILE)):
            yield FILE[:at]
            yield FILE[:at] + FILE[at + 1 :]
        for at in range(len(FILE) + 1):
            yield FILE[:at] + b"\0" + FILE[at:]
            yield FILE[:at] + bytes([at * 151 % 255 + 1]) + FILE[at:]

    codes, total = refusals(cases())
    assert total > 10_000
    assert codes[Code.INTERNAL] == 0
    close_gate("R3 cut, inserted, deleted everywhere", codes.total(), total)


def of_sectors(data: bytes) -> Iterator[bytes]:
    """``data`` with each sector of 512 bytes zeroed, filled with ones, or replaced by the one after it."""
    for at in range(0, len(data), SECTOR):
        own, after = data[at : at + SECTOR], data[at + SECTOR : at + 2 * SECTOR]
        for other in (bytes(len(own)), b"\xff" * len(own), after):
            yield data[:at] + other + data[at + len(own) :]


@pytest.mark.nightly
def test_every_sector_of_a_large_file(close_gate: CloseGate) -> None:
    source = random.Random(2026)  # noqa: S311 - the same file each time
    branches = [Branch(uuid(f"branch {n}"), f"{n:03}", f"Thôn {n}") for n in range(150)]
    figures = [
        Indicator(OCTOBER, 1, branch.id, f"figure_{n}", source.randrange(10**9), source.randrange(1, 10**9))
        for branch in branches
        for n in range(150)
    ]
    data = sealed((Closing(OCTOBER, 1, date(2026, 11, 2)), *branches, *figures))
    assert len(data) > 225_000
    codes, total = refusals(of_sectors(data))
    assert total > 1_300
    assert codes[Code.INTERNAL] == 0
    close_gate(f"R3 every sector of {len(data) // 1000} kB, nightly", codes.total(), total)


def test_every_bit_of_a_receipt(close_gate: CloseGate) -> None:
    data = receipt_file()
    found = total = 0
    for case in flipped(data):
        total += 1
        with pytest.raises(Refused) as refusal:
            open_receipt(case, PARENTS, "31135")
        found += refusal.value.code is not Code.INTERNAL
    assert total > 9_000
    close_gate("R1 receipt, every bit", found, total)
