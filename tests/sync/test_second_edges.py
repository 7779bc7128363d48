"""Both readers stop at the same last letter: the longest and the most that a line may hold, and one more."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from sochihoi.sync import container, payload
from sochihoi.sync.canonical import canon, parse
from sochihoi.sync.container import HANDOVER_CAP, Form
from sochihoi.sync.manifest import Kind
from tests.sync.test_second_opinion import judged, measured, signed, sort_of, text_of

LETTER = "\U0001f338"  # four bytes


def pack(text: str) -> list[dict[str, Any]]:
    return [{"t": "file", "id": "targets/2026.toml", "text": text, "sha256": hashlib.sha256(text.encode()).hexdigest()}]


def packs(count: int) -> list[dict[str, Any]]:
    return [pack("x" * 100_000)[0] | {"id": f"targets/{number:05}.toml"} for number in range(count)]


def ticket(count: int, letters: int) -> list[dict[str, Any]]:
    values = {f"code{number}": "x" * letters for number in range(count)}
    return [{"t": "member", "id": "018bcfe5-6800-7001-b575-a1d391bf17a4", "values": values}]


def asked(count: int) -> list[dict[str, Any]]:
    row = {"t": "correction", "period": "2026-10", "rule": "PERSON", "said": "x"}
    return [row | {"id": f"{number:04}"} for number in range(1, count + 1)]


CASES = [
    (Kind.DEFPACK, pack("x" * 262_144), True),
    (Kind.DEFPACK, pack("x" * 262_145), False),
    (Kind.DEFPACK, pack(LETTER * 260_000), True),
    (Kind.DEFPACK, pack(LETTER * 262_144), False),  # the text would fit, its line does not
    (Kind.DEFPACK, packs(60), True),
    (Kind.DEFPACK, packs(680), False),  # above 64 MiB
    (Kind.TRANSFER, ticket(80, 100), True),
    (Kind.TRANSFER, ticket(81, 100), False),
    (Kind.TRANSFER, ticket(32, 490), True),
    (Kind.TRANSFER, ticket(33, 490), False),  # above 16 KiB
    (Kind.RECEIPT, asked(500), True),
    (Kind.RECEIPT, asked(501), False),
    (Kind.RECEIPT, [asked(1)[0] | {"said": "x" * 501}], False),
    (Kind.DEFPACK, [], False),
    (Kind.RECEIPT, [], False),
]


@pytest.mark.parametrize(("kind", "rows", "fits"), CASES)
def test_the_last_that_fits(kind: Kind, rows: list[dict[str, Any]], fits: bool) -> None:
    sort = sort_of(kind)
    parts = container.parse(sort.files[-1], HANDOVER_CAP)
    header = parse(text_of(sort, parts).splitlines()[0])
    header["rows"] = {rows[0]["t"]: len(rows)} if rows else {}
    text = b"".join(canon(line) + b"\n" for line in (header, *rows))
    data = measured(sort, parts, payload.gzip_of(text), text)
    assert (judged(sort, data) == "OPENED", sort.theirs(data) is None) == (fits, fits)


@pytest.mark.parametrize(("count", "fits"), [(32, True), (33, False)])
def test_the_most_warnings(count: int, fits: bool) -> None:
    sort = sort_of(Kind.RECEIPT)
    said = parse(container.parse(sort.files[0]).manifest)
    said["warnings"] = sorted(f"{chr(65 + number % 26)}{chr(65 + number // 26)}" for number in range(count))
    data = signed(sort, said, None, Form.AGE)
    assert (judged(sort, data) == "OPENED", sort.theirs(data) is None) == (fits, fits)
