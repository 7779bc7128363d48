"""What an office without our program sees: LibreOffice opens our DOCX and XLSX, and nothing of the paper is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from sochihoi.reports import official, preview
from sochihoi.reports.document import Annex, Heading, Paragraph, Signature
from sochihoi.reports.spreadsheet import xlsx
from sochihoi.reports.word.paper import docx
from tests.reports import libreoffice as suite
from tests.reports import samples
from tests.reports.conftest import Line, find
from tests.reports.test_annexes import paper, wide
from tests.reports.test_spreadsheet import BRANCHES

PAPERS = {
    "monthly": samples.monthly(),
    "marked": samples.monthly((Paragraph(samples.LONG), samples.figures(28)), draft_mark="DỰ THẢO", watermark="XÃ MẪU"),
    "annexes": paper(
        Annex("Số liệu công tác Hội", (Heading("1. Tổ chức", 1), samples.figures(40))),
        Annex("Số liệu theo chi hội", (wide(), replace(BRANCHES, caption=""))),
    ),
    "minutes": replace(samples.monthly(), second_signature=Signature("THƯ KÝ", "Lê Thị Bé", seal_room=False)),
}


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """``monthly.docx``, ``branches.xlsx`` … as LibreOffice prints them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOCHIHOI_PRINT_FONT", "liberation")
        files = {f"{name}.docx": docx(document) for name, document in PAPERS.items()}
        files |= {f"{name}-table.xlsx": xlsx(PAPERS[name]) for name in ("monthly", "annexes")}
        return suite.converted(files, tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def own() -> dict[str, bytes]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOCHIHOI_PRINT_FONT", "liberation")
        return {name: official.pdf(document) for name, document in PAPERS.items()}


@pytest.mark.parametrize("name", PAPERS)
def test_every_word_of_the_pdf_is_in_the_word_document(
    name: str, seen: dict[str, bytes], own: dict[str, bytes], tmp_path: Path
) -> None:
    ours, theirs = suite.text_of(own[name], tmp_path), suite.text_of(seen[f"{name}.docx"], tmp_path)
    document = PAPERS[name]
    # What comes again on each page, what is a picture there, and the watermark, whose letters stand askew
    apart = suite.words_of_tables(document) | suite.words_of_charts(document) | {"DỰ", "THẢO"} | set("XÃMẪU☐☑")
    missing, more = suite.lost(ours, theirs), suite.lost(theirs, ours)
    assert set(missing) <= apart, missing
    assert set(more) <= apart, more


@pytest.mark.parametrize("name", PAPERS)
def test_every_paragraph_and_cell_is_there(name: str, seen: dict[str, bytes], tmp_path: Path) -> None:
    assert suite.lost_from_word(PAPERS[name], seen[f"{name}.docx"], tmp_path) == []


def test_as_many_pages_lying_the_same_way(seen: dict[str, bytes], own: dict[str, bytes]) -> None:
    for name in PAPERS:
        ours = preview.page_sizes(own[name])
        theirs = preview.page_sizes(seen[f"{name}.docx"])
        assert theirs == [pytest.approx(size, abs=1) for size in ours], name


def test_the_parts_of_the_paper_stand_where_the_pdf_has_them(
    seen: dict[str, bytes], own: dict[str, bytes], lines: Callable[[bytes], list[Line]]
) -> None:
    ours, theirs = lines(own["monthly"]), lines(seen["monthly.docx"])
    texts = "CỘNG HÒA XÃ|Độc lập - Tự do|BAN THƯỜNG VỤ|Số: 09|Hòa Phú, ngày|BÁO CÁO|Nhiệm vụ trọng|Trong tháng, Ban"
    for text in texts.split("|"):
        here, there = find(ours, text), find(theirs, text)
        assert there.middle == pytest.approx(here.middle, abs=1.5), text
        assert there.top == pytest.approx(here.top, abs=1.5), text
    for text in ("TM. BAN THƯỜNG VỤ", "Trần Thị Ngọc Ánh", "Nơi nhận:"):
        here, there = find(ours, text), find(theirs, text)
        assert (there.page, there.middle) == (here.page, pytest.approx(here.middle, abs=1.5)), text
    numbers = [(line.page, line.text, line.middle) for line in theirs if line.top < 15 and line.text.isdigit()]
    assert numbers == [(at, str(at), pytest.approx((30 + 195) / 2, abs=1)) for at in (2, 3)]
    body = [line for line in theirs if line.top > 15]
    assert min(line.left for line in body) == pytest.approx(30, abs=1)
    assert max(line.right for line in body) == pytest.approx(195, abs=1)
    assert max(line.bottom for line in body) <= 297 - 20 + 1


def test_short_lines_are_seen(seen: dict[str, bytes], own: dict[str, bytes]) -> None:
    from tests.reports.test_official import rules

    wanted = [one for one in rules(own["monthly"]) if one[2] < 75 and one[1] - one[0] < 60]
    there = rules(seen["monthly.docx"])
    assert len(wanted) == 3
    for left, right, down in wanted:
        near = [one for one in there if abs(one[2] - down) < 1.5 and abs(one[0] - left) < 2 and abs(one[1] - right) < 2]
        assert near, (left, right, down, there)


def test_charts_are_as_wide_as_the_text(seen: dict[str, bytes]) -> None:
    import pypdfium2
    import pypdfium2.raw as raw

    document = pypdfium2.PdfDocument(seen["monthly.docx"])
    found = [shape.get_bounds() for page in document for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])]
    document.close()
    assert [(round(left * 25.4 / 72), round(right * 25.4 / 72)) for left, _b, right, _t in found] == [(30, 195)] * 2


