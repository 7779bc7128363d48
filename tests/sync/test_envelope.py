"""Sealing, looking, opening: what an honest file does."""

from __future__ import annotations

from typing import Any

import pytest

from sochihoi.sync import container, envelope, payload
from sochihoi.sync.envelope import inspect, open_, seal
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.identity import Entry, Register
from sochihoi.sync.manifest import Kind
from sochihoi.sync.rows import Indicator, key_of
from tests.sync.samples import (
    ABOVE,
    ABOVE_KEYS,
    COMMUNE,
    COMMUNE_KEYS,
    DEMO_ABOVE,
    OCTOBER,
    RECOVERY,
    RECOVERY_KEYS,
    REGISTER,
    ROWS,
    SMALL,
    draft,
    sealed,
    stream,
)
from tests.sync.test_container import wrapped
from tests.sync.test_manifest import FULL

FILE = sealed(ROWS)


def test_what_was_sealed_is_opened() -> None:
    opened = open_(FILE, REGISTER, ABOVE_KEYS, ABOVE)
    assert sorted(opened.rows, key=key_of) == sorted(ROWS, key=key_of)
    assert opened.manifest.draft == draft()
    assert opened.sender == COMMUNE_KEYS
    assert opened.content == FILE
    assert opened.manifest_hash == inspect(FILE).manifest_hash


def test_every_recipient_opens_it() -> None:
    data = sealed(to=(ABOVE_KEYS, RECOVERY_KEYS))
    assert open_(data, REGISTER, ABOVE_KEYS, ABOVE).rows == open_(data, REGISTER, RECOVERY_KEYS, RECOVERY).rows


def test_the_order_in_which_rows_are_given_does_not_matter() -> None:
    texts = {payload.text_of(draft(), COMMUNE.fingerprint, bytes(16), rows) for rows in (ROWS, ROWS[::-1])}
    assert len(texts) == 1


def test_a_messengers_wrapping_does_not_matter() -> None:
    opened = open_(wrapped(("HPN_31135_2026-10_0001 (1).hpn", FILE)), REGISTER, ABOVE_KEYS, ABOVE)
    assert opened.content == FILE


def test_inspection_needs_no_key_and_says_whether_the_sender_is_known() -> None:
    looked = inspect(FILE)
    assert (looked.kind, looked.unit, looked.known, looked.name) == (Kind.REPORT, "31135", False, "")
    assert looked.fingerprint == COMMUNE.fingerprint
    assert looked.manifest is not None
    assert (looked.manifest.period, looked.manifest.seq) == (OCTOBER, 1)
    known = inspect(FILE, REGISTER)
    assert (known.known, known.revoked, known.name) == (True, False, "Xã Mẫu Một")
    assert inspect(FILE, Register(Entry(COMMUNE_KEYS, revoked=True))).revoked


@pytest.mark.parametrize("place", [0, 40, 500, -300, -1])
def test_inspection_sees_damage(place: int) -> None:
    data = bytearray(FILE)
    data[place] ^= 4
    with pytest.raises(Refused):
        inspect(bytes(data))


def test_inspection_sees_another_payload() -> None:
    parts, other = container.parse(FILE), container.parse(sealed(SMALL))
    with pytest.raises(Refused) as refusal:
        inspect(container.build(container.Members(parts.manifest, parts.signature, other.payload)))
    assert refusal.value.code is Code.PAYLOAD_HASH
    assert (refusal.value.unit, refusal.value.period, refusal.value.seq) == ("31135", "2026-10", 1)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"rows": (*SMALL, Indicator(OCTOBER, 1, "", "members_total", 7))}, Code.ROW),
        ({"rows": ()}, Code.ROW),
        ({"rows": (*SMALL, Indicator(OCTOBER, 1, "", "tên", 7))}, Code.ROW),
        ({"made": draft(0)}, Code.SCHEMA),
        ({"made": FULL}, Code.DEMO),
        ({"to": (DEMO_ABOVE,)}, Code.DEMO),
        ({"to": ()}, Code.SCHEMA),
    ],
)
def test_what_a_reader_would_refuse_is_not_sealed(changes: dict[str, Any], code: Code) -> None:
    with pytest.raises(Refused) as refusal:
        sealed(**changes)
    assert refusal.value.code is code


def test_the_salt_hides_a_small_payload() -> None:
    assert payload.text_of(draft(), "k", b"\1" * 16, SMALL) != payload.text_of(draft(), "k", b"\2" * 16, SMALL)
    first, second = (seal(COMMUNE, draft(), SMALL, (ABOVE_KEYS,), stream(word)) for word in ("a", "b"))
    hashes = {inspect(data).manifest_hash for data in (first, second)}
    assert len(hashes) == 2


def test_a_fault_of_ours_is_a_refusal_and_not_the_end_of_the_batch() -> None:
    class Broken(Register):
        def find(self, unit: str, fingerprint: str) -> Entry | None:
            raise ZeroDivisionError(unit, fingerprint)

    with pytest.raises(Refused) as refusal:
        open_(FILE, Broken(), ABOVE_KEYS, ABOVE)
    assert (refusal.value.code, refusal.value.detail) == (Code.INTERNAL, "ZeroDivisionError")
    assert isinstance(refusal.value.__cause__, ZeroDivisionError)


def test_nothing_is_decrypted_before_everything_outside_is_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    reached: list[str] = []
    monkeypatch.setattr(envelope.payload, "open_text", lambda *_: reached.append("opened") or b"")
    for register, me in ((Register(), ABOVE_KEYS), (REGISTER, COMMUNE_KEYS)):
        with pytest.raises(Refused):
            open_(FILE, register, me, ABOVE)
    assert reached == []
