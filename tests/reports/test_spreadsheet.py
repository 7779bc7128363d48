"""Papers as workbooks, read back with openpyxl."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from sochihoi.reports.document import (
    Align,
    Annex,
    BarChart,
    BulletList,
    Column,
    FigureTable,
    Heading,
    OfficialDocument,
    Paragraph,
    Row,
    RowKind,
)
from sochihoi.reports.spreadsheet import xlsx
from sochihoi.reports.workbook import lines_of
from tests.reports import samples
from tests.reports.test_annexes import LINE, paper, wide

COLUMNS = (
    Column("TT", 1, Align.CENTRE),
    Column("Chi hội", 4),
    Column("Hội viên", 1.5, Align.RIGHT),
    Column("Đã sinh hoạt", 1.5, Align.RIGHT),
    Column("Dự sinh hoạt (%)", 1.5, Align.RIGHT),
    Column("Điểm", 1.5, Align.RIGHT),
)
AN_HOA = (None, None, 1064, Fraction(5, 6), Fraction(776, 1000), Fraction(185, 2))
WHOLE = (None, None, 1134, Fraction(6, 7), Fraction(81, 100), Fraction(913, 10))
ROWS = (
    Row(("Chi hội ven biển",), RowKind.GROUP),
    Row(("1", "Ấp An Hòa", "1.064", "5/6", "77,6", "92,5"), values=AN_HOA),
    Row(("2", "=Ấp Bưng Cốc", "70", "—", "—", "90,0"), values=(None, None, 70, None, None, Fraction(90))),
    Row(("3", "+84912", "0", "1/1", "100,0", "—"), values=(None, None, 0, Fraction(1), Fraction(1), None)),
    Row(("", "Toàn xã", "1.134", "6/7", "81,0", "91,3"), RowKind.TOTAL, WHOLE),
)
BRANCHES = FigureTable(COLUMNS, ROWS, "Số liệu theo chi hội")


def book(*tables: FigureTable, **more: Any) -> Any:
    """The workbook of a paper with these tables in its body."""
    return openpyxl.load_workbook(BytesIO(xlsx(replace(samples.monthly(tables), **more))))


def formulas(document: OfficialDocument) -> dict[str, str]:
    """Cell to formula, over all sheets."""
    found = openpyxl.load_workbook(BytesIO(xlsx(document)))
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in found
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def test_numbers_are_numbers_and_read_as_on_the_paper() -> None:
    sheet = book(BRANCHES).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert rows == [
        ["Chi hội ven biển", None, None, None, None, None],
        ["1", "Ấp An Hòa", 1064, "5/6", 0.776, 92.5],
        ["2", "=Ấp Bưng Cốc", 70, "—", "—", 90],
        ["3", "+84912", 0, "1/1", 1, "—"],
        [None, "Toàn xã", "=SUM(C5:C8)", "6/7", 0.81, 91.3],
    ]
    assert [sheet[f"{letter}6"].number_format for letter in "CEF"] == ["#,##0", "0.0\\ %", "#,##0.0"]
    assert sheet["B7"].data_type == "s"
    assert [sheet[f"{letter}6"].alignment.horizontal for letter in "ABC"] == ["center", "left", "right"]


def test_a_total_is_a_formula_only_where_its_column_adds_up() -> None:
    rows = tuple(
        replace(row, cells=(*row.cells[:2], "400", *row.cells[3:]), values=(None, None, 400, *row.values[3:]))
        if row.kind is RowKind.TOTAL
        else row
        for row in ROWS
    )
    sheet = book(replace(BRANCHES, rows=rows)).active  # persons are counted once: 400 is no sum of the rows
    assert sheet["C9"].value == 400
    assert sheet["C9"].font.bold


def test_the_written_value_of_a_formula_is_its_sum() -> None:
    content = xlsx(samples.monthly((BRANCHES,)))
    read = openpyxl.load_workbook(BytesIO(content), data_only=True).active
    assert read is not None
    assert read["C9"].value == 1134


def test_sums_of_two_groups_each_take_their_own_rows() -> None:
    head = (Column("Nhóm", 2), Column("Số", 1, Align.RIGHT))

    def row(name: str, value: int, kind: RowKind = RowKind.FIGURES) -> Row:
        return Row((name, str(value)), kind, (None, value))

    rows = (row("a", 1), row("b", 2), row("Cộng", 3, RowKind.TOTAL), row("c", 4), row("Cộng", 4, RowKind.TOTAL))
    found = formulas(samples.monthly((FigureTable(head, rows, "Hai nhóm"),)))
    assert found == {"Hai nhóm!B7": "=SUM(B5:B6)", "Hai nhóm!B9": "=SUM(B8)"}


@pytest.mark.parametrize("text", ["=1+1", "+84912345678", "-1", "@SUM(A1)", "0123", "http://x", "{=1}"])
def test_text_stays_text(text: str) -> None:
    table = FigureTable(COLUMNS[:2], (Row(("1", text)), Row((text,), RowKind.GROUP)), text)
    made = book(table, author=text)
    sheet = made.active
    assert (sheet["B5"].value, sheet["A6"].value, sheet["A1"].value, sheet["A2"].value) == (text,) * 4
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert all(cell.value is None or isinstance(cell.value, str) for row in sheet.iter_rows() for cell in row)


def test_head_is_frozen_and_on_every_page() -> None:
    sheet = book(BRANCHES).active
    assert [sheet[f"A{at}"].value for at in (1, 2, 3, 4)] == [
        "Hội LHPN xã Hòa Phú",
        "Số liệu theo chi hội",
        "BÁO CÁO Kết quả công tác Hội và phong trào phụ nữ tháng 10 năm 2026 Nhiệm vụ trọng tâm tháng 11",
        "TT",
    ]
    assert sheet.freeze_panes == "A5"
    assert sheet.print_title_rows == "$4:$4"
    assert {str(one) for one in sheet.merged_cells.ranges} == {"A1:F1", "A2:F2", "A3:F3", "A5:F5"}
    assert {cell.font.name for row in sheet.iter_rows() for cell in row} == {"Times New Roman"}


def test_paper() -> None:
    annexes = (Annex("Theo chi hội", (wide(),)), Annex("Số liệu", (samples.figures(3),)))
    made = openpyxl.load_workbook(BytesIO(xlsx(replace(paper(*annexes), draft_mark="DỰ THẢO", watermark="A & B"))))
    turned, upright = made.worksheets
    assert (turned.page_setup.orientation, upright.page_setup.orientation) == ("landscape", "portrait")
    for sheet in made.worksheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage  # one page wide, as many high as it takes
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.page_margins.left == pytest.approx(20 / 25.4)
        assert sheet.oddFooter.right.text == "Trang &P/&N"
        assert sheet.oddHeader.right.text == "DỰ THẢO · A && B"
        assert sheet["A4"].value == "DỰ THẢO · A & B"
        assert sheet["A3"].value == LINE


def test_sheets_are_named_for_what_they_show() -> None:
    long = "Kết quả thực hiện các chỉ tiêu: năm 2026 [toàn xã]/chi hội"
    one = FigureTable(COLUMNS[:1], (Row(("1",)),))
    chart = BarChart(samples.ATTENDANCE_CHART, caption="Biểu đồ 1")
    body = (Heading("I. SỐ LIỆU"), one, chart, one, replace(one, caption=long), replace(one, caption=long.upper()))
    made = book(*body, replace(one, caption="History"), annexes=(Annex("", (one,)), Annex("'Phụ'", (one, one))))
    names = made.sheetnames
    assert names[:3] == ["I. SỐ LIỆU", "Biểu đồ 1", "Kết quả thực hiện các chỉ tiêu"]
    assert names[3] == "KẾT QUẢ THỰC HIỆN CÁC CHỈ (2)"
    assert names[4:] == ["History (2)", "Biểu", "Phụ", "Phụ (2)"]
    assert all(len(name) <= 31 for name in names)


def test_a_paper_without_tables_gives_its_words() -> None:
    sheet = book(Heading("I. KẾT QUẢ"), Paragraph("Một.\nHai.", lead="Rồi:"), BulletList(("a", "b"))).active
    assert [sheet[f"A{at}"].value for at in range(5, 10)] == ["I. KẾT QUẢ", "Rồi: Một.", "Hai.", "a", "b"]
    assert sheet.title == "BÁO CÁO"


def test_no_text_is_cut_off() -> None:
    """Rows say how high they are where a text needs more than one line; columns are as wide as their numbers."""
    long = "Tỷ lệ hội viên được học tập, quán triệt nghị quyết của Đảng, chính sách và pháp luật của Nhà nước"
    table = FigureTable(
        COLUMNS[:3], (Row(("1", long, "123.456.789"), values=(None, None, 123456789)), Row(("2", "a", "1")))
    )
    sheet = book(table).active
    assert sheet.row_dimensions[5].height > 30
    assert sheet.row_dimensions[6].height < 20
    assert sheet.column_dimensions["C"].width > 12


def test_lines_are_never_counted_too_few() -> None:
    """Beside the widths of real letters; nor many too many, which would leave holes in the table."""
    from sochihoi.reports.fonts import typeface
    from sochihoi.reports.text import width_of, wrap

    face = typeface()
    texts = (samples.LONG, samples.LONG.upper(), "Hội LHPN xã", "a" * 90, "Mười\nhai", "Đường ở ấp Bưng Cốc, ơ ư")
    for font, bold in ((face.bold, True), (face.regular, False)):
        for text in texts:
            for digits in (8, 14.5, 30, 84):
                needed = len(wrap(text, font, 12, digits * width_of("0", font, 12)))
                assert needed <= lines_of(text, digits, bold=bold) <= needed * 1.1 + 1, (text, digits, font)
    loan = "Ngân hàng Chính sách xã hội, 50 triệu đồng"
    assert lines_of(loan, 15) == 3


def test_properties_and_the_same_bytes() -> None:
    content = xlsx(samples.monthly())
    made = openpyxl.load_workbook(BytesIO(content)).properties
    assert (made.title, made.creator) == ("Báo cáo tháng 10 năm 2026", "Hội LHPN xã Hòa Phú")
    assert made.created == datetime(2026, 10, 30)  # noqa: DTZ001 - a day
    assert {entry.date_time[0] for entry in ZipFile(BytesIO(content)).infolist()} == {1980}
    code = (
        "import sys, hashlib; from tests.reports import samples; from sochihoi.reports.spreadsheet import xlsx;"
        "print(hashlib.sha256(xlsx(samples.monthly())).hexdigest())"
    )
    env = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path), "TZ": "Pacific/Auckland"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert (
        done.stdout.strip()
        == hashlib.sha256(content).hexdigest()
        == hashlib.sha256(xlsx(samples.monthly())).hexdigest()
    )
