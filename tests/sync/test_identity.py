"""Keys: made, kept, handed over, read aloud."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sochihoi.sync import bech32, sshsig
from sochihoi.sync.canonical import canon, parse
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.identity import Entry, Identity, PublicKeys, Register
from sochihoi.sync.sshsig import Namespace
from tests.sync.conftest import CloseGate
from tests.sync.samples import ABOVE_KEYS, COMMUNE, COMMUNE_KEYS, DEMO_KEYS, NEIGHBOUR_KEYS, STRANGER

FILE = COMMUNE_KEYS.to_bytes(COMMUNE)


def refused(data: bytes) -> Code:
    with pytest.raises(Refused) as refusal:
        PublicKeys.from_bytes(data)
    return refusal.value.code


def altered(**changes: object) -> bytes:
    """A key file with other facts, rightly self-signed."""
    document = {key: value for key, value in parse(FILE).items() if key != "sig"} | changes
    document = {key: value for key, value in document.items() if value is not None}
    signature = sshsig.sign(COMMUNE.sign_seed, canon(document), Namespace.KEY).decode()
    return canon(document | {"sig": signature})


def test_an_identity_is_kept_and_never_shown() -> None:
    assert Identity.from_bytes(COMMUNE.to_bytes()) == COMMUNE
    assert repr(COMMUNE) == "Identity()"


SHORT = replace(COMMUNE, before=(b"short",)).to_bytes()


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", COMMUNE.to_bytes()[:-1], COMMUNE.to_bytes().replace(b"/1", b"/2"), SHORT]
)
def test_a_damaged_identity_is_no_identity(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any of them
        Identity.from_bytes(data)


def test_age_agrees_about_the_keys() -> None:
    import pyrage

    assert str(pyrage.x25519.Identity.from_str(COMMUNE.age_secret).to_public()) == COMMUNE.age_key
    assert bech32.encode("age", bech32.decode("age", COMMUNE.age_key, 32)) == COMMUNE.age_key


@pytest.mark.parametrize("keys", [COMMUNE_KEYS, DEMO_KEYS])
def test_a_key_file_comes_back(keys: PublicKeys) -> None:
    assert PublicKeys.from_bytes(keys.to_bytes(COMMUNE)) == keys


def test_another_identity_cannot_sign_for_these_keys() -> None:
    with pytest.raises(ValueError, match="another"):
        COMMUNE_KEYS.to_bytes(STRANGER)


def test_every_damaged_bit_of_a_key_file_is_seen(close_gate: CloseGate) -> None:
    found = 0
    for place in range(len(FILE) * 8):
        data = bytearray(FILE)
        data[place // 8] ^= 1 << place % 8
        found += refused(bytes(data)) in set(Code) - {Code.INTERNAL}
    assert found > 4_800
    close_gate("R1 key file, every bit", found, len(FILE) * 8)


@pytest.mark.parametrize(
    "changes",
    [
        {"unit": ""},
        {"unit": "31 135"},
        {"unit": 31135},
        {"name": " Xã"},
        {"name": "X\u202eã"},
        {"name": "X" * 201},
        {"name": "Xã\u200b"},
        {"level": "xã"},
        {"sign": "ssh-rsa AAAA"},
        {"age": "age1" + "q" * 58},
        {"age": bech32.encode("age", bytes(32))},
        {"age": COMMUNE_KEYS.age_key.upper()},
        {"installation": "pc"},
        {"demo": False},
        {"fmt": "hpn-key/2"},
        {"role": "chair"},
        {"name": None},
    ],
)
def test_a_key_file_keeps_its_schema(changes: dict[str, object]) -> None:
    assert refused(altered(**changes)) is Code.SCHEMA


def test_a_key_file_has_one_spelling_and_a_cap() -> None:
    assert refused(FILE + b"\n") is Code.MANIFEST
    assert refused(b" " * 20_000) is Code.TOO_BIG


def test_another_key_cannot_take_a_signature_over() -> None:
    document = parse(FILE) | {"sign": sshsig.public_line(STRANGER.sign_key)}
    assert refused(canon(document)) is Code.SIG_FORMAT


def test_the_digits_are_twelve_groups_of_five_over_unit_and_keys() -> None:
    assert len(COMMUNE_KEYS.digits) == 12
    assert all(len(group) == 5 and group.isdigit() for group in COMMUNE_KEYS.digits)
    same_name = PublicKeys.from_bytes(altered(name="Tên khác"))
    assert same_name.digits == COMMUNE_KEYS.digits
    others = {PublicKeys.from_bytes(altered(unit="31136")).digits, DEMO_KEYS.digits, NEIGHBOUR_KEYS.digits}
    others.add(PublicKeys.from_bytes(altered(age=STRANGER.age_key)).digits)
    assert len(others | {COMMUNE_KEYS.digits}) == 5


def test_a_register_knows_a_key_only_for_its_unit() -> None:
    register = Register(Entry(COMMUNE_KEYS), Entry(ABOVE_KEYS, revoked=True))
    assert register.find("31135", COMMUNE_KEYS.fingerprint) is not None
    assert register.find("31136", COMMUNE_KEYS.fingerprint) is None


def test_a_revoked_key_counts_up_to_its_last_trusted_file() -> None:
    entry = Entry(COMMUNE_KEYS, revoked=True, last_trusted=(2, 7))
    assert [entry.refuses(*place) for place in ((1, 99), (2, 7), (2, 8), (3, 1))] == [False, False, True, True]
    assert Entry(COMMUNE_KEYS, revoked=True).refuses(1, 1)
    assert not Entry(COMMUNE_KEYS).refuses(9, 9)
