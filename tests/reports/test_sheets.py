"""Working sheets: everybody is on them, numbered, under a header on every page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from sochihoi.reports import minutes, scoring_sheets, sheets, slip
from tests.reports import sheet_samples as samples
from tests.reports.conftest import Line, Tool, find

Read = Callable[[bytes], list[Line]]


def test_a_sheet_of_150_people(lines: Read, tool: Tool) -> None:
    pdf = sheets.attendance_pdf(samples.attendance(150))
    found = lines(pdf)
    numbers = [line for line in found if line.text.split()[0].isdigit() and line.left < 36]
    assert [int(line.text.split()[0]) for line in numbers] == list(range(1, 151))
    year = find(found, "1955")
    larger = (numbers[0].bottom - numbers[0].top) / (year.bottom - year.top)
    assert larger == pytest.approx(14 / 12, abs=0.02)  # the numbers are read from the paper
    pages = max(line.page for line in found)
    for page in range(1, pages + 1):
        on_page = [line.text for line in found if line.page == page]
        assert any("Họ và tên" in text for text in on_page)
        assert any("Ký tên" in text for text in on_page)
        assert any("Mã buổi: 7F3K-21" in text for text in on_page)
    feet = re.findall(r"Trang (\d+)/(\d+)", tool(pdf, "pdftotext", "-layout", "{}", "-"))
    assert feet == [(str(page), str(pages)) for page in range(1, pages + 1)]
    gap = numbers[1].top - numbers[0].top
    assert gap == pytest.approx(9, abs=0.2)  # room for a signature


def test_guests_have_no_roster_number(tool: Tool) -> None:
    text = tool(sheets.attendance_pdf(samples.attendance(3)), "pdftotext", "-layout", "{}", "-")
    assert re.findall(r"\bK\d\b", text) == ["K1", "K2", "K3", "K4", "K5"]
    assert "Khách mời (không tính vào tỷ lệ dự sinh hoạt)" in text
    assert "Nhà văn hóa ấp An Hòa" in text
    assert "24/10/2026" in text


def test_the_filled_list_says_who_was_there(tool: Tool) -> None:
    text = tool(sheets.attendance_pdf(samples.attendance(45, filled=True)), "pdftotext", "-layout", "{}", "-")
    assert text.count("Có phép") == 9
    assert "27/45" in text
    assert "K1" not in text
    assert "Ký tên" not in text


def test_a_batch_counts_the_pages_of_each_sheet(tool: Tool) -> None:
    two = [samples.attendance(60), replace(samples.attendance(10), code="9QQ2-04", branch="Ấp Phú Mỹ")]
    pages = tool(sheets.attendance_batch_pdf(two), "pdftotext", "-layout", "{}", "-").split("\f")[:-1]
    feet = [re.findall(r"Mã buổi: (\S+)\s+Trang (\d+)/(\d+)", page) for page in pages]
    first = len(pages) - 1
    assert feet == [
        *([("7F3K-21", str(at), str(first))] for at in range(1, first + 1)),
        [("9QQ2-04", "1", "1")],
    ]
    with pytest.raises(ValueError, match="no sheet"):
        sheets.attendance_batch_pdf([])


def test_a_list_says_its_filter_and_count(lines: Read, tool: Tool) -> None:
    pdf = sheets.list_pdf(samples.members(120))
    assert "841.89 x 595.276" in tool(pdf, "pdfinfo", "{}")
    text = tool(pdf, "pdftotext", "-layout", "{}", "-")
    assert "Chi hội Ấp An Hòa, đang sinh hoạt. Tổng số: 120 hội viên." in text
    assert text.count("Họ và tên") == max(line.page for line in lines(pdf))
    assert text.count("0912 345 678") == 120


def test_an_empty_list_is_only_its_header(tool: Tool) -> None:
    text = tool(sheets.list_pdf(replace(samples.members(0), filter_text="")), "pdftotext", "-layout", "{}", "-")
    assert "Tổng số: 0 hội viên." in text
    assert "Họ và tên" in text


def test_households_under_the_bands_of_the_criteria(tool: Tool, lines: Read) -> None:
    pdf = scoring_sheets.household_pdf(samples.households(30))
    text = tool(pdf, "pdftotext", "-layout", "{}", "-")
    for wanted in ("5 không", "3 sạch", "3 an", "Nguyễn Thị Hạnh", "1 = đạt · 0 = chưa đạt", "Đạt tất"):
        assert wanted in text
    numbers = [int(line.text) for line in lines(pdf) if line.text.isdigit() and line.left < 34]
    assert numbers == list(range(1, 34))
    assert "suy dinh" in " ".join(line.text for line in lines(pdf))


def test_the_older_set_has_eight_criteria(tool: Tool) -> None:
    sheet = replace(samples.households(5), criteria=samples.CRITERIA[:8])
    assert "3 an" not in tool(scoring_sheets.household_pdf(sheet), "pdftotext", "-layout", "{}", "-").replace(
        "5 không, 3 sạch, 3 an, năm", ""
    )


def test_branch_scoring_sheet(tool: Tool) -> None:
    text = tool(scoring_sheets.branch_pdf(samples.branch()), "pdftotext", "-layout", "{}", "-")
    for wanted in ("Tổng điểm", "58,5", "97/110 hộ", "Điều kiện không xét", "Có quý không sinh hoạt", "mẫu gợi ý"):
        assert wanted in text
    without = scoring_sheets.branch_pdf(replace(samples.branch(), blocking=()))
    assert "Điều kiện" not in tool(without, "pdftotext", "-layout", "{}", "-")


def test_minutes_say_all_that_was_said(tool: Tool, lines: Read) -> None:
    pdf = minutes.minutes_pdf(samples.minutes())
    text = " ".join(tool(pdf, "pdftotext", "{}", "-").split())
    for wanted in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "BIÊN BẢN Sinh hoạt chi hội tháng 10 năm 2026",
        "Có mặt 38/45 hội viên; vắng có phép 5, vắng không phép 2.",
        "1. Kiểm điểm công việc tháng 9",
        "theo dõi: chị Hạnh, trước 10/11",
        "Góp 20.000 đồng mỗi người",
        "VII. KẾT LUẬN",
        "Nội dung kỳ sau: chuẩn bị tổng kết năm.",
        "480.000 đồng",
        "kết thúc lúc 15 giờ 30",
    ):
        assert wanted in text, wanted
    found = lines(pdf)
    secretary, chair = find(found, "THƯ KÝ"), find(found, "CHỦ TỌA")
    assert secretary.middle < 112 < chair.middle
    assert secretary.top == pytest.approx(chair.top, abs=0.5)
    assert find(found, "Lê Thị Mỹ Đào").middle == pytest.approx(secretary.middle, abs=1)


def test_minutes_leave_out_what_was_not_said(tool: Tool) -> None:
    short = replace(
        samples.minutes(), guests="", agenda=(), review="", proposals=(), votes=(), next_topic="", fee="", ended=""
    )
    text = tool(minutes.minutes_pdf(short), "pdftotext", "{}", "-")
    for absent in ("CHƯƠNG TRÌNH", "KIỂM ĐIỂM", "KIẾN NGHỊ", "BIỂU QUYẾT", "Khách mời", "Hội phí"):
        assert absent not in text
    assert "II. NỘI DUNG" in text
    assert "III. KẾT LUẬN" in text


def test_file_slip_shows_what_is_compared(tool: Tool) -> None:
    text = tool(slip.file_slip_pdf(samples.file_slip()), "pdftotext", "-layout", "{}", "-")
    assert re.search(r"9F86\s+D081\s+884C", text)
    assert re.search(r"04821\s+09377\s+55120", text)
    for wanted in ("PHIẾU GỬI TỆP", "HPN_31135_2026-10_0007.hpn", "3.412", "NGƯỜI NHẬN TỆP"):
        assert wanted in text


def test_key_slip_has_twelve_groups_of_five(tool: Tool) -> None:
    text = tool(slip.key_slip_pdf(samples.key_slip()), "pdftotext", "-layout", "{}", "-")
    groups = re.findall(r"(?<!\w)\d{5}(?!\w)", text)
    assert "".join(group for group in groups if group != "31135") == samples.DIGITS


def test_recovery_sheet_holds_the_code(tool: Tool) -> None:
    text = tool(slip.recovery_sheet_pdf(samples.recovery()), "pdftotext", "-layout", "{}", "-")
    assert " ".join(text.split()).find("DOFS 2HO4 QK7M X3TN ALB5 RWEE 6JZC VUYP") >= 0
    assert "phong bì dán kín" in text


MAKERS: dict[str, Callable[[], bytes]] = {
    "attendance": lambda: sheets.attendance_pdf(samples.attendance()),
    "list": lambda: sheets.list_pdf(samples.members()),
    "households": lambda: scoring_sheets.household_pdf(samples.households()),
    "branch": lambda: scoring_sheets.branch_pdf(samples.branch()),
    "minutes": lambda: minutes.minutes_pdf(samples.minutes()),
    "file slip": lambda: slip.file_slip_pdf(samples.file_slip()),
    "key slip": lambda: slip.key_slip_pdf(samples.key_slip()),
    "recovery": lambda: slip.recovery_sheet_pdf(samples.recovery()),
}


@pytest.mark.parametrize("name", MAKERS)
def test_every_paper_is_sound(name: str, tool: Tool) -> None:
    pdf = MAKERS[name]()
    assert pdf == MAKERS[name]()
    tool(pdf, "qpdf", "--check", "{}")
    rows = tool(pdf, "pdffonts", "{}").splitlines()[2:]
    assert rows
    assert all("LiberationSerif" in row and row.split()[-5] == "yes" for row in rows)


@pytest.mark.parametrize("people", range(40, 50))
def test_signatures_never_stand_alone_on_a_sheet(people: int, lines: Read) -> None:
    found = lines(sheets.attendance_pdf(samples.attendance(people)))
    last = max(line.page for line in found)
    assert any(line.page == last and re.fullmatch(r"K?\d+", line.text) for line in found)


def test_papers_in_english(tool: Tool) -> None:
    for pdf, wanted in (
        (sheets.attendance_pdf(samples.attendance(language="en")), "ATTENDANCE SHEET"),
        (minutes.minutes_pdf(samples.minutes(language="en")), "MINUTES"),
        (slip.file_slip_pdf(samples.file_slip("en")), "FILE SLIP"),
        (slip.key_slip_pdf(samples.key_slip("en")), "KEY ENROLMENT SLIP"),
        (slip.recovery_sheet_pdf(samples.recovery("en")), "RECOVERY SHEET"),
    ):
        assert wanted in tool(pdf, "pdftotext", "{}", "-")


def test_a_long_list_keeps_everyone_and_one_grid(lines: Read) -> None:
    found = lines(sheets.list_pdf(samples.members(700)))
    names = [line for line in found if line.text.split()[0].isdigit() and line.left < 36]
    assert [int(line.text.split()[0]) for line in names] == list(range(1, 701))
    assert {round(line.left, 1) for line in found if line.text == "Địa chỉ"} == {round(find(found, "Địa chỉ").left, 1)}
    for page in range(1, max(line.page for line in found)):
        assert max(line.bottom for line in found if line.page == page and line.text.split()[0].isdigit()) < 210 - 14
