"""Rows and what stands around them: sections, merged cells, what is hidden, feet of lists, names of sheets."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from sochihoi.domain.households import HouseholdGroup
from sochihoi.intake.annotating import CellNote, annotated
from sochihoi.intake.columns import map_workbook
from sochihoi.intake.draft import Draft, Hidden, SkipCode, Verdict
from sochihoi.intake.interpret import open_list, read_members
from sochihoi.intake.sections import branch_in_sheet, branch_in_titles
from tests.intake.lists import TODAY, draft, write

PLAIN = ("STT", "Họ và tên", "Năm sinh", "Số CCCD", "Số điện thoại", "Ghi chú")


def placed(found: Draft) -> list[tuple[str, str, str]]:
    return [(row.name, row.branch, row.cell) for row in found.rows]


def test_lines_name_the_branch_or_cell_of_the_rows_below(tmp_path: Path) -> None:
    found = draft(
        tmp_path,
        ["I. Ấp Trà Quýt"],
        [1, "Lê Thị Lan", 1965],
        ["", "Ấp An Hòa:"],
        [1, "Lê Thị Liên", 1966],
        ["II", "Giồng Chùa", "45"],
        [1, "Lê Thị Loan", 1967],
        ["", "Tổ phụ nữ số 2 (12 hội viên)"],
        [2, "Lê Thị Lụa", 1968],
        ["", "Tổ 3"],
        [3, "Lê Thị Lý", 1969],
        ["KHU PHỐ 4 - 20 hội viên"],
        [1, "Lê Thị Mận", 1970],
        ["", "Lê Thị Mơ"],
        titles=PLAIN,
    )
    assert placed(found) == [
        ("Lê Thị Lan", "Ấp Trà Quýt", ""),
        ("Lê Thị Liên", "Ấp An Hòa", ""),
        ("Lê Thị Loan", "Giồng Chùa", ""),
        ("Lê Thị Lụa", "Giồng Chùa", "Tổ 2"),
        ("Lê Thị Lý", "Giồng Chùa", "Tổ 3"),
        ("Lê Thị Mận", "Khu phố 4", ""),
        ("Lê Thị Mơ", "Khu phố 4", ""),
    ]
    assert {row.code for row in found.skipped} == {SkipCode.SECTION}
    assert [row.name for row in found.of(Verdict.DOUBTFUL)] == ["Lê Thị Mơ"], "perhaps a heading"


def test_a_bold_or_merged_line_alone_is_a_heading_and_a_bold_name_with_a_number_is_not(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        list(PLAIN),
        ["", "Trà Quýt"],
        [1, "Lê Thị Lan", 1965],
        ["Giồng Chùa"],
        [2, "Lê Thị Liên", 1966],
        [3, "Lê Thị Loan"],
    ]
    path = write(tmp_path / "a.xlsx", rows)
    book = openpyxl.load_workbook(path)
    book.active["B2"].font = book.active["A6"].font = book.active["B6"].font = Font(bold=True)
    book.active.merge_cells("A4:F4")
    book.save(path)
    assert placed(read_members(path, TODAY)) == [
        ("Lê Thị Lan", "Trà Quýt", ""),
        ("Lê Thị Liên", "Giồng Chùa", ""),
        ("Lê Thị Loan", "Giồng Chùa", ""),
    ]


def test_the_foot_of_a_list_brings_nobody(tmp_path: Path) -> None:
    found = draft(
        tmp_path,
        [1, "Lê Thị Lan", 1965],
        [],
        ["", "Tổng số: 1 hội viên"],
        ["", "", "", "Tân Thạnh, ngày 5 tháng 3 năm 2026"],
        ["", "NGƯỜI LẬP BIỂU", "", "", "TM. BAN CHẤP HÀNH"],
        ["", "(Ký, ghi rõ họ tên)"],
        [],
        ["", "Nguyễn Thị Thu", "", "Trần Thị Cúc"],
        ["Ghi chú: chị Lan chuyển đến trong tháng 2"],
        titles=PLAIN,
    )
    assert [row.name for row in found.rows] == ["Lê Thị Lan"]
    assert [row.code.value for row in found.skipped] == ["TOTALS", *["SIGNATURE"] * 4, "REMARK"]


def test_what_is_hidden_is_read_and_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [PLAIN, [1, "Lê Thị Lan", 1965], [2, "Lê Thị Liên", 1966], []])
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["D"].hidden = True
    old = book.create_sheet("Ấp Cũ")
    old.append(PLAIN)
    old.append([1, "Lê Thị Loan", 1967])
    old.sheet_state = "hidden"
    book.save(path)
    found = read_members(path, TODAY)
    assert [row.name for row in found.rows] == ["Lê Thị Lan", "Lê Thị Liên", "Lê Thị Loan"]
    assert found.hidden == (
        Hidden("Danh sách", whole=False, rows=(3,), columns=("Số CCCD",)),
        Hidden("Ấp Cũ", whole=True),
    )


def test_merged_titles_of_two_rows_and_a_birth_in_three_columns(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["DANH SÁCH HỘI VIÊN"],
        ["STT", "Họ và tên", "", "Ngày tháng năm sinh", "", "", "Chi hội", "Hộ", "", "", "Ghi chú"],
        ["", "", "", "Ngày", "Tháng", "Năm", "", "Nghèo", "Cận nghèo", "Khá giả", ""],
        [1, "Lê Thị", "Lan", 15, 8, 1965, "Ấp Đông", "x", "", "", ""],
        [2, "Lê Thị", "Liên", "", "", "1966", "", "", "1", "", ""],
        [3, "Lê Thị", "Loan", "00", 3, 67, "Ấp Tây", "", "", "x", ""],
        [4, "Lê Thị", "Lụa", "", "", 1968, '"', "", "", "", ""],
    ]
    path = write(tmp_path / "a.xlsx", rows)
    book = openpyxl.load_workbook(path)
    for cells in ("A2:A3", "B2:C3", "D2:F2", "G2:G3", "H2:J2", "K2:K3", "G4:G5"):
        book.active.merge_cells(cells)
    book.save(path)
    found = read_members(path, TODAY)
    assert [(row.name, str(row.birth), row.branch, row.household_group.value) for row in found.rows] == [
        ("Lê Thị Lan", "1965-08-15", "Ấp Đông", "POOR"),
        ("Lê Thị Liên", "1966", "Ấp Đông", "NEAR_POOR"),
        ("Lê Thị Loan", "1967-03", "Ấp Tây", "NONE"),
        ("Lê Thị Lụa", "1968", "Ấp Tây", "NONE"),
    ]
    assert found.mappings[0].unknown == ("Khá giả",)


def test_only_two_rows_together_are_the_titles(tmp_path: Path) -> None:
    rows = [["STT", "Họ tên", "Thông tin", ""], ["", "", "Năm sinh", "Điện thoại"], [1, "Lê Thị Lan", 1965, 912345678]]
    (row,) = read_members(write(tmp_path / "a.xlsx", rows), TODAY).rows
    assert (row.row, row.name, str(row.birth), row.phone) == (3, "Lê Thị Lan", "1965", "0912345678")


def test_one_sheet_a_branch(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [PLAIN, [1, "Lê Thị Lan", 1965]], "Trà Quýt")
    assert placed(read_members(path, TODAY)) == [("Lê Thị Lan", "", "")]
    book = openpyxl.load_workbook(path)
    for name, who in (("ẤP AN HÒA", "Lê Thị Liên"), ("Sheet3", "Lê Thị Loan")):
        sheet = book.create_sheet(name)
        sheet.append(PLAIN)
        sheet.append([1, who, 1966])
    book.save(path)
    assert placed(read_members(path, TODAY)) == [
        ("Lê Thị Lan", "Trà Quýt", ""),
        ("Lê Thị Liên", "Ấp An Hòa", ""),
        ("Lê Thị Loan", "", ""),
    ]


def test_several_lists_below_each_other_in_one_sheet(tmp_path: Path) -> None:
    """Each with its letterhead, title, titles of columns in two rows, total and signatures."""
    rows: list[list[Any]] = []
    for branch, who in (("ẤP AN HÒA", "Lan"), ("ẤP TRÀ QUÝT", "Liên"), ("KHU PHỐ 3", "Loan")):
        rows += [
            ["HỘI LHPN XÃ TÂN THẠNH", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            [f"CHI HỘI {branch}", "", "", "Độc lập - Tự do - Hạnh phúc"],
            ["", "DANH SÁCH HỘI VIÊN"],
            ["STT", "Họ và tên", "Năm sinh", "Hộ", "", "Ghi chú"],
            ["", "", "", "Nghèo", "Cận nghèo", ""],
            [1, f"Lê Thị {who}", 1965, "", "x", ""],
            ["", "Tổng số", 1],
            ["", "CHI HỘI TRƯỞNG", "", "", "NGƯỜI LẬP"],
            ["", "Trần Thị Cúc", "", "", "Trần Thị Đào"],
        ]
    found = read_members(write(tmp_path / "a.xlsx", rows), TODAY)
    assert [(row.name, row.branch, row.household_group.value) for row in found.rows] == [
        ("Lê Thị Lan", "Ấp An Hòa", "NEAR_POOR"),
        ("Lê Thị Liên", "Ấp Trà Quýt", "NEAR_POOR"),
        ("Lê Thị Loan", "Khu phố 3", "NEAR_POOR"),
    ]


def test_a_title_between_the_rows_names_the_branch_and_a_remark_does_not(tmp_path: Path) -> None:
    found = draft(
        tmp_path,
        ["DANH SÁCH HỘI VIÊN CHI HỘI ẤP 2 NĂM 2026"],
        [1, "Lê Thị Lan", 1965],
        ["Ghi chú: chị Lan ở Chi hội Ấp 3 chuyển đến tháng hai"],
        [2, "Lê Thị Liên", 1966],
        titles=PLAIN,
    )
    assert {branch for _name, branch, _cell in placed(found)} == {"Ấp 2"}


@pytest.mark.parametrize(
    ("title", "branch"),
    [
        ("CHI HỘI ẤP AN HÒA", "Ấp An Hòa"),
        ("DANH SÁCH HỘI VIÊN CHI HỘI PHỤ NỮ ẤP AN HÒA NĂM 2026", "Ấp An Hòa"),
        ("Danh sách hội viên Chi hội Thôn Đông, xã Tân Thạnh", "Thôn Đông"),
        ("Chi hội: Thôn Đông (45 hội viên)", "Thôn Đông"),
        ("Chi hội 3", "Chi hội 3"),
        ("Khóm 5", "Khóm 5"),
        ("DANH SÁCH HỘI VIÊN CÁC CHI HỘI PHỤ NỮ XÃ TÂN THẠNH", ""),
        ("Danh sách chi hội trưởng", ""),
        ("BAN CHẤP HÀNH HỘI", ""),
    ],
)
def test_titles_that_name_a_branch(title: str, branch: str) -> None:
    assert branch_in_titles([title]) == branch


@pytest.mark.parametrize(
    ("name", "branch"),
    [("Êp An Hßa", "Ấp An Hòa"), ("Ấp An Hòa", "Ấp An Hòa"), ("An Hòa", "An Hòa"), ("Chi hội Thôn 1", "Thôn 1")],
)
def test_names_of_sheets_that_are_branches(name: str, branch: str) -> None:
    assert branch_in_sheet(name, several=True) == branch


@pytest.mark.parametrize("name", ["Sheet1", "DS", "Danh sách (2)", "2026", "Tổng hợp", "Hội viên 2026"])
def test_names_that_any_sheet_has(name: str) -> None:
    assert branch_in_sheet(name, several=True) == ""


def test_a_list_that_names_only_hamlets(tmp_path: Path) -> None:
    titles = ("Họ và tên", "Năm sinh", "Ấp")
    found = draft(tmp_path, ["Lê Thị Lan", 1965, "An Hòa"], ["Lê Thị Liên", 1966, "ẤP AN HOÀ"], titles=titles)
    assert found.branches == ("Ấp An Hòa",)
    assert [reason.code.value for reason in found.rows[0].reasons] == ["BRANCH_FROM_HAMLET"]


def test_a_second_list_with_other_columns_in_one_sheet_is_mapped_anew(tmp_path: Path) -> None:
    book = [
        ["DANH SÁCH HỘI VIÊN CHI HỘI ẤP ĐÔNG"],
        ["TT", "Họ và tên", "Năm sinh", "Địa chỉ", "Điện thoại"],
        [1, "Lê Thị Lan", 1980, "Số 1", "0912345678"],
        [2, "Lê Thị Liên", 1981, "Số 2", ""],
        ["Tổng cộng: 2 hội viên"],
        [],
        ["DANH SÁCH HỘI VIÊN CHI HỘI ẤP TÂY"],
        ["TT", "Số CCCD", "Họ và tên", "Năm sinh", "", "Diện hộ"],
        ["", "", "", "Nam", "Nữ", ""],
        [1, "093182426538", "Lê Thị Loan", "", 1982, "Hộ nghèo"],
        ["TT", "Số CCCD", "Họ và tên", "Năm sinh", "", "Diện hộ"],
        [2, "", "Lê Thị Lệ", "", 1983, ""],
    ]
    found = read_members(write(tmp_path / "two.xlsx", book), TODAY)
    assert [(row.name, row.row, str(row.birth), row.branch) for row in found.rows] == [
        ("Lê Thị Lan", 3, "1980", "Ấp Đông"),
        ("Lê Thị Liên", 4, "1981", "Ấp Đông"),
        ("Lê Thị Loan", 10, "1982", "Ấp Tây"),
        ("Lê Thị Lệ", 12, "1983", "Ấp Tây"),
    ]
    assert (found.rows[0].phone, found.rows[2].national_id) == ("0912345678", "093182426538")
    assert found.rows[2].household_group is HouseholdGroup.POOR
    assert [(one.header.first, one.header.until) for one in found.mappings] == [(1, 7), (7, None)]
    assert [(one.row, one.code) for one in found.skipped if one.code is SkipCode.HEADER_AGAIN] == [
        (8, SkipCode.HEADER_AGAIN),
        (9, SkipCode.HEADER_AGAIN),
        (11, SkipCode.HEADER_AGAIN),
    ]


def test_each_list_of_a_sheet_gets_its_remarks_in_one_column(tmp_path: Path) -> None:
    book = [
        ["Họ và tên", "Năm sinh", "Chi hội"],
        ["Lê Thị Lan", "1999/99", "Ấp Đông"],
        ["Chi hội", "Họ và tên", "Điện thoại", "Năm sinh", "Ghi chú"],
        ["Ấp Đông", "Lê Thị Liên", "12", 1981, "a"],
    ]
    path = write(tmp_path / "two.xlsx", book)
    opened = open_list(path)
    mappings = map_workbook(opened.workbook)
    notes = [CellNote("Danh sách", row, None, Verdict.DOUBTFUL, f"dòng {row}") for row in (2, 4)]
    page = load_workbook(BytesIO(annotated(path, opened.workbook, mappings, notes, "Cần xem lại"))).active
    assert page is not None
    assert [cell.value for cell in page["F"]] == ["Cần xem lại", "dòng 2", "Cần xem lại", "dòng 4"]
    assert [page.cell(row, column).comment is not None for row, column in ((2, 1), (4, 2))] == [True, True]
