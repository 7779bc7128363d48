"""Every form over every time that it is made for; a pack that replaces forms; forms are read strictly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sochihoi import paths
from sochihoi.domain.errors import NotFound
from sochihoi.domain.months import CheckLevel
from sochihoi.domain.periods import Period
from sochihoi.services.definition_tables import BadDefinition
from sochihoi.services.definitions import in_force
from sochihoi.services.office import Office
from sochihoi.services.report_forms import Scope, form_on, read_forms
from sochihoi.services.reporting.report import Report
from tests.offices import make_office
from tests.people_data import add_members

SPANS = ("2026-01", "2026-10", "2026-Q1", "2026-Q4", "2026-H1", "2026-H2", "2025", "2026", "2025-2030")
WRONG = ("None", "{", "}", "[", "]", "  ", " ,", " .", "..", ",,", "()", "Fraction", "!")


def texts(report: Report) -> Iterator[str]:
    """Everything that the paper says."""
    yield from (report.subject_line, report.opening, report.closing)
    for section in report.sections:
        yield from (section.heading, *section.content.split("\n"))
    for table in (*report.tables, *(plot.table for plot in report.plots)):
        yield from (table.title, table.told, *(column.title for column in table.columns))
        yield from (cell for line in table.lines for cell in line.cells)


@pytest.mark.parametrize("code", SPANS)
def test_every_form_over_every_time_is_whole(commune: Office, code: str) -> None:
    span = commune.reports.span(code)
    for form in commune.reports.forms(span):
        of_branch = form.scope is Scope.BRANCH
        units = [unit.id for unit in commune.reports.branches(span)] if of_branch else [None]
        for unit in dict.fromkeys((units[0], units[-1])):
            report = commune.reports.report(form.code, span, unit)
            assert report.subject_line
            assert of_branch or (report.opening and report.closing)
            for text in texts(report):
                assert not [sign for sign in WRONG if sign in text], (form.code, text)
            for said in (one for section in report.sections for one in section.sentences):
                assert said.text[0].isupper() or said.text[0].isdigit(), (form.code, said.text)
                assert said.text.endswith("."), (form.code, said.text)


def test_every_sentence_names_what_it_rests_on(commune: Office) -> None:
    known = set(commune.figures.definitions(Period.month(2026, 10)).by_code)
    lists = {"proposals", "studies", "targets", "scores", "meetings", "criteria"}
    for form in commune.definitions.forms:
        for sentence in (one for section in form.sections for one in section.sentences):
            assert set(sentence.figures) <= known, sentence.text
            assert set(sentence.lists) <= lists, sentence.text
            assert sentence.rests_on, sentence.text


def test_the_reports_that_the_plans_ask_for(commune: Office) -> None:
    """Sóc Trăng action programme and plans, 2021; Nam Định plan, 2022: what is sent over which time to whom."""
    asked = {
        "2026-10": {"month", "study", "branch-month", "branch-sheet"},
        "2026-Q4": {"quarter", "study", "campaign", "branch-sheet"},
        "2026-H2": {"half", "study", "campaign", "directive-05", "model-branch", "branch-sheet"},
        "2026": {"year", "study", "campaign", "directive-05", "model-branch", "branch-sheet"},
        "2025-2030": {"term"},
    }
    for code, forms in asked.items():
        assert {one.code for one in commune.reports.forms(commune.reports.span(code))} == forms
    to = {one.code: one.addressee for one in commune.definitions.forms if one.scope is Scope.COMMUNE}
    assert {code for code, section in to.items() if section == "Ban Tuyên giáo – CSLP"} == {"directive-05", "study"}
    assert set(to.values()) == {"Văn phòng", "Ban Tuyên giáo – CSLP"}


def test_the_report_of_a_branch_is_called_and_signed_as_the_template_says(commune: Office) -> None:
    span = commune.reports.span("2026-10")
    report = commune.reports.report("branch-month", span, commune.reports.branches(span)[0].id)
    assert report.file_name("docx") == "CTH_DLXH_Ap-An-Hoa_T10_2026_DuThao.docx"
    assert report.subject_lines[-1] == "Nhiệm vụ trọng tâm tháng 11"
    paper = commune.reports.document(report)
    assert paper.header.organ_lines == ("CHI HỘI ẤP AN HÒA",)
    assert (paper.signature.title, paper.signature.on_behalf) == ("CHI HỘI TRƯỞNG", "")
    assert paper.signature.name
    with pytest.raises(NotFound):
        form_on(commune.definitions.forms, "branch-month", date(2025, 12, 31))  # the template is of 2026


OWN = """
code = "quarter"
extends = "month"
version = "xa-1"
valid_from = 2026-07-01
source = "Hội LHPN tỉnh Mẫu, công văn tháng 6/2026"
name = { vi = "Báo cáo quý của tỉnh", en = "The province's quarter" }
order = 2
spans = "quarter"
closing = "Kính trình Hội cấp trên"
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "data")
    add_members(made, count=3)
    yield made
    made.close()


