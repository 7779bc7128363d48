"""What a unit chose for its papers stands on every official paper of its own, and no more than the decree allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
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
    assert len(page_sizes(paper_settings.example(changed, office.today, "09/BC-BTV"))) == 1
    assert layout_of(changed).body_line == pytest.approx(14 * 1.15 * 1.5)
