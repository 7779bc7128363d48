"""Words of lists that are brought in: why a row is doubtful or refused, why a file cannot be read. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

from sochihoi.i18n import _, ngettext, number, pgettext
from sochihoi.intake.columns import Field, SheetMapping, label_key
from sochihoi.intake.draft import Hidden, Reason, ReasonCode, SkipCode
from sochihoi.intake.errors import FileTrouble, HeaderNotFound, ListNotRead, MappingNotUsable, MappingTrouble
from sochihoi.services.imports import Fate, Line
from sochihoi.ui.words import Message, likeness, register
from sochihoi.ui.words.intake_changes import changes_words


def review_words(code: str) -> str:
    """Why a member is to be looked at, in a few words."""
    return {
        ReasonCode.NAME_MISSING.value: _("No name"),
        ReasonCode.NAME_ALONE.value: _("Only a name in the row: perhaps a heading"),
        ReasonCode.DATE_IMPOSSIBLE.value: _("No such date"),
        ReasonCode.DATE_NOT_UNDERSTOOD.value: _("This is not a date"),
        ReasonCode.DATE_IN_FUTURE.value: _("This day has not come yet"),
        ReasonCode.UNDER_AGE.value: _("Under the age of members"),
        ReasonCode.JOINED_BEFORE_BIRTH.value: _("Joined before she was born"),
        ReasonCode.PHONE_ODD.value: _("Odd phone number"),
        ReasonCode.ID_NOT_DIGITS.value: _("National id is not digits only"),
        ReasonCode.ID_LENGTH.value: _("National id has not 12 digits"),
        ReasonCode.ID_PROVINCE_CODE.value: _("National id names no province"),
        ReasonCode.ID_CENTURY.value: _("National id names a century to come"),
        ReasonCode.ID_BIRTH_YEAR_MISMATCH.value: _("National id says another year of birth"),
        ReasonCode.ID_SEX_MISMATCH.value: _("National id is that of a man"),
        ReasonCode.SAME_ID.value: _("The same national id twice in the list"),
        ReasonCode.SAME_PERSON.value: _("The same name and birth twice in the list"),
        ReasonCode.LIKE_ROW.value: _("May be the woman of another row of the list"),
        ReasonCode.NAMESAKE.value: _("Has the name and year of birth of another row"),
        ReasonCode.BRANCH_MISSING.value: _("No branch"),
        ReasonCode.GROUP_UNKNOWN.value: _("Unknown household group"),
        ReasonCode.FLAG_UNKNOWN.value: _("Neither yes nor no"),
        ReasonCode.MAN.value: _("The list says that this is a man"),
        ReasonCode.BIRTH_MISSING.value: _("No year of birth"),
        ReasonCode.ID_ZEROS_RESTORED.value: _("Zeros in front of the national id put back"),
        ReasonCode.ID_ROUNDED.value: _("Only the first digits of the number are left, as Excel shows it"),
        ReasonCode.OLD_ID.value: _("A number of nine digits: kept as the old identity card"),
        ReasonCode.PHONE_ZERO_RESTORED.value: _("The zero in front of the phone number put back"),
        ReasonCode.PHONE_FROM_NOTE.value: _("The phone number taken from here"),
        ReasonCode.DATE_WAS_A_NUMBER.value: _("A year that Excel showed as a day of 1905"),
        ReasonCode.BRANCH_FROM_HAMLET.value: _("The list names no branch: named after the hamlet"),
        ReasonCode.DAY_MISSING.value: _("No whole date, left out"),
        ReasonCode.NAME_CAPITALS.value: _("Capitals of the name put right"),
        ReasonCode.NAME_ADDRESS.value: _("Form of address before the name left out"),
        ReasonCode.LETTERS_LOST.value: _("Letters of the old font seem to be lost"),
        "LEFT_BEFORE": _("She left once and stands on the list again"),
        "KNOWN_ELSEWHERE": _("Someone of this name and birth is in another branch"),
        "CODE_OF_ANOTHER": _("Code of someone with another name and birth"),
        "ID_OF_ANOTHER": _("National id of someone with another name"),
        "LOOKS_LIKE": _("May be someone who is there"),
    }.get(code, code)


def reason_words(reason: Reason, sheet: str = "") -> str:
    """One finding with its column and what stands there: ``Ngày sinh: không có ngày này (“31/02/1970”)``. Another row
    is named with its sheet where that is not ``sheet``."""
    words = review_words(reason.code.value)
    if reason.code in _OF_ANOTHER_ROW:
        there, _mark, row = reason.value.rpartition("!")
        if there != sheet:
            row = _("{row} of sheet “{sheet}”").format(row=row, sheet=there)
        if reason.likeness is None:
            return _("{finding}, see row {row}").format(finding=words, row=row)
        facts = likeness.why(reason.likeness)
        if reason.elsewhere:
            facts = _("{facts}, another branch").format(facts=facts)
        return _("May be the woman of row {row} ({facts})").format(row=row, facts=facts)
    if reason.column:
        words = f"{reason.column}: {words[:1].lower()}{words[1:]}"
    return f"{words} (“{reason.value}”)" if reason.value else words


_OF_ANOTHER_ROW = (ReasonCode.SAME_ID, ReasonCode.SAME_PERSON, ReasonCode.LIKE_ROW, ReasonCode.NAMESAKE)


def fate_name(fate: Fate) -> str:
    """What becomes of a row, in a word or two."""
    return {
        Fate.NEW: _("New"),
        Fate.CHANGED: _("Corrected"),
        Fate.DOUBTFUL: _("Doubtful"),
        Fate.REFUSED: _("Refused"),
        Fate.PRESENT: _("There already"),
    }[fate]


def told_of(line: Line) -> list[Reason]:
    """What was found in a row; of somebody who is in the book already, her namesake was told when she came."""
    return [reason for reason in line.reasons if reason.code is not ReasonCode.NAMESAKE or line.namesake]


def why(line: Line) -> str:
    """The remarks on a row: what is odd, what would change, or who is there."""
    told = [reason_words(reason, line.row.sheet) for reason in told_of(line)]
    said = {reason.code.value for reason in line.reasons}
    told += [review_words(code) for code in line.review if code not in said]
    if line.fate is Fate.CHANGED and line.known is not None:
        told.append(changes_words(line.known.changes))
    if line.known is not None and line.known.code:
        known = line.known
        told.append(", ".join((known.code, *([known.full_name] if known.verdict else []), known.branch)))
        if known.verdict is not None:
            told.append(likeness.why(known.verdict))
    return "; ".join(part for part in told if part)


def namesakes(lines: Sequence[Line]) -> str:
    """How many come in though a woman of another row has their name and year of birth, and where to look at them
    afterwards; "" for none."""
    count = sum(line.namesake for line in lines)
    told = ngettext(
        "{count} row may be a woman of another row; it comes in, and “May be entered twice” shows both.",
        "{count} rows may be women of other rows; they come in, and “May be entered twice” shows both.",
        count,
    )
    return told.format(count=number(count)) if count else ""


def skip_words(code: SkipCode) -> str:
    """Why a row is no member."""
    return {
        SkipCode.TOTALS: _("A total"),
        SkipCode.SECTION: _("The heading of a branch or cell"),
        SkipCode.SIGNATURE: _("A signature or date"),
        SkipCode.HEADER_AGAIN: _("Column titles again"),
        SkipCode.COLUMN_NUMBERS: _("Numbers of columns"),
        SkipCode.ONLY_A_NUMBER: _("Only a number"),
        SkipCode.REMARK: _("A remark"),
        SkipCode.NO_MEMBER: _("The list does not tick her as a member"),
    }[code]


def unread_sheets(sheets: Sequence[str]) -> str:
    """Which sheets hold a table of which nothing is read; "" for none."""
    told = ngettext(
        "Nothing is read from sheet {names}: no row of titles such as “Họ và tên” and “Năm sinh” was found in it.",
        "Nothing is read from the sheets {names}: no row of titles such as “Họ và tên” and “Năm sinh” was found.",
        len(sheets),
    )
    return told.format(names=", ".join(f"“{name.strip()}”" for name in sheets)) if sheets else ""


def second_lists(mappings: Sequence[SheetMapping]) -> list[str]:
    """Sheets on which a further list stands beside the one that is read: two columns of names have one title."""
    told = []
    for one in mappings:
        titles = {label_key(one.title(field)) for field in (Field.NAME, Field.GIVEN_NAME)} - {""}
        if titles & set(map(label_key, one.unknown)):
            told.append(one.header.sheet)
    said = _("On sheet “{sheet}” a second list stands beside the first. It is not read: move it below the first one.")
    return [said.format(sheet=name) for name in dict.fromkeys(told)]


def hidden_words(hidden: Hidden) -> list[str]:
    """What is read of a sheet though nobody sees it there."""
    told = []
    if hidden.whole:
        told.append(_("Sheet “{sheet}” is hidden; it is read too.").format(sheet=hidden.sheet))
    if hidden.rows:
        rows = ", ".join(map(str, hidden.rows[:_FEW])) + ("…" if len(hidden.rows) > _FEW else "")
        more = ngettext(
            "{count} hidden row of sheet “{sheet}” is read too: {rows}.",
            "{count} hidden rows of sheet “{sheet}” are read too: {rows}.",
            len(hidden.rows),
        )
        told.append(more.format(count=number(len(hidden.rows)), sheet=hidden.sheet, rows=rows).replace("….", "…"))
    if hidden.columns:
        more = _("Hidden columns of sheet “{sheet}” are read too: {names}.")
        told.append(more.format(sheet=hidden.sheet, names=", ".join(hidden.columns)))
    return told


_FEW = 8


def other_commune(title: str) -> str:
    """The warning that the list is another commune's."""
    return _("The list names another commune: “{title}”. Check that it is the right file.").format(title=title)


