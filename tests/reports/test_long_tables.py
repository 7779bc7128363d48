"""Lists that go over many pages, read back from the PDF."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from sochihoi.reports import preview
from sochihoi.reports.document import Align, Column, Row, RowKind
from sochihoi.reports.sheets import ListSheet, list_pdf
from tests.reports.conftest import Line, Tool

Read = Callable[[bytes], list[Line]]
COLUMNS = (Column("STT", 1, Align.CENTRE), Column("Họ và tên", 5), Column("Ghi chú", 3))


def listed(rows: tuple[Row, ...]) -> bytes:
    return list_pdf(
        ListSheet(("HỘI LHPN XÃ HÒA PHÚ",), "DANH SÁCH", "Tất cả", "nhiều", COLUMNS, rows, date(2026, 10, 1))
    )


def people(count: int) -> tuple[Row, ...]:
    return tuple(
        Row((str(at), f"Nguyễn Thị {at}", "x" if at % 3 else "một ghi chú dài " * 6)) for at in range(1, count + 1)
    )


@pytest.mark.parametrize("count", [0, 1, 20, 21, 22, 23, 150])
def test_every_row_once_under_its_header(count: int, lines: Read) -> None:
    found = lines(listed(people(count)))
    numbers = [int(line.text) for line in found if line.text.isdigit() and line.left < 45]
    assert sorted(numbers) == list(range(1, count + 1))
    pages = {line.page for line in found}
    assert {line.page for line in found if line.text.startswith("STT")} == pages
    assert max(line.bottom for line in found if "Trang" not in line.text and line.bottom < 196) <= 210 - 15


@pytest.mark.parametrize("before", range(14, 30))
def test_no_name_of_a_group_ends_a_page_and_no_sum_begins_one(before: int, lines: Read) -> None:
    rows = (*people(before), Row(("NHÓM HAI",), RowKind.GROUP), *people(before), Row(("", "CỘNG", ""), RowKind.TOTAL))
    found = [line for line in lines(listed(rows)) if line.top < 190]
    for text, side in (("NHÓM HAI", "below"), ("CỘNG", "above")):
        line = next(one for one in found if one.text == text)
        same = [one for one in found if one.page == line.page and one.text.startswith("Nguyễn")]
        near = [one for one in same if (one.top > line.top) == (side == "below")]
        assert near, (text, before)


def test_a_row_higher_than_what_is_left_goes_to_the_next_page(lines: Read) -> None:
    tall = Row(("99", "Người cuối", "dòng\n" * 12))
    found = lines(listed((*people(16), tall)))
    texts = [line for line in found if line.text.startswith("dòng")]
    assert len({line.page for line in texts}) == 1
    assert len(texts) == 12


def test_sound_and_the_same_bytes(tool: Tool) -> None:
    made = listed(people(200))
    assert listed(people(200)) == made
    assert "No syntax or stream encoding errors" in tool(made, "qpdf", "--check", "{}")
    assert len(preview.page_sizes(made)) > 8
