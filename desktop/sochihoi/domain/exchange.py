"""What passes between a unit and the level above: keys, files sent, files received."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from sochihoi.domain.errors import UserError
from sochihoi.domain.keys import KeyState

COMMUNE = ""
"""The branch of figures that are about the whole commune."""


class Direction(Enum):
    """Whose key it is: of a unit that sends to us, or of the level above, to which we send."""

    SENDER = 1
    PARENT = 2


class SentState(Enum):
    """A file counts as sent once a copy was written, read back and found equal. The rest the level above says, in a
    receipt or by telephone.
    """

    PREPARED = 1
    WRITTEN = 2
    RECEIVED = 3
    RETURNED = 4
    PHONED = 5  # its code was told: it counts above, and no receipt proves it yet


class Outcome(Enum):
    """What became of a file that came in."""

    STORED = 1
    DUPLICATE = 2
    REFUSED = 3
    HELD = 4  # whole and proven, but a person decides whether it counts
    UNDONE = 5  # counted once, and was taken back


class Decision(Enum):
    """What a person said about a file that was held."""

    ACCEPTED = 1
    RETURNED = 2


class Doubt(Enum):
    """What a receipt shows besides its answer: that one of the two sides went back in time."""

    OLDER_BOOK = 1  # the level above has a file of ours that this book does not know
    OLDER_ABOVE = 2  # the level above counts its receipts anew: it no longer has what it had


@dataclass(frozen=True, slots=True)
class Installation:
    """This PC's secret keys (``identity``: bytes for the sync library) and its unbroken life, the epoch.

    ``frozen_on``: the book was handed over to another PC on that day.
    """

    id: str
    identity: bytes = field(repr=False)
    epoch: str
    epoch_no: int
    parent: str
    made_on: date | None = None
    frozen_on: date | None = None


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A key whose 12 groups of 5 digits are compared before it counts. ``keys`` is the key file itself.

    ``approved_by``: accounts, in the order of their approvals. ``scope``: what the codes of the units begin with
    that it may sign for; empty is its own unit alone. ``from_version``, ``revoked_version``: of the signed
    register.
    ``last_epoch_no``, ``last_seq``: the last place in its stream where a revoked key still counts. ``replaces``: the
    fingerprint of the key that signed for this one.
    """

    id: str
    unit_code: str
    unit_name: str
    level: str
    direction: Direction
    keys: bytes = field(repr=False)
    fingerprint: str
    digits: str
    trusted_on: date | None
    revoked: bool = False
    state: KeyState = KeyState.ACTIVE
    approved_by: tuple[str, ...] = ()
    scope: str = ""
    from_version: int | None = None
    revoked_version: int | None = None
    last_epoch_no: int | None = None
    last_seq: int | None = None
    revoked_why: str = ""
    replaces: str = ""

    @property
    def last_trusted(self) -> tuple[int, int] | None:
        """(Epoch number, seq) up to which a revoked key still counts."""
        return None if self.last_epoch_no is None or self.last_seq is None else (self.last_epoch_no, self.last_seq)


@dataclass(frozen=True, slots=True)
class SentFile:
    """One file that was made here, without its bytes. ``told``: what left this PC in it (``services/leaving.py``)."""

    id: str
    file_name: str
    file_id: str
    period: str
    edition: int
    epoch: str
    seq: int
    manifest_hash: str
    sha256: str
    to_unit: str
    state: SentState
    written_to: str
    sent_on: date | None
    profile: str = "tong-hop"
    told: Mapping[str, Any] = field(default_factory=dict)
    mode: str = "snapshot"

    @property
    def counts_as_sent(self) -> bool:
        """Whether a copy is known to lie outside, whole."""
        return self.state in (SentState.WRITTEN, SentState.RECEIVED, SentState.PHONED)


@dataclass(frozen=True, slots=True)
class Stream:
    """One sender as the receiver knows it; the id is its unit code."""

    id: str
    epoch: str
    epoch_no: int
    seq: int
    manifest_hash: str
    receipt_no: int = 0
    closed: bool = False
    closed_on: date | None = None
    forwarded_to: str = ""  # who goes on with what it began

    @property
    def begun(self) -> bool:
        """Whether a file of it counts; false when all were taken back, and only receipts go on being numbered."""
        return self.seq > 0


