"""Members: how they join and leave, their positions and age, their numbers, what keeps them out of a count."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.domain.partial_dates import DateProblem, PartialDate, Precision
from sochihoi.domain.vietnamese import nfc

__all__ = [
    "MINIMUM_AGE",
    "DateProblem",
    "HasDied",
    "JoinKind",
    "LeaveReason",
    "MembershipProblem",
    "NationalIdCheck",
    "NetGrowth",
    "NotMoving",
    "OtherOrganisation",
    "PartialDate",
    "PositionTitle",
    "Precision",
    "Sex",
    "age_on",
    "check_membership",
    "check_national_id",
    "is_under_age",
    "mask_national_id",
    "net_growth",
    "normalise_national_id",
    "normalise_phone",
    "phones_in",
    "was_member",
]

MINIMUM_AGE = 18
"""A member is a Vietnamese woman of 18 or older. The charter of 2026 was not at hand when this was written, so callers
pass their own setting where the unit has one; 18 is also the base of the gathering rate (Khánh Hòa, 2024)."""


class Sex(StrEnum):
    """Members are women; an honorary member may be of any sex (charter of the XIII congress, 2022)."""

    FEMALE = "FEMALE"
    MALE = "MALE"


class JoinKind(StrEnum):
    """How someone came onto the roll: kết nạp, chuyển đến."""

    ADMISSION = "ADMISSION"
    TRANSFER_IN = "TRANSFER_IN"


class LeaveReason(StrEnum):
    """Why someone left the roll: chuyển đi, xin ra, xoá tên, từ trần; or her whole branch went to a new commune, which
    is no leaving in any figure. The row itself is never deleted."""

    TRANSFER_OUT = "TRANSFER_OUT"
    RESIGNED = "RESIGNED"
    STRUCK_OFF = "STRUCK_OFF"
    DECEASED = "DECEASED"
    WITH_BRANCH = "WITH_BRANCH"

    @property
    def is_told(self) -> bool:
        """Whether an officer says it of one woman."""
        return self is not LeaveReason.WITH_BRANCH


class PositionTitle(StrEnum):
    """What a person may be elected or appointed to, with dates of its own; one person may hold several."""

    BRANCH_HEAD = "BRANCH_HEAD"
    BRANCH_DEPUTY = "BRANCH_DEPUTY"
    CELL_HEAD = "CELL_HEAD"
    CELL_DEPUTY = "CELL_DEPUTY"
    CHAIR = "CHAIR"
    VICE_CHAIR = "VICE_CHAIR"
    STANDING_BOARD = "STANDING_BOARD"
    EXECUTIVE_COMMITTEE = "EXECUTIVE_COMMITTEE"


class OtherOrganisation(StrEnum):
    """Organisations whose members do not count in the net growth (Sóc Trăng action programme, 2021)."""

    TRADE_UNION = "TRADE_UNION"
    ARMED_FORCES = "ARMED_FORCES"
    MEMBER_ORGANISATION = "MEMBER_ORGANISATION"


class MembershipProblem(StrEnum):
    """Codes of ``FieldProblem.problem`` for the dates of a membership."""

    IN_THE_FUTURE = "IN_THE_FUTURE"
    BEFORE_BIRTH = "BEFORE_BIRTH"
    LEFT_BEFORE_JOINING = "LEFT_BEFORE_JOINING"


@dataclass(eq=False)
class HasDied(UserError):
    """She would join again, and the book says that she died."""

    name: str


@dataclass(eq=False)
class NotMoving(UserError):
    """The act asks for a member on her way to another commune, and nobody said that of her."""

    name: str


@dataclass(frozen=True, slots=True)
class NetGrowth:
    """Persons who joined and left in a period; the counted ones are in none of ``OtherOrganisation``.

    Both figures are kept: the target's (``counted``) and the plain one. The exclusion applies to both sides.
    """

    joined: int
    left: int
    joined_counted: int
    left_counted: int

    @property
    def plain(self) -> int:
        """Joined minus left, everybody."""
        return self.joined - self.left

    @property
    def counted(self) -> int:
        """Joined minus left without members of other organisations: the figure of the target."""
        return self.joined_counted - self.left_counted


def net_growth(
    joined: Iterable[frozenset[OtherOrganisation]], left: Iterable[frozenset[OtherOrganisation]]
) -> NetGrowth:
    """One set of other organisations for each person who joined, and for each who left, within the period."""
    came, went = list(joined), list(left)
    return NetGrowth(len(came), len(went), sum(not other for other in came), sum(not other for other in went))


def age_on(birth: PartialDate, day: date) -> int:
    """Completed years; where only the year (month) is known, the most that she can be, as if born on its first day."""
    first = birth.earliest()
    return day.year - first.year - ((day.month, day.day) < (first.month, first.day))


def is_under_age(birth: PartialDate, day: date, minimum: int = MINIMUM_AGE) -> bool:
    """Whether she is certainly younger than the charter asks; a bare year is read in her favour."""
    return age_on(birth, day) < minimum


def was_member(joined: PartialDate | None, left: date | None, day: date) -> bool:
    """Whether she is on the roll at the end of ``day``. An unknown joining date counts as long ago; the day of leaving
    is no longer a day of membership."""
    return (joined is None or joined.earliest() <= day) and (left is None or day < left)


def check_membership(birth: PartialDate | None, joined: PartialDate | None, left: date | None, today: date) -> None:
    """Raise ``FieldProblem`` (``birth``, ``joined`` or ``left``; a ``MembershipProblem``) for impossible dates."""
    if birth is not None and birth.earliest() > today:
        raise FieldProblem("birth", MembershipProblem.IN_THE_FUTURE, str(birth))
    if joined is not None and joined.earliest() > today:
        raise FieldProblem("joined", MembershipProblem.IN_THE_FUTURE, str(joined))
    if joined is not None and birth is not None and joined.latest() < birth.earliest():
        raise FieldProblem("joined", MembershipProblem.BEFORE_BIRTH, str(joined))
    if left is not None and left > today:
        raise FieldProblem("left", MembershipProblem.IN_THE_FUTURE, left.isoformat())
    if left is not None and joined is not None and left < joined.earliest():
        raise FieldProblem("left", MembershipProblem.LEFT_BEFORE_JOINING, left.isoformat())


_GROUPING = re.compile(r"[\s.()\-–—]+")
_BETWEEN = re.compile(r"\s*(?:[/;,|\n\r]|\s[-–—]\s|\bhoặc\b)\s*")
_SEPARATORS_INSIDE = re.compile(r"[\s\-–—]+")


def normalise_phone(text: str) -> str | None:
    """One number as ten digits that begin with 0 (a land line: eleven that begin with 02), or None when it is odd.

    ``+84`` and ``0084`` become 0, spaces, points and hyphens go, and the 0 that Excel took away comes back.
    """
    digits = _GROUPING.sub("", nfc(text))
    for country in ("+84", "0084"):
        if digits.startswith(country):
            digits = "0" + digits.removeprefix(country).removeprefix("0")
    if not (digits.isascii() and digits.isdigit()):
        return None
    if len(digits) == 11 and digits.startswith("84"):
        digits = "0" + digits[2:]
    if len(digits) == 9 and digits[0] != "0":
        digits = "0" + digits
    plain = len(digits) == 10 and digits.startswith("0")
    return digits if plain or (len(digits) == 11 and digits.startswith("02")) else None


def phones_in(text: str) -> tuple[str | None, ...]:
    """Every number of a cell in order, each once; None stands for a part that is no telephone number."""
    found: list[str | None] = []
    for part in _BETWEEN.split(text):
        if part.strip():
            found.extend(_numbers_of(part))
    return tuple(dict.fromkeys(found))


def _numbers_of(part: str) -> list[str | None]:
    """Usually one number; two that stand side by side are told apart when each is a number by itself."""
    whole = normalise_phone(part)
    if whole is not None:
        return [whole]
    single = [normalise_phone(piece) for piece in _SEPARATORS_INSIDE.split(part.strip())]
    return single if len(single) > 1 and None not in single else [None]


_ID_LENGTH = 12

_PROVINCE_LIST = """
    001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042
    044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087
    089 091 092 093 094 095 096
