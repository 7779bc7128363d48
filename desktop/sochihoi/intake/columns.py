"""Finds the row of column titles and says which column is which field."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

from sochihoi import paths
from sochihoi.domain.vietnamese import fold
from sochihoi.intake.errors import HeaderNotFound, MappingNotUsable, MappingTrouble
from sochihoi.intake.header import Header, header_at, header_like, header_of, may_be_titles
from sochihoi.intake.workbook import Sheet, Workbook


class Field(StrEnum):
    """What a column can hold. ``POOR`` and ``NEAR_POOR`` are columns to tick; the two names make one, and the three
    parts of a birth. ``BIRTH_MALE`` is the column "Nam" of a pair for births, ``MALE`` that of a pair to
    tick. ``CODE`` is the short code that the program gave."""

    NUMBER = "number"
    CODE = "code"
    NAME = "name"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    BIRTH = "birth"
    BIRTH_DAY = "birth_day"
    BIRTH_MONTH = "birth_month"
    BIRTH_YEAR = "birth_year"
    BIRTH_MALE = "birth_male"
    MALE = "male"
    SEX = "sex"
    NATIONAL_ID = "national_id"
    OLD_ID = "old_id"
    ETHNICITY = "ethnicity"
    RELIGION = "religion"
    ADDRESS = "address"
    HAMLET = "hamlet"
    PHONE = "phone"
    BRANCH = "branch"
    CELL = "cell"
    JOINED = "joined"
    PARTY = "party"
    HOUSEHOLD_GROUP = "household_group"
    POOR = "poor"
    NEAR_POOR = "near_poor"
    BHYT = "bhyt"
    LOAN = "loan"
    CLUBS = "clubs"
    CARD_NO = "card_no"
    MEMBER = "member"
    CORE = "core"
    HONORARY = "honorary"
    PARTY_JOINED = "party_joined"
    EDUCATION = "education"
    PROFESSION = "profession"
    THEORY = "theory"
    OCCUPATION = "occupation"
    BHYT_UNTIL = "bhyt_until"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """Which column (from 0) holds which field. ``unknown`` are titles that nothing is read from; ``chosen``: an officer
    said it, now or for an earlier list with the same titles."""

    header: Header
    columns: Mapping[Field, int]
    unknown: tuple[str, ...]
    chosen: bool = False

    def title(self, field: Field) -> str:
        """The title of a field's column as the list writes it; "" when the list has no such column."""
        place = self.columns.get(field)
        return "" if place is None else self.header.labels[place]


_MEMBERS: Final = {"hoi vien", "hoi vien phu nu"}
AnyField = TypeVar("AnyField", bound=StrEnum)

ColumnMap = Mapping[str, Field]
"""Column titles, as ``label_key`` gives them, to fields: what a mapping file says."""

Chosen = Mapping[int, Field | None]
"""What an officer said of the columns of one header, from 0; None: nothing is read from it."""

Choices = Mapping[str, Chosen]
"""Fingerprints of headers to what was said of them."""

NO_CHOICES: Final[Choices] = {}


def definitions() -> Mapping[str, Any]:
    """``resources/intake/columns.toml`` as it is."""
    return _read_definitions(paths.resources() / "intake" / "columns.toml")


@cache
def _read_definitions(path: Path) -> Mapping[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=4096)
def label_key(text: str) -> str:
    """A title without accents, signs and remarks in brackets: how titles and values are compared."""
    bare = re.sub(r"\([^)]*\)", " ", fold(text))
    return " ".join(re.findall(r"[^\W_]+", bare))


@cache
def _synonyms() -> Mapping[str, Field]:
    """Titles to fields: as written, and without accents where that leaves one meaning (not ``Họ`` and ``Hộ``)."""
    written = [(label, Field(name)) for name, labels in definitions()["columns"].items() for label in labels]
    bare: dict[str, set[Field]] = {}
    for label, field in written:
        bare.setdefault(label_key(label), set()).add(field)
    return {key: next(iter(fields)) for key, fields in bare.items() if len(fields) == 1} | {
        label.lower(): field for label, field in written
    }


def fingerprint(labels: Sequence[str]) -> str:
    """Equal for two headers with the same titles in the same order, however they are typed, with or without the
    column of remarks."""
    bare = [label for label in labels if not is_ours(label)]
    while bare and not bare[-1]:
        bare.pop()
    return hashlib.sha256("\n".join(map(label_key, bare)).encode()).hexdigest()[:16]


def is_ours(label: str) -> bool:
    """Whether a column is the one that the annotated list put beside the others."""
    return label_key(label) in {label_key(one) for one in definitions()["rows"]["remarks_column"]}


def find_header(sheet: Sheet, override: ColumnMap | None = None, choices: Choices = NO_CHOICES) -> Header | None:
    """The rows of titles of a sheet, or None when no row names the members and one more column."""
    return header_of(
        sheet,
        lambda labels: _is_header(labels, override) or fingerprint(labels) in choices,
        lambda label: _field(label, override) is not None,
    )


def _headers(sheet: Sheet, override: ColumnMap | None, choices: Choices) -> list[Header]:
    """The titles of every list of a sheet: further down others may begin that have other columns."""
    first = find_header(sheet, override, choices)
    found = [] if first is None else [first]
    for place in range(first.last + 1, len(sheet.rows)) if first is not None else ():
        if place <= found[-1].last or not may_be_titles(sheet.rows[place]):
            continue
        other = header_at(
            sheet,
            place,
            lambda labels: _is_header(labels, override) or fingerprint(labels) in choices,
            lambda label: _field(label, override) is not None,
        )
        if other is not None and not any(repeats(line, found[-1]) for line in (other.labels, *other.lines)):
            found[-1] = replace(found[-1], until=place)
            found.append(other)
    return found


