"""Lists of households: which workbook is one, and what each row says. Nothing is judged here."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sochihoi import paths
from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.households import Relation
from sochihoi.domain.partial_dates import PartialDate
from sochihoi.domain.people import Sex
from sochihoi.domain.vietnamese import fold, nfc
from sochihoi.intake.cells import cell_date, cell_lines, cell_text
from sochihoi.intake.columns import (
    Field,
    SheetMapping,
    definitions,
    find_header,
    fingerprint,
    label_key,
    map_columns,
    read_mapping,
)
from sochihoi.intake.header import Header, header_like, header_of
from sochihoi.intake.numbers import number_text
from sochihoi.intake.workbook import Cell, Row, Sheet, Workbook

if TYPE_CHECKING:
    from sochihoi.intake.annotating import CellNote


class HomeField(StrEnum):
    """What a column of a list of households can hold. ``COUNTED``: a figure for reading."""

    CODE = "code"
    HEAD_CODE = "head_code"
    HEAD = "head"
    BRANCH = "branch"
    ADDRESS = "address"
    PHONE = "phone"
    GROUP = "group"
    RESIDENTS = "residents"
    MEMBERS = "members"
    OTHERS = "others"
    NOTE = "note"
    COUNTED = "counted"


HomeMap = Mapping[str, HomeField]
"""Titles, as ``label_key`` gives them, to what they hold: what a mapping file says."""

HomeChoices = Mapping[str, Mapping[int, HomeField | None]]
"""Fingerprints of titles to what an officer said of the columns, from 0; None: nothing is read from it."""

_NO_CHOICES: Final[HomeChoices] = {}


@dataclass(frozen=True, slots=True)
class HomeRow:
    """One row: Excel's row number, and what stands in each column that the list has; "" for an empty cell."""

    sheet: str
    row: int
    texts: Mapping[HomeField, str]

    def says(self, field: HomeField) -> str:
        """What stands there; "" also where the list has no such column."""
        return self.texts.get(field, "")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as a list names her: ``HP00012 Lê Thị A (con)``, ``Trần Văn B (nam, 1968, chồng)``. ``odd``: the part in
    brackets that is neither a sex nor a birth nor a relation."""

    name: str
    code: str = ""
    sex: Sex | None = None
    birth: PartialDate | None = None
    relation: Relation | None = None
    odd: str = ""


_FEW = 2  # texts that a total or a signature has

# ---------------------------------------------------------------------- the sheet


@dataclass(frozen=True, slots=True)
class HomeColumns:
    """The titles of one list, and which column (from 0) holds what. ``chosen``: an officer said it."""

    header: Header
    columns: Mapping[HomeField, int]
    chosen: bool = False


def home_headers(
    workbook: Workbook, said: HomeMap | None = None, choices: HomeChoices = _NO_CHOICES, *, guess: bool = False
) -> tuple[HomeColumns, ...]:
    """The rows of titles of the sheets that list households; empty for a list of members, or of anything else.
    ``said``: titles that a mapping file explains: then no sheet is taken for a list of members. ``choices``: what an
    officer said of lists with these titles. ``guess``: somebody says that these are households: a row that looks like
    titles is taken, for her to say what it means."""
    found = [_header(sheet, said, choices, sure=said is not None) for sheet in workbook.sheets]
    if guess and not any(found):
        found = [_header(sheet, said, choices, sure=True) or header_like(sheet) for sheet in workbook.sheets]
    return tuple(_mapped(header, said, choices) for header in found if header is not None)


def _header(sheet: Sheet, said: HomeMap | None, choices: HomeChoices, *, sure: bool) -> Header | None:
    header = header_of(
        sheet,
        lambda labels: _is_header(labels, said) or fingerprint(labels) in choices,
        lambda one: _field(one, said) is not None,
    )
    found = header or header_like(sheet)
    if found is not None and fingerprint(found.labels) in choices:
        return found
    return header if sure or not _of_members(sheet) else None


def _mapped(header: Header, said: HomeMap | None, choices: HomeChoices) -> HomeColumns:
    chosen = choices.get(fingerprint(header.labels), {})
    columns = {field: place for place, field in chosen.items() if field is not None}
    for place, label in enumerate(header.labels):
        if place not in chosen and (field := _field(label, said)) is not None:
            columns.setdefault(field, place)
    return HomeColumns(header, columns, bool(chosen))


def read_homes(workbook: Workbook, lists: Sequence[HomeColumns]) -> tuple[HomeRow, ...]:
    """Every row below the titles that names a household; totals, signatures and titles again are left out."""
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    return tuple(row for one in lists for row in _rows(sheets[one.header.sheet], one.header, one.columns))


def read_home_mapping(path: Path) -> HomeMap:
    """A mapping file with the values of ``HomeField``. Raises ``MappingNotUsable``."""
    return read_mapping(path, HomeField)


def annotated_homes(
    path: Path, workbook: Workbook, lists: Sequence[HomeColumns], notes: Sequence[CellNote], title: str
) -> bytes:
    """As ``annotating.annotated``, of a list of households."""
    from sochihoi.intake.annotating import annotated

    marked = [SheetMapping(one.header, {Field.NAME: one.columns.get(HomeField.HEAD, 0)}, ()) for one in lists]
    return annotated(path, workbook, marked, notes, title)


def _rows(sheet: Sheet, header: Header, columns: Mapping[HomeField, int]) -> Iterable[HomeRow]:
    for at in range(header.last + 1, len(sheet.rows)):
        texts = {field: _said(sheet.rows[at], place, field) for field, place in columns.items()}
        told = [text for field, text in texts.items() if field is not HomeField.COUNTED and text]
        again = told == [header.labels[columns[f]] for f in columns if f is not HomeField.COUNTED]
        sure = len(told) > _FEW or bool(texts.get(HomeField.CODE))
        if told and not again and (sure or not _foot(told[0])):
            yield HomeRow(sheet.name, at + 1, texts)


def _foot(text: str) -> bool:
    """A total or what stands around the signatures."""
    rows = definitions()["rows"]
    starts = tuple(fold(one) for kind in ("totals", "signatures", "remarks") for one in rows[kind])
    return fold(text).startswith(starts)


def _said(row: Row, place: int, field: HomeField) -> str:
    cell: Cell = row[place] if place < len(row) else ""
    if field is HomeField.PHONE:
        return number_text(cell)[0]
    if field in (HomeField.NOTE, HomeField.MEMBERS, HomeField.OTHERS):
        return cell_lines(cell)
    return cell_text(cell)


def _is_header(labels: tuple[str, ...], said: HomeMap | None) -> bool:
    known = {_field(label, said) for label in labels if label} - {None, HomeField.COUNTED}
    return HomeField.HEAD in known and len(known) > 1


def _of_members(sheet: Sheet) -> bool:
    """Whether the sheet lists persons: somebody's name stands beside her birth or her number."""
    header = find_header(sheet)
    if header is None:
        return False
    columns = map_columns(header).columns
    hers = {Field.BIRTH, Field.BIRTH_YEAR, Field.NATIONAL_ID, Field.GIVEN_NAME} & set(columns)
    name = columns.get(Field.NAME)
    return bool(hers) or (name is not None and _field(header.labels[name]) is not HomeField.COUNTED)


