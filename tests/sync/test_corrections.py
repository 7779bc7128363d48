"""Receipts that ask for corrections: only the unit reads them, bound to their receipt, strict to read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sochihoi.domain.corrections import Correction
from sochihoi.domain.exchange import Measure
from sochihoi.sync import container, corrections
from sochihoi.sync.canonical import canon, parse
from sochihoi.sync.container import Members
from sochihoi.sync.envelope import inspect
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.identity import Entry, Register
from sochihoi.sync.receipt import build_receipt, open_answer, open_receipt
from tests.sync.samples import ABOVE, ABOVE_KEYS, COMMUNE, COMMUNE_KEYS, stream, uuid
from tests.sync.test_receipt import PARENTS, RECEIPT, RETURNED

ASKED = (
    Correction(
        "2026-10",
        "org.members",
        rule="MEMBERS_GONE",
        percent=50,
        earlier="2026-09",
        before=Measure(40),
        after=Measure(20),
    ),
    Correction(
        "2026-10",
        "org.attendance_pct",
        uuid("east"),
        said="Chị xem lại giúp.",
        before=Measure(30, 40),
        after=Measure(0, 0),
    ),
    Correction("2026-09", said="Cả tháng."),
    Correction("2026-09", "dues.collected", rule="X", before=Measure(15, None, 1), after=Measure(-5, None, 1)),
)


def asking(receipt: Any = RECEIPT, asked: tuple[Correction, ...] = ASKED) -> bytes:
    return build_receipt(ABOVE, receipt, asked, COMMUNE_KEYS, stream("salt"))


@pytest.mark.parametrize("receipt", [RECEIPT, RETURNED])
def test_corrections_come_back_to_their_unit_alone(receipt: Any) -> None:
    data = asking(receipt)
    found, mh, asked = open_answer(data, PARENTS, "31135", identity=COMMUNE)
    assert asked == ASKED
    assert found.to_keys == (COMMUNE_KEYS.age_key,)
    assert open_receipt(data, PARENTS, "31135") == (found, mh)  # without a key the answer itself is read
    assert inspect(data).receipt == found
    assert "Cả tháng".encode() not in data
    with pytest.raises(Refused) as refusal:
        open_answer(data, PARENTS, "31135", identity=ABOVE)
    assert refusal.value.code is Code.NOT_FOR_ME


def test_a_receipt_without_corrections_is_as_before() -> None:
    assert build_receipt(ABOVE, RECEIPT, (), COMMUNE_KEYS, stream("x")) == build_receipt(ABOVE, RECEIPT)
    assert container.parse(build_receipt(ABOVE, RECEIPT)).payload is None


def test_payload_and_statement_belong_together() -> None:
    data, plain = asking(), build_receipt(ABOVE, RECEIPT)
    with_, without = container.parse(data), container.parse(plain)
    other = container.parse(asking(replace(RECEIPT, receipt_no=4)))
    for members, code in (
        (Members(with_.manifest, with_.signature), Code.CONTAINER),
        (Members(without.manifest, without.signature, with_.payload), Code.CONTAINER),
        (Members(with_.manifest, with_.signature, other.payload), Code.PAYLOAD_HASH),
    ):
        for read in (lambda d: open_receipt(d, PARENTS, "31135"), inspect):
            with pytest.raises(Refused) as refusal:
                read(container.build(members))
            assert refusal.value.code is code


def test_every_bit_of_it_is_covered() -> None:
    data = asking()
    for place in range(0, len(data) * 8, 7):
        damaged = bytearray(data)
        damaged[place // 8] ^= 1 << place % 8
        with pytest.raises(Refused):
            open_answer(bytes(damaged), PARENTS, "31135", identity=COMMUNE)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "0002"},
        {"period": "2026-13"},
        {"rule": "low"},
        {"said": " x"},
        {"said": "a\u202eb"},
        {"percent": -1},
        {"after": {"num": 10**15 + 1}},
        {"after": {"num": 1, "den": 2, "scale": 1}},
        {"branch": "east"},
        {"code": "a b"},
        {"more": 1},
        {"t": "indicator"},
        {"after": None},
    ],
)
def test_a_line_out_of_shape_is_refused(change: dict[str, Any]) -> None:
    binding = {"unit": "31135"}
    lines = corrections.text_of(binding, bytes(16), ASKED[:1]).split(b"\n")
    row: Any = parse(lines[1])
    changed = {key: value for key, value in {**row, **change}.items() if value is not None}
    with pytest.raises(Refused) as refusal:
        corrections.corrections_of(b"\n".join([lines[0], canon(changed), b""]), binding)
    assert refusal.value.code is Code.ROW


def test_a_header_of_another_receipt_is_refused() -> None:
    text = corrections.text_of({"unit": "31135", "no": 3}, bytes(16), ASKED)
    for binding in ({"unit": "31135", "no": 4}, {"unit": "31136", "no": 3}):
        with pytest.raises(Refused) as refusal:
            corrections.corrections_of(text, binding)
        assert refusal.value.code is Code.BINDING
    for broken in (text[:-1], text.split(b"\n")[0] + b"\n", b"", text + b"x\n"):
        with pytest.raises(Refused):
            corrections.corrections_of(broken, {"unit": "31135", "no": 3})


def test_they_are_sealed_to_the_answered_unit_only() -> None:
    with pytest.raises(Refused):
        build_receipt(ABOVE, RECEIPT, ASKED, ABOVE_KEYS, stream("salt"))
    with pytest.raises(Refused):
        build_receipt(ABOVE, RECEIPT, ASKED)
    assert open_receipt(asking(), Register(Entry(ABOVE_KEYS)), "31135")[0].payload is not None
