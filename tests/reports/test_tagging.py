"""Papers say what is a heading, a paragraph, a cell, and what a picture shows: sheets too, lists up to a size."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sochihoi.reports import official, scoring_sheets, sheets
from sochihoi.reports import paper as paper_module
from sochihoi.reports.charts import told
from sochihoi.reports.document import Annex, BarChart, Heading, Paragraph
from tests.reports import samples, sheet_samples
from tests.reports.conftest import Tool


@pytest.fixture(scope="module")
def paper() -> bytes:
    annex = Annex("Số liệu công tác Hội", (Heading("1. Tổ chức"), samples.figures(60)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOCHIHOI_PRINT_FONT", "liberation")
        return official.pdf(replace(samples.monthly(draft_mark="DỰ THẢO", watermark="XÃ MẪU"), annexes=(annex,)))


def _tree(pdf: bytes, tool: Tool) -> list[tuple[int, str]]:
    """(depth, kind or words) in the order in which they are read aloud."""
    found = []
    for line in tool(pdf, "pdfinfo", "-struct-text", "{}").splitlines():
        bare = line.lstrip()
        found.append(((len(line) - len(bare)) // 2, bare.removesuffix(" (block)").removesuffix(":").strip()))
    return found


def _words(tree: list[tuple[int, str]], kind: str) -> list[str]:
    """The words of every part of a kind."""
    found = []
    for at, (depth, said) in enumerate(tree):
        if said == kind:
            inside = next((text for deep, text in tree[at + 1 :] if text.startswith('"') or deep <= depth), "")
            found.append(inside.strip('"') if inside.startswith('"') else "")
    return found


def test_headings_have_their_levels(paper: bytes, tool: Tool) -> None:
    tree = _tree(paper, tool)
    assert tree[0] == (0, "Document")
    (title,) = _words(tree, "H1")
    assert title.startswith("BÁO CÁO")
    second = _words(tree, "H2")
    assert second[0] == "I. TÌNH HÌNH TƯ TƯỞNG, ĐỜI SỐNG HỘI VIÊN, PHỤ NỮ"
    assert second[-1].startswith("Phụ lục")
    assert _words(tree, "H3") == ["1. Tư tưởng cán bộ, hội viên", "2. Vấn đề dư luận quan tâm", "1. Tổ chức"]


def test_words_come_in_the_order_of_the_paper_and_none_is_lost(paper: bytes, tool: Tool) -> None:
    said = " ".join(text.strip('"') for _depth, text in _tree(paper, tool) if text.startswith('"'))
    places = [
        said.index(text) for text in ("CỘNG HÒA", "BÁO CÁO", "Nổi bật:", "II. KẾT QUẢ", "./.", "Nơi nhận", "Phụ lục")
    ]
    assert places == sorted(places)
    whole = tool(paper, "pdftotext", "-raw", "{}", "-")
    letters = re.sub(r"\s", "", said)
    for line in whole.splitlines():
        bare = re.sub(r"\s", "", line)
        if bare and not bare.isdigit() and "DỰTHẢO" not in bare and bare not in "XÃMẪU":
            assert any(bare[at : at + 12] in letters for at in range(max(len(bare) - 12, 0) + 1)), line
    assert "DỰ THẢO" not in said  # what stands on every page is no part of the words
    assert "XÃ MẪU" not in said


def test_cells_are_in_rows_and_headers_say_so(paper: bytes, tool: Tool) -> None:
    tree = _tree(paper, tool)
    headers = _words(tree, "TH")
    assert headers[:2] == ["STT", "Chỉ tiêu"]
    cells = _words(tree, "TD")
    assert cells.count("Tổng số hội viên") == 13  # 3 of 18 rows, 10 of 60
    assert ("TH" in {said for _depth, said in tree}, "/Scope /Column" in {said for _depth, said in tree}) == (
        True,
        True,
    )
    assert "/ColSpan 6" in {said for _depth, said in tree}  # the name of a group
    tables = sum(said == "Table" for _depth, said in tree)
    assert tables >= 3  # each page of a broken table has its headers again
    assert len(headers) == 6 * tables


def test_a_chart_says_its_figures(paper: bytes, tool: Tool, tmp_path: Path) -> None:
    assert len(_words(_tree(paper, tool), "Figure")) == 2
    tool(paper, "qpdf", "--qdf", "--object-streams=disable", "{}", "{}.qdf")
    whole = (tmp_path / "paper.pdf.qdf").read_bytes()
    for chart in (samples.ATTENDANCE_CHART, samples.HOUSEHOLD_CHART):
        alone = official.pdf(samples.monthly((BarChart(chart), Paragraph("Hết."))))
        assert b"/Alt" in alone
        assert f"<feff{told(chart).encode('utf-16-be').hex()}>".encode() in whole


def test_every_mark_has_its_part(paper: bytes, tool: Tool, tmp_path: Path) -> None:
    tool(paper, "qpdf", "--qdf", "--object-streams=disable", "{}", "{}.qdf")
    whole = (tmp_path / "paper.pdf.qdf").read_bytes()
    opened, closed = len(re.findall(rb"\b(?:BDC|BMC)\b", whole)), len(re.findall(rb"\bEMC\b", whole))
    assert opened == closed > 100
    pages = len(re.findall(rb"/StructParents \d+", whole))
    assert pages == len(re.findall(rb"/Type /Page\b(?!s)", whole))
    assert whole.count(b"<</MCID") + whole.count(b"<< /MCID") == len(re.findall(rb"/K \d+\n", whole))


SHEETS: dict[str, Callable[[], bytes]] = {
    "list": lambda: sheets.list_pdf(sheet_samples.members(60)),
    "attendance": lambda: sheets.attendance_pdf(sheet_samples.attendance(45)),
    "attendances": lambda: sheets.attendance_batch_pdf([sheet_samples.attendance(30), sheet_samples.attendance(5)]),
    "households": lambda: scoring_sheets.household_pdf(sheet_samples.households()),
    "branch": lambda: scoring_sheets.branch_pdf(sheet_samples.branch()),
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_working_sheet_says_its_title_and_its_cells(name: str, tool: Tool) -> None:
    made = SHEETS[name]()
    tree = _tree(made, tool)
    assert len(_words(tree, "H1")) == (2 if name == "attendances" else 1)
    tables = sum(said == "Table" for _depth, said in tree)
    headers = [text for text in _words(tree, "TH") if text]
    assert tables >= 1
    assert len(headers) >= 2 * tables
    words = " ".join(text.strip('"') for _depth, text in tree if text.startswith('"'))
    assert "Trang 1" not in words
    bare = re.sub(r"\s", "", words)
    for line in tool(made, "pdftotext", "-raw", "{}", "-").splitlines():
        letters = re.sub(r"\s", "", line)
        if letters and not re.search(r"Trang\d|^Mãbuổi|^\d+$", letters):
            assert any(letters[at : at + 8] in bare for at in range(max(len(letters) - 8, 0) + 1)), line


def test_a_list_of_thousands_stays_small(tool: Tool, monkeypatch: pytest.MonkeyPatch) -> None:
    columns = len(sheet_samples.members(1).columns)
    monkeypatch.setattr(paper_module, "TAGGED_CELLS", 20 * columns)
    for rows, tagged in ((20, "yes"), (21, "no")):
        made = sheets.list_pdf(sheet_samples.members(rows))
        assert re.search(rf"Tagged:\s+{tagged}", tool(made, "pdfinfo", "{}"))
        assert (b"/StructTreeRoot" in made) == (tagged == "yes")


def test_a_box_says_whether_it_is_ticked(paper: bytes, tool: Tool, tmp_path: Path) -> None:
    tool(paper, "qpdf", "--qdf", "--object-streams=disable", "{}", "{}.qdf")
    whole = (tmp_path / "paper.pdf.qdf").read_bytes()
    for said in ("Có chọn: Đã họp Ban Chấp hành", "Không chọn: Đã kiểm tra sổ sách chi hội"):
        assert f"/ActualText <feff{said.encode('utf-16-be').hex()}>".encode() in whole, said
