"""Two readers, the second written from the paper, are of one mind about more than 10,000 spoiled files."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pyrage
import pytest

from sochihoi.sync import container, payload, sshsig
from sochihoi.sync.canonical import NotCanonical, canon, parse
from sochihoi.sync.container import HANDOVER_CAP, Form, Members
from sochihoi.sync.envelope import open_, seal
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.identity import Identity, PublicKeys
from sochihoi.sync.manifest import Kind
from sochihoi.sync.receipt import build_receipt, open_answer
from sochihoi.sync.sshsig import Namespace
from sochihoi.sync.statement import NAMESPACES
from tests.sync import independent, independent_carried, independent_key, independent_receipt, samples
from tests.sync import test_carried as plain
from tests.sync.conftest import CloseGate
from tests.sync.make_golden import LISTED, MEMBER_ROWS
from tests.sync.test_corrections import asking
from tests.sync.test_malformed import JUNK
from tests.sync.test_receipt import ANSWERED, CONFIRMED, PARENTS, RECEIPT, RETURNED

HASH, UUID = "ab" * 32, samples.uuid("other")
REVOKED = plain.key_row(plain.BELOW_KEYS) | {"scope": "31", "replaces": plain.ABOVE.fingerprint, "revoked_version": 3}
REVOKED |= {"last_epoch_no": 1, "last_seq": 0, "why": "Mất máy tính"}
REUNITED = samples.draft(epoch_no=2, parent=HASH, parents=("12" * 32, HASH))
VALUES = {"name": "Nguyễn Thị Hoa", "since": -(2**53), "party": True, "zero": 0}
AFTER_ONE = {"number": 2, "prev": HASH}
HANDED = plain.ABOUT[Kind.HANDOVER] | {"seq": 3, "mh": HASH, "into": UUID}
# What a shape is most likely to be read differently for: its ends, its letters, its calendar
EDGES: tuple[Any, ...] = (
    *(0, 1, -1, 6, 7, 10**6, 10**6 + 1, 10**9 - 1, 10**9, 10**15, 10**15 + 1, 2**53, -(2**53), 400_001, True, False),
    *("x" * count for count in (1, 32, 33, 64, 65, 80, 200, 201, 500, 501)),
    *(HASH, HASH.upper(), UUID, UUID.upper(), "SHA256:" + "A" * 43, "age1" + "q" * 58, "age1" + "b" * 58),
    *("2026-11-22T24:00:00Z", "2026-11-22T23:59:60Z", "0000-01-01T00:00:00Z", "2027-02-29", "2028-02-29", "2026-1-01"),
    *("1929", "1930", "2199-Q4", "2200-H1", "2026-00", "2026-12", "2026-H3", "٢٠٢٦", "TOO_BIG", "DUPLICATE", "UNDONE"),
    *("APPLIED", "RETURNED", "RECOVERY", "ABOVE", "a/b.csv", "a/b.CSV", "a/..toml", "a/btoml", "A/b.toml", "INTERNAL"),
    *({}, [], ["GAP"], ["GAP", "GAP"], ["Z", "A"], ["92"], {"num": 1}, {"num": 1, "den": 0}, {"num": 1, "scale": 7}),
)
LETTERS = (
    "\n",
    "\t",
    "\r",
    " ",
    "\u00a0",
    "\u3000",
    "\u200b",
    "\u00ad",
    "\u0301",
    "\u2028",
    "\ue000",
    "\U0001f338",
    "A",
)


@dataclass(frozen=True)
class Sort:
    """Files of one kind, who signs and reads them, and the two readers: whether each takes a file."""

    files: tuple[bytes, ...]
    signer: Identity
    namespace: Namespace
    reader: Identity
    ours: Callable[[bytes], object]
    theirs: Callable[[bytes], str | None]


def sort_of(kind: Kind) -> Sort:
    if kind is Kind.RECEIPT:
        receipts = (
            RECEIPT,
            replace(RECEIPT, tickets=CONFIRMED),
            replace(RETURNED, answered=ANSWERED),
            replace(RECEIPT, receipt_no=1, prev_receipt=None, warnings=("A", "B")),
            RETURNED,
        )
        known = {("92", samples.ABOVE.fingerprint): samples.ABOVE.sign_key}
        secret = samples.COMMUNE.age_secret
        return Sort(
            (*(build_receipt(samples.ABOVE, one) for one in receipts), asking(), asking(RETURNED)),
            samples.ABOVE,
            Namespace.RECEIPT,
            samples.COMMUNE,
            lambda data: open_answer(data, PARENTS, "31135", identity=samples.COMMUNE),
            lambda data: independent_receipt.verify(data, known, "31135", secret),
        )
    if kind is Kind.REPORT:
        known = {("31135", samples.COMMUNE.fingerprint): samples.COMMUNE.sign_key}
        members = seal(
            samples.COMMUNE, samples.draft(2, HASH), MEMBER_ROWS, (samples.ABOVE_KEYS,), plain.random_bytes, LISTED
        )
        return Sort(
            (samples.sealed(samples.ROWS), samples.sealed(made=REUNITED), members),
            samples.COMMUNE,
            Namespace.REPORT,
            samples.ABOVE,
            lambda data: open_(data, samples.REGISTER, samples.ABOVE_KEYS, samples.ABOVE),
            lambda data: independent.verify(data, known, "92", samples.ABOVE.age_secret),
        )
    second = {
        Kind.REGISTER: lambda: plain.sealed(kind, [REVOKED, plain.key_row(plain.ABOVE_KEYS, "ABOVE")], **AFTER_ONE),
        Kind.DEFPACK: lambda: plain.sealed(kind, about=plain.ABOUT[kind] | {"expires": "2027-12-31"}, **AFTER_ONE),
        Kind.TRANSFER: lambda: plain.sealed(kind, [{"t": "member", "id": UUID, "values": VALUES}], number=2),
        Kind.HANDOVER: lambda: plain.sealed(kind, about=HANDED, number=2),
    }
    known = {(keys.unit, keys.fingerprint): keys.sign_key for keys in (plain.ABOVE_KEYS, plain.BELOW_KEYS)}
    return Sort(
        (plain.sealed(kind), second[kind]()),
        plain.ABOVE,
        NAMESPACES[kind],
        plain.BELOW,
        lambda data: plain.opened(kind, data),
        lambda data: independent_carried.verify(data, known, "31135", plain.BELOW.age_secret),
    )


def scratched(data: bytes, source: random.Random) -> bytes:
    """One bit, one byte, or a few bytes gone, more or doubled."""
    at, count = source.randrange(len(data) + 1), source.choice((1, 1, 2, 8))
    match source.randrange(5):
        case 0 if at < len(data):
            return data[:at] + bytes([data[at] ^ 1 << source.randrange(8)]) + data[at + 1 :]
        case 1:
            return data[:at] + data[at + count :]
        case 2:
            return data[:at] + source.randbytes(count) + data[at:]
        case 3:
            return data[:at] + data[at : at + count] + data[at:]
        case _:
            return data[:at] + source.choice((b" ", b"0", b"\n", b'"', b",", b"\0")) + data[at + 1 :]


def touched(found: Any, source: random.Random) -> Any:
    """The value with something inside it changed: gone, of another kind, at an edge, a letter too many."""
    if isinstance(found, dict) and found and source.random() < 0.9:
        key = source.choice([*found, "zz"]) if source.random() < 0.1 else source.choice([*found])
        if source.random() < 0.12:
            return {name: value for name, value in found.items() if name != key}
        return {**found, key: touched(found.get(key, 1), source)}
    if isinstance(found, list) and found and source.random() < 0.8:
        at = source.randrange(len(found))
        return [*found[:at], touched(found[at], source), *found[at + 1 :]]
    if type(found) is int and source.random() < 0.5:
        return found + source.choice((-1, 1, 2, -(10**9), 10**15))
    if isinstance(found, str) and source.random() < 0.5:
        at, letter = source.choice((0, len(found), len(found) // 2)), source.choice(LETTERS)
        return source.choice((found[:at] + letter + found[at:], found[1:], found[:-1], found.swapcase(), found * 2))
    return source.choice(EDGES) if source.random() < 0.8 else source.choice(JUNK)


def signed(sort: Sort, said: Any, content: bytes | None, form: Form) -> bytes:
    manifest = said if isinstance(said, bytes) else canon(said)
    return container.build(
        Members(manifest, sshsig.sign(sort.signer.sign_seed, manifest, sort.namespace), content, form)
    )


def measured(sort: Sort, parts: Members, packed: bytes, text: bytes) -> bytes:
    """Rightly encrypted, measured and signed around whatever was packed."""
    content = packed
    if parts.form is Form.AGE:
        content = pyrage.encrypt(packed, [pyrage.x25519.Recipient.from_str(sort.reader.age_key)])
    told = {"gz_len": len(packed), "pt_len": len(text), "pt_sha256": payload.sha256(text)}
    told |= {"ct_len": len(content), "ct_sha256": payload.sha256(content)}
    return signed(sort, parse(parts.manifest) | {"payload": told}, content, parts.form)


@cache
def text_of(sort: Sort, parts: Members) -> bytes:
    content, measures = parts.payload or b"", payload.Payload(**parse(parts.manifest)["payload"])
    return (
        payload.unpack(content, measures)
        if parts.form is Form.GZIP
        else payload.open_text(content, measures, sort.reader)
    )


def inside(sort: Sort, parts: Members, source: random.Random) -> bytes:
    """Changed below the signature: lines, letters of the text, bytes of the gzip."""
    text = text_of(sort, parts)
    match source.randrange(4):
        case 0:
            packed = scratched(payload.gzip_of(text), source)
            return measured(sort, parts, packed, text)
        case 1:
            text = scratched(text, source)
        case _:
            lines = touched([parse(line) for line in text.splitlines()], source)
            if not isinstance(lines, list) or not lines:
                raise NotCanonical
            if source.random() < 0.1:
                lines.append(lines[-1])
            if source.random() < 0.1:
                lines[1:] = lines[:0:-1]
            for line in lines:  # a text out of shape, not one that its hash gives away
                if isinstance(line, dict) and isinstance(line.get("text"), str) and "sha256" in line:
                    line["sha256"] = hashlib.sha256(line["text"].encode(errors="replace")).hexdigest()
            text = b"".join(canon(line) + b"\n" for line in lines)
    return measured(sort, parts, payload.gzip_of(text), text)


def spoiled(sort: Sort, source: random.Random) -> bytes:
    whole = source.choice(sort.files)
    parts = container.parse(whole, HANDOVER_CAP)
    told, content = parts.manifest, parts.payload
    match source.randrange(8):
        case 0:
            return scratched(whole, source)
        case 1:
            members = [told, parts.signature, content or b""]
            at = source.randrange(3)
            members[at] = scratched(members[at], source)
            return container.build(Members(members[0], members[1], members[2], parts.form))
        case 2:
            return signed(sort, scratched(told, source), content, parts.form)
        case 3 | 4 | 5:
            return signed(sort, touched(parse(told), source), content, parts.form)
        case _ if content is None or parts.form is Form.BACKUP:
            return signed(sort, touched(touched(parse(told), source), source), content, parts.form)
        case _:
            return inside(sort, parts, source)


def cases(sort: Sort, count: int, source: random.Random) -> Iterator[bytes]:
    """``count`` spoiled files; what no writer of canonical JSON could write is drawn again."""
    yield from sort.files
    left = count - len(sort.files)
    while left:
        try:
            made = spoiled(sort, source)
        except NotCanonical:
            continue
        yield made
        left -= 1


def judged(sort: Sort, data: bytes) -> str:
    try:
        sort.ours(data)
    except Refused as refusal:
        return refusal.code.value
    return "OPENED"


def compared(kind: Kind, count: int, seed: int) -> tuple[int, list[tuple[str, str | None, bytes]]]:
    """How many files both take, and those about which they differ."""
    sort, both, different = sort_of(kind), 0, []
    for data in cases(sort, count, random.Random(seed)):  # noqa: S311 - the same cases each time
        ours, theirs = judged(sort, data), sort.theirs(data)
        both += ours == "OPENED" and theirs is None
        if (ours == "OPENED") != (theirs is None) or ours == Code.INTERNAL.value:
            different.append((ours, theirs, data))
    return both, different


KINDS = (Kind.REPORT, Kind.RECEIPT, Kind.REGISTER, Kind.DEFPACK, Kind.TRANSFER, Kind.HANDOVER)


@pytest.mark.parametrize("kind", KINDS)
def test_two_readers_agree(kind: Kind, close_gate: CloseGate) -> None:
    count = 500 if kind is Kind.REPORT else 1_900  # test_malformed has more reports
    both, different = compared(kind, count, 2026)
    assert [(ours, theirs) for ours, theirs, _data in different] == []
    assert both > count // 50  # or they would only agree about rubbish
    close_gate(f"R5 two readers agree, {kind.value}", count - len(different), count)


RENEWED = replace(samples.NEIGHBOUR_KEYS, replaces=samples.COMMUNE.fingerprint)
KEY_FILES = (
    (samples.COMMUNE_KEYS.to_bytes(samples.COMMUNE), samples.COMMUNE),
    (samples.DEMO_KEYS.to_bytes(samples.COMMUNE), samples.COMMUNE),
    (RENEWED.to_bytes(samples.NEIGHBOUR, samples.COMMUNE), samples.NEIGHBOUR),
)


def spoiled_key(source: random.Random) -> bytes:
    """Scratched, or changed and signed anew by both keys, with an armour too many or too few at times."""
    whole, owner = source.choice(KEY_FILES)
    if source.random() < 0.2:
        return scratched(whole, source)
    said = parse(whole)
    armours = {name: said.pop(name) for name in ("sig", "old_sig") if name in said}
    told = touched(said, source)
    for name, signer in zip(armours, (owner, samples.COMMUNE), strict=False):
        armours[name] = sshsig.sign(signer.sign_seed, canon(told), Namespace.KEY).decode("ascii")
    if not isinstance(told, dict):
        raise NotCanonical
    return canon(touched({**told, **armours}, source) if source.random() < 0.1 else {**told, **armours})


def test_two_readers_agree_about_key_files(close_gate: CloseGate) -> None:
    source, right, both, total = random.Random(2026), 0, 0, 0  # noqa: S311 - the same cases each time
    for data, _owner in KEY_FILES:
        said = parse(data)
        assert "".join(PublicKeys.from_bytes(data).digits) == independent_key.digits(said)
    while total < 600:
        try:
            data = spoiled_key(source)
        except NotCanonical:
            continue
        try:
            ours = PublicKeys.from_bytes(data) is not None
        except Refused as refusal:
            ours = refusal.code is Code.INTERNAL
        theirs = independent_key.verify(data) is None
        total, right, both = total + 1, right + (ours == theirs), both + (ours and theirs)
    assert both > 40
    close_gate("R5 two readers agree, key files", right, total)


@pytest.mark.nightly
@pytest.mark.parametrize("kind", KINDS)
def test_two_readers_agree_on_many(kind: Kind, close_gate: CloseGate) -> None:
    count = 100_000
    _both, different = compared(kind, count, 2027)
    close_gate(f"R5 two readers agree, {kind.value}, nightly", count - len(different), count)