def test_the_marks_are_on_every_page(seen: dict[str, bytes], lines: Callable[[bytes], list[Line]]) -> None:
    marked = lines(seen["marked.docx"])
    pages = max(line.page for line in marked)
    drafts = [line for line in marked if line.text == "DỰ THẢO"]
    assert [line.page for line in drafts] == list(range(1, pages + 1))
    assert all(line.right == pytest.approx(195, abs=2) and line.top < 15 for line in drafts)
    for at in range(pages):
        grey = _grey(preview.page_png(seen["marked.docx"], at, 30))
        assert grey > _grey(preview.page_png(seen["minutes.docx"], at, 30)) + 300, at


def _grey(png: bytes) -> int:
    """Points of the watermark's own grey."""
    from PIL import Image

    levels = Image.open(BytesIO(png)).convert("L").histogram()
    return sum(levels[0xE2:0xE7])


@pytest.mark.parametrize("name", ["monthly", "annexes"])
def test_every_cell_of_the_workbook_is_printed(name: str, seen: dict[str, bytes], tmp_path: Path) -> None:
    assert suite.lost_from_workbook(PAPERS[name], seen[f"{name}-table.xlsx"], tmp_path) == []
    sizes = preview.page_sizes(seen[f"{name}-table.xlsx"])
    assert {(round(min(size)), round(max(size))) for size in sizes} == {(595, 842)}
    assert any(wide > high for wide, high in sizes) is (name == "annexes")


def test_formulas_give_the_same_numbers(tmp_path: Path) -> None:
    """LibreOffice counts them anew: the values that we wrote beside them are taken out."""
    content = xlsx(samples.monthly((BRANCHES,)))
    stripped = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(stripped, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name)
            if name.startswith("xl/worksheets/"):
                text, count = re.subn(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1", text)
                assert count == 1
            target.writestr(name, text)
    counted = suite.converted({"table.xlsx": stripped.getvalue()}, tmp_path, "xlsx")["table.xlsx"]
    sheet = openpyxl.load_workbook(BytesIO(counted), data_only=True).active
    assert sheet is not None
    assert sheet["C9"].value == 1134
    shares = [sheet["E6"].value, sheet["E8"].value, sheet["E9"].value]
    assert [Fraction(str(one)) for one in shares] == [Fraction(776, 1000), 1, Fraction(81, 100)]
