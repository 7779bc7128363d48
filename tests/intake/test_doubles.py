"""Rows of one list that may be one woman: what weighs is doubtful, a name and a year in another branch a note."""

from __future__ import annotations

from pathlib import Path

import pytest

from sochihoi.domain.likeness import Why
from sochihoi.intake.draft import MemberRow, Verdict
from tests.intake.lists import codes, draft

TITLES = ("STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Số điện thoại", "Chi hội", "Địa chỉ")
FIRST = (1, "Nguyễn Thị Hoà", "05/06/1988", "", "0912345678", "Ấp An Hòa", "Số 4, Ấp An Hòa")


def second(folder: Path, *row: str) -> MemberRow:
    _first, found = draft(folder, FIRST, (2, *row), titles=TITLES).rows
    return found


@pytest.mark.parametrize(
    ("row", "shared"),
    [
        (("Nguyễn Thị Hòa", "05/06/1988", "", "", "Ấp Đông", ""), {Why.SAME_NAME, Why.SAME_BIRTH}),
        (("Nguyễn Thị Hòa", "1988", "", "0912.345.678", "Ấp Đông", ""), {Why.SAME_PHONE, Why.SAME_BIRTH_YEAR}),
        (("Nguyen Thi Hoa", "1988", "", "0912345678", "Ấp Đông", ""), {Why.NAME_WITHOUT_MARKS, Why.SAME_PHONE}),
        (("Nguyễn Thị Mỹ Hòa", "05/06/1988", "", "0912345678", "Ấp Đông", ""), {Why.NAME_SHORTER, Why.SAME_PHONE}),
    ],
)
def test_what_weighs_is_doubtful(tmp_path: Path, row: tuple[str, ...], shared: set[Why]) -> None:
    found = second(tmp_path, *row)
    assert (found.verdict, codes(found)) == (Verdict.DOUBTFUL, ["LIKE_ROW"])
    (reason,) = found.reasons
    assert (reason.value, reason.elsewhere) == ("Danh sách!2", True)
    assert reason.likeness is not None
    assert shared <= set(reason.likeness.why)


def test_a_name_and_a_year_in_another_branch_are_a_note(tmp_path: Path) -> None:
    found = second(tmp_path, "Nguyễn Thị Hòa", "1988", "", "0987654321", "Ấp Đông", "")
    assert (found.verdict, codes(found)) == (Verdict.NEW, ["NAMESAKE"])
    (reason,) = found.reasons
    assert reason.likeness is not None
    assert (reason.value, reason.likeness.why, reason.elsewhere) == (
        "Danh sách!2",
        (Why.SAME_NAME, Why.SAME_BIRTH_YEAR),
        True,
    )


@pytest.mark.parametrize(
    "row",
    [
        ("Nguyễn Thị Hòa", "1989", "", "", "Ấp Đông", ""),
        ("Nguyễn Thị Hoan", "05/06/1988", "", "", "Ấp Đông", ""),
        ("Lê Thị Lan", "05/06/1988", "", "0912345678", "Ấp Đông", ""),
    ],
)
def test_who_shares_less_is_another_woman(tmp_path: Path, row: tuple[str, ...]) -> None:
    assert codes(second(tmp_path, *row)) == []
