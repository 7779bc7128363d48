"""From cells to members: every row below a header becomes a member with a verdict, or is listed as skipped."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

from sochihoi.domain.people import MINIMUM_AGE
from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.domain.vietnamese import match_key
from sochihoi.intake.columns import SheetMapping, map_workbook, read_mapping_file
from sochihoi.intake.doubles import mark_doubles
from sochihoi.intake.draft import Draft, MemberRow, OtherCommune, SkippedRow, Verdict
from sochihoi.intake.fonts import old_fonts
from sochihoi.intake.letters import Conversion, in_unicode
from sochihoi.intake.member_row import RowReader
from sochihoi.intake.sheet_rows import hidden_in, read_sheet
from sochihoi.intake.values import branch_key, other_commune
from sochihoi.intake.workbook import Sheet, Workbook, read_workbook


@dataclasses.dataclass(frozen=True, slots=True)
class Opened:
    """A file as it was read, in Unicode: what a change of the columns is tried on without reading it again."""

    workbook: Workbook
    conversions: tuple[Conversion, ...]


def open_list(path: Path) -> Opened:
    """Read a file. Raises ``ListNotRead``."""
    workbook = read_workbook(path)
    return Opened(*in_unicode(workbook, old_fonts(path, workbook.painted)))


def read_members(
    path: Path,
    today: date,
    known_commune_names: Iterable[str] = (),
    mapping_file: Path | None = None,
    minimum_age: int = MINIMUM_AGE,
) -> Draft:
    """The whole dry run of one file. Raises ``ListNotRead``, ``HeaderNotFound`` or ``MappingNotUsable``."""
    override = read_mapping_file(mapping_file) if mapping_file else None
    opened = open_list(path)
    mappings = map_workbook(opened.workbook, override)
    return interpret(opened.workbook, mappings, today, known_commune_names, minimum_age, opened.conversions)


def interpret(
    workbook: Workbook,
    mappings: Sequence[SheetMapping],
    today: date,
    known_commune_names: Iterable[str] = (),
    minimum_age: int = MINIMUM_AGE,
    conversions: Sequence[Conversion] = (),
    progress: Progress | None = None,
) -> Draft:
    """Read the mapped sheets. ``known_commune_names`` are the names of our own commune, for the warning. ``progress``
    is told the rows; raises ``Cancelled`` when the officer stops."""
    told = progress or Unwatched()
    total = sum(len(sheet.rows) for sheet in workbook.sheets)
    behind = 0
    known = tuple(known_commune_names)
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    rows: list[MemberRow] = []
    skipped: list[SkippedRow] = []
    warnings: list[OtherCommune] = []
    mapped = dict.fromkeys(mapping.header.sheet for mapping in mappings)
    for name in mapped:
        sheet = sheets[name]
        lost = frozenset(word for one in conversions if one.sheet == name for word in one.lost)
        here = [mapping for mapping in mappings if mapping.header.sheet == name]
        lists = [(mapping, RowReader(mapping, today, minimum_age, lost)) for mapping in here]
        step = partial(_step, told, behind, total)
        found, left_out = read_sheet(sheet, lists, several=len(mapped) > 1, step=step)
        behind += len(sheet.rows)
        rows += found
        skipped += left_out
        title = other_commune(here[0].header.titles, known)
        if title is not None:
            warnings.append(OtherCommune(name, title))
    rows = mark_doubles(_watched(_one_spelling(rows), told, total), mappings)
    coming = [row for row in rows if row.verdict is not Verdict.REFUSED]
    return Draft(
        file=workbook.file,
        rows=tuple(rows),
        skipped=tuple(skipped),
        warnings=tuple(warnings),
        branches=tuple(dict.fromkeys(row.branch for row in coming if row.branch)),
        cells=tuple(dict.fromkeys((row.branch, row.cell) for row in coming if row.branch and row.cell)),
        mappings=tuple(mappings),
        sheets_without_list=tuple(s.name for s in workbook.sheets if s.name not in mapped and _is_table(s)),
        conversions=tuple(conversions),
        hidden=tuple(one for m in mappings if (one := hidden_in(sheets[m.header.sheet], m, rows)) is not None),
    )


def _is_table(sheet: Sheet) -> bool:
    """Whether something like a list stands in a sheet: two rows with several cells each."""
    rows = (row for row in sheet.rows if sum(cell != "" for cell in row) > 1)
    return len(list(islice(rows, 2))) > 1


def _watched(rows: Iterable[MemberRow], progress: Progress, total: int) -> Iterator[MemberRow]:
    """The rows; looking for doubles among them is the longer half, and she may stop in it too."""
    for at, row in enumerate(rows, 1):
        if at % 250 == 0:
            progress.step(total, total)
        yield row


def _step(progress: Progress, before: int, total: int, row: int) -> None:
    progress.step(before + row, total)


def _one_spelling(rows: Iterable[MemberRow]) -> list[MemberRow]:
    """Branches and cells that differ in capitals, spaces or the place of a tone are one: the first spelling holds."""
    first: dict[tuple[str, ...], str] = {}
    spelt = []
    for row in rows:
        branch = first.setdefault((branch_key(row.branch),), row.branch)
        cell = first.setdefault((match_key(branch), match_key(row.cell)), row.cell)
        spelt.append(dataclasses.replace(row, branch=branch, cell=cell))
    return spelt
