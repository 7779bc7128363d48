"""R4: what somebody could try who understands the format. Each attack has a name and the refusal that meets it.

A fault that is mended gets its line here, for ever. The independent reader must refuse the same files.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from typing import Any

import pyrage
import pytest

from sochihoi.sync import container, payload, sshsig
from sochihoi.sync.canonical import canon
from sochihoi.sync.container import Members
from sochihoi.sync.envelope import open_
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.identity import Entry, PublicKeys, Register
from sochihoi.sync.manifest import AuditHead
from sochihoi.sync.sshsig import Namespace
from tests.sync import independent
from tests.sync.conftest import CloseGate
from tests.sync.samples import (
    ABOVE,
    ABOVE_KEYS,
    COMMUNE,
    COMMUNE_KEYS,
    DEMO_ABOVE,
    DEMO_KEYS,
    NEIGHBOUR,
    NEIGHBOUR_KEYS,
    RECOVERY,
    REGISTER,
    STRANGER,
    draft,
    forged,
    lines_of,
    manifest_of,
    resigned,
    sealed,
    text_of,
    uuid,
)
from tests.sync.test_container import wrapped
from tests.sync.test_receipt import receipt_file

FILE = sealed()
PARTS = container.parse(FILE)
CIPHER = PARTS.payload or b""
MANIFEST = manifest_of(FILE)
LINES = lines_of()
KNOWN = {(keys.unit, keys.fingerprint): keys.sign_key for keys in (COMMUNE_KEYS, NEIGHBOUR_KEYS)}
GOOD = text_of(LINES)


def manifest(**changes: Any) -> bytes:
    return resigned(MANIFEST | changes, CIPHER)


def spoilt(at: int, **changes: Any) -> bytes:
    """One line of a rightly sealed payload says something else."""
    lines = [dict(line) for line in LINES]
    lines[at] = {key: value for key, value in (lines[at] | changes).items() if value is not None}
    return forged(text_of(lines))


def raw(old: bytes, new: bytes) -> bytes:
    """The bytes of the payload spelled differently."""
    assert old in GOOD
    return forged(GOOD.replace(old, new, 1))


def encrypted(recipient: str, packed: bytes) -> bytes:
    """A payload that the manifest measures rightly, whatever it is."""
    cipher: bytes = pyrage.encrypt(packed, [pyrage.x25519.Recipient.from_str(recipient)])
    measures = MANIFEST["payload"] | {"ct_len": len(cipher), "ct_sha256": payload.sha256(cipher)}
    return resigned(MANIFEST | {"payload": measures}, cipher)


def stolen() -> bytes:
    said = MANIFEST | {"unit": "31136", "key": NEIGHBOUR.fingerprint}
    return resigned(said, CIPHER, NEIGHBOUR)


def armoured() -> bytes:
    cipher: bytes = pyrage.encrypt(
        payload.gzip_of(GOOD), [pyrage.x25519.Recipient.from_str(ABOVE.age_key)], armored=True
    )
    measures = MANIFEST["payload"] | {"ct_len": len(cipher), "ct_sha256": payload.sha256(cipher)}
    return resigned(MANIFEST | {"payload": measures}, cipher)


EXTRA = {"t": "member", "id": uuid("woman"), "unit": "31135", "full_name": "Nguyễn Thị Mẫu"}
COUNTED = LINES[0] | {"rows": LINES[0]["rows"] | {"member": 1}}
INDICATOR = next(at for at, line in enumerate(LINES) if line.get("code") == "members_total")
BRANCH = next(at for at, line in enumerate(LINES) if line["t"] == "branch")
CLOSING = next(at for at, line in enumerate(LINES) if line["id" if "id" in line else "t"] == "2026-10")
ACTIVITY = next(at for at, line in enumerate(LINES) if line["t"] == "activity")
TARGET = next(at for at, line in enumerate(LINES) if line["t"] == "target")
NFD = unicodedata.normalize("NFD", "Thôn Đông").encode()
BOMB = payload.gzip_of(bytes(80_000_000))
SPACED = json.dumps(MANIFEST, ensure_ascii=False).encode()
PRETTY = canon(MANIFEST)[:-1] + b',"unit":"31136"}'

ATTACKS: dict[str, tuple[Callable[[], bytes], Code]] = {
    # who signed
    "stolen ciphertext, signed by a neighbour as hers": (stolen, Code.BINDING),
    "neighbour's key in the commune's name": (
        lambda: resigned(MANIFEST | {"key": NEIGHBOUR.fingerprint}, CIPHER, NEIGHBOUR),
        Code.KEY_UNKNOWN,
    ),
    "a key that nobody knows": (
        lambda: resigned(MANIFEST | {"key": STRANGER.fingerprint}, CIPHER, STRANGER),
        Code.KEY_UNKNOWN,
    ),
    "right key named, another signed": (lambda: resigned(MANIFEST, CIPHER, STRANGER), Code.SIG_FORMAT),
    "signature of another file": (
        lambda: container.build(
            Members(PARTS.manifest, sshsig.sign(COMMUNE.sign_seed, b"other", Namespace.REPORT), CIPHER)
        ),
        Code.SIG_BAD,
    ),
    "signature for receipts": (lambda: resigned(MANIFEST, CIPHER, namespace=Namespace.RECEIPT), Code.SIG_FORMAT),
    "signature for packs": (lambda: resigned(MANIFEST, CIPHER, namespace=Namespace.DEFPACK), Code.SIG_FORMAT),
    "signature of a key file": (lambda: resigned(MANIFEST, CIPHER, namespace=Namespace.KEY), Code.SIG_FORMAT),
    "no signature": (lambda: container.build(Members(PARTS.manifest, b"", CIPHER)), Code.SIG_FORMAT),
    # what kind of file
    "report that says it is a pack": (lambda: manifest(kind="defpack"), Code.MANIFEST),
    "report that says it is a receipt": (lambda: manifest(kind="receipt"), Code.MANIFEST),
    "receipt in place of a report": (receipt_file, Code.MANIFEST),
    "format of the future": (lambda: manifest(fmt="hpn-sync/2"), Code.MANIFEST),
    "schema of the future": (lambda: manifest(schema=2), Code.SCHEMA),
    "report without payload": (
        lambda: container.build(Members(PARTS.manifest, PARTS.signature)),
        Code.CONTAINER,
    ),
    "zip by another program": (
        lambda: wrapped(
            ("manifest.json", PARTS.manifest), ("manifest.json.sig", PARTS.signature), ("payload.age", CIPHER)
        ),
        Code.CONTAINER,
    ),
    "two reports in one wrapping": (lambda: wrapped(("a.hpn", FILE), ("b.hpn", FILE)), Code.CONTAINER),
    # how the manifest is spelled
    "blanks in the manifest": (lambda: resigned(SPACED, CIPHER), Code.MANIFEST),
    "a key twice in the manifest": (lambda: resigned(PRETTY, CIPHER), Code.MANIFEST),
    "manifest is a list": (lambda: resigned([MANIFEST], CIPHER), Code.MANIFEST),
    "manifest nested without end": (lambda: resigned(b"[" * 60_000, CIPHER), Code.MANIFEST),
    "a float for a number": (
        lambda: resigned(canon(MANIFEST).replace(b'"seq":1,', b'"seq":1.0,'), CIPHER),
        Code.MANIFEST,
    ),
    "true for a number": (lambda: manifest(seq=True), Code.SCHEMA),
    "unit is a list": (lambda: manifest(unit=["31135"]), Code.MANIFEST),
    "unit with a path": (lambda: manifest(unit="../31135"), Code.MANIFEST),
    "an unknown key": (lambda: manifest(trust="me"), Code.SCHEMA),
    "second file without the first": (lambda: manifest(seq=2), Code.SCHEMA),
    "parent in the first epoch": (lambda: manifest(parent="ab" * 32), Code.SCHEMA),
    # to whom
    "addressed to another province": (lambda: manifest(to=["01"]), Code.NOT_FOR_ME),
    "encrypted to another key, addressed to us": (lambda: manifest(to_keys=[RECOVERY.age_key]), Code.NOT_FOR_ME),
    "names our key, encrypted to another": (lambda: encrypted(RECOVERY.age_key, b"x"), Code.DECRYPT),
    "demonstration at a real receiver": (
        lambda: sealed(made=draft(demo=True), to=(DEMO_ABOVE,)),
        Code.DEMO,
    ),
    # the payload
    "payload of another file": (
        lambda: container.build(
            Members(PARTS.manifest, PARTS.signature, container.parse(sealed(made=draft(2, "ab" * 32))).payload)
        ),
        Code.PAYLOAD_HASH,
    ),
    "payload that is no age file": (lambda: manifest(payload=_measures(b"x" * 400)), Code.PAYLOAD_HASH),
    "age armour": (armoured, Code.DECRYPT),
    "bomb of 80 MB": (lambda: encrypted(ABOVE.age_key, BOMB), Code.PLAINTEXT_HASH),
    "bomb rightly measured but one byte": (
        lambda: forged(b"x" * 99, {"payload": {"gz_len": len(BOMB), "pt_len": 79_999_999}}, BOMB),
        Code.TOO_BIG,
    ),
    "10 GB declared": (lambda: forged(GOOD, {"payload": {"pt_len": 10**10}}), Code.TOO_BIG),
    "gzip with a name inside": (
        lambda: forged(GOOD, packed=payload.gzip_of(GOOD).replace(b"\x08\0", b"\x08\x08", 1)),
        Code.PLAINTEXT_HASH,
    ),
    "gzip header before no gzip": (
        lambda: forged(GOOD, packed=payload.gzip_of(GOOD)[:10] + b"\xff" * 40),
        Code.PLAINTEXT_HASH,
    ),
    "gzip length declared wrong": (lambda: forged(GOOD, {"payload": {"gz_len": 7}}), Code.PLAINTEXT_HASH),
    "header is a list": (lambda: forged(text_of([[1], *LINES[1:]])), Code.ROW),
    "two lines beyond the cap": (lambda: forged(b"\n" * (payload.ROW_CAP + 2)), Code.TOO_BIG),
    "target without its goal's denominator": (lambda: spoilt(TARGET, goal_den=None), Code.ROW),
    "target with a share and a scale": (lambda: spoilt(TARGET, scale=2), Code.ROW),
    "target that says nothing": (
        lambda: spoilt(TARGET, num=None, den=None, goal_num=None, goal_den=None),
        Code.ROW,
    ),
    "target of a term that runs backwards": (lambda: spoilt(TARGET, span="2030-2025"), Code.ROW),
    "target of no year": (lambda: spoilt(TARGET, span=""), Code.ROW),
    "target with a woman's name": (lambda: spoilt(TARGET, note="Nguyễn Thị Mẫu"), Code.ROW),
    "work of a kind that nobody does": (lambda: spoilt(ACTIVITY, kind="PARTY", id="x"), Code.ROW),
    "two gzip members": (
        lambda: forged(GOOD, packed=payload.gzip_of(GOOD) + payload.gzip_of(b"x")),
        Code.PLAINTEXT_HASH,
    ),
    "gzip checksum wrong": (lambda: forged(GOOD, packed=payload.gzip_of(GOOD)[:-8] + bytes(8)), Code.PLAINTEXT_HASH),
    "text shorter than declared": (lambda: forged(GOOD, {"payload": {"pt_len": len(GOOD) + 1}}), Code.PLAINTEXT_HASH),
    "text is another": (lambda: forged(GOOD, {"payload": {"pt_sha256": "ab" * 32}}), Code.PLAINTEXT_HASH),
    "no last newline": (lambda: forged(GOOD[:-1]), Code.ROW),
    "empty line at the end": (lambda: forged(GOOD + b"\n"), Code.ROW),
    "no header": (lambda: forged(text_of(LINES[1:])), Code.BINDING),
    "two headers": (lambda: forged(text_of([LINES[0], *LINES])), Code.ROW),
    "header of another file": (lambda: spoilt(0, file_id=uuid("other")), Code.BINDING),
    "header of another number": (lambda: spoilt(0, seq=2), Code.BINDING),
    "header with true for 1": (lambda: spoilt(0, seq=True), Code.BINDING),
    "header of another profile": (lambda: spoilt(0, profile="tat-ca"), Code.BINDING),
    "header of members without columns": (lambda: spoilt(0, profile="danh-sach"), Code.ROW),
    "header of figures with columns": (lambda: spoilt(0, columns=["full_name"]), Code.BINDING),
    "header without salt": (lambda: spoilt(0, salt=None), Code.ROW),
    "header counts one row more": (lambda: spoilt(0, rows=LINES[0]["rows"] | {"branch": 3}), Code.BINDING),
    "a row left out": (lambda: forged(text_of(LINES[:-1])), Code.BINDING),
    # the rows
    "a row of another commune": (lambda: spoilt(INDICATOR, unit="31136"), Code.SCOPE),
    "a row about a person": (lambda: forged(text_of([*LINES, EXTRA])), Code.BINDING),
    "a member among figures, and counted": (
        lambda: forged(text_of([COUNTED, *sorted([*LINES[1:], EXTRA], key=lambda one: (one["t"], one["id"]))])),
        Code.ROW,
    ),
    "a name beside a figure": (lambda: spoilt(INDICATOR, full_name="Nguyễn Thị Mẫu"), Code.ROW),
    "rows not sorted": (lambda: forged(text_of([LINES[0], *LINES[:0:-1]])), Code.ROW),
    "the same row twice": (lambda: forged(text_of([*LINES, LINES[-1]])), Code.BINDING),
    "figure of a branch that is not listed": (
        lambda: spoilt(ACTIVITY, branch=uuid("nowhere"), id=f"2026-10/{uuid('nowhere')}/MEETING"),
        Code.ROW,
    ),
    "figure of an open month": (lambda: spoilt(CLOSING, period="2026-08", id="2026-08"), Code.ROW),
    "figure of another edition": (lambda: spoilt(INDICATOR, edition=1), Code.ROW),
    "id that names another figure": (lambda: spoilt(INDICATOR, id="2026-10//members_zero"), Code.ROW),
    "negative head-count": (lambda: spoilt(ACTIVITY, present=-1), Code.ROW),
    "a number beyond all money": (lambda: spoilt(INDICATOR, num=10**15 + 1), Code.ROW),
    "name written backwards": (lambda: spoilt(BRANCH, name="Thôn \u202eyâT"), Code.ROW),
    "name with a newline": (lambda: spoilt(BRANCH, name="Thôn\nTây"), Code.ROW),
    "name of blanks": (lambda: spoilt(BRANCH, name="\u00a0"), Code.ROW),
    "name in decomposed letters": (lambda: raw("Thôn Đông".encode(), NFD), Code.ROW),
    "reason of a million letters": (lambda: spoilt(CLOSING, reason="x" * 1_000_000), Code.ROW),
    "day that does not exist": (lambda: spoilt(CLOSING, closed_on="2026-02-30"), Code.ROW),
    "null in a row": (lambda: raw(b'"num":3412', b'"num":null'), Code.ROW),
    "exponent in a row": (lambda: raw(b'"num":3412', b'"num":3e3'), Code.ROW),
    "a key twice in a row": (lambda: raw(b'"num":3412', b'"num":1,"num":3412'), Code.ROW),
    "carriage returns": (lambda: forged(GOOD.replace(b"\n", b"\r\n")), Code.ROW),
    "bytes that are no UTF-8": (lambda: raw(b"Th\xc3\xb4n", b"Th\xff\xffn"), Code.ROW),
}


def _measures(cipher: bytes) -> dict[str, Any]:
    return MANIFEST["payload"] | {"ct_len": len(cipher), "ct_sha256": payload.sha256(cipher)}


def refusal(data: bytes, register: Register = REGISTER, me: PublicKeys = ABOVE_KEYS) -> Code | None:
    try:
        open_(data, register, me, ABOVE)
    except Refused as refused:
        return refused.code if refused.detail.isascii() else None  # a detail never repeats text of the file
    return None


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_by_both_readers(name: str) -> None:
    make, code = ATTACKS[name]
    data = make()
    assert refusal(data) is code
    assert independent.verify(data, KNOWN, "92", ABOVE.age_secret) is not None


def test_what_is_not_attacked_is_taken_by_both_readers() -> None:
    for data in (FILE, forged(GOOD), manifest(), manifest(audit={"n": 0, "head": AuditHead(0, "00" * 32).head})):
        assert refusal(data) is None
        assert independent.verify(data, KNOWN, "92", ABOVE.age_secret) is None


def test_the_list_does_not_shrink(close_gate: CloseGate) -> None:
    refused = sum(refusal(make()) is not None for make, _ in ATTACKS.values())
    assert len(ATTACKS) >= 70
    close_gate("R4 named attacks", refused, len(ATTACKS))


def test_revoked_keys_and_demonstrations() -> None:
    """R18, the part that needs a register."""
    demo = Register(Entry(DEMO_KEYS))
    play = sealed(made=draft(demo=True), to=(DEMO_ABOVE,))
    second = sealed(made=draft(2, "ab" * 32))
    last = Register(Entry(COMMUNE_KEYS, revoked=True, last_trusted=(1, 1)))
    assert refusal(FILE, Register(Entry(COMMUNE_KEYS, revoked=True))) is Code.KEY_REVOKED
    assert refusal(FILE, last) is None
    assert refusal(second, last) is Code.KEY_REVOKED
    assert refusal(FILE, Register()) is Code.KEY_UNKNOWN
    assert refusal(play, demo) is Code.DEMO
    assert refusal(play, REGISTER, DEMO_ABOVE) is Code.DEMO
    assert refusal(FILE, demo, DEMO_ABOVE) is Code.DEMO
    assert refusal(play, demo, DEMO_ABOVE) is None
