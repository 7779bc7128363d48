"""Words of the columns of a list: what each field is called, what was decided about its letters. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sochihoi.i18n import _, ngettext, number, pgettext
from sochihoi.intake.columns import Field, mapping_at
from sochihoi.intake.draft import ReasonCode, Verdict
from sochihoi.intake.home_list import HomeField
from sochihoi.intake.legacy import Encoding
from sochihoi.intake.letters import Conversion
from sochihoi.intake.shown import AnyField, ShownColumn, ShownHeader, column_letter
from sochihoi.services.imports import Line, Preview
from sochihoi.ui.words.home_lists import home_field
from sochihoi.ui.words.intake import reason_words, review_words, told_of

if TYPE_CHECKING:
    from sochihoi.intake.annotating import CellNote

_FEW = 6


def field_words(field: AnyField | None) -> str:
    """What is read from a column."""
    if field is None:
        return _("Not read")
    if isinstance(field, HomeField):
        return home_field(field)
    return {
        Field.NUMBER: _("Number in the list"),
        Field.CODE: _("Code"),
        Field.NAME: _("Full name"),
        Field.FAMILY_NAME: _("Family and middle name"),
        Field.GIVEN_NAME: _("Given name"),
        Field.BIRTH: _("Date of birth"),
        Field.BIRTH_DAY: _("Day of birth"),
        Field.BIRTH_MONTH: _("Month of birth"),
        Field.BIRTH_YEAR: _("Year of birth"),
        Field.BIRTH_MALE: _("Birth of a man (column “Nam”)"),
        Field.MALE: _("Man (a tick)"),
        Field.SEX: _("Sex"),
        Field.NATIONAL_ID: _("National id"),
        Field.OLD_ID: _("Old identity card"),
        Field.ETHNICITY: _("Ethnic group"),
        Field.RELIGION: _("Religion"),
        Field.ADDRESS: _("Address"),
        Field.HAMLET: _("Hamlet, street group"),
        Field.PHONE: _("Phone"),
        Field.BRANCH: _("Branch"),
        Field.CELL: pgettext("unit", "Cell"),
        Field.JOINED: _("Joined the Union on"),
        Field.PARTY: _("Party member"),
        Field.HOUSEHOLD_GROUP: _("Household group"),
        Field.POOR: _("Poor household (a tick)"),
        Field.NEAR_POOR: _("Nearly poor household (a tick)"),
        Field.BHYT: _("Health insurance"),
        Field.LOAN: _("Loan"),
        Field.CLUBS: _("Clubs"),
        Field.CARD_NO: _("Card number"),
        Field.MEMBER: _("Member of the Union (a tick)"),
        Field.CORE: _("Core member"),
        Field.HONORARY: _("Honorary member"),
        Field.PARTY_JOINED: _("Joined the Party on"),
        Field.EDUCATION: _("Schooling"),
        Field.PROFESSION: _("Professional level"),
        Field.THEORY: _("Level of political theory"),
        Field.OCCUPATION: _("Occupation"),
        Field.BHYT_UNTIL: _("Health insurance valid until"),
        Field.NOTE: _("Note"),
    }[field]


def title_words(column: ShownColumn) -> str:
    """The title of a column as the list has it, else its letter."""
    return column.title or _("Column {letter}, without a title").format(letter=column_letter(column.place))


def letters_words(letters: Sequence[Conversion]) -> str:
    """What was decided about the letters of one column; "" for Unicode that stayed."""
    if not letters:
        return ""
    encoding = {Encoding.TCVN3: "TCVN3 (ABC)", Encoding.VNI: "VNI", Encoding.UNICODE: "Unicode"}[letters[0].encoding]
    count = sum(one.cells for one in letters)
    if letters[0].by_font:
        told = ngettext(
            "{encoding}, told by the font; {count} cell put into Unicode.",
            "{encoding}, told by the font; {count} cells put into Unicode.",
            count,
        )
    else:
        told = ngettext(
            "{encoding}, told by the words; {count} cell put into Unicode.",
            "{encoding}, told by the words; {count} cells put into Unicode.",
            count,
        )
    said = [told.format(encoding=encoding, count=number(count))]
    lost = tuple(dict.fromkeys(word for one in letters for word in one.lost))
    if lost:
        more = ngettext(
            "{count} word seems to have lost letters: {words}.",
            "{count} words seem to have lost letters: {words}.",
            len(lost),
        )
        named = ", ".join(lost[:_FEW])
        said.append(more.format(count=number(len(lost)), words=named + ("…" if len(lost) > _FEW else "")))
    return " ".join(said).replace("….", "…")


def letters_told(headers: Sequence[ShownHeader]) -> list[str]:
    """A line for each column whose letters were converted."""
    columns = (column for header in headers for column in header.columns if column.letters)
    return [
        _("Column “{title}”: {letters}").format(title=title_words(column), letters=letters_words(column.letters))
        for column in columns
    ]


def letters_in_short(headers: Sequence[ShownHeader]) -> str:
    """One sentence for all columns; "" when all is Unicode."""
    converted = [column for header in headers for column in header.columns if column.letters]
    if not converted:
        return ""
    encodings = dict.fromkeys(column.letters[0].encoding.value for column in converted)
    lost = any(one.lost for column in converted for one in column.letters)
    told = ngettext(
        "Letters of the old font {encoding} in {count} column were put into Unicode.",
        "Letters of the old font {encoding} in {count} columns were put into Unicode.",
        len(converted),
    ).format(encoding=" + ".join(encodings), count=number(len(converted)))
    if not lost:
        return told
    more = _("Some words lost letters: see the columns.")
    return f"{told} {more}"


def columns_told(header: ShownHeader) -> str:
    """What is read from each column, in one line: ``TT → số thứ tự; …``."""
    read = "; ".join(f"{title_words(column)} → {field_words(column.field)}" for column in header.columns)
    sheets = ", ".join(f"“{name}”" for name in header.sheets)
    told = _("Sheet {sheets}, columns: {read}.").format(sheets=sheets, read=read)
    if not header.chosen:
        return told
    more = _("As it was chosen for a list with the same titles.")
    return f"{told} {more}"


def remarks_title() -> str:
    """The title of the last column of an annotated list."""
    return _("To be mended")


def remarks_on(preview: Preview) -> Callable[[Line], list[CellNote]]:
    """What is said at the cells of each row: every finding at its column, what the register says at the name."""
    from sochihoi.intake.annotating import CellNote

    mappings = preview.draft.mappings

    def of_line(line: Line) -> list[CellNote]:
        row = line.row
        columns = mapping_at(mappings, row.sheet, row.row).columns
        notes = [
            CellNote(
                row.sheet,
                row.row,
                columns.get(one.field),
                one.code.severity,
                reason_words(one, row.sheet),
                beside=one.code is ReasonCode.NAMESAKE,
            )
            for one in told_of(line)
        ]
        said = {one.code.value for one in line.reasons}
        told = [review_words(code) for code in line.review if code not in said]
        if told and line.known is not None and line.known.code:
            told.append(f"{line.known.code}, {line.known.branch}")
        if told:
            notes.append(CellNote(row.sheet, row.row, None, Verdict.DOUBTFUL, "; ".join(told)))
        return notes

    return of_line
