"""What a list would bring in: rows with a verdict and reasons, and every row that is no member. Nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sochihoi.domain.households import HouseholdGroup
from sochihoi.domain.likeness import Verdict as Likeness
from sochihoi.domain.partial_dates import PartialDate
from sochihoi.domain.people import Sex
from sochihoi.intake.columns import Field, SheetMapping, definitions
from sochihoi.intake.letters import Conversion


class Verdict(StrEnum):
    """New rows come in, doubtful ones come in marked for review, refused ones stay out."""

    NEW = "NEW"
    DOUBTFUL = "DOUBTFUL"
    REFUSED = "REFUSED"


class ReasonCode(StrEnum):
    """Why a row is doubtful or refused, or what was put right in it. ``severity`` says which."""

    NAME_MISSING = "NAME_MISSING"
    NAME_ALONE = "NAME_ALONE"
    DATE_IMPOSSIBLE = "DATE_IMPOSSIBLE"
    DATE_NOT_UNDERSTOOD = "DATE_NOT_UNDERSTOOD"
    DATE_IN_FUTURE = "DATE_IN_FUTURE"
    UNDER_AGE = "UNDER_AGE"
    JOINED_BEFORE_BIRTH = "JOINED_BEFORE_BIRTH"
    PHONE_ODD = "PHONE_ODD"
    ID_NOT_DIGITS = "ID_NOT_DIGITS"
    ID_LENGTH = "ID_LENGTH"
    ID_PROVINCE_CODE = "ID_PROVINCE_CODE"
    ID_CENTURY = "ID_CENTURY"
    ID_BIRTH_YEAR_MISMATCH = "ID_BIRTH_YEAR_MISMATCH"
    ID_SEX_MISMATCH = "ID_SEX_MISMATCH"
    SAME_ID = "SAME_ID"
    SAME_PERSON = "SAME_PERSON"
    LIKE_ROW = "LIKE_ROW"
    NAMESAKE = "NAMESAKE"
    BRANCH_MISSING = "BRANCH_MISSING"
    GROUP_UNKNOWN = "GROUP_UNKNOWN"
    FLAG_UNKNOWN = "FLAG_UNKNOWN"
    MAN = "MAN"
    BIRTH_MISSING = "BIRTH_MISSING"
    ID_ZEROS_RESTORED = "ID_ZEROS_RESTORED"
    ID_ROUNDED = "ID_ROUNDED"
    OLD_ID = "OLD_ID"
    PHONE_ZERO_RESTORED = "PHONE_ZERO_RESTORED"
    PHONE_FROM_NOTE = "PHONE_FROM_NOTE"
    DATE_WAS_A_NUMBER = "DATE_WAS_A_NUMBER"
    BRANCH_FROM_HAMLET = "BRANCH_FROM_HAMLET"
    NAME_CAPITALS = "NAME_CAPITALS"
    NAME_ADDRESS = "NAME_ADDRESS"
    DAY_MISSING = "DAY_MISSING"
    LETTERS_LOST = "LETTERS_LOST"

    @property
    def severity(self) -> Verdict:
        """REFUSED and DOUBTFUL decide the verdict of the row; NEW is a note that changes nothing."""
        if self in _REFUSING:
            return Verdict.REFUSED
        return Verdict.NEW if self in _NOTES else Verdict.DOUBTFUL


_REFUSING = frozenset(
    {ReasonCode.NAME_MISSING, ReasonCode.DATE_IMPOSSIBLE, ReasonCode.DATE_NOT_UNDERSTOOD, ReasonCode.DATE_IN_FUTURE}
)
_NOTES = frozenset(
    {
        ReasonCode.BIRTH_MISSING,
        ReasonCode.ID_ZEROS_RESTORED,
        ReasonCode.OLD_ID,
        ReasonCode.PHONE_ZERO_RESTORED,
        ReasonCode.PHONE_FROM_NOTE,
        ReasonCode.DATE_WAS_A_NUMBER,
        ReasonCode.BRANCH_FROM_HAMLET,
        ReasonCode.NAME_CAPITALS,
        ReasonCode.NAME_ADDRESS,
        ReasonCode.NAMESAKE,
    }
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One finding. ``column`` is the title as the list has it ("" without such a column), ``row`` Excel's row number.

    ``value`` is what stands in the cell; where the row may be that of an earlier one, the place of that: ``sheet!row``;
    then ``likeness`` says what the two share beside a number or a name in one branch, ``elsewhere`` that the other
    stands in another branch.
    """

    code: ReasonCode
    field: Field
    column: str
    row: int
    value: str
    likeness: Likeness | None = None
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Further:
    """What fuller lists tell besides, under the names that a member's details have; empty where a list says nothing."""

    card_no: str = ""
    core_member: bool = False
    honorary: bool = False
    party_joined_on: date | None = None
    education: str = ""
    professional_level: str = ""
    political_theory_level: str = ""
    occupation: str = ""
    health_insurance_until: date | None = None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One row of the list as a member. Empty texts are ""; ``birth`` and ``joined`` None when there is nothing, or
    nothing that a calendar has (then a reason says so). ``branch`` is without "Chi hội" before a proper name.
    ``old_id`` are the nine digits before the twelve of ``national_id``; ``code`` is the short code of the program;
    ``sex`` is None where the list says nothing."""

    sheet: str
    row: int
    name: str
    birth: PartialDate | None
    national_id: str
    ethnicity: str
    religion: str
    address: str
    phone: str
    branch: str
    cell: str
    joined: PartialDate | None
    party: bool
    household_group: HouseholdGroup
    bhyt: bool
    note: str
    hamlet: str = ""
    loan: str = ""
    clubs: tuple[str, ...] = ()
    old_id: str = ""
    code: str = ""
    sex: Sex | None = None
    further: Further = Further()
    reasons: tuple[Reason, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The gravest of the reasons; NEW without any."""
        found = {reason.code.severity for reason in self.reasons}
        return next((one for one in (Verdict.REFUSED, Verdict.DOUBTFUL) if one in found), Verdict.NEW)


