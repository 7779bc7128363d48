"""Reading a dated list of provinces and communes strictly: it is whole, or it is refused with its place.

First line: ``# Provinces and communes of Việt Nam since 2025-07-01, Decision 19/2025/QĐ-TTg: 34 provinces, 3321
communes.`` More lines that begin with ``#`` may follow. Then the columns ``code,name,kind,province``: a province has
two digits and an empty last column, a commune five digits and the code of its province. Names are without their kind.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from sochihoi.domain.errors import UserError
from sochihoi.domain.vietnamese import nfc

PROVINCES, COMMUNES = ("tỉnh", "thành phố"), ("xã", "phường", "đặc khu")
COLUMNS = ["code", "name", "kind", "province"]
_HEAD = re.compile(r"#.*\bsince (\d{4}-\d\d-\d\d), (.+): (\d+) provinces, (\d+) communes\.?\s*")


class UnitTrouble(Enum):
    """What is wrong with a list."""

    UNREADABLE = "UNREADABLE"
    HEAD = "HEAD"
    COLUMNS = "COLUMNS"
    CODE = "CODE"
    NAME = "NAME"
    KIND = "KIND"
    PROVINCE = "PROVINCE"
    TWICE = "TWICE"
    COUNT = "COUNT"


@dataclass(eq=False)
class BadUnitList(UserError):
    """A list of units cannot be used. ``line`` counts from 1 (0: the file as a whole); ``value`` is what stands there,
    of ``COUNT`` ``33/34`` for 33 that are there and 34 that the head states."""

    file: str
    trouble: UnitTrouble
    line: int = 0
    value: str = ""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One line. ``province`` is empty for a province itself."""

    code: str
    name: str
    kind: str
    province: str


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """A checked list: the day from which it holds, the decision it stands in, its lines."""

    file: str
    valid_from: date
    source: str
    rows: tuple[UnitRow, ...]


def read(file: Path) -> Listed:
    """Read and check a list. Raises ``BadUnitList``."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise BadUnitList(file.name, UnitTrouble.UNREADABLE) from problem
    head = _HEAD.fullmatch(nfc(lines[0])) if lines else None
    try:
        since = date.fromisoformat(head[1]) if head is not None else None
    except ValueError:
        since = None
    if head is None or since is None:
        raise BadUnitList(file.name, UnitTrouble.HEAD, 1, lines[0][:80] if lines else "")
    rows = tuple(_rows(file.name, lines))
    _check_places(file.name, rows)
    told = Counter(bool(row.province) for row, _line in rows)
    for is_commune, stated in ((False, int(head[3])), (True, int(head[4]))):
        if told[is_commune] != stated:
            raise BadUnitList(file.name, UnitTrouble.COUNT, 1, f"{told[is_commune]}/{stated}")
    return Listed(file.name, since, head[2], tuple(row for row, _line in rows))


def _rows(file: str, lines: list[str]) -> list[tuple[UnitRow, int]]:
    """Each line with its number, as far as it can be judged by itself."""
    numbered = [(line, at) for at, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    parsed = list(zip(csv.reader(line for line, _at in numbered), (at for _line, at in numbered), strict=False))
    if not parsed or [cell.strip() for cell in parsed[0][0]] != COLUMNS:
        raise BadUnitList(file, UnitTrouble.COLUMNS, parsed[0][1] if parsed else 1, ",".join(COLUMNS))
    found = []
    for cells, at in parsed[1:]:
        if len(cells) != len(COLUMNS):
            raise BadUnitList(file, UnitTrouble.COLUMNS, at, ",".join(COLUMNS))
        row = UnitRow(*(nfc(cell) for cell in cells))
        digits, kinds = (5, COMMUNES) if row.province else (2, PROVINCES)
        if not re.fullmatch(rf"[0-9]{{{digits}}}", row.code):
            raise BadUnitList(file, UnitTrouble.CODE, at, row.code)
        if not row.name:
            raise BadUnitList(file, UnitTrouble.NAME, at, row.code)
        if row.kind not in kinds:
            raise BadUnitList(file, UnitTrouble.KIND, at, row.kind)
        found.append((row, at))
    return found


def _check_places(file: str, rows: tuple[tuple[UnitRow, int], ...]) -> None:
    """Each code once, and every commune in a province that is listed."""
    taken: set[str] = set()
    known = {row.code for row, _at in rows if not row.province}
    for row, at in rows:
        if row.code in taken:
            raise BadUnitList(file, UnitTrouble.TWICE, at, row.code)
        taken.add(row.code)
        if row.province and row.province not in known:
            raise BadUnitList(file, UnitTrouble.PROVINCE, at, row.province)
