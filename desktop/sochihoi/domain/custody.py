"""Through whose hands a signed file went, and what lies on a stick."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from sochihoi.domain.errors import UserError


class Act(Enum):
    """One step on the way of a file."""

    PREPARED = 1  # signed and locked
    COPIED = 2  # a copy was written, read back and found equal
    HANDED = 3  # given to somebody: what was typed
    RECEIVED = 4  # taken in at the level above
    PHONED = 5  # its code was told by telephone: the level above counts it, the receipt is not here yet


@dataclass(frozen=True, slots=True)
class Step:
    """``place``: the stick or folder, with label and serial number where the system tells them. ``person``: to whom it
    was handed, or from whom it was received. Steps of one file are in the order of their ids."""

    id: str
    sha256: str
    file_name: str
    act: Act
    place: str
    person: str
    on_day: date
    note: str = ""


class Lying(Enum):
    """What a file on a stick is."""

    REPORT = 1
    RECEIPT = 2
    PACK = 3
    REGISTER = 4
    TICKET = 5
    HANDOVER = 6
    KEY = 7
    BACKUP = 8
    BROKEN = 9  # it looks like ours and is not whole
    PART = 10  # the branches of a commune that parted, for the new commune


class Deed(Enum):
    """What can be done with it here: one button."""

    NONE = 1
    LOOK = 2
    RECEIVE = 3  # at a level above: a report of a unit below
    APPLY = 4  # a receipt, a pack, a register
    OPEN = 5  # a ticket of a member
    TRUST = 6  # a key file


@dataclass(eq=False)
class NobodyNamed(UserError):
    """A file would be handed to, or received from, somebody without a name."""
