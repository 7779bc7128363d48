"""A workbook of old fonts in Unicode: what was decided for each column, by what, and which letters did not survive.
The ticks of fonts of signs become ticks, quietly: nothing of them is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sochihoi.intake.fonts import Fonts
from sochihoi.intake.legacy import TICKS, Encoding, decode, guess, is_unicode, of_font, read_as, with_beginnings
from sochihoi.intake.signs import is_of_signs, sign_of
from sochihoi.intake.workbook import Cell, Row, Sheet, Workbook


@dataclass(frozen=True, slots=True)
class Conversion:
    """One column (from 0) of a sheet was converted. ``by_font``: the font said so, else the words did; ``cells``: how
    many changed; ``lost``: words in which letters are missing, as they read now."""

    sheet: str
    column: int
    encoding: Encoding
    by_font: bool
    cells: int
    lost: tuple[str, ...] = ()


def in_unicode(workbook: Workbook, fonts: Mapping[str, Fonts]) -> tuple[Workbook, tuple[Conversion, ...]]:
    """The same workbook with every text in NFC Unicode, and what was done. What is Unicode already stays."""
    sheets: list[Sheet] = []
    done: list[Conversion] = []
    for sheet in workbook.sheets:
        told = fonts.get(sheet.name, {})
        letters = {place: font for place, font in told.items() if not is_of_signs(font)}
        converted, columns = _sheet(_with_ticks(sheet, told), letters)
        sheets.append(converted)
        done += columns
    return replace(workbook, sheets=tuple(sheets)), tuple(done)


def _with_ticks(sheet: Sheet, fonts: Fonts) -> Sheet:
    """``P`` in the font Wingdings 2 is a tick; in any other it stays a P."""
    rows: list[Row] = list(sheet.rows)
    for (at, place), font in fonts.items():
        cell = rows[at][place] if at < len(rows) and place < len(rows[at]) else None
        if is_of_signs(font) and isinstance(cell, str) and (sign := sign_of(cell, font)) is not None:
            rows[at] = (*rows[at][:place], sign, *rows[at][place + 1 :])
    return sheet if rows == list(sheet.rows) else replace(sheet, rows=tuple(rows))


def _sheet(sheet: Sheet, fonts: Fonts) -> tuple[Sheet, list[Conversion]]:
    texts = [cell for row in sheet.rows for cell in row if isinstance(cell, str) and not cell.isascii()]
    by_words = guess(texts).encoding
    if by_words is Encoding.UNICODE and not fonts:
        return sheet, []
    mostly_unicode = 2 * sum(map(is_unicode, texts)) > len(texts)
    rows = [list(row) for row in sheet.rows]
    done = []
    for column in range(max(map(len, rows), default=0)):
        places = [
            (place, cell)
            for place, row in enumerate(rows)
            if column < len(row) and isinstance(cell := row[column], str) and cell.strip() not in {"", *TICKS}
        ]
        found = _column(sheet.name, column, places, fonts, by_words, rows, mostly_unicode)
        if found is not None:
            done.append(found)
    return replace(sheet, rows=tuple(tuple(row) for row in rows)), done


def _column(
    sheet: str,
    column: int,
    places: Sequence[tuple[int, str]],
    fonts: Fonts,
    by_words: Encoding,
    rows: Sequence[list[Cell]],
    mostly_unicode: bool,
) -> Conversion | None:
    """Convert one column in place. The words overrule a font: Unicode may be typed into a cell of an old font. Words
    that can be read both ways are Unicode where no font says otherwise and most of the sheet is."""
    said = [of_font(fonts[place, column])[0] for place, _text in places if (place, column) in fonts]
    encoding = max(set(said), key=said.count) if said else by_words
    texts = [text for _place, text in places]
    if encoding is Encoding.UNICODE:
        return None
    reading = read_as(texts, encoding)
    plain = read_as(texts, Encoding.UNICODE).read
    if plain > reading.read or (plain == reading.read and mostly_unicode and not said):
        return None
    changed = 0
    for place, text in places:
        font = fonts.get((place, column))
        told, capitals = of_font(font) if font is not None else (encoding, False)
        if font is None and fonts and guess([text]).encoding is not encoding:
            continue  # a cell of a Unicode font among others: only its own words can say otherwise
        now = decode(text, told, capitals=capitals)
        if told is Encoding.TCVN3 and now != text:
            now = with_beginnings(now)
        changed += now != text
        rows[place][column] = now
    if not changed:
        return None
    return Conversion(sheet, column, encoding, bool(said), changed, tuple(dict.fromkeys(reading.unread)))