def put(office: Office, text: str) -> Path:
    folder = paths.pack(office.store.folder.path) / "forms"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "own.toml").write_text(text, encoding="utf-8")
    return folder.parent


def test_a_form_of_the_pack_stands_from_its_first_day(office: Office) -> None:
    put(office, OWN)
    now = office.reports.report("quarter", office.reports.span("2026-Q3"))
    assert now.closing == "Kính trình Hội cấp trên"
    assert [table.code for table in now.tables] == ["figures", "branches"]
    before = office.reports.report("quarter", office.reports.span("2026-Q2"))
    assert before.closing.startswith("Trên đây là")
    assert before.form.valid_to == date(2026, 6, 30)


def test_a_form_of_the_pack_from_the_beginning_takes_the_place_whole(office: Office) -> None:
    pack = put(office, OWN.replace("2026-07-01", "2010-01-01"))
    assert [one.version for one in read_forms(pack=pack) if one.code == "quarter"] == ["xa-1"]
    # what builds on it says what it does not say itself
    assert next(one for one in read_forms(pack=pack) if one.code == "half").closing == "Kính trình Hội cấp trên"


HEADING = '[[sections]]\ncode = "x"\nheading = "{}"\nlevel = 1\n'
BROKEN = {
    "no such figure": '[[plots]]\ncode = "x"\nkind = "parts"\nfigure = "org.nonsense"\ntitle = "x"',
    "no such fact": HEADING.format("{nonsense}"),
    "a filter of a fact": HEADING.format("{period|change}"),
    "no such filter": HEADING.format("{org.members|nonsense}"),
    "no such kind of document": '[[tables]]\ncode = "x"\nkind = "studies"\ntitle = "x"\ntold = "x"\ncodes = "X"',
    "no such section": '[[tables]]\ncode = "x"\nkind = "targets"\ntitle = "x"\ntold = "x"\nsection = "nonsense"',
    "no such condition": HEADING.format("x") + '[[sections.sentences]]\ntext = "x"\nsome = "org.joined|previous"',
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_form_is_refused(tmp_path: Path, what: str) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "own.toml").write_text(f"{OWN}\n{BROKEN[what]}", encoding="utf-8")
    definitions, problem = in_force(tmp_path)
    assert isinstance(problem, BadDefinition)
    assert "xa-1" not in {one.version for one in definitions.forms}


def test_a_broken_form_is_told_and_left_out(office: Office) -> None:
    put(office, f"nonsense = 1\n{OWN}")
    (found,) = [one for one in office.months.checks(Period.month(2026, 10)) if one.check == "pack.broken"]
    assert found.level is CheckLevel.WARNING
    assert office.reports.report("quarter", office.reports.span("2026-Q3")).closing.startswith("Trên đây là")


def test_what_was_issued_keeps_the_form_that_it_was_made_with(office: Office) -> None:
    span = office.reports.span("2026-Q3")
    for month in (7, 8, 9):
        office.months.close(Period.month(2026, month), "Số liệu đầu kỳ")
    draft = office.reports.report("quarter", span)
    issue = office.reports.issuing.issue(draft)
    before = office.reports.content(office.reports.report("quarter", span), "pdf")
    put(office, OWN)
    again = office.reports.report("quarter", span)
    assert again.number == issue.number
    assert office.reports.content(again, "pdf") == before
