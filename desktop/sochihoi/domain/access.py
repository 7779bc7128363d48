"""Who looked at what the law protects more, printed it or took it out: one row for each, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sochihoi.domain.members import SENSITIVE, Person

WATCHED = SENSITIVE | {"national_id", "old_id"}
"""Fields of a person whose showing is noted: the sensitive ones, and the numbers of her identity papers."""


class Look(Enum):
    """What was done with them."""

    VIEWED = "access.view"
    LIST = "list.export"  # a list on paper or in a file
    MEMBERS = "members.export"  # members with full values
    PERSON = "access.person"  # everything that is kept about one woman, for herself


@dataclass(frozen=True, slots=True)
class Access:
    """One row of the log. ``n``: its number in the journal; ``fields``: the watched fields that were in it;
    ``subject``: the title of the list or the name of the person; ``which``: which lines; ``form``: pdf, xlsx, json…"""

    n: int
    at: datetime
    account_id: str
    look: Look
    subject: str
    which: str = ""
    count: int = 1
    form: str = ""
    fields: tuple[str, ...] = ()

    @property
    def looked(self) -> bool:
        """Whether it stayed on the screen."""
        return self.look is Look.VIEWED

    @property
    def sensitive(self) -> bool:
        """Whether anything watched was in it."""
        return bool(self.fields)


def watched_in(person: Person) -> frozenset[str]:
    """The watched fields of a person that hold anything."""
    return frozenset(name for name in WATCHED if getattr(person, name))
