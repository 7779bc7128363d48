"""Everything of a period as one Excel file: totals, every figure of every unit, what the shares are made of, targets,
and the files that it all came in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.indicators import Figure
from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.services.consolidated.target_table import target_table
from sochihoi.services.reporting.spans import period_name

if TYPE_CHECKING:
    from sochihoi.domain.periods import Period
    from sochihoi.reports.lists import Cell, ListBook
    from sochihoi.services.figures import FigureSheet
    from sochihoi.services.office import Office

_SHARE = "0.0%"


def save(office: Office, period: Period, target: Path, progress: Progress | None = None) -> None:
    """Write the file; one that is there is replaced. Raises ``FuturePeriod``, ``DiskFull``, ``CannotWrite``."""
    from sochihoi.storage.files import write_whole

    write_whole(target, content(office, period, progress), overwrite=True)


def content(office: Office, period: Period, progress: Progress | None = None) -> bytes:
    """The workbook: the same figures give the same bytes. Raises ``FuturePeriod``."""
    from sochihoi.reports.lists import xlsx_of

    told = progress or Unwatched()
    sheet = office.figures.of(period)
    makers: tuple[Callable[[Office, FigureSheet], ListBook], ...] = (_totals, _by_unit, _made_of, _targets, _files)
    books = []
    for at, make in enumerate(makers):
        told.step(at, len(makers))
        books.append(make(office, sheet))
    made = xlsx_of(books)
    told.step(len(makers), len(makers))
    return made


def _book(
    office: Office, sheet: FigureSheet, name: str, columns: list[tuple[str, float, str]], rows: Iterable[list[Cell]]
) -> ListBook:
    from sochihoi.reports.lists import ListBook, ListColumn

    unit = office.commune.union_name
    return ListBook(
        f"{name} {period_name(sheet.period)}".upper(),
        f"{unit}. Số liệu của {len(sheet.branches)} đơn vị đã gửi.",
        tuple(ListColumn(*column) for column in columns),
        tuple(rows),
        unit,
        office.today,
        sheet_name=name,
    )


def _totals(office: Office, sheet: FigureSheet) -> ListBook:
    columns = [("Mã", 26.0, ""), ("Chỉ tiêu", 52.0, "")]
    for title in ("Kỳ này", "Kỳ trước", "Từ đầu năm"):
        columns += [
            (title, 14.0, ""),
            (f"{title}: tử số", 12.0, ""),
            (f"{title}: mẫu số", 12.0, ""),
            ("%", 9.0, _SHARE),
        ]
    rows: list[list[Cell]] = []
    for group in sheet.definitions.groups:
        mine = [row for row in sheet.rows if row.indicator.group == group.code]
        if mine:
            rows.append([group.label.vi])
        for row in mine:
            cells: list[Cell] = [row.indicator.code, row.indicator.label.vi]
            for one in (row.now, row.previous, row.year_to_date):
                cells += [one.value, one.numerator, one.denominator, _ratio(one)]
            rows.append(cells)
    return _book(office, sheet, "Tổng hợp", columns, rows)


def _by_unit(office: Office, sheet: FigureSheet) -> ListBook:
    known = [row.indicator for row in sheet.rows if row.now.known]
    columns = [("Mã", 9.0, ""), ("Đơn vị", 28.0, "")]
    columns += [(one.label.vi, 15.0, _SHARE if one.is_share else "") for one in known]
    rows: list[list[Cell]] = []
    for unit in sheet.branches:
        figures = [sheet.cells[one.code, unit.id].now for one in known]
        rows.append(
            [unit.code or "", unit.name, *(one.value if one.value is not None else _ratio(one) for one in figures)]
        )
    whole = [sheet.cells[one.code, None].now for one in known]
    rows.append(["", "Tổng cộng", *(one.value if one.value is not None else _ratio(one) for one in whole)])
    return _book(office, sheet, "Theo đơn vị", columns, rows)


def _made_of(office: Office, sheet: FigureSheet) -> ListBook:
    shares = [row.indicator for row in sheet.rows if row.indicator.is_share and row.now.denominator]
    columns = [("Mã", 9.0, ""), ("Đơn vị", 28.0, "")]
    for one in shares:
        columns += [(f"{one.label.vi}: tử số", 15.0, ""), (f"{one.label.vi}: mẫu số", 15.0, "")]
    rows: list[list[Cell]] = []
    units: list[tuple[str, str, str | None]] = [(unit.code or "", unit.name, unit.id) for unit in sheet.branches]
    for code, name, key in [*units, ("", "Tổng cộng", None)]:
        cells: list[Cell] = [code, name]
        for one in shares:
            figure = sheet.cells[one.code, key].now
            cells += [figure.numerator, figure.denominator]
        rows.append(cells)
    return _book(office, sheet, "Tử số, mẫu số", columns, rows)


def _targets(office: Office, sheet: FigureSheet) -> ListBook:
    columns, lines = target_table(office, sheet)
    wide = [(one.title, 48.0 if at == 1 else 18.0, "") for at, one in enumerate(columns)]
    return _book(office, sheet, "Chỉ tiêu", wide, (list(line.cells) for line in lines))


def _files(office: Office, sheet: FigureSheet) -> ListBook:
    columns = [("Mã", 9.0, ""), ("Đơn vị", 34.0, ""), ("Lần chốt", 9.0, ""), ("Tệp", 38.0, ""), ("Số", 7.0, "")]
    columns += [("SHA-256", 68.0, ""), ("Ngày nhận", 13.0, ""), ("Hạn gửi", 13.0, "")]
    rows: list[list[Cell]] = []
    for row in office.board.of(sheet.period).rows:
        file = row.file
        facts: list[Cell] = ["chưa gửi"] if file is None else [file.file_name, file.seq, file.sha256, file.received_on]
        facts += [None] * (4 - len(facts))
        rows.append([row.unit_code, row.unit_name, row.edition or None, *facts, row.due])
    return _book(office, sheet, "Tệp đã nhận", columns, rows)


def _ratio(figure: Figure) -> Decimal | None:
    ratio: Fraction | None = figure.ratio
    return None if ratio is None else Decimal(ratio.numerator) / Decimal(ratio.denominator)
