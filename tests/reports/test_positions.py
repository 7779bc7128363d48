"""Reports of a commune beside the numbers of Nghị định 30/2020/NĐ-CP, Phụ lục I: what is where, how large, how bold.

Lengths within 1 mm, sizes within 0.2 pt. The numbers stand here once more, so that a slip in the layout is seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from sochihoi.reports.preview import page_sizes
from sochihoi.services.demo.build import build
from sochihoi.services.demo.plan import PASSWORD, Places, Plan
from sochihoi.services.opening import open_office
from sochihoi.services.report_forms import Scope
from tests.reports.reading import MM, Stroke, Text, begins, strokes, texts

LEFT, RIGHT, TOP, BOTTOM = 30.0, 15.0, 20.0, 20.0  # margins
CLOSE = 1.0
FORMS = ("month", "year", "branch-sheet")
EVERY = {  # each form of the program over a time that it is made for; those of branches for one branch
    "month": "2026-08",
    "quarter": "2026-Q3",
    "half": "2026-H2",
    "year": "2026",
    "term": "2025-2030",
    "directive-05": "2026",
    "study": "2026-08",
    "campaign": "2026",
    "model-branch": "2026",
    "branch-month": "2026-08",
    "branch-sheet": "2026-08",
}


@dataclass(frozen=True)
class Seen:
    """A paper as it was read back. ``wide``: the pages that lie on their long side."""

    pages: list[tuple[float, float]]
    texts: list[Text]
    strokes: list[Stroke]
    opening: str
    signer: str

    def on(self, page: int) -> list[Text]:
        return [one for one in self.texts if one.page == page]

    def is_wide(self, page: int) -> bool:
        return self.pages[page - 1][0] > self.pages[page - 1][1]

    def middle(self, page: int) -> float:
        return (LEFT + self.pages[page - 1][0] - RIGHT) / 2


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seen]:
    out = tmp_path_factory.mktemp("papers")
    made = build(Plan(seed=7, members=80, branches=5, months=4), Places(out, out / "commune"))
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOCHIHOI_PRINT_FONT", "liberation")
        office = open_office(made.places.commune, PASSWORD)
        try:
            assert {one.code for one in office.definitions.forms if one.scope is not Scope.ABOVE} == set(EVERY)
            for form, code in EVERY.items():
                span = office.reports.span(code)
                unit = office.reports.branches(span)[0].id if form.startswith("branch-") else None
                report = office.reports.report(form, span, unit)
                pdf = office.reports.content(report, "pdf")
                pages = [(wide / MM, high / MM) for wide, high in page_sizes(pdf)]
                signer = office.commune.signer_name
                found[form] = Seen(pages, texts(pdf), strokes(pdf), report.opening, signer)
        finally:
            office.close()
    return found


@pytest.fixture(params=FORMS)
def seen(request: pytest.FixtureRequest, papers: dict[str, Seen]) -> Seen:
    return papers[request.param]


@pytest.fixture(params=EVERY)
def any_paper(request: pytest.FixtureRequest, papers: dict[str, Seen]) -> Seen:
    return papers[request.param]


def _sized(one: Text, size: float, *, bold: bool = False, italic: bool = False) -> None:
    assert one.size == pytest.approx(size, abs=0.2), one
    assert (one.bold, one.italic) == (bold, italic), one


def test_paper_is_a4_and_text_keeps_to_its_margins(any_paper: Seen) -> None:
    for page, (wide, high) in enumerate(any_paper.pages, 1):
        assert sorted((wide, high)) == pytest.approx([210, 297], abs=0.1)
        body = [one for one in any_paper.on(page) if one.base > TOP]
        assert min(one.left for one in body) >= LEFT - CLOSE
        assert max(one.right for one in body) <= wide - RIGHT + CLOSE
        assert max(one.base for one in body) <= high - BOTTOM + CLOSE
        lines = [one for one in any_paper.strokes if one.page == page and one.base > TOP]
        assert min((one.left for one in lines), default=LEFT) >= LEFT - CLOSE
        assert max((one.right for one in lines), default=0) <= wide - RIGHT + CLOSE
    first = any_paper.on(1)
    assert min(one.base - one.size * 0.891 / MM for one in first if one.base > TOP) == pytest.approx(TOP, abs=CLOSE)


def test_page_number_stands_in_the_top_margin_from_page_two(any_paper: Seen) -> None:
    for page in range(1, len(any_paper.pages) + 1):
        above = [one for one in any_paper.on(page) if one.base < TOP and one.text.isdigit()]
        if page == 1:
            assert not above
            continue
        (number,) = above
        assert number.text == str(page)
        assert number.middle == pytest.approx(any_paper.middle(page), abs=CLOSE)
        assert 13 - 0.2 <= number.size <= 14.2
        assert not number.bold


def test_nation_and_motto(any_paper: Seen) -> None:
    seen = any_paper
    found = seen.on(1)
    nation, motto = begins(found, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), begins(found, "Độc lập - Tự do - Hạnh phúc")
    _sized(nation, 13, bold=True)
    _sized(motto, 13, bold=True)
    assert nation.middle > 105
    assert nation.right == pytest.approx(210 - RIGHT, abs=CLOSE)
    assert motto.middle == pytest.approx(nation.middle, abs=CLOSE)
    assert (motto.base - nation.base) * MM == pytest.approx(13 * 1.15, abs=0.3)
    under = _line_under(seen, motto)
    assert under.right - under.left == pytest.approx(motto.right - motto.left, abs=CLOSE)
    assert under.middle == pytest.approx(motto.middle, abs=CLOSE)


def _line_under(seen: Seen, text: Text, most: float = 5) -> Stroke:
    """The stroke next below a text and across its middle."""
    below = [
        one
        for one in seen.strokes
        if one.page == text.page and 0 < one.base - text.base < most and one.left < text.middle < one.right
    ]
    return min(below, key=lambda one: one.base)


@pytest.mark.parametrize(
    ("form", "unit", "organ"), [("month", "HỘI LHPN XÃ", "BAN THƯỜNG VỤ"), ("year", "HỘI LHPN XÃ", "BAN THƯỜNG VỤ")]
)
def test_unit_and_organ(form: str, unit: str, organ: str, papers: dict[str, Seen]) -> None:
    seen = papers[form]
    first, second = begins(seen.on(1), unit), begins(seen.on(1), organ)
    for one in (first, second):
        assert 12 - 0.2 <= one.size <= 13.2
        assert one.bold
        assert one.right < 105 + CLOSE
    assert first.base == pytest.approx(begins(seen.on(1), "CỘNG HÒA").base, abs=0.3)
    assert first.middle == pytest.approx(second.middle, abs=CLOSE)
    share = (under := _line_under(seen, second)).right - under.left
    assert 1 / 3 - 0.02 <= share / (second.right - second.left) <= 1 / 2 + 0.02
    assert under.middle == pytest.approx(second.middle, abs=CLOSE)


def test_number_place_and_date(papers: dict[str, Seen]) -> None:
    found = papers["month"].on(1)
    number = begins(found, "Số: ")
    day = next(one for one in found if "ngày 31 tháng 8 năm 2026" in one.text)
    _sized(number, 13)
    assert 13 - 0.2 <= day.size <= 14.2
    assert (day.bold, day.italic) == (False, True)
    assert number.base == pytest.approx(day.base, abs=0.3)
    assert number.middle == pytest.approx(begins(found, "BAN THƯỜNG VỤ").middle, abs=CLOSE)
    assert day.middle == pytest.approx(begins(found, "CỘNG HÒA").middle, abs=CLOSE)
    assert number.text.startswith("Số: 02/BC-")  # two figures, no blank round the stroke


@pytest.mark.parametrize(
    ("form", "kind"), [("month", "BÁO CÁO"), ("year", "BÁO CÁO"), ("branch-sheet", "BIỂU SỐ LIỆU")]
)
def test_kind_and_subject(form: str, kind: str, papers: dict[str, Seen]) -> None:
    seen = papers[form]
    title = begins(seen.on(1), kind)
    _sized(title, 14, bold=True)
    below = [one for one in seen.on(1) if title.base < one.base < title.base + 16 and one.bold]
    assert below
    for one in (title, *below):
        assert one.middle == pytest.approx(seen.middle(1), abs=CLOSE)
        _sized(one, 14, bold=True)
    last = max(below, key=lambda one: one.base)
    under = _line_under(seen, last)
    assert 1 / 3 - 0.02 <= (under.right - under.left) / (last.right - last.left) <= 1 / 2 + 0.02
    assert under.middle == pytest.approx(seen.middle(1), abs=CLOSE)


@pytest.mark.parametrize("form", ["month", "year"])
def test_body(form: str, papers: dict[str, Seen]) -> None:
    seen = papers[form]
    found = seen.on(1)
    first = begins(found, seen.opening[:20])
    _sized(first, 14)
    assert first.left - LEFT == pytest.approx(12.7, abs=0.5)
    after = sorted((one for one in found if one.base > first.base + 0.5), key=lambda one: one.base)
    second, third = after[0], after[1]
    assert second.left == pytest.approx(LEFT, abs=0.5)
    assert (second.base - first.base) * MM == pytest.approx(14 * 1.15, abs=0.3)  # single lines
    assert first.right == pytest.approx(210 - RIGHT, abs=CLOSE)  # both edges are straight
    assert (third.base - second.base) * MM == pytest.approx(14 * 1.15 + 6, abs=0.4)
    headings = [one for one in after if one.bold and one.text[0] in "IVX123456789"]
    assert len(headings) >= 3
    for one in headings:
        _sized(one, 14, bold=True)


def test_signature_and_recipients(seen: Seen) -> None:
    page = next(one.page for one in seen.texts if one.text == "Nơi nhận:")
    found = seen.on(page)
    title = begins(found, "Nơi nhận:")
    _sized(title, 12, bold=True, italic=True)
    assert title.left == pytest.approx(LEFT, abs=CLOSE)
    lines = [one for one in found if one.text.startswith("- ") and one.base > title.base and one.left < LEFT + 2]
    assert len(lines) >= 2
    for one in lines:
        _sized(one, 11)
    assert lines[-1].text.startswith("- Lưu")
    behalf, name = begins(found, "TM. BAN THƯỜNG VỤ"), begins(found, seen.signer)
    office = next(one for one in found if one.text == "CHỦ TỊCH")
    right_half = LEFT + (210 - LEFT - RIGHT) * 3 / 4
    for one in (behalf, office, name):
        _sized(one, 14, bold=True)
        assert one.middle == pytest.approx(right_half, abs=CLOSE)
    assert behalf.base < office.base < name.base - 28  # the seal is 36 mm wide and covers a third of the name
    above = [one for one in found if TOP < one.base < behalf.base - 1]
    assert above  # never alone on its page


@pytest.mark.parametrize("form", ["month", "year"])
def test_annexes(form: str, papers: dict[str, Seen]) -> None:
    seen = papers[form]
    heads = [one for one in seen.texts if one.text.startswith("Phụ lục") and one.bold and one.left > 50]
    assert [one.text for one in heads] == [f"Phụ lục {at}" for at in ("I", "II", "III", "IV", "V", "VI")[: len(heads)]]
    assert len(heads) >= 2
    assert sum(seen.is_wide(one.page) for one in heads) == (1 if form == "year" else 0)
    for head in heads:
        middle = seen.middle(head.page)
        under = sorted((one for one in seen.on(head.page) if one.base > head.base), key=lambda one: one.base)
        kept = next(at for at, one in enumerate(under) if one.text.startswith("(Kèm theo"))
        title, told = under[:kept], under[kept]
        _sized(head, 14, bold=True)
        assert title
        for one in title:
            assert one.text == one.text.upper()
            _sized(one, 14, bold=True)
        assert 13 - 0.2 <= told.size <= 14.2
        assert told.italic
        for one in (head, *title):
            assert one.middle == pytest.approx(middle, abs=CLOSE)
        row = [one for one in under if one.base == pytest.approx(told.base, abs=0.1)]  # a draft has room for its number
        assert (min(one.left for one in row) + max(one.right for one in row)) / 2 == pytest.approx(middle, abs=CLOSE)
        assert head.base - 14 * 0.891 / MM == pytest.approx(TOP, abs=CLOSE)  # from a new page


def test_a_wide_annex_has_the_margins_of_its_page(papers: dict[str, Seen]) -> None:
    seen = papers["year"]
    wide = [page for page in range(1, len(seen.pages) + 1) if seen.is_wide(page)]
    assert wide
    for page in wide:
        rules = [one for one in seen.strokes if one.page == page and one.right - one.left > 20 and one.base > 50]
        assert min(one.left for one in rules) == pytest.approx(LEFT, abs=CLOSE)
        assert max(one.right for one in rules) == pytest.approx(297 - RIGHT, abs=CLOSE)
        assert max(one.base for one in rules) <= 210 - BOTTOM + CLOSE


def test_headers_come_again_in_broken_tables(papers: dict[str, Seen]) -> None:
    seen = papers["year"]
    wide = [page for page in range(1, len(seen.pages) + 1) if seen.is_wide(page)]
    assert len(wide) >= 2
    for page in wide:
        header = begins(seen.on(page), "Chỉ tiêu")
        assert header.bold
        assert {"T1", "T2"} <= {one.text for one in seen.on(page) if abs(one.base - header.base) < 3}
