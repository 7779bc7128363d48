"""Receipts: built once, the same bytes each time, strict to read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sochihoi.domain.movements import Confirmed, Standing
from sochihoi.sync import container
from sochihoi.sync.answered import Answered
from sochihoi.sync.canonical import parse
from sochihoi.sync.container import Members
from sochihoi.sync.envelope import inspect
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.identity import Entry, Register
from sochihoi.sync.manifest import AuditHead, Kind
from sochihoi.sync.receipt import Answer, Place, Receipt, build_receipt, open_receipt
from sochihoi.sync.sshsig import Namespace
from tests.sync.samples import (
    ABOVE,
    ABOVE_KEYS,
    COMMUNE,
    COMMUNE_KEYS,
    DEMO_ABOVE,
    OCTOBER,
    manifest_of,
    resigned,
    sealed,
    uuid,
)

PARENTS = Register(Entry(ABOVE_KEYS))
PLACE = Place(uuid("epoch"), 1, 7, "cd" * 32)
RECEIPT = Receipt(
    signer="92",
    unit="31135",
    file_id=uuid("file 7"),
    period=OCTOBER,
    place=PLACE,
    answer=Answer.APPLIED,
    rows=11,
    receipt_no=3,
    received="2026-11-04T01:02:03Z",
    audit=AuditHead(99, "ef" * 32),
    last_accepted=PLACE,
    prev_receipt="12" * 32,
    warnings=("GAP",),
)
CONFIRMED = (
    Confirmed(uuid("stays"), Standing.ACCEPTED, date(2026, 10, 12)),
    Confirmed(uuid("goes"), Standing.SETTLED, date(2026, 10, 12)),
)
ANSWERED = (Answered(1, "34" * 32), Answered(2, "56" * 32, Code.STALE))
RETURNED = replace(RECEIPT, answer=Answer.RETURNED, code=Code.FORK_CHAIN, rows=0, last_accepted=None, warnings=())


def receipt_file(receipt: Receipt = RECEIPT) -> bytes:
    return build_receipt(ABOVE, receipt)


def refused(data: bytes, register: Register = PARENTS, unit: str = "31135", *, demo: bool = False) -> Code:
    with pytest.raises(Refused) as refusal:
        open_receipt(data, register, unit, demo=demo)
    return refusal.value.code


@pytest.mark.parametrize(
    "receipt",
    [
        RECEIPT,
        RETURNED,
        replace(RETURNED, last_accepted=PLACE),
        replace(RECEIPT, tickets=CONFIRMED),
        replace(RECEIPT, answered=ANSWERED),
        replace(RECEIPT, receipt_no=1, prev_receipt=None),
    ],
)
def test_a_receipt_comes_back(receipt: Receipt) -> None:
    data = receipt_file(receipt)
    assert data == receipt_file(receipt)
    found, mh = open_receipt(data, PARENTS, "31135")
    assert found == replace(receipt, key=ABOVE.fingerprint)
    assert len(mh) == 64
    looked = inspect(data, PARENTS)
    assert (looked.kind, looked.unit, looked.known, looked.receipt, looked.manifest_hash) == (
        Kind.RECEIPT,
        "92",
        True,
        found,
        mh,
    )


def test_a_receipt_is_for_one_unit_from_a_known_key() -> None:
    data = receipt_file()
    assert refused(data, unit="31136") is Code.NOT_FOR_ME
    assert refused(data, Register(Entry(COMMUNE_KEYS))) is Code.KEY_UNKNOWN
    assert refused(data, Register(Entry(ABOVE_KEYS, revoked=True))) is Code.KEY_REVOKED
    assert refused(build_receipt(COMMUNE, RECEIPT)) is Code.KEY_UNKNOWN
    assert not inspect(data).known


def test_demonstration_receipts_stay_in_the_demonstration() -> None:
    data = receipt_file(replace(RECEIPT, demo=True))
    assert refused(data) is Code.DEMO
    assert refused(data, Register(Entry(DEMO_ABOVE))) is Code.DEMO
    assert refused(receipt_file(), Register(Entry(DEMO_ABOVE)), demo=True) is Code.DEMO
    assert open_receipt(data, Register(Entry(DEMO_ABOVE)), "31135", demo=True)[0].demo


@pytest.mark.parametrize(
    "changes",
    [
        {"prev_receipt": None},
        {"receipt_no": 1},
        {"receipt_no": 0},
        {"rows": -1},
        {"last_accepted": None},
        {"last_accepted": replace(PLACE, seq=8)},
        {"code": Code.STALE},
        {"answer": Answer.RETURNED},
        {"answer": Answer.RETURNED, "code": Code.STALE},
        {"received": "2026-02-30T00:00:00Z"},
        {"warnings": ("gap",)},
        {"unit": "x y"},
        {"place": replace(PLACE, mh="CD" * 32)},
        {"tickets": CONFIRMED[::-1]},
        {"tickets": CONFIRMED[:1] * 2},
        {"answered": ANSWERED[::-1]},
        {"answered": (Answered(1, "34" * 32), Answered(2, "34" * 32))},
        {"answered": (Answered(3, "34" * 32),)},
        {"answered": (Answered(2, PLACE.mh),)},
        {"tickets": CONFIRMED, "answer": Answer.RETURNED, "code": Code.STALE, "rows": 0},
    ],
)
def test_facts_that_do_not_fit_together_are_not_signed(changes: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        receipt_file(replace(RECEIPT, **changes))
    assert refusal.value.code is Code.SCHEMA


@pytest.mark.parametrize(
    "changes",
    [
        {"tickets": []},
        {"tickets": [{"id": uuid("goes"), "state": "SEEN", "day": "2026-10-12"}]},
        {"answered": []},
        {"answered": [{"no": 1, "mh": "34" * 32, "code": "WHY"}]},
        {"answered": [{"no": 1, "mh": "34" * 32, "more": 1}]},
        {"rejected": ["x"]},
        {"more": 1},
        {"demo": False},
        {"code": "WHY"},
        {"rows": True},
        {"audit": {}},
    ],
)
def test_a_hostile_receipt_keeps_the_schema(changes: dict[str, Any]) -> None:
    document = parse(container.parse(receipt_file()).manifest) | changes
    assert refused(resigned(document, None, ABOVE, Namespace.RECEIPT)) is Code.SCHEMA


def test_a_receipt_is_no_report_and_the_reverse() -> None:
    assert refused(sealed()) is Code.MANIFEST
    parts = container.parse(receipt_file())
    assert refused(container.build(Members(parts.manifest, parts.signature, b"x"))) is Code.CONTAINER
    with pytest.raises(Refused):
        inspect(container.build(Members(parts.manifest, parts.signature, b"x")))
    assert refused(resigned(manifest_of(sealed()) | {"kind": "receipt", "from": 7}, None)) is Code.MANIFEST