class SkipCode(StrEnum):
    """Why a row below the header is no member."""

    TOTALS = "TOTALS"
    SECTION = "SECTION"
    SIGNATURE = "SIGNATURE"
    HEADER_AGAIN = "HEADER_AGAIN"
    COLUMN_NUMBERS = "COLUMN_NUMBERS"
    ONLY_A_NUMBER = "ONLY_A_NUMBER"
    REMARK = "REMARK"
    NO_MEMBER = "NO_MEMBER"


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row with something in it that is not a member; ``text`` is its first text, of a heading all of them."""

    sheet: str
    row: int
    code: SkipCode
    text: str


@dataclass(frozen=True, slots=True)
class OtherCommune:
    """A warning: the titles above the list name another commune than ours; ``title`` is that text."""

    sheet: str
    title: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """What nobody sees of a sheet and is read nevertheless: the sheet itself, rows of Excel's numbers that are members,
    titles of columns."""

    sheet: str
    whole: bool
    rows: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file would bring in. ``branches`` and ``cells`` (branch, cell) are those of rows that are not refused, in
    the order of the list; ``sheets_without_list`` hold a table without titles that we know; ``mappings`` say what was
    read from which column; ``conversions`` which columns were in letters of an old font; ``hidden`` what is read though
    nobody sees it."""

    file: str
    rows: tuple[MemberRow, ...]
    skipped: tuple[SkippedRow, ...]
    warnings: tuple[OtherCommune, ...]
    branches: tuple[str, ...]
    cells: tuple[tuple[str, str], ...]
    mappings: tuple[SheetMapping, ...]
    sheets_without_list: tuple[str, ...]
    conversions: tuple[Conversion, ...] = ()
    hidden: tuple[Hidden, ...] = ()

    def of(self, verdict: Verdict) -> tuple[MemberRow, ...]:
        """The rows with one verdict."""
        return tuple(row for row in self.rows if row.verdict is verdict)


def group_label(group: HouseholdGroup) -> str:
    """How a record writes a household group: ``Hộ nghèo``, "" for none."""
    return str(definitions()["groups"][group]["label"])


def record(row: MemberRow) -> dict[str, str | int | bool | None]:
    """The row under the keys of a member record, dates as YYYY-MM-DD. ``birth_date`` is None unless the day is known;
    ``joined`` keeps the precision that it has."""
    exact = row.birth.exact() if row.birth else None
    return {
        "name": row.name,
        "birth_year": row.birth.year if row.birth else None,
        "birth_date": exact.isoformat() if exact else None,
        "national_id": row.national_id,
        "ethnicity": row.ethnicity,
        "religion": row.religion,
        "address": row.address,
        "phone": row.phone,
        "branch": row.branch,
        "cell": row.cell,
        "joined": str(row.joined) if row.joined else None,
        "party": row.party,
        "household_group": group_label(row.household_group),
        "bhyt": row.bhyt,
    }
