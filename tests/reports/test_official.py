"""The official paper beside the numbers of Nghị định 30/2020/NĐ-CP, read back from the PDF."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable

import pytest

from sochihoi.reports import layout, official
from sochihoi.reports.document import BulletList, Heading, Paragraph, Row, RowKind
from tests.reports import samples
from tests.reports.conftest import Line, Tool, find

Read = Callable[[bytes], list[Line]]
LEFT, RIGHT, TOP, BOTTOM = 30.0, 210.0 - 15.0, 20.0, 297.0 - 20.0


@pytest.fixture(scope="module")
def monthly() -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOCHIHOI_PRINT_FONT", "liberation")
        return official.pdf(samples.monthly())


def test_text_stays_between_the_margins(monthly: bytes, lines: Read) -> None:
    body = [line for line in lines(monthly) if not (line.top < 15 and line.text.isdigit())]
    assert min(line.left for line in body) == pytest.approx(LEFT, abs=1)
    assert max(line.right for line in body) == pytest.approx(RIGHT, abs=1)
    assert min(line.top for line in body) == pytest.approx(TOP, abs=1)
    assert max(line.bottom for line in body) <= BOTTOM + 1


def test_head_of_the_paper(monthly: bytes, lines: Read) -> None:
    found = lines(monthly)
    nation, motto = find(found, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), find(found, "Độc lập - Tự do - Hạnh phúc")
    unit, place, organ = (find(found, text) for text in ("HỘI LIÊN HIỆP", "XÃ HÒA PHÚ", "BAN THƯỜNG VỤ"))
    number, day = find(found, "Số: 09/BC-BTV"), find(found, "Hòa Phú, ngày 30")
    assert nation.right == pytest.approx(RIGHT, abs=1)
    assert nation.middle == pytest.approx(motto.middle, abs=1)
    assert nation.middle == pytest.approx(day.middle, abs=1)
    assert nation.middle > (LEFT + RIGHT) / 2
    assert unit.middle == pytest.approx(organ.middle, abs=1)
    assert unit.middle == pytest.approx(number.middle, abs=1)
    assert unit.top == pytest.approx(nation.top, abs=0.5)
    assert number.top == pytest.approx(day.top, abs=0.5)
    assert unit.top < place.top < organ.top < number.top
    assert motto.top > nation.top
    assert unit.right < nation.left


def test_kind_and_subject_are_centred(monthly: bytes, lines: Read) -> None:
    found = lines(monthly)
    for text in ("BÁO CÁO", "Kết quả công tác Hội", "Nhiệm vụ trọng tâm tháng 11"):
        assert find(found, text).middle == pytest.approx((LEFT + RIGHT) / 2, abs=1), text


def test_body_letters_indent_and_leading(monthly: bytes, lines: Read) -> None:
    found = lines(monthly)
    first = find(found, "Trong tháng, Ban Thường vụ")
    second = min((line for line in found if line.page == 1 and line.top > first.top + 1), key=lambda line: line.top)
    assert first.left - LEFT == pytest.approx(12.7, abs=0.5)
    assert first.right == pytest.approx(RIGHT, abs=0.5)  # justified
    assert second.left == pytest.approx(LEFT, abs=0.5)
    leading = (second.top - first.top) * 72 / 25.4
    assert leading == pytest.approx(14 * 1.15, abs=0.3)
    heading, after = find(found, "1. Tư tưởng"), find(found, "Nổi bật:")
    assert (after.top - heading.top) * 72 / 25.4 >= 14 * 1.15 + 6 - 0.3


def test_sizes_of_letters(monthly: bytes) -> None:
    import pypdfium2
    import pypdfium2.raw as raw

    document = pypdfium2.PdfDocument(monthly)
    sizes: dict[str, float] = {}
    for at in range(len(document)):
        page = document[at]
        text = page.get_textpage()
        whole = text.get_text_range()
        for wanted in ("CỘNG", "Độc lập", "Số: 09", "BÁO CÁO", "Trong tháng", "TM. BAN", "Nơi nhận", "- Các chi hội"):
            where = whole.find(wanted)
            if where >= 0:
                sizes.setdefault(wanted, raw.FPDFText_GetFontSize(text.raw, where))
        text.close()
        page.close()
    document.close()
    assert sizes == {
        "CỘNG": 13,
        "Độc lập": 13,
        "Số: 09": 13,
        "BÁO CÁO": 14,
        "Trong tháng": 14,
        "TM. BAN": 14,
        "Nơi nhận": 12,
        "- Các chi hội": 11,
    }


def rules(pdf: bytes) -> list[tuple[float, float, float]]:
    """Horizontal strokes of page 1: (left, right, from the top) in millimetres."""
    import pypdfium2
    import pypdfium2.raw as raw

    document = pypdfium2.PdfDocument(pdf)
    found = []
    for shape in document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = (value * 25.4 / 72 for value in shape.get_bounds())
        if top - bottom < 1:
            found.append((left, right, 297 - (top + bottom) / 2))
    document.close()
    return found


def test_lines_under_motto_unit_and_subject(monthly: bytes, lines: Read) -> None:
    found = lines(monthly)
    strokes = rules(monthly)
    for text, least, most in (
        ("Độc lập - Tự do", 0.99, 1.01),
        ("BAN THƯỜNG VỤ", 1 / 3, 1 / 2),
        ("Nhiệm vụ trọng tâm tháng 11", 1 / 3, 1 / 2),
    ):
        line = find(found, text)
        near = [stroke for stroke in strokes if 0 < stroke[2] - line.top < 8]
        under = next(stroke for stroke in near if line.left - 1 <= (stroke[0] + stroke[1]) / 2 <= line.right + 1)
        share = (under[1] - under[0]) / (line.right - line.left)
        assert least - 0.03 <= share <= most + 0.03, (text, share)
        assert (under[0] + under[1]) / 2 == pytest.approx(line.middle, abs=1)


def test_page_number_in_the_top_margin_from_page_two(monthly: bytes, lines: Read) -> None:
    numbers = [(line.page, line) for line in lines(monthly) if line.top < 15 and line.text.isdigit()]
    assert [(page, line.text) for page, line in numbers] == [(2, "2"), (3, "3")]
    for _page, line in numbers:
        assert line.middle == pytest.approx((LEFT + RIGHT) / 2, abs=1)
        assert line.bottom < TOP


def test_signature_right_recipients_left(monthly: bytes, lines: Read) -> None:
    found = lines(monthly)
    behalf, title, name = (find(found, text) for text in ("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "Trần Thị Ngọc Ánh"))
    to = find(found, "Nơi nhận:")
    right_half = LEFT + (RIGHT - LEFT) * 0.75
    for line in (behalf, title, name):
        assert line.middle == pytest.approx(right_half, abs=1)
    assert to.left == pytest.approx(LEFT, abs=1)
    assert to.page == behalf.page == name.page
    assert name.top - title.bottom >= 28  # room for a seal
    assert "báo cáo./." in " ".join(line.text for line in found)


def test_embedded_letters_only(monthly: bytes, tool: Tool) -> None:
    rows = tool(monthly, "pdffonts", "{}").splitlines()[2:]
    assert rows
    for row in rows:
        assert "LiberationSerif" in row
        assert row.split()[-5:-2] == ["yes", "yes", "yes"]


def test_text_is_vietnamese_and_composed(monthly: bytes, tool: Tool) -> None:
    text = tool(monthly, "pdftotext", "{}", "-")
    assert unicodedata.is_normalized("NFC", text)
    assert "Tỷ lệ dự sinh hoạt bình quân" in text
    assert "Nghị quyết Đại hội đại biểu phụ nữ" in " ".join(text.split())


def test_decomposed_input_is_printed_composed(tool: Tool) -> None:
    body = (Paragraph(unicodedata.normalize("NFD", "Phụ nữ ấp Phú Mỹ") + "\u200b\t<b>&amp;"),)
    text = tool(official.pdf(samples.monthly(body)), "pdftotext", "{}", "-")
    assert "Phụ nữ ấp Phú Mỹ <b>&amp;./." in text


def test_structure_is_sound(monthly: bytes, tool: Tool) -> None:
    assert "No syntax or stream encoding errors" in tool(monthly, "qpdf", "--check", "{}")


def test_same_paper_same_bytes(monthly: bytes) -> None:
    assert official.pdf(samples.monthly()) == monthly


def test_same_bytes_in_another_process(monthly: bytes) -> None:
    code = (
        "import sys, hashlib; from tests.reports import samples; from sochihoi.reports import official;"
        "print(hashlib.sha256(official.pdf(samples.monthly())).hexdigest())"
    )
    import hashlib

    env = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path), "TZ": "Pacific/Auckland"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == hashlib.sha256(monthly).hexdigest()


def test_properties(monthly: bytes, tool: Tool) -> None:
    info = tool(monthly, "pdfinfo", "-isodates", "{}")
    assert re.search(r"Title:\s+Báo cáo tháng 10 năm 2026", info)
    assert re.search(r"Author:\s+Hội LHPN xã Hòa Phú", info)
    assert re.search(r"CreationDate:\s+2026-10-(29T17|30T00):00:00", info)
    assert "595.276 x 841.89" in info
    meta = tool(monthly, "pdfinfo", "-meta", "{}")
    assert "<rdf:li>vi-VN</rdf:li>" in meta
    assert "Báo cáo tháng 10 năm 2026" in meta
    assert b"/Lang (vi-VN)" in monthly


def test_bookmarks(monthly: bytes) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(monthly)
    found = [(entry.level, entry.get_title()) for entry in document.get_toc()]
    document.close()
    assert found[0] == (0, "I. TÌNH HÌNH TƯ TƯỞNG, ĐỜI SỐNG HỘI VIÊN, PHỤ NỮ")
    assert found[1] == (1, "1. Tư tưởng cán bộ, hội viên")
    assert found[-1] == (0, "III. NHIỆM VỤ THÁNG TỚI")


def test_a_table_breaks_under_a_repeated_header(lines: Read) -> None:
    found = lines(official.pdf(samples.monthly((Paragraph(samples.LONG), samples.figures(90)))))
    pages = {line.page for line in found}
    assert len(pages) >= 3
    for page in pages:
        on_page = [line for line in found if line.page == page]
        if any(line.text.startswith("Tổng số hội viên") for line in on_page):
            assert any("Chỉ tiêu" in line.text for line in on_page), page
    numbers = [int(line.text) for line in found if line.text.isdigit() and line.left < 45 and line.top > 15]
    assert sorted(numbers) == list(range(1, 91))


def last_page(found: list[Line]) -> list[Line]:
    page = max(line.page for line in found)
    return sorted((line for line in found if line.page == page), key=lambda line: line.top)


@pytest.mark.parametrize("count", range(1, 34, 2))
def test_the_signature_never_stands_alone(count: int, lines: Read) -> None:
    """However long the body is, the page of the signature carries words of the body above it."""
    body = tuple(Paragraph(f"Đoạn {at}. {samples.LONG[:160]}") for at in range(count))
    ending = last_page(lines(official.pdf(samples.monthly(body))))
    behalf = find(ending, "TM. BAN THƯỜNG VỤ")
    above = [line for line in ending if line.bottom < behalf.top + 1 and line.top > 15]
    assert above
    assert above[-1].text.endswith("./.") or any("./." in line.text for line in above)
    assert find(ending, "Trần Thị Ngọc Ánh").bottom <= BOTTOM + 1


@pytest.mark.parametrize("rows", [20, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 60])
def test_nor_after_a_table(rows: int, lines: Read) -> None:
    """A table that ends the body gives two of its rows to the signature's page, not the end mark alone."""
    ending = last_page(lines(official.pdf(samples.monthly((samples.figures(rows),)))))
    behalf = find(ending, "TM. BAN THƯỜNG VỤ")
    above = [line.text for line in ending if line.bottom < behalf.top + 1 and line.top > 15]
    assert "Cộng" in above
    assert "./." in above
    assert any(text in row[0] or row[0].startswith(text) for text in above for row in samples._FIGURES)


