"""Ids, phones and dates that Excel turned into something else."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from sochihoi.domain.errors import FieldProblem
from sochihoi.intake.cells import cell_date
from sochihoi.intake.numbers import Ids, ids_in
from sochihoi.intake.workbook import Cell
from tests.intake.lists import TODAY, codes, draft, member


@pytest.mark.parametrize(
    ("new", "old", "ids"),
    [
        ("093188426538", "", Ids("093188426538")),
        (93188426538.0, "", Ids("093188426538", mended=True)),
        (1188426538, "", Ids("001188426538", mended=True)),
        ("9.3188426538E+10", "", Ids("093188426538", mended=True)),
        ("9,2E+10", "", Ids(rounded=True)),
        ("093188426538.0", "", Ids("093188426538")),
        (331884265, "", Ids("", "331884265")),
        (21884265, "", Ids("", "021884265", mended=True)),
        ("093188426538", 331884265, Ids("093188426538", "331884265")),
        ("", "093188426538", Ids("093188426538")),
        ("CMND cũ 331884265 / 093188426538", "", Ids("093188426538", "331884265")),
        ("093188426538\n331884265", "", Ids("093188426538", "331884265")),
        ("'093 188 426 538", "", Ids("093188426538")),
        ("không có", "chưa", Ids()),
        ("mất", "", Ids("mất")),
        ("", "", Ids()),
    ],
)
def test_the_ids_of_a_row(new: Cell, old: Cell, ids: Ids) -> None:
    assert ids_in(new, old) == ids


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (1965, "1965"),
        ("15/8/65", "1965-08-15"),
        ("15-08-1965", "1965-08-15"),
        ("15.8.1965", "1965-08-15"),
        (23969.0, "1965-08-15"),
        ("23969", "1965-08-15"),
        ("8/1965", "1965-08"),
        ("1965-08-15 00:00:00", "1965-08-15"),
        ("00/00/1965", "1965"),
        ("?/8/1965", "1965-08"),
        ("'1965", "1965"),
        ("SN 1965", "1965"),
        ("1965 (60 tuổi)", "1965"),
        ("15,8,1965", "1965-08-15"),
        (datetime(1905, 5, 18), "1965"),  # noqa: DTZ001 - as the reader gives it
        (date(1965, 8, 15), "1965-08-15"),
    ],
)
def test_dates_in_every_form(cell: Cell, read: str) -> None:
    assert str(cell_date(cell, TODAY, "birth")) == read


@pytest.mark.parametrize("cell", ["30/2/1965", "99999", 99999, "khoảng 1965"])
def test_what_is_no_date_stays_none(cell: Cell) -> None:
    with pytest.raises(FieldProblem):
        cell_date(cell, TODAY, "birth")


@pytest.mark.parametrize(
    ("cells", "noted"),
    [
        ({"national_id": "9,3E+10"}, ["ID_ROUNDED"]),
        ({"national_id": 331884265}, ["OLD_ID"]),
        ({"birth": date(1905, 6, 10), "national_id": ""}, ["DATE_WAS_A_NUMBER"]),
        ({"phone": "9,1E+8"}, ["PHONE_ODD"]),
        ({"phone": 353740752.0}, ["PHONE_ZERO_RESTORED"]),
    ],
)
def test_what_was_done_is_told(tmp_path: Path, cells: dict[str, Any], noted: list[str]) -> None:
    assert codes(member(tmp_path, **cells)) == noted


def test_numbers_that_were_lost_are_nobodys(tmp_path: Path) -> None:
    """Two rows that both show 9,3E+10 are not the same woman."""
    titles = ("Họ tên", "Năm sinh", "Số CCCD", "CMND", "Chi hội")
    first, second = draft(
        tmp_path,
        ["Lê Thị Lan", 1965, "9,3E+10", "", "Ấp Đông"],
        ["Lê Thị Liên", 1966, "9,3E+10", 331884265, "Ấp Đông"],
        titles=titles,
    ).rows
    assert (first.national_id, second.national_id, second.old_id) == ("", "", "331884265")
    assert codes(first) == codes(second) == ["ID_ROUNDED"]
