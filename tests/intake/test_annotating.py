"""The list comes back with what is to be mended: coloured and said, all other cells as they were."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from openpyxl.styles import Font

from sochihoi.intake.annotating import COLOURS, CellNote, annotated
from sochihoi.intake.columns import Field, fingerprint, map_workbook
from sochihoi.intake.draft import Verdict
from sochihoi.intake.interpret import interpret, open_list, read_members
from tests.intake.lists import DATA, TODAY, write
from tests.reports.libreoffice import converted

TITLE = "Cần xem lại"
TITLES = ["STT", "Họ và tên", "Năm sinh", "Số điện thoại", "Chi hội"]


def marked(path: Path, *notes: CellNote) -> Any:
    """The annotated workbook, read back. Without notes: what the dry run found in the rows."""
    opened = open_list(path)
    mappings = map_workbook(opened.workbook)
    found: Sequence[CellNote] = notes
    if not notes:
        rows = interpret(opened.workbook, mappings, TODAY).rows
        columns = {one.header.sheet: one.columns for one in mappings}
        found = [
            CellNote(row.sheet, row.row, columns[row.sheet].get(one.field), one.code.severity, one.code.value)
            for row in rows
            for one in row.reasons
        ]
    return openpyxl.load_workbook(io.BytesIO(annotated(path, opened.workbook, mappings, found, TITLE)))


def values(page: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_cells_are_coloured_and_say_why_and_all_others_stay(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx",
        [
            TITLES,
            [1, "Lê Thị Lan", "31/2/1965", "0912345678", "Ấp Đông"],
            [2, "Lê Thị Liên", 1966, "12", ""],
            [3, "LÊ THỊ LOAN", 1967, "=1+1", "Ấp Đông"],
            [4, "Lê Thị Lụa", 1968, "", "Ấp Đông"],
        ],
    )
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["B5"].font = Font(name="Arial", size=17)
    book.worksheets[0].column_dimensions["B"].width = 33
    book.worksheets[0]["D4"].value = "'-5"
    book.save(path)
    page = marked(path).worksheets[0]
    assert [row[5] for row in values(page)] == [
        TITLE,
        "DATE_IMPOSSIBLE",
        "BRANCH_MISSING; PHONE_ODD",
        "PHONE_ODD",
        None,
    ]
    assert [row[:5] for row in values(page)] == values(openpyxl.load_workbook(path).worksheets[0])
    assert page["C2"].fill.fgColor.rgb == COLOURS[Verdict.REFUSED]
    assert page["D3"].fill.fgColor.rgb == COLOURS[Verdict.DOUBTFUL]
    assert page["B4"].fill.fgColor.rgb == COLOURS[Verdict.NEW]
    assert page["C2"].comment.text == "DATE_IMPOSSIBLE"
    assert page["B5"].fill.fill_type is None
    assert (page["B5"].font.name, page["B5"].font.size, page.column_dimensions["B"].width) == ("Arial", 17, 33)


def test_a_list_of_an_old_font_comes_back_in_unicode(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [["STT", "Hä vµ tªn", "N¨m sinh"], [1, "TrÇn ThÞ Thóy", 1971]])
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            cell.font = Font(name=".VnTime", bold=cell.row == 1)
    book.save(path)
    page = marked(path).worksheets[0]
    assert values(page)[:2] == [["STT", "Họ và tên", "Năm sinh", TITLE], [1, "Trần Thị Thúy", 1971, "BRANCH_MISSING"]]
    assert (page["B1"].font.name, page["B1"].font.bold, page["B2"].font.bold) == ("Times New Roman", True, False)


def test_an_xls_and_a_text_file_become_an_xlsx_with_their_cells(tmp_path: Path) -> None:
    page = marked(DATA / "hoi-vien-3.xls").worksheets[0]
    assert (page.title, page["B5"].value, page["B5"].data_type) == ("DS", "Huỳnh Thị Ngọc Hiền", "s")
    path = tmp_path / "x:[y].csv"
    path.write_text("Họ tên;Năm sinh;Ghi chú\nLê Thị Lan;1971;=HYPERLINK(1)\n@Lê Thị Bé;1990;-5\n", encoding="utf-8")
    page = marked(path).worksheets[0]
    assert [(page[at].value, page[at].data_type) for at in ("C2", "A3", "C3")] == [
        ("=HYPERLINK(1)", "s"),
        ("@Lê Thị Bé", "s"),
        ("-5", "s"),
    ]
    assert page["C2"].quotePrefix


def test_a_list_that_was_mended_comes_in_again_and_marks_of_before_go(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [TITLES, [1, "Lê Thị Lan", "31/2/1965", "", "Ấp Đông"], [2, "Lê", "x", "", "A"]])
    book = marked(path)
    book.worksheets[0]["C2"].value = "28/2/1965"
    book.save(tmp_path / "b.xlsx")
    found = read_members(tmp_path / "b.xlsx", TODAY)
    assert (found.rows[0].verdict, found.mappings[0].unknown) == (Verdict.NEW, ())
    assert fingerprint(found.mappings[0].header.labels) == fingerprint(TITLES)
    page = marked(tmp_path / "b.xlsx").worksheets[0]
    assert [row[5:] for row in values(page)] == [[TITLE], [None], ["DATE_NOT_UNDERSTOOD"]]
    assert (page["C2"].fill.fill_type, page["C2"].comment) == (None, None)
    assert page["C3"].comment is not None


def test_a_row_that_is_to_be_mended_is_no_longer_hidden(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [TITLES, [1, "Lê Thị Lan", "x", "", "A"], [2, "Lê Thị Liên", 1966, "", "A"]])
    book = openpyxl.load_workbook(path)
    for at in (2, 3):
        book.worksheets[0].row_dimensions[at].hidden = True
    book.save(path)
    page = marked(path).worksheets[0]
    assert [page.row_dimensions[at].hidden for at in (2, 3)] == [False, True]


def test_below_titles_of_two_rows_the_new_title_is_merged_too() -> None:
    book = marked(DATA / "hoi-vien-2.xlsx", CellNote("Ấp An Hòa", 8, None, Verdict.DOUBTFUL, "vì thế"))
    page = book["Ấp An Hòa"]
    assert (page["N6"].value, page["N8"].value, page["B8"].comment.text) == (TITLE, "vì thế", "vì thế")
    assert "N6:N7" in {str(area) for area in page.merged_cells.ranges}
    found = map_workbook(open_list(DATA / "hoi-vien-2.xlsx").workbook)[0]
    assert found.columns[Field.NAME] == 1


@pytest.mark.parametrize("name", ["hoi-vien-1.xlsx", "hoi-vien-2.xlsx", "hoi-vien-3.xls"])
def test_nothing_of_a_list_is_lost_by_it(name: str, tmp_path: Path) -> None:
    book = marked(DATA / name)
    book.save(tmp_path / "back.xlsx")
    before, after = read_members(DATA / name, TODAY).rows, read_members(tmp_path / "back.xlsx", TODAY).rows
    assert [(row.name, row.birth, row.national_id, row.branch) for row in before] == [
        (row.name, row.birth, row.national_id, row.branch) for row in after
    ]


@pytest.mark.parametrize("wide", [False, True])
def test_a_csv_comes_back_on_one_page_with_its_remarks(tmp_path: Path, wide: bool) -> None:
    more = [f"Ghi chú {n}" for n in range(12 if wide else 0)]
    lines = [";".join([*TITLES, *more])]
    lines += [
        ";".join([str(n), f"Lê Thị Số {n}", "1966", "12", "Ấp Đông", *(["một lời dặn dài vừa phải"] * len(more))])
        for n in range(1, 9)
    ]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    opened = open_list(path)
    mappings = map_workbook(opened.workbook)
    notes = [CellNote("a", row, 3, Verdict.DOUBTFUL, f"Số điện thoại lạ, dòng {row}") for row in range(2, 10)]
    made = annotated(path, opened.workbook, mappings, notes, TITLE)
    page = openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]
    setup = page.page_setup
    assert (setup.orientation, setup.fitToWidth, setup.fitToHeight, setup.paperSize) == ("landscape", 1, 0, 9)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$1:$1"
    pdf = pypdfium2.PdfDocument(converted({"a.xlsx": made}, tmp_path)["a.xlsx"])
    assert len(pdf) == 1
    sheet = pdf[0]
    told = sheet.get_textpage().get_text_range().replace("\r\n", " ")
    assert all(text in told for text in (TITLE, "dòng 2", "dòng 9", "Lê Thị Số 8", *more[-1:], "Ấp Đông"))
    assert told.count("phải") == 8 * len(more)  # nothing of a long text is cut
    assert sheet.get_width() > sheet.get_height()
    pdf.close()


def test_a_sheet_painted_or_merged_to_its_last_corner_comes_back(tmp_path: Path) -> None:
    """Every cell up to there would be made in going through rows and columns."""
    path = write(tmp_path / "a.xlsx", [TITLES, [1, "Lê Thị Lan", 1965, "12", "Ấp Đông"]])
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["XFD1048576"].font = Font(bold=True)
    book.save(path)
    page = marked(path).worksheets[0]
    assert page["F2"].value == "PHONE_ODD"
    assert page["XFD1048576"].font.b
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    merged = b'</sheetData><mergeCells><mergeCell ref="G1:XFD1048576"/></mergeCells>'
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", merged)
    with zipfile.ZipFile(path, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    assert marked(path).worksheets[0]["F2"].value == "PHONE_ODD"
