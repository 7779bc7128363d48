"""R5: an enrolled commune signs anything at all. Nothing but a refusal may come out, and both readers agree."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from sochihoi.sync import container
from sochihoi.sync.canonical import NotCanonical
from sochihoi.sync.envelope import inspect, open_
from sochihoi.sync.errors import Code, Refused
from tests.sync import independent
from tests.sync.conftest import CloseGate
from tests.sync.samples import (
    ABOVE,
    ABOVE_KEYS,
    COMMUNE_KEYS,
    NEIGHBOUR_KEYS,
    REGISTER,
    forged,
    lines_of,
    manifest_of,
    resigned,
    sealed,
    text_of,
)

KNOWN = {(keys.unit, keys.fingerprint): keys.sign_key for keys in (COMMUNE_KEYS, NEIGHBOUR_KEYS)}
FILE = sealed()
CIPHER = container.parse(FILE).payload
JUNK: tuple[Any, ...] = (
    *(True, False, -1, 0, 1, 2, 10**9, 2**53, "", "0", "x" * 3000, [], {}, [[[[]]]], {"a": {"b": []}}, "31136", "92"),
    *("\x00", "\u202e", "\u200b", "\ufeff", "\U000e0041", "=cmd|'/c calc'!A1", "'; drop table", "../x", "2026-10"),
    *("Nguyễn Thị Mẫu", "2026-13", "9999-99-99", "SHA256:" + "A" * 43, "ab" * 32, "age1" + "q" * 58, "%s{0}"),
)


def spoil(objects: list[dict[str, Any]], source: random.Random) -> None:
    """One to three changes somewhere: a key gone, a value of another kind, a key too many, another row's value."""
    for _ in range(source.choice((1, 1, 2, 3))):
        one = source.choice(objects)
        key = source.choice([*one, "zz"])
        inner = one.get(key)
        if isinstance(inner, dict) and inner and source.random() < 0.6:
            one, key = inner, source.choice([*inner, "zz"])
        if source.random() < 0.2:
            one.pop(key, None)
        elif source.random() < 0.3:
            one[key] = source.choice(objects).get(key, source.choice(JUNK))
        elif isinstance(one.get(key), int) and source.random() < 0.5:
            one[key] += source.choice((-1, 1, 10, 10**15))
        else:
            one[key] = source.choice(JUNK)


def manifests(count: int, source: random.Random) -> Iterator[bytes]:
    while count:
        document = manifest_of(FILE)
        spoil([document], source)
        try:
            yield resigned(document, CIPHER)
        except NotCanonical:
            continue
        count -= 1


def payloads(count: int, source: random.Random) -> Iterator[bytes]:
    while count:
        lines = lines_of()
        spoil(lines, source)
        if source.random() < 0.3:
            lines[1:] = source.sample(lines[1:], len(lines) - 1)
        if source.random() < 0.2:
            lines[source.randrange(len(lines))] = source.choice(JUNK)
        try:
            text = text_of(lines)
        except NotCanonical:
            continue
        if source.random() < 0.1:
            place = source.randrange(len(text))
            text = text[:place] + bytes([source.randrange(256)]) + text[place + source.randrange(3) :]
        yield forged(text)
        count -= 1


def run(count: int, seed: int) -> tuple[int, int, Counter[str]]:
    """How many cases went right: no fault of ours, both readers of one mind, nothing of another unit."""
    source = random.Random(seed)  # noqa: S311 - the same cases each time
    codes: Counter[str] = Counter()
    right = total = 0
    for make in (manifests(count // 2, source), payloads(count - count // 2, source)):
        for data in make:
            total += 1
            try:
                opened = open_(data, REGISTER, ABOVE_KEYS, ABOVE)
                code, good = "OPENED", opened.manifest.unit == "31135"
            except Refused as refusal:
                code, good = refusal.code.value, refusal.code is not Code.INTERNAL
            codes[code] += 1
            other = independent.verify(data, KNOWN, "92", ABOVE.age_secret)
            try:
                good &= inspect(data, REGISTER).unit != ""
            except Refused as refusal:
                good &= refusal.code is not Code.INTERNAL
            right += good and (other is None) == (code == "OPENED")
    return right, total, codes


def test_signed_malformed_files(close_gate: CloseGate) -> None:
    right, total, codes = run(5_000, 2026)
    assert total == 5_000
    assert {"MANIFEST", "SCHEMA", "KEY_UNKNOWN", "BINDING", "SCOPE", "ROW", "OPENED"} <= set(codes)
    assert codes["OPENED"] < 1_000  # small changes of a figure are still figures
    close_gate("R5 signed malformed files", right, total)


@pytest.mark.nightly
def test_many_signed_malformed_files(close_gate: CloseGate) -> None:
    right, total, codes = run(100_000, 2027)
    peak = _peak()
    assert codes[Code.INTERNAL.value] == 0
    close_gate(f"R5 signed malformed files, nightly: 0 uncaught, peak {peak} MB", right, total)


def _peak() -> int:
    """The most memory that this process held, in MB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
