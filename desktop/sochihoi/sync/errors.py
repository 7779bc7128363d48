"""Why a file is refused: one code each, and the facts that a sentence needs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sochihoi.domain.errors import UserError


class Code(StrEnum):
    """Every refusal, in the order in which a reader finds them (desktop/docs/sync-format.md, "Refusals")."""

    CONTAINER = "CONTAINER"  # not our three (or two) members, byte for byte
    MANIFEST = "MANIFEST"  # not canonical JSON, or of another format or kind
    KEY_UNKNOWN = "KEY_UNKNOWN"
    KEY_REVOKED = "KEY_REVOKED"
    SIG_FORMAT = "SIG_FORMAT"
    SIG_BAD = "SIG_BAD"
    SCHEMA = "SCHEMA"  # rightly signed, but a key is missing, unknown or out of range
    PAYLOAD_HASH = "PAYLOAD_HASH"
    NOT_FOR_ME = "NOT_FOR_ME"
    DEMO = "DEMO"  # demonstration data at a real receiver, or the reverse
    DECRYPT = "DECRYPT"
    TOO_BIG = "TOO_BIG"
    PLAINTEXT_HASH = "PLAINTEXT_HASH"
    BINDING = "BINDING"  # the encrypted header names another manifest
    SCOPE = "SCOPE"  # a row of another unit
    ROW = "ROW"
    STALE = "STALE"
    FORK_SAME_SEQ = "FORK_SAME_SEQ"
    FORK_CHAIN = "FORK_CHAIN"
    EPOCH_UNPROVEN = "EPOCH_UNPROVEN"
    UNIT_CLOSED = "UNIT_CLOSED"
    HOLD = "HOLD"  # a person decides: the figures moved too far
    UNDONE = "UNDONE"  # counted once, and was taken back by a person
    INTERNAL = "INTERNAL"  # a fault of ours, met at the boundary


class Why(StrEnum):
    """What ``Refused.detail`` says where one code stands for several things that an officer does about differently."""

    EMPTY = "empty"
    CUT = "ends early"
    CHANGED = "changed"
    LONGER = "longer than it was"
    NOT_OURS = "not ours"
    REPACKED = "packed anew"
    WRAPPING = "wrapping damaged"
    OTHER_ZIP = "another zip"
    LETTER = "letter without file"
    SEVERAL = "several files"
    LOCKED = "locked"
    PACKED = "another archive"
    KEY_FILE = "key file"
    KEY_CHANGED = "key file changed"
    RECEIPT = "receipt"
    REPORT = "report"
    OTHER_KIND = "another kind"
    NEWER = "newer"
    WAITS = "waits for the second approval"


MOST_ROWS = 50
"""Of wrong lines that many are named: whoever mends one kind of them mends all."""


@dataclass(frozen=True, slots=True)
class WrongRow:
    """A line that is not taken. ``line``: its number in the text, the header being 1. ``place``: as ``detail``.

    ``period``, ``branch``, ``indicator``: what it says it is about, each empty unless it has its shape.
    """

    line: int
    place: str
    period: str = ""
    branch: str = ""
    indicator: str = ""


@dataclass(eq=False)
class Refused(UserError):
    """A file that is not taken.

    ``unit``, ``period``, ``seq``: what the file says of itself, as far as it was read when it was refused (empty or
    ``None`` before that; **not proven** for codes up to ``SIG_BAD``). ``detail``: which key or step, made of our own
    words only, never of text from the file, so that it may stand in a log. ``rows``: the lines that a proven file is
    refused for (ROW, SCOPE), at most ``MOST_ROWS``; none where lines do not fit together.
    """

    code: Code
    detail: str = ""
    unit: str = ""
    period: str = ""
    seq: int | None = None
    rows: tuple[WrongRow, ...] = ()
