"""One row of a mapped sheet as a member, with a reason for everything that is odd."""

from __future__ import annotations

from datetime import date, datetime

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.households import HouseholdGroup
from sochihoi.domain.members import clubs_in
from sochihoi.domain.partial_dates import DateProblem, PartialDate
from sochihoi.domain.people import (
    NationalIdCheck,
    check_national_id,
    is_under_age,
    normalise_national_id,
    phones_in,
)
from sochihoi.domain.vietnamese import nfc, unshout, with_capitals
from sochihoi.intake.cells import cell_date, cell_lines, cell_text
from sochihoi.intake.columns import Field, SheetMapping
from sochihoi.intake.draft import MemberRow, Reason, ReasonCode
from sochihoi.intake.values import branch_name, cell_name, flag, household_group, spoken
from sochihoi.intake.workbook import Cell, Row


class RowReader:
    """Reads the rows of one sheet."""

    def __init__(
        self, mapping: SheetMapping, today: date, minimum_age: int, lost: frozenset[str] = frozenset()
    ) -> None:
        self._lost = lost  # words of old letters that are no syllables
        self._mapping = mapping
        self._today = today
        self._minimum_age = minimum_age
        self._width = len(mapping.header.labels)

    def texts(self, cells: Row) -> tuple[str, ...]:
        """Every cell as text, padded to the width of the header."""
        read = tuple(cell_text(cell) for cell in cells)
        return read + ("",) * (self._width - len(read))

    def read(self, cells: Row, row: int, section: str) -> MemberRow:
        """The member of Excel's row ``row``; ``section`` is the branch when no column names one."""
        reading = _Reading(self._mapping, self._today, self._minimum_age, cells, row, self._lost)
        return reading.member(section)


class _Reading:
    """The reading of one row: collects reasons on the way."""

    def __init__(
        self, mapping: SheetMapping, today: date, minimum_age: int, cells: Row, row: int, lost: frozenset[str]
    ) -> None:
        self.mapping = mapping
        self.today = today
        self.minimum_age = minimum_age
        self.cells = cells
        self.row = row
        self.lost = lost
        self.reasons: list[Reason] = []

    def member(self, section: str) -> MemberRow:
        name = self.name()
        birth = self.date(Field.BIRTH)
        if birth is None and not self.reasons_on(Field.BIRTH):
            self.say(ReasonCode.BIRTH_MISSING, Field.BIRTH)
        elif birth is not None and is_under_age(birth, self.today, self.minimum_age):
            self.say(ReasonCode.UNDER_AGE, Field.BIRTH)
        joined = self.date(Field.JOINED)
        if birth is not None and joined is not None and joined.latest() < birth.earliest():
            self.say(ReasonCode.JOINED_BEFORE_BIRTH, Field.JOINED)
        branch = branch_name(self.text(Field.BRANCH)) or section
        if not branch:
            self.say(ReasonCode.BRANCH_MISSING, Field.BRANCH)
        return MemberRow(
            sheet=self.mapping.header.sheet,
            row=self.row,
            name=name,
            birth=birth,
            national_id=self.national_id(birth),
            ethnicity=self.text(Field.ETHNICITY),
            religion=self.text(Field.RELIGION),
            address=self.text(Field.ADDRESS),
            phone=self.phone(),
            branch=branch,
            cell=cell_name(self.text(Field.CELL)),
            joined=joined,
            party=self.flag(Field.PARTY),
            household_group=self.group(),
            bhyt=self.flag(Field.BHYT),
            note=cell_lines(self.cell(Field.NOTE)),
            hamlet=unshout(self.text(Field.HAMLET)),
            loan=spoken(self.text(Field.LOAN), "loan"),
            clubs=clubs_in(spoken(cell_lines(self.cell(Field.CLUBS)), "clubs")),
            reasons=tuple(self.reasons),
        )

    def cell(self, field: Field) -> Cell:
        place = self.mapping.columns.get(field)
        return self.cells[place] if place is not None and place < len(self.cells) else ""

    def text(self, field: Field) -> str:
        return cell_text(self.cell(field))

    def say(self, code: ReasonCode, field: Field) -> None:
        self.reasons.append(Reason(code, field, self.mapping.title(field), self.row, self.text(field)))

    def reasons_on(self, field: Field) -> bool:
        return any(reason.field is field for reason in self.reasons)

    def name(self) -> str:
        """The name, from one column or from two (the second may have no title of its own: a merged "Họ và tên")."""
        whole = self.mapping.columns.get(Field.NAME)
        if whole is None:
            parts = [self.text(Field.FAMILY_NAME), self.text(Field.GIVEN_NAME)]
        else:
            beside = whole + 1
            labels = self.mapping.header.labels
            untitled = beside < min(len(self.cells), len(labels)) and not labels[beside]
            parts = [self.text(Field.NAME), cell_text(self.cells[beside]) if untitled else ""]
        written = nfc(" ".join(part for part in parts if part))
        name = with_capitals(unshout(written))
        if name != written:
            self.say(ReasonCode.NAME_CAPITALS, Field.NAME)
        if not self.lost.isdisjoint(name.split()):
            self.say(ReasonCode.LETTERS_LOST, Field.NAME)
        if not any(sign.isalpha() for sign in name):
            self.say(ReasonCode.NAME_MISSING, Field.NAME)
        return name

    def date(self, field: Field) -> PartialDate | None:
        try:
            found = cell_date(self.cell(field), self.today, field)
        except FieldProblem as problem:
            impossible = problem.problem == DateProblem.IMPOSSIBLE
            self.say(ReasonCode.DATE_IMPOSSIBLE if impossible else ReasonCode.DATE_NOT_UNDERSTOOD, field)
            return None
        if found is not None and found.earliest() > self.today:
            self.say(ReasonCode.DATE_IN_FUTURE, field)
            return None
        return found

    def national_id(self, birth: PartialDate | None) -> str:
        number, mended = normalise_national_id(self.text(Field.NATIONAL_ID))
        if not number:
            return ""
        if mended:
            self.say(ReasonCode.ID_ZEROS_RESTORED, Field.NATIONAL_ID)
        found = check_national_id(number, birth)
        if found is not NationalIdCheck.OK:
            self.say(ReasonCode(f"ID_{found}"), Field.NATIONAL_ID)
        return number

    def phone(self) -> str:
        """All numbers of the cell; an odd cell is kept as it was typed, to be looked at."""
        written = cell_lines(self.cell(Field.PHONE))
        numbers = phones_in(written)
        if None in numbers:
            self.say(ReasonCode.PHONE_ODD, Field.PHONE)
            return self.text(Field.PHONE)
        return "; ".join(number for number in numbers if number)

    def flag(self, field: Field) -> bool:
        cell = self.cell(field)
        said = True if isinstance(cell, date | datetime) else flag(self.text(field))
        if said is None:
            self.say(ReasonCode.FLAG_UNKNOWN, field)
        return bool(said)

    def group(self) -> HouseholdGroup:
        """From a column of texts, or from columns to tick; a tick goes first."""
        for field, group in ((Field.POOR, HouseholdGroup.POOR), (Field.NEAR_POOR, HouseholdGroup.NEAR_POOR)):
            if self.flag(field):
                return group
        if Field.HOUSEHOLD_GROUP not in self.mapping.columns:
            return household_group(self.text(Field.NOTE)) or HouseholdGroup.NONE  # where lists without a column say it
        found = household_group(self.text(Field.HOUSEHOLD_GROUP))
        if found is None:
            self.say(ReasonCode.GROUP_UNKNOWN, Field.HOUSEHOLD_GROUP)
            return HouseholdGroup.NONE
        return found
