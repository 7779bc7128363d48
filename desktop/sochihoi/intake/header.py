"""Finds the row or rows of column titles of a sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sochihoi.domain.vietnamese import fold
from sochihoi.intake.cells import cell_lines, cell_text
from sochihoi.intake.looks import Looks
from sochihoi.intake.workbook import Row, Sheet

Labels = tuple[str, ...]
Known = Callable[[str], bool]
"""Whether a title is one that we know."""

_LOOKED_AT = 30
_DEEPEST = 3
_FEWEST_TITLES = 3
_LONGEST_TITLE = 40
_ITS_NUMBER = {"so", "ma so"}  # below "CCCD", beside the day and the place of its issue
_ITS_ISSUE = {"ngay cap", "noi cap"}


@dataclass(frozen=True, slots=True)
class Header:
    """The titles of a list's columns. ``first`` and ``last`` are rows of the sheet, counted from 0; ``titles`` are the
    texts above it; ``lines`` the rows as they are; ``until`` the row where the next list of the sheet begins."""

    sheet: str
    first: int
    last: int
    labels: Labels
    titles: Labels
    lines: tuple[Labels, ...] = ()
    until: int | None = None

    def holds(self, row: int) -> bool:
        """Whether a row, from 0, stands below these titles and above those of the next list."""
        return self.last < row and (self.until is None or row < self.until)


def header_of(sheet: Sheet, names_members: Callable[[Labels], bool], known: Known) -> Header | None:
    """The first row that names the members and one more column, with the rows of titles below that belong to it. Where
    only two rows together do, they are the header."""
    for place in range(min(len(sheet.rows), _LOOKED_AT)):
        if (found := header_at(sheet, place, names_members, known)) is not None:
            return replace(found, titles=_lines_above(sheet, place))
    return None


def _lines_above(sheet: Sheet, place: int) -> Labels:
    """The titles above a row, each line of a cell for itself: the Union above, its branch below."""
    cells = (cell for above in sheet.rows[:place] for cell in above)
    return tuple(line for cell in cells for line in cell_lines(cell).splitlines() if line.strip())


def header_at(sheet: Sheet, place: int, names_members: Callable[[Labels], bool], known: Known) -> Header | None:
    """The titles that begin in a row, without what stands above; None when none begin there."""
    labels = _texts(sheet.rows[place])
    if not any(known(label) for label in labels if label):
        return None
    last, whole = _with_rows_below(sheet, place, labels, known)
    if names_members(labels) or (last > place and names_members(whole)):
        return Header(sheet.name, place, last, whole, (), tuple(map(_texts, sheet.rows[place : last + 1])))
    return None


def may_be_titles(row: Row) -> bool:
    """Whether a row holds words only, several of them: cheap to ask of every row of a long list."""
    filled = [cell for cell in row if cell != ""]
    return len(filled) >= _FEWEST_TITLES and all(
        isinstance(cell, str) and any(sign.isalpha() for sign in cell) for cell in filled
    )


def header_like(sheet: Sheet) -> Header | None:
    """A row that looks like titles though we know none of them: several short texts without digits, rows below."""
    for place, row in enumerate(sheet.rows[:_LOOKED_AT]):
        labels = _texts(row)
        filled = [text for text in labels if text]
        plain = all(len(text) <= _LONGEST_TITLE and not any(sign.isdigit() for sign in text) for text in filled)
        if len(filled) >= _FEWEST_TITLES and plain and len(set(filled)) == len(filled) and place + 1 < len(sheet.rows):
            return Header(sheet.name, place, place, labels, _lines_above(sheet, place))
    return None


def _texts(row: Row) -> Labels:
    return tuple(cell_text(cell) for cell in row)


def _with_rows_below(sheet: Sheet, place: int, labels: Labels, known: Known) -> tuple[int, Labels]:
    """The last row of the titles, and the titles of all rows together. Merged cells tell it; where nothing is merged, a
    lower row belongs to the header that only fills columns under a title to their left."""
    last = _merged_down(sheet.looks, place)
    if last > place and last < len(sheet.rows):
        whole = labels
        for lower in range(place + 1, last + 1):
            whole = _joined(whole, _level(sheet.rows[lower], len(labels)), sheet.looks, place, known)
        return last, whole
    if place + 1 < len(sheet.rows):
        below = _level(sheet.rows[place + 1], len(labels))
        if _fills_gaps(labels, below, known):
            return place + 1, _joined(labels, below, sheet.looks, place, known)
    return place, labels


def _merged_down(looks: Looks, place: int) -> int:
    """The lowest row to which a title of this row reaches, when titles are merged over rows."""
    reach = [
        bottom
        for top, left, bottom, right in looks.merged
        if top == place and left == right and place < bottom < place + _DEEPEST
    ]
    return max(reach, default=place)


def _level(row: Row, width: int) -> Labels:
    texts = _texts(row)[:width]
    return texts + ("",) * (width - len(texts))


def _fills_gaps(labels: Labels, lower: Labels, known: Known) -> bool:
    filled = [place for place, text in enumerate(lower) if text]
    spanned = [place for place in filled if not labels[place]]
    parents = {place - 1 for place in spanned} - set(spanned)
    if not spanned or any(labels[place] and place not in parents for place in filled):
        return False
    if any(any(sign.isdigit() for sign in lower[place]) for place in filled):
        return False
    whole = _joined(labels, lower, Looks(), 0, known)
    return all(known(lower[place]) or known(whole[place]) for place in filled)


def _joined(labels: Labels, lower: Labels, looks: Looks, place: int, known: Known) -> Labels:
    """One title a column: the lower one; below a title over several columns, both together where that is known, or the
    upper one where the lower says "number"."""
    joined = []
    parent = ""
    for column, (high, low) in enumerate(zip(labels, lower, strict=True)):
        if high:
            parent = high
        elif looks.merged and not _spanned(looks, place, column):
            parent = ""
        both = f"{parent} {low}".strip()
        if low and not known(low) and not known(both) and fold(low) in _ITS_NUMBER and known(parent):
            both = parent
        joined.append(both if low and known(both) and fold(low) not in _ITS_ISSUE else low or high)
    return tuple(joined)


def _spanned(looks: Looks, place: int, column: int) -> bool:
    return any(
        top <= place <= bottom and left <= column <= right and right > left for top, left, bottom, right in looks.merged
    )