@register(ListNotRead)
def _not_read(error: ListNotRead) -> Message:
    what = {
        FileTrouble.MISSING: _("“{file}” is not there."),
        FileTrouble.UNREADABLE: _("“{file}” cannot be opened."),
        FileTrouble.UNKNOWN_KIND: _("“{file}” is not a list in Excel, LibreOffice or CSV."),
        FileTrouble.DAMAGED: _("“{file}” is damaged."),
        FileTrouble.LOCKED: _("“{file}” is locked by a password."),
        FileTrouble.TOO_LARGE: _("“{file}” is too large for a list of members."),
        FileTrouble.TOO_MANY_PARTS: _("“{file}” is not built like a list of members."),
        FileTrouble.TOO_COMPRESSED: _("“{file}” is not built like a list of members."),
        FileTrouble.ENTITIES: _("“{file}” is not built like a list of members."),
        FileTrouble.TEXT_ENCODING: _("The letters of “{file}” cannot be read."),
    }[error.trouble]
    todo = {
        FileTrouble.MISSING: _("Check the name, and that the stick is plugged in."),
        FileTrouble.UNREADABLE: _("Close it in Excel, then choose it again."),
        FileTrouble.LOCKED: _("Take the password off in Excel, save, and choose it again."),
        FileTrouble.TEXT_ENCODING: _("Open it in Excel, save it as .xlsx, and choose that file."),
    }.get(error.trouble, _("Open it in Excel, save it as a new .xlsx file, and choose that file."))
    return Message(what.format(file=error.file), todo)


@register(HeaderNotFound)
def _no_header(error: HeaderNotFound) -> Message:
    return Message(
        ngettext(
            "No row of column titles was found in “{file}”.",
            "No row of column titles was found in any sheet of “{file}”.",
            max(len(error.sheets), 1),
        ).format(file=error.file),
        _("Put titles such as “Họ và tên” and “Ngày sinh” over the columns, save, and choose it again."),
    )


@register(MappingNotUsable)
def _mapping(error: MappingNotUsable) -> Message:
    what = {
        MappingTrouble.UNREADABLE: _("The file of column names “{value}” cannot be read."),
        MappingTrouble.NOT_JSON: _("The file of column names “{value}” is not JSON."),
        MappingTrouble.SHAPE: _("The file of column names “{value}” lacks its part “columns”."),
        MappingTrouble.UNKNOWN_FIELD: _("“{value}” is not a field of such a list."),
        MappingTrouble.COLUMN_NOT_THERE: _("The list has no column “{value}”."),
    }[error.trouble]
    return Message(what.format(value=error.value), pgettext("column names", "Correct the file and try again."))
