"""Annexes behind the signatures, beside the numbers of Nghị định 30/2020/NĐ-CP, read back from the PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sochihoi.reports import layout, official, preview
from sochihoi.reports.annexes import annex_name
from sochihoi.reports.document import Align, Annex, Column, FigureTable, Heading, OfficialDocument, Paragraph, Row
from tests.reports import samples
from tests.reports.conftest import Line, Tool, find

Read = Callable[[bytes], list[Line]]
UPRIGHT_MIDDLE, TURNED_MIDDLE = (30 + 195) / 2, (30 + 297 - 15) / 2
LINE = "(Kèm theo Báo cáo số 09/BC-BTV ngày\u00a005\u00a0tháng\u00a002\u00a0năm\u00a02026 của Hội LHPN xã Hòa Phú)"


def wide(columns: int = 14, rows: int = 5) -> FigureTable:
    """More numbers than upright paper holds."""
    head = Column("Chi hội", 3)
    numbers = tuple(Column(f"Số_liệu_{at:02}", 1, Align.RIGHT) for at in range(1, columns))
    line = ("Ấp An Hòa", *("1.234" for _ in numbers))
    return FigureTable((head, *numbers), tuple(Row(line) for _ in range(rows)))


def paper(*annexes: Annex) -> OfficialDocument:
    return replace(samples.monthly((Paragraph(samples.LONG.rstrip(".")),)), annexes=tuple(annexes), annex_line=LINE)


@pytest.fixture(scope="module")
def two() -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOCHIHOI_PRINT_FONT", "liberation")
        return official.pdf(
            paper(
                Annex("Số liệu công tác Hội", (Heading("1. Tổ chức", 1), samples.figures(40))),
                Annex("Số liệu theo chi hội", (wide(),)),
            )
        )


def test_an_annex_begins_a_page_behind_the_signature(two: bytes, lines: Read) -> None:
    found = lines(two)
    assert find(found, "TM. BAN THƯỜNG VỤ").page == find(found, "Nơi nhận:").page == 1
    first, second = find(found, "Phụ lục I"), find(found, "Phụ lục II")
    assert (first.page, second.page) == (2, 4)
    for head in (first, second):
        above = [line for line in found if line.page == head.page and line.top < head.top]
        assert [line.text for line in above] == [str(head.page)]  # nothing but the page number
    text = [line.text for line in found if line.page >= 2]
    assert not any("./." in line for line in text)


def test_name_title_and_paper_are_centred_in_their_order(two: bytes, lines: Read) -> None:
    found = lines(two)
    for page, name, title, middle in (
        (2, "Phụ lục I", "SỐ LIỆU CÔNG TÁC HỘI", UPRIGHT_MIDDLE),
        (4, "Phụ lục II", "SỐ LIỆU THEO CHI HỘI", TURNED_MIDDLE),
    ):
        here = [line for line in found if line.page == page]
        rows = [find(here, name), find(here, title), find(here, "(Kèm theo Báo cáo số 09/BC-BTV")]
        assert [row.top for row in rows] == sorted(row.top for row in rows)
        for row in rows:
            assert row.middle == pytest.approx(middle, abs=1), row


def test_letters_of_the_head(two: bytes) -> None:
    import pypdfium2
    import pypdfium2.raw as raw

    document = pypdfium2.PdfDocument(two)
    text = document[1].get_textpage()
    whole = text.get_text_range()
    sizes = [raw.FPDFText_GetFontSize(text.raw, whole.find(w)) for w in ("Phụ lục I", "SỐ LIỆU", "(Kèm theo")]
    text.close()
    document.close()
    assert sizes == [14, 14, 14]


def test_a_date_is_not_broken_and_lines_are_even(two: bytes, lines: Read) -> None:
    here = [line for line in lines(two) if line.page == 2]
    told = [line for line in here if "Kèm theo" in line.text or line.text.endswith("Phú)")]
    assert [line.text.replace("\u00a0", " ") for line in told] == [
        "(Kèm theo Báo cáo số 09/BC-BTV",
        "ngày 05 tháng 02 năm 2026 của Hội LHPN xã Hòa Phú)",
    ]


def test_page_numbers_go_on(two: bytes, lines: Read) -> None:
    numbers = [line for line in lines(two) if line.top < 15 and line.text.isdigit()]
    assert [line.text for line in numbers] == ["2", "3", "4"]
    assert numbers[-1].middle == pytest.approx(TURNED_MIDDLE, abs=1)


def test_only_a_wide_table_turns_the_paper(two: bytes) -> None:
    assert [width < height for width, height in preview.page_sizes(two)] == [True, True, True, False]
    upright, turned = Annex("A", (wide(),), landscape=False), Annex("B", (samples.figures(2),), landscape=True)
    sizes = preview.page_sizes(official.pdf(paper(turned, upright, Annex("C", (samples.figures(2),)))))
    assert [width < height for width, height in sizes] == [True, False, True, True]


def test_text_of_a_turned_page_stays_between_its_margins(two: bytes, lines: Read) -> None:
    here = [line for line in lines(two) if line.page == 4 and line.top > 15]
    assert min(line.left for line in here) >= 30
    assert max(line.right for line in here) <= 297 - 15
    assert max(line.bottom for line in here) <= 210 - 20


def test_the_header_comes_again(two: bytes, lines: Read) -> None:
    heads = [line.page for line in lines(two) if line.text.startswith("STT")]
    assert heads == [2, 3]


def test_the_only_annex_has_no_number(tool: Tool) -> None:
    text = tool(official.pdf(paper(Annex("Số liệu", (samples.figures(3),)))), "pdftotext", "{}", "-")
    assert "Phụ lục\n" in text
    assert "Phụ lục I" not in text
    names = [annex_name(at, 14) for at in (1, 4, 9, 14)]
    assert names == ["Phụ lục I", "Phụ lục IV", "Phụ lục IX", "Phụ lục XIV"]
    assert annex_name(2, 2, "en") == "Annex II"


def test_a_few_rows_over_are_drawn_together_on_one_page() -> None:
    def pages(rows: int, own: layout.Layout | None = None) -> int:
        return len(preview.page_sizes(official.pdf(paper(Annex("A", (samples.figures(rows),))), own)))

    loose = layout.shipped().with_settings({"table_tight_pt": 2.5})
    assert [pages(rows) for rows in (20, 27, 33)] == [2, 2, 3]
    assert [pages(rows, loose) for rows in (20, 27, 33)] == [2, 3, 3]


def test_bookmarks_of_annexes(two: bytes) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(two)
    found = [(entry.level, entry.get_title()) for entry in document.get_toc()]
    document.close()
    assert found == [
        (0, "Phụ lục I. SỐ LIỆU CÔNG TÁC HỘI"),
        (1, "1. Tổ chức"),
        (0, "Phụ lục II. SỐ LIỆU THEO CHI HỘI"),
    ]


def test_a_draft_is_marked_on_its_annexes_too(tool: Tool) -> None:
    marked = replace(paper(Annex("A", (wide(),))), draft_mark="DỰ THẢO", watermark="XÃ MẪU")
    pages = tool(official.pdf(marked), "pdftotext", "{}", "-").split("\f")[:-1]
    assert ["DỰ THẢO" in page for page in pages] == [True, True]


def test_sound_and_the_same_bytes(two: bytes, tool: Tool) -> None:
    assert "No syntax or stream encoding errors" in tool(two, "qpdf", "--check", "{}")
    again = official.pdf(
        paper(
            Annex("Số liệu công tác Hội", (Heading("1. Tổ chức", 1), samples.figures(40))),
            Annex("Số liệu theo chi hội", (wide(),)),
        )
    )
    assert again == two
