"""Lists as workbooks, read back with another library."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from sochihoi.domain.errors import Cancelled
from sochihoi.reports.lists import ListBook, ListColumn, csv, xlsx

BOOK = ListBook(
    "Danh sách hội viên",
    "Chi hội Ấp An Hòa. Tổng số: 2.",
    (ListColumn("STT", 6), ListColumn("Họ và tên", 28), ListColumn("Ngày vào", 12), ListColumn("Điểm", 8, "0.0")),
    ((1, "Nguyễn Thị Hạnh", date(2019, 3, 8), Decimal("92.5")), (2, "=1+1", None, 7)),
    "Hội LHPN xã Hòa Phú",
    date(2026, 10, 24),
)


def test_the_same_rows_as_csv() -> None:
    """As a Vietnamese Excel opens it: semicolons, UTF-8 with its mark, nothing that becomes a formula."""
    assert csv(BOOK).decode("utf-8-sig").split("\r\n") == [
        "STT;Họ và tên;Ngày vào;Điểm",
        "1;Nguyễn Thị Hạnh;08/03/2019;92.5",
        "2;'=1+1;;7",
        "",
    ]
    assert csv(BOOK).startswith(b"\xef\xbb\xbf")


def test_kinds_of_cells() -> None:
    sheet = openpyxl.load_workbook(BytesIO(xlsx(BOOK))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert rows == [
        ("STT", "Họ và tên", "Ngày vào", "Điểm"),
        (1, "Nguyễn Thị Hạnh", datetime(2019, 3, 8), 92.5),  # noqa: DTZ001 - Excel knows no zones
        (2, "=1+1", None, 7),
    ]
    # Typed as text: read again, it is no formula either
    assert b"<f>" not in ZipFile(BytesIO(xlsx(BOOK))).read("xl/worksheets/sheet1.xml")
    assert sheet["D4"].number_format == "0.0"
    assert sheet["C4"].number_format == "dd/mm/yyyy"


@pytest.mark.parametrize("text", ["=1+1", "+84912345678", "-1", "@SUM(A1)", "0123", "http://x", "{=1}", "  khoảng "])
def test_text_stays_text(text: str) -> None:
    sheet = openpyxl.load_workbook(BytesIO(xlsx(replace(BOOK, rows=((1, text),))))).active
    assert sheet is not None
    assert sheet["B4"].value == text
    assert sheet["B4"].hyperlink is None


def test_header_is_frozen_and_printed_on_every_page() -> None:
    sheet = openpyxl.load_workbook(BytesIO(xlsx(BOOK))).active
    assert sheet is not None
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet["A1"].value == "Danh sách hội viên"
    assert sheet["A2"].value == "Chi hội Ấp An Hòa. Tổng số: 2."
    assert sheet.column_dimensions["B"].width == pytest.approx(28, abs=1)


def test_same_list_same_bytes() -> None:
    assert xlsx(BOOK) == xlsx(BOOK)


def test_an_empty_list_and_a_long_row() -> None:
    empty = openpyxl.load_workbook(BytesIO(xlsx(replace(BOOK, rows=(), landscape=False)))).active
    assert empty is not None
    assert empty.max_row == 3
    with pytest.raises(ValueError, match="five"):
        xlsx(replace(BOOK, rows=((1, "two", None, 4, "five"),)))


def test_a_long_list_can_be_stopped() -> None:
    def step(done: int) -> None:
        if done >= 300:
            raise Cancelled

    rows = [(at, f"Hội viên {at}") for at in range(1000)]
    with pytest.raises(Cancelled):
        xlsx(replace(BOOK, rows=rows), step)
    heard: list[int] = []
    assert xlsx(replace(BOOK, rows=rows), heard.append)
    assert heard == list(range(100, 1001, 100))
