"""One row of a mapped sheet as a member, with a reason for everything that is odd."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.households import HouseholdGroup
from sochihoi.domain.members import clubs_in
from sochihoi.domain.partial_dates import DateProblem, PartialDate
from sochihoi.domain.people import (
    NationalIdCheck,
    Sex,
    check_national_id,
    is_under_age,
    phones_in,
)
from sochihoi.domain.vietnamese import fold, nfc
from sochihoi.intake.cells import cell_date, cell_lines, cell_text, was_year
from sochihoi.intake.columns import Field, SheetMapping
from sochihoi.intake.draft import Further, MemberRow, Reason, ReasonCode
from sochihoi.intake.names import with_initials, without_address
from sochihoi.intake.numbers import Ids, ids_in, number_text
from sochihoi.intake.sections import names_place
from sochihoi.intake.values import branch_name, cell_name, flag, household_group, phones_inside, spoken, unit_name
from sochihoi.intake.workbook import Cell, Row

_SEXES = {"nu": Sex.FEMALE, "woman": Sex.FEMALE, "nam": Sex.MALE, "man": Sex.MALE}
_TWO = re.compile(r"\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """The branch and cell that the lines above a row name, "" for none."""

    branch: str = ""
    cell: str = ""


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

    def read(self, cells: Row, row: int, place: Place) -> MemberRow:
        """The member of Excel's row ``row``; ``place`` is where she belongs when no column says it."""
        reading = _Reading(self._mapping, self._today, self._minimum_age, cells, row, self._lost)
        return reading.member(place)


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

    def member(self, place: Place) -> MemberRow:
        name = self.name()
        birth = self.birth()
        in_parts = Field.BIRTH not in self.mapping.columns and Field.BIRTH_YEAR in self.mapping.columns
        born = Field.BIRTH_YEAR if in_parts else Field.BIRTH
        if self.text(Field.BIRTH_MALE) and not self.text(born):
            born = Field.BIRTH_MALE
        if birth is None and not self.reasons_on(born):
            self.say(ReasonCode.BIRTH_MISSING, born)
        elif birth is not None and is_under_age(birth, self.today, self.minimum_age):
            self.say(ReasonCode.UNDER_AGE, born)
        if self.stands_alone():
            self.say(ReasonCode.NAME_ALONE, Field.NAME)
        joined = self.date(Field.JOINED)
        if birth is not None and joined is not None and joined.latest() < birth.earliest():
            self.say(ReasonCode.JOINED_BEFORE_BIRTH, Field.JOINED)
        ids = self.ids(birth)
        branch = self.branch(place)
        further, sex = self.further(), self.sex()
        if sex is Sex.MALE and not further.honorary:  # honorary members may be men
            said = (field for field in (Field.BIRTH_MALE, Field.MALE) if self.text(field))
            self.say(ReasonCode.MAN, next(said, Field.SEX))
        return MemberRow(
            sheet=self.mapping.header.sheet,
            row=self.row,
            name=name,
            birth=birth,
            national_id=ids.number,
            ethnicity=self.text(Field.ETHNICITY),
            religion=self.text(Field.RELIGION),
            address=self.text(Field.ADDRESS),
            phone=self.phone(),
            branch=branch,
            cell=cell_name(self.text(Field.CELL)) or place.cell,
            joined=joined,
            party=self.flag(Field.PARTY),
            household_group=self.group(),
            bhyt=self.flag(Field.BHYT),
            note=cell_lines(self.cell(Field.NOTE)),
            hamlet=unit_name(self.text(Field.HAMLET)),
            loan=spoken(self.text(Field.LOAN), "loan"),
            clubs=clubs_in(spoken(cell_lines(self.cell(Field.CLUBS)), "clubs")),
            old_id=ids.old,
            code=self.text(Field.CODE).upper(),
            sex=sex,
            further=further,
            reasons=tuple(self.reasons),
        )

    def further(self) -> Further:
        return Further(
            card_no=self.text(Field.CARD_NO),
            core_member=self.flag(Field.CORE),
            honorary=self.flag(Field.HONORARY),
            party_joined_on=self.day(Field.PARTY_JOINED),
            education=self.text(Field.EDUCATION),
            professional_level=self.text(Field.PROFESSION),
            political_theory_level=self.text(Field.THEORY),
            occupation=self.text(Field.OCCUPATION),
            health_insurance_until=self.day(Field.BHYT_UNTIL, may_come=True),
        )

    def day(self, field: Field, *, may_come: bool = False) -> date | None:
        """A date that has its day; what has none, or is no date, is told and stays out: the row comes in without it.
        ``may_come``: it may lie ahead."""
        try:
            found = cell_date(self.cell(field), self.today, field)
        except FieldProblem:
            found = None
        exact = None if found is None else found.exact()
        if exact is not None and (may_come or exact <= self.today):
            return exact
        if self.text(field):
            self.say(ReasonCode.DAY_MISSING, field)
        return None

    def cell(self, field: Field) -> Cell:
        place = self.mapping.columns.get(field)
        return self.cells[place] if place is not None and place < len(self.cells) else ""

    def text(self, field: Field) -> str:
        return cell_text(self.cell(field))

    def say(self, code: ReasonCode, field: Field, value: str = "") -> None:
        self.reasons.append(Reason(code, field, self.mapping.title(field), self.row, value or self.text(field)))

    def stands_alone(self) -> bool:
        """Nothing but a name, without a number where the list numbers its rows: perhaps a heading."""
        filled = sum(bool(cell_text(cell)) for cell in self.cells)
        return filled == 1 and Field.NUMBER in self.mapping.columns and bool(self.text(Field.NAME))

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
            given = cell_text(self.cells[beside]) if untitled else ""
            parts = [self.text(Field.NAME), given if given.replace(" ", "").isalpha() else ""]
        written = nfc(" ".join(part for part in parts if part))
        bare = without_address(written)
        name = with_initials(bare)
        if bare != written:
            self.say(ReasonCode.NAME_ADDRESS, Field.NAME)
        if name != bare:
            self.say(ReasonCode.NAME_CAPITALS, Field.NAME)
        if not self.lost.isdisjoint(name.split()):
            self.say(ReasonCode.LETTERS_LOST, Field.NAME)
        if not any(sign.isalpha() for sign in name):
            self.say(ReasonCode.NAME_MISSING, Field.NAME)
        return name

    def date(self, field: Field, typed: str = "") -> PartialDate | None:
        cell = typed or self.cell(field)
        if was_year(cell) is not None:
            self.say(ReasonCode.DATE_WAS_A_NUMBER, field)
        try:
            found = cell_date(cell, self.today, field)
        except FieldProblem as problem:
            impossible = problem.problem == DateProblem.IMPOSSIBLE
            self.say(ReasonCode.DATE_IMPOSSIBLE if impossible else ReasonCode.DATE_NOT_UNDERSTOOD, field, typed)
            return None
        if found is not None and found.earliest() > self.today:
            self.say(ReasonCode.DATE_IN_FUTURE, field, typed)
            return None
        return found

    def birth(self) -> PartialDate | None:
        """From one column, or from three for day, month and year."""
        parts = [self.text(field) for field in (Field.BIRTH_DAY, Field.BIRTH_MONTH, Field.BIRTH_YEAR)]
        if self.text(Field.BIRTH) or not parts[-1]:
            his = self.text(Field.BIRTH_MALE) and not self.text(Field.BIRTH)
            field = Field.BIRTH_MALE if his else Field.BIRTH
            short = _TWO.fullmatch(self.text(field))
            return self.date(field, self.whole_year(short[0]) if short else "")
        known = [part for part in parts[:2] if part.strip("0?. ")]
        return self.date(Field.BIRTH_YEAR, "/".join([*known, self.whole_year(parts[-1])]))

    def whole_year(self, year: str) -> str:
        """``63`` is 1963: the last year with these digits."""
        short = _TWO.fullmatch(year)
        return f"{self.today.year // 100 - (int(year) > self.today.year % 100)}{year}" if short else year

    def sex(self) -> Sex | None:
        """A birth or a tick under "Nam" is a man's, a birth beside it a woman's; else what a column says."""
        if self.text(Field.BIRTH_MALE) or flag(self.text(Field.MALE)):
            return Sex.MALE
        if Field.BIRTH_MALE in self.mapping.columns and self.text(Field.BIRTH):
            return Sex.FEMALE
        return _SEXES.get(fold(self.text(Field.SEX)))

    def branch(self, place: Place) -> str:
        """From the column, the lines above, or the hamlet where a list names nothing else."""
        branch = branch_name(self.text(Field.BRANCH)) or place.branch
        if branch:
            return branch
        hamlet = unit_name(self.text(Field.HAMLET))
        if not hamlet:
            self.say(ReasonCode.BRANCH_MISSING, Field.BRANCH)
            return ""
        self.say(ReasonCode.BRANCH_FROM_HAMLET, Field.HAMLET)
        title = nfc(self.mapping.title(Field.HAMLET))
        return f"{unit_name(title)} {hamlet}" if names_place(f"{title} x") and not names_place(hamlet) else hamlet

    def ids(self, birth: PartialDate | None) -> Ids:
        ids = ids_in(self.cell(Field.NATIONAL_ID), self.cell(Field.OLD_ID))
        field = Field.NATIONAL_ID if self.text(Field.NATIONAL_ID) else Field.OLD_ID
        if ids.rounded:
            self.say(ReasonCode.ID_ROUNDED, field)
            return ids
        if ids.mended:
            self.say(ReasonCode.ID_ZEROS_RESTORED, field)
        if ids.old and not ids.number and field is Field.NATIONAL_ID:
            self.say(ReasonCode.OLD_ID, field)
        found = check_national_id(ids.number, birth, self.sex() or Sex.FEMALE) if ids.number else NationalIdCheck.OK
        if found is not NationalIdCheck.OK:
            self.say(ReasonCode(f"ID_{found}"), field)
        return ids

    def phone(self) -> str:
        """All numbers of the cell; an odd cell is kept as it was typed, to be looked at. A list without such a column
        may have them among the remarks."""
        if Field.PHONE not in self.mapping.columns:
            inside = phones_inside(self.text(Field.NOTE))
            if inside:
                self.say(ReasonCode.PHONE_FROM_NOTE, Field.NOTE)
            return inside
        written, rounded = number_text(self.cell(Field.PHONE))
        numbers = phones_in(written)
        if rounded or None in numbers:
            self.say(ReasonCode.PHONE_ODD, Field.PHONE)
            return "" if rounded else nfc(written)
        if isinstance(self.cell(Field.PHONE), int | float):
            self.say(ReasonCode.PHONE_ZERO_RESTORED, Field.PHONE)
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
