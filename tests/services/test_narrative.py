"""Sentences drafted from figures, and the officer's own words over them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sochihoi.domain.errors import NotFound
from sochihoi.domain.targets import Direction, Goal
from sochihoi.services import report_forms
from sochihoi.services.definition_tables import BadDefinition
from sochihoi.services.office import Office
from sochihoi.services.paper_numbers import grouped, listed, long_date, share, tenths
from sochihoi.services.reporting.narrative import SectionText
from sochihoi.services.target_words import goal_words
from tests.month_data import (
    OCTOBER,
    SEPTEMBER,
    add_households,
    add_proposal,
    add_study,
    autumn,
    close_september,
)
from tests.offices import make_office
from tests.people_data import add_members
from tests.report_data import sections, write


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "data", moment=datetime(2026, 11, 2, 2, 0, tzinfo=UTC))
    yield made
    made.close()


def section(office: Office, code: str) -> SectionText:
    return next(one for one in sections(office, OCTOBER) if one.section.code == code)


def test_a_section_says_what_the_figures_say(office: Office) -> None:
    autumn(office)
    text = section(office, "organisation").content
    assert "có 5 chi hội với 50 hội viên, không đổi so với tháng trước." in text
    assert "Có 4/5 chi hội sinh hoạt đúng kỳ, với 4 buổi sinh hoạt" in text
    assert "đạt 77,5\u00a0%, tăng 9,5 điểm phần trăm so với tháng trước, bình quân từ đầu năm đạt 72,2\u00a0%." in text
    assert "Chi hội chưa sinh hoạt trong tháng: Ấp Trà Cuôn." in text
    assert "Trong tháng không có biến động hội viên." in text
    assert "Tỷ lệ tập hợp" not in text  # nobody entered the women: the sentence is left out
    assert "Đến ngày 31/10/2026" in text


def test_best_and_lowest_branches_are_named(office: Office) -> None:
    autumn(office, idle=())
    text = section(office, "organisation").content
    assert "cao: Ấp Đại Ân (90,0\u00a0%)" in text
    assert "còn thấp: " in text


def test_members_who_came_and_left(office: Office) -> None:
    autumn(office)
    add_members(office, count=3, joined=date(2026, 10, 4))
    text = section(office, "organisation").content
    assert "53 hội viên, tăng 3 so với tháng trước." in text
    assert "Trong tháng kết nạp 3 hội viên mới, lũy kế từ đầu năm 3 hội viên." in text
    assert "ra khỏi Hội" not in text


def test_study_households_and_targets(office: Office) -> None:
    autumn(office)
    add_study(office, date(2026, 10, 5), 20)
    add_households(office, failed=3)
    assert "Nội dung chính: Nghị quyết Đại hội I." in section(office, "study").content
    home = section(office, "household")
    assert home.heading == "Cuộc vận động “Xây dựng gia đình 5 không, 3 sạch, 3 an”"
    assert "đạt chỉ tiêu (trên 85\u00a0%)" in home.content
    assert "Không nghèo (3 hộ)" in home.content
    assert "Hộ hội viên đạt tiêu chí cuộc vận động" in section(office, "strengths").content
    assert "chưa đạt" in section(office, "weaknesses").content
    tasks = section(office, "tasks").content
    assert "30 hội viên chưa học nghị quyết" in tasks
    assert "Nghị quyết Đại hội I (hạn 20/11/2026)" in tasks


def test_opinions_of_the_month_and_what_waits_for_an_answer(office: Office) -> None:
    branches = autumn(office)
    rows = office.meetings.of_period(date(2026, 10, 1), date(2026, 10, 31), branches["Ấp An Hòa"])
    add_proposal(office, rows[0].id, "Sửa đường đê.")
    add_proposal(office, rows[0].id, "Thu gom rác", answered=True)
    assert "2 ý kiến, kiến nghị" in section(office, "situation").content
    assert "1 ý kiến đã được trả lời" in section(office, "situation").content
    assert section(office, "proposals").content == "Hội viên kiến nghị, chưa được trả lời: Sửa đường đê."


def test_numerals_are_given_only_to_what_is_printed(office: Office) -> None:
    autumn(office)
    told = {one.section.code: one.numeral for one in sections(office, OCTOBER)}
    assert told["situation"] == ""
    assert told["results"] == "I"
    assert told["organisation"] == "1"
    assert told["study"] == ""
    assert told["assessment"] == "II"


def test_what_the_officer_wrote_survives_changes_and_is_marked(office: Office) -> None:
    branches = autumn(office)
    span = office.reports.span(OCTOBER.code)
    write(office, OCTOBER, "organisation", "Chị em dự đông.\n\nTổ chức ổn định.")
    own = section(office, "organisation")
    assert own.edited
    assert not own.stale
    assert own.paragraphs == ("Chị em dự đông.", "Tổ chức ổn định.")
    add_members(office, count=1)
    own = section(office, "organisation")
    assert own.content.startswith("Chị em dự đông.")
    assert own.stale
    assert "51 hội viên" in own.draft
    office.reports.keep("month", span, "organisation")
    assert not section(office, "organisation").stale
    office.reports.keep("month", span, "study")  # nothing was written there: nothing to confirm
    office.reports.restore("month", span, "organisation")
    assert "51 hội viên" in section(office, "organisation").content
    assert branches


def test_writing_the_draft_itself_is_no_text_of_her_own(office: Office) -> None:
    autumn(office)
    draft = section(office, "organisation").draft
    write(office, OCTOBER, "organisation", "khác")
    write(office, OCTOBER, "organisation", draft)
    assert not section(office, "organisation").edited
    with pytest.raises(NotFound):
        write(office, OCTOBER, "nonsense", "x")


def test_the_draft_of_a_closed_month_rests_on_what_was_frozen(office: Office) -> None:
    autumn(office)
    close_september(office)
    before = [one.draft for one in sections(office, SEPTEMBER)]
    rows = office.meetings.of_period(date(2026, 9, 1), date(2026, 9, 30))
    add_proposal(office, rows[0].id, "Thêm về sau")
    add_members(office, count=3)
    assert [one.draft for one in sections(office, SEPTEMBER)] == before


def test_numbers_and_dates_of_the_paper() -> None:
    from fractions import Fraction

    assert grouped(-3412) == "−3.412"
    assert tenths(Fraction(-15, 10)) == "−1,5"
    assert tenths(Fraction(-1, 100)) == "0,0"
    assert share(Fraction(821, 1000)) == "82,1\u00a0%"
    assert long_date(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert long_date(date(2026, 10, 24)) == "ngày 24 tháng 10 năm 2026"
    assert listed(["A", "B", "C"], 2, "và {count} nữa") == "A, B và 1 nữa"
    assert goal_words(Goal.percent(Direction.OVER, 85)) == "trên 85\u00a0%"
    assert goal_words(Goal.percent(Direction.AT_LEAST, 95)) == "từ 95\u00a0% trở lên"
    assert goal_words(Goal.percent(Direction.AT_LEAST, 100)) == "100\u00a0%"
    assert goal_words(Goal.percent(Direction.UNDER, Fraction(17, 2))) == "dưới 8,5\u00a0%"
    assert goal_words(Goal.count(Direction.EXACTLY, 2)) == "2"


FORM = """
code = "month"
version = "1"
valid_from = 2026-01-01
source = "thử"
name = { vi = "x", en = "x" }
order = 1
spans = "month"
file_name = "x"
title = "BÁO CÁO"
subject = "x"
"""


def test_a_form_is_read_strictly(tmp_path: Path, office: Office) -> None:
    codes = set(office.figures.definitions(OCTOBER).by_code)
    form = report_forms.load()
    assert {code for one in form.sections for s in one.sentences for code in s.figures} <= codes
    assert {column.code for table in form.tables for column in table.columns} <= codes
    assert {jump.code for jump in form.jumps} <= codes
    with pytest.raises(NotFound):
        report_forms.load("nonsense")
    good = '[[sections]]\ncode = "a"\nheading = "A"\nlevel = 1\n'
    wrong = ("level = 3", "[[sections.sentences]]\ntext = '{org.members|nonsense}'", "extra = 1")
    (tmp_path / "month.toml").write_text(FORM + good, encoding="utf-8")
    assert report_forms.load(folder=tmp_path).sections[0].heading == "A"
    for text in (good.replace("level = 1", wrong[0]), good + wrong[1], good + wrong[2], good + good):
        (tmp_path / "month.toml").write_text(FORM + text, encoding="utf-8")
        with pytest.raises(BadDefinition):
            report_forms.load(folder=tmp_path)
