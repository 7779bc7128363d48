"""What a unit chose for its papers, and what proves their figures, in the Word document."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx as python_docx
import openpyxl
import pytest
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from PIL import Image

from sochihoi.reports import layout
from sochihoi.reports.document import PaperCode, Signature
from sochihoi.reports.spreadsheet import xlsx
from sochihoi.reports.word.paper import docx
from tests.reports import samples
from tests.reports.test_spreadsheet import BRANCHES

CODE = PaperCode("GXE9T-9GYED", "SCH1:99001:2026-08:GXE9T9GYED")


def read(content: bytes) -> Any:
    return python_docx.Document(BytesIO(content))


def test_lines_of_the_body_are_as_wide_as_the_unit_wants() -> None:
    shipped = layout.shipped()
    wide = read(docx(samples.monthly(), shipped.with_settings({"line_spacing": 1.5}))).styles
    assert wide["Body Text"].paragraph_format.line_spacing == pytest.approx(1.5)
    assert wide["Caption"].paragraph_format.line_spacing is None  # only the words of the body
    fixed = read(docx(samples.monthly(), shipped.with_settings({"fixed_line_pt": 18}))).styles["Body Text"]
    assert fixed.paragraph_format.line_spacing_rule is WD_LINE_SPACING.EXACTLY
    assert fixed.paragraph_format.line_spacing.pt == 18


def test_on_a5_everything_is_smaller() -> None:
    made = read(docx(samples.monthly(), layout.shipped().for_paper("A5")))
    section = made.sections[0]
    assert [section.page_width.mm, section.page_height.mm] == pytest.approx([148, 210], abs=0.1)
    assert made.styles["Normal"].font.size.pt == pytest.approx(10, abs=0.3)


def test_who_signs_in_place_of_another_has_a_line_of_his_own() -> None:
    signature = Signature("PHÓ CHỦ TỊCH", "Lê Thị Bé", "TM. BAN THƯỜNG VỤ\nKT. CHỦ TỊCH")
    right = read(docx(replace(samples.monthly(), signature=signature))).tables[-1].rows[0].cells[1]
    assert [one.text for one in right.paragraphs] == [
        "TM. BAN THƯỜNG VỤ",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Lê Thị Bé",
    ]


def test_the_code_stands_below_the_signature_on_its_page() -> None:
    content = docx(replace(samples.monthly((BRANCHES,)), code=CODE))
    made = read(content)
    left, right = made.tables[-1].rows[0].cells
    assert [one.text for one in right.paragraphs] == ["Mã đối chiếu số liệu:", "GXE9T-9GYED"]
    assert right.paragraphs[1].runs[0].bold
    (square,) = left._element.iter(qn("wp:extent"))
    assert int(square.get("cx")) / 36000 == pytest.approx(layout.shipped().code_mm, abs=0.1)
    signed = made.tables[-2]
    assert all(one.paragraph_format.keep_with_next for row in signed.rows for c in row.cells for one in c.paragraphs)
    assert not any(one.paragraph_format.keep_with_next for one in right.paragraphs)


def test_the_square_code_is_the_one_of_the_pdf() -> None:
    """Module by module: white round it, then the code."""
    from sochihoi.reports.drawing import QUIET, qr_rows

    files = ZipFile(BytesIO(docx(replace(samples.monthly((BRANCHES,)), code=CODE))))
    (name,) = (one for one in files.namelist() if one.startswith("word/media/"))
    picture = Image.open(BytesIO(files.read(name))).convert("L")
    rows = qr_rows(CODE.content)
    side = picture.width // (len(rows) + 2 * QUIET)
    seen = [
        [picture.getpixel(((across + QUIET) * side + 1, (down + QUIET) * side + 1)) == 0 for across in range(len(rows))]
        for down in range(len(rows))
    ]
    assert seen == rows
    assert picture.getpixel((side * QUIET - 1, side * QUIET + 1)) == 255


def test_the_workbook_names_the_code_too() -> None:
    sheet = openpyxl.load_workbook(BytesIO(xlsx(replace(samples.monthly((BRANCHES,)), code=CODE)))).worksheets[0]
    assert sheet["A4"].value == "Mã đối chiếu số liệu: GXE9T-9GYED"
    assert sheet.freeze_panes == "A6"
