"""The columns of a list as a person looks at them: title, some of what stands there, what is read from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sochihoi.intake.cells import cell_text
from sochihoi.intake.columns import Field, SheetMapping, fingerprint
from sochihoi.intake.header import Header
from sochihoi.intake.home_list import HomeColumns, HomeField
from sochihoi.intake.letters import Conversion
from sochihoi.intake.workbook import Sheet, Workbook

_SAMPLES = 3
_LOOKED_AT = 60

AnyField = Field | HomeField
AnyColumns = SheetMapping | HomeColumns


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """One column (from 0). ``letters``: what was converted in it, one for each sheet where something was."""

    place: int
    title: str
    field: AnyField | None
    samples: tuple[str, ...]
    letters: tuple[Conversion, ...]


@dataclass(frozen=True, slots=True)
class ShownHeader:
    """All sheets that have the same titles, with their columns. ``chosen``: an officer said what they mean."""

    fingerprint: str
    sheets: tuple[str, ...]
    columns: tuple[ShownColumn, ...]
    chosen: bool


def shown_headers(
    workbook: Workbook, mappings: Sequence[AnyColumns], conversions: Sequence[Conversion]
) -> tuple[ShownHeader, ...]:
    """One for each different row of titles, in the order of the sheets. A column without title and without anything
    below it is left out."""
    alike: dict[str, list[AnyColumns]] = {}
    for mapping in mappings:
        alike.setdefault(fingerprint(mapping.header.labels), []).append(mapping)
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    return tuple(
        ShownHeader(
            key,
            tuple(dict.fromkeys(one.header.sheet for one in same)),
            _columns(sheets, same, conversions),
            chosen=same[0].chosen,
        )
        for key, same in alike.items()
    )


def _columns(
    sheets: dict[str, Sheet], same: Sequence[AnyColumns], conversions: Sequence[Conversion]
) -> tuple[ShownColumn, ...]:
    read = ((place, field) for field, place in same[0].columns.items() if field is not HomeField.COUNTED)
    fields: dict[int, AnyField] = dict(read)
    names = {one.header.sheet for one in same}
    shown = []
    for place, title in enumerate(same[0].header.labels):
        samples = _samples(sheets[same[0].header.sheet], same[0].header, place)
        if title or samples:
            letters = tuple(one for one in conversions if one.sheet in names and one.column == place)
            shown.append(ShownColumn(place, title, fields.get(place), samples, letters))
    return tuple(shown)


def _samples(sheet: Sheet, header: Header, place: int) -> tuple[str, ...]:
    first = header.last + 1
    texts = (cell_text(row[place]) for row in sheet.rows[first : header.until][:_LOOKED_AT] if place < len(row))
    return tuple(dict.fromkeys(text for text in texts if text))[:_SAMPLES]


def column_letter(place: int) -> str:
    """How Excel calls a column: 0 is A, 26 is AA."""
    letters = ""
    number = place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
