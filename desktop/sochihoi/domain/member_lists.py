"""Lines of the lists of the register, shaped for a screen, and what a search finds in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sochihoi.domain.households import HouseholdGroup, Relation
from sochihoi.domain.likeness import Verdict, Why
from sochihoi.domain.people import LeaveReason, PartialDate, PositionTitle, Sex, normalise_phone
from sochihoi.domain.vietnamese import fold


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One line of a list of members. Keys are for sorting; ``positions`` are the ones held on the day of the list."""

    membership_id: str
    person_id: str
    code: str
    full_name: str
    sort_key: str
    search_key: str
    birth: PartialDate | None
    sex: Sex
    phone: str
    address: str
    hamlet: str
    branch_id: str
    branch: str
    branch_key: str
    cell_id: str | None
    cell: str
    cell_key: str
    joined: PartialDate | None
    left_on: date | None
    left_reason: LeaveReason | None
    party_member: bool
    core_member: bool
    honorary: bool
    health_insurance: bool
    ethnicity: str
    religion: str
    national_id: str
    household_id: str | None
    household_group: HouseholdGroup
    loan: str
    clubs: tuple[str, ...]
    review: tuple[str, ...]
    positions: tuple[PositionTitle, ...] = ()
    old_id: str = ""
    moving_on: date | None = None  # she is on her way to another commune, and still counts here

    @property
    def is_moving(self) -> bool:
        """Whether she is on her way."""
        return self.moving_on is not None and self.left_on is None

    @property
    def birth_year(self) -> int | None:
        """The year of birth where it is known."""
        return None if self.birth is None else self.birth.year


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of a list of persons who are no members (now)."""

    person_id: str
    full_name: str
    sort_key: str
    birth: PartialDate | None
    phone: str
    address: str
    household_id: str | None
    relation_to_head: str


@dataclass(frozen=True, slots=True)
class Participation:
    """A member's year: closed meetings on whose roster she stood and those she came to; study campaigns that she
    ought to follow and those that reached her. Never added together."""

    year: int
    meetings: int = 0
    present: int = 0
    campaigns: int = 0
    studied: int = 0


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """One line of a list of households. ``people`` are the residents entered, ``members`` those who are members.
    ``head_died``: the household goes on under the name of a head who died, until another is chosen."""

    id: str
    code: str
    head: str
    sort_key: str
    search_key: str
    branch_id: str
    branch: str
    branch_key: str
    address: str
    phone: str
    household_group: HouseholdGroup
    residents: int | None
    people: int
    members: int
    head_died: bool = False

    @property
    def size(self) -> int | None:
        """How many people live there: as counted, else as many as are entered; ``None`` when neither is known."""
        return max(self.residents or 0, self.people) or None


@dataclass(frozen=True, slots=True)
class ResidentRow:
    """Someone who lives in a household. ``code`` and ``branch`` are empty for those who are no members."""

    person_id: str
    full_name: str
    birth: PartialDate | None
    relation: Relation | None
    membership_id: str | None
    code: str
    branch: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the register beside which another is held. ``code`` and ``branch`` are empty for no member."""

    person_id: str
    membership_id: str | None
    code: str
    full_name: str
    sort_key: str
    birth: PartialDate | None
    branch: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """Someone entered already who may be the same, and what says so."""

    entry: Entry
    verdict: Verdict

    @property
    def same_id(self) -> bool:
        """Whether a number says it, new or old."""
        return Why.SAME_ID in self.verdict.why or Why.SAME_OLD_ID in self.verdict.why


@dataclass(frozen=True, slots=True)
class LikePair:
    """Two entries that may be one woman."""

    one: Entry
    other: Entry
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Search:
    """A search as typed: every word must be in the name (without marks), or in the phone, or in the code."""

    words: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> Search:
        """From what was typed. Digits with blanks between them are one telephone number, also with +84 or hyphens."""
        folded = fold(text)
        digits = folded.replace(" ", "").replace(".", "")
        if len(digits) >= 3 and digits.isdigit():
            return cls((digits,))
        phone = normalise_phone(text)
        return cls(tuple(folded.split()) if phone is None else (phone,))

    def finds(self, *texts: str, ids: Sequence[str] = ()) -> bool:
        """Whether every word begins a word of one of the texts (already folded), or is a run of a number's digits.

        ``ids``: numbers of identity cards. So that a year of birth does not find them all, they are found by their
        last digits, four at least, as a mask shows them, or by a run of six.
        """
        return all(
            any(_begins(word, text) for text in texts) or any(_in_number(word, one) for one in ids)
            for word in self.words
        )


SHORTEST_END, SHORTEST_RUN = 4, 6  # digits of the number of an identity card that find it


def _in_number(word: str, number: str) -> bool:
    if not word.isdigit() or len(word) < SHORTEST_END:
        return False
    return number.endswith(word) or (len(word) >= SHORTEST_RUN and word in number)


def _begins(word: str, text: str) -> bool:
    if any(sign.isdigit() for sign in word):
        return word in text
    return text.startswith(word) or f" {word}" in text
