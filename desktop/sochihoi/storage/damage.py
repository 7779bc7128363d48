"""What a check of the file found, as facts: the words for them stand where words stand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class DamageKind(Enum):
    """What kind of fault: it decides the sentence."""

    MISSING = "missing"  # the file is not there
    UNREADABLE = "unreadable"  # the file, or a part of it, cannot be opened at all
    SEALS = "seals"  # pages whose seal does not fit: they were changed outside the program, or the disk lost them
    STRUCTURE = "structure"  # the tables or their indexes do not hang together
    LINKS = "links"  # records that point to a record which is not there
    RECORDS = "records"  # records that are not what the journal says they became
    JOURNAL = "journal"  # rows of the journal whose chain does not hold


@dataclass(frozen=True, slots=True)
class Damage:
    """One finding. ``count``: how many pages, records or rows; ``first``: number of the first page or row (0: not
    known); ``noun``: the table, where it is one.
    """

    kind: DamageKind
    count: int = 1
    first: int = 0
    noun: str = ""
