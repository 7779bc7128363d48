"""What a unit chose for its papers stands on every official paper of its own, and no more than the decree allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from sochihoi.services import paper_settings
from sochihoi.services.commune import Commune
from sochihoi.services.letterheads import layout_of
from sochihoi.services.meetings_papers import minutes_paper
from sochihoi.services.office import Office
from sochihoi.services.paper_settings import NoEndMark, OutsideTheDecree
from tests import report_data
from tests.meetings_data import add_branch, closed_one
from tests.offices import make_office
from tests.reports import reading
from tests.reports.reading import texts

MM = 72 / 25.4


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "c")
    yield made
    made.close()


@dataclass(frozen=True)
class Letter:
    """Where a text begins on the first page: size in points, distance from the left edge in mm, height in points."""

    size: float
    left: float
    base: float


def begins(pdf: bytes, text: str) -> Letter:
    """The first letter of a text on the first page."""
    import pypdfium2
    import pypdfium2.raw as raw

    document = pypdfium2.PdfDocument(pdf)
    page = document[0].get_textpage()
    at = page.get_text_range().index(text)
    left, bottom, _right, _top = page.get_charbox(at, loose=True)
    found = Letter(raw.FPDFText_GetFontSize(page.raw, at), left / MM, bottom)
    page.close()
    document.close()
    return found


def text_of(pdf: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


OWN = {
    "parent_line": "UBMTTQ VIỆT NAM XÃ HÒA PHÚ",
    "union_line": "HỘI LHPN XÃ HÒA PHÚ",
    "organ_line": "BAN CHẤP HÀNH",
    "place": "Hòa Phú",
    "on_behalf": "TM. BAN THƯỜNG VỤ\nKT. CHỦ TỊCH",
    "signer_title": "PHÓ CHỦ TỊCH",
    "signer_name": "Lê Thị Phó",
    "recipients": ("- Hội LHPN tỉnh;", "- Lưu: VT."),
    "end_mark": ".",
    "body_pt": 13,
    "first_line_tenths": 100,
    "fixed_line_pt": 19,
}
OUTERMOST = {
    "margin_top_mm": 25,
    "margin_bottom_mm": 25,
    "margin_left_mm": 35,
    "margin_right_mm": 20,
    "after_paragraph_pt": 12,
    "head_pt": 12,
    "motto_pt": 14,
    "title_pt": 13,
}


def test_the_commune_keeps_what_was_chosen(office: Office) -> None:
    office.setup.save_commune(replace(office.commune, **OWN))  # type: ignore[arg-type]
    with office.read() as work:
        kept = Commune.read(work)
    assert {name: getattr(kept, name) for name in OWN} == OWN


def test_a_report_is_set_as_the_unit_chose(office: Office) -> None:
    add_branch(office, "Ấp An Hòa", 5)
    office.setup.save_commune(replace(office.commune, **OWN))  # type: ignore[arg-type]
    made = report_data.report(office, "2026-10")
    pdf = office.reports.content(made, "pdf")
    assert begins(pdf, made.opening[:12]).size == 13
    assert begins(pdf, made.opening[:12]).left == pytest.approx(30 + 10, abs=0.5)
    text = text_of(pdf)
    for line in ("UBMTTQ VIỆT NAM XÃ HÒA PHÚ", "BAN CHẤP HÀNH", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "- Hội LHPN tỉnh;"):
        assert line in text, line
    assert "./." not in text
    assert office.reports.content(made, "pdf") == pdf


def test_margins_and_sizes_stand_in_the_pdf_and_in_the_word_document(office: Office) -> None:
    from docx import Document

    add_branch(office, "Ấp An Hòa", 5)
    office.setup.save_commune(replace(office.commune, **OUTERMOST))  # type: ignore[arg-type]
    made = report_data.report(office, "2026-10")
    found = texts(office.reports.content(made, "pdf"))
    first = [one for one in found if one.page == 1]
    nation, motto = reading.begins(first, "CỘNG HÒA"), reading.begins(first, "Độc lập")
    title, opening = reading.begins(first, "BÁO CÁO"), reading.begins(first, made.opening[:12])
    assert [round(one.size) for one in (nation, motto, title, opening)] == [12, 14, 13, 14]
    assert opening.left == pytest.approx(35 + 12.7, abs=0.5)
    assert opening.right == pytest.approx(210 - 20, abs=1)
    assert nation.base - nation.size * 0.891 / MM == pytest.approx(25, abs=1)
    upright = {one.page for one in found if one.text.startswith("Nơi nhận")} | {1}
    body = [one for one in found if one.page in upright and one.base > 20]
    assert min(one.left for one in body) == pytest.approx(35, abs=1)
    assert max(one.base for one in body) <= 297 - 25 + 1
    heading = next(one for one in first if one.bold and one.text.startswith("I. "))
    above = max((one for one in first if one.base < heading.base - 1), key=lambda one: one.base)
    assert (heading.base - above.base) * MM == pytest.approx(14 * 1.15 + 12, abs=0.5)

    word = Document(BytesIO(office.reports.content(made, "docx")))
    section = word.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one.mm) for one in margins if one is not None] == [25, 25, 35, 20]
    sizes = [word.styles[name].font.size.pt for name in ("Quốc hiệu", "Cơ quan cấp trên", "Tiêu ngữ", "Title")]
    assert sizes == [12, 12, 14, 13]
    assert word.styles["Body Text"].paragraph_format.space_after.pt == 12


def test_minutes_of_a_branch_are_set_so_too(office: Office) -> None:
    branch = add_branch(office, "Ấp An Hòa", 5, cells=0)
    meeting = closed_one(office, branch, date(2026, 10, 10), "1-3").id
    before = minutes_paper(office, meeting)
    office.setup.save_commune(replace(office.commune, body_pt=13))
    assert (begins(before, "- Thời gian").size, begins(minutes_paper(office, meeting), "- Thời gian").size) == (14, 13)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("body_pt", 12),
        ("body_pt", 15),
        ("first_line_tenths", 99),
        ("first_line_tenths", 128),
        ("spacing_percent", 99),
        ("spacing_percent", 151),
        ("fixed_line_pt", 15),
        ("fixed_line_pt", 25),
        ("after_paragraph_pt", 5),
        ("after_paragraph_pt", 13),
        ("head_pt", 11),
        ("head_pt", 14),
        ("motto_pt", 12),
        ("motto_pt", 15),
        ("title_pt", 12),
        ("title_pt", 15),
        ("margin_top_mm", 19),
        ("margin_top_mm", 26),
        ("margin_bottom_mm", 19),
        ("margin_bottom_mm", 26),
        ("margin_left_mm", 29),
        ("margin_left_mm", 36),
        ("margin_right_mm", 14),
        ("margin_right_mm", 21),
    ],
)
def test_no_more_and_no_less_than_the_decree_allows(office: Office, name: str, value: int) -> None:
    with pytest.raises(OutsideTheDecree) as refused:
        office.setup.save_commune(replace(office.commune, **{name: value}))
    assert (refused.value.field, refused.value.value) == (name, str(value))
    assert (refused.value.least, refused.value.most) == paper_settings.range_of(name)
    for allowed in paper_settings.range_of(name):
        office.setup.save_commune(replace(office.commune, **{name: allowed}))
        assert getattr(office.commune, name) == allowed


def test_only_marks_that_are_in_use(office: Office) -> None:
    with pytest.raises(NoEndMark):
        office.setup.save_commune(replace(office.commune, end_mark="..."))


def test_settings_are_taken_back(office: Office) -> None:
    office.setup.save_papers(replace(office.commune, signer_name="Lê Thị Phó", body_pt=13))
    assert office.commune.body_pt == 13
    office.history.undo()
    assert (office.commune.signer_name, office.commune.body_pt) == ("", 14)


def test_every_usual_choice_can_be_saved(office: Office) -> None:
    for pattern in paper_settings.usual_patterns():
        office.setup.save_commune(replace(office.commune, number_pattern=pattern))
    for one in paper_settings.authorities():
        office.setup.save_commune(paper_settings.signed_by(office.commune, one))
        assert (office.commune.on_behalf, office.commune.signer_title) == (one.on_behalf, one.title)


@pytest.mark.parametrize(
    ("settings", "seen"),
    [
        ({}, lambda pdf: begins(pdf, "Thực hiện").left == pytest.approx(42.7, abs=0.5)),
        ({"first_line_tenths": 100}, lambda pdf: begins(pdf, "Thực hiện").left == pytest.approx(40, abs=0.5)),
        ({"margin_left_mm": 35}, lambda pdf: begins(pdf, "Thực hiện").left == pytest.approx(47.7, abs=0.5)),
        ({"title_pt": 13}, lambda pdf: begins(pdf, "BÁO CÁO").size == 13),
        ({"body_pt": 13}, lambda pdf: begins(pdf, "Thực hiện").size == 13),
        ({"end_mark": "."}, lambda pdf: "./." not in text_of(pdf)),
        ({"signer_name": "Lê Thị Phó"}, lambda pdf: "Lê Thị Phó" in text_of(pdf)),
    ],
)
def test_the_example_shows_it_on_one_page(
    office: Office, settings: dict[str, object], seen: Callable[[bytes], bool]
) -> None:
    changed = replace(office.commune, **{"recipients": ("- Hội LHPN tỉnh;", "- Lưu: VT."), **settings})  # type: ignore[arg-type]
    pdf = paper_settings.example(changed, office.today, "09/BC-BTV")
    assert seen(pdf)
    assert "Số: 09/BC-BTV" in text_of(pdf)
    from sochihoi.reports.preview import page_sizes

    assert len(page_sizes(pdf)) == 1


def test_the_widest_lines_still_are_one_page(office: Office) -> None:
    from sochihoi.reports.preview import page_sizes

    changed = replace(
        office.commune, parent_line="UBMTTQ", spacing_percent=150, recipients=("- Một;", "- Hai;", "- Ba;", "- Lưu.")
    )
    changed = replace(changed, **(OUTERMOST | {"head_pt": 13, "title_pt": 14}))  # type: ignore[arg-type]
    assert len(page_sizes(paper_settings.example(changed, office.today, "09/BC-BTV"))) == 1
    assert layout_of(changed).body_line == pytest.approx(14 * 1.15 * 1.5)
