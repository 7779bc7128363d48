"""The manifest: every key, its type and its range."""

from __future__ import annotations

from typing import Any

import pytest

from sochihoi.domain.periods import Period
from sochihoi.sync.canonical import canon
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.manifest import DefinitionPack, Draft, Manifest, Mode, ReceiptSeen, manifest_hash
from tests.sync.samples import draft, manifest_of, sealed
from tests.sync.test_state import mh, stated

DOCUMENT = manifest_of(sealed())
FULL = draft(
    7,
    mh("six"),
    epoch_no=2,
    parent=mh("parent"),
    parents=tuple(sorted((mh("one head"), mh("other head")))),
    mode=Mode.FINAL,
    period=Period.parse("2026-Q3"),
    defpack=DefinitionPack("dinh-nghia", 4, mh("pack")),
    last_receipt=ReceiptSeen(3, mh("receipt")),
    clock_suspect=True,
    demo=True,
)


@pytest.mark.parametrize("made", [draft(), FULL])
def test_a_manifest_comes_back(made: Draft) -> None:
    manifest = stated(made)
    assert Manifest.from_bytes(manifest.to_bytes()) == manifest
    assert Manifest.from_bytes(manifest.to_bytes()).to_bytes() == manifest.to_bytes()
    assert (manifest.unit, manifest.seq, manifest.period) == ("31135", made.seq, made.period)


def test_absent_facts_are_absent_keys() -> None:
    assert not {"prev", "parent", "parents", "defpack", "last_receipt", "clock_suspect", "demo"} & set(DOCUMENT)


def test_the_hash_is_over_the_bytes() -> None:
    assert manifest_hash(b"{}") == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


@pytest.mark.parametrize("key", sorted(DOCUMENT))
def test_every_key_is_needed_and_has_its_type(key: str) -> None:
    for spoilt in (
        {name: value for name, value in DOCUMENT.items() if name != key},
        *(DOCUMENT | {key: value} for value in (True, -1, 2**53, "", "x" * 3000, [], {}, ["92", "92"], "\u202e")),
    ):
        with pytest.raises(Refused) as refusal:
            Manifest.from_document(spoilt)
        assert refusal.value.code is Code.SCHEMA


@pytest.mark.parametrize(
    "changes",
    [
        {"surprise": 1},
        {"demo": False},
        {"clock_suspect": 1},
        {"prev": "ab" * 32},
        {"seq": 2},
        {"seq": 2, "prev": ""},
        {"parent": "ab" * 32},
        {"parents": ["ab" * 32]},
        {"epoch_no": 2, "parents": []},
        {"epoch_no": 2, "parents": ["cd" * 32, "ab" * 32]},
        {"epoch_no": 1_000_001},
        {"to": ["93", "92"]},
        {"to": [str(code) for code in range(10, 19)]},
        {"to_keys": ["age1" + "b" * 58]},
        {"created": "2026-13-01T00:00:00Z"},
        {"created": "2026-11-03T08:00:00+00:00"},
        {"created": "2026-11-03T08:00:60Z"},
        {"period": "2026-13"},
        {"period": "1929"},
        {"period": "２０２６"},
        {"mode": "delta"},
        {"schema": 2},
        {"kind": "receipt"},
        {"key": "SHA256:short"},
        {"file_id": "018BCFE5-6800-7001-b575-a1d391bf17a4"},
        {"audit": {"n": 1, "head": "ab" * 32, "more": 1}},
        {"payload": DOCUMENT["payload"] | {"rows": 1}},
        {"payload": DOCUMENT["payload"] | {"ct_len": 0}},
        {"defpack": {"id": "a", "ver": 0, "sha256": "ab" * 32}},
        {"defpack": {"id": "a", "ver": 1, "sha256": "ab" * 32, "url": "x"}},
        {"last_receipt": {"no": 1}},
        {"unit": "31135\n"},
    ],
)
def test_what_is_out_of_range_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        Manifest.from_document(DOCUMENT | changes)
    assert refusal.value.code is Code.SCHEMA


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"7", b"{}", b'{"fmt":"hpn-sync/2"}', canon(DOCUMENT) + b"\n", bytes(70_000)]
)
def test_other_bytes_are_no_manifest(data: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        Manifest.from_bytes(data)
    assert refusal.value.code is Code.MANIFEST


def test_facts_out_of_range_are_not_written() -> None:
    with pytest.raises(Refused):
        stated(draft(0)).to_bytes()
