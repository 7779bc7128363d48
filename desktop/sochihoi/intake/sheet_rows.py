"""The rows of one sheet: members, the lines that say where they belong, and what is neither."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sochihoi.intake.cells import cell_text
from sochihoi.intake.columns import Field, SheetMapping
from sochihoi.intake.draft import Hidden, MemberRow, SkipCode, SkippedRow
from sochihoi.intake.member_row import Place, RowReader
from sochihoi.intake.sections import Section, branch_in_sheet, branch_in_titles
from sochihoi.intake.skipping import ends_below, section_line, skip_code
from sochihoi.intake.values import flag
from sochihoi.intake.workbook import Row, Sheet

_WIDE = 3
_AT_ONCE = 250
_TOLD_ONCE = (
    Field.BRANCH,
    Field.CELL,
    Field.HAMLET,
    Field.ADDRESS,
    Field.HOUSEHOLD_GROUP,
    Field.ETHNICITY,
    Field.RELIGION,
)
"""Columns in which one cell may speak for the rows below it: merged, or with marks that repeat it."""
_AS_ABOVE = {'"', "“", "”", "''", "〃", "//", "nt", "-nt-", "như trên"}


def read_sheet(
    sheet: Sheet, lists: Sequence[tuple[SheetMapping, RowReader]], *, several: bool, step: Callable[[int], None]
) -> tuple[list[MemberRow], list[SkippedRow]]:
    """Members and skipped rows of all lists of a sheet, from the top. A branch is the column's, else the section's, the
    titles', the sheet's (``several``: more than one sheet of the workbook has a list). ``step`` is called with the
    rows behind, now and then."""
    rows: list[MemberRow] = []
    skipped: list[SkippedRow] = []
    titles = branch_in_titles(lists[0][0].header.titles)
    place = Place(titles or branch_in_sheet(sheet.name, several=several))
    wide = {top for top, left, _bottom, right in sheet.looks.merged if right - left + 1 >= _WIDE}
    signed = False
    told = [mapping for mapping, _reader in lists if _tells_members(sheet, mapping)]
    for at, cells, mapping, reader in _all_rows(sheet, lists):
        if at % _AT_ONCE == 0:
            step(at)
        texts = reader.texts(cells)
        if not any(texts):
            continue
        code = skip_code(texts, mapping) if mapping.header.holds(at) else SkipCode.HEADER_AGAIN
        section = None
        if code in (None, SkipCode.REMARK):
            section = section_line(texts, mapping, stands_out=_stands_out(sheet, at, wide))
        if signed and code is None and ends_below(texts, mapping) and not (section and section.sure):
            code, section = SkipCode.SIGNATURE, None
        if section is not None:
            code, place = SkipCode.SECTION, _moved(place, section)
        if code is None and mapping in told and flag(_member_cell(texts, mapping)) is False:
            code = SkipCode.NO_MEMBER
        if code is None:
            signed = False
            rows.append(reader.read(cells, at + 1, place))
            continue
        signed = (signed or code is SkipCode.SIGNATURE) and code is not SkipCode.HEADER_AGAIN
        filled = [text for text in texts if text]
        said = " ".join(filled) if code in (SkipCode.SECTION, SkipCode.NO_MEMBER) else filled[0]
        skipped.append(SkippedRow(sheet.name, at + 1, code, said))
    return rows, skipped


def _tells_members(sheet: Sheet, mapping: SheetMapping) -> bool:
    """Whether a list of all women ticks those who are members; a column that was never filled in tells nothing."""
    place = mapping.columns.get(Field.MEMBER)
    if place is None:
        return False
    below = sheet.rows[mapping.header.last + 1 : mapping.header.until]
    return any(flag(cell_text(row[place])) for row in below if place < len(row))


def _member_cell(texts: Sequence[str], mapping: SheetMapping) -> str:
    return texts[mapping.columns[Field.MEMBER]]


def _stands_out(sheet: Sheet, row: int, wide: set[int]) -> bool:
    return row in wide or row in sheet.looks.bold


def _moved(place: Place, section: Section) -> Place:
    return Place(place.branch, section.name) if section.is_cell else Place(section.name)


def _all_rows(
    sheet: Sheet, lists: Sequence[tuple[SheetMapping, RowReader]]
) -> Iterator[tuple[int, Row, SheetMapping, RowReader]]:
    """Every row below the first titles with the list it belongs to; the titles of a further list come with it."""
    for mapping, reader in lists:
        if mapping is not lists[0][0]:
            titles = range(mapping.header.first, mapping.header.last + 1)
            yield from ((at, sheet.rows[at], mapping, reader) for at in titles)
        yield from ((at, cells, mapping, reader) for at, cells in _filled_down(sheet, mapping))


def _filled_down(sheet: Sheet, mapping: SheetMapping) -> list[tuple[int, Row]]:
    """Every row below the titles with its place; what one cell says for several rows stands in each of them."""
    columns = [place for field in _TOLD_ONCE if (place := mapping.columns.get(field)) is not None]
    first = mapping.header.last + 1
    above: dict[tuple[int, int], int] = {}
    for top, left, bottom, _right in sheet.looks.merged:
        if bottom > top >= first and left in columns:
            above |= {(row, left): top for row in range(top + 1, min(bottom + 1, len(sheet.rows)))}
    found: list[tuple[int, Row]] = []
    said: dict[int, str] = {}
    for at in range(first, mapping.header.until or len(sheet.rows)):
        row = list(sheet.rows[at])
        for column in (one for one in columns if one < len(row)):
            text = cell_text(row[column])
            if (at, column) in above and not text:
                row[column] = sheet.rows[above[at, column]][column]
            elif text.lower() in _AS_ABOVE:
                row[column] = said.get(column, "")
            elif text:
                said[column] = text
        found.append((at, tuple(row)))
    return found


def hidden_in(sheet: Sheet, mapping: SheetMapping, rows: Sequence[MemberRow]) -> Hidden | None:
    """What of a sheet is read though it is hidden; None when nothing is."""
    members = {row.row for row in rows if row.sheet == sheet.name and mapping.header.holds(row.row - 1)}
    hidden_rows = tuple(sorted(row + 1 for row in sheet.looks.hidden_rows if row + 1 in members))
    labels = mapping.header.labels
    columns = tuple(labels[place] for place in sorted(sheet.looks.hidden_columns) if place in mapping.columns.values())
    return Hidden(sheet.name, sheet.hidden, hidden_rows, columns) if sheet.hidden or hidden_rows or columns else None