"""
_PROVINCES = frozenset(_PROVINCE_LIST.split())
_FIRST_COUNTRY = "100"
_ID_SEPARATORS = re.compile(r"[\s.\-]+")


class NationalIdCheck(StrEnum):
    """What the twelve digits of the national id (căn cước) say; the plainest finding first. None forbids saving.

    Three digits of the place of birth registration (one of the 63 provinces before 2025, whose codes stay after the
    mergers, or a country), one of century and sex, two of the birth year, six at random (Decree 137/2015, article 13;
    Circular 07/2016 of the Ministry of Public Security).
    """

    OK = "OK"
    NOT_DIGITS = "NOT_DIGITS"
    LENGTH = "LENGTH"
    PROVINCE_CODE = "PROVINCE_CODE"
    CENTURY = "CENTURY"
    BIRTH_YEAR_MISMATCH = "BIRTH_YEAR_MISMATCH"
    SEX_MISMATCH = "SEX_MISMATCH"


def normalise_national_id(text: str) -> tuple[str, bool]:
    """The number without separators, and whether zeros that Excel took from the front were put back.

    Only ten and eleven digits are mended: nine are an old identity card, not a damaged number.
    """
    number = _ID_SEPARATORS.sub("", nfc(text))
    shortened = len(number) in {_ID_LENGTH - 2, _ID_LENGTH - 1} and not number.startswith("0")
    if shortened and number.isascii() and number.isdigit():
        return number.zfill(_ID_LENGTH), True
    return number, False


def check_national_id(number: str, birth: PartialDate | None = None, sex: Sex | None = Sex.FEMALE) -> NationalIdCheck:
    """Check a number without separators against what else is known; ``None`` leaves that check out."""
    if not (number.isascii() and number.isdigit()):
        return NationalIdCheck.NOT_DIGITS
    if len(number) != _ID_LENGTH:
        return NationalIdCheck.LENGTH
    if number[:3] not in _PROVINCES and number[:3] < _FIRST_COUNTRY:
        return NationalIdCheck.PROVINCE_CODE
    century, male = 1900 + int(number[3]) // 2 * 100, int(number[3]) % 2 == 0
    if century > 2000:
        return NationalIdCheck.CENTURY
    if birth is not None and birth.year != century + int(number[4:6]):
        return NationalIdCheck.BIRTH_YEAR_MISMATCH
    if sex is not None and male != (sex is Sex.MALE):
        return NationalIdCheck.SEX_MISMATCH
    return NationalIdCheck.OK


def mask_national_id(number: str) -> str:
    """``•••• •••• 6538``: enough to tell two numbers apart on a screen. "" stays "", and a short one shows nothing."""
    if not number:
        return ""
    return "•••• •••• " + (number[-4:] if len(number) >= _ID_LENGTH - 3 else "••••")
