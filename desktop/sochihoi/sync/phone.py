"""Ten letters, read over the telephone, that say "exactly this file counts here" and that only the addressee can make.

Both sides have one secret in common, from the age key of the other and their own (X25519). Whoever merely saw the file,
the courier for one, cannot work the letters out.
"""

from __future__ import annotations

import hashlib
import hmac

from sochihoi.domain.paper_codes import code_of
from sochihoi.sync import bech32
from sochihoi.sync.identity import Identity

_INFO = b"hpn-phone/1"
_SIZE = 32


def code(mine: Identity, other: str, sha256: str, manifest_hash: str) -> str:
    """The letters for a file (SHA-256 of its bytes, manifest hash), without dash. ``other``: ``age1…``.

    Both sides get the same. Raises ``ValueError`` when ``other`` is no age key.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    theirs = X25519PublicKey.from_public_bytes(bech32.decode("age", other, _SIZE))
    shared = X25519PrivateKey.from_private_bytes(mine.age_seed).exchange(theirs)
    key = HKDF(SHA256(), _SIZE, None, _INFO).derive(shared)
    said = b"counts\0" + bytes.fromhex(sha256) + bytes.fromhex(manifest_hash)
    return code_of(hmac.new(key, said, hashlib.sha256).hexdigest())
