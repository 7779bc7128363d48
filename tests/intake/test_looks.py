"""What a sheet shows of itself: hidden, merged, bold, in every kind of workbook."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
from openpyxl.styles import Font

from sochihoi.intake.looks import Looks, looks_of
from tests.intake.lists import DATA

ODS = """<?xml version="1.0"?>
<office:document-content xmlns:office="urn:o" xmlns:table="urn:t"
xmlns:text="urn:x" xmlns:style="urn:s" xmlns:fo="urn:f">
<office:automatic-styles><style:style style:name="b"><style:text-properties fo:font-weight="bold"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="DS">
<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>
<table:table-row><table:table-cell table:style-name="b" table:number-columns-spanned="3"><text:p>A</text:p>
</table:table-cell></table:table-row>
<table:table-row table:visibility="filter" table:number-rows-repeated="2"><table:table-cell><text:p>B</text:p>
</table:table-cell></table:table-row>
<table:table-row><table:table-cell/>
<table:table-cell table:number-rows-spanned="2"><text:p>C</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


def test_an_opendocument_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("content.xml", ODS)
    assert looks_of(path) == {
        "DS": Looks(frozenset({1, 2}), frozenset({2}), ((0, 0, 0, 2), (3, 1, 4, 1)), frozenset({0}))
    }


def test_an_xlsx_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.create_sheet("Ấp & Thôn")
    page["A2"] = "đậm"
    page["A2"].font = Font(bold=True)
    page["A3"] = "thường"
    page["C4"].font = Font(bold=True)  # nothing stands in it
    page.row_dimensions[3].hidden = True
    page.column_dimensions["C"].hidden = True
    page.merge_cells("A5:D6")
    book.save(tmp_path / "a.xlsx")
    looks = looks_of(tmp_path / "a.xlsx")
    assert looks["Ấp & Thôn"] == Looks(frozenset({2}), frozenset({2}), ((4, 0, 5, 3),), frozenset({1}))


def test_an_xls_and_a_file_without_looks(tmp_path: Path) -> None:
    assert looks_of(DATA / "hoi-vien-3.xls")["DS"].bold == {0, 1}
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04nothing")
    assert looks_of(tmp_path / "a.xlsx") == {}
