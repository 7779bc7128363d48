"""Reports of every form as Word documents and workbooks, opened by LibreOffice beside our own PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from sochihoi.reports import fonts, preview
from sochihoi.reports.document import FigureTable, OfficialDocument
from sochihoi.services.office import Office
from sochihoi.services.reporting.paper import document
from sochihoi.services.reports import BRANCH_SHEET, DOCX, PDF, XLSX
from tests.month_data import autumn, close_september
from tests.offices import make_office
from tests.reports import libreoffice as suite

SPANS = {"month": "2026-09", "quarter": "2026-Q3", "half": "2026-H1", "year": "2026", BRANCH_SHEET: "2026-09"}


@dataclass(frozen=True)
class Made:
    """One report: the paper, its three files, and what LibreOffice prints of two of them."""

    paper: OfficialDocument
    pdf: bytes
    word: bytes
    book: bytes
    seen_word: bytes
    seen_book: bytes


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    folder = tmp_path_factory.mktemp("forms")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(fonts.CHOICE, "liberation")
        office = make_office(folder / "data", moment=datetime(2026, 11, 2, 2, 0, tzinfo=UTC))
        branches = autumn(office)
        close_september(office)
        papers: dict[str, OfficialDocument] = {}
        files: dict[str, dict[str, bytes]] = {}
        for form, code in SPANS.items():
            branch = branches["Ấp Đại Ân"] if form == BRANCH_SHEET else None
            report = office.reports.report(form, office.reports.span(code), branch)
            papers[form] = document(report)
            files[form] = {kind: office.reports.content(report, kind) for kind in (PDF, DOCX, XLSX)}
            assert {kind: office.reports.content(report, kind) for kind in (PDF, DOCX, XLSX)} == files[form]
        office.close()
        given = {f"{form}.docx": one[DOCX] for form, one in files.items()}
        given |= {f"{form}-book.xlsx": one[XLSX] for form, one in files.items()}
        seen = suite.converted(given, folder)
    return {
        form: Made(papers[form], one[PDF], one[DOCX], one[XLSX], seen[f"{form}.docx"], seen[f"{form}-book.xlsx"])
        for form, one in files.items()
    }


def shapes(pdf: bytes) -> set[tuple[int, int]]:
    """The kinds of pages of a PDF, in points."""
    return {(round(wide), round(high)) for wide, high in preview.page_sizes(pdf)}


@pytest.mark.parametrize("form", SPANS)
def test_nothing_of_the_pdf_is_lost_in_word(form: str, made: dict[str, Made], tmp_path: Path) -> None:
    one = made[form]
    ours, theirs = suite.text_of(one.pdf, tmp_path), suite.text_of(one.seen_word, tmp_path)
    apart = suite.words_of_tables(one.paper) | suite.words_of_charts(one.paper) | {"DỰ", "THẢO"}
    assert set(suite.lost(ours, theirs)) <= apart
    assert set(suite.lost(theirs, ours)) <= apart
    found = suite.together(theirs).replace("DỰTHẢO", "")
    assert [text for text in suite.texts_of(one.paper) if suite.together(text).rstrip(".") not in found] == []
    assert suite.words_of_cells(one.paper) <= set(theirs.split())
    assert shapes(one.seen_word) == shapes(one.pdf)


@pytest.mark.parametrize("form", SPANS)
def test_every_cell_is_printed_from_the_workbook(form: str, made: dict[str, Made], tmp_path: Path) -> None:
    one = made[form]
    found = suite.together(suite.text_of(one.seen_book, tmp_path))
    for table in tables(one.paper):
        for row in table.rows:
            for at, cell in enumerate(row.cells):
                value = row.values[at] if at < len(row.values) else None
                text = cell if value is None else re.sub(r"[.,]", lambda sign: ",."[sign[0] == ","], cell)
                assert suite.together(text.removesuffix("\u00a0%")) in found, (cell, value)
    assert shapes(one.seen_book) <= {(595, 842), (842, 595)}


def tables(paper: OfficialDocument) -> list[FigureTable]:
    """Of the body and of the annexes."""
    return [block for block in suite.all_blocks(paper) if isinstance(block, FigureTable)]


@pytest.mark.parametrize("form", SPANS)
def test_one_sheet_for_each_table(form: str, made: dict[str, Made]) -> None:
    wanted = tables(made[form].paper)
    book = openpyxl.load_workbook(BytesIO(made[form].book), data_only=True)
    assert wanted
    assert len(book.worksheets) == len(wanted)
    for sheet, table in zip(book.worksheets, wanted, strict=True):
        at = sheet.print_title_rows.replace("$", "").partition(":")[0]
        assert [cell.value for cell in sheet[int(at)]] == [column.title for column in table.columns]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=int(at) + 1)]
        assert len(rows) == len(table.rows)
        for row, printed in zip(rows, table.rows, strict=True):
            whole = [value for value in printed.values if isinstance(value, int)]
            numbers = [value for value in row if isinstance(value, int)]
            assert [value for value in whole if value not in numbers] == []


def test_the_sum_of_the_branches_is_a_formula(made: dict[str, Made]) -> None:
    """Members add up over the branches of a commune; rates do not."""
    book = openpyxl.load_workbook(BytesIO(made["month"].book))
    sheet = next(one for one in book.worksheets if "chi hội" in one.title)
    total = next(row for row in sheet.iter_rows() if row[1].value == "Toàn xã")
    assert str(total[2].value).startswith("=SUM(C")
    titles = [cell.value for cell in sheet[total[0].row - 6]]
    assert not [cell for cell, title in zip(total, titles, strict=True) if "%" in str(title) and cell.data_type == "f"]


def test_a_draft_says_so_in_every_kind(made: dict[str, Made]) -> None:
    assert not made["month"].paper.draft_mark  # September is closed
    assert made["year"].paper.draft_mark == "DỰ THẢO"
    sheet = openpyxl.load_workbook(BytesIO(made["year"].book)).worksheets[0]
    assert "DỰ THẢO" in [cell.value for row in sheet.iter_rows(max_row=5) for cell in row]
    header = docx.Document(BytesIO(made["year"].word)).sections[0].first_page_header
    assert "DỰ THẢO" in "".join(one.text for one in header.paragraphs)
    header = docx.Document(BytesIO(made["month"].word)).sections[0].header
    assert "DỰ THẢO" not in "".join(one.text for one in header.paragraphs)


def test_the_sheets_of_all_branches_as_word_documents(tmp_path: Path) -> None:
    office = make_office(tmp_path / "data", moment=datetime(2026, 11, 2, 2, 0, tzinfo=UTC))
    autumn(office)
    written = write_all(office, tmp_path / "bieu")
    office.close()
    assert len(written) == 5
    assert {path.suffix for path in written} == {".docx"}
    titles = {docx.Document(str(path)).core_properties.title for path in written}
    assert len(titles) == 5


def write_all(office: Office, folder: Path) -> tuple[Path, ...]:
    """The sheets of October."""
    return office.reports.write_all(BRANCH_SHEET, office.reports.span("2026-10"), folder, kind=DOCX)
