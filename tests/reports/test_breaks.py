"""Where pages end, whatever the body is: no signature, no line alone, no heading or caption last, headers again."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sochihoi.reports import fonts, layout, official
from sochihoi.reports.document import BarChart, Block, BulletList, Heading, PaperCode, Paragraph
from tests.reports import samples
from tests.reports.reading import Text, texts

# A block in the test's own words: what it is, and how long
Piece = tuple[str, int]
PIECES = st.lists(
    st.one_of(
        st.tuples(st.just("heading"), st.integers(1, 3)),
        st.tuples(st.just("paragraph"), st.integers(1, 150)),
        st.tuples(st.just("list"), st.integers(1, 6)),
        st.tuples(st.just("table"), st.integers(1, 45)),
        st.tuples(st.just("chart"), st.just(1)),
    ),
    max_size=14,
)
LAST = st.one_of(st.tuples(st.just("paragraph"), st.integers(1, 150)), st.tuples(st.just("table"), st.integers(1, 45)))
MARK = 20.0  # mm: above is the top margin with the page number


def words(name: str, count: int) -> str:
    """``count`` words of which each names its paragraph: every line of it can be known."""
    return " ".join([f"đoạn{name}"] * count)


def block(at: int, piece: Piece) -> Block:
    kind, size = piece
    if kind == "heading":
        return Heading(f"Mục{at:02} " + "công tác Hội " * size, size)
    if kind == "paragraph":
        return Paragraph(words(f"{at:02}-0", size))
    if kind == "list":
        return BulletList(tuple(words(f"{at:02}-{item + 1}", 3 + 9 * item) for item in range(size)))
    if kind == "table":
        return replace(samples.figures(size), caption=f"Biểu{at:02}. Số liệu")
    return BarChart(samples.ATTENDANCE_CHART, caption=f"Biểu{at:02}. Tỷ lệ")


@given(pieces=PIECES, last=LAST, line_spacing=st.sampled_from([1, 1.5]), coded=st.booleans())
@settings(max_examples=30, deadline=None, derandomize=True)
def test_pages_end_where_a_reader_would_end_them(
    pieces: list[Piece], last: Piece, line_spacing: float, coded: bool
) -> None:
    body = tuple(block(at, piece) for at, piece in enumerate([*pieces, last]))
    paper = replace(samples.monthly(body), code=PaperCode("GXE9T-9GYED", "SCH1:GXE9T9GYED") if coded else None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(fonts.CHOICE, "liberation")
        pdf = official.pdf(paper, layout.shipped().with_settings({"line_spacing": line_spacing}))
    found = [one for one in texts(pdf) if one.base > MARK]
    pages = sorted({one.page for one in found})
    by_page = {page: sorted((one for one in found if one.page == page), key=lambda one: one.base) for page in pages}
    _signature_has_company(by_page)
    for page in pages[:-1]:
        assert not by_page[page][-1].text.startswith(("Mục", "Biểu")), page
    _no_line_alone(found)
    for page in pages:
        rows = [one for one in by_page[page] if one.text in {"người", "%", "chi hội"}]
        heads = [one for one in by_page[page] if one.text in {"Đơn vị tính", "Chỉ tiêu"}]
        assert heads or not rows, page  # a table goes on under its header
        assert not rows or min(one.base for one in heads) < min(one.base for one in rows)


def _signature_has_company(by_page: dict[int, list[Text]]) -> None:
    page = next(page for page, found in by_page.items() if any(one.text == "TM. BAN THƯỜNG VỤ" for one in found))
    assert page == max(by_page)
    behalf = next(one for one in by_page[page] if one.text == "TM. BAN THƯỜNG VỤ")
    above = [one for one in by_page[page] if one.base < behalf.base - 1]
    assert any(one.text != "./." for one in above), page
    assert max(one.base for one in by_page[page]) <= 297 - 20 + 1


def _no_line_alone(found: list[Text]) -> None:
    lines: dict[str, dict[int, set[float]]] = defaultdict(lambda: defaultdict(set))
    for one in found:
        at = one.text.find("đoạn")
        if at >= 0:
            lines[one.text[at : at + 8]][one.page].add(round(one.base, 1))
    for name, parts in lines.items():
        if len(parts) > 1:
            assert all(len(heights) >= 2 for heights in parts.values()), (name, dict(parts))


def test_the_same_letters_are_used_everywhere() -> None:
    """The test above pins them itself: Hypothesis runs outside of the fixture that does it elsewhere."""
    assert os.environ[fonts.CHOICE] == "liberation"
