"""Signatures: one spelling, one purpose, one key."""

from __future__ import annotations

import pytest

from sochihoi.sync import sshsig
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.sshsig import Namespace
from tests.sync.samples import COMMUNE, NEIGHBOUR

MESSAGE = b'{"fmt":"hpn-sync/1"}'
ARMOUR = sshsig.sign(COMMUNE.sign_seed, MESSAGE, Namespace.REPORT)


def verdict(armour: bytes, message: bytes = MESSAGE, namespace: Namespace = Namespace.REPORT) -> Code | None:
    try:
        sshsig.verify(armour, message, namespace, COMMUNE.sign_key)
    except Refused as refusal:
        return refusal.code
    return None


def test_its_own_signature_verifies_and_is_the_same_each_time() -> None:
    assert verdict(ARMOUR) is None
    assert sshsig.sign(COMMUNE.sign_seed, MESSAGE, Namespace.REPORT) == ARMOUR
    assert sshsig.signer(ARMOUR, Namespace.REPORT) == COMMUNE.sign_key


@pytest.mark.parametrize("namespace", [purpose for purpose in Namespace if purpose is not Namespace.REPORT])
def test_a_signature_serves_one_purpose(namespace: Namespace) -> None:
    assert verdict(ARMOUR, namespace=namespace) is Code.SIG_FORMAT
    assert verdict(sshsig.sign(COMMUNE.sign_seed, MESSAGE, namespace)) is Code.SIG_FORMAT


def test_another_message_or_key_is_refused() -> None:
    assert verdict(ARMOUR, MESSAGE + b" ") is Code.SIG_BAD
    assert verdict(sshsig.sign(NEIGHBOUR.sign_seed, MESSAGE, Namespace.REPORT)) is Code.SIG_FORMAT


@pytest.mark.parametrize(
    "armour",
    [
        b"",
        ARMOUR[:-1],
        ARMOUR + b"\n",
        ARMOUR.replace(b"\n", b"\r\n"),
        ARMOUR.replace(b"\n", b"\n\n", 1),
        ARMOUR.replace(b"AAAA", b"AAA=", 1),
        ARMOUR[:-60] + ARMOUR[-56:],
        b"-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n",
        b"-----BEGIN SSH SIGNATURE-----\n!\n-----END SSH SIGNATURE-----\n",
    ],
)
def test_every_other_spelling_is_refused(armour: bytes) -> None:
    assert verdict(armour) is Code.SIG_FORMAT


def test_a_public_line_is_read_strictly() -> None:
    line = sshsig.public_line(COMMUNE.sign_key)
    assert sshsig.key_of_line(line) == COMMUNE.sign_key
    assert sshsig.public_line(COMMUNE.sign_key, "xa-mau") == f"{line} xa-mau"
    for other in (f"{line} xa-mau", line[:-4], f" {line}", line.replace("ed25519", "rsa")):
        with pytest.raises(ValueError):  # noqa: PT011 - any of them
            sshsig.key_of_line(other)