@pytest.mark.parametrize("count", range(10, 24))
def test_no_heading_stands_last(count: int, lines: Read) -> None:
    blocks = [
        block
        for at in range(count)
        for block in (Heading(f"{at + 1}. Phần việc", 2), Paragraph(samples.LONG[: 90 + 40 * (at % 3)]))
    ]
    found = lines(official.pdf(samples.monthly(tuple(blocks))))
    for page in range(1, max(line.page for line in found)):
        last = max((line for line in found if line.page == page), key=lambda line: line.top)
        assert "Phần việc" not in last.text


def test_end_mark_after_a_list_and_none_at_all(tool: Tool) -> None:
    body = (BulletList(("Việc một;", "Việc hai")),)
    assert "- Việc hai./." in tool(official.pdf(samples.monthly(body)), "pdftotext", "{}", "-")
    from dataclasses import replace

    unmarked = replace(samples.monthly(body), end_mark="")
    assert "./." not in tool(official.pdf(unmarked), "pdftotext", "{}", "-")


def test_draft_and_demonstration_are_marked_on_every_page(tool: Tool) -> None:
    pdf = official.pdf(samples.monthly(draft_mark="DỰ THẢO", watermark="XÃ MẪU"))
    pages = tool(pdf, "pdftotext", "{}", "-").split("\f")[:-1]
    assert len(pages) == 3
    for page in pages:
        assert "DỰ THẢO" in page
    unmarked = official.pdf(samples.monthly())
    assert "DỰ THẢO" not in tool(unmarked, "pdftotext", "{}", "-")


