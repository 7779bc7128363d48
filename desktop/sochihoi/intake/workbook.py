"""Reads .xlsx, .xls, .ods and .csv into plain sheets of cells: no meaning yet, nothing left out."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sochihoi.intake.errors import FileTrouble, ListNotRead
from sochihoi.intake.guard import MAX_BYTES, check_archive
from sochihoi.intake.legacy import is_of_old_font
from sochihoi.intake.looks import PLAIN, Looks, looks_of

Cell = str | float | int | bool | date | datetime | time | timedelta
Row = tuple[Cell, ...]

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # how Office keeps an .xlsx that has a password
ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""With these Excel begins a formula."""
_TEXT_SUFFIXES = {".csv", ".tsv", ".txt"}
_DELIMITERS = ";,\t"
_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet from its cell A1 on; ``rows[0]`` is Excel's row 1. An empty cell is "". ``hidden``: the whole sheet."""

    name: str
    rows: tuple[Row, ...]
    looks: Looks = PLAIN
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file and its sheets in order; a text file is one sheet. ``painted``: the archive as it was read, without empty
    cells, of a file that has too many of them to be read as it is."""

    file: str
    sheets: tuple[Sheet, ...]
    painted: bytes | None = None


def read_workbook(path: Path) -> Workbook:
    """Read the whole file. What it is, is told by its first bytes, not by its name. Raises ``ListNotRead``."""
    try:
        if not path.is_file():
            raise ListNotRead(path.name, FileTrouble.MISSING)
        if path.stat().st_size > MAX_BYTES:
            raise ListNotRead(path.name, FileTrouble.TOO_LARGE)
        with path.open("rb") as stream:
            start = stream.read(4)
        if start == _ZIP:
            return _read_table(path, check_archive(path))
        if start == _OLE:
            if _ENCRYPTED in path.read_bytes():
                raise ListNotRead(path.name, FileTrouble.LOCKED)
            return _read_table(path)
        if path.suffix.lower() in _TEXT_SUFFIXES:
            return _read_text(path)
    except OSError as error:
        raise ListNotRead(path.name, FileTrouble.UNREADABLE) from error
    raise ListNotRead(path.name, FileTrouble.UNKNOWN_KIND)


def _read_table(path: Path, painted: bytes | None = None) -> Workbook:
    import python_calamine

    content = path.read_bytes() if painted is None else painted
    looks = looks_of(path, painted)
    try:
        # Not by its path: the reader would believe the ending, and old programs write new files under ".xls".
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheets = tuple(
                Sheet(
                    name,
                    _rows(book.get_sheet_by_name(name).to_python(skip_empty_area=False)),
                    looks.get(name, PLAIN),
                    hidden,
                )
                for name, hidden in _table_sheets(book.sheets_metadata)
            )
    except python_calamine.PasswordError as error:
        raise ListNotRead(path.name, FileTrouble.LOCKED) from error
    except (python_calamine.CalamineError, ValueError) as error:
        raise ListNotRead(path.name, FileTrouble.DAMAGED) from error
    except BaseException as error:
        # A damaged .xls can make the reader's Rust code panic, which reaches us beside Exception, under this name only.
        if type(error).__name__ != "PanicException":
            raise
        raise ListNotRead(path.name, FileTrouble.DAMAGED) from error
    return Workbook(path.name, sheets, painted)


def _table_sheets(metadata: Iterable[Any]) -> list[tuple[str, bool]]:
    """Names of the sheets that hold cells, and whether they are hidden; charts and macros are no lists."""
    import python_calamine

    return [
        (sheet.name, sheet.visible != python_calamine.SheetVisibleEnum.Visible)
        for sheet in metadata
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]


def _rows(rows: Sequence[Sequence[Cell]]) -> tuple[Row, ...]:
    return tuple(tuple(row) for row in rows)


def _read_text(path: Path) -> Workbook:
    text = _decode(path)
    try:
        readings = [list(csv.reader(io.StringIO(text, newline=""), delimiter=sign)) for sign in _DELIMITERS]
    except csv.Error as error:
        raise ListNotRead(path.name, FileTrouble.DAMAGED) from error
    best = max(readings, key=_usual_width)
    return Workbook(path.name, (Sheet(path.stem, _rows([list(map(_plain, row)) for row in best])),))


def _plain(text: str) -> str:
    """Without the apostrophe that a list gets before a text which Excel would take for a formula."""
    return text[1:] if text[:1] == "'" and text.lstrip("'").startswith(ACTIVE) else text


def _usual_width(rows: list[list[str]]) -> int:
    """How many columns most rows have: commas in addresses do not make a comma the separator."""
    widths = Counter(len(row) for row in rows[:_LOOKED_AT] if any(row))
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _decode(path: Path) -> str:
    """UTF-8 with or without its mark, UTF-16 with it ("Unicode text" of Excel), or bytes of a font before Unicode that
    the words tell."""
    content = path.read_bytes()
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        plain = content.decode("latin-1")
        if encoding == "utf-8-sig" and is_of_old_font(re.split(r"[;,\t\r\n]", plain), content):
            return plain
        raise ListNotRead(path.name, FileTrouble.TEXT_ENCODING) from error
