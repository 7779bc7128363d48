"""What a woman agreed to, and what became of it: one entry for each time and purpose.

Consent is voluntary, informed, clear and given for each purpose apart; silence or a box ticked beforehand is none; it
can be proved and withdrawn (Law 91/2025/QH15; Decree 356/2025/NĐ-CP).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum


class Purpose(Enum):
    """What the data are kept for. Sensitive data have their own yes."""

    BASIC = "BASIC"  # name, birth, address, telephone: to know who is a member, to invite, to count
    SENSITIVE = "SENSITIVE"  # ethnic group, religion, Party, health insurance: Decree 356/2025/NĐ-CP, article 4


class How(Enum):
    """How it can be proved."""

    PAPER = "PAPER"  # a slip that she signed
    LIST = "LIST"  # a list signed at a meeting
    SPOKEN = "SPOKEN"  # said before others and written into minutes


class ConsentState(Enum):
    """Where she stands for one purpose. Lists of earlier years came without any word of hers: not confirmed."""

    UNCONFIRMED = "UNCONFIRMED"
    GIVEN = "GIVEN"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, slots=True)
class Consent:
    """One yes to one purpose, and the day on which it was taken back. ``text_version``: which text she was told."""

    id: str
    person_id: str
    purpose: Purpose
    text_version: str = ""
    given_on: date | None = None
    how: How = How.PAPER
    reference: str = ""  # number of the slip, the list or the minutes, and where it is filed
    withdrawn_on: date | None = None
    note: str = ""

    @property
    def state(self) -> ConsentState:
        """Given until it was taken back."""
        return ConsentState.GIVEN if self.withdrawn_on is None else ConsentState.WITHDRAWN


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds of a person now: the newest entry of each purpose."""

    basic: Consent | None = None
    sensitive: Consent | None = None

    def of(self, purpose: Purpose) -> Consent | None:
        """The entry that holds."""
        return self.basic if purpose is Purpose.BASIC else self.sensitive

    def state(self, purpose: Purpose) -> ConsentState:
        """Whether she agreed."""
        entry = self.of(purpose)
        return ConsentState.UNCONFIRMED if entry is None else entry.state


NOTHING_SAID = Standing()


@dataclass(frozen=True, slots=True)
class Given:
    """What an officer enters of a consent, for one woman or for many after a meeting."""

    purposes: frozenset[Purpose]
    on: date
    how: How = How.PAPER
    reference: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ConsentText:
    """The words of the slip. ``told`` comes before the boxes, ``rights`` after them; ``{unit}`` stands for the unit."""

    version: str
    valid_from: date
    source: str
    title: str
    told: tuple[str, ...]
    boxes: dict[Purpose, str]
    rights: tuple[str, ...]
    agree: str
    refuse: str
    signs: str
    receives: str
    facts: dict[str, str]  # words before name, birth, address, branch, code


def standings(entries: Iterable[Consent]) -> dict[str, Standing]:
    """Person to what holds: of several entries the one that is open, else the one given last."""
    newest: dict[str, dict[Purpose, Consent]] = {}
    for entry in sorted(entries, key=_order):
        newest.setdefault(entry.person_id, {})[entry.purpose] = entry
    return {person: Standing(held.get(Purpose.BASIC), held.get(Purpose.SENSITIVE)) for person, held in newest.items()}


def _order(entry: Consent) -> tuple[bool, date, str]:
    return entry.withdrawn_on is None, entry.given_on or date.min, entry.id


def text_on(texts: Sequence[ConsentText], day: date) -> ConsentText:
    """The newest text that has begun; the first one on a day before all. Raises ``ValueError`` for none at all."""
    begun = [text for text in texts if text.valid_from <= day]
    return max(begun, key=lambda text: text.valid_from) if begun else min(texts, key=lambda text: text.valid_from)
