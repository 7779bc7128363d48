"""What is printed of meetings: read back from the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from sochihoi.domain.meeting_records import RosterNotFrozen
from sochihoi.domain.minutes import Minutes, Vote
from sochihoi.domain.proposals import Proposal
from sochihoi.services.meetings_papers import attendance_sheet, attendance_sheets, minutes_paper
from sochihoi.services.office import Office
from tests.meetings_data import HELD, add_branch, closed_one, frozen_one, plan_one
from tests.offices import make_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    yield made
    made.close()


def _text(pdf: bytes) -> tuple[str, int]:
    """All words on one line, and the number of pages."""
    document = pypdfium2.PdfDocument(pdf)
    words = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    pages = len(document)
    document.close()
    return words, pages


def test_the_blank_sheet_has_numbers_names_and_the_code(office: Office) -> None:
    meeting = frozen_one(office, add_branch(office), starts_at="14h", place="Nhà văn hóa ấp An Hòa", topic="Vay vốn")
    words, pages = _text(attendance_sheet(office, meeting.id))
    rows = office.meetings.sheet(meeting.id).rows
    assert pages == 3
    assert all(row.full_name in words for row in rows)
    for part in ("HỘI LHPN XÃ HÒA PHÚ", "Ấp An Hòa", "14 giờ 00, ngày 24 tháng 10 năm 2026", meeting.code, "Ký tên"):
        assert part in words
    assert attendance_sheet(office, meeting.id) == attendance_sheet(office, meeting.id), "the same bytes each time"


def test_sheets_of_several_meetings_come_in_one_file(office: Office) -> None:
    made = [frozen_one(office, add_branch(office, f"Ấp {name}", 8)) for name in ("Một", "Hai", "Ba")]
    words, pages = _text(attendance_sheets(office, [one.id for one in made]))
    assert pages == 3
    assert all(one.code in words for one in made)


def test_a_finished_attendance_is_printed_filled(office: Office) -> None:
    meeting = closed_one(office, add_branch(office, members=8), typed="1-5, ?6")
    words, _pages = _text(attendance_sheet(office, meeting.id))
    assert "Có mặt 5/8 hội viên; vắng có phép 1, vắng không phép 2. Khách mời 0 người." in words


def test_a_planned_meeting_has_no_sheet(office: Office) -> None:
    meeting = plan_one(office, add_branch(office, members=3))
    with pytest.raises(RosterNotFrozen):
        attendance_sheet(office, meeting.id)


def test_minutes_have_both_signers_and_everything_said(office: Office) -> None:
    meeting = closed_one(office, add_branch(office, members=8), typed="1-5, ?6", topic="Phòng, chống bạo lực gia đình")
    book = office.meetings.minutes
    words, _pages = _text(minutes_paper(office, meeting.id))
    assert "DỰ THẢO" in words
    form = book.form(meeting.id)
    said = replace(
        form.minutes,
        review="Đã trồng hoa đường làng.",
        discussion="Các chị trao đổi cách hòa giải.",
        conclusion="Thống nhất lập tổ hòa giải.",
        next_topic="Tiêm chủng.",
        votes=(Vote("Mua trống", 5, 1, 0),),
        fee_collected=120000,
    )
    book.save(
        meeting.id,
        replace(form, chair="Lâm Thị Cúc", secretary="Đỗ Thị Mai", ends_at="15h30", guests=2, minutes=said),
    )
    for one in (
        Proposal("", "", "Xin thêm đèn đường.", said_by="Chị Huệ", follower="Chị Lan", due_on=date(2026, 11, 1)),
        Proposal("", "", "Xin dời giờ họp.", answer="Đã dời.", answered_on=HELD),
        Proposal("", "", "Xin ghế.", due_on=HELD),
        Proposal("", "", "Khen."),
    ):
        office.meetings.proposals.add(meeting.id, one)
    book.finish(meeting.id)
    words, _pages = _text(minutes_paper(office, meeting.id))
    assert "DỰ THẢO" not in words
    for part in (
        "CHI HỘI ẤP AN HÒA",
        "Xã Hòa Phú, ngày 24 tháng 10 năm 2026",
        "Có mặt 5/8 hội viên; vắng có phép 1, vắng không phép 2.",
        "1. Tuyên bố lý do, giới thiệu khách mời",
        "Phòng, chống bạo lực gia đình",
        "Xin thêm đèn đường (người nêu: Chị Huệ); theo dõi: Chị Lan, hạn 01/11/2026",
        "đã trả lời ngày 24/10/2026: Đã dời",
        "Mua trống",
        "120.000 đồng",
        "15 giờ 30",
        "THƯ KÝ",
        "CHỦ TỌA",
        "Lâm Thị Cúc",
        "Đỗ Thị Mai",
    ):
        assert part in words, part


def test_minutes_of_which_nothing_was_written_are_printed_too(office: Office) -> None:
    meeting = frozen_one(office, add_branch(office, members=3))
    office.meetings.minutes.save(meeting.id, replace(office.meetings.minutes.form(meeting.id), minutes=Minutes()))
    assert "BIÊN BẢN" in _text(minutes_paper(office, meeting.id))[0]


def test_the_demonstration_prints_its_mark(tmp_path: Path) -> None:
    office = make_office(tmp_path / "demo", demo=True)
    meeting = frozen_one(office, add_branch(office, members=3))
    assert "XÃ MẪU" in _text(attendance_sheet(office, meeting.id))[0]
    office.close()
