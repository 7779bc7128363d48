"""Lists made for a test: a workbook of rows, read back as a draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from sochihoi.intake.draft import Draft, MemberRow
from sochihoi.intake.interpret import read_members

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 11, 22)
TITLES = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Số CCCD",
    "Số điện thoại",
    "Chi hội",
    "Ngày vào Hội",
    "Đảng viên",
    "Diện hộ",
)


def write(path: Path, rows: Sequence[Sequence[Any]], sheet: str = "Danh sách") -> Path:
    """An .xlsx with one sheet."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def draft(folder: Path, *rows: Sequence[Any], titles: Sequence[str] = TITLES, known: Sequence[str] = ()) -> Draft:
    """The dry run of a list with these rows below one row of titles."""
    return read_members(write(folder / "list.xlsx", [titles, *rows]), TODAY, known)


def member(folder: Path, **cells: Any) -> MemberRow:
    """The only row of a list: a member without fault, but for what is given by field."""
    usual: dict[str, Any] = {
        "number": 1,
        "name": "Nguyễn Thị Hoa",
        "birth": date(1988, 1, 22),
        "national_id": "093188426538",
        "phone": "0353740752",
        "branch": "Ấp An Hòa",
        "joined": date(2018, 3, 8),
        "party": "x",
        "household_group": "",
    }
    (row,) = draft(folder, list((usual | cells).values())).rows
    return row


def codes(row: MemberRow) -> list[str]:
    """The codes of a row's reasons."""
    return [reason.code.value for reason in row.reasons]
