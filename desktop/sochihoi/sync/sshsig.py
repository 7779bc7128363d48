"""SSHSIG signatures (OpenSSH's PROTOCOL.sshsig) with Ed25519 and SHA-512, as ``ssh-keygen -Y`` writes them.

A signature has exactly one spelling here: the reader rebuilds the armour from key, namespace and the 64 signature
bytes and compares. Keys are 32 raw bytes.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct
from collections.abc import Iterable
from enum import StrEnum

from sochihoi.sync.errors import Code, Refused

_BEGIN = b"-----BEGIN SSH SIGNATURE-----\n"
_END = b"-----END SSH SIGNATURE-----\n"
_LINE = 70
_KEY_TYPE = b"ssh-ed25519"
_HASH = b"sha512"


class Namespace(StrEnum):
    """What a signature is for: one of another purpose does not verify."""

    REPORT = "hpn-report@v1"
    RECEIPT = "hpn-receipt@v1"
    DEFPACK = "hpn-defpack@v1"
    REGISTER = "hpn-register@v1"
    TRANSFER = "hpn-transfer@v1"
    HANDOVER = "hpn-handover@v1"
    KEY = "hpn-key@v1"  # the self-signature of a public key file


FROM_BELOW = (Namespace.REPORT, Namespace.TRANSFER, Namespace.HANDOVER)
"""What a unit below signs."""
FROM_ABOVE = (Namespace.RECEIPT, Namespace.REGISTER, Namespace.DEFPACK)
"""What a level above signs for the units below it."""


def public_blob(key: bytes) -> bytes:
    """The public key as OpenSSH writes it inside files: type and key, each with its length."""
    return _string(_KEY_TYPE) + _string(key)


def fingerprint(key: bytes) -> str:
    """``SHA256:`` and 43 characters, as ``ssh-keygen -l`` prints it."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(public_blob(key)).digest()).decode("ascii").rstrip("=")


def public_line(key: bytes, comment: str = "") -> str:
    """``ssh-ed25519 AAAA… comment``."""
    line = f"{_KEY_TYPE.decode()} {base64.b64encode(public_blob(key)).decode('ascii')}"
    return f"{line} {comment}" if comment else line


def key_of_line(line: str) -> bytes:
    """The key of a line that ``public_line`` made without a comment. Raises ``ValueError`` for any other text."""
    prefix = f"{_KEY_TYPE.decode()} "
    blob = base64.b64decode(line.removeprefix(prefix), validate=True)
    key = blob[-32:]
    if public_line(key) != line:
        raise ValueError("public key line")
    return key


def principal(unit: str) -> str:
    """The name of a unit in ``allowed_signers`` and for ``ssh-keygen -I``: ``unit-31135``."""
    return f"unit-{unit}"


def allowed_signers_line(unit: str, namespaces: Iterable[Namespace], key: bytes) -> str:
    """One line of the file that ``ssh-keygen -Y verify -f`` reads, without its newline."""
    purposes = ",".join(namespace.value for namespace in namespaces)
    return f'{principal(unit)} namespaces="{purposes}" {public_line(key)}'


def sign(seed: bytes, message: bytes, namespace: Namespace) -> bytes:
    """The armour over ``message``. ``seed`` is the private key (32 bytes). Byte-identical to ``ssh-keygen -Y sign``."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.from_private_bytes(seed)
    signature = private.sign(_signed_data(message, namespace))
    return _armour(private.public_key().public_bytes_raw(), namespace, signature)


def signer(armour: bytes, namespace: Namespace) -> bytes:
    """The public key that the armour names, **not** verified. Raises ``Refused`` (SIG_FORMAT)."""
    key, _ = _take_apart(armour, namespace)
    return key


def verify(armour: bytes, message: bytes, namespace: Namespace, key: bytes) -> None:
    """Accept only a signature by ``key`` over ``message`` for ``namespace``.

    Raises ``Refused``: SIG_FORMAT for any other spelling, key or namespace; SIG_BAD when it is not over this message.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    named, signature = _take_apart(armour, namespace)
    if named != key:
        raise Refused(Code.SIG_FORMAT, "signature: key")
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, _signed_data(message, namespace))
    except (InvalidSignature, ValueError):
        raise Refused(Code.SIG_BAD) from None


def _take_apart(armour: bytes, namespace: Namespace) -> tuple[bytes, bytes]:
    """Public key and signature: the fixed layout puts them at fixed places, the rebuilt armour proves the rest."""
    if not (armour.startswith(_BEGIN) and armour.endswith(_END)):
        raise Refused(Code.SIG_FORMAT, "signature: armour")
    try:
        blob = base64.b64decode(armour[len(_BEGIN) : -len(_END)].replace(b"\n", b""), validate=True)
    except binascii.Error:
        raise Refused(Code.SIG_FORMAT, "signature: base64") from None
    start = len(b"SSHSIG") + 4 + 4 + len(_string(_KEY_TYPE)) + 4
    key, signature = blob[start : start + 32], blob[-64:]
    if len(key) != 32 or len(signature) != 64 or _armour(key, namespace, signature) != armour:
        raise Refused(Code.SIG_FORMAT, "signature: layout or namespace")
    return key, signature


def _string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def _signed_data(message: bytes, namespace: Namespace) -> bytes:
    digest = hashlib.sha512(message).digest()
    return b"SSHSIG" + _string(namespace.encode()) + _string(b"") + _string(_HASH) + _string(digest)


def _armour(key: bytes, namespace: Namespace, signature: bytes) -> bytes:
    blob = b"SSHSIG" + struct.pack(">I", 1) + _string(public_blob(key)) + _string(namespace.encode())
    blob += _string(b"") + _string(_HASH) + _string(_string(_KEY_TYPE) + _string(signature))
    text = base64.b64encode(blob)
    lines = b"".join(text[at : at + _LINE] + b"\n" for at in range(0, len(text), _LINE))
    return _BEGIN + lines + _END
