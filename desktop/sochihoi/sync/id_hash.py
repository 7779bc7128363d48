"""National ids of members, as a level above keeps them: it can say that two are the same, and nothing else.

The key comes out of the private keys of the unit and never leaves it, so nobody can try all twelve-digit numbers
against what the records hold.
"""

from __future__ import annotations

import hashlib
import hmac

from sochihoi.sync.identity import Identity


def id_hash(identity: Identity, national_id: str) -> str:
    """64 hex digits; empty for none."""
    if not national_id:
        return ""
    return hmac.digest(identity.pairing_key, national_id.encode("ascii"), hashlib.sha256).hex()
