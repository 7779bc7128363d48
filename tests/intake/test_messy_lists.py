"""Lists as communes really keep them, each with several things that a plain table has not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from sochihoi.domain.households import HouseholdGroup
from sochihoi.intake.cells import cell_date
from sochihoi.intake.draft import SkipCode, Verdict
from sochihoi.intake.interpret import read_members
from sochihoi.intake.legacy import Encoding
from sochihoi.intake.names import with_initials, without_address
from sochihoi.intake.values import branch_name, phones_inside, unit_name
from sochihoi.ui.words.intake import second_lists, unread_sheets
from tests.intake.lists import TODAY, codes, draft, write
from tests.intake.test_legacy import encode


def test_a_number_with_its_day_and_place_of_issue_below_one_title(tmp_path: Path) -> None:
    """The name of the commune and that of the branch stand in one cell above; the telephone among the remarks."""
    book = openpyxl.Workbook()
    page: Any = book.active
    page["A1"] = "HỘI LHPN XÃ TÂN THẠNH\nCHI HỘI ẤP BẮC"
    for column, title in zip("ABCEH", ["TT", "Họ và tên", "Năm sinh", "CCCD", "Ghi chú"], strict=True):
        page[f"{column}4"] = title
    for column, title in zip("CDEFG", ["Nam", "Nữ", "Số", "Ngày cấp", "Nơi cấp"], strict=True):
        page[f"{column}5"] = title
    for area in ("A1:C2", "A4:A5", "B4:B5", "C4:D4", "E4:G4", "H4:H5"):
        page.merge_cells(area)
    page.append([1, "Trần Thị Bông", None, 1960, "094160006531", date(2021, 5, 1), "Cục CS", "ĐT 0912 345 671"])
    page.append(["Tổng cộng: 01 hội viên"])
    book.save(tmp_path / "a.xlsx")
    found = read_members(tmp_path / "a.xlsx", TODAY, ["Xã Tân Thạnh"])
    (row,) = found.rows
    assert (row.branch, str(row.birth), row.national_id, row.phone) == ("Ấp Bắc", "1960", "094160006531", "0912345671")
    assert (found.warnings, found.mappings[0].unknown) == ((), ("Ngày cấp", "Nơi cấp"))
    assert (codes(row), row.note) == (["PHONE_FROM_NOTE"], "ĐT 0912 345 671")


def test_numbers_that_are_texts_and_names_that_are_short(tmp_path: Path) -> None:
    titles = ("STT", "Họ tên", "N/S", "Thuộc chi hội", "Thuộc hộ")
    found = draft(
        tmp_path,
        ["1.", "'Trần Thị Sáu", "1970.0", "CH ấp Tân Hoà", "K"],
        ["2.", "Lê Thị Bảy", "63", "Chi hội ấp Tân Hòa", "HCN"],
        ["3.", "Võ Thị Tám", 8, "ấp Tân Hòa.", ""],
        ["", "TỔNG TOÀN XÃ", 3],
        titles=titles,
    )
    assert [(row.name, str(row.birth), row.branch) for row in found.rows[:2]] == [
        ("Trần Thị Sáu", "1970", "Ấp Tân Hoà"),
        ("Lê Thị Bảy", "1963", "Ấp Tân Hoà"),
    ]
    assert [row.household_group for row in found.rows[:2]] == [HouseholdGroup.NONE, HouseholdGroup.NEAR_POOR]
    assert [row.verdict for row in found.rows] == [Verdict.NEW, Verdict.NEW, Verdict.REFUSED]
    assert [(one.code, one.text) for one in found.skipped] == [(SkipCode.TOTALS, "TỔNG TOÀN XÃ")]


def test_a_form_of_the_web_and_sheets_without_marks(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    titles = "Dấu thời gian,Họ và tên của chị,Ngày tháng năm sinh,Chị sinh hoạt ở chi hội nào?,Chị là đảng viên?"
    path.write_text(f"{titles}\n2025/03/08 8:10:11 CH,lê thị hoa,08/03/1980,ấp 3,Có\n", encoding="utf-8-sig")
    (row,) = read_members(path, TODAY).rows
    assert (row.name, row.branch, row.party) == ("Lê Thị Hoa", "Ấp 3", True)
    (row,) = read_members(
        write(tmp_path / "b.xlsx", [["Họ tên", "Năm sinh"], ["Lê Thị Hoa", 1980]], "AP 12"), TODAY
    ).rows
    assert row.branch == "Ấp 12"


def test_ticks_in_a_list_of_an_old_font_are_no_lost_letters(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    rows = [["họ và tên", "năm sinh", "đảng viên", "chi hội"], ["TRầN THị úT", "1970", "", "ấp phú mỹ"]]
    for at, texts in enumerate(rows, 1):
        for place, text in enumerate(texts, 1):
            page.cell(at, place, encode(text, Encoding.TCVN3)).font = Font(name=".VnTime")
    page["C2"], page["C2"].font = "P", Font(name="Wingdings 2")
    book.save(tmp_path / "a.xlsx")
    found = read_members(tmp_path / "a.xlsx", TODAY)
    (row,) = found.rows
    assert (row.name, row.party, codes(row)) == ("Trần Thị Út", True, ["NAME_CAPITALS"])
    assert {one.lost for one in found.conversions} == {()}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1.965", "1965"),
        ("1965?", "1965"),
        ("08/03/1971.", "1971-03-08"),
        ("..../..../1965", "1965"),
        ("15\\8\\1965", "1965-08-15"),
        ("T8/1965", "1965-08"),
    ],
)
def test_births_as_people_type_them(typed: str, read: str) -> None:
    assert str(cell_date(typed, TODAY, "birth")) == read


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("AP 1", "Ấp 1"),
        ("to dan pho 5A", "Tổ dân phố 5A"),
        ("Ban 3", "Ban 3"),
        ("Hoa 2", "Hoa 2"),
        ("ap Bac", "Ap Bac"),
    ],
)
def test_only_the_kind_of_a_place_gets_its_marks(typed: str, name: str) -> None:
    assert unit_name(typed) == name


def test_short_words_of_a_branch_and_numbers_between_words() -> None:
    assert [branch_name(text) for text in ("CHPN 01", "CH: Thôn Đông", "Chị Hai")] == [
        "Chi hội 01",
        "Thôn Đông",
        "Chị Hai",
    ]
    assert phones_inside("Hộ nghèo, ĐT: 0989.123.451; +84 912 345 678") == "0989123451; 0912345678"
    assert phones_inside("CCCD 094171006538, cấp 02.03.2021, vay 03/2024") == ""


def test_pages_with_titles_of_two_rows_and_sums_carried_over(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active

    def titles() -> None:
        top = page.max_row + 1
        page.append(["STT", "Họ và tên", "Năm sinh", "Giới tính", None, "Địa chỉ", "Chi hội", "Thẻ BHYT", None])
        page.append([None, None, None, "Nam", "Nữ", None, None, "Số thẻ", "Hạn thẻ"])
        for first, last in ((4, 5), (8, 9)):
            page.merge_cells(start_row=top, end_row=top, start_column=first, end_column=last)
        for column in (1, 2, 3, 6, 7):
            page.merge_cells(start_row=top, end_row=top + 1, start_column=column, end_column=column)

    page.append(["DANH SÁCH HỘI VIÊN"])
    titles()
    page.append([1, "Bà Nguyễn Thị LAN", 1965, None, "x", "Xóm 1", "Chi hội 1", "DN4940012345678", "31/12/2026"])
    page.append([None, "Cộng trang 1", 1])
    titles()
    page.append([None, "Mang sang", 1])
    page.append([2, "Phạm Văn Đực", 1970, "x", None, "Xóm 1", "CHPN số 01"])
    book.save(tmp_path / "a.xlsx")
    found = read_members(tmp_path / "a.xlsx", TODAY)
    assert [(row.name, row.branch, codes(row)) for row in found.rows] == [
        ("Nguyễn Thị Lan", "Chi hội 1", ["NAME_ADDRESS", "NAME_CAPITALS"]),
        ("Phạm Văn Đực", "Chi hội 1", ["MAN"]),
    ]
    assert (found.rows[0].bhyt, found.rows[0].further.health_insurance_until) == (True, date(2026, 12, 31))
    assert [one.code for one in found.skipped] == [
        SkipCode.TOTALS,
        SkipCode.HEADER_AGAIN,
        SkipCode.HEADER_AGAIN,
        SkipCode.TOTALS,
    ]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Đ/c Lê Thị Mơ", "Lê Thị Mơ"),
        ("Chị Hai", "Chị Hai"),
        ("Bà Thị Lan", "Bà Thị Lan"),
        ("lê thị HỒNG", "Lê Thị Hồng"),
        ("H'HEN Niê", "H'Hen Niê"),
        ("TRẦN THỊ úT", "Trần Thị Út"),
        ("Y Bih Êban", "Y Bih Êban"),
    ],
)
def test_a_name_without_address_and_with_initials(typed: str, name: str) -> None:
    assert with_initials(without_address(typed)) == name


def test_sheets_called_after_branches_and_one_that_nobody_can_read(tmp_path: Path) -> None:
    """Above a place a sheet has words of its own; "DT" beside accents is the ethnic group."""
    book = openpyxl.Workbook()
    first: Any = book.active
    first.title = "CH Thôn 1"
    first.append(["TT", "Họ đệm", "Tên", "Sinh ngày", "DT", "TG", "Số CCCD; ngày cấp", "Là ĐV"])
    first.append([1, "Lý Thị", "Năm", "(1963)", "Khmer", "Phật", "094163000111; cấp ngày 01/5/2021", "x"])
    first.append([None, "Ấn định danh sách có 01 hội viên./."])
    second = book.create_sheet("PHỤ NỮ ẤP TÂN LẬP")
    second.append(["TT", "Họ và tên chị em", "Năm sinh"])
    second.append([1, "Phan Thị Sang", 1977])
    for title, rows in {"Ấp 9": [["Bà nào", "Hồi nào"], ["Lê Thị Lan", 1970]], "Trống": [["Ghi chú"]]}.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(tmp_path / "a.xlsx")
    found = read_members(tmp_path / "a.xlsx", TODAY)
    one, other = found.rows
    assert (one.name, one.branch, str(one.birth), one.party) == ("Lý Thị Năm", "Thôn 1", "1963", True)
    assert (one.ethnicity, one.religion, one.national_id) == ("Khmer", "Phật", "094163000111")
    assert (other.name, other.branch) == ("Phan Thị Sang", "Ấp Tân Lập")
    assert found.sheets_without_list == ("Ấp 9",)
    assert unread_sheets(found.sheets_without_list).startswith("Không đọc được gì ở trang “Ấp 9”: ")
    assert unread_sheets(()) == ""
    plain = read_members(
        write(tmp_path / "b.xlsx", [["Ho ten", "Nam sinh", "DT"], ["Le Thi A", 1970, "0911000001"]]), TODAY
    )
    assert plain.rows[0].phone == "0911000001"


@pytest.mark.parametrize("title", ["Hội viên", "Là hội viên"])
def test_of_a_list_of_all_women_those_who_are_ticked(tmp_path: Path, title: str) -> None:
    titles = ("STT", "Họ và tên", "Năm sinh", "Chi hội", title)
    rows = [[1, "Lê Thị An", 1970, "Ấp Đông", "x"], [2, "Lê Thị Bình", 1971, "Ấp Đông", ""], [None, "Tổng", "", "", 1]]
    found = draft(tmp_path, *rows, titles=titles)
    assert [row.name for row in found.rows] == ["Lê Thị An"]
    assert [(one.code, one.row) for one in found.skipped] == [(SkipCode.NO_MEMBER, 3), (SkipCode.TOTALS, 4)]
    never = draft(tmp_path, *(row[:4] for row in rows[:2]), titles=titles)
    assert len(never.rows) == 2  # a column that nobody filled in


def test_a_list_beside_another_one_is_told(tmp_path: Path) -> None:
    found = draft(tmp_path, [1, "Lê Thị A", 1970, "", 1, "Lê Thị B"], titles=("TT", "Họ tên", "NS", "", "TT", "Họ tên"))
    (told,) = second_lists(found.mappings)
    assert told.startswith("Trang “Danh sách” có danh sách thứ hai")
    assert second_lists(draft(tmp_path, [1, "Lê Thị A"]).mappings) == []
