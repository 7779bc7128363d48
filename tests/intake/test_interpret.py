"""Whole lists: the plain one exactly, verdicts of rows, duplicates, skipped rows, warnings."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sochihoi.domain.households import HouseholdGroup
from sochihoi.domain.people import Sex
from sochihoi.intake.columns import Field
from sochihoi.intake.draft import ReasonCode, SkipCode, Verdict, record
from sochihoi.intake.errors import HeaderNotFound
from sochihoi.intake.interpret import read_members
from sochihoi.intake.legacy import Encoding
from tests.intake.lists import DATA, TITLES, TODAY, codes, draft, member, write


def test_the_plain_list_is_read_exactly() -> None:
    found = read_members(DATA / "hoi-vien-1.xlsx", TODAY, ["Tân Thạnh"])
    wanted = json.loads((DATA / "hoi-vien-1.json").read_text(encoding="utf-8"))
    assert [record(row) for row in found.rows] == wanted
    assert len(found.of(Verdict.NEW)) == 400
    assert (len(found.branches), len(found.cells)) == (8, 32)
    assert (found.skipped, found.warnings, found.sheets_without_list, found.mappings[0].unknown) == ((), (), (), ())
    assert [found.rows[0].row, found.rows[-1].row] == [2, 401]


def test_title_rows_and_sheets_by_branch_give_the_persons() -> None:
    """Cells and exact joining days stand nowhere in that list; everything else is the same."""
    found = read_members(DATA / "hoi-vien-2.xlsx", TODAY, ["Xã Tân Thạnh"])
    wanted = json.loads((DATA / "hoi-vien-2.json").read_text(encoding="utf-8"))
    known = wanted[0].keys() - {"cell", "joined"}
    assert [{key: record(row)[key] for key in known} for row in found.rows] == [
        {key: person[key] for key in known} for person in wanted
    ]
    assert {row.code for row in found.skipped} == {SkipCode.TOTALS, SkipCode.SIGNATURE}
    assert found.warnings == ()


def test_a_list_in_an_old_font_gives_the_persons() -> None:
    """TCVN3 (.VnTime), the group of the household in the notes; what the list does not hold is not asked for."""
    found = read_members(DATA / "hoi-vien-3.xls", TODAY, ["Xã Tân Thạnh"])
    wanted = json.loads((DATA / "hoi-vien-3.json").read_text(encoding="utf-8"))
    known = wanted[0].keys() - {"cell", "joined", "party", "bhyt"}
    assert [{key: record(row)[key] for key in known} for row in found.rows] == [
        {key: person[key] for key in known} for person in wanted
    ]
    assert {(one.encoding, one.by_font, one.lost) for one in found.conversions} == {(Encoding.TCVN3, True, ())}
    marked = [row.name for row in found.rows if ReasonCode.NAME_CAPITALS in {r.code for r in row.reasons}]
    assert len(marked) == 7
    assert all(any(not word[0].isascii() for word in name.split()) for name in marked)
    assert found.of(Verdict.NEW) == found.rows


def test_a_list_without_titles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HeaderNotFound):
        read_members(write(tmp_path / "a.xlsx", [["Nguyễn Thị Hoa", 1971], ["Lê Thị Lan", 1980]]), TODAY)


def test_a_row_without_fault(tmp_path: Path) -> None:
    row = member(tmp_path)
    assert (row.verdict, row.reasons) == (Verdict.NEW, ())
    assert (row.sheet, row.row, str(row.birth), str(row.joined), row.party) == (
        "Danh sách",
        2,
        "1988-01-22",
        "2018-03-08",
        True,
    )


@pytest.mark.parametrize(
    ("cells", "code", "value"),
    [
        ({"name": "  "}, "NAME_MISSING", ""),
        ({"name": "???"}, "NAME_MISSING", "???"),
        ({"birth": "31/02/1988"}, "DATE_IMPOSSIBLE", "31/02/1988"),
        ({"birth": date(2027, 1, 2)}, "DATE_IN_FUTURE", "02/01/2027"),
        ({"birth": 1788}, "DATE_IMPOSSIBLE", "1788"),
        ({"birth": "không nhớ"}, "DATE_NOT_UNDERSTOOD", "không nhớ"),
        ({"joined": "30/2/2001"}, "DATE_IMPOSSIBLE", "30/2/2001"),
        ({"joined": "2030"}, "DATE_IN_FUTURE", "2030"),
    ],
)
def test_refused_rows_name_row_column_and_reason(tmp_path: Path, cells: dict[str, Any], code: str, value: str) -> None:
    row = member(tmp_path, **cells)
    assert row.verdict is Verdict.REFUSED
    (field,) = cells
    reason = next(reason for reason in row.reasons if reason.code == code)
    titles = dict(zip(["number", "name", "birth", "national_id", "phone", "branch", "joined"], TITLES, strict=False))
    assert (reason.field, reason.column, reason.row, reason.value) == (field, titles[field], 2, value)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"birth": "2010", "national_id": ""}, "UNDER_AGE"),
        ({"birth": "23/11/2008", "national_id": ""}, "UNDER_AGE"),
        ({"joined": 1987}, "JOINED_BEFORE_BIRTH"),
        ({"phone": "12345"}, "PHONE_ODD"),
        ({"national_id": "09318842653A"}, "ID_NOT_DIGITS"),
        ({"national_id": "3318842"}, "ID_LENGTH"),
        ({"national_id": "003188426538"}, "ID_PROVINCE_CODE"),
        ({"national_id": "093988426538"}, "ID_CENTURY"),
        ({"national_id": "093187426538"}, "ID_BIRTH_YEAR_MISMATCH"),
        ({"national_id": "093088426538"}, "ID_SEX_MISMATCH"),
        ({"branch": ""}, "BRANCH_MISSING"),
        ({"household_group": "Hộ giàu"}, "GROUP_UNKNOWN"),
        ({"party": "dự bị?"}, "FLAG_UNKNOWN"),
    ],
)
def test_doubtful_rows_come_in_marked(tmp_path: Path, cells: dict[str, Any], code: str) -> None:
    row = member(tmp_path, **cells)
    assert (row.verdict, codes(row)) == (Verdict.DOUBTFUL, [code])


@pytest.mark.parametrize(
    ("cells", "noted"),
    [
        ({"birth": ""}, ["BIRTH_MISSING"]),
        ({"national_id": 93188426538}, ["ID_ZEROS_RESTORED"]),
        ({"national_id": "093 188 426 538", "phone": 353740752}, ["PHONE_ZERO_RESTORED"]),
        ({"birth": 1988, "joined": 2018}, []),
        ({"name": "nguyễn thị hoa"}, ["NAME_CAPITALS"]),
        ({"phone": "không có"}, []),
        ({"birth": "1988", "joined": "3/2018"}, []),
        ({"birth": 32164}, []),
        ({"birth": "22/01/88", "joined": ""}, []),
        ({"phone": "0353740752 / +84912345678"}, []),
    ],
)
def test_what_can_be_put_right_stays_new(tmp_path: Path, cells: dict[str, Any], noted: list[str]) -> None:
    row = member(tmp_path, **cells)
    assert (row.verdict, codes(row)) == (Verdict.NEW, noted)
    assert row.national_id == "093188426538"


def test_values_that_are_put_right(tmp_path: Path) -> None:
    row = member(
        tmp_path, name=" TRỊNH  THÚY ÁNH ", birth=32164, phone="0353.740.752/912345678", household_group="nghèo"
    )
    assert (row.name, str(row.birth)) == ("Trịnh Thúy Ánh", "1988-01-22")
    assert (row.phone, row.household_group) == ("0353740752; 0912345678", HouseholdGroup.POOR)
    assert member(tmp_path, phone="hỏi\nchồng").phone == "hỏi chồng"


def test_duplicates_point_to_the_first_row(tmp_path: Path) -> None:
    found = draft(
        tmp_path,
        [1, "Nguyễn Thị Hoà", 1988, "093188426538", "", "Ấp An Hòa", "", "", ""],
        [2, "Nguyễn Thị Hoa", 1988, "", "", "ấp An Hoà", "", "", ""],
        [3, "Lê Thị Lan", 1988, "093188426538", "", "Ấp Đông", "", "", ""],
        [4, "Nguyễn Thị Hoa", 1988, "093188000001", "", "Ấp An Hòa", "", "", ""],
        [5, "Nguyễn Thị Hoa", 1989, "", "", "Ấp An Hòa", "", "", ""],
        [6, "Nguyễn Thị Hoa", 1988, "", "", "Ấp Đông", "", "", ""],
        [7, "Nguyễn Thị Hoa", "31/2/1988", "093188426538", "", "Ấp An Hòa", "", "", ""],
    )
    assert [codes(row) for row in found.rows] == [
        [],
        ["SAME_PERSON"],
        ["SAME_ID"],
        ["SAME_PERSON"],
        [],
        ["NAMESAKE"],
        ["DATE_IMPOSSIBLE"],
    ]
    assert found.rows[1].reasons[0].value == "Danh sách!2"
    assert (found.rows[2].reasons[0].column, found.rows[2].reasons[0].value) == ("Số CCCD", "Danh sách!2")
    assert found.rows[3].reasons[0].value == "Danh sách!3"  # the nameless number of row 3 could be hers
    assert found.branches == ("Ấp An Hòa", "Ấp Đông")


def test_two_persons_of_one_name_with_two_ids(tmp_path: Path) -> None:
    found = draft(
        tmp_path,
        [1, "Nguyễn Thị Hoa", 1988, "093188426538", "", "Ấp Đông", "", "", ""],
        [2, "Nguyễn Thị Hoa", 1988, "093188000001", "", "Ấp Đông", "", "", ""],
    )
    assert [row.verdict for row in found.rows] == [Verdict.NEW, Verdict.NEW]


def test_every_row_with_something_in_it_is_a_member_or_listed(tmp_path: Path) -> None:
    found = draft(
        tmp_path,
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"],
        ["CHI HỘI THÔN ĐÔNG"],
        [1, "Lê Thị Lan", 1980],
        [None, None, None],
        TITLES,
        ["", "Chi hội Thôn Tây"],
        [2, "Tống Thị Cộng", 1981],
        [3, "Cộng Thị Hoa"],
        [4],
        ["Tong cong", "", "2"],
        ["", "Tổng số hội viên: 2", 2],
        ["", "", "", "", "", "Tân Lập, ngày 5 tháng 3 năm 2026"],
        ["", "NGƯỜI LẬP", "", "", "TM. BAN THƯỜNG VỤ"],
        ["", "", "", "", "0912345678"],
    )
    assert [(row.name, row.branch) for row in found.rows] == [
        ("Lê Thị Lan", "Thôn Đông"),
        ("Tống Thị Cộng", "Thôn Tây"),
        ("Cộng Thị Hoa", "Thôn Tây"),
        ("", "Thôn Tây"),
    ]
    assert [row.row for row in found.of(Verdict.REFUSED)] == [15]
    assert [(row.row, row.code) for row in found.skipped] == [
        (2, SkipCode.COLUMN_NUMBERS),
        (3, SkipCode.SECTION),
        (6, SkipCode.HEADER_AGAIN),
        (7, SkipCode.SECTION),
        (10, SkipCode.ONLY_A_NUMBER),
        (11, SkipCode.TOTALS),
        (12, SkipCode.TOTALS),
        (13, SkipCode.SIGNATURE),
        (14, SkipCode.SIGNATURE),
    ]


def test_a_total_without_accents_and_without_anything_else(tmp_path: Path) -> None:
    found = draft(tmp_path, ["", "TONG CONG: 36 hoi vien"], ["Cộng:"], ["Tổng", "Lê Thị Lan", 1980])
    assert [(row.row, row.code) for row in found.skipped] == [
        (2, SkipCode.TOTALS),
        (3, SkipCode.TOTALS),
        (4, SkipCode.TOTALS),
    ]


def test_branches_and_cells_have_one_spelling(tmp_path: Path) -> None:
    titles = ["Họ tên", "Năm sinh", "Chi hội", "Tổ"]
    found = draft(
        tmp_path,
        ["Lê Thị Lan", 1980, "Chi hội Thôn Đông", 1],
        ["Lê Thị Liên", 1981, "thôn đông", "tổ 1"],
        ["Lê Thị Loan", 1982, "Chi hội 01", "02"],
        titles=titles,
    )
    assert found.branches == ("Thôn Đông", "Chi hội 01")
    assert found.cells == (("Thôn Đông", "Tổ 1"), ("Chi hội 01", "Tổ 2"))


def test_the_name_in_two_columns(tmp_path: Path) -> None:
    titled = draft(tmp_path, ["Lê Thị", "Lan", 1980], titles=["Họ đệm", "Tên", "Năm sinh"])
    merged = draft(tmp_path, ["Lê Thị", "Lan", 1980], titles=["Họ và tên", "", "Năm sinh"])
    assert titled.rows[0].name == merged.rows[0].name == "Lê Thị Lan"


def test_ticks_below_a_header_of_two_rows(tmp_path: Path) -> None:
    book = [
        ["STT", "Họ tên", "Năm sinh", "Diện hộ", "", "Chi hội", "BHYT"],
        ["", "", "", "Nghèo", "Cận nghèo", "", ""],
        [1, "Lê Thị Lan", 1980, "x", "", "Ấp Đông", "GD4949412345678"],
        [2, "Lê Thị Liên", 1981, "", "x", "Ấp Đông", ""],
        [3, "Lê Thị Loan", 1982, "", "", "Ấp Đông", date(2026, 1, 1)],
    ]
    found = read_members(write(tmp_path / "two.xlsx", book), TODAY)
    assert [row.household_group.value for row in found.rows] == ["POOR", "NEAR_POOR", "NONE"]
    assert [row.bhyt for row in found.rows] == [True, False, True]


def test_another_commune_in_the_titles_is_a_warning(tmp_path: Path) -> None:
    rows = [
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["HỘI LHPN XÃ TÂN THẠNH NĂM 2026"],
        ["Họ tên", "Năm sinh"],
        ["Lê Thị Lan", 1980],
    ]
    path = write(tmp_path / "other.xlsx", rows)
    (warning,) = read_members(path, TODAY, ["Đại Ngãi"]).warnings
    assert (warning.sheet, warning.title) == ("Danh sách", "HỘI LHPN XÃ TÂN THẠNH NĂM 2026")
    assert read_members(path, TODAY, ["xã Tân Thạnh"]).warnings == ()
    assert read_members(path, TODAY).warnings == ()


def test_the_minimum_age_is_the_callers(tmp_path: Path) -> None:
    path = write(tmp_path / "young.xlsx", [["Họ tên", "Năm sinh", "Chi hội"], ["Lê Thị Lan", 2009, "Ấp Đông"]])
    assert read_members(path, TODAY).rows[0].verdict is Verdict.DOUBTFUL
    assert read_members(path, TODAY, minimum_age=16).rows[0].verdict is Verdict.NEW


def test_a_birth_under_nam_is_a_mans_and_is_marked(tmp_path: Path) -> None:
    book = [
        ["STT", "Họ và tên", "Năm sinh", "", "Chi hội", "Ghi chú"],
        ["", "", "Nam", "Nữ", "", ""],
        [1, "Lê Thị Lan", "", 1980, "Ấp Đông", ""],
        [2, "Trần Văn Hùng", 1975, "", "Ấp Đông", ""],
        [3, "Lê Thị Liên", "", "15/8/82", "Ấp Đông", ""],
        [4, "Lê Thị Loan", 1960, 1983, "Ấp Đông", ""],
        [5, "Lê Thị Lý", "", "", "Ấp Đông", ""],
    ]
    found = read_members(write(tmp_path / "pair.xlsx", book), TODAY)
    assert [str(row.birth or "") for row in found.rows] == ["1980", "1975", "1982-08-15", "1983", ""]
    assert [row.sex for row in found.rows] == [Sex.FEMALE, Sex.MALE, Sex.FEMALE, Sex.MALE, None]
    assert [codes(row) for row in found.rows] == [[], ["MAN"], [], ["MAN"], ["BIRTH_MISSING"]]
    assert [row.verdict for row in found.rows][1] is Verdict.DOUBTFUL
    (reason,) = found.rows[1].reasons
    assert (reason.field, reason.column, reason.value) == (Field.BIRTH_MALE, "Năm sinh Nam", "1975")


def test_a_column_of_the_sex_marks_men_unless_they_are_honorary(tmp_path: Path) -> None:
    titles = ["Họ tên", "Năm sinh", "Giới tính", "Hội viên danh dự", "Số CCCD", "Chi hội"]
    found = draft(
        tmp_path,
        ["Lê Thị Lan", 1980, "Nữ", "", "", "Ấp Đông"],
        ["Lê Văn Hai", 1981, "Nam", "", "", "Ấp Đông"],
        ["Lê Văn Ba", 1982, "nam", "x", "093082426538", "Ấp Đông"],
        ["Lê Thị Tư", 1983, "", "", "", "Ấp Đông"],
        titles=titles,
    )
    assert [codes(row) for row in found.rows] == [[], ["MAN"], [], []]
    assert [row.sex for row in found.rows] == [Sex.FEMALE, Sex.MALE, Sex.MALE, None]
