"""Any list of any page as paper or as an Excel file, in words and as numbers. That it was made is noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.access import Look
from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.domain.vietnamese import fold
from sochihoi.i18n import _, language
from sochihoi.services.letterheads import unit_lines, watermark_on_screen

if TYPE_CHECKING:
    from sochihoi.services.office import Office

Value = int | Decimal | Fraction | date | None

_UPRIGHT_LETTERS = 92  # digits of the sheets' letters that an upright A4 holds side by side
_CAPITAL, _BOLD = 0.45, 1.05  # how much wider
_SIDES = 2.0  # digits of white at both sides of a cell
_FORMATS: dict[type, str] = {Fraction: "0.0%", Decimal: "#,##0.0"}
_WIDEST = 34  # letters after which a text is better broken than given more room


class Side(Enum):
    """Where the words of a column stand."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class ListingColumn:
    """One column of a list."""

    title: str
    side: Side = Side.LEFT
    field: str = ""  # of a person, where its showing is watched


@dataclass(frozen=True, slots=True)
class ListingRow:
    """Words as they are read, and the numbers and days behind them (a share as a fraction of 1; ``None``: the words).

    ``band``: words across the whole list instead.
    """

    cells: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    band: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as it was shown. ``told``: which lines these are and how they are sorted; ``count``: how many, in words;
    ``size``: lines without the bands."""

    title: str
    told: str
    count: str
    columns: tuple[ListingColumn, ...]
    rows: tuple[ListingRow, ...]

    @property
    def size(self) -> int:
        """Lines without the bands."""
        return sum(not row.band for row in self.rows)

    def file_name(self, ending: str) -> str:
        """``DanhSachHoiVien.pdf``: it goes through mail and sticks."""
        signs = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in fold(self.title))
        return "".join(word.capitalize() for word in signs.split()) + f".{ending}"


def list_pdf(office: Office, listing: Listing) -> bytes:
    """The list on A4, upright when its columns fit there, under title, filter, order and count."""
    from sochihoi.reports import sheets
    from sochihoi.reports.document import Align, Column, Row, RowKind

    letters = _letters(listing)
    columns = [Column(_("No."), 5, Align.CENTRE)]
    columns += [
        Column(column.title, width, Align[column.side.name])
        for column, width in zip(listing.columns, letters, strict=True)
    ]
    numbers = count(1)
    rows = tuple(
        Row((row.band,), RowKind.GROUP) if row.band else Row((str(next(numbers)), *row.cells)) for row in listing.rows
    )
    sheet = sheets.ListSheet(
        unit_lines(office),
        listing.title.upper(),
        listing.told,
        listing.count,
        tuple(columns),
        rows,
        office.today,
        landscape=sum(letters) + 5 > _UPRIGHT_LETTERS,
        watermark=watermark_on_screen(demo=office.demo),
        language=language(),
    )
    pdf = sheets.list_pdf(sheet)
    note(office, listing, "pdf")
    return pdf


def save_list(office: Office, listing: Listing, target: Path, progress: Progress | None = None) -> None:
    """The list as an Excel file, numbers as numbers and days as days; by the ending of ``target`` as CSV.

    An existing file is replaced: the window has asked. Raises ``DiskFull``, ``CannotWrite``.
    """
    from sochihoi.reports.lists import ListBook, ListColumn, csv, xlsx
    from sochihoi.storage.files import write_whole

    told = progress or Unwatched()
    formats = {
        at: _FORMATS[type(value)]
        for row in listing.rows
        for at, value in enumerate(row.values)
        if type(value) in _FORMATS
    }
    letters = _letters(listing)
    columns = [ListColumn(_("No."), 6)]
    columns += [
        ListColumn(column.title, width + 3, formats.get(at, ""))
        for at, (column, width) in enumerate(zip(listing.columns, letters, strict=True))
    ]
    book = ListBook(
        listing.title.upper(),
        " ".join(part for part in (f"{office.commune.union_name}.", listing.told, f"{listing.count}.") if part),
        tuple(columns),
        _excel_rows(listing),
        office.commune.union_name,
        office.today,
        landscape=sum(letters) + 5 > _UPRIGHT_LETTERS,
    )
    form = "csv" if target.suffix.lower() == ".csv" else "xlsx"
    content = csv(book) if form == "csv" else xlsx(book, lambda done: told.step(done, listing.size))
    write_whole(target, content, overwrite=True)
    note(office, listing, form)


def note(office: Office, listing: Listing, form: str) -> None:
    """Write into the journal that a list left the program: which, how many lines, in which form, with which of the
    fields whose showing is watched."""
    fields = [column.field for column in listing.columns]
    office.privacy.access.left(Look.LIST, listing.size, form, title=listing.title, which=listing.told, fields=fields)


def _letters(listing: Listing) -> list[float]:
    """How many letters each column asks for: of nine tenths of its cells, and of the longest word of its title."""
    found: list[float] = []
    for at, column in enumerate(listing.columns):
        lengths = sorted(
            max((_length(line) for line in row.cells[at].split("\n")), default=0)
            for row in listing.rows
            if not row.band
        )
        usual = lengths[len(lengths) * 9 // 10] if lengths else 0
        title = max((_length(word) * _BOLD for word in column.title.split()), default=1)
        found.append(min(max(usual, title, 3), _WIDEST) + _SIDES)
    return found


def _length(text: str) -> float:
    """In digits of a Times-like letter: a capital is nearly half as wide again, any other letter is as wide as one."""
    return len(text) + _CAPITAL * sum(sign.isupper() for sign in text)


def _excel_rows(listing: Listing) -> list[tuple[str | int | Decimal | date | None, ...]]:
    numbers = count(1)
    return [
        (row.band,)
        if row.band
        else (next(numbers), *(_cell(text, value) for text, value in zip(row.cells, row.values, strict=True)))
        for row in listing.rows
    ]


def _cell(text: str, value: Value) -> str | int | Decimal | date | None:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return text if value is None else value
