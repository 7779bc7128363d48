"""Single texts and cells."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from sochihoi.domain.households import HouseholdGroup
from sochihoi.intake.cells import cell_date, cell_lines, cell_text
from sochihoi.intake.draft import ReasonCode, Verdict, group_label
from sochihoi.intake.values import branch_name, cell_name, flag, household_group, other_commune
from sochihoi.intake.workbook import Cell
from tests.intake.lists import TODAY


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Chi hội Thôn Đông", "Thôn Đông"),
        ("CHI HỘI ẤP AN HÒA", "Ấp An Hòa"),
        ("Chi hội phụ nữ thôn Đông", "Thôn Đông"),
        ("Chi hội 01", "Chi hội 01"),
        ("Chi hội số 3", "Chi hội số 3"),
        ("Chi hội 1A", "Chi hội 1A"),
        ("Chi hội II", "Chi hội II"),
        ("Chi hội B", "Chi hội B"),
        ("CHI HỘI SỐ 3", "Chi hội số 3"),
        ("chi hội 03", "Chi hội 03"),
        ("CHI HỘI THÔN III", "Thôn III"),
        ("ẤP 2A", "Ấp 2A"),
        ("KHU PHỐ TƯỜNG VI", "Khu phố Tường Vi"),
        ("KP2", "KP2"),
        ("CHI HỘI KP 3", "KP 3"),
        ("TỔ DÂN PHỐ SỐ 5", "Tổ dân phố số 5"),
        ("khu phố Chợ", "Khu phố Chợ"),
        ("Chi hội", "Chi hội"),
        ("Ấp An Hòa", "Ấp An Hòa"),
    ],
)
def test_branch_names(text: str, name: str) -> None:
    assert branch_name(text) == name


def test_cell_names() -> None:
    assert [cell_name(text) for text in ("1", "03", "Tổ 2", "TỔ 4", "Tổ 05", "")] == [
        *("Tổ 1", "Tổ 3", "Tổ 2", "Tổ 4", "Tổ 5", "")
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x", True),
        ("X", True),
        ("Có", True),
        ("✓", True),
        ("ü", True),
        ("\uf0fc", True),
        ("(x)", True),
        ("Có thẻ", True),
        ("chưa có thẻ", False),
        ("[ X ]", True),
        ("●", True),
        ("GD4949412345678", True),
        ("08/03/2010", True),
        ("", False),
        ("-", False),
        ("Không", False),
        ("0", False),
        ("()", False),
        ("☐", False),
        ("☒", None),
        ("dự bị", None),
        ("12", None),
    ],
)
def test_yes_no_or_neither(text: str, said: bool | None) -> None:
    assert flag(text) is said


def test_household_groups() -> None:
    assert household_group("HỘ CẬN NGHÈO") is HouseholdGroup.NEAR_POOR
    assert household_group("gia đình chính sách") is HouseholdGroup.POLICY
    assert household_group("Yếu thế") is HouseholdGroup.HARDSHIP
    assert household_group("Không") is HouseholdGroup.NONE
    assert household_group(" - ") is HouseholdGroup.NONE
    assert household_group("giàu") is None
    assert [household_group(group_label(group)) for group in HouseholdGroup] == list(HouseholdGroup)


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("HỘI LHPN XÃ TÂN THẠNH", False),
        ("Hội LHPN xã Tân Thạnh, tỉnh Đông", False),
        ("Hội LHPN xã Tân Thạnh năm 2026", False),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", False),
        ("PHƯƠNG HƯỚNG NĂM 2026", False),
        ("UBND PHƯỜNG 5 - HỘI LHPN", True),
        ("Hội LHPN xã Tân Thành", True),
    ],
)
def test_another_commune(title: str, other: bool) -> None:
    assert (other_commune(["Danh sách", title], ["Xã Tân Thạnh"]) == title) is other


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (783815533.0, "783815533"),
        (1.5, "1.5"),
        (7, "7"),
        (True, "1"),
        (False, "0"),
        (date(1971, 3, 8), "08/03/1971"),
        (datetime.fromisoformat("1971-03-08T10:00"), "08/03/1971"),
        (time(10, 0), "10:00:00"),
        ("  a\nb ", "a b"),
    ],
)
def test_cells_as_text(cell: Cell, text: str) -> None:
    assert cell_text(cell) == text


def test_cells_as_lines_and_dates() -> None:
    assert cell_lines("  a\nb ") == "a\nb"
    assert cell_lines(7.0) == "7"
    assert str(cell_date(32164.0, TODAY, "birth")) == "1988-01-22"
    assert str(cell_date(1988.0, TODAY, "birth")) == "1988"
    assert str(cell_date(datetime.fromisoformat("1988-01-22T00:00"), TODAY, "birth")) == "1988-01-22"
    assert cell_date("", TODAY, "birth") is None


def test_each_reason_has_one_severity() -> None:
    by_severity = {verdict: [code for code in ReasonCode if code.severity is verdict] for verdict in Verdict}
    assert [len(by_severity[verdict]) for verdict in Verdict] == [10, 20, 4]