def test_a_unit_may_have_its_own_numbers(lines: Read) -> None:
    own = layout.shipped().with_settings({"margin_right_mm": 20, "first_line_mm": 10, "end_mark": "."})
    found = lines(official.pdf(samples.monthly((Paragraph(samples.LONG.rstrip(".")),)), own))
    first = find(found, "Trong tháng")
    assert first.right == pytest.approx(190, abs=0.5)
    assert first.left == pytest.approx(40, abs=0.5)
    with pytest.raises(TypeError):
        layout.shipped().with_settings({"no_such_number": 1})


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="một"):
        samples.FigureTable(samples.COLUMNS, (Row(("một", "hai")),))
    with pytest.raises(ValueError, match="nhóm"):
        samples.FigureTable(samples.COLUMNS, (Row(("nhóm", ""), RowKind.GROUP),))


def test_an_empty_body_is_only_head_and_signature(lines: Read) -> None:
    from dataclasses import replace

    found = lines(official.pdf(replace(samples.monthly(()), end_mark="")))
    assert {line.page for line in found} == {1}
    assert find(found, "TM. BAN THƯỜNG VỤ")


def test_english_paper(tool: Tool) -> None:
    pdf = official.pdf(samples.monthly(language="en"))
    text = tool(pdf, "pdftotext", "{}", "-")
    assert "Recipients:" in text
    assert b"/Lang (en-GB)" in pdf