@dataclass(frozen=True, slots=True)
class Received:
    """One line of the ledger, without the bytes. ``facts``: what the sentence of a refusal needs.

    ``batch``: the drop that it last came in. ``findings``: what is unusual in it (``unusual.Finding.to_json``).
    ``decision``: of a person on a file that was held, a name of ``Decision``, and whose. ``undone_on``: taken back.
    """

    id: str
    file_name: str
    sha256: str
    unit_code: str
    unit_name: str
    period: str
    seq: int
    epoch: str | None
    manifest_hash: str
    verdict: Outcome
    code: str
    facts: Mapping[str, Any]
    warnings: tuple[str, ...]
    received_on: date | None
    kind: str = "report"
    batch: str = ""
    findings: tuple[Mapping[str, Any], ...] = ()
    decision: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    undone_on: date | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure as it travels: a number (``numerator`` over 10^``scale``), or a share with its denominator."""

    numerator: int
    denominator: int | None = None
    scale: int = 0
    to_date: int | None = None
    to_date_denominator: int | None = None


@dataclass(frozen=True, slots=True)
class ReceivedMeasure:
    """A commune's figure as it stands here, and the file that it came with."""

    unit_code: str
    period: str
    edition: int
    code: str
    measure: Measure
    file_id: str


@dataclass(frozen=True, slots=True)
class ReceivedTarget:
    """Where a commune's target stood at the end of a month, as its file said.

    ``figure``: a number (``whole`` absent), or so many of ``whole``; ``goal``: a number, or a share from 0 to 1 when
    ``is_share``. Both are exact; ``None`` is not known. ``direction``: ``AT_LEAST``, ``OVER``, ``AT_MOST``, ``UNDER``,
    ``EXACTLY``. ``span``: the year or the term that it is for.
    """

    unit_code: str
    period: str
    code: str
    span: str
    direction: str
    is_share: bool
    figure: Fraction | None
    whole: int | None
    goal: Fraction | None
    file_id: str

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached, compared exactly; ``None`` where one of the two is not known."""
        if self.figure is None or self.goal is None or (self.is_share and not self.whole):
            return None
        line = self.goal * (self.whole or 1) if self.is_share else self.goal
        return {
            "AT_LEAST": self.figure >= line,
            "OVER": self.figure > line,
            "AT_MOST": self.figure <= line,
            "UNDER": self.figure < line,
            "EXACTLY": self.figure == line,
        }[self.direction]


@dataclass(eq=False)
class JournalCut(UserError):
    """The journal no longer holds the row that was signed into a file sent before: rows were cut off or changed."""

    seq: int
    period: str


FINAL = "final"
"""The mode of a file after which its unit sends no more."""


@dataclass(eq=False)
class NotEnding(UserError):
    """A last file is asked for, and no pack said that this unit ends."""

    unit: str


@dataclass(eq=False)
class UnitEnded(UserError):
    """The last file of this unit was made; its members belong to others (``to_units``, codes) now."""

    unit: str
    to_units: tuple[str, ...] = ()


@dataclass(eq=False)
class NoParentKey(UserError):
    """A file would be made before the key of the level above was accepted: it could not be encrypted to anyone."""

    above: str


@dataclass(eq=False)
class NotASender(UserError):
    """A level above was asked to make a report file: it has no records of its own."""


@dataclass(eq=False)
class NotAReceiver(UserError):
    """A commune was asked to take in files of others."""


@dataclass(eq=False)
class NotAKeyFile(UserError):
    """A key file was asked for. ``instead`` is what the file is: ``report``, ``receipt``, or a word of the sync
    library for what is wrong with it (``sync.errors.Why``)."""

    instead: str


@dataclass(eq=False)
class OwnKey(UserError):
    """The key file is this unit's own: it goes to the other side."""


@dataclass(eq=False)
class KeyNotAbove(UserError):
    """A commune was offered the key of another commune as the level above."""

    name: str
    unit: str


@dataclass(eq=False)
class KeyNotConfirmed(UserError):
    """Nobody said that the digits agree, so the key was not accepted."""


@dataclass(eq=False)
class NothingToReceive(UserError):
    """There is no signed file in the folders that were named."""

    place: str


@dataclass(eq=False)
class DemoMixed(UserError):
    """A key of a demonstration was offered to a real unit, or the reverse."""

    name: str


@dataclass(eq=False)
class NotAReceipt(UserError):
    """A receipt was expected; the file is a whole file of another kind."""