def repeats(texts: Sequence[str], header: Header) -> bool:
    """Whether a row says the titles of a list again, as at the head of each page."""
    titles = [
        (label_key(text), {label_key(line[at]) for line in (header.labels, *header.lines) if at < len(line)})
        for at, text in enumerate(texts)
        if text
    ]
    return len(titles) > 1 and all(text in said for text, said in titles)


def _is_header(labels: tuple[str, ...], override: ColumnMap | None) -> bool:
    known = {_field(label, override) for label in labels if label} - {None}
    named = Field.NAME in known or Field.GIVEN_NAME in known
    return named and len(known - {Field.NAME, Field.GIVEN_NAME, Field.NUMBER}) >= 1


_WHOSE = re.compile(r" (?:cua|cho) (?:chi|chi em|ban|em|hoi vien|hoi vien phu nu)$")  # as forms on the web ask


def _field(label: str, override: ColumnMap | None) -> Field | None:
    key = label_key(label)
    return (override or {}).get(key) or _synonyms().get(label.lower()) or _synonyms().get(_WHOSE.sub("", key))


def map_columns(header: Header, override: ColumnMap | None = None, chosen: Chosen | None = None) -> SheetMapping:
    """Each known title once, the first column of several with one meaning; what a mapping file or an officer says goes
    first."""
    columns: dict[Field, int] = {field: place for place, field in (chosen or {}).items() if field is not None}
    unknown: list[str] = []
    stated = override or {}
    for place in sorted(range(len(header.labels)), key=lambda place: label_key(header.labels[place]) not in stated):
        label = header.labels[place]
        if chosen is not None and place in chosen:
            if label and chosen[place] is None:
                unknown.append(label)
            continue
        field = _field(label, override) if label else None
        if field is Field.ETHNICITY and label.lower() == "dt" and "".join(header.labels).isascii():
            field = Field.PHONE  # "ĐT", where nothing has marks
        if field is Field.NAME and field in columns and label_key(label) in _MEMBERS:
            field = Field.MEMBER  # a list of all women, with a tick for those who are members
        if field is not None and field not in columns:
            columns[field] = place
        elif label and not is_ours(label):
            unknown.append(label)
    before = columns.get(Field.GIVEN_NAME, 0) - 1  # half of a name that nobody reads would be half a name in the book
    if chosen is None and before >= 0 and not {Field.NAME, Field.FAMILY_NAME} & set(columns):
        label = header.labels[before]
        if label in unknown and label.lower().startswith("họ "):
            columns[Field.FAMILY_NAME] = before
            unknown.remove(label)
    return SheetMapping(header, columns, tuple(unknown), chosen is not None)


def map_workbook(
    workbook: Workbook, override: ColumnMap | None = None, choices: Choices = NO_CHOICES, *, guess: bool = False
) -> tuple[SheetMapping, ...]:
    """One mapping for each list of each sheet, from the top. ``guess``: where no sheet has one that we know, a row that
    looks like one is taken, for an officer to say what it means. Raises ``HeaderNotFound`` when none has,
    ``MappingNotUsable`` when a title of the mapping file stands in none of them."""
    headers = [header for sheet in workbook.sheets for header in _headers(sheet, override, choices)]
    if not headers and guess:
        headers = [header for sheet in workbook.sheets if (header := header_like(sheet)) is not None]
    if not headers:
        raise HeaderNotFound(workbook.file, tuple(sheet.name for sheet in workbook.sheets))
    seen = {label_key(label) for header in headers for label in header.labels}
    for label in override or {}:
        if label not in seen:
            raise MappingNotUsable(MappingTrouble.COLUMN_NOT_THERE, label)
    return tuple(map_columns(header, override, choices.get(fingerprint(header.labels))) for header in headers)


def mapping_at(mappings: Sequence[SheetMapping], sheet: str, row: int) -> SheetMapping:
    """The list to which Excel's row ``row`` of a sheet belongs. Raises ``StopIteration`` for a row of none."""
    return next(one for one in mappings if one.header.sheet == sheet and one.header.holds(row - 1))


def read_mapping_file(path: Path) -> ColumnMap:
    """``{"columns": {"Column title": "field", …}}`` with the values of ``Field``. Raises ``MappingNotUsable``."""
    return read_mapping(path, Field)


def read_mapping(path: Path, fields: type[AnyField]) -> dict[str, AnyField]:
    """The same with the values of other fields; titles as ``label_key`` gives them."""
    try:
        stated = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise MappingNotUsable(MappingTrouble.UNREADABLE, path.name) from error
    except ValueError as error:
        raise MappingNotUsable(MappingTrouble.NOT_JSON, path.name) from error
    columns = stated.get("columns") if isinstance(stated, dict) else None
    if not isinstance(columns, dict) or not columns:
        raise MappingNotUsable(MappingTrouble.SHAPE, path.name)
    for field in columns.values():
        if field not in list(fields):
            raise MappingNotUsable(MappingTrouble.UNKNOWN_FIELD, str(field))
    return {label_key(label): fields(field) for label, field in columns.items()}
