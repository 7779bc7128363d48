"""What a report over a longer time says otherwise than one over a month, and of whom."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sochihoi.domain.periods import Period
from sochihoi.services.office import Office
from sochihoi.services.report_facts import gather
from sochihoi.services.reporting.report import Report, ReportTable
from tests.offices import make_office
from tests.people_data import add_members
from tests.report_data import report


def words(found: Report, *codes: str) -> str:
    """The sections of these codes, or all, on one line each."""
    return "\n".join(one.content for one in found.sections if not codes or one.section.code in codes)


def table(found: Report, code: str) -> ReportTable:
    return next(one for one in found.tables if one.code == code)


def test_a_month_counts_branches_and_a_longer_time_their_turns(commune: Office) -> None:
    month = words(report(commune, "2026-10"))
    assert "Có 4/5 chi hội sinh hoạt đúng kỳ" in month
    assert "Chi hội chưa sinh hoạt trong tháng: Ấp Trà Cuôn." in month
    assert "Còn 1 chi hội chưa sinh hoạt trong tháng." in month
    year = words(report(commune, "2026", "year"))
    assert "Có 22/50 lượt chi hội sinh hoạt đúng kỳ, đạt 44,0\u00a0%, với 22 buổi sinh hoạt" in year  # to October
    assert "Còn 28 lượt chi hội chưa sinh hoạt đúng kỳ trong năm." in year
    assert "Chi hội còn thiếu kỳ sinh hoạt: Ấp Bưng Cốc (6 kỳ)" in year
    assert "chi hội chưa sinh hoạt trong năm" not in year
    quarter = words(report(commune, "2026-Q1", "quarter"))
    assert "Chi hội chưa sinh hoạt lần nào trong quý: Ấp Bưng Cốc, Ấp Phú Hòa." in quarter


def test_coverage_of_study_is_that_of_the_last_day_not_of_today(commune: Office) -> None:
    def reached(span: str, code: str, name: int, count: int) -> dict[str, str]:
        lines = table(report(commune, span, "study"), code).lines
        return {line.cells[name]: line.cells[count] for line in lines}

    resolution, theme = "Nghị quyết Đại hội đại biểu phụ nữ", "Chuyên đề học tập và làm theo Bác"
    assert reached("2026-09", "studies", 1, 4) == {resolution: "0", theme: "29"}
    assert reached("2026-10", "studies", 1, 4) == {resolution: "37", theme: "29"}
    september = words(report(commune, "2026-09", "study"))
    assert f"{resolution} (còn 50 hội viên)" in september
    assert f"{resolution} (còn 13 hội viên)" in words(report(commune, "2026-10", "study"))


@pytest.mark.parametrize(("form", "span"), [("quarter", "2026-Q4"), ("half", "2026-H2"), ("year", "2026")])
def test_members_are_those_at_the_end_of_the_time(commune: Office, form: str, span: str) -> None:
    labels = [line.cells[0] for line in table(report(commune, span, form), "figures").lines]
    assert "Hội viên cuối kỳ" in labels
    assert "Hội viên cuối tháng" not in labels


def test_so_far_is_not_said_twice_where_the_time_begins_the_year(commune: Office) -> None:
    month = report(commune, "2026-10")
    assert "lũy kế từ đầu năm" in words(month)
    assert table(month, "figures").columns[-1].title == "Từ đầu năm"
    for span, form in (("2026-01", "month"), ("2026-Q1", "quarter"), ("2026-H1", "half"), ("2026", "year")):
        found = report(commune, span, form)
        assert "từ đầu năm" not in words(found, "organisation", "study", "household", "economy", "welfare"), span
        assert "Từ đầu năm" not in [column.title for column in table(found, "figures").columns]


def test_a_term_counts_from_its_own_half_year_and_adds_no_persons(commune: Office) -> None:
    term = report(commune, "2025-2030", "term")
    figures = table(term, "figures")
    assert [column.title for column in figures.columns[1:]] == ["6 tháng cuối năm 2025", "2026", "Nhiệm kỳ"]
    by_name = {line.cells[0]: line.cells for line in figures.lines}
    assert by_name["Hội viên cuối kỳ"][1:] == ("50", "52", "52")
    assert by_name["Hội viên mới"][1:] == ("0", "2", "2")
    said = words(term)
    assert "Trong năm 2026 có 38 hội viên đã học tập nghị quyết" in said
    assert "so với năm 2025" not in said
    assert table(term, "branches").title == "Số liệu theo chi hội năm 2026"


def test_branches_that_stand_out_are_above_the_mean_and_those_that_lag_below_it_and_the_target(commune: Office) -> None:
    said = words(report(commune, "2026-10"))
    assert "Chi hội có tỷ lệ dự sinh hoạt cao: Ấp Đại Ân (90,0\u00a0%), Ấp Bưng Cốc (80,0\u00a0%)." in said
    assert "Chi hội có tỷ lệ dự sinh hoạt còn thấp: Ấp An Hòa (70,0\u00a0%), Ấp Phú Hòa (70,0\u00a0%)." in said
    # 86,5 % of all, and the goal is over 85 %: only who is below both is named
    assert "Chi hội có tỷ lệ hộ đạt còn thấp: Ấp Phú Hòa (80,0\u00a0%), Ấp An Hòa (83,3\u00a0%)." in said


def test_themes_of_uncle_ho_are_no_resolutions(commune: Office) -> None:
    directive = report(commune, "2026", "directive-05")
    assert "tổ chức 1 buổi học tập Chỉ thị và chuyên đề." in words(directive)
    assert "Nội dung học tập: Chuyên đề học tập và làm theo Bác." in words(directive)
    assert [line.cells[1] for line in table(directive, "studies").lines] == ["Chuyên đề học tập và làm theo Bác"]
    study = words(report(commune, "2026-10", "study"), "resolutions")
    assert "Văn bản đã học: Nghị quyết Đại hội đại biểu phụ nữ." in study
    assert "(hội viên đạt 74,0\u00a0%, chỉ tiêu từ 95\u00a0% trở lên)" in study


def test_groups_channels_and_criteria_have_their_tables(commune: Office) -> None:
    study = report(commune, "2026-10", "study")
    groups = table(study, "groups").lines
    assert groups[0].band
    assert groups[1].cells == ("Hội viên", "37", "50", "74,0\u00a0%", "từ 95\u00a0% trở lên", "Chưa đạt")
    assert table(study, "channels").lines[0].cells == ("Tập huấn", "1", "44", "1", "44")
    criteria = table(report(commune, "2026", "campaign"), "criteria").lines
    assert len(criteria) == 11
    assert criteria[0].cells == ("1", "Không nghèo", "7", "13,5\u00a0%")


def test_the_campaign_has_the_name_of_the_year(commune: Office) -> None:
    assert "“Xây dựng gia đình 5 không, 3 sạch, 3 an” năm 2026" in report(commune, "2026", "campaign").subject_line
    assert "5 không, 3 sạch” năm 2025" in report(commune, "2025", "campaign").subject_line


def test_titles_are_counted_of_the_model_branches(commune: Office) -> None:
    said = words(report(commune, "2026", "model-branch"))
    assert "có 1 chi hội mẫu trên tổng số 5 chi hội, tăng 1 so với năm 2025." in said
    assert "Trong số chi hội mẫu hiện có, 0/1 chi hội đạt danh hiệu tiêu biểu xuất sắc" in said
    assert "được công nhận chi hội phụ nữ mẫu trong năm: Ấp An Hòa." in said


def test_the_report_of_a_branch_says_what_is_its_own(commune: Office) -> None:
    span = commune.reports.span("2026-10")
    branches = [one.id for one in commune.reports.branches(span)]
    said = words(report(commune, "2026-10", "branch-month", branches[0]))
    assert "chi hội ghi nhận 2 ý kiến" in said
    assert "Hội viên quan tâm: Sửa đoạn đường đê bị sạt lở; Thu gom rác đúng ngày." in said
    assert "Vận động 4 hội viên chưa học nghị quyết" in said
    other = words(report(commune, "2026-10", "branch-month", branches[1]))
    assert "ý kiến" not in other
    assert "đê" not in other
    idle = words(report(commune, "2026-10", "branch-month", branches[-1]))
    assert "Trong tháng chi hội chưa tổ chức sinh hoạt." in idle


def test_a_branch_tells_no_criterion_that_would_tell_on_a_family(commune: Office) -> None:
    criteria = commune.definitions.criteria_set_for(2026)
    hidden = {one.label.vi for one in criteria.criteria if one.sensitive}
    assert hidden
    sheet = commune.figures.of(Period.month(2026, 10))
    branch = sheet.branches[0].id
    failed = [one for one in sheet.definitions.indicators if one.source == "failed"]
    cells = dict(sheet.cells)
    for one in failed[1:4]:  # the first was failed by two households
        for of in (None, branch):
            row = cells[one.code, of]
            cells[one.code, of] = replace(row, now=replace(row.now, value=9))
    asked = frozenset({"failed_criteria"})
    with commune.read() as work:
        whole, own = (gather(commune, work, replace(sheet, cells=cells), asked, of) for of in (None, branch))
    assert any(name in whole["failed_criteria"] for name in hidden)
    assert "Không nghèo" in own["failed_criteria"]
    assert not any(name in own["failed_criteria"] for name in hidden)


def test_what_is_known_is_said_without_what_is_not(tmp_path: Path) -> None:
    office = make_office(tmp_path / "data")
    add_members(office, count=3)
    october = Period.month(2026, 10)
    for code in ("welfare.gifts", "works.done", "economy.loans_vbsp_households"):
        office.figures.enter(code, october, None, 7)
    said = words(report(office, "2026-10"))
    assert "Trao 7 suất quà, lũy kế từ đầu năm 7 suất." in said
    assert "Hội hoàn thành 7 công trình, phần việc." in said
    assert "Có 7 hộ vay vốn ủy thác qua Ngân hàng Chính sách xã hội." in said
    assert "đồng" not in said
    office.close()


def test_what_begins_anew_in_january_is_not_compared_with_december(commune: Office) -> None:
    assert "Đã chấm 52 hộ hội viên, tăng 52 so với tháng trước;" in words(report(commune, "2026-10"))
    assert "Đã chấm 52 hộ hội viên, tăng 52 so với năm 2025;" in words(report(commune, "2026", "year"))
    for span, form in (("2026-H1", "half"), ("2026-Q1", "quarter"), ("2026-01", "month")):
        assert "so với" not in words(report(commune, span, form), "household", "study")


def test_columns_say_their_year_where_it_is_another_one(commune: Office) -> None:
    def titles(span: str, form: str) -> list[str]:
        return [column.title for column in table(report(commune, span, form), "figures").columns[1:3]]

    assert titles("2026-10", "month") == ["Tháng 10", "Tháng 9"]
    assert titles("2026-01", "month") == ["Tháng 1/2026", "Tháng 12/2025"]
    assert titles("2026-Q1", "quarter") == ["Quý I/2026", "Quý IV/2025"]
    assert titles("2026-H1", "half") == ["6 tháng đầu năm 2026", "6 tháng cuối năm 2025"]
    assert titles("2026", "year") == ["Năm 2026", "Năm 2025"]
