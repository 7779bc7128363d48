"""Identifiers: UUID version 7 (RFC 9562), so that new rows lie beside each other in the file.

Time-ordered ids keep the overhead of encryption at 0.94 to 1.24 times (random ids: up to 5.6).
"""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Callable

IdMaker = Callable[[], str]

_last: list[int] = [0]


def new_id() -> str:
    """A new id, 36 characters. Within one process ids never run backwards, even when the clock does."""
    stamp = max(time.time_ns() // 1_000 * 4096 // 1_000, _last[0] + 1)  # milliseconds, then 12 bits of their fraction
    _last[0] = stamp
    return _compose(stamp, secrets.randbits(62))


def seeded(seed: str) -> IdMaker:
    """Ids that follow from a seed alone: demonstrations and tests give the same file twice."""
    import random

    source = random.Random(seed)  # noqa: S311 - not a secret: the same seed must give the same ids
    counter = [1_700_000_000_000 << 12]

    def make() -> str:
        counter[0] += 1
        return _compose(counter[0], source.getrandbits(62))

    return make


def _compose(stamp: int, tail: int) -> str:
    value = (stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0b10 << 62 | tail
    return str(uuid.UUID(int=value))
