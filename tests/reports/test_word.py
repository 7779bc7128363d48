"""Papers for Word, read back with python-docx and by their XML."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import docx as python_docx
import pytest
from docx.enum.section import WD_ORIENTATION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from PIL import Image

from sochihoi.reports import layout
from sochihoi.reports.document import Annex, BulletList, FigureTable, Header, Paragraph, Row, RowKind, Signature
from sochihoi.reports.word.paper import docx
from tests.reports import samples
from tests.reports.test_annexes import paper, wide


def read(content: bytes) -> Any:
    return python_docx.Document(BytesIO(content))


@pytest.fixture(scope="module")
def written() -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOCHIHOI_PRINT_FONT", "liberation")
        return docx(samples.monthly())


@pytest.fixture(scope="module")
def monthly(written: bytes) -> Any:
    return read(written)


def test_paper_and_margins(monthly: Any) -> None:
    (section,) = monthly.sections
    sides = [section.page_width, section.page_height]
    sides += [section.left_margin, section.right_margin, section.top_margin, section.bottom_margin]
    assert [side.mm for side in sides] == pytest.approx([210, 297, 30, 15, 20, 20], abs=0.05)


def test_letters_of_the_whole_paper(monthly: Any) -> None:
    normal = monthly.styles["Normal"]
    assert normal.font.size.pt == 14
    (fonts,) = monthly.styles.element.xpath("w:docDefaults//w:rFonts")
    assert {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    (language,) = monthly.styles.element.xpath("w:docDefaults//w:lang")
    assert {language.get(qn(f"w:{kind}")) for kind in ("val", "eastAsia", "bidi")} == {"vi-VN"}


def test_body_letters_indent_and_rooms(monthly: Any) -> None:
    body = monthly.styles["Body Text"].paragraph_format
    assert body.first_line_indent.mm == pytest.approx(12.7, abs=0.05)
    assert body.space_after.pt == 6
    assert body.alignment is WD_ALIGN_PARAGRAPH.JUSTIFY
    first = next(one for one in monthly.paragraphs if one.text.startswith("Trong tháng, Ban Thường vụ"))
    assert first.style.name == "Body Text"
    assert first.paragraph_format.first_line_indent is None  # the style alone says it: an officer changes one place


def test_every_style_that_is_used_is_there(written: bytes) -> None:
    parts = ZipFile(BytesIO(written))
    defined = {one.get(qn("w:styleId")) for one in ET.fromstring(parts.read("word/styles.xml"))}  # noqa: S314 - ours
    used: set[str | None] = set()
    for name in parts.namelist():
        if name.startswith("word/") and name.endswith(".xml"):
            tree = ET.fromstring(parts.read(name))  # noqa: S314 - ours
            for tag in ("pStyle", "tblStyle", "basedOn"):
                used |= {one.get(qn("w:val")) for one in tree.iter(qn(f"w:{tag}"))}
    assert used <= defined
    assert {"BodyText", "Heading1", "Heading2", "Caption", "TableGrid", "Recipients", "SignName"} <= used


def test_the_two_columns_of_the_head_stand_in_the_body(monthly: Any) -> None:
    head = monthly.tables[0]
    assert head._element.getparent() is monthly.element.body
    left, right = head.rows[0].cells
    assert [one.text for one in left.paragraphs if one.text] == [
        "HỘI LIÊN HIỆP PHỤ NỮ",
        "XÃ HÒA PHÚ",
        "BAN THƯỜNG VỤ",
    ]
    assert [one.text for one in right.paragraphs if one.text] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    assert [cell.text for cell in head.rows[1].cells] == ["Số: 09/BC-BTV", "Hòa Phú, ngày 30 tháng 10 năm 2026"]
    assert "BAN THƯỜNG VỤ" not in "".join(one.text for one in monthly.sections[0].header.paragraphs)
    edges = head._element.xpath(".//w:tcBorders | .//w:tblBorders")
    assert not edges  # and the table has the style without rules
    assert head._element.xpath("./w:tblPr/w:tblStyle/@w:val") == ["TableNormal"]


def test_short_lines_under_unit_motto_and_subject(monthly: Any) -> None:
    """Paragraphs of nothing but a border, as wide as the decree wants them."""
    lines = [one for one in monthly.element.body.iter(qn("w:p")) if one.style == "Rule"]
    assert len(lines) == 3
    rooms = [cell.width.pt for cell in monthly.tables[0].rows[0].cells] + [layout.shipped().text_width]
    lengths = [room - one.pPr.ind.left.pt - one.pPr.ind.right.pt for one, room in zip(lines, rooms, strict=True)]
    organ, motto, subject = 111, 159, 177  # of the letters above in Times New Roman, bold, in points
    assert 1 / 3 <= lengths[0] / organ <= 1 / 2
    assert lengths[1] == pytest.approx(motto, abs=2)
    assert 1 / 3 <= lengths[2] / subject <= 1 / 2


def test_a_head_without_number_and_with_a_unit_above() -> None:
    header = Header(("CHI HỘI ẤP AN HÒA",), ("HỘI LHPN XÃ HÒA PHÚ",))
    head = read(docx(replace(samples.monthly(), header=header))).tables[0]
    assert len(head.rows) == 1
    assert [one.style.name for one in head.rows[0].cells[0].paragraphs][:2] == ["Cơ quan cấp trên", "Tên cơ quan"]


def test_page_number_above_the_text_from_page_two(monthly: Any) -> None:
    section = monthly.sections[0]
    assert section.different_first_page_header_footer
    (header,) = section.header.paragraphs
    assert "".join(header._p.xpath(".//w:instrText/text()")).strip() == "PAGE"
    (centre, _right) = header._p.xpath("./w:pPr/w:tabs/w:tab")
    assert int(centre.get(qn("w:pos"))) / 20 == pytest.approx(layout.shipped().text_width / 2, abs=0.1)
    assert not section.first_page_header._element.xpath(".//w:instrText")
    assert section.header_distance.mm < 11


def test_headings_are_the_outline(monthly: Any) -> None:
    found = [(one.style.name, one.text) for one in monthly.paragraphs if one.style.name.startswith("Heading")]
    assert found[:2] == [
        ("Heading 1", "I. TÌNH HÌNH TƯ TƯỞNG, ĐỜI SỐNG HỘI VIÊN, PHỤ NỮ"),
        ("Heading 2", "1. Tư tưởng cán bộ, hội viên"),
    ]
    assert monthly.styles["Heading 1"].paragraph_format.keep_with_next


def test_leads_are_bold_and_line_feeds_are_paragraphs() -> None:
    made = read(docx(samples.monthly((Paragraph("Một.\n\nHai.", lead="Kết quả:"), Paragraph("Ba", italic=True)))))
    texts = [one for one in made.paragraphs if one.style.name == "Body Text"]
    assert [one.text for one in texts] == ["Kết quả: Một.", "Hai.", "Ba./."]
    assert [run.bold for run in texts[0].runs] == [True, None]
    assert texts[2].runs[0].italic


def test_lists_count_from_one_each() -> None:
    body = (BulletList(("a", "b"), numbered=True), BulletList(("c",)), BulletList(("d", "e"), numbered=True))
    made = read(docx(samples.monthly((*body, Paragraph("Hết")))))
    numbers = [one._p.pPr.numPr.numId.val for one in made.paragraphs if one._p.pPr.numPr is not None]
    assert numbers == [2, 2, 1, 3, 3]
    numbering = made.part.numbering_part.element
    for number, form in ((1, "bullet"), (2, "decimal"), (3, "decimal")):
        (own,) = numbering.xpath(f"w:num[@w:numId='{number}']")
        abstract = own.abstractNumId.val
        assert numbering.xpath(f"w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl/w:numFmt/@w:val") == [form]
        assert bool(own.xpath("w:lvlOverride/w:startOverride")) is (form == "decimal")


def test_tables(monthly: Any) -> None:
    table = monthly.tables[1]
    rows = table._element.tr_lst
    assert [bool(one.xpath("./w:trPr/w:tblHeader")) for one in rows[:3]] == [True, False, False]
    assert all(one.xpath("./w:trPr/w:cantSplit") for one in rows)
    assert rows[1].xpath("./w:tc/w:tcPr/w:gridSpan/@w:val") == ["6"]
    first = table.rows[2].cells
    assert [cell.text for cell in first] == ["1", "Tổng số hội viên", "người", "3.398", "3.412", "3.412"]
    aligned = [cell.paragraphs[0].alignment for cell in first]
    centre, right = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
    assert aligned == [centre, None, centre, right, right, right]
    assert [cell.paragraphs[0].style.name for cell in table.rows[-1].cells] == ["Bảng: tổng"] * 6
    assert monthly.styles["Bảng: tổng"].font.bold
    widths = [int(one) / 20 for one in table._element.xpath("./w:tblGrid/w:gridCol/@w:w")]
    assert sum(widths) == pytest.approx(layout.shipped().text_width, abs=0.5)


def test_a_sum_and_the_name_of_a_group_stand_with_their_rows(monthly: Any) -> None:
    table = monthly.tables[1]
    kept = [bool(one.xpath(".//w:keepNext")) or _style(one) == "TableBand" for one in table._element.tr_lst]
    assert kept[-3:] == [False, True, False]  # the row above the sum goes with it
    assert monthly.styles["Bảng: nhóm"].paragraph_format.keep_with_next


def _style(row: Any) -> str:
    return str(row.xpath(".//w:pStyle/@w:val")[0])


def test_charts_are_crisp_pictures_that_say_what_they_show(written: bytes, monthly: Any) -> None:
    shapes = list(monthly.inline_shapes)
    assert [round(one.width.pt) for one in shapes] == [468, 468]
    assert [round(one.height.mm) for one in shapes] == [55, 48]
    told = monthly.element.body.xpath(".//wp:docPr/@descr")
    assert told[0].startswith("Tỷ lệ dự sinh hoạt bình quân: T5 78,4; T6 81,2;")
    pictures = [name for name in ZipFile(BytesIO(written)).namelist() if name.startswith("word/media/")]
    assert len(pictures) == 2
    for name, shape in zip(sorted(pictures), shapes, strict=True):
        picture = Image.open(BytesIO(ZipFile(BytesIO(written)).read(name)))
        assert picture.width / shape.width.inches == pytest.approx(200, abs=1)
        levels = picture.getcolors(256)
        assert levels is not None
        assert {0, 255} <= {level for _count, level in levels}  # black letters on white


def test_check_boxes_can_be_ticked(monthly: Any) -> None:
    boxes = monthly.element.body.xpath(".//w:sdt")
    states = [box.find(f".//{qn('w14:checked')}").get(qn("w14:val")) for box in boxes]
    assert states == ["1", "0"]
    assert [box.find(f".//{qn('w:t')}").text for box in boxes] == ["☑", "☐"]


def test_the_end_mark_and_what_goes_with_the_signature() -> None:
    made = read(docx(samples.monthly((Paragraph(samples.LONG.rstrip(".")),))))
    last = next(one for one in made.paragraphs if one.text.endswith("./."))
    assert last.paragraph_format.keep_with_next  # the signature is not left alone
    signed = made.tables[-1]
    assert all(one.xpath("./w:trPr/w:cantSplit") for one in signed._element.tr_lst)
    left, right = signed.rows[0].cells
    assert [one.text for one in left.paragraphs] == ["Nơi nhận:", *samples.RECIPIENTS]
    assert [one.text for one in right.paragraphs] == ["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "Trần Thị Ngọc Ánh"]
    assert right.paragraphs[-1].paragraph_format.space_before.mm == pytest.approx(30, abs=0.1)


def test_a_table_that_ends_the_body_goes_with_the_signature() -> None:
    made = read(docx(samples.monthly((samples.figures(6),))))
    rows = made.tables[1]._element.tr_lst
    kept = [all(cell.xpath(".//w:keepNext") for cell in row.tc_lst) for row in rows]
    assert kept[-3:] == [False, True, True]
    between = [one for one in made.paragraphs if one.text == "./."]
    assert [one.paragraph_format.keep_with_next for one in between] == [True]


def test_the_second_signature_stands_on_the_left() -> None:
    second = Signature("THƯ KÝ", "Lê Thị Bé", seal_room=False)
    signed = read(docx(replace(samples.monthly(), second_signature=second))).tables[-1]
    rows = [[cell.text for cell in row.cells] for row in signed.rows]
    assert rows[0] == ["THƯ KÝ", "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH"]
    assert rows[1] == ["Lê Thị Bé", "Trần Thị Ngọc Ánh"]
    assert rows[2][0].startswith("Nơi nhận:\n- Ban Thường vụ")
    name, other = (row.cells[0].paragraphs[0].paragraph_format for row in signed.rows[1:])
    assert name.space_before.mm == pytest.approx(30, abs=0.1)
    assert other.space_before.pt == 8


@pytest.mark.parametrize(("draft", "sample"), [("DỰ THẢO", ""), ("", "XÃ MẪU"), ("DỰ THẢO", "XÃ MẪU")])
def test_marks_stand_on_every_page(draft: str, sample: str) -> None:
    annexes = (Annex("A", (wide(),)), Annex("B", (samples.figures(2),)))
    made = read(docx(replace(samples.monthly(draft_mark=draft, watermark=sample), annexes=annexes)))
    assert [one.different_first_page_header_footer for one in made.sections] == [True, False, False]
    above = [made.sections[0].first_page_header, *(one.header for one in made.sections)]
    for one in above:
        assert ("DỰ THẢO" in "".join(one._element.xpath(".//w:t/text()"))) is bool(draft)
        assert ('string="XÃ MẪU"' in one._element.xml) is bool(sample)
    if draft:
        (framed,) = above[1]._element.xpath(".//w:r[w:rPr/w:bdr]")
        assert framed.text.strip() == draft


def test_annexes_have_sections_of_their_own() -> None:
    made = read(docx(paper(Annex("Số liệu", (samples.figures(3),)), Annex("Theo chi hội", (wide(),)))))
    sections = list(made.sections)
    upright, turned = WD_ORIENTATION.PORTRAIT, WD_ORIENTATION.LANDSCAPE
    assert [one.orientation for one in sections] == [upright, upright, turned]
    assert [one.page_width.mm for one in sections] == pytest.approx([210, 210, 297], abs=0.05)
    assert [one.left_margin.mm for one in sections] == pytest.approx([30] * 3, abs=0.05)
    names = [one.text for one in made.paragraphs if one.style.name == "Phụ lục: số"]
    assert names == ["Phụ lục I", "Phụ lục II"]
    assert "SỐ LIỆU" in [one.text for one in made.paragraphs]
    (stop, _right) = sections[2].header._element.xpath(".//w:tab[@w:pos]")
    assert int(stop.get(qn("w:pos"))) / 20 == pytest.approx(layout.shipped().turned().text_width / 2, abs=0.1)


def test_an_annex_lies_as_it_says() -> None:
    forced = (Annex("A", (wide(),), landscape=False), Annex("B", (samples.figures(2),), landscape=True))
    sections = read(docx(paper(*forced))).sections
    assert [one.page_width > one.page_height for one in sections] == [False, False, True]


def test_properties(monthly: Any, written: bytes) -> None:
    core = monthly.core_properties
    assert (core.title, core.author, core.language) == ("Báo cáo tháng 10 năm 2026", "Hội LHPN xã Hòa Phú", "vi-VN")
    assert core.created.date() == core.modified.date() == date(2026, 10, 30)
    assert isinstance(core.created, datetime)
    assert core.last_modified_by == "Hội LHPN xã Hòa Phú"
    entries = ZipFile(BytesIO(written)).infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert b"python-docx" not in b"".join(ZipFile(BytesIO(written)).read(entry) for entry in entries)


def test_a_paper_in_english_says_so() -> None:
    made = read(docx(samples.monthly(language="en")))
    assert made.core_properties.language == "en-GB"
    assert "Recipients:" in made.tables[-1].rows[0].cells[0].text


def test_same_paper_same_bytes(written: bytes) -> None:
    assert docx(samples.monthly()) == written


def test_same_bytes_in_another_process(written: bytes) -> None:
    code = (
        # openpyxl names namespaces for the whole process
        "import sys, hashlib, openpyxl; from tests.reports import samples;"
        "from sochihoi.reports.word.paper import docx;"
        "print(hashlib.sha256(docx(samples.monthly())).hexdigest())"
    )
    env = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path), "TZ": "Pacific/Auckland"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == hashlib.sha256(written).hexdigest()


def test_letters_of_any_kind_are_written_composed_and_whole() -> None:
    strange = unicodedata.normalize("NFD", "Phụ nữ ấp Phú Mỹ") + "\u200b\t<b>&amp;\x00"
    table = FigureTable(samples.COLUMNS[:1], (Row((strange,), RowKind.GROUP), Row((strange,))))
    made = read(docx(samples.monthly((Paragraph(strange), table, Paragraph("Hết")))))
    assert made.paragraphs[1:] != []
    assert "Phụ nữ ấp Phú Mỹ <b>&amp;" in [one.text for one in made.paragraphs]
    assert made.tables[1].rows[2].cells[0].text == "Phụ nữ ấp Phú Mỹ <b>&amp;"


def test_a_unit_settles_on_other_numbers() -> None:
    own = layout.shipped().with_settings({"margin_left_mm": 35, "body_pt": 13, "first_line_mm": 10})
    made = read(docx(samples.monthly(), own))
    assert made.sections[0].left_margin.mm == pytest.approx(35, abs=0.05)
    assert made.styles["Normal"].font.size.pt == 13
    assert made.styles["Body Text"].paragraph_format.first_line_indent.mm == pytest.approx(10, abs=0.05)