@cache
def home_definitions() -> Mapping[str, Any]:
    """``resources/intake/households.toml`` as it is."""
    return tomllib.loads((paths.resources() / "intake" / "households.toml").read_text(encoding="utf-8"))


@cache
def _titles() -> Mapping[str, HomeField]:
    columns = home_definitions()["columns"].items()
    return {label_key(label): HomeField(name) for name, labels in columns for label in labels}


def _field(label: str, said: HomeMap | None = None) -> HomeField | None:
    key = label_key(label)
    return ((said or {}).get(key) or _titles().get(key)) if label else None


# ---------------------------------------------------------------------- who lives there

_ENTRY = re.compile(r"(?:(?P<code>[A-Z]{2}\d{5,})\b\s*)?(?P<name>[^()]*?)\s*(?:\((?P<about>[^()]*)\))?", re.ASCII)


def people_in(text: str, today: date) -> tuple[Named, ...]:
    """Everybody whom a cell names, with ";" or line breaks between them."""
    return tuple(_named(part, today) for part in map(nfc, re.split(r"[;\n]", text)) if part)


def people_text(named: Iterable[Named]) -> str:
    """How our list writes them."""
    return "; ".join(_written(one) for one in named)


def _named(text: str, today: date) -> Named:
    match = _ENTRY.fullmatch(text)
    if match is None:
        return Named(text, odd=text)
    sex = birth = relation = None
    odd = ""
    for part in filter(None, map(str.strip, (match["about"] or "").split(","))):
        if (word := _word("sexes", part)) is not None:
            sex = Sex(word)
        elif (word := _word("relations", part)) is not None:
            relation = Relation(word)
        elif birth is None and (birth := _birth(part, today)) is not None:
            continue
        else:
            odd = part
    return Named(match["name"], match["code"] or "", sex, birth, relation, odd)


def _birth(text: str, today: date) -> PartialDate | None:
    try:
        return cell_date(text, today, "birth")
    except FieldProblem:
        return None


def _written(one: Named) -> str:
    told = [
        home_definitions()["sexes"][one.sex][0] if one.sex else "",
        birth_text(one.birth),
        home_definitions()["relations"][one.relation][0] if one.relation else "",
    ]
    about = ", ".join(part for part in told if part)
    return " ".join(part for part in (one.code, one.name, f"({about})" if about else "") if part)


def birth_text(birth: PartialDate | None) -> str:
    """``1968``, ``03/1968``, ``08/03/1968``."""
    return "" if birth is None else "/".join(reversed(str(birth).split("-")))


def _word(kind: str, text: str) -> str | None:
    return _words(kind).get(text.lower()) or _words(kind).get(label_key(text))


@cache
def _words(kind: str) -> Mapping[str, str]:
    """As written, and without accents where that leaves one meaning (not ``ba`` and ``bà``)."""
    written = [(word, name) for name, words in home_definitions()[kind].items() for word in words]
    bare: dict[str, set[str]] = {}
    for word, name in written:
        bare.setdefault(label_key(word), set()).add(name)
    return {key: min(names) for key, names in bare.items() if len(names) == 1} | dict(written)
