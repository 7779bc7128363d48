"""What is printed of study: read back from the PDF and the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from sochihoi import i18n
from sochihoi.domain.study import StudyCampaign, StudySession, TargetGroup
from sochihoi.domain.study_records import ListNotFrozen
from sochihoi.services.office import Office
from sochihoi.services.study_papers import attendance_sheet, session_code
from tests import study_data
from tests.offices import make_office
from tests.people_data import add_branch, add_members


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    add_members(made, "Ấp An Hòa", 12, cells=2)
    add_members(made, "Ấp Trà Cuôn", 8)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = i18n.language()
    i18n.set_language("en")
    yield
    i18n.set_language(before)


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    words = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()
    return words


def test_the_blank_sheet_has_numbers_names_and_the_code(office: Office) -> None:
    campaign = study_data.begin(office)
    session = study_data.hold(office, campaign, add_branch(office)[0])
    sheet = office.study.sheet(session)
    words = _text(attendance_sheet(office, session))
    assert all(member.full_name in words for member in sheet.roster)
    for part in ("PHIẾU ĐIỂM DANH", "Ấp An Hòa", "Nghị quyết Đại hội I", "báo cáo viên: Trần Thị Mẫu", "Ký tên"):
        assert part in words
    assert "ngày 12 tháng 10 năm 2026" in words
    assert session_code(sheet.session) in words
    assert "Khách mời" not in words, "guests of a study session are a head-count"
    assert "Hội viên trong danh sách có mặt: ………/12." in words
    assert "(ghi số người): công chức, người lao động ………; phụ nữ trên địa bàn ………; " in words
    assert "NGƯỜI PHỤ TRÁCH BUỔI HỌC" in words
    for part in ("THƯ KÝ", "CHỦ TỌA", "Vắng"):
        assert part not in words, "that belongs to a meeting"


def test_a_marked_sheet_is_printed_filled(office: Office) -> None:
    campaign = study_data.begin(office)
    session = study_data.hold(office, campaign, add_branch(office)[0])
    office.study.type_present(session, "1-5")
    words = _text(attendance_sheet(office, session))
    assert "Có mặt 5/12 hội viên trong danh sách." in words
    assert "DANH SÁCH HỘI VIÊN DỰ HỌC" in words
    assert "ngoài danh sách" not in words
    office.study.set_heads(session, TargetGroup.WOMEN, 1200)
    words = _text(attendance_sheet(office, session))
    assert "Người dự ngoài danh sách: phụ nữ trên địa bàn 1.200." in words
    for part in ("THƯ KÝ", "CHỦ TỌA", "Vắng"):
        assert part not in words


def test_the_sheet_of_the_whole_commune_names_the_branches(office: Office) -> None:
    campaign = study_data.begin(office)
    office.study.type_present(study_data.hold(office, campaign, add_branch(office)[0]), "1-5")
    words = _text(attendance_sheet(office, study_data.hold(office, campaign, held_on=date(2026, 10, 13))))
    assert "các chi hội trong xã" in words
    assert "Ấp Trà Cuôn" in words
    assert "đã học" in words, "who was reached elsewhere is said on the sheet"


def test_no_sheet_without_a_frozen_list(office: Office) -> None:
    campaign = office.study.begin(StudyCampaign("", "Chuyên đề"), (), freeze=False)
    session = office.study.plan_session(StudySession("", campaign, (), date(2026, 10, 12)))
    with pytest.raises(ListNotFrozen):
        attendance_sheet(office, session)


def test_the_hour_is_understood_and_printed(office: Office) -> None:
    campaign = study_data.begin(office)
    session = office.study.plan_session(StudySession("", campaign, (), date(2026, 10, 12), starts_at="14h30"))
    assert office.study.sheet(session).session.starts_at == "14:30"
    assert "14 giờ 30, ngày 12 tháng 10 năm 2026" in _text(attendance_sheet(office, session))
