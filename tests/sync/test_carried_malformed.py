"""R5 for registers, packs, tickets and hand-overs: a trusted signer signs anything at all."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest

from sochihoi.sync import carried, container, payload, sshsig
from sochihoi.sync.canonical import NotCanonical, canon, parse
from sochihoi.sync.container import Form, Members
from sochihoi.sync.envelope import inspect
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.manifest import Kind
from sochihoi.sync.statement import FORMS, NAMESPACES
from tests.sync.conftest import CloseGate
from tests.sync.test_carried import ABOUT, ABOVE, BELOW, BELOW_KEYS, REGISTER, sealed
from tests.sync.test_malformed import JUNK, spoil


def forged(kind: Kind, document: dict[str, Any], text: bytes) -> bytes:
    """Rightly packed, encrypted, measured and signed, whatever it says."""
    import pyrage

    packed = payload.gzip_of(text)
    content = packed
    if FORMS[kind] is Form.AGE:
        content = pyrage.encrypt(packed, [pyrage.x25519.Recipient.from_str(BELOW_KEYS.age_key)])
    elif FORMS[kind] is Form.BACKUP:
        packed = content = text
    document["payload"] = {
        "ct_len": len(content),
        "ct_sha256": payload.sha256(content),
        "gz_len": len(packed),
        "pt_len": len(text),
        "pt_sha256": payload.sha256(text),
    }
    return resigned(kind, document, content)


def resigned(kind: Kind, document: dict[str, Any], content: bytes) -> bytes:
    signed = canon(document)
    signature = sshsig.sign(ABOVE.sign_seed, signed, NAMESPACES[kind])
    return container.build(Members(signed, signature, content, FORMS[kind]))


def text_of(kind: Kind, parts: Members, document: dict[str, Any]) -> bytes:
    content = parts.payload or b""
    if FORMS[kind] is Form.BACKUP:
        return content
    measures = payload.Payload(**document["payload"])
    return (
        payload.unpack(content, measures) if FORMS[kind] is Form.GZIP else payload.open_text(content, measures, BELOW)
    )


def cases(kind: Kind, count: int, source: random.Random) -> Any:
    whole = container.parse(sealed(kind))
    document: dict[str, Any] = parse(whole.manifest)
    text = text_of(kind, whole, document)
    while count:
        said = parse(whole.manifest)
        try:
            if source.random() < 0.5 or FORMS[kind] is Form.BACKUP:
                spoil([said, said["about"] or said], source)
                yield resigned(kind, said, whole.payload or b"")
            else:
                lines = [parse(line) for line in text.splitlines()]
                spoil(lines, source)
                if source.random() < 0.2:
                    lines[source.randrange(len(lines))] = source.choice(JUNK)
                if source.random() < 0.2:
                    source.shuffle(lines)
                yield forged(kind, said, b"".join(canon(line) + b"\n" for line in lines))
        except (NotCanonical, Refused):
            continue
        count -= 1


def run(kind: Kind, count: int, seed: int) -> tuple[int, int, Counter[str]]:
    codes: Counter[str] = Counter()
    right = total = 0
    for data in cases(kind, count, random.Random(seed)):  # noqa: S311 - the same cases each time
        total += 1
        good = True
        try:
            carried.open_(data, kind, REGISTER, demo=False, me=BELOW_KEYS, identity=BELOW)
            code = "OPENED"
        except Refused as refusal:
            code, good = refusal.code.value, refusal.code is not Code.INTERNAL
        codes[code] += 1
        try:
            inspect(data, REGISTER)
        except Refused as refusal:
            good &= refusal.code is not Code.INTERNAL
        right += good
    return right, total, codes


@pytest.mark.parametrize("kind", ABOUT)
def test_signed_malformed(kind: Kind, close_gate: CloseGate) -> None:
    right, total, codes = run(kind, 1_500, 2026)
    assert codes["SCHEMA"]
    assert codes["OPENED"] < total / 2
    close_gate(f"R5 signed malformed, {kind.value}", right, total)


@pytest.mark.nightly
@pytest.mark.parametrize("kind", ABOUT)
def test_many_signed_malformed(kind: Kind, close_gate: CloseGate) -> None:
    right, total, _codes = run(kind, 225_000, 2027)  # with the 100,000 reports of test_malformed: a million
    close_gate(f"R5 signed malformed, {kind.value}, nightly", right, total)
